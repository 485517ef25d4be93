//! `System.Globalization.NumberStyles`: what a number's text may contain.
//!
//! Not here: reading the text ([`scan`](super::scan)).

use std::ops::{BitAnd, BitOr};

use crate::format::{Exception, Fault};

/// A set of `NumberStyles` flags, with .NET's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberStyles(u32);

impl NumberStyles {
    /// Digits only.
    pub const NONE: Self = Self(0);
    /// White space before the number.
    pub const ALLOW_LEADING_WHITE: Self = Self(0x1);
    /// White space after the number.
    pub const ALLOW_TRAILING_WHITE: Self = Self(0x2);
    /// A sign before the digits.
    pub const ALLOW_LEADING_SIGN: Self = Self(0x4);
    /// A sign after the digits.
    pub const ALLOW_TRAILING_SIGN: Self = Self(0x8);
    /// Parentheses around a negative number.
    pub const ALLOW_PARENTHESES: Self = Self(0x10);
    /// A decimal point.
    pub const ALLOW_DECIMAL_POINT: Self = Self(0x20);
    /// Commas between digits.
    pub const ALLOW_THOUSANDS: Self = Self(0x40);
    /// An exponent such as `e+5`.
    pub const ALLOW_EXPONENT: Self = Self(0x80);
    /// The currency sign `¤`.
    pub const ALLOW_CURRENCY_SYMBOL: Self = Self(0x100);
    /// Hexadecimal digits, without a prefix.
    pub const ALLOW_HEX_SPECIFIER: Self = Self(0x200);
    /// White space at both ends and a leading sign: the default of the integer types.
    pub const INTEGER: Self = Self(0x7);
    /// Hexadecimal digits with white space at both ends.
    pub const HEX_NUMBER: Self = Self(0x203);
    /// Signs at either end, point and commas: the default of `decimal`.
    pub const NUMBER: Self = Self(0x6F);
    /// Leading sign, point and exponent.
    pub const FLOAT: Self = Self(0xA7);
    /// [`FLOAT`](Self::FLOAT) with commas: the default of `double` and `float`.
    pub const FLOAT_AND_THOUSANDS: Self = Self(0xE7);
    /// Everything but exponents and hexadecimal digits.
    pub const CURRENCY: Self = Self(0x17F);
    /// Everything but hexadecimal digits.
    pub const ANY: Self = Self(0x1FF);

    /// The flags of this number, as an enum value of C# has them; they may be invalid.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The number of these flags.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether all flags of `other` are set.
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Checks what the `Parse` methods of the integer types check first.
    ///
    /// # Throws
    /// `ArgumentException` for unknown flags, and for hexadecimal digits combined with others.
    pub const fn check_for_integer(self) -> Result<(), Fault> {
        const HEX_BITS: u32 = NumberStyles::ALLOW_HEX_SPECIFIER.0;
        if self.0 & !(Self::ANY.0 | HEX_BITS) != 0 {
            return Err(UNDEFINED);
        }
        if self.0 & HEX_BITS != 0 && self.0 & !Self::HEX_NUMBER.0 != 0 {
            return Err(Fault::new(
                Exception::Argument,
                "With the AllowHexSpecifier bit set in the enum bit field, the only other valid bits that can be combined \
                 into the enum value must be a subset of those in HexNumber. (Parameter 'style')",
            ));
        }
        Ok(())
    }

    /// Checks what the `Parse` methods of `double`, `float` and `decimal` check first.
    ///
    /// # Throws
    /// `ArgumentException` for unknown flags, and for hexadecimal digits.
    pub const fn check_for_floating_point(self) -> Result<(), Fault> {
        if self.0 & !(Self::ANY.0 | Self::ALLOW_HEX_SPECIFIER.0) != 0 {
            return Err(UNDEFINED);
        }
        if self.0 & Self::ALLOW_HEX_SPECIFIER.0 != 0 {
            return Err(Fault::new(
                Exception::Argument,
                "The number style AllowHexSpecifier is not supported on floating point data types. (Parameter 'style')",
            ));
        }
        Ok(())
    }
}

const UNDEFINED: Fault =
    Fault::new(Exception::Argument, "An undefined NumberStyles value is being used. (Parameter 'style')");

impl BitOr for NumberStyles {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for NumberStyles {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_combinations_are_refused() {
        assert_eq!(NumberStyles::INTEGER.check_for_integer(), Ok(()));
        assert_eq!(NumberStyles::HEX_NUMBER.check_for_integer(), Ok(()));
        assert!((NumberStyles::HEX_NUMBER | NumberStyles::ALLOW_EXPONENT).check_for_integer().is_err());
        assert!(NumberStyles::from_bits(0x400).check_for_integer().is_err());
        assert!(NumberStyles::HEX_NUMBER.check_for_floating_point().is_err());
        assert_eq!(NumberStyles::ANY.check_for_floating_point(), Ok(()));
    }
}
