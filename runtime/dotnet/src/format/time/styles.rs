//! `System.Globalization.DateTimeStyles`: how a date's text may look and what becomes of its zone.
//!
//! Not here: reading the text.

use crate::format::{Exception, Fault};

/// A set of `DateTimeStyles` flags, with .NET's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateTimeStyles(u32);

impl DateTimeStyles {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// White space before a text that is read by a format.
    pub const ALLOW_LEADING_WHITE: Self = Self(0x1);
    /// White space after a text that is read by a format.
    pub const ALLOW_TRAILING_WHITE: Self = Self(0x2);
    /// White space within a text that is read by a format.
    pub const ALLOW_INNER_WHITE: Self = Self(0x4);
    /// A text without a date is of 1 January 0001 rather than of today.
    pub const NO_CURRENT_DATE_DEFAULT: Self = Self(0x8);
    /// The result is universal time.
    pub const ADJUST_TO_UNIVERSAL: Self = Self(0x10);
    /// A text without a zone is local time.
    pub const ASSUME_LOCAL: Self = Self(0x20);
    /// A text without a zone is universal time.
    pub const ASSUME_UNIVERSAL: Self = Self(0x40);
    /// `Z` in the text makes a universal time.
    pub const ROUNDTRIP_KIND: Self = Self(0x80);

    const ALL: u32 = 0xFF;

    /// The flags of this number, as an enum value of C# has them; they may be invalid.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether all flags of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Checks what the parsing methods of `DateTime` check first.
    ///
    /// # Throws
    /// `ArgumentException` for unknown flags and those that exclude each other.
    pub fn check(self) -> Result<(), Fault> {
        const ROUNDTRIP_EXCLUDES: u32 = 0x10 | 0x20 | 0x40;
        let message = if self.0 & !Self::ALL != 0 {
            "An undefined DateTimeStyles value is being used. (Parameter 'style')"
        } else if self.contains(Self::ASSUME_LOCAL.with(Self::ASSUME_UNIVERSAL)) {
            "The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together. (Parameter 'style')"
        } else if self.contains(Self::ROUNDTRIP_KIND) && self.0 & ROUNDTRIP_EXCLUDES != 0 {
            "The DateTimeStyles value RoundtripKind cannot be used with the values AssumeLocal, AssumeUniversal or \
             AdjustToUniversal. (Parameter 'style')"
        } else {
            return Ok(());
        };
        Err(Fault::new(Exception::Argument, message))
    }

    /// Checks what the parsing methods of `DateTimeOffset` check first, and leaves out the flags that they ignore.
    ///
    /// # Throws
    /// `ArgumentException` as [`check`](Self::check), and for `NoCurrentDateDefault`.
    pub fn check_for_offset(self) -> Result<Self, Fault> {
        self.check()?;
        if self.contains(Self::NO_CURRENT_DATE_DEFAULT) {
            return Err(Fault::new(
                Exception::Argument,
                "The DateTimeStyles value 'NoCurrentDateDefault' is not allowed when parsing DateTimeOffset. (Parameter \
                 'styles')",
            ));
        }
        Ok(Self(self.0 & !(Self::ROUNDTRIP_KIND.0 | Self::ASSUME_LOCAL.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_that_exclude_each_other_are_refused() {
        assert_eq!(DateTimeStyles::from_bits(0x1F).check(), Ok(()));
        assert!(DateTimeStyles::from_bits(0x100).check().is_err());
        assert!(DateTimeStyles::from_bits(0x60).check().is_err());
        assert!(DateTimeStyles::from_bits(0x90).check().is_err());
        assert!(DateTimeStyles::from_bits(0x8).check_for_offset().is_err());
        assert_eq!(DateTimeStyles::from_bits(0xA7).check_for_offset().ok(), None);
        assert_eq!(DateTimeStyles::from_bits(0x27).check_for_offset(), Ok(DateTimeStyles::from_bits(0x7)));
    }
}
