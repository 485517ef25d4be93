//! Conversions to the integer types.

use dotnet_macros::members;

use super::{Value, throw_invalid, thrown};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::integer::Integer;
use crate::format::number::{convert, parse, radix};
use crate::format::time::DateTime;
use crate::json::conversion;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::word::Char;

/// The integer that a simple value is converted to: nearest, halves to the even one; null is 0.
///
/// # Errors
/// `OverflowException`, `FormatException`, `InvalidCastException`.
pub(crate) fn to_integer<'a, I: Integer>(cx: &mut Cx<'a>, value: Value<'a>) -> Result<I, Throw> {
    let converted = match value {
        Value::Null => Ok(I::from_bits(0)),
        Value::Bool(value) => Ok(I::from_bits(value.into())),
        Value::Char(value) => convert::to_integer(value.0),
        Value::Signed(value) => convert::to_integer(value),
        Value::Unsigned(value) => convert::to_integer(value),
        Value::Single(value) => convert::round_to_integer(value.into()),
        Value::Double(value) => convert::round_to_integer(value),
        Value::Decimal(value) => value.round_to_integer(),
        Value::Text(value) => parse::parse_integer(value.bytes()),
        Value::Date(_) => return Err(value.throw_no_conversion(cx, I::TYPE.name())),
        Value::Json(token) => return conversion::to_integer(cx, token),
    };
    thrown(cx, converted)
}

/// Declares the conversions to integer types.
macro_rules! conversions {
    ($($owner:ident, $group:ident, $to:ty, $keyword:literal, $method:literal;)*) => {$(
        #[doc = concat!("The conversions to `", $keyword, "`.")]
        pub struct $owner;

        #[doc = concat!("The conversions to `", $keyword, "`.")]
        #[members("System.Convert", group = $group, words = [Self = $keyword, ToSelf = $method])]
        impl<'a> $owner {
            /// The integer that the value stands for; null is 0.
            ///
            /// # Throws
            /// `OverflowException`, `FormatException`, `InvalidCastException`.
            #[member("static Self ToSelf(object value)", pure)]
            fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<$to, Throw> {
                let value = Value::of(cx, value)?;
                to_integer(cx, value)
            }

            /// The integer that the value stands for; the culture is always the invariant one.
            ///
            /// # Throws
            /// `OverflowException`, `FormatException`, `InvalidCastException`.
            #[member("static Self ToSelf(object value, IFormatProvider provider)", pure)]
            fn of_object_of_culture(
                cx: &mut Cx<'a>, value: Option<Obj<'a>>, _provider: Option<Obj<'a>>,
            ) -> Result<$to, Throw> {
                Self::of_object(cx, value)
            }

            /// 1 or 0.
            #[member("static Self ToSelf(bool value)", pure)]
            fn of_bool(value: bool) -> $to {
                <$to>::from(value)
            }

            /// The number of the code unit.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(char value)", pure)]
            fn of_char(cx: &mut Cx<'a>, value: Char) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value.0))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(sbyte value)", pure)]
            fn of_sbyte(cx: &mut Cx<'a>, value: i8) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(byte value)", pure)]
            fn of_byte(cx: &mut Cx<'a>, value: u8) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(short value)", pure)]
            fn of_int16(cx: &mut Cx<'a>, value: i16) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(ushort value)", pure)]
            fn of_uint16(cx: &mut Cx<'a>, value: u16) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(int value)", pure)]
            fn of_int32(cx: &mut Cx<'a>, value: i32) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(uint value)", pure)]
            fn of_uint32(cx: &mut Cx<'a>, value: u32) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(long value)", pure)]
            fn of_int64(cx: &mut Cx<'a>, value: i64) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The same number.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(ulong value)", pure)]
            fn of_uint64(cx: &mut Cx<'a>, value: u64) -> Result<$to, Throw> {
                thrown(cx, convert::to_integer(value))
            }

            /// The nearest integer, halves to the even one.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(float value)", pure)]
            fn of_single(cx: &mut Cx<'a>, value: f32) -> Result<$to, Throw> {
                thrown(cx, convert::round_to_integer(value.into()))
            }

            /// The nearest integer, halves to the even one.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(double value)", pure)]
            fn of_double(cx: &mut Cx<'a>, value: f64) -> Result<$to, Throw> {
                thrown(cx, convert::round_to_integer(value))
            }

            /// The nearest integer, halves to the even one.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(decimal value)", pure)]
            fn of_decimal(cx: &mut Cx<'a>, value: Decimal) -> Result<$to, Throw> {
                thrown(cx, value.round_to_integer())
            }

            /// There is no such conversion.
            ///
            /// # Throws
            /// `InvalidCastException` always.
            #[member("static Self ToSelf(DateTime value)", pure)]
            fn of_date(cx: &mut Cx<'a>, _value: DateTime) -> Result<$to, Throw> {
                Err(throw_invalid(cx, "DateTime", <$to>::TYPE.name()))
            }

            /// The number that the text writes; null is 0.
            ///
            /// # Throws
            /// `FormatException`, `OverflowException`.
            #[member("static Self ToSelf(string value)", pure)]
            fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<$to, Throw> {
                value.map_or(Ok(0), |value| thrown(cx, parse::parse_integer(value.bytes())))
            }

            /// The number that the text writes; the culture is always the invariant one.
            ///
            /// # Throws
            /// `FormatException`, `OverflowException`.
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
    SBytes, SBYTES, i8, "sbyte", "ToSByte";
    Bytes, BYTES, u8, "byte", "ToByte";
    Int16s, INT16S, i16, "short", "ToInt16";
    UInt16s, UINT16S, u16, "ushort", "ToUInt16";
    Int32s, INT32S, i32, "int", "ToInt32";
    UInt32s, UINT32S, u32, "uint", "ToUInt32";
    Int64s, INT64S, i64, "long", "ToInt64";
    UInt64s, UINT64S, u64, "ulong", "ToUInt64";
}

/// Declares the conversions from text in other bases than ten.
macro_rules! bases {
    ($($owner:ident, $group:ident, $to:ty, $keyword:literal, $method:literal;)*) => {$(
        #[doc = concat!("The conversions to `", $keyword, "` from text in base 2, 8, 10 or 16.")]
        pub struct $owner;

        #[doc = concat!("The conversions to `", $keyword, "` from text in base 2, 8, 10 or 16.")]
        #[members("System.Convert", group = $group, words = [Self = $keyword, ToSelf = $method])]
        impl<'a> $owner {
            /// The number that the text writes in base 2, 8, 10 or 16; null is 0.
            ///
            /// # Throws
            /// `ArgumentException` for another base, `FormatException`, `OverflowException`.
            #[member("static Self ToSelf(string value, int fromBase)", pure)]
            fn of_text_in_base(cx: &mut Cx<'a>, value: Option<Str<'a>>, base: i32) -> Result<$to, Throw> {
                match value {
                    Some(value) => thrown(cx, radix::parse(value.bytes(), base)),
                    // A base that there is not is an error even then.
                    None => thrown(cx, radix::parse::<$to>(b"0", base)),
                }
            }
        }
    )*};
}

bases! {
    BasesOfSByte, BASES_OF_SBYTE, i8, "sbyte", "ToSByte";
    BasesOfByte, BASES_OF_BYTE, u8, "byte", "ToByte";
    BasesOfInt16, BASES_OF_INT16, i16, "short", "ToInt16";
    BasesOfUInt16, BASES_OF_UINT16, u16, "ushort", "ToUInt16";
    BasesOfInt32, BASES_OF_INT32, i32, "int", "ToInt32";
    BasesOfUInt32, BASES_OF_UINT32, u32, "uint", "ToUInt32";
    BasesOfInt64, BASES_OF_INT64, i64, "long", "ToInt64";
    BasesOfUInt64, BASES_OF_UINT64, u64, "ulong", "ToUInt64";
}
