//! `Select`, `SelectMany`, `Cast` and `Zip`.

use dotnet_macros::members;

use super::direct::Direct;
use super::{Enumerable, lazy};
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Obj, word_as};
use crate::rt::{throw_cast, unboxed};
use crate::seq::{self, Cursor, Lazy, Source};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::{Role, Word};

/// What a lambda makes of each element.
struct Select<'a> {
    source: Obj<'a>,
    element: Ty,
    selector: &'a Func<'a>,
}

impl<'a> Source<'a> for Select<'a> {
    fn start(&'a self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let mut cursor = self.source.elements(cx, self.element)?;
        Ok(Cursor::of(cx, move |cx| match cursor.next(cx)? {
            Some(word) => self.selector.call1(cx, word).map(Some),
            None => Ok(None),
        }))
    }

    fn direct(&'a self) -> Option<&'a dyn seq::Direct<'a>> {
        Direct::of(self.source).map(|_| self as _)
    }
}

impl<'a> seq::Direct<'a> for Select<'a> {
    fn len(&'a self, cx: &mut Cx<'a>) -> Result<usize, Throw> {
        Direct::of(self.source).map_or(Ok(0), |direct| direct.len(cx))
    }

    fn get(&'a self, cx: &mut Cx<'a>, index: usize) -> Result<Word, Throw> {
        let Some(direct) = Direct::of(self.source) else { return Err(raise::index(cx, "index")) };
        let word = direct.get(cx, index)?;
        self.selector.call1(cx, word)
    }

    fn calls_lambdas(&'a self) -> bool {
        true
    }
}

/// Operators that make other elements.
#[members("System.Linq.Enumerable", group = PROJECT_MEMBERS)]
impl<'a> Enumerable {
    /// What the lambda makes of each element.
    #[member(
        "static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)"
    )]
    fn select(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty, result: Ty) -> Obj<'a> {
        Lazy::of(cx, result, Select { source, element, selector })
    }

    /// What the lambda makes of each element and its position.
    #[member(
        "static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)"
    )]
    fn select_with_index(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty, result: Ty) -> Obj<'a> {
        lazy(cx, result, move |cx| {
            let mut cursor = source.elements(cx, element)?;
            let mut index = 0;
            Ok(Cursor::of(cx, move |cx| match cursor.next(cx)? {
                Some(word) => {
                    index += 1;
                    selector.call2(cx, word, Word(index - 1)).map(Some)
                }
                None => Ok(None),
            }))
        })
    }

    /// The elements of all sequences that the lambda makes of each element, one sequence after the other.
    #[member(
        "static IEnumerable<TResult> SelectMany<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, IEnumerable<TResult>> selector)"
    )]
    fn select_many(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty, result: Ty) -> Obj<'a> {
        select_many(cx, source, element, result, result, move |cx, word, _| selector.call1(cx, word), None)
    }

    /// The elements of all sequences that the lambda makes of each element and its position, one sequence after the other.
    #[member(
        "static IEnumerable<TResult> SelectMany<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, IEnumerable<TResult>> selector)"
    )]
    fn select_many_with_index(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        result: Ty,
    ) -> Obj<'a> {
        select_many(cx, source, element, result, result, move |cx, word, index| selector.call2(cx, word, index), None)
    }

    /// What the second lambda makes of each element together with each element of the sequence that the first lambda makes
    /// of it.
    #[member(
        "static IEnumerable<TResult> SelectMany<TSource, TCollection, TResult>(this IEnumerable<TSource> source, Func<TSource, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)"
    )]
    fn select_many_with_result(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        collection: &'a Func<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        inner: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let open = move |cx: &mut Cx<'a>, word, _| collection.call1(cx, word);
        select_many(cx, source, element, inner, result, open, Some(selector))
    }

    /// What the second lambda makes of each element together with each element of the sequence that the first lambda makes
    /// of it and its position.
    #[member(
        "static IEnumerable<TResult> SelectMany<TSource, TCollection, TResult>(this IEnumerable<TSource> source, Func<TSource, int, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)"
    )]
    fn select_many_with_index_and_result(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        collection: &'a Func<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        inner: Ty,
        result: Ty,
    ) -> Obj<'a> {
        let open = move |cx: &mut Cx<'a>, word, index| collection.call2(cx, word, index);
        select_many(cx, source, element, inner, result, open, Some(selector))
    }

    /// The elements as values of another type; objects are unboxed or cast.
    ///
    /// # Throws
    /// `InvalidCastException`, while the sequence is walked, at an element of another type.
    #[member("static IEnumerable<TResult> Cast<TResult>(this System.Collections.IEnumerable source)")]
    fn cast(cx: &mut Cx<'a>, source: Obj<'a>, result: Ty) -> Obj<'a> {
        if source.ty().sequence_element() == Some(result) {
            return source;
        }
        lazy(cx, result, move |cx| {
            let mut cursor = source.elements(cx, OBJECT)?;
            Ok(Cursor::of(cx, move |cx| match cursor.next(cx)? {
                // SAFETY: a word of type `object`.
                Some(word) => cast_word(cx, unsafe { cx.object(word) }, result).map(Some),
                None => Ok(None),
            }))
        })
    }

    /// What the lambda makes of the elements of two sequences that stand at the same position; it ends with the shorter one.
    #[member(
        "static IEnumerable<TResult> Zip<TFirst, TSecond, TResult>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TResult> resultSelector)"
    )]
    fn zip(
        cx: &mut Cx<'a>,
        first: Obj<'a>,
        second: Obj<'a>,
        selector: &'a Func<'a>,
        first_element: Ty,
        second_element: Ty,
        result: Ty,
    ) -> Obj<'a> {
        lazy(cx, result, move |cx| {
            let mut left = first.elements(cx, first_element)?;
            let mut right = second.elements(cx, second_element)?;
            Ok(Cursor::of(cx, move |cx| {
                let Some(one) = left.next(cx)? else { return Ok(None) };
                let Some(other) = right.next(cx)? else { return Ok(None) };
                selector.call2(cx, one, other).map(Some)
            }))
        })
    }
}

/// An object as a word of a type, as a cast in C# makes it one.
fn cast_word<'a>(cx: &mut Cx<'a>, object: Option<Obj<'a>>, ty: Ty) -> Result<Word, Throw> {
    match (word_as(object, ty), object) {
        (Some(word), _) => Ok(word),
        (None, Some(object)) => unboxed(object, ty).ok_or_else(|| throw_cast(cx, object.ty(), ty)),
        (None, None) => Err(cx.throw_null(Role::Receiver)),
    }
}

/// The sequence of all elements of the sequences that `open` makes of each element, or of what `combine` makes of an
/// element together with each element of its sequence.
fn select_many<'a>(
    cx: &Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    inner: Ty,
    result: Ty,
    open: impl Fn(&mut Cx<'a>, Word, Word) -> Result<Word, Throw> + Copy + 'a,
    combine: Option<&'a Func<'a>>,
) -> Obj<'a> {
    lazy(cx, result, move |cx| {
        let mut outer = source.elements(cx, element)?;
        let mut current: Option<(Word, Cursor<'a>)> = None;
        let mut index = 0;
        Ok(Cursor::of(cx, move |cx| {
            loop {
                if let Some((word, cursor)) = &mut current {
                    if let Some(part) = cursor.next(cx)? {
                        return Ok(Some(match combine {
                            Some(combine) => combine.call2(cx, *word, part)?,
                            None => part,
                        }));
                    }
                    current = None;
                }
                let Some(word) = outer.next(cx)? else { return Ok(None) };
                let sequence = open(cx, word, Word(index))?;
                index += 1;
                // SAFETY: the lambda gives an `IEnumerable<T>`.
                let sequence = unsafe { cx.object(sequence) };
                let Some(sequence) = sequence else {
                    return Err(cx.throw_null(Role::Receiver));
                };
                current = Some((word, sequence.elements(cx, inner)?));
            }
        }))
    })
}
