//! The regular expressions of .NET.
//!
//! A pattern is read into a tree ([`parse`]). Where it is regular, automata search for it in linear time ([`linear`]);
//! otherwise, and for what groups keep on the way, a backtracking matcher does what .NET does, in a bounded number of steps
//! ([`matcher`]). Texts are sequences of UTF-16 units for both ([`haystack`]).
//!
//! `members` has the .NET types. Not here: paths into JSON, which ask for a match now and then.

pub mod cache;
pub mod case;
pub mod groups;
pub mod haystack;
pub mod linear;
pub mod matcher;
pub mod members;
pub mod options;
pub mod parse;
pub mod program;
pub mod replacement;
pub mod set;
pub mod syntax;
pub mod unicode;

#[cfg(test)]
mod mono;

use std::sync::OnceLock;

use self::groups::Groups;
use self::haystack::Haystack;
use self::linear::{Linear, Traits};
use self::matcher::{Kept, Start, TimedOut};
use self::options::Options;
use self::parse::Fault;
use self::program::Program;
use self::syntax::Node;

/// A pattern that can search texts.
#[derive(Debug)]
pub struct Regex {
    root: Node,
    /// The options that it was made with.
    pub options: Options,
    /// Its groups.
    pub groups: Groups,
    program: Program,
    traits: Traits,
    /// The automata for ASCII text and for all text; made when they are first asked for.
    automata: [OnceLock<Option<Linear>>; 2],
}

/// A match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The byte offset of its start.
    pub start: usize,
    /// The byte offset of its end.
    pub end: usize,
    /// What the groups kept, if that is known already.
    pub kept: Option<Kept>,
}

impl Regex {
    /// The regular expression of a pattern.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub fn new(pattern: &[u16], options: Options) -> Result<Self, Fault> {
        let read = parse::parse(pattern, options)?;
        let program = Program::new(&read.root, options.has(Options::RIGHT_TO_LEFT), options.has(Options::ECMA_SCRIPT));
        let traits = Traits::of(&read.root);
        Ok(Self { root: read.root, options, groups: read.groups, program, traits, automata: Default::default() })
    }

    /// Whether texts are searched from their end.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        self.options.has(Options::RIGHT_TO_LEFT)
    }

    fn automaton(&self, is_ascii: bool) -> Option<&Linear> {
        let [for_ascii, for_all] = &self.automata;
        let (place, is_regular) = if is_ascii {
            (for_ascii, self.traits.is_regular())
        } else {
            (for_all, self.traits.is_regular_beyond_ascii())
        };
        if !is_regular || self.is_right_to_left() {
            return None;
        }
        place.get_or_init(|| Linear::new(&self.root, &self.traits, is_ascii)).as_ref()
    }

    /// Whether there is a match at or behind a place (before it, from right to left).
    ///
    /// # Errors
    /// If finding out takes more steps than are left.
    pub fn is_match(&self, haystack: &Haystack<'_>, from: usize, steps: &mut u64) -> Result<bool, TimedOut> {
        match self.automaton(haystack.is_ascii()) {
            Some(linear) => Ok(linear.is_match(haystack, from)),
            None => Ok(self.find(haystack, from, from, steps)?.is_some()),
        }
    }

    /// The first match at or behind a place. `search_start` is where `\G` holds.
    ///
    /// # Errors
    /// If finding it takes more steps than are left.
    pub fn find(
        &self,
        haystack: &Haystack<'_>,
        from: usize,
        search_start: usize,
        steps: &mut u64,
    ) -> Result<Option<Found>, TimedOut> {
        if let Some(linear) = self.automaton(haystack.is_ascii()) {
            let kept = |start, end| (self.groups.count() == 1).then(|| vec![vec![(start, end)]]);
            let found = linear.find(haystack, from);
            return Ok(found.map(|(start, end)| Found { start, end, kept: kept(start, end) }));
        }
        let start = Start { from, search_start, is_anchored: false };
        let kept = matcher::search(&self.program, self.groups.count(), haystack.bytes(), start, steps)?;
        Ok(kept.and_then(|kept| {
            let (start, end) = *kept.first()?.first()?;
            Some(Found { start, end, kept: Some(kept) })
        }))
    }

    /// What the groups of a match kept; with `all`, everything that they kept on the way, else at least the last.
    ///
    /// # Errors
    /// If finding out takes more steps than are left.
    pub fn kept(
        &self,
        haystack: &Haystack<'_>,
        (start, end): (usize, usize),
        all: bool,
        steps: &mut u64,
    ) -> Result<Kept, TimedOut> {
        let groups = self.groups.count();
        let traits = &self.traits;
        let agrees = !(traits.has_captures_in_empty_loops || all && traits.has_captures_in_loops);
        let linear = self.automaton(haystack.is_ascii()).filter(|linear| agrees && linear.has_single_groups());
        if let Some(linear) = linear {
            let last = linear.groups(haystack, start, groups);
            return Ok(last.into_iter().map(|span| span.into_iter().collect()).collect());
        }
        let begin = Start { from: start, search_start: start, is_anchored: true };
        let kept = matcher::search(&self.program, groups, haystack.bytes(), begin, steps)?;
        Ok(kept.unwrap_or_else(|| vec![vec![(start, end)]; groups]))
    }

    /// Whether [`Regex::kept`] without `all` gives everything that the groups kept.
    #[must_use]
    pub fn keeps_once(&self) -> bool {
        !self.traits.has_captures_in_loops
    }
}
