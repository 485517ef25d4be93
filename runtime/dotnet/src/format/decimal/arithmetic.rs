//! The operators of decimals, and rounding.
//!
//! A sum or product has the scale that shows it exactly; only when that takes more than 96 bits or 28 digits behind the
//! point are digits cut off, as few as possible, rounding half to even.
//!
//! Not here: comparison, and conversion from and to other types.

use super::wide::{Dropped, MANTISSA_LIMIT, Wide, power_of_ten};
use super::{Decimal, MAX_SCALE, MidpointRounding, overflow};
use crate::format::{Exception, Fault};

impl Decimal {
    /// `self + other`.
    ///
    /// # Throws
    /// `OverflowException` if the sum is too large.
    pub fn plus(self, other: Self) -> Result<Self, Fault> {
        let (mut a, mut b, mut negative, mut other_negative) =
            (self.mantissa(), other.mantissa(), self.is_negative(), other.is_negative());
        let (mut scale, mut other_scale) = (self.scale(), other.scale());
        if scale < other_scale {
            (a, b) = (b, a);
            (scale, other_scale) = (other_scale, scale);
            (negative, other_negative) = (other_negative, negative);
        }
        // `a` has the finer scale now, and `b` is brought to it.
        let b = Wide::product(b, power_of_ten(scale - other_scale));
        let (sum, negative) = if negative == other_negative {
            (b.plus(a), negative)
        } else if b > Wide::from(a) {
            (b.minus(a), other_negative)
        } else {
            let difference = Wide::from(a).minus(b.narrow().unwrap_or(a));
            // Equal operands give a zero with the sign of the first operand.
            let zero_sign = if difference == Wide::from(0) { self.is_negative() } else { negative };
            (difference, zero_sign)
        };
        fit(sum, scale, negative)
    }

    /// `self - other`.
    ///
    /// # Throws
    /// `OverflowException` if the difference is too large.
    pub fn minus(self, other: Self) -> Result<Self, Fault> {
        self.plus(other.negated())
    }

    /// `self * other`.
    ///
    /// # Throws
    /// `OverflowException` if the product is too large.
    pub fn times(self, other: Self) -> Result<Self, Fault> {
        /// Two mantissas of 32 bits divided by more than this power of ten beyond the largest scale are below a half.
        const MOST_DROPPED: u32 = 19;
        let (a, b, scale) = (self.mantissa(), other.mantissa(), self.scale() + other.scale());
        // .NET gives up the scale and sign of some zeros: of products of small mantissas that vanish altogether, and of
        // zero times a large mantissa.
        let small = (a | b) >> 32 == 0;
        let vanishes = if small { scale > MAX_SCALE + MOST_DROPPED } else { a == 0 || b == 0 };
        if vanishes {
            return Ok(Self::ZERO);
        }
        fit(Wide::product(a, b), scale, self.is_negative() != other.is_negative())
    }

    /// `self / other`: exact if 28 digits behind the point show it, else with as many digits as fit.
    ///
    /// # Throws
    /// `DivideByZeroException`, and `OverflowException` if the quotient is too large.
    pub fn divided_by(self, other: Self) -> Result<Self, Fault> {
        /// Ten to this power times a remainder of 96 bits stays below 128 bits.
        const CHUNK: i32 = 9;
        let divisor = other.mantissa();
        if divisor == 0 {
            return Err(division_by_zero());
        }
        let negative = self.is_negative() != other.is_negative();
        let mut quotient = self.mantissa() / divisor;
        let mut remainder = self.mantissa() % divisor;
        let mut scale = self.scale() as i32 - other.scale() as i32;
        let mut inexact = false;
        while remainder != 0 || scale < 0 {
            inexact |= remainder != 0;
            // Take as many digits as the quotient has room for; zeros alone only up to the units.
            let wanted = if remainder == 0 { -scale } else { MAX_SCALE as i32 - scale };
            let Some(digits) = (1..=wanted.min(CHUNK)).rev().find(|digits| has_room(quotient, digits.unsigned_abs()))
            else {
                break;
            };
            let power = power_of_ten(digits.unsigned_abs());
            let dividend = remainder * power;
            quotient = quotient * power + dividend / divisor;
            remainder = dividend % divisor;
            scale += digits;
        }
        let Ok(mut scale) = u32::try_from(scale) else { return Err(overflow()) };
        if quotient >= MANTISSA_LIMIT {
            return overflown_by_a_digit(quotient, scale, remainder != 0, negative);
        }
        // Compare the remainder with half the divisor without leaving 128 bits: both are below 2^96.
        let twice = remainder << 1;
        if twice > divisor || (twice == divisor && quotient & 1 == 1) {
            quotient += 1;
            if quotient == MANTISSA_LIMIT {
                return overflown_by_a_digit(quotient, scale, false, negative);
            }
        }
        if inexact {
            while scale > 0 && quotient.is_multiple_of(10) {
                quotient /= 10;
                scale -= 1;
            }
        }
        Ok(Self::from_parts(quotient, scale, negative))
    }

    /// `self % other`: what is left with the sign of `self` and the finer of the two scales.
    ///
    /// # Throws
    /// `DivideByZeroException`.
    pub fn remainder(self, other: Self) -> Result<Self, Fault> {
        /// Ten to this power times a remainder of 96 bits stays below 128 bits.
        const CHUNK: u32 = 9;
        let (mut a, b) = (self.mantissa(), other.mantissa());
        if b == 0 {
            return Err(division_by_zero());
        }
        if self.compare_magnitude(other).is_lt() {
            return Ok(self);
        }
        let (scale, other_scale) = (self.scale(), other.scale());
        if scale >= other_scale {
            // The divisor is the smaller number, so at the scale of the dividend it still has 96 bits.
            let divisor = Wide::product(b, power_of_ten(scale - other_scale)).narrow().unwrap_or(u128::MAX);
            return Ok(Self::from_parts(a % divisor, scale, self.is_negative()));
        }
        a %= b;
        let mut missing = other_scale - scale;
        while missing > 0 && a > 0 {
            let digits = missing.min(CHUNK);
            a = a * power_of_ten(digits) % b;
            missing -= digits;
        }
        Ok(Self::from_parts(a, other_scale, self.is_negative()))
    }

    /// `Math.Round(self, decimals, mode)`, for at most 28 decimals.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` for other numbers of decimals.
    pub fn round(self, decimals: i32, mode: MidpointRounding) -> Result<Self, Fault> {
        let Some(decimals) = u32::try_from(decimals).ok().filter(|decimals| *decimals <= MAX_SCALE) else {
            return Err(Fault::out_of_range(
                "Decimal can only round to between 0 and 28 digits of precision. (Parameter 'decimals')",
            ));
        };
        let (kept, dropped) = self.cut(decimals);
        let rounds_up = match mode {
            MidpointRounding::ToEven => dropped.rounds_to_even(kept),
            MidpointRounding::AwayFromZero => dropped.rounds_away(),
        };
        Ok(Self::from_parts(kept + u128::from(rounds_up), self.scale().min(decimals), self.is_negative()))
    }

    /// The whole part, rounding towards zero.
    #[must_use]
    pub fn truncate(self) -> Self {
        Self::from_parts(self.cut(0).0, 0, self.is_negative())
    }

    /// The largest whole number that is not above the value.
    #[must_use]
    pub fn floor(self) -> Self {
        let (kept, dropped) = self.cut(0);
        Self::from_parts(kept + u128::from(self.is_negative() && !dropped.is_zero()), 0, self.is_negative())
    }

    /// The smallest whole number that is not below the value.
    #[must_use]
    pub fn ceiling(self) -> Self {
        let (kept, dropped) = self.cut(0);
        Self::from_parts(kept + u128::from(!self.is_negative() && !dropped.is_zero()), 0, self.is_negative())
    }

    /// The mantissa with this many digits behind the point, and those that were cut off.
    fn cut(self, decimals: u32) -> (u128, Dropped) {
        let (kept, dropped) = Wide::from(self.mantissa()).drop_digits(self.scale().saturating_sub(decimals));
        (kept.narrow().unwrap_or_default(), dropped)
    }
}

const fn division_by_zero() -> Fault {
    Fault::new(Exception::DivideByZero, "Attempted to divide by zero.")
}

/// Whether this many digits more leave the quotient within 96 bits, give or take the last one.
const fn has_room(quotient: u128, digits: u32) -> bool {
    quotient <= (MANTISSA_LIMIT - 1) / power_of_ten(digits)
}

/// A quotient that passed 96 bits with its last digit loses that digit again.
fn overflown_by_a_digit(quotient: u128, scale: u32, sticky: bool, negative: bool) -> Result<Decimal, Fault> {
    let scale = scale.checked_sub(1).ok_or_else(overflow)?;
    let (digit, kept) = (quotient % 10, quotient / 10);
    let rounds_up = digit > 5 || (digit == 5 && (sticky || kept & 1 == 1));
    Ok(Decimal::from_parts(kept + u128::from(rounds_up), scale, negative))
}

/// The decimal nearest to `value / 10^scale` that has 96 bits and at most 28 digits behind the point.
fn fit(value: Wide, scale: u32, negative: bool) -> Result<Decimal, Fault> {
    if let Some(mantissa @ 0..MANTISSA_LIMIT) = value.narrow()
        && scale <= MAX_SCALE
    {
        return Ok(Decimal::from_parts(mantissa, scale, negative));
    }
    // log10(2) is a little more than 77/256, so this never asks for more digits to go than must.
    let too_many_bits = value.bits().saturating_sub(96);
    let least = if too_many_bits == 0 { 0 } else { (((too_many_bits - 1) * 77) >> 8) + 1 };
    for dropped in least.max(scale.saturating_sub(MAX_SCALE))..=scale {
        let (kept, rest) = value.drop_digits(dropped);
        if let Some(kept @ 0..MANTISSA_LIMIT) = kept.narrow() {
            let rounded = kept + u128::from(rest.rounds_to_even(kept));
            if rounded < MANTISSA_LIMIT {
                return Ok(Decimal::from_parts(rounded, scale - dropped, negative));
            }
        }
    }
    Err(overflow())
}
