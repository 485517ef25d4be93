//! The texts that patterns search: bytes in which every UTF-16 unit is a character of its own.
//!
//! .NET's patterns see units, so that a character outside the basic plane is two of them. WTF-8 writes such a character as
//! one of four bytes; here it is written as its two surrogates of three bytes each (CESU-8). All other text is the same in
//! both, so that hardly any text has to be copied.

use std::cell::Cell;

use crate::arena::Arena;
use crate::text::Str;
use crate::wtf8;

/// A text to search.
pub struct Haystack<'t> {
    arena: &'t Arena,
    bytes: &'t [u8],
    is_ascii: bool,
    /// Whether there are characters that are written as two units.
    has_pairs: bool,
    /// A place that was asked for: byte offset and index.
    place: Cell<(usize, usize)>,
    marked: Cell<Option<&'t [u8]>>,
}

/// Stands for a line feed at the end of a text, see [`Haystack::with_marked_end`]; no text has this byte.
pub const FINAL_LINE: u8 = 0xFF;

impl<'t> Haystack<'t> {
    /// The text to search that a string is. Takes memory only where the text has to be copied.
    #[must_use]
    pub fn new(arena: &'t Arena, text: Str<'t>) -> Self {
        let is_ascii = text.is_ascii();
        let bytes = text.bytes();
        // A lead byte of four bytes stands only before characters outside the basic plane.
        let has_pairs = !is_ascii && bytes.iter().any(|byte| *byte >= 0xF0);
        let bytes = if has_pairs { arena.alloc_slice(&units_apart(bytes)) } else { bytes };
        Self { arena, bytes, is_ascii, has_pairs, place: Cell::new((0, 0)), marked: Cell::new(None) }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// The bytes with a line feed at the end, if there is one, replaced by [`FINAL_LINE`].
    #[must_use]
    pub fn with_marked_end(&self) -> &'t [u8] {
        if self.bytes.last() != Some(&b'\n') {
            return self.bytes;
        }
        if let Some(marked) = self.marked.get() {
            return marked;
        }
        let marked = self.arena.alloc_slice(self.bytes);
        if let Some(last) = marked.last_mut() {
            *last = FINAL_LINE;
        }
        self.marked.set(Some(marked));
        marked
    }

    /// Whether every unit is ASCII.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// The index of the unit at a byte offset. Asking for offsets one after the other takes linear time in all.
    #[must_use]
    pub fn index(&self, byte: usize) -> usize {
        if self.is_ascii {
            return byte;
        }
        let (at, index) = self.place.get();
        let found = if at <= byte {
            index + count_units(self.bytes.get(at..byte).unwrap_or(&[]))
        } else {
            index - count_units(self.bytes.get(byte..at).unwrap_or(&[]))
        };
        self.place.set((byte, found));
        found
    }

    /// The byte offset of an index; the end for one past it.
    #[must_use]
    pub fn byte(&self, index: usize) -> usize {
        if self.is_ascii {
            return index.min(self.bytes.len());
        }
        let starts = self.bytes.iter().enumerate().filter(|(_, byte)| **byte & 0xC0 != 0x80);
        starts.map(|(at, _)| at).nth(index).unwrap_or(self.bytes.len())
    }

    /// Appends a part of the text to WTF-8 text.
    pub fn append(&self, out: &mut Vec<u8>, start: usize, end: usize) {
        let part = self.bytes.get(start..end).unwrap_or(&[]);
        if self.has_pairs {
            wtf8::units(part).for_each(|unit| wtf8::push_unit(out, unit));
        } else {
            wtf8::append(out, part);
        }
    }
}

/// The offset behind the unit at an offset.
#[must_use]
#[inline]
pub fn after(bytes: &[u8], at: usize) -> usize {
    at + match bytes.get(at) {
        Some(0..0xC0) | None => 1,
        Some(0xC0..0xE0) => 2,
        Some(_) => 3,
    }
}

/// The offset of the unit before an offset.
#[must_use]
#[inline]
pub fn before(bytes: &[u8], at: usize) -> usize {
    let mut start = at.saturating_sub(1);
    while start > 0 && bytes.get(start).is_some_and(|byte| byte & 0xC0 == 0x80) {
        start -= 1;
    }
    start
}

/// The unit at an offset, and the offset behind it; `None` at the end.
#[must_use]
#[inline]
pub fn unit_at(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let tail = |at: usize| bytes.get(at).map_or(0, |byte| u16::from(byte & 0x3F));
    let first = *bytes.get(at)?;
    Some(match first {
        0..0x80 => (u16::from(first), at + 1),
        0x80..0xE0 => (u16::from(first & 0x1F) << 6 | tail(at + 1), at + 2),
        _ => (u16::from(first & 0x0F) << 12 | tail(at + 1) << 6 | tail(at + 2), at + 3),
    })
}

/// The bytes of a unit.
pub fn push_unit(out: &mut Vec<u8>, unit: u16) {
    let tail = |shift: u16| 0x80 | (unit >> shift & 0x3F) as u8;
    match unit {
        0..0x80 => out.push(unit as u8),
        0x80..0x800 => out.extend([0xC0 | (unit >> 6) as u8, tail(0)]),
        _ => out.extend([0xE0 | (unit >> 12) as u8, tail(6), tail(0)]),
    }
}

fn count_units(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

fn units_apart(bytes: &[u8]) -> Vec<u8> {
    let mut apart = Vec::with_capacity(bytes.len() + bytes.len() / 2);
    wtf8::units(bytes).for_each(|unit| push_unit(&mut apart, unit));
    apart
}
