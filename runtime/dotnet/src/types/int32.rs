//! `System.Int32`.

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::object::{Boxed, Ops, REFERENCE};
use crate::rt::scalar_of;
use crate::text::Str;
use crate::types::object::same_bits;

/// The members of `int`.
pub struct Int32;

/// Whole numbers of 32 bits.
#[members("public struct System.Int32 : IComparable<int>, IEquatable<int>", as = INT32, repr = I32, ops = INT32_OPS)]
impl<'a> Int32 {
    /// The largest `int`.
    #[member("const int MaxValue")]
    const MAX_VALUE: Constant = Constant::Int(i32::MAX as i64);

    /// The number in decimal digits.
    #[member("string ToString()", pure)]
    fn to_text(this: i32, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&this.to_string())
    }
}

/// The behaviour of boxed `int`s.
pub static INT32_OPS: Ops = Ops {
    to_text: |cx, object| {
        let value = object.downcast::<Boxed>().map_or(0, |boxed| scalar_of(boxed.value));
        Ok(Int32::to_text(value, cx))
    },
    equals: same_bits,
    hash: |_, object| Ok(object.downcast::<Boxed>().map_or(0, |boxed| scalar_of(boxed.value))),
    ..REFERENCE
};
