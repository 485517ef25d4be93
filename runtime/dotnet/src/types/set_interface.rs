//! `ISet<T>`, and the members that it has in common with the sets.
//!
//! Not here: what sets do with other sequences (`set_algebra`), and the sets themselves (`hash_set`, `sorted_set`).

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::Obj;
use crate::rt::throw_cast;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::collection_interface::UNTYPED_COLLECTION;
use crate::types::set_algebra::{Position, Set, intersect, subtract, toggle, unite};
use crate::word::Word;

/// The members of `ISet<T>`.
pub struct SetInterface;

/// Elements each of which is there once.
#[members("public interface System.Collections.Generic.ISet<T> : ICollection<T>", as = SET_INTERFACE, groups = [SET_MEMBERS])]
impl<'a> SetInterface {
    /// Adds an element unless an equal one is there; whether it was added.
    #[member("bool Add(T item)")]
    fn add(this: Obj<'a>, cx: &mut Cx<'a>, item: Word) -> Result<bool, Throw> {
        set_of(cx, this)?.insert(cx, item)
    }
}

/// What all sets do with other sequences.
#[members("System.Collections.Generic.ISet", group = SET_MEMBERS)]
impl<'a> SetInterface {
    /// Adds all elements of another sequence.
    #[member("void UnionWith(IEnumerable<T> other)")]
    fn union_with(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<(), Throw> {
        let set = set_of(cx, this)?;
        unite(cx, set, other)
    }

    /// Removes all elements of another sequence.
    #[member("void ExceptWith(IEnumerable<T> other)")]
    fn except_with(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<(), Throw> {
        let set = set_of(cx, this)?;
        subtract(cx, set, other)
    }

    /// Keeps only the elements that another sequence has too.
    #[member("void IntersectWith(IEnumerable<T> other)")]
    fn intersect_with(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<(), Throw> {
        let set = set_of(cx, this)?;
        intersect(cx, set, other)
    }

    /// Removes the elements that another sequence has too, and adds those that only it has.
    #[member("void SymmetricExceptWith(IEnumerable<T> other)")]
    fn symmetric_except_with(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<(), Throw> {
        let set = set_of(cx, this)?;
        toggle(cx, set, other)
    }

    /// Whether another sequence has all elements.
    #[member("bool IsSubsetOf(IEnumerable<T> other)")]
    fn is_subset_of(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.is_subset())
    }

    /// Whether another sequence has all elements, and others.
    #[member("bool IsProperSubsetOf(IEnumerable<T> other)")]
    fn is_proper_subset_of(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.is_proper_subset())
    }

    /// Whether all elements of another sequence are there.
    #[member("bool IsSupersetOf(IEnumerable<T> other)")]
    fn is_superset_of(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.is_superset())
    }

    /// Whether all elements of another sequence are there, and others.
    #[member("bool IsProperSupersetOf(IEnumerable<T> other)")]
    fn is_proper_superset_of(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.is_proper_superset())
    }

    /// Whether another sequence has one of the elements.
    #[member("bool Overlaps(IEnumerable<T> other)")]
    fn overlaps(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.overlaps())
    }

    /// Whether another sequence has the same elements, in any order and any number.
    #[member("bool SetEquals(IEnumerable<T> other)")]
    fn set_equals(this: Obj<'a>, cx: &mut Cx<'a>, other: Obj<'a>) -> Result<bool, Throw> {
        Ok(position_of(cx, this, other)?.is_equal())
    }
}

/// The set that an object is.
///
/// # Errors
/// `InvalidCastException` if it is none, which the compiler does not let through.
fn set_of<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Set<'a>, Throw> {
    Set::of(object).ok_or_else(|| throw_cast(cx, object.ty(), Ty(&UNTYPED_COLLECTION)))
}

fn position_of<'a>(cx: &mut Cx<'a>, object: Obj<'a>, other: Obj<'a>) -> Result<Position, Throw> {
    let set = set_of(cx, object)?;
    Position::of(cx, set, other)
}
