//! Looking children up by name, position or an object of either type.
//!
//! Not here: paths of several steps (`jpath`).

use super::token::{Content, Token};
use super::{edit, raise};
use crate::array::Array;
use crate::cx::Cx;
use crate::object::{Obj, is_instance};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::number::INT32;
use crate::types::primitive::value_if;
use crate::types::string::as_string;
use crate::types::{self, exception::ARGUMENT_EXCEPTION};
use crate::word::Role;

/// The property of a name in an object.
#[must_use]
#[inline]
pub fn property<'a>(cx: &Cx<'a>, object: &'a Token<'a>, name: Str<'a>) -> Option<&'a Token<'a>> {
    object.list().and_then(|children| children.find(cx.arena(), name.bytes()))
}

/// The value of the property of a name in an object.
#[must_use]
#[inline]
pub fn member<'a>(cx: &Cx<'a>, object: &'a Token<'a>, name: Str<'a>) -> Option<&'a Token<'a>> {
    property(cx, object, name).map(Token::value_or_self)
}

/// The property of a name, or else the first whose name is equal in a comparison (a number of `StringComparison`).
///
/// # Errors
/// `ArgumentException` for a number that is no comparison.
pub fn property_compared<'a>(
    cx: &mut Cx<'a>,
    object: &'a Token<'a>,
    name: Option<Str<'a>>,
    comparison: i32,
) -> Result<Option<&'a Token<'a>>, Throw> {
    const ORDINAL: i32 = 4;
    let Some(name) = name else { return Ok(None) };
    let exact = property(cx, object, name);
    if exact.is_some() || comparison == ORDINAL {
        return Ok(exact);
    }
    for child in (0..object.count()).filter_map(|index| object.child(index)) {
        if let Some(other) = child.name()
            && Str::equals_both_compared(cx, Some(other), Some(name), comparison)?
        {
            return Ok(Some(child));
        }
    }
    Ok(None)
}

/// The element at a position of an array.
///
/// # Errors
/// `ArgumentOutOfRangeException` past the end.
#[inline]
pub fn element<'a>(cx: &mut Cx<'a>, array: &'a Token<'a>, index: i32) -> Result<&'a Token<'a>, Throw> {
    match usize::try_from(index).ok().and_then(|index| array.child(index)) {
        Some(element) => Ok(element),
        None => Err(types::raise::index(cx, "index")),
    }
}

/// What messages call a key.
fn shown<'a>(cx: &mut Cx<'a>, key: Obj<'a>) -> Result<Vec<u8>, Throw> {
    match as_string(key) {
        Some(text) => Ok([b"\"", text.bytes(), b"\""].concat()),
        None => Ok(key.to_text(cx)?.bytes().to_vec()),
    }
}

/// A key of the wrong type.
#[cold]
fn wrong_key<'a>(cx: &mut Cx<'a>, verb: &str, owner: &str, key: Obj<'a>, expected: &str) -> Throw {
    match shown(cx, key) {
        Ok(key) => {
            let before = format!("{verb} {owner} values with invalid key value: ");
            let message = [before.as_bytes(), &key, b". ", expected.as_bytes(), b" expected."].concat();
            raise::throw_wtf8(cx, Ty(&ARGUMENT_EXCEPTION), &message)
        }
        Err(throw) => throw,
    }
}

/// What a token expects as a key: the name of its type, and of what it expects.
fn keys_of(token: &Token<'_>) -> Option<(&'static str, &'static str)> {
    match token.content() {
        Content::Object(_) => Some(("JObject", "Object property name")),
        Content::Array(_) => Some(("JArray", "Int32 array index")),
        Content::Constructor(_) => Some(("JConstructor", "Argument position index")),
        _ => None,
    }
}

/// `token[key]`.
///
/// # Errors
/// `InvalidOperationException` for tokens without children to be found, `ArgumentException` for a key of the wrong
/// type, `ArgumentOutOfRangeException` for a position that is not there.
pub fn get<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, key: Option<Obj<'a>>) -> Result<Option<&'a Token<'a>>, Throw> {
    let Some((owner, expected)) = keys_of(token) else { return Err(raise::no_children(cx, token)) };
    let Some(key) = key else { return Err(cx.throw_null(Role::Argument("key"))) };
    match (token.content(), as_string(key), value_if::<i32>(Some(key), Ty(&INT32))) {
        (Content::Object(_), Some(name), _) => Ok(member(cx, token, name)),
        (Content::Array(_) | Content::Constructor(_), _, Some(index)) => element(cx, token, index).map(Some),
        _ => Err(wrong_key(cx, "Accessed", owner, key, expected)),
    }
}

/// `token[key] = value`.
///
/// # Errors
/// As [`get`], and what setting throws.
pub fn set<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    key: Option<Obj<'a>>,
    value: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let Some((owner, expected)) = keys_of(token) else {
        let message = format!("Cannot set child value on {}.", token.ty().full_name());
        return Err(raise::operation(cx, &message));
    };
    let Some(key) = key else { return Err(cx.throw_null(Role::Argument("key"))) };
    match (token.content(), as_string(key), value_if::<i32>(Some(key), Ty(&INT32))) {
        (Content::Object(_), Some(name), _) => edit::set_member(cx, token, name, value),
        (Content::Array(_) | Content::Constructor(_), _, Some(index)) => edit::set(cx, token, i64::from(index), value),
        _ => Err(wrong_key(cx, "Set", owner, key, expected)),
    }
}

/// Copies the children into an array, from a position in it on.
///
/// # Errors
/// `ArgumentOutOfRangeException` for a negative position, `ArgumentException` if they do not fit,
/// `InvalidCastException` if the array cannot hold them.
pub fn copy_to<'a>(
    cx: &mut Cx<'a>,
    container: &'a Token<'a>,
    array: &'a Array<'a>,
    array_index: i32,
) -> Result<(), Throw> {
    let Ok(start) = usize::try_from(array_index) else { return Err(raise::array_index_below_zero(cx)) };
    let items = array.items();
    if start >= items.len() && start != 0 {
        return Err(raise::argument(cx, "arrayIndex is equal to or greater than the length of array."));
    }
    if container.count() > items.len() - start {
        let message = "The number of elements in the source JObject is greater than the available space from arrayIndex \
                       to the end of the destination array.";
        return Err(raise::argument(cx, message));
    }
    let children = (0..container.count()).filter_map(|index| container.child(index));
    for (child, place) in children.zip(items.iter().skip(start)) {
        if !is_instance(Some(child.object()), array.element()) {
            return Err(types::raise::store(cx));
        }
        place.set(child.object().word());
    }
    Ok(())
}
