//! Strings: `System.String` as compiled code and members hold it.
//!
//! The text is WTF-8 (see `wtf8`) that lies in the request, in the arena or among a document's literals; a string
//! object only points to it. .NET counts UTF-16 code units: in ASCII text a unit is a byte, and a flag says so.
//!
//! Not here: the members of `System.String` (`types::string`).

use std::borrow::Cow;
use std::fmt;

use crate::arena::Arena;
use crate::cx::Cx;
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
}

// SAFETY: a string is never changed, and what it points to lives as long as it.
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
        Self { header: Header { ty: Ty(&STRING) }, bytes: text.as_ptr(), len: text.len() as u32, flags: ASCII | UTF8 }
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
        Self(arena.alloc(StrObj { header, bytes: bytes.as_ptr(), len, flags }))
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

    /// `Length`: the number of UTF-16 code units.
    #[must_use]
    #[inline]
    pub fn utf16_len(self) -> usize {
        if self.is_ascii() { self.0.len as usize } else { wtf8::utf16_len(self.bytes()) }
    }

    /// The UTF-16 code unit at an index.
    #[must_use]
    pub fn unit(self, index: usize) -> Option<u16> {
        if self.is_ascii() { self.bytes().get(index).map(|b| u16::from(*b)) } else { self.units().nth(index) }
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
        match wtf8::utf16_slice(self.bytes(), start, end)? {
            Cow::Borrowed(part) => Some(self.part(cx, part)),
            Cow::Owned(part) => Some(Self::over_wtf8(cx.arena(), cx.arena().alloc_slice(&part))),
        }
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
        if self.is_ascii() { byte } else { wtf8::utf16_len(self.bytes().get(..byte).unwrap_or(self.bytes())) }
    }

    /// Whether both are one object, which is what `==` between `object`s asks.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.0, other.0)
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
        if self.is_ascii() || other.is_ascii() {
            if self.bytes().eq_ignore_ascii_case(other.bytes()) {
                return true;
            }
            if self.is_ascii() && other.is_ascii() {
                return false;
            }
        }
        let upper = |unit: u16| upper_unit(unit);
        self.units().map(upper).eq(other.units().map(upper))
    }
}

/// The upper-case form of a code unit as the invariant culture maps it: one to one, or itself.
#[must_use]
pub fn upper_unit(unit: u16) -> u16 {
    let Some(c) = char::from_u32(u32::from(unit)) else { return unit };
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => u16::try_from(u32::from(single)).unwrap_or(unit),
        _ => unit,
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
