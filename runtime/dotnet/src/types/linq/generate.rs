//! Sequences of nothing but numbers or repetitions: `Range`, `Repeat`, `Empty`.

use dotnet_macros::members;

use super::Enumerable;
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::object::Obj;
use crate::seq::{self, Cursor, Lazy, Source};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::number::INT32;
use crate::types::raise;
use crate::word::Word;

/// Numbers that follow each other, or the same element again and again.
#[derive(Clone, Copy)]
struct Series {
    first: Word,
    step: u32,
    count: usize,
}

impl<'a> Source<'a> for Series {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let mut at = 0;
        Ok(Cursor::of(cx, move |_| {
            let word = (at < self.count).then(|| self.at(at));
            at += 1;
            Ok(word)
        }))
    }

    fn direct(&'a self) -> Option<&'a dyn seq::Direct<'a>> {
        Some(self)
    }
}

impl Series {
    fn at(&self, index: usize) -> Word {
        if self.step == 0 { self.first } else { Word(u64::from((self.first.0 as u32).wrapping_add(index as u32))) }
    }
}

impl<'a> seq::Direct<'a> for Series {
    fn len(&'a self, _: &mut Cx<'a>) -> Result<usize, Throw> {
        Ok(self.count)
    }

    fn get(&'a self, _: &mut Cx<'a>, index: usize) -> Result<Word, Throw> {
        Ok(self.at(index))
    }

    fn calls_lambdas(&'a self) -> bool {
        false
    }
}

/// Sequences that are made of nothing.
#[members("System.Linq.Enumerable", group = GENERATE_MEMBERS)]
impl<'a> Enumerable {
    /// `count` numbers from `start` on.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative or the last number is no `int`.
    #[member("static IEnumerable<int> Range(int start, int count)")]
    fn range(cx: &mut Cx<'a>, start: i32, count: i32) -> Result<Obj<'a>, Throw> {
        let Ok(length) = usize::try_from(count) else { return Err(raise::out_of_range(cx, "count")) };
        if i64::from(start) + i64::from(count) - 1 > i64::from(i32::MAX) {
            return Err(raise::out_of_range(cx, "count"));
        }
        let series = Series { first: Word(u64::from(start as u32)), step: 1, count: length };
        Ok(Lazy::of(cx, Ty(&INT32), series))
    }

    /// An element so many times.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("static IEnumerable<TResult> Repeat<TResult>(TResult element, int count)")]
    fn repeat(cx: &mut Cx<'a>, repeated: Word, count: i32, element: Ty) -> Result<Obj<'a>, Throw> {
        match usize::try_from(count) {
            Ok(count) => Ok(Lazy::of(cx, element, Series { first: repeated, step: 0, count })),
            Err(_) => Err(raise::out_of_range(cx, "count")),
        }
    }

    /// A sequence without elements.
    #[member("static IEnumerable<TResult> Empty<TResult>()")]
    fn empty(cx: &mut Cx<'a>, element: Ty) -> Obj<'a> {
        AnyArray::new(cx, element, &[]).object()
    }
}
