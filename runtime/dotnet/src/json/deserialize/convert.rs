//! Values as values of other types: what Json.NET converts where its readers have not.
//!
//! Not here: what the readers convert themselves (`typed`).

use super::source::Source;
use super::typed::{base64_of, date_of, object_of_content};
use crate::array::Bytes;
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::format::Exception;
use crate::format::guid::Guid;
use crate::format::number::parse;
use crate::format::time::{DateTimeOffset, TimeSpan};
use crate::format::uri::UriKind;
use crate::json::big_integer::BigInteger;
use crate::json::exception::JSON_SERIALIZATION_EXCEPTION;
use crate::json::raise;
use crate::json::token::Content;
use crate::object::{Obj, boxed, is_instance, object_of, unboxed};
use crate::text::Str;
use crate::throw::{self, Throw};
use crate::ty::Ty;
use crate::types::boolean::BOOLEAN;
use crate::types::convert::change;
use crate::types::date_time::{DATE_TIME, thrown};
use crate::types::date_time_offset::DATE_TIME_OFFSET;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::guid::{GUID, GuidType};
use crate::types::number::is_integer;
use crate::types::primitive::value_if;
use crate::types::string::as_string;
use crate::types::time_span::TIME_SPAN;
use crate::types::uri::{URI, UriObj};
use crate::word::{IntoWord, Word};

/// A value as one of a type.
///
/// # Errors
/// `JsonSerializationException` with what went wrong inside.
pub(super) fn value_as<'a>(
    cx: &mut Cx<'a>,
    source: &impl Source<'a>,
    content: Content<'a>,
    ty: Ty,
) -> Result<Word, Throw> {
    let held = object_of_content(cx, content);
    let target = ty.nullable_inner().unwrap_or(ty);
    let converted = match held {
        None if ty.admits_null() => return Ok(Word::ZERO),
        Some(object) if target == OBJECT || object.ty() == target => {
            return Ok(if target == ty && target != OBJECT { unboxed(object) } else { object.word() });
        }
        // The empty string counts as null where there is null.
        Some(object) if ty.admits_null() && as_string(object).is_some_and(Str::is_empty) => return Ok(Word::ZERO),
        held => converted(cx, held, target),
    };
    match converted {
        Ok(word) => Ok(if target == ty { word } else { boxed(cx, target, word) }),
        Err(throw) => Err(wrapped(cx, source, throw, |cx| {
            let shown = match held {
                None => b"{null}".to_vec(),
                Some(object) => match as_string(object) {
                    Some(text) => [b"\"", text.bytes(), b"\""].concat(),
                    None => object.to_text(cx)?.bytes().to_vec(),
                },
            };
            Ok([b"Error converting value ", shown.as_slice(), format!(" to type '{}'.", ty.full_name()).as_bytes()]
                .concat())
        })),
    }
}

/// An exception with the one on its way inside; the engine's own limits pass as they are.
pub(super) fn wrapped<'a>(
    cx: &mut Cx<'a>,
    source: &impl Source<'a>,
    throw: Throw,
    message: impl FnOnce(&mut Cx<'a>) -> Result<Vec<u8>, Throw>,
) -> Throw {
    let Some(cause) = cx.thrown().filter(|cause| cause.limit.is_none()) else { return throw };
    let cause: &'a throw::Exception<'a> = cause;
    match message(cx) {
        Ok(message) => source.fail(cx, Ty(&JSON_SERIALIZATION_EXCEPTION), &message, Some(cause)),
        Err(throw) => throw,
    }
}

/// A value as one of another type.
fn converted<'a>(cx: &mut Cx<'a>, held: Option<Obj<'a>>, target: Ty) -> Result<Word, Throw> {
    let text = held.and_then(as_string);
    if target.is_enum() {
        return match (held, text) {
            (_, Some(text)) => Ok(enum_of(cx, text, target)?.into_word(cx)),
            (Some(object), None) if is_integer(object.ty()) || object.ty() == Ty(&BOOLEAN) => Ok(unboxed(object)),
            _ => {
                let message = "The value passed in must be an enum base or an underlying type for an enum, such as an \
                               Int32.";
                Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "value"))
            }
        };
    }
    if let (true, Some(text)) = (target == Ty(&DATE_TIME), text)
        && let Some(date) = date_of(cx, text)?
    {
        return Ok(Word(date.bits()));
    }
    if let Some(big) = held.and_then(|object| object.downcast::<BigInteger<'a>>()) {
        return of_big(cx, big, target);
    }
    if crate::types::reflection::type_code(target) > 1 {
        return changed(cx, held, target);
    }
    if target == Ty(&TIME_SPAN)
        && let Some(text) = text
    {
        let span = thrown(cx, TimeSpan::parse(text.bytes()))?;
        return Ok(span.into_word(cx));
    }
    if target == Ty(&GUID) {
        if let Some(text) = text {
            let guid = thrown(cx, Guid::parse(text.bytes()))?;
            return Ok(guid.into_word(cx));
        }
        if let Some(bytes) = held.and_then(|object| object.downcast::<Bytes<'a>>()) {
            return Ok(GuidType::of_bytes(cx, bytes)?.into_word(cx));
        }
    }
    if let (true, Some(text)) = (target == Ty(&URI), text) {
        return Ok(UriObj::parse(cx, text, UriKind::RelativeOrAbsolute)?.into_word(cx));
    }
    if target == Ty(&DATE_TIME_OFFSET)
        && let Some(date) = value_if(held, Ty(&DATE_TIME))
    {
        return Ok(DateTimeOffset::from_date_time(date).into_word(cx));
    }
    if let (true, Some(text)) = (Bytes::is_bytes(target), text) {
        let bytes = base64_of(cx, text)?;
        return Ok(object_of(Bytes::new(cx, &bytes)).word());
    }
    match held {
        Some(object) if is_instance(held, target) => Ok(unboxed(object)),
        _ => {
            let from = held.map_or_else(|| String::from("{null}"), |object| object.ty().full_name());
            let message = format!("Could not cast or convert from {from} to {}.", target.full_name());
            Err(raise::argument(cx, &message))
        }
    }
}

/// A value as one of a simple type, as `Convert.ChangeType` converts it.
fn changed<'a>(cx: &mut Cx<'a>, held: Option<Obj<'a>>, target: Ty) -> Result<Word, Throw> {
    let word = change(cx, held, target)?;
    // SAFETY: `change` gives an object or null.
    Ok(unsafe { cx.object(word) }.map_or(Word::ZERO, unboxed))
}

/// A whole number of more than 64 bits as a value of another type.
fn of_big<'a>(cx: &mut Cx<'a>, big: &'a BigInteger<'a>, target: Ty) -> Result<Word, Throw> {
    match target.def.name {
        "System.Decimal" => {
            let value = big.to_decimal();
            Ok(thrown(cx, value)?.into_word(cx))
        }
        "System.Double" => Ok(big.to_f64().into_word(cx)),
        "System.Single" => Ok((big.to_f64() as f32).into_word(cx)),
        "System.Boolean" => Ok(true.into_word(cx)),
        _ => {
            let value = big.to_integer::<u64>().or_else(|_| big.to_integer::<i64>().map(|value| value as u64));
            let value = thrown(cx, value)?;
            let word = boxed(cx, Ty(&crate::types::number::UINT64), Word(value));
            // SAFETY: the address of the box that was just made.
            let number = unsafe { cx.object(word) };
            changed(cx, number, target)
        }
    }
}

/// The value of an enumeration that a number, or names between commas, mean.
///
/// # Errors
/// `ArgumentException` for another text, `OverflowException` for a number that is too large.
fn enum_of<'a>(cx: &mut Cx<'a>, text: Str<'a>, ty: Ty) -> Result<i32, Throw> {
    let constants = ty.def.constants;
    let whole = text.to_utf8();
    if whole.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+')) {
        match parse::parse_integer(text.bytes()) {
            Err(fault) if fault.exception == Exception::Format => {}
            number => return thrown(cx, number),
        }
    }
    let mut value = 0;
    for name in whole.split(',').map(str::trim) {
        let exact = constants.iter().find(|(constant, _)| *constant == name);
        let found = exact.or_else(|| constants.iter().find(|(constant, _)| constant.eq_ignore_ascii_case(name)));
        let Some((_, constant)) = found else {
            let message = format!("Requested value '{whole}' was not found.");
            return Err(raise::argument(cx, &message));
        };
        value |= *constant;
    }
    Ok(value as i32)
}
