//! `System.Double`.

use dotnet_macros::members;

/// The members of `double`.
pub struct Double;

/// Floating-point numbers of 64 bits.
#[members("public struct System.Double : IComparable<double>, IEquatable<double>", as = DOUBLE, repr = F64)]
impl<'a> Double {}
