//! Conversions to `bool`, `char` and `DateTime`.

use dotnet_macros::members;

use super::{Value, throw_invalid, thrown};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::{convert, parse};
use crate::format::time::{DateTime, DateTimeStyles};
use crate::json::conversion;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::date_time::now;
use crate::word::{Char, Role};

/// The `bool` that a simple value is converted to: whether a number is not 0; null is false.
///
/// # Errors
/// `FormatException`, `InvalidCastException`.
pub(crate) fn to_boolean<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<bool, Throw> {
    Ok(match value {
        Value::Null => false,
        Value::Bool(value) => value,
        Value::Signed(value) => value != 0,
        Value::Unsigned(value) => value != 0,
        Value::Single(value) => value != 0.0,
        Value::Double(value) => value != 0.0,
        Value::Decimal(value) => !value.is_zero(),
        Value::Text(value) => return thrown(cx, parse::parse_bool(value.bytes())),
        Value::Char(_) | Value::Date(_) => return Err(value.throw_no_conversion(cx, "Boolean")),
        Value::Json(token) => return conversion::to_boolean(cx, token),
    })
}

/// The `char` that a simple value is converted to; null is the code unit 0.
///
/// # Errors
/// `OverflowException`, `FormatException`, `InvalidCastException`.
pub(crate) fn to_char<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<Char, Throw> {
    let unit = match value {
        Value::Null => Ok(0),
        Value::Char(value) => Ok(value.0),
        Value::Signed(value) => convert::to_char(value),
        Value::Unsigned(value) => convert::to_char(value),
        Value::Text(value) => parse::parse_char(value.bytes()),
        Value::Bool(_) | Value::Single(_) | Value::Double(_) | Value::Decimal(_) | Value::Date(_) => {
            return Err(value.throw_no_conversion(cx, "Char"));
        }
        Value::Json(token) => return conversion::to_char(cx, token),
    };
    thrown(cx, unit).map(Char)
}

/// The `DateTime` that a simple value is converted to; null is the first of all.
///
/// # Errors
/// `FormatException`, `InvalidCastException`.
pub(crate) fn to_date<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<DateTime, Throw> {
    match value {
        Value::Null => Ok(DateTime::MIN),
        Value::Date(value) => Ok(value),
        Value::Text(value) => {
            let now = now(cx);
            thrown(cx, DateTime::parse(value.bytes(), DateTimeStyles::NONE, now))
        }
        Value::Json(token) => conversion::to_date_time(cx, token),
        _ => Err(value.throw_no_conversion(cx, "DateTime")),
    }
}

/// The conversions to `bool`.
pub struct Booleans;

/// The conversions to `bool`.
#[members("System.Convert", group = BOOLEANS)]
impl<'a> Booleans {
    /// What the value stands for; null is false.
    ///
    /// # Throws
    /// `FormatException`, `InvalidCastException`.
    #[member("static bool ToBoolean(object value)", pure)]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<bool, Throw> {
        let value = Value::of(cx, value)?;
        to_boolean(cx, value)
    }

    /// What the value stands for; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException`, `InvalidCastException`.
    #[member("static bool ToBoolean(object value, IFormatProvider provider)", pure)]
    fn of_object_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<bool, Throw> {
        Self::of_object(cx, value)
    }

    /// The value itself.
    #[member("static bool ToBoolean(bool value)", pure)]
    fn of_bool(value: bool) -> bool {
        value
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static bool ToBoolean(char value)", pure)]
    fn of_char(cx: &mut Cx<'a>, _value: Char) -> Result<bool, Throw> {
        Err(throw_invalid(cx, "Char", "Boolean"))
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(sbyte value)", pure)]
    fn of_sbyte(value: i8) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(byte value)", pure)]
    fn of_byte(value: u8) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(short value)", pure)]
    fn of_int16(value: i16) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(ushort value)", pure)]
    fn of_uint16(value: u16) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(int value)", pure)]
    fn of_int32(value: i32) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(uint value)", pure)]
    fn of_uint32(value: u32) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(long value)", pure)]
    fn of_int64(value: i64) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(ulong value)", pure)]
    fn of_uint64(value: u64) -> bool {
        value != 0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(float value)", pure)]
    fn of_single(value: f32) -> bool {
        value != 0.0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(double value)", pure)]
    fn of_double(value: f64) -> bool {
        value != 0.0
    }

    /// Whether the number is not 0.
    #[member("static bool ToBoolean(decimal value)", pure)]
    fn of_decimal(value: Decimal) -> bool {
        !value.is_zero()
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static bool ToBoolean(DateTime value)", pure)]
    fn of_date(cx: &mut Cx<'a>, _value: DateTime) -> Result<bool, Throw> {
        Err(throw_invalid(cx, "DateTime", "Boolean"))
    }

    /// The value of `True` or `False` in any case; null is false.
    ///
    /// # Throws
    /// `FormatException`.
    #[member("static bool ToBoolean(string value)", pure)]
    fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<bool, Throw> {
        value.map_or(Ok(false), |value| thrown(cx, parse::parse_bool(value.bytes())))
    }

    /// The value of `True` or `False` in any case; the culture does not matter.
    ///
    /// # Throws
    /// `FormatException`.
    #[member("static bool ToBoolean(string value, IFormatProvider provider)", pure)]
    fn of_text_of_culture(cx: &mut Cx<'a>, value: Option<Str<'a>>, _provider: Option<Obj<'a>>) -> Result<bool, Throw> {
        Self::of_text(cx, value)
    }
}

/// The conversions to `char`.
pub struct Chars;

/// The conversions to `char`.
#[members("System.Convert", group = CHARS)]
impl<'a> Chars {
    /// The code unit that the value stands for; null is 0.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`, `InvalidCastException`.
    #[member("static char ToChar(object value)", pure)]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Char, Throw> {
        let value = Value::of(cx, value)?;
        to_char(cx, value)
    }

    /// The code unit that the value stands for; the culture is always the invariant one.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`, `InvalidCastException`.
    #[member("static char ToChar(object value, IFormatProvider provider)", pure)]
    fn of_object_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Char, Throw> {
        Self::of_object(cx, value)
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static char ToChar(bool value)", pure)]
    fn of_bool(cx: &mut Cx<'a>, _value: bool) -> Result<Char, Throw> {
        Err(throw_invalid(cx, "Boolean", "Char"))
    }

    /// The code unit itself.
    #[member("static char ToChar(char value)", pure)]
    fn of_char(value: Char) -> Char {
        value
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(sbyte value)", pure)]
    fn of_sbyte(cx: &mut Cx<'a>, value: i8) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(byte value)", pure)]
    fn of_byte(cx: &mut Cx<'a>, value: u8) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(short value)", pure)]
    fn of_int16(cx: &mut Cx<'a>, value: i16) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(ushort value)", pure)]
    fn of_uint16(cx: &mut Cx<'a>, value: u16) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(int value)", pure)]
    fn of_int32(cx: &mut Cx<'a>, value: i32) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(uint value)", pure)]
    fn of_uint32(cx: &mut Cx<'a>, value: u32) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(long value)", pure)]
    fn of_int64(cx: &mut Cx<'a>, value: i64) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// The code unit of this number.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static char ToChar(ulong value)", pure)]
    fn of_uint64(cx: &mut Cx<'a>, value: u64) -> Result<Char, Throw> {
        thrown(cx, convert::to_char(value)).map(Char)
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static char ToChar(float value)", pure)]
    fn of_single(cx: &mut Cx<'a>, _value: f32) -> Result<Char, Throw> {
        Err(throw_invalid(cx, "Single", "Char"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static char ToChar(double value)", pure)]
    fn of_double(cx: &mut Cx<'a>, _value: f64) -> Result<Char, Throw> {
        Err(throw_invalid(cx, "Double", "Char"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static char ToChar(decimal value)", pure)]
    fn of_decimal(cx: &mut Cx<'a>, _value: Decimal) -> Result<Char, Throw> {
        Err(throw_invalid(cx, "Decimal", "Char"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static char ToChar(DateTime value)", pure)]
    fn of_date(cx: &mut Cx<'a>, _value: DateTime) -> Result<Char, Throw> {
        Err(throw_invalid(cx, "DateTime", "Char"))
    }

    /// The code unit that is the whole text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static char ToChar(string value)", pure)]
    fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Char, Throw> {
        let Some(value) = value else { return Err(cx.throw_null(Role::Argument("value"))) };
        thrown(cx, parse::parse_char(value.bytes())).map(Char)
    }

    /// The code unit that is the whole text; the culture does not matter.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static char ToChar(string value, IFormatProvider provider)", pure)]
    fn of_text_of_culture(cx: &mut Cx<'a>, value: Option<Str<'a>>, _provider: Option<Obj<'a>>) -> Result<Char, Throw> {
        Self::of_text(cx, value)
    }
}

/// The conversions to `DateTime`.
pub struct Dates;

/// The conversions to `DateTime`; reading text asks the clock where the date is left out.
#[members("System.Convert", group = DATES)]
impl<'a> Dates {
    /// The date that the value stands for; null is the first of all.
    ///
    /// # Throws
    /// `FormatException`, `InvalidCastException`.
    #[member("static DateTime ToDateTime(object value)")]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<DateTime, Throw> {
        let value = Value::of(cx, value)?;
        to_date(cx, value)
    }

    /// The date that the value stands for; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException`, `InvalidCastException`.
    #[member("static DateTime ToDateTime(object value, IFormatProvider provider)")]
    fn of_object_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<DateTime, Throw> {
        Self::of_object(cx, value)
    }

    /// The date itself.
    #[member("static DateTime ToDateTime(DateTime value)", pure)]
    fn of_date(value: DateTime) -> DateTime {
        value
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(bool value)", pure)]
    fn of_bool(cx: &mut Cx<'a>, _value: bool) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Boolean", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(char value)", pure)]
    fn of_char(cx: &mut Cx<'a>, _value: Char) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Char", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(sbyte value)", pure)]
    fn of_sbyte(cx: &mut Cx<'a>, _value: i8) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "SByte", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(byte value)", pure)]
    fn of_byte(cx: &mut Cx<'a>, _value: u8) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Byte", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(short value)", pure)]
    fn of_int16(cx: &mut Cx<'a>, _value: i16) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Int16", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(ushort value)", pure)]
    fn of_uint16(cx: &mut Cx<'a>, _value: u16) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "UInt16", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(int value)", pure)]
    fn of_int32(cx: &mut Cx<'a>, _value: i32) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Int32", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(uint value)", pure)]
    fn of_uint32(cx: &mut Cx<'a>, _value: u32) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "UInt32", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(long value)", pure)]
    fn of_int64(cx: &mut Cx<'a>, _value: i64) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Int64", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(ulong value)", pure)]
    fn of_uint64(cx: &mut Cx<'a>, _value: u64) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "UInt64", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(float value)", pure)]
    fn of_single(cx: &mut Cx<'a>, _value: f32) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Single", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(double value)", pure)]
    fn of_double(cx: &mut Cx<'a>, _value: f64) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Double", "DateTime"))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static DateTime ToDateTime(decimal value)", pure)]
    fn of_decimal(cx: &mut Cx<'a>, _value: Decimal) -> Result<DateTime, Throw> {
        Err(throw_invalid(cx, "Decimal", "DateTime"))
    }

    /// The date that the text writes; null is the first of all.
    ///
    /// # Throws
    /// `FormatException`.
    #[member("static DateTime ToDateTime(string value)")]
    fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<DateTime, Throw> {
        value.map_or(Ok(DateTime::MIN), |value| to_date(cx, Value::Text(value)))
    }

    /// The date that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException`.
    #[member("static DateTime ToDateTime(string value, IFormatProvider provider)")]
    fn of_text_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<DateTime, Throw> {
        Self::of_text(cx, value)
    }
}
