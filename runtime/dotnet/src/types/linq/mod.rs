//! `System.Linq.Enumerable`: the query operators, one module for each kind.
//!
//! An operator that gives a sequence gives a lazy one: every walk asks the source anew and calls the lambdas anew. Where
//! .NET asks an array or list for a single element instead of walking it, so do the operators here, because a policy can
//! count how often its lambdas are called.
//!
//! Not here: how sequences are walked (`seq`).

mod aggregate;
mod chain;
mod convert;
mod direct;
mod element;
mod extreme;
mod filter;
mod generate;
mod group;
mod join;
mod lookup;
mod numeric;
mod order;
mod part;
mod project;
mod quantifier;
mod set;
mod sum;
#[cfg(test)]
mod tests;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::Obj;
use crate::seq::{Cursor, LAZY_OPS, Lazy};
use crate::throw::Throw;
use crate::ty::Ty;

pub use lookup::{GROUPING_DEF, GROUPING_INTERFACE_DEF, LOOKUP_DEF, LOOKUP_INTERFACE_DEF};
pub use order::{ORDERED_DEF, ORDERED_INTERFACE_DEF};

/// The objects of lazy sequences.
pub struct LazyType;

/// A sequence that is made while it is walked.
#[members("internal sealed class System.Linq.Enumerable.Iterator<T> : IEnumerable<T>", as = LAZY, ops = LAZY_OPS)]
impl<'a> LazyType {}

/// The query operators.
pub struct Enumerable;

/// Questions to sequences, and sequences made of others.
#[members(
    "public static class System.Linq.Enumerable",
    as = ENUMERABLE,
    groups = [
        AGGREGATE_MEMBERS, CHAIN_MEMBERS, CONVERT_MEMBERS, ELEMENT_MEMBERS, EXTREME_MEMBERS, DECIMAL_EXTREMES,
        DOUBLE_EXTREMES, INT32_EXTREMES, INT64_EXTREMES, SINGLE_EXTREMES, FILTER_MEMBERS, GENERATE_MEMBERS,
        GROUP_MEMBERS, JOIN_MEMBERS,
        ORDER_MEMBERS, PART_MEMBERS, PROJECT_MEMBERS, QUANTIFIER_MEMBERS, SET_MEMBERS, DECIMAL_SUMS, DOUBLE_SUMS,
        INT32_SUMS, INT64_SUMS, SINGLE_SUMS
    ]
)]
impl<'a> Enumerable {}

/// A sequence of `element`s whose walks a closure starts.
fn lazy<'a>(cx: &Cx<'a>, element: Ty, start: impl Fn(&mut Cx<'a>) -> Result<Cursor<'a>, Throw> + 'a) -> Obj<'a> {
    Lazy::of(cx, element, start)
}

use aggregate::AGGREGATE_MEMBERS;
use chain::CHAIN_MEMBERS;
use convert::CONVERT_MEMBERS;
use element::ELEMENT_MEMBERS;
use extreme::{DECIMAL_EXTREMES, DOUBLE_EXTREMES, EXTREME_MEMBERS, INT32_EXTREMES, INT64_EXTREMES, SINGLE_EXTREMES};
use filter::FILTER_MEMBERS;
use generate::GENERATE_MEMBERS;
use group::GROUP_MEMBERS;
use join::JOIN_MEMBERS;
use order::ORDER_MEMBERS;
use part::PART_MEMBERS;
use project::PROJECT_MEMBERS;
use quantifier::QUANTIFIER_MEMBERS;
use set::SET_MEMBERS;
use sum::{DECIMAL_SUMS, DOUBLE_SUMS, INT32_SUMS, INT64_SUMS, SINGLE_SUMS};
