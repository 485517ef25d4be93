//! Tokens as `IList<JToken>`, and objects as `IDictionary<string, JToken>`.
//!
//! Not here: the members that tokens have by themselves.

use crate::collection::{Collection, Keyed, Positions};
use crate::cx::Cx;
use crate::json::token::Token;
use crate::json::{edit, index};
use crate::object::{NotNull, Obj, object_of, on};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::NOT_IMPLEMENTED_EXCEPTION;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::list::List;
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::types::string::STRING;
use crate::word::{Role, Word};

/// The object at a word of an element type that is a class or a pair.
fn object_at<'a>(cx: &Cx<'a>, word: Word) -> Option<Obj<'a>> {
    // SAFETY: the elements of tokens and dictionaries are objects.
    unsafe { cx.object(word) }
}

fn token_at<'a>(cx: &Cx<'a>, word: Word) -> Option<&'a Token<'a>> {
    object_at(cx, word).and_then(Obj::downcast)
}

fn word_of(token: Option<&Token<'_>>) -> Word {
    token.map_or(Word::ZERO, |token| Word(std::ptr::from_ref(token) as u64))
}

/// The pair that an element of a dictionary is: name and value.
fn pair_at<'a>(cx: &Cx<'a>, word: Word) -> Option<(Str<'a>, Option<&'a Token<'a>>)> {
    let pair = object_at(cx, word)?.downcast::<KeyValuePair>()?;
    // SAFETY: the pairs of these dictionaries have strings for keys.
    let name = (!pair.key.is_null()).then(|| unsafe { Str::from_not_null(pair.key) })?;
    Some((name, token_at(cx, pair.value)))
}

/// The string at the word of a key.
fn name_at<'a>(cx: &mut Cx<'a>, word: Word, parameter: &'static str) -> Result<Str<'a>, Throw> {
    if word.is_null() {
        return Err(cx.throw_null(Role::Argument(parameter)));
    }
    // SAFETY: the keys are strings.
    Ok(unsafe { Str::from_not_null(word) })
}

/// What arrays, properties and constructor calls do as collections.
pub static LIST: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| {
        let content = object_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, cx| edit::add_last(cx, token, content))
    },
    clear: |cx, object| on::<Token<'_>, _>(cx, object, |token, cx| edit::clear(cx, token)),
    contains: |cx, object, word| {
        let item = token_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, _| Ok(item.is_some_and(|item| token.index_of(item).is_some())))
    },
    remove: |cx, object, word| {
        let item = token_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, cx| edit::remove(cx, token, item))
    },
    positions: Some(&POSITIONS),
};

static POSITIONS: Positions = Positions {
    get: |cx, object, position| {
        on::<Token<'_>, _>(cx, object, |token, cx| Ok(word_of(Some(index::element(cx, token, position)?))))
    },
    set: |cx, object, position, word| {
        let item = token_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, cx| edit::set(cx, token, i64::from(position), item))
    },
    index_of: |cx, object, word| {
        let item = token_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, _| {
            let found = item.and_then(|item| token.index_of(item));
            Ok(found.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1))
        })
    },
    insert: |cx, object, position, word| {
        let item = token_at(cx, word);
        on::<Token<'_>, _>(cx, object, |token, cx| match usize::try_from(position) {
            Ok(position) => edit::insert(cx, token, position, item),
            Err(_) => Err(raise::index(cx, "index")),
        })
    },
    remove_at: |cx, object, position| {
        on::<Token<'_>, _>(cx, object, |token, cx| edit::remove_at(cx, token, i64::from(position)))
    },
};

/// What objects do as collections: their elements are pairs where they are a dictionary, and properties where they are a
/// list.
pub static MEMBERS: Collection = Collection {
    is_read_only: false,
    add: |cx, object, word| match pair_at(cx, word) {
        Some((name, value)) => on::<Token<'_>, _>(cx, object, |token, cx| edit::add_member(cx, token, name, value)),
        None => (LIST.add)(cx, object, word),
    },
    clear: LIST.clear,
    contains: |cx, object, word| match pair_at(cx, word) {
        Some((name, value)) => on::<Token<'_>, _>(cx, object, |token, cx| {
            Ok(index::member(cx, token, name).is_some_and(|found| value.is_some_and(|value| found.is(value))))
        }),
        None => (LIST.contains)(cx, object, word),
    },
    remove: |cx, object, word| match pair_at(cx, word) {
        Some((name, _)) if (MEMBERS.contains)(cx, object, word)? => on::<Token<'_>, _>(cx, object, |token, cx| {
            let property = index::property(cx, token, name);
            edit::remove(cx, token, property)
        }),
        Some(_) => Ok(false),
        None => (LIST.remove)(cx, object, word),
    },
    positions: Some(&POSITIONS),
};

/// What objects do as dictionaries.
pub static KEYED: Keyed = Keyed {
    get: |cx, object, key| {
        let name = name_at(cx, key, "propertyName")?;
        on::<Token<'_>, _>(cx, object, |token, cx| Ok(word_of(index::member(cx, token, name))))
    },
    find: |cx, object, key| {
        let name = name_at(cx, key, "propertyName")?;
        on::<Token<'_>, _>(cx, object, |token, cx| Ok(index::member(cx, token, name).map(|value| word_of(Some(value)))))
    },
    set: |cx, object, key, value| {
        let (name, value) = (name_at(cx, key, "name")?, token_at(cx, value));
        on::<Token<'_>, _>(cx, object, |token, cx| edit::set_member(cx, token, name, value))
    },
    add: |cx, object, key, value| {
        let (name, value) = (name_at(cx, key, "name")?, token_at(cx, value));
        on::<Token<'_>, _>(cx, object, |token, cx| edit::add_member(cx, token, name, value))
    },
    remove: |cx, object, key| {
        let name = name_at(cx, key, "propertyName")?;
        on::<Token<'_>, _>(cx, object, |token, cx| match index::property(cx, token, name) {
            Some(property) => edit::remove(cx, token, Some(property)),
            None => Ok(false),
        })
    },
    keys: |cx, object| {
        on::<Token<'_>, _>(cx, object, |token, cx| {
            let children = (0..token.count()).filter_map(|index| token.child(index));
            let names: Vec<Word> = children.filter_map(Token::name).map(Str::word).collect();
            let names = List::of(cx, Ty(&STRING), &names).as_object();
            Ok(object_of(ReadOnlyCollection::over(cx, Ty(&STRING), names)))
        })
    },
    values: |cx, _| Err(cx.throw(Ty(&NOT_IMPLEMENTED_EXCEPTION), "The method or operation is not implemented.")),
};
