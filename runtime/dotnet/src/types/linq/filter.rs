//! `Where` and `OfType`.

use dotnet_macros::members;

use super::{Enumerable, lazy};
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Obj, word_as};
use crate::seq::Cursor;
use crate::ty::Ty;
use crate::word::Word;

/// Operators that leave elements out.
#[members("System.Linq.Enumerable", group = FILTER_MEMBERS)]
impl<'a> Enumerable {
    /// The elements that the lambda accepts.
    #[member(
        "static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)"
    )]
    fn filter(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    if predicate.test1(cx, word)? {
                        return Ok(Some(word));
                    }
                }
                Ok(None)
            }))
        })
    }

    /// The elements that the lambda accepts, which is also given their position.
    #[member(
        "static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, int, bool> predicate)"
    )]
    fn filter_with_index(cx: &mut Cx<'a>, source: Obj<'a>, predicate: &'a Func<'a>, element: Ty) -> Obj<'a> {
        lazy(cx, element, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut index = 0;
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    index += 1;
                    if predicate.test2(cx, word, Word(index - 1))? {
                        return Ok(Some(word));
                    }
                }
                Ok(None)
            }))
        })
    }

    /// The elements that are not null and of a type.
    #[member("static IEnumerable<TResult> OfType<TResult>(this System.Collections.IEnumerable source)")]
    fn of_type(cx: &mut Cx<'a>, source: Obj<'a>, result: Ty) -> Obj<'a> {
        lazy(cx, result, move |cx| {
            let mut cursor = source.elements(cx, OBJECT)?;
            Ok(Cursor::of(cx, move |cx| {
                while let Some(word) = cursor.next(cx)? {
                    // SAFETY: a word of type `object`.
                    let object = unsafe { cx.object(word) };
                    if let (true, Some(word)) = (object.is_some(), word_as(object, result)) {
                        return Ok(Some(word));
                    }
                }
                Ok(None)
            }))
        })
    }
}
