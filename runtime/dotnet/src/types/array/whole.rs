//! Making arrays, and doing something with every element.

use dotnet_macros::members;

use super::{ArrayType, one_dimension};
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::{Indexed, forward_part};
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::word::Word;

/// Members that make arrays or take all elements.
#[members("System.Array", group = WHOLE_MEMBERS)]
impl<'a> ArrayType {
    /// An array without elements.
    #[member("static T[] Empty<T>()")]
    fn empty(cx: &mut Cx<'a>, element: Ty) -> Obj<'a> {
        AnyArray::new(cx, element, &[]).object()
    }

    /// An array of what the lambda makes of each element.
    #[member("static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)")]
    fn convert_all(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        converter: &'a Func<'a>,
        _input: Ty,
        output: Ty,
    ) -> Result<Obj<'a>, Throw> {
        let array = one_dimension(cx, array)?;
        let mut converted = Vec::with_capacity(array.len());
        for index in 0..array.len() {
            let Some(word) = array.get(index) else { break };
            converted.push(converter.call1(cx, word)?);
        }
        Ok(AnyArray::new(cx, output, &converted).object())
    }

    /// Does something with each element.
    #[member("static void ForEach<T>(T[] array, Action<T> action)")]
    fn for_each(cx: &mut Cx<'a>, array: Obj<'a>, action: &'a Func<'a>, _element: Ty) -> Result<(), Throw> {
        let array = one_dimension(cx, array)?;
        for index in 0..array.len() {
            let Some(word) = array.get(index) else { break };
            action.call1(cx, word)?;
        }
        Ok(())
    }

    /// Gives every element the same value.
    #[member("static void Fill<T>(T[] array, T value)")]
    fn fill(cx: &mut Cx<'a>, array: Obj<'a>, value: Word, _element: Ty) -> Result<(), Throw> {
        let array = one_dimension(cx, array)?;
        (0..array.len()).for_each(|index| array.put(index, value));
        Ok(())
    }

    /// Gives `count` elements from `startIndex` on the same value.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static void Fill<T>(T[] array, T value, int startIndex, int count)")]
    fn fill_part(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        start_index: i32,
        count: i32,
        _element: Ty,
    ) -> Result<(), Throw> {
        let array = one_dimension(cx, array)?;
        let range = forward_part(cx, array.len(), (start_index, "startIndex"), Some(count))?;
        range.for_each(|index| array.put(index, value));
        Ok(())
    }

    /// A view of the array that nobody can change.
    #[member("static System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly<T>(T[] array)")]
    fn as_read_only(cx: &mut Cx<'a>, array: Obj<'a>, element: Ty) -> &'a ReadOnlyCollection<'a> {
        ReadOnlyCollection::over(cx, element, array)
    }
}
