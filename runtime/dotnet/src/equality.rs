//! How the elements of a set and the keys of a table are compared and hashed.
//!
//! Not here: what a single type finds equal (`object::Ops`), and comparers as objects (`types::comparer`).

use crate::collection::Comparing;
use crate::cx::Cx;
use crate::hash;
use crate::object::{NotNull, Obj, word_hash, words_equal};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::DATE_TIME;
use crate::types::string::STRING;
use crate::word::{Repr, Word};

/// A way to tell words of one type apart.
#[derive(Clone, Copy)]
pub enum Equality<'a> {
    /// By 32 bits.
    Narrow,
    /// By 64 bits.
    Wide,
    /// Strings, by their text, unit by unit.
    Text,
    /// By the `Equals` of a type.
    Own(Ty),
    /// By a comparer.
    Comparer(Obj<'a>, &'static Comparing),
}

impl<'a> Equality<'a> {
    /// How a comparer compares words of type `ty`; without one, as `EqualityComparer<T>.Default` does.
    #[must_use]
    pub fn of(ty: Ty, comparer: Option<Obj<'a>>) -> Self {
        match comparer.and_then(|comparer| Some((comparer, comparer.ty().def.ops.comparing?))) {
            Some((comparer, comparing)) if !(comparing.is_plain_equality)(comparer) => {
                Self::Comparer(comparer, comparing)
            }
            _ => match ty.repr() {
                Repr::I32 => Self::Narrow,
                // Two dates are equal whatever their kinds, which stand in the same word.
                Repr::I64 if ty != Ty(&DATE_TIME) => Self::Wide,
                _ if ty == Ty(&STRING) => Self::Text,
                _ => Self::Own(ty),
            },
        }
    }

    /// Whether two words are equal; nulls are equal to each other.
    ///
    /// # Errors
    /// What the type's `Equals` or the comparer throws.
    #[inline]
    pub fn equal(self, cx: &mut Cx<'a>, a: Word, b: Word) -> Result<bool, Throw> {
        match self {
            Self::Narrow => Ok(a.0 as u32 == b.0 as u32),
            Self::Wide => Ok(a == b),
            // SAFETY: words of type `string`.
            Self::Text => Ok(a == b || unsafe { text(a) == text(b) }),
            Self::Own(ty) => words_equal(cx, ty, a, b),
            Self::Comparer(comparer, comparing) => (comparing.equals)(cx, comparer, a, b),
        }
    }

    /// The hash of a word; equal words have the same.
    ///
    /// # Errors
    /// What the type's `GetHashCode` or the comparer throws.
    #[inline]
    pub fn hash(self, cx: &mut Cx<'a>, word: Word) -> Result<u32, Throw> {
        let hash = match self {
            Self::Narrow => hash::of_bits(u64::from(word.0 as u32)),
            Self::Wide => hash::of_bits(word.0),
            // SAFETY: a word of type `string`.
            Self::Text => unsafe { text(word) }.map_or(0, |text| hash::of_bytes(text.bytes())),
            Self::Own(ty) => hash::of_bits(u64::from(word_hash(cx, ty, word)? as u32)),
            Self::Comparer(..) if word.is_null() => 0,
            Self::Comparer(comparer, comparing) => {
                hash::of_bits(u64::from((comparing.hash)(cx, comparer, word)? as u32))
            }
        };
        Ok((hash ^ (hash >> 32)) as u32)
    }
}

/// The string at a word.
///
/// # Safety
/// The word must be of type `string` and live for `'a`.
unsafe fn text<'a>(word: Word) -> Option<Str<'a>> {
    // SAFETY: not null, and as the caller promises.
    (!word.is_null()).then(|| unsafe { Str::from_not_null(word) })
}
