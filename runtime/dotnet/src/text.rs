//! Strings: `System.String` as compiled code and members hold it.
//!
//! The text is WTF-8 (see `wtf8`) that lies in the request, in the arena or among a document's literals; a string
//! object only points to it. .NET counts UTF-16 code units: in ASCII text a unit is a byte, and a flag says so; other
//! text has a [`Ruler`] beside it, so that walking it by index stays linear.
//!
//! Not here: the members of `System.String` (`types::string`).

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::arena::Arena;
use crate::cx::Cx;
use crate::format::text::casing;
use crate::object::{Header, NotNull};
use crate::ty::Ty;
use crate::types::string::STRING;
use crate::word::{IntoWord, Repr, Word};
use crate::wtf8;

/// The object of a string. Its layout is known to compiled code.
#[repr(C)]
pub struct StrObj {
    header: Header,
    bytes: *const u8,
    len: u32,
    flags: u32,
    ruler: *const Ruler,
}

/// What is known of the UTF-16 indexes of a text that is not ASCII.
struct Ruler {
    /// How many code units the text has.
    units: u32,
    /// A place where a character begins, the last one that was asked for: its index in the high half, its byte offset
    /// in the low one.
    place: AtomicU64,
}

impl Ruler {
    fn new(bytes: &[u8]) -> Self {
        let units = u32::try_from(wtf8::utf16_len(bytes)).unwrap_or(u32::MAX);
        Self { units, place: AtomicU64::new(0) }
    }

    /// The last place: index and byte offset.
    fn place(&self) -> (usize, usize) {
        let place = self.place.load(Ordering::Relaxed);
        ((place >> 32) as usize, place as u32 as usize)
    }

    fn keep(&self, (index, offset): (usize, usize)) {
        self.place.store((index as u64) << 32 | offset as u64 & 0xFFFF_FFFF, Ordering::Relaxed);
    }
}

// SAFETY: a string is never changed but for its ruler's place, which is atomic; what it points to lives as long as it.
unsafe impl Sync for StrObj {}
// SAFETY: as above.
unsafe impl Send for StrObj {}

/// Set where every byte is below 0x80.
const ASCII: u32 = 1;
/// Set where there is no lone surrogate, so that the bytes are UTF-8.
const UTF8: u32 = 2;

impl StrObj {
    /// A string of ASCII text, for static tables.
    #[must_use]
    pub const fn ascii(text: &'static str) -> Self {
        assert!(text.is_ascii());
        let (bytes, len) = (text.as_ptr(), text.len() as u32);
        Self { header: Header { ty: Ty(&STRING) }, bytes, len, flags: ASCII | UTF8, ruler: std::ptr::null() }
    }
}

/// A string; never null. Two may be one object (`is_same`) or only have the same text (`==`).
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Str<'a>(&'a StrObj);

static EMPTY: StrObj = StrObj::ascii("");

impl<'a> Str<'a> {
    /// The empty string.
    pub const EMPTY: Self = Self(&EMPTY);

    /// The string of a static object.
    #[must_use]
    pub fn from_static(object: &'static StrObj) -> Self {
        Self(object)
    }

    /// A string object over bytes that live as long as the arena.
    #[must_use]
    pub fn over(arena: &'a Arena, text: &'a str) -> Self {
        let flags = if text.is_ascii() { ASCII | UTF8 } else { UTF8 };
        Self::with_flags(arena, text.as_bytes(), flags)
    }

    /// A string object over WTF-8 bytes that live as long as the arena.
    ///
    /// # Panics
    /// If the text is longer than 4 GiB, which no budget allows.
    #[must_use]
    pub fn over_wtf8(arena: &'a Arena, bytes: &'a [u8]) -> Self {
        let flags = match bytes {
            _ if bytes.is_ascii() => ASCII | UTF8,
            _ if wtf8::has_surrogates(bytes) => 0,
            _ => UTF8,
        };
        Self::with_flags(arena, bytes, flags)
    }

    /// A string object over bytes that are known to be ASCII.
    #[must_use]
    #[inline]
    pub(crate) fn over_ascii(arena: &'a Arena, bytes: &'a [u8]) -> Self {
        debug_assert!(bytes.is_ascii());
        Self::with_flags(arena, bytes, ASCII | UTF8)
    }

    #[inline]
    fn with_flags(arena: &'a Arena, bytes: &'a [u8], flags: u32) -> Self {
        let Ok(len) = u32::try_from(bytes.len()) else { panic!("a string of {} bytes", bytes.len()) };
        let header = Header::new(Ty(&STRING));
        let ruler: *const Ruler =
            if flags & ASCII != 0 { std::ptr::null() } else { std::ptr::from_ref(arena.alloc(Ruler::new(bytes))) };
        Self(arena.alloc(StrObj { header, bytes: bytes.as_ptr(), len, flags, ruler }))
    }

    /// The text as WTF-8.
    #[must_use]
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        // SAFETY: a string points to `len` bytes that live as long as it.
        unsafe { std::slice::from_raw_parts(self.0.bytes, self.0.len as usize) }
    }

    /// The text as UTF-8; lone surrogates become U+FFFD.
    #[must_use]
    #[inline]
    pub fn to_utf8(self) -> Cow<'a, str> {
        match self.as_utf8() {
            Some(text) => Cow::Borrowed(text),
            None => wtf8::to_utf8(self.bytes()),
        }
    }

    /// The text as UTF-8; `None` if it holds a lone surrogate.
    #[must_use]
    #[inline]
    pub fn as_utf8(self) -> Option<&'a str> {
        // SAFETY: the flag says that the bytes are UTF-8.
        (self.0.flags & UTF8 != 0).then(|| unsafe { std::str::from_utf8_unchecked(self.bytes()) })
    }

    /// Whether every character is ASCII, so that UTF-16 indexes are byte offsets.
    #[must_use]
    #[inline]
    pub fn is_ascii(self) -> bool {
        self.0.flags & ASCII != 0
    }

    /// Whether there is no lone surrogate in the text.
    #[must_use]
    #[inline]
    pub fn is_utf8(self) -> bool {
        self.0.flags & UTF8 != 0
    }

    /// The ruler of a text that is not ASCII.
    #[inline]
    fn ruler(self) -> Option<&'a Ruler> {
        // SAFETY: null, or a ruler that lives as long as the string.
        unsafe { self.0.ruler.as_ref() }
    }

    /// `Length`: the number of UTF-16 code units.
    #[must_use]
    #[inline]
    pub fn utf16_len(self) -> usize {
        self.ruler().map_or(self.0.len as usize, |ruler| ruler.units as usize)
    }

    /// The UTF-16 code unit at an index.
    #[must_use]
    #[inline]
    pub fn unit(self, index: usize) -> Option<u16> {
        if self.is_ascii() {
            return self.bytes().get(index).map(|byte| u16::from(*byte));
        }
        let place = self.byte_offset(index)?;
        let at = place.unwrap_or_else(|at| at);
        wtf8::units(self.bytes().get(at..)?).nth(usize::from(place.is_err()))
    }

    /// The byte offset of a UTF-16 index: `Ok` where a character begins (or the text ends), `Err` with the offset of
    /// the character where the index falls between the halves of a pair. `None` past the end.
    ///
    /// Asking for indexes one after the other, up or down, takes constant time each.
    #[must_use]
    pub fn byte_offset(self, index: usize) -> Option<Result<usize, usize>> {
        let Some(ruler) = self.ruler() else {
            return (index <= self.0.len as usize).then_some(Ok(index));
        };
        if index > ruler.units as usize {
            return None;
        }
        let mut place = ruler.place();
        let found = wtf8::seek(self.bytes(), &mut place, index);
        ruler.keep(place);
        found
    }

    /// The UTF-16 code units in order.
    pub fn units(self) -> wtf8::Units<'a> {
        wtf8::units(self.bytes())
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.len == 0
    }

    /// The part from one UTF-16 index to another; `None` if they lie past the end or are the wrong way round.
    #[must_use]
    pub fn utf16_slice(self, cx: &Cx<'a>, start: usize, end: usize) -> Option<Self> {
        if self.is_ascii() {
            let part = self.bytes().get(start..end)?;
            return Some(self.part(cx, part));
        }
        if start > end {
            return None;
        }
        let (from, to) = (self.byte_offset(start)?, self.byte_offset(end)?);
        if let (Ok(from), Ok(to)) = (from, to) {
            return Some(self.part(cx, self.bytes().get(from..to)?));
        }
        if start == end {
            return Some(Self::EMPTY);
        }
        let mut part = Vec::new();
        // Halves of pairs at either end become lone surrogates; what lies between is copied.
        let begin = match from {
            Ok(from) => from,
            Err(pair) => {
                wtf8::push_unit(&mut part, self.unit(start)?);
                pair + 4
            }
        };
        part.extend_from_slice(self.bytes().get(begin..to.unwrap_or_else(|pair| pair)).unwrap_or(&[]));
        if to.is_err() {
            wtf8::push_unit(&mut part, self.unit(end - 1)?);
        }
        Some(Self::over_wtf8(cx.arena(), cx.arena().alloc_slice(&part)))
    }

    /// The string of a part of this string's bytes, which must begin and end between characters. Nothing is copied;
    /// the whole is this very string.
    #[must_use]
    pub fn part(self, cx: &Cx<'a>, part: &'a [u8]) -> Self {
        match part.len() {
            0 => Self::EMPTY,
            len if len == self.0.len as usize => self,
            _ if self.is_ascii() => Self::with_flags(cx.arena(), part, self.0.flags),
            _ => Self::over_wtf8(cx.arena(), part),
        }
    }

    /// The UTF-16 index of a byte offset that lies between characters.
    #[must_use]
    pub fn utf16_index(self, byte: usize) -> usize {
        let Some(ruler) = self.ruler() else { return byte };
        let (units, at) = ruler.place();
        let (units, at) = if at <= byte { (units, at) } else { (0, 0) };
        let index = units + wtf8::utf16_len(self.bytes().get(at..byte).unwrap_or(&[]));
        ruler.keep((index, byte));
        index
    }

    /// Whether both are one object, which is what `==` between `object`s asks.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }

    /// The string as an object.
    #[must_use]
    pub fn as_object(self) -> crate::object::Obj<'a> {
        // SAFETY: a string object begins with its header and lives for `'a`.
        unsafe { crate::object::NotNull::from_not_null(self.word()) }
    }

    /// The string's address.
    #[must_use]
    #[inline]
    pub fn word(self) -> Word {
        Word(std::ptr::from_ref(self.0) as u64)
    }

    /// Whether the texts are equal but for the case of ASCII letters and of those others that have one counterpart.
    #[must_use]
    pub fn eq_ignore_case(self, other: Self) -> bool {
        if self.is_ascii() && other.is_ascii() {
            return self.bytes().eq_ignore_ascii_case(other.bytes());
        }
        casing::equals_ordinal_ignore_case(self.bytes(), other.bytes())
    }
}

impl Default for Str<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for Str<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is_same(*other) || self.bytes() == other.bytes()
    }
}

impl Eq for Str<'_> {}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.to_utf8(), f)
    }
}

// SAFETY: a word of type `string` that is not 0 is the address of a string object.
unsafe impl<'a> NotNull<'a> for Str<'a> {
    #[inline]
    unsafe fn from_not_null(word: Word) -> Self {
        // SAFETY: as above.
        let object: &'a StrObj = unsafe { &*(word.0 as *const StrObj) };
        debug_assert!(object.header.ty == Ty(&STRING), "an object of type {} where a string belongs", object.header.ty);
        Self(object)
    }
}

impl<'a> IntoWord<'a> for Str<'a> {
    const REPR: Repr = Repr::Ref;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        self.word()
    }
}

/// Offsets of a string object's parts, for compiled code.
pub mod layout {
    use super::StrObj;

    /// Where the address of the bytes stands.
    pub const BYTES: usize = std::mem::offset_of!(StrObj, bytes);
    /// Where the number of bytes stands, 32 bits.
    pub const LEN: usize = std::mem::offset_of!(StrObj, len);
    /// Where the flags stand, 32 bits.
    pub const FLAGS: usize = std::mem::offset_of!(StrObj, flags);
    /// The flag of ASCII text.
    pub const ASCII: u32 = super::ASCII;
}

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    #[test]
    fn indexes_are_found_in_any_order() {
        with_harness(|harness| {
            let text = "a😀é€😀z\u{10ffff}";
            let string = harness.cx.str(text);
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(string.utf16_len(), units.len());
            let up = 0..units.len();
            let orders: [Vec<usize>; 4] =
                [up.clone().collect(), up.clone().rev().collect(), vec![5, 1, 8, 2, 0, 7, 3], vec![10, 9, 0, 10]];
            for order in orders {
                for index in order {
                    assert_eq!(string.unit(index), units.get(index).copied(), "{index}");
                }
            }
            assert_eq!(string.unit(units.len()), None);
            for start in 0..=units.len() {
                for end in start..=units.len() {
                    let part = string.utf16_slice(&harness.cx, start, end).unwrap();
                    assert_eq!(part.units().collect::<Vec<_>>(), units[start..end], "{start}..{end}");
                }
            }
            assert!(string.utf16_slice(&harness.cx, 3, 2).is_none());
            assert!(string.utf16_slice(&harness.cx, 0, units.len() + 1).is_none());
            for (byte, c) in text.char_indices() {
                assert_eq!(string.utf16_index(byte), text[..byte].encode_utf16().count(), "{c}");
            }
        });
    }
}
