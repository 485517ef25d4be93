//! `System.DateTime`.

use dotnet_macros::members;

/// The members of `DateTime`.
pub struct DateTimeType;

/// A moment, in ticks of 100 ns since the year 1, with its kind.
#[members("public struct System.DateTime : IComparable<DateTime>, IEquatable<DateTime>", as = DATE_TIME, repr = I64)]
impl<'a> DateTimeType {}
