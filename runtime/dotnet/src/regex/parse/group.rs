//! Groups: what stands behind an opening parenthesis, and what becomes of a group when it is closed.

use super::Parser;
use super::fault::*;
use super::reader::{Reader, ascii, digit};
use crate::regex::options::Options;
use crate::regex::syntax::{Capture, Look, Node};
use crate::regex::unicode::is_word_unit;

/// What a group is for.
pub(super) enum Kind {
    /// Holds things together.
    Plain,
    /// Keeps what it matches, and gives up what another group matched.
    Capture(Option<usize>, Option<usize>),
    /// Is matched in one way only.
    Atomic,
    /// Looks behind or ahead.
    Look { is_behind: bool, is_negative: bool },
    /// Chooses by whether a group has matched.
    IfGroup(usize),
    /// Chooses by whether a condition matches; the condition is the first group inside.
    IfMatches(Option<Node>),
}

/// A group that is open.
pub(super) struct Open {
    kind: Kind,
    /// The options that hold again behind it.
    pub(super) options_before: Options,
    alternatives: Vec<Node>,
    parts: Vec<Node>,
}

impl Open {
    pub(super) fn new(kind: Kind, options_before: Options) -> Self {
        Self { kind, options_before, alternatives: Vec::new(), parts: Vec::new() }
    }

    pub(super) fn push(&mut self, node: Node) {
        self.parts.push(node);
    }

    /// Begins another alternative.
    pub(super) fn alternate(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        self.alternatives.push(concat(parts));
    }

    /// Whether the next group inside is this group's condition.
    pub(super) fn wants_condition(&self) -> bool {
        matches!(self.kind, Kind::IfMatches(None)) && self.alternatives.is_empty()
    }

    pub(super) fn set_condition(&mut self, condition: Node) {
        self.kind = Kind::IfMatches(Some(condition));
    }

    /// The tree of the group.
    pub(super) fn close(mut self, reader: &Reader<'_>) -> Result<Node, Fault> {
        self.alternate();
        if matches!(self.kind, Kind::IfGroup(_) | Kind::IfMatches(_)) && self.alternatives.len() > 2 {
            return reader.fault(TOO_MANY_CONDITIONS);
        }
        let mut alternatives = self.alternatives.into_iter();
        let mut next = || alternatives.next().unwrap_or(Node::Empty);
        Ok(match self.kind {
            Kind::IfGroup(group) => Node::IfGroup(group, Box::new([next(), next()])),
            Kind::IfMatches(Some(condition)) => Node::IfMatches(Box::new([condition, next(), next()])),
            Kind::IfMatches(None) => return reader.fault(CONDITION_MALFORMED),
            Kind::Plain => alternate(alternatives),
            Kind::Atomic => Node::Atomic(Box::new(alternate(alternatives))),
            Kind::Capture(group, gives_up) => {
                Node::Capture(Box::new(Capture { group, gives_up, body: alternate(alternatives) }))
            }
            Kind::Look { is_behind, is_negative } => {
                Node::Look(Box::new(Look { is_behind, is_negative, body: alternate(alternatives) }))
            }
        })
    }
}

fn concat(mut parts: Vec<Node>) -> Node {
    match parts.len() {
        0 => Node::Empty,
        1 => parts.pop().unwrap_or(Node::Empty),
        _ => Node::Concat(parts),
    }
}

fn alternate(alternatives: std::vec::IntoIter<Node>) -> Node {
    let mut alternatives: Vec<Node> = alternatives.collect();
    match alternatives.len() {
        1 => alternatives.pop().unwrap_or(Node::Empty),
        _ => Node::Alternate(alternatives),
    }
}

impl Parser<'_> {
    /// Reads what stands behind `(`: the kind of the group, or `None` if only options were set.
    pub(super) fn open_group(&mut self) -> Result<Option<Kind>, Fault> {
        let reader = &mut self.reader;
        if !reader.sees(0, '?') || reader.sees(1, ')') {
            if reader.has(Options::EXPLICIT_CAPTURE) || self.skips_next_group {
                self.skips_next_group = false;
                return Ok(Some(Kind::Plain));
            }
            let number = self.next_group;
            self.next_group += 1;
            return Ok(Some(Kind::Capture(self.groups.place(number), None)));
        }
        reader.at += 1;
        let Some(unit) = reader.next() else { return reader.fault(GROUPING) };
        let look = |is_behind, is_negative| Ok(Some(Kind::Look { is_behind, is_negative }));
        match char::from_u32(u32::from(unit)) {
            Some(':') => Ok(Some(Kind::Plain)),
            Some('=') => look(false, false),
            Some('!') => look(false, true),
            Some('>') => Ok(Some(Kind::Atomic)),
            Some('<') if reader.accept('=') => look(true, false),
            Some('<') if reader.accept('!') => look(true, true),
            Some('<') => self.named_group('>').map(Some),
            Some('\'') => self.named_group('\'').map(Some),
            Some('(') => self.conditional().map(Some),
            _ => {
                reader.at -= 1;
                // Directly inside a conditional, options cannot be set.
                if !self.open.last().is_some_and(|open| matches!(open.kind, Kind::IfMatches(_))) {
                    reader.option_letters();
                }
                match reader.next() {
                    Some(unit) if unit == ascii(')') => Ok(None),
                    Some(unit) if unit == ascii(':') => Ok(Some(Kind::Plain)),
                    _ => reader.fault(GROUPING),
                }
            }
        }
    }

    /// Reads the name or number of a group, and the group that a balancing group gives up.
    fn named_group(&mut self, close: char) -> Result<Kind, Fault> {
        let (reader, groups) = (&mut self.reader, self.groups);
        let Some(first) = reader.peek(0) else { return reader.fault(GROUPING) };
        let ends = |reader: &Reader<'_>, also: Option<char>| {
            reader.is_at_end() || reader.sees(0, close) || also.is_some_and(|c| reader.sees(0, c))
        };
        let mut group = None;
        let mut may_give_up = false;
        if close == '\'' && (first == ascii('=') || first == ascii('!')) {
            reader.at += 1;
            return reader.fault(GROUPING);
        } else if digit(first).is_some() {
            let number = reader.number()?;
            group = groups.place(number);
            if !ends(reader, Some('-')) {
                return reader.fault(GROUP_NAME);
            }
            if number == 0 {
                return reader.fault(GROUP_ZERO);
            }
        } else if is_word_unit(first) {
            let name = reader.name();
            group = groups.place_of_name(&String::from_utf16_lossy(name));
            if !ends(reader, Some('-')) {
                return reader.fault(GROUP_NAME);
            }
        } else if first == ascii('-') {
            may_give_up = true;
        } else {
            return reader.fault(GROUP_NAME);
        }
        let mut gives_up = None;
        if (group.is_some() || may_give_up) && reader.sees(0, '-') && reader.peek(1).is_some() {
            reader.at += 1;
            let first = reader.peek(0).unwrap_or(0);
            if digit(first).is_some() {
                let number = reader.number()?;
                gives_up = groups.place(number);
                if gives_up.is_none() {
                    return reader.fault(format!("Reference to undefined group number {number}."));
                }
            } else if is_word_unit(first) {
                let name = String::from_utf16_lossy(reader.name());
                gives_up = groups.place_of_name(&name);
                if gives_up.is_none() {
                    return reader.fault(format!("Reference to undefined group name '{name}'."));
                }
            } else {
                return reader.fault(GROUP_NAME);
            }
            if !ends(reader, None) {
                return reader.fault(GROUP_NAME);
            }
        }
        if (group.is_some() || gives_up.is_some()) && reader.accept(close) {
            return Ok(Kind::Capture(group, gives_up));
        }
        reader.fault(GROUPING)
    }

    /// Reads the condition of `(?(…)…)` up to its group, or wholly where it names a group.
    fn conditional(&mut self) -> Result<Kind, Fault> {
        let (reader, groups) = (&mut self.reader, self.groups);
        let start = reader.at;
        let first = reader.peek(0);
        if first.and_then(digit).is_some() {
            let number = reader.number()?;
            if reader.next() != Some(ascii(')')) {
                return reader.fault(format!("(?({number}) ) malformed."));
            }
            return match groups.place(number) {
                Some(group) => Ok(Kind::IfGroup(group)),
                None => reader.fault(format!("(?({number}) ) reference to undefined group.")),
            };
        }
        if first.is_some_and(is_word_unit) {
            let name = String::from_utf16_lossy(reader.name());
            if let Some(group) = groups.place_of_name(&name)
                && reader.accept(')')
            {
                return Ok(Kind::IfGroup(group));
            }
        }
        reader.at = start - 1;
        self.skips_next_group = true;
        if reader.sees(1, '?') && reader.sees(2, '#') {
            return reader.fault(CONDITION_COMMENT);
        }
        let is_name = reader.sees(2, '\'')
            || (reader.sees(2, '<') && reader.peek(3).is_some() && !reader.sees(3, '!') && !reader.sees(3, '='));
        if reader.sees(1, '?') && is_name {
            return reader.fault(CONDITION_NAMED);
        }
        Ok(Kind::IfMatches(None))
    }
}
