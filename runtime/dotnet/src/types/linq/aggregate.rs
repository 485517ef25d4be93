//! `Aggregate`.

use dotnet_macros::members;

use super::Enumerable;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

/// Operators that make one value of all elements.
#[members("System.Linq.Enumerable", group = AGGREGATE_MEMBERS)]
impl<'a> Enumerable {
    /// The first element with all others, one after the other, put together with it by a lambda.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member(
        "static TSource Aggregate<TSource>(this IEnumerable<TSource> source, Func<TSource, TSource, TSource> func)"
    )]
    fn aggregate(cx: &mut Cx<'a>, source: Obj<'a>, func: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        let mut cursor = source.elements(cx, element)?;
        let Some(mut result) = cursor.next(cx)? else { return Err(raise::no_elements(cx)) };
        while let Some(word) = cursor.next(cx)? {
            result = func.call2(cx, result, word)?;
        }
        Ok(result)
    }

    /// A value with all elements, one after the other, put together with it by a lambda.
    #[member(
        "static TAccumulate Aggregate<TSource, TAccumulate>(this IEnumerable<TSource> source, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func)"
    )]
    fn aggregate_from(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        seed: Word,
        func: &'a Func<'a>,
        element: Ty,
        _accumulate: Ty,
    ) -> Result<Word, Throw> {
        let mut cursor = source.elements(cx, element)?;
        let mut result = seed;
        while let Some(word) = cursor.next(cx)? {
            result = func.call2(cx, result, word)?;
        }
        Ok(result)
    }

    /// What the last lambda makes of a value with all elements put together with it.
    #[member(
        "static TResult Aggregate<TSource, TAccumulate, TResult>(this IEnumerable<TSource> source, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func, Func<TAccumulate, TResult> resultSelector)"
    )]
    fn aggregate_to(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        seed: Word,
        func: &'a Func<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        accumulate: Ty,
        _result: Ty,
    ) -> Result<Word, Throw> {
        let result = Self::aggregate_from(cx, source, seed, func, element, accumulate)?;
        selector.call1(cx, result)
    }
}
