//! The numeric types besides `int` and `double`.

use dotnet_macros::members;

/// The members of `byte`.
pub struct Byte;

/// Whole numbers of 8 bits, from 0.
#[members("public struct System.Byte : IComparable<byte>, IEquatable<byte>", as = BYTE, repr = I32)]
impl<'a> Byte {}

/// The members of `long`.
pub struct Int64;

/// Whole numbers of 64 bits.
#[members("public struct System.Int64 : IComparable<long>, IEquatable<long>", as = INT64, repr = I64)]
impl<'a> Int64 {}
