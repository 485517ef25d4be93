//! `System.Boolean`.

use dotnet_macros::members;

use crate::object::{Boxed, Ops, REFERENCE};
use crate::rt::scalar_of;
use crate::text::{Str, StrObj};
use crate::types::object::same_bits;

static TRUE: StrObj = StrObj::ascii("True");
static FALSE: StrObj = StrObj::ascii("False");

/// The members of `bool`.
pub struct Boolean;

/// True or false.
#[members("public struct System.Boolean : IComparable<bool>, IEquatable<bool>", as = BOOLEAN, repr = I32, ops = BOOLEAN_OPS)]
impl<'a> Boolean {
    /// `True` or `False`.
    #[member("string ToString()", pure)]
    fn to_text(this: bool) -> Str<'a> {
        Str::from_static(if this { &TRUE } else { &FALSE })
    }
}

/// The behaviour of boxed `bool`s.
pub static BOOLEAN_OPS: Ops = Ops {
    to_text: |_, object| Ok(Boolean::to_text(object.downcast::<Boxed>().is_some_and(|boxed| scalar_of(boxed.value)))),
    equals: same_bits,
    hash: |_, object| Ok(object.downcast::<Boxed>().map_or(0, |boxed| scalar_of(boxed.value))),
    ..REFERENCE
};
