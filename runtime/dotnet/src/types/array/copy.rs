//! Copying arrays, and what may be stored in an array of which type.

use dotnet_macros::members;

use super::{ArrayType, element_of, one_dimension};
use crate::array::{AnyArray, Array, Bytes, element_size};
use crate::cx::Cx;
use crate::object::{Obj, boxed, is_instance, object_of, word_as};
use crate::rt::{Out, default_word, scalar_of};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::Indexed;
use crate::types::{char, double, int32, number, raise};
use crate::word::{Repr, Word};

/// Members that copy arrays.
#[members("System.Array", group = COPYING_MEMBERS)]
impl<'a> ArrayType {
    /// A copy of the array.
    #[member("object Clone()")]
    fn clone_array(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        let size = AnyArray::of(this).map_or(0, |array| array.len() * element_size(array.element()));
        cx.reserve(size)?;
        if let Some(bytes) = this.downcast::<Bytes<'a>>() {
            return Ok(object_of(Bytes::new(cx, &bytes.to_vec())));
        }
        Ok(this.downcast::<Array<'a>>().map_or(this, |array| object_of(array.copied(cx))))
    }

    /// Copies all elements to another array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the other array is too short, `ArrayTypeMismatchException` if its type does not fit.
    #[member("void CopyTo(Array array, int index)")]
    fn copy_to(this: Obj<'a>, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        let source = one_dimension(cx, this)?;
        copy_between(cx, (this, 0), (array, index), i32::try_from(source.len()).unwrap_or(i32::MAX))
    }

    /// Copies all elements to another array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the other array is too short, `ArrayTypeMismatchException` if its type does not fit.
    #[member("void CopyTo(Array array, long index)")]
    fn copy_to_long(this: Obj<'a>, cx: &mut Cx<'a>, array: Obj<'a>, index: i64) -> Result<(), Throw> {
        Self::copy_to(this, cx, array, narrowed(index))
    }

    /// Copies the first elements of an array to another.
    ///
    /// # Throws
    /// `ArgumentException` if one array is too short, `ArrayTypeMismatchException` if their types do not fit.
    #[member("static void Copy(Array sourceArray, Array destinationArray, int length)")]
    fn copy(cx: &mut Cx<'a>, source: Obj<'a>, destination: Obj<'a>, length: i32) -> Result<(), Throw> {
        copy_between(cx, (source, 0), (destination, 0), length)
    }

    /// Copies the first elements of an array to another.
    ///
    /// # Throws
    /// `ArgumentException` if one array is too short, `ArrayTypeMismatchException` if their types do not fit.
    #[member("static void Copy(Array sourceArray, Array destinationArray, long length)")]
    fn copy_long(cx: &mut Cx<'a>, source: Obj<'a>, destination: Obj<'a>, length: i64) -> Result<(), Throw> {
        copy_between(cx, (source, 0), (destination, 0), narrowed(length))
    }

    /// Copies elements of an array from an index on to another, from an index of it on. Both may be the same.
    ///
    /// # Throws
    /// `ArgumentException` if one array is too short, `ArrayTypeMismatchException` if their types do not fit.
    #[member(
        "static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)"
    )]
    fn copy_range(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        source_index: i32,
        destination: Obj<'a>,
        destination_index: i32,
        length: i32,
    ) -> Result<(), Throw> {
        copy_between(cx, (source, source_index), (destination, destination_index), length)
    }

    /// Copies elements of an array from an index on to another, from an index of it on. Both may be the same.
    ///
    /// # Throws
    /// `ArgumentException` if one array is too short, `ArrayTypeMismatchException` if their types do not fit.
    #[member(
        "static void Copy(Array sourceArray, long sourceIndex, Array destinationArray, long destinationIndex, long length)"
    )]
    fn copy_range_long(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        source_index: i64,
        destination: Obj<'a>,
        destination_index: i64,
        length: i64,
    ) -> Result<(), Throw> {
        let (from, to) = (narrowed(source_index), narrowed(destination_index));
        copy_between(cx, (source, from), (destination, to), narrowed(length))
    }

    /// Copies elements as `Copy` does, all or none of them.
    ///
    /// # Throws
    /// As `Copy`; also for elements that would have to be boxed.
    #[member(
        "static void ConstrainedCopy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)"
    )]
    fn constrained_copy(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        source_index: i32,
        destination: Obj<'a>,
        destination_index: i32,
        length: i32,
    ) -> Result<(), Throw> {
        if !element_of(source).is_subtype_of(element_of(destination))
            || element_of(source).repr() != element_of(destination).repr()
        {
            return Err(raise::array_types(cx));
        }
        copy_between(cx, (source, source_index), (destination, destination_index), length)
    }

    /// Gives elements their default value.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there are not so many.
    #[member("static void Clear(Array array, int index, int length)")]
    fn clear(cx: &mut Cx<'a>, array: Obj<'a>, index: i32, length: i32) -> Result<(), Throw> {
        let Some(array) = AnyArray::of(array) else { return Err(raise::rank(cx)) };
        let range = usize::try_from(index).ok().zip(usize::try_from(length).ok());
        match range.filter(|(index, length)| index.checked_add(*length).is_some_and(|end| end <= array.len())) {
            Some((index, length)) => {
                let word = default_word(array.element());
                (index..index + length).for_each(|at| array.put(at, word));
                Ok(())
            }
            None => Err(raise::array_index(cx)),
        }
    }

    /// Puts an array of another length, with as many of the elements as fit, in the place of an array.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the length is negative.
    #[member("static void Resize<T>(ref T[] array, int newSize)")]
    fn resize(cx: &mut Cx<'a>, array: Out<'a>, new_size: i32, element: Ty) -> Result<(), Throw> {
        let Ok(length) = usize::try_from(new_size) else { return Err(raise::negative(cx, "newSize")) };
        cx.reserve(length.saturating_mul(element_size(element)))?;
        // SAFETY: the place holds a word of type `T[]`.
        let old = unsafe { cx.object(array.get()) }.and_then(AnyArray::of);
        if old.is_some_and(|old| old.len() == length) {
            return Ok(());
        }
        let mut words = old.map(AnyArray::words).unwrap_or_default();
        words.resize(length, default_word(element));
        let resized = AnyArray::new(cx, element, &words).object();
        array.set(cx, resized);
        Ok(())
    }
}

/// An index or length of 64 bits as one of 32; what does not fit lies outside of every array.
pub(super) fn narrowed(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { -1 } else { i32::MAX })
}

/// Copies words of type `element` to an array, from an index of it on.
///
/// # Errors
/// `ArgumentOutOfRangeException` if the index is negative, `ArgumentException` if the array is too short.
pub fn copy_part<'a>(cx: &mut Cx<'a>, element: Ty, words: &[Word], array: Obj<'a>, index: i32) -> Result<(), Throw> {
    let array = one_dimension(cx, array)?;
    let Ok(index) = usize::try_from(index) else { return Err(raise::negative(cx, "destinationIndex")) };
    if index > array.len() || words.len() > array.len() - index {
        return Err(raise::short_destination(cx, "destinationArray"));
    }
    store_all(cx, array, index, element, words)
}

/// Copies words of type `element` to an array, from an index of it on, as queues and stacks do.
///
/// # Errors
/// `ArgumentOutOfRangeException` if the index lies outside of the array, `ArgumentException` if the array is too short.
pub fn copy_all<'a>(cx: &mut Cx<'a>, element: Ty, words: &[Word], array: Obj<'a>, index: i32) -> Result<(), Throw> {
    let array = one_dimension(cx, array)?;
    match usize::try_from(index).ok().filter(|index| *index <= array.len()) {
        Some(start) if words.len() <= array.len() - start => store_all(cx, array, start, element, words),
        Some(_) => Err(raise::offset_and_length(cx)),
        None => Err(raise::index(cx, "arrayIndex")),
    }
}

fn copy_between<'a>(
    cx: &mut Cx<'a>,
    (source, source_index): (Obj<'a>, i32),
    (destination, destination_index): (Obj<'a>, i32),
    length: i32,
) -> Result<(), Throw> {
    let (Some(from), Some(to)) = (AnyArray::of(source), AnyArray::of(destination)) else {
        return Err(raise::rank(cx));
    };
    if source.ty().array_parts().map(|(_, rank)| rank) != destination.ty().array_parts().map(|(_, rank)| rank) {
        return Err(raise::rank(cx));
    }
    let Ok(length) = usize::try_from(length) else { return Err(raise::negative(cx, "length")) };
    let Ok(start) = usize::try_from(source_index) else { return Err(raise::negative(cx, "sourceIndex")) };
    let Ok(place) = usize::try_from(destination_index) else { return Err(raise::negative(cx, "destinationIndex")) };
    if start > from.len() || length > from.len() - start {
        return Err(raise::short_source(cx, "sourceArray"));
    }
    if place > to.len() || length > to.len() - place {
        return Err(raise::short_destination(cx, "destinationArray"));
    }
    // Taken out first, because the two may be parts of one array.
    let words: Vec<Word> = (start..start + length).filter_map(|index| from.get(index)).collect();
    store_all(cx, to, place, from.element(), &words)
}

/// Stores words of type `element` in an array, from an index on where there is room: as they are, boxed, unboxed or widened,
/// as the array's type asks.
///
/// # Errors
/// `ArrayTypeMismatchException` if the types do not fit, `InvalidCastException` if one of the elements does not.
pub fn store_all<'a>(
    cx: &mut Cx<'a>,
    array: AnyArray<'a>,
    start: usize,
    element: Ty,
    words: &[Word],
) -> Result<(), Throw> {
    let target = array.element();
    let is_reference = |ty: Ty| !ty.is_value_type();
    for (index, word) in words.iter().enumerate() {
        let stored =
            if element == target || (is_reference(element) && is_reference(target) && element.is_subtype_of(target)) {
                Some(*word)
            } else if is_reference(element) || (is_reference(target) && element.is_subtype_of(target)) {
                let word = boxed(cx, element, *word);
                // SAFETY: a box, or a word of a reference type.
                let object = unsafe { cx.object(word) };
                let related = target.is_subtype_of(element) || element.is_subtype_of(target);
                if !related && !target.is_interface() && !element.is_interface() {
                    return Err(raise::array_types(cx));
                }
                Some(word_as(object, target).ok_or_else(|| raise::element_cast(cx))?)
            } else {
                widened(*word, element, target)
            };
        match stored {
            Some(word) => array.put(start + index, word),
            None => return Err(raise::array_types(cx)),
        }
    }
    Ok(())
}

/// An object as a word that an array of `element`s can hold: null as the default, numbers widened; `None` if it is of a type
/// that does not fit.
pub(super) fn stored_word(value: Option<Obj<'_>>, element: Ty) -> Option<Word> {
    match value {
        None => Some(default_word(element)),
        Some(object) if is_instance(value, element) || object.ty() == element => word_as(value, element),
        Some(object) => {
            let boxed = object.downcast::<crate::object::Boxed>()?;
            widened(boxed.value, object.ty(), element)
        }
    }
}

/// A number as one of a type that holds all numbers of its own type.
fn widened(word: Word, from: Ty, to: Ty) -> Option<Word> {
    let rank = |ty: Ty| {
        let ranks: [(Ty, u8, bool); 11] = [
            (Ty(&number::SBYTE), 1, true),
            (Ty(&number::BYTE), 1, false),
            (Ty(&number::INT16), 2, true),
            (Ty(&number::UINT16), 2, false),
            (Ty(&char::CHAR), 2, false),
            (Ty(&int32::INT32), 4, true),
            (Ty(&number::UINT32), 4, false),
            (Ty(&number::INT64), 8, true),
            (Ty(&number::UINT64), 8, false),
            (Ty(&double::SINGLE), 9, true),
            (Ty(&double::DOUBLE), 10, true),
        ];
        ranks.into_iter().find(|(known, ..)| *known == ty).map(|(_, size, signed)| (size, signed))
    };
    let ((from_size, from_signed), (to_size, to_signed)) = (rank(from)?, rank(to)?);
    let fits = if from_signed == to_signed { from_size <= to_size } else { to_signed && from_size < to_size };
    if !fits {
        return None;
    }
    let integer = match (from.repr(), from_signed) {
        (Repr::I32, true) => i64::from(scalar_of::<i32>(word)),
        (Repr::I32, false) => i64::from(scalar_of::<u32>(word)),
        _ => scalar_of(word),
    };
    let real = match from.repr() {
        Repr::F32 => f64::from(scalar_of::<f32>(word)),
        Repr::F64 => scalar_of(word),
        _ if from == Ty(&number::UINT64) => scalar_of::<u64>(word) as f64,
        _ => integer as f64,
    };
    Some(match to.repr() {
        Repr::F32 => Word(u64::from((real as f32).to_bits())),
        Repr::F64 => Word(real.to_bits()),
        _ => Word(integer as u64),
    })
}
