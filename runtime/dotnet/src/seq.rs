//! Sequences: what `foreach` and LINQ walk.
//!
//! Every type that is an `IEnumerable<T>` gives a [`Cursor`] through its `Ops`. A lazy sequence is a [`Source`] that
//! makes a new cursor each time it is walked.
//!
//! Not here: the query operators (`types::linq`).

use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;
use crate::word::{Role, Word};

/// One walk over a sequence.
pub struct Cursor<'a>(&'a mut dyn Next<'a>);

/// The steps of a walk.
pub trait Next<'a> {
    /// The next element, as a word of the sequence's element type.
    ///
    /// # Errors
    /// What a lambda of the sequence throws, or that the collection was changed meanwhile.
    fn next(&mut self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw>;
}

impl<'a> Cursor<'a> {
    /// A walk that takes `steps`.
    #[must_use]
    pub fn new(cx: &Cx<'a>, steps: impl Next<'a> + 'a) -> Self {
        Self(cx.arena().alloc(steps))
    }

    /// A walk over words that are there already.
    #[must_use]
    pub fn over(cx: &Cx<'a>, words: &'a [Word]) -> Self {
        Self::new(cx, words.iter())
    }

    /// The next element.
    ///
    /// # Errors
    /// As [`Next::next`].
    #[inline]
    pub fn next(&mut self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        self.0.next(cx)
    }

    /// All elements that are left.
    ///
    /// # Errors
    /// As [`Next::next`], and the limits of time and memory.
    pub fn collect(&mut self, cx: &mut Cx<'a>) -> Result<Vec<Word>, Throw> {
        let mut words = Vec::new();
        while let Some(word) = self.next(cx)? {
            words.push(word);
            if words.len().is_multiple_of(1024) {
                cx.check_limits()?;
                cx.reserve(words.len() * size_of::<Word>())?;
            }
        }
        Ok(words)
    }
}

impl<'a> Next<'a> for std::slice::Iter<'a, Word> {
    fn next(&mut self, _: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        Ok(Iterator::next(self).copied())
    }
}

/// A walk given by a closure.
pub struct Steps<F>(pub F);

impl<'a, F: FnMut(&mut Cx<'a>) -> Result<Option<Word>, Throw>> Next<'a> for Steps<F> {
    fn next(&mut self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        (self.0)(cx)
    }
}

impl<'a> Obj<'a> {
    /// A walk over the elements of this sequence, as words of type `element`.
    ///
    /// # Errors
    /// `InvalidCastException` if this is no sequence, which the compiler does not let through.
    pub fn elements(self, cx: &mut Cx<'a>, element: Ty) -> Result<Cursor<'a>, Throw> {
        match self.ty().def.ops.elements {
            Some(elements) => elements(cx, self, element),
            None => Err(crate::rt::throw_cast(cx, self.ty(), element)),
        }
    }

    /// How many elements there are, where that is known without walking them.
    #[must_use]
    pub fn count_hint(self) -> Option<usize> {
        self.ty().def.ops.count.map(|count| count(self))
    }
}

/// What a lazy sequence does each time it is walked.
pub trait Source<'a> {
    /// A new walk.
    ///
    /// # Errors
    /// What starting the walk throws.
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw>;
}

impl<'a, F: Fn(&mut Cx<'a>) -> Result<Cursor<'a>, Throw>> Source<'a> for F {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        self(cx)
    }
}

/// The object of a lazy sequence.
#[repr(C)]
pub struct Lazy<'a> {
    header: Header,
    source: &'a dyn Source<'a>,
}

crate::layout!(Lazy<'a>, types::linq::LAZY_DEF);

impl<'a> Lazy<'a> {
    /// A sequence of `element`s that `source` makes anew for each walk.
    #[must_use]
    pub fn of(cx: &Cx<'a>, element: Ty, source: impl Source<'a> + 'a) -> Obj<'a> {
        let source = cx.arena().alloc(source);
        let ty = Ty::construct(&types::linq::LAZY_DEF, &[element]);
        crate::object::object_of(cx.arena().alloc(Self { header: Header::new(ty), source }))
    }
}

/// The behaviour of lazy sequences.
pub static LAZY_OPS: Ops = Ops {
    elements: Some(|cx, object, _| match object.downcast::<Lazy<'_>>() {
        Some(lazy) => lazy.source.start(cx),
        None => Err(cx.throw_null(Role::Receiver)),
    }),
    ..REFERENCE
};
