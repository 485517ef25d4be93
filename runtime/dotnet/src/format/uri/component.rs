//! Escaping of the parts of a URI into their canonical form, and back for display.
//!
//! Not here: which part is which ([`parse`](super::parse)).

use crate::format::hex::{digit_value, upper_digit};
use crate::format::wtf8;

/// Whether a character never needs an escape.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether a character separates parts of a URI, so that it and its escape differ.
const fn is_reserved(byte: u8) -> bool {
    matches!(
        byte,
        b':' | b'/'
            | b'?'
            | b'#'
            | b'['
            | b']'
            | b'@'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
    )
}

/// Whether an escape stays in the canonical form: its character separates or might be taken for something else.
const fn stays_escaped(byte: u8) -> bool {
    matches!(byte, 0..=0x1F | 0x7F | b'#'..=b'&' | b'+' | b',' | b'/' | b';' | b'=' | b'?' | b'@' | b'\\')
}

/// The byte that an escape at the start of the text stands for.
fn escaped_byte(text: &[u8]) -> Option<u8> {
    match text {
        [b'%', high, low, ..] => Some(digit_value(*high)? << 4 | digit_value(*low)?),
        _ => None,
    }
}

fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(&[b'%', upper_digit(byte >> 4), upper_digit(byte & 0xF)]);
}

fn push_character(out: &mut Vec<u8>, byte: u8) {
    if is_unreserved(byte) || is_reserved(byte) { out.push(byte) } else { push_escaped(out, byte) }
}

/// How escapes of a text come into canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// They stay as they are.
    Kept,
    /// Those that need not be are undone, and the others made anew unless their character separates.
    Renewed,
}

impl Escapes {
    /// .NET looks into escapes only if the whole text has characters beyond ASCII, escaped or not, or an escape of a
    /// character that never needs one.
    pub(super) fn of(text: &[u8]) -> Self {
        if !text.is_ascii() {
            return Self::Renewed;
        }
        let mut escapes = text.iter().enumerate().filter(|(_, byte)| **byte == b'%');
        if escapes.any(|(at, _)| escaped_byte(text.get(at..).unwrap_or_default()).is_some_and(is_unreserved)) {
            return Self::Renewed;
        }
        let mut unescaped = Vec::new();
        write_unescaped(&mut unescaped, text);
        if unescaped.is_ascii() { Self::Kept } else { Self::Renewed }
    }
}

/// Writes a part in canonical form, in which everything has an escape that needs one.
pub(super) fn write_canonical(out: &mut Vec<u8>, text: &[u8], escapes: Escapes) {
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        let length = match (byte, escaped_byte(rest)) {
            (b'%', Some(escaped)) => {
                match escaped {
                    _ if escapes == Escapes::Kept => out.extend_from_slice(rest.get(..3).unwrap_or_default()),
                    0x80.. => push_escaped(out, escaped),
                    // Reserved characters keep the escape as it was written, brackets and colon too.
                    _ if stays_escaped(escaped) || matches!(escaped, b':' | b'[' | b']') => {
                        out.extend_from_slice(rest.get(..3).unwrap_or_default());
                    }
                    _ => push_character(out, escaped),
                }
                3
            }
            (0..0x80, _) => {
                push_character(out, byte);
                1
            }
            _ => {
                let (code_point, length) = wtf8::first_code_point(rest).unwrap_or((0xFFFD, 1));
                let character = char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER);
                character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_escaped(out, byte));
                length
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Writes a part for display: escapes are undone unless their character separates, controls, or is no UTF-8.
pub(super) fn write_unescaped(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    let mut bytes = Vec::new();
    while let Some(&byte) = rest.first() {
        match escaped_byte(rest) {
            Some(escaped @ 0x80..) => {
                bytes.push(escaped);
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            Some(escaped) => {
                flush(out, &mut bytes);
                if stays_escaped(escaped) {
                    out.extend_from_slice(rest.get(..3).unwrap_or_default());
                } else {
                    out.push(escaped);
                }
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                flush(out, &mut bytes);
                out.push(byte);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    flush(out, &mut bytes);
}

/// Writes the bytes of escapes beyond ASCII: as characters, or as escapes again where they make none.
fn flush(out: &mut Vec<u8>, bytes: &mut Vec<u8>) {
    for chunk in bytes.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        chunk.invalid().iter().for_each(|byte| push_escaped(out, *byte));
    }
    bytes.clear();
}

/// Writes a query or fragment for display as it was written: its backslashes show.
pub(super) fn write_visible(out: &mut Vec<u8>, text: &[u8], escapes: Escapes) {
    for (index, piece) in text.split(|byte| *byte == b'\\').enumerate() {
        if index > 0 {
            out.push(b'\\');
        }
        let mut canonical = Vec::new();
        write_canonical(&mut canonical, piece, escapes);
        write_unescaped(out, &canonical);
    }
}

/// The path without `.` and `..` segments; both end the path with a slash if they are last.
pub(super) fn without_dot_segments(path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let Some(rooted) = path.strip_prefix(b"/") else { return path.to_vec() };
    out.push(b'/');
    let mut segments = rooted.split(|byte| *byte == b'/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            b"." => {}
            b".." => {
                out.pop();
                let last_slash = out.iter().rposition(|byte| *byte == b'/').map_or(0, |last| last + 1);
                out.truncate(last_slash);
                if out.is_empty() {
                    out.push(b'/');
                }
            }
            _ => {
                out.extend_from_slice(segment);
                if segments.peek().is_some() {
                    out.push(b'/');
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono.
    #[test]
    fn parts_have_a_canonical_and_a_visible_form() {
        for (text, canonical, visible) in [
            ("/%c3%a9%e9%3c%3C%2f%2F%20%7e%21", "/%C3%A9%E9%3C%3C%2f%2F%20~!", "/é%E9<<%2f%2F ~!"),
            ("?%c3%a9%e9%3c%2f%20%7e\\", "?%C3%A9%E9%3C%2f%20~%5C", "?é%E9<%2f ~\\"),
            ("/%zz%", "/%25zz%25", "/%25zz%25"),
            ("/%3c<%5c", "/%3c%3C%5c", "/<<%5c"),
            ("/a%3a:b", "/a%3a:b", "/a::b"),
            ("/é 😀", "/%C3%A9%20%F0%9F%98%80", "/é 😀"),
            ("/<>\"{}|^`[]", "/%3C%3E%22%7B%7D%7C%5E%60[]", "/<>\"{}|^`[]"),
        ] {
            let escapes = Escapes::of(text.as_bytes());
            let mut out = Vec::new();
            write_canonical(&mut out, text.as_bytes(), escapes);
            assert_eq!(String::from_utf8(out).unwrap(), canonical);
            let mut out = Vec::new();
            write_visible(&mut out, text.as_bytes(), escapes);
            assert_eq!(String::from_utf8(out).unwrap(), visible);
        }
    }

    #[test]
    fn dot_segments_are_removed() {
        for (path, expected) in [
            ("/a/b/../c", "/a/c"),
            ("/../..", "/"),
            ("/./a/.", "/a/"),
            ("/a/..", "/"),
            ("/a//b///", "/a//b///"),
            ("/a//../b", "/a/b"),
            ("/.../x", "/.../x"),
            ("/a/b.", "/a/b."),
            ("/", "/"),
            ("a/../b", "a/../b"),
        ] {
            assert_eq!(without_dot_segments(path.as_bytes()), expected.as_bytes(), "{path}");
        }
    }
}
