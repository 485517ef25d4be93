//! The extension methods that the service adds: `GetValueOrDefault`, `AsJwt`, `AsBasic`.
//!
//! Not here: those of forms (`form`).

use dotnet_macros::members;

use super::dictionary::{HeaderDictionary, joined_header};
use super::headers::Name;
use super::token::{Basic, Jwt};
use crate::array::Array;
use crate::cx::Cx;
use crate::object::{NotNull, Obj, is_instance, word_as};
use crate::rt::{Out, default_word};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::exception::make;
use crate::word::{Role, Word};

/// The extension methods of the service.
pub struct PolicyExtensions;

/// What the service adds to the types of .NET.
#[members("public static class Tollgate.PolicyExtensions", as = POLICY_EXTENSIONS, groups = [super::form::FORMS])]
impl<'a> PolicyExtensions {
    /// The values of a header, query parameter or claim with commas between them; null if it is not there.
    #[member("static string GetValueOrDefault(this IReadOnlyDictionary<string, string[]> map, string name)", reads_message, prepare(1 = HeaderName, prepared_joined_or_null))]
    fn joined_or_null(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>) -> Result<Option<Str<'a>>, Throw> {
        joined(cx, map, name)
    }

    fn prepared_joined_or_null(
        cx: &mut Cx<'a>,
        map: Obj<'a>,
        name: &'a PreparedName,
    ) -> Result<Option<Str<'a>>, Throw> {
        prepared_joined(cx, map, name)
    }

    /// The values of a header, query parameter or claim with commas between them; the default if it is not there.
    #[member("static string GetValueOrDefault(this IReadOnlyDictionary<string, string[]> map, string name, string defaultValue)", reads_message, prepare(1 = HeaderName, prepared_joined_or))]
    fn joined_or(
        cx: &mut Cx<'a>,
        map: Obj<'a>,
        name: Str<'a>,
        default: Option<Str<'a>>,
    ) -> Result<Option<Str<'a>>, Throw> {
        Ok(joined(cx, map, name)?.or(default))
    }

    fn prepared_joined_or(
        cx: &mut Cx<'a>,
        map: Obj<'a>,
        name: &'a PreparedName,
        default: Option<Str<'a>>,
    ) -> Result<Option<Str<'a>>, Throw> {
        Ok(prepared_joined(cx, map, name)?.or(default))
    }

    /// A parameter that the URL template found; null if it is not there.
    #[member(
        "static string GetValueOrDefault(this IReadOnlyDictionary<string, string> map, string name)",
        reads_message
    )]
    fn text_or_null(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>) -> Result<Word, Throw> {
        Ok(find(cx, map, name)?.unwrap_or(Word::ZERO))
    }

    /// A parameter that the URL template found; the default if it is not there.
    #[member(
        "static string GetValueOrDefault(this IReadOnlyDictionary<string, string> map, string name, string defaultValue)",
        reads_message
    )]
    fn text_or(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>, default: Word) -> Result<Word, Throw> {
        Ok(find(cx, map, name)?.unwrap_or(default))
    }

    /// A variable; null if it was not set.
    #[member("static object GetValueOrDefault(this IReadOnlyDictionary<string, object> map, string name)")]
    fn object_or_null(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>) -> Result<Word, Throw> {
        Ok(find(cx, map, name)?.unwrap_or(Word::ZERO))
    }

    /// A variable of this type; the type's default if it was not set.
    ///
    /// # Throws
    /// `UserVariableCastException` if it is of another type.
    #[member("static T GetValueOrDefault<T>(this IReadOnlyDictionary<string, object> map, string name)")]
    fn value_or_default(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>, ty: Ty) -> Result<Word, Throw> {
        variable(cx, map, name, ty, default_word(ty))
    }

    /// A variable of this type; the default if it was not set.
    ///
    /// # Throws
    /// `UserVariableCastException` if it is of another type.
    #[member(
        "static T GetValueOrDefault<T>(this IReadOnlyDictionary<string, object> map, string name, T defaultValue)"
    )]
    fn value_or(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>, default: Word, ty: Ty) -> Result<Word, Throw> {
        variable(cx, map, name, ty, default)
    }

    /// The value of a key; the type's default if it is not there.
    #[member("static TValue GetValueOrDefault<TKey, TValue>(this IReadOnlyDictionary<TKey, TValue> map, TKey key)")]
    fn of_key(cx: &mut Cx<'a>, map: Obj<'a>, key: Word, _: Ty, value: Ty) -> Result<Word, Throw> {
        Ok(find_key(cx, map, key)?.unwrap_or_else(|| default_word(value)))
    }

    /// The value of a key; the default if it is not there.
    #[member(
        "static TValue GetValueOrDefault<TKey, TValue>(this IReadOnlyDictionary<TKey, TValue> map, TKey key, TValue defaultValue)"
    )]
    fn of_key_or(cx: &mut Cx<'a>, map: Obj<'a>, key: Word, default: Word, _: Ty, _: Ty) -> Result<Word, Throw> {
        Ok(find_key(cx, map, key)?.unwrap_or(default))
    }

    /// The value of a key; the type's default if it is not there.
    #[member("static TValue GetValueOrDefault<TKey, TValue>(this IDictionary<TKey, TValue> map, TKey key)")]
    fn of_writable_key(cx: &mut Cx<'a>, map: Obj<'a>, key: Word, _: Ty, value: Ty) -> Result<Word, Throw> {
        Ok(find_key(cx, map, key)?.unwrap_or_else(|| default_word(value)))
    }

    /// The value of a key; the default if it is not there.
    #[member(
        "static TValue GetValueOrDefault<TKey, TValue>(this IDictionary<TKey, TValue> map, TKey key, TValue defaultValue)"
    )]
    fn of_writable_key_or(
        cx: &mut Cx<'a>,
        map: Obj<'a>,
        key: Word,
        default: Word,
        _: Ty,
        _: Ty,
    ) -> Result<Word, Throw> {
        Ok(find_key(cx, map, key)?.unwrap_or(default))
    }

    /// The token that a text holds, with or without `Bearer` before it; null if it holds none. It is not verified.
    #[member("static Jwt AsJwt(this string text)")]
    fn as_jwt(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Option<&'a Jwt<'a>> {
        text.and_then(|text| Jwt::parse(cx, text))
    }

    /// Whether a text holds a token, and the token. It is not verified.
    #[member("static bool TryParseJwt(this string text, out Jwt result)")]
    fn try_parse_jwt(cx: &mut Cx<'a>, text: Option<Str<'a>>, result: Out<'a>) -> bool {
        let token = text.and_then(|text| Jwt::parse(cx, text));
        result.set(cx, token);
        token.is_some()
    }

    /// The user and password of a `Basic` header; null if the text is none.
    #[member("static BasicAuthCredentials AsBasic(this string text)")]
    fn as_basic(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Option<&'a Basic<'a>> {
        text.and_then(|text| Basic::parse(cx, text))
    }

    /// Whether a text is a `Basic` header, and its user and password.
    #[member("static bool TryParseBasic(this string text, out BasicAuthCredentials result)")]
    fn try_parse_basic(cx: &mut Cx<'a>, text: Option<Str<'a>>, result: Out<'a>) -> bool {
        let credentials = text.and_then(|text| Basic::parse(cx, text));
        result.set(cx, credentials);
        credentials.is_some()
    }
}

crate::types::exception::exceptions! {
    USER_VARIABLE_CAST_EXCEPTION, UserVariableCastType, "UserVariableCastException",
        "public sealed class UserVariableCastException : Exception", None, [],
        "A variable is not of the type that a policy asks for.";
}

/// A header's name that was checked when its document was loaded.
pub struct PreparedName {
    text: String,
    name: Option<http::HeaderName>,
}

impl PreparedName {
    /// A name, checked.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), name: http::HeaderName::from_bytes(text.as_bytes()).ok() }
    }

    fn as_name(&self) -> Name<'_> {
        match &self.name {
            Some(name) => Name::checked(&self.text, name),
            None => Name::new(&self.text),
        }
    }
}

// SAFETY: the loader puts the address of a prepared name where code passes one.
unsafe impl<'a> crate::word::FromWord<'a> for &'a PreparedName {
    const REPR: crate::word::Repr = crate::word::Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: as above; prepared names live as long as their document, which the request holds.
        Ok(unsafe { &*(word.0 as *const PreparedName) })
    }
}

fn find<'a>(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>) -> Result<Option<Word>, Throw> {
    find_key(cx, map, name.word())
}

/// The value of a key of the map's own type.
fn find_key<'a>(cx: &mut Cx<'a>, map: Obj<'a>, key: Word) -> Result<Option<Word>, Throw> {
    match map.ty().def.ops.keyed {
        Some(keyed) => (keyed.find)(cx, map, key),
        None => Ok(None),
    }
}

/// The values of a key with commas between them.
fn joined<'a>(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>) -> Result<Option<Str<'a>>, Throw> {
    if let Some(headers) = map.downcast::<HeaderDictionary<'a>>() {
        return Ok(joined_header(cx, &headers.headers, Name::new(&name.to_utf8())));
    }
    let Some(word) = find(cx, map, name)? else { return Ok(None) };
    // SAFETY: the values of the map are arrays of strings, or null.
    let Some(values) = (unsafe { Obj::from_address(word) }).and_then(Obj::downcast::<Array<'a>>) else {
        return Ok(None);
    };
    let words: Vec<Word> = values.items().iter().map(std::cell::Cell::get).collect();
    if let [single] = words.as_slice() {
        // SAFETY: an element of an array of strings.
        return Ok((!single.is_null()).then(|| unsafe { Str::from_not_null(*single) }));
    }
    let mut text = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        if !word.is_null() {
            // SAFETY: an element of an array of strings.
            let part: Str<'a> = unsafe { Str::from_not_null(*word) };
            crate::wtf8::append(&mut text, part.bytes());
        }
    }
    cx.reserve(text.len())?;
    Ok(Some(cx.str_from_wtf8(&text)))
}

fn prepared_joined<'a>(cx: &mut Cx<'a>, map: Obj<'a>, name: &'a PreparedName) -> Result<Option<Str<'a>>, Throw> {
    match map.downcast::<HeaderDictionary<'a>>() {
        Some(headers) => Ok(joined_header(cx, &headers.headers, name.as_name())),
        None => {
            let name = Str::over(cx.arena(), &name.text);
            joined(cx, map, name)
        }
    }
}

fn variable<'a>(cx: &mut Cx<'a>, map: Obj<'a>, name: Str<'a>, ty: Ty, default: Word) -> Result<Word, Throw> {
    let Some(word) = find(cx, map, name)? else { return Ok(default) };
    // SAFETY: the values of variables are objects.
    let value = unsafe { Obj::from_address(word) };
    if let Some(word) = word_as(value, ty)
        && (value.is_none() || is_instance(value, ty))
    {
        return Ok(word);
    }
    let found = value.map_or_else(|| "null".to_owned(), |object| object.ty().full_name());
    let message = format!(
        "Unable to convert context variable `{}` of type `{found}` to the type of `{}`.",
        name.to_utf8(),
        ty.full_name()
    );
    Err(cx.throw(Ty(&USER_VARIABLE_CAST_EXCEPTION), &message))
}
