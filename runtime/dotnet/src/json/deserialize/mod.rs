//! .NET values of JSON: `JsonConvert.DeserializeObject` and `JToken.ToObject`.
//!
//! The type that is asked for decides what is made and how values are read. Both texts and trees are read piece by piece
//! through one interface. Types nest only as deeply as a policy writes them, each level one call.
//!
//! Not here: trees of texts (`load`), and the casts of tokens (`conversion`).

mod convert;
mod source;
mod target;
mod text;
mod tree;
mod typed;

#[cfg(test)]
mod tests;

use super::exception::JSON_SERIALIZATION_EXCEPTION;
use super::members::token::JTOKEN;
use super::token::{Content, Kind, Token};
use super::{conversion, edit, index};
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::object_of;
use crate::rt::default_word;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::reflection::type_code;
use crate::word::{IntoWord, Role, Word};

use convert::{value_as, wrapped};
use source::{Item, Source};
use target::{Elements, Entries, Target};
use text::TextSource;
use tree::TreeSource;

/// `JsonConvert.DeserializeObject<T>`: the word of a value of type `ty` that a whole text means.
///
/// # Errors
/// `JsonReaderException` for text that is not JSON, `JsonSerializationException` for JSON that is no such value, and the
/// limits of time, memory and depth.
pub fn from_text<'a>(cx: &mut Cx<'a>, text: Str<'a>, ty: Ty) -> Result<Word, Throw> {
    let mut source = TextSource::new(text);
    let word = read(cx, &mut source, ty)?;
    loop {
        match source.next(cx)? {
            Item::End => return Ok(word),
            Item::Comment => {}
            _ => {
                let message = b"Additional text found in JSON string after finishing deserializing object.";
                return Err(source.fail(cx, Ty(&JSON_SERIALIZATION_EXCEPTION), message, None));
            }
        }
    }
}

/// `JToken.ToObject<T>`: the word of a value of type `ty` that a tree means.
///
/// # Errors
/// `ArgumentException`, `FormatException` and `OverflowException` for values that do not convert,
/// `JsonSerializationException` and `JsonReaderException` for other trees, and the limits of time, memory and depth.
pub fn from_tree<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, ty: Ty) -> Result<Word, Throw> {
    let target = ty.nullable_inner().unwrap_or(ty);
    if target.is_enum() && token.is_value() {
        if token.kind() == Kind::String {
            let read = read(cx, &mut TreeSource::new(token), ty);
            return read.map_err(|throw| not_a_name(cx, token, target, throw));
        }
        if token.kind() == Kind::Integer {
            let number: i64 = conversion::to_integer(cx, token)?;
            let word = (number as i32).into_word(cx);
            return Ok(if target == ty { word } else { crate::object::boxed(cx, target, word) });
        }
    }
    if has_cast(target) {
        if target != ty && conversion::present(Some(token)).is_none() {
            return Ok(Word::ZERO);
        }
        let word = conversion::cast(cx, token, target)?;
        return Ok(if target == ty { word } else { crate::object::boxed(cx, target, word) });
    }
    read(cx, &mut TreeSource::new(token), ty)
}

/// Whether C# has a cast from tokens to a type.
fn has_cast(ty: Ty) -> bool {
    type_code(ty) > 1
        || matches!(ty.def.name, "System.DateTimeOffset" | "System.TimeSpan" | "System.Guid" | "System.Uri")
}

/// A text is no name of an enumeration's.
#[cold]
fn not_a_name<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, ty: Ty, throw: Throw) -> Throw {
    let Some(cause) = cx.thrown().filter(|cause| cause.limit.is_none()) else { return throw };
    match conversion::to_string(cx, Some(token)) {
        Ok(text) => {
            let text = text.unwrap_or(Str::EMPTY);
            let end = format!("' to {}.", ty.def.short_name());
            let message = [b"Could not convert '", text.bytes(), end.as_bytes()].concat();
            source::throw_with(cx, Ty(&ARGUMENT_EXCEPTION), &message, Some(cause))
        }
        Err(throw) => throw,
    }
}

fn fail<'a>(cx: &mut Cx<'a>, source: &impl Source<'a>, message: &str) -> Throw {
    source.fail(cx, Ty(&JSON_SERIALIZATION_EXCEPTION), message.as_bytes(), None)
}

/// The value that a source holds.
fn read<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, ty: Ty) -> Result<Word, Throw> {
    let target = Target::of(ty);
    match next_for(cx, source, &target)? {
        Item::End if ty.admits_null() => Ok(Word::ZERO),
        Item::End => {
            let message = format!("No JSON content found and type '{}' is not nullable.", ty.full_name());
            Err(fail(cx, source, &message))
        }
        item => create(cx, source, item, &target, ty),
    }
}

/// The next piece, where a value for a target is expected.
fn next_for<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, target: &Target) -> Result<Item<'a>, Throw> {
    match target {
        Target::Value(Some(expected)) => source.next_as(cx, *expected),
        Target::Pair(..) => source.next(cx),
        _ => source.next_content(cx),
    }
}

/// Makes a value of a piece and those that belong to it.
fn create<'a>(
    cx: &mut Cx<'a>,
    source: &mut impl Source<'a>,
    first: Item<'a>,
    target: &Target,
    ty: Ty,
) -> Result<Word, Throw> {
    match target {
        Target::Tree => return tree(cx, source, first, ty),
        Target::Pair(key, value) => return cx.deeper(|cx| pair(cx, source, first, (*key, *value), ty)),
        _ => {}
    }
    let mut item = first;
    loop {
        match item {
            Item::StartObject => return cx.deeper(|cx| object(cx, source, target, ty)),
            Item::StartArray => return cx.deeper(|cx| list(cx, source, target, ty)),
            Item::StartConstructor(name) => return value_as(cx, source, Content::Text(name), ty),
            Item::Raw(token) => return Ok(token.copy_of_value(cx).object().word()),
            Item::Value(content) => return value_as(cx, source, content, ty),
            Item::Comment => {}
            Item::End => return Err(fail(cx, source, "Unexpected end when deserializing object.")),
            other => {
                let message = format!("Unexpected token while deserializing object: {}", other.name());
                return Err(fail(cx, source, &message));
            }
        }
        item = source.next(cx)?;
    }
}

/// A tree of tokens.
fn tree<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, first: Item<'a>, ty: Ty) -> Result<Word, Throw> {
    let takes_null = ty == Ty(&JTOKEN) || ty == Ty(&super::members::value::JVALUE);
    if matches!(first, Item::Value(Content::Null)) && !takes_null {
        return Ok(Word::ZERO);
    }
    let token = source.tree(cx, true)?;
    if token.ty().is_subtype_of(ty) {
        return Ok(token.object().word());
    }
    let (found, expected) = (token.ty().full_name(), ty.full_name());
    let message = format!("Deserialized JSON type '{found}' is not compatible with expected type '{expected}'.");
    Err(fail(cx, source, &message))
}

/// A pair, from an object with `Key` and `Value`.
fn pair<'a>(
    cx: &mut Cx<'a>,
    source: &mut impl Source<'a>,
    first: Item<'a>,
    (key_type, value_type): (Ty, Ty),
    ty: Ty,
) -> Result<Word, Throw> {
    if matches!(first, Item::Value(Content::Null)) {
        return if ty.admits_null() {
            Ok(Word::ZERO)
        } else {
            Err(fail(cx, source, "Cannot convert null value to KeyValuePair."))
        };
    }
    let (mut key, mut value) = (default_word(key_type), default_word(value_type));
    let mut item = next_required(cx, source)?;
    while let Item::Name(name) = item {
        let is_named = |sought: &[u8]| name.bytes().eq_ignore_ascii_case(sought);
        let part = if is_named(b"Key") {
            Some((&mut key, key_type))
        } else if is_named(b"Value") {
            Some((&mut value, value_type))
        } else {
            None
        };
        match part {
            Some((place, ty)) => {
                let target = Target::of(ty);
                let first = next_for(cx, source, &target)?;
                *place = create(cx, source, first, &target, ty)?;
            }
            None => skip(cx, source)?,
        }
        item = next_required(cx, source)?;
    }
    let pair_type = KeyValuePair::of(key_type, value_type);
    Ok(object_of(KeyValuePair::new(cx, pair_type, key, value)).word())
}

fn next_required<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>) -> Result<Item<'a>, Throw> {
    match source.next(cx)? {
        Item::End => Err(fail(cx, source, "Unexpected end when reading JSON.")),
        item => Ok(item),
    }
}

/// Passes over the value that comes next.
fn skip<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>) -> Result<(), Throw> {
    let mut depth = 0_usize;
    loop {
        match source.next(cx)? {
            Item::StartObject | Item::StartArray | Item::StartConstructor(_) => depth += 1,
            Item::EndObject | Item::EndArray | Item::EndConstructor => depth = depth.saturating_sub(1),
            Item::End => return Ok(()),
            _ => {}
        }
        if depth == 0 {
            return Ok(());
        }
    }
}

/// What properties at the beginning of an object say of the object itself.
enum Metadata<'a> {
    /// Nothing that matters: the piece behind them.
    None(Item<'a>),
    /// It stands for another object, of which there is none.
    Reference,
    /// It is the list that begins now.
    Values,
}

/// Reads `$ref`, `$id`, `$type` and `$values`, which Json.NET takes for its own at the beginning of an object.
fn metadata<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>) -> Result<Metadata<'a>, Throw> {
    let mut item = next_required(cx, source)?;
    loop {
        let Item::Name(name) = item else { return Ok(Metadata::None(item)) };
        match name.bytes() {
            b"$ref" => {
                match next_required(cx, source)? {
                    Item::Value(Content::Text(Some(_))) => {}
                    Item::Value(Content::Null) => {
                        item = next_required(cx, source)?;
                        continue;
                    }
                    _ => {
                        return Err(fail(cx, source, "JSON reference $ref property must have a string or null value."));
                    }
                }
                if matches!(next_required(cx, source)?, Item::Name(_)) {
                    let message = "Additional content found in JSON reference object. A JSON reference object should \
                                   only have a $ref property.";
                    return Err(fail(cx, source, message));
                }
                return Ok(Metadata::Reference);
            }
            b"$id" | b"$type" => {
                next_required(cx, source)?;
                item = next_required(cx, source)?;
            }
            b"$values" => {
                next_required(cx, source)?;
                return Ok(Metadata::Values);
            }
            _ => return Ok(Metadata::None(item)),
        }
    }
}

/// A dictionary, or a tree where the type does not matter.
fn object<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, target: &Target, ty: Ty) -> Result<Word, Throw> {
    let first = match metadata(cx, source)? {
        Metadata::None(item) => item,
        Metadata::Reference if ty.admits_null() => return Ok(Word::ZERO),
        Metadata::Reference => return Err(cx.throw_null(Role::Receiver)),
        Metadata::Values => {
            let list = list(cx, source, target, ty)?;
            next_required(cx, source)?;
            return Ok(list);
        }
    };
    match target {
        Target::Any => any_object(cx, source, first),
        Target::Entries(entries) => dictionary(cx, source, first, entries, ty),
        Target::Class => Err(target::cannot_create(cx, source, ty)),
        _ => {
            let (name, expected) = (ty.full_name(), target.description());
            let message = format!(
                "Cannot deserialize the current JSON object (e.g. {{\"name\":\"value\"}}) into type '{name}' because the \
                 type requires a {expected} to deserialize correctly.\nTo fix this error either change the JSON to a \
                 {expected} or change the deserialized type so that it is a normal .NET type (e.g. not a primitive type \
                 like integer, not a collection type like an array or List<T>) that can be deserialized from a JSON \
                 object. JsonObjectAttribute can also be added to the type to force it to deserialize from a JSON \
                 object.\n"
            );
            Err(fail(cx, source, &message))
        }
    }
}

/// An object where the type does not matter: a `JObject`.
fn any_object<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, first: Item<'a>) -> Result<Word, Throw> {
    let object = Token::new_object(cx);
    let mut item = first;
    loop {
        match item {
            Item::Name(name) => {
                if matches!(source.next_content(cx)?, Item::End) {
                    break;
                }
                let value = source.tree(cx, false)?;
                if let Some(same) = index::property(cx, object, name) {
                    edit::remove(cx, object, Some(same))?;
                }
                edit::set_member(cx, object, name, Some(value))?;
            }
            Item::Comment => {}
            Item::End => break,
            _ => return Ok(object.object().word()),
        }
        item = source.next(cx)?;
    }
    Err(fail(cx, source, "Unexpected end when deserializing object."))
}

/// A dictionary of the properties of an object.
fn dictionary<'a>(
    cx: &mut Cx<'a>,
    source: &mut impl Source<'a>,
    first: Item<'a>,
    entries: &Entries,
    ty: Ty,
) -> Result<Word, Throw> {
    let (dictionary, keyed) = entries.create(cx, source, ty)?;
    let values = Target::of(entries.value);
    let mut item = first;
    loop {
        match item {
            Item::Name(name) => {
                let key = key_of(cx, source, name, entries.key)?;
                let first = next_for(cx, source, &values)?;
                if matches!(first, Item::End) {
                    break;
                }
                let value = create(cx, source, first, &values, entries.value)?;
                (keyed.set)(cx, dictionary, key, value)?;
            }
            Item::Comment => {}
            Item::EndObject => return Ok(dictionary.word()),
            Item::End => break,
            other => {
                let message = format!("Unexpected token when deserializing object: {}", other.name());
                return Err(fail(cx, source, &message));
            }
        }
        item = source.next(cx)?;
    }
    Err(fail(cx, source, "Unexpected end when deserializing object."))
}

/// The key that the name of a property means.
fn key_of<'a>(cx: &mut Cx<'a>, source: &impl Source<'a>, name: Str<'a>, ty: Ty) -> Result<Word, Throw> {
    value_as(cx, source, Content::Text(Some(name)), ty).map_err(|throw| {
        wrapped(cx, source, throw, |_| {
            let end = format!(
                "' to dictionary key type '{}'. Create a TypeConverter to convert from the string to the key type object.",
                ty.full_name()
            );
            Ok([b"Could not convert string '", name.bytes(), end.as_bytes()].concat())
        })
    })
}

/// An array or collection, or a tree where the type does not matter.
fn list<'a>(cx: &mut Cx<'a>, source: &mut impl Source<'a>, target: &Target, ty: Ty) -> Result<Word, Throw> {
    let elements = match target {
        Target::Any => return Ok(source.tree(cx, true)?.object().word()),
        Target::Elements(elements) => elements,
        _ => {
            let (name, expected) = (ty.full_name(), target.description());
            let message = format!(
                "Cannot deserialize the current JSON array (e.g. [1,2,3]) into type '{name}' because the type requires a \
                 {expected} to deserialize correctly.\nTo fix this error either change the JSON to a {expected} or \
                 change the deserialized type to an array or a type that implements a collection interface (e.g. \
                 ICollection, IList) like List<T> that can be deserialized from a JSON array. JsonArrayAttribute can \
                 also be added to the type to force it to deserialize from a JSON array.\n"
            );
            return Err(fail(cx, source, &message));
        }
    };
    let element: Ty = elements.element;
    let inner = Target::of(element);
    let mut words = Vec::new();
    loop {
        match next_for(cx, source, &inner)? {
            Item::EndArray => break,
            Item::Comment => {}
            Item::End => return Err(fail(cx, source, "Unexpected end when deserializing array.")),
            item => words.push(create(cx, source, item, &inner, element)?),
        }
        cx.reserve(words.len() * size_of::<Word>())?;
    }
    Elements::create(cx, source, element, &words, ty)
}

/// `JsonConvert.DeserializeObject`: what a whole text means where no type is asked for.
///
/// # Errors
/// As [`from_text`].
pub fn any_from_text<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Word, Throw> {
    from_text(cx, text, OBJECT)
}
