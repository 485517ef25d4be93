//! Conversions to `double` and `float`.

use dotnet_macros::members;

use super::{Value, throw_invalid, thrown};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::{NumberStyles, parse};
use crate::format::time::DateTime;
use crate::json::conversion;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::word::Char;

/// The `double` that a simple value is converted to; null is 0.
///
/// # Errors
/// `FormatException`, `InvalidCastException`.
pub(crate) fn to_double<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<f64, Throw> {
    Ok(match value {
        Value::Null => 0.0,
        Value::Bool(value) => f64::from(u8::from(value)),
        Value::Signed(value) => value as f64,
        Value::Unsigned(value) => value as f64,
        Value::Single(value) => f64::from(value),
        Value::Double(value) => value,
        Value::Decimal(value) => value.to_double(),
        Value::Text(value) => return thrown(cx, parse::parse_double(value.bytes(), NumberStyles::FLOAT_AND_THOUSANDS)),
        Value::Char(_) | Value::Date(_) => return Err(value.throw_no_conversion(cx, "Double")),
        Value::Json(token) => return conversion::to_double(cx, token),
    })
}

/// The `float` that a simple value is converted to; null is 0.
///
/// # Errors
/// `FormatException`, `InvalidCastException`.
pub(crate) fn to_single<'a>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<f32, Throw> {
    Ok(match value {
        Value::Null => 0.0,
        Value::Bool(value) => f32::from(u8::from(value)),
        Value::Signed(value) => value as f32,
        Value::Unsigned(value) => value as f32,
        Value::Single(value) => value,
        Value::Double(value) => value as f32,
        Value::Decimal(value) => value.to_single(),
        Value::Text(value) => return thrown(cx, parse::parse_single(value.bytes(), NumberStyles::FLOAT_AND_THOUSANDS)),
        Value::Char(_) | Value::Date(_) => return Err(value.throw_no_conversion(cx, "Single")),
        Value::Json(token) => return conversion::to_single(cx, token),
    })
}

/// Declares the conversions to floating-point types.
macro_rules! conversions {
    ($($owner:ident, $group:ident, $to:ty, $keyword:literal, $method:literal, $name:literal, $convert:path, $parse:path,
       $decimal:path;)*) => {$(
        #[doc = concat!("The conversions to `", $keyword, "`.")]
        pub struct $owner;

        #[doc = concat!("The conversions to `", $keyword, "`.")]
        #[members("System.Convert", group = $group, words = [Self = $keyword, ToSelf = $method])]
        impl<'a> $owner {
            /// The number that the value stands for; null is 0.
            ///
            /// # Throws
            /// `FormatException`, `InvalidCastException`.
            #[member("static Self ToSelf(object value)", pure)]
            fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<$to, Throw> {
                let value = Value::of(cx, value)?;
                $convert(cx, value)
            }

            /// The number that the value stands for; the culture is always the invariant one.
            ///
            /// # Throws
            /// `FormatException`, `InvalidCastException`.
            #[member("static Self ToSelf(object value, IFormatProvider provider)", pure)]
            fn of_object_of_culture(
                cx: &mut Cx<'a>, value: Option<Obj<'a>>, _provider: Option<Obj<'a>>,
            ) -> Result<$to, Throw> {
                Self::of_object(cx, value)
            }

            /// 1 or 0.
            #[member("static Self ToSelf(bool value)", pure)]
            fn of_bool(value: bool) -> $to {
                <$to>::from(u8::from(value))
            }

            /// There is no such conversion.
            ///
            /// # Throws
            /// `InvalidCastException` always.
            #[member("static Self ToSelf(char value)", pure)]
            fn of_char(cx: &mut Cx<'a>, _value: Char) -> Result<$to, Throw> {
                Err(throw_invalid(cx, "Char", $name))
            }

            /// The same number.
            #[member("static Self ToSelf(sbyte value)", pure)]
            fn of_sbyte(value: i8) -> $to {
                <$to>::from(value)
            }

            /// The same number.
            #[member("static Self ToSelf(byte value)", pure)]
            fn of_byte(value: u8) -> $to {
                <$to>::from(value)
            }

            /// The same number.
            #[member("static Self ToSelf(short value)", pure)]
            fn of_int16(value: i16) -> $to {
                <$to>::from(value)
            }

            /// The same number.
            #[member("static Self ToSelf(ushort value)", pure)]
            fn of_uint16(value: u16) -> $to {
                <$to>::from(value)
            }

            /// The nearest number.
            #[member("static Self ToSelf(int value)", pure)]
            fn of_int32(value: i32) -> $to {
                value as $to
            }

            /// The nearest number.
            #[member("static Self ToSelf(uint value)", pure)]
            fn of_uint32(value: u32) -> $to {
                value as $to
            }

            /// The nearest number.
            #[member("static Self ToSelf(long value)", pure)]
            fn of_int64(value: i64) -> $to {
                value as $to
            }

            /// The nearest number.
            #[member("static Self ToSelf(ulong value)", pure)]
            fn of_uint64(value: u64) -> $to {
                value as $to
            }

            /// The same number.
            #[member("static Self ToSelf(float value)", pure)]
            fn of_single(value: f32) -> $to {
                value as $to
            }

            /// The nearest number.
            #[member("static Self ToSelf(double value)", pure)]
            fn of_double(value: f64) -> $to {
                value as $to
            }

            /// The nearest number.
            #[member("static Self ToSelf(decimal value)", pure)]
            fn of_decimal(value: Decimal) -> $to {
                $decimal(value)
            }

            /// There is no such conversion.
            ///
            /// # Throws
            /// `InvalidCastException` always.
            #[member("static Self ToSelf(DateTime value)", pure)]
            fn of_date(cx: &mut Cx<'a>, _value: DateTime) -> Result<$to, Throw> {
                Err(throw_invalid(cx, "DateTime", $name))
            }

            /// The number that the text writes; null is 0.
            ///
            /// # Throws
            /// `FormatException`.
            #[member("static Self ToSelf(string value)", pure)]
            fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<$to, Throw> {
                let style = NumberStyles::FLOAT_AND_THOUSANDS;
                value.map_or(Ok(0.0), |value| thrown(cx, $parse(value.bytes(), style)))
            }

            /// The number that the text writes; the culture is always the invariant one.
            ///
            /// # Throws
            /// `FormatException`.
            #[member("static Self ToSelf(string value, IFormatProvider provider)", pure)]
            fn of_text_of_culture(
                cx: &mut Cx<'a>, value: Option<Str<'a>>, _provider: Option<Obj<'a>>,
            ) -> Result<$to, Throw> {
                Self::of_text(cx, value)
            }
        }
    )*};
}

conversions! {
    Singles, SINGLES, f32, "float", "ToSingle", "Single", to_single, parse::parse_single, Decimal::to_single;
    Doubles, DOUBLES, f64, "double", "ToDouble", "Double", to_double, parse::parse_double, Decimal::to_double;
}
