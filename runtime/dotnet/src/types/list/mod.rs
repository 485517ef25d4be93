//! `System.Collections.Generic.List<T>`.
//!
//! Not here: its members, which stand in `change`, `search` and `whole`.

mod change;
mod search;
#[cfg(test)]
mod tests;
mod whole;

use std::cell::Cell;
use std::ops::Range;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::{Collection, Positions};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of, on};
use crate::rt::{Enumerator, default_word};
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::positions::{Indexed, index_of};
use crate::types::raise;
use crate::word::Word;

/// The object of a `List<T>`.
#[repr(C)]
pub struct List<'a> {
    header: Header,
    /// The elements, and room for more behind them.
    room: Cell<&'a [Cell<Word>]>,
    len: Cell<usize>,
    /// Counts changes, so that walks notice them.
    version: Cell<u32>,
}

crate::layout!(List<'a>, LIST_DEF);

/// The capacity that a list takes for its first element.
const FIRST_CAPACITY: usize = 4;

impl<'a> List<'a> {
    /// An empty list of `element`s.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty) -> &'a Self {
        Self::over(cx, Ty::construct(&LIST_DEF, &[element]), &[], 0)
    }

    /// A list with a copy of these elements.
    #[must_use]
    pub fn of(cx: &Cx<'a>, element: Ty, words: &[Word]) -> &'a Self {
        let room = Cell::from_mut(cx.arena().alloc_slice(words)).as_slice_of_cells();
        Self::over(cx, Ty::construct(&LIST_DEF, &[element]), room, words.len())
    }

    fn over(cx: &Cx<'a>, ty: Ty, room: &'a [Cell<Word>], len: usize) -> &'a Self {
        let header = Header::new(ty);
        cx.arena().alloc(Self { header, room: Cell::new(room), len: Cell::new(len), version: Cell::new(0) })
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether there is no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// The element at an index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Word> {
        self.cells().get(index).map(Cell::get)
    }

    /// The elements as they are now; the list may get others while the slice is used.
    #[must_use]
    pub fn cells(&self) -> &'a [Cell<Word>] {
        self.room.get().get(..self.len.get()).unwrap_or(&[])
    }

    /// A copy of the elements.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        self.cells().iter().map(Cell::get).collect()
    }

    /// Adds an element.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn push(&self, cx: &mut Cx<'a>, word: Word) -> Result<(), Throw> {
        let len = self.len.get();
        if len == self.room.get().len() {
            self.make_room(cx, len + 1)?;
        }
        if let Some(place) = self.room.get().get(len) {
            place.set(word);
            self.len.set(len + 1);
        }
        self.changed();
        Ok(())
    }

    /// Adds elements.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn extend(&self, cx: &mut Cx<'a>, words: &[Word]) -> Result<(), Throw> {
        self.splice(cx, self.len()..self.len(), words)
    }

    /// The list as an object.
    #[must_use]
    pub fn as_object(&'a self) -> Obj<'a> {
        object_of(self)
    }

    /// A number that every change makes another.
    pub(super) fn version(&self) -> u32 {
        self.version.get()
    }

    pub(super) fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// Makes room for `needed` elements at least, twice as much as there was.
    fn make_room(&self, cx: &mut Cx<'a>, needed: usize) -> Result<(), Throw> {
        let capacity = self.room.get().len();
        if needed <= capacity {
            return Ok(());
        }
        let grown = if capacity == 0 { FIRST_CAPACITY } else { capacity * 2 };
        self.set_capacity(cx, needed.max(grown))
    }

    pub(super) fn set_capacity(&self, cx: &mut Cx<'a>, capacity: usize) -> Result<(), Throw> {
        cx.reserve(capacity.saturating_mul(size_of::<Word>()))?;
        let room = Cell::from_mut(cx.arena().alloc_filled(capacity, Word::ZERO)).as_slice_of_cells();
        for (place, word) in room.iter().zip(self.cells()) {
            place.set(word.get());
        }
        self.room.set(room);
        Ok(())
    }

    /// Puts `words` in the place of a part of the elements.
    pub(super) fn splice(&self, cx: &mut Cx<'a>, part: Range<usize>, words: &[Word]) -> Result<(), Throw> {
        let (len, removed) = (self.len(), part.len());
        self.make_room(cx, len - removed + words.len())?;
        let room = self.room.get();
        let behind = part.end..len;
        let move_one = |index: usize| {
            if let (Some(from), Some(to)) = (room.get(index), room.get(index - removed + words.len())) {
                to.set(from.get());
            }
        };
        if words.len() > removed {
            behind.rev().for_each(move_one)
        } else {
            behind.for_each(move_one)
        }
        for (place, word) in room.iter().skip(part.start).zip(words) {
            place.set(*word);
        }
        self.len.set(len - removed + words.len());
        self.changed();
        Ok(())
    }

    /// A walk that notices changes.
    #[must_use]
    pub fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (version, mut at) = (self.version.get(), 0);
        Cursor::of(cx, move |cx| {
            if self.version.get() != version {
                return Err(raise::modified(cx));
            }
            let word = self.get(at);
            at += 1;
            Ok(word)
        })
    }

    fn equality(&self) -> Equality<'a> {
        Equality::of(self.element(), None)
    }

    /// The index of an element that must be there.
    fn index(&self, cx: &mut Cx<'a>, index: i32) -> Result<usize, Throw> {
        let found = usize::try_from(index).ok().filter(|index| *index < self.len());
        found.ok_or_else(|| raise::index(cx, "index"))
    }
}

impl<'a> Indexed<'a> for &'a List<'a> {
    fn count(self) -> usize {
        self.len()
    }
    fn at(self, index: usize) -> Option<Word> {
        self.get(index)
    }
    fn put(self, index: usize, word: Word) {
        if let Some(place) = self.cells().get(index) {
            place.set(word);
        }
    }
}

/// Elements in an order of their own, found by their position, as many as there are.
#[members("public class System.Collections.Generic.List<T> : IList<T>, IReadOnlyList<T>, System.Collections.IList", as = LIST, ops = LIST_OPS, groups = [CHANGING_MEMBERS, SEARCHING_MEMBERS, WHOLE_MEMBERS])]
impl<'a> List<'a> {
    /// An empty list.
    #[member("List()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        Self::over(cx, ty, &[], 0)
    }

    /// An empty list with room for so many elements.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("List(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a Self, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::negative(cx, "capacity")) };
        let list = Self::over(cx, ty, &[], 0);
        list.set_capacity(cx, capacity)?;
        Ok(list)
    }

    /// A list of the elements of another collection.
    #[member("List(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        let list = Self::over(cx, ty, &[], 0);
        if let Some(count) = collection.count_hint() {
            list.set_capacity(cx, count)?;
        }
        list.append(cx, collection)?;
        Ok(list)
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.len()).unwrap_or(i32::MAX)
    }

    /// How many elements there is room for.
    #[member("int Capacity { get; }")]
    pub(super) fn capacity(&'a self) -> i32 {
        i32::try_from(self.room.get().len()).unwrap_or(i32::MAX)
    }

    /// Makes room for so many elements.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there are more already.
    #[member("int Capacity { set; }")]
    pub(super) fn set_capacity_to(&'a self, cx: &mut Cx<'a>, value: i32) -> Result<(), Throw> {
        match usize::try_from(value).ok().filter(|capacity| *capacity >= self.len()) {
            Some(capacity) => self.set_capacity(cx, capacity),
            None => Err(raise::small_capacity(cx, "value")),
        }
    }

    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        let found = usize::try_from(index).ok().and_then(|index| self.get(index));
        found.ok_or_else(|| raise::index(cx, "index"))
    }

    /// Replaces the element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { set; }")]
    fn set_item(&'a self, cx: &mut Cx<'a>, index: i32, value: Word) -> Result<(), Throw> {
        let index = self.index(cx, index)?;
        self.put(index, value);
        self.changed();
        Ok(())
    }

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.cursor(cx))
    }
}

/// The behaviour of lists.
pub static LIST_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<List<'_>, _>(cx, object, |list, cx| Ok(list.cursor(cx)))),
    count: Some(|object| object.downcast::<List<'_>>().map_or(0, List::len)),
    collection: Some(&LIST_COLLECTION),
    ..REFERENCE
};

static LIST_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| on::<List<'_>, _>(cx, object, |list, cx| list.push(cx, word)),
    clear: |cx, object| {
        on::<List<'_>, _>(cx, object, |list, _| {
            list.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| Ok((LIST_POSITIONS.index_of)(cx, object, word)? >= 0),
    remove: |cx, object, word| on::<List<'_>, _>(cx, object, |list, cx| list.remove(cx, word)),
    positions: Some(&LIST_POSITIONS),
};

static LIST_POSITIONS: Positions = Positions {
    get: |cx, object, index| on::<List<'_>, _>(cx, object, |list, cx| list.item(cx, index)),
    set: |cx, object, index, word| on::<List<'_>, _>(cx, object, |list, cx| list.set_item(cx, index, word)),
    index_of: |cx, object, word| {
        on::<List<'_>, _>(cx, object, |list, cx| index_of(cx, list, 0..list.len(), list.equality(), word))
    },
    insert: |cx, object, index, word| on::<List<'_>, _>(cx, object, |list, cx| list.insert(cx, index, word)),
    remove_at: |cx, object, index| on::<List<'_>, _>(cx, object, |list, cx| list.remove_at(cx, index)),
};

/// The default value of the list's elements, which searches give that find nothing.
fn default_of(list: &List<'_>) -> Word {
    default_word(list.element())
}

use change::CHANGING_MEMBERS;
use search::SEARCHING_MEMBERS;
use whole::WHOLE_MEMBERS;
