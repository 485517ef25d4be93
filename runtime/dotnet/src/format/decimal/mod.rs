//! `System.Decimal`: a 96-bit mantissa, a scale of 0 to 28 and a sign, exact to .NET.
//!
//! rust_decimal 1.43 was measured against mono on 20,000 random pairs and differs in the scale of quotients, the sign of
//! zeros and the digits taken from binary numbers, so the type is our own. Arithmetic is exact and rounds once, half to
//! even, as .NET's does.
//!
//! Not here: `Math` and the members of the type.

mod arithmetic;
mod convert;
mod text;
mod wide;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Fault;
use wide::{MANTISSA_LIMIT, Wide, power_of_ten};

/// The largest scale.
pub const MAX_SCALE: u32 = 28;

const SIGN_BIT: u32 = 1 << 31;
const SCALE_SHIFT: u32 = 16;

/// A `System.Decimal`, laid out as .NET lays it out.
///
/// Equality and order are by value: `1.0` equals `1.00` and zero equals minus zero.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C)]
pub struct Decimal {
    flags: u32,
    high: u32,
    low: u64,
}

/// How `Math.Round` and `decimal.Round` settle a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MidpointRounding {
    /// To the nearest even digit, the default.
    ToEven,
    /// Away from zero.
    AwayFromZero,
}

impl Decimal {
    /// Zero, with scale 0.
    pub const ZERO: Self = Self::from_parts(0, 0, false);
    /// One, with scale 0.
    pub const ONE: Self = Self::from_parts(1, 0, false);
    /// Minus one, with scale 0.
    pub const MINUS_ONE: Self = Self::from_parts(1, 0, true);
    /// 79,228,162,514,264,337,593,543,950,335.
    pub const MAX: Self = Self::from_parts(MANTISSA_LIMIT - 1, 0, false);
    /// The negative of [`MAX`](Self::MAX).
    pub const MIN: Self = Self::from_parts(MANTISSA_LIMIT - 1, 0, true);

    /// `±mantissa / 10^scale`. Bits of the mantissa above 96 are lost, and a scale above 28 is taken as 28.
    pub const fn from_parts(mantissa: u128, scale: u32, negative: bool) -> Self {
        let scale = if scale > MAX_SCALE { MAX_SCALE } else { scale };
        let sign = if negative { SIGN_BIT } else { 0 };
        Self { flags: scale << SCALE_SHIFT | sign, high: (mantissa >> 64) as u32, low: mantissa as u64 }
    }

    /// The decimal with these words, as `new decimal(int[])` takes and `decimal.GetBits` gives them: low, middle, high,
    /// flags.
    ///
    /// # Throws
    /// `ArgumentException` if the flags hold anything but a sign and a scale of at most 28.
    pub fn from_bits([low, middle, high, flags]: [i32; 4]) -> Result<Self, Fault> {
        let flags = flags as u32;
        let scale = flags >> SCALE_SHIFT & 0xFF;
        if flags & !(SIGN_BIT | 0xFF << SCALE_SHIFT) != 0 || scale > MAX_SCALE {
            return Err(Fault::new(
                super::Exception::Argument,
                "Decimal byte array constructor requires an array of length four containing valid decimal bytes.",
            ));
        }
        Ok(Self { flags, high: high as u32, low: u64::from(middle as u32) << 32 | u64::from(low as u32) })
    }

    /// The words of `decimal.GetBits`.
    pub const fn bits(self) -> [i32; 4] {
        [self.low as i32, (self.low >> 32) as i32, self.high as i32, self.flags as i32]
    }

    /// The digits as one whole number below 2^96.
    #[inline]
    pub const fn mantissa(self) -> u128 {
        (self.high as u128) << 64 | self.low as u128
    }

    /// How many of the digits stand behind the point.
    #[inline]
    pub const fn scale(self) -> u32 {
        self.flags >> SCALE_SHIFT & 0xFF
    }

    /// Whether the sign is minus; zeros may have it.
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.flags & SIGN_BIT != 0
    }

    /// Whether the value is zero, of either sign.
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.low == 0 && self.high == 0
    }

    /// The value with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { flags: self.flags ^ SIGN_BIT, ..self }
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { flags: self.flags & !SIGN_BIT, ..self }
    }

    /// −1, 0 or 1.
    pub const fn signum(self) -> i32 {
        match (self.is_zero(), self.is_negative()) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// The value with the fewest digits behind the point that still show it exactly.
    fn reduced(self) -> (u128, u32) {
        let (mut mantissa, mut scale) = (self.mantissa(), self.scale());
        while scale > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa, if mantissa == 0 { 0 } else { scale })
    }

    fn compare_magnitude(self, other: Self) -> Ordering {
        let (a, b) = (self.mantissa(), other.mantissa());
        match self.scale().cmp(&other.scale()) {
            Ordering::Equal => a.cmp(&b),
            Ordering::Less => Wide::product(a, power_of_ten(other.scale() - self.scale())).cmp(&Wide::from(b)),
            Ordering::Greater => Wide::from(a).cmp(&Wide::product(b, power_of_ten(self.scale() - other.scale()))),
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.signum(), other.signum()) {
            (1, 1) => self.compare_magnitude(*other),
            (-1, -1) => other.compare_magnitude(*self),
            (a, b) => a.cmp(&b),
        }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.reduced(), self.signum()).hash(state);
    }
}

/// The exception of results that no decimal holds.
const fn overflow() -> Fault {
    Fault::overflow("Value was either too large or too small for a Decimal.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn equal_values_are_equal_whatever_their_scale() {
        let decimal = |mantissa, scale| Decimal::from_parts(mantissa, scale, false);
        assert_eq!(decimal(10, 1), decimal(1, 0));
        assert_eq!(Decimal::ZERO, Decimal::from_parts(0, 5, true));
        assert!(decimal(11, 1) > decimal(1, 0) && decimal(11, 1).negated() < decimal(1, 0).negated());
        assert!(Decimal::MAX > decimal(MANTISSA_LIMIT - 1, 28));
        let set: HashSet<_> = [decimal(100, 2), decimal(1, 0), Decimal::ZERO, Decimal::from_parts(0, 9, true)].into();
        assert_eq!(set.len(), 2);
        assert_eq!(size_of::<Decimal>(), 16);
    }

    #[test]
    fn words_are_checked() {
        assert_eq!(Decimal::from_bits([1, 0, 0, 0x1C_0000]).map(Decimal::scale), Ok(28));
        assert!(Decimal::from_bits([1, 0, 0, 0x1D_0000]).is_err());
        assert!(Decimal::from_bits([1, 0, 0, 1]).is_err());
        assert_eq!(Decimal::from_parts(5, 1, true).bits(), [5, 0, 0, i32::MIN | 0x1_0000]);
    }
}
