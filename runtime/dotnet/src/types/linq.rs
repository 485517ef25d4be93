//! `System.Linq.Enumerable`, and the sequences that its members give.

use dotnet_macros::members;

use crate::seq::LAZY_OPS;

/// The objects of lazy sequences.
pub struct LazyType;

/// A sequence that is made while it is walked.
#[members("internal sealed class System.Linq.Enumerable.Iterator<T> : IEnumerable<T>", as = LAZY, ops = LAZY_OPS)]
impl<'a> LazyType {}
