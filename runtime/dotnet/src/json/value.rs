//! Values that JSON can hold: which types they are, their text, and how they are written.
//!
//! Not here: how they are converted to other types (`conversion`) and compared (`compare`).

use super::big_integer::BigInteger;
use super::date;
use super::raise;
use super::token::{Content, Kind, Token};
use super::writer::Writer;
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::time::DateTime;
use crate::format::{base64, number};
use crate::object::{Boxed, Obj, boxed};
use crate::rt::scalar_of;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time_offset::OffsetObj;
use crate::types::decimal::DecimalObj;
use crate::types::number::widened;
use crate::types::reflection::type_code;
use crate::types::string::as_string;
use crate::types::uri::UriObj;
use crate::types::{self, string::STRING};
use crate::word::{Char, IntoWord, Word};

/// The type that a `JValue` over a value of this type has; none for types that JSON has no values of.
#[must_use]
pub fn kind_of(ty: Ty) -> Option<Kind> {
    Some(match type_code(ty) {
        3 => Kind::Boolean,
        5..=12 => Kind::Integer,
        13..=15 => Kind::Float,
        16 => Kind::Date,
        18 => Kind::String,
        _ if Bytes::is_bytes(ty) => Kind::Bytes,
        _ => match ty.def.name {
            "System.Numerics.BigInteger" => Kind::Integer,
            "System.DateTimeOffset" => Kind::Date,
            "System.Guid" => Kind::Guid,
            "System.Uri" => Kind::Uri,
            "System.TimeSpan" => Kind::TimeSpan,
            _ => return None,
        },
    })
}

/// What a `JValue` over an object holds.
///
/// # Errors
/// `ArgumentException` if JSON has no values of the object's type.
pub fn content_of<'a>(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Content<'a>, Throw> {
    let Some(object) = value else { return Ok(Content::Null) };
    let ty = object.ty();
    if ty == Ty(&STRING) {
        return Ok(Content::Text(as_string(object)));
    }
    let word = word_of(object);
    Ok(match kind_of(ty) {
        Some(Kind::Boolean) => Content::Boolean(scalar_of(word)),
        Some(Kind::Integer) if ty == Ty(&types::number::INT64) => Content::Integer(scalar_of(word)),
        Some(Kind::Float) if ty == Ty(&types::double::DOUBLE) => Content::Float(scalar_of(word)),
        Some(Kind::Date) if ty == Ty(&types::date_time::DATE_TIME) => Content::Date(DateTime::from_bits(word.0)),
        Some(_) => Content::Held(object),
        None => return Err(raise::no_json_type(cx, ty)),
    })
}

/// The value in a box; 0 for other objects.
fn word_of(object: Obj<'_>) -> Word {
    object.downcast::<Boxed>().map_or(Word::ZERO, |boxed| boxed.value)
}

/// A token of a code unit, which is a string in JSON.
#[must_use]
pub fn of_char<'a>(cx: &mut Cx<'a>, value: Char) -> &'a Token<'a> {
    let word = value.into_word(cx);
    let word = boxed(cx, Ty(&types::char::CHAR), word);
    // SAFETY: the address of the box that was just made.
    let content = unsafe { cx.object(word) }.map_or(Content::Null, Content::Held);
    Token::new(cx, content)
}

/// Gives a `JValue` another value. Its kind changes with the value's type; a string stays a comment or raw text.
///
/// # Errors
/// `ArgumentException` if JSON has no values of the object's type.
pub fn replace<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
    let same_type = token.held(cx).map(Obj::ty) == value.map(Obj::ty);
    let text = value.and_then(as_string);
    let content = match token.content() {
        Content::Raw(_) if same_type || text.is_some() => Content::Raw(value),
        Content::Comment(_) if same_type || text.is_some() => Content::Comment(text),
        content @ (Content::Undefined | Content::Text(None)) if same_type => content,
        Content::Held(_) if same_type => value.map_or(Content::Null, Content::Held),
        _ => content_of(cx, value)?,
    };
    token.set_content(content);
    Ok(())
}

/// The text of a value: that of what it holds, in a format if its type has formats; empty for null.
///
/// # Errors
/// `FormatException` if the value's type does not know the format.
pub fn text<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    if let Content::Text(text) = token.content() {
        return Ok(text.unwrap_or(Str::EMPTY));
    }
    let Some(held) = token.held(cx) else { return Ok(Str::EMPTY) };
    match (format.filter(|format| !format.is_empty()), held.ty().def.ops.format) {
        (Some(format), Some(with_format)) => with_format(cx, held, format),
        _ => held.to_text(cx),
    }
}

/// Writes a value as JSON.
///
/// # Errors
/// What the text of an object throws.
#[inline]
pub fn write<'a>(cx: &mut Cx<'a>, writer: &mut Writer, content: Content<'a>) -> Result<(), Throw> {
    match content {
        Content::Null => writer.plain(b"null"),
        Content::Undefined => writer.plain(b"undefined"),
        Content::Boolean(value) => writer.plain(if value { b"true" } else { b"false" }),
        Content::Integer(value) => writer.value(|out| number::integer::write(out, value)),
        Content::Float(value) => write_float(writer, value),
        Content::Date(value) => writer.value(|out| {
            out.push(b'"');
            date::write(out, value);
            out.push(b'"');
        }),
        Content::Text(Some(text)) => writer.string(text.bytes()),
        Content::Text(None) => writer.plain(b"null"),
        Content::Comment(text) => writer.comment(text.map_or(b"", Str::bytes)),
        Content::Raw(json) => {
            let text = json.map(|object| object.to_text(cx)).transpose()?;
            writer.plain(text.map_or(b"", Str::bytes));
        }
        Content::Held(object) => write_object(cx, writer, object)?,
        Content::Property(_) | Content::Object(_) | Content::Array(_) | Content::Constructor(_) => {}
    }
    Ok(())
}

/// Writes a floating-point number: always with a fraction or an exponent; what is no number, as a string.
pub fn write_float<F: number::float::Float>(writer: &mut Writer, value: F)
where
    f64: From<F>,
{
    let is_number = f64::from(value).is_finite();
    writer.value(|out| {
        if !is_number {
            out.push(b'"');
        }
        let start = out.len();
        number::float::write(out, value);
        if !is_number {
            out.push(b'"');
        } else if !out.iter().skip(start).any(|byte| matches!(byte, b'.' | b'E')) {
            out.extend_from_slice(b".0");
        }
    });
}

/// Writes an object that is one of JSON's values, see [`kind_of`], or a `char`.
///
/// # Errors
/// What the text of an object throws.
pub fn write_object<'a>(cx: &mut Cx<'a>, writer: &mut Writer, object: Obj<'a>) -> Result<(), Throw> {
    let (ty, word) = (object.ty(), word_of(object));
    match kind_of(ty) {
        Some(Kind::Boolean) => writer.plain(if scalar_of(word) { b"true" } else { b"false" }),
        Some(Kind::Integer) => {
            if let Some(number) = object.downcast::<BigInteger<'a>>() {
                writer.plain(number.digits.bytes());
            } else if ty == Ty(&types::number::UINT64) {
                writer.value(|out| number::integer::write(out, scalar_of::<u64>(word)));
            } else {
                writer.value(|out| number::integer::write(out, widened(ty, word)));
            }
        }
        Some(Kind::Float) => {
            if let Some(value) = DecimalObj::value_of(object) {
                writer.value(|out| {
                    let start = out.len();
                    value.write(out);
                    if !out.iter().skip(start).any(|byte| *byte == b'.') {
                        out.extend_from_slice(b".0");
                    }
                });
            } else if ty == Ty(&types::double::DOUBLE) {
                write_float(writer, scalar_of::<f64>(word));
            } else {
                write_float(writer, scalar_of::<f32>(word));
            }
        }
        Some(Kind::Date) => writer.value(|out| {
            out.push(b'"');
            write_date(out, object);
            out.push(b'"');
        }),
        Some(Kind::Bytes) => {
            let bytes = object.downcast::<Bytes<'a>>().map(Bytes::to_vec).unwrap_or_default();
            cx.reserve(writer.len() + bytes.len() * 2)?;
            writer.value(|out| {
                out.push(b'"');
                base64::encode(out, &bytes);
                out.push(b'"');
            });
        }
        _ => {
            let text = plain_text(cx, object)?;
            writer.string(text.bytes());
        }
    }
    Ok(())
}

/// Appends the text that a `DateTime` or `DateTimeOffset` has in JSON.
pub fn write_date(out: &mut Vec<u8>, object: Obj<'_>) {
    match OffsetObj::value_of(object) {
        Some(date) => date::write_with_offset(out, date),
        None => date::write(out, DateTime::from_bits(word_of(object).0)),
    }
}

/// The text of a value as readers and writers have it: of a URI, the text that it was made of.
///
/// # Errors
/// What the text of an object throws.
pub fn plain_text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Str<'a>, Throw> {
    match object.downcast::<UriObj<'a>>() {
        Some(uri) => Ok(uri.original),
        None => object.to_text(cx),
    }
}
