//! Searching arrays.

use dotnet_macros::members;

use super::{ArrayType, element_of, one_dimension};
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::equality::Equality;
use crate::func::Func;
use crate::object::{Obj, word_as};
use crate::order::Order;
use crate::rt::default_word;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::types::positions::{
    backward_part, binary_search, find_all, find_index, find_last_index, forward_part, index_of, index_or_none,
    last_index_of, part, part_before,
};
use crate::word::Word;

/// Members that look for an element that is equal.
#[members("System.Array", group = SEARCHING_MEMBERS)]
impl<'a> ArrayType {
    /// The index of the first element that is equal; -1 if there is none.
    #[member("static int IndexOf<T>(T[] array, T value)")]
    fn index_of(cx: &mut Cx<'a>, array: Obj<'a>, value: Word, element: Ty) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        index_of(cx, array, 0..array.len(), Equality::of(element, None), value)
    }

    /// The index of the first element from `startIndex` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("static int IndexOf<T>(T[] array, T value, int startIndex)")]
    fn index_of_from(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        start_index: i32,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = forward_part(cx, array.len(), (start_index, "startIndex"), None)?;
        index_of(cx, array, range, Equality::of(element, None), value)
    }

    /// The index of the first of `count` elements from `startIndex` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int IndexOf<T>(T[] array, T value, int startIndex, int count)")]
    fn index_of_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        start_index: i32,
        count: i32,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = forward_part(cx, array.len(), (start_index, "startIndex"), Some(count))?;
        index_of(cx, array, range, Equality::of(element, None), value)
    }

    /// The index of the first element that is equal; -1 if there is none.
    #[member("static int IndexOf(Array array, object value)")]
    fn index_of_object(cx: &mut Cx<'a>, array: Obj<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        index_of(cx, items, 0..items.len(), Equality::of(element_of(array), None), value)
    }

    /// The index of the first element from `startIndex` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("static int IndexOf(Array array, object value, int startIndex)")]
    fn index_of_object_from(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Option<Obj<'a>>,
        start_index: i32,
    ) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let range = forward_part(cx, items.len(), (start_index, "startIndex"), None)?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        index_of(cx, items, range, Equality::of(element_of(array), None), value)
    }

    /// The index of the first of `count` elements from `startIndex` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int IndexOf(Array array, object value, int startIndex, int count)")]
    fn index_of_object_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Option<Obj<'a>>,
        start_index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let range = forward_part(cx, items.len(), (start_index, "startIndex"), Some(count))?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        index_of(cx, items, range, Equality::of(element_of(array), None), value)
    }

    /// The index of the last element that is equal; -1 if there is none.
    #[member("static int LastIndexOf<T>(T[] array, T value)")]
    fn last_index_of(cx: &mut Cx<'a>, array: Obj<'a>, value: Word, element: Ty) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        last_index_of(cx, array, 0..array.len(), Equality::of(element, None), value)
    }

    /// The index of the last element up to `startIndex` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no element at the index.
    #[member("static int LastIndexOf<T>(T[] array, T value, int startIndex)")]
    fn last_index_of_to(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        start_index: i32,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = backward_part(cx, array.len(), (start_index, "startIndex"), None)?;
        last_index_of(cx, array, range, Equality::of(element, None), value)
    }

    /// The index of the last of `count` elements up to `startIndex` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int LastIndexOf<T>(T[] array, T value, int startIndex, int count)")]
    fn last_index_of_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        start_index: i32,
        count: i32,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = backward_part(cx, array.len(), (start_index, "startIndex"), Some(count))?;
        last_index_of(cx, array, range, Equality::of(element, None), value)
    }

    /// The index of the last element that is equal; -1 if there is none.
    #[member("static int LastIndexOf(Array array, object value)")]
    fn last_index_of_object(cx: &mut Cx<'a>, array: Obj<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        last_index_of(cx, items, 0..items.len(), Equality::of(element_of(array), None), value)
    }

    /// The index of the last element up to `startIndex` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no element at the index.
    #[member("static int LastIndexOf(Array array, object value, int startIndex)")]
    fn last_index_of_object_to(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Option<Obj<'a>>,
        start_index: i32,
    ) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let range = backward_part(cx, items.len(), (start_index, "startIndex"), None)?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        last_index_of(cx, items, range, Equality::of(element_of(array), None), value)
    }

    /// The index of the last of `count` elements up to `startIndex` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int LastIndexOf(Array array, object value, int startIndex, int count)")]
    fn last_index_of_object_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Option<Obj<'a>>,
        start_index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        let items = one_dimension(cx, array)?;
        let range = backward_part(cx, items.len(), (start_index, "startIndex"), Some(count))?;
        let Some(value) = word_as(value, element_of(array)) else { return Ok(-1) };
        last_index_of(cx, items, range, Equality::of(element_of(array), None), value)
    }

    /// The index of an element in a sorted array; if it is not there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `InvalidOperationException` if the elements have no order.
    #[member("static int BinarySearch<T>(T[] array, T value)")]
    fn binary_search(cx: &mut Cx<'a>, array: Obj<'a>, value: Word, element: Ty) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        binary_search(cx, array, 0..array.len(), Order::of(element, None), value)
    }

    /// The index of an element in an array that is sorted as the comparer says; if it is not there, the complement of the
    /// index where it would stand.
    #[member("static int BinarySearch<T>(T[] array, T value, IComparer<T> comparer)")]
    fn binary_search_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Word,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        binary_search(cx, array, 0..array.len(), Order::of(element, comparer), value)
    }

    /// The index of an element in a sorted part; if it is not there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static int BinarySearch<T>(T[] array, int index, int length, T value)")]
    fn binary_search_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        value: Word,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = part(cx, array.len(), (index, "index"), (length, "length"))?;
        binary_search(cx, array, range, Order::of(element, None), value)
    }

    /// The index of an element in a part that is sorted as the comparer says; if it is not there, the complement of the
    /// index where it would stand.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static int BinarySearch<T>(T[] array, int index, int length, T value, IComparer<T> comparer)")]
    fn binary_search_in_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        value: Word,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = part(cx, array.len(), (index, "index"), (length, "length"))?;
        binary_search(cx, array, range, Order::of(element, comparer), value)
    }

    /// The index of an element in a sorted array; if it is not there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `InvalidOperationException` if the element cannot be compared with those of the array.
    #[member("static int BinarySearch(Array array, object value)")]
    fn binary_search_object(cx: &mut Cx<'a>, array: Obj<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        Self::binary_search_object_by(cx, array, value, None)
    }

    /// The index of an element in an array that is sorted as the comparer says; if it is not there, the complement of the
    /// index where it would stand.
    ///
    /// # Throws
    /// `InvalidOperationException` if the element cannot be compared with those of the array.
    #[member("static int BinarySearch(Array array, object value, System.Collections.IComparer comparer)")]
    fn binary_search_object_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        value: Option<Obj<'a>>,
        comparer: Option<Obj<'a>>,
    ) -> Result<i32, Throw> {
        search_sorted(cx, array, None, value, comparer)
    }

    /// The index of an element in a sorted part; if it is not there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static int BinarySearch(Array array, int index, int length, object value)")]
    fn binary_search_object_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        value: Option<Obj<'a>>,
    ) -> Result<i32, Throw> {
        search_sorted(cx, array, Some((index, length)), value, None)
    }

    /// The index of an element in a part that is sorted as the comparer says; if it is not there, the complement of the
    /// index where it would stand.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member(
        "static int BinarySearch(Array array, int index, int length, object value, System.Collections.IComparer comparer)"
    )]
    fn binary_search_object_in_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        value: Option<Obj<'a>>,
        comparer: Option<Obj<'a>>,
    ) -> Result<i32, Throw> {
        search_sorted(cx, array, Some((index, length)), value, comparer)
    }
}

/// Searches a sorted array, or a part of it, for an object.
fn search_sorted<'a>(
    cx: &mut Cx<'a>,
    array: Obj<'a>,
    range: Option<(i32, i32)>,
    value: Option<Obj<'a>>,
    comparer: Option<Obj<'a>>,
) -> Result<i32, Throw> {
    let items = one_dimension(cx, array)?;
    let range = match range {
        Some((index, length)) => part(cx, items.len(), (index, "index"), (length, "length"))?,
        None => 0..items.len(),
    };
    let Some(value) = word_as(value, element_of(array)) else {
        return Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "Failed to compare two elements in the array."));
    };
    binary_search(cx, items, range, Order::of(element_of(array), comparer), value)
}

/// Members that look for an element that a lambda accepts.
#[members("System.Array", group = FINDING_MEMBERS)]
impl<'a> ArrayType {
    /// Whether the lambda accepts an element.
    #[member("static bool Exists<T>(T[] array, Predicate<T> match)")]
    fn exists(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, _element: Ty) -> Result<bool, Throw> {
        let array = one_dimension(cx, array)?;
        Ok(find_index(cx, array, 0..array.len(), accepts)?.is_some())
    }

    /// The first element that the lambda accepts; the type's default if there is none.
    #[member("static T Find<T>(T[] array, Predicate<T> match)")]
    fn find(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        let array = one_dimension(cx, array)?;
        let found = find_index(cx, array, 0..array.len(), accepts)?;
        Ok(found.and_then(|index| array.get(index)).unwrap_or_else(|| default_word(element)))
    }

    /// All elements that the lambda accepts.
    #[member("static T[] FindAll<T>(T[] array, Predicate<T> match)")]
    fn find_all(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, element: Ty) -> Result<Obj<'a>, Throw> {
        let array = one_dimension(cx, array)?;
        let found = find_all(cx, array, accepts)?;
        Ok(AnyArray::new(cx, element, &found).object())
    }

    /// The index of the first element that the lambda accepts; -1 if there is none.
    #[member("static int FindIndex<T>(T[] array, Predicate<T> match)")]
    fn find_index(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, _element: Ty) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        Ok(index_or_none(find_index(cx, array, 0..array.len(), accepts)?))
    }

    /// The index of the first element from `startIndex` on that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("static int FindIndex<T>(T[] array, int startIndex, Predicate<T> match)")]
    fn find_index_from(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        start_index: i32,
        accepts: &'a Func<'a>,
        _element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = forward_part(cx, array.len(), (start_index, "startIndex"), None)?;
        Ok(index_or_none(find_index(cx, array, range, accepts)?))
    }

    /// The index of the first of `count` elements from `startIndex` on that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int FindIndex<T>(T[] array, int startIndex, int count, Predicate<T> match)")]
    fn find_index_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        start_index: i32,
        count: i32,
        accepts: &'a Func<'a>,
        _element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = forward_part(cx, array.len(), (start_index, "startIndex"), Some(count))?;
        Ok(index_or_none(find_index(cx, array, range, accepts)?))
    }

    /// The last element that the lambda accepts; the type's default if there is none.
    #[member("static T FindLast<T>(T[] array, Predicate<T> match)")]
    fn find_last(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, element: Ty) -> Result<Word, Throw> {
        let array = one_dimension(cx, array)?;
        let found = find_last_index(cx, array, 0..array.len(), accepts)?;
        Ok(found.and_then(|index| array.get(index)).unwrap_or_else(|| default_word(element)))
    }

    /// The index of the last element that the lambda accepts; -1 if there is none.
    #[member("static int FindLastIndex<T>(T[] array, Predicate<T> match)")]
    fn find_last_index(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, _element: Ty) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        Ok(index_or_none(find_last_index(cx, array, 0..array.len(), accepts)?))
    }

    /// The index of the last element up to `startIndex` that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no element at the index.
    #[member("static int FindLastIndex<T>(T[] array, int startIndex, Predicate<T> match)")]
    fn find_last_index_to(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        start_index: i32,
        accepts: &'a Func<'a>,
        _element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = part_before(cx, array.len(), start_index, None)?;
        Ok(index_or_none(find_last_index(cx, array, range, accepts)?))
    }

    /// The index of the last of `count` elements up to `startIndex` that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("static int FindLastIndex<T>(T[] array, int startIndex, int count, Predicate<T> match)")]
    fn find_last_index_in(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        start_index: i32,
        count: i32,
        accepts: &'a Func<'a>,
        _element: Ty,
    ) -> Result<i32, Throw> {
        let array = one_dimension(cx, array)?;
        let range = part_before(cx, array.len(), start_index, Some(count))?;
        Ok(index_or_none(find_last_index(cx, array, range, accepts)?))
    }

    /// Whether the lambda accepts all elements.
    #[member("static bool TrueForAll<T>(T[] array, Predicate<T> match)")]
    fn true_for_all(cx: &mut Cx<'a>, array: Obj<'a>, accepts: &'a Func<'a>, _element: Ty) -> Result<bool, Throw> {
        let array = one_dimension(cx, array)?;
        for index in 0..array.len() {
            let Some(word) = array.get(index) else { break };
            if !accepts.test1(cx, word)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
