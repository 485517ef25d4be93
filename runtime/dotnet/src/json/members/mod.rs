//! The types of Newtonsoft.Json and their members.

pub mod array;
pub mod constructor;
pub mod container;
pub mod conversion;
pub mod convert;
pub mod enumerable;
pub mod equality;
pub mod extensions;
pub mod list;
pub mod object;
pub mod property;
pub mod raw;
pub mod token;
pub mod value;

#[cfg(test)]
mod tests;

use super::writer::{self, Formatting};
use super::{compare, walk};
use crate::object::{Ops, REFERENCE};
use crate::text::Str;

use super::token::Token;

crate::enumeration! {
    /// How JSON text is laid out.
    FORMATTING, FORMATTING_DEF, "public enum Newtonsoft.Json.Formatting", "Newtonsoft.Json.Formatting",
    [("None", 0), ("Indented", 1)]
}

crate::enumeration! {
    /// The kinds of tokens.
    TOKEN_TYPE, TOKEN_TYPE_DEF, "public enum Newtonsoft.Json.Linq.JTokenType", "Newtonsoft.Json.Linq.JTokenType",
    [
        ("None", 0), ("Object", 1), ("Array", 2), ("Constructor", 3), ("Property", 4), ("Comment", 5), ("Integer", 6),
        ("Float", 7), ("String", 8), ("Boolean", 9), ("Null", 10), ("Undefined", 11), ("Date", 12), ("Raw", 13),
        ("Bytes", 14), ("Guid", 15), ("Uri", 16), ("TimeSpan", 17),
    ]
}

/// The behaviour of tokens that hold others: indented JSON as text, identity, the children as elements.
pub static CONTAINER_OPS: Ops = Ops {
    to_text: |cx, object| match object.downcast::<Token<'_>>() {
        Some(token) => writer::to_text(cx, token, Formatting::Indented),
        None => Ok(Str::EMPTY),
    },
    elements: Some(|cx, object, _| Ok(walk::children(cx, object.downcast::<Token<'_>>()))),
    count: Some(|object| object.downcast::<Token<'_>>().map_or(0, Token::count)),
    collection: Some(&list::LIST),
    from_body: Some(super::body::from_body),
    ..REFERENCE
};

/// The behaviour of `JValue`s: the value's own text, equality and order; no elements.
pub static VALUE_OPS: Ops = Ops {
    to_text: |cx, object| match object.downcast::<Token<'_>>() {
        Some(token) => super::value::text(cx, token, None),
        None => Ok(Str::EMPTY),
    },
    format: Some(|cx, object, format| match object.downcast::<Token<'_>>() {
        Some(token) => super::value::text(cx, token, Some(format)),
        None => Ok(Str::EMPTY),
    }),
    equals: |cx, a, b| match (a.downcast::<Token<'_>>(), b.downcast::<Token<'_>>()) {
        (Some(a), Some(b)) if b.is_value() => compare::values_equal(cx, a, b),
        _ => Ok(false),
    },
    hash: |cx, object| {
        let held = object.downcast::<Token<'_>>().and_then(|token| token.held(cx));
        held.map_or(Ok(0), |held| held.hash_code(cx))
    },
    compare: Some(|cx, a, b| match (a.downcast::<Token<'_>>(), b.downcast::<Token<'_>>()) {
        (Some(a), Some(b)) => compare::compare(cx, a, b),
        _ => Ok(std::cmp::Ordering::Greater),
    }),
    elements: Some(|cx, object, _| Ok(walk::children(cx, object.downcast::<Token<'_>>()))),
    count: Some(|_| 0),
    ..REFERENCE
};
