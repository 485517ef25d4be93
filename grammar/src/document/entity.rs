//! Entities: `&lt;`, `&quot;`, `&#10;` and what they stand for.
//!
//! Only the five names that XML itself knows and character references: a policy document has no document type, so it
//! can define no other.

use super::characters::is_allowed;

/// What stands at an ampersand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A reference of `len` bytes that stands for `character`.
    Character { character: char, len: usize },
    /// A reference to a character by a number that no character may have.
    BadNumber { len: usize },
    /// Well formed, but nobody has defined this name.
    UnknownName { len: usize },
    /// Only an ampersand.
    Bare,
}

/// The longest name or number looked at, in bytes: long enough for any name that someone hoped for.
const LONGEST: usize = 40;

/// What begins at `at`, where an ampersand stands.
pub(super) fn reference(text: &str, at: usize) -> Reference {
    let rest = text.get(at + 1..).unwrap_or_default();
    let Some(end) = rest.bytes().take(LONGEST).position(|b| !(b.is_ascii_alphanumeric() || b"#_-.:".contains(&b)))
    else {
        return Reference::Bare;
    };
    let name = rest.get(..end).unwrap_or_default();
    if rest.as_bytes().get(end) != Some(&b';') || name.is_empty() {
        return Reference::Bare;
    }
    let len = end + 2;
    if let Some(number) = name.strip_prefix('#') {
        return match number_of(number).and_then(char::from_u32).filter(|c| is_allowed(*c)) {
            Some(character) => Reference::Character { character, len },
            None => Reference::BadNumber { len },
        };
    }
    let character = match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        _ if name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_') => {
            return Reference::UnknownName { len };
        }
        _ => return Reference::Bare,
    };
    Reference::Character { character, len }
}

fn number_of(digits: &str) -> Option<u32> {
    match digits.strip_prefix('x') {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok(),
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_ampersands() {
        let character = |character, len| Reference::Character { character, len };
        let cases = [
            ("&lt;", character('<', 4)),
            ("&quot;x", character('"', 6)),
            ("&#10;", character('\n', 5)),
            ("&#x1F600;", character('😀', 9)),
            ("&#x22;", character('"', 6)),
            ("&#0;", Reference::BadNumber { len: 4 }),
            ("&#xD800;", Reference::BadNumber { len: 8 }),
            ("&#99999999999;", Reference::BadNumber { len: 14 }),
            ("&#x;", Reference::BadNumber { len: 4 }),
            ("&#+1;", Reference::Bare),
            ("&nbsp;", Reference::UnknownName { len: 6 }),
            ("&State=state", Reference::Bare),
            ("&a b;", Reference::Bare),
            ("& ", Reference::Bare),
            ("&", Reference::Bare),
            ("&;", Reference::Bare),
            ("&lt", Reference::Bare),
            ("&é;", Reference::Bare),
        ];
        for (text, expected) in cases {
            assert_eq!(reference(text, 0), expected, "{text:?}");
        }
    }
}
