//! The values of literals, read from their text.
//!
//! Every function takes the text of one token and gives its value, or none if [`faults`] finds something wrong with it.
//! An unfinished literal, which was reported, is read as if it ended where its token ends.
//!
//! Not here: folding, and that `-2147483648` is one constant except for [`negated_integer`].

use std::borrow::Cow;
use std::ops::Range;

/// What can be wrong with a literal whose extent is clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `\q`, `\u12`: not an escape (CS1009).
    Escape,
    /// `''` (CS1011).
    EmptyChar,
    /// `'ab'` (CS1012).
    LongChar,
    /// An integer above the largest `ulong` (CS1021).
    IntegerRange,
    /// A real number that its type cannot hold (CS0594).
    RealRange,
    /// `0x`, `1_`: digits are missing (CS1013).
    Digits,
    /// A single `}` in the text of an interpolated string (CS8086).
    Brace,
}

/// Text of a string. .NET counts it in UTF-16 units, and a string may hold half of a surrogate pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text<'a> {
    /// Text that is sound Unicode; borrowed where the literal has no escapes.
    Utf8(Cow<'a, str>),
    /// UTF-16 units with an unpaired surrogate among them, as in `"\uD83D"`.
    Utf16(Vec<u16>),
}

impl Text<'_> {
    /// The text in UTF-16 units.
    #[must_use]
    pub fn to_utf16(&self) -> Vec<u16> {
        match self {
            Self::Utf8(text) => text.encode_utf16().collect(),
            Self::Utf16(units) => units.clone(),
        }
    }

    /// The text, with unpaired surrogates replaced by `U+FFFD`.
    #[must_use]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match self {
            Self::Utf8(text) => Cow::Borrowed(text),
            Self::Utf16(units) => Cow::Owned(String::from_utf16_lossy(units)),
        }
    }
}

/// The value of an integer literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integer {
    /// The value; C# literals have no sign.
    pub value: u64,
    /// Its type.
    pub kind: IntegerKind,
}

/// The type of an integer literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerKind {
    /// `int`
    Int,
    /// `uint`
    UInt,
    /// `long`
    Long,
    /// `ulong`
    ULong,
}

/// The value of a real literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Real<'a> {
    /// `double`, with or without `d`.
    Double(f64),
    /// `float`, with `f`.
    Float(f32),
    /// `decimal`, with `m`: the digits as written, with point and exponent, without `_` and suffix. They count: `1.0m`
    /// and `1.00m` differ in .NET. The value is below 2⁹⁶.
    Decimal(Cow<'a, str>),
}

/// The value of an integer literal: decimal, hexadecimal or binary, with `_` and suffixes.
///
/// The type is the first of `int`, `uint`, `long`, `ulong` that the suffix allows and that holds the value.
#[must_use]
pub fn integer(text: &str) -> Option<Integer> {
    let (value, unsigned, long) = integer_parts(text).ok()?;
    let kind = match (unsigned, long) {
        (false, false) if i32::try_from(value).is_ok() => IntegerKind::Int,
        (_, false) if u32::try_from(value).is_ok() => IntegerKind::UInt,
        (false, _) if i64::try_from(value).is_ok() => IntegerKind::Long,
        _ => IntegerKind::ULong,
    };
    Some(Integer { value, kind })
}

/// The value of an integer literal that stands directly behind a unary minus, where C# reads both as one constant:
/// `-2147483648` is an `int` and `-9223372036854775808` a `long`. None where the minus means nothing special.
#[must_use]
pub fn negated_integer(text: &str) -> Option<Integer> {
    let decimal = text.bytes().all(|b| !matches!(b, b'x' | b'X' | b'b' | b'B'));
    match integer_parts(text).ok()? {
        (value @ 0x8000_0000, false, false) if decimal => Some(Integer { value, kind: IntegerKind::Int }),
        (value @ 0x8000_0000_0000_0000, false, _) if decimal => Some(Integer { value, kind: IntegerKind::Long }),
        _ => None,
    }
}

/// The value, and whether `u` and `l` stand behind it.
fn integer_parts(text: &str) -> Result<(u64, bool, bool), Fault> {
    let digits = text.trim_end_matches(['u', 'U', 'l', 'L']);
    let suffix = text.get(digits.len()..).unwrap_or("");
    let (digits, radix) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (digits.get(2..).unwrap_or(""), 16),
        [b'0', b'b' | b'B', ..] => (digits.get(2..).unwrap_or(""), 2),
        _ => (digits, 10),
    };
    if digits.is_empty() || digits.ends_with('_') {
        return Err(Fault::Digits);
    }
    let mut value: u64 = 0;
    for c in digits.chars().filter(|c| *c != '_') {
        let digit = c.to_digit(radix).ok_or(Fault::Digits)?;
        value = value
            .checked_mul(u64::from(radix))
            .and_then(|value| value.checked_add(u64::from(digit)))
            .ok_or(Fault::IntegerRange)?;
    }
    Ok((value, suffix.contains(['u', 'U']), suffix.contains(['l', 'L'])))
}

/// The value of a real literal.
#[must_use]
pub fn real(text: &str) -> Option<Real<'_>> {
    real_value(text).ok()
}

fn real_value(text: &str) -> Result<Real<'_>, Fault> {
    let digits = text.trim_end_matches(['f', 'F', 'd', 'D', 'm', 'M']);
    let mut before = None;
    for b in digits.bytes().chain([b' ']) {
        if before == Some(b'_') && !b.is_ascii_digit() && b != b'_' || b == b'_' && before == Some(b'.') {
            return Err(Fault::Digits);
        }
        before = Some(b);
    }
    let plain: Cow<'_, str> =
        if digits.contains('_') { Cow::Owned(digits.replace('_', "")) } else { Cow::Borrowed(digits) };
    match text.as_bytes().last() {
        Some(b'm' | b'M') if fits_decimal(&plain) => Ok(Real::Decimal(plain)),
        Some(b'm' | b'M') => Err(Fault::RealRange),
        Some(b'f' | b'F') => {
            plain.parse().ok().filter(|value: &f32| value.is_finite()).map(Real::Float).ok_or(Fault::RealRange)
        }
        _ => plain.parse().ok().filter(|value: &f64| value.is_finite()).map(Real::Double).ok_or(Fault::RealRange),
    }
}

/// Whether .NET's decimal holds a number: its whole part, rounded, must be below 2⁹⁶.
fn fits_decimal(digits: &str) -> bool {
    const LARGEST: u128 = (1 << 96) - 1;
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut significant = whole.bytes().chain(fraction.bytes()).skip_while(|b| *b == b'0').peekable();
    if significant.peek().is_none() {
        return true;
    }
    let leading = whole.bytes().chain(fraction.bytes()).take_while(|b| *b == b'0').count();
    let Ok(exponent) = exponent.parse::<i64>() else { return exponent.starts_with('-') };
    let places = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let whole_digits = places(whole.len()).saturating_sub(places(leading)).saturating_add(exponent);
    if whole_digits > 29 {
        return false;
    }
    let mut value: u128 = 0;
    for _ in 0..whole_digits.max(0) {
        value = value * 10 + u128::from(significant.next().unwrap_or(b'0') - b'0');
    }
    let half = significant.next().is_some_and(|b| b >= b'5') && whole_digits >= 0;
    value < LARGEST || value == LARGEST && !half
}

/// The value of a character literal, one UTF-16 unit.
#[must_use]
pub fn character(text: &str) -> Option<u16> {
    let mut units = Units::default();
    unescape(inside(text, "'"), 0, &mut units, &mut |_, _| {});
    match units.0.as_slice() {
        [unit] => Some(*unit),
        _ => None,
    }
}

/// The value of a string literal, plain or verbatim.
#[must_use]
pub fn string(text: &str) -> Text<'_> {
    if let Some(verbatim) = text.strip_prefix('@') {
        let inside = inside(verbatim, "\"");
        return Text::Utf8(match inside.contains('"') {
            true => Cow::Owned(inside.replace("\"\"", "\"")),
            false => Cow::Borrowed(inside),
        });
    }
    decode(inside(text, "\""))
}

/// The value of a text part of an interpolated string.
#[must_use]
pub fn interpolated_text(text: &str, verbatim: bool) -> Text<'_> {
    let text = match text.contains(['{', '}']) {
        true => Cow::Owned(text.replace("{{", "{").replace("}}", "}")),
        false => Cow::Borrowed(text),
    };
    match (verbatim, text) {
        (true, text) if text.contains('"') => Text::Utf8(Cow::Owned(text.replace("\"\"", "\""))),
        (true, text) => Text::Utf8(text),
        (false, Cow::Borrowed(text)) => decode(text),
        (false, Cow::Owned(text)) => match decode(&text) {
            Text::Utf8(text) => Text::Utf8(Cow::Owned(text.into_owned())),
            Text::Utf16(units) => Text::Utf16(units),
        },
    }
}

fn decode(text: &str) -> Text<'_> {
    if !text.contains('\\') {
        return Text::Utf8(Cow::Borrowed(text));
    }
    let mut units = Units::default();
    unescape(text, 0, &mut units, &mut |_, _| {});
    match String::from_utf16(&units.0) {
        Ok(text) => Text::Utf8(Cow::Owned(text)),
        Err(_) => Text::Utf16(units.0),
    }
}

/// Reports what is wrong with a literal: the fault, and where in `text` it lies.
pub fn faults(text: &str, report: &mut dyn FnMut(Fault, Range<usize>)) {
    let whole = 0..text.len();
    match text.as_bytes() {
        [b'\'', ..] => {
            let mut units = Units::default();
            let mut sound = true;
            unescape(inside(text, "'"), 1, &mut units, &mut |fault, at| {
                sound = false;
                report(fault, at);
            });
            match units.0.len() {
                0 if sound => report(Fault::EmptyChar, whole),
                2.. if sound => report(Fault::LongChar, whole),
                _ => {}
            }
        }
        [b'"', ..] => unescape(inside(text, "\""), 1, &mut Units::default(), report),
        [b'@', ..] => {}
        _ if is_real(text) => {
            if let Err(fault) = real_value(text) {
                report(fault, whole);
            }
        }
        _ => {
            if let Err(fault) = integer_parts(text) {
                report(fault, whole);
            }
        }
    }
}

/// Reports what is wrong with a text part of an interpolated string, as [`faults`] does.
pub fn interpolated_faults(text: &str, verbatim: bool, report: &mut dyn FnMut(Fault, Range<usize>)) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('}')).map(|at| at + from) {
        let double = text.as_bytes().get(at + 1) == Some(&b'}');
        if !double {
            report(Fault::Brace, at..at + 1);
        }
        from = at + if double { 2 } else { 1 };
    }
    if !verbatim {
        unescape(text, 0, &mut Units::default(), report);
    }
}

fn is_real(text: &str) -> bool {
    let hexadecimal = matches!(text.as_bytes(), [b'0', b'x' | b'X' | b'b' | b'B', ..]);
    !hexadecimal && text.contains(['.', 'e', 'E', 'f', 'F', 'd', 'D', 'm', 'M'])
}

/// What stands between a literal's quotes, of which the second may be missing.
fn inside<'a>(text: &'a str, quote: &str) -> &'a str {
    let text = text.strip_prefix(quote).unwrap_or(text);
    text.strip_suffix(quote).unwrap_or(text)
}

#[derive(Default)]
struct Units(Vec<u16>);

impl Units {
    fn push(&mut self, c: char) {
        self.0.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
}

/// Appends the meaning of `text`, which lies at `offset` in its literal. A faulty escape is reported and left out.
fn unescape(text: &str, offset: usize, units: &mut Units, report: &mut dyn FnMut(Fault, Range<usize>)) {
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            units.push(c);
            continue;
        }
        let escape = rest.next().map_or('\\', |(_, c)| c);
        let digits = |most: usize| -> (usize, u32) {
            let after = rest.as_str().bytes().take(most).take_while(u8::is_ascii_hexdigit);
            after.fold((0, 0), |(count, value), b| (count + 1, value * 16 + char::from(b).to_digit(16).unwrap_or(0)))
        };
        let mut skip = 0;
        let meaning = match escape {
            '\'' | '"' | '\\' if at + 1 < text.len() => Some(u32::from(escape)),
            '0' => Some(0),
            'a' => Some(7),
            'b' => Some(8),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            'x' | 'u' | 'U' => {
                let (least, most) = match escape {
                    'x' => (1, 4),
                    'u' => (4, 4),
                    _ => (8, 8),
                };
                let (count, value) = digits(most);
                skip = count;
                Some(value).filter(|value| count >= least && *value <= 0x10_FFFF)
            }
            _ => None,
        };
        rest.by_ref().take(skip).for_each(drop);
        match meaning.map(|value| (u16::try_from(value), char::from_u32(value))) {
            Some((Ok(unit), _)) => units.0.push(unit),
            Some((_, Some(c))) => units.push(c),
            _ => {
                let end = text.len() - rest.as_str().len();
                report(Fault::Escape, offset + at..offset + end);
            }
        }
    }
}

/// An identifier with its `\u0061` resolved. What is not an escape stays as it is.
#[must_use]
pub fn unescape_identifier(name: &str) -> String {
    let mut units = Units::default();
    let mut sound = true;
    unescape(name, 0, &mut units, &mut |_, _| sound = false);
    if sound { String::from_utf16_lossy(&units.0) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(text: &str) -> Vec<(Fault, Range<usize>)> {
        let mut found = Vec::new();
        faults(text, &mut |fault, at| found.push((fault, at)));
        found
    }

    #[test]
    fn an_integer_has_the_first_type_that_holds_it() {
        use IntegerKind::{Int, Long, UInt, ULong};
        let table = [
            ("0", 0, Int),
            ("2147483647", 2_147_483_647, Int),
            ("2147483648", 2_147_483_648, UInt),
            ("4294967296", 4_294_967_296, Long),
            ("9223372036854775808", 9_223_372_036_854_775_808, ULong),
            ("1u", 1, UInt),
            ("4294967296U", 4_294_967_296, ULong),
            ("1L", 1, Long),
            ("9223372036854775808L", 9_223_372_036_854_775_808, ULong),
            ("1ul", 1, ULong),
            ("1Lu", 1, ULong),
            ("0xFF_FF", 0xFFFF, Int),
            ("0x_FFFFFFFF", 0xFFFF_FFFF, UInt),
            ("0b1010_0001", 0xA1, Int),
            ("1_000", 1000, Int),
        ];
        for (text, value, kind) in table {
            assert_eq!(integer(text), Some(Integer { value, kind }), "{text}");
        }
    }

    #[test]
    fn a_minus_makes_the_two_smallest_integers_possible() {
        assert_eq!(negated_integer("2147483648").map(|i| i.kind), Some(IntegerKind::Int));
        assert_eq!(negated_integer("9223372036854775808").map(|i| i.kind), Some(IntegerKind::Long));
        assert_eq!(negated_integer("9223372036854775808L").map(|i| i.kind), Some(IntegerKind::Long));
        for text in ["2147483647", "2147483648u", "2147483648L", "0x80000000", "9223372036854775808u"] {
            assert_eq!(negated_integer(text), None, "{text}");
        }
    }

    #[test]
    fn reals_keep_what_their_type_needs() {
        assert_eq!(real("1.5"), Some(Real::Double(1.5)));
        assert_eq!(real("1e3"), Some(Real::Double(1000.0)));
        assert_eq!(real("1_0.2_5D"), Some(Real::Double(10.25)));
        assert_eq!(real("3f"), Some(Real::Float(3.0)));
        assert_eq!(real("1.00m"), Some(Real::Decimal("1.00".into())));
        assert_eq!(real("79228162514264337593543950335m"), Some(Real::Decimal("79228162514264337593543950335".into())));
        for text in ["1e999", "1e39f", "79228162514264337593543950336m", "1e29m", "79228162514264337593543950335.5m"] {
            assert_eq!(faults_of(text), [(Fault::RealRange, 0..text.len())], "{text}");
        }
        for text in ["0e99m", "1e-40m", "0.00000000000000000000000000000000001e30m", "1e28m"] {
            assert!(real(text).is_some(), "{text}");
        }
    }

    #[test]
    fn strings_are_utf16() {
        assert_eq!(string("\"abc\""), Text::Utf8("abc".into()));
        assert!(matches!(string("\"abc\""), Text::Utf8(Cow::Borrowed(_))));
        assert_eq!(string(r#""a\t\x41\u0042\U0001F600\"""#), Text::Utf8("a\tAB😀\"".into()));
        assert_eq!(string(r#""\uD83D\uDE00""#), Text::Utf8("😀".into()));
        assert_eq!(string(r#""\uD83D""#), Text::Utf16(vec![0xD83D]));
        assert_eq!(string(r#"@"a\""b""#), Text::Utf8("a\\\"b".into()));
        assert_eq!(string("\"open"), Text::Utf8("open".into()));
        assert_eq!(interpolated_text(r"a{{\n}}", false), Text::Utf8("a{\n}".into()));
        assert_eq!(interpolated_text("a{{\"\"}}\\n", true), Text::Utf8("a{\"}\\n".into()));
    }

    #[test]
    fn characters_are_one_unit() {
        let table =
            [(r"'a'", Some(97)), (r"'\''", Some(39)), (r"'\x41'", Some(65)), ("'é'", Some(233)), ("'😀'", None)];
        for (text, value) in table {
            assert_eq!(character(text), value, "{text}");
        }
    }

    #[test]
    fn faults_tell_where_they_lie() {
        let table = [
            (r#""a\qb""#, vec![(Fault::Escape, 2..4)]),
            (r#""\u00g0""#, vec![(Fault::Escape, 1..5)]),
            (r#""\U00110000""#, vec![(Fault::Escape, 1..11)]),
            (r#""\x""#, vec![(Fault::Escape, 1..3)]),
            (r"''", vec![(Fault::EmptyChar, 0..2)]),
            (r"'ab'", vec![(Fault::LongChar, 0..4)]),
            (r"'\q'", vec![(Fault::Escape, 1..3)]),
            ("99999999999999999999", vec![(Fault::IntegerRange, 0..20)]),
            ("0x", vec![(Fault::Digits, 0..2)]),
            ("1_", vec![(Fault::Digits, 0..2)]),
            ("1_.5", vec![(Fault::Digits, 0..4)]),
            ("0b12", vec![(Fault::Digits, 0..4)]),
            ("0x1e5", vec![]),
            ("1.5", vec![]),
        ];
        for (text, expected) in table {
            assert_eq!(faults_of(text), expected, "{text}");
        }
        let mut found = Vec::new();
        interpolated_faults(r"a}b}}\q", false, &mut |fault, at| found.push((fault, at)));
        assert_eq!(found, [(Fault::Brace, 1..2), (Fault::Escape, 5..7)]);
    }
}
