//! Decimals as text and back.
//!
//! Not here: the formats and styles themselves ([`number`](crate::format::number)).

use super::wide::MANTISSA_LIMIT;
use super::{Decimal, MAX_SCALE, overflow};
use crate::format::Fault;
use crate::format::number::digits::{Kind, Number};
use crate::format::number::parse::bad_number;
use crate::format::number::scan::scan;
use crate::format::number::{Format, NumberStyles, write_formatted};

/// A mantissa has at most this many digits.
const MOST_DIGITS: usize = 29;

impl Decimal {
    /// Writes what `value.ToString()` gives: every digit of the scale, also zeros at the end.
    pub fn write(self, out: &mut Vec<u8>) {
        let general = self.format(out, b"");
        debug_assert!(general.is_ok());
    }

    /// Writes what `value.ToString(format)` gives.
    ///
    /// # Throws
    /// `FormatException` for a standard format that decimals do not have.
    pub fn format(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        let format = Format::parse(format)?;
        let mut digits = [0; MOST_DIGITS];
        let length = write_mantissa(self.mantissa(), &mut digits);
        let digits = digits.get_mut(..length).unwrap_or_default();
        let scale = length as i32 - self.scale() as i32;
        write_formatted(out, &mut Number::new(digits, scale, self.is_negative(), Kind::Decimal), format)
    }

    /// What `decimal.Parse(text, styles)` gives; digits that do not fit are rounded half to even.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException` if the text is no number, `OverflowException` if it is
    /// too large.
    pub fn parse(text: &[u8], styles: NumberStyles) -> Result<Self, Fault> {
        styles.check_for_floating_point()?;
        let scanned = scan(text, styles).ok_or_else(bad_number)?;
        let mut digits = scanned.digits().peekable();
        // How many digits before the point are still to come; negative behind it.
        let mut left = scanned.scale;
        if digits.peek().is_none() {
            return Ok(Self::from_parts(
                0,
                left.saturating_neg().clamp(0, i64::from(MAX_SCALE)) as u32,
                scanned.negative,
            ));
        }
        let mut mantissa = 0u128;
        let finest = -i64::from(MAX_SCALE);
        while left > 0 || (left > finest && digits.peek().is_some()) {
            let grown = mantissa * 10 + u128::from(digits.peek().copied().unwrap_or(0));
            if grown >= MANTISSA_LIMIT {
                break;
            }
            mantissa = grown;
            digits.next();
            left -= 1;
        }
        // A digit at position `left` is cut off; below the finest position by one it counts as zero.
        let first = if left < finest { 0 } else { digits.next().unwrap_or(0) };
        if first > 5 || (first == 5 && (mantissa & 1 == 1 || digits.any(|digit| digit != 0))) {
            mantissa += 1;
            if mantissa == MANTISSA_LIMIT {
                mantissa = MANTISSA_LIMIT / 10 + 1;
                left += 1;
            }
        }
        if left > 0 {
            return Err(overflow());
        }
        Ok(Self::from_parts(mantissa, u32::try_from(-left.max(finest)).unwrap_or(0), scanned.negative))
    }
}

/// Writes the digits of a mantissa, and says how many they are; zero has none.
fn write_mantissa(mantissa: u128, out: &mut [u8; MOST_DIGITS]) -> usize {
    const CHUNK: u128 = 10_000_000_000_000_000_000;
    if mantissa == 0 {
        return 0;
    }
    let (high, low) = ((mantissa / CHUNK) as u64, (mantissa % CHUNK) as u64);
    let mut buffers = (itoa::Buffer::new(), itoa::Buffer::new());
    let low = buffers.1.format(low).as_bytes();
    let high = if high == 0 { &[] } else { buffers.0.format(high).as_bytes() };
    let padding = if high.is_empty() { 0 } else { 19 - low.len() };
    let length = high.len() + padding + low.len();
    let digits = high.iter().copied().chain(std::iter::repeat_n(b'0', padding)).chain(low.iter().copied());
    for (place, digit) in out.iter_mut().zip(digits) {
        *place = digit;
    }
    length
}
