//! How trees are changed: what may be added where, and what becomes of tokens that are part of a tree already.
//!
//! A token has one parent: one that is added a second time is copied. Not here: merging (`merge`), and the lists
//! themselves (`children`).

use super::raise;
use super::token::{Content, Kind, Token};
use super::value;
use crate::array::Bytes;
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::Obj;
use crate::seq::Cursor;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::{self, string::as_string};
use crate::word::Word;

/// The token of what is added: a token itself, or a value of an object.
///
/// # Errors
/// `ArgumentException` if there is no JSON for the object's type.
pub fn from_content<'a>(cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
    match content.and_then(|object| object.downcast::<Token<'a>>()) {
        Some(token) => Ok(token),
        None => {
            let content = value::content_of(cx, content)?;
            Ok(Token::new(cx, content))
        }
    }
}

/// Whether each element of an object is added in its place: sequences that are no strings, bytes or tokens.
#[must_use]
pub fn is_many(object: Obj<'_>) -> bool {
    object.ty().def.ops.elements.is_some()
        && as_string(object).is_none()
        && object.downcast::<Token<'_>>().is_none()
        && object.downcast::<Bytes<'_>>().is_none()
}

/// The object at an element's word.
fn object_at<'a>(cx: &Cx<'a>, word: Word) -> Option<Obj<'a>> {
    // SAFETY: the words of a sequence of objects.
    unsafe { cx.object(word) }
}

/// A sequence whose elements are being added.
struct Adding<'a> {
    elements: Cursor<'a>,
    /// Where the next one goes.
    index: usize,
}

/// Adds an object's token, or the tokens of a sequence's elements, before the child at an index.
///
/// # Errors
/// `ArgumentException` if the container cannot hold the token, `JsonException` for a property that has a value already.
pub fn add<'a>(cx: &mut Cx<'a>, container: &'a Token<'a>, index: usize, content: Option<Obj<'a>>) -> Result<(), Throw> {
    let mut open: Vec<Adding<'a>> = Vec::new();
    let (mut next, mut index) = (Some(content), index);
    loop {
        if let Some(content) = next {
            match content.filter(|object| is_many(*object)) {
                Some(sequence) => open.push(Adding { elements: sequence.elements(cx, OBJECT)?, index }),
                None => {
                    let token = from_content(cx, content)?;
                    insert(cx, container, index, Some(token))?;
                }
            }
        }
        cx.check_limits()?;
        let Some(adding) = open.last_mut() else { return Ok(()) };
        match adding.elements.next(cx)? {
            Some(word) => {
                // Json.NET counts an element that is a sequence itself as one, so that what follows it in the outer
                // sequence goes before the rest of the inner one.
                (next, index) = (Some(object_at(cx, word)), adding.index);
                adding.index += 1;
            }
            None => {
                open.pop();
                next = None;
            }
        }
    }
}

/// Adds behind the last child, see [`add`].
///
/// # Errors
/// As [`add`].
pub fn add_last<'a>(cx: &mut Cx<'a>, container: &'a Token<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
    add(cx, container, container.count(), content)
}

/// The token that takes the place: a new null for null, a copy of a token that is part of a tree, or of this one.
fn unattached<'a>(
    cx: &mut Cx<'a>,
    container: &'a Token<'a>,
    item: Option<&'a Token<'a>>,
) -> Result<&'a Token<'a>, Throw> {
    match item {
        None => Ok(Token::new(cx, Content::Null)),
        Some(item) if item.parent().is_some() || item.is(container) => deep_clone(cx, item),
        Some(item) if item.count() > 0 && container.root().is(item) => deep_clone(cx, item),
        Some(item) => Ok(item),
    }
}

/// Checks that a container can hold a token; in an object it may take the place of `existing`.
fn validate<'a>(
    cx: &mut Cx<'a>,
    container: &'a Token<'a>,
    item: &'a Token<'a>,
    existing: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let Content::Object(children) = container.content() else {
        return if item.as_property().is_some() { Err(raise::cannot_add(cx, item, container)) } else { Ok(()) };
    };
    let Some(name) = item.name() else { return Err(raise::cannot_add(cx, item, container)) };
    if existing.and_then(Token::name) == Some(name) {
        return Ok(());
    }
    match children.find(cx.arena(), name.bytes()) {
        Some(_) => Err(raise::duplicate_property(cx, name)),
        None => Ok(()),
    }
}

/// Inserts a token before the child at an index.
///
/// # Errors
/// As [`add`], and `ArgumentOutOfRangeException` for an index past the end.
pub fn insert<'a>(
    cx: &mut Cx<'a>,
    container: &'a Token<'a>,
    index: usize,
    item: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let is_comment = item.is_some_and(|item| item.kind() == Kind::Comment);
    match container.content() {
        Content::Property(_) | Content::Object(_) if is_comment => return Ok(()),
        Content::Property(property) => {
            if property.value.get().is_some() {
                return Err(raise::several_values(cx));
            }
            let item = unattached(cx, container, item)?;
            validate(cx, container, item, None)?;
            item.set_parent(Some(container));
            property.value.set(Some(item));
        }
        _ => {
            let Some(children) = container.list() else { return Ok(()) };
            if index > children.len() {
                return Err(types::raise::insert_index(cx, "index"));
            }
            let item = unattached(cx, container, item)?;
            validate(cx, container, item, None)?;
            item.set_parent(Some(container));
            children.insert(cx.arena(), index, item);
        }
    }
    Ok(())
}

/// Replaces the child at an index. A value that is equal to the new one stays.
///
/// # Errors
/// As [`insert`]; the index must be that of a child.
pub fn set<'a>(
    cx: &mut Cx<'a>,
    container: &'a Token<'a>,
    index: i64,
    item: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let place = usize::try_from(index).ok();
    if container.as_property().is_some() && place != Some(0) {
        return Err(raise::out_of_range(cx));
    }
    let Some(place) = place else { return Err(raise::index_below_zero(cx)) };
    let Some(existing) = container.child(place) else { return Err(raise::index_past_end(cx)) };
    if is_unchanged(cx, existing, item)? {
        return Ok(());
    }
    let item = unattached(cx, container, item)?;
    validate(cx, container, item, Some(existing))?;
    item.set_parent(Some(container));
    match container.content() {
        Content::Property(property) => property.value.set(Some(item)),
        _ => {
            if let Some(children) = container.list() {
                children.set(cx.arena(), place, item);
            }
        }
    }
    // A value may take its own place.
    if !existing.is(item) {
        existing.set_parent(None);
    }
    Ok(())
}

fn is_unchanged<'a>(cx: &mut Cx<'a>, existing: &'a Token<'a>, item: Option<&'a Token<'a>>) -> Result<bool, Throw> {
    match item {
        _ if !existing.is_value() => Ok(false),
        None => Ok(existing.kind() == Kind::Null),
        Some(item) if item.is_value() => super::compare::values_equal(cx, existing, item),
        Some(_) => Ok(false),
    }
}

/// Gives a property a value, its first or another.
///
/// # Errors
/// As [`insert`].
pub fn set_value<'a>(cx: &mut Cx<'a>, property: &'a Token<'a>, value: Option<&'a Token<'a>>) -> Result<(), Throw> {
    let value = value.unwrap_or_else(|| Token::new(cx, Content::Null));
    if property.count() == 0 { insert(cx, property, 0, Some(value)) } else { set(cx, property, 0, Some(value)) }
}

/// Gives the property of a name another value, or adds one.
///
/// # Errors
/// As [`insert`].
pub fn set_member<'a>(
    cx: &mut Cx<'a>,
    object: &'a Token<'a>,
    name: Str<'a>,
    value: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let found = object.list().and_then(|children| children.find(cx.arena(), name.bytes()));
    match found {
        Some(property) => set_value(cx, property, value),
        None => add_member(cx, object, name, value),
    }
}

/// Adds a property.
///
/// # Errors
/// `ArgumentException` if there is one of this name.
pub fn add_member<'a>(
    cx: &mut Cx<'a>,
    object: &'a Token<'a>,
    name: Str<'a>,
    value: Option<&'a Token<'a>>,
) -> Result<(), Throw> {
    let property = Token::new_property(cx, name);
    set_value(cx, property, value)?;
    insert(cx, object, object.count(), Some(property))
}

/// Removes the child at an index.
///
/// # Errors
/// `JsonException` for the value of a property, `ArgumentOutOfRangeException` if there is no such child.
pub fn remove_at<'a>(cx: &mut Cx<'a>, container: &'a Token<'a>, index: i64) -> Result<(), Throw> {
    let Some(children) = container.list() else { return Err(raise::fixed_property(cx)) };
    let Ok(place) = usize::try_from(index) else { return Err(raise::index_below_zero(cx)) };
    let Some(item) = children.get(place) else { return Err(raise::index_past_end(cx)) };
    children.remove(place);
    item.set_parent(None);
    Ok(())
}

/// Removes this very child, if it is one.
///
/// # Errors
/// `JsonException` for the value of a property.
pub fn remove<'a>(cx: &mut Cx<'a>, container: &'a Token<'a>, item: Option<&'a Token<'a>>) -> Result<bool, Throw> {
    let Some(children) = container.list() else { return Err(raise::fixed_property(cx)) };
    let Some(item) = item else { return Ok(false) };
    match children.index_of(item) {
        Some(index) => {
            children.remove(index);
            item.set_parent(None);
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Removes all children.
///
/// # Errors
/// `JsonException` for a property.
pub fn clear<'a>(cx: &mut Cx<'a>, container: &'a Token<'a>) -> Result<(), Throw> {
    let Some(children) = container.list() else { return Err(raise::fixed_property(cx)) };
    for child in children.iter() {
        child.set_parent(None);
    }
    children.clear();
    Ok(())
}

/// A constructor call without arguments.
///
/// # Errors
/// `ArgumentException` for an empty name.
pub fn new_constructor<'a>(cx: &mut Cx<'a>, name: Str<'a>) -> Result<&'a Token<'a>, Throw> {
    if name.is_empty() {
        return Err(raise::empty_name(cx));
    }
    Ok(Token::new_constructor(cx, Some(name)))
}

/// A copy of a token and of all that it holds, without a parent.
///
/// # Errors
/// The limits of time and memory.
pub fn deep_clone<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
    copy_tree(cx, token, |content| content)
}

/// A copy of a tree as `JTokenWriter` makes it: without a parent, and all that is nothing as `null`.
///
/// # Errors
/// The limits of time and memory.
pub fn written_copy<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
    copy_tree(cx, token, |content| match content {
        Content::Undefined | Content::Text(None) => Content::Null,
        content => content,
    })
}

fn copy_tree<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    of_value: fn(Content<'a>) -> Content<'a>,
) -> Result<&'a Token<'a>, Throw> {
    let root = shallow_clone(cx, token, of_value);
    let mut pending = vec![(token, root)];
    let mut steps = 0_u32;
    while let Some((original, copy)) = pending.pop() {
        let mut copies = Vec::with_capacity(original.count());
        for child in (0..original.count()).filter_map(|index| original.child(index)) {
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(512) {
                cx.check_limits()?;
            }
            let child_copy = shallow_clone(cx, child, of_value);
            child_copy.set_parent(Some(copy));
            copies.push(child_copy);
            if !child.is_value() {
                pending.push((child, child_copy));
            }
        }
        match copy.content() {
            Content::Property(property) => property.value.set(copies.first().copied()),
            _ => {
                if let Some(children) = copy.list() {
                    children.fill(cx.arena(), &copies, None);
                }
            }
        }
    }
    Ok(root)
}

/// A copy of a token without its children.
fn shallow_clone<'a>(cx: &Cx<'a>, token: &'a Token<'a>, of_value: fn(Content<'a>) -> Content<'a>) -> &'a Token<'a> {
    match token.content() {
        Content::Property(property) => Token::new_property(cx, property.name),
        Content::Object(_) => Token::new_object(cx),
        Content::Array(_) => Token::new_array(cx),
        Content::Constructor(constructor) => Token::new_constructor(cx, constructor.name.get()),
        content => {
            let copy = token.copy_of_value(cx);
            copy.set_content(of_value(content));
            copy
        }
    }
}
