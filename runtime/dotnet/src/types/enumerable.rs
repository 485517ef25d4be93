//! `IEnumerable<T>` and `IEnumerator<T>`, and the walks that `GetEnumerator()` gives.
//!
//! Not here: how collections are walked (`seq`), and the query operators (`linq`).

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::{Obj, boxed};
use crate::rt::Enumerator;
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
        if !this.stands_on_element() {
            return Err(raise::not_started(cx));
        }
        Ok(boxed(cx, this.element(), this.current.get()))
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
    /// The element that the walk stands on; the default value before the first one.
    #[member("T Current { get; }")]
    fn current(this: &'a Enumerator<'a>) -> Word {
        this.current.get()
    }
}

/// The objects of walks over sequences.
pub struct WalkType;

/// A walk over a sequence.
#[members("internal sealed class System.Collections.Generic.Enumerator<T> : IEnumerator<T>", as = WALK)]
impl<'a> WalkType {}
