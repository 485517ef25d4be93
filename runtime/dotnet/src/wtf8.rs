//! WTF-8: UTF-8 that can also hold the lone surrogates which a .NET string may have.
//!
//! A lone surrogate is written as UTF-8 would write its number (three bytes, `ED A0..BF xx`). A high surrogate is
//! never directly followed by a low one: such a pair is one character of four bytes.
//!
//! Plain functions over bytes. Not here: strings as objects (`text`).

/// How many UTF-16 code units a text has.
#[must_use]
pub fn utf16_len(bytes: &[u8]) -> usize {
    // A character takes one unit for its first byte, and one more if it takes four bytes.
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() + bytes.iter().filter(|b| **b >= 0xF0).count()
}

/// Whether the text holds a lone surrogate.
#[must_use]
pub fn has_surrogates(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0xED, second] if *second >= 0xA0))
}

/// The UTF-16 code units of a text.
pub fn units(bytes: &[u8]) -> Units<'_> {
    Units { rest: bytes, low: None }
}

/// Iterator over the UTF-16 code units of a text.
#[derive(Clone)]
pub struct Units<'t> {
    rest: &'t [u8],
    low: Option<u16>,
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if let Some(low) = self.low.take() {
            return Some(low);
        }
        let (code, rest) = split_first(self.rest)?;
        self.rest = rest;
        Some(match u16::try_from(code) {
            Ok(unit) => unit,
            Err(_) => {
                let offset = code - 0x10000;
                self.low = u16::try_from(0xDC00 + (offset & 0x3FF)).ok();
                u16::try_from(0xD800 + (offset >> 10)).unwrap_or(0xFFFD)
            }
        })
    }
}

/// The code point at the start of a text (surrogates included), and what follows it.
#[must_use]
#[inline]
pub fn split_first(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let tail = |b: u8| u32::from(b & 0x3F);
    match *bytes {
        [] => None,
        [a, ref rest @ ..] if a < 0x80 => Some((u32::from(a), rest)),
        [a, b, ref rest @ ..] if a < 0xE0 => Some(((u32::from(a & 0x1F) << 6) | tail(b), rest)),
        [a, b, c, ref rest @ ..] if a < 0xF0 => Some(((u32::from(a & 0x0F) << 12) | (tail(b) << 6) | tail(c), rest)),
        [a, b, c, d, ref rest @ ..] => {
            Some(((u32::from(a & 0x07) << 18) | (tail(b) << 12) | (tail(c) << 6) | tail(d), rest))
        }
        [_, ..] => Some((0xFFFD, &[])),
    }
}

/// Appends a UTF-16 code unit; a low surrogate behind a high one becomes one character with it.
#[inline]
pub fn push_unit(out: &mut Vec<u8>, unit: u16) {
    match unit {
        0..0x80 => out.push(unit.to_le_bytes()[0]),
        0xDC00..=0xDFFF => {
            let high = match out.as_slice() {
                [.., 0xED, b, c] if (0xA0..0xB0).contains(b) => {
                    Some(0xD000 | (u32::from(*b & 0x3F) << 6) | u32::from(*c & 0x3F))
                }
                _ => None,
            };
            match high {
                Some(high) => {
                    out.truncate(out.len() - 3);
                    push_code(out, 0x10000 + ((high - 0xD800) << 10) + (u32::from(unit) - 0xDC00));
                }
                None => push_code(out, u32::from(unit)),
            }
        }
        _ => push_code(out, u32::from(unit)),
    }
}

/// Appends a code point; one that is a surrogate is not joined to what stands before it.
fn push_code(out: &mut Vec<u8>, code: u32) {
    let tail = |shift: u32| 0x80 | ((code >> shift) & 0x3F) as u8;
    match code {
        0..0x80 => out.push(code as u8),
        0x80..0x800 => out.extend([0xC0 | (code >> 6) as u8, tail(0)]),
        0x800..0x10000 => out.extend([0xE0 | (code >> 12) as u8, tail(6), tail(0)]),
        _ => out.extend([0xF0 | (code >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

/// Appends another text; surrogates that meet at the seam become one character.
#[inline]
pub fn append(out: &mut Vec<u8>, text: &[u8]) {
    match (out.last_chunk::<3>(), text) {
        (Some([0xED, 0xA0..=0xAF, _]), [0xED, 0xB0..=0xBF, _, rest @ ..]) => {
            if let Some((low, _)) = split_first(text) {
                push_unit(out, u16::try_from(low).unwrap_or(0xFFFD));
            }
            out.extend_from_slice(rest);
        }
        _ => out.extend_from_slice(text),
    }
}

/// The byte offset of a UTF-16 index: `Ok` where a character begins (or the text ends), `Err` with the offset of the
/// character where the index falls between the halves of a pair. `None` past the end.
#[must_use]
pub fn byte_offset(bytes: &[u8], index: usize) -> Option<Result<usize, usize>> {
    let mut units = 0;
    let mut at = 0;
    while units < index {
        let first = *bytes.get(at)?;
        let (length, width) = match first {
            0..0x80 => (1, 1),
            0x80..0xE0 => (2, 1),
            0xE0..0xF0 => (3, 1),
            _ => (4, 2),
        };
        if units + width > index {
            return Some(Err(at));
        }
        units += width;
        at += length;
    }
    (at <= bytes.len()).then_some(Ok(at))
}

/// The byte offset of a UTF-16 index, as [`byte_offset`] gives it, found from a place nearby: an index with the offset
/// of its character, which is changed to the place that was found.
#[must_use]
pub fn seek(bytes: &[u8], place: &mut (usize, usize), index: usize) -> Option<Result<usize, usize>> {
    let (mut units, mut at) = *place;
    if index < units / 2 {
        (units, at) = (0, 0);
    }
    while units > index {
        at = at.saturating_sub(1);
        match bytes.get(at) {
            Some(0x80..0xC0) => {}
            Some(0xF0..) => units = units.saturating_sub(2),
            _ => units -= 1,
        }
    }
    let offset = byte_offset(bytes.get(at..)?, index - units)?;
    let found = at + offset.unwrap_or_else(|offset| offset);
    *place = (index - usize::from(offset.is_err()), found);
    Some(if offset.is_ok() { Ok(found) } else { Err(found) })
}

/// The part of a text from one UTF-16 index to another, which may split pairs. `None` if an index is past the end or
/// they are the wrong way round.
#[must_use]
pub fn utf16_slice(bytes: &[u8], start: usize, end: usize) -> Option<std::borrow::Cow<'_, [u8]>> {
    if start > end {
        return None;
    }
    let from = byte_offset(bytes, start)?;
    let base = from.unwrap_or_else(|at| at);
    let skipped = usize::from(from.is_err());
    let to = byte_offset(bytes.get(base..)?, end - start + skipped)?;
    if let (Ok(from), Ok(to)) = (from, to) {
        return bytes.get(from..from + to).map(std::borrow::Cow::Borrowed);
    }
    let mut part = Vec::new();
    for unit in units(bytes.get(base..)?).skip(skipped).take(end - start) {
        push_unit(&mut part, unit);
    }
    Some(std::borrow::Cow::Owned(part))
}

/// The text as UTF-8, with U+FFFD for lone surrogates.
#[must_use]
pub fn to_utf8(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text),
        Err(_) => {
            let units: Vec<u16> = units(bytes).collect();
            std::borrow::Cow::Owned(String::from_utf16_lossy(&units))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(units: &[u16]) -> Vec<u8> {
        let mut out = Vec::new();
        for unit in units {
            push_unit(&mut out, *unit);
        }
        out
    }

    #[test]
    fn units_go_in_and_come_out() {
        for text in ["", "abc", "é😀x", "\u{ffff}"] {
            let all: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(of(&all), text.as_bytes());
            assert_eq!(units(text.as_bytes()).collect::<Vec<_>>(), all);
            assert_eq!(utf16_len(text.as_bytes()), all.len());
        }
        let lone = [0x61, 0xD83D, 0x62, 0xDE00];
        assert_eq!(units(&of(&lone)).collect::<Vec<_>>(), lone);
        assert!(has_surrogates(&of(&lone)));
        assert_eq!(to_utf8(&of(&lone)), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn a_slice_may_split_a_pair_and_joining_mends_it() {
        let text = "a😀é".as_bytes();
        for start in 0..=4 {
            for end in start..=4 {
                let expected: Vec<u16> = units(text).skip(start).take(end - start).collect();
                let part = utf16_slice(text, start, end).unwrap();
                assert_eq!(units(&part).collect::<Vec<_>>(), expected, "{start}..{end}");
            }
        }
        assert!(utf16_slice(text, 0, 5).is_none());
        let mut joined = utf16_slice(text, 0, 2).unwrap().into_owned();
        append(&mut joined, &utf16_slice(text, 2, 4).unwrap());
        assert_eq!(joined, text);
    }
}
