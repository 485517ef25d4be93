//! `ISet<T>`.
//!
//! Not here: the sets themselves (`hash_set`, `sorted_set`).

use dotnet_macros::members;

/// The members of `ISet<T>`.
pub struct SetInterface;

/// Elements each of which is there once.
#[members("public interface System.Collections.Generic.ISet<T> : ICollection<T>", as = SET_INTERFACE)]
impl<'a> SetInterface {}
