//! Searches in linear time, for patterns that are regular.
//!
//! The tree of a pattern becomes one of `regex-syntax`; no text of a pattern is passed on. There are two automata for a
//! pattern: a small one for ASCII text, and one for all text, in which a unit is a character of one to three bytes.
//!
//! A `$` that also holds before a last line feed is not regular; it becomes one by a trick: the last line feed of the text
//! is replaced by a byte that no text has, which is what ends lines for the automaton.
//!
//! Not here: which groups kept what on the way (`matcher`).

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{self, Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir};

use super::haystack::{FINAL_LINE, Haystack};
use super::set::Set;
use super::syntax::{Anchor, Node, UNLIMITED};

/// How large the automaton of a pattern may be, in bytes; larger ones are left to the backtracking matcher.
const SIZE_LIMIT: usize = 1 << 20;

/// An automaton.
#[derive(Debug)]
pub struct Linear {
    regex: Regex,
    /// The places of the groups, in the order in which the automaton counts them.
    places: Vec<usize>,
    /// Whether the text needs its end marked.
    marks_end: bool,
}

/// What the whole pattern has, as far as it decides on the automaton.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// Something that is not regular.
    is_irregular: bool,
    /// `$` or `\Z`.
    has_final_line: bool,
    /// Anchors of lines.
    has_lines: bool,
    /// `\b` or `\B`.
    has_boundary: bool,
    /// A group inside a loop.
    pub has_captures_in_loops: bool,
    /// A group inside a loop whose body can match nothing; the automaton need not agree on what such a group keeps.
    pub has_captures_in_empty_loops: bool,
}

impl Traits {
    /// The traits of a pattern.
    #[must_use]
    pub fn of(root: &Node) -> Self {
        let mut traits = Self::default();
        traits.visit(root, false, false);
        traits
    }

    /// Whether there can be an automaton.
    #[must_use]
    pub fn is_regular(&self) -> bool {
        !(self.is_irregular || self.has_final_line && self.has_lines)
    }

    /// Whether the automaton also holds for text that is not ASCII.
    #[must_use]
    pub fn is_regular_beyond_ascii(&self) -> bool {
        self.is_regular() && !self.has_boundary
    }

    fn visit(&mut self, node: &Node, in_loop: bool, in_empty_loop: bool) {
        match node {
            Node::Empty | Node::Set(_) => {}
            Node::Concat(parts) | Node::Alternate(parts) => {
                parts.iter().for_each(|part| self.visit(part, in_loop, in_empty_loop));
            }
            Node::Loop(it) => {
                let repeats = it.max > 1;
                let can_be_empty = repeats && it.body.may_be_empty();
                self.visit(&it.body, in_loop || repeats, in_empty_loop || can_be_empty);
            }
            Node::Capture(capture) => {
                self.is_irregular |= capture.gives_up.is_some();
                self.has_captures_in_loops |= in_loop;
                self.has_captures_in_empty_loops |= in_empty_loop;
                self.visit(&capture.body, in_loop, in_empty_loop);
            }
            Node::Anchor(anchor) => match anchor {
                Anchor::LineStart | Anchor::LineEnd => self.has_lines = true,
                Anchor::EndOrFinalLine => self.has_final_line = true,
                Anchor::SearchStart => self.is_irregular = true,
                Anchor::Boundary | Anchor::NoBoundary | Anchor::AsciiBoundary | Anchor::NoAsciiBoundary => {
                    self.has_boundary = true;
                }
                Anchor::Start | Anchor::End => {}
            },
            Node::Atomic(_) | Node::Look(_) | Node::Backreference { .. } | Node::IfGroup(..) | Node::IfMatches(_) => {
                self.is_irregular = true
            }
        }
    }
}

impl Linear {
    /// The automaton of a pattern that is regular; `None` if it would be too large.
    #[must_use]
    pub fn new(root: &Node, traits: &Traits, is_ascii: bool) -> Option<Self> {
        let mut translator = Translator { is_ascii, marks_end: traits.has_final_line, places: vec![0] };
        let hir = translator.node(root);
        let config = Regex::config()
            .utf8_empty(false)
            .nfa_size_limit(Some(SIZE_LIMIT))
            .hybrid_cache_capacity(SIZE_LIMIT)
            .line_terminator(if traits.has_final_line { FINAL_LINE } else { b'\n' });
        let regex = Regex::builder().configure(config).build_from_hir(&hir).ok()?;
        Some(Self { regex, places: translator.places, marks_end: traits.has_final_line })
    }

    fn text<'t>(&self, haystack: &Haystack<'t>) -> &'t [u8] {
        if self.marks_end { haystack.with_marked_end() } else { haystack.bytes() }
    }

    /// Whether there is a match.
    #[must_use]
    pub fn is_match(&self, haystack: &Haystack<'_>, from: usize) -> bool {
        let text = self.text(haystack);
        self.regex.is_match(Input::new(text).range(from.min(text.len())..))
    }

    /// Where the first match is.
    #[must_use]
    pub fn find(&self, haystack: &Haystack<'_>, from: usize) -> Option<(usize, usize)> {
        let text = self.text(haystack);
        let found = self.regex.search(&Input::new(text).range(from.min(text.len())..))?;
        Some((found.start(), found.end()))
    }

    /// What each group of the match at a place kept last.
    #[must_use]
    pub fn groups(&self, haystack: &Haystack<'_>, start: usize, groups: usize) -> Vec<Option<(usize, usize)>> {
        let text = self.text(haystack);
        let mut captures = self.regex.create_captures();
        let input = Input::new(text).range(start.min(text.len())..).anchored(Anchored::Yes);
        self.regex.search_captures(&input, &mut captures);
        let mut kept = vec![None; groups];
        for (place, span) in self.places.iter().zip(captures.iter()) {
            if let (Some(span), Some(kept)) = (span, kept.get_mut(*place)) {
                *kept = Some((span.start, span.end));
            }
        }
        kept
    }

    /// Whether no group stands twice in the pattern.
    #[must_use]
    pub fn has_single_groups(&self) -> bool {
        let mut places = self.places.clone();
        places.sort_unstable();
        places.windows(2).all(|pair| pair.first() != pair.last())
    }
}

struct Translator {
    is_ascii: bool,
    marks_end: bool,
    places: Vec<usize>,
}

impl Translator {
    fn node(&mut self, node: &Node) -> Hir {
        match node {
            Node::Set(set) => self.set(set),
            Node::Concat(parts) => Hir::concat(parts.iter().map(|part| self.node(part)).collect()),
            Node::Alternate(parts) => Hir::alternation(parts.iter().map(|part| self.node(part)).collect()),
            Node::Loop(it) => {
                let max = (it.max != UNLIMITED).then_some(it.max);
                let sub = Box::new(self.node(&it.body));
                Hir::repetition(hir::Repetition { min: it.min, max, greedy: !it.is_lazy, sub })
            }
            Node::Capture(capture) => {
                let index = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
                self.places.push(capture.group.unwrap_or(0));
                let sub = Box::new(self.node(&capture.body));
                Hir::capture(hir::Capture { index, name: None, sub })
            }
            Node::Anchor(anchor) => Hir::look(match anchor {
                Anchor::LineStart => hir::Look::StartLF,
                Anchor::LineEnd | Anchor::EndOrFinalLine => hir::Look::EndLF,
                Anchor::Start | Anchor::SearchStart => hir::Look::Start,
                Anchor::End => hir::Look::End,
                Anchor::Boundary | Anchor::AsciiBoundary => hir::Look::WordAscii,
                Anchor::NoBoundary | Anchor::NoAsciiBoundary => hir::Look::WordAsciiNegate,
            }),
            // What is not regular does not come here, see `Traits`.
            Node::Empty
            | Node::Atomic(_)
            | Node::Look(_)
            | Node::Backreference { .. }
            | Node::IfGroup(..)
            | Node::IfMatches(_) => Hir::empty(),
        }
    }

    fn set(&self, set: &Set) -> Hir {
        let mut parts = Vec::new();
        if self.is_ascii {
            let ranges = set.ranges().iter().filter(|(first, _)| *first < 128);
            let ranges = ranges.map(|(first, last)| ClassBytesRange::new(*first as u8, (*last).min(127) as u8));
            parts.push(Hir::class(Class::Bytes(ClassBytes::new(ranges))));
        } else {
            let ranges = set.ranges().iter().flat_map(|(first, last)| characters(*first, *last));
            parts.push(Hir::class(Class::Unicode(ClassUnicode::new(ranges))));
            for (first, last) in set.ranges() {
                surrogates((*first).max(0xD800), (*last).min(0xDFFF), &mut parts);
            }
        }
        if self.marks_end && set.contains(10) {
            parts.push(Hir::literal([FINAL_LINE]));
        }
        if let [_] = *parts { parts.remove(0) } else { Hir::alternation(parts) }
    }
}

/// The characters of a run of units; surrogates are none.
fn characters(first: u16, last: u16) -> impl Iterator<Item = ClassUnicodeRange> {
    let runs = [(first, last.min(0xD7FF)), (first.max(0xE000), last)];
    runs.into_iter().filter(|(first, last)| first <= last).filter_map(|(first, last)| {
        Some(ClassUnicodeRange::new(char::from_u32(u32::from(first))?, char::from_u32(u32::from(last))?))
    })
}

/// Adds what matches the bytes of a run of surrogates: `ED`, then two bytes of six bits each.
fn surrogates(first: u16, last: u16, parts: &mut Vec<Hir>) {
    let mut next = first;
    while next <= last {
        // A run of units that share the second byte, or of whole blocks of them.
        let is_block_start = next & 0x3F == 0;
        let whole_blocks_end = (last + 1) & !0x3F;
        let end = if is_block_start && whole_blocks_end > next { whole_blocks_end - 1 } else { last.min(next | 0x3F) };
        let class = |from: u16, to: u16| {
            let range = ClassBytesRange::new(0x80 | (from & 0x3F) as u8, 0x80 | (to & 0x3F) as u8);
            Hir::class(Class::Bytes(ClassBytes::new([range])))
        };
        let (second, third) = (class(next >> 6, end >> 6), class(next, end));
        parts.push(Hir::concat(vec![Hir::literal([0xED]), second, third]));
        next = end + 1;
    }
}
