//! Walks over trees: children, descendants, ancestors, siblings, pairs.
//!
//! A walk over a list throws if the list is changed meanwhile, as .NET's lists do. Nothing recurses.
//!
//! Not here: paths (`jpath`).

use std::cell::Cell;

use super::children::Children;
use super::members::token::JTOKEN;
use super::token::Token;
use super::{conversion, index};
use crate::cx::Cx;
use crate::object::{Obj, is_instance};
use crate::rt::default_word;
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::string::STRING;
use crate::word::{Role, Word};

/// A place in the list of a token's children.
#[derive(Clone, Copy)]
struct Place<'a> {
    token: &'a Token<'a>,
    at: usize,
    version: Option<u32>,
}

impl<'a> Place<'a> {
    fn before_first(token: &'a Token<'a>) -> Self {
        Self { token, at: 0, version: token.list().map(Children::version) }
    }

    /// The next child.
    #[inline]
    fn step(&mut self, cx: &mut Cx<'a>) -> Result<Option<&'a Token<'a>>, Throw> {
        if self.token.list().map(Children::version) != self.version {
            return Err(types::raise::modified(cx));
        }
        let child = self.token.child(self.at);
        self.at += 1;
        Ok(child)
    }
}

fn cursor<'a>(
    cx: &Cx<'a>,
    mut next: impl FnMut(&mut Cx<'a>) -> Result<Option<&'a Token<'a>>, Throw> + 'a,
) -> Cursor<'a> {
    Cursor::of(cx, move |cx: &mut Cx<'a>| Ok(next(cx)?.map(word_of)))
}

fn word_of<'a>(token: &'a Token<'a>) -> Word {
    token.object().word()
}

/// The token at a word of a sequence of tokens.
fn token_at<'a>(cx: &Cx<'a>, word: Word) -> Option<&'a Token<'a>> {
    // SAFETY: an element of a sequence of objects.
    unsafe { cx.object(word) }.and_then(Obj::downcast)
}

/// The children of a token; none without a token.
#[must_use]
pub fn children<'a>(cx: &Cx<'a>, token: Option<&'a Token<'a>>) -> Cursor<'a> {
    let mut place = token.map(Place::before_first);
    cursor(cx, move |cx| place.as_mut().map_or(Ok(None), |place| place.step(cx)))
}

/// The children of a token that are of a type.
#[must_use]
pub fn children_of_type<'a>(cx: &Cx<'a>, token: Option<&'a Token<'a>>, ty: Ty) -> Cursor<'a> {
    let mut place = token.map(Place::before_first);
    cursor(cx, move |cx| {
        let Some(place) = &mut place else { return Ok(None) };
        loop {
            match place.step(cx)? {
                Some(child) if !is_instance(Some(child.object()), ty) => {}
                found => return Ok(found),
            }
        }
    })
}

/// The names and values of an object's properties, as `KeyValuePair<string, JToken>`.
#[must_use]
pub fn pairs<'a>(cx: &Cx<'a>, object: &'a Token<'a>) -> Cursor<'a> {
    let ty = KeyValuePair::of(Ty(&STRING), Ty(&JTOKEN));
    let mut place = Place::before_first(object);
    Cursor::of(cx, move |cx: &mut Cx<'a>| {
        let Some(property) = place.step(cx)?.and_then(Token::as_property) else { return Ok(None) };
        let value = property.value.get().map_or(Word::ZERO, word_of);
        let pair = KeyValuePair::new(cx, ty, property.name.word(), value);
        Ok(Some(crate::object::object_of(pair).word()))
    })
}

/// The values of an object's properties.
#[must_use]
pub fn property_values<'a>(cx: &Cx<'a>, object: &'a Token<'a>) -> Cursor<'a> {
    let mut place = Place::before_first(object);
    cursor(cx, move |cx| Ok(place.step(cx)?.map(Token::value_or_self)))
}

/// One level of a walk through a tree. The levels of a walk are linked in the arena, which drops nothing.
struct Level<'a> {
    place: Cell<Place<'a>>,
    outer: Option<&'a Self>,
    /// The level inside, which is used again for each container at its depth.
    inner: Cell<Option<&'a Self>>,
}

impl<'a> Level<'a> {
    fn enter(cx: &Cx<'a>, outer: Option<&'a Self>, token: &'a Token<'a>) -> &'a Self {
        let place = Cell::new(Place::before_first(token));
        if let Some(inner) = outer.and_then(|outer| outer.inner.get()) {
            inner.place.set(place.get());
            return inner;
        }
        let level: &'a Self = cx.arena().alloc(Self { place, outer, inner: Cell::new(None) });
        if let Some(outer) = outer {
            outer.inner.set(Some(level));
        }
        level
    }
}

/// All that is in a token, and in that, in the order of the text; the token itself first, if it is asked for.
#[must_use]
pub fn descendants<'a>(cx: &Cx<'a>, token: &'a Token<'a>, and_self: bool) -> Cursor<'a> {
    let mut itself = and_self.then_some(token);
    let mut level: Option<&'a Level<'a>> = None;
    // A container is entered when the walk goes on behind it, so that it may still be changed.
    let mut entered = Some(token);
    cursor(cx, move |cx| {
        if let Some(itself) = itself.take() {
            return Ok(Some(itself));
        }
        if let Some(token) = entered.take() {
            level = Some(Level::enter(cx, level, token));
        }
        while let Some(current) = level {
            let mut place = current.place.get();
            if let Some(child) = place.step(cx)? {
                current.place.set(place);
                entered = Some(child).filter(|child| !child.is_value());
                return Ok(Some(child));
            }
            level = current.outer;
        }
        Ok(None)
    })
}

/// The tokens from this one outwards.
#[must_use]
pub fn ancestors<'a>(cx: &Cx<'a>, first: Option<&'a Token<'a>>) -> Cursor<'a> {
    let mut next = first;
    cursor(cx, move |_| {
        let token = next;
        next = token.and_then(Token::parent);
        Ok(token)
    })
}

/// The tokens from one on behind each other, up to another.
#[must_use]
pub fn siblings<'a>(cx: &Cx<'a>, first: Option<&'a Token<'a>>, end: Option<&'a Token<'a>>) -> Cursor<'a> {
    let mut next = first;
    cursor(cx, move |_| {
        let token = next.filter(|token| !end.is_some_and(|end| end.is(token)));
        next = token.and_then(Token::next);
        Ok(token)
    })
}

/// What a walk gives for each token of a sequence, one after the other.
///
/// # Errors
/// What starting a walk over the sequence throws.
pub fn flattened<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    inner: impl Fn(&mut Cx<'a>, &'a Token<'a>) -> Cursor<'a> + 'a,
) -> Result<Cursor<'a>, Throw> {
    let mut outer = source.elements(cx, Ty(&JTOKEN))?;
    let mut current: Option<Cursor<'a>> = None;
    Ok(Cursor::of(cx, move |cx: &mut Cx<'a>| {
        loop {
            if let Some(walk) = &mut current
                && let Some(word) = walk.next(cx)?
            {
                return Ok(Some(word));
            }
            let Some(word) = outer.next(cx)? else { return Ok(None) };
            let Some(token) = token_at(cx, word) else { return Err(cx.throw_null(Role::Receiver)) };
            current = Some(inner(cx, token));
        }
    }))
}

/// What each token of a sequence has for a key, converted to a type if one is given. Without a key, what is in it, or
/// itself if it is a value.
///
/// # Errors
/// What starting a walk over the sequence throws.
pub fn values<'a>(cx: &mut Cx<'a>, source: Obj<'a>, key: Option<Obj<'a>>, ty: Option<Ty>) -> Result<Cursor<'a>, Throw> {
    let mut outer = source.elements(cx, Ty(&JTOKEN))?;
    let mut inner: Option<Place<'a>> = None;
    Ok(Cursor::of(cx, move |cx: &mut Cx<'a>| {
        let found = loop {
            if let Some(place) = &mut inner {
                if let Some(child) = place.step(cx)? {
                    break child;
                }
                inner = None;
            }
            let Some(word) = outer.next(cx)? else { return Ok(None) };
            let Some(token) = token_at(cx, word) else { return Err(cx.throw_null(Role::Receiver)) };
            match key {
                Some(key) => {
                    if let Some(found) = index::get(cx, token, Some(key))? {
                        break found;
                    }
                }
                None if token.is_value() => break token,
                None => inner = Some(Place::before_first(token)),
            }
        };
        match ty {
            Some(ty) => conversion::to_type(cx, found, ty).map(Some),
            None => Ok(Some(word_of(found))),
        }
    }))
}

/// The tokens of a sequence, converted to a type.
///
/// # Errors
/// What starting a walk over the sequence throws.
pub fn converted<'a>(cx: &mut Cx<'a>, source: Obj<'a>, ty: Ty) -> Result<Cursor<'a>, Throw> {
    let mut tokens = source.elements(cx, Ty(&JTOKEN))?;
    Ok(Cursor::of(cx, move |cx: &mut Cx<'a>| {
        let Some(word) = tokens.next(cx)? else { return Ok(None) };
        match token_at(cx, word) {
            Some(token) => conversion::to_type(cx, token, ty).map(Some),
            None => Ok(Some(default_word(ty))),
        }
    }))
}
