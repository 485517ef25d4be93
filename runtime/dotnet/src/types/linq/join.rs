//! `Join` and `GroupJoin`.

use dotnet_macros::members;

use super::lookup::{Kept, Keys, Lookup};
use super::{Enumerable, lazy};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// Operators that bring elements of two sequences together that have equal keys; null is no key.
#[members("System.Linq.Enumerable", group = JOIN_MEMBERS)]
impl<'a> Enumerable {
    /// What the last lambda makes of each element of the outer sequence with each of the inner one that has an equal key.
    #[member(
        "static IEnumerable<TResult> Join<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector)"
    )]
    fn join(
        cx: &mut Cx<'a>,
        outer: Obj<'a>,
        inner: Obj<'a>,
        outer_key: &'a Func<'a>,
        inner_key: &'a Func<'a>,
        selector: &'a Func<'a>,
        outer_type: Ty,
        inner_type: Ty,
        key: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let pair = Pair { outer, outer_type, outer_key, inner, inner_type, inner_key, key, comparer: None };
        join(cx, pair, selector, result)
    }

    /// What the last lambda makes of each element of the outer sequence with each of the inner one whose key the comparer
    /// finds equal.
    #[member(
        "static IEnumerable<TResult> Join<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn join_by_comparer(
        cx: &mut Cx<'a>,
        outer: Obj<'a>,
        inner: Obj<'a>,
        outer_key: &'a Func<'a>,
        inner_key: &'a Func<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        outer_type: Ty,
        inner_type: Ty,
        key: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let pair = Pair { outer, outer_type, outer_key, inner, inner_type, inner_key, key, comparer };
        join(cx, pair, selector, result)
    }

    /// What the last lambda makes of each element of the outer sequence with all of the inner one that have an equal key.
    #[member(
        "static IEnumerable<TResult> GroupJoin<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector)"
    )]
    fn group_join(
        cx: &mut Cx<'a>,
        outer: Obj<'a>,
        inner: Obj<'a>,
        outer_key: &'a Func<'a>,
        inner_key: &'a Func<'a>,
        selector: &'a Func<'a>,
        outer_type: Ty,
        inner_type: Ty,
        key: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let pair = Pair { outer, outer_type, outer_key, inner, inner_type, inner_key, key, comparer: None };
        group_join(cx, pair, selector, result)
    }

    /// What the last lambda makes of each element of the outer sequence with all of the inner one whose key the comparer
    /// finds equal.
    #[member(
        "static IEnumerable<TResult> GroupJoin<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn group_join_by_comparer(
        cx: &mut Cx<'a>,
        outer: Obj<'a>,
        inner: Obj<'a>,
        outer_key: &'a Func<'a>,
        inner_key: &'a Func<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        outer_type: Ty,
        inner_type: Ty,
        key: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let pair = Pair { outer, outer_type, outer_key, inner, inner_type, inner_key, key, comparer };
        group_join(cx, pair, selector, result)
    }
}

/// Two sequences to be brought together.
#[derive(Clone, Copy)]
struct Pair<'a> {
    outer: Obj<'a>,
    outer_type: Ty,
    outer_key: &'a Func<'a>,
    inner: Obj<'a>,
    inner_type: Ty,
    inner_key: &'a Func<'a>,
    key: Ty,
    comparer: Option<Obj<'a>>,
}

impl<'a> Pair<'a> {
    /// The elements of the inner sequence that belong to an element of the outer one. The inner sequence is walked once,
    /// when the first element asks.
    fn belonging(self, cx: &mut Cx<'a>, lookup: &mut Option<&'a Lookup<'a>>, word: Word) -> Result<Obj<'a>, Throw> {
        let gathered = match *lookup {
            Some(gathered) => gathered,
            None => {
                let keys = Keys { selector: self.inner_key, ty: self.key, comparer: self.comparer };
                let kept = Kept { selector: None, ty: self.inner_type };
                *lookup.insert(Lookup::of(cx, self.inner, self.inner_type, keys, kept, true)?)
            }
        };
        let key = self.outer_key.call1(cx, word)?;
        gathered.elements_of(cx, key)
    }
}

fn join<'a>(cx: &Cx<'a>, pair: Pair<'a>, selector: &'a Func<'a>, result: Ty) -> Obj<'a> {
    lazy(cx, result, move |cx| {
        let mut outer = pair.outer.elements(cx, pair.outer_type)?;
        let (mut lookup, mut current) = (None, None::<(Word, Cursor<'a>)>);
        Ok(Cursor::of(cx, move |cx| {
            loop {
                if let Some((word, cursor)) = &mut current {
                    if let Some(other) = cursor.next(cx)? {
                        return selector.call2(cx, *word, other).map(Some);
                    }
                    current = None;
                }
                let Some(word) = outer.next(cx)? else { return Ok(None) };
                let belonging = pair.belonging(cx, &mut lookup, word)?;
                current = Some((word, belonging.elements(cx, pair.inner_type)?));
            }
        }))
    })
}

fn group_join<'a>(cx: &Cx<'a>, pair: Pair<'a>, selector: &'a Func<'a>, result: Ty) -> Obj<'a> {
    lazy(cx, result, move |cx| {
        let mut outer = pair.outer.elements(cx, pair.outer_type)?;
        let mut lookup = None;
        Ok(Cursor::of(cx, move |cx| {
            let Some(word) = outer.next(cx)? else { return Ok(None) };
            let belonging = pair.belonging(cx, &mut lookup, word)?;
            selector.call2(cx, word, belonging.word()).map(Some)
        }))
    })
}
