//! `Sum` and `Average` of every numeric type.
//!
//! Not here: how they are computed (`numeric`).

use dotnet_macros::members;

use super::numeric::{Number, Numbers};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::func::Func;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal::DECIMAL;
use crate::types::double::{DOUBLE, SINGLE};
use crate::types::number::{INT32, INT64};
use crate::types::raise;

/// Declares the members of one numeric type.
macro_rules! sums {
    ($($owner:ident, $group:ident, $rust:ty, $mean:ty, $ty:ident, $num:literal, $mean_name:literal;)*) => {$(
        #[doc = concat!("Sums and averages of `", $num, "`.")]
        pub struct $owner;

        #[doc = concat!("Sums and averages of `", $num, "`.")]
        #[members("System.Linq.Enumerable", group = $group, words = [Num = $num, Mean = $mean_name])]
        impl<'a> $owner {
            /// The sum of the numbers; 0 if there is none.
            ///
            /// # Throws
            /// `OverflowException` if it does not fit the type, floating-point numbers excepted.
            #[member("static Num Sum(this IEnumerable<Num> source)")]
            fn sum(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, Ty(&$ty), None, false)?;
                <$rust>::sum(cx, numbers)
            }

            /// The sum of the numbers; nulls are left out.
            ///
            /// # Throws
            /// `OverflowException` if it does not fit the type, floating-point numbers excepted.
            #[member("static Num? Sum(this IEnumerable<Num?> source)")]
            fn sum_of_nullable(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, Ty::nullable(Ty(&$ty)), None, true)?;
                <$rust>::sum(cx, numbers).map(Some)
            }

            /// The sum of the numbers that the lambda makes of the elements; 0 if there is none.
            ///
            /// # Throws
            /// `OverflowException` if it does not fit the type, floating-point numbers excepted.
            #[member("static Num Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, Num> selector)")]
            fn sum_by(cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty) -> Result<$rust, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), false)?;
                <$rust>::sum(cx, numbers)
            }

            /// The sum of the numbers that the lambda makes of the elements; nulls are left out.
            ///
            /// # Throws
            /// `OverflowException` if it does not fit the type, floating-point numbers excepted.
            #[member("static Num? Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, Num?> selector)")]
            fn sum_of_nullable_by(
                cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty,
            ) -> Result<Option<$rust>, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), true)?;
                <$rust>::sum(cx, numbers).map(Some)
            }

            /// The average of the numbers.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Mean Average(this IEnumerable<Num> source)")]
            fn average(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<$mean, Throw> {
                let numbers = Numbers::of(cx, source, Ty(&$ty), None, false)?;
                <$rust>::mean(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The average of the numbers, nulls left out; null if there is none.
            #[member("static Mean? Average(this IEnumerable<Num?> source)")]
            fn average_of_nullable(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<Option<$mean>, Throw> {
                let numbers = Numbers::of(cx, source, Ty::nullable(Ty(&$ty)), None, true)?;
                <$rust>::mean(cx, numbers)
            }

            /// The average of the numbers that the lambda makes of the elements.
            ///
            /// # Throws
            /// `InvalidOperationException` if there is none.
            #[member("static Mean Average<TSource>(this IEnumerable<TSource> source, Func<TSource, Num> selector)")]
            fn average_by(
                cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty,
            ) -> Result<$mean, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), false)?;
                <$rust>::mean(cx, numbers)?.ok_or_else(|| raise::no_elements(cx))
            }

            /// The average of the numbers that the lambda makes of the elements, nulls left out; null if there is none.
            #[member("static Mean? Average<TSource>(this IEnumerable<TSource> source, Func<TSource, Num?> selector)")]
            fn average_of_nullable_by(
                cx: &mut Cx<'a>, source: Obj<'a>, selector: &'a Func<'a>, element: Ty,
            ) -> Result<Option<$mean>, Throw> {
                let numbers = Numbers::of(cx, source, element, Some(selector), true)?;
                <$rust>::mean(cx, numbers)
            }
        }
    )*};
}

sums! {
    DecimalSums, DECIMAL_SUMS, Decimal, Decimal, DECIMAL, "decimal", "decimal";
    DoubleSums, DOUBLE_SUMS, f64, f64, DOUBLE, "double", "double";
    Int32Sums, INT32_SUMS, i32, f64, INT32, "int", "double";
    Int64Sums, INT64_SUMS, i64, f64, INT64, "long", "double";
    SingleSums, SINGLE_SUMS, f32, f32, SINGLE, "float", "float";
}
