//! Paths and queries as policies change them: names of parameters, and escapes.
//!
//! Not here: .NET's own escaping (`dotnet`).

use dotnet::context::url::decoded;
use dotnet::cx::Cx;

/// Whether the encoded name of a query parameter means this one: names are compared decoded and without regard to case.
#[must_use]
pub fn is_named(cx: &Cx<'_>, encoded: &[u8], name: &str) -> bool {
    if encoded.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        decoded(cx, encoded).eq_ignore_case(cx.str(name))
    } else {
        encoded.eq_ignore_ascii_case(name.as_bytes())
            || (!encoded.is_ascii() && cx.str_from_wtf8(encoded).eq_ignore_case(cx.str(name)))
    }
}

/// Writes a separator unless the query is still empty.
pub fn separate(query: &mut Vec<u8>) {
    if !query.is_empty() {
        query.push(b'&');
    }
}

/// The parts of a query as they stand, without empty ones: name, and the whole with its value.
pub fn parts(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|byte| *byte == b'&').filter(|part| !part.is_empty()).map(|part| {
        let end = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
        (part.get(..end).unwrap_or(part), part)
    })
}

/// What of a text may stand unescaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a path, as it is written: escapes stay.
    Path,
    /// In a query, as it is written: escapes stay.
    Query,
    /// In one segment of a path, as a value: every other character is escaped.
    Segment,
    /// In the rest of a path, as a value: slashes stay.
    Rest,
    /// In a query, as a value.
    Value,
}

/// Appends a text with every character escaped that may not stand in its place.
pub fn escape(out: &mut Vec<u8>, text: &[u8], place: Place) {
    for (index, byte) in text.iter().copied().enumerate() {
        let stays = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' | b'.' | b'_' | b'~' => true,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {
                place != Place::Value
            }
            b'/' => !matches!(place, Place::Segment | Place::Value),
            b'?' => place == Place::Query,
            b'%' => {
                let is_hex = |at: usize| text.get(at).is_some_and(u8::is_ascii_hexdigit);
                matches!(place, Place::Path | Place::Query) && is_hex(index + 1) && is_hex(index + 2)
            }
            _ => false,
        };
        if stays {
            out.push(byte);
        } else {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).map_or(b'0', |c| c.to_ascii_uppercase() as u8);
            out.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_stand_in_its_place_is_escaped() {
        let cases = [
            (Place::Path, "/a b/%20/%zz?#é", "/a%20b/%20/%25zz%3F%23%C3%A9"),
            (Place::Query, "a=b c&d=?/%41{\r\n", "a=b%20c&d=?/%41%7B%0D%0A"),
            (Place::Segment, "../a%2F:@", "..%2Fa%252F:@"),
            (Place::Rest, "a/b?c", "a/b%3Fc"),
            (Place::Value, "a&b=c/+é", "a%26b%3Dc%2F%2B%C3%A9"),
        ];
        for (place, text, expected) in cases {
            let mut out = Vec::new();
            escape(&mut out, text.as_bytes(), place);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{place:?}");
        }
    }

    #[test]
    fn parts_of_a_query_keep_their_form() {
        let found: Vec<_> = parts(b"a=1&&b&c=").map(|(name, part)| (name.to_vec(), part.to_vec())).collect();
        let expected = [("a", "a=1"), ("b", "b"), ("c", "c=")];
        assert_eq!(found, expected.map(|(name, part)| (name.as_bytes().to_vec(), part.as_bytes().to_vec())));
    }
}
