//! Members of `List<T>` that look for elements.

use dotnet_macros::members;

use super::{List, default_of};
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::order::Order;
use crate::throw::Throw;
use crate::types::positions::{
    backward_part, binary_search, find_all, find_index, find_last_index, forward_part, index_of, index_or_none,
    last_index_of, part, part_before,
};
use crate::types::raise;
use crate::word::Word;

/// Members that look for elements. A lambda that adds elements while the list is searched sees them too.
#[members("System.Collections.Generic.List", group = SEARCHING_MEMBERS)]
impl<'a> List<'a> {
    /// Whether an element is equal.
    #[member("bool Contains(T item)")]
    fn contains(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        Ok(index_of(cx, self, 0..self.len(), self.equality(), item)? >= 0)
    }

    /// The index of the first element that is equal; -1 if there is none.
    #[member("int IndexOf(T item)")]
    fn index_of(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<i32, Throw> {
        index_of(cx, self, 0..self.len(), self.equality(), item)
    }

    /// The index of the first element from `index` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("int IndexOf(T item, int index)")]
    fn index_of_from(&'a self, cx: &mut Cx<'a>, item: Word, index: i32) -> Result<i32, Throw> {
        let range = forward_part(cx, self.len(), (index, "index"), None)?;
        index_of(cx, self, range, self.equality(), item)
    }

    /// The index of the first of `count` elements from `index` on that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("int IndexOf(T item, int index, int count)")]
    fn index_of_in(&'a self, cx: &mut Cx<'a>, item: Word, index: i32, count: i32) -> Result<i32, Throw> {
        let range = forward_part(cx, self.len(), (index, "index"), Some(count))?;
        index_of(cx, self, range, self.equality(), item)
    }

    /// The index of the last element that is equal; -1 if there is none.
    #[member("int LastIndexOf(T item)")]
    fn last_index_of(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<i32, Throw> {
        last_index_of(cx, self, 0..self.len(), self.equality(), item)
    }

    /// The index of the last element up to `index` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no element at the index.
    #[member("int LastIndexOf(T item, int index)")]
    fn last_index_of_to(&'a self, cx: &mut Cx<'a>, item: Word, index: i32) -> Result<i32, Throw> {
        if usize::try_from(index).is_ok_and(|index| index >= self.len()) {
            return Err(raise::index(cx, "index"));
        }
        let range = backward_part(cx, self.len(), (index, "index"), None)?;
        last_index_of(cx, self, range, self.equality(), item)
    }

    /// The index of the last of `count` elements up to `index` that is equal; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("int LastIndexOf(T item, int index, int count)")]
    fn last_index_of_in(&'a self, cx: &mut Cx<'a>, item: Word, index: i32, count: i32) -> Result<i32, Throw> {
        let len = i32::try_from(self.len()).unwrap_or(i32::MAX);
        if len == 0 {
            return Ok(-1);
        }
        if index < 0 {
            return Err(raise::negative(cx, "index"));
        }
        if count < 0 {
            return Err(raise::negative(cx, "count"));
        }
        if index >= len {
            return Err(raise::larger_than_collection(cx, "index"));
        }
        if count > index + 1 {
            return Err(raise::larger_than_collection(cx, "count"));
        }
        let range = backward_part(cx, self.len(), (index, "index"), Some(count))?;
        last_index_of(cx, self, range, self.equality(), item)
    }

    /// Whether the lambda accepts an element.
    #[member("bool Exists(Predicate<T> match)")]
    fn exists(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<bool, Throw> {
        Ok(find_index(cx, self, 0..usize::MAX, accepts)?.is_some())
    }

    /// The first element that the lambda accepts; the type's default if there is none.
    #[member("T Find(Predicate<T> match)")]
    fn find(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<Word, Throw> {
        let found = find_index(cx, self, 0..usize::MAX, accepts)?;
        Ok(found.and_then(|index| self.get(index)).unwrap_or_else(|| default_of(self)))
    }

    /// All elements that the lambda accepts.
    #[member("List<T> FindAll(Predicate<T> match)")]
    fn find_all(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<&'a Self, Throw> {
        let found = find_all(cx, self, accepts)?;
        Ok(List::of(cx, self.element(), &found))
    }

    /// The index of the first element that the lambda accepts; -1 if there is none.
    #[member("int FindIndex(Predicate<T> match)")]
    fn find_index(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        Ok(index_or_none(find_index(cx, self, 0..self.len(), accepts)?))
    }

    /// The index of the first element from `startIndex` on that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("int FindIndex(int startIndex, Predicate<T> match)")]
    fn find_index_from(&'a self, cx: &mut Cx<'a>, start_index: i32, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        let range = forward_part(cx, self.len(), (start_index, "startIndex"), None)?;
        Ok(index_or_none(find_index(cx, self, range, accepts)?))
    }

    /// The index of the first of `count` elements from `startIndex` on that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("int FindIndex(int startIndex, int count, Predicate<T> match)")]
    fn find_index_in(
        &'a self,
        cx: &mut Cx<'a>,
        start_index: i32,
        count: i32,
        accepts: &'a Func<'a>,
    ) -> Result<i32, Throw> {
        let range = forward_part(cx, self.len(), (start_index, "startIndex"), Some(count))?;
        Ok(index_or_none(find_index(cx, self, range, accepts)?))
    }

    /// The last element that the lambda accepts; the type's default if there is none.
    #[member("T FindLast(Predicate<T> match)")]
    fn find_last(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<Word, Throw> {
        let found = find_last_index(cx, self, 0..self.len(), accepts)?;
        Ok(found.and_then(|index| self.get(index)).unwrap_or_else(|| default_of(self)))
    }

    /// The index of the last element that the lambda accepts; -1 if there is none.
    #[member("int FindLastIndex(Predicate<T> match)")]
    fn find_last_index(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        Ok(index_or_none(find_last_index(cx, self, 0..self.len(), accepts)?))
    }

    /// The index of the last element up to `startIndex` that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no element at the index.
    #[member("int FindLastIndex(int startIndex, Predicate<T> match)")]
    fn find_last_index_to(&'a self, cx: &mut Cx<'a>, start_index: i32, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        let range = part_before(cx, self.len(), start_index, None)?;
        Ok(index_or_none(find_last_index(cx, self, range, accepts)?))
    }

    /// The index of the last of `count` elements up to `startIndex` that the lambda accepts; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are not so many.
    #[member("int FindLastIndex(int startIndex, int count, Predicate<T> match)")]
    fn find_last_index_in(
        &'a self,
        cx: &mut Cx<'a>,
        start_index: i32,
        count: i32,
        accepts: &'a Func<'a>,
    ) -> Result<i32, Throw> {
        let range = part_before(cx, self.len(), start_index, Some(count))?;
        Ok(index_or_none(find_last_index(cx, self, range, accepts)?))
    }

    /// Whether the lambda accepts all elements.
    #[member("bool TrueForAll(Predicate<T> match)")]
    fn true_for_all(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<bool, Throw> {
        let mut index = 0;
        while let Some(word) = self.get(index) {
            if !accepts.test1(cx, word)? {
                return Ok(false);
            }
            index += 1;
        }
        Ok(true)
    }

    /// The index of an element in a sorted list; if it is not there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `InvalidOperationException` if the elements have no order.
    #[member("int BinarySearch(T item)")]
    fn binary_search(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<i32, Throw> {
        binary_search(cx, self, 0..self.len(), Order::of(self.element(), None), item)
    }

    /// The index of an element in a list that is sorted as the comparer says; if it is not there, the complement of the
    /// index where it would stand.
    #[member("int BinarySearch(T item, IComparer<T> comparer)")]
    fn binary_search_by(&'a self, cx: &mut Cx<'a>, item: Word, comparer: Option<Obj<'a>>) -> Result<i32, Throw> {
        binary_search(cx, self, 0..self.len(), Order::of(self.element(), comparer), item)
    }

    /// The index of an element among `count` ones from `index` on that are sorted as the comparer says; if it is not
    /// there, the complement of the index where it would stand.
    ///
    /// # Throws
    /// `ArgumentException` if there are not so many.
    #[member("int BinarySearch(int index, int count, T item, IComparer<T> comparer)")]
    fn binary_search_in(
        &'a self,
        cx: &mut Cx<'a>,
        index: i32,
        count: i32,
        item: Word,
        comparer: Option<Obj<'a>>,
    ) -> Result<i32, Throw> {
        let range = part(cx, self.len(), (index, "index"), (count, "count"))?;
        binary_search(cx, self, range, Order::of(self.element(), comparer), item)
    }
}
