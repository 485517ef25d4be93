//! `Concat`, `Append`, `Prepend`, `DefaultIfEmpty` and `Reverse`.

use dotnet_macros::members;

use super::{Enumerable, lazy};
use crate::cx::Cx;
use crate::object::Obj;
use crate::rt::default_word;
use crate::seq::{Cursor, Lazy, Link, Part, Source};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

// A loop that appends to a sequence makes a chain of as many links. They are gathered when a walk starts, so that a walk
// is not nested as deeply as the chain is long.
impl<'a> Source<'a> for Link<'a> {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        let mut link = self;
        let first = loop {
            if link.is_before {
                before.push(link.part)
            } else {
                behind.push(link.part)
            }
            match link.to.downcast::<Lazy<'a>>().and_then(|lazy| lazy.source.link()) {
                Some(inner) => link = inner,
                None => break link.to,
            }
            if before.len().wrapping_add(behind.len()).is_multiple_of(1024) {
                cx.check_limits()?;
            }
        };
        before.push(Part::Sequence(first));
        before.extend(behind.into_iter().rev());
        cx.reserve(before.len() * size_of::<Part<'_>>())?;
        let parts: &'a [Part<'a>] = cx.arena().alloc_slice(&before);
        Ok(walk(cx, parts, self.element))
    }

    fn link(&'a self) -> Option<&'a Link<'a>> {
        Some(self)
    }
}

/// A walk over parts, one after the other.
fn walk<'a>(cx: &Cx<'a>, parts: &'a [Part<'a>], element: Ty) -> Cursor<'a> {
    let mut parts = parts.iter();
    let mut current: Option<Cursor<'a>> = None;
    Cursor::of(cx, move |cx| {
        loop {
            if let Some(cursor) = &mut current {
                if let Some(word) = cursor.next(cx)? {
                    return Ok(Some(word));
                }
                current = None;
            }
            match parts.next() {
                Some(Part::Element(word)) => return Ok(Some(*word)),
                Some(Part::Sequence(sequence)) => current = Some(sequence.elements(cx, element)?),
                None => return Ok(None),
            }
        }
    })
}

/// Operators that put something before or behind, or turn round.
#[members("System.Linq.Enumerable", group = CHAIN_MEMBERS)]
impl<'a> Enumerable {
    /// The elements of one sequence, then those of another.
    #[member(
        "static IEnumerable<TSource> Concat<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)"
    )]
    pub(super) fn concat(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, element: Ty) -> Obj<'a> {
        Lazy::of(cx, element, Link { to: first, part: Part::Sequence(second), is_before: false, element })
    }

    /// The elements of a sequence, then one more.
    #[member("static IEnumerable<TSource> Append<TSource>(this IEnumerable<TSource> source, TSource element)")]
    fn append(cx: &mut Cx<'a>, source: Obj<'a>, last: Word, element: Ty) -> Obj<'a> {
        Lazy::of(cx, element, Link { to: source, part: Part::Element(last), is_before: false, element })
    }

    /// An element, then those of a sequence.
    #[member("static IEnumerable<TSource> Prepend<TSource>(this IEnumerable<TSource> source, TSource element)")]
    fn prepend(cx: &mut Cx<'a>, source: Obj<'a>, first: Word, element: Ty) -> Obj<'a> {
        Lazy::of(cx, element, Link { to: source, part: Part::Element(first), is_before: true, element })
    }

    /// The elements of a sequence; the type's default if there is none.
    #[member("static IEnumerable<TSource> DefaultIfEmpty<TSource>(this IEnumerable<TSource> source)")]
    fn default_if_empty(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Obj<'a> {
        Self::value_if_empty(cx, source, default_word(element), element)
    }

    /// The elements of a sequence; a single value if there is none.
    #[member(
        "static IEnumerable<TSource> DefaultIfEmpty<TSource>(this IEnumerable<TSource> source, TSource defaultValue)"
    )]
    fn value_if_empty(cx: &mut Cx<'a>, source: Obj<'a>, default: Word, element: Ty) -> Obj<'a> {
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut is_first = true;
            Ok(Cursor::of(cx, move |cx| {
                let next = cursor.next(cx)?;
                let was_first = std::mem::replace(&mut is_first, false);
                Ok(next.or_else(|| was_first.then_some(default)))
            }))
        })
    }

    /// The elements from the last to the first.
    #[member("static IEnumerable<TSource> Reverse<TSource>(this IEnumerable<TSource> source)")]
    fn reverse(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Obj<'a> {
        lazy(cx, element, move |cx| {
            let words = source.elements(cx, element)?.collect(cx)?;
            let mut left = &*cx.arena().alloc_slice(&words);
            Ok(Cursor::of(cx, move |_| {
                Ok(left.split_last().map(|(last, before)| {
                    left = before;
                    *last
                }))
            }))
        })
    }
}
