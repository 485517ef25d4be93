//! Members of `List<T>` that take all elements: copies, conversions, and doing something with each.

use dotnet_macros::members;

use super::List;
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_part;
use crate::types::positions::part;
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;

/// Members that take all elements.
#[members("System.Collections.Generic.List", group = WHOLE_MEMBERS)]
impl<'a> List<'a> {
    /// The elements as an array.
    #[member("T[] ToArray()")]
    fn to_array(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        AnyArray::new(cx, self.element(), &self.words()).object()
    }

    /// Copies the elements to an array.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>) -> Result<(), Throw> {
        copy_part(cx, self.element(), &self.words(), array, 0)
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int arrayIndex)")]
    fn copy_to_index(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, array_index: i32) -> Result<(), Throw> {
        copy_part(cx, self.element(), &self.words(), array, array_index)
    }

    /// Copies `count` elements from `index` on to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many or the array is too short.
    #[member("void CopyTo(int index, T[] array, int arrayIndex, int count)")]
    fn copy_range_to(
        &'a self,
        cx: &mut Cx<'a>,
        index: i32,
        array: Obj<'a>,
        array_index: i32,
        count: i32,
    ) -> Result<(), Throw> {
        // .NET looks whether there are so many before it looks whether the index is one.
        if (self.len() as i64).saturating_sub(i64::from(index)) < i64::from(count) {
            return Err(raise::offset_and_length(cx));
        }
        let range = part(cx, self.len(), (index, "sourceIndex"), (count, "length"))?;
        let words = self.words();
        copy_part(cx, self.element(), words.get(range).unwrap_or(&[]), array, array_index)
    }

    /// A list of `count` elements from `index` on.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many.
    #[member("List<T> GetRange(int index, int count)")]
    fn get_range(&'a self, cx: &mut Cx<'a>, index: i32, count: i32) -> Result<&'a Self, Throw> {
        let range = part(cx, self.len(), (index, "index"), (count, "count"))?;
        Ok(List::of(cx, self.element(), self.words().get(range).unwrap_or(&[])))
    }

    /// A list of what the lambda makes of each element.
    #[member("List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)")]
    fn convert_all(&'a self, cx: &mut Cx<'a>, converter: &'a Func<'a>, output: Ty) -> Result<&'a Self, Throw> {
        let converted = List::new(cx, output);
        converted.set_capacity(cx, self.len())?;
        let mut index = 0;
        while let Some(word) = self.get(index) {
            let word = converter.call1(cx, word)?;
            converted.push(cx, word)?;
            index += 1;
        }
        Ok(converted)
    }

    /// Does something with each element.
    ///
    /// # Throws
    /// `InvalidOperationException` if the lambda changes the list.
    #[member("void ForEach(Action<T> action)")]
    fn for_each(&'a self, cx: &mut Cx<'a>, action: &'a Func<'a>) -> Result<(), Throw> {
        let version = self.version.get();
        let mut index = 0;
        while let Some(word) = self.get(index) {
            action.call1(cx, word)?;
            if self.version.get() != version {
                return Err(raise::modified(cx));
            }
            index += 1;
        }
        Ok(())
    }

    /// A view of the list that nobody can change.
    #[member("System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly()")]
    fn as_read_only(&'a self, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        ReadOnlyCollection::over(cx, self.element(), self.as_object())
    }
}
