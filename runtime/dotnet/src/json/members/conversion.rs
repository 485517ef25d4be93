//! The conversions between `JToken` and other types that C# makes or lets be asked for.
//!
//! Not here: what converts to what (`json::conversion`).

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::guid::Guid;
use crate::format::time::{DateTime, DateTimeOffset, TimeSpan};
use crate::json::conversion::{
    present, required, to_boolean, to_bytes, to_char, to_date_time, to_date_time_offset, to_decimal, to_double,
    to_guid, to_integer, to_single, to_string, to_time_span, to_uri,
};
use crate::json::token::{Content, Token};
use crate::json::value;
use crate::object::{IntoReference, Obj, boxed, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time_offset::DATE_TIME_OFFSET;
use crate::types::guid::GUID;
use crate::types::number::UINT64;
use crate::types::uri::UriObj;
use crate::types::{decimal::DECIMAL, double::SINGLE, time_span::TIME_SPAN};
use crate::word::{Char, IntoWord, Word};

/// The object of a word where `object` is expected.
fn object_at<'a>(cx: &Cx<'a>, word: Word) -> Option<Obj<'a>> {
    // SAFETY: a box that was just made, the address of an object, or null.
    unsafe { cx.object(word) }
}

/// A token of an object that JSON has values of.
fn of_object<'a>(cx: &mut Cx<'a>, object: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
    let content = value::content_of(cx, object)?;
    Ok(Token::new(cx, content))
}

/// A token of a value of static type `ty`.
pub fn of_value<'a>(cx: &mut Cx<'a>, ty: Ty, value: impl IntoWord<'a>) -> Result<&'a Token<'a>, Throw> {
    let word = value.into_word(cx);
    let word = boxed(cx, ty, word);
    let object = object_at(cx, word);
    of_object(cx, object)
}

/// A token of a value that may be null.
fn of_nullable<'a>(cx: &mut Cx<'a>, value: Option<impl IntoReference<'a>>) -> Result<&'a Token<'a>, Throw> {
    let word = value.into_word(cx);
    let object = object_at(cx, word);
    of_object(cx, object)
}

/// Conversions of tokens from and to integer types.
macro_rules! integers {
    ($($owner:ident, $group:ident, $name:literal, $rust:ty, |$cx:ident, $value:ident| $token:expr;)*) => {$(
        #[doc = concat!("The conversions between `JToken` and `", $name, "`.")]
        pub struct $owner;

        #[doc = concat!("The conversions between `JToken` and `", $name, "`.")]
        #[members("Newtonsoft.Json.Linq.JToken", group = $group, words = [Self = $name])]
        impl<'a> $owner {
            /// A number.
            #[member("static implicit operator JToken(Self value)")]
            fn from($cx: &mut Cx<'a>, $value: $rust) -> Result<&'a Token<'a>, Throw> {
                $token
            }

            /// A number or `null`.
            #[member("static implicit operator JToken(Self? value)")]
            fn from_nullable(cx: &mut Cx<'a>, value: Option<$rust>) -> Result<&'a Token<'a>, Throw> {
                of_nullable(cx, value)
            }

            /// The number that a token is or that its text means.
            ///
            /// # Throws
            /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no number,
            /// `OverflowException` if it does not fit, `ArgumentNullException` for null.
            #[member("static explicit operator Self(JToken value)")]
            fn to(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<$rust, Throw> {
                let value = required(cx, value)?;
                to_integer(cx, value)
            }

            /// The number that a token is or that its text means; null for null.
            ///
            /// # Throws
            /// As the conversion to a type without null.
            #[member("static explicit operator Self?(JToken value)")]
            fn to_nullable(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<$rust>, Throw> {
                present(value).map(|value| to_integer(cx, value)).transpose()
            }
        }
    )*};
}

integers! {
    ByteConversions, BYTES, "byte", u8, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    SByteConversions, SBYTES, "sbyte", i8, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    Int16Conversions, INT16S, "short", i16, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    UInt16Conversions, UINT16S, "ushort", u16, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    Int32Conversions, INT32S, "int", i32, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    UInt32Conversions, UINT32S, "uint", u32, |cx, value| Ok(Token::new(cx, Content::Integer(value.into())));
    Int64Conversions, INT64S, "long", i64, |cx, value| Ok(Token::new(cx, Content::Integer(value)));
    UInt64Conversions, UINT64S, "ulong", u64, |cx, value| of_value(cx, Ty(&UINT64), value);
}

/// The conversions between `JToken` and numbers with fractions, `bool`, `char`, dates, strings and bytes.
pub struct Conversions;

/// The conversions between `JToken` and numbers with fractions, `bool`, `char`, dates, strings and bytes.
#[members("Newtonsoft.Json.Linq.JToken", group = CONVERSIONS)]
impl<'a> Conversions {
    /// `true` or `false`.
    #[member("static implicit operator JToken(bool value)")]
    fn from_bool(cx: &mut Cx<'a>, value: bool) -> &'a Token<'a> {
        Token::new(cx, Content::Boolean(value))
    }

    /// `true`, `false` or `null`.
    #[member("static implicit operator JToken(bool? value)")]
    fn from_nullable_bool(cx: &mut Cx<'a>, value: Option<bool>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// Whether a token is true, not 0, or the text `True`.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for another text, `ArgumentNullException` for
    /// null.
    #[member("static explicit operator bool(JToken value)")]
    fn to_bool(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<bool, Throw> {
        let value = required(cx, value)?;
        to_boolean(cx, value)
    }

    /// Whether a token is true, not 0, or the text `True`; null for null.
    ///
    /// # Throws
    /// As the conversion to `bool`.
    #[member("static explicit operator bool?(JToken value)")]
    fn to_nullable_bool(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<bool>, Throw> {
        present(value).map(|value| to_boolean(cx, value)).transpose()
    }

    /// A number.
    #[member("static implicit operator JToken(double value)")]
    fn from_double(cx: &mut Cx<'a>, value: f64) -> &'a Token<'a> {
        Token::new(cx, Content::Float(value))
    }

    /// A number or `null`.
    #[member("static implicit operator JToken(double? value)")]
    fn from_nullable_double(cx: &mut Cx<'a>, value: Option<f64>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The number that a token is or that its text means.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no number,
    /// `ArgumentNullException` for null.
    #[member("static explicit operator double(JToken value)")]
    fn to_double(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<f64, Throw> {
        let value = required(cx, value)?;
        to_double(cx, value)
    }

    /// The number that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `double`.
    #[member("static explicit operator double?(JToken value)")]
    fn to_nullable_double(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<f64>, Throw> {
        present(value).map(|value| to_double(cx, value)).transpose()
    }

    /// A number.
    #[member("static implicit operator JToken(float value)")]
    fn from_float(cx: &mut Cx<'a>, value: f32) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&SINGLE), value)
    }

    /// A number or `null`.
    #[member("static implicit operator JToken(float? value)")]
    fn from_nullable_float(cx: &mut Cx<'a>, value: Option<f32>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The number that a token is or that its text means.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no number,
    /// `ArgumentNullException` for null.
    #[member("static explicit operator float(JToken value)")]
    fn to_float(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<f32, Throw> {
        let value = required(cx, value)?;
        to_single(cx, value)
    }

    /// The number that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `float`.
    #[member("static explicit operator float?(JToken value)")]
    fn to_nullable_float(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<f32>, Throw> {
        present(value).map(|value| to_single(cx, value)).transpose()
    }

    /// A number.
    #[member("static implicit operator JToken(decimal value)")]
    fn from_decimal(cx: &mut Cx<'a>, value: Decimal) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&DECIMAL), value)
    }

    /// A number or `null`.
    #[member("static implicit operator JToken(decimal? value)")]
    fn from_nullable_decimal(cx: &mut Cx<'a>, value: Option<Decimal>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The number that a token is or that its text means.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no number,
    /// `OverflowException` if it does not fit, `ArgumentNullException` for null.
    #[member("static explicit operator decimal(JToken value)")]
    fn to_decimal(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Decimal, Throw> {
        let value = required(cx, value)?;
        to_decimal(cx, value)
    }

    /// The number that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `decimal`.
    #[member("static explicit operator decimal?(JToken value)")]
    fn to_nullable_decimal(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<Decimal>, Throw> {
        present(value).map(|value| to_decimal(cx, value)).transpose()
    }

    /// The code unit that a token's text is, or whose number it is.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text of another length,
    /// `OverflowException` for a number that does not fit, `ArgumentNullException` for null.
    #[member("static explicit operator char(JToken value)")]
    fn to_char(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Char, Throw> {
        let value = required(cx, value)?;
        to_char(cx, value)
    }

    /// The code unit that a token's text is, or whose number it is; null for null.
    ///
    /// # Throws
    /// As the conversion to `char`.
    #[member("static explicit operator char?(JToken value)")]
    fn to_nullable_char(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<Char>, Throw> {
        present(value).map(|value| to_char(cx, value)).transpose()
    }

    /// A string; null stays a string.
    #[member("static implicit operator JToken(string value)")]
    fn from_string(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> &'a Token<'a> {
        Token::new(cx, Content::Text(value))
    }

    /// The text of a value; null for null.
    ///
    /// # Throws
    /// `ArgumentException` for objects and arrays.
    #[member("static explicit operator string(JToken value)")]
    fn to_string(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<Str<'a>>, Throw> {
        to_string(cx, value)
    }

    /// Bytes, which are Base64 in JSON; null is `null`.
    #[member("static implicit operator JToken(byte[] value)")]
    fn from_bytes(cx: &mut Cx<'a>, value: Option<&'a Bytes<'a>>) -> Result<&'a Token<'a>, Throw> {
        of_object(cx, value.map(object_of))
    }

    /// The bytes that a token is or that its text means in Base64; null for null.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is not Base64.
    #[member("static explicit operator byte[](JToken value)")]
    fn to_bytes(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<&'a Bytes<'a>>, Throw> {
        value.map(|value| to_bytes(cx, value)).transpose()
    }

    /// A date.
    #[member("static implicit operator JToken(DateTime value)")]
    fn from_date(cx: &mut Cx<'a>, value: DateTime) -> &'a Token<'a> {
        Token::new(cx, Content::Date(value))
    }

    /// A date or `null`.
    #[member("static implicit operator JToken(DateTime? value)")]
    fn from_nullable_date(cx: &mut Cx<'a>, value: Option<DateTime>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The date that a token is or that its text means.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no date,
    /// `ArgumentNullException` for null.
    #[member("static explicit operator DateTime(JToken value)")]
    fn to_date(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<DateTime, Throw> {
        let value = required(cx, value)?;
        to_date_time(cx, value)
    }

    /// The date that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `DateTime`.
    #[member("static explicit operator DateTime?(JToken value)")]
    fn to_nullable_date(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<DateTime>, Throw> {
        present(value).map(|value| to_date_time(cx, value)).transpose()
    }

    /// A date with an offset.
    #[member("static implicit operator JToken(DateTimeOffset value)")]
    fn from_offset(cx: &mut Cx<'a>, value: DateTimeOffset) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&DATE_TIME_OFFSET), value)
    }

    /// A date with an offset, or `null`.
    #[member("static implicit operator JToken(DateTimeOffset? value)")]
    fn from_nullable_offset(cx: &mut Cx<'a>, value: Option<DateTimeOffset>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The date that a token is or that its text means.
    ///
    /// # Throws
    /// As the conversion to `DateTime`.
    #[member("static explicit operator DateTimeOffset(JToken value)")]
    fn to_offset(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<DateTimeOffset, Throw> {
        let value = required(cx, value)?;
        to_date_time_offset(cx, value)
    }

    /// The date that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `DateTime`.
    #[member("static explicit operator DateTimeOffset?(JToken value)")]
    fn to_nullable_offset(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<DateTimeOffset>, Throw> {
        present(value).map(|value| to_date_time_offset(cx, value)).transpose()
    }

    /// A unique identifier.
    #[member("static implicit operator JToken(Guid value)")]
    fn from_guid(cx: &mut Cx<'a>, value: Guid) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&GUID), value)
    }

    /// A unique identifier, or `null`.
    #[member("static implicit operator JToken(Guid? value)")]
    fn from_nullable_guid(cx: &mut Cx<'a>, value: Option<Guid>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The unique identifier that a token is, or that its text or bytes mean.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` for a text that is no identifier,
    /// `ArgumentNullException` for null.
    #[member("static explicit operator Guid(JToken value)")]
    fn to_guid(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Guid, Throw> {
        let value = required(cx, value)?;
        to_guid(cx, value)
    }

    /// The unique identifier that a token is, or that its text or bytes mean; null for null.
    ///
    /// # Throws
    /// As the conversion to `Guid`.
    #[member("static explicit operator Guid?(JToken value)")]
    fn to_nullable_guid(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<Guid>, Throw> {
        present(value).map(|value| to_guid(cx, value)).transpose()
    }

    /// A URI; null is `null`.
    #[member("static implicit operator JToken(Uri value)")]
    fn from_uri(cx: &mut Cx<'a>, value: Option<&'a UriObj<'a>>) -> &'a Token<'a> {
        Token::new(cx, value.map_or(Content::Null, |uri| Content::Held(object_of(uri))))
    }

    /// The URI that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `UriFormatException` for a text that is no absolute URI.
    #[member("static explicit operator Uri(JToken value)")]
    fn to_uri(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<&'a UriObj<'a>>, Throw> {
        present(value).map(|value| to_uri(cx, value)).transpose()
    }

    /// A length of time.
    #[member("static implicit operator JToken(TimeSpan value)")]
    fn from_span(cx: &mut Cx<'a>, value: TimeSpan) -> Result<&'a Token<'a>, Throw> {
        of_value(cx, Ty(&TIME_SPAN), value)
    }

    /// A length of time, or `null`.
    #[member("static implicit operator JToken(TimeSpan? value)")]
    fn from_nullable_span(cx: &mut Cx<'a>, value: Option<TimeSpan>) -> Result<&'a Token<'a>, Throw> {
        of_nullable(cx, value)
    }

    /// The length of time that a token is or that its text means.
    ///
    /// # Throws
    /// `ArgumentException` for tokens of other kinds, `FormatException` and `OverflowException` for a text that is no
    /// length of time, `ArgumentNullException` for null.
    #[member("static explicit operator TimeSpan(JToken value)")]
    fn to_span(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<TimeSpan, Throw> {
        let value = required(cx, value)?;
        to_time_span(cx, value)
    }

    /// The length of time that a token is or that its text means; null for null.
    ///
    /// # Throws
    /// As the conversion to `TimeSpan`.
    #[member("static explicit operator TimeSpan?(JToken value)")]
    fn to_nullable_span(cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<Option<TimeSpan>, Throw> {
        present(value).map(|value| to_time_span(cx, value)).transpose()
    }
}
