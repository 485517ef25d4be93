//! Values where a type is expected: what Json.NET's `ReadAsInt32`, `ReadAsString` and their kin make of strings and
//! other values.
//!
//! Not here: conversions to types that have no such method (`convert`).

use super::source::{Item, Source};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::format::number::{NumberStyles, parse};
use crate::format::time::{DateTime, DateTimeOffset, DateTimeStyles};
use crate::format::{Decimal, base64};
use crate::json::date;
use crate::json::exception::JSON_READER_EXCEPTION;
use crate::json::reader::Expected;
use crate::json::token::Content;
use crate::object::{Obj, boxed, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::{now, thrown};
use crate::types::date_time_offset::DATE_TIME_OFFSET;
use crate::types::decimal::DECIMAL;
use crate::types::number::INT32;
use crate::word::IntoWord;

/// The content of a value of static type `ty`.
pub(super) fn held<'a>(cx: &mut Cx<'a>, ty: Ty, value: impl IntoWord<'a>) -> Content<'a> {
    let word = value.into_word(cx);
    let word = boxed(cx, ty, word);
    // SAFETY: a box that was just made, or the object of a struct.
    unsafe { cx.object(word) }.map_or(Content::Null, Content::Held)
}

/// A value of type `int`.
pub(super) fn int<'a>(cx: &mut Cx<'a>, value: i32) -> Item<'a> {
    Item::Value(held(cx, Ty(&INT32), value))
}

/// A value of type `decimal`.
pub(super) fn decimal<'a>(cx: &mut Cx<'a>, value: Decimal) -> Item<'a> {
    Item::Value(held(cx, Ty(&DECIMAL), value))
}

/// A value of type `DateTimeOffset`.
pub(super) fn offset<'a>(cx: &mut Cx<'a>, value: DateTimeOffset) -> Item<'a> {
    Item::Value(held(cx, Ty(&DATE_TIME_OFFSET), value))
}

/// A value of type `byte[]`.
pub(super) fn bytes<'a>(cx: &mut Cx<'a>, value: &[u8]) -> Result<Item<'a>, Throw> {
    cx.reserve(value.len())?;
    Ok(Item::Value(Content::Held(object_of(Bytes::new(cx, value)))))
}

/// The date that a string is.
///
/// # Errors
/// Throws what adding its offset fails with.
pub(super) fn date_of<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Option<DateTime>, Throw> {
    if !date::is_possible(text.bytes()) {
        return Ok(None);
    }
    let date = date::recognise(text.bytes());
    thrown(cx, date)
}

fn offset_of<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Option<DateTimeOffset>, Throw> {
    if !date::is_possible(text.bytes()) {
        return Ok(None);
    }
    let date = date::recognise_with_offset(text.bytes());
    thrown(cx, date)
}

/// What is thrown for a value that cannot be read: a message with the value's text between its parts.
#[cold]
pub(super) fn unreadable<'a>(
    cx: &mut Cx<'a>,
    source: &impl Source<'a>,
    before: &str,
    shown: &[u8],
    after: &str,
) -> Throw {
    let message = [before.as_bytes(), shown, after.as_bytes()].concat();
    source.fail(cx, Ty(&JSON_READER_EXCEPTION), &message, None)
}

/// A string where a value of another type is expected; an empty one is null.
///
/// # Errors
/// `JsonReaderException` for a string that is no such value, `FormatException` for one that is not Base64.
pub(super) fn string_as<'a>(
    cx: &mut Cx<'a>,
    source: &impl Source<'a>,
    text: Str<'a>,
    expected: Expected,
) -> Result<Item<'a>, Throw> {
    if expected == Expected::Text {
        return Ok(Item::Value(Content::Text(Some(text))));
    }
    if expected == Expected::Bytes {
        return bytes_of(cx, text);
    }
    if text.is_empty() {
        return Ok(Item::Value(Content::Null));
    }
    let now = now(cx);
    let (found, name) = match expected {
        Expected::Integer => (parse::parse_integer(text.bytes()).ok().map(|value| int(cx, value)), "integer"),
        Expected::Decimal => {
            // Forms like `96.014e-05` are numbers too.
            let styles = [NumberStyles::NUMBER, NumberStyles::FLOAT];
            let value = styles.iter().find_map(|styles| Decimal::parse(text.bytes(), *styles).ok());
            (value.map(|value| decimal(cx, value)), "decimal")
        }
        Expected::Double => {
            let value = parse::parse_double(text.bytes(), NumberStyles::FLOAT_AND_THOUSANDS).ok();
            (value.map(|value| Item::Value(Content::Float(value))), "double")
        }
        Expected::Boolean => {
            let value = parse::try_parse_bool(text.bytes());
            (value.map(|value| Item::Value(Content::Boolean(value))), "boolean")
        }
        Expected::DateWithOffset => {
            let parse = || DateTimeOffset::try_parse(text.bytes(), DateTimeStyles::ROUNDTRIP_KIND, now);
            let value = offset_of(cx, text)?.or_else(parse);
            (value.map(|value| offset(cx, value)), "DateTimeOffset")
        }
        _ => {
            let parse = || DateTime::try_parse(text.bytes(), DateTimeStyles::ROUNDTRIP_KIND, now);
            let value = date_of(cx, text)?.or_else(parse);
            (value.map(|value| Item::Value(Content::Date(value))), "DateTime")
        }
    };
    match found {
        Some(item) => Ok(item),
        None => {
            let before = format!("Could not convert string to {name}: ");
            Err(unreadable(cx, source, &before, text.bytes(), "."))
        }
    }
}

/// The bytes of a string: those of an identifier, or Base64.
fn bytes_of<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Item<'a>, Throw> {
    const GUID_LENGTH: usize = 36;
    if text.bytes().len() == GUID_LENGTH
        && let Ok(guid) = Guid::parse_exact(text.bytes(), b"D")
    {
        return bytes(cx, &guid.to_bytes());
    }
    let value = base64_of(cx, text)?;
    bytes(cx, &value)
}

/// The bytes that a string is in Base64.
///
/// # Errors
/// `FormatException` if it is not.
pub(super) fn base64_of<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Vec<u8>, Throw> {
    let mut bytes = Vec::new();
    let decoded = base64::decode(&mut bytes, text.bytes());
    thrown(cx, decoded)?;
    Ok(bytes)
}

/// The object that a value is; none for null.
pub(super) fn object_of_content<'a>(cx: &mut Cx<'a>, content: Content<'a>) -> Option<Obj<'a>> {
    crate::json::token::held(cx, content)
}
