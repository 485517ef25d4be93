//! `IDictionary<K, V>`, `IReadOnlyDictionary<K, V>`, and the one without type arguments.
//!
//! Every member does what the object's own type does (`collection::Keyed`). Not here: `Dictionary<K, V>` itself.

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::Keyed;
use crate::cx::Cx;
use crate::object::{Obj, boxed, word_as};
use crate::rt::{Out, default_word, throw_cast};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::collection_interface::collection_of;
use crate::types::{key_value_pair, raise};
use crate::word::Word;

/// The members of `IReadOnlyDictionary<K, V>`.
pub struct ReadOnlyDictionaryType;

/// Values that are found by their keys and cannot be changed.
#[members("public interface System.Collections.Generic.IReadOnlyDictionary<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>", as = READ_ONLY_DICTIONARY)]
impl<'a> ReadOnlyDictionaryType {
    /// The value of a key.
    ///
    /// # Throws
    /// `KeyNotFoundException` if the key is not there.
    #[member("TValue this[TKey key] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, key: Word) -> Result<Word, Throw> {
        (keyed_of(cx, this)?.get)(cx, this, key)
    }

    /// The keys.
    #[member("IEnumerable<TKey> Keys { get; }")]
    fn keys(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.keys)(cx, this)
    }

    /// The values.
    #[member("IEnumerable<TValue> Values { get; }")]
    fn values(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.values)(cx, this)
    }

    /// Whether a key is there.
    #[member("bool ContainsKey(TKey key)")]
    fn contains_key(this: Obj<'a>, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        Ok((keyed_of(cx, this)?.find)(cx, this, key)?.is_some())
    }

    /// The value of a key, or the type's default; whether the key is there.
    #[member("bool TryGetValue(TKey key, out TValue value)")]
    fn try_get_value(this: Obj<'a>, cx: &mut Cx<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
        try_get(cx, this, key, value)
    }
}

/// The members of `IDictionary<K, V>`.
pub struct DictionaryInterface;

/// Values that are found by their keys.
#[members("public interface System.Collections.Generic.IDictionary<TKey, TValue> : ICollection<KeyValuePair<TKey, TValue>>", as = DICTIONARY_INTERFACE)]
impl<'a> DictionaryInterface {
    /// The value of a key.
    ///
    /// # Throws
    /// `KeyNotFoundException` if the key is not there.
    #[member("TValue this[TKey key] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, key: Word) -> Result<Word, Throw> {
        (keyed_of(cx, this)?.get)(cx, this, key)
    }

    /// Sets the value of a key, which is added if it is not there.
    #[member("TValue this[TKey key] { set; }")]
    fn set_item(this: Obj<'a>, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        (keyed_of(cx, this)?.set)(cx, this, key, value)
    }

    /// The keys.
    #[member("ICollection<TKey> Keys { get; }")]
    fn keys(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.keys)(cx, this)
    }

    /// The values.
    #[member("ICollection<TValue> Values { get; }")]
    fn values(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.values)(cx, this)
    }

    /// Adds a key with its value.
    ///
    /// # Throws
    /// `ArgumentException` if the key is there already.
    #[member("void Add(TKey key, TValue value)")]
    fn add(this: Obj<'a>, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        (keyed_of(cx, this)?.add)(cx, this, key, value)
    }

    /// Whether a key is there.
    #[member("bool ContainsKey(TKey key)")]
    fn contains_key(this: Obj<'a>, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        Ok((keyed_of(cx, this)?.find)(cx, this, key)?.is_some())
    }

    /// Removes a key with its value; whether it was there.
    #[member("bool Remove(TKey key)")]
    fn remove(this: Obj<'a>, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        (keyed_of(cx, this)?.remove)(cx, this, key)
    }

    /// The value of a key, or the type's default; whether the key is there.
    #[member("bool TryGetValue(TKey key, out TValue value)")]
    fn try_get_value(this: Obj<'a>, cx: &mut Cx<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
        try_get(cx, this, key, value)
    }
}

/// The members of `System.Collections.IDictionary`.
pub struct UntypedDictionaryType;

/// Values of any type that are found by their keys.
#[members("public interface System.Collections.IDictionary : System.Collections.ICollection", as = UNTYPED_DICTIONARY)]
impl<'a> UntypedDictionaryType {
    /// The value of a key; null if it is not there.
    #[member("object this[object key] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, key: Obj<'a>) -> Result<Word, Throw> {
        let (key_type, value_type) = types_of(this);
        match word_as(Some(key), key_type) {
            Some(key) => {
                let found = (keyed_of(cx, this)?.find)(cx, this, key)?;
                Ok(found.map_or(Word::ZERO, |word| boxed(cx, value_type, word)))
            }
            None => Ok(Word::ZERO),
        }
    }

    /// Sets the value of a key, which is added if it is not there.
    ///
    /// # Throws
    /// `ArgumentException` if the key or the value is of another type.
    #[member("object this[object key] { set; }")]
    fn set_item(this: Obj<'a>, cx: &mut Cx<'a>, key: Obj<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
        let (key, value) = own_pair(cx, this, key, value)?;
        (keyed_of(cx, this)?.set)(cx, this, key, value)
    }

    /// The keys.
    #[member("System.Collections.ICollection Keys { get; }")]
    fn keys(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.keys)(cx, this)
    }

    /// The values.
    #[member("System.Collections.ICollection Values { get; }")]
    fn values(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Obj<'a>, Throw> {
        (keyed_of(cx, this)?.values)(cx, this)
    }

    /// Adds a key with its value.
    ///
    /// # Throws
    /// `ArgumentException` if the key is there already, or one of the two is of another type.
    #[member("void Add(object key, object value)")]
    fn add(this: Obj<'a>, cx: &mut Cx<'a>, key: Obj<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
        let (key, value) = own_pair(cx, this, key, value)?;
        (keyed_of(cx, this)?.add)(cx, this, key, value)
    }

    /// Removes all keys and values.
    #[member("void Clear()")]
    fn clear(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        (collection_of(cx, this)?.clear)(cx, this)
    }

    /// Whether a key is there.
    #[member("bool Contains(object key)")]
    fn contains(this: Obj<'a>, cx: &mut Cx<'a>, key: Obj<'a>) -> Result<bool, Throw> {
        match word_as(Some(key), types_of(this).0) {
            Some(key) => Ok((keyed_of(cx, this)?.find)(cx, this, key)?.is_some()),
            None => Ok(false),
        }
    }

    /// Removes a key with its value, if it is there.
    #[member("void Remove(object key)")]
    fn remove(this: Obj<'a>, cx: &mut Cx<'a>, key: Obj<'a>) -> Result<(), Throw> {
        match word_as(Some(key), types_of(this).0) {
            Some(key) => (keyed_of(cx, this)?.remove)(cx, this, key).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Whether keys can neither be added nor removed.
    #[member("bool IsFixedSize { get; }")]
    fn is_fixed_size(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(collection_of(cx, this)?.is_read_only)
    }

    /// Whether the dictionary cannot be changed.
    #[member("bool IsReadOnly { get; }")]
    fn is_read_only(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(collection_of(cx, this)?.is_read_only)
    }
}

/// What an object does as a dictionary.
///
/// # Errors
/// `InvalidCastException` if it is none, which the compiler does not let through.
pub fn keyed_of(cx: &mut Cx<'_>, object: Obj<'_>) -> Result<&'static Keyed, Throw> {
    object.ty().def.ops.keyed.ok_or_else(|| throw_cast(cx, object.ty(), Ty(&UNTYPED_DICTIONARY)))
}

/// The key and value types of a dictionary type; of any other type `object` and `object`.
#[must_use]
pub fn key_and_value_types(ty: Ty) -> (Ty, Ty) {
    if let Some(types) = ty.sequence_element().and_then(key_value_pair::types_of) {
        return types;
    }
    let is_dictionary = |ty: &Ty| {
        std::ptr::eq(ty.def, &raw const READ_ONLY_DICTIONARY_DEF)
            || std::ptr::eq(ty.def, &raw const DICTIONARY_INTERFACE_DEF)
    };
    match ty.interfaces().into_iter().find(is_dictionary).map(|ty| ty.0.args) {
        Some([key, value]) => (*key, *value),
        _ => (OBJECT, OBJECT),
    }
}

fn types_of(object: Obj<'_>) -> (Ty, Ty) {
    key_and_value_types(object.ty())
}

fn try_get<'a>(cx: &mut Cx<'a>, dictionary: Obj<'a>, key: Word, value: Out<'a>) -> Result<bool, Throw> {
    let found = (keyed_of(cx, dictionary)?.find)(cx, dictionary, key)?;
    let word = found.unwrap_or_else(|| default_word(types_of(dictionary).1));
    value.set(cx, word);
    Ok(found.is_some())
}

/// A key and a value as words of the dictionary's types.
fn own_pair<'a>(
    cx: &mut Cx<'a>,
    dictionary: Obj<'a>,
    key: Obj<'a>,
    value: Option<Obj<'a>>,
) -> Result<(Word, Word), Throw> {
    let (key_type, value_type) = types_of(dictionary);
    let Some(key) = word_as(Some(key), key_type) else {
        return Err(raise::wrong_type(cx, key.word(), OBJECT, key_type, "key"));
    };
    match (word_as(value, value_type), value) {
        (Some(value), _) => Ok((key, value)),
        (None, Some(value)) => Err(raise::wrong_type(cx, value.word(), OBJECT, value_type, "value")),
        (None, None) => Err(raise::null(cx, "value")),
    }
}
