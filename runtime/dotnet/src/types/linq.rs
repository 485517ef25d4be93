//! `System.Linq.Enumerable`, and the sequences that its members give.

use dotnet_macros::members;

use crate::seq::LAZY_OPS;

/// The objects of lazy sequences.
pub struct LazyType;

/// A sequence that is made while it is walked.
#[members("internal sealed class System.Linq.Enumerable.Iterator<T> : IEnumerable<T>", as = LAZY, ops = LAZY_OPS)]
impl<'a> LazyType {}

/// The objects of walks over sequences.
pub struct EnumeratorType;

/// A walk over a sequence.
#[members("internal sealed class System.Collections.Generic.Enumerator<T>", as = ENUMERATOR)]
impl<'a> EnumeratorType {}
