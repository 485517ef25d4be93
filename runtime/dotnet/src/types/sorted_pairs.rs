//! `System.Collections.Generic.SortedDictionary<K, V>` and `SortedList<K, V>`.
//!
//! Both keep keys and values in two lists, sorted by key; one of a request is small. Not here: `SortedSet<T>`.

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::{Collection, Keyed};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of, on, words_equal};
use crate::order::Order;
use crate::rt::{Enumerator, Out, default_word};
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::comparer::default_order;
use crate::types::dictionary::key_and_value;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::list::List;
use crate::types::positions::{Indexed, index_of};
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::types::sorted_set::place_in;
use crate::word::Word;

/// The object of a `SortedDictionary<K, V>` or `SortedList<K, V>`.
#[repr(C)]
pub struct SortedPairs<'a> {
    header: Header,
    keys: &'a List<'a>,
    values: &'a List<'a>,
    comparer: Option<Obj<'a>>,
}

crate::layout!(SortedPairs<'a>, SORTED_DICTIONARY_DEF, SORTED_LIST_DEF);

impl<'a> SortedPairs<'a> {
    fn of(cx: &Cx<'a>, ty: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        let (key, value) = match *ty.0.args {
            [key, value] => (key, value),
            _ => (OBJECT, OBJECT),
        };
        let (keys, values) = (List::new(cx, key), List::new(cx, value));
        cx.arena().alloc(Self { header: Header::new(ty), keys, values, comparer })
    }

    fn of_pairs(cx: &mut Cx<'a>, pairs: Obj<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> Result<&'a Self, Throw> {
        let sorted = Self::of(cx, ty, comparer);
        let mut cursor = pairs.elements(cx, sorted.pair_type())?;
        while let Some(word) = cursor.next(cx)? {
            let (key, value) = key_and_value(cx, word)?;
            sorted.add(cx, key, value)?;
        }
        Ok(sorted)
    }

    fn pair_type(&self) -> Ty {
        KeyValuePair::of(self.keys.element(), self.values.element())
    }

    fn default_value(&self) -> Word {
        default_word(self.values.element())
    }

    /// Where a key stands, or where it would stand.
    fn place(&self, cx: &mut Cx<'a>, key: Word) -> Result<Result<usize, usize>, Throw> {
        if key.is_null() && self.keys.element().admits_null() {
            return Err(raise::null(cx, "key"));
        }
        place_in(cx, self.keys, Order::of(self.keys.element(), self.comparer), key)
    }

    fn get(&self, cx: &mut Cx<'a>, key: Word) -> Result<Option<Word>, Throw> {
        Ok(self.place(cx, key)?.ok().and_then(|at| self.values.get(at)))
    }

    fn insert(&self, cx: &mut Cx<'a>, at: usize, key: Word, value: Word) -> Result<(), Throw> {
        self.keys.splice(cx, at..at, &[key])?;
        self.values.splice(cx, at..at, &[value])
    }

    fn remove_place(&self, cx: &mut Cx<'a>, at: usize) -> Result<(), Throw> {
        self.keys.splice(cx, at..at + 1, &[])?;
        self.values.splice(cx, at..at + 1, &[])
    }

    fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (ty, version, mut at) = (self.pair_type(), self.keys.version(), 0);
        Cursor::of(cx, move |cx| {
            if self.keys.version() != version {
                return Err(raise::modified(cx));
            }
            let pair = self.keys.get(at).zip(self.values.get(at));
            at += 1;
            Ok(pair.map(|(key, value)| object_of(KeyValuePair::new(cx, ty, key, value)).word()))
        })
    }

    fn contains_pair(&self, cx: &mut Cx<'a>, pair: Word) -> Result<bool, Throw> {
        let (key, value) = key_and_value(cx, pair)?;
        match self.get(cx, key)? {
            Some(kept) => words_equal(cx, self.values.element(), kept, value),
            None => Ok(false),
        }
    }
}

/// What sorted dictionaries and sorted lists do alike.
#[members("System.Collections.Generic.SortedDictionary", group = SORTED_MEMBERS)]
impl<'a> SortedPairs<'a> {
    /// What compares the keys.
    #[member("IComparer<TKey> Comparer { get; }")]
    fn comparer(&'a self) -> Obj<'a> {
        self.comparer.unwrap_or_else(|| default_order(self.keys.element()))
    }

    /// How many keys there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.keys.len()).unwrap_or(i32::MAX)
    }

    /// The value of a key.
    ///
    /// # Throws
    /// `KeyNotFoundException` if the key is not there, `ArgumentNullException` if it is null.
    #[member("TValue this[TKey key] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<Word, Throw> {
        match self.get(cx, key)? {
            Some(value) => Ok(value),
            None => Err(raise::key_not_found(cx, self.keys.element(), key)),
        }
    }

    /// Sets the value of a key, which is added if it is not there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("TValue this[TKey key] { set; }")]
    fn set_item(&'a self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        match self.place(cx, key)? {
            Ok(at) => {
                self.values.put(at, value);
                self.keys.changed();
                Ok(())
            }
            Err(at) => self.insert(cx, at, key, value),
        }
    }

    /// Adds a key with its value.
    ///
    /// # Throws
    /// `ArgumentException` if the key is there already, `ArgumentNullException` if it is null.
    #[member("void Add(TKey key, TValue value)")]
    fn add(&'a self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        if let Err(at) = self.place(cx, key)? {
            return self.insert(cx, at, key, value);
        }
        if std::ptr::eq(self.header.ty.def, &raw const SORTED_DICTIONARY_DEF) {
            // .NET keeps pairs in a set here, and so names the pair.
            let pair = object_of(KeyValuePair::new(cx, self.pair_type(), key, value)).word();
            return Err(raise::duplicate_key(cx, self.pair_type(), pair));
        }
        let text = crate::object::word_text(cx, self.keys.element(), key)?.to_utf8().into_owned();
        let message = format!("An item with the same key has already been added. Key: {text}");
        Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "key"))
    }

    /// Removes all keys.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.keys.clear();
        self.values.clear();
    }

    /// Whether a key is there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool ContainsKey(TKey key)")]
    fn contains_key(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        Ok(self.place(cx, key)?.is_ok())
    }

    /// Whether a value is there.
    #[member("bool ContainsValue(TValue value)")]
    fn contains_value(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<bool, Throw> {
        let equality = Equality::of(self.values.element(), None);
        Ok(index_of(cx, self.values, 0..self.values.len(), equality, value)? >= 0)
    }

    /// Removes a key with its value; whether it was there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool Remove(TKey key)")]
    fn remove(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        match self.place(cx, key)? {
            Ok(at) => self.remove_place(cx, at).map(|()| true),
            Err(_) => Ok(false),
        }
    }

    /// The value of a key, or the type's default; whether the key is there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool TryGetValue(TKey key, out TValue value)")]
    fn try_get_value(&'a self, cx: &mut Cx<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
        let found = self.get(cx, key)?;
        value.set(cx, found.unwrap_or_else(|| self.default_value()));
        Ok(found.is_some())
    }

    /// A walk that stands before the first pair.
    #[member("IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.pair_type(), self.cursor(cx))
    }
}

/// The members of `SortedDictionary<K, V>`.
pub struct SortedDictionaryType;

/// Values that are found by their keys, in the order of the keys.
#[members("public class System.Collections.Generic.SortedDictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>, System.Collections.IDictionary", as = SORTED_DICTIONARY, ops = SORTED_OPS, groups = [SORTED_MEMBERS])]
impl<'a> SortedDictionaryType {
    /// An empty dictionary.
    #[member("SortedDictionary()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a SortedPairs<'a> {
        SortedPairs::of(cx, ty, None)
    }

    /// An empty dictionary whose keys a comparer orders.
    #[member("SortedDictionary(IComparer<TKey> comparer)")]
    fn construct_with_comparer(cx: &mut Cx<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> &'a SortedPairs<'a> {
        SortedPairs::of(cx, ty, comparer)
    }

    /// A dictionary with the keys and values of another.
    #[member("SortedDictionary(IDictionary<TKey, TValue> dictionary)")]
    fn construct_from(cx: &mut Cx<'a>, dictionary: Obj<'a>, ty: Ty) -> Result<&'a SortedPairs<'a>, Throw> {
        SortedPairs::of_pairs(cx, dictionary, None, ty)
    }

    /// A dictionary with the keys and values of another, whose keys a comparer orders.
    #[member("SortedDictionary(IDictionary<TKey, TValue> dictionary, IComparer<TKey> comparer)")]
    fn construct_from_with_comparer(
        cx: &mut Cx<'a>,
        dictionary: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a SortedPairs<'a>, Throw> {
        SortedPairs::of_pairs(cx, dictionary, comparer, ty)
    }

    /// The keys, in order.
    #[member("ICollection<TKey> Keys { get; }")]
    fn keys(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        ReadOnlyCollection::over(cx, this.keys.element(), object_of(this.keys))
    }

    /// The values, in the order of their keys.
    #[member("ICollection<TValue> Values { get; }")]
    fn values(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        ReadOnlyCollection::over(cx, this.values.element(), object_of(this.values))
    }
}

/// The members of `SortedList<K, V>`.
pub struct SortedListType;

/// Values that are found by their keys or their positions, in the order of the keys.
#[members("public class System.Collections.Generic.SortedList<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>, System.Collections.IDictionary", as = SORTED_LIST, ops = SORTED_OPS, groups = [SORTED_MEMBERS])]
impl<'a> SortedListType {
    /// An empty list.
    #[member("SortedList()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a SortedPairs<'a> {
        SortedPairs::of(cx, ty, None)
    }

    /// An empty list with room for so many keys.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("SortedList(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a SortedPairs<'a>, Throw> {
        Self::construct_with_both(cx, capacity, None, ty)
    }

    /// An empty list whose keys a comparer orders.
    #[member("SortedList(IComparer<TKey> comparer)")]
    fn construct_with_comparer(cx: &mut Cx<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> &'a SortedPairs<'a> {
        SortedPairs::of(cx, ty, comparer)
    }

    /// An empty list with room for so many keys, which a comparer orders.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("SortedList(int capacity, IComparer<TKey> comparer)")]
    fn construct_with_both(
        cx: &mut Cx<'a>,
        capacity: i32,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a SortedPairs<'a>, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::negative(cx, "capacity")) };
        let sorted = SortedPairs::of(cx, ty, comparer);
        sorted.keys.set_capacity(cx, capacity)?;
        Ok(sorted)
    }

    /// A list with the keys and values of a dictionary.
    #[member("SortedList(IDictionary<TKey, TValue> dictionary)")]
    fn construct_from(cx: &mut Cx<'a>, dictionary: Obj<'a>, ty: Ty) -> Result<&'a SortedPairs<'a>, Throw> {
        SortedPairs::of_pairs(cx, dictionary, None, ty)
    }

    /// A list with the keys and values of a dictionary, whose keys a comparer orders.
    #[member("SortedList(IDictionary<TKey, TValue> dictionary, IComparer<TKey> comparer)")]
    fn construct_from_with_comparer(
        cx: &mut Cx<'a>,
        dictionary: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a SortedPairs<'a>, Throw> {
        SortedPairs::of_pairs(cx, dictionary, comparer, ty)
    }

    /// How many keys there is room for.
    #[member("int Capacity { get; }")]
    fn capacity(this: &'a SortedPairs<'a>) -> i32 {
        this.keys.capacity()
    }

    /// Makes room for so many keys.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are more already.
    #[member("int Capacity { set; }")]
    fn set_capacity(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>, value: i32) -> Result<(), Throw> {
        this.keys.set_capacity_to(cx, value)
    }

    /// The keys, in order.
    #[member("IList<TKey> Keys { get; }")]
    fn keys(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        SortedDictionaryType::keys(this, cx)
    }

    /// The values, in the order of their keys.
    #[member("IList<TValue> Values { get; }")]
    fn values(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        SortedDictionaryType::values(this, cx)
    }

    /// The position of a key; -1 if it is not there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("int IndexOfKey(TKey key)")]
    fn index_of_key(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>, key: Word) -> Result<i32, Throw> {
        let place = this.place(cx, key)?;
        Ok(place.map_or(-1, |at| i32::try_from(at).unwrap_or(i32::MAX)))
    }

    /// The position of the first key with this value; -1 if there is none.
    #[member("int IndexOfValue(TValue value)")]
    fn index_of_value(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>, value: Word) -> Result<i32, Throw> {
        let equality = Equality::of(this.values.element(), None);
        index_of(cx, this.values, 0..this.values.len(), equality, value)
    }

    /// Removes the key at a position with its value.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("void RemoveAt(int index)")]
    fn remove_at(this: &'a SortedPairs<'a>, cx: &mut Cx<'a>, index: i32) -> Result<(), Throw> {
        match usize::try_from(index).ok().filter(|index| *index < this.keys.len()) {
            Some(at) => this.remove_place(cx, at),
            None => Err(raise::index(cx, "index")),
        }
    }

    /// Gives back the room that no key uses.
    #[member("void TrimExcess()")]
    fn trim_excess(_this: &'a SortedPairs<'a>) {}
}

/// The behaviour of sorted dictionaries and sorted lists.
pub static SORTED_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| Ok(sorted.cursor(cx)))),
    count: Some(|object| object.downcast::<SortedPairs<'_>>().map_or(0, |sorted| sorted.keys.len())),
    collection: Some(&SORTED_COLLECTION),
    keyed: Some(&SORTED_KEYED),
    ..REFERENCE
};

static SORTED_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| {
        on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| {
            let (key, value) = key_and_value(cx, word)?;
            sorted.add(cx, key, value)
        })
    },
    clear: |cx, object| {
        on::<SortedPairs<'_>, _>(cx, object, |sorted, _| {
            sorted.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.contains_pair(cx, word)),
    remove: |cx, object, word| {
        on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| {
            let (key, _) = key_and_value(cx, word)?;
            Ok(sorted.contains_pair(cx, word)? && sorted.remove(cx, key)?)
        })
    },
    positions: None,
};

static SORTED_KEYED: Keyed = Keyed {
    get: |cx, object, key| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.item(cx, key)),
    find: |cx, object, key| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.get(cx, key)),
    set: |cx, object, key, value| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.set_item(cx, key, value)),
    add: |cx, object, key, value| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.add(cx, key, value)),
    remove: |cx, object, key| on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| sorted.remove(cx, key)),
    keys: |cx, object| {
        on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| Ok(object_of(SortedDictionaryType::keys(sorted, cx))))
    },
    values: |cx, object| {
        on::<SortedPairs<'_>, _>(cx, object, |sorted, cx| Ok(object_of(SortedDictionaryType::values(sorted, cx))))
    },
};
