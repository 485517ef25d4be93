//! The hash table behind dictionaries, sets and lookups.
//!
//! Entries stand in the order in which they were added; a removed one leaves a place that the next one takes, last left
//! first taken. That is the order in which .NET's dictionaries and sets are walked.
//!
//! Not here: dictionaries and sets themselves (`types`), and what equal means (`equality`).

use std::cell::Cell;

use crate::arena::Arena;
use crate::cx::Cx;
use crate::equality::Equality;
use crate::throw::Throw;
use crate::word::Word;

/// A hash table in the arena.
pub struct Table<'a> {
    equality: Equality<'a>,
    entries: Cell<&'a [Entry]>,
    /// The first entry of each chain, plus one; empty while the table is searched from end to end.
    buckets: Cell<&'a [Cell<u32>]>,
    /// How many entries were ever used, removed ones included.
    used: Cell<usize>,
    /// The removed entry to take first.
    free: Cell<Option<u32>>,
    free_count: Cell<usize>,
    version: Cell<u32>,
}

#[derive(Clone)]
struct Entry {
    key: Cell<Word>,
    value: Cell<Word>,
    hash: Cell<u32>,
    state: Cell<State>,
}

#[derive(Clone, Copy)]
enum State {
    /// In use; the next entry of its chain.
    Live(Option<u32>),
    /// Removed, or never used; the removed entry to take after it.
    Free(Option<u32>),
}

/// Tables of so few entries are searched from end to end, which is faster than hashing.
const UNHASHED: usize = 8;
/// Entries that a table takes for its first key.
const FIRST_CAPACITY: usize = 4;

impl<'a> Table<'a> {
    /// An empty table.
    #[must_use]
    pub fn new(equality: Equality<'a>) -> Self {
        Self {
            equality,
            entries: Cell::new(&[]),
            buckets: Cell::new(&[]),
            used: Cell::new(0),
            free: Cell::new(None),
            free_count: Cell::new(0),
            version: Cell::new(0),
        }
    }

    /// What the table finds equal.
    #[must_use]
    pub fn equality(&self) -> Equality<'a> {
        self.equality
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.used.get() - self.free_count.get()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number that every change makes another.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// The key and value of the first entry at or after `at`, with the index after it.
    #[must_use]
    pub fn entry_from(&self, at: usize) -> Option<(usize, Word, Word)> {
        let used = self.entries.get().get(..self.used.get()).unwrap_or(&[]);
        let behind = used.get(at..)?;
        let (skipped, entry) =
            behind.iter().enumerate().find(|(_, entry)| matches!(entry.state.get(), State::Live(_)))?;
        Some((at + skipped + 1, entry.key.get(), entry.value.get()))
    }

    /// The keys and values in order, as they are now.
    pub fn pairs(&self) -> impl Iterator<Item = (Word, Word)> + 'a {
        let used = self.entries.get().get(..self.used.get()).unwrap_or(&[]);
        let live = used.iter().filter(|entry| matches!(entry.state.get(), State::Live(_)));
        live.map(|entry| (entry.key.get(), entry.value.get()))
    }

    /// The key that is kept for an equal one, with its value.
    ///
    /// # Errors
    /// What comparing and hashing the keys throws.
    pub fn find(&self, cx: &mut Cx<'a>, key: Word) -> Result<Option<(Word, Word)>, Throw> {
        let hash = if self.buckets.get().is_empty() { 0 } else { self.equality.hash(cx, key)? };
        Ok(self.search(cx, key, hash)?.map(|(_, entry)| (entry.key.get(), entry.value.get())))
    }

    /// Whether an equal key is there.
    ///
    /// # Errors
    /// What comparing and hashing the keys throws.
    pub fn contains(&self, cx: &mut Cx<'a>, key: Word) -> Result<bool, Throw> {
        Ok(self.find(cx, key)?.is_some())
    }

    /// Adds a key with its value unless an equal one is there, whose value is given then.
    ///
    /// # Errors
    /// What comparing and hashing the keys throws, and the limit of memory.
    pub fn add(&self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<Option<Word>, Throw> {
        let hash = if self.buckets.get().is_empty() { 0 } else { self.equality.hash(cx, key)? };
        if let Some((_, entry)) = self.search(cx, key, hash)? {
            return Ok(Some(entry.value.get()));
        }
        self.insert(cx, key, value, hash)?;
        Ok(None)
    }

    /// Adds a key with its value, or gives an equal one that is there the value.
    ///
    /// # Errors
    /// What comparing and hashing the keys throws, and the limit of memory.
    pub fn set(&self, cx: &mut Cx<'a>, key: Word, value: Word) -> Result<(), Throw> {
        let hash = if self.buckets.get().is_empty() { 0 } else { self.equality.hash(cx, key)? };
        if let Some((_, entry)) = self.search(cx, key, hash)? {
            entry.value.set(value);
            self.changed();
            return Ok(());
        }
        self.insert(cx, key, value, hash)
    }

    /// Removes a key; gives its value if it was there.
    ///
    /// # Errors
    /// What comparing and hashing the keys throws.
    pub fn remove(&self, cx: &mut Cx<'a>, key: Word) -> Result<Option<Word>, Throw> {
        let hash = if self.buckets.get().is_empty() { 0 } else { self.equality.hash(cx, key)? };
        let Some((index, entry)) = self.search(cx, key, hash)? else { return Ok(None) };
        self.unlink(index, entry);
        entry.state.set(State::Free(self.free.get()));
        self.free.set(Some(index));
        self.free_count.set(self.free_count.get() + 1);
        self.changed();
        Ok(Some(entry.value.get()))
    }

    /// Forgets the places of removed keys if no key is left, as sets do: the next keys then stand in the order in which
    /// they come.
    pub fn forget_removed(&self) {
        if self.is_empty() {
            self.used.set(0);
            self.free.set(None);
            self.free_count.set(0);
        }
    }

    /// Removes all keys.
    pub fn clear(&self) {
        for bucket in self.buckets.get() {
            bucket.set(0);
        }
        self.used.set(0);
        self.free.set(None);
        self.free_count.set(0);
        self.changed();
    }

    /// Makes room for so many keys.
    ///
    /// # Errors
    /// What hashing the keys throws, and the limit of memory.
    pub fn reserve(&self, cx: &mut Cx<'a>, capacity: usize) -> Result<(), Throw> {
        if capacity > self.entries.get().len() { self.resize(cx, capacity) } else { Ok(()) }
    }

    /// A table of its own with the same entries, removed ones included, so that what is added next takes the same place.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn copied(&self, cx: &mut Cx<'a>) -> Result<Self, Throw> {
        let (entries, buckets) = (self.entries.get(), self.buckets.get());
        cx.reserve(size_of_val(entries) + size_of_val(buckets))?;
        let copy = Self::new(self.equality);
        copy.entries.set(copy_of_entries(cx.arena(), entries, entries.len()));
        copy.buckets.set(cx.arena().alloc_from(buckets.len(), |index| buckets.get(index).cloned().unwrap_or_default()));
        copy.used.set(self.used.get());
        copy.free.set(self.free.get());
        copy.free_count.set(self.free_count.get());
        Ok(copy)
    }

    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
    }

    fn search(&self, cx: &mut Cx<'a>, key: Word, hash: u32) -> Result<Option<(u32, &'a Entry)>, Throw> {
        let (entries, buckets) = (self.entries.get(), self.buckets.get());
        if buckets.is_empty() {
            for (index, entry) in (0..).zip(entries.iter().take(self.used.get())) {
                if matches!(entry.state.get(), State::Live(_)) && self.equality.equal(cx, entry.key.get(), key)? {
                    return Ok(Some((index, entry)));
                }
            }
            return Ok(None);
        }
        let mut next = self.bucket(hash).and_then(|bucket| bucket.get().checked_sub(1));
        while let Some((index, entry)) = next.and_then(|index| Some((index, entries.get(index as usize)?))) {
            if entry.hash.get() == hash && self.equality.equal(cx, entry.key.get(), key)? {
                return Ok(Some((index, entry)));
            }
            next = match entry.state.get() {
                State::Live(next) => next,
                State::Free(_) => None,
            };
        }
        Ok(None)
    }

    fn bucket(&self, hash: u32) -> Option<&'a Cell<u32>> {
        let buckets = self.buckets.get();
        buckets.get(hash as usize & buckets.len().wrapping_sub(1))
    }

    fn insert(&self, cx: &mut Cx<'a>, key: Word, value: Word, mut hash: u32) -> Result<(), Throw> {
        let index = match self.free.get() {
            Some(index) => index,
            None => {
                let used = self.used.get();
                if used == self.entries.get().len() {
                    let was_unhashed = self.buckets.get().is_empty();
                    self.resize(cx, (used * 2).max(FIRST_CAPACITY))?;
                    if was_unhashed && !self.buckets.get().is_empty() {
                        hash = self.equality.hash(cx, key)?;
                    }
                }
                u32::try_from(used).unwrap_or(u32::MAX)
            }
        };
        let Some(entry) = self.entries.get().get(index as usize) else { return Ok(()) };
        match entry.state.get() {
            State::Free(next) if self.free.get().is_some() => {
                self.free.set(next);
                self.free_count.set(self.free_count.get() - 1);
            }
            _ => self.used.set(self.used.get() + 1),
        }
        entry.key.set(key);
        entry.value.set(value);
        self.link(index, entry, hash);
        self.changed();
        Ok(())
    }

    /// Puts an entry at the head of the chain of its hash.
    fn link(&self, index: u32, entry: &Entry, hash: u32) {
        entry.hash.set(hash);
        match self.bucket(hash) {
            Some(bucket) => {
                entry.state.set(State::Live(bucket.get().checked_sub(1)));
                bucket.set(index + 1);
            }
            None => entry.state.set(State::Live(None)),
        }
    }

    /// Takes an entry out of its chain.
    fn unlink(&self, index: u32, entry: &Entry) {
        let State::Live(after) = entry.state.get() else { return };
        let Some(bucket) = self.bucket(entry.hash.get()) else { return };
        let mut next = bucket.get().checked_sub(1);
        if next == Some(index) {
            bucket.set(after.map_or(0, |after| after + 1));
            return;
        }
        while let Some(before) = next.and_then(|at| self.entries.get().get(at as usize)) {
            let State::Live(following) = before.state.get() else { return };
            if following == Some(index) {
                before.state.set(State::Live(after));
                return;
            }
            next = following;
        }
    }

    fn resize(&self, cx: &mut Cx<'a>, capacity: usize) -> Result<(), Throw> {
        let old = self.entries.get();
        let bucket_count = if capacity > UNHASHED { capacity.next_power_of_two() } else { 0 };
        cx.reserve(capacity.saturating_mul(size_of::<Entry>()).saturating_add(bucket_count * size_of::<u32>()))?;
        let must_hash = self.buckets.get().is_empty() && bucket_count > 0;
        if must_hash {
            for entry in old.iter().filter(|entry| matches!(entry.state.get(), State::Live(_))) {
                entry.hash.set(self.equality.hash(cx, entry.key.get())?);
            }
        }
        let entries = copy_of_entries(cx.arena(), old, capacity);
        self.entries.set(entries);
        self.buckets.set(Cell::from_mut(cx.arena().alloc_filled(bucket_count, 0)).as_slice_of_cells());
        for (index, entry) in (0..).zip(entries.iter().take(self.used.get())) {
            if matches!(entry.state.get(), State::Live(_)) {
                self.link(index, entry, entry.hash.get());
            }
        }
        Ok(())
    }
}

/// A copy of entries with room for `capacity` of them.
fn copy_of_entries<'a>(arena: &'a Arena, entries: &[Entry], capacity: usize) -> &'a [Entry] {
    arena.alloc_from(capacity, |index| match entries.get(index) {
        Some(entry) => entry.clone(),
        None => Entry {
            key: Cell::new(Word::ZERO),
            value: Cell::new(Word::ZERO),
            hash: Cell::new(0),
            state: Cell::new(State::Free(None)),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ty, with_harness};
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[derive(Clone, Copy, Debug)]
    enum Change {
        Add(u32, u64),
        Set(u32, u64),
        Remove(u32),
        Clear,
        Copy,
    }

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let key = 0_u32..40;
        let change = prop_oneof![
            6 => (key.clone(), any::<u64>()).prop_map(|(key, value)| Change::Add(key, value)),
            3 => (key.clone(), any::<u64>()).prop_map(|(key, value)| Change::Set(key, value)),
            5 => key.prop_map(Change::Remove),
            1 => Just(Change::Clear),
            1 => Just(Change::Copy),
        ];
        proptest::collection::vec(change, 0..200)
    }

    /// The places of a table as .NET keeps them: a new key takes the place that was left last.
    #[derive(Default)]
    struct Places {
        keys: Vec<Option<u32>>,
        left: Vec<usize>,
    }

    impl Places {
        fn add(&mut self, key: u32) {
            match self.left.pop() {
                Some(place) => self.keys[place] = Some(key),
                None => self.keys.push(Some(key)),
            }
        }
        fn remove(&mut self, key: u32) {
            let place = self.keys.iter().position(|kept| *kept == Some(key)).unwrap();
            self.keys[place] = None;
            self.left.push(place);
        }
    }

    proptest! {
        #[test]
        fn a_table_is_a_map_that_is_walked_in_dotnets_order(changes in changes(), texts in any::<bool>()) {
            with_harness(|harness| {
                let cx = &mut harness.cx;
                let equality = Equality::of(ty(if texts { "string" } else { "int" }), None);
                let mut table = Table::new(equality);
                let (mut map, mut places) = (HashMap::new(), Places::default());
                let word = |cx: &mut Cx<'_>, key: u32| {
                    if texts { cx.str(&format!("key {key}")).word() } else { Word(u64::from(key)) }
                };
                for change in changes {
                    match change {
                        Change::Add(key, value) => {
                            let key_word = word(cx, key);
                            let there = table.add(cx, key_word, Word(value)).unwrap();
                            prop_assert_eq!(there, map.get(&key).map(|value| Word(*value)));
                            map.entry(key).or_insert_with(|| { places.add(key); value });
                        }
                        Change::Set(key, value) => {
                            let key_word = word(cx, key);
                            table.set(cx, key_word, Word(value)).unwrap();
                            if map.insert(key, value).is_none() {
                                places.add(key);
                            }
                        }
                        Change::Remove(key) => {
                            let key_word = word(cx, key);
                            let removed = table.remove(cx, key_word).unwrap();
                            prop_assert_eq!(removed, map.remove(&key).map(Word));
                            if removed.is_some() {
                                places.remove(key);
                            }
                        }
                        Change::Clear => {
                            table.clear();
                            map.clear();
                            places = Places::default();
                        }
                        Change::Copy => table = table.copied(cx).unwrap(),
                    }
                    prop_assert_eq!(table.len(), map.len());
                }
                let expected: Vec<Word> = places.keys.iter().flatten().map(|key| Word(map[key])).collect();
                let values: Vec<Word> = table.pairs().map(|(_, value)| value).collect();
                prop_assert_eq!(&values, &expected);
                let (mut at, mut walked) = (0, Vec::new());
                while let Some((next, _, value)) = table.entry_from(at) {
                    walked.push(value);
                    at = next;
                }
                prop_assert_eq!(walked, expected);
                for key in 0..40 {
                    let key_word = word(cx, key);
                    prop_assert_eq!(table.contains(cx, key_word).unwrap(), map.contains_key(&key));
                }
                Ok(())
            })?;
        }
    }

    #[test]
    fn a_set_that_became_empty_forgets_the_places() {
        with_harness(|harness| {
            let cx = &mut harness.cx;
            let table = Table::new(Equality::Narrow);
            for key in 1..=3 {
                table.add(cx, Word(key), Word::ZERO).unwrap();
            }
            for key in 1..=3 {
                table.remove(cx, Word(key)).unwrap();
            }
            table.forget_removed();
            for key in [7, 8] {
                table.add(cx, Word(key), Word::ZERO).unwrap();
            }
            let keys: Vec<u64> = table.pairs().map(|(key, _)| key.0).collect();
            assert_eq!(keys, [7, 8]);
        });
    }
}
