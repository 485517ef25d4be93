//! Conversions to `decimal`.

use dotnet_macros::members;

use super::{Value, throw_invalid, thrown};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::NumberStyles;
use crate::format::time::DateTime;
use crate::json::conversion;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::word::Char;

/// The `decimal` that a simple value is converted to; null is 0.
///
/// # Errors
/// `OverflowException`, `FormatException`, `InvalidCastException`.
pub(crate) fn to_decimal<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<Decimal, Throw> {
    Ok(match value {
        Value::Null => Decimal::ZERO,
        Value::Bool(value) => Decimal::from(u8::from(value)),
        Value::Signed(value) => Decimal::from(value),
        Value::Unsigned(value) => Decimal::from(value),
        Value::Single(value) => return thrown(cx, Decimal::from_single(value)),
        Value::Double(value) => return thrown(cx, Decimal::from_double(value)),
        Value::Decimal(value) => value,
        Value::Text(value) => return thrown(cx, Decimal::parse(value.bytes(), NumberStyles::NUMBER)),
        Value::Char(_) | Value::Date(_) => return Err(value.throw_no_conversion(cx, "Decimal")),
        Value::Json(token) => return conversion::to_decimal(cx, token),
    })
}

/// The conversions to `decimal`.
pub struct Decimals;

/// The conversions to `decimal`.
#[members("System.Convert", group = DECIMALS)]
impl<'a> Decimals {
    /// The number that the value stands for; null is 0.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`, `InvalidCastException`.
    #[member("static decimal ToDecimal(object value)", pure)]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Decimal, Throw> {
        let value = Value::of(cx, value)?;
        to_decimal(cx, value)
    }

    /// The number that the value stands for; the culture is always the invariant one.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`, `InvalidCastException`.
    #[member("static decimal ToDecimal(object value, IFormatProvider provider)", pure)]
    fn of_object_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Decimal, Throw> {
        Self::of_object(cx, value)
    }

    /// 1 or 0.
    #[member("static decimal ToDecimal(bool value)", pure)]
    fn of_bool(value: bool) -> Decimal {
        Decimal::from(u8::from(value))
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static decimal ToDecimal(char value)", pure)]
    fn of_char(cx: &mut Cx<'a>, _value: Char) -> Result<Decimal, Throw> {
        Err(throw_invalid(cx, "Char", "Decimal"))
    }

    /// The same number.
    #[member("static decimal ToDecimal(sbyte value)", pure)]
    fn of_sbyte(value: i8) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(byte value)", pure)]
    fn of_byte(value: u8) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(short value)", pure)]
    fn of_int16(value: i16) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(ushort value)", pure)]
    fn of_uint16(value: u16) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(int value)", pure)]
    fn of_int32(value: i32) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(uint value)", pure)]
    fn of_uint32(value: u32) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(long value)", pure)]
    fn of_int64(value: i64) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("static decimal ToDecimal(ulong value)", pure)]
    fn of_uint64(value: u64) -> Decimal {
        Decimal::from(value)
    }

    /// The nearest number of 7 significant digits.
    ///
    /// # Throws
    /// `OverflowException`.
    #[member("static decimal ToDecimal(float value)", pure)]
    fn of_single(cx: &mut Cx<'a>, value: f32) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_single(value))
    }

    /// The nearest number of 15 significant digits.
    ///
    /// # Throws
    /// `OverflowException`.
    #[member("static decimal ToDecimal(double value)", pure)]
    fn of_double(cx: &mut Cx<'a>, value: f64) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_double(value))
    }

    /// The number itself.
    #[member("static decimal ToDecimal(decimal value)", pure)]
    fn of_decimal(value: Decimal) -> Decimal {
        value
    }

    /// There is no such conversion.
    ///
    /// # Throws
    /// `InvalidCastException` always.
    #[member("static decimal ToDecimal(DateTime value)", pure)]
    fn of_date(cx: &mut Cx<'a>, _value: DateTime) -> Result<Decimal, Throw> {
        Err(throw_invalid(cx, "DateTime", "Decimal"))
    }

    /// The number that the text writes; null is 0.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`.
    #[member("static decimal ToDecimal(string value)", pure)]
    fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<Decimal, Throw> {
        value.map_or(Ok(Decimal::ZERO), |value| thrown(cx, Decimal::parse(value.bytes(), NumberStyles::NUMBER)))
    }

    /// The number that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// `OverflowException`, `FormatException`.
    #[member("static decimal ToDecimal(string value, IFormatProvider provider)", pure)]
    fn of_text_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Decimal, Throw> {
        Self::of_text(cx, value)
    }
}
