//! Conversions of tokens to other types: C#'s casts, `Value<T>()` and `ToObject<T>()`.
//!
//! Not here: making .NET objects of whole trees (`deserialize`).

use super::big_integer::BigInteger;
use super::raise;
use super::token::{Content, Kind, Token};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::format::number::integer::Integer;
use crate::format::time::{DateTime, DateTimeOffset, DateTimeStyles, TimeSpan};
use crate::format::uri::UriKind;
use crate::format::{Decimal, base64};
use crate::object::{Obj, is_instance, unboxed};
use crate::rt::default_word;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::convert::{self, Value, change};
use crate::types::date_time::{now, thrown};
use crate::types::date_time_offset::OffsetObj;
use crate::types::guid::{GuidObj, GuidType};
use crate::types::primitive::value_if;
use crate::types::string::as_string;
use crate::types::time_span::TIME_SPAN;
use crate::types::uri::UriObj;
use crate::types::value_interface::{FORMATTABLE_DEF, UNTYPED_COMPARABLE_DEF};
use crate::word::{Char, IntoWord, Role, Word};

/// The kinds of tokens that convert to a number or `bool`.
const NUMBERS: &[Kind] = &[Kind::Integer, Kind::Float, Kind::String, Kind::Comment, Kind::Raw, Kind::Boolean];
/// The kinds of tokens that convert to a `char`.
const CHARS: &[Kind] = &[Kind::Integer, Kind::Float, Kind::String, Kind::Comment, Kind::Raw];
/// The kinds of tokens that convert to a date.
const DATES: &[Kind] = &[Kind::Date, Kind::String, Kind::Comment, Kind::Raw];
/// The kinds of tokens that convert to a string.
const STRINGS: &[Kind] = &[
    Kind::Date,
    Kind::Integer,
    Kind::Float,
    Kind::String,
    Kind::Comment,
    Kind::Raw,
    Kind::Boolean,
    Kind::Bytes,
    Kind::Guid,
    Kind::TimeSpan,
    Kind::Uri,
];
/// The kinds of tokens that convert to a length of time.
const SPANS: &[Kind] = &[Kind::String, Kind::Comment, Kind::Raw, Kind::TimeSpan];
/// The kinds of tokens that convert to an identifier.
const GUIDS: &[Kind] = &[Kind::String, Kind::Comment, Kind::Raw, Kind::Guid, Kind::Bytes];
/// The kinds of tokens that convert to a URI.
const URIS: &[Kind] = &[Kind::String, Kind::Comment, Kind::Raw, Kind::Uri];
/// The kinds of tokens that convert to a `byte[]`.
const BYTES: &[Kind] = &[Kind::Bytes, Kind::String, Kind::Comment, Kind::Raw, Kind::Integer];

/// What the value of a token is, or that of the property that it is.
fn held<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, kinds: &[Kind], target: &str) -> Result<Option<Obj<'a>>, Throw> {
    let token = token.value_or_self();
    if !token.is_value() || !kinds.contains(&token.kind()) {
        return Err(raise::cannot_convert(cx, token.kind(), target));
    }
    Ok(token.held(cx))
}

/// The token that is converted, or that a null is not.
///
/// # Errors
/// `ArgumentNullException` for null.
pub fn required<'a>(cx: &mut Cx<'a>, token: Option<&'a Token<'a>>) -> Result<&'a Token<'a>, Throw> {
    token.ok_or_else(|| cx.throw_null(Role::Argument("value")))
}

/// The token that is converted to a type that has null; none if null is the result.
#[must_use]
pub fn present<'a>(token: Option<&'a Token<'a>>) -> Option<&'a Token<'a>> {
    let is_null = |token: &&'a Token<'a>| {
        let content = token.value_or_self().content();
        matches!(
            content,
            Content::Null | Content::Undefined | Content::Text(None) | Content::Comment(None) | Content::Raw(None)
        )
    };
    token.filter(|token| !is_null(token))
}

/// The whole number of more than 64 bits that a held value is.
fn big<'a>(held: Option<Obj<'a>>) -> Option<&'a BigInteger<'a>> {
    held.and_then(|object| object.downcast())
}

/// The cast of a token to an integer type.
///
/// # Errors
/// `ArgumentException` for tokens that are no numbers, `FormatException` for strings that are none,
/// `OverflowException` for numbers that the type cannot hold.
pub fn to_integer<'a, I: Integer>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<I, Throw> {
    let held = held(cx, token, NUMBERS, I::TYPE.name())?;
    if let Some(big) = big(held) {
        return thrown(cx, big.to_integer());
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_integer(cx, value)
    }
}

/// The cast of a token to `bool`.
///
/// # Errors
/// `ArgumentException` for tokens that are no values of this kind, `FormatException` for other strings than `True` and
/// `False`.
pub fn to_boolean<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<bool, Throw> {
    let held = held(cx, token, NUMBERS, "Boolean")?;
    if let Some(big) = big(held) {
        return thrown(cx, big.to_integer::<i32>()).map(|value| value != 0);
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_boolean(cx, value)
    }
}

/// The cast of a token to `char`.
///
/// # Errors
/// As [`to_integer`], and `FormatException` for strings of another length than 1.
pub fn to_char<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<Char, Throw> {
    let held = held(cx, token, CHARS, "Char")?;
    if let Some(big) = big(held) {
        return thrown(cx, big.to_integer()).map(Char);
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_char(cx, value)
    }
}

/// The cast of a token to `double`.
///
/// # Errors
/// As [`to_integer`].
pub fn to_double<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<f64, Throw> {
    let held = held(cx, token, NUMBERS, "Double")?;
    if let Some(big) = big(held) {
        return Ok(big.to_f64());
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_double(cx, value)
    }
}

/// The cast of a token to `float`.
///
/// # Errors
/// As [`to_integer`].
pub fn to_single<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<f32, Throw> {
    let held = held(cx, token, NUMBERS, "Single")?;
    if let Some(big) = big(held) {
        return Ok(big.to_f64() as f32);
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_single(cx, value)
    }
}

/// The cast of a token to `decimal`.
///
/// # Errors
/// As [`to_integer`].
pub fn to_decimal<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<Decimal, Throw> {
    let held = held(cx, token, NUMBERS, "Decimal")?;
    if let Some(big) = big(held) {
        return thrown(cx, big.to_decimal());
    }
    {
        let value = Value::of(cx, held)?;
        convert::to_decimal(cx, value)
    }
}

/// The cast of a token to `DateTime`.
///
/// # Errors
/// `ArgumentException` for tokens that are no dates or strings, `FormatException` for strings that are no dates.
pub fn to_date_time<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<DateTime, Throw> {
    let held = held(cx, token, DATES, "DateTime")?;
    match held.and_then(OffsetObj::value_of) {
        Some(date) => Ok(date.clock()),
        None => {
            let value = Value::of(cx, held)?;
            convert::to_date(cx, value)
        }
    }
}

/// The cast of a token to `DateTimeOffset`.
///
/// # Errors
/// As [`to_date_time`].
pub fn to_date_time_offset<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<DateTimeOffset, Throw> {
    let held = held(cx, token, DATES, "DateTimeOffset")?;
    if let Some(date) = held.and_then(OffsetObj::value_of) {
        return Ok(date);
    }
    if let Some(text) = held.and_then(as_string) {
        let now = now(cx);
        return thrown(cx, DateTimeOffset::parse(text.bytes(), DateTimeStyles::NONE, now));
    }
    let date = {
        let value = Value::of(cx, held)?;
        convert::to_date(cx, value)
    }?;
    Ok(DateTimeOffset::from_date_time(date))
}

/// The text of a held value as `Convert.ToString` gives it: empty for null.
fn held_text<'a>(cx: &mut Cx<'a>, held: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
    held.map_or(Ok(Str::EMPTY), |object| object.to_text(cx))
}

/// The cast of a token to `TimeSpan`.
///
/// # Errors
/// `ArgumentException` for tokens that are no lengths of time or strings, `FormatException` and `OverflowException` for
/// strings that are no lengths of time.
pub fn to_time_span<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<TimeSpan, Throw> {
    let held = held(cx, token, SPANS, "TimeSpan")?;
    if let Some(span) = value_if(held, Ty(&TIME_SPAN)) {
        return Ok(span);
    }
    let text = held_text(cx, held)?;
    thrown(cx, TimeSpan::parse(text.bytes()))
}

/// The cast of a token to `Guid`.
///
/// # Errors
/// `ArgumentException` for tokens that are no identifiers, bytes or strings, `FormatException` for strings that are no
/// identifiers.
pub fn to_guid<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<Guid, Throw> {
    let held = held(cx, token, GUIDS, "Guid")?;
    if let Some(guid) = held.and_then(GuidObj::value_of) {
        return Ok(guid);
    }
    if let Some(bytes) = held.and_then(|object| object.downcast::<Bytes<'a>>()) {
        return GuidType::of_bytes(cx, bytes);
    }
    let text = held_text(cx, held)?;
    thrown(cx, Guid::parse(text.bytes()))
}

/// The cast of a token to `Uri`.
///
/// # Errors
/// `ArgumentException` for tokens that are no URIs or strings, `UriFormatException` for strings that are no absolute URIs.
pub fn to_uri<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<&'a UriObj<'a>, Throw> {
    let held = held(cx, token, URIS, "Uri")?;
    if let Some(uri) = held.and_then(|object| object.downcast::<UriObj<'a>>()) {
        return Ok(uri);
    }
    let text = held_text(cx, held)?;
    UriObj::parse(cx, text, UriKind::Absolute)
}

/// The cast of a token to `string`; null for null.
///
/// # Errors
/// `ArgumentException` for objects, arrays and the like.
pub fn to_string<'a>(cx: &mut Cx<'a>, token: Option<&'a Token<'a>>) -> Result<Option<Str<'a>>, Throw> {
    let Some(token) = present(token) else { return Ok(None) };
    if let Content::Text(text) = token.content() {
        return Ok(text);
    }
    match held(cx, token, STRINGS, "String")? {
        None => Ok(None),
        Some(object) => match object.downcast::<Bytes<'a>>() {
            Some(bytes) => {
                let bytes = bytes.to_vec();
                cx.reserve(base64::encoded_len(bytes.len()))?;
                Ok(Some(cx.write(|out| base64::encode(out, &bytes))))
            }
            None => object.to_text(cx).map(Some),
        },
    }
}

/// The cast of a token to `byte[]`; null for no token.
///
/// # Errors
/// `ArgumentException` for tokens that are no bytes or strings, `FormatException` for strings that are not Base64.
pub fn to_bytes<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<&'a Bytes<'a>, Throw> {
    const TARGET: &str = "byte array";
    let held = held(cx, token, BYTES, TARGET)?;
    if let Some(text) = held.and_then(as_string) {
        let mut bytes = Vec::new();
        let decoded = base64::decode(&mut bytes, text.bytes());
        thrown(cx, decoded)?;
        cx.reserve(bytes.len())?;
        return Ok(Bytes::new(cx, &bytes));
    }
    match held.and_then(|object| object.downcast::<Bytes<'a>>()) {
        Some(bytes) => Ok(bytes),
        None => Err(raise::cannot_convert(cx, token.value_or_self().kind(), TARGET)),
    }
}

/// The cast of a token to a type that has one, see `type_code`, as a word of it.
///
/// # Errors
/// What the cast throws.
pub fn cast<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, ty: Ty) -> Result<Word, Throw> {
    Ok(match ty.def.name {
        _ if ty.is_enum() => to_integer::<i32>(cx, token)?.into_word(cx),
        "System.Boolean" => to_boolean(cx, token)?.into_word(cx),
        "System.Char" => to_char(cx, token)?.into_word(cx),
        "System.SByte" => to_integer::<i8>(cx, token)?.into_word(cx),
        "System.Byte" => to_integer::<u8>(cx, token)?.into_word(cx),
        "System.Int16" => to_integer::<i16>(cx, token)?.into_word(cx),
        "System.UInt16" => to_integer::<u16>(cx, token)?.into_word(cx),
        "System.Int32" => to_integer::<i32>(cx, token)?.into_word(cx),
        "System.UInt32" => to_integer::<u32>(cx, token)?.into_word(cx),
        "System.Int64" => to_integer::<i64>(cx, token)?.into_word(cx),
        "System.UInt64" => to_integer::<u64>(cx, token)?.into_word(cx),
        "System.Single" => to_single(cx, token)?.into_word(cx),
        "System.Double" => to_double(cx, token)?.into_word(cx),
        "System.Decimal" => to_decimal(cx, token)?.into_word(cx),
        "System.DateTime" => to_date_time(cx, token)?.into_word(cx),
        "System.DateTimeOffset" => to_date_time_offset(cx, token)?.into_word(cx),
        "System.TimeSpan" => to_time_span(cx, token)?.into_word(cx),
        "System.Guid" => to_guid(cx, token)?.into_word(cx),
        "System.Uri" if present(Some(token)).is_none() => Word::ZERO,
        "System.Uri" => to_uri(cx, token)?.into_word(cx),
        _ => to_string(cx, Some(token))?.into_word(cx),
    })
}

/// Whether an interface is one by which `Value<T>()` means the value in a token, though tokens implement it.
fn is_of_values(ty: Ty) -> bool {
    std::ptr::eq(ty.def, &raw const UNTYPED_COMPARABLE_DEF) || std::ptr::eq(ty.def, &raw const FORMATTABLE_DEF)
}

/// What `Value<T>()` makes of a token: the token itself, its value, or the value converted.
///
/// # Errors
/// `InvalidCastException` if there is no conversion, and what the conversion throws.
pub fn to_type<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, ty: Ty) -> Result<Word, Throw> {
    if is_instance(Some(token.object()), ty) && !is_of_values(ty) {
        return Ok(token.object().word());
    }
    if !token.is_value() {
        return Err(raise::cannot_cast(cx, token.ty(), Ty(&super::members::token::JTOKEN)));
    }
    let held = token.held(cx);
    if is_instance(held, ty) {
        return Ok(held.map_or(Word::ZERO, |object| word_as(object, ty)));
    }
    if held.is_none() && ty.nullable_inner().is_some() {
        return Ok(default_word(ty));
    }
    let target = ty.nullable_inner().unwrap_or(ty);
    let word = change(cx, held, target)?;
    // SAFETY: `change` gives an object or null.
    Ok(unsafe { cx.object(word) }.map_or(Word::ZERO, |object| word_as(object, ty)))
}

/// The word of an object where its static type is `ty`: the value in its box, unless `ty` keeps the box.
fn word_as(object: Obj<'_>, ty: Ty) -> Word {
    if ty.repr() == crate::word::Repr::Ref { object.word() } else { unboxed(object) }
}
