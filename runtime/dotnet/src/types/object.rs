//! `System.Object`, `System.ValueType`, `System.Nullable<T>`, and the definitions behind arrays and enumerations.

use dotnet_macros::members;

use crate::array::ARRAY_OPS;
use crate::catalogue::{TypeDef, TypeKind};
use crate::cx::Cx;
use crate::object::{Boxed, Obj, Ops, REFERENCE, fold_hash};
use crate::rt::scalar_of;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::word::{Repr, Word};

/// The members of `object`.
pub struct Object;

/// Any value.
#[members("public class System.Object", as = OBJECT)]
impl<'a> Object {
    /// A new object, equal to itself only.
    #[member("Object()")]
    fn new(cx: &mut Cx<'a>) -> Obj<'a> {
        crate::object::bare(cx, Ty(&OBJECT))
    }

    /// The value's text; for types without a text of their own, the type's name.
    #[member("string ToString()", pure)]
    fn to_string(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        this.to_text(cx)
    }

    /// Whether the other is an equal value; for most classes, whether it is the same object.
    #[member("bool Equals(object obj)", pure)]
    fn equals(this: Obj<'a>, cx: &mut Cx<'a>, obj: Option<Obj<'a>>) -> Result<bool, Throw> {
        obj.map_or(Ok(false), |other| this.equals(cx, other))
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()")]
    fn get_hash_code(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        this.hash_code(cx)
    }

    /// Whether two values are equal; nulls are equal to each other.
    #[member("static bool Equals(object objA, object objB)", pure)]
    fn equals_both(cx: &mut Cx<'a>, a: Option<Obj<'a>>, b: Option<Obj<'a>>) -> Result<bool, Throw> {
        match (a, b) {
            (Some(a), Some(b)) => a.equals(cx, b),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    /// Whether both are the same object.
    #[member("static bool ReferenceEquals(object objA, object objB)", pure)]
    fn reference_equals(a: Option<Obj<'a>>, b: Option<Obj<'a>>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a.is_same(b),
            (None, None) => true,
            _ => false,
        }
    }
}

/// The members of `System.ValueType`.
pub struct ValueType;

/// The base of all structs.
#[members("public abstract class System.ValueType", as = VALUE_TYPE)]
impl<'a> ValueType {}

/// The members of `void`.
pub struct Void;

/// No value.
#[members("public struct System.Void", as = VOID, repr = Void)]
impl<'a> Void {}

/// The members of `T?`.
pub struct Nullable;

/// A value or none. A `T?` is a box of its value, or null.
#[members("public struct System.Nullable<T>", as = NULLABLE)]
impl<'a> Nullable {
    /// Whether there is a value.
    #[member("bool HasValue { get; }", pure)]
    fn has_value(this: Option<Obj<'a>>) -> bool {
        this.is_some()
    }

    /// The value.
    ///
    /// # Throws
    /// `InvalidOperationException` if there is none.
    #[member("T Value { get; }", pure)]
    fn value(this: Option<Obj<'a>>, cx: &mut Cx<'a>) -> Result<Word, Throw> {
        match this {
            Some(object) => Ok(unboxed(object)),
            None => Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "Nullable object must have a value.")),
        }
    }

    /// The value, or the other one if there is none.
    #[member("T GetValueOrDefault(T defaultValue)", pure)]
    fn get_value_or(this: Option<Obj<'a>>, default: Word) -> Word {
        this.map_or(default, unboxed)
    }
}

/// The value in a box; the object itself for structs that are kept as objects.
#[must_use]
pub fn unboxed(object: Obj<'_>) -> Word {
    object.downcast::<Boxed>().map_or(object.word(), |boxed| boxed.value)
}

/// What every array is made from; the element type and the rank stand beside it.
pub static ARRAY_DEF: TypeDef = TypeDef {
    name: "System.Array",
    declaration: "public abstract class System.Array",
    docs: "Arrays of any element type.",
    kind: TypeKind::Class,
    arity: 0,
    repr: Repr::Ref,
    members: &[super::array::ARRAY_MEMBERS],
    constants: &[],
    ops: &ARRAY_OPS,
    plain: Some(crate::catalogue::ARRAY_BASE),
};

/// The behaviour of enumerations: the name as text, the number for everything else.
pub static ENUM_OPS: Ops = Ops {
    to_text: |cx, object| {
        let value = object.downcast::<Boxed>().map_or(0, |boxed| scalar_of::<i32>(boxed.value));
        Ok(cx.str(&enum_text(object.ty(), i64::from(value))))
    },
    equals: same_bits,
    hash: |_, object| Ok(object.downcast::<Boxed>().map_or(0, |boxed| fold_hash(u64::from(boxed.value.0 as u32)))),
    compare: Some(|_, a, b| Ok(int_of(a).cmp(&int_of(b)))),
    ..REFERENCE
};

fn int_of(object: Obj<'_>) -> i32 {
    object.downcast::<Boxed>().map_or(0, |boxed| scalar_of(boxed.value))
}

/// `Equals` of boxes: the same type and the same 32 bits.
///
/// # Errors
/// Never.
pub fn same_bits<'a>(_: &mut Cx<'a>, a: Obj<'a>, b: Obj<'a>) -> Result<bool, Throw> {
    Ok(a.ty() == b.ty() && int_of(a) == int_of(b))
}

/// The text of an enumeration's value: its name, the names of its flags, or the number.
#[must_use]
pub fn enum_text(ty: Ty, value: i64) -> String {
    if let Some((name, _)) = ty.def.constants.iter().find(|(_, constant)| *constant == value) {
        return (*name).to_owned();
    }
    if ty.def.declaration.contains("flags ") {
        let mut rest = value;
        let mut names = Vec::new();
        for (name, constant) in ty.def.constants.iter().rev() {
            if *constant != 0 && rest & constant == *constant {
                rest &= !constant;
                names.push(*name);
            }
        }
        if rest == 0 && !names.is_empty() {
            names.reverse();
            return names.join(", ");
        }
    }
    value.to_string()
}
