//! Decimals from and to integers and binary floating-point numbers.
//!
//! Not here: text.

use super::wide::{Wide, power_of_ten};
use super::{Decimal, MAX_SCALE, MidpointRounding, overflow};
use crate::format::Fault;
use crate::format::number::integer::{Integer, IntegerType};

impl<I: Integer> From<I> for Decimal {
    fn from(value: I) -> Self {
        Self::from_parts(u128::from(value.magnitude()), 0, value.is_negative())
    }
}

impl Decimal {
    /// The explicit conversion `(int)value`, which drops the fraction, and likewise for the other integer types.
    ///
    /// # Throws
    /// `OverflowException` if the type cannot hold the whole part.
    pub fn to_integer<I: Integer>(self) -> Result<I, Fault> {
        whole_bits(self.truncate(), I::TYPE).map(I::from_bits)
    }

    /// `Convert.ToInt32(value)`, which rounds half to even, and likewise for the other integer types.
    ///
    /// # Throws
    /// `OverflowException` if the type cannot hold the rounded value.
    pub fn round_to_integer<I: Integer>(self) -> Result<I, Fault> {
        whole_bits(self.round(0, MidpointRounding::ToEven)?, I::TYPE).map(I::from_bits)
    }

    /// The explicit conversion `(double)value`.
    pub fn to_double(self) -> f64 {
        const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;
        let magnitude = (self.low as f64 + f64::from(self.high) * TWO_TO_64) / double_power_of_ten(self.scale());
        if self.is_negative() { -magnitude } else { magnitude }
    }

    /// The explicit conversion `(float)value`.
    pub fn to_single(self) -> f32 {
        self.to_double() as f32
    }

    /// The explicit conversion `(decimal)value`, which keeps 15 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if the value is too large, infinite or not a number.
    pub fn from_double(value: f64) -> Result<Self, Fault> {
        const EXPONENT_BIAS: i32 = 1022;
        from_binary(value, (value.to_bits() >> 52 & 0x7FF) as i32 - EXPONENT_BIAS, 15)
    }

    /// The explicit conversion `(decimal)value`, which keeps 7 significant digits.
    ///
    /// # Throws
    /// `OverflowException` if the value is too large, infinite or not a number.
    pub fn from_single(value: f32) -> Result<Self, Fault> {
        const EXPONENT_BIAS: i32 = 126;
        from_binary(f64::from(value), (value.to_bits() >> 23 & 0xFF) as i32 - EXPONENT_BIAS, 7)
    }
}

fn whole_bits(whole: Decimal, target: IntegerType) -> Result<u64, Fault> {
    let negative = whole.is_negative() && !whole.is_zero();
    let limit = if negative && !target.is_signed() { 0 } else { target.max() + u64::from(negative) };
    match u64::try_from(whole.mantissa()) {
        Ok(magnitude) if magnitude <= limit => Ok(if negative { magnitude.wrapping_neg() } else { magnitude }),
        _ => Err(target.overflow()),
    }
}

/// `10^exponent` as the nearest double, for exponents up to 80.
fn double_power_of_ten(exponent: u32) -> f64 {
    const EXACT: u32 = 22;
    match exponent {
        0..=EXACT => power_of_ten(exponent) as f64,
        // The 128-bit power is exact, and its conversion rounds once.
        _ => power_of_ten(exponent.min(38)) as f64,
    }
}

/// Scales the value to a whole number of `digits` digits and takes the trailing zeros off again.
///
/// `exponent` is the power of two above the value. The rounding errors of scaling are .NET's own: it too multiplies by
/// the nearest double of a power of ten.
fn from_binary(value: f64, exponent: i32, digits: i32) -> Result<Decimal, Fault> {
    if exponent < -94 {
        // Below half of the smallest decimal.
        return Ok(Decimal::ZERO);
    }
    if exponent > 96 {
        return Err(overflow());
    }
    // log10(2) × 2^16, so that this is the power of ten that leaves the wanted digits before the point.
    let mut power = digits - 1 - ((exponent * 19728) >> 16);
    let mut scaled = value.abs();
    let (least, limit) = (double_power_of_ten(digits.unsigned_abs() - 1), double_power_of_ten(digits.unsigned_abs()));
    if power >= 0 {
        power = power.min(MAX_SCALE as i32);
        scaled *= double_power_of_ten(power.unsigned_abs());
    } else if power != -1 || scaled >= limit {
        scaled /= double_power_of_ten(power.unsigned_abs());
    } else {
        power = 0;
    }
    if scaled < least && power < MAX_SCALE as i32 {
        scaled *= 10.0;
        power += 1;
    }
    let mantissa = scaled.round_ties_even() as u64;
    if mantissa == 0 {
        return Ok(Decimal::ZERO);
    }
    let negative = value < 0.0;
    if power < 0 {
        let mantissa = Wide::product(u128::from(mantissa), power_of_ten(power.unsigned_abs())).narrow();
        return mantissa
            .filter(|mantissa| *mantissa < super::MANTISSA_LIMIT)
            .map(|mantissa| Decimal::from_parts(mantissa, 0, negative))
            .ok_or_else(overflow);
    }
    let (mut mantissa, mut scale) = (mantissa, power.unsigned_abs());
    while scale > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        scale -= 1;
    }
    Ok(Decimal::from_parts(u128::from(mantissa), scale, negative))
}
