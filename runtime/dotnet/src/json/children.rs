//! The list of children that an object, array or constructor has, and the index over the names in a large object.
//!
//! Not here: the rules of what may be added where (`edit`).

use std::cell::Cell;

use super::token::Token;
use crate::arena::Arena;
use crate::hash;
use crate::text::Str;

/// Objects with more properties than this are searched by hash.
const SEARCHED: usize = 12;

/// A growing list of tokens in the arena.
pub struct Children<'a> {
    slots: Cell<&'a [Cell<&'a Token<'a>>]>,
    len: Cell<u32>,
    version: Cell<u32>,
    /// The index that was found last: siblings are mostly asked for one after the other.
    hint: Cell<u32>,
    names: Cell<Option<&'a [Cell<Option<&'a Token<'a>>>]>>,
}

impl<'a> Children<'a> {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slots: Cell::new(&[]),
            len: Cell::new(0),
            version: Cell::new(0),
            hint: Cell::new(0),
            names: Cell::new(None),
        }
    }

    /// How many tokens there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.len.get() as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number that differs after each change, by which a walk notices that it walks over a changed list.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    fn tokens(&self) -> &'a [Cell<&'a Token<'a>>] {
        self.slots.get().get(..self.len()).unwrap_or(&[])
    }

    /// The token at an index.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<&'a Token<'a>> {
        self.tokens().get(index).map(Cell::get)
    }

    /// The tokens in order; a change meanwhile is not noticed.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'a Token<'a>> + use<'a> {
        self.tokens().iter().map(Cell::get)
    }

    /// The position of this very token.
    #[must_use]
    pub fn index_of(&self, token: &Token<'a>) -> Option<usize> {
        let tokens = self.tokens();
        let is_at = |index: usize| tokens.get(index).is_some_and(|slot| slot.get().is(token));
        let hint = self.hint.get() as usize;
        let near = [hint, hint + 1, hint.wrapping_sub(1)].into_iter().find(|index| is_at(*index));
        let found = near.or_else(|| tokens.iter().position(|slot| slot.get().is(token)))?;
        self.hint.set(found as u32);
        Some(found)
    }

    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// Takes over tokens of a list that was empty, as the reader gathers them; `names` is the index over them if it
    /// was made already.
    pub fn fill(&self, arena: &'a Arena, tokens: &[&'a Token<'a>], names: Option<Names<'a>>) {
        let slots: &'a mut [&'a Token<'a>] = arena.alloc_slice(tokens);
        self.slots.set(Cell::from_mut(slots).as_slice_of_cells());
        self.len.set(tokens.len() as u32);
        self.names.set(names.map(|names| names.slots));
    }

    /// Inserts a token; an index past the end is taken as the end.
    pub fn insert(&self, arena: &'a Arena, index: usize, token: &'a Token<'a>) {
        let len = self.len();
        if len == self.slots.get().len() {
            let grown: &'a mut [&'a Token<'a>] = arena.alloc_filled((len * 2).max(4), token);
            let grown = Cell::from_mut(grown).as_slice_of_cells();
            for (place, slot) in grown.iter().zip(self.tokens()) {
                place.set(slot.get());
            }
            self.slots.set(grown);
        }
        self.len.set(len as u32 + 1);
        if let Some(rest) = self.tokens().get(index.min(len)..) {
            let mut moved = token;
            for slot in rest {
                moved = slot.replace(moved);
            }
        }
        if let Some(name) = token.name() {
            self.note_name(arena, name, token);
        }
        self.changed();
    }

    /// Removes the token at an index.
    pub fn remove(&self, index: usize) {
        let Some(rest) = self.tokens().get(index..) else { return };
        let removed = rest.first().map(Cell::get);
        for pair in rest.windows(2) {
            if let [place, next] = pair {
                place.set(next.get());
            }
        }
        self.len.set(self.len.get().saturating_sub(1));
        self.forget_name(removed);
        self.changed();
    }

    /// Replaces the token at an index.
    pub fn set(&self, arena: &'a Arena, index: usize, token: &'a Token<'a>) {
        let Some(slot) = self.tokens().get(index) else { return };
        let existing = slot.replace(token);
        self.forget_name(Some(existing));
        if let Some(name) = token.name() {
            self.note_name(arena, name, token);
        }
        self.changed();
    }

    /// Removes all tokens.
    pub fn clear(&self) {
        self.len.set(0);
        self.slots.set(&[]);
        self.names.set(None);
        self.changed();
    }

    /// The property of this name.
    #[must_use]
    pub fn find(&self, arena: &'a Arena, name: &[u8]) -> Option<&'a Token<'a>> {
        if self.len() <= SEARCHED {
            return self.iter().find(|token| token.name().is_some_and(|other| other.bytes() == name));
        }
        if self.names.get().is_none() {
            let mut names = Names::with_room_for(arena, self.len());
            for (token, name) in self.iter().filter_map(|token| Some((token, token.name()?))) {
                names.insert(arena, name, token);
            }
            self.names.set(Some(names.slots));
        }
        self.names.get().and_then(|slots| Names { slots, used: 0 }.find(name))
    }

    fn note_name(&self, arena: &'a Arena, name: Str<'a>, token: &'a Token<'a>) {
        let Some(slots) = self.names.get() else { return };
        let mut names = Names { slots, used: self.len() - 1 };
        names.insert(arena, name, token);
        self.names.set(Some(names.slots));
    }

    fn forget_name(&self, token: Option<&'a Token<'a>>) {
        if let (Some(slots), Some(token)) = (self.names.get(), token) {
            Names { slots, used: 0 }.remove(token);
        }
    }
}

impl Default for Children<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// An index over properties by name: open addressing, at most half full. The seed is the process's own, so that
/// nobody can send names that collide.
pub struct Names<'a> {
    slots: &'a [Cell<Option<&'a Token<'a>>>],
    used: usize,
}

impl<'a> Names<'a> {
    /// An empty index that need not grow before it holds `count` names.
    #[must_use]
    pub fn with_room_for(arena: &'a Arena, count: usize) -> Self {
        let slots = arena.alloc_filled((count.max(8) * 2).next_power_of_two(), None);
        Self { slots: Cell::from_mut(slots).as_slice_of_cells(), used: 0 }
    }

    /// The slots in the order in which a name is looked for, each once.
    fn probe(&self, name: &[u8]) -> impl Iterator<Item = &'a Cell<Option<&'a Token<'a>>>> + use<'a> {
        let mask = self.slots.len().wrapping_sub(1);
        let start = hash::of_bytes(name) as usize & mask;
        let (before, after) = self.slots.split_at(start.min(self.slots.len()));
        after.iter().chain(before)
    }

    /// The property of this name.
    #[must_use]
    pub fn find(&self, name: &[u8]) -> Option<&'a Token<'a>> {
        let tokens = self.probe(name).map_while(Cell::get);
        tokens.into_iter().find(|token| token.name().is_some_and(|other| other.bytes() == name))
    }

    /// Adds a property whose name is not in the index.
    pub fn insert(&mut self, arena: &'a Arena, name: Str<'a>, token: &'a Token<'a>) {
        if (self.used + 1) * 2 > self.slots.len() {
            let mut grown = Self::with_room_for(arena, self.slots.len());
            for (token, name) in self.slots.iter().filter_map(Cell::get).filter_map(|t| Some((t, t.name()?))) {
                grown.insert(arena, name, token);
            }
            *self = grown;
        }
        if let Some(free) = self.probe(name.bytes()).find(|slot| slot.get().is_none()) {
            free.set(Some(token));
            self.used += 1;
        }
    }

    /// Removes this very property, and moves up those behind it that it kept from their places.
    pub fn remove(&self, token: &Token<'a>) {
        let Some(name) = token.name() else { return };
        let mut run = self.probe(name.bytes());
        let Some(place) = run.find(|slot| slot.get().is_none_or(|other| other.is(token))) else { return };
        if place.take().is_none() {
            return;
        }
        for slot in run {
            let Some(moved) = slot.take() else { break };
            let name = moved.name().unwrap_or(Str::EMPTY);
            if let Some(free) = self.probe(name.bytes()).find(|slot| slot.get().is_none()) {
                free.set(Some(moved));
            }
        }
    }
}
