//! The exceptions that JSON members throw, in the words of Json.NET.
//!
//! Not here: faults of JSON text (`reader::fault`).

use super::exception::{JSON_EXCEPTION, JSON_READER_EXCEPTION};
use super::reader::Fault;
use super::token::{Kind, Token};
use crate::cx::Cx;
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::exception::{
    ARGUMENT_EXCEPTION, ARGUMENT_OUT_OF_RANGE_EXCEPTION, INVALID_CAST_EXCEPTION, INVALID_OPERATION_EXCEPTION,
};

/// Throws an exception whose message is WTF-8.
#[cold]
pub fn throw_wtf8(cx: &mut Cx<'_>, ty: Ty, message: &[u8]) -> Throw {
    let message = cx.str_from_wtf8(message);
    let exception = cx.arena().alloc(Exception::new(ty, Some(message), None));
    cx.throw_exception(exception)
}

/// JSON text is wrong.
#[cold]
pub fn fault(cx: &mut Cx<'_>, fault: &Fault) -> Throw {
    throw_wtf8(cx, Ty(&JSON_READER_EXCEPTION), &fault.0)
}

/// An argument does not fit.
#[cold]
pub fn argument(cx: &mut Cx<'_>, message: &str) -> Throw {
    cx.throw(Ty(&ARGUMENT_EXCEPTION), message)
}

/// The state of a token does not allow what was asked.
#[cold]
pub fn operation(cx: &mut Cx<'_>, message: &str) -> Throw {
    cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), message)
}

/// A path or a tree is wrong.
#[cold]
pub fn json(cx: &mut Cx<'_>, message: &str) -> Throw {
    cx.throw(Ty(&JSON_EXCEPTION), message)
}

/// A token cannot hold another.
#[cold]
pub fn cannot_add<'a>(cx: &mut Cx<'a>, item: &'a Token<'a>, container: &'a Token<'a>) -> Throw {
    let message = format!("Can not add {} to {}.", item.ty().full_name(), container.ty().full_name());
    argument(cx, &message)
}

/// An object has a property of this name already.
#[cold]
pub fn duplicate_property<'a>(cx: &mut Cx<'a>, name: Str<'a>) -> Throw {
    let before = b"Can not add property ".as_slice();
    let after = b" to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on object.".as_slice();
    throw_wtf8(cx, Ty(&ARGUMENT_EXCEPTION), &[before, name.bytes(), after].concat())
}

/// The name of a constructor call is empty.
#[cold]
pub fn empty_name(cx: &mut Cx<'_>) -> Throw {
    cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Constructor name cannot be empty.", "name")
}

/// A property was given a second value.
#[cold]
pub fn several_values(cx: &mut Cx<'_>) -> Throw {
    json(cx, "Newtonsoft.Json.Linq.JProperty cannot have multiple values.")
}

/// The value of a property was to be removed.
#[cold]
pub fn fixed_property(cx: &mut Cx<'_>) -> Throw {
    json(cx, "Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.")
}

/// A token that belongs to none was asked for its parent's help.
#[cold]
pub fn no_parent(cx: &mut Cx<'_>) -> Throw {
    operation(cx, "The parent is missing.")
}

/// A value was asked for a child.
#[cold]
pub fn no_children<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Throw {
    let message = format!("Cannot access child value on {}.", token.ty().full_name());
    operation(cx, &message)
}

/// There is no JSON for a type.
#[cold]
pub fn no_json_type(cx: &mut Cx<'_>, ty: Ty) -> Throw {
    let message = format!("Could not determine JSON object type for type {}.", ty.full_name());
    argument(cx, &message)
}

/// A token cannot be converted to a type of this name.
#[cold]
pub fn cannot_convert(cx: &mut Cx<'_>, from: Kind, to: &str) -> Throw {
    let message = format!("Can not convert {} to {to}.", from.name());
    argument(cx, &message)
}

/// A token is not of a type.
#[cold]
pub fn cannot_cast(cx: &mut Cx<'_>, from: Ty, to: Ty) -> Throw {
    let message = format!("Cannot cast {} to {}.", from.full_name(), to.full_name());
    cx.throw(Ty(&INVALID_CAST_EXCEPTION), &message)
}

fn out_of_range_for(cx: &mut Cx<'_>, message: &str, parameter: &str) -> Throw {
    cx.throw_argument(Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, parameter)
}

/// A position in an array to copy to is negative.
#[cold]
pub fn array_index_below_zero(cx: &mut Cx<'_>) -> Throw {
    out_of_range_for(cx, "arrayIndex is less than 0.", "arrayIndex")
}

/// A value is of a kind that has no order.
#[cold]
pub fn value_type(cx: &mut Cx<'_>, kind: Kind) -> Throw {
    let message = format!("Unexpected value type: {0}\nActual value is {0}.", kind.name());
    out_of_range_for(cx, &message, "valueType")
}

/// An index is negative.
#[cold]
pub fn index_below_zero(cx: &mut Cx<'_>) -> Throw {
    out_of_range_for(cx, "Index is less than 0.", "index")
}

/// An index is that of no child.
#[cold]
pub fn index_past_end(cx: &mut Cx<'_>) -> Throw {
    out_of_range_for(cx, "Index is equal to or greater than Count.", "index")
}

/// A property has no second child.
#[cold]
pub fn out_of_range(cx: &mut Cx<'_>) -> Throw {
    cx.throw(Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), "Specified argument was out of the range of valid values.")
}
