//! `System.Collections.Generic.Stack<T>`.

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
use crate::types::list::List;
use crate::types::positions::index_of;
use crate::types::raise;
use crate::word::Word;

/// The object of a `Stack<T>`: a list with the top at its end.
#[repr(C)]
pub struct Stack<'a> {
    header: Header,
    list: &'a List<'a>,
}

crate::layout!(Stack<'a>, STACK_DEF);

impl<'a> Stack<'a> {
    fn of(cx: &Cx<'a>, ty: Ty) -> &'a Self {
        let element = ty.0.args.first().copied().unwrap_or(OBJECT);
        cx.arena().alloc(Self { header: Header::new(ty), list: List::new(cx, element) })
    }

    fn element(&self) -> Ty {
        self.list.element()
    }

    /// The elements from the top down.
    fn words(&self) -> Vec<Word> {
        let mut words = self.list.words();
        words.reverse();
        words
    }

    fn top(&self) -> Option<Word> {
        self.list.len().checked_sub(1).and_then(|last| self.list.get(last))
    }

    fn take_top(&self, cx: &mut Cx<'a>) -> Result<Option<Word>, Throw> {
        let top = self.top();
        if top.is_some() {
            let len = self.list.len();
            self.list.splice(cx, len - 1..len, &[])?;
        }
        Ok(top)
    }

    fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (version, mut left) = (self.list.version(), self.list.len());
        Cursor::of(cx, move |cx| {
            if self.list.version() != version {
                return Err(raise::modified(cx));
            }
            let Some(next) = left.checked_sub(1) else { return Ok(None) };
            left = next;
            Ok(self.list.get(next))
        })
    }
}

/// Elements of which the last one in is the first one out.
#[members("public class System.Collections.Generic.Stack<T> : IReadOnlyCollection<T>, System.Collections.ICollection", as = STACK, ops = STACK_OPS)]
impl<'a> Stack<'a> {
    /// An empty stack.
    #[member("Stack()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        Self::of(cx, ty)
    }

    /// An empty stack with room for so many elements.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("Stack(int capacity)")]
    fn construct_with_capacity(cx: &mut Cx<'a>, capacity: i32, ty: Ty) -> Result<&'a Self, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else { return Err(raise::negative(cx, "capacity")) };
        let stack = Self::of(cx, ty);
        stack.list.set_capacity(cx, capacity)?;
        Ok(stack)
    }

    /// A stack of the elements of a sequence, the last one on top.
    #[member("Stack(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        let stack = Self::of(cx, ty);
        stack.list.append(cx, collection)?;
        Ok(stack)
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.list.len()).unwrap_or(i32::MAX)
    }

    /// Puts an element on top.
    #[member("void Push(T item)")]
    fn push(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<(), Throw> {
        self.list.push(cx, item)
    }

    /// Removes the element on top and gives it.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("T Pop()")]
    fn pop(&'a self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        self.take_top(cx)?.ok_or_else(|| raise::empty_stack(cx))
    }

    /// The element on top.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("T Peek()")]
    fn peek(&'a self, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        self.top().ok_or_else(|| raise::empty_stack(cx))
    }

    /// Removes the element on top and gives it, or the type's default; whether there was one.
    #[member("bool TryPop(out T result)")]
    fn try_pop(&'a self, cx: &mut Cx<'a>, result: Out<'a>) -> Result<bool, Throw> {
        let top = self.take_top(cx)?;
        result.set(cx, top.unwrap_or_else(|| default_word(self.element())));
        Ok(top.is_some())
    }

    /// The element on top, or the type's default; whether there is one.
    #[member("bool TryPeek(out T result)")]
    fn try_peek(&'a self, cx: &mut Cx<'a>, result: Out<'a>) -> bool {
        let top = self.top();
        result.set(cx, top.unwrap_or_else(|| default_word(self.element())));
        top.is_some()
    }

    /// Removes all elements.
    #[member("void Clear()")]
    fn clear(&'a self) {
        self.list.clear();
    }

    /// Whether an element is there.
    #[member("bool Contains(T item)")]
    fn contains(&'a self, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        Ok(index_of(cx, self.list, 0..self.list.len(), Equality::of(self.element(), None), item)? >= 0)
    }

    /// Copies the elements to an array, from an index of it on, the one on top first.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index lies outside of the array, `ArgumentException` if it is too short.
    #[member("void CopyTo(T[] array, int arrayIndex)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, array_index: i32) -> Result<(), Throw> {
        copy_all(cx, self.element(), &self.words(), array, array_index)
    }

    /// The elements as an array, the one on top first.
    #[member("T[] ToArray()")]
    fn to_array(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        AnyArray::new(cx, self.element(), &self.words()).object()
    }

    /// Gives back the room that no element uses.
    #[member("void TrimExcess()")]
    fn trim_excess(&'a self) {}

    /// A walk that stands before the element on top.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.cursor(cx))
    }
}

/// The behaviour of stacks.
pub static STACK_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<Stack<'_>, _>(cx, object, |stack, cx| Ok(stack.cursor(cx)))),
    count: Some(|object| object.downcast::<Stack<'_>>().map_or(0, |stack| stack.list.len())),
    collection: Some(&STACK_COLLECTION),
    ..REFERENCE
};

static STACK_COLLECTION: Collection = Collection {
    contains: |cx, object, word| on::<Stack<'_>, _>(cx, object, |stack, cx| stack.contains(cx, word)),
    ..READ_ONLY
};
