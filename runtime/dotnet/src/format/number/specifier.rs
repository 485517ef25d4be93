//! Which format a numeric format string asks for.
//!
//! Not here: what the formats write.

use crate::format::{Exception, Fault};

/// The largest precision .NET accepts.
const MAX_PRECISION: u32 = 999_999_999;

/// The largest precision we write; a longer text would serve only to exhaust memory.
const LARGEST_WRITTEN_PRECISION: u32 = 1 << 20;

/// A numeric format string, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format<'a> {
    /// A letter with an optional precision, such as `N2`. The letter may be unknown.
    Standard {
        /// The letter, in the case it was written.
        symbol: u8,
        /// The digits after the letter.
        precision: Option<u32>,
    },
    /// Anything else: a picture such as `#,##0.00`.
    Custom(&'a [u8]),
}

impl<'a> Format<'a> {
    /// The general format, which an empty format string means.
    pub(crate) const GENERAL: Self = Self::Standard { symbol: b'G', precision: None };

    /// Reads a format string.
    ///
    /// # Throws
    /// `FormatException` for a precision above 999,999,999 and `OutOfMemoryException` for one that no text could need.
    pub(crate) fn parse(format: &'a [u8]) -> Result<Self, Fault> {
        let Some((&symbol, digits)) = format.split_first() else { return Ok(Self::GENERAL) };
        if symbol == 0 {
            return Ok(Self::GENERAL);
        }
        if !symbol.is_ascii_alphabetic() {
            return Ok(Self::Custom(format));
        }
        let mut precision: Option<u32> = None;
        for &byte in digits {
            match byte {
                b'0'..=b'9' => {
                    let value = precision.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(byte - b'0'));
                    precision = Some(value);
                }
                0 => break,
                _ => return Ok(Self::Custom(format)),
            }
        }
        match precision {
            Some(MAX_PRECISION..) if precision != Some(MAX_PRECISION) => Err(bad_specifier()),
            Some(LARGEST_WRITTEN_PRECISION..) => {
                Err(Fault::new(Exception::OutOfMemory, "Insufficient memory to continue the execution of the program."))
            }
            _ => Ok(Self::Standard { symbol, precision }),
        }
    }
}

/// The exception for a format that the type of the number does not have.
pub(crate) const fn bad_specifier() -> Fault {
    Fault::format("Format specifier was invalid.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_digits_is_standard_and_the_rest_custom() {
        let standard = |symbol, precision| Ok(Format::Standard { symbol, precision });
        for (input, expected) in [
            ("", Ok(Format::GENERAL)),
            ("N", standard(b'N', None)),
            ("x0008", standard(b'x', Some(8))),
            ("F100", standard(b'F', Some(100))),
            ("0.00", Ok(Format::Custom(b"0.00"))),
            ("N2 ", Ok(Format::Custom(b"N2 "))),
            ("NN", Ok(Format::Custom(b"NN"))),
            ("F1000000000", Err(bad_specifier())),
        ] {
            assert_eq!(Format::parse(input.as_bytes()), expected, "{input}");
        }
        assert_eq!(Format::parse(b"F999999999").unwrap_err().exception, Exception::OutOfMemory);
    }
}
