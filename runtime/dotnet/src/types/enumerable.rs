//! `IEnumerable<T>` and `IEnumerator<T>`, and the walks that `GetEnumerator()` gives.
//!
//! Not here: how collections are walked (`seq`), and the query operators (`linq`).

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::{Obj, boxed};
use crate::rt::{Enumerator, Position};
use crate::throw::Throw;
use crate::types::raise;
use crate::word::Word;

/// The members of `IEnumerable`.
pub struct UntypedEnumerableType;

/// Elements of any type that can be walked.
#[members("public interface System.Collections.IEnumerable", as = UNTYPED_ENUMERABLE)]
impl<'a> UntypedEnumerableType {
    /// A walk that stands before the first element.
    #[member("IEnumerator GetEnumerator()")]
    fn get_enumerator(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, this, this.ty().sequence_element().unwrap_or(OBJECT))
    }
}

/// The members of `IEnumerable<T>`.
pub struct EnumerableType;

/// Elements that can be walked.
#[members("public interface System.Collections.Generic.IEnumerable<out T> : IEnumerable", as = ENUMERABLE)]
impl<'a> EnumerableType {
    /// A walk that stands before the first element.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        Enumerator::start(cx, this, this.ty().sequence_element().unwrap_or(OBJECT))
    }
}

/// The members of `IEnumerator`.
pub struct UntypedEnumeratorType;

/// A walk over elements of any type.
#[members("public interface System.Collections.IEnumerator", as = UNTYPED_ENUMERATOR)]
impl<'a> UntypedEnumeratorType {
    /// Steps to the next element; false at the end.
    ///
    /// # Throws
    /// `InvalidOperationException` if the collection was changed meanwhile.
    #[member("bool MoveNext()")]
    fn move_next(this: &'a Enumerator<'a>, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        this.move_next(cx)
    }

    /// The element that the walk stands on.
    ///
    /// # Throws
    /// `InvalidOperationException` before the first element and after the last.
    #[member("object Current { get; }")]
    fn current(this: &'a Enumerator<'a>, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        if this.position() != Position::On && !this.is_strict() {
            return Err(raise::not_started(cx));
        }
        let word = current(cx, this)?;
        Ok(boxed(cx, this.element(), word))
    }

    /// Goes back before the first element, for the few walks that can.
    ///
    /// # Throws
    /// `NotSupportedException`: no walk here goes back.
    #[member("void Reset()")]
    fn reset(_this: &'a Enumerator<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        Err(raise::not_supported(cx))
    }
}

/// The members of `IEnumerator<T>`.
pub struct EnumeratorType;

/// A walk over elements.
#[members("public interface System.Collections.Generic.IEnumerator<out T> : IEnumerator, IDisposable", as = ENUMERATOR)]
impl<'a> EnumeratorType {
    /// The element that the walk stands on; where there is none, the type's default.
    ///
    /// # Throws
    /// `InvalidOperationException` if the walk is one over an array and stands on no element.
    #[member("T Current { get; }")]
    fn current(this: &'a Enumerator<'a>, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        current(cx, this)
    }
}

fn current<'a>(cx: &mut Cx<'a>, walk: &Enumerator<'a>) -> Result<Word, Throw> {
    match walk.position() {
        Position::Before if walk.is_strict() => Err(raise::before_first(cx)),
        Position::Behind if walk.is_strict() => Err(raise::behind_last(cx)),
        _ => Ok(walk.current.get()),
    }
}

/// The objects of walks over sequences.
pub struct WalkType;

/// A walk over a sequence.
#[members("internal sealed class System.Collections.Generic.Enumerator<T> : IEnumerator<T>", as = WALK)]
impl<'a> WalkType {}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, ty, with_harness};

    #[test]
    fn walks_tell_where_they_stand() {
        with_harness(|harness| {
            let walk = "System.Collections.Generic.IEnumerable::IEnumerator<T> GetEnumerator()";
            let (owner, numbers) = (Some(ty("IEnumerable<int>")), Items("int", &[&7]));
            let array = harness.word_on(owner, walk, &[&numbers]);
            let list = "System.Collections.Generic.List::List(IEnumerable<T> collection)";
            let list = harness.word_on(Some(ty("List<int>")), list, &[&numbers]);
            let list = harness.word_on(owner, walk, &[&list]);
            let (typed, untyped) = (
                "System.Collections.Generic.IEnumerator::T Current { get; }",
                "System.Collections.IEnumerator::object Current { get; }",
            );
            let not_on = "InvalidOperationException: Enumeration has either not started or has already finished.";
            let states = [
                ("InvalidOperationException: Enumeration has not started. Call MoveNext.", "0", not_on),
                ("7", "7", "7"),
                ("InvalidOperationException: Enumeration already finished.", "0", not_on),
            ];
            for (of_array, of_list, of_list_untyped) in states {
                let owner = Some(ty("IEnumerator<int>"));
                assert_eq!(harness.call_on(owner, typed, &[&array]), of_array);
                assert_eq!(harness.call(untyped, &[&array]), of_array);
                assert_eq!(harness.call_on(owner, typed, &[&list]), of_list);
                assert_eq!(harness.call(untyped, &[&list]), of_list_untyped);
                for walk in [array, list] {
                    harness.call("System.Collections.IEnumerator::bool MoveNext()", &[&walk]);
                }
            }
            assert_eq!(
                harness.call("System.Collections.IEnumerator::void Reset()", &[&list]),
                "NotSupportedException: Specified method is not supported."
            );
        });
    }
}
