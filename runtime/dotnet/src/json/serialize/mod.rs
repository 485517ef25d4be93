//! JSON of any .NET value: `JsonConvert.SerializeObject`, and the trees of `JToken.FromObject` and its kin.
//!
//! A value is a JSON value of its own, a tree, a dictionary, a sequence, or an object of its public properties. The open
//! ones stand in a list; nothing recurses.
//!
//! Not here: how values and trees are written (`writer`, `value`), and the way back (`deserialize`).

mod properties;
mod sink;

use std::cell::Cell;

use super::exception::{JSON_SERIALIZATION_EXCEPTION, JSON_WRITER_EXCEPTION};
use super::load::Wanted;
use super::path::{self, Path};
use super::raise;
use super::token::{Content, Kind, Token};
use super::value::kind_of;
use super::writer::{Formatting, Writer};
use crate::array::Array;
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::format::number;
use crate::object::{Obj, boxed, unboxed};
use crate::rt::scalar_of;
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;
use crate::types::key_value_pair::{KeyValuePair, types_of};
use crate::types::string::as_string;
use crate::word::Word;

use properties::Properties;
use sink::{Builder, Sink};

/// `JsonConvert.SerializeObject`.
///
/// # Errors
/// `JsonSerializationException` for an object that holds itself, what walking sequences throws, and the limits of time
/// and memory.
pub fn to_text<'a>(cx: &mut Cx<'a>, value: Option<Obj<'a>>, formatting: Formatting) -> Result<Str<'a>, Throw> {
    let mut writer = Writer::new(formatting);
    serialize(cx, &mut writer, value)?;
    cx.reserve(writer.len())?;
    Ok(cx.str_from_wtf8(writer.text()))
}

/// `JToken.FromObject`: the tree of a value.
///
/// # Errors
/// As [`to_text`].
pub fn to_token<'a>(cx: &mut Cx<'a>, value: Obj<'a>) -> Result<&'a Token<'a>, Throw> {
    let mut builder = Builder::default();
    serialize(cx, &mut builder, Some(value))?;
    Ok(builder.root().unwrap_or_else(|| Token::new(cx, Content::Null)))
}

/// `JObject.FromObject` and `JArray.FromObject`: the tree of a value, which must be of a kind.
///
/// # Errors
/// `ArgumentException` if it is of another kind; and as [`to_text`].
pub fn to_token_of<'a>(cx: &mut Cx<'a>, value: Obj<'a>, wanted: Wanted) -> Result<&'a Token<'a>, Throw> {
    let token = to_token(cx, value)?;
    let (expected, name) = match wanted {
        Wanted::Object => (Kind::Object, "JObject"),
        _ => (Kind::Array, "JArray"),
    };
    if token.kind() == expected {
        return Ok(token);
    }
    let message = format!("Object serialized to {}. {name} instance expected.", token.kind().name());
    Err(raise::argument(cx, &message))
}

/// A dictionary, sequence or object that is being written.
struct Frame<'a> {
    /// The object itself; none for the rows of an array of several dimensions.
    object: Option<Obj<'a>>,
    parts: Parts<'a>,
    /// The position of the last element, or the name of the last property.
    at: Place<'a>,
}

/// What is in it.
enum Parts<'a> {
    Entries { entries: Cursor<'a>, key: Ty, value: Ty },
    Elements { elements: Cursor<'a>, ty: Ty },
    Row { array: &'a Array<'a>, dimensions: &'a [usize], start: usize },
    Properties(Properties<'a>),
}

/// Where the writing of a frame stands.
#[derive(Clone, Copy)]
enum Place<'a> {
    Start,
    Index(i64),
    Name(Str<'a>),
}

/// A value that comes next, with the name of the property if it is one of an object.
struct Next<'a> {
    value: Option<Obj<'a>>,
    property: Option<Str<'a>>,
}

fn serialize<'a>(cx: &mut Cx<'a>, sink: &mut impl Sink<'a>, value: Option<Obj<'a>>) -> Result<(), Throw> {
    let mut frames: Vec<Frame<'a>> = Vec::new();
    let mut next = Some(value);
    loop {
        cx.check_limits()?;
        if let Some(value) = next.take()
            && let Some(frame) = write(cx, sink, &frames, value)?
        {
            cx.reserve(sink.size())?;
            frames.push(frame);
        }
        let Some(frame) = frames.last_mut() else { return Ok(()) };
        match advance(cx, sink, frame)? {
            Some(Part::Value(part)) => {
                check_circle(cx, &frames, &part)?;
                next = Some(part.value);
            }
            Some(Part::Row(row)) => {
                sink.start_array(cx);
                frames.push(row);
            }
            None => {
                frames.pop();
                sink.end(cx)?;
            }
        }
    }
}

/// Writes a value, or opens a frame for it.
fn write<'a>(
    cx: &mut Cx<'a>,
    sink: &mut impl Sink<'a>,
    frames: &[Frame<'a>],
    value: Option<Obj<'a>>,
) -> Result<Option<Frame<'a>>, Throw> {
    let Some(object) = value else {
        sink.null(cx)?;
        return Ok(None);
    };
    if let Some(token) = object.downcast::<Token<'a>>() {
        if token.kind() == Kind::Property && !frames.is_empty() {
            return Err(misplaced_property(cx, frames));
        }
        sink.token(cx, token)?;
        return Ok(None);
    }
    let ty = object.ty();
    if kind_of(ty).is_some() || ty == Ty(&types::char::CHAR) {
        sink.value(cx, object)?;
        return Ok(None);
    }
    let frame = |parts| Some(Frame { object: Some(object), parts, at: Place::Start });
    if let Some(array) = object.downcast::<Array<'a>>().filter(|array| !array.dimensions.is_empty()) {
        sink.start_array(cx);
        return Ok(frame(Parts::Row { array, dimensions: array.dimensions, start: 0 }));
    }
    let element = ty.sequence_element();
    if let (true, Some((key, value))) = (ty.def.ops.keyed.is_some(), element.and_then(types_of)) {
        sink.start_object(cx);
        let entries = object.elements(cx, KeyValuePair::of(key, value))?;
        return Ok(frame(Parts::Entries { entries, key, value }));
    }
    if ty.def.ops.elements.is_some() {
        sink.start_array(cx);
        let element = element.unwrap_or(OBJECT);
        let elements = object.elements(cx, element)?;
        return Ok(frame(Parts::Elements { elements, ty: element }));
    }
    match properties::shown_as_text(cx, object) {
        Some(text) => {
            sink.value(cx, text.as_object())?;
            Ok(None)
        }
        None => {
            sink.start_object(cx);
            Ok(frame(Parts::Properties(Properties::of(object))))
        }
    }
}

/// What comes next in a frame.
enum Part<'a> {
    Value(Next<'a>),
    Row(Frame<'a>),
}

fn advance<'a>(cx: &mut Cx<'a>, sink: &mut impl Sink<'a>, frame: &mut Frame<'a>) -> Result<Option<Part<'a>>, Throw> {
    let index = match frame.at {
        Place::Index(index) => index + 1,
        _ => 0,
    };
    match &mut frame.parts {
        Parts::Entries { entries, key, value } => {
            let Some(word) = entries.next(cx)? else { return Ok(None) };
            // SAFETY: an element of a sequence of pairs.
            let pair = unsafe { cx.object(word) }.and_then(Obj::downcast::<KeyValuePair>);
            let (name, value) = match pair {
                Some(pair) => (name_of_key(cx, *key, pair.key)?, object_of(cx, *value, pair.value)),
                None => (Str::EMPTY, None),
            };
            frame.at = Place::Name(name);
            sink.name(cx, name)?;
            Ok(Some(Part::Value(Next { value, property: None })))
        }
        Parts::Elements { elements, ty } => {
            let Some(word) = elements.next(cx)? else { return Ok(None) };
            frame.at = Place::Index(index);
            let value = object_of(cx, *ty, word);
            Ok(Some(Part::Value(Next { value, property: None })))
        }
        Parts::Row { array, dimensions, start } => {
            let Some((length, inner)) = dimensions.split_first() else { return Ok(None) };
            let Some(at) = usize::try_from(index).ok().filter(|at| at < length) else { return Ok(None) };
            frame.at = Place::Index(index);
            let start = *start + at * inner.iter().product::<usize>();
            if inner.is_empty() {
                let word = array.items().get(start).map_or(Word::ZERO, Cell::get);
                let value = object_of(cx, array.element(), word);
                return Ok(Some(Part::Value(Next { value, property: None })));
            }
            let parts = Parts::Row { array, dimensions: inner, start };
            Ok(Some(Part::Row(Frame { object: None, parts, at: Place::Start })))
        }
        Parts::Properties(properties) => {
            let Some((name, value)) = properties.next(cx)? else { return Ok(None) };
            frame.at = Place::Name(name);
            sink.name(cx, name)?;
            Ok(Some(Part::Value(Next { value, property: Some(name) })))
        }
    }
}

/// The object of a word of a static type.
fn object_of<'a>(cx: &mut Cx<'a>, ty: Ty, word: Word) -> Option<Obj<'a>> {
    let word = boxed(cx, ty, word);
    // SAFETY: a box, or a word of a reference type.
    unsafe { cx.object(word) }
}

/// The name that a dictionary's key becomes.
fn name_of_key<'a>(cx: &mut Cx<'a>, ty: Ty, key: Word) -> Result<Str<'a>, Throw> {
    let Some(object) = object_of(cx, ty, key) else { return Ok(Str::EMPTY) };
    if let Some(text) = as_string(object) {
        return Ok(text);
    }
    let ty = object.ty();
    Ok(if kind_of(ty) == Some(Kind::Date) {
        cx.write(|out| super::value::write_date(out, object))
    } else if ty == Ty(&types::double::DOUBLE) {
        cx.write(|out| number::float::write(out, scalar_of::<f64>(unboxed(object))))
    } else {
        object.to_text(cx)?
    })
}

/// The way to the container that is written in.
fn container_path<'a>(cx: &mut Cx<'a>, frames: &[Frame<'a>]) -> Str<'a> {
    let mut path = Path::default();
    for frame in frames {
        match frame.at {
            Place::Start => {}
            Place::Index(index) => path.push_index(index),
            Place::Name(name) => path.push_name(name.bytes()),
        }
    }
    cx.str_from_wtf8(path.text())
}

/// Throws if the next value is being written already.
fn check_circle<'a>(cx: &mut Cx<'a>, frames: &[Frame<'a>], next: &Next<'a>) -> Result<(), Throw> {
    let Some(value) = next.value else { return Ok(()) };
    if !frames.iter().any(|frame| frame.object.is_some_and(|object| object.is_same(value))) {
        return Ok(());
    }
    let outer = frames.split_last().map_or(frames, |(_, outer)| outer);
    let place = container_path(cx, outer);
    let mut message = b"Self referencing loop detected".to_vec();
    if let Some(name) = next.property {
        message.extend_from_slice(&[b" for property '", name.bytes(), b"'"].concat());
    }
    message.extend_from_slice(format!(" with type '{}'.", value.ty().full_name()).as_bytes());
    path::append_to_message(&mut message, place.bytes());
    Err(raise::throw_wtf8(cx, Ty(&JSON_SERIALIZATION_EXCEPTION), &message))
}

/// A property stands where only a value can.
#[cold]
fn misplaced_property<'a>(cx: &mut Cx<'a>, frames: &[Frame<'a>]) -> Throw {
    let state = match frames.last().map(|frame| frame.at) {
        Some(Place::Index(0)) => "ArrayStart",
        Some(Place::Index(_)) => "Array",
        _ => "Property",
    };
    let outer = frames.split_last().map_or(frames, |(_, outer)| outer);
    let place = container_path(cx, outer);
    let mut message =
        format!("Token PropertyName in state {state} would result in an invalid JSON object.").into_bytes();
    path::append_to_message(&mut message, place.bytes());
    raise::throw_wtf8(cx, Ty(&JSON_WRITER_EXCEPTION), &message)
}
