//! What sets do with other sequences: union, intersection, difference, and how they lie in each other.
//!
//! Not here: the sets (`hash_set`, `sorted_set`).

use crate::cx::Cx;
use crate::equality::Equality;
use crate::object::Obj;
use crate::table::Table;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::hash_set::HashSet;
use crate::types::sorted_set::SortedSet;
use crate::word::Word;

/// A set.
#[derive(Clone, Copy)]
pub enum Set<'a> {
    /// A `HashSet<T>`.
    Hashed(&'a HashSet<'a>),
    /// A `SortedSet<T>`.
    Sorted(&'a SortedSet<'a>),
}

impl<'a> Set<'a> {
    /// The set that an object is.
    #[must_use]
    pub fn of(object: Obj<'a>) -> Option<Self> {
        let hashed = object.downcast::<HashSet<'a>>().map(Self::Hashed);
        hashed.or_else(|| object.downcast::<SortedSet<'a>>().map(Self::Sorted))
    }

    /// The type of the elements.
    #[must_use]
    pub fn element(self) -> Ty {
        match self {
            Self::Hashed(set) => set.element(),
            Self::Sorted(set) => set.element(),
        }
    }

    /// How many elements there are.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Hashed(set) => set.len(),
            Self::Sorted(set) => set.len(),
        }
    }

    /// The elements in order.
    #[must_use]
    pub fn elements(self) -> Vec<Word> {
        match self {
            Self::Hashed(set) => set.words(),
            Self::Sorted(set) => set.words(),
        }
    }

    /// The element that is kept for an equal one.
    fn kept(self, cx: &mut Cx<'a>, word: Word) -> Result<Option<Word>, Throw> {
        match self {
            Self::Hashed(set) => set.kept(cx, word),
            Self::Sorted(set) => set.kept(cx, word),
        }
    }

    /// Adds an element unless an equal one is there; whether it was added.
    ///
    /// # Errors
    /// What comparing throws, and the limit of memory.
    pub fn insert(self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        match self {
            Self::Hashed(set) => set.insert(cx, word),
            Self::Sorted(set) => set.insert(cx, word),
        }
    }

    /// Removes an element; whether it was there.
    fn take(self, cx: &mut Cx<'a>, word: Word) -> Result<bool, Throw> {
        match self {
            Self::Hashed(set) => set.take(cx, word),
            Self::Sorted(set) => set.take(cx, word),
        }
    }
}

/// `UnionWith`.
///
/// # Errors
/// What walking the other and comparing throws.
pub fn unite<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<(), Throw> {
    for word in words_of(cx, set, other)? {
        set.insert(cx, word)?;
    }
    Ok(())
}

/// `ExceptWith`.
///
/// # Errors
/// What walking the other and comparing throws.
pub fn subtract<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<(), Throw> {
    for word in words_of(cx, set, other)? {
        set.take(cx, word)?;
    }
    Ok(())
}

/// `IntersectWith`.
///
/// # Errors
/// What walking the other and comparing throws.
pub fn intersect<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<(), Throw> {
    let shared = Shared::of(cx, set, other)?;
    for word in set.elements() {
        if !shared.kept.contains(cx, word)? {
            set.take(cx, word)?;
        }
    }
    Ok(())
}

/// `SymmetricExceptWith`.
///
/// # Errors
/// What walking the other and comparing throws.
pub fn toggle<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<(), Throw> {
    let own = set.elements();
    let shared = Shared::of(cx, set, other)?;
    for word in shared.strangers {
        set.insert(cx, word)?;
    }
    for word in own {
        if shared.kept.contains(cx, word)? {
            set.take(cx, word)?;
        }
    }
    Ok(())
}

/// How a set lies to another sequence, duplicates of which count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How many of the set's elements the other has.
    pub shared: usize,
    /// Whether the other has elements that the set has not.
    pub other_has_more: bool,
    /// How many elements the set has.
    pub own: usize,
}

impl Position {
    /// How a set lies to another sequence.
    ///
    /// # Errors
    /// What walking the other and comparing throws.
    pub fn of<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<Self, Throw> {
        let shared = Shared::of(cx, set, other)?;
        Ok(Self { shared: shared.kept.len(), other_has_more: !shared.strangers.is_empty(), own: set.count() })
    }

    /// `IsSubsetOf`.
    #[must_use]
    pub fn is_subset(self) -> bool {
        self.shared == self.own
    }

    /// `IsSupersetOf`.
    #[must_use]
    pub fn is_superset(self) -> bool {
        !self.other_has_more
    }

    /// `IsProperSubsetOf`.
    #[must_use]
    pub fn is_proper_subset(self) -> bool {
        self.is_subset() && self.other_has_more
    }

    /// `IsProperSupersetOf`.
    #[must_use]
    pub fn is_proper_superset(self) -> bool {
        self.is_superset() && self.shared < self.own
    }

    /// `SetEquals`.
    #[must_use]
    pub fn is_equal(self) -> bool {
        self.is_subset() && self.is_superset()
    }

    /// `Overlaps`.
    #[must_use]
    pub fn overlaps(self) -> bool {
        self.shared > 0
    }
}

/// What a set and another sequence have in common.
struct Shared<'a> {
    /// The set's own elements that the other has too, told apart by their words.
    kept: Table<'a>,
    /// The other's elements that the set has not.
    strangers: Vec<Word>,
}

impl<'a> Shared<'a> {
    fn of(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<Self, Throw> {
        let mut shared = Self { kept: Table::new(Equality::Wide), strangers: Vec::new() };
        for word in words_of(cx, set, other)? {
            match set.kept(cx, word)? {
                Some(kept) => {
                    shared.kept.add(cx, kept, Word::ZERO)?;
                }
                None => shared.strangers.push(word),
            }
        }
        Ok(shared)
    }
}

/// The elements of the other; taken out first, because it may be the set itself.
fn words_of<'a>(cx: &mut Cx<'a>, set: Set<'a>, other: Obj<'a>) -> Result<Vec<Word>, Throw> {
    other.elements(cx, set.element())?.collect(cx)
}
