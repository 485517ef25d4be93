//! `Newtonsoft.Json.Linq.JValue`.

use dotnet_macros::members;

use super::VALUE_OPS;
use super::conversion::of_value;
use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::format::time::{DateTime, DateTimeOffset, TimeSpan};
use crate::json::token::{Content, Token};
use crate::json::{compare, value};
use crate::object::{Obj, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time_offset::DATE_TIME_OFFSET;
use crate::types::decimal::DECIMAL;
use crate::types::double::SINGLE;
use crate::types::guid::GUID;
use crate::types::number::UINT64;
use crate::types::time_span::TIME_SPAN;
use crate::types::uri::UriObj;
use crate::word::Char;

/// The members of `JValue`.
pub struct JValueType;

/// A JSON value: a string, number, date, `true`, `false` or `null`.
#[members("public class Newtonsoft.Json.Linq.JValue : JToken, IEquatable<JValue>, IFormattable, IComparable, IComparable<JValue>",
    as = JVALUE, ops = VALUE_OPS)]
impl<'a> JValueType {
    /// A copy of a value.
    #[member("JValue(JValue other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> &'a Token<'a> {
        Token::new(cx, other.content())
    }

    /// A whole number.
    #[member("JValue(long value)")]
    fn of_long(cx: &mut Cx<'a>, value: i64) -> &'a Token<'a> {
        Token::new(cx, Content::Integer(value))
    }

    /// A decimal number.
    #[member("JValue(decimal value)")]
    fn of_decimal(cx: &mut Cx<'a>, value: crate::format::Decimal) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&DECIMAL), value)
    }

    /// A string of one code unit.
    #[member("JValue(char value)")]
    fn of_char(cx: &mut Cx<'a>, value: Char) -> &'a Token<'a> {
        value::of_char(cx, value)
    }

    /// A whole number.
    #[member("JValue(ulong value)")]
    fn of_ulong(cx: &mut Cx<'a>, value: u64) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&UINT64), value)
    }

    /// A floating-point number.
    #[member("JValue(double value)")]
    fn of_double(cx: &mut Cx<'a>, value: f64) -> &'a Token<'a> {
        Token::new(cx, Content::Float(value))
    }

    /// A floating-point number.
    #[member("JValue(float value)")]
    fn of_float(cx: &mut Cx<'a>, value: f32) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&SINGLE), value)
    }

    /// A date.
    #[member("JValue(DateTime value)")]
    fn of_date(cx: &mut Cx<'a>, value: DateTime) -> &'a Token<'a> {
        Token::new(cx, Content::Date(value))
    }

    /// A date with an offset.
    #[member("JValue(DateTimeOffset value)")]
    fn of_offset(cx: &mut Cx<'a>, value: DateTimeOffset) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&DATE_TIME_OFFSET), value)
    }

    /// A unique identifier.
    #[member("JValue(Guid value)")]
    fn of_guid(cx: &mut Cx<'a>, value: Guid) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&GUID), value)
    }

    /// A URI; null is `null`.
    #[member("JValue(Uri value)")]
    fn of_uri(cx: &mut Cx<'a>, value: Option<&'a UriObj<'a>>) -> &'a Token<'a> {
        Token::new(cx, value.map_or(Content::Null, |uri| Content::Held(object_of(uri))))
    }

    /// A length of time.
    #[member("JValue(TimeSpan value)")]
    fn of_span(cx: &mut Cx<'a>, value: TimeSpan) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&TIME_SPAN), value)
    }

    /// `true` or `false`.
    #[member("JValue(bool value)")]
    fn of_bool(cx: &mut Cx<'a>, value: bool) -> &'a Token<'a> {
        Token::new(cx, Content::Boolean(value))
    }

    /// A string; null stays a string.
    #[member("JValue(string value)")]
    fn of_string(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> &'a Token<'a> {
        Token::new(cx, Content::Text(value))
    }

    /// A value of the kind that an object has in JSON.
    ///
    /// # Throws
    /// `ArgumentException` if it has none.
    #[member("JValue(object value)")]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        let content = value::content_of(cx, value)?;
        Ok(Token::new(cx, content))
    }

    /// A comment.
    #[member("static JValue CreateComment(string value)")]
    fn create_comment(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> &'a Token<'a> {
        Token::new(cx, Content::Comment(value))
    }

    /// A string; null stays a string.
    #[member("static JValue CreateString(string value)")]
    fn create_string(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> &'a Token<'a> {
        Token::new(cx, Content::Text(value))
    }

    /// `null`
    #[member("static JValue CreateNull()")]
    fn create_null(cx: &mut Cx<'a>) -> &'a Token<'a> {
        Token::new(cx, Content::Null)
    }

    /// `undefined`
    #[member("static JValue CreateUndefined()")]
    fn create_undefined(cx: &mut Cx<'a>) -> &'a Token<'a> {
        Token::new(cx, Content::Undefined)
    }

    /// The value as .NET has it: `string`, `long`, `double`, `bool`, `DateTime`, …
    #[member("object Value { get; }")]
    fn value(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        this.held(cx)
    }

    /// Changes the value, and the kind of token with it.
    ///
    /// # Throws
    /// `ArgumentException` if the value has no form in JSON.
    #[member("object Value { set; }")]
    fn set_value(this: &'a Token<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
        value::replace(cx, this, value)
    }

    /// Whether the other holds an equal value of the same kind.
    #[member("bool Equals(JValue other)")]
    fn equals(this: &'a Token<'a>, cx: &mut Cx<'a>, other: Option<&'a Token<'a>>) -> Result<bool, Throw> {
        other.map_or(Ok(false), |other| compare::values_equal(cx, this, other))
    }

    /// Whether the other is a `JValue` with an equal value of the same kind.
    #[member("bool Equals(object obj)")]
    fn equals_object(this: &'a Token<'a>, cx: &mut Cx<'a>, obj: Option<Obj<'a>>) -> Result<bool, Throw> {
        obj.map_or(Ok(false), |other| this.object().equals(cx, other))
    }

    /// The hash code of the value; 0 for null.
    #[member("int GetHashCode()")]
    fn get_hash_code(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        this.object().hash_code(cx)
    }

    /// The value's text; empty for null.
    #[member("string ToString()")]
    fn to_text(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        value::text(cx, this, None)
    }

    /// The value's text in a format; empty for null.
    ///
    /// # Throws
    /// `FormatException` if the value's type does not know the format.
    #[member("string ToString(string format)")]
    fn to_text_in(this: &'a Token<'a>, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        value::text(cx, this, format)
    }

    /// The value's text; empty for null.
    #[member("string ToString(IFormatProvider formatProvider)")]
    fn to_text_of_culture(this: &'a Token<'a>, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
        value::text(cx, this, None)
    }

    /// The value's text in a format; empty for null.
    ///
    /// # Throws
    /// `FormatException` if the value's type does not know the format.
    #[member("string ToString(string format, IFormatProvider formatProvider)")]
    fn to_text_in_culture(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        value::text(cx, this, format)
    }

    /// The order of the two values: negative, zero or positive.
    ///
    /// # Throws
    /// What converting the other value throws, where they are of different kinds.
    #[member("int CompareTo(JValue obj)")]
    fn compare_to(this: &'a Token<'a>, cx: &mut Cx<'a>, obj: Option<&'a Token<'a>>) -> Result<i32, Throw> {
        obj.map_or(Ok(1), |other| compare::compare_to(cx, this, other))
    }
}
