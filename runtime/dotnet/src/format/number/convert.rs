//! Numbers of one type as numbers of another: `System.Convert` and C#'s casts.
//!
//! Not here: `decimal`, which converts itself; conversions that cannot fail and round nothing.

use super::integer::{Integer, IntegerType};
use crate::format::Fault;

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// The exception of `checked` arithmetic and casts.
pub const fn checked_overflow() -> Fault {
    Fault::overflow("Arithmetic operation resulted in an overflow.")
}

/// `Convert.ToInt32(value)` from any integer type to any other: the same number or an exception.
///
/// # Throws
/// `OverflowException` that names the target type.
#[inline]
pub fn to_integer<To: Integer, From: Integer>(value: From) -> Result<To, Fault> {
    if fits(value.magnitude(), value.is_negative(), To::TYPE) {
        Ok(reinterpret(value))
    } else {
        Err(To::TYPE.overflow())
    }
}

/// The cast `checked((int)value)` from any integer type to any other.
///
/// # Throws
/// `OverflowException` "Arithmetic operation resulted in an overflow."
#[inline]
pub fn checked_cast<To: Integer, From: Integer>(value: From) -> Result<To, Fault> {
    to_integer(value).map_err(|_| checked_overflow())
}

/// The cast `unchecked((int)value)` from any integer type to any other: the low bits.
#[inline]
pub fn reinterpret<To: Integer, From: Integer>(value: From) -> To {
    To::from_bits(if value.is_negative() { value.magnitude().wrapping_neg() } else { value.magnitude() })
}

const fn fits(magnitude: u64, negative: bool, target: IntegerType) -> bool {
    if negative && !target.is_signed() {
        return magnitude == 0;
    }
    magnitude <= target.max() + negative as u64
}

/// `Convert.ToInt32(value)` from `double`, and likewise for the other integer types: rounds half to even.
///
/// # Throws
/// `OverflowException`; the types below 32 bits are reached through `int` and name it if the value exceeds it.
pub fn round_to_integer<To: Integer>(value: f64) -> Result<To, Fault> {
    let rounded = value.round_ties_even();
    match To::TYPE {
        IntegerType::Int64 => checked_cast_double(rounded),
        IntegerType::UInt64 => checked_cast_double(rounded),
        IntegerType::UInt32 | IntegerType::Int32 => {
            whole(rounded, To::TYPE).map(To::from_bits).ok_or_else(|| To::TYPE.overflow())
        }
        _ => {
            let wide = whole(rounded, IntegerType::Int32).ok_or_else(|| IntegerType::Int32.overflow())?;
            to_integer(i32::from_bits(wide))
        }
    }
}

/// The cast `checked((int)value)` from `double`, and likewise for the other integer types: drops the fraction.
///
/// # Throws
/// `OverflowException` if the type cannot hold the whole part.
pub fn checked_cast_double<To: Integer>(value: f64) -> Result<To, Fault> {
    whole(value.trunc(), To::TYPE).map(To::from_bits).ok_or_else(checked_overflow)
}

/// The bits of a whole number in this type.
fn whole(value: f64, target: IntegerType) -> Option<u64> {
    // The cast saturates, so what needs more than 64 bits is sorted out first; so is NaN, which is in no range.
    let magnitude = Some(value.abs()).filter(|magnitude| (0.0..2.0 * TWO_TO_63).contains(magnitude))? as u64;
    let negative = value < 0.0;
    fits(magnitude, negative, target).then_some(if negative { magnitude.wrapping_neg() } else { magnitude })
}

/// The cast `unchecked((int)value)` from `double`, and likewise for the other integer types, as the x64 runtime does it
/// up to .NET 8: what does not fit becomes the smallest `int` or `long`, or its low bits in the narrower types.
pub fn cast_double<To: Integer>(value: f64) -> To {
    let bits = match To::TYPE {
        IntegerType::Int64 => to_i64(value) as u64,
        IntegerType::UInt32 => to_i64(value) as u64,
        IntegerType::UInt64 if value < TWO_TO_63 => to_i64(value) as u64,
        IntegerType::UInt64 => (to_i64(value - TWO_TO_63) as u64).wrapping_add(1 << 63),
        _ => to_i32(value) as u64,
    };
    To::from_bits(bits)
}

/// What the processor's `cvttsd2si` gives for 32 bits.
fn to_i32(value: f64) -> i32 {
    if value > -2_147_483_649.0 && value < 2_147_483_648.0 { value as i32 } else { i32::MIN }
}

/// What the processor's `cvttsd2si` gives for 64 bits.
fn to_i64(value: f64) -> i64 {
    if (-TWO_TO_63..TWO_TO_63).contains(&value) { value as i64 } else { i64::MIN }
}

/// `Convert.ToChar(value)` from any integer type.
///
/// # Throws
/// `OverflowException` if the value is no UTF-16 code unit.
pub fn to_char<From: Integer>(value: From) -> Result<u16, Fault> {
    to_integer::<u16, _>(value).map_err(|_| Fault::overflow("Value was either too large or too small for a character."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono and the .NET documentation of `Convert.ToInt32(Double)`.
    #[test]
    fn conversion_rounds_half_to_even() {
        for (value, expected) in [
            (2.5, Some(2)),
            (3.5, Some(4)),
            (-2.5, Some(-2)),
            (-2.7, Some(-3)),
            (2147483647.4, Some(i32::MAX)),
            (2147483647.5, None),
            (-2147483648.5, Some(i32::MIN)),
            (-2147483648.6, None),
            (3e10, None),
            (f64::NAN, None),
        ] {
            assert_eq!(round_to_integer::<i32>(value).ok(), expected, "{value}");
        }
        assert_eq!(round_to_integer::<u8>(255.4), Ok(255));
        assert_eq!(round_to_integer::<u8>(255.5), Err(IntegerType::Byte.overflow()));
        assert_eq!(round_to_integer::<i16>(1e10), Err(IntegerType::Int32.overflow()));
        assert_eq!(round_to_integer::<u32>(-0.5), Ok(0));
        assert_eq!(round_to_integer::<i64>(1e19), Err(checked_overflow()));
    }

    /// Source: the x64 code of .NET Core 3.1 and mono.
    #[test]
    fn casts_of_doubles_keep_what_the_processor_gives() {
        for (value, int, uint, long, ulong, byte) in [
            (3.99, 3, 3, 3, 3, 3u8),
            (-3.99, -3, 4294967293, -3, 18446744073709551613, 253),
            (3e10, i32::MIN, 4230196224, 30_000_000_000, 30_000_000_000, 0),
            (1e19, i32::MIN, 0, i64::MIN, 10_000_000_000_000_000_000, 0),
            (1e20, i32::MIN, 0, i64::MIN, 0, 0),
            (f64::NAN, i32::MIN, 0, i64::MIN, 0, 0),
            (300.0, 300, 300, 300, 300, 44),
        ] {
            assert_eq!(cast_double::<i32>(value), int, "{value}");
            assert_eq!(cast_double::<u32>(value), uint, "{value}");
            assert_eq!(cast_double::<i64>(value), long, "{value}");
            assert_eq!(cast_double::<u64>(value), ulong, "{value}");
            assert_eq!(cast_double::<u8>(value), byte, "{value}");
        }
        assert_eq!(checked_cast_double::<i32>(-2147483648.9), Ok(i32::MIN));
        assert_eq!(checked_cast_double::<u32>(-0.9), Ok(0));
        assert!(checked_cast_double::<i32>(3e10).is_err() && checked_cast_double::<u64>(-1.0).is_err());
    }

    #[test]
    fn integers_convert_or_overflow() {
        assert_eq!(to_integer::<i16, _>(40000), Err(IntegerType::Int16.overflow()));
        assert_eq!(to_integer::<u32, _>(-1), Err(IntegerType::UInt32.overflow()));
        assert_eq!(to_integer::<i8, _>(-128i64), Ok(-128));
        assert_eq!(checked_cast::<i32, _>(3000000000u32), Err(checked_overflow()));
        assert_eq!(reinterpret::<i32, _>(4294967297i64), 1);
        assert_eq!(reinterpret::<u32, _>(-1), u32::MAX);
        assert_eq!(reinterpret::<i64, _>(u64::MAX), -1);
        assert_eq!(reinterpret::<i64, _>(-1i8), -1);
        assert_eq!(to_char(65), Ok(65));
        assert!(to_char(70000).is_err() && to_char(-1).is_err());
    }
}
