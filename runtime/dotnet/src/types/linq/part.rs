//! `Skip`, `Take` and their relatives.

use dotnet_macros::members;

use super::direct::Direct;
use super::{Enumerable, lazy};
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::seq::{self, Cursor, Lazy, Source};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

/// A part of a sequence that can be asked for single elements.
#[derive(Clone, Copy)]
struct Slice<'a> {
    of: Direct<'a>,
    skipped: usize,
    most: usize,
}

impl<'a> Source<'a> for Slice<'a> {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let mut at = 0;
        // The length is asked for at every step: the list may grow while it is walked, as .NET allows here.
        Ok(Cursor::of(cx, move |cx| {
            if at >= seq::Direct::len(self, cx)? {
                return Ok(None);
            }
            at += 1;
            seq::Direct::get(self, cx, at - 1).map(Some)
        }))
    }

    fn direct(&'a self) -> Option<&'a dyn seq::Direct<'a>> {
        Some(self)
    }
}

impl<'a> seq::Direct<'a> for Slice<'a> {
    fn len(&'a self, cx: &mut Cx<'a>) -> Result<usize, Throw> {
        Ok(self.of.len(cx)?.saturating_sub(self.skipped).min(self.most))
    }

    fn get(&'a self, cx: &mut Cx<'a>, index: usize) -> Result<Word, Throw> {
        self.of.get(cx, index + self.skipped)
    }

    fn calls_lambdas(&'a self) -> bool {
        self.of.calls_lambdas()
    }
}

/// Operators that give a part of the elements.
#[members("System.Linq.Enumerable", group = PART_MEMBERS)]
impl<'a> Enumerable {
    /// The elements after the first `count`.
    #[member("static IEnumerable<TSource> Skip<TSource>(this IEnumerable<TSource> source, int count)")]
    fn skip(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let skipped = usize::try_from(count).unwrap_or(0);
        if let Some(of) = Direct::of(source) {
            return Lazy::of(cx, element, Slice { of, skipped, most: usize::MAX });
        }
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut left = skipped;
            Ok(Cursor::of(cx, move |cx| {
                while left > 0 {
                    left -= 1;
                    if cursor.next(cx)?.is_none() {
                        left = 0;
                        return Ok(None);
                    }
                }
                cursor.next(cx)
            }))
        })
    }

    /// The first `count` elements.
    #[member("static IEnumerable<TSource> Take<TSource>(this IEnumerable<TSource> source, int count)")]
    fn take(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let most = usize::try_from(count).unwrap_or(0);
        if most == 0 {
            return AnyArray::new(cx, element, &[]).object();
        }
        if let Some(of) = Direct::of(source) {
            return Lazy::of(cx, element, Slice { of, skipped: 0, most });
        }
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut left = most;
            Ok(Cursor::of(cx, move |cx| {
                if left == 0 {
                    return Ok(None);
                }
                left -= 1;
                cursor.next(cx)
            }))
        })
    }

    /// The elements from the first on that the lambda does not accept.
    #[member(
        "static IEnumerable<TSource> SkipWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)"
    )]
    fn skip_while(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        skip_while(cx, source, element, move |cx, word, _| predicate.test1(cx, word))
    }

    /// The elements from the first on that the lambda, which is also given the position, does not accept.
    #[member(
        "static IEnumerable<TSource> SkipWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, int, bool> predicate)"
    )]
    fn skip_while_with_index(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        skip_while(cx, source, element, move |cx, word, index| predicate.test2(cx, word, index))
    }

    /// The elements before the first that the lambda does not accept.
    #[member(
        "static IEnumerable<TSource> TakeWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)"
    )]
    fn take_while(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        take_while(cx, source, element, move |cx, word, _| predicate.test1(cx, word))
    }

    /// The elements before the first that the lambda, which is also given the position, does not accept.
    #[member(
        "static IEnumerable<TSource> TakeWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, int, bool> predicate)"
    )]
    fn take_while_with_index(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        take_while(cx, source, element, move |cx, word, index| predicate.test2(cx, word, index))
    }

    /// The elements before the last `count`.
    #[member("static IEnumerable<TSource> SkipLast<TSource>(this IEnumerable<TSource> source, int count)")]
    fn skip_last(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let held = usize::try_from(count).unwrap_or(0);
        if held == 0 {
            return Self::skip(cx, source, 0, element);
        }
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut waiting = Waiting::new(held);
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    if let Some(first) = waiting.push(cx, word)? {
                        return Ok(Some(first));
                    }
                }
                Ok(None)
            }))
        })
    }

    /// The last `count` elements.
    #[member("static IEnumerable<TSource> TakeLast<TSource>(this IEnumerable<TSource> source, int count)")]
    fn take_last(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let most = usize::try_from(count).unwrap_or(0);
        if most == 0 {
            return AnyArray::new(cx, element, &[]).object();
        }
        lazy(cx, element, move |cx| {
            let mut waiting = Waiting::new(most);
            let mut cursor = source.elements(cx, element)?;
            while let Some(word) = cursor.next(cx)? {
                waiting.push(cx, word)?;
            }
            Ok(Cursor::of(cx, move |_| Ok(waiting.pop())))
        })
    }
}

fn skip_while<'a>(
    cx: &Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    accepts: impl Fn(&mut Cx<'a>, Word, Word) -> Result<bool, Throw> + Copy + 'a,
) -> Obj<'a> {
    lazy(cx, element, move |cx| {
        let mut cursor = source.elements(cx, element)?;
        let mut is_skipping = true;
        Ok(Cursor::of(cx, move |cx| {
            let mut index = 0;
            while let Some(word) = cursor.next(cx)? {
                if !is_skipping || !accepts(cx, word, Word(index))? {
                    is_skipping = false;
                    return Ok(Some(word));
                }
                index += 1;
            }
            Ok(None)
        }))
    })
}

fn take_while<'a>(
    cx: &Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    accepts: impl Fn(&mut Cx<'a>, Word, Word) -> Result<bool, Throw> + Copy + 'a,
) -> Obj<'a> {
    lazy(cx, element, move |cx| {
        let mut cursor = source.elements(cx, element)?;
        let (mut index, mut is_over) = (0, false);
        Ok(Cursor::of(cx, move |cx| {
            if is_over {
                return Ok(None);
            }
            let word = match cursor.next(cx)? {
                Some(word) if accepts(cx, word, Word(index))? => Some(word),
                _ => None,
            };
            is_over = word.is_none();
            index += 1;
            Ok(word)
        }))
    })
}

/// The last elements of a walk so far, at most so many; a ring in the arena.
struct Waiting<'a> {
    ring: &'a [std::cell::Cell<Word>],
    most: usize,
    first: usize,
    len: usize,
}

impl<'a> Waiting<'a> {
    fn new(most: usize) -> Self {
        Self { ring: &[], most, first: 0, len: 0 }
    }

    /// Adds an element; gives the one that has to leave for it.
    fn push(&mut self, cx: &mut Cx<'a>, word: Word) -> Result<Option<Word>, Throw> {
        let leaving = if self.len == self.most { self.pop() } else { None };
        if self.len == self.ring.len() {
            self.grow(cx)?;
        }
        let at = (self.first + self.len) % self.ring.len().max(1);
        match self.ring.get(at) {
            Some(place) => place.set(word),
            None => return Err(raise::index(cx, "index")),
        }
        self.len += 1;
        Ok(leaving)
    }

    fn pop(&mut self) -> Option<Word> {
        if self.len == 0 {
            return None;
        }
        let word = self.ring.get(self.first)?.get();
        self.first = (self.first + 1) % self.ring.len();
        self.len -= 1;
        Some(word)
    }

    fn grow(&mut self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        let capacity = (self.ring.len() * 2).clamp(4, self.most.max(4));
        cx.reserve(capacity * size_of::<Word>())?;
        let (ring, first) = (self.ring, self.first);
        let word_at = |index: usize| ring.get((first + index) % ring.len().max(1)).cloned().unwrap_or_default();
        self.ring = cx.arena().alloc_from(capacity, word_at);
        self.first = 0;
        Ok(())
    }
}
