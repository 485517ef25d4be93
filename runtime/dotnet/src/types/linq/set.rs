//! Operators that compare elements with each other: `Distinct`, `Union`, `Intersect`, `Except`.

use dotnet_macros::members;

use super::{Enumerable, lazy};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::Obj;
use crate::seq::{Cursor, Lazy, Once, Source};
use crate::table::Table;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

impl<'a> Source<'a> for Once<'a> {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let mut cursor = self.of.elements(cx, self.element)?;
        let seen = Table::new(Equality::of(self.element, self.comparer));
        Ok(Cursor::of(cx, move |cx| {
            while let Some(word) = cursor.next(cx)? {
                if seen.add(cx, word, Word::ZERO)?.is_none() {
                    return Ok(Some(word));
                }
            }
            Ok(None)
        }))
    }

    fn once(&'a self) -> Option<&'a Once<'a>> {
        Some(self)
    }
}

/// Operators that take sequences as sets. The order is that of the first sequence.
#[members("System.Linq.Enumerable", group = SET_MEMBERS)]
impl<'a> Enumerable {
    /// The elements, each once.
    #[member("static IEnumerable<TSource> Distinct<TSource>(this IEnumerable<TSource> source)")]
    fn distinct(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Obj<'a> {
        Self::distinct_by(cx, source, None, element)
    }

    /// The elements, each once as the comparer sees it.
    #[member(
        "static IEnumerable<TSource> Distinct<TSource>(this IEnumerable<TSource> source, IEqualityComparer<TSource> comparer)"
    )]
    fn distinct_by(cx: &mut Cx<'a>, source: Obj<'a>, comparer: Option<Obj<'a>>, element: Ty) -> Obj<'a> {
        Lazy::of(cx, element, Once { of: source, comparer, element })
    }

    /// The elements of both sequences, each once.
    #[member(
        "static IEnumerable<TSource> Union<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)"
    )]
    fn union(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, element: Ty) -> Obj<'a> {
        Self::union_by(cx, first, second, None, element)
    }

    /// The elements of both sequences, each once as the comparer sees it.
    #[member(
        "static IEnumerable<TSource> Union<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)"
    )]
    fn union_by(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, comparer: Option<Obj<'a>>, element: Ty) -> Obj<'a> {
        // A union with a union is one of all: loops that unite do not nest.
        let once = first.downcast::<Lazy<'a>>().and_then(|lazy| lazy.source.once());
        let same_comparer = |once: &&Once<'a>| once.comparer.map(Obj::word) == comparer.map(Obj::word);
        let first = once.filter(same_comparer).map_or(first, |once| once.of);
        let both = Self::concat(cx, first, second, element);
        Self::distinct_by(cx, both, comparer, element)
    }

    /// The elements of the first sequence that are in the second too, each once.
    #[member(
        "static IEnumerable<TSource> Intersect<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)"
    )]
    fn intersect(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, element: Ty) -> Obj<'a> {
        Self::intersect_by(cx, first, second, None, element)
    }

    /// The elements of the first sequence that are in the second too, each once as the comparer sees it.
    #[member(
        "static IEnumerable<TSource> Intersect<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)"
    )]
    fn intersect_by(
        cx: &mut Cx<'a>,
        first: Obj<'a>,
        second: Obj<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Obj<'a> {
        let equality = Equality::of(element, comparer);
        lazy(cx, element, move |cx| {
            let left = table_of(cx, second, element, equality)?;
            let mut cursor = first.elements(cx, element)?;
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    if left.remove(cx, word)?.is_some() {
                        return Ok(Some(word));
                    }
                }
                Ok(None)
            }))
        })
    }

    /// The elements of the first sequence that are not in the second, each once.
    #[member(
        "static IEnumerable<TSource> Except<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)"
    )]
    fn except(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, element: Ty) -> Obj<'a> {
        Self::except_by(cx, first, second, None, element)
    }

    /// The elements of the first sequence that are not in the second, each once as the comparer sees it.
    #[member(
        "static IEnumerable<TSource> Except<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)"
    )]
    fn except_by(cx: &mut Cx<'a>, first: Obj<'a>, second: Obj<'a>, comparer: Option<Obj<'a>>, element: Ty) -> Obj<'a> {
        let equality = Equality::of(element, comparer);
        lazy(cx, element, move |cx| {
            let seen = table_of(cx, second, element, equality)?;
            let mut cursor = first.elements(cx, element)?;
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    if seen.add(cx, word, Word::ZERO)?.is_none() {
                        return Ok(Some(word));
                    }
                }
                Ok(None)
            }))
        })
    }
}

fn table_of<'a>(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty, equality: Equality<'a>) -> Result<Table<'a>, Throw> {
    let table = Table::new(equality);
    let mut cursor = source.elements(cx, element)?;
    while let Some(word) = cursor.next(cx)? {
        table.add(cx, word, Word::ZERO)?;
    }
    Ok(table)
}
