//! Sorting and reversing arrays.

use std::ops::Range;

use dotnet_macros::members;

use super::{ArrayType, element_of, one_dimension};
use crate::array::AnyArray;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::order::{Order, introsort};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::{Indexed, part, reverse, sort};
use crate::types::raise;
use crate::word::Word;

/// Members that bring the elements into another order.
#[members("System.Array", group = SORTING_MEMBERS)]
impl<'a> ArrayType {
    /// Sorts the elements in their own order.
    ///
    /// # Throws
    /// `InvalidOperationException` if they have none.
    #[member("static void Sort<T>(T[] array)")]
    fn sort(cx: &mut Cx<'a>, array: Obj<'a>, element: Ty) -> Result<(), Throw> {
        sort_array(cx, array, None, Order::of(element, None))
    }

    /// Sorts the elements in the order of a comparer.
    ///
    /// # Throws
    /// `InvalidOperationException` if the comparer throws.
    #[member("static void Sort<T>(T[] array, IComparer<T> comparer)")]
    fn sort_by(cx: &mut Cx<'a>, array: Obj<'a>, comparer: Option<Obj<'a>>, element: Ty) -> Result<(), Throw> {
        sort_array(cx, array, None, Order::of(element, comparer))
    }

    /// Sorts the elements in the order that a lambda gives: negative where the first comes before the second.
    ///
    /// # Throws
    /// `InvalidOperationException` if the lambda throws.
    #[member("static void Sort<T>(T[] array, Comparison<T> comparison)")]
    fn sort_by_comparison(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        comparison: &'a Func<'a>,
        _element: Ty,
    ) -> Result<(), Throw> {
        sort_array(cx, array, None, Order::Comparison(comparison))
    }

    /// Sorts a part of the elements in their own order.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Sort<T>(T[] array, int index, int length)")]
    fn sort_part(cx: &mut Cx<'a>, array: Obj<'a>, index: i32, length: i32, element: Ty) -> Result<(), Throw> {
        sort_array(cx, array, Some((index, length)), Order::of(element, None))
    }

    /// Sorts a part of the elements in the order of a comparer.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Sort<T>(T[] array, int index, int length, IComparer<T> comparer)")]
    fn sort_part_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        comparer: Option<Obj<'a>>,
        element: Ty,
    ) -> Result<(), Throw> {
        sort_array(cx, array, Some((index, length)), Order::of(element, comparer))
    }

    /// Sorts keys in their own order, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are fewer items than keys.
    #[member("static void Sort<TKey, TValue>(TKey[] keys, TValue[] items)")]
    fn sort_pairs(cx: &mut Cx<'a>, keys: Obj<'a>, items: Option<Obj<'a>>, key: Ty, _value: Ty) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, None, Order::of(key, None))
    }

    /// Sorts keys in the order of a comparer, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are fewer items than keys.
    #[member("static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, IComparer<TKey> comparer)")]
    fn sort_pairs_by(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        comparer: Option<Obj<'a>>,
        key: Ty,
        _value: Ty,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, None, Order::of(key, comparer))
    }

    /// Sorts a part of keys in their own order, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many keys or items.
    #[member("static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, int index, int length)")]
    fn sort_part_of_pairs(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        index: i32,
        length: i32,
        key: Ty,
        _value: Ty,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, Some((index, length)), Order::of(key, None))
    }

    /// Sorts a part of keys in the order of a comparer, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many keys or items.
    #[member(
        "static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, int index, int length, IComparer<TKey> comparer)"
    )]
    fn sort_part_of_pairs_by(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        index: i32,
        length: i32,
        comparer: Option<Obj<'a>>,
        key: Ty,
        _value: Ty,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, Some((index, length)), Order::of(key, comparer))
    }

    /// Sorts the elements in their own order.
    ///
    /// # Throws
    /// `InvalidOperationException` if they have none.
    #[member("static void Sort(Array array)")]
    fn sort_untyped(cx: &mut Cx<'a>, array: Obj<'a>) -> Result<(), Throw> {
        sort_array(cx, array, None, Order::of(element_of(array), None))
    }

    /// Sorts the elements in the order of a comparer.
    ///
    /// # Throws
    /// `InvalidOperationException` if the comparer throws.
    #[member("static void Sort(Array array, System.Collections.IComparer comparer)")]
    fn sort_untyped_by(cx: &mut Cx<'a>, array: Obj<'a>, comparer: Option<Obj<'a>>) -> Result<(), Throw> {
        sort_array(cx, array, None, Order::of(element_of(array), comparer))
    }

    /// Sorts a part of the elements in their own order.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Sort(Array array, int index, int length)")]
    fn sort_untyped_part(cx: &mut Cx<'a>, array: Obj<'a>, index: i32, length: i32) -> Result<(), Throw> {
        sort_array(cx, array, Some((index, length)), Order::of(element_of(array), None))
    }

    /// Sorts keys in their own order, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are fewer items than keys.
    #[member("static void Sort(Array keys, Array items)")]
    fn sort_untyped_pairs(cx: &mut Cx<'a>, keys: Obj<'a>, items: Option<Obj<'a>>) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, None, Order::of(element_of(keys), None))
    }

    /// Sorts a part of the elements in the order of a comparer.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Sort(Array array, int index, int length, System.Collections.IComparer comparer)")]
    fn sort_untyped_part_by(
        cx: &mut Cx<'a>,
        array: Obj<'a>,
        index: i32,
        length: i32,
        comparer: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        sort_array(cx, array, Some((index, length)), Order::of(element_of(array), comparer))
    }

    /// Sorts keys in the order of a comparer, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are fewer items than keys.
    #[member("static void Sort(Array keys, Array items, System.Collections.IComparer comparer)")]
    fn sort_untyped_pairs_by(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        comparer: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, None, Order::of(element_of(keys), comparer))
    }

    /// Sorts a part of keys in their own order, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many keys or items.
    #[member("static void Sort(Array keys, Array items, int index, int length)")]
    fn sort_untyped_part_of_pairs(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        index: i32,
        length: i32,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, Some((index, length)), Order::of(element_of(keys), None))
    }

    /// Sorts a part of keys in the order of a comparer, and moves the items that belong to them along.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many keys or items.
    #[member("static void Sort(Array keys, Array items, int index, int length, System.Collections.IComparer comparer)")]
    fn sort_untyped_part_of_pairs_by(
        cx: &mut Cx<'a>,
        keys: Obj<'a>,
        items: Option<Obj<'a>>,
        index: i32,
        length: i32,
        comparer: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        sort_with_items(cx, keys, items, Some((index, length)), Order::of(element_of(keys), comparer))
    }

    /// Turns the order of the elements round.
    #[member("static void Reverse<T>(T[] array)")]
    fn reverse(cx: &mut Cx<'a>, array: Obj<'a>, _element: Ty) -> Result<(), Throw> {
        reverse_array(cx, array, None)
    }

    /// Turns the order of a part of the elements round.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Reverse<T>(T[] array, int index, int length)")]
    fn reverse_part(cx: &mut Cx<'a>, array: Obj<'a>, index: i32, length: i32, _element: Ty) -> Result<(), Throw> {
        reverse_array(cx, array, Some((index, length)))
    }

    /// Turns the order of the elements round.
    #[member("static void Reverse(Array array)")]
    fn reverse_untyped(cx: &mut Cx<'a>, array: Obj<'a>) -> Result<(), Throw> {
        reverse_array(cx, array, None)
    }

    /// Turns the order of a part of the elements round.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many elements.
    #[member("static void Reverse(Array array, int index, int length)")]
    fn reverse_untyped_part(cx: &mut Cx<'a>, array: Obj<'a>, index: i32, length: i32) -> Result<(), Throw> {
        reverse_array(cx, array, Some((index, length)))
    }
}

/// The elements that an index and a length name; all of them if nothing does.
fn range_of(cx: &mut Cx<'_>, total: usize, range: Option<(i32, i32)>) -> Result<Range<usize>, Throw> {
    match range {
        Some((index, length)) => part(cx, total, (index, "index"), (length, "length")),
        None => Ok(0..total),
    }
}

fn sort_array<'a>(cx: &mut Cx<'a>, array: Obj<'a>, range: Option<(i32, i32)>, order: Order<'a>) -> Result<(), Throw> {
    let array = one_dimension(cx, array)?;
    let range = range_of(cx, array.len(), range)?;
    sort(cx, array, range, order)
}

fn sort_with_items<'a>(
    cx: &mut Cx<'a>,
    keys: Obj<'a>,
    items: Option<Obj<'a>>,
    range: Option<(i32, i32)>,
    order: Order<'a>,
) -> Result<(), Throw> {
    let Some(items) = items else { return sort_array(cx, keys, range, order) };
    let (keys, items) = (one_dimension(cx, keys)?, one_dimension(cx, items)?);
    let range = range_of(cx, keys.len(), range)?;
    if items.len() < range.end {
        return Err(raise::offset_and_length(cx));
    }
    let words = |array: AnyArray<'a>| range.clone().filter_map(|index| array.get(index)).collect::<Vec<Word>>();
    let (mut key_words, mut item_words) = (words(keys), words(items));
    let sorted = introsort(cx, &mut key_words, &mut item_words, order);
    for ((index, key), item) in range.zip(key_words).zip(item_words) {
        keys.put(index, key);
        items.put(index, item);
    }
    sorted
}

fn reverse_array<'a>(cx: &mut Cx<'a>, array: Obj<'a>, range: Option<(i32, i32)>) -> Result<(), Throw> {
    let array = one_dimension(cx, array)?;
    let range = range_of(cx, array.len(), range)?;
    reverse(array, range);
    Ok(())
}
