//! Linguistic order of the invariant culture: `String.Compare`, `CompareTo` and `OrderBy` of strings.
//!
//! Strings are compared on four levels, each of which counts only if those before find no difference: letters, digits
//! and signs; accents; case, small before capital; and last the hyphens and apostrophes, which are otherwise ignored:
//! fewer come first, then those further ahead.
//! So `_ 1 a -a A b B` is in order.
//!
//! Source: the order of Windows and the Framework, with mono as judge. .NET Core with ICU sorts letters the same and
//! signs otherwise. Exact for ASCII, near for the rest of the Latin, Greek and Cyrillic letters, by code point beyond.
//!
//! Not here: ordinal order ([`casing`](super::casing)).

use std::cmp::Ordering;

use unicode_normalization::char::decompose_canonical;

use super::casing;
use crate::format::wtf8;

/// How strings are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Small letters come before capitals.
    Sensitive,
    /// Case makes no difference.
    Ignored,
}

/// What `String.Compare(a, b)` tells by its sign.
pub fn compare(a: &[u8], b: &[u8], case: Case) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    if a.is_ascii() && b.is_ascii() {
        return compare_ascii(a, b, case).then_with(|| compare_marks(a, b));
    }
    compare_level(a, b, |element| (element.primary > 0).then_some(element.primary))
        .then_with(|| compare_accents(a, b))
        .then_with(|| match case {
            Case::Sensitive => {
                compare_level(a, b, |element| (element.primary > 0).then_some(u32::from(element.tertiary)))
            }
            Case::Ignored => Ordering::Equal,
        })
        .then_with(|| compare_marks(a, b))
}

/// What the characters count on the first level: the same for texts that are equal, whatever their case.
pub fn letters(text: &[u8]) -> impl Iterator<Item = u32> {
    elements(text).map(|element| element.primary).filter(|primary| *primary > 0)
}

/// The first three levels of texts that have no accents, in one pass.
fn compare_ascii(a: &[u8], b: &[u8], case: Case) -> Ordering {
    let letters = |text| <[u8]>::iter(text).map(|byte| ascii(*byte)).filter(|element| element.primary > 0);
    let (mut a, mut b) = (letters(a), letters(b));
    let mut by_case = Ordering::Equal;
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a.primary == b.primary => {
                by_case = by_case.then(a.tertiary.cmp(&b.tertiary));
            }
            (Some(a), Some(b)) => return a.primary.cmp(&b.primary),
            (Some(_), None) => return Ordering::Greater,
            (None, Some(_)) => return Ordering::Less,
            (None, None) if case == Case::Ignored => return Ordering::Equal,
            (None, None) => return by_case,
        }
    }
}

/// Compares the ignored marks: by their number, then by their places.
fn compare_marks(a: &[u8], b: &[u8]) -> Ordering {
    marks(a).count().cmp(&marks(b).count()).then_with(|| marks(a).cmp(marks(b)))
}

/// What one character counts on each level. Only ignored marks have no primary weight and a mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Element {
    /// Letter, digit or sign; 0 if it is ignored.
    primary: u32,
    /// The accent; of a combining mark it counts for the letter before.
    secondary: u16,
    /// Small letters 0, capitals 1, other forms 2.
    tertiary: u8,
    /// The order among hyphens and apostrophes.
    mark: u8,
}

fn compare_level(a: &[u8], b: &[u8], weight: impl Fn(&Element) -> Option<u32>) -> Ordering {
    let weights = |text| elements(text).filter_map(|element| weight(&element));
    weights(a).cmp(weights(b))
}

/// Compares the accents letter by letter, so that those of combining marks belong to the letter before them.
fn compare_accents(a: &[u8], b: &[u8]) -> Ordering {
    let (mut a, mut b) = (elements(a).peekable(), elements(b).peekable());
    loop {
        let (first, second) = (next_accents(&mut a), next_accents(&mut b));
        match (first, second) {
            (None, None) => return Ordering::Equal,
            (first, second) if first == second => {}
            (first, second) => return first.cmp(&second),
        }
    }
}

/// The accents of the next letter; three are more than any has.
fn next_accents(elements: &mut std::iter::Peekable<impl Iterator<Item = Element>>) -> Option<[u16; 3]> {
    let letter = elements.find(|element| element.primary > 0 || element.secondary > 0)?;
    let mut accents = [letter.secondary, 0, 0];
    let mut slots = accents.iter_mut().skip(usize::from(letter.secondary > 0));
    while let Some(mark) = elements.next_if(|element| element.primary == 0) {
        if mark.secondary > 0
            && let Some(slot) = slots.next()
        {
            *slot = mark.secondary;
        }
    }
    Some(accents)
}

/// The ignored marks, each with the number of characters before it that are not.
fn marks(text: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let mut position = 0;
    elements(text).filter_map(move |element| {
        position += usize::from(element.primary > 0);
        (element.mark > 0).then_some((position, element.mark))
    })
}

/// The elements of a text, ligatures as two.
fn elements(text: &[u8]) -> impl Iterator<Item = Element> {
    wtf8::code_points(text).flat_map(|code_point| {
        if let 0..0x80 = code_point {
            return [Some(ascii(code_point as u8)), None, None, None].into_iter().flatten();
        }
        beyond_ascii(code_point).into_iter().flatten()
    })
}

/// The signs of ASCII and Latin-1 in their order; the digits and letters follow.
const SIGNS: &str = " \u{a0}\t\n\u{b}\u{c}\r!\"#$%&()*,./:;?@[\\]^_`{|}~¡¦¨¯´¸¿+<=>±«»×÷¢£¤¥§©¬®°µ¶·";

const OTHER_SIGNS: u32 = 0x100;
const DIGITS: u32 = 0x20_0000;
const LATIN: u32 = 0x20_0100;
const OTHER_LETTERS: u32 = 0x20_1000;

/// The weights of the ASCII characters, made once when the crate is compiled.
static ASCII: [Element; 128] = {
    let mut table = [Element { primary: 0, secondary: 0, tertiary: 0, mark: 0 }; 128];
    let mut rest: &mut [Element] = &mut table;
    let mut byte = 0u8;
    while let Some((element, tail)) = rest.split_first_mut() {
        element.primary = match byte {
            b'0'..=b'9' => DIGITS + (byte - b'0') as u32,
            b'a'..=b'z' => LATIN + (byte - b'a') as u32,
            b'A'..=b'Z' => LATIN + (byte - b'A') as u32,
            _ => sign_weight(byte as u32),
        };
        element.tertiary = byte.is_ascii_uppercase() as u8;
        element.mark = match byte {
            b'\'' => 1,
            b'-' => 2,
            _ => 0,
        };
        rest = tail;
        byte += 1;
    }
    table
};

/// The place of a sign in [`SIGNS`], from 1; 0 if it is not there.
const fn sign_weight(code_point: u32) -> u32 {
    let mut bytes = SIGNS.as_bytes();
    let mut place = 1;
    while let [first, tail @ ..] = bytes {
        let found = match tail {
            [second, rest @ ..] if *first >= 0xC0 => {
                bytes = rest;
                (*first as u32 & 0x1F) << 6 | *second as u32 & 0x3F
            }
            _ => {
                bytes = tail;
                *first as u32
            }
        };
        if found == code_point {
            return place;
        }
        place += 1;
    }
    0
}

#[inline]
fn ascii(byte: u8) -> Element {
    ASCII.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Combining marks in the order of their accents.
const ACCENTS: [char; 18] = [
    '\u{301}', '\u{300}', '\u{307}', '\u{302}', '\u{308}', '\u{30C}', '\u{306}', '\u{304}', '\u{303}', '\u{30A}',
    '\u{328}', '\u{327}', '\u{30B}', '\u{323}', '\u{309}', '\u{31B}', '\u{326}', '\u{338}',
];

/// A letter with a stroke through it, or another form that is no accent of Unicode's.
const STROKE: u16 = 0x40;
const OTHER_ACCENT: u16 = 0x50;

fn accent(mark: char) -> u16 {
    match ACCENTS.iter().position(|accent| *accent == mark) {
        Some(place) => place as u16 + 2,
        None => OTHER_ACCENT + (u32::from(mark) & 0xFF) as u16,
    }
}

const fn is_combining(code_point: u32) -> bool {
    matches!(code_point, 0x300..=0x36F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// The elements of a character beyond ASCII: at most two letters, or a letter and its accents.
fn beyond_ascii(code_point: u32) -> [Option<Element>; 4] {
    let mut found = [None; 4];
    let mut slots = found.iter_mut();
    let mut push = |element: Element| {
        if let Some(slot) = slots.next() {
            *slot = Some(element);
        }
    };
    let Some(character) = char::from_u32(code_point) else {
        push(Element { primary: OTHER_LETTERS + code_point, ..Element::default() });
        return found;
    };
    match latin_letters(character) {
        Some(letters) => {
            let capital = u8::from(character.is_uppercase());
            letters.bytes().for_each(|letter| push(Element { tertiary: capital, ..ascii(letter) }));
        }
        None => decompose_canonical(character, |part| push(single(part))),
    }
    found
}

/// The two letters that some characters are sorted as.
const fn latin_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ĳ' | 'Ĳ' => "ij",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return None,
    })
}

/// The weights of a character that cannot be taken apart.
fn single(character: char) -> Element {
    let code_point = u32::from(character);
    if let 0..0x80 = code_point {
        return ascii(code_point as u8);
    }
    if is_combining(code_point) {
        return Element { secondary: accent(character), ..Element::default() };
    }
    let variant = |letter: u8, secondary, tertiary| Element { secondary, tertiary, ..ascii(letter) };
    let capital = u8::from(character.is_uppercase());
    match character {
        '\u{80}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Element::default(),
        '\u{ad}' | '\u{2010}'..='\u{2015}' => Element { mark: 3, ..Element::default() },
        'ª' => variant(b'a', 0, 2),
        'º' => variant(b'o', 0, 2),
        '¹' => variant(b'1', 0, 2),
        '²' => variant(b'2', 0, 2),
        '³' => variant(b'3', 0, 2),
        'đ' | 'Đ' => variant(b'd', STROKE, capital),
        'ð' | 'Ð' => variant(b'd', STROKE + 1, capital),
        'ħ' | 'Ħ' => variant(b'h', STROKE, capital),
        'ı' => variant(b'i', 1, 0),
        'ł' | 'Ł' => variant(b'l', STROKE, capital),
        'ø' | 'Ø' => variant(b'o', STROKE, capital),
        'ŧ' | 'Ŧ' => variant(b't', STROKE, capital),
        'ſ' => variant(b's', 0, 0),
        _ => {
            let small = casing::lower(code_point);
            let primary = match sign_weight(code_point) {
                0 if character.is_alphanumeric() => OTHER_LETTERS + small,
                0 => OTHER_SIGNS + code_point,
                weight => weight,
            };
            Element { primary, tertiary: capital, ..Element::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(a: &str, b: &str) -> Ordering {
        compare(a.as_bytes(), b.as_bytes(), Case::Sensitive)
    }

    /// Source: mono, and the reference for the first row.
    #[test]
    fn words_are_in_linguistic_order() {
        for words in [
            "_ 1 a -a A b B",
            "# $ % @ _ _a 1 10 2 a A ä Ä ab aB Ab AB b B coop co-op z",
            "resume Resume résumé Résumé resumes",
            "coon co-op coos",
            "e E é É è ê ë eb",
            "a b c ß st z α я 中",
            "o ø oz öz p",
        ] {
            let expected: Vec<&str> = words.split(' ').collect();
            let mut sorted = expected.clone();
            sorted.reverse();
            sorted.sort_by(|a, b| order(a, b));
            assert_eq!(sorted, expected);
        }
    }

    /// Source: mono.
    #[test]
    fn some_differences_are_none_or_come_last() {
        for (a, b, expected) in [
            ("abc", "abc", Ordering::Equal),
            ("e\u{301}", "é", Ordering::Equal),
            ("ß", "ss", Ordering::Equal),
            ("æ", "ae", Ordering::Equal),
            ("a\0b", "ab", Ordering::Equal),
            ("Å", "\u{212b}", Ordering::Equal),
            ("a-b", "a'b", Ordering::Greater),
            ("a-b", "ab-", Ordering::Less),
            ("--a", "-a", Ordering::Greater),
            ("-", "", Ordering::Greater),
            ("-", "a", Ordering::Less),
            ("1-2", "12", Ordering::Greater),
            ("a_b", "ab", Ordering::Less),
            ("", "a", Ordering::Less),
        ] {
            assert_eq!(order(a, b), expected, "{a:?} {b:?}");
            assert_eq!(order(b, a), expected.reverse(), "{b:?} {a:?}");
        }
        assert_eq!(compare(b"ABC", b"abc", Case::Ignored), Ordering::Equal);
        assert_eq!(compare("É".as_bytes(), "e".as_bytes(), Case::Ignored), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[-a-cA-C'éàß_ 1\u{301}]{0,5}", b in "[-a-cA-C'éàß_ 1\u{301}]{0,5}", c in "[-a-cA-C'éàß_ 1\u{301}]{0,5}") {
            prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
            if order(&a, &b).is_le() && order(&b, &c).is_le() {
                prop_assert!(order(&a, &c).is_le());
            }
        }
    }
}
