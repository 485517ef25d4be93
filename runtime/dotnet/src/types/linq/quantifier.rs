//! Operators that count and ask: `Count`, `Any`, `All`, `Contains`, `SequenceEqual`.

use dotnet_macros::members;

use super::Enumerable;
use super::direct::Direct;
use super::order::Ordered;
use crate::cx::Cx;
use crate::equality::Equality;
use crate::func::Func;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

/// Operators that count elements and ask about them.
#[members("System.Linq.Enumerable", group = QUANTIFIER_MEMBERS)]
impl<'a> Enumerable {
    /// How many elements there are.
    ///
    /// # Throws
    /// `OverflowException` if there are more than an `int` can count.
    #[member("static int Count<TSource>(this IEnumerable<TSource> source)")]
    fn count(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<i32, Throw> {
        let count = count(cx, source, element)?;
        i32::try_from(count).map_err(|_| raise::overflow(cx))
    }

    /// How many elements the lambda accepts.
    ///
    /// # Throws
    /// `OverflowException` if there are more than an `int` can count.
    #[member("static int Count<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn count_matches(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<i32, Throw> {
        let count = count_matches(cx, source, predicate, element)?;
        i32::try_from(count).map_err(|_| raise::overflow(cx))
    }

    /// How many elements there are.
    #[member("static long LongCount<TSource>(this IEnumerable<TSource> source)")]
    fn long_count(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<i64, Throw> {
        count(cx, source, element)
    }

    /// How many elements the lambda accepts.
    #[member("static long LongCount<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn long_count_matches(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        predicate: &'a Func<'a>,
        element: Ty,
    ) -> Result<i64, Throw> {
        count_matches(cx, source, predicate, element)
    }

    /// Whether there is an element.
    #[member("static bool Any<TSource>(this IEnumerable<TSource> source)")]
    fn any(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<bool, Throw> {
        match source.count_hint() {
            Some(count) => Ok(count > 0),
            None => Ok(source.elements(cx, element)?.next(cx)?.is_some()),
        }
    }

    /// Whether the lambda accepts an element.
    #[member("static bool Any<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn any_match(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<bool, Throw> {
        let mut cursor = source.elements(cx, element)?;
        while let Some(word) = cursor.next(cx)? {
            if predicate.test1(cx, word)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the lambda accepts all elements.
    #[member("static bool All<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn all(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<bool, Throw> {
        let mut cursor = source.elements(cx, element)?;
        while let Some(word) = cursor.next(cx)? {
            if !predicate.test1(cx, word)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether an element is equal; a collection answers itself, a set by what it finds equal.
    #[member("static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value)")]
    fn contains(cx: &mut Cx<'a>, source: Obj<'a>, value: Word, element: Ty) -> Result<bool, Throw> {
        match source.ty().def.ops.collection {
            Some(collection) if source.ty().sequence_element() == Some(element) => {
                (collection.contains)(cx, source, value)
            }
            _ => contains(cx, source, value, Equality::of(element, None), element),
        }
    }

    /// Whether an element is equal, as the comparer sees it.
    #[member(
        "static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value, IEqualityComparer<TSource> comparer)"
    )]
    fn contains_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        value: Word,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<bool, Throw> {
        contains(cx, source, value, Equality::of(element, comparer), element)
    }

    /// Whether two sequences have equal elements in the same order.
    #[member("static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)")]
    fn sequence_equal(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, element: Ty) -> Result<bool, Throw> {
        Self::sequence_equal_by(cx, first, second, None, element)
    }

    /// Whether two sequences have elements in the same order that the comparer finds equal.
    #[member(
        "static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)"
    )]
    fn sequence_equal_by(
        cx: &mut Cx<'a>,
        first: Obj<'a>,
        second: Obj<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<bool, Throw> {
        if first.count_hint().zip(second.count_hint()).is_some_and(|(first, second)| first != second) {
            return Ok(false);
        }
        let equality = Equality::of(element, comparer);
        let (mut left, mut right) = (first.elements(cx, element)?, second.elements(cx, element)?);
        loop {
            match (left.next(cx)?, right.next(cx)?) {
                (Some(one), Some(other)) if equality.equal(cx, one, other)? => {}
                (one, other) => return Ok(one.is_none() && other.is_none()),
            }
        }
    }
}

fn count<'a>(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<i64, Throw> {
    let known = match (source.count_hint(), Direct::of(source)) {
        (Some(count), _) => Some(count),
        (None, Some(direct)) if !direct.calls_lambdas() => Some(direct.len(cx)?),
        _ => None,
    };
    if let Some(count) = known {
        return Ok(i64::try_from(count).unwrap_or(i64::MAX));
    }
    if let Some(ordered) = source.downcast::<Ordered<'a>>() {
        return cx.deeper(|cx| count(cx, ordered.source, element));
    }
    let mut cursor = source.elements(cx, element)?;
    let mut count = 0;
    while cursor.next(cx)?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn count_matches<'a>(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<i64, Throw> {
    let mut cursor = source.elements(cx, element)?;
    let mut count = 0;
    while let Some(word) = cursor.next(cx)? {
        count += i64::from(predicate.test1(cx, word)?);
    }
    Ok(count)
}

fn contains<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    value: Word,
    equality: Equality<'a>,
    element: Ty,
) -> Result<bool, Throw> {
    let mut cursor = source.elements(cx, element)?;
    while let Some(word) = cursor.next(cx)? {
        if equality.equal(cx, word, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}
