//! Upper and lower case, one code point to one, and comparisons that ignore case or all but the code units.
//!
//! Source: .NET Core with ICU: the simple case mappings of Unicode, in which the Turkish i and the long s stand apart.
//!
//! Not here: linguistic order ([`collation`](super::collation)).

use std::cmp::Ordering;

use crate::format::wtf8;

const DOTLESS_I: u32 = 0x131;
const LONG_S: u32 = 0x17F;

/// The upper-case form of one code point.
pub fn upper(code_point: u32) -> u32 {
    if let 0..0x80 = code_point {
        return u32::from((code_point as u8).to_ascii_uppercase());
    }
    match code_point {
        DOTLESS_I => DOTLESS_I,
        // Greek letters with an iota below have an upper case of several letters, and a simple one besides.
        0x1F80..=0x1F87 | 0x1F90..=0x1F97 | 0x1FA0..=0x1FA7 => code_point + 8,
        0x1FB3 | 0x1FC3 | 0x1FF3 => code_point + 9,
        _ => single(code_point, char::to_uppercase),
    }
}

/// The lower-case form of one code point.
pub fn lower(code_point: u32) -> u32 {
    if let 0..0x80 = code_point {
        return u32::from((code_point as u8).to_ascii_lowercase());
    }
    single(code_point, char::to_lowercase)
}

/// The upper-case form that ordinal comparison uses.
fn ordinal_upper(code_point: u32) -> u32 {
    if code_point == LONG_S { LONG_S } else { upper(code_point) }
}

/// The mapping, unless it gives several characters.
fn single<I: Iterator<Item = char>>(code_point: u32, mapping: fn(char) -> I) -> u32 {
    let Some(character) = char::from_u32(code_point) else { return code_point };
    let mut mapped = mapping(character);
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => u32::from(only),
        _ => code_point,
    }
}

/// What `Char.ToUpperInvariant(unit)` gives.
pub fn upper_unit(unit: u16) -> u16 {
    u16::try_from(upper(u32::from(unit))).unwrap_or(unit)
}

/// What `Char.ToLowerInvariant(unit)` gives.
pub fn lower_unit(unit: u16) -> u16 {
    u16::try_from(lower(u32::from(unit))).unwrap_or(unit)
}

/// Writes what `text.ToUpperInvariant()` gives: `straße` becomes `STRAßE`.
pub fn write_upper(out: &mut Vec<u8>, text: &[u8]) {
    write_mapped(out, text, <[u8]>::make_ascii_uppercase, upper);
}

/// Writes what `text.ToLowerInvariant()` gives.
pub fn write_lower(out: &mut Vec<u8>, text: &[u8]) {
    write_mapped(out, text, <[u8]>::make_ascii_lowercase, lower);
}

fn write_mapped(out: &mut Vec<u8>, text: &[u8], ascii: fn(&mut [u8]), mapping: fn(u32) -> u32) {
    out.reserve(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let plain = if rest.is_ascii() { rest.len() } else { rest.iter().take_while(|byte| byte.is_ascii()).count() };
        let (before, after) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        let start = out.len();
        out.extend_from_slice(before);
        ascii(out.get_mut(start..).unwrap_or_default());
        let Some((code_point, length)) = wtf8::first_code_point(after) else { return };
        wtf8::push_code_point(out, mapping(code_point));
        rest = after.get(length..).unwrap_or_default();
    }
}

/// What `String.CompareOrdinal(a, b)` tells by its sign: the order of UTF-16 code units.
pub fn compare_ordinal(a: &[u8], b: &[u8]) -> Ordering {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    match (a.get(same), b.get(same)) {
        // Bytes order code points; surrogates of the planes above are below U+E000 and U+F000 to U+FFFF in code units.
        (Some(a @ 0xEE..), Some(b @ 0xEE..)) => {
            let rank = |byte: &u8| (*byte < 0xF0, *byte);
            rank(a).cmp(&rank(b))
        }
        (a, b) => a.cmp(&b),
    }
}

/// What `String.Compare(a, b, StringComparison.OrdinalIgnoreCase)` tells by its sign: the order of the code units in
/// upper case, so `_` comes after `a`.
pub fn compare_ordinal_ignore_case(a: &[u8], b: &[u8]) -> Ordering {
    let (mut a, mut b) = (wtf8::code_points(a), wtf8::code_points(b));
    loop {
        match (a.next().map(ordinal_upper), b.next().map(ordinal_upper)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return unit_rank(a).cmp(&unit_rank(b)),
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
        }
    }
}

/// Orders code points as their UTF-16 code units are ordered.
const fn unit_rank(code_point: u32) -> u32 {
    match code_point {
        0xE000..=0xFFFF => code_point + 0x11_0000,
        // Lone surrogates stand with the pairs that start with the same unit.
        0xD800..=0xDFFF => 0x1_0000 + ((code_point - 0xD800) << 10),
        _ => code_point,
    }
}

/// What `String.Equals(a, b, StringComparison.OrdinalIgnoreCase)` gives.
pub fn equals_ordinal_ignore_case(a: &[u8], b: &[u8]) -> bool {
    if a.len() == b.len() && a.eq_ignore_ascii_case(b) {
        return true;
    }
    // Without letters beyond ASCII there is nothing else that could be equal.
    !(a.is_ascii() && b.is_ascii()) && compare_ordinal_ignore_case(a, b).is_eq()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mapped(write: fn(&mut Vec<u8>, &[u8]), text: &str) -> String {
        let mut out = Vec::new();
        write(&mut out, text.as_bytes());
        String::from_utf8(out).unwrap()
    }

    /// Source: .NET Core 3.1 as recorded in the reference, and the simple case mappings of Unicode.
    #[test]
    fn letters_map_one_to_one() {
        for (text, upper, lower) in [
            ("Straße é", "STRAßE É", "straße é"),
            ("iİıI", "IİıI", "iİıi"),
            ("ﬁ ŉ", "ﬁ ŉ", "ﬁ ŉ"),
            ("ᾳ ᾀ", "ᾼ ᾈ", "ᾳ ᾀ"),
            ("ΣΑΣ", "ΣΑΣ", "σασ"),
            ("𐐨", "𐐀", "𐐨"),
            ("GET /a-b", "GET /A-B", "get /a-b"),
        ] {
            assert_eq!(mapped(write_upper, text), upper);
            assert_eq!(mapped(write_lower, text), lower);
        }
        assert_eq!((upper_unit(0x71), lower_unit(0x51), upper_unit(0xD801)), (0x51, 0x71, 0xD801));
    }

    /// Source: mono.
    #[test]
    fn ordinal_order_is_that_of_code_units() {
        for (a, b, expected) in [
            ("a", "B", Ordering::Greater),
            ("a", "ab", Ordering::Less),
            ("\u{FFFD}", "😀", Ordering::Greater),
            ("\u{E000}", "😀", Ordering::Greater),
            ("\u{D7FF}", "😀", Ordering::Less),
            ("é", "z", Ordering::Greater),
        ] {
            assert_eq!(compare_ordinal(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
            assert_eq!(compare_ordinal(b.as_bytes(), a.as_bytes()), expected.reverse(), "{b} {a}");
        }
        for (a, b, expected) in [
            ("b", "A", Ordering::Greater),
            ("_", "a", Ordering::Greater),
            ("X-Id", "x-ID", Ordering::Equal),
            ("É", "é", Ordering::Equal),
            ("ſ", "s", Ordering::Greater),
            ("\u{FFFD}", "😀", Ordering::Greater),
            ("a", "AB", Ordering::Less),
        ] {
            assert_eq!(compare_ordinal_ignore_case(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
            assert_eq!(equals_ordinal_ignore_case(a.as_bytes(), b.as_bytes()), expected.is_eq(), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn ordinal_order_agrees_with_utf16(a in "[a\u{7ff}\u{d7ff}\u{e000}\u{ffff}\u{10000}😀]{0,3}", b in "[a\u{7ff}\u{d7ff}\u{e000}\u{ffff}\u{10000}😀]{0,3}") {
            let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
            prop_assert_eq!(compare_ordinal(a.as_bytes(), b.as_bytes()), units(&a).cmp(&units(&b)));
        }
    }
}
