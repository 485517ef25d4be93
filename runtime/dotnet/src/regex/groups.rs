//! The groups of a pattern: their numbers and names.
//!
//! Groups without a name are numbered first, from 1 on; those with a name follow, in order. Numbers may have gaps, because
//! a group may be given any. A group's *place* is its rank among the numbers in use.

use std::collections::{HashMap, HashSet};

/// The groups of a pattern, the whole match included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// The numbers in use with the offsets in the pattern where the groups are opened, sorted.
    numbers: Vec<(i32, usize)>,
    /// The names of the groups, in order; empty while no group has a name and no number is left out.
    names: Vec<String>,
    /// The places of the names.
    places: HashMap<String, usize>,
}

impl Groups {
    /// How many groups there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// The place of the group of a number.
    #[must_use]
    pub fn place(&self, number: i32) -> Option<usize> {
        self.numbers.binary_search_by_key(&number, |(number, _)| *number).ok()
    }

    /// The place of the group of a name; numbers are names where groups have none.
    #[must_use]
    pub fn place_of_name(&self, name: &str) -> Option<usize> {
        if self.names.is_empty() {
            let number = Some(name).filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
            return self.place(number?.parse().ok()?);
        }
        self.places.get(name).copied()
    }

    /// The number of the group at a place.
    #[must_use]
    pub fn number(&self, place: usize) -> Option<i32> {
        self.numbers.get(place).map(|(number, _)| *number)
    }

    /// The name of the group at a place: its number if it has none.
    #[must_use]
    pub fn name(&self, place: usize) -> Option<String> {
        match self.names.get(place) {
            Some(name) => Some(name.clone()),
            None => self.number(place).map(|number| number.to_string()),
        }
    }

    /// One more than the largest number.
    #[must_use]
    pub fn top(&self) -> i32 {
        self.numbers.last().map_or(0, |(number, _)| number.saturating_add(1))
    }

    /// Where in the pattern the group of a number is opened.
    #[must_use]
    pub fn opened_at(&self, number: i32) -> Option<usize> {
        self.numbers.get(self.place(number)?).map(|(_, at)| *at)
    }

    fn add(&mut self, number: i32, at: usize) {
        if let Err(place) = self.numbers.binary_search_by_key(&number, |(number, _)| *number) {
            self.numbers.insert(place, (number, at));
        }
    }
}

/// Gathers the groups of a pattern.
pub struct GroupsBuilder {
    groups: Groups,
    next: i32,
    names: Vec<(String, usize)>,
    known: HashSet<String>,
}

impl Default for GroupsBuilder {
    fn default() -> Self {
        let mut groups = Groups::default();
        groups.add(0, 0);
        Self { groups, next: 1, names: Vec::new(), known: HashSet::new() }
    }
}

impl GroupsBuilder {
    /// The numbered groups that were found so far.
    #[must_use]
    pub fn so_far(&self) -> &Groups {
        &self.groups
    }

    /// Notes a group without a name or number.
    pub fn add_unnamed(&mut self, at: usize) {
        self.groups.add(self.next, at);
        self.next += 1;
    }

    /// Notes a group with a number.
    pub fn add_number(&mut self, number: i32, at: usize) {
        self.groups.add(number, at);
    }

    /// Notes a group with a name.
    pub fn add_name(&mut self, name: &str, at: usize) {
        if self.known.insert(name.to_owned()) {
            self.names.push((name.to_owned(), at));
        }
    }

    /// Numbers the groups with names.
    #[must_use]
    pub fn finish(mut self) -> Groups {
        let mut named = Vec::new();
        for (name, at) in self.names {
            while self.groups.place(self.next).is_some() {
                self.next += 1;
            }
            self.groups.add(self.next, at);
            named.push((self.next, name));
            self.next += 1;
        }
        let has_gaps = usize::try_from(self.groups.top()).is_ok_and(|top| top > self.groups.count());
        if !named.is_empty() || has_gaps {
            let numbers = self.groups.numbers.iter().map(|(number, _)| *number);
            let mut named = named.into_iter().peekable();
            self.groups.names = numbers
                .map(|number| match named.next_if(|(next, _)| *next == number) {
                    Some((_, name)) => name,
                    None => number.to_string(),
                })
                .collect();
            let places = self.groups.names.iter().enumerate();
            self.groups.places = places.map(|(place, name)| (name.clone(), place)).collect();
        }
        self.groups
    }
}
