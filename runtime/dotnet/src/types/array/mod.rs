//! `System.Array`: members of arrays of any element type.
//!
//! Here are the members of array objects; the static ones stand in `copy`, `search`, `sort` and `whole`. Not here: the
//! layout of arrays (`crate::array`).

mod copy;
mod search;
mod sort;
#[cfg(test)]
mod tests;
mod whole;

use dotnet_macros::members;

use crate::array::{AnyArray, Array};
use crate::collection::{Collection, Positions};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Obj, Ops, REFERENCE, boxed};
use crate::rt::Enumerator;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::index_of;
use crate::types::raise;
use crate::word::{Role, Word};

pub use copy::{COPYING_MEMBERS, copy_all, copy_part, store_all};
pub use search::{FINDING_MEMBERS, SEARCHING_MEMBERS};
pub use sort::SORTING_MEMBERS;
pub use whole::WHOLE_MEMBERS;

/// The members of arrays.
pub struct ArrayType;

/// Members that all arrays have.
#[members("System.Array", group = ARRAY_MEMBERS)]
impl<'a> ArrayType {
    /// How many elements there are, in all dimensions together.
    #[member("int Length { get; }", pure)]
    fn length(this: Obj<'a>) -> i32 {
        i32::try_from(AnyArray::of(this).map_or(0, AnyArray::len)).unwrap_or(i32::MAX)
    }

    /// How many elements there are, in all dimensions together.
    #[member("long LongLength { get; }", pure)]
    fn long_length(this: Obj<'a>) -> i64 {
        i64::try_from(AnyArray::of(this).map_or(0, AnyArray::len)).unwrap_or(i64::MAX)
    }

    /// How many dimensions the array has.
    #[member("int Rank { get; }", pure)]
    fn rank(this: Obj<'a>) -> i32 {
        this.ty().array_parts().map_or(1, |(_, rank)| i32::from(rank))
    }

    /// Whether elements can neither be added nor removed; always.
    #[member("bool IsFixedSize { get; }", pure)]
    fn is_fixed_size(_this: Obj<'a>) -> bool {
        true
    }

    /// Whether elements cannot be replaced; never.
    #[member("bool IsReadOnly { get; }", pure)]
    fn is_read_only(_this: Obj<'a>) -> bool {
        false
    }

    /// Whether threads may share the array; never.
    #[member("bool IsSynchronized { get; }", pure)]
    fn is_synchronized(_this: Obj<'a>) -> bool {
        false
    }

    /// What threads that share the array would lock: itself.
    #[member("object SyncRoot { get; }")]
    fn sync_root(this: Obj<'a>) -> Obj<'a> {
        this
    }

    /// How many elements a dimension has.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if the array has no such dimension.
    #[member("int GetLength(int dimension)")]
    fn get_length(this: Obj<'a>, cx: &mut Cx<'a>, dimension: i32) -> Result<i32, Throw> {
        let length = usize::try_from(dimension).ok().and_then(|at| dimensions(this).get(at).copied());
        let length = length.ok_or_else(|| raise::array_index(cx))?;
        Ok(i32::try_from(length).unwrap_or(i32::MAX))
    }

    /// How many elements a dimension has.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if the array has no such dimension.
    #[member("long GetLongLength(int dimension)")]
    fn get_long_length(this: Obj<'a>, cx: &mut Cx<'a>, dimension: i32) -> Result<i64, Throw> {
        Self::get_length(this, cx, dimension).map(i64::from)
    }

    /// The first index of a dimension: 0.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if the array has no such dimension.
    #[member("int GetLowerBound(int dimension)")]
    fn get_lower_bound(this: Obj<'a>, cx: &mut Cx<'a>, dimension: i32) -> Result<i32, Throw> {
        Self::get_length(this, cx, dimension).map(|_| 0)
    }

    /// The last index of a dimension.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if the array has no such dimension.
    #[member("int GetUpperBound(int dimension)")]
    fn get_upper_bound(this: Obj<'a>, cx: &mut Cx<'a>, dimension: i32) -> Result<i32, Throw> {
        Self::get_length(this, cx, dimension).map(|length| length - 1)
    }

    /// The element at an index.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("object GetValue(int index)")]
    fn get_value(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        value_at(cx, this, &[index])
    }

    /// The element at two indexes of an array of two dimensions.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("object GetValue(int index1, int index2)")]
    fn get_value_of_two(this: Obj<'a>, cx: &mut Cx<'a>, index1: i32, index2: i32) -> Result<Word, Throw> {
        value_at(cx, this, &[index1, index2])
    }

    /// The element at three indexes of an array of three dimensions.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("object GetValue(int index1, int index2, int index3)")]
    fn get_value_of_three(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        index1: i32,
        index2: i32,
        index3: i32,
    ) -> Result<Word, Throw> {
        value_at(cx, this, &[index1, index2, index3])
    }

    /// The element at one index for each dimension.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none, `ArgumentException` if there are not as many indexes as dimensions.
    #[member("object GetValue(params int[] indices)")]
    fn get_value_of_many(this: Obj<'a>, cx: &mut Cx<'a>, indices: &'a Array<'a>) -> Result<Word, Throw> {
        value_at(cx, this, &numbers(indices))
    }

    /// The element at an index.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("object GetValue(long index)")]
    fn get_value_long(this: Obj<'a>, cx: &mut Cx<'a>, index: i64) -> Result<Word, Throw> {
        value_at(cx, this, &[copy::narrowed(index)])
    }

    /// Replaces the element at an index; null stands for the default of the element type.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none, `InvalidCastException` if the value is of another type.
    #[member("void SetValue(object value, int index)")]
    fn set_value(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>, index: i32) -> Result<(), Throw> {
        set_value_at(cx, this, value, &[index])
    }

    /// Replaces the element at two indexes of an array of two dimensions.
    ///
    /// # Throws
    /// As `SetValue(object, int)`.
    #[member("void SetValue(object value, int index1, int index2)")]
    fn set_value_of_two(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        index1: i32,
        index2: i32,
    ) -> Result<(), Throw> {
        set_value_at(cx, this, value, &[index1, index2])
    }

    /// Replaces the element at three indexes of an array of three dimensions.
    ///
    /// # Throws
    /// As `SetValue(object, int)`.
    #[member("void SetValue(object value, int index1, int index2, int index3)")]
    fn set_value_of_three(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        index1: i32,
        index2: i32,
        index3: i32,
    ) -> Result<(), Throw> {
        set_value_at(cx, this, value, &[index1, index2, index3])
    }

    /// Replaces the element at an index; null stands for the default of the element type.
    ///
    /// # Throws
    /// As `SetValue(object, int)`.
    #[member("void SetValue(object value, long index)")]
    fn set_value_long(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>, index: i64) -> Result<(), Throw> {
        set_value_at(cx, this, value, &[copy::narrowed(index)])
    }

    /// Replaces the element at one index for each dimension.
    ///
    /// # Throws
    /// As `SetValue(object, int)`.
    #[member("void SetValue(object value, params int[] indices)")]
    fn set_value_of_many(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        indices: &'a Array<'a>,
    ) -> Result<(), Throw> {
        set_value_at(cx, this, value, &numbers(indices))
    }

    /// A walk that stands before the first element.
    #[member("System.Collections.IEnumerator GetEnumerator()")]
    fn get_enumerator(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, this, element_of(this))
    }

    /// Does nothing: the elements have their default values from the start.
    #[member("void Initialize()")]
    fn initialize(_this: Obj<'a>) {}
}

/// The element type of an array object.
fn element_of(array: Obj<'_>) -> Ty {
    array.ty().array_parts().map_or(crate::catalogue::OBJECT, |(element, _)| element)
}

/// The length of each dimension.
fn dimensions(array: Obj<'_>) -> Vec<usize> {
    match array.downcast::<Array<'_>>() {
        Some(array) if !array.dimensions.is_empty() => array.dimensions.to_vec(),
        _ => vec![AnyArray::of(array).map_or(0, AnyArray::len)],
    }
}

fn numbers(array: &Array<'_>) -> Vec<i32> {
    array.items().iter().map(|item| crate::rt::scalar_of(item.get())).collect()
}

/// The position of an element among all of the array's.
fn position(cx: &mut Cx<'_>, array: Obj<'_>, indices: &[i32]) -> Result<usize, Throw> {
    let dimensions = dimensions(array);
    if dimensions.len() != indices.len() {
        let message = if indices.len() == 1 {
            "Array was not a one-dimensional array."
        } else {
            "Array was not a two-dimensional array."
        };
        let message = if indices.len() > 2 { "Indices length does not match the array rank." } else { message };
        return Err(cx.throw(Ty(&crate::types::exception::ARGUMENT_EXCEPTION), message));
    }
    let mut position = 0;
    for (index, dimension) in indices.iter().zip(dimensions) {
        match usize::try_from(*index).ok().filter(|index| *index < dimension) {
            Some(index) => position = position * dimension + index,
            None => return Err(raise::array_index(cx)),
        }
    }
    Ok(position)
}

fn value_at<'a>(cx: &mut Cx<'a>, array: Obj<'a>, indices: &[i32]) -> Result<Word, Throw> {
    let position = position(cx, array, indices)?;
    let word = AnyArray::of(array).and_then(|array| array.get(position));
    let word = word.ok_or_else(|| raise::array_index(cx))?;
    Ok(boxed(cx, element_of(array), word))
}

fn set_value_at<'a>(cx: &mut Cx<'a>, array: Obj<'a>, value: Option<Obj<'a>>, indices: &[i32]) -> Result<(), Throw> {
    let position = position(cx, array, indices)?;
    let Some(array) = AnyArray::of(array) else { return Err(raise::store(cx)) };
    let Some(word) = copy::stored_word(value, array.element()) else { return Err(raise::store(cx)) };
    let _ = array.set(position, word);
    Ok(())
}

/// The array of one dimension that an argument is.
///
/// # Errors
/// `RankException` if it has more dimensions.
fn one_dimension<'a>(cx: &mut Cx<'a>, array: Obj<'a>) -> Result<AnyArray<'a>, Throw> {
    match AnyArray::of(array).filter(|array| array.object().ty().element().is_some()) {
        Some(array) => Ok(array),
        None => Err(raise::rank(cx)),
    }
}

/// Calls a function of this module on an array of which only the object is known.
fn on_array<'a, T>(
    cx: &mut Cx<'a>,
    object: Obj<'a>,
    call: impl FnOnce(AnyArray<'a>, &mut Cx<'a>) -> Result<T, Throw>,
) -> Result<T, Throw> {
    match AnyArray::of(object) {
        Some(array) => call(array, cx),
        None => Err(cx.throw_null(Role::Receiver)),
    }
}

/// The behaviour of arrays.
pub static ARRAY_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on_array(cx, object, |array, _| Ok(array.cursor()))),
    count: Some(|object| AnyArray::of(object).map_or(0, AnyArray::len)),
    collection: Some(&ARRAY_COLLECTION),
    ..REFERENCE
};

static ARRAY_COLLECTION: Collection = Collection {
    is_read_only: true,
    add: |cx, _, _| Err(raise::fixed_size(cx)),
    clear: |cx, _| Err(raise::read_only(cx)),
    contains: |cx, object, word| Ok((ARRAY_POSITIONS.index_of)(cx, object, word)? >= 0),
    remove: |cx, _, _| Err(raise::fixed_size(cx)),
    positions: Some(&ARRAY_POSITIONS),
};

static ARRAY_POSITIONS: Positions = Positions {
    get: |cx, object, index| {
        on_array(cx, object, |array, cx| {
            let word = usize::try_from(index).ok().and_then(|index| array.get(index));
            word.ok_or_else(|| raise::index(cx, "index"))
        })
    },
    set: |cx, object, index, word| {
        on_array(cx, object, |array, cx| {
            if !array.accepts(word) {
                return Err(raise::array_types(cx));
            }
            let stored = usize::try_from(index).ok().and_then(|index| array.set(index, word));
            stored.ok_or_else(|| raise::index(cx, "index"))
        })
    },
    index_of: |cx, object, word| {
        on_array(cx, object, |array, cx| index_of(cx, array, 0..array.len(), Equality::of(array.element(), None), word))
    },
    insert: |cx, _, _, _| Err(raise::fixed_size(cx)),
    remove_at: |cx, _, _| Err(raise::fixed_size(cx)),
};
