//! `System.Decimal`.

use dotnet_macros::members;

use crate::object::{Header, Ops, REFERENCE};
use crate::ty::Ty;
use crate::word::Word;

/// The object of a `decimal`.
#[repr(C)]
pub struct DecimalObj {
    header: Header,
}

crate::layout!(DecimalObj, DECIMAL_DEF);

static ZERO: DecimalObj = DecimalObj { header: Header { ty: Ty(&DECIMAL) } };

/// Decimal numbers of 28 digits.
#[members("public struct System.Decimal : IComparable<decimal>, IEquatable<decimal>", as = DECIMAL, ops = DECIMAL_OPS)]
impl<'a> DecimalObj {}

/// The behaviour of `decimal`s.
pub static DECIMAL_OPS: Ops = Ops { default: Some(|_| Word(std::ptr::from_ref(&ZERO) as u64)), ..REFERENCE };
