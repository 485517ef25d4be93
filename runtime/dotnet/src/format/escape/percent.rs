//! Percent escapes: `Uri.EscapeDataString` and its kin, `WebUtility.UrlEncode` and `UrlDecode`.
//!
//! Not here: which parts of a URL are escaped when it is parsed.

use crate::format::hex::{digit_value, upper_digit};
use crate::format::{Exception, Fault, wtf8};

/// The bytes that an escape leaves alone.
#[derive(Debug, Clone, Copy)]
struct Safe([bool; 128]);

impl Safe {
    /// Letters, digits and these.
    const fn with(others: &[u8]) -> Self {
        let mut table = [false; 128];
        let mut byte = 0u8;
        while byte < 128 {
            if let Some(slot) = table.split_at_mut(byte as usize).1.first_mut() {
                *slot = byte.is_ascii_alphanumeric();
            }
            byte += 1;
        }
        let mut rest = others;
        while let [first, tail @ ..] = rest {
            if let Some(slot) = table.split_at_mut(*first as usize).1.first_mut() {
                *slot = true;
            }
            rest = tail;
        }
        Self(table)
    }

    #[inline]
    fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }
}

/// What RFC 3986 calls unreserved.
static UNRESERVED: Safe = Safe::with(b"-._~");
/// Unreserved and reserved characters.
static URI: Safe = Safe::with(b"-._~:/?#[]@!$&'()*+,;=");
/// What `UrlEncoder.Default` leaves alone.
static FORM: Safe = Safe::with(b"!$()*,-.;@_~");
/// What `WebUtility` leaves alone.
static WEB: Safe = Safe::with(b"-_.!*()");

fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(&[b'%', upper_digit(byte >> 4), upper_digit(byte & 0xF)]);
}

/// Escapes what is not safe; `plus` writes a space as `+`. Lone surrogates become U+FFFD.
fn escape(out: &mut Vec<u8>, text: &[u8], safe: &Safe, plus: bool) {
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        let plain = rest.iter().take_while(|byte| safe.has(**byte)).count();
        if plain > 0 {
            out.extend_from_slice(rest.get(..plain).unwrap_or_default());
            rest = rest.get(plain..).unwrap_or_default();
        } else if byte < 0x80 {
            if byte == b' ' && plus {
                out.push(b'+')
            } else {
                push_escaped(out, byte)
            }
            rest = rest.get(1..).unwrap_or_default();
        } else {
            let Some((code_point, length)) = wtf8::first_code_point(rest) else { return };
            let character = char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER);
            character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_escaped(out, byte));
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// Writes what `Uri.EscapeDataString(text)` gives: everything but letters, digits and `-._~` in percent escapes.
///
/// # Throws
/// `UriFormatException` for a high surrogate that stands alone or at the end, as .NET Core 3.1 does it.
pub fn escape_data_string(out: &mut Vec<u8>, text: &[u8]) -> Result<(), Fault> {
    check_surrogates(text)?;
    escape(out, text, &UNRESERVED, false);
    Ok(())
}

/// Writes what `Uri.EscapeUriString(text)` gives: reserved characters stay, `%` does not.
///
/// # Throws
/// As [`escape_data_string`] does.
pub fn escape_uri_string(out: &mut Vec<u8>, text: &[u8]) -> Result<(), Fault> {
    check_surrogates(text)?;
    escape(out, text, &URI, false);
    Ok(())
}

/// Writes what `UrlEncoder.Default.Encode(text)` gives, which forms are written with: a space becomes `%20`,
/// `!$()*,-.;@_~` stay.
pub fn form_encode(out: &mut Vec<u8>, text: &[u8]) {
    escape(out, text, &FORM, false);
}

/// Writes what `UriBuilder.Path` makes of a path: reserved characters and escapes stay, but for `?` and `#`.
pub fn escape_path(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while !rest.is_empty() {
        let is_marked = |byte: &u8| matches!(byte, b'?' | b'#' | b'%');
        let end = rest.iter().position(is_marked).unwrap_or(rest.len());
        let (before, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        escape(out, before, &URI, false);
        rest = match (escaped_byte(after), after) {
            (Some(_), [first, second, third, tail @ ..]) => {
                out.extend_from_slice(&[*first, *second, *third]);
                tail
            }
            (_, [first, tail @ ..]) => {
                push_escaped(out, *first);
                tail
            }
            (_, []) => &[],
        };
    }
}

/// Writes what `WebUtility.UrlEncode(text)` gives: a space becomes `+`, `-_.!*()` stay.
pub fn url_encode(out: &mut Vec<u8>, text: &[u8]) {
    escape(out, text, &WEB, true);
}

/// Writes what `HttpUtility.UrlEncode(text)` gives: as [`url_encode`], but with lower-case escapes.
pub fn url_encode_lower(out: &mut Vec<u8>, text: &[u8]) {
    url_encode_bytes_lower(out, wtf8::to_display(text).as_bytes());
}

/// Writes what `HttpUtility.UrlEncode(bytes)` gives: as [`url_encode_lower`], but the bytes need not be text.
pub fn url_encode_bytes_lower(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        match byte {
            b' ' => out.push(b'+'),
            _ if WEB.has(*byte) => out.push(*byte),
            _ => push_escaped_lower(out, *byte),
        }
    }
}

fn push_escaped_lower(out: &mut Vec<u8>, byte: u8) {
    let start = out.len();
    push_escaped(out, byte);
    out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
}

/// Writes what `HttpUtility.UrlEncodeUnicode(text)` gives: code units beyond ASCII as `%uXXXX`.
pub fn url_encode_unicode(out: &mut Vec<u8>, text: &[u8]) {
    for unit in wtf8::units(text) {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte) => url_encode_bytes_lower(out, &[byte]),
            None => {
                out.extend_from_slice(b"%u");
                for shift in [12, 8, 4, 0] {
                    out.push(upper_digit((unit >> shift) as u8 & 0xF).to_ascii_lowercase());
                }
            }
        }
    }
}

/// Writes what `HttpUtility.UrlPathEncode(text)` gives: blanks, control characters and characters beyond ASCII of the
/// path escaped. Of an absolute URL the fragment stays as well as the query.
pub fn url_path_encode(out: &mut Vec<u8>, text: &[u8]) {
    let is_absolute = text.windows(3).any(|part| part == b"://");
    let end = text.iter().position(|byte| *byte == b'?' || is_absolute && *byte == b'#').unwrap_or(text.len());
    let (path, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
    for byte in wtf8::to_display(path).bytes() {
        match byte {
            0x21..0x7F => out.push(byte),
            _ => push_escaped_lower(out, byte),
        }
    }
    out.extend_from_slice(rest);
}

/// Writes what `HttpUtility.UrlDecode(text)` gives: as [`url_decode`], and `%uXXXX` is a code unit.
pub fn url_decode_unicode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"%u") {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        let digits = after.get(2..6).unwrap_or_default();
        let unit = digits.iter().try_fold(0u16, |unit, digit| Some(unit << 4 | u16::from(digit_value(*digit)?)));
        let (plain, next) = match unit.filter(|_| digits.len() == 4) {
            Some(_) => (before, after.get(6..)),
            None => (rest.get(..at + 2).unwrap_or_default(), after.get(2..)),
        };
        url_decode(out, plain);
        if let Some(unit) = unit.filter(|_| digits.len() == 4) {
            wtf8::push_unit(out, unit);
        }
        rest = next.unwrap_or_default();
    }
    url_decode(out, rest);
}

/// Writes what `WebUtility.UrlEncodeToBytes(bytes)` gives: as [`url_encode`], but the bytes need not be text.
pub fn url_encode_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        match byte {
            b' ' => out.push(b'+'),
            _ if WEB.has(*byte) => out.push(*byte),
            _ => push_escaped(out, *byte),
        }
    }
}

/// Writes what `WebUtility.UrlDecodeToBytes(bytes)` gives: as [`url_decode`], but the bytes need not be text.
pub fn url_decode_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let (byte, length) = match first {
            b'+' => (b' ', 1),
            _ => escaped_byte(rest).map_or((first, 1), |byte| (byte, 3)),
        };
        out.push(byte);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Of each run of characters beyond ASCII the last may be a high surrogate only if more characters stand on both sides.
fn check_surrogates(text: &[u8]) -> Result<(), Fault> {
    if text.is_ascii() || std::str::from_utf8(text).is_ok() {
        return Ok(());
    }
    let mut units = wtf8::units(text).peekable();
    let mut run = 0;
    while let Some(unit) = units.next() {
        if unit < 0x80 {
            run = 0;
            continue;
        }
        run += 1;
        let ends_run = units.peek().is_none_or(|next| *next < 0x80);
        if ends_run && (0xD800..0xDC00).contains(&unit) && (run == 1 || units.peek().is_none()) {
            return Err(Fault::new(Exception::UriFormat, "Invalid URI: There is an invalid sequence in the string."));
        }
    }
    Ok(())
}

/// The byte that the text starts to escape, if it does.
fn escaped_byte(text: &[u8]) -> Option<u8> {
    match text {
        [b'%', high, low, ..] => Some(digit_value(*high)? << 4 | digit_value(*low)?),
        _ => None,
    }
}

/// Writes what `Uri.UnescapeDataString(text)` gives: escapes that are no escapes or no UTF-8 stay.
pub fn unescape_data_string(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    loop {
        let plain = rest.iter().position(|byte| *byte == b'%').unwrap_or(rest.len());
        let (before, after) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        push_text(out, before);
        rest = after;
        if rest.is_empty() {
            return;
        }
        let mut bytes = Vec::new();
        while let Some(byte) = escaped_byte(rest) {
            bytes.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        }
        if bytes.is_empty() {
            out.push(b'%');
            rest = rest.get(1..).unwrap_or_default();
        }
        for chunk in bytes.utf8_chunks() {
            push_text(out, chunk.valid().as_bytes());
            chunk.invalid().iter().for_each(|byte| push_escaped(out, *byte));
        }
    }
}

/// Writes what `WebUtility.UrlDecode(text)` gives: `+` becomes a space, bytes that are no UTF-8 become U+FFFD.
pub fn url_decode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    let mut bytes = Vec::new();
    while let Some(&first) = rest.first() {
        let (byte, length) = match first {
            b'+' => (b' ', 1),
            b'%' => escaped_byte(rest).map_or((b'%', 1), |byte| (byte, 3)),
            0..0x80 => (first, 1),
            _ => {
                // Characters beyond ASCII are no part of an escaped sequence.
                flush_lossy(out, &mut bytes);
                let length = wtf8::first_code_point(rest).map_or(1, |(_, length)| length);
                push_text(out, rest.get(..length).unwrap_or_default());
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
        };
        bytes.push(byte);
        rest = rest.get(length..).unwrap_or_default();
    }
    flush_lossy(out, &mut bytes);
}

fn flush_lossy(out: &mut Vec<u8>, bytes: &mut Vec<u8>) {
    for chunk in bytes.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            out.extend_from_slice("\u{FFFD}".as_bytes());
        }
    }
    bytes.clear();
}

/// Appends WTF-8, whose first surrogate may complete the last one of `out`.
fn push_text(out: &mut Vec<u8>, text: &[u8]) {
    match text {
        [0xED, 0xB0..=0xBF, _, rest @ ..] => {
            if let Some((code_point, _)) = wtf8::first_code_point(text) {
                wtf8::push_code_point(out, code_point);
            }
            out.extend_from_slice(rest);
        }
        _ => out.extend_from_slice(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    const SAMPLE: &str = "a b+c&d=é/~!*'()-_.?#[]@:,;$%";

    /// Source: .NET Core 3.1 and mono, as recorded in the reference.
    #[test]
    fn the_sample_is_escaped_as_in_dotnet() {
        assert_eq!(
            written(|out| escape_data_string(out, SAMPLE.as_bytes()).unwrap()),
            "a%20b%2Bc%26d%3D%C3%A9%2F~%21%2A%27%28%29-_.%3F%23%5B%5D%40%3A%2C%3B%24%25"
        );
        assert_eq!(
            written(|out| escape_uri_string(out, SAMPLE.as_bytes()).unwrap()),
            "a%20b+c&d=%C3%A9/~!*'()-_.?#[]@:,;$%25"
        );
        assert_eq!(
            written(|out| url_encode(out, SAMPLE.as_bytes())),
            "a+b%2Bc%26d%3D%C3%A9%2F%7E!*%27()-_.%3F%23%5B%5D%40%3A%2C%3B%24%25"
        );
        assert_eq!(written(|out| escape_data_string(out, "😀".as_bytes()).unwrap()), "%F0%9F%98%80");
    }

    /// Source: mono.
    #[test]
    fn escapes_are_undone() {
        for (input, data, url) in [
            ("a+b%20c%C3%A9%zz", "a+b cé%zz", "a b cé%zz"),
            ("%zz%4", "%zz%4", "%zz%4"),
            ("%e9%C3%A9%c3%28", "%E9é%C3(", "\u{fffd}é\u{fffd}("),
            ("%e2%82x%e2%82%ac", "%E2%82x€", "\u{fffd}x€"),
            ("%41%2f%25%", "A/%%", "A/%%"),
            ("é%C3", "é%C3", "é\u{fffd}"),
            ("", "", ""),
        ] {
            assert_eq!(written(|out| unescape_data_string(out, input.as_bytes())), data, "{input}");
            assert_eq!(written(|out| url_decode(out, input.as_bytes())), url, "{input}");
        }
    }

    /// Source: mono.
    #[test]
    fn lone_surrogates_are_replaced_or_refused() {
        assert!(escape_data_string(&mut Vec::new(), b"a\xED\xA0\x80b").is_err());
        assert!(escape_data_string(&mut Vec::new(), b"\xC3\xA9\xED\xA0\x80").is_err());
        assert_eq!(written(|out| escape_uri_string(out, b"a\xED\xB0\x80b").unwrap()), "a%EF%BF%BDb");
        assert_eq!(written(|out| url_encode(out, b"a\xED\xA0\x80b")), "a%EF%BF%BDb");
    }

    #[test]
    fn bytes_are_escaped_one_by_one() {
        let mut out = Vec::new();
        url_encode_bytes(&mut out, b"a b\xFF~");
        assert_eq!(out, b"a+b%FF%7E");
        let mut back = Vec::new();
        url_decode_bytes(&mut back, &out);
        assert_eq!(back, b"a b\xFF~");
    }

    proptest! {
        #[test]
        fn what_is_escaped_reads_back(text in "\\PC*") {
            let escaped = written(|out| escape_data_string(out, text.as_bytes()).unwrap());
            prop_assert_eq!(written(|out| unescape_data_string(out, escaped.as_bytes())), text.clone());
            let encoded = written(|out| url_encode(out, text.as_bytes()));
            prop_assert_eq!(written(|out| url_decode(out, encoded.as_bytes())), text);
        }
    }
}
