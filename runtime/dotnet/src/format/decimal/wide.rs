//! Unsigned integers of 256 bits, as far as decimal arithmetic needs them, and powers of ten.
//!
//! Not here: signs and scales.

/// The largest mantissa of a decimal plus one: 2^96.
pub(super) const MANTISSA_LIMIT: u128 = 1 << 96;

/// `10^exponent`, for exponents up to 38.
pub(super) const fn power_of_ten(exponent: u32) -> u128 {
    10u128.pow(exponent)
}

/// An unsigned integer of 256 bits: `high × 2^128 + low`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    pub(super) const fn from(low: u128) -> Self {
        Self { high: 0, low }
    }

    /// The product of any two 128-bit numbers.
    pub(super) fn product(a: u128, b: u128) -> Self {
        const HALF: u128 = u64::MAX as u128;
        let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
        let low = a0 * b0;
        let middle = a1 * b0 + (low >> 64);
        let other_middle = a0 * b1 + (middle & HALF);
        Self { high: a1 * b1 + (middle >> 64) + (other_middle >> 64), low: (other_middle << 64) | (low & HALF) }
    }

    pub(super) fn plus(self, other: u128) -> Self {
        let (low, carry) = self.low.overflowing_add(other);
        Self { high: self.high + u128::from(carry), low }
    }

    /// `self - other`, which must not be negative.
    pub(super) fn minus(self, other: u128) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other);
        Self { high: self.high - u128::from(borrow), low }
    }

    /// How many bits the number takes.
    pub(super) const fn bits(self) -> u32 {
        if self.high == 0 { 128 - self.low.leading_zeros() } else { 256 - self.high.leading_zeros() }
    }

    /// The number, if it fits into 128 bits.
    pub(super) const fn narrow(self) -> Option<u128> {
        if self.high == 0 { Some(self.low) } else { None }
    }

    /// Quotient and remainder.
    fn divide(self, divisor: u64) -> (Self, u64) {
        if self.high == 0 {
            let divisor = u128::from(divisor);
            return (Self::from(self.low / divisor), (self.low % divisor) as u64);
        }
        let divisor = u128::from(divisor);
        let step = |limb: u128, remainder: u128| {
            let dividend = remainder << 64 | limb;
            (dividend / divisor, dividend % divisor)
        };
        let (q3, remainder) = step(self.high >> 64, 0);
        let (q2, remainder) = step(self.high & u128::from(u64::MAX), remainder);
        let (q1, remainder) = step(self.low >> 64, remainder);
        let (q0, remainder) = step(self.low & u128::from(u64::MAX), remainder);
        (Self { high: q3 << 64 | q2, low: q1 << 64 | q0 }, remainder as u64)
    }

    /// The number without its last `digits` digits, and what they were compared with a half.
    pub(super) fn drop_digits(self, digits: u32) -> (Self, Dropped) {
        const CHUNK: u32 = 19;
        let Some(mut before_last) = digits.checked_sub(1) else { return (self, Dropped::NOTHING) };
        let (mut value, mut sticky) = (self, false);
        while before_last > 0 {
            let chunk = before_last.min(CHUNK);
            let (quotient, remainder) = value.divide(10u64.pow(chunk));
            value = quotient;
            sticky |= remainder != 0;
            before_last -= chunk;
        }
        let (value, digit) = value.divide(10);
        (value, Dropped { digit: digit as u8, sticky })
    }
}

/// The digits that were cut off a number: the first of them, and whether any behind it is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped {
    digit: u8,
    sticky: bool,
}

impl Dropped {
    const NOTHING: Self = Self { digit: 0, sticky: false };

    /// Whether nothing but zeros was cut off.
    pub(super) const fn is_zero(self) -> bool {
        self.digit == 0 && !self.sticky
    }

    /// Whether half to even rounds up what was kept.
    pub(super) const fn rounds_to_even(self, kept: u128) -> bool {
        self.digit > 5 || (self.digit == 5 && (self.sticky || kept & 1 == 1))
    }

    /// Whether half away from zero rounds up what was kept.
    pub(super) const fn rounds_away(self) -> bool {
        self.digit >= 5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_product_divides_back(a in any::<u128>(), b in 1u64..) {
            prop_assert_eq!(Wide::product(a, u128::from(b)).divide(b), (Wide::from(a), 0));
            prop_assert_eq!(Wide::product(a, u128::from(b)), Wide::product(u128::from(b), a));
        }

        #[test]
        fn dropped_digits_are_those_at_the_end(a in any::<u128>(), digits in 0u32..38) {
            let power = power_of_ten(digits);
            let (kept, dropped) = Wide::from(a).drop_digits(digits);
            prop_assert_eq!(kept.narrow(), Some(a / power));
            prop_assert_eq!(dropped.is_zero(), a % power == 0);
            prop_assert_eq!(dropped.rounds_away(), a % power >= power.div_ceil(2) && power > 1);
        }
    }
}
