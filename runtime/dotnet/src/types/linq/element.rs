//! Operators that give one element: `First`, `Last`, `Single`, `ElementAt`.

use dotnet_macros::members;

use super::Enumerable;
use super::direct::Direct;
use super::order::Ordered;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::rt::default_word;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

/// Operators that give one element.
#[members("System.Linq.Enumerable", group = ELEMENT_MEMBERS)]
impl<'a> Enumerable {
    /// The first element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("static TSource First<TSource>(this IEnumerable<TSource> source)")]
    fn first(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        first(cx, source, element)?.ok_or_else(|| raise::no_elements(cx))
    }

    /// The first element that the lambda accepts.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("static TSource First<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn first_match(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        first_match(cx, source, predicate, element)?.ok_or_else(|| raise::no_match(cx))
    }

    /// The first element; the type's default if there is none.
    #[member("static TSource FirstOrDefault<TSource>(this IEnumerable<TSource> source)")]
    fn first_or_default(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        Ok(first(cx, source, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The first element that the lambda accepts; the type's default if there is none.
    #[member("static TSource FirstOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn first_match_or_default(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        predicate: &'a Func<'a>,
        element: Ty,
    ) -> Result<Word, Throw> {
        Ok(first_match(cx, source, predicate, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The last element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("static TSource Last<TSource>(this IEnumerable<TSource> source)")]
    fn last(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        last(cx, source, element)?.ok_or_else(|| raise::no_elements(cx))
    }

    /// The last element that the lambda accepts.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("static TSource Last<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn last_match(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        last_match(cx, source, predicate, element)?.ok_or_else(|| raise::no_match(cx))
    }

    /// The last element; the type's default if there is none.
    #[member("static TSource LastOrDefault<TSource>(this IEnumerable<TSource> source)")]
    fn last_or_default(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        Ok(last(cx, source, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The last element that the lambda accepts; the type's default if there is none.
    #[member("static TSource LastOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn last_match_or_default(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        predicate: &'a Func<'a>,
        element: Ty,
    ) -> Result<Word, Throw> {
        Ok(last_match(cx, source, predicate, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The only element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none or more than one.
    #[member("static TSource Single<TSource>(this IEnumerable<TSource> source)")]
    fn single(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        single(cx, source, element)?.ok_or_else(|| raise::no_elements(cx))
    }

    /// The only element that the lambda accepts.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none or more than one.
    #[member("static TSource Single<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)")]
    fn single_match(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        single_match(cx, source, predicate, element)?.ok_or_else(|| raise::no_match(cx))
    }

    /// The only element; the type's default if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is more than one.
    #[member("static TSource SingleOrDefault<TSource>(this IEnumerable<TSource> source)")]
    fn single_or_default(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        Ok(single(cx, source, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The only element that the lambda accepts; the type's default if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is more than one.
    #[member(
        "static TSource SingleOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)"
    )]
    fn single_match_or_default(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        predicate: &'a Func<'a>,
        element: Ty,
    ) -> Result<Word, Throw> {
        Ok(single_match(cx, source, predicate, element)?.unwrap_or_else(|| default_word(element)))
    }

    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("static TSource ElementAt<TSource>(this IEnumerable<TSource> source, int index)")]
    fn element_at(cx: &mut Cx<'a>, source: Obj<'a>, index: i32, element: Ty) -> Result<Word, Throw> {
        match element_at(cx, source, index, element)? {
            Some(word) => Ok(word),
            // .NET asks a list itself, which has its own words for that.
            None if source.ty().def.name == "System.Collections.Generic.List" => Err(raise::index(cx, "index")),
            None => Err(raise::out_of_range(cx, "index")),
        }
    }

    /// The element at an index; the type's default if there is none.
    #[member("static TSource ElementAtOrDefault<TSource>(this IEnumerable<TSource> source, int index)")]
    fn element_at_or_default(cx: &mut Cx<'a>, source: Obj<'a>, index: i32, element: Ty) -> Result<Word, Throw> {
        Ok(element_at(cx, source, index, element)?.unwrap_or_else(|| default_word(element)))
    }
}

fn first<'a>(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Option<Word>, Throw> {
    if let Some(direct) = Direct::of(source) {
        return if direct.len(cx)? == 0 { Ok(None) } else { direct.get(cx, 0).map(Some) };
    }
    match source.downcast::<Ordered<'a>>() {
        Some(ordered) => ordered.first(cx),
        None => source.elements(cx, element)?.next(cx),
    }
}

fn first_match<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    predicate: &'a Func<'a>,
    element: Ty,
) -> Result<Option<Word>, Throw> {
    let mut cursor = source.elements(cx, element)?;
    while let Some(word) = cursor.next(cx)? {
        if predicate.test1(cx, word)? {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

fn last<'a>(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Option<Word>, Throw> {
    if let Some(direct) = Direct::of(source) {
        return match direct.len(cx)?.checked_sub(1) {
            Some(index) => direct.get(cx, index).map(Some),
            None => Ok(None),
        };
    }
    if let Some(ordered) = source.downcast::<Ordered<'a>>() {
        return ordered.last(cx);
    }
    let mut cursor = source.elements(cx, element)?;
    let mut last = None;
    while let Some(word) = cursor.next(cx)? {
        last = Some(word);
    }
    Ok(last)
}

fn last_match<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    predicate: &'a Func<'a>,
    element: Ty,
) -> Result<Option<Word>, Throw> {
    // Arrays and lists are searched from the end, so that the lambda sees only what it must.
    if let Some(direct) = Direct::of_collection(source) {
        for index in (0..direct.len(cx)?).rev() {
            let word = direct.get(cx, index)?;
            if predicate.test1(cx, word)? {
                return Ok(Some(word));
            }
        }
        return Ok(None);
    }
    let mut cursor = source.elements(cx, element)?;
    let mut last = None;
    while let Some(word) = cursor.next(cx)? {
        if predicate.test1(cx, word)? {
            last = Some(word);
        }
    }
    Ok(last)
}

fn single<'a>(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Option<Word>, Throw> {
    let mut cursor = source.elements(cx, element)?;
    let Some(word) = cursor.next(cx)? else { return Ok(None) };
    match cursor.next(cx)? {
        Some(_) => Err(raise::more_than_one(cx)),
        None => Ok(Some(word)),
    }
}

fn single_match<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    predicate: &'a Func<'a>,
    element: Ty,
) -> Result<Option<Word>, Throw> {
    let mut cursor = source.elements(cx, element)?;
    let mut found = None;
    while let Some(word) = cursor.next(cx)? {
        if predicate.test1(cx, word)? {
            if found.is_some() {
                return Err(raise::more_than_one_match(cx));
            }
            found = Some(word);
        }
    }
    Ok(found)
}

fn element_at<'a>(cx: &mut Cx<'a>, source: Obj<'a>, index: i32, element: Ty) -> Result<Option<Word>, Throw> {
    let Ok(index) = usize::try_from(index) else { return Ok(None) };
    if let Some(direct) = Direct::of(source) {
        return if index < direct.len(cx)? { direct.get(cx, index).map(Some) } else { Ok(None) };
    }
    let mut cursor = source.elements(cx, element)?;
    for _ in 0..index {
        if cursor.next(cx)?.is_none() {
            return Ok(None);
        }
    }
    cursor.next(cx)
}
