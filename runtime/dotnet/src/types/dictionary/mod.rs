//! `System.Collections.Generic.Dictionary<K, V>`.
//!
//! Not here: the hash table (`table`), the views of keys and values (`views`).

#[cfg(test)]
mod tests;
mod views;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::{Collection, Keyed};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Header, Obj, Ops, REFERENCE, on, words_equal};
use crate::rt::{Enumerator, Out, default_word};
use crate::seq::Cursor;
use crate::table::Table;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::comparer::default_equality;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::raise;
use crate::word::{Role, Word};

pub use views::{KEYS_DEF, VALUES_DEF};
use views::{Keys, Values};

/// The object of a `Dictionary<K, V>`.
#[repr(C)]
pub struct Dictionary<'a> {
    header: Header,
    table: Table<'a>,
    comparer: Option<Obj<'a>>,
}

crate::layout!(Dictionary<'a>, DICTIONARY_DEF);

impl<'a> Dictionary<'a> {
    /// An empty dictionary. Without a comparer, keys are equal as their type says.
    #[must_use]
    pub fn new(cx: &Cx<'a>, key: Ty, value: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        Self::of(cx, Ty::construct(&DICTIONARY_DEF, &[key, value]), comparer)
    }

    fn of(cx: &Cx<'a>, ty: Ty, comparer: Option<Obj<'a>>) -> &'a Self {
        let key = ty.0.args.first().copied().unwrap_or(OBJECT);
        let table = Table::new(Equality::of(key, comparer));
        cx.arena().alloc(Self { header: Header::new(ty), table, comparer })
    }

    /// The type of the keys.
    #[must_use]
    pub fn key_type(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    /// The type of the values.
    #[must_use]
    pub fn value_type(&self) -> Ty {
        self.header.ty.0.args.get(1).copied().unwrap_or(OBJECT)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The keys and values in order, as they are now.
    pub fn pairs(&self) -> impl Iterator<Item = (Word, Word)> + 'a {
        self.table.pairs()
    }

    /// The value of a key.
    ///
    /// # Errors
    /// `ArgumentNullException` if the key is null.
    pub fn get(&self, cx: &mut Cx<'a>, key: Word) -> Result<Option<Word>, Throw> {
        self.check_key(cx, key)?;
        Ok(self.table.find(cx, key)?.map(|(_, value)| value))
    }

    /// Sets the value of a key, which is added if it is not there.
    ///
    /// # Errors
    /// `ArgumentNullException` if the key is null, and the limit of memory.
    pub fn set(&self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        self.check_key(cx, key)?;
        self.table.set(cx, key, value)
    }

    fn check_key(&self, cx: &mut Cx<'a>, key: Word) -> Result<(), Throw> {
        if key.is_null() && self.key_type().admits_null() { Err(raise::null(cx, "key")) } else { Ok(()) }
    }

    /// A walk that notices changes, over what `make` makes of each key and value.
    fn walk(&'a self, cx: &Cx<'a>, make: impl Fn(&Cx<'a>, Word, Word) -> Word + 'a) -> Cursor<'a> {
        let (version, mut at) = (self.table.version(), 0);
        Cursor::of(cx, move |cx| {
            if self.table.version() != version {
                return Err(raise::modified(cx));
            }
            Ok(self.table.entry_from(at).map(|(next, key, value)| {
                at = next;
                make(cx, key, value)
            }))
        })
    }

    /// A walk over its pairs.
    #[must_use]
    pub fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let pair = KeyValuePair::of(self.key_type(), self.value_type());
        self.walk(cx, move |cx, key, value| pair_word(KeyValuePair::new(cx, pair, key, value)))
    }
}

fn pair_word(pair: &KeyValuePair) -> Word {
    Word(std::ptr::from_ref(pair) as u64)
}

/// Values that are found by their keys.
#[members("public class System.Collections.Generic.Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>, System.Collections.IDictionary", as = DICTIONARY, ops = DICTIONARY_OPS)]
impl<'a> Dictionary<'a> {
    /// An empty dictionary.
    #[member("Dictionary()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, None)
    }

    /// An empty dictionary with room for so many keys.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("Dictionary(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a Self, Throw> {
        Self::construct_with_both(cx, capacity, None, ty)
    }

    /// An empty dictionary whose keys a comparer compares.
    #[member("Dictionary(IEqualityComparer<TKey> comparer)")]
    fn construct_with_comparer(cx: &mut Cx<'a>, comparer: Option<Obj<'a>>, ty: Ty) -> &'a Self {
        Self::of(cx, ty, comparer)
    }

    /// An empty dictionary with room for so many keys, which a comparer compares.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("Dictionary(int capacity, IEqualityComparer<TKey> comparer)")]
    fn construct_with_both(
        cx: &mut Cx<'a>,
        capacity: i32,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::out_of_range(cx, "capacity")) };
        let dictionary = Self::of(cx, ty, comparer);
        dictionary.table.reserve(cx, capacity)?;
        Ok(dictionary)
    }

    /// A dictionary with the keys and values of another.
    #[member("Dictionary(IDictionary<TKey, TValue> dictionary)")]
    fn construct_from(cx: &mut Cx<'a>, dictionary: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        Self::construct_from_pairs_with_comparer(cx, dictionary, None, ty)
    }

    /// A dictionary with the keys and values of another, whose keys a comparer compares.
    ///
    /// # Throws
    /// `ArgumentException` if the comparer finds two keys equal.
    #[member("Dictionary(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey> comparer)")]
    fn construct_from_with_comparer(
        cx: &mut Cx<'a>,
        dictionary: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        Self::construct_from_pairs_with_comparer(cx, dictionary, comparer, ty)
    }

    /// A dictionary with these keys and values.
    ///
    /// # Throws
    /// `ArgumentException` if a key occurs twice.
    #[member("Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection)")]
    fn construct_from_pairs(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        Self::construct_from_pairs_with_comparer(cx, collection, None, ty)
    }

    /// A dictionary with these keys and values, whose keys a comparer compares.
    ///
    /// # Throws
    /// `ArgumentException` if a key occurs twice.
    #[member("Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey> comparer)")]
    fn construct_from_pairs_with_comparer(
        cx: &mut Cx<'a>,
        collection: Obj<'a>,
        comparer: Option<Obj<'a>>,
        ty: Ty,
    ) -> Result<&'a Self, Throw> {
        let dictionary = Self::of(cx, ty, comparer);
        if let Some(other) = collection.downcast::<Self>() {
            dictionary.table.reserve(cx, other.len())?;
            for (key, value) in other.pairs() {
                dictionary.add(cx, key, value)?;
            }
            return Ok(dictionary);
        }
        let pair = KeyValuePair::of(dictionary.key_type(), dictionary.value_type());
        let mut cursor = collection.elements(cx, pair)?;
        while let Some(word) = cursor.next(cx)? {
            let (key, value) = key_and_value(cx, word)?;
            dictionary.add(cx, key, value)?;
        }
        Ok(dictionary)
    }

    /// What compares the keys.
    #[member("IEqualityComparer<TKey> Comparer { get; }")]
    fn comparer(&'a self) -> Obj<'a> {
        self.comparer.unwrap_or_else(|| default_equality(self.key_type()))
    }

    /// How many keys there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.len()).unwrap_or(i32::MAX)
    }

    /// The keys.
    #[member("System.Collections.Generic.Dictionary.KeyCollection<TKey, TValue> Keys { get; }")]
    fn keys(&'a self, cx: &mut Cx<'a>) -> &'a Keys<'a> {
        Keys::of(cx, self)
    }

    /// The values.
    #[member("System.Collections.Generic.Dictionary.ValueCollection<TKey, TValue> Values { get; }")]
    fn values(&'a self, cx: &mut Cx<'a>) -> &'a Values<'a> {
        Values::of(cx, self)
    }

    /// The value of a key.
    ///
    /// # Throws
    /// `KeyNotFoundException` if the key is not there, `ArgumentNullException` if it is null.
    #[member("TValue this[TKey key] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<Word, Throw> {
        match self.get(cx, key)? {
            Some(value) => Ok(value),
            None => Err(raise::key_not_found(cx, self.key_type(), key)),
        }
    }

    /// Sets the value of a key, which is added if it is not there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("TValue this[TKey key] { set; }")]
    fn set_item(&'a self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        self.set(cx, key, value)
    }

    /// Adds a key with its value.
    ///
    /// # Throws
    /// `ArgumentException` if the key is there already, `ArgumentNullException` if it is null.
    #[member("void Add(TKey key, TValue value)")]
    pub(in crate::types) fn add(&'a self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        if self.try_add(cx, key, value)? { Ok(()) } else { Err(raise::duplicate_key(cx, self.key_type(), key)) }
    }

    /// Adds a key with its value unless it is there already; whether it was added.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool TryAdd(TKey key, TValue value)")]
    fn try_add(&'a self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<bool, Throw> {
        self.check_key(cx, key)?;
        Ok(self.table.add(cx, key, value)?.is_none())
    }

    /// Removes all keys.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.table.clear();
    }

    /// Whether a key is there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool ContainsKey(TKey key)")]
    fn contains_key(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        Ok(self.get(cx, key)?.is_some())
    }

    /// Whether a value is there.
    #[member("bool ContainsValue(TValue value)")]
    fn contains_value(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<bool, Throw> {
        let equality = Equality::of(self.value_type(), None);
        for (_, kept) in self.pairs() {
            if equality.equal(cx, kept, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes room for so many keys; how many there is room for then.
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

    /// A walk that stands before the first pair.
    #[member("IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, KeyValuePair::of(self.key_type(), self.value_type()), self.cursor(cx))
    }

    /// Removes a key with its value; whether it was there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool Remove(TKey key)")]
    fn remove(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        self.check_key(cx, key)?;
        Ok(self.table.remove(cx, key)?.is_some())
    }

    /// Removes a key and gives its value, or the type's default; whether it was there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool Remove(TKey key, out TValue value)")]
    fn remove_value(&'a self, cx: &mut Cx<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
        self.check_key(cx, key)?;
        let removed = self.table.remove(cx, key)?;
        value.set(cx, removed.unwrap_or_else(|| default_word(self.value_type())));
        Ok(removed.is_some())
    }

    /// Gives back the room that no key uses.
    #[member("void TrimExcess()")]
    fn trim_excess(&'a self) {}

    /// Gives back the room that so many keys do not use.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are more keys.
    #[member("void TrimExcess(int capacity)")]
    fn trim_excess_to(&'a self, cx: &mut Cx<'a>, capacity: i32) -> Result<(), Throw> {
        if capacity < self.count() { Err(raise::out_of_range(cx, "capacity")) } else { Ok(()) }
    }

    /// The value of a key, or the type's default; whether the key is there.
    ///
    /// # Throws
    /// `ArgumentNullException` if the key is null.
    #[member("bool TryGetValue(TKey key, out TValue value)")]
    fn try_get_value(&'a self, cx: &mut Cx<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
        let found = self.get(cx, key)?;
        value.set(cx, found.unwrap_or_else(|| default_word(self.value_type())));
        Ok(found.is_some())
    }
}

/// The parts of a word of a type `KeyValuePair<K, V>`.
///
/// # Errors
/// `NullReferenceException` if there is no pair.
pub(super) fn key_and_value<'a>(cx: &mut Cx<'a>, word: Word) -> Result<(Word, Word), Throw> {
    // SAFETY: a word of a type `KeyValuePair<K, V>`.
    let pair = unsafe { cx.object(word) }.and_then(|pair| pair.downcast::<KeyValuePair>());
    pair.map(|pair| (pair.key, pair.value)).ok_or_else(|| cx.throw_null(Role::Receiver))
}

/// The behaviour of dictionaries.
pub static DICTIONARY_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| Ok(dictionary.cursor(cx)))),
    count: Some(|object| object.downcast::<Dictionary<'_>>().map_or(0, Dictionary::len)),
    collection: Some(&DICTIONARY_COLLECTION),
    keyed: Some(&DICTIONARY_KEYED),
    ..REFERENCE
};

static DICTIONARY_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| {
            let (key, value) = key_and_value(cx, word)?;
            dictionary.add(cx, key, value)
        })
    },
    clear: |cx, object| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, _| {
            dictionary.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.contains_pair(cx, word))
    },
    remove: |cx, object, word| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| {
            let (key, _) = key_and_value(cx, word)?;
            Ok(dictionary.contains_pair(cx, word)? && dictionary.remove(cx, key)?)
        })
    },
    positions: None,
};

impl<'a> Dictionary<'a> {
    /// Whether a key is there with just this value.
    fn contains_pair(&self, cx: &mut Cx<'a>, pair: Word) -> Result<bool, Throw> {
        let (key, value) = key_and_value(cx, pair)?;
        match self.get(cx, key)? {
            Some(kept) => words_equal(cx, self.value_type(), kept, value),
            None => Ok(false),
        }
    }
}

static DICTIONARY_KEYED: Keyed = Keyed {
    get: |cx, object, key| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.item(cx, key)),
    find: |cx, object, key| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.get(cx, key)),
    set: |cx, object, key, value| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.set(cx, key, value)),
    add: |cx, object, key, value| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.add(cx, key, value)),
    remove: |cx, object, key| on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| dictionary.remove(cx, key)),
    keys: |cx, object| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| Ok(crate::object::object_of(dictionary.keys(cx))))
    },
    values: |cx, object| {
        on::<Dictionary<'_>, _>(cx, object, |dictionary, cx| Ok(crate::object::object_of(dictionary.values(cx))))
    },
};
