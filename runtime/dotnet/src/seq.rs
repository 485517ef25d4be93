//! Sequences: what `foreach` and LINQ walk.
//!
//! Every type that is an `IEnumerable<T>` gives a [`Cursor`] through its `Ops`. A lazy sequence is a [`Source`] that
//! makes a new cursor each time it is walked.
//!
//! Not here: the query operators (`types::linq`).

use std::cell::Cell;

use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE, boxed};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;
use crate::word::{Repr, Role, Word};

/// One walk over a sequence.
pub struct Cursor<'a>(Walk<'a>);

/// Walks over memory are told apart, because they are the usual ones and need no call for a step.
enum Walk<'a> {
    Words(std::slice::Iter<'a, Word>),
    Cells(std::slice::Iter<'a, Cell<Word>>),
    Bytes(std::slice::Iter<'a, Cell<u8>>),
    Steps(&'a mut dyn Next<'a>),
}

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
        Self(Walk::Steps(cx.arena().alloc(steps)))
    }

    /// A walk whose steps are those of a closure.
    #[must_use]
    pub fn of(cx: &Cx<'a>, steps: impl FnMut(&mut Cx<'a>) -> Result<Option<Word>, Throw> + 'a) -> Self {
        Self::new(cx, Steps(steps))
    }

    /// A walk over words that are there already.
    #[must_use]
    pub fn over(words: &'a [Word]) -> Self {
        Self(Walk::Words(words.iter()))
    }

    /// A walk over words that may change while it goes on; it sees the changes.
    #[must_use]
    pub fn over_cells(cells: &'a [Cell<Word>]) -> Self {
        Self(Walk::Cells(cells.iter()))
    }

    /// A walk over bytes that may change while it goes on; it sees the changes.
    #[must_use]
    pub fn over_bytes(bytes: &'a [Cell<u8>]) -> Self {
        Self(Walk::Bytes(bytes.iter()))
    }

    /// The next element.
    ///
    /// # Errors
    /// As [`Next::next`], and the limits of depth, time and memory.
    #[inline]
    pub fn next(&mut self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        match &mut self.0 {
            Walk::Words(words) => Ok(words.next().copied()),
            Walk::Cells(cells) => Ok(cells.next().map(Cell::get)),
            Walk::Bytes(bytes) => Ok(bytes.next().map(|byte| Word(u64::from(byte.get())))),
            Walk::Steps(steps) => {
                cx.check_limits()?;
                // A step may ask a sequence inside for its next element, and that one another: how deep they are
                // nested is up to the policy.
                cx.deeper(|cx| steps.next(cx))
            }
        }
    }

    /// The next element as an object, of a sequence of `element`s.
    ///
    /// # Errors
    /// As [`Next::next`].
    pub fn next_object(&mut self, cx: &mut Cx<'a>, element: Ty) -> Result<Option<Option<Obj<'a>>>, Throw> {
        let Some(word) = self.next(cx)? else { return Ok(None) };
        let word = crate::object::boxed(cx, element, word);
        // SAFETY: a box, or a word of a reference type that the sequence gave.
        Ok(Some(unsafe { Obj::from_address(word) }))
    }

    /// All elements that are left.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    pub fn collect(&mut self, cx: &mut Cx<'a>) -> Result<Vec<Word>, Throw> {
        let known = match &self.0 {
            Walk::Words(words) => words.len(),
            Walk::Cells(cells) => cells.len(),
            Walk::Bytes(bytes) => bytes.len(),
            Walk::Steps(_) => 0,
        };
        cx.reserve(known * size_of::<Word>())?;
        let mut words = Vec::with_capacity(known);
        while let Some(word) = self.next(cx)? {
            if words.len() == words.capacity() {
                cx.reserve(words.len() * 2 * size_of::<Word>())?;
            }
            words.push(word);
        }
        Ok(words)
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
    /// A walk over the elements of this sequence, as words of type `element`: boxes where the sequence is one of numbers
    /// and objects are asked for.
    ///
    /// # Errors
    /// `InvalidCastException` if this is no sequence, which the compiler does not let through.
    pub fn elements(self, cx: &mut Cx<'a>, element: Ty) -> Result<Cursor<'a>, Throw> {
        let Some(elements) = self.ty().def.ops.elements else {
            return Err(crate::rt::throw_cast(cx, self.ty(), element));
        };
        let mut cursor = elements(cx, self, element)?;
        if element.repr() != Repr::Ref {
            return Ok(cursor);
        }
        match self.ty().sequence_element() {
            Some(own) if own.repr() != Repr::Ref => {
                Ok(Cursor::of(cx, move |cx| Ok(cursor.next(cx)?.map(|word| boxed(cx, own, word)))))
            }
            _ => Ok(cursor),
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

    /// What the sequence does for those who ask for single elements, if it can do that.
    fn direct(&'a self) -> Option<&'a dyn Direct<'a>> {
        None
    }

    /// The part that it appends to another sequence or puts before it, if that is what it is.
    fn link(&'a self) -> Option<&'a Link<'a>> {
        None
    }

    /// The sequence of which it gives a part, if that is what it is.
    fn slice(&'a self) -> Option<&'a Slice<'a>> {
        None
    }

    /// The sequence of whose elements it gives each once, if that is what it is.
    fn once(&'a self) -> Option<&'a Once<'a>> {
        None
    }
}

/// A lazy sequence whose elements can be asked for one by one, without the work that the others are.
pub trait Direct<'a> {
    /// How many elements there are now.
    ///
    /// # Errors
    /// The limit of depth.
    fn len(&'a self, cx: &mut Cx<'a>) -> Result<usize, Throw>;

    /// The element at an index below the length.
    ///
    /// # Errors
    /// What a lambda of the sequence throws.
    fn get(&'a self, cx: &mut Cx<'a>, index: usize) -> Result<Word, Throw>;

    /// Whether making an element calls a lambda. Counting such a sequence makes them all, because the policy may count
    /// the calls.
    fn calls_lambdas(&'a self) -> bool;
}

/// A part of a sequence.
#[derive(Clone, Copy)]
pub struct Slice<'a> {
    /// The sequence.
    pub of: Obj<'a>,
    /// How many elements are left out before the part.
    pub skipped: usize,
    /// How many elements the part has at most.
    pub most: usize,
    /// The type of the elements.
    pub element: Ty,
}

/// The elements of a sequence, each once.
#[derive(Clone, Copy)]
pub struct Once<'a> {
    /// The sequence.
    pub of: Obj<'a>,
    /// What finds elements equal; without it, their type does.
    pub comparer: Option<Obj<'a>>,
    /// The type of the elements.
    pub element: Ty,
}

/// A sequence with something before or behind it.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    /// The sequence.
    pub to: Obj<'a>,
    /// What stands before or behind it.
    pub part: Part<'a>,
    /// Whether it stands before.
    pub is_before: bool,
    /// The type of the elements.
    pub element: Ty,
}

/// What stands before or behind a sequence.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// A single element.
    Element(Word),
    /// All elements of another sequence.
    Sequence(Obj<'a>),
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
    /// What it does.
    pub source: &'a dyn Source<'a>,
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
        // Starting a walk starts that of the sequence inside.
        Some(lazy) => cx.deeper(|cx| lazy.source.start(cx)),
        None => Err(cx.throw_null(Role::Receiver)),
    }),
    ..REFERENCE
};
