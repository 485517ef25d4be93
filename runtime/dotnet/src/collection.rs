//! What collections and comparers do when only an interface of theirs is known.
//!
//! The members of `ICollection<T>`, `IList<T>`, `IDictionary<K, V>` and the like find the object's own behaviour here, as
//! one table for each kind of collection beside its members; so do the query operators.
//!
//! Not here: walking the elements (`seq`), and the members of the interfaces (`types::interface`).

use std::cmp::Ordering;

use crate::cx::Cx;
use crate::object::{Obj, words_equal};
use crate::throw::Throw;
use crate::types::raise;
use crate::word::Word;

/// What a type does as `ICollection<T>`. Words are of its own element type ([`Ty::sequence_element`]).
pub struct Collection {
    /// `IsReadOnly`.
    pub is_read_only: bool,
    /// `Add`.
    pub add: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<(), Throw>,
    /// `Clear`.
    pub clear: for<'a> fn(&mut Cx<'a>, Obj<'a>) -> Result<(), Throw>,
    /// `Contains`.
    pub contains: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<bool, Throw>,
    /// `Remove`: whether the element was there.
    pub remove: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<bool, Throw>,
    /// What it does as `IList<T>`.
    pub positions: Option<&'static Positions>,
}

/// What a type does as `IList<T>` and `IReadOnlyList<T>`, besides what it does as `ICollection<T>`.
pub struct Positions {
    /// Reads an element; throws what the type throws where there is none.
    pub get: for<'a> fn(&mut Cx<'a>, Obj<'a>, i32) -> Result<Word, Throw>,
    /// Replaces an element.
    pub set: for<'a> fn(&mut Cx<'a>, Obj<'a>, i32, Word) -> Result<(), Throw>,
    /// `IndexOf`.
    pub index_of: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<i32, Throw>,
    /// `Insert`.
    pub insert: for<'a> fn(&mut Cx<'a>, Obj<'a>, i32, Word) -> Result<(), Throw>,
    /// `RemoveAt`.
    pub remove_at: for<'a> fn(&mut Cx<'a>, Obj<'a>, i32) -> Result<(), Throw>,
}

/// The behaviour of a collection that nobody changes; it is searched by walking it.
pub static READ_ONLY: Collection = Collection {
    is_read_only: true,
    add: |cx, _, _| Err(raise::read_only(cx)),
    clear: |cx, _| Err(raise::read_only(cx)),
    contains: contains_by_walking,
    remove: |cx, _, _| Err(raise::read_only(cx)),
    positions: None,
};

/// The behaviour of a list that nobody changes, but for `get`.
pub static READ_ONLY_POSITIONS: Positions = Positions {
    get: |cx, _, _| Err(raise::index(cx, "index")),
    set: |cx, _, _, _| Err(raise::read_only(cx)),
    index_of: index_by_walking,
    insert: |cx, _, _, _| Err(raise::read_only(cx)),
    remove_at: |cx, _, _| Err(raise::read_only(cx)),
};

/// `Contains` of a collection that has no quicker way.
///
/// # Errors
/// What `Equals` of the elements throws, and what the walk throws.
pub fn contains_by_walking<'a>(cx: &mut Cx<'a>, object: Obj<'a>, sought: Word) -> Result<bool, Throw> {
    Ok(index_by_walking(cx, object, sought)? >= 0)
}

fn index_by_walking<'a>(cx: &mut Cx<'a>, object: Obj<'a>, sought: Word) -> Result<i32, Throw> {
    let element = object.ty().sequence_element().unwrap_or(crate::catalogue::OBJECT);
    let mut cursor = object.elements(cx, element)?;
    let mut index = 0;
    while let Some(word) = cursor.next(cx)? {
        if words_equal(cx, element, word, sought)? {
            return Ok(index);
        }
        index += 1;
    }
    Ok(-1)
}

/// What a type does as `IDictionary<K, V>` and `IReadOnlyDictionary<K, V>`. Words are of its own key and value types; a null
/// key is an `ArgumentNullException`.
pub struct Keyed {
    /// The indexer: throws what the type throws for a key that is not there.
    pub get: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<Word, Throw>,
    /// `TryGetValue`.
    pub find: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<Option<Word>, Throw>,
    /// Sets the value of a key that is there or not.
    pub set: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word, Word) -> Result<(), Throw>,
    /// `Add`: throws if the key is there.
    pub add: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word, Word) -> Result<(), Throw>,
    /// `Remove`: whether the key was there.
    pub remove: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<bool, Throw>,
    /// `Keys`, an `ICollection<K>`.
    pub keys: for<'a> fn(&mut Cx<'a>, Obj<'a>) -> Result<Obj<'a>, Throw>,
    /// `Values`, an `ICollection<V>`.
    pub values: for<'a> fn(&mut Cx<'a>, Obj<'a>) -> Result<Obj<'a>, Throw>,
}

/// What a type does as `IEqualityComparer<T>` and `IComparer<T>`. Words are of the type that the comparer compares; a
/// comparer of a class also gets objects of classes derived from it.
pub struct Comparing {
    /// Whether it finds two words equal; nulls come here too.
    pub equals: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word, Word) -> Result<bool, Throw>,
    /// The hash code that goes with it.
    pub hash: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word) -> Result<i32, Throw>,
    /// How it orders two words.
    pub compare: for<'a> fn(&mut Cx<'a>, Obj<'a>, Word, Word) -> Result<Ordering, Throw>,
    /// Whether this comparer finds equal what the type itself finds equal.
    pub is_plain_equality: fn(Obj<'_>) -> bool,
    /// Whether this comparer orders as the type itself does.
    pub is_plain_order: fn(Obj<'_>) -> bool,
}
