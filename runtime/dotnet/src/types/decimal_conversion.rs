//! Conversions between `decimal` and the other numbers, and rounding.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::decimal::MAX_SCALE;
use crate::format::{Decimal, MidpointRounding};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal::thrown;
use crate::types::exception::{ARGUMENT_EXCEPTION, OVERFLOW_EXCEPTION};
use crate::word::Char;

/// Declares the conversions between `decimal` and an integer type.
macro_rules! integer_conversions {
    ($($owner:ident, $group:ident, $rust:ty, $keyword:literal, $method:literal;)*) => {$(
        #[doc = concat!("The conversions between `decimal` and `", $keyword, "`.")]
        pub struct $owner;

        #[doc = concat!("The conversions between `decimal` and `", $keyword, "`.")]
        #[members("System.Decimal", group = $group, words = [Self = $keyword, ToSelf = $method])]
        impl<'a> $owner {
            /// The same number.
            #[member("static implicit operator decimal(Self value)", pure)]
            fn from(value: $rust) -> Decimal {
                Decimal::from(value)
            }

            /// The whole part.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static explicit operator Self(decimal value)", pure)]
            fn into(cx: &mut Cx<'a>, value: Decimal) -> Result<$rust, Throw> {
                thrown(cx, value.to_integer())
            }

            /// The whole part.
            ///
            /// # Throws
            /// `OverflowException` if the type cannot hold it.
            #[member("static Self ToSelf(decimal value)", pure)]
            fn to_integer(cx: &mut Cx<'a>, value: Decimal) -> Result<$rust, Throw> {
                thrown(cx, value.to_integer())
            }
        }
    )*};
}

integer_conversions! {
    SByteConversions, SBYTE_CONVERSIONS, i8, "sbyte", "ToSByte";
    ByteConversions, BYTE_CONVERSIONS, u8, "byte", "ToByte";
    Int16Conversions, INT16_CONVERSIONS, i16, "short", "ToInt16";
    UInt16Conversions, UINT16_CONVERSIONS, u16, "ushort", "ToUInt16";
    Int32Conversions, INT32_CONVERSIONS, i32, "int", "ToInt32";
    UInt32Conversions, UINT32_CONVERSIONS, u32, "uint", "ToUInt32";
    Int64Conversions, INT64_CONVERSIONS, i64, "long", "ToInt64";
    UInt64Conversions, UINT64_CONVERSIONS, u64, "ulong", "ToUInt64";
}

/// The other conversions of `decimal`.
pub struct Conversions;

/// The other conversions of `decimal`.
#[members("System.Decimal", group = CONVERSIONS)]
impl<'a> Conversions {
    /// The number of a UTF-16 code unit.
    #[member("static implicit operator decimal(char value)", pure)]
    fn from_char(value: Char) -> Decimal {
        Decimal::from(value.0)
    }

    /// The code unit whose number is the whole part.
    ///
    /// # Throws
    /// `OverflowException` if there is none.
    #[member("static explicit operator char(decimal value)", pure)]
    fn into_char(cx: &mut Cx<'a>, value: Decimal) -> Result<Char, Throw> {
        value
            .to_integer()
            .map(Char)
            .map_err(|_| cx.throw(Ty(&OVERFLOW_EXCEPTION), "Value was either too large or too small for a character."))
    }

    /// The nearest number of 15 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if it is too large, infinite or no number.
    #[member("static explicit operator decimal(double value)", pure)]
    fn from_double(cx: &mut Cx<'a>, value: f64) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_double(value))
    }

    /// The nearest number of 7 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if it is too large, infinite or no number.
    #[member("static explicit operator decimal(float value)", pure)]
    fn from_single(cx: &mut Cx<'a>, value: f32) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_single(value))
    }

    /// The nearest `double`.
    #[member("static explicit operator double(decimal value)", pure)]
    fn into_double(value: Decimal) -> f64 {
        value.to_double()
    }

    /// The nearest `float`.
    #[member("static explicit operator float(decimal value)", pure)]
    fn into_single(value: Decimal) -> f32 {
        value.to_single()
    }

    /// The nearest `double`.
    #[member("static double ToDouble(decimal d)", pure)]
    fn to_double(value: Decimal) -> f64 {
        value.to_double()
    }

    /// The nearest `float`.
    #[member("static float ToSingle(decimal d)", pure)]
    fn to_single(value: Decimal) -> f32 {
        value.to_single()
    }

    /// The same number.
    #[member("Decimal(int value)", pure)]
    fn new_of_int(value: i32) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("Decimal(uint value)", pure)]
    fn new_of_uint(value: u32) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("Decimal(long value)", pure)]
    fn new_of_long(value: i64) -> Decimal {
        Decimal::from(value)
    }

    /// The same number.
    #[member("Decimal(ulong value)", pure)]
    fn new_of_ulong(value: u64) -> Decimal {
        Decimal::from(value)
    }

    /// The nearest number of 15 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if it is too large, infinite or no number.
    #[member("Decimal(double value)", pure)]
    fn new_of_double(cx: &mut Cx<'a>, value: f64) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_double(value))
    }

    /// The nearest number of 7 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if it is too large, infinite or no number.
    #[member("Decimal(float value)", pure)]
    fn new_of_float(cx: &mut Cx<'a>, value: f32) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::from_single(value))
    }

    /// The number of ten-thousandths, halves to the even one.
    ///
    /// # Throws
    /// `OverflowException` if a `long` cannot hold it.
    #[member("static long ToOACurrency(decimal value)", pure)]
    fn to_oa_currency(cx: &mut Cx<'a>, value: Decimal) -> Result<i64, Throw> {
        let scaled = value.times(Decimal::from(10_000)).and_then(Decimal::round_to_integer);
        scaled.map_err(|_| cx.throw(Ty(&OVERFLOW_EXCEPTION), "Value was either too large or too small for a Currency."))
    }

    /// The number of so many ten-thousandths.
    #[member("static decimal FromOACurrency(long cy)", pure)]
    fn from_oa_currency(cy: i64) -> Decimal {
        let (mut mantissa, mut scale) = (u128::from(cy.unsigned_abs()), 4);
        while scale > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            scale -= 1;
        }
        Decimal::from_parts(mantissa, scale, cy < 0)
    }
}

/// A number rounded to so many decimals; `mode` is a value of `MidpointRounding`.
///
/// # Errors
/// `ArgumentOutOfRangeException` unless `decimals` is from 0 to 28, `ArgumentException` for an unknown mode.
pub fn round(cx: &mut Cx<'_>, value: Decimal, decimals: i32, mode: i32) -> Result<Decimal, Throw> {
    match mode {
        0 => thrown(cx, value.round(decimals, MidpointRounding::ToEven)),
        1 => thrown(cx, value.round(decimals, MidpointRounding::AwayFromZero)),
        2..=4 => {
            // Checks the number of decimals too.
            let nearest = thrown(cx, value.round(decimals, MidpointRounding::ToEven))?;
            let grows = match mode {
                2 => false,
                3 => value.is_negative(),
                _ => !value.is_negative(),
            };
            Ok(cut(value, nearest, decimals, grows))
        }
        _ => Err(throw_mode(cx, mode)),
    }
}

/// The number with so many decimals whose size is the next above (`grows`) or below that of `value`.
fn cut(value: Decimal, nearest: Decimal, decimals: i32, grows: bool) -> Decimal {
    let scale = u32::try_from(decimals).unwrap_or(0).min(MAX_SCALE).min(value.scale());
    let (size, rounded) = (value.abs(), nearest.abs());
    let mantissa = match (grows, rounded.cmp(&size)) {
        (true, std::cmp::Ordering::Less) => rounded.mantissa() + 1,
        (false, std::cmp::Ordering::Greater) => rounded.mantissa() - 1,
        _ => return nearest,
    };
    Decimal::from_parts(mantissa, scale, value.is_negative())
}

/// The exception of a mode that `MidpointRounding` does not have.
#[cold]
pub(super) fn throw_mode(cx: &mut Cx<'_>, mode: i32) -> Throw {
    let message = format!("The value '{mode}' is not valid for this usage of the type MidpointRounding.");
    cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "mode")
}

#[cfg(test)]
mod tests {
    use crate::format::Decimal;
    use crate::testing::call;

    #[test]
    fn decimals_are_converted() {
        let tenths = |value: i32| Decimal::from_parts(u128::from(value.unsigned_abs()), 1, value < 0);
        for (value, expected) in [(99, "9"), (-99, "-9"), (5, "0")] {
            assert_eq!(
                call("System.Decimal::static explicit operator int(decimal value)", &[&tenths(value)]),
                expected
            );
        }
        let large = Decimal::from(3_000_000_000_u32);
        assert_eq!(
            call("System.Decimal::static explicit operator int(decimal value)", &[&large]),
            "OverflowException: Value was either too large or too small for an Int32."
        );
        assert_eq!(call("System.Decimal::static implicit operator decimal(long value)", &[&-5_i64]), "-5");
        assert_eq!(call("System.Decimal::static explicit operator decimal(double value)", &[&0.1]), "0.1");
        assert_eq!(call("System.Decimal::static explicit operator double(decimal value)", &[&tenths(125)]), "12.5");
        assert_eq!(call("System.Decimal::static explicit operator char(decimal value)", &[&tenths(650)]), "A");
        assert_eq!(call("System.Decimal::static long ToOACurrency(decimal value)", &[&tenths(15)]), "15000");
        assert_eq!(call("System.Decimal::static decimal FromOACurrency(long cy)", &[&15_000_i64]), "1.5");
    }
}
