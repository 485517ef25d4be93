//! `double` and `float` as text.
//!
//! The default text is the shortest that reads back as the same value, as .NET Core 3.0 and later print it; precision is
//! exact to any number of digits, ties rounding to even.
//!
//! Not here: parsing ([`parse`](super::parse)).

use std::fmt::Write as _;

use super::digits::{Kind, Number};
use super::specifier::Format;
use super::{standard, write_formatted};
use crate::format::Fault;

/// Digits of a `double` that a custom format can show.
const DOUBLE_PICTURE_DIGITS: usize = 15;
/// Digits of a `float` that a custom format can show.
const SINGLE_PICTURE_DIGITS: usize = 7;
/// The general format of a `double` keeps whole numbers of up to this many digits plain.
const DOUBLE_PLAIN_DIGITS: i32 = 17;
/// The general format of a `float` keeps whole numbers of up to this many digits plain.
const SINGLE_PLAIN_DIGITS: i32 = 9;
/// No `double` has a digit that is not zero further behind the point or the first digit.
const MOST_DECIMALS: usize = 1080;
/// The longest text of a `double`: 309 whole digits, the point, and the decimals.
const SCRATCH: usize = 309 + 1 + MOST_DECIMALS + 8;

/// A floating-point type of .NET.
pub trait Float: Copy + std::fmt::Display + std::fmt::LowerExp + sealed::Sealed {}

impl Float for f64 {}
impl Float for f32 {}

mod sealed {
    /// What the two types differ in.
    pub trait Sealed: ryu::Float {
        const PICTURE_DIGITS: usize;
        const PLAIN_DIGITS: i32;
        /// The value itself if it is a whole number whose digits all count.
        fn whole(self) -> Option<i64>;
        fn widened(self) -> f64;
    }
}

impl sealed::Sealed for f64 {
    const PICTURE_DIGITS: usize = DOUBLE_PICTURE_DIGITS;
    const PLAIN_DIGITS: i32 = DOUBLE_PLAIN_DIGITS;

    #[inline]
    fn whole(self) -> Option<i64> {
        const LIMIT: f64 = (1u64 << 53) as f64;
        let whole = self as i64;
        (whole as f64 == self && self.abs() < LIMIT && (whole != 0 || self.is_sign_positive())).then_some(whole)
    }

    fn widened(self) -> f64 {
        self
    }
}

impl sealed::Sealed for f32 {
    const PICTURE_DIGITS: usize = SINGLE_PICTURE_DIGITS;
    const PLAIN_DIGITS: i32 = SINGLE_PLAIN_DIGITS;

    #[inline]
    fn whole(self) -> Option<i64> {
        const LIMIT: f32 = (1u32 << 24) as f32;
        let whole = self as i64;
        (whole as f32 == self && self.abs() < LIMIT && (whole != 0 || self.is_sign_positive())).then_some(whole)
    }

    fn widened(self) -> f64 {
        f64::from(self)
    }
}

/// Writes what `value.ToString()` gives.
pub fn write<F: Float>(out: &mut Vec<u8>, value: F) {
    match value.whole() {
        Some(whole) => super::integer::write(out, whole),
        None if write_special(out, value.widened()) => {}
        None => write_shortest(out, value, b'E'),
    }
}

/// Writes what `value.ToString(format)` gives.
///
/// # Throws
/// `FormatException` for a standard format that floating-point numbers do not have.
pub fn format<F: Float>(out: &mut Vec<u8>, value: F, format: &[u8]) -> Result<(), Fault> {
    let wide = value.widened();
    if write_special(out, wide) {
        return Ok(());
    }
    let format = Format::parse(format)?;
    let negative = wide.is_sign_negative();
    let mut scratch = Scratch::new();
    let digits = match format {
        Format::Custom(_) => scratch.significant(value, F::PICTURE_DIGITS),
        Format::Standard { symbol, precision } => {
            let decimals = |default: u32| precision.unwrap_or(default) as usize;
            match symbol.to_ascii_uppercase() {
                b'C' | b'F' | b'N' => scratch.fixed(value, decimals(standard::DEFAULT_DECIMALS)),
                b'P' => scratch.fixed(value, decimals(standard::DEFAULT_DECIMALS) + 2),
                b'E' => scratch.significant(value, decimals(standard::DEFAULT_EXPONENT_DECIMALS) + 1),
                b'G' if precision.is_some_and(|precision| precision > 0) => scratch.significant(value, decimals(0)),
                b'G' => {
                    write_shortest(out, value, symbol - (b'G' - b'E'));
                    return Ok(());
                }
                b'R' => {
                    write_shortest(out, value, symbol - (b'R' - b'E'));
                    return Ok(());
                }
                _ => return Err(super::specifier::bad_specifier()),
            }
        }
    };
    write_formatted(out, &mut digits.number(negative), format)
}

/// Writes the values that have no digits, and says whether `value` was one of them.
fn write_special(out: &mut Vec<u8>, value: f64) -> bool {
    let name: &[u8] = match value {
        f64::INFINITY => b"Infinity",
        f64::NEG_INFINITY => b"-Infinity",
        _ if value.is_nan() => b"NaN",
        _ => return false,
    };
    out.extend_from_slice(name);
    true
}

fn write_shortest<F: Float>(out: &mut Vec<u8>, value: F, exponent_letter: u8) {
    let mut scratch = Scratch::new();
    let mut number = scratch.shortest(value).number(false);
    number.cut(i32::MAX);
    if value.widened().is_sign_negative() {
        out.push(b'-');
    }
    let most_digits = F::PLAIN_DIGITS.max(number.digits().len() as i32);
    standard::write_general_digits(out, &number, most_digits, exponent_letter);
}

/// A text of Rust's that becomes the digits of a number.
struct Scratch {
    bytes: [u8; SCRATCH],
    length: usize,
}

/// The digits in a scratch and where their point stands.
struct Digits<'a> {
    digits: &'a mut [u8],
    scale: i32,
}

impl<'a> Digits<'a> {
    fn number(self, negative: bool) -> Number<'a> {
        Number::new(self.digits, self.scale, negative, Kind::Float)
    }
}

impl std::fmt::Write for Scratch {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl Scratch {
    fn new() -> Self {
        Self { bytes: [0; SCRATCH], length: 0 }
    }

    /// The digits that reach this far behind the point.
    fn fixed(&mut self, value: impl Float, decimals: usize) -> Digits<'_> {
        let written = write!(self, "{value:.*}", decimals.min(MOST_DECIMALS));
        debug_assert!(written.is_ok());
        self.digits()
    }

    /// This many digits from the first that is not zero.
    fn significant(&mut self, value: impl Float, count: usize) -> Digits<'_> {
        let written = write!(self, "{value:.*e}", count.saturating_sub(1).min(MOST_DECIMALS));
        debug_assert!(written.is_ok());
        self.digits()
    }

    /// The fewest digits that tell the value from its neighbours.
    fn shortest(&mut self, value: impl Float) -> Digits<'_> {
        let mut buffer = ryu::Buffer::new();
        let written = self.write_str(buffer.format_finite(value));
        debug_assert!(written.is_ok());
        self.digits()
    }

    /// Takes `-12.34e5` apart: the digits side by side, and the position of the point among them.
    fn digits(&mut self) -> Digits<'_> {
        let text = self.bytes.get_mut(..self.length).unwrap_or_default();
        let text = if text.first() == Some(&b'-') { text.get_mut(1..).unwrap_or_default() } else { text };
        let mantissa = text.iter().position(|byte| *byte == b'e').unwrap_or(text.len());
        let (text, tail) = text.split_at_mut(mantissa);
        let exponent = read_exponent(tail);
        let point = text.iter().position(|byte| *byte == b'.');
        let length = match point {
            Some(point) => {
                text.copy_within(point + 1.., point);
                text.len() - 1
            }
            None => text.len(),
        };
        let scale = point.unwrap_or(length) as i32 + exponent;
        Digits { digits: text.get_mut(..length).unwrap_or_default(), scale }
    }
}

/// The number in `e-12`.
fn read_exponent(tail: &[u8]) -> i32 {
    let digits = tail.get(1..).unwrap_or_default();
    let (negative, digits) = match digits.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let value = digits.iter().fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Exception;

    fn text<F: Float>(value: F) -> String {
        let mut out = Vec::new();
        write(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    fn formatted<F: Float>(value: F, picture: &str) -> Result<String, Fault> {
        let mut out = Vec::new();
        format(&mut out, value, picture.as_bytes())?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// Source: .NET Core 3.1 as recorded in the reference, and the .NET documentation of `Double.ToString`.
    #[test]
    fn the_default_text_is_the_shortest_that_reads_back() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-25.0, "-25"),
            (0.1 + 0.2, "0.30000000000000004"),
            (100.0 / 3.0, "33.333333333333336"),
            (1e15, "1000000000000000"),
            (1e16, "10000000000000000"),
            (1e17, "1E+17"),
            (123456789012345680.0, "1.2345678901234568E+17"),
            (12345678901234567.0, "12345678901234568"),
            (1e20, "1E+20"),
            (0.0001, "0.0001"),
            (0.00012345, "0.00012345"),
            (1e-5, "1E-05"),
            (-1.5e-7, "-1.5E-07"),
            (f64::MAX, "1.7976931348623157E+308"),
            (5e-324, "5E-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(text(value), expected);
        }
        for (value, expected) in [
            (0.1f32, "0.1"),
            (16777216.0, "16777216"),
            (123456790.0, "123456790"),
            (1e9, "1E+09"),
            (1.0 / 3.0, "0.33333334"),
            (3.4028235e38, "3.4028235E+38"),
            (-0.0, "-0"),
        ] {
            assert_eq!(text(value), expected);
        }
    }

    /// Source: .NET Core 3.1 and later; ties and zeros as its exact digit generation rounds them.
    #[test]
    fn standard_formats_round_the_exact_value_to_even() {
        for (value, format, expected) in [
            (0.125, "F2", "0.12"),
            (0.375, "F2", "0.38"),
            (2.5, "F0", "2"),
            (0.5, "F0", "0"),
            (0.6, "F0", "1"),
            (1.005, "F2", "1.00"),
            (-0.001, "F2", "-0.00"),
            (0.0, "F2", "0.00"),
            (1234567.891, "N2", "1,234,567.89"),
            (-1234.5, "N", "-1,234.50"),
            (999.999, "N2", "1,000.00"),
            (12.0, "N1", "12.0"),
            (1234.5, "C", "¤1,234.50"),
            (-1234.5, "C0", "(¤1,234)"),
            (0.256, "P1", "25.6 %"),
            (-0.5, "P0", "-50 %"),
            (12345.678, "E2", "1.23E+004"),
            (12345.678, "e", "1.234568e+004"),
            (0.0, "E2", "0.00E+000"),
            (0.1, "F20", "0.10000000000000000555"),
            (1e22, "F0", "10000000000000000000000"),
            (0.1, "G17", "0.10000000000000001"),
            (1234.5678, "G3", "1.23E+03"),
            (0.00001234, "g2", "1.2e-05"),
            (1e20, "r", "1e+20"),
            (0.1, "R", "0.1"),
            (5e-324, "E3", "4.941E-324"),
            (f64::NAN, "Z9", "NaN"),
        ] {
            assert_eq!(formatted(value, format).as_deref(), Ok(expected), "{value} {format}");
        }
        for format in ["D2", "X", "Z", "B"] {
            assert_eq!(formatted(5.5, format).unwrap_err().exception, Exception::Format, "{format}");
        }
        assert_eq!(formatted(0.1, "F2000").unwrap().len(), 2002);
        assert_eq!(formatted(f64::MAX, "N2000").unwrap().len(), 309 + 102 + 2001);
    }

    #[test]
    fn custom_formats_see_fifteen_digits() {
        for (value, format, expected) in [
            (0.125, "0.00", "0.13"),
            (0.1 + 0.2, "0.##################", "0.3"),
            (2.5, "0.00", "2.50"),
            (0.5, "#.##", ".5"),
            (0.25, "0%", "25%"),
            (-0.004, "0.00", "-0.00"),
            (1234567.0, "#,##0", "1,234,567"),
            (0.0, "0.0", "0.0"),
            (-0.0, "0", "-0"),
        ] {
            assert_eq!(formatted(value, format).as_deref(), Ok(expected), "{value} {format}");
        }
    }
}
