//! `Min` and `Max` of every type.
//!
//! Not here: what they are of the numeric types (`numeric`).

use std::cmp::Ordering;

use dotnet_macros::members;

use super::Enumerable;
use super::numeric::{Number, Numbers};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::func::Func;
use crate::object::Obj;
use crate::order::Order;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal::DECIMAL;
use crate::types::double::{DOUBLE, SINGLE};
use crate::types::number::{INT32, INT64};
use crate::types::raise;
use crate::word::Word;

/// Extremes of any type.
#[members("System.Linq.Enumerable", group = EXTREME_MEMBERS)]
impl<'a> Enumerable {
    /// The least element in the elements' own order; nulls are left out.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is no element and the type has no null, `ArgumentException` if the elements
    /// have no order.
    #[member("static TSource Min<TSource>(this IEnumerable<TSource> source)")]
    fn least(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        extreme(cx, source, element, None, element, Ordering::Less)
    }

    /// The greatest element in the elements' own order; nulls are left out.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is no element and the type has no null, `ArgumentException` if the elements
    /// have no order.
    #[member("static TSource Max<TSource>(this IEnumerable<TSource> source)")]
    fn greatest(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Word, Throw> {
        extreme(cx, source, element, None, element, Ordering::Greater)
    }

    /// The least of what the lambda makes of the elements; nulls are left out.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is no element and the type has no null, `ArgumentException` if the values
    /// have no order.
    #[member("static TResult Min<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)")]
    fn least_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        result: Ty,
    ) -> Result<Word, Throw> {
        extreme(cx, source, element, Some(selector), result, Ordering::Less)
    }

    /// The greatest of what the lambda makes of the elements; nulls are left out.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is no element and the type has no null, `ArgumentException` if the values
    /// have no order.
    #[member("static TResult Max<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)")]
    fn greatest_by(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        selector: &'a Func<'a>,
        element: Ty,
        result: Ty,
    ) -> Result<Word, Throw> {
        extreme(cx, source, element, Some(selector), result, Ordering::Greater)
    }
}

fn extreme<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    selector: Option<&'a Func<'a>>,
    result: Ty,
    wanted: Ordering,
) -> Result<Word, Throw> {
    let order = Order::of(result, None);
    let has_null = result.admits_null();
    let mut cursor = source.elements(cx, element)?;
    let mut extreme = None;
    while let Some(mut word) = cursor.next(cx)? {
        if let Some(selector) = selector {
            word = selector.call1(cx, word)?;
        }
        if has_null && word.is_null() {
            continue;
        }
        let is_better = match extreme {
            Some(extreme) => order.compare(cx, word, extreme)? == wanted,
            None => true,
        };
        if is_better {
            extreme = Some(word);
        }
    }
    match extreme {
        Some(word) => Ok(word),
        None if has_null => Ok(Word::ZERO),
        None => Err(raise::no_elements(cx)),
    }
}

/// Declares the members of one numeric type.
macro_rules! extremes {
    ($($owner:ident, $group:ident, $rust:ty, $ty:ident, $num:literal;)*) => {$(
        #[doc = concat!("Extremes of `", $num, "`.")]
        pub struct $owner;

        #[doc = concat!("Extremes of `", $num, "`.")]
        #[members("System.Linq.Enumerable", group = $group, words = [Num = $num])]
        impl<'a> $owner {
            /// The least of the numbers; NaN is less than all others.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Num Min(this IEnumerable<Num> source)")]
            fn min(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, Ty(&$ty), None, false)?;
                <$rust>::least(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The least of the numbers, nulls left out; null if there is none.
            #[member("static Num? Min(this IEnumerable<Num?> source)")]
            fn min_of_nullable(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, Ty::nullable(Ty(&$ty)), None, true)?;
                <$rust>::least(cx, numbers)
            }

            /// The least of the numbers that the lambda makes of the elements.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Num Min<TSource>(this IEnumerable<TSource> source, Func<TSource, Num> selector)")]
            fn min_by(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), false)?;
                <$rust>::least(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The least of the numbers that the lambda makes of the elements, nulls left out; null if there is none.
            #[member("static Num? Min<TSource>(this IEnumerable<TSource> source, Func<TSource, Num?> selector)")]
            fn min_of_nullable_by(
                cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty,
            ) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), true)?;
                <$rust>::least(cx, numbers)
            }

            /// The greatest of the numbers; NaN is less than all others.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Num Max(this IEnumerable<Num> source)")]
            fn max(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, Ty(&$ty), None, false)?;
                <$rust>::greatest(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The greatest of the numbers, nulls left out; null if there is none.
            #[member("static Num? Max(this IEnumerable<Num?> source)")]
            fn max_of_nullable(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, Ty::nullable(Ty(&$ty)), None, true)?;
                <$rust>::greatest(cx, numbers)
            }

            /// The greatest of the numbers that the lambda makes of the elements.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Num Max<TSource>(this IEnumerable<TSource> source, Func<TSource, Num> selector)")]
            fn max_by(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), false)?;
                <$rust>::greatest(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The greatest of the numbers that the lambda makes of the elements, nulls left out; null if there is none.
            #[member("static Num? Max<TSource>(this IEnumerable<TSource> source, Func<TSource, Num?> selector)")]
            fn max_of_nullable_by(
                cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty,
            ) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), true)?;
                <$rust>::greatest(cx, numbers)
            }
        }
    )*};
}

extremes! {
    DecimalExtremes, DECIMAL_EXTREMES, Decimal, DECIMAL, "decimal";
    DoubleExtremes, DOUBLE_EXTREMES, f64, DOUBLE, "double";
    Int32Extremes, INT32_EXTREMES, i32, INT32, "int";
    Int64Extremes, INT64_EXTREMES, i64, INT64, "long";
    SingleExtremes, SINGLE_EXTREMES, f32, SINGLE, "float";
}
