//! `System.Object`, `System.ValueType`, and the definition behind arrays.
//!
//! Not here: `Nullable<T>` (`nullable`) and the members of arrays (`array`).

use dotnet_macros::members;

use crate::catalogue::{TypeDef, TypeKind};
use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::array;
use crate::types::reflection::TypeObj;
use crate::word::Repr;

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

    /// The object's own type.
    #[member("Type GetType()", pure)]
    fn get_type(this: Obj<'a>) -> &'a TypeObj {
        TypeObj::of(this.ty())
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

/// What every array is made from; the element type and the rank stand beside it.
pub static ARRAY_DEF: TypeDef = TypeDef {
    name: "System.Array",
    declaration: "public abstract class System.Array : System.Collections.IList",
    docs: "Arrays of any element type.",
    kind: TypeKind::Class,
    arity: 0,
    repr: Repr::Ref,
    members: &[
        array::ARRAY_MEMBERS,
        array::COPYING_MEMBERS,
        array::SEARCHING_MEMBERS,
        array::FINDING_MEMBERS,
        array::SORTING_MEMBERS,
        array::WHOLE_MEMBERS,
    ],
    constants: &[],
    ops: &array::ARRAY_OPS,
    plain: Some(crate::catalogue::ARRAY_BASE),
};
