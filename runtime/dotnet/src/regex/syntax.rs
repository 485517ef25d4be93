//! Patterns as trees.
//!
//! Case is settled here: where a pattern ignores it, the tree has sets of the units that count as equal.
//!
//! Not here: reading patterns (`parse`) and running them (`compile`, `matcher`, `linear`).

use super::set::Set;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Matches the empty text.
    Empty,
    /// Matches one unit of a set.
    Set(Set),
    /// Matches all parts one after the other.
    Concat(Vec<Self>),
    /// Matches the first of its parts that lets the rest match.
    Alternate(Vec<Self>),
    /// Matches its body again and again.
    Loop(Box<Loop>),
    /// Matches its body and keeps what it matched.
    Capture(Box<Capture>),
    /// Matches its body in the first way that works, and in no other.
    Atomic(Box<Self>),
    /// Looks whether its body matches at this place.
    Look(Box<Look>),
    /// Matches what a group matched last.
    Backreference {
        /// The group's place among the groups.
        group: usize,
        /// Whether case is ignored.
        ignore_case: bool,
    },
    /// Matches one of two parts, by whether a group has matched.
    IfGroup(usize, Box<[Self; 2]>),
    /// Matches one of two parts, by whether the first of all matches at this place.
    IfMatches(Box<[Self; 3]>),
    /// Holds at certain places.
    Anchor(Anchor),
}

/// A quantifier with what it repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// What is repeated.
    pub body: Node,
    /// How often at least.
    pub min: u32,
    /// How often at most; [`UNLIMITED`] if there is no limit.
    pub max: u32,
    /// Whether fewer repetitions are tried first.
    pub is_lazy: bool,
}

/// The largest number of repetitions, which stands for no limit.
pub const UNLIMITED: u32 = i32::MAX as u32;

/// A group that keeps what it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The place among the groups of the one that keeps the match; none for `(?<-name>…)`.
    pub group: Option<usize>,
    /// The group whose last match is given up, for balancing groups.
    pub gives_up: Option<usize>,
    /// What is matched.
    pub body: Node,
}

/// A look at what stands before or behind a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether it looks at what stands before the place.
    pub is_behind: bool,
    /// Whether it holds if the body does not match.
    pub is_negative: bool,
    /// What is looked for.
    pub body: Node,
}

/// What holds at a place or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// `^` of several lines: at the start, and after a line feed.
    LineStart,
    /// `$` of several lines: at the end, and before a line feed.
    LineEnd,
    /// `\A`: at the start.
    Start,
    /// `\G`: where the search began.
    SearchStart,
    /// `\Z`: at the end, and before a line feed at the end.
    EndOrFinalLine,
    /// `\z`: at the end.
    End,
    /// `\b`: between a word's unit and another.
    Boundary,
    /// `\B`: elsewhere.
    NoBoundary,
    /// `\b` of ECMAScript.
    AsciiBoundary,
    /// `\B` of ECMAScript.
    NoAsciiBoundary,
}

impl Node {
    /// Whether the part can match the empty text, looks and anchors aside; group references count as empty.
    #[must_use]
    pub fn may_be_empty(&self) -> bool {
        match self {
            Self::Empty | Self::Look(_) | Self::Anchor(_) | Self::Backreference { .. } => true,
            Self::Set(_) => false,
            Self::Concat(parts) => parts.iter().all(Self::may_be_empty),
            Self::Alternate(parts) => parts.iter().any(Self::may_be_empty),
            Self::Loop(it) => it.min == 0 || it.body.may_be_empty(),
            Self::Capture(capture) => capture.body.may_be_empty(),
            Self::Atomic(body) => body.may_be_empty(),
            Self::IfGroup(_, parts) => parts.iter().any(Self::may_be_empty),
            Self::IfMatches(parts) => parts.iter().skip(1).any(Self::may_be_empty),
        }
    }
}
