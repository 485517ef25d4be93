//! Text as bytes in one of .NET's own encodings, and back.
//!
//! What cannot be encoded becomes `?` or U+FFFD, as .NET's encodings do unless they were asked to throw.

use super::best_fit::likeness;
use crate::text::Str;
use crate::wtf8;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16,
    /// UTF-16, high byte first.
    Utf16BigEndian,
    /// UTF-32, lowest byte first.
    Utf32,
    /// UTF-32, highest byte first.
    Utf32BigEndian,
    /// US-ASCII.
    Ascii,
    /// ISO 8859-1.
    Latin1,
}

impl Codec {
    /// The bytes of a text; the error is the index of the code unit that cannot be encoded, where `strict`.
    ///
    /// # Errors
    /// The index of the first half of a surrogate pair that stands alone.
    pub fn encode(self, text: Str<'_>, strict: bool) -> Result<Vec<u8>, usize> {
        if strict && !text.is_utf8() {
            return Err(lone_surrogate(text));
        }
        Ok(match self {
            Self::Utf8 => text.to_utf8().into_owned().into_bytes(),
            Self::Utf16 => whole_units(text).flat_map(u16::to_le_bytes).collect(),
            Self::Utf16BigEndian => whole_units(text).flat_map(u16::to_be_bytes).collect(),
            Self::Utf32 => text.to_utf8().chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Self::Utf32BigEndian => text.to_utf8().chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
            Self::Ascii if text.is_ascii() => text.bytes().to_vec(),
            Self::Ascii => text.units().map(|unit| if unit < 0x80 { unit as u8 } else { b'?' }).collect(),
            Self::Latin1 => {
                text.units().map(|unit| u8::try_from(unit).ok().or_else(|| likeness(unit)).unwrap_or(b'?')).collect()
            }
        })
    }

    /// Appends the text of bytes, as WTF-8 without lone surrogates; the error is the index of the byte that cannot be
    /// decoded, where `strict`.
    ///
    /// # Errors
    /// The index of the first byte that belongs to no character.
    pub fn decode(self, out: &mut Vec<u8>, bytes: &[u8], strict: bool) -> Result<(), usize> {
        match self {
            Self::Utf8 if strict => match std::str::from_utf8(bytes) {
                Ok(text) => out.extend_from_slice(text.as_bytes()),
                Err(error) => return Err(error.valid_up_to()),
            },
            Self::Utf8 => out.extend_from_slice(String::from_utf8_lossy(bytes).as_bytes()),
            Self::Utf16 => decode_units(out, bytes, u16::from_le_bytes, strict)?,
            Self::Utf16BigEndian => decode_units(out, bytes, u16::from_be_bytes, strict)?,
            Self::Utf32 => decode_codes(out, bytes, u32::from_le_bytes, strict)?,
            Self::Utf32BigEndian => decode_codes(out, bytes, u32::from_be_bytes, strict)?,
            Self::Ascii => match bytes.iter().position(|byte| *byte >= 0x80) {
                Some(at) if strict => return Err(at),
                Some(_) => out.extend(bytes.iter().map(|byte| if *byte < 0x80 { *byte } else { b'?' })),
                None => out.extend_from_slice(bytes),
            },
            Self::Latin1 => bytes.iter().for_each(|byte| wtf8::push_unit(out, u16::from(*byte))),
        }
        Ok(())
    }

    /// The bytes that a file in this encoding begins with.
    #[must_use]
    pub fn preamble(self) -> &'static [u8] {
        match self {
            Self::Utf8 => &[0xEF, 0xBB, 0xBF],
            Self::Utf16 => &[0xFF, 0xFE],
            Self::Utf16BigEndian => &[0xFE, 0xFF],
            Self::Utf32 => &[0xFF, 0xFE, 0, 0],
            Self::Utf32BigEndian => &[0, 0, 0xFE, 0xFF],
            Self::Ascii | Self::Latin1 => &[],
        }
    }
}

/// The code units of a text, U+FFFD for halves of surrogate pairs that stand alone.
fn whole_units(text: Str<'_>) -> impl Iterator<Item = u16> {
    text.to_utf8().encode_utf16().collect::<Vec<_>>().into_iter()
}

fn lone_surrogate(text: Str<'_>) -> usize {
    let mut index = 0;
    for code in crate::format::wtf8::code_points(text.bytes()) {
        if (0xD800..0xE000).contains(&code) {
            return index;
        }
        index += if code >= 0x10000 { 2 } else { 1 };
    }
    index
}

const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

fn decode_units(out: &mut Vec<u8>, bytes: &[u8], read: fn([u8; 2]) -> u16, strict: bool) -> Result<(), usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut at = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| read(*pair))) {
        match decoded {
            Ok(c) => {
                at += c.len_utf16() * 2;
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Err(_) if strict => return Err(at),
            Err(_) => {
                at += 2;
                out.extend_from_slice(REPLACEMENT);
            }
        }
    }
    finish(out, rest, at, strict)
}

fn decode_codes(out: &mut Vec<u8>, bytes: &[u8], read: fn([u8; 4]) -> u32, strict: bool) -> Result<(), usize> {
    let (quadruples, rest) = bytes.as_chunks::<4>();
    for (index, quadruple) in quadruples.iter().enumerate() {
        match char::from_u32(read(*quadruple)) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None if strict => return Err(index * 4),
            None => out.extend_from_slice(REPLACEMENT),
        }
    }
    finish(out, rest, quadruples.len() * 4, strict)
}

/// Bytes at the end that are too few for a character.
fn finish(out: &mut Vec<u8>, rest: &[u8], at: usize, strict: bool) -> Result<(), usize> {
    if rest.is_empty() {
        return Ok(());
    }
    if strict {
        return Err(at);
    }
    out.extend_from_slice(REPLACEMENT);
    Ok(())
}
