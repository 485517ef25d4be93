//! The read-only dictionaries of the context: headers, query parameters, matched parameters, claims, variables.
//!
//! Keys are compared without case. Headers are looked up where they are; the others are lists that were made when
//! somebody first asked for them, or that grow as policies set variables.

use std::cell::Cell;

use dotnet_macros::members;

use super::headers::{Headers, Name, Value};
use crate::array::Array;
use crate::catalogue::OBJECT;
use crate::collection::Keyed;
use crate::cx::Cx;
use crate::object::{Header, NotNull, Obj, Ops, REFERENCE, object_of};
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::raise;
use crate::types::string::STRING;
use crate::word::{Role, Word};

const TEXT: Ty = Ty(&STRING);

/// The object of the headers of a message.
#[repr(C)]
pub struct HeaderDictionary<'a> {
    header: Header,
    /// The headers.
    pub headers: Headers<'a>,
}

crate::layout!(HeaderDictionary<'a>, HEADER_DICTIONARY_DEF);

/// The headers of a message by name; a header is an array of its lines.
#[members("internal sealed class Tollgate.HeaderDictionary : IReadOnlyDictionary<string, string[]>", as = HEADER_DICTIONARY, ops = HEADER_OPS)]
impl<'a> HeaderDictionary<'a> {}

impl<'a> HeaderDictionary<'a> {
    /// The object of these headers.
    #[must_use]
    pub fn new(headers: Headers<'a>) -> Self {
        Self { header: Header::new(Ty(&HEADER_DICTIONARY)), headers }
    }
}

/// The text of a header's value: UTF-8 where it is, else one character for each byte.
#[must_use]
pub fn value_text<'a>(cx: &Cx<'a>, value: Value<'a>) -> Str<'a> {
    text_of_bytes(cx, value.bytes())
}

fn text_of_bytes<'a>(cx: &Cx<'a>, bytes: &[u8]) -> Str<'a> {
    match std::str::from_utf8(bytes) {
        Ok(text) => cx.str(text),
        Err(_) => cx.str(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
    }
}

/// All lines of a header as an array; `None` if there is no such header.
fn header_lines<'a>(cx: &Cx<'a>, headers: &Headers<'a>, name: Name<'_>) -> Option<&'a Array<'a>> {
    let values = headers.get(name);
    if values.is_empty() {
        return None;
    }
    let lines: Vec<Str<'a>> = values.iter().map(|value| value_text(cx, *value)).collect();
    Some(Array::of_strings(cx, &lines))
}

/// The lines of a header with commas between them; `None` if there is no such header.
#[must_use]
pub fn joined_header<'a>(cx: &Cx<'a>, headers: &Headers<'a>, name: Name<'_>) -> Option<Str<'a>> {
    let (first, more) = headers.first(name)?;
    if !more {
        return Some(value_text(cx, first));
    }
    let all = headers.get(name);
    let lines: Vec<&[u8]> = all.iter().map(|value| value.bytes()).collect();
    Some(text_of_bytes(cx, &lines.join(&b","[..])))
}

fn headers_of<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<&'a Headers<'a>, Throw> {
    match object.downcast::<HeaderDictionary<'a>>() {
        Some(dictionary) => Ok(&dictionary.headers),
        None => Err(cx.throw_null(Role::Receiver)),
    }
}

/// The string of a key; a null key throws.
fn key_of<'a>(cx: &mut Cx<'a>, key: Word) -> Result<Str<'a>, Throw> {
    if key.is_null() {
        return Err(cx.throw_null(Role::Argument("key")));
    }
    // SAFETY: the key of these dictionaries is a string.
    Ok(unsafe { Str::from_not_null(key) })
}

/// The behaviour of the headers of a message.
pub static HEADER_OPS: Ops = Ops {
    elements: Some(|cx, object, _| {
        let headers = headers_of(cx, object)?;
        let mut words = Vec::new();
        headers.for_each(|name, values| {
            let lines: Vec<Str<'_>> = values.iter().map(|value| value_text(cx, *value)).collect();
            words.push((cx.str(name.as_str()).word(), object_of(Array::of_strings(cx, &lines)).word()));
        });
        let lines_type = Ty::array(TEXT, 1);
        let words: Vec<Word> = words.into_iter().map(|(key, value)| pair(cx, lines_type, key, value)).collect();
        Ok(Cursor::over(cx.arena().alloc_slice(&words)))
    }),
    count: Some(|object| object.downcast::<HeaderDictionary<'_>>().map_or(0, |dictionary| dictionary.headers.len())),
    keyed: Some(&Keyed {
        find: |cx, object, key| {
            let headers = headers_of(cx, object)?;
            let name = key_of(cx, key)?;
            let lines = header_lines(cx, headers, Name::new(&name.to_utf8()));
            Ok(lines.map(|lines| object_of(lines).word()))
        },
        ..READ_ONLY
    }),
    ..REFERENCE
};

fn pair<'a>(cx: &Cx<'a>, value_type: Ty, key: Word, value: Word) -> Word {
    object_of(KeyValuePair::new(cx, KeyValuePair::of(TEXT, value_type), key, value)).word()
}

/// What all dictionaries of the context do alike; `find` is each one's own.
pub static READ_ONLY: Keyed = Keyed {
    get: |cx, object, key| {
        let find = object.ty().def.ops.keyed.map(|keyed| keyed.find);
        match find.map_or(Ok(None), |find| find(cx, object, key))? {
            Some(word) => Ok(word),
            None => Err(raise::key_not_found(cx, TEXT, key)),
        }
    },
    find: |_, _, _| Ok(None),
    set: |cx, _, _, _| Err(raise::read_only(cx)),
    add: |cx, _, _, _| Err(raise::read_only(cx)),
    remove: |cx, _, _| Err(raise::read_only(cx)),
    keys: |cx, object| pairs_part(cx, object, |pair| pair.key, false),
    values: |cx, object| pairs_part(cx, object, |pair| pair.value, true),
};

/// The keys or the values of a dictionary, as an array.
fn pairs_part<'a>(
    cx: &mut Cx<'a>,
    object: Obj<'a>,
    part: fn(&KeyValuePair) -> Word,
    of_values: bool,
) -> Result<Obj<'a>, Throw> {
    let value_type = value_type(object);
    let mut cursor = object.elements(cx, KeyValuePair::of(TEXT, value_type))?;
    let mut words = Vec::new();
    while let Some(word) = cursor.next(cx)? {
        // SAFETY: the elements of these dictionaries are pairs.
        let pair: &'a KeyValuePair = unsafe { NotNull::from_not_null(word) };
        words.push(part(pair));
    }
    Ok(object_of(Array::new(cx, if of_values { value_type } else { TEXT }, &words)))
}

fn value_type(object: Obj<'_>) -> Ty {
    let pair = object.ty().sequence_element();
    pair.and_then(|pair| pair.0.args.get(1).copied()).unwrap_or(OBJECT)
}

/// The object of a dictionary that is a list of keys and values.
#[repr(C)]
pub struct ListDictionary<'a> {
    header: Header,
    entries: Cell<&'a [(Str<'a>, Word)]>,
}

crate::layout!(ListDictionary<'a>, LIST_DICTIONARY_DEF);

/// Values by name, compared without case.
#[members("internal sealed class Tollgate.ListDictionary<TValue> : IReadOnlyDictionary<string, TValue>", as = LIST_DICTIONARY, ops = LIST_OPS)]
impl<'a> ListDictionary<'a> {}

impl<'a> ListDictionary<'a> {
    /// A dictionary of values of a type. Of keys that differ only in case, the first counts.
    #[must_use]
    pub fn new(value_type: Ty, entries: &'a [(Str<'a>, Word)]) -> Self {
        let ty = Ty::construct(&LIST_DICTIONARY_DEF, &[value_type]);
        Self { header: Header::new(ty), entries: Cell::new(entries) }
    }

    /// The keys and values.
    #[must_use]
    pub fn entries(&self) -> &'a [(Str<'a>, Word)] {
        self.entries.get()
    }

    /// The value of a key.
    #[must_use]
    pub fn find(&self, key: Str<'_>) -> Option<Word> {
        self.entries.get().iter().find(|(name, _)| same_key(*name, key)).map(|(_, value)| *value)
    }

    /// Sets the value of a key.
    pub fn set(&self, cx: &Cx<'a>, key: Str<'a>, value: Word) {
        let old = self.entries.get();
        let place = old.iter().position(|(name, _)| same_key(*name, key));
        let len = old.len() + usize::from(place.is_none());
        let entries = cx.arena().alloc_from(len, |index| match old.get(index) {
            Some((name, _)) if place == Some(index) => (*name, value),
            Some(entry) => *entry,
            None => (key, value),
        });
        self.entries.set(entries);
    }
}

fn same_key(a: Str<'_>, b: Str<'_>) -> bool {
    a == b || a.eq_ignore_case(b)
}

fn list_of<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<&'a ListDictionary<'a>, Throw> {
    object.downcast::<ListDictionary<'a>>().ok_or_else(|| cx.throw_null(Role::Receiver))
}

/// The behaviour of dictionaries that are lists.
pub static LIST_OPS: Ops = Ops {
    elements: Some(|cx, object, _| {
        let entries = list_of(cx, object)?.entries();
        let value_type = value_type(object);
        let words: Vec<Word> = entries.iter().map(|(key, value)| pair(cx, value_type, key.word(), *value)).collect();
        Ok(Cursor::over(cx.arena().alloc_slice(&words)))
    }),
    count: Some(|object| object.downcast::<ListDictionary<'_>>().map_or(0, |list| list.entries().len())),
    keyed: Some(&Keyed {
        find: |cx, object, key| {
            let list = list_of(cx, object)?;
            let key = key_of(cx, key)?;
            Ok(list.find(key))
        },
        ..READ_ONLY
    }),
    ..REFERENCE
};
