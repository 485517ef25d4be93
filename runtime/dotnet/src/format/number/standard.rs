//! The standard numeric formats C, E, F, G, N, P and R, in the invariant culture.
//!
//! Not here: D and X, which only integers have ([`integer`](super::integer)), and how many digits a floating-point
//! number brings along ([`float`](super::float)).

use super::digits::{Kind, Number};
use super::specifier::bad_specifier;
use crate::format::Fault;

/// The digits after the point in C, F, N and P when the format does not say.
pub(super) const DEFAULT_DECIMALS: u32 = 2;
/// The digits after the point in E when the format does not say.
pub(super) const DEFAULT_EXPONENT_DECIMALS: u32 = 6;

/// Writes `number` in the standard format of this letter.
///
/// # Throws
/// `FormatException` for a letter that the number's type does not have.
pub(super) fn write(
    out: &mut Vec<u8>,
    number: &mut Number<'_>,
    symbol: u8,
    precision: Option<u32>,
) -> Result<(), Fault> {
    match symbol.to_ascii_uppercase() {
        b'C' => {
            let decimals = precision.unwrap_or(DEFAULT_DECIMALS);
            round(number, number.scale.saturating_add_unsigned(decimals));
            out.extend_from_slice(if number.negative { b"(\xC2\xA4" } else { b"\xC2\xA4" });
            write_fixed(out, number, decimals, true);
            if number.negative {
                out.push(b')');
            }
        }
        b'E' => {
            let decimals = precision.unwrap_or(DEFAULT_EXPONENT_DECIMALS);
            round(number, 1i32.saturating_add_unsigned(decimals));
            write_sign(out, number);
            write_scientific(out, number, decimals, symbol);
        }
        b'F' => {
            let decimals = precision.unwrap_or(DEFAULT_DECIMALS);
            round(number, number.scale.saturating_add_unsigned(decimals));
            write_sign(out, number);
            write_fixed(out, number, decimals, false);
        }
        b'G' => write_general(out, number, precision, symbol),
        b'N' => {
            let decimals = precision.unwrap_or(DEFAULT_DECIMALS);
            round(number, number.scale.saturating_add_unsigned(decimals));
            write_sign(out, number);
            write_fixed(out, number, decimals, true);
        }
        b'P' => {
            let decimals = precision.unwrap_or(DEFAULT_DECIMALS);
            number.scale += 2;
            round(number, number.scale.saturating_add_unsigned(decimals));
            write_sign(out, number);
            write_fixed(out, number, decimals, true);
            out.extend_from_slice(b" %");
        }
        b'R' if number.kind == Kind::Float => write_general(out, number, precision, symbol - (b'R' - b'G')),
        _ => return Err(bad_specifier()),
    }
    Ok(())
}

/// Cuts the number to its first `count` digits. Floating-point digits come rounded already.
fn round(number: &mut Number<'_>, count: i32) {
    match number.kind {
        Kind::Float => number.cut(count),
        Kind::Integer | Kind::Decimal => number.round_half_up(count),
    }
}

fn write_sign(out: &mut Vec<u8>, number: &Number<'_>) {
    if number.negative {
        out.push(b'-');
    }
}

fn write_zeros(out: &mut Vec<u8>, count: usize) {
    out.resize(out.len() + count, b'0');
}

/// Writes the digits around a decimal point, the whole part in groups of three where asked.
fn write_fixed(out: &mut Vec<u8>, number: &Number<'_>, decimals: u32, grouped: bool) {
    let digits = number.digits();
    let whole = usize::try_from(number.scale).unwrap_or(0);
    let (before, after) = digits.split_at_checked(whole).unwrap_or((digits, &[]));
    if whole == 0 {
        out.push(b'0');
    } else if !grouped || whole <= 3 {
        out.extend_from_slice(before);
        write_zeros(out, whole - before.len());
    } else {
        let mut padded = before.iter().copied().chain(std::iter::repeat(b'0'));
        for left in (1..=whole).rev() {
            out.extend(padded.next());
            if left > 1 && (left - 1).is_multiple_of(3) {
                out.push(b',');
            }
        }
    }
    if decimals > 0 {
        out.push(b'.');
        let mut missing = decimals as usize;
        let zeros = usize::try_from(number.scale.saturating_neg()).unwrap_or(0).min(missing);
        write_zeros(out, zeros);
        missing -= zeros;
        let written = after.get(..missing.min(after.len())).unwrap_or_default();
        out.extend_from_slice(written);
        write_zeros(out, missing - written.len());
    }
}

fn write_scientific(out: &mut Vec<u8>, number: &Number<'_>, decimals: u32, symbol: u8) {
    let (first, rest) = number.digits().split_first().map_or((b'0', [].as_slice()), |(first, rest)| (*first, rest));
    out.push(first);
    if decimals > 0 {
        out.push(b'.');
        let written = rest.get(..rest.len().min(decimals as usize)).unwrap_or_default();
        out.extend_from_slice(written);
        write_zeros(out, decimals as usize - written.len());
    }
    let exponent = if number.is_zero() { 0 } else { number.scale - 1 };
    write_exponent(out, exponent, symbol, 3, true);
}

/// Writes `E+05`: the letter, the sign, and the exponent with at least this many digits.
pub(super) fn write_exponent(out: &mut Vec<u8>, exponent: i32, letter: u8, least_digits: usize, plus: bool) {
    out.push(letter);
    if exponent < 0 {
        out.push(b'-');
    } else if plus {
        out.push(b'+');
    }
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(exponent.unsigned_abs()).as_bytes();
    write_zeros(out, least_digits.saturating_sub(digits.len()));
    out.extend_from_slice(digits);
}

/// Writes fixed or scientific form, whichever suits the size of the number.
fn write_general(out: &mut Vec<u8>, number: &mut Number<'_>, precision: Option<u32>, symbol: u8) {
    let exponent_letter = symbol - (b'G' - b'E');
    if number.kind == Kind::Decimal && precision.is_none() {
        // The digits of a decimal are significant to the last zero, so nothing is rounded or dropped.
        if number.negative && !number.is_zero() {
            out.push(b'-');
        }
        return write_plain(out, number);
    }
    let most_digits = match precision {
        None | Some(0) => number.digits().len() as i32,
        Some(precision) => i32::try_from(precision).unwrap_or(i32::MAX),
    };
    round(number, most_digits);
    write_sign(out, number);
    write_general_digits(out, number, most_digits, exponent_letter);
}

/// Writes digits that need no rounding: scientific with more than `most_digits` whole digits or below 0.00001.
pub(super) fn write_general_digits(out: &mut Vec<u8>, number: &Number<'_>, most_digits: i32, exponent_letter: u8) {
    if number.scale <= most_digits && number.scale >= -3 {
        return write_plain(out, number);
    }
    let (first, rest) = number.digits().split_first().map_or((b'0', [].as_slice()), |(first, rest)| (*first, rest));
    out.push(first);
    if !rest.is_empty() {
        out.push(b'.');
        out.extend_from_slice(rest);
    }
    write_exponent(out, number.scale - 1, exponent_letter, 2, true);
}

/// Writes every digit in its place, without an exponent.
fn write_plain(out: &mut Vec<u8>, number: &Number<'_>) {
    let digits = number.digits();
    let whole = usize::try_from(number.scale).unwrap_or(0);
    let (before, after) = digits.split_at_checked(whole).unwrap_or((digits, &[]));
    if whole == 0 {
        out.push(b'0');
    } else {
        out.extend_from_slice(before);
        write_zeros(out, whole - before.len());
    }
    if !after.is_empty() || number.scale < 0 {
        out.push(b'.');
        write_zeros(out, usize::try_from(number.scale.saturating_neg()).unwrap_or(0));
        out.extend_from_slice(after);
    }
}
