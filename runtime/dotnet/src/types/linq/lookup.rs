//! Elements gathered by a key: `ILookup<K, E>` and `IGrouping<K, E>`.
//!
//! Not here: the operators that make them (`group`, `join`).

use dotnet_macros::members;

use super::lazy;
use crate::array::AnyArray;
use crate::catalogue::OBJECT;
use crate::collection::{Collection, Positions, READ_ONLY, READ_ONLY_POSITIONS};
use crate::cx::Cx;
use crate::equality::Equality;
use crate::func::Func;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of, on};
use crate::rt::Enumerator;
use crate::seq::Cursor;
use crate::table::Table;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::list::List;
use crate::types::positions::index_of;
use crate::types::raise;
use crate::word::Word;

/// The object of the elements that have one key.
#[repr(C)]
pub struct Grouping<'a> {
    header: Header,
    key: Word,
    list: &'a List<'a>,
}

crate::layout!(Grouping<'a>, GROUPING_DEF);

/// Elements that have a key in common.
#[members("public interface System.Linq.IGrouping<out TKey, out TElement> : IEnumerable<TElement>", as = GROUPING_INTERFACE)]
impl<'a> Grouping<'a> {
    /// The key.
    #[member("TKey Key { get; }", field = key)]
    const KEY: () = ();
}

/// Elements that have a key in common.
#[members("internal sealed class System.Linq.Grouping<TKey, TElement> : IGrouping<TKey, TElement>, IList<TElement>", as = GROUPING, ops = GROUPING_OPS)]
impl<'a> Grouping<'a> {}

/// The behaviour of groupings.
pub static GROUPING_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<Grouping<'_>, _>(cx, object, |group, _| Ok(group.cursor()))),
    count: Some(|object| object.downcast::<Grouping<'_>>().map_or(0, |group| group.list.len())),
    collection: Some(&GROUPING_COLLECTION),
    ..REFERENCE
};

static GROUPING_COLLECTION: Collection = Collection {
    add: |cx, _, _| Err(raise::not_supported(cx)),
    clear: |cx, _| Err(raise::not_supported(cx)),
    remove: |cx, _, _| Err(raise::not_supported(cx)),
    positions: Some(&GROUPING_POSITIONS),
    ..READ_ONLY
};

static GROUPING_POSITIONS: Positions = Positions {
    get: |cx, object, index| {
        on::<Grouping<'_>, _>(cx, object, |group, cx| {
            let word = usize::try_from(index).ok().and_then(|index| group.list.get(index));
            word.ok_or_else(|| raise::out_of_range(cx, "index"))
        })
    },
    index_of: |cx, object, word| {
        on::<Grouping<'_>, _>(cx, object, |group, cx| {
            let equality = Equality::of(group.list.element(), None);
            index_of(cx, group.list, 0..group.list.len(), equality, word)
        })
    },
    ..READ_ONLY_POSITIONS
};

impl<'a> Grouping<'a> {
    /// The elements; nobody adds to them any more once a policy sees them.
    fn cursor(&self) -> Cursor<'a> {
        Cursor::over_cells(self.list.cells())
    }
}

/// The object of elements that are found by their keys.
#[repr(C)]
pub struct Lookup<'a> {
    header: Header,
    /// The grouping of each key.
    table: Table<'a>,
}

crate::layout!(Lookup<'a>, LOOKUP_DEF);

/// What makes a key of an element, and what tells keys apart.
#[derive(Clone, Copy)]
pub(super) struct Keys<'a> {
    /// Makes the key.
    pub(super) selector: &'a Func<'a>,
    /// The type of the keys.
    pub(super) ty: Ty,
    /// What tells keys apart.
    pub(super) comparer: Option<Obj<'a>>,
}

/// What is kept of an element.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    /// Makes what is kept; without it, the element itself is.
    pub(super) selector: Option<&'a Func<'a>>,
    /// The type of what is kept.
    pub(super) ty: Ty,
}

impl<'a> Lookup<'a> {
    /// The elements of a sequence by their keys. With `skips_null`, those whose key is null are left out.
    pub(super) fn of(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        element: Ty,
        keys: Keys<'a>,
        kept: Kept<'a>,
        skips_null: bool,
    ) -> Result<&'a Self, Throw> {
        let header = Header::new(Ty::construct(&LOOKUP_DEF, &[keys.ty, kept.ty]));
        let table = Table::new(Equality::of(keys.ty, keys.comparer));
        let lookup: &'a Self = cx.arena().alloc(Self { header, table });
        let mut cursor = source.elements(cx, element)?;
        while let Some(word) = cursor.next(cx)? {
            let key = keys.selector.call1(cx, word)?;
            if skips_null && key.is_null() && keys.ty.admits_null() {
                continue;
            }
            let group = lookup.group_for(cx, key)?;
            let word = match kept.selector {
                Some(selector) => selector.call1(cx, word)?,
                None => word,
            };
            group.list.push(cx, word)?;
        }
        Ok(lookup)
    }

    /// The grouping of a key, which is made if there is none.
    fn group_for(&self, cx: &mut Cx<'a>, key: Word) -> Result<&'a Grouping<'a>, Throw> {
        if let Some(group) = self.group(cx, key)? {
            return Ok(group);
        }
        let header = Header::new(Ty::construct(&GROUPING_DEF, self.header.ty.0.args));
        let group: &'a Grouping<'a> = cx.arena().alloc(Grouping { header, key, list: List::new(cx, self.element()) });
        self.table.add(cx, key, object_of(group).word())?;
        Ok(group)
    }

    fn group(&self, cx: &mut Cx<'a>, key: Word) -> Result<Option<&'a Grouping<'a>>, Throw> {
        let found = self.table.find(cx, key)?;
        // SAFETY: the values of the table are groupings.
        let object = found.and_then(|(_, word)| unsafe { cx.object(word) });
        Ok(object.and_then(|object| object.downcast()))
    }

    fn element(&self) -> Ty {
        self.header.ty.0.args.get(1).copied().unwrap_or(OBJECT)
    }

    /// The elements of a key: a grouping, or an empty array.
    pub(super) fn elements_of(&self, cx: &mut Cx<'a>, key: Word) -> Result<Obj<'a>, Throw> {
        Ok(match self.group(cx, key)? {
            Some(group) => object_of(group),
            None => AnyArray::new(cx, self.element(), &[]).object(),
        })
    }

    /// The key and the grouping of every key, in the order in which the keys were first seen.
    pub(super) fn groups(&self) -> impl Iterator<Item = (Word, Word)> + 'a {
        self.table.pairs()
    }

    fn grouping_type(&self) -> Ty {
        Ty::construct(&GROUPING_INTERFACE_DEF, self.header.ty.0.args)
    }
}

/// Elements that are found by their keys.
#[members("public interface System.Linq.ILookup<TKey, TElement> : IEnumerable<IGrouping<TKey, TElement>>", as = LOOKUP_INTERFACE, groups = [LOOKUP_READING])]
impl<'a> Lookup<'a> {}

/// What lookups do.
#[members("System.Linq.ILookup", group = LOOKUP_READING)]
impl<'a> Lookup<'a> {
    /// How many keys there are.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        i32::try_from(self.table.len()).unwrap_or(i32::MAX)
    }

    /// The elements of a key; none if it is not there.
    #[member("IEnumerable<TElement> this[TKey key] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<Obj<'a>, Throw> {
        self.elements_of(cx, key)
    }

    /// Whether a key is there.
    #[member("bool Contains(TKey key)")]
    fn contains(&'a self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        self.table.contains(cx, key)
    }
}

/// Elements that are found by their keys.
#[members("public class System.Linq.Lookup<TKey, TElement> : ILookup<TKey, TElement>", as = LOOKUP, ops = LOOKUP_OPS, groups = [LOOKUP_READING])]
impl<'a> Lookup<'a> {
    /// What the lambda makes of each key and its elements.
    #[member(
        "IEnumerable<TResult> ApplyResultSelector<TResult>(Func<TKey, IEnumerable<TElement>, TResult> resultSelector)"
    )]
    fn apply_result_selector(&'a self, cx: &mut Cx<'a>, selector: &'a Func<'a>, result: Ty) -> Obj<'a> {
        lazy(cx, result, move |cx| {
            let mut groups = self.groups();
            Ok(Cursor::of(cx, move |cx| match groups.next() {
                Some((key, group)) => selector.call2(cx, key, group).map(Some),
                None => Ok(None),
            }))
        })
    }

    /// A walk that stands before the first grouping.
    #[member("IEnumerator<IGrouping<TKey, TElement>> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        Enumerator::new(cx, self.grouping_type(), self.cursor(cx))
    }

    /// A walk over the groupings.
    pub(super) fn cursor(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        let mut groups = self.groups();
        Cursor::of(cx, move |_| Ok(groups.next().map(|(_, group)| group)))
    }
}

/// The behaviour of lookups.
pub static LOOKUP_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<Lookup<'_>, _>(cx, object, |lookup, cx| Ok(lookup.cursor(cx)))),
    ..REFERENCE
};
