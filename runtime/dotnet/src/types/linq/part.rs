//! `Skip`, `Take` and their relatives.

use dotnet_macros::members;

use super::direct::Direct;
use super::{Enumerable, lazy};
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::seq::{self, Cursor, Lazy, Slice, Source};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

impl<'a> Source<'a> for Slice<'a> {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        if let Some(direct) = Direct::of(self.of) {
            let mut at = 0;
            // The length is asked for at every step: a list may grow while it is walked, as .NET allows here.
            return Ok(Cursor::of(cx, move |cx| {
                if at >= self.len_of(direct.len(cx)?) {
                    return Ok(None);
                }
                at += 1;
                direct.get(cx, self.skipped + at - 1).map(Some)
            }));
        }
        let mut cursor = self.of.elements(cx, self.element)?;
        let (mut to_skip, mut left) = (self.skipped, self.most);
        Ok(Cursor::of(cx, move |cx| {
            if left == 0 {
                return Ok(None);
            }
            while to_skip > 0 {
                to_skip -= 1;
                if cursor.next(cx)?.is_none() {
                    left = 0;
                    return Ok(None);
                }
            }
            left -= 1;
            cursor.next(cx)
        }))
    }

    fn direct(&'a self) -> Option<&'a dyn seq::Direct<'a>> {
        Direct::of(self.of).map(|_| self as _)
    }

    fn slice(&'a self) -> Option<&'a Slice<'a>> {
        Some(self)
    }
}

impl Slice<'_> {
    /// How many elements the part has if the whole has `whole`.
    fn len_of(&self, whole: usize) -> usize {
        whole.saturating_sub(self.skipped).min(self.most)
    }
}

impl<'a> seq::Direct<'a> for Slice<'a> {
    fn len(&'a self, cx: &mut Cx<'a>) -> Result<usize, Throw> {
        let whole = Direct::of(self.of).map_or(Ok(0), |direct| direct.len(cx))?;
        Ok(self.len_of(whole))
    }

    fn get(&'a self, cx: &mut Cx<'a>, index: usize) -> Result<Word, Throw> {
        match Direct::of(self.of) {
            Some(direct) => direct.get(cx, self.skipped + index),
            None => Err(raise::index(cx, "index")),
        }
    }

    fn calls_lambdas(&'a self) -> bool {
        Direct::of(self.of).is_some_and(Direct::calls_lambdas)
    }
}

/// A sequence as a part of one; a part of a part is a part of the whole, so that loops that skip do not nest.
fn slice_of<'a>(source: Obj<'a>, element: Ty) -> Slice<'a> {
    let slice = source.downcast::<Lazy<'a>>().and_then(|lazy| lazy.source.slice());
    slice.copied().unwrap_or(Slice { of: source, skipped: 0, most: usize::MAX, element })
}

/// Operators that give a part of the elements.
#[members("System.Linq.Enumerable", group = PART_MEMBERS)]
impl<'a> Enumerable {
    /// The elements after the first `count`.
    #[member("static IEnumerable<TSource> Skip<TSource>(this IEnumerable<TSource> source, int count)")]
    fn skip(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let count = usize::try_from(count).unwrap_or(0);
        let Slice { of, skipped, most, .. } = slice_of(source, element);
        let most = if most == usize::MAX { most } else { most.saturating_sub(count) };
        Lazy::of(cx, element, Slice { of, skipped: skipped.saturating_add(count), most, element })
    }

    /// The first `count` elements.
    #[member("static IEnumerable<TSource> Take<TSource>(this IEnumerable<TSource> source, int count)")]
    fn take(cx: &mut Cx<'a>, source: Obj<'a>, count: i32, element: Ty) -> Obj<'a> {
        let most = usize::try_from(count).unwrap_or(0);
        if most == 0 {
            return AnyArray::new(cx, element, &[]).object();
        }
        let Slice { of, skipped, most: before, .. } = slice_of(source, element);
        Lazy::of(cx, element, Slice { of, skipped, most: most.min(before), element })
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
