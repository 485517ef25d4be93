//! The one form of a path: no dots that lead elsewhere, no escapes that say nothing.
//!
//! What a backend could read as another path than the one that was matched is refused.

use std::borrow::Cow;

/// A path that backends and this gateway might read differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsoundPath;

/// A path in its one form: escapes of letters, digits, `-`, `.`, `_` and `~` are decoded, and `.` and `..` are followed
/// (RFC 3986, 6.2.2). A path that is in this form already is not copied.
///
/// # Errors
/// If the path has a backslash, a broken escape, an escaped NUL, or dots behind escaped slashes or before parameters,
/// which some servers follow and others do not.
pub fn normalize(path: &str) -> Result<Cow<'_, str>, UnsoundPath> {
    let mut before = b'\0';
    for byte in path.bytes() {
        if byte == b'%' || byte == b'\\' || (byte == b'.' && before == b'/') {
            return normalize_slowly(path).map(Cow::Owned);
        }
        before = byte;
    }
    Ok(Cow::Borrowed(path))
}

#[cold]
fn normalize_slowly(path: &str) -> Result<String, UnsoundPath> {
    if path.contains('\\') {
        return Err(UnsoundPath);
    }
    let path = decode_unreserved(path)?;
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_dots = false;
    for segment in path.strip_prefix('/').ok_or(UnsoundPath)?.split('/') {
        ends_in_dots = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ if hides_dots(segment) => return Err(UnsoundPath),
            _ => kept.push(segment),
        }
    }
    let mut out = String::with_capacity(path.len());
    for segment in &kept {
        out.push('/');
        out.push_str(segment);
    }
    if ends_in_dots || out.is_empty() {
        out.push('/');
    }
    Ok(out)
}

fn decode_unreserved(path: &str) -> Result<String, UnsoundPath> {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('%') {
        out.push_str(before);
        let (escape, after) = behind.split_at_checked(2).ok_or(UnsoundPath)?;
        let byte = match escape.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            true => u8::from_str_radix(escape, 16).map_err(|_| UnsoundPath)?,
            false => return Err(UnsoundPath),
        };
        match byte {
            0 => return Err(UnsoundPath),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push_str(escape);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Whether some server would find `.` or `..` in a segment: between escaped slashes, or before parameters of a segment.
fn hides_dots(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    let pieces = lower.split("%2f").flat_map(|piece| piece.split("%5c"));
    let mut pieces = pieces.map(|piece| piece.split(';').next().unwrap_or(piece));
    let is_split = lower.contains("%2f") || lower.contains("%5c") || lower.contains(';');
    is_split && pieces.any(|piece| matches!(piece, "." | ".."))
}

/// The text of an escaped part of a path.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or(&[]);
            }
            None => {
                out.push(first);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_path_has_one_form() {
        let cases = [
            ("/a/b", Some("/a/b")),
            ("/", Some("/")),
            ("/a//b/", Some("/a//b/")),
            ("/a/./b", Some("/a/b")),
            ("/a/../b", Some("/b")),
            ("/../../b", Some("/b")),
            ("/a/..", Some("/")),
            ("/a/b/.", Some("/a/b/")),
            ("/a/%2e%2E/b", Some("/b")),
            ("/c%61rs/%7Ex", Some("/cars/~x")),
            ("/a/.well-known/x", Some("/a/.well-known/x")),
            ("/a/...", Some("/a/...")),
            ("/a%20b", Some("/a%20b")),
            ("/a%2fb", Some("/a%2fb")),
            ("/a/..%2fb", None),
            ("/a/x%2F..%2fb", None),
            ("/a/%2e%2e%5cb", None),
            ("/a/..;x=1/b", None),
            ("/a;x=../b", Some("/a;x=../b")),
            ("/a\\b", None),
            ("/a/%00", None),
            ("/a/%2", None),
            ("/a/%zz", None),
            ("/a/%+1", None),
            ("*", Some("*")),
        ];
        for (path, expected) in cases {
            assert_eq!(normalize(path).as_deref().ok(), expected, "{path}");
        }
    }

    #[test]
    fn escapes_are_decoded_once() {
        for (text, expected) in [("a", "a"), ("%41%2f", "A/"), ("%2541", "%41"), ("%", "%"), ("%e2%82%ac", "€")] {
            assert_eq!(decode(text), expected);
        }
    }
}
