//! `GroupBy`, `ToLookup` and `ToDictionary`.
//!
//! Not here: groupings and lookups (`lookup`).

use dotnet_macros::members;

use super::lookup::{GROUPING_INTERFACE_DEF, Kept, Keys, Lookup};
use super::{Enumerable, lazy};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::dictionary::Dictionary;
use crate::types::hash_set::HashSet;
use crate::word::Word;

/// Operators that gather elements by keys. Keys stand in the order in which they are first seen.
#[members("System.Linq.Enumerable", group = GROUP_MEMBERS)]
impl<'a> Enumerable {
    /// The elements by the keys that the lambda makes of them.
    #[member(
        "static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn group_by(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty, key: Ty) -> Obj<'a> {
        Self::group_by_comparer(cx, source, selector, None, element, key)
    }

    /// The elements by the keys that the lambda makes of them and the comparer compares.
    #[member(
        "static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)"
    )]
    fn group_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
    ) -> Obj<'a> {
        let (keys, kept) = (Keys { selector, ty: key, comparer }, Kept { selector: None, ty: element });
        groups(cx, source, element, keys, kept)
    }

    /// What the second lambda makes of the elements, by the keys that the first one makes of them.
    #[member(
        "static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)"
    )]
    fn group_elements_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Obj<'a> {
        Self::group_elements_by_comparer(cx, source, selector, kept, None, element, key, kept_type)
    }

    /// What the second lambda makes of the elements, by the keys that the first one makes of them and the comparer compares.
    #[member(
        "static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn group_elements_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Obj<'a> {
        let (keys, kept) = (Keys { selector, ty: key, comparer }, Kept { selector: Some(kept), ty: kept_type });
        groups(cx, source, element, keys, kept)
    }

    /// What the second lambda makes of each key, which the first one makes of elements, and the elements that have it.
    #[member(
        "static IEnumerable<TResult> GroupBy<TSource, TKey, TResult>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector)"
    )]
    fn group_results_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        result: &'a Func<'a>,
        element: Ty,
        key: Ty,
        result_type: Ty,
    ) -> Obj<'a> {
        Self::group_results_by_comparer(cx, source, selector, result, None, element, key, result_type)
    }

    /// What the second lambda makes of each key, which the first one makes of elements and the comparer compares, and the
    /// elements that have it.
    #[member(
        "static IEnumerable<TResult> GroupBy<TSource, TKey, TResult>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn group_results_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        result: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
        result_type: Ty,
    ) -> Obj<'a> {
        let (keys, kept) = (Keys { selector, ty: key, comparer }, Kept { selector: None, ty: element });
        results(cx, source, element, keys, kept, result, result_type)
    }

    /// What the third lambda makes of each key, which the first one makes of elements, and of what the second one makes of
    /// the elements that have it.
    #[member(
        "static IEnumerable<TResult> GroupBy<TSource, TKey, TElement, TResult>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, Func<TKey, IEnumerable<TElement>, TResult> resultSelector)"
    )]
    fn group_element_results_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        result: &'a Func<'a>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
        result_type: Ty,
    ) -> Obj<'a> {
        let keys = Keys { selector, ty: key, comparer: None };
        let kept = Kept { selector: Some(kept), ty: kept_type };
        results(cx, source, element, keys, kept, result, result_type)
    }

    /// What the third lambda makes of each key, which the first one makes of elements and the comparer compares, and of what
    /// the second one makes of the elements that have it.
    #[member(
        "static IEnumerable<TResult> GroupBy<TSource, TKey, TElement, TResult>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, Func<TKey, IEnumerable<TElement>, TResult> resultSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn group_element_results_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        result: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
        result_type: Ty,
    ) -> Obj<'a> {
        let keys = Keys { selector, ty: key, comparer };
        let kept = Kept { selector: Some(kept), ty: kept_type };
        results(cx, source, element, keys, kept, result, result_type)
    }

    /// The elements by the keys that the lambda makes of them, gathered at once.
    #[member(
        "static ILookup<TKey, TSource> ToLookup<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn to_lookup(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        key: Ty,
    ) -> Result<&'a Lookup<'a>, Throw> {
        Self::to_lookup_by_comparer(cx, source, selector, None, element, key)
    }

    /// The elements by the keys that the lambda makes of them and the comparer compares, gathered at once.
    #[member(
        "static ILookup<TKey, TSource> ToLookup<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)"
    )]
    fn to_lookup_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
    ) -> Result<&'a Lookup<'a>, Throw> {
        let keys = Keys { selector, ty: key, comparer };
        Lookup::of(cx, source, element, keys, Kept { selector: None, ty: element }, false)
    }

    /// What the second lambda makes of the elements, by the keys that the first one makes of them, gathered at once.
    #[member(
        "static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)"
    )]
    fn to_lookup_of(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Result<&'a Lookup<'a>, Throw> {
        Self::to_lookup_of_by_comparer(cx, source, selector, kept, None, element, key, kept_type)
    }

    /// What the second lambda makes of the elements, by the keys that the first one makes of them and the comparer compares,
    /// gathered at once.
    #[member(
        "static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn to_lookup_of_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Result<&'a Lookup<'a>, Throw> {
        let keys = Keys { selector, ty: key, comparer };
        Lookup::of(cx, source, element, keys, Kept { selector: Some(kept), ty: kept_type }, false)
    }

    /// A dictionary of the elements by the keys that the lambda makes of them.
    ///
    /// # Throws
    /// `ArgumentException` if two keys are equal, `ArgumentNullException` if one is null.
    #[member(
        "static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)"
    )]
    fn to_dictionary(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        key: Ty,
    ) -> Result<&'a Dictionary<'a>, Throw> {
        Self::to_dictionary_by_comparer(cx, source, selector, None, element, key)
    }

    /// A dictionary of the elements by the keys that the lambda makes of them and the comparer compares.
    ///
    /// # Throws
    /// `ArgumentException` if two keys are equal, `ArgumentNullException` if one is null.
    #[member(
        "static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)"
    )]
    fn to_dictionary_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
    ) -> Result<&'a Dictionary<'a>, Throw> {
        let keys = Keys { selector, ty: key, comparer };
        dictionary(cx, source, element, keys, Kept { selector: None, ty: element })
    }

    /// A dictionary of what the second lambda makes of the elements, by the keys that the first one makes of them.
    ///
    /// # Throws
    /// `ArgumentException` if two keys are equal, `ArgumentNullException` if one is null.
    #[member(
        "static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)"
    )]
    fn to_dictionary_of(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Result<&'a Dictionary<'a>, Throw> {
        Self::to_dictionary_of_by_comparer(cx, source, selector, kept, None, element, key, kept_type)
    }

    /// A dictionary of what the second lambda makes of the elements, by the keys that the first one makes of them and the
    /// comparer compares.
    ///
    /// # Throws
    /// `ArgumentException` if two keys are equal, `ArgumentNullException` if one is null.
    #[member(
        "static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)"
    )]
    fn to_dictionary_of_by_comparer(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        kept: &'a Func<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
        key: Ty,
        kept_type: Ty,
    ) -> Result<&'a Dictionary<'a>, Throw> {
        let keys = Keys { selector, ty: key, comparer };
        dictionary(cx, source, element, keys, Kept { selector: Some(kept), ty: kept_type })
    }

    /// A set of the elements.
    #[member("static HashSet<TSource> ToHashSet<TSource>(this IEnumerable<TSource> source)")]
    fn to_hash_set(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<&'a HashSet<'a>, Throw> {
        Self::to_hash_set_by(cx, source, None, element)
    }

    /// A set of the elements, which a comparer compares.
    #[member(
        "static HashSet<TSource> ToHashSet<TSource>(this IEnumerable<TSource> source, IEqualityComparer<TSource> comparer)"
    )]
    fn to_hash_set_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<&'a HashSet<'a>, Throw> {
        let set = HashSet::new(cx, element, comparer);
        let mut cursor = source.elements(cx, element)?;
        while let Some(word) = cursor.next(cx)? {
            set.insert(cx, word)?;
        }
        Ok(set)
    }
}

/// The groupings of a sequence, gathered anew for each walk.
fn groups<'a>(cx: &Cx<'a>, source: Obj<'a>, element: Ty, keys: Keys<'a>, kept: Kept<'a>) -> Obj<'a> {
    let grouping = Ty::construct(&GROUPING_INTERFACE_DEF, &[keys.ty, kept.ty]);
    lazy(cx, grouping, move |cx| Ok(Lookup::of(cx, source, element, keys, kept, false)?.cursor(cx)))
}

/// What a lambda makes of the groupings of a sequence, gathered anew for each walk.
fn results<'a>(
    cx: &Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    keys: Keys<'a>,
    kept: Kept<'a>,
    result: &'a Func<'a>,
    result_type: Ty,
) -> Obj<'a> {
    lazy(cx, result_type, move |cx| {
        let mut groups = Lookup::of(cx, source, element, keys, kept, false)?.groups();
        Ok(Cursor::of(cx, move |cx| match groups.next() {
            Some((key, group)) => result.call2(cx, key, group).map(Some),
            None => Ok(None),
        }))
    })
}

fn dictionary<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    keys: Keys<'a>,
    kept: Kept<'a>,
) -> Result<&'a Dictionary<'a>, Throw> {
    let dictionary = Dictionary::new(cx, keys.ty, kept.ty, keys.comparer);
    let mut cursor = source.elements(cx, element)?;
    while let Some(word) = cursor.next(cx)? {
        let key = keys.selector.call1(cx, word)?;
        let value: Word = match kept.selector {
            Some(selector) => selector.call1(cx, word)?,
            None => word,
        };
        dictionary.add(cx, key, value)?;
    }
    Ok(dictionary)
}
