//! `System.Nullable<T>`, and the static class `System.Nullable`.
//!
//! A `T?` is a box of its value, or null; structs that are objects anyway are their own boxes.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::{self, Boxed, Obj};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::types::primitive::sign_of;
use crate::types::reflection::TypeObj;
use crate::word::Word;

/// The members of `T?`.
pub struct Nullable;

/// A value or none.
#[members("public struct System.Nullable<T>", as = NULLABLE)]
impl<'a> Nullable {
    /// A value.
    #[member("Nullable(T value)", pure)]
    fn new(cx: &mut Cx<'a>, value: Word, ty: Ty) -> Word {
        let inner = ty.nullable_inner().unwrap_or(ty);
        object::boxed(cx, inner, value)
    }

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

    /// The value, or the default of its type if there is none.
    ///
    /// A null does not tell its type, so that this gives the word 0, which every member takes for the default; where
    /// the type is known, `GetValueOrDefault(default(T))` gives the default itself.
    #[member("T GetValueOrDefault()", pure)]
    fn get_value_or_default(this: Option<Obj<'a>>) -> Word {
        this.map_or(Word::ZERO, unboxed)
    }

    /// The value, or the other one if there is none.
    #[member("T GetValueOrDefault(T defaultValue)", pure)]
    fn get_value_or(this: Option<Obj<'a>>, default: Word) -> Word {
        this.map_or(default, unboxed)
    }

    /// The value's text; empty if there is none.
    #[member("string ToString()", pure)]
    fn to_text(this: Option<Obj<'a>>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        this.map_or(Ok(Str::EMPTY), |object| object.to_text(cx))
    }

    /// Whether the other is an equal value; no value equals null.
    #[member("bool Equals(object other)", pure)]
    fn equals(this: Option<Obj<'a>>, cx: &mut Cx<'a>, other: Option<Obj<'a>>) -> Result<bool, Throw> {
        match (this, other) {
            (Some(this), Some(other)) => this.equals(cx, other),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    /// The hash code of the value; 0 if there is none.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: Option<Obj<'a>>, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        this.map_or(Ok(0), |object| object.hash_code(cx))
    }
}

/// The value in a box; the object itself for structs that are kept as objects.
#[must_use]
pub fn unboxed(object: Obj<'_>) -> Word {
    object.downcast::<Boxed>().map_or(object.word(), |boxed| boxed.value)
}

/// The members of the static class `Nullable`.
pub struct NullableClass;

/// What can be done with two values or none.
#[members("public static class System.Nullable", as = NULLABLE_CLASS)]
impl<'a> NullableClass {
    /// The order of the two; no value comes first.
    #[member("static int Compare<T>(T? n1, T? n2)", pure)]
    fn compare(cx: &mut Cx<'a>, a: Option<Obj<'a>>, b: Option<Obj<'a>>, ty: Ty) -> Result<i32, Throw> {
        let (a, b) = (word_of(a), word_of(b));
        object::words_compare(cx, Ty::nullable(ty), a, b).map(sign_of)
    }

    /// Whether the two are equal; no value equals no value.
    #[member("static bool Equals<T>(T? n1, T? n2)", pure)]
    fn equals(cx: &mut Cx<'a>, a: Option<Obj<'a>>, b: Option<Obj<'a>>, ty: Ty) -> Result<bool, Throw> {
        let (a, b) = (word_of(a), word_of(b));
        object::words_equal(cx, Ty::nullable(ty), a, b)
    }

    /// `T` of `T?`; null for other types.
    #[member("static Type GetUnderlyingType(Type nullableType)", pure)]
    fn get_underlying_type(ty: &'a TypeObj) -> Option<&'a TypeObj> {
        ty.ty().nullable_inner().map(|inner| -> &'a TypeObj { TypeObj::of(inner) })
    }
}

fn word_of(object: Option<Obj<'_>>) -> Word {
    object.map_or(Word::ZERO, Obj::word)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Object, call, ty};

    #[test]
    fn a_nullable_is_a_value_or_none() {
        assert_eq!(call("System.Nullable::bool HasValue { get; }", &[&Null]), "False");
        assert_eq!(call("System.Nullable::bool HasValue { get; }", &[&Object(5)]), "True");
        assert_eq!(
            call("System.Nullable::T Value { get; }", &[&Null]),
            "InvalidOperationException: Nullable object must have a value."
        );
        assert_eq!(call("System.Nullable::string ToString()", &[&Null]), "");
        assert_eq!(call("System.Nullable::string ToString()", &[&Object(5)]), "5");
        assert_eq!(call("System.Nullable::bool Equals(object other)", &[&Null, &Null]), "True");
        assert_eq!(call("System.Nullable::bool Equals(object other)", &[&Object(5), &Object(5)]), "True");
        assert_eq!(call("System.Nullable::bool Equals(object other)", &[&Object(5), &Object(5_i64)]), "False");
        assert_eq!(call("System.Nullable::int GetHashCode()", &[&Null]), "0");
        let compare = "System.Nullable::static int Compare<T>(T? n1, T? n2)";
        assert_eq!(call(compare, &[&Null, &Object(5), &ty("int")]), "-1");
        assert_eq!(call(compare, &[&Object(7), &Object(5), &ty("int")]), "1");
    }
}
