//! Operators that gather the elements: `ToArray`, `ToList`, `AsEnumerable`.

use dotnet_macros::members;

use super::Enumerable;
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::list::List;

/// Operators that gather the elements.
#[members("System.Linq.Enumerable", group = CONVERT_MEMBERS)]
impl<'a> Enumerable {
    /// The elements as an array.
    #[member("static TSource[] ToArray<TSource>(this IEnumerable<TSource> source)")]
    fn to_array(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<Obj<'a>, Throw> {
        let words = source.elements(cx, element)?.collect(cx)?;
        Ok(AnyArray::new(cx, element, &words).object())
    }

    /// The elements as a list.
    #[member("static List<TSource> ToList<TSource>(this IEnumerable<TSource> source)")]
    fn to_list(cx: &mut Cx<'a>, source: Obj<'a>, element: Ty) -> Result<&'a List<'a>, Throw> {
        let words = source.elements(cx, element)?.collect(cx)?;
        Ok(List::of(cx, element, &words))
    }

    /// The sequence itself.
    #[member("static IEnumerable<TSource> AsEnumerable<TSource>(this IEnumerable<TSource> source)")]
    fn as_enumerable(source: Option<Obj<'a>>, _element: Ty) -> Option<Obj<'a>> {
        source
    }
}
