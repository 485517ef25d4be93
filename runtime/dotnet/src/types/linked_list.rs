//! `System.Collections.Generic.LinkedList<T>` and its nodes.

use std::cell::Cell;

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::{Collection, READ_ONLY};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::rt::Enumerator;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_part;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::types::raise;
use crate::word::Word;

/// The object of a `LinkedList<T>`.
#[repr(C)]
pub struct LinkedList<'a> {
    header: Header,
    first: Cell<Option<&'a Node<'a>>>,
    last: Cell<Option<&'a Node<'a>>>,
    len: Cell<usize>,
    version: Cell<u32>,
}

crate::layout!(LinkedList<'a>, LINKED_LIST_DEF);

/// The object of a `LinkedListNode<T>`.
#[repr(C)]
pub struct Node<'a> {
    header: Header,
    list: Cell<Option<&'a LinkedList<'a>>>,
    next: Cell<Option<&'a Self>>,
    previous: Cell<Option<&'a Self>>,
    value: Cell<Word>,
}

crate::layout!(Node<'a>, NODE_DEF);

impl<'a> LinkedList<'a> {
    fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }

    fn node(&self, cx: &Cx<'a>, value: Word) -> &'a Node<'a> {
        Node::of(cx, Ty::construct(&NODE_DEF, &[self.element()]), value)
    }

    /// Puts a node between two that follow each other, or at an end.
    fn link(&'a self, node: &'a Node<'a>, before: Option<&'a Node<'a>>, behind: Option<&'a Node<'a>>) {
        node.list.set(Some(self));
        node.previous.set(before);
        node.next.set(behind);
        match before {
            Some(before) => before.next.set(Some(node)),
            None => self.first.set(Some(node)),
        }
        match behind {
            Some(behind) => behind.previous.set(Some(node)),
            None => self.last.set(Some(node)),
        }
        self.len.set(self.len.get() + 1);
        self.changed();
    }

    fn unlink(&self, node: &'a Node<'a>) {
        match node.previous.get() {
            Some(before) => before.next.set(node.next.get()),
            None => self.first.set(node.next.get()),
        }
        match node.next.get() {
            Some(behind) => behind.previous.set(node.previous.get()),
            None => self.last.set(node.previous.get()),
        }
        node.detach();
        self.len.set(self.len.get() - 1);
        self.changed();
    }

    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// Checks that a node belongs to this list.
    fn check_own(&self, cx: &mut Cx<'a>, node: &Node<'a>) -> Result<(), Throw> {
        match node.list.get() {
            Some(list) if std::ptr::eq(list, self) => Ok(()),
            _ => Err(cx
                .throw(Ty(&INVALID_OPERATION_EXCEPTION), "The LinkedList node does not belong to current LinkedList.")),
        }
    }

    /// Checks that a node belongs to no list.
    fn check_free(cx: &mut Cx<'a>, node: &Node<'a>) -> Result<(), Throw> {
        match node.list.get() {
            None => Ok(()),
            Some(_) => {
                Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "The LinkedList node already belongs to a LinkedList."))
            }
        }
    }

    fn words(&self) -> Vec<Word> {
        let mut words = Vec::with_capacity(self.len.get());
        let mut node = self.first.get();
        while let Some(here) = node {
            words.push(here.value.get());
            node = here.next.get();
        }
        words
    }

    fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let (version, mut node) = (self.version.get(), self.first.get());
        Cursor::of(cx, move |cx| {
            if self.version.get() != version {
                return Err(raise::modified(cx));
            }
            Ok(node.map(|here| {
                node = here.next.get();
                here.value.get()
            }))
        })
    }

    /// The first node, or with `from_end` the last one, whose value is equal.
    fn search(&self, cx: &mut Cx<'a>, value: Word, from_end: bool) -> Result<Option<&'a Node<'a>>, Throw> {
        let equality = Equality::of(self.element(), None);
        let mut node = if from_end { self.last.get() } else { self.first.get() };
        while let Some(here) = node {
            if equality.equal(cx, here.value.get(), value)? {
                return Ok(Some(here));
            }
            node = if from_end { here.previous.get() } else { here.next.get() };
        }
        Ok(None)
    }
}

/// Elements each of which knows the ones before and behind it.
#[members("public class System.Collections.Generic.LinkedList<T> : ICollection<T>, IReadOnlyCollection<T>, System.Collections.ICollection", as = LINKED_LIST, ops = LINKED_LIST_OPS)]
impl<'a> LinkedList<'a> {
    /// An empty list.
    #[member("LinkedList()")]
    fn construct(cx: &mut Cx<'a>, ty: Ty) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(ty),
            first: Cell::new(None),
            last: Cell::new(None),
            len: Cell::new(0),
            version: Cell::new(0),
        })
    }

    /// A list of the elements of a sequence.
    #[member("LinkedList(IEnumerable<T> collection)")]
    fn construct_from(cx: &mut Cx<'a>, collection: Obj<'a>, ty: Ty) -> Result<&'a Self, Throw> {
        let list = Self::construct(cx, ty);
        let mut cursor = collection.elements(cx, list.element())?;
        while let Some(word) = cursor.next(cx)? {
            list.add_last(cx, word);
        }
        Ok(list)
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.len.get()).unwrap_or(i32::MAX)
    }

    /// The first node; null if there is none.
    #[member("LinkedListNode<T> First { get; }")]
    fn first(&'a self) -> Option<&'a Node<'a>> {
        self.first.get()
    }

    /// The last node; null if there is none.
    #[member("LinkedListNode<T> Last { get; }")]
    fn last(&'a self) -> Option<&'a Node<'a>> {
        self.last.get()
    }

    /// Adds an element before all others.
    #[member("LinkedListNode<T> AddFirst(T value)")]
    fn add_first(&'a self, cx: &mut Cx<'a>, value: Word) -> &'a Node<'a> {
        let node = self.node(cx, value);
        self.link(node, None, self.first.get());
        node
    }

    /// Adds a node before all others.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to a list.
    #[member("void AddFirst(LinkedListNode<T> node)")]
    fn add_node_first(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>) -> Result<(), Throw> {
        Self::check_free(cx, node)?;
        self.link(node, None, self.first.get());
        Ok(())
    }

    /// Adds an element behind all others.
    #[member("LinkedListNode<T> AddLast(T value)")]
    fn add_last(&'a self, cx: &mut Cx<'a>, value: Word) -> &'a Node<'a> {
        let node = self.node(cx, value);
        self.link(node, self.last.get(), None);
        node
    }

    /// Adds a node behind all others.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to a list.
    #[member("void AddLast(LinkedListNode<T> node)")]
    fn add_node_last(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>) -> Result<(), Throw> {
        Self::check_free(cx, node)?;
        self.link(node, self.last.get(), None);
        Ok(())
    }

    /// Adds an element before a node.
    ///
    /// # Throws
    /// `InvalidOperationException` if the node does not belong to this list.
    #[member("LinkedListNode<T> AddBefore(LinkedListNode<T> node, T value)")]
    fn add_before(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>, value: Word) -> Result<&'a Node<'a>, Throw> {
        self.check_own(cx, node)?;
        let added = self.node(cx, value);
        self.link(added, node.previous.get(), Some(node));
        Ok(added)
    }

    /// Adds an element behind a node.
    ///
    /// # Throws
    /// `InvalidOperationException` if the node does not belong to this list.
    #[member("LinkedListNode<T> AddAfter(LinkedListNode<T> node, T value)")]
    fn add_after(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>, value: Word) -> Result<&'a Node<'a>, Throw> {
        self.check_own(cx, node)?;
        let added = self.node(cx, value);
        self.link(added, Some(node), node.next.get());
        Ok(added)
    }

    /// Adds a node before another.
    ///
    /// # Throws
    /// `InvalidOperationException` if the other does not belong to this list, or the new one belongs to a list.
    #[member("void AddBefore(LinkedListNode<T> node, LinkedListNode<T> newNode)")]
    fn add_node_before(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>, added: &'a Node<'a>) -> Result<(), Throw> {
        self.check_own(cx, node)?;
        Self::check_free(cx, added)?;
        self.link(added, node.previous.get(), Some(node));
        Ok(())
    }

    /// Adds a node behind another.
    ///
    /// # Throws
    /// `InvalidOperationException` if the other does not belong to this list, or the new one belongs to a list.
    #[member("void AddAfter(LinkedListNode<T> node, LinkedListNode<T> newNode)")]
    fn add_node_after(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>, added: &'a Node<'a>) -> Result<(), Throw> {
        self.check_own(cx, node)?;
        Self::check_free(cx, added)?;
        self.link(added, Some(node), node.next.get());
        Ok(())
    }

    /// Removes all elements.
    #[member("void Clear()")]
    fn clear(&'a self) {
        let mut node = self.first.take();
        while let Some(here) = node {
            node = here.next.get();
            here.detach();
        }
        self.last.set(None);
        self.len.set(0);
        self.changed();
    }

    /// Whether an element is there.
    #[member("bool Contains(T value)")]
    fn contains(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<bool, Throw> {
        Ok(self.search(cx, value, false)?.is_some())
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int index)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_part(cx, self.element(), &self.words(), array, index)
    }

    /// The first node whose value is equal; null if there is none.
    #[member("LinkedListNode<T> Find(T value)")]
    fn find(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<Option<&'a Node<'a>>, Throw> {
        self.search(cx, value, false)
    }

    /// The last node whose value is equal; null if there is none.
    #[member("LinkedListNode<T> FindLast(T value)")]
    fn find_last(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<Option<&'a Node<'a>>, Throw> {
        self.search(cx, value, true)
    }

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.element(), self.cursor(cx))
    }

    /// Removes the first element that is equal; whether there was one.
    #[member("bool Remove(T value)")]
    fn remove(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<bool, Throw> {
        let found = self.search(cx, value, false)?;
        if let Some(node) = found {
            self.unlink(node);
        }
        Ok(found.is_some())
    }

    /// Removes a node.
    ///
    /// # Throws
    /// `InvalidOperationException` if the node does not belong to this list.
    #[member("void Remove(LinkedListNode<T> node)")]
    fn remove_node(&'a self, cx: &mut Cx<'a>, node: &'a Node<'a>) -> Result<(), Throw> {
        self.check_own(cx, node)?;
        self.unlink(node);
        Ok(())
    }

    /// Removes the first element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("void RemoveFirst()")]
    fn remove_first(&'a self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        let Some(node) = self.first.get() else { return Err(raise::empty_linked_list(cx)) };
        self.unlink(node);
        Ok(())
    }

    /// Removes the last element.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("void RemoveLast()")]
    fn remove_last(&'a self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        let Some(node) = self.last.get() else { return Err(raise::empty_linked_list(cx)) };
        self.unlink(node);
        Ok(())
    }
}

impl<'a> Node<'a> {
    fn of(cx: &Cx<'a>, ty: Ty, value: Word) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(ty),
            list: Cell::new(None),
            next: Cell::new(None),
            previous: Cell::new(None),
            value: Cell::new(value),
        })
    }

    fn detach(&self) {
        self.list.set(None);
        self.next.set(None);
        self.previous.set(None);
    }
}

/// An element of a linked list.
#[members("public sealed class System.Collections.Generic.LinkedListNode<T>", as = NODE)]
impl<'a> Node<'a> {
    /// A node of no list.
    #[member("LinkedListNode(T value)")]
    fn construct(cx: &mut Cx<'a>, value: Word, ty: Ty) -> &'a Self {
        Self::of(cx, ty, value)
    }

    /// The list that it belongs to; null if it belongs to none.
    #[member("LinkedList<T> List { get; }")]
    fn list(&'a self) -> Option<&'a LinkedList<'a>> {
        self.list.get()
    }

    /// The node behind it; null if it is the last one.
    #[member("LinkedListNode<T> Next { get; }")]
    fn next(&'a self) -> Option<&'a Self> {
        self.next.get()
    }

    /// The node before it; null if it is the first one.
    #[member("LinkedListNode<T> Previous { get; }")]
    fn previous(&'a self) -> Option<&'a Self> {
        self.previous.get()
    }

    /// The element.
    #[member("T Value { get; }")]
    fn value(&'a self) -> Word {
        self.value.get()
    }

    /// Replaces the element.
    #[member("T Value { set; }")]
    fn set_value(&'a self, value: Word) {
        self.value.set(value);
    }
}

/// The behaviour of linked lists.
pub static LINKED_LIST_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<LinkedList<'_>, _>(cx, object, |list, cx| Ok(list.cursor(cx)))),
    count: Some(|object| object.downcast::<LinkedList<'_>>().map_or(0, |list| list.len.get())),
    collection: Some(&LINKED_LIST_COLLECTION),
    ..REFERENCE
};

static LINKED_LIST_COLLECTION: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| {
        on::<LinkedList<'_>, _>(cx, object, |list, cx| {
            list.add_last(cx, word);
            Ok(())
        })
    },
    clear: |cx, object| {
        on::<LinkedList<'_>, _>(cx, object, |list, _| {
            list.clear();
            Ok(())
        })
    },
    contains: |cx, object, word| on::<LinkedList<'_>, _>(cx, object, |list, cx| list.contains(cx, word)),
    remove: |cx, object, word| on::<LinkedList<'_>, _>(cx, object, |list, cx| list.remove(cx, word)),
    ..READ_ONLY
};
