//! `System.Collections.Generic.SortedSet<T>`.
//!
//! The elements stand in a list, sorted; a set of a request is small. Not here: what all sets do with other sequences
//! (`set_interface`).

use std::cmp;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::Collection;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::order::Order;
use crate::rt::{Enumerator, Out, default_word};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_part;
use crate::types::comparer::default_order;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::list::List;
use crate::types::raise;
use crate::types::set_interface::SET_MEMBERS;
use crate::word::Word;

/// The object of a `SortedSet<T>`.
#[repr(C)]
pub struct SortedSet<'a> {
    header: Header,
    list: &'a List<'a>,
    comparer: Option<Obj<'a>>,
}

crate::layout!(SortedSet<'a>, SORTED_SET_DEF);

impl<'a> SortedSet<'a> {
    fn of(cx: &Cx<'a>, ty: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        let element = ty.0.args.first().copied().unwrap_or(OBJECT);
        cx.arena().alloc(Self { header: Header::new(ty), list: List::new(cx, element), comparer })
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(&self) -> Ty {
        self.list.element()
    }

    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// A copy of the elements, in order.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        self.list.words()
    }

    /// Where an element stands, or where it would stand.
    fn place(&self, cx: &mut Cx<'a>, word: Word) -> Result<Result<usize, usize>, Throw> {
        place_in(cx, self.list, Order::of(self.element(), self.comparer), word)
    }

    /// The element that is kept for an equal one.
    ///
    /// # Errors
    /// What comparing throws.
    pub fn kept(&self, cx: &mut Cx<'a>, word: Word) -> Result<Option<Word>, Throw> {
        Ok(self.place(cx, word)?.ok().and_then(|at| self.list.get(at)))
    }

    /// Adds an element unless an equal one is there; whether it was added.
    ///
    /// # Errors
    /// What comparing throws, and the limit of memory.
    pub fn insert(&self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        match self.place(cx, word)? {
            Ok(_) => Ok(false),
            Err(at) => self.list.splice(cx, at..at, &[word]).map(|()| true),
        }
    }

    /// Removes an element; whether it was there.
    ///
    /// # Errors
    /// What comparing throws.
    pub fn take(&self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        match self.place(cx, word)? {
            Ok(at) => self.list.splice(cx, at..at + 1, &[]).map(|()| true),
            Err(_) => Ok(false),
        }
    }

    fn with_elements(cx: &mut Cx<'a>, set: &'a Self, collection: Obj<'a>) -> Result<&'a Self, Throw> {
        let mut cursor = collection.elements(cx, set.element())?;
        while let Some(word) = cursor.next(cx)? {
            set.insert(cx, word)?;
        }
        Ok(set)
    }

    fn with_words(&self, cx: &mut Cx<'a>, words: &[Word]) -> Result<&'a Self, Throw> {
        let set = Self::of(cx, self.header.ty, self.comparer);
        set.list.extend(cx, words)?;
        Ok(set)
    }
}

/// Where a word stands in a sorted list, or where it would stand.
///
/// # Errors
/// What comparing throws.
pub(super) fn place_in<'a>(
    cx: &mut Cx<'a>,
    list: &List<'a>,
    order: Order<'a>,
    word: Word,
) -> Result<Result<usize, usize>, Throw> {
    let (mut low, mut high) = (0, list.len());
    // A comparison can throw for a single element already, as .NET's does.
    if high == 0 {
        order.compare(cx, word, word)?;
    }
    while low < high {
        let middle = low.midpoint(high);
        let Some(kept) = list.get(middle) else { break };
        match order.compare(cx, word, kept)? {
            cmp::Ordering::Equal => return Ok(Ok(middle)),
            cmp::Ordering::Less => high = middle,
            cmp::Ordering::Greater => low = middle + 1,
        }
    }
    Ok(Err(low))
}

/// Elements each of which is there once, in order.
#[members("public class System.Collections.Generic.SortedSet<T> : ISet<T>, IReadOnlyCollection<T>, System.Collections.ICollection", as = SORTED_SET, ops = SORTED_SET_OPS, groups = [SET_MEMBERS])]
impl<'a> SortedSet<'a> {
    /// An empty set.
    #[member("SortedSet()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, None)
    }

    /// An empty set in the order of a comparer.
    #[member("SortedSet(IComparer<T> comparer)")]
    fn construct_with_comparer(cx: &mut Cx<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, comparer)
    }

    /// A set of the elements of a sequence.
    #[member("SortedSet(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        let set = Self::of(cx, ty, None);
        Self::with_elements(cx, set, collection)
    }

    /// A set of the elements of a sequence, in the order of a comparer.
    #[member("SortedSet(IEnumerable<T> collection, IComparer<T> comparer)")]
    fn construct_from_with_comparer(
        cx: &mut Cx<'a>,
        collection: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        let set = Self::of(cx, ty, comparer);
        Self::with_elements(cx, set, collection)
    }

    /// What compares the elements.
    #[member("IComparer<T> Comparer { get; }")]
    fn comparer(&'a self) -> Obj<'a> {
        self.comparer.unwrap_or_else(|| default_order(self.element()))
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.len()).unwrap_or(i32::MAX)
    }

    /// The least element; the type's default if there is none.
    #[member("T Min { get; }")]
    fn min(&'a self) -> Word {
        self.list.get(0).unwrap_or_else(|| default_word(self.element()))
    }

    /// The greatest element; the type's default if there is none.
    #[member("T Max { get; }")]
    fn max(&'a self) -> Word {
        let last = self.len().checked_sub(1).and_then(|at| self.list.get(at));
        last.unwrap_or_else(|| default_word(self.element()))
    }

    /// Adds an element unless an equal one is there; whether it was added.
    #[member("bool Add(T item)")]
    fn add(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        self.insert(cx, item)
    }

    /// Removes all elements.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.list.clear();
    }

    /// Whether an element is there.
    #[member("bool Contains(T item)")]
    fn contains(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        Ok(self.place(cx, item)?.is_ok())
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
    #[member("void CopyTo(T[] array, int index)")]
    fn copy_to_index(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_part(cx, self.element(), &self.words(), array, index)
    }

    /// Copies `count` elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int index, int count)")]
    fn copy_some_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32, count: i32) -> Result<(), Throw> {
        let Ok(count) = usize::try_from(count) else { return Err(raise::negative(cx, "count")) };
        let words = self.words();
        copy_part(cx, self.element(), words.get(..count).unwrap_or(&words), array, index)
    }

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.list.cursor(cx))
    }

    /// A set of the elements from one to another.
    ///
    /// # Throws
    /// `ArgumentException` if the lower one is the greater.
    #[member("SortedSet<T> GetViewBetween(T lowerValue, T upperValue)")]
    fn get_view_between(&'a self, cx: &mut Cx<'a>, lower: Word, upper: Word) -> Result<&'a Self, Throw> {
        let order = Order::of(self.element(), self.comparer);
        if order.compare(cx, lower, upper)? == cmp::Ordering::Greater {
            let message = "Must be less than or equal to upperValue.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "lowerValue"));
        }
        let start = self.place(cx, lower)?.unwrap_or_else(|at| at);
        let end = self.place(cx, upper)?.map_or_else(|at| at, |at| at + 1);
        self.with_words(cx, self.words().get(start..end).unwrap_or(&[]))
    }

    /// Removes an element; whether it was there.
    #[member("bool Remove(T item)")]
    fn remove(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        self.take(cx, item)
    }

    /// Removes all elements that the lambda accepts; how many there were.
    #[member("int RemoveWhere(Predicate<T> match)")]
    fn remove_where(&'a self, cx: &mut Cx<'a>, accepts: &'a Func<'a>) -> Result<i32, Throw> {
        let mut removed = 0;
        for word in self.words() {
            if accepts.test1(cx, word)? && self.take(cx, word)? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The elements from the last to the first.
    #[member("IEnumerable<T> Reverse()")]
    fn reverse(&'a self, cx: &mut Cx<'a>) -> Result<&'a List<'a>, Throw> {
        let mut words = self.words();
        words.reverse();
        Ok(List::of(cx, self.element(), &words))
    }

    /// The element that is kept for an equal one, or the type's default; whether there is one.
    #[member("bool TryGetValue(T equalValue, out T actualValue)")]
    fn try_get_value(&'a self, cx: &mut Cx<'a>, equal_value: Word, actual_value: Out<'a>) -> Result<bool, Throw> {
        let kept = self.kept(cx, equal_value)?;
        actual_value.set(cx, kept.unwrap_or_else(|| default_word(self.element())));
        Ok(kept.is_some())
    }
}

/// The behaviour of sorted sets.
pub static SORTED_SET_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<SortedSet<'_>, _>(cx, object, |set, cx| Ok(set.list.cursor(cx)))),
    count: Some(|object| object.downcast::<SortedSet<'_>>().map_or(0, SortedSet::len)),
    collection: Some(&SORTED_SET_COLLECTION),
    ..REFERENCE
};

static SORTED_SET_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| on::<SortedSet<'_>, _>(cx, object, |set, cx| set.insert(cx, word).map(|_| ())),
    clear: |cx, object| {
        on::<SortedSet<'_>, _>(cx, object, |set, _| {
            set.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| on::<SortedSet<'_>, _>(cx, object, |set, cx| set.contains(cx, word)),
    remove: |cx, object, word| on::<SortedSet<'_>, _>(cx, object, |set, cx| set.take(cx, word)),
    positions: None,
};
