//! What boxes of the primitive types have in common.
//!
//! Not here: the types themselves (`boolean`, `char`, `number`, `double`).

use std::cmp::Ordering;

use crate::cx::Cx;
use crate::object::{Boxed, Obj};
use crate::rt::{Scalar, scalar_of};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::word::{Char, Word};

macro_rules! scalars {
    ($($ty:ty, |$word:ident| $value:expr;)*) => {$(
        impl Scalar for $ty {
            #[inline]
            fn of($word: Word) -> Self { $value }
        }
    )*};
}

scalars! {
    i8, |w| w.0 as i8;
    u8, |w| w.0 as u8;
    i16, |w| w.0 as i16;
    u16, |w| w.0 as u16;
    u32, |w| w.0 as u32;
    u64, |w| w.0;
    Char, |w| Char(w.0 as u16);
}

/// The value in a box of a primitive type, which the object's own type says it is.
#[must_use]
pub fn value_of<T: Scalar>(object: Obj<'_>) -> T {
    scalar_of(object.downcast::<Boxed>().map_or(Word::ZERO, |boxed| boxed.value))
}

/// The value in a box of exactly the type `ty`.
#[must_use]
pub fn value_if<T: Scalar>(object: Option<Obj<'_>>, ty: Ty) -> Option<T> {
    object.filter(|object| object.ty() == ty).map(value_of)
}

/// An order as `CompareTo` gives it: -1, 0 or 1.
#[must_use]
pub fn sign_of(order: Ordering) -> i32 {
    order as i32
}

/// What `CompareTo(object)` gives for a value of type `ty`, which the keyword `name` names: null comes first.
///
/// # Errors
/// `ArgumentException` if the object is of another type.
pub fn compare_to_object<'a, T: Scalar>(
    cx: &mut Cx<'a>,
    ty: Ty,
    other: Option<Obj<'a>>,
    order: impl FnOnce(T) -> Ordering,
) -> Result<i32, Throw> {
    match other {
        None => Ok(1),
        Some(other) if other.ty() == ty => Ok(sign_of(order(value_of(other)))),
        Some(_) => {
            let message = format!("Object must be of type {}.", ty.def.short_name());
            Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &message))
        }
    }
}
