//! `System.Collections.Generic.Queue<T>`.

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::AnyArray;
use crate::catalogue::OBJECT;
use crate::collection::{Collection, READ_ONLY};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::rt::{Enumerator, Out, default_word};
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_all;
use crate::types::positions::{Indexed, index_of};
use crate::types::raise;
use crate::word::Word;

/// The object of a `Queue<T>`: a ring.
#[repr(C)]
pub struct Queue<'a> {
    header: Header,
    ring: Cell<&'a [Cell<Word>]>,
    first: Cell<usize>,
    len: Cell<usize>,
    version: Cell<u32>,
}

crate::layout!(Queue<'a>, QUEUE_DEF);

/// The capacity that a queue takes for its first element.
const FIRST_CAPACITY: usize = 4;

impl<'a> Queue<'a> {
    fn of(cx: &mut Cx<'a>, ty: Ty, capacity: usize) -> Result<&'a Self, Throw> {
        let queue: &Self = cx.arena().alloc(Self {
            header: Header::new(ty),
            ring: Cell::new(&[]),
            first: Cell::new(0),
            len: Cell::new(0),
            version: Cell::new(0),
        });
        queue.set_capacity(cx, capacity)?;
        Ok(queue)
    }

    fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    fn place(&self, index: usize) -> Option<&'a Cell<Word>> {
        let ring = self.ring.get();
        let at = self.first.get() + index;
        ring.get(if at < ring.len() { at } else { at - ring.len() })
    }

    fn words(&self) -> Vec<Word> {
        (0..self.len.get()).filter_map(|index| self.place(index).map(Cell::get)).collect()
    }

    fn set_capacity(&self, cx: &mut Cx<'a>, capacity: usize) -> Result<(), Throw> {
        cx.reserve(capacity.saturating_mul(size_of::<Word>()))?;
        let words = self.words();
        let ring = cx.arena().alloc_from(capacity, |index| Cell::new(words.get(index).copied().unwrap_or_default()));
        self.ring.set(ring);
        self.first.set(0);
        Ok(())
    }

    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (version, mut at) = (self.version.get(), 0);
        Cursor::of(cx, move |cx| {
            if self.version.get() != version {
                return Err(raise::modified(cx));
            }
            at += 1;
            Ok(self.at(at - 1))
        })
    }

    fn take_first(&self) -> Option<Word> {
        let word = self.at_first()?;
        let first = self.first.get() + 1;
        self.first.set(if first == self.ring.get().len() { 0 } else { first });
        self.len.set(self.len.get() - 1);
        self.changed();
        Some(word)
    }

    fn at_first(&self) -> Option<Word> {
        if self.len.get() == 0 { None } else { self.place(0).map(Cell::get) }
    }
}

impl<'a> Indexed<'a> for &'a Queue<'a> {
    fn count(self) -> usize {
        self.len.get()
    }
    fn at(self, index: usize) -> Option<Word> {
        if index < self.len.get() { self.place(index).map(Cell::get) } else { None }
    }
    fn put(self, index: usize, word: Word) {
        if let Some(place) = self.place(index) {
            place.set(word);
        }
    }
}

/// Elements of which the first one in is the first one out.
#[members("public class System.Collections.Generic.Queue<T> : IReadOnlyCollection<T>, System.Collections.ICollection", as = QUEUE, ops = QUEUE_OPS)]
impl<'a> Queue<'a> {
    /// An empty queue.
    #[member("Queue()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        Self::of(cx, ty, 0)
    }

    /// An empty queue with room for so many elements.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("Queue(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a Self, Throw> {
        match usize::try_from(capacity) {
            Ok(capacity) => Self::of(cx, ty, capacity),
            Err(_) => Err(raise::negative(cx, "capacity")),
        }
    }

    /// A queue of the elements of a sequence.
    #[member("Queue(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        let queue = Self::of(cx, ty, 0)?;
        let mut cursor = collection.elements(cx, queue.element())?;
        while let Some(word) = cursor.next(cx)? {
            queue.enqueue(cx, word)?;
        }
        Ok(queue)
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count_elements(&'a self) -> i32 {
        i32::try_from(self.len.get()).unwrap_or(i32::MAX)
    }

    /// Adds an element at the end.
    #[member("void Enqueue(T item)")]
    fn enqueue(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<(), Throw> {
        let len = self.len.get();
        if len == self.ring.get().len() {
            self.set_capacity(cx, (len * 2).max(FIRST_CAPACITY))?;
        }
        self.put(len, item);
        self.len.set(len + 1);
        self.changed();
        Ok(())
    }

    /// Removes the first element and gives it.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("T Dequeue()")]
    fn dequeue(&'a self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        self.take_first().ok_or_else(|| raise::empty_queue(cx))
    }

    /// The first element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("T Peek()")]
    fn peek(&'a self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        self.at_first().ok_or_else(|| raise::empty_queue(cx))
    }

    /// Removes the first element and gives it, or the type's default; whether there was one.
    #[member("bool TryDequeue(out T result)")]
    fn try_dequeue(&'a self, cx: &mut Cx<'a>, result: Out<'a>) -> bool {
        let first = self.take_first();
        result.set(cx, first.unwrap_or_else(|| default_word(self.element())));
        first.is_some()
    }

    /// The first element, or the type's default; whether there is one.
    #[member("bool TryPeek(out T result)")]
    fn try_peek(&'a self, cx: &mut Cx<'a>, result: Out<'a>) -> bool {
        let first = self.at_first();
        result.set(cx, first.unwrap_or_else(|| default_word(self.element())));
        first.is_some()
    }

    /// Removes all elements.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.len.set(0);
        self.first.set(0);
        self.changed();
    }

    /// Whether an element is there.
    #[member("bool Contains(T item)")]
    fn contains(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        Ok(index_of(cx, self, 0..self.len.get(), Equality::of(self.element(), None), item)? >= 0)
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies outside of the array, `ArgumentException` if it is too short.
    #[member("void CopyTo(T[] array, int arrayIndex)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, array_index: i32) -> Result<(), Throw> {
        copy_all(cx, self.element(), &self.words(), array, array_index)
    }

    /// The elements as an array, the first one first.
    #[member("T[] ToArray()")]
    fn to_array(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        AnyArray::new(cx, self.element(), &self.words()).object()
    }

    /// Gives back the room that no element uses.
    #[member("void TrimExcess()")]
    fn trim_excess(&'a self) {}

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.cursor(cx))
    }
}

/// The behaviour of queues.
pub static QUEUE_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<Queue<'_>, _>(cx, object, |queue, cx| Ok(queue.cursor(cx)))),
    count: Some(|object| object.downcast::<Queue<'_>>().map_or(0, |queue| queue.len.get())),
    collection: Some(&QUEUE_COLLECTION),
    ..REFERENCE
};

static QUEUE_COLLECTION: Collection = Collection {
    contains: |cx, object, word| on::<Queue<'_>, _>(cx, object, |queue, cx| queue.contains(cx, word)),
    ..READ_ONLY
};
