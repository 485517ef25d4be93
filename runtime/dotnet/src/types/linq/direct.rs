//! Sequences whose elements can be asked for one by one: arrays, lists, and lazy ones made of them.

use crate::array::AnyArray;
use crate::cx::Cx;
use crate::object::Obj;
use crate::seq::{self, Lazy};
use crate::throw::Throw;
use crate::types::list::List;
use crate::types::raise;
use crate::word::Word;

/// A sequence whose elements can be asked for one by one.
#[derive(Clone, Copy)]
pub(super) enum Direct<'a> {
    /// An array.
    Array(AnyArray<'a>),
    /// A list.
    List(&'a List<'a>),
    /// A lazy sequence.
    Lazy(&'a dyn seq::Direct<'a>),
}

impl<'a> Direct<'a> {
    /// The sequence that an object is, if it can be asked for single elements.
    pub(super) fn of(object: Obj<'a>) -> Option<Self> {
        if let Some(list) = object.downcast::<List<'a>>() {
            return Some(Self::List(list));
        }
        match object.downcast::<Lazy<'a>>() {
            Some(lazy) => lazy.source.direct().map(Self::Lazy),
            None => AnyArray::of(object).map(Self::Array),
        }
    }

    /// The array or list that an object is; lazy sequences are none.
    pub(super) fn of_collection(object: Obj<'a>) -> Option<Self> {
        Self::of(object).filter(|direct| !matches!(direct, Self::Lazy(_)))
    }

    /// How many elements there are now.
    pub(super) fn len(self, cx: &mut Cx<'a>) -> Result<usize, Throw> {
        match self {
            Self::Array(array) => Ok(array.len()),
            Self::List(list) => Ok(list.len()),
            Self::Lazy(lazy) => cx.deeper(|cx| lazy.len(cx)),
        }
    }

    /// The element at an index that is below the length.
    pub(super) fn get(self, cx: &mut Cx<'a>, index: usize) -> Result<Word, Throw> {
        let word = match self {
            Self::Array(array) => array.get(index),
            Self::List(list) => list.get(index),
            Self::Lazy(lazy) => return cx.deeper(|cx| lazy.get(cx, index)),
        };
        word.ok_or_else(|| raise::index(cx, "index"))
    }

    /// Whether making an element calls a lambda.
    pub(super) fn calls_lambdas(self) -> bool {
        matches!(self, Self::Lazy(lazy) if lazy.calls_lambdas())
    }
}
