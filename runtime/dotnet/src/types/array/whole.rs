//! Making arrays, and doing something with every element.

use dotnet_macros::members;

use super::{ArrayType, one_dimension};
use crate::array::{AnyArray, Array, element_size};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Obj, object_of};
use crate::rt::default_word;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::{Indexed, forward_part};
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::types::reflection::TypeObj;
use crate::word::Word;

/// Members that make arrays or take all elements.
#[members("System.Array", group = WHOLE_MEMBERS)]
impl<'a> ArrayType {
    /// An array without elements.
    #[member("static T[] Empty<T>()")]
    fn empty(cx: &mut Cx<'a>, element: Ty) -> Obj<'a> {
        AnyArray::new(cx, element, &[]).object()
    }

    /// An array of default values of a type.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the length is negative.
    #[member("static Array CreateInstance(Type elementType, int length)")]
    fn create_instance(cx: &mut Cx<'a>, element_type: &'a TypeObj, length: i32) -> Result<Obj<'a>, Throw> {
        let element = element_type.ty();
        let Ok(length) = usize::try_from(length) else { return Err(raise::negative(cx, "length")) };
        cx.reserve(length.saturating_mul(element_size(element)))?;
        Ok(AnyArray::new(cx, element, &vec![default_word(element); length]).object())
    }

    /// An array of two dimensions, of default values of a type.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a length is negative.
    #[member("static Array CreateInstance(Type elementType, int length1, int length2)")]
    fn create_instance_of_two(
        cx: &mut Cx<'a>,
        element_type: &'a TypeObj,
        length1: i32,
        length2: i32,
    ) -> Result<Obj<'a>, Throw> {
        create(cx, element_type.ty(), &[(length1, "length1"), (length2, "length2")])
    }

    /// An array of three dimensions, of default values of a type.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if a length is negative.
    #[member("static Array CreateInstance(Type elementType, int length1, int length2, int length3)")]
    fn create_instance_of_three(
        cx: &mut Cx<'a>,
        element_type: &'a TypeObj,
        length1: i32,
        length2: i32,
        length3: i32,
    ) -> Result<Obj<'a>, Throw> {
        create(cx, element_type.ty(), &[(length1, "length1"), (length2, "length2"), (length3, "length3")])
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

/// An array of several dimensions; each length has the name of its parameter.
fn create<'a>(cx: &mut Cx<'a>, element: Ty, lengths: &[(i32, &str)]) -> Result<Obj<'a>, Throw> {
    let mut dimensions = Vec::with_capacity(lengths.len());
    for (length, parameter) in lengths {
        dimensions.push(usize::try_from(*length).map_err(|_| raise::negative(cx, parameter))?);
    }
    let total = dimensions.iter().try_fold(size_of::<Word>(), |total, length| total.checked_mul(*length));
    cx.reserve(total.unwrap_or(usize::MAX))?;
    Ok(object_of(Array::of_dimensions(cx, element, &dimensions)))
}
