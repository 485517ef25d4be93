//! Numbers in JSON text.

use super::{Event, Fault, Reader};
use crate::format::number::radix;
use crate::format::wtf8::{first_code_point, is_white_space};

/// The longest whole number that is read, in characters.
const LONGEST: usize = 380;
/// So many digits always fit a `long`.
const SAFE_DIGITS: usize = 18;

/// What the text of a number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number of 64 bits.
    Integer(i64),
    /// A whole number of more bits, which the text itself must tell.
    Big,
    /// A number with a fraction or an exponent.
    Float(f64),
}

impl Reader<'_> {
    /// Reads a number; one in the usual form at once.
    #[inline]
    pub(super) fn number(&mut self) -> Event {
        let rest = self.rest();
        let (negative, digits) = match rest {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut value = 0_i64;
        let mut length = 0;
        for byte in digits.iter().take(SAFE_DIGITS) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value * 10 + i64::from(digit);
            length += 1;
        }
        let ends = matches!(digits.get(length), None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        let is_octal = !negative && length > 1 && digits.first() == Some(&b'0');
        if !ends || length == 0 || is_octal {
            return self.long_number();
        }
        let length = length + usize::from(negative);
        self.at += length;
        self.written = rest.get(..length).unwrap_or_default();
        self.integer = if negative { -value } else { value };
        self.end_value(Event::Integer)
    }

    /// Finds the end of a number of any form.
    fn long_number(&mut self) -> Event {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !is_number_byte(*byte)).unwrap_or(rest.len());
        self.at += length;
        match self.peek() {
            None | Some(0 | b',' | b'}' | b']' | b')' | b'/') => {}
            Some(_) if first_code_point(self.rest()).is_some_and(|(code_point, _)| is_white_space(code_point)) => {}
            Some(_) => {
                // The state is that before the number, and so is the path.
                let message = "Unexpected character encountered while parsing number: ";
                return self.fail(self.fault_with(message, self.at));
            }
        }
        self.written = rest.get(..length).unwrap_or_default();
        self.end_value(Event::Number)
    }

    /// Whether a character stands here that `Char.IsNumber` accepts.
    pub(super) fn is_at_number(&self) -> bool {
        let first = first_code_point(self.rest()).map(|(code_point, _)| code_point);
        first
            .is_some_and(|code_point| code_point < 0x1_0000 && char::from_u32(code_point).is_some_and(char::is_numeric))
    }

    /// What the number that was read last says, of any form.
    ///
    /// # Errors
    /// What Json.NET throws a `JsonReaderException` for.
    pub fn read_number(&self) -> Result<Number, Box<Fault>> {
        let text = self.written;
        let shown = || String::from_utf8_lossy(text);
        let invalid = || self.fault_at(self.at, format!("Input string '{}' is not a valid number.", shown()));
        if is_octal_or_hexadecimal(text) {
            return read_radix(text).map(Number::Integer).ok_or_else(invalid);
        }
        match whole(text) {
            Whole::Value(value) => Ok(Number::Integer(value)),
            Whole::TooLarge if text.len() > LONGEST => {
                Err(self.fault_at(self.at, format!("JSON integer {} is too large to parse.", shown())))
            }
            Whole::TooLarge => Ok(Number::Big),
            Whole::Invalid => double(text).map(Number::Float).ok_or_else(invalid),
        }
    }
}

/// What a text is as a whole number in decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// One of 64 bits.
    Value(i64),
    /// One of more bits.
    TooLarge,
    /// None.
    Invalid,
}

/// Reads digits, with a minus sign before them or without.
#[must_use]
pub fn whole(text: &[u8]) -> Whole {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Whole::Invalid;
    }
    // Json.NET takes more than 19 digits for too large a number, leading zeros or not.
    if digits.len() > 19 {
        return Whole::TooLarge;
    }
    let value = digits.iter().fold(0_i128, |value, digit| value * 10 + i128::from(digit - b'0'));
    i64::try_from(if negative { -value } else { value }).map_or(Whole::TooLarge, Whole::Value)
}

/// Whether a text is read in base 8 or 16: it begins with a zero that more than a fraction or exponent follows.
#[must_use]
pub fn is_octal_or_hexadecimal(text: &[u8]) -> bool {
    matches!(text, [b'0', second, ..] if !matches!(second, b'.' | b'e' | b'E'))
}

/// The value of a text in base 16, if it begins with `0x`, or 8.
#[must_use]
pub fn read_radix(text: &[u8]) -> Option<i64> {
    let base = if matches!(text, [b'0', b'x' | b'X', ..]) { 16 } else { 8 };
    radix::parse::<i64>(text, base).ok()
}

/// The value of a text as a `double`; none that is infinite.
#[must_use]
pub fn double(text: &[u8]) -> Option<f64> {
    // Rust reads the words for infinity too, but they have letters that no number here has.
    let value: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

fn is_number_byte(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'f' | b'A'..=b'F' | b'x' | b'X')
}
