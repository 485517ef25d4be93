//! Text as an integer, `double`, `float`, `bool` or `char`.
//!
//! A caller that only tries drops the [`Fault`], which costs nothing to make unless its message names the text.
//!
//! Not here: bases other than ten and sixteen ([`radix`](super::radix)), `decimal` ([`decimal`](crate::format::decimal)).

use std::fmt::Write as _;

use super::integer::{Integer, IntegerType};
use super::scan::{Scanned, is_white, only_nul, scan};
use super::styles::NumberStyles;
use crate::format::{Fault, wtf8};

/// The exception of every number parser for a text that is no number.
pub const fn bad_number() -> Fault {
    Fault::format("Input string was not in a correct format.")
}

/// What `int.Parse(text)` gives, and likewise for the other integer types.
///
/// # Throws
/// `FormatException` if the text is no integer, `OverflowException` if the type cannot hold it.
#[inline]
pub fn parse_integer<I: Integer>(text: &[u8]) -> Result<I, Fault> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    // Eight digits fit every 32-bit type and need no check on the way.
    if I::TYPE.bits() >= 32 && !digits.is_empty() && digits.len() <= 8 && digits.iter().all(u8::is_ascii_digit) {
        let magnitude = digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
        if digits.len() == text.len() || I::TYPE.is_signed() {
            return Ok(I::from_bits(if digits.len() == text.len() { magnitude } else { magnitude.wrapping_neg() }));
        }
    }
    parse_signed_digits(text, I::TYPE).map(I::from_bits)
}

/// What `int.Parse(text, styles)` gives, and likewise for the other integer types.
///
/// # Throws
/// `ArgumentException` for invalid styles, `FormatException` if the text is no integer, `OverflowException` if the type
/// cannot hold it or it has a fraction.
pub fn parse_integer_styled<I: Integer>(text: &[u8], styles: NumberStyles) -> Result<I, Fault> {
    styles.check_for_integer()?;
    let bits = if styles == NumberStyles::INTEGER {
        parse_signed_digits(text, I::TYPE)
    } else if styles.contains(NumberStyles::ALLOW_HEX_SPECIFIER) {
        parse_hexadecimal(text, styles, I::TYPE)
    } else {
        parse_any_integer(text, styles, I::TYPE)
    };
    bits.map(I::from_bits)
}

fn with_sign(magnitude: u64, negative: bool, target: IntegerType) -> Result<u64, Fault> {
    let limit = target.max() + u64::from(negative && target.is_signed());
    if magnitude > limit || (negative && !target.is_signed() && magnitude != 0) {
        return Err(target.overflow());
    }
    Ok(if negative { magnitude.wrapping_neg() } else { magnitude })
}

/// White space, a sign, digits, white space: the common case of all integer types.
fn parse_signed_digits(text: &[u8], target: IntegerType) -> Result<u64, Fault> {
    let text = trim_white_start(text);
    let (negative, text) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, text),
    };
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(count).unwrap_or((text, &[]));
    if count == 0 || !only_nul(trim_white_start(rest)) {
        return Err(bad_number());
    }
    let magnitude =
        digits.iter().try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
    with_sign(magnitude.ok_or_else(|| target.overflow())?, negative, target)
}

fn trim_white_start(text: &[u8]) -> &[u8] {
    let count = text.iter().take_while(|byte| is_white(**byte)).count();
    text.get(count..).unwrap_or_default()
}

fn parse_hexadecimal(text: &[u8], styles: NumberStyles, target: IntegerType) -> Result<u64, Fault> {
    let text = if styles.contains(NumberStyles::ALLOW_LEADING_WHITE) { trim_white_start(text) } else { text };
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (digits, rest) = text.split_at_checked(count).unwrap_or((text, &[]));
    let rest = if styles.contains(NumberStyles::ALLOW_TRAILING_WHITE) { trim_white_start(rest) } else { rest };
    if count == 0 || !only_nul(rest) {
        return Err(bad_number());
    }
    let value = digits.iter().try_fold(0u64, |value, digit| {
        let digit = (*digit as char).to_digit(16)?;
        (value >> 60 == 0).then_some(value << 4 | u64::from(digit))
    });
    value.filter(|value| value >> (target.bits() - 1) <= 1).ok_or_else(|| target.overflow())
}

/// An integer with point, commas, exponent and the like, whose fraction must be zero.
fn parse_any_integer(text: &[u8], styles: NumberStyles, target: IntegerType) -> Result<u64, Fault> {
    const MOST_DIGITS: i64 = 20;
    let scanned = scan(text, styles).ok_or_else(bad_number)?;
    if scanned.digits().next().is_none() {
        // Without a point a zero loses its minus sign; with one the unsigned types refuse it.
        let refused = scanned.negative && scanned.pointed && !target.is_signed();
        return if refused { Err(target.overflow()) } else { Ok(0) };
    }
    if scanned.scale > MOST_DIGITS || scanned.digits().skip(scanned.scale.max(0) as usize).any(|digit| digit != 0) {
        return Err(target.overflow());
    }
    let whole = scanned.digits().chain(std::iter::repeat(0)).take(scanned.scale.max(0) as usize);
    let magnitude =
        whole.into_iter().try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit)));
    with_sign(magnitude.ok_or_else(|| target.overflow())?, scanned.negative, target)
}

/// What `double.Parse(text, styles)` gives; a value too large is infinite, as in .NET Core 3.0 and later.
///
/// # Throws
/// `ArgumentException` for invalid styles, `FormatException` if the text is no number.
pub fn parse_double(text: &[u8], styles: NumberStyles) -> Result<f64, Fault> {
    parse_float(text, styles)
}

/// What `float.Parse(text, styles)` gives; see [`parse_double`].
///
/// # Throws
/// `ArgumentException` for invalid styles, `FormatException` if the text is no number.
pub fn parse_single(text: &[u8], styles: NumberStyles) -> Result<f32, Fault> {
    parse_float(text, styles)
}

/// `f64` or `f32` as far as parsing needs to know.
trait Binary: std::str::FromStr + std::ops::Neg<Output = Self> + Copy {
    const NAN: Self;
    const INFINITY: Self;
    const ZERO: Self;
}

impl Binary for f64 {
    const NAN: Self = f64::NAN;
    const INFINITY: Self = f64::INFINITY;
    const ZERO: Self = 0.0;
}

impl Binary for f32 {
    const NAN: Self = f32::NAN;
    const INFINITY: Self = f32::INFINITY;
    const ZERO: Self = 0.0;
}

fn parse_float<F: Binary>(text: &[u8], styles: NumberStyles) -> Result<F, Fault> {
    styles.check_for_floating_point()?;
    if styles.contains(NumberStyles::FLOAT)
        && is_plain_float(text)
        && let Ok(text) = std::str::from_utf8(text)
        && let Ok(value) = text.parse()
    {
        return Ok(value);
    }
    match scan(text, styles) {
        Some(scanned) => Ok(to_float(&scanned)),
        None => parse_symbol(text).ok_or_else(bad_number),
    }
}

/// Whether Rust reads the text as .NET does: digits with an optional sign, point and exponent, and no names.
fn is_plain_float(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E'))
}

fn to_float<F: Binary>(scanned: &Scanned<'_>) -> F {
    // Behind the 767th digit of a double it only matters whether anything follows at all.
    const MOST_DIGITS: usize = 770;
    let mut digits = scanned.digits();
    let mut text = String::with_capacity(32);
    text.extend(digits.by_ref().take(MOST_DIGITS).map(|digit| char::from(b'0' + digit)));
    if text.is_empty() {
        return if scanned.negative { -F::ZERO } else { F::ZERO };
    }
    if digits.any(|digit| digit != 0) {
        text.push('1');
    }
    let exponent = scanned.scale - text.len() as i64;
    let written = write!(text, "e{exponent}");
    debug_assert!(written.is_ok());
    let value = text.parse().unwrap_or(F::INFINITY);
    if scanned.negative { -value } else { value }
}

/// `Infinity`, `NaN` and their signed forms, in any case, with white space around.
fn parse_symbol<F: Binary>(text: &[u8]) -> Option<F> {
    let text = wtf8::trim(text);
    let (negative, name) = match text.split_first()? {
        (b'-', name) => (true, name),
        (b'+', name) => (false, name),
        _ => (false, text),
    };
    if name.eq_ignore_ascii_case(b"Infinity") {
        Some(if negative { -F::INFINITY } else { F::INFINITY })
    } else {
        name.eq_ignore_ascii_case(b"NaN").then_some(F::NAN)
    }
}

/// What `bool.TryParse(text)` gives: `True` and `False` in any case, with white space and NUL around.
pub fn try_parse_bool(text: &[u8]) -> Option<bool> {
    let word = |text: &[u8]| {
        if text.eq_ignore_ascii_case(b"True") {
            Some(true)
        } else {
            text.eq_ignore_ascii_case(b"False").then_some(false)
        }
    };
    word(text).or_else(|| word(trim_white_and_nul(text)))
}

fn trim_white_and_nul(mut text: &[u8]) -> &[u8] {
    let is_trimmed = |code_point| code_point == 0 || wtf8::is_white_space(code_point);
    while let Some((code_point, length)) = wtf8::first_code_point(text)
        && is_trimmed(code_point)
    {
        text = text.get(length..).unwrap_or_default();
    }
    while let Some((code_point, length)) = wtf8::last_code_point(text)
        && is_trimmed(code_point)
    {
        text = text.get(..text.len() - length).unwrap_or_default();
    }
    text
}

/// What `bool.Parse(text)` gives.
///
/// # Throws
/// `FormatException`, whose message names the text.
pub fn parse_bool(text: &[u8]) -> Result<bool, Fault> {
    try_parse_bool(text).ok_or_else(|| {
        Fault::with_text(
            crate::format::Exception::Format,
            format!("String '{}' was not recognized as a valid Boolean.", wtf8::to_display(text)),
        )
    })
}

/// What `char.Parse(text)` gives: the only UTF-16 code unit of the text.
///
/// # Throws
/// `FormatException` if the text has none or several.
pub fn parse_char(text: &[u8]) -> Result<u16, Fault> {
    let mut units = wtf8::units(text);
    match (units.next(), units.next()) {
        (Some(unit), None) => Ok(unit),
        _ => Err(Fault::format("String must be exactly one character long.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Exception;
    use proptest::prelude::*;

    fn outcome<T>(result: Result<T, Fault>) -> Result<T, &'static str> {
        result.map_err(|fault| fault.exception.type_name())
    }

    const FORMAT: &str = "FormatException";
    const OVERFLOW: &str = "OverflowException";

    /// Source: mono, and .NET Core's documentation of `Int32.Parse`.
    #[test]
    fn integers_are_parsed() {
        for (text, expected) in [
            ("42", Ok(42)),
            ("-42", Ok(-42)),
            (" +12 ", Ok(12)),
            ("12\n", Ok(12)),
            ("12\0\0", Ok(12)),
            ("12 \0", Ok(12)),
            ("007", Ok(7)),
            ("-0", Ok(0)),
            ("00000000000000000012", Ok(12)),
            ("2147483647", Ok(i32::MAX)),
            ("-2147483648", Ok(i32::MIN)),
            ("2147483648", Err(OVERFLOW)),
            ("99999999999999999999999", Err(OVERFLOW)),
            ("99999999999999999999999x", Err(FORMAT)),
            ("", Err(FORMAT)),
            (" ", Err(FORMAT)),
            ("-", Err(FORMAT)),
            ("5-", Err(FORMAT)),
            ("- 5", Err(FORMAT)),
            ("--5", Err(FORMAT)),
            ("12a", Err(FORMAT)),
            ("12.0", Err(FORMAT)),
            ("1,000", Err(FORMAT)),
            ("0x10", Err(FORMAT)),
            ("1 2", Err(FORMAT)),
            ("12\0 ", Err(FORMAT)),
            ("１２", Err(FORMAT)),
            ("\u{a0}12", Err(FORMAT)),
        ] {
            assert_eq!(outcome(parse_integer::<i32>(text.as_bytes())), expected, "{text:?}");
        }
        assert_eq!(outcome(parse_integer::<u32>(b"-1")), Err(OVERFLOW));
        assert_eq!(outcome(parse_integer::<u32>(b"-0")), Ok(0));
        assert_eq!(outcome(parse_integer::<u8>(b"256")), Err(OVERFLOW));
        assert_eq!(outcome(parse_integer::<i8>(b"-128")), Ok(-128));
        assert_eq!(outcome(parse_integer::<i64>(b"-9223372036854775808")), Ok(i64::MIN));
        assert_eq!(outcome(parse_integer::<i64>(b"9223372036854775808")), Err(OVERFLOW));
        assert_eq!(outcome(parse_integer::<u64>(b"18446744073709551615")), Ok(u64::MAX));
        assert_eq!(outcome(parse_integer::<u64>(b"18446744073709551616")), Err(OVERFLOW));
        assert_eq!(
            parse_integer::<i32>(b"3000000000").unwrap_err().message,
            "Value was either too large or too small for an Int32."
        );
    }

    /// Source: mono.
    #[test]
    fn styles_widen_and_narrow_what_an_integer_may_be() {
        let any = NumberStyles::ANY;
        for (text, styles, expected) in [
            ("ff", NumberStyles::HEX_NUMBER, Ok(255)),
            (" FF ", NumberStyles::HEX_NUMBER, Ok(255)),
            (" FF", NumberStyles::ALLOW_HEX_SPECIFIER, Err(FORMAT)),
            ("FFFFFFFF", NumberStyles::HEX_NUMBER, Ok(-1)),
            ("0000FFFFFFFF", NumberStyles::HEX_NUMBER, Ok(-1)),
            ("1FFFFFFFF", NumberStyles::HEX_NUMBER, Err(OVERFLOW)),
            ("11FFFFFFFFFFFFFFFF", NumberStyles::HEX_NUMBER, Err(OVERFLOW)),
            ("0x1", NumberStyles::HEX_NUMBER, Err(FORMAT)),
            ("-1", NumberStyles::HEX_NUMBER, Err(FORMAT)),
            ("1,234", any, Ok(1234)),
            ("1,,2,", any, Ok(12)),
            ("(12)", any, Ok(-12)),
            ("(12", any, Err(FORMAT)),
            ("12-", any, Ok(-12)),
            ("-12-", any, Err(FORMAT)),
            ("¤12", any, Ok(12)),
            ("-¤ 12", any, Ok(-12)),
            ("12 ¤", any, Ok(12)),
            ("¤12¤", any, Err(FORMAT)),
            ("1.0", any, Ok(1)),
            ("1.5", any, Err(OVERFLOW)),
            ("1e2", any, Ok(100)),
            ("-0.0", any, Ok(0)),
            ("120e-1", any, Ok(12)),
            ("125e-1", any, Err(OVERFLOW)),
            ("1e99999999999999999999", any, Err(OVERFLOW)),
            ("0e99", any, Ok(0)),
            ("1e", any, Err(FORMAT)),
            (",1", any, Err(FORMAT)),
            (" 1", NumberStyles::NONE, Err(FORMAT)),
            ("12", NumberStyles::NONE, Ok(12)),
        ] {
            assert_eq!(outcome(parse_integer_styled::<i32>(text.as_bytes(), styles)), expected, "{text:?}");
        }
        assert_eq!(outcome(parse_integer_styled::<i8>(b"FF", NumberStyles::HEX_NUMBER)), Ok(-1));
        assert_eq!(outcome(parse_integer_styled::<u8>(b"1FF", NumberStyles::HEX_NUMBER)), Err(OVERFLOW));
    }

    /// Source: mono; the overflow to infinity and the signed names are .NET Core 3.0's.
    #[test]
    fn doubles_are_parsed() {
        for (text, expected) in [
            ("1.25", Ok(1.25)),
            ("+1.5", Ok(1.5)),
            ("1.", Ok(1.0)),
            (".5", Ok(0.5)),
            ("1e3", Ok(1000.0)),
            ("1E+3", Ok(1000.0)),
            ("1,000.5", Ok(1000.5)),
            ("1,5", Ok(15.0)),
            ("\t2.5 ", Ok(2.5)),
            ("2.5\0", Ok(2.5)),
            ("-0", Ok(-0.0)),
            ("5e-324", Ok(5e-324)),
            ("1e-400", Ok(0.0)),
            ("1e400", Ok(f64::INFINITY)),
            ("-1e400", Ok(f64::NEG_INFINITY)),
            ("0e99999999999", Ok(0.0)),
            ("1,0e1", Ok(100.0)),
            ("-Infinity", Ok(f64::NEG_INFINITY)),
            (" infinity ", Ok(f64::INFINITY)),
            ("+Infinity", Ok(f64::INFINITY)),
            ("0.1000000000000000055511151231257827", Ok(0.1)),
            ("inf", Err(FORMAT)),
            ("", Err(FORMAT)),
            (".", Err(FORMAT)),
            ("e5", Err(FORMAT)),
            ("1e", Err(FORMAT)),
            ("1e+", Err(FORMAT)),
            ("1.2.3", Err(FORMAT)),
            ("0x10", Err(FORMAT)),
            ("- 1", Err(FORMAT)),
            ("1 2", Err(FORMAT)),
            ("1d", Err(FORMAT)),
            ("(1)", Err(FORMAT)),
        ] {
            let value = outcome(parse_double(text.as_bytes(), NumberStyles::FLOAT_AND_THOUSANDS));
            assert_eq!(value.map(f64::to_bits), expected.map(f64::to_bits), "{text:?}");
        }
        assert!(parse_double(b"-nan", NumberStyles::FLOAT_AND_THOUSANDS).unwrap().is_nan());
        assert_eq!(parse_single(b"16777217", NumberStyles::FLOAT_AND_THOUSANDS), Ok(16777216.0));
        assert_eq!(parse_double(b"1e5", NumberStyles::NUMBER).unwrap_err().exception, Exception::Format);
        assert_eq!(parse_double(b"1", NumberStyles::HEX_NUMBER).unwrap_err().exception, Exception::Argument);
    }

    #[test]
    fn the_digit_behind_the_last_decides_a_tie() {
        // 2^53 + 1 lies between two doubles; the ends with and without a far digit differ.
        let zeros = "0".repeat(900);
        let tie = format!("1,9007199254740993.{zeros}");
        let tie = tie.trim_start_matches("1,");
        assert_eq!(parse_double(format!(" {tie}").as_bytes(), NumberStyles::FLOAT), Ok(9007199254740992.0));
        assert_eq!(parse_double(format!(" {tie}1").as_bytes(), NumberStyles::FLOAT), Ok(9007199254740994.0));
    }

    /// Source: mono; the message is .NET Core's.
    #[test]
    fn truth_values_and_characters_are_parsed() {
        for (text, expected) in [
            ("true", Some(true)),
            (" FALSE ", Some(false)),
            ("\0True\0 ", Some(true)),
            ("1", None),
            ("", None),
            ("yes", None),
        ] {
            assert_eq!(try_parse_bool(text.as_bytes()), expected, "{text:?}");
        }
        assert_eq!(parse_bool(b"1").unwrap_err().message, "String '1' was not recognized as a valid Boolean.");
        assert_eq!(parse_char("é".as_bytes()), Ok(0xE9));
        assert!(parse_char(b"zz").is_err() && parse_char(b"").is_err() && parse_char("😀".as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-+0-9.,eE() ¤a\0]{0,12}", bits in 0u32..0x400) {
            let styles = NumberStyles::from_bits(bits);
            let _ = parse_integer_styled::<i32>(text.as_bytes(), styles);
            let _ = parse_double(text.as_bytes(), styles);
            let integer = parse_integer::<i64>(text.as_bytes());
            if let Ok(value) = text.trim().parse::<i64>() && !text.contains('\0') {
                prop_assert_eq!(integer, Ok(value));
            }
        }

        #[test]
        fn what_is_written_reads_back(value in any::<f64>(), single in any::<f32>()) {
            let mut out = Vec::new();
            crate::format::number::float::write(&mut out, value);
            prop_assert_eq!(parse_double(&out, NumberStyles::FLOAT).map(f64::to_bits), Ok(if value.is_nan() { f64::NAN } else { value }.to_bits()));
            out.clear();
            crate::format::number::float::write(&mut out, single);
            prop_assert_eq!(parse_single(&out, NumberStyles::FLOAT).map(f32::to_bits), Ok(if single.is_nan() { f32::NAN } else { single }.to_bits()));
        }
    }
}
