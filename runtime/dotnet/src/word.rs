//! The machine word that every value is in compiled code, and how Rust values go into it and come out.
//!
//! The static type of an expression decides what its word means ([`Repr`]): numbers, `bool`, `char`, `DateTime` and
//! `TimeSpan` are the value itself; everything else is the address of an object, or 0 for null.
//!
//! Not here: the layout of objects (`object`).

use crate::cx::Cx;
use crate::throw::Throw;

/// A value as compiled code holds it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(transparent)]
pub struct Word(pub u64);

impl Word {
    /// The null reference, and the value 0 of every number.
    pub const ZERO: Self = Self(0);

    /// Whether this is 0, and so null where it is a reference.
    #[must_use]
    #[inline]
    pub fn is_null(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// What the bits of a [`Word`] mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repr {
    /// No value.
    Void,
    /// The low 32 bits: `bool`, `char`, `sbyte` … `uint`, and enumerations. The high bits mean nothing.
    I32,
    /// All bits: `long`, `ulong`, `DateTime` (ticks and kind), `TimeSpan` (ticks).
    I64,
    /// The bits of a `float`, in the low 32.
    F32,
    /// The bits of a `double`.
    F64,
    /// The address of an object; 0 is null, for a `Nullable<T>` "no value". Structs too large for a word are objects
    /// that nobody changes.
    Ref,
}

/// Why a null was not accepted: who names the exception to throw.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// The object that a member is called on: a null is a `NullReferenceException`.
    Receiver,
    /// The argument of this name: a null is an `ArgumentNullException`.
    Argument(&'static str),
}

/// Rust types that a member takes as parameters.
///
/// # Safety
/// `REPR` must be the representation that the compiler gives the C# type which the member's signature names, and the
/// Rust type must accept every word of that representation which the C# type allows.
pub unsafe trait FromWord<'a>: Sized {
    /// How the parameter's words are to be read.
    const REPR: Repr;

    /// The Rust value of a word.
    ///
    /// # Errors
    /// Throws as `role` says where the word is null and this type has no null.
    ///
    /// # Safety
    /// The word must be a value of the C# type that the signature names, from the arena of `cx` or longer-lived.
    unsafe fn from_word(word: Word, cx: &mut Cx<'a>, role: Role) -> Result<Self, Throw>;
}

/// Rust types that a member gives back.
pub trait IntoWord<'a> {
    /// What the word means.
    const REPR: Repr;

    /// The word of the value; what does not fit a word goes into the arena.
    fn into_word(self, cx: &mut Cx<'a>) -> Word;
}

/// What a member's function returns: a value, or a value or an exception.
pub trait Outcome<'a> {
    /// What the word of a success means.
    const REPR: Repr;

    /// The word of a success.
    ///
    /// # Errors
    /// Passes the exception on.
    fn into_outcome(self, cx: &mut Cx<'a>) -> Result<Word, Throw>;
}

impl<'a, T: IntoWord<'a>> Outcome<'a> for T {
    const REPR: Repr = T::REPR;

    #[inline]
    fn into_outcome(self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        Ok(self.into_word(cx))
    }
}

impl<'a, T: IntoWord<'a>> Outcome<'a> for Result<T, Throw> {
    const REPR: Repr = T::REPR;

    #[inline]
    fn into_outcome(self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        Ok(self?.into_word(cx))
    }
}

macro_rules! scalar {
    ($($rust:ty, $repr:ident, |$word:ident| $from:expr, |$value:ident| $into:expr;)*) => {$(
        // SAFETY: every word is accepted.
        unsafe impl<'a> FromWord<'a> for $rust {
            const REPR: Repr = Repr::$repr;
            #[inline]
            unsafe fn from_word($word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
                Ok($from)
            }
        }
        impl<'a> IntoWord<'a> for $rust {
            const REPR: Repr = Repr::$repr;
            #[inline]
            fn into_word(self, _: &mut Cx<'a>) -> Word {
                let $value = self;
                Word($into)
            }
        }
    )*};
}

mod scalars {
    use super::{Cx, FromWord, IntoWord, Repr, Role, Throw, Word};
    scalar! {
        bool, I32, |w| w.0 as u32 != 0, |v| u64::from(v);
        i8, I32, |w| w.0 as i8, |v| u64::from(i32::from(v) as u32);
        u8, I32, |w| w.0 as u8, |v| u64::from(v);
        i16, I32, |w| w.0 as i16, |v| u64::from(i32::from(v) as u32);
        u16, I32, |w| w.0 as u16, |v| u64::from(v);
        i32, I32, |w| w.0 as i32, |v| u64::from(v as u32);
        u32, I32, |w| w.0 as u32, |v| u64::from(v);
        i64, I64, |w| w.0 as i64, |v| v as u64;
        u64, I64, |w| w.0, |v| v;
        f32, F32, |w| f32::from_bits(w.0 as u32), |v| u64::from(v.to_bits());
        f64, F64, |w| f64::from_bits(w.0), |v| v.to_bits();
    }
}

impl<'a> IntoWord<'a> for () {
    const REPR: Repr = Repr::Void;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        Word::ZERO
    }
}

/// A UTF-16 code unit: the C# type `char`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Char(pub u16);

// SAFETY: every word is accepted.
unsafe impl<'a> FromWord<'a> for Char {
    const REPR: Repr = Repr::I32;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        Ok(Self(word.0 as u16))
    }
}

impl<'a> IntoWord<'a> for Char {
    const REPR: Repr = Repr::I32;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        Word(u64::from(self.0))
    }
}

// A parameter of a type parameter's type arrives as it is; the member is told the type beside it.
// SAFETY: every word is accepted.
unsafe impl<'a> FromWord<'a> for Word {
    const REPR: Repr = Repr::Ref;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        Ok(word)
    }
}

impl<'a> IntoWord<'a> for Word {
    const REPR: Repr = Repr::Ref;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        self
    }
}
