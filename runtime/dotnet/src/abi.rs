//! The calling convention between compiled code and members, and the guard on every call.
//!
//! A member's function takes the context and one word for each argument and returns a value and a status. Whatever
//! goes wrong inside, a panic included, comes back as a status: nothing unwinds through compiled code.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cx::Cx;
use crate::throw::{Limit, Throw};
use crate::word::Word;

/// What a call gives back, in two registers.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Return {
    /// The value; meaningless if something was thrown.
    pub value: Word,
    /// 0, or [`THROWN`].
    pub status: u64,
}

/// The status of a call that threw; the exception stands in the context.
pub const THROWN: u64 = 1;

impl Return {
    /// The result of a call as Rust has it.
    ///
    /// # Errors
    /// The exception that the call threw.
    #[inline]
    pub fn into_result(self) -> Result<Word, Throw> {
        if self.status == 0 { Ok(self.value) } else { Err(Throw::new()) }
    }
}

impl From<Result<Word, Throw>> for Return {
    #[inline]
    fn from(result: Result<Word, Throw>) -> Self {
        match result {
            Ok(value) => Self { value, status: 0 },
            Err(_) => Self { value: Word::ZERO, status: THROWN },
        }
    }
}

/// Runs a member for compiled code.
///
/// # Safety
/// `cx` must be the context of the running request, and nobody else may use it during the call.
#[inline]
pub unsafe fn enter<'a>(cx: *mut Cx<'a>, member: impl FnOnce(&mut Cx<'a>) -> Result<Word, Throw>) -> Return {
    // SAFETY: as the caller promises.
    let cx = unsafe { &mut *cx };
    match catch_unwind(AssertUnwindSafe(|| {
        let value = member(cx)?;
        cx.check_memory()?;
        Ok(value)
    })) {
        Ok(result) => Return::from(result),
        Err(_) => Return::from(Err(cx.throw_limit(Limit::Fault))),
    }
}

/// A function that compiled code calls, with its words given as a slice; what the interpreter and delegates use.
///
/// # Safety
/// `code` must be an `extern "C" fn(*mut Cx, Word × words.len()) -> Return`, and the words what it expects.
#[inline]
pub unsafe fn call<'a>(code: *const (), cx: *mut Cx<'a>, words: &[Word]) -> Return {
    macro_rules! call {
        ($($name:ident)*) => {
            if let [$($name),*] = *words {
                // SAFETY: as the caller promises.
                let code: unsafe extern "C" fn(*mut Cx<'a>, $(word!($name)),*) -> Return =
                    unsafe { std::mem::transmute(code) };
                // SAFETY: as the caller promises.
                return unsafe { code(cx, $($name),*) };
            }
        };
    }
    macro_rules! word {
        ($name:ident) => {
            Word
        };
    }
    call!();
    call!(a);
    call!(a b);
    call!(a b c);
    call!(a b c d);
    call!(a b c d e);
    call!(a b c d e f);
    call!(a b c d e f g);
    call!(a b c d e f g h);
    call!(a b c d e f g h i);
    call!(a b c d e f g h i j);
    call!(a b c d e f g h i j k);
    call!(a b c d e f g h i j k l);
    call!(a b c d e f g h i j k l m);
    call!(a b c d e f g h i j k l m n);
    call!(a b c d e f g h i j k l m n o);
    call!(a b c d e f g h i j k l m n o p);
    // The compiler makes no call of more words; see `MAX_WORDS`.
    Return { value: Word::ZERO, status: THROWN }
}

/// The most words that a call can have: `Tuple.Create` with eight values and the types of them.
pub const MAX_WORDS: usize = 16;
