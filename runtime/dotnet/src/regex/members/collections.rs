//! `MatchCollection`, `GroupCollection` and `CaptureCollection`.
//!
//! Groups and captures are there when their collection is; matches are found as somebody walks them or asks how many there
//! are.

use std::cell::Cell;

use dotnet_macros::members;

use super::found::FoundObj;
use super::run::{self, Search};
use crate::catalogue::OBJECT;
use crate::collection::{Collection, Positions, READ_ONLY, READ_ONLY_POSITIONS};
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of, on};
use crate::rt::Enumerator;
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::collection_interface::copy_elements;
use crate::types::raise;
use crate::word::{IntoWord, Word};

type Objects<'a> = &'a [&'a FoundObj<'a>];

/// The element at an index.
fn at<'a>(cx: &mut Cx<'a>, objects: Objects<'a>, index: i32) -> Result<&'a FoundObj<'a>, Throw> {
    let found = usize::try_from(index).ok().and_then(|index| objects.get(index));
    found.copied().ok_or_else(|| raise::out_of_range(cx, "i"))
}

fn words<'a>(cx: &Cx<'a>, objects: Objects<'a>) -> Cursor<'a> {
    let words: Vec<Word> = objects.iter().map(|object| object_of(*object).word()).collect();
    Cursor::over(cx.arena().alloc_slice(&words))
}

/// A number of elements as `Count` gives it.
fn count_of(objects: Objects<'_>) -> i32 {
    i32::try_from(objects.len()).unwrap_or(i32::MAX)
}

/// The object of a `MatchCollection`.
#[repr(C)]
pub struct MatchCollection<'a> {
    header: Header,
    search: &'a Search<'a>,
    from: usize,
    all: Cell<Option<Objects<'a>>>,
}

crate::layout!(MatchCollection<'a>, MATCH_COLLECTION_DEF);

impl<'a> MatchCollection<'a> {
    /// The matches from a place on.
    #[must_use]
    pub fn new(cx: &Cx<'a>, search: &'a Search<'a>, from: usize) -> &'a Self {
        let header = Header::new(Ty(&MATCH_COLLECTION));
        cx.arena().alloc(Self { header, search, from, all: Cell::new(None) })
    }

    fn all(&'a self, cx: &mut Cx<'a>) -> Result<Objects<'a>, Throw> {
        if let Some(all) = self.all.get() {
            return Ok(all);
        }
        let mut all = Vec::new();
        let mut found = run::first(cx, self.search, self.from)?;
        while let Some(here) = found {
            let span = (here.start, here.end);
            all.push(FoundObj::of(cx, self.search, Some(here)));
            found = run::next(cx, self.search, span)?;
        }
        let all = cx.arena().alloc_slice(&all);
        self.all.set(Some(all));
        Ok(all)
    }

    fn walk(&'a self, cx: &Cx<'a>) -> Cursor<'a> {
        if let Some(all) = self.all.get() {
            return words(cx, all);
        }
        let mut last = None;
        Cursor::of(cx, move |cx| {
            let found = match last {
                None => run::first(cx, self.search, self.from)?,
                Some(span) => run::next(cx, self.search, span)?,
            };
            let Some(found) = found else { return Ok(None) };
            last = Some((found.start, found.end));
            Ok(Some(object_of(FoundObj::of(cx, self.search, Some(found))).word()))
        })
    }
}

/// The matches of a regular expression in a text.
#[members("public class System.Text.RegularExpressions.MatchCollection : IList<Match>, IReadOnlyList<Match>, System.Collections.IList",
    as = MATCH_COLLECTION, ops = MATCHES_OPS)]
impl<'a> MatchCollection<'a> {
    /// How many matches there are.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if finding one takes too long.
    #[member("int Count { get; }")]
    fn count(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.all(cx).map(count_of)
    }

    /// The match at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none, `RegexMatchTimeoutException` if finding one takes too long.
    #[member("Match this[int i] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<&'a FoundObj<'a>, Throw> {
        let all = self.all(cx)?;
        at(cx, all, index)
    }

    /// Copies the matches to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(Array array, int arrayIndex)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_elements(cx, object_of(self), array, index, "arrayIndex")
    }

    /// A walk that stands before the first match.
    #[member("System.Collections.IEnumerator GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, object_of(self), OBJECT)
    }
}

/// The behaviour of collections of matches.
pub static MATCHES_OPS: Ops = Ops {
    elements: Some(|cx, object, _| on::<MatchCollection<'_>, _>(cx, object, |matches, cx| Ok(matches.walk(cx)))),
    collection: Some(&MATCHES_COLLECTION),
    ..REFERENCE
};

static MATCHES_COLLECTION: Collection = Collection { positions: Some(&MATCHES_POSITIONS), ..READ_ONLY };

static MATCHES_POSITIONS: Positions = Positions {
    get: |cx, object, index| {
        on::<MatchCollection<'_>, _>(cx, object, |matches, cx| Ok(matches.item(cx, index)?.into_word(cx)))
    },
    ..READ_ONLY_POSITIONS
};

/// The object of a `GroupCollection`.
#[repr(C)]
pub struct GroupCollection<'a> {
    header: Header,
    of: &'a FoundObj<'a>,
}

crate::layout!(GroupCollection<'a>, GROUP_COLLECTION_DEF);

impl<'a> GroupCollection<'a> {
    /// The groups of a match.
    #[must_use]
    pub fn new(cx: &Cx<'a>, of: &'a FoundObj<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&GROUP_COLLECTION)), of })
    }

    /// The group at a place; one that did not match if there is none.
    fn at_place(&self, cx: &mut Cx<'a>, place: Option<usize>) -> Result<&'a FoundObj<'a>, Throw> {
        let list = self.of.group_list(cx)?;
        Ok(match place.and_then(|place| list.get(place)) {
            Some(group) => group,
            None => FoundObj::no_group(cx, self.of),
        })
    }
}

/// The groups of a match.
#[members("public class System.Text.RegularExpressions.GroupCollection : System.Collections.IList", as = GROUP_COLLECTION,
    ops = GROUPS_OPS)]
impl<'a> GroupCollection<'a> {
    /// How many groups there are, the whole match included; one for a match that failed.
    #[member("int Count { get; }")]
    fn count(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.of.group_list(cx).map(count_of)
    }

    /// The group of a number; one that did not match if there is none.
    #[member("Group this[int groupnum] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, number: i32) -> Result<&'a FoundObj<'a>, Throw> {
        let place = self.of.search.regex.groups.place(number);
        self.at_place(cx, place)
    }

    /// The group of a name; one that did not match if there is none.
    #[member("Group this[string groupname] { get; }")]
    fn item_named(&'a self, cx: &mut Cx<'a>, name: Str<'a>) -> Result<&'a FoundObj<'a>, Throw> {
        let place = self.of.search.regex.groups.place_of_name(&name.to_utf8());
        self.at_place(cx, place)
    }

    /// Copies the groups to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(Array array, int arrayIndex)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_elements(cx, object_of(self), array, index, "arrayIndex")
    }

    /// A walk that stands before the first group.
    #[member("System.Collections.IEnumerator GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, object_of(self), OBJECT)
    }
}

/// The behaviour of collections of groups.
pub static GROUPS_OPS: Ops = Ops {
    elements: Some(|cx, object, _| {
        on::<GroupCollection<'_>, _>(cx, object, |groups, cx| {
            let list = groups.of.group_list(cx)?;
            Ok(words(cx, list))
        })
    }),
    count: Some(|object| object.downcast::<GroupCollection<'_>>().map_or(0, |groups| groups.of.group_count())),
    collection: Some(&GROUPS_COLLECTION),
    ..REFERENCE
};

static GROUPS_COLLECTION: Collection = Collection { positions: Some(&GROUPS_POSITIONS), ..READ_ONLY };

static GROUPS_POSITIONS: Positions = Positions {
    get: |cx, object, index| {
        on::<GroupCollection<'_>, _>(cx, object, |groups, cx| Ok(groups.item(cx, index)?.into_word(cx)))
    },
    ..READ_ONLY_POSITIONS
};

/// The object of a `CaptureCollection`.
#[repr(C)]
pub struct CaptureCollection<'a> {
    header: Header,
    list: Objects<'a>,
}

crate::layout!(CaptureCollection<'a>, CAPTURE_COLLECTION_DEF);

impl<'a> CaptureCollection<'a> {
    /// A collection of these captures.
    #[must_use]
    pub fn new(cx: &Cx<'a>, list: &[&'a FoundObj<'a>]) -> &'a Self {
        let list = cx.arena().alloc_slice(list);
        cx.arena().alloc(Self { header: Header::new(Ty(&CAPTURE_COLLECTION)), list })
    }
}

/// Everything that a group matched.
#[members("public class System.Text.RegularExpressions.CaptureCollection : IList<Capture>, IReadOnlyList<Capture>, System.Collections.IList",
    as = CAPTURE_COLLECTION, ops = CAPTURES_OPS)]
impl<'a> CaptureCollection<'a> {
    /// How often the group matched.
    #[member("int Count { get; }")]
    fn count(&'a self) -> i32 {
        count_of(self.list)
    }

    /// What the group matched at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("Capture this[int i] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<&'a FoundObj<'a>, Throw> {
        at(cx, self.list, index)
    }

    /// Copies the captures to an array, from an index of it on.
    ///
    /// # Throws
    /// `ArgumentException` if the array is too short.
    #[member("void CopyTo(Array array, int arrayIndex)")]
    fn copy_to(&'a self, cx: &mut Cx<'a>, array: Obj<'a>, index: i32) -> Result<(), Throw> {
        copy_elements(cx, object_of(self), array, index, "arrayIndex")
    }

    /// A walk that stands before the first capture.
    #[member("System.Collections.IEnumerator GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, object_of(self), OBJECT)
    }
}

/// The behaviour of collections of captures.
pub static CAPTURES_OPS: Ops = Ops {
    elements: Some(|cx, object, _| {
        on::<CaptureCollection<'_>, _>(cx, object, |captures, cx| Ok(words(cx, captures.list)))
    }),
    count: Some(|object| object.downcast::<CaptureCollection<'_>>().map_or(0, |captures| captures.list.len())),
    collection: Some(&CAPTURES_COLLECTION),
    ..REFERENCE
};

static CAPTURES_COLLECTION: Collection = Collection { positions: Some(&CAPTURES_POSITIONS), ..READ_ONLY };

static CAPTURES_POSITIONS: Positions = Positions {
    get: |cx, object, index| {
        on::<CaptureCollection<'_>, _>(cx, object, |captures, cx| Ok(captures.item(cx, index)?.into_word(cx)))
    },
    ..READ_ONLY_POSITIONS
};
