//! `ICollection<T>`, `IList<T>`, their read-only forms, and those without a type argument.
//!
//! Every member does what the object's own type does (`collection`). Not here: dictionaries (`dictionary_interface`) and
//! sets (`set_interface`).

use dotnet_macros::members;

use crate::array::AnyArray;
use crate::catalogue::OBJECT;
use crate::collection::{Collection, Positions};
use crate::cx::Cx;
use crate::object::{Obj, boxed, word_as};
use crate::rt::throw_cast;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::store_all;
use crate::types::raise;
use crate::word::Word;

/// The members of `IReadOnlyCollection<T>`.
pub struct ReadOnlyCollectionType;

/// Elements that can be counted.
#[members("public interface System.Collections.Generic.IReadOnlyCollection<out T> : IEnumerable<T>", as = READ_ONLY_COLLECTION)]
impl<'a> ReadOnlyCollectionType {
    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(this: Obj<'a>) -> i32 {
        count_of(this)
    }
}

/// The members of `IReadOnlyList<T>`.
pub struct ReadOnlyListType;

/// Elements that are found by their position and cannot be changed.
#[members("public interface System.Collections.Generic.IReadOnlyList<out T> : IReadOnlyCollection<T>", as = READ_ONLY_LIST)]
impl<'a> ReadOnlyListType {
    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        (positions_of(cx, this)?.get)(cx, this, index)
    }
}

/// The members of `ICollection<T>`.
pub struct CollectionType;

/// Elements that can be counted, added and removed.
#[members("public interface System.Collections.Generic.ICollection<T> : IEnumerable<T>", as = COLLECTION)]
impl<'a> CollectionType {
    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(this: Obj<'a>) -> i32 {
        count_of(this)
    }

    /// Whether the collection cannot be changed.
    #[member("bool IsReadOnly { get; }")]
    fn is_read_only(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(collection_of(cx, this)?.is_read_only)
    }

    /// Adds an element.
    ///
    /// # Throws
    /// `NotSupportedException` if the collection cannot be changed.
    #[member("void Add(T item)")]
    fn add(this: Obj<'a>, cx: &mut Cx<'a>, item: Word) -> Result<(), Throw> {
        (collection_of(cx, this)?.add)(cx, this, item)
    }

    /// Removes all elements.
    ///
    /// # Throws
    /// `NotSupportedException` if the collection cannot be changed.
    #[member("void Clear()")]
    fn clear(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        (collection_of(cx, this)?.clear)(cx, this)
    }

    /// Whether an element is there.
    #[member("bool Contains(T item)")]
    fn contains(this: Obj<'a>, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        (collection_of(cx, this)?.contains)(cx, this, item)
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int arrayIndex)")]
    fn copy_to(this: Obj<'a>, cx: &mut Cx<'a>, array: Obj<'a>, array_index: i32) -> Result<(), Throw> {
        copy_elements(cx, this, array, array_index, "arrayIndex")
    }

    /// Removes the first element that is equal; whether there was one.
    ///
    /// # Throws
    /// `NotSupportedException` if the collection cannot be changed.
    #[member("bool Remove(T item)")]
    fn remove(this: Obj<'a>, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        (collection_of(cx, this)?.remove)(cx, this, item)
    }
}

/// The members of `IList<T>`.
pub struct ListType;

/// Elements that are found by their position.
#[members("public interface System.Collections.Generic.IList<T> : ICollection<T>", as = LIST)]
impl<'a> ListType {
    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        (positions_of(cx, this)?.get)(cx, this, index)
    }

    /// Replaces the element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { set; }")]
    fn set_item(this: Obj<'a>, cx: &mut Cx<'a>, index: i32, value: Word) -> Result<(), Throw> {
        (positions_of(cx, this)?.set)(cx, this, index, value)
    }

    /// The index of the first element that is equal; -1 if there is none.
    #[member("int IndexOf(T item)")]
    fn index_of(this: Obj<'a>, cx: &mut Cx<'a>, item: Word) -> Result<i32, Throw> {
        (positions_of(cx, this)?.index_of)(cx, this, item)
    }

    /// Puts an element before the one at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies past the end, `NotSupportedException` if the list cannot grow.
    #[member("void Insert(int index, T item)")]
    fn insert(this: Obj<'a>, cx: &mut Cx<'a>, index: i32, item: Word) -> Result<(), Throw> {
        (positions_of(cx, this)?.insert)(cx, this, index, item)
    }

    /// Removes the element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none, `NotSupportedException` if the list cannot shrink.
    #[member("void RemoveAt(int index)")]
    fn remove_at(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<(), Throw> {
        (positions_of(cx, this)?.remove_at)(cx, this, index)
    }
}

/// The members of `System.Collections.ICollection`.
pub struct UntypedCollectionType;

/// Elements of any type that can be counted.
#[members("public interface System.Collections.ICollection : System.Collections.IEnumerable", as = UNTYPED_COLLECTION)]
impl<'a> UntypedCollectionType {
    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(this: Obj<'a>) -> i32 {
        count_of(this)
    }

    /// Whether threads may share the collection; never.
    #[member("bool IsSynchronized { get; }")]
    fn is_synchronized(_this: Obj<'a>) -> bool {
        false
    }

    /// What threads that share the collection would lock: itself.
    #[member("object SyncRoot { get; }")]
    fn sync_root(this: Obj<'a>) -> Obj<'a> {
        this
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short or of another type.
    #[member("void CopyTo(Array array, int index)")]
    fn copy_to(this: Obj<'a>, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_elements(cx, this, array, index, "index")
    }
}

/// The members of `System.Collections.IList`.
pub struct UntypedListType;

/// Elements of any type that are found by their position.
#[members("public interface System.Collections.IList : System.Collections.ICollection", as = UNTYPED_LIST)]
impl<'a> UntypedListType {
    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("object this[int index] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        let word = (positions_of(cx, this)?.get)(cx, this, index)?;
        Ok(boxed(cx, element_of(this), word))
    }

    /// Replaces the element at an index.
    ///
    /// # Throws
    /// `ArgumentException` if the value is of another type, `ArgumentOutOfRangeException` if there is no such element.
    #[member("object this[int index] { set; }")]
    fn set_item(this: Obj<'a>, cx: &mut Cx<'a>, index: i32, value: Option<Obj<'a>>) -> Result<(), Throw> {
        let word = own_word(cx, this, value)?;
        (positions_of(cx, this)?.set)(cx, this, index, word)
    }

    /// Adds an element and gives its index.
    ///
    /// # Throws
    /// `ArgumentException` if the value is of another type, `NotSupportedException` if the list cannot grow.
    #[member("int Add(object value)")]
    fn add(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        let word = own_word(cx, this, value)?;
        (collection_of(cx, this)?.add)(cx, this, word)?;
        Ok(count_of(this) - 1)
    }

    /// Removes all elements; those of an array become their type's default.
    #[member("void Clear()")]
    fn clear(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        match AnyArray::of(this) {
            Some(array) => {
                array.clear();
                Ok(())
            }
            None => (collection_of(cx, this)?.clear)(cx, this),
        }
    }

    /// Whether an element is there.
    #[member("bool Contains(object value)")]
    fn contains(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<bool, Throw> {
        match word_as(value, element_of(this)) {
            Some(word) => (collection_of(cx, this)?.contains)(cx, this, word),
            None => Ok(false),
        }
    }

    /// The index of the first element that is equal; -1 if there is none.
    #[member("int IndexOf(object value)")]
    fn index_of(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match word_as(value, element_of(this)) {
            Some(word) => (positions_of(cx, this)?.index_of)(cx, this, word),
            None => Ok(-1),
        }
    }

    /// Puts an element before the one at an index.
    ///
    /// # Throws
    /// `ArgumentException` if the value is of another type, `ArgumentOutOfRangeException` if the index lies past the end.
    #[member("void Insert(int index, object value)")]
    fn insert(this: Obj<'a>, cx: &mut Cx<'a>, index: i32, value: Option<Obj<'a>>) -> Result<(), Throw> {
        let word = own_word(cx, this, value)?;
        (positions_of(cx, this)?.insert)(cx, this, index, word)
    }

    /// Removes the first element that is equal, if there is one.
    #[member("void Remove(object value)")]
    fn remove(this: Obj<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
        match word_as(value, element_of(this)) {
            Some(word) => (collection_of(cx, this)?.remove)(cx, this, word).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Removes the element at an index.
    #[member("void RemoveAt(int index)")]
    fn remove_at(this: Obj<'a>, cx: &mut Cx<'a>, index: i32) -> Result<(), Throw> {
        (positions_of(cx, this)?.remove_at)(cx, this, index)
    }

    /// Whether elements can neither be added nor removed.
    #[member("bool IsFixedSize { get; }")]
    fn is_fixed_size(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(collection_of(cx, this)?.is_read_only)
    }

    /// Whether elements cannot be replaced; those of an array always can.
    #[member("bool IsReadOnly { get; }")]
    fn is_read_only(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(AnyArray::of(this).is_none() && collection_of(cx, this)?.is_read_only)
    }
}

/// How many elements a collection has, as `Count` says it.
#[must_use]
pub fn count_of(object: Obj<'_>) -> i32 {
    i32::try_from(object.count_hint().unwrap_or(0)).unwrap_or(i32::MAX)
}

/// What an object does as `ICollection<T>`.
///
/// # Errors
/// `InvalidCastException` if it is none, which the compiler does not let through.
pub fn collection_of(cx: &mut Cx<'_>, object: Obj<'_>) -> Result<&'static Collection, Throw> {
    object.ty().def.ops.collection.ok_or_else(|| throw_cast(cx, object.ty(), Ty(&UNTYPED_COLLECTION)))
}

/// What an object does as `IList<T>`.
///
/// # Errors
/// `InvalidCastException` if it is none, which the compiler does not let through.
pub fn positions_of(cx: &mut Cx<'_>, object: Obj<'_>) -> Result<&'static Positions, Throw> {
    let positions = object.ty().def.ops.collection.and_then(|collection| collection.positions);
    positions.ok_or_else(|| throw_cast(cx, object.ty(), Ty(&UNTYPED_LIST)))
}

/// `CopyTo`: copies all elements of a collection to an array, from an index of it on.
///
/// # Errors
/// `ArgumentOutOfRangeException` if the index is negative, `ArgumentException` if the array is too short or of another type.
pub fn copy_elements<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    array: Obj<'a>,
    index: i32,
    parameter: &str,
) -> Result<(), Throw> {
    let Some(array) = AnyArray::of(array) else { return Err(raise::rank(cx)) };
    let Ok(index) = usize::try_from(index) else { return Err(raise::negative(cx, parameter)) };
    let element = match source.ty().sequence_element() {
        Some(element) if array.element().repr() == element.repr() => element,
        _ => OBJECT,
    };
    let words = source.elements(cx, element)?.collect(cx)?;
    if words.len() > array.len().saturating_sub(index) || index > array.len() {
        return Err(raise::short_destination(cx, "destinationArray"));
    }
    store_all(cx, array, index, element, &words)
}

fn element_of(object: Obj<'_>) -> Ty {
    object.ty().sequence_element().unwrap_or(OBJECT)
}

/// An object as a word of the collection's element type.
fn own_word<'a>(cx: &mut Cx<'a>, collection: Obj<'a>, value: Option<Obj<'a>>) -> Result<Word, Throw> {
    let element = element_of(collection);
    match (word_as(value, element), value) {
        (Some(word), _) => Ok(word),
        (None, Some(object)) => Err(raise::wrong_type(cx, object.word(), OBJECT, element, "value")),
        (None, None) => Err(raise::null(cx, "value")),
    }
}
