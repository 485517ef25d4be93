//! `System.Collections.Generic.HashSet<T>`.
//!
//! Not here: the hash table (`table`), and what all sets do with other sequences (`set_interface`).

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::Collection;
use crate::cx::Cx;
use crate::equality::Equality;
use crate::func::Func;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::rt::{Enumerator, Out, default_word};
use crate::seq::Cursor;
use crate::table::Table;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_part;
use crate::types::comparer::default_equality;
use crate::types::raise;
use crate::types::set_interface::SET_MEMBERS;
use crate::word::Word;

/// The object of a `HashSet<T>`.
#[repr(C)]
pub struct HashSet<'a> {
    header: Header,
    table: Table<'a>,
    comparer: Option<Obj<'a>>,
}

crate::layout!(HashSet<'a>, HASH_SET_DEF);

impl<'a> HashSet<'a> {
    /// An empty set of `element`s. Without a comparer, elements are equal as their type says.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        Self::of(cx, Ty::construct(&HASH_SET_DEF, &[element]), comparer)
    }

    fn of(cx: &Cx<'a>, ty: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        let element = ty.0.args.first().copied().unwrap_or(OBJECT);
        let table = Table::new(Equality::of(element, comparer));
        cx.arena().alloc(Self { header: Header::new(ty), table, comparer })
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there is no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// A copy of the elements, in order.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        self.table.pairs().map(|(key, _)| key).collect()
    }

    /// The element that is kept for an equal one.
    ///
    /// # Errors
    /// What comparing throws.
    pub fn kept(&self, cx: &mut Cx<'a>, word: Word) -> Result<Option<Word>, Throw> {
        Ok(self.table.find(cx, word)?.map(|(key, _)| key))
    }

    /// Adds an element unless an equal one is there; whether it was added.
    ///
    /// # Errors
    /// What comparing throws, and the limit of memory.
    pub fn insert(&self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        Ok(self.table.add(cx, word, Word::ZERO)?.is_none())
    }

    /// Removes an element; whether it was there.
    ///
    /// # Errors
    /// What comparing throws.
    pub fn take(&self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        let was_there = self.table.remove(cx, word)?.is_some();
        self.table.forget_removed();
        Ok(was_there)
    }

    /// A walk that notices changes.
    fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (version, mut at) = (self.table.version(), 0);
        Cursor::of(cx, move |cx| {
            if self.table.version() != version {
                return Err(raise::modified(cx));
            }
            Ok(self.table.entry_from(at).map(|(next, key, _)| {
                at = next;
                key
            }))
        })
    }
}

/// Elements each of which is there once.
#[members("public class System.Collections.Generic.HashSet<T> : ISet<T>, IReadOnlyCollection<T>", as = HASH_SET, ops = HASH_SET_OPS, groups = [SET_MEMBERS])]
impl<'a> HashSet<'a> {
    /// An empty set.
    #[member("HashSet()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, None)
    }

    /// An empty set whose elements a comparer compares.
    #[member("HashSet(IEqualityComparer<T> comparer)")]
    fn construct_with_comparer(cx: &mut Cx<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, comparer)
    }

    /// An empty set with room for so many elements.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("HashSet(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a Self, Throw> {
        Self::construct_with_both(cx, capacity, None, ty)
    }

    /// An empty set with room for so many elements, which a comparer compares.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("HashSet(int capacity, IEqualityComparer<T> comparer)")]
    fn construct_with_both(
        cx: &mut Cx<'a>,
        capacity: i32,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::out_of_range(cx, "capacity")) };
        let set = Self::of(cx, ty, comparer);
        set.table.reserve(cx, capacity)?;
        Ok(set)
    }

    /// A set of the elements of a sequence.
    #[member("HashSet(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        Self::construct_from_with_comparer(cx, collection, None, ty)
    }

    /// A set of the elements of a sequence, which a comparer compares.
    #[member("HashSet(IEnumerable<T> collection, IEqualityComparer<T> comparer)")]
    fn construct_from_with_comparer(
        cx: &mut Cx<'a>,
        collection: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        let same_comparer = |other: &&'a Self| other.comparer.map(Obj::word) == comparer.map(Obj::word);
        if let Some(other) = collection.downcast::<Self>().filter(same_comparer) {
            let table = other.table.copied(cx)?;
            return Ok(cx.arena().alloc(Self { header: Header::new(ty), table, comparer }));
        }
        let set = Self::of(cx, ty, comparer);
        let mut cursor = collection.elements(cx, set.element())?;
        while let Some(word) = cursor.next(cx)? {
            set.insert(cx, word)?;
        }
        Ok(set)
    }

    /// What compares the elements.
    #[member("IEqualityComparer<T> Comparer { get; }")]
    fn comparer(&'a self) -> Obj<'a> {
        self.comparer.unwrap_or_else(|| default_equality(self.element()))
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.len()).unwrap_or(i32::MAX)
    }

    /// Adds an element unless an equal one is there; whether it was added.
    #[member("bool Add(T item)")]
    fn add(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        self.insert(cx, item)
    }

    /// Removes all elements.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.table.clear();
    }

    /// Whether an element is there.
    #[member("bool Contains(T item)")]
    fn contains(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        self.table.contains(cx, item)
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

    /// Copies `count` elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int arrayIndex, int count)")]
    fn copy_some_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, array_index: i32, count: i32) -> Result<(), Throw> {
        let Ok(count) = usize::try_from(count) else { return Err(raise::negative(cx, "count")) };
        let words = self.words();
        copy_part(cx, self.element(), words.get(..count).unwrap_or(&words), array, array_index)
    }

    /// Makes room for so many elements; how many there is room for then.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative.
    #[member("int EnsureCapacity(int capacity)")]
    fn ensure_capacity(&'a self, cx: &mut Cx<'a>, capacity: i32) -> Result<i32, Throw> {
        match usize::try_from(capacity) {
            Ok(needed) => self.table.reserve(cx, needed).map(|()| capacity.max(self.count())),
            Err(_) => Err(raise::out_of_range(cx, "capacity")),
        }
    }

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.cursor(cx))
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

    /// Gives back the room that no element uses.
    #[member("void TrimExcess()")]
    fn trim_excess(&'a self) {}

    /// The element that is kept for an equal one, or the type's default; whether there is one.
    #[member("bool TryGetValue(T equalValue, out T actualValue)")]
    fn try_get_value(&'a self, cx: &mut Cx<'a>, equal_value: Word, actual_value: Out<'a>) -> Result<bool, Throw> {
        let kept = self.kept(cx, equal_value)?;
        actual_value.set(cx, kept.unwrap_or_else(|| default_word(self.element())));
        Ok(kept.is_some())
    }
}

/// The behaviour of sets.
pub static HASH_SET_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<HashSet<'_>, _>(cx, object, |set, cx| Ok(set.cursor(cx)))),
    count: Some(|object| object.downcast::<HashSet<'_>>().map_or(0, HashSet::len)),
    collection: Some(&HASH_SET_COLLECTION),
    ..REFERENCE
};

static HASH_SET_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| on::<HashSet<'_>, _>(cx, object, |set, cx| set.insert(cx, word).map(|_| ())),
    clear: |cx, object| {
        on::<HashSet<'_>, _>(cx, object, |set, _| {
            set.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| on::<HashSet<'_>, _>(cx, object, |set, cx| set.contains(cx, word)),
    remove: |cx, object, word| on::<HashSet<'_>, _>(cx, object, |set, cx| set.take(cx, word)),
    positions: None,
};
