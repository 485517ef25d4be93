//! Members of `List<T>` that add, remove and reorder elements.

use dotnet_macros::members;

use super::List;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::order::Order;
use crate::throw::Throw;
use crate::types::positions::{index_of, part, reverse, sort};
use crate::types::raise;
use crate::word::Word;

/// Members that change the list.
#[members("System.Collections.Generic.List", group = CHANGING_MEMBERS)]
impl<'a> List<'a> {
    /// Adds an element.
    #[member("void Add(T item)")]
    fn add(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<(), Throw> {
        self.push(cx, item)
    }

    /// Adds all elements of another collection.
    #[member("void AddRange(IEnumerable<T> collection)")]
    pub(in crate::types) fn append(&'a self, cx: &mut Cx<'a>, collection: Obj<'a>) -> Result<(), Throw> {
        let mut cursor = collection.elements(cx, self.element())?;
        if collection.count_hint().is_some() {
            // The elements of a collection are taken at once, so that a list can be added to itself.
            let words = cursor.collect(cx)?;
            return self.extend(cx, &words);
        }
        while let Some(word) = cursor.next(cx)? {
            self.push(cx, word)?;
        }
        self.changed();
        Ok(())
    }

    /// Puts an element before the one at an index, or at the end.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("void Insert(int index, T item)")]
    pub(super) fn insert(&'a self, cx: &mut Cx<'a>, index: i32, item: Word) -> Result<(), Throw> {
        match usize::try_from(index).ok().filter(|index| *index <= self.len()) {
            Some(index) => self.splice(cx, index..index, &[item]),
            None => Err(raise::insert_index(cx, "index")),
        }
    }

    /// Puts all elements of another collection before the one at an index, or at the end.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("void InsertRange(int index, IEnumerable<T> collection)")]
    fn insert_range(&'a self, cx: &mut Cx<'a>, index: i32, collection: Obj<'a>) -> Result<(), Throw> {
        let Some(index) = usize::try_from(index).ok().filter(|index| *index <= self.len()) else {
            return Err(raise::index(cx, "index"));
        };
        let words = collection.elements(cx, self.element())?.collect(cx)?;
        self.splice(cx, index..index, &words)
    }

    /// Removes the first element that is equal; whether there was one.
    #[member("bool Remove(T item)")]
    pub(super) fn remove(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        let index = index_of(cx, self, 0..self.len(), self.equality(), item)?;
        let Ok(index) = usize::try_from(index) else { return Ok(false) };
        self.splice(cx, index..index + 1, &[])?;
        Ok(true)
    }

    /// Removes the element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("void RemoveAt(int index)")]
    pub(in crate::types) fn remove_at(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<(), Throw> {
        let index = self.index(cx, index)?;
        self.splice(cx, index..index + 1, &[])
    }

    /// Removes so many elements from an index on.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if one is negative, `ArgumentException` if there are not so many.
    #[member("void RemoveRange(int index, int count)")]
    fn remove_range(&'a self, cx: &mut Cx<'a>, index: i32, count: i32) -> Result<(), Throw> {
        let range = part(cx, self.len(), (index, "index"), (count, "count"))?;
        if range.is_empty() { Ok(()) } else { self.splice(cx, range, &[]) }
    }

    /// Removes all elements that the lambda accepts; how many there were.
    #[member("int RemoveAll(Predicate<T> match)")]
    fn remove_all(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        let (mut kept, mut index) = (0, 0);
        while let Some(word) = self.get(index) {
            if !accepts.test1(cx, word)? {
                if let Some(place) = self.cells().get(kept) {
                    place.set(word);
                }
                kept += 1;
            }
            index += 1;
        }
        let removed = self.len() - kept;
        if removed > 0 {
            self.len.set(kept);
            self.changed();
        }
        Ok(i32::try_from(removed).unwrap_or(i32::MAX))
    }

    /// Removes all elements.
    #[member("void Clear()")]
    pub(in crate::types) fn clear(&'a self) {
        self.len.set(0);
        self.changed();
    }

    /// Turns the order of the elements round.
    #[member("void Reverse()")]
    fn reverse(&'a self) {
        reverse(self, 0..self.len());
        self.changed();
    }

    /// Turns the order of so many elements from an index on round.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if one is negative, `ArgumentException` if there are not so many.
    #[member("void Reverse(int index, int count)")]
    fn reverse_range(&'a self, cx: &mut Cx<'a>, index: i32, count: i32) -> Result<(), Throw> {
        let range = part(cx, self.len(), (index, "index"), (count, "count"))?;
        reverse(self, range);
        self.changed();
        Ok(())
    }

    /// Sorts the elements in their own order.
    ///
    /// # Throws
    /// `InvalidOperationException` if they have none.
    #[member("void Sort()")]
    fn sort(&'a self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        self.sort_by(cx, Order::of(self.element(), None))
    }

    /// Sorts the elements in the order of a comparer.
    ///
    /// # Throws
    /// `InvalidOperationException` if the comparer throws.
    #[member("void Sort(IComparer<T> comparer)")]
    fn sort_by_comparer(&'a self, cx: &mut Cx<'a>, comparer: Option<Obj<'a>>) -> Result<(), Throw> {
        self.sort_by(cx, Order::of(self.element(), comparer))
    }

    /// Sorts the elements in the order that a lambda gives: negative where the first comes before the second.
    ///
    /// # Throws
    /// `InvalidOperationException` if the lambda throws.
    #[member("void Sort(Comparison<T> comparison)")]
    fn sort_by_comparison(&'a self, cx: &mut Cx<'a>, comparison: &'a Func<'a>) -> Result<(), Throw> {
        self.sort_by(cx, Order::Comparison(comparison))
    }

    /// Sorts so many elements from an index on, in the order of a comparer.
    ///
    /// # Throws
    /// `InvalidOperationException` if the comparer throws.
    #[member("void Sort(int index, int count, IComparer<T> comparer)")]
    fn sort_range(&'a self, cx: &mut Cx<'a>, index: i32, count: i32, comparer: Option<Obj<'a>>) -> Result<(), Throw> {
        let range = part(cx, self.len(), (index, "index"), (count, "count"))?;
        let order = Order::of(self.element(), comparer);
        sort(cx, self, range, order)?;
        self.changed();
        Ok(())
    }

    /// Gives back the room that no element uses.
    #[member("void TrimExcess()")]
    fn trim_excess(&'a self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        // .NET leaves the room of a list that is nearly full.
        if self.len() < self.room.get().len() * 9 / 10 { self.set_capacity(cx, self.len()) } else { Ok(()) }
    }
}

impl<'a> List<'a> {
    fn sort_by(&'a self, cx: &mut Cx<'a>, order: Order<'a>) -> Result<(), Throw> {
        sort(cx, self, 0..self.len(), order)?;
        self.changed();
        Ok(())
    }
}
