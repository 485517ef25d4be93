//! .NET strings as bytes: UTF-8 that may hold lone surrogates (WTF-8).
//!
//! .NET text is a sequence of UTF-16 code units. Well-formed pairs are stored as one four-byte sequence, a lone
//! surrogate as the three bytes its number has in the UTF-8 scheme. Bytes that are neither read as U+FFFD, one each, so
//! no function here fails or panics.
//!
//! Not here: searching, slicing by index and the other members of `System.String`.

/// The code points of a text in order; a lone surrogate is its own code point.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    rest: &'a [u8],
}

/// The code points of `text`, lone surrogates included.
pub fn code_points(text: &[u8]) -> CodePoints<'_> {
    CodePoints { rest: text }
}

impl<'a> CodePoints<'a> {
    /// The bytes that were not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (&first, tail) = self.rest.split_first()?;
        if first < 0x80 {
            self.rest = tail;
            return Some(u32::from(first));
        }
        let (code_point, length) = decode_long(first, tail);
        self.rest = tail.get(length - 1..).unwrap_or_default();
        Some(code_point)
    }
}

/// The first code point of `text` and how many bytes it takes.
#[inline]
pub fn first_code_point(text: &[u8]) -> Option<(u32, usize)> {
    let (&first, tail) = text.split_first()?;
    Some(if first < 0x80 { (u32::from(first), 1) } else { decode_long(first, tail) })
}

/// The last code point of `text` and how many bytes it takes.
pub fn last_code_point(text: &[u8]) -> Option<(u32, usize)> {
    let continuation = text.iter().rev().take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
    let start = text.len().checked_sub(continuation + 1)?;
    let tail = text.get(start..)?;
    match first_code_point(tail) {
        Some((code_point, length)) if length == tail.len() => Some((code_point, length)),
        _ => Some((0xFFFD, 1)),
    }
}

fn decode_long(first: u8, tail: &[u8]) -> (u32, usize) {
    const REPLACEMENT: (u32, usize) = (0xFFFD, 1);
    let continuation =
        |index: usize| tail.get(index).copied().filter(|byte| byte & 0xC0 == 0x80).map(|byte| u32::from(byte & 0x3F));
    let lead = u32::from(first);
    match first {
        0xC2..=0xDF => match continuation(0) {
            Some(a) => ((lead & 0x1F) << 6 | a, 2),
            None => REPLACEMENT,
        },
        0xE0..=0xEF => match (continuation(0), continuation(1)) {
            (Some(a), Some(b)) => {
                let code_point = (lead & 0x0F) << 12 | a << 6 | b;
                if code_point < 0x800 { REPLACEMENT } else { (code_point, 3) }
            }
            _ => REPLACEMENT,
        },
        0xF0..=0xF4 => match (continuation(0), continuation(1), continuation(2)) {
            (Some(a), Some(b), Some(c)) => {
                let code_point = (lead & 0x07) << 18 | a << 12 | b << 6 | c;
                if (0x1_0000..=0x10_FFFF).contains(&code_point) { (code_point, 4) } else { REPLACEMENT }
            }
            _ => REPLACEMENT,
        },
        _ => REPLACEMENT,
    }
}

/// The UTF-16 code units of a text.
#[derive(Debug, Clone)]
pub struct Units<'a> {
    code_points: CodePoints<'a>,
    low: Option<u16>,
}

/// The UTF-16 code units of `text`, the `char`s that C# sees.
pub fn units(text: &[u8]) -> Units<'_> {
    Units { code_points: code_points(text), low: None }
}

impl Iterator for Units<'_> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        if let Some(low) = self.low.take() {
            return Some(low);
        }
        let code_point = self.code_points.next()?;
        match code_point.checked_sub(0x1_0000) {
            None => Some(code_point as u16),
            Some(offset) => {
                self.low = Some(0xDC00 | (offset & 0x3FF) as u16);
                Some(0xD800 | (offset >> 10) as u16)
            }
        }
    }
}

/// How many UTF-16 code units `text` has, the value of `String.Length`.
pub fn utf16_len(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Every sequence has one byte that does not continue another, and the four-byte ones stand for a pair.
    text.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

/// Appends one code point; a low surrogate joins a high one that stands at the end of `out`.
pub fn push_code_point(out: &mut Vec<u8>, code_point: u32) {
    if let 0xDC00..=0xDFFF = code_point
        && let &[.., 0xED, second @ 0xA0..=0xAF, third] = out.as_slice()
    {
        let high = u32::from(second & 0x0F) << 6 | u32::from(third & 0x3F);
        out.truncate(out.len() - 3);
        return push_scalar(out, 0x1_0000 + (high << 10) + (code_point & 0x3FF));
    }
    push_scalar(out, code_point);
}

/// Appends one UTF-16 code unit; see [`push_code_point`].
#[inline]
pub fn push_unit(out: &mut Vec<u8>, unit: u16) {
    match u8::try_from(unit) {
        Ok(ascii @ 0..0x80) => out.push(ascii),
        _ => push_code_point(out, u32::from(unit)),
    }
}

fn push_scalar(out: &mut Vec<u8>, code_point: u32) {
    let low = |shift: u32| 0x80 | (code_point >> shift & 0x3F) as u8;
    match code_point {
        0..0x80 => out.push(code_point as u8),
        0x80..0x800 => out.extend_from_slice(&[0xC0 | (code_point >> 6) as u8, low(0)]),
        0x800..0x1_0000 => out.extend_from_slice(&[0xE0 | (code_point >> 12) as u8, low(6), low(0)]),
        _ => out.extend_from_slice(&[0xF0 | (code_point >> 18) as u8, low(12), low(6), low(0)]),
    }
}

/// The text as Rust sees it, lone surrogates replaced by U+FFFD: for messages.
pub fn to_display(text: &[u8]) -> String {
    code_points(text).map(|code_point| char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether `Char.IsWhiteSpace` holds for this code point.
///
/// Source: the Unicode categories Zs, Zl, Zp and U+0009..000D, U+0085, U+00A0.
pub fn is_white_space(code_point: u32) -> bool {
    matches!(
        code_point,
        0x09..=0x0D | 0x20 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000
    )
}

/// `text` without the white space at both ends, as `String.Trim()` gives it.
pub fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text))
}

/// `text` without leading white space.
pub fn trim_start(mut text: &[u8]) -> &[u8] {
    while let Some((code_point, length)) = first_code_point(text)
        && is_white_space(code_point)
    {
        text = text.get(length..).unwrap_or_default();
    }
    text
}

/// `text` without trailing white space.
pub fn trim_end(mut text: &[u8]) -> &[u8] {
    while let Some((code_point, length)) = last_code_point(text)
        && is_white_space(code_point)
    {
        text = text.get(..text.len() - length).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn surrogates_join_and_stay_alone() {
        let mut out = Vec::new();
        for unit in [0x61, 0xD83D, 0xDE00, 0xD83D, 0x62, 0xDC00] {
            push_unit(&mut out, unit);
        }
        assert_eq!(out, [b"a".as_slice(), "😀".as_bytes(), b"\xED\xA0\xBDb\xED\xB0\x80"].concat());
        assert_eq!(units(&out).collect::<Vec<_>>(), [0x61, 0xD83D, 0xDE00, 0xD83D, 0x62, 0xDC00]);
        assert_eq!(utf16_len(&out), 6);
    }

    #[test]
    fn white_space_is_trimmed_as_in_dotnet() {
        for (input, expected) in
            [(" \t x ", "x"), ("\u{2003}x\u{2003}", "x"), ("\u{200b}x", "\u{200b}x"), ("\u{85}", ""), ("", "")]
        {
            assert_eq!(trim(input.as_bytes()), expected.as_bytes(), "{input:?}");
        }
    }

    proptest! {
        #[test]
        fn units_of_utf8_are_rusts(text in "\\PC*") {
            prop_assert_eq!(units(text.as_bytes()).collect::<Vec<_>>(), text.encode_utf16().collect::<Vec<_>>());
            prop_assert_eq!(utf16_len(text.as_bytes()), text.encode_utf16().count());
            let mut out = Vec::new();
            text.encode_utf16().for_each(|unit| push_unit(&mut out, unit));
            prop_assert_eq!(out, text.as_bytes());
        }

        #[test]
        fn any_bytes_are_read_to_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(code_points(&bytes).count() <= bytes.len());
            prop_assert!(units(&bytes).count() <= bytes.len());
            let _ = (trim(&bytes).len(), last_code_point(&bytes));
        }
    }
}
