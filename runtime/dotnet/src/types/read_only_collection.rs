//! `System.Collections.ObjectModel.ReadOnlyCollection<T>`: what `AsReadOnly()` gives.

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::collection::{Collection, Positions, READ_ONLY, READ_ONLY_POSITIONS};
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::rt::Enumerator;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array::copy_part;
use crate::types::collection_interface::{collection_of, count_of, positions_of};
use crate::word::Word;

/// The object of a `ReadOnlyCollection<T>`.
#[repr(C)]
pub struct ReadOnlyCollection<'a> {
    header: Header,
    list: Obj<'a>,
}

crate::layout!(ReadOnlyCollection<'a>, READ_ONLY_COLLECTION_CLASS_DEF);

impl<'a> ReadOnlyCollection<'a> {
    /// A view of a list or array of `element`s.
    #[must_use]
    pub fn over(cx: &Cx<'a>, element: Ty, list: Obj<'a>) -> &'a Self {
        let header = Header::new(Ty::construct(&READ_ONLY_COLLECTION_CLASS_DEF, &[element]));
        cx.arena().alloc(Self { header, list })
    }

    fn element(&self) -> Ty {
        self.header.ty.0.args.first().copied().unwrap_or(OBJECT)
    }
}

/// A view of a list that nobody can change.
#[members("public class System.Collections.ObjectModel.ReadOnlyCollection<T> : IList<T>, IReadOnlyList<T>, System.Collections.IList", as = READ_ONLY_COLLECTION_CLASS, ops = READ_ONLY_COLLECTION_OPS)]
impl<'a> ReadOnlyCollection<'a> {
    /// A view of a list.
    #[member("ReadOnlyCollection(IList<T> list)")]
    fn construct(cx: &mut Cx<'a>, list: Obj<'a>, ty: Ty) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(ty), list })
    }

    /// How many elements there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        count_of(self.list)
    }

    /// The element at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("T this[int index] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Word, Throw> {
        (positions_of(cx, self.list)?.get)(cx, self.list, index)
    }

    /// Whether an element is there.
    #[member("bool Contains(T value)")]
    fn contains(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<bool, Throw> {
        (collection_of(cx, self.list)?.contains)(cx, self.list, value)
    }

    /// The index of the first element that is equal; -1 if there is none.
    #[member("int IndexOf(T value)")]
    fn index_of(&'a self, cx: &mut Cx<'a>, value: Word) -> Result<i32, Throw> {
        (positions_of(cx, self.list)?.index_of)(cx, self.list, value)
    }

    /// Copies the elements to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(T[] array, int index)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        let words = self.list.elements(cx, self.element())?.collect(cx)?;
        copy_part(cx, self.element(), &words, array, index)
    }

    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, self.list, self.element())
    }
}

/// The behaviour of read-only views.
pub static READ_ONLY_COLLECTION_OPS: Ops = Ops {
    elements: Some(|cx, object, element| {
        on::<ReadOnlyCollection<'_>, _>(cx, object, |view, cx| view.list.elements(cx, element))
    }),
    count: Some(|object| {
        object.downcast::<ReadOnlyCollection<'_>>().and_then(|view| view.list.count_hint()).unwrap_or(0)
    }),
    collection: Some(&VIEW_COLLECTION),
    ..REFERENCE
};

static VIEW_COLLECTION: Collection = Collection {
    contains: |cx, object, word| on::<ReadOnlyCollection<'_>, _>(cx, object, |view, cx| view.contains(cx, word)),
    positions: Some(&VIEW_POSITIONS),
    ..READ_ONLY
};

static VIEW_POSITIONS: Positions = Positions {
    get: |cx, object, index| on::<ReadOnlyCollection<'_>, _>(cx, object, |view, cx| view.item(cx, index)),
    index_of: |cx, object, word| on::<ReadOnlyCollection<'_>, _>(cx, object, |view, cx| view.index_of(cx, word)),
    ..READ_ONLY_POSITIONS
};
