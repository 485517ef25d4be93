//! How nodes name each other: ids, lists of nodes, identifiers.

use super::{Argument, Bound, Catch, Clause, Declarator, Label, Lists, Parameter, Part, Section, TupleElement};
use crate::span::Span;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::ops::Range;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The id of the node at `index`.
            pub(crate) fn at(index: usize) -> Self {
                Self(u32::try_from(index).map_or(NonZeroU32::MAX, |index| NonZeroU32::MIN.saturating_add(index)))
            }

            /// The place of the node among those of its kind, from 0.
            #[must_use]
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.index())
            }
        }
    };
}

id! {
    /// Names an expression of a tree. An expression's id is greater than those of the expressions within it.
    ExprId
}
id! {
    /// Names a statement of a tree. A statement's id is greater than those of the statements within it.
    StmtId
}
id! {
    /// Names a type written in a tree.
    TypeId
}
id! {
    /// Names a local function of a tree.
    FunctionId
}

/// An identifier as written. Its name is [`Tree::text_of`](super::Tree::text_of) of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ident {
    /// Where it stands; empty where a name is missing.
    pub span: Span,
}

impl Ident {
    /// Whether a name should stand here and does not, as after the point of a half-typed `context.Request.`.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self.span.is_empty()
    }
}

/// A list of elements of a tree. [`Tree::list`](super::Tree::list) gives them as a slice.
pub struct List<T> {
    start: u32,
    len: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> List<T> {
    pub(crate) fn new(range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), len: clamp(range.len()), of: PhantomData }
    }

    /// The list without elements.
    #[must_use]
    pub fn empty() -> Self {
        Self { start: 0, len: 0, of: PhantomData }
    }

    /// How many elements the list has.
    #[must_use]
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether the list has no element.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<T> Eq for List<T> {}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.range())
    }
}

/// What a [`List`] can hold.
pub trait Listed: Sized {
    /// Where a tree keeps such elements.
    #[doc(hidden)]
    fn pool(lists: &Lists) -> &Vec<Self>;
    /// The same, to add to.
    #[doc(hidden)]
    fn pool_mut(lists: &mut Lists) -> &mut Vec<Self>;
}

macro_rules! listed {
    ($($element:ty: $pool:ident),* $(,)?) => {
        $(impl Listed for $element {
            fn pool(lists: &Lists) -> &Vec<Self> {
                &lists.$pool
            }
            fn pool_mut(lists: &mut Lists) -> &mut Vec<Self> {
                &mut lists.$pool
            }
        })*
    };
}

listed! {
    ExprId: exprs,
    StmtId: stmts,
    TypeId: types,
    Ident: idents,
    Argument: arguments,
    Parameter: parameters,
    Part: parts,
    Clause: clauses,
    Declarator: declarators,
    Section: sections,
    Label: labels,
    Catch: catches,
    Bound: bounds,
    TupleElement: elements,
}
