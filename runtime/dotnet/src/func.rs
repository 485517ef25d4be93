//! Delegates: lambdas, local functions and methods as values.

use crate::abi;
use crate::catalogue::TypeKind;
use crate::catalogue::declaration::Declaration;
use crate::catalogue::signature::{Signature, TypeSyntax};
use crate::cx::Cx;
use crate::object::{Header, Layout};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::{Repr, Word};

/// The object of a delegate. Its layout is known to compiled code.
#[repr(C)]
pub struct Func<'a> {
    header: Header,
    code: *const (),
    env: Word,
    _arena: std::marker::PhantomData<&'a ()>,
}

// SAFETY: `#[repr(C)]`, header first; delegates are made with this layout only.
unsafe impl<'a> Layout<'a> for Func<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        ty.def.kind == TypeKind::Delegate
    }
}

impl<'a> Func<'a> {
    /// A delegate of type `ty`.
    ///
    /// # Safety
    /// `code` must be an `extern "C" fn(*mut Cx, env, word…) -> Return` with the words that `ty` says, that may be
    /// called as long as the arena of `cx` lives.
    #[must_use]
    pub unsafe fn new(cx: &Cx<'a>, ty: Ty, code: *const (), env: Word) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(ty), code, env, _arena: std::marker::PhantomData })
    }

    /// Calls it with words of the types that its own type says.
    ///
    /// # Errors
    /// What it throws, and the limits of depth and time.
    pub fn call(&self, cx: &mut Cx<'a>, args: &[Word]) -> Result<Word, Throw> {
        let mut words = [Word::ZERO; abi::MAX_WORDS];
        words[0] = self.env;
        for (place, arg) in words.iter_mut().skip(1).zip(args) {
            *place = *arg;
        }
        self.call_words(cx, words.get(..=args.len()).unwrap_or(&[]))
    }

    /// Calls it with one argument.
    ///
    /// # Errors
    /// As [`Func::call`].
    #[inline]
    pub fn call1(&self, cx: &mut Cx<'a>, arg: Word) -> Result<Word, Throw> {
        self.call_words(cx, &[self.env, arg])
    }

    /// Calls it with two arguments.
    ///
    /// # Errors
    /// As [`Func::call`].
    #[inline]
    pub fn call2(&self, cx: &mut Cx<'a>, first: Word, second: Word) -> Result<Word, Throw> {
        self.call_words(cx, &[self.env, first, second])
    }

    #[inline]
    fn call_words(&self, cx: &mut Cx<'a>, words: &[Word]) -> Result<Word, Throw> {
        cx.check_limits()?;
        // SAFETY: as `new` was promised; the words are those of the delegate's type.
        cx.deeper(|cx| unsafe { abi::call(self.code, cx, words) }.into_result())
    }

    /// Calls a predicate of one argument.
    ///
    /// # Errors
    /// As [`Func::call`].
    #[inline]
    pub fn test1(&self, cx: &mut Cx<'a>, arg: Word) -> Result<bool, Throw> {
        Ok(crate::rt::scalar_of(self.call1(cx, arg)?))
    }

    /// Calls a predicate of two arguments.
    ///
    /// # Errors
    /// As [`Func::call`].
    #[inline]
    pub fn test2(&self, cx: &mut Cx<'a>, first: Word, second: Word) -> Result<bool, Throw> {
        Ok(crate::rt::scalar_of(self.call2(cx, first, second)?))
    }

    /// Calls a predicate.
    ///
    /// # Errors
    /// As [`Func::call`].
    pub fn test(&self, cx: &mut Cx<'a>, args: &[Word]) -> Result<bool, Throw> {
        Ok(crate::rt::scalar_of(self.call(cx, args)?))
    }
}

/// Offsets of a delegate's parts, for compiled code.
pub mod layout {
    use super::Func;

    /// Where the address of the code stands.
    pub const CODE: usize = std::mem::offset_of!(Func<'static>, code);
    /// Where the word stands that the code takes first.
    pub const ENV: usize = std::mem::offset_of!(Func<'static>, env);
}

/// A variable that a lambda shares with the code around it. Its layout is known to compiled code: a single word.
#[repr(transparent)]
pub struct Cell(pub std::cell::Cell<Word>);

/// The types of the parameters of a delegate type, and of its result (`void` where it gives none).
#[must_use]
pub fn signature_of(ty: Ty) -> Option<(Vec<Ty>, Ty)> {
    let invoke =
        ty.def.members().find_map(|member| Signature::parse(member.signature).filter(|s| s.name == "Invoke"))?;
    let declaration = Declaration::parse(ty.def.declaration);
    let resolve = |syntax: &TypeSyntax<'_>| Some(syntax.resolve(&declaration.scope())?.substitute(ty.args, &[]));
    let parameters = invoke.parameters.iter().map(|parameter| resolve(&parameter.ty)).collect::<Option<_>>()?;
    Some((parameters, resolve(invoke.returns.as_ref()?)?))
}

/// How a delegate's result is to be read; `Void` for those that give none.
#[must_use]
pub fn result_repr(ty: Ty) -> Repr {
    signature_of(ty).map_or(Repr::Void, |(_, result)| result.repr())
}
