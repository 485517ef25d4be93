//! Reads the patterns of .NET.
//!
//! Patterns are read as .NET reads them, in two passes: the first finds the groups, which may be referred to before they
//! stand there; the second makes the tree. Messages and their offsets are those of .NET Core. Nothing recurses but
//! subtractions in classes, to a limit.
//!
//! Not here: replacement patterns (`replacement`).

mod class;
mod count;
mod escape;
mod fault;
mod group;
mod reader;
#[cfg(test)]
mod tests;

pub use fault::{Fault, NUMBER_TOO_LARGE};

use self::fault::*;
use self::group::{Kind, Open};
use self::reader::{Reader, ascii, is_quantifier, is_special, is_special_or_blank};
use super::case;
use super::groups::Groups;
use super::options::Options;
use super::set::Set;
use super::syntax::{Anchor, Loop, Node, UNLIMITED};

/// How deep groups and subtractions may be nested.
const MAX_DEPTH: usize = 200;
/// How many units a pattern may have.
const MAX_UNITS: usize = 1 << 16;

/// A pattern that was read.
pub struct Pattern {
    /// What it matches.
    pub root: Node,
    /// Its groups.
    pub groups: Groups,
}

/// Reads a pattern.
///
/// # Errors
/// What is wrong with it.
pub fn parse(pattern: &[u16], options: Options) -> Result<Pattern, Fault> {
    if pattern.len() > MAX_UNITS {
        return Err(Fault { offset: MAX_UNITS, message: TOO_LONG.to_owned() });
    }
    let groups = count::groups(pattern, options)?;
    let mut parser = Parser {
        reader: Reader::new(pattern, options),
        groups: &groups,
        next_group: 1,
        skips_next_group: false,
        open: vec![Open::new(Kind::Plain, options)],
        unit: None,
        was_quantifier: false,
    };
    let root = parser.pattern()?;
    Ok(Pattern { root, groups })
}

/// The text that `Regex.Unescape` gives.
///
/// # Errors
/// An escape that does not exist or is not complete.
pub fn unescape(text: &[u16]) -> Result<Vec<u16>, Fault> {
    let mut reader = Reader::new(text, Options::default());
    let mut plain = Vec::with_capacity(text.len());
    while let Some(unit) = reader.next() {
        match unit {
            _ if unit != ascii('\\') => plain.push(unit),
            // A backslash at the end is left out.
            _ if reader.is_at_end() => {}
            _ => plain.push(reader.escaped()?),
        }
    }
    Ok(plain)
}

/// Makes the tree.
struct Parser<'p> {
    reader: Reader<'p>,
    groups: &'p Groups,
    /// The number of the next group without a name.
    next_group: i32,
    /// Whether the next parenthesis belongs to a condition and keeps nothing.
    skips_next_group: bool,
    /// The groups that are open, the whole pattern first.
    open: Vec<Open>,
    /// What a quantifier would repeat.
    unit: Option<Node>,
    was_quantifier: bool,
}

impl Parser<'_> {
    fn pattern(&mut self) -> Result<Node, Fault> {
        while !self.reader.is_at_end() {
            let after_quantifier = std::mem::take(&mut self.was_quantifier);
            self.reader.skip_blanks()?;
            let start = self.reader.at;
            self.skip_plain();
            let end = self.reader.at;
            self.reader.skip_blanks()?;
            let special = self.reader.peek(0).filter(|unit| is_special(*unit));
            self.was_quantifier = special.is_some_and(is_quantifier);
            self.reader.at += usize::from(special.is_some());
            let has_text = start < end;
            self.text(start, end);
            let Some(special) = special else { continue };
            if self.special(special, after_quantifier && !has_text)? {
                self.quantify()?;
            }
        }
        if self.open.len() > 1 {
            return self.reader.fault(NOT_ENOUGH_PARENTHESES);
        }
        match self.open.pop() {
            Some(whole) => whole.close(&self.reader),
            None => Ok(Node::Empty),
        }
    }

    /// Steps over units that mean themselves.
    fn skip_plain(&mut self) {
        let free = self.reader.has(Options::IGNORE_WHITE_SPACE);
        while let Some(unit) = self.reader.peek(0) {
            let stops = if free { is_special_or_blank(unit) } else { is_special(unit) };
            if stops && (unit != ascii('{') || self.reader.sees_quantifier()) {
                break;
            }
            self.reader.at += 1;
        }
    }

    /// Adds plain text; the last unit of it stays behind for a quantifier.
    fn text(&mut self, start: usize, end: usize) {
        let units = self.reader.part(start, end);
        let (last, others) = match units.split_last() {
            Some((last, others)) if self.was_quantifier => (Some(*last), others),
            _ => (None, units),
        };
        for unit in others {
            let node = self.one(*unit);
            self.push(node);
        }
        if let Some(last) = last {
            self.unit = Some(self.one(last));
        }
    }

    /// Reads what begins with a special unit; gives whether there may be a unit to quantify.
    fn special(&mut self, special: u16, after_quantifier: bool) -> Result<bool, Fault> {
        let options = self.reader.options;
        let anchor = |multiline: Anchor, single: Anchor| {
            Some(Node::Anchor(if options.has(Options::MULTILINE) { multiline } else { single }))
        };
        match char::from_u32(u32::from(special)) {
            Some('[') => {
                let set = class::class(&mut self.reader, options.has(Options::IGNORE_CASE), false, 0)?;
                self.unit = Some(Node::Set(set));
            }
            Some('(') => {
                match self.open_group()? {
                    Some(kind) if self.open.len() <= MAX_DEPTH => self.open.push(Open::new(kind, options)),
                    Some(_) => return self.reader.fault(TOO_DEEP),
                    // Options or nothing at all: they hold to the end of the group around them.
                    None => {}
                }
                return Ok(false);
            }
            Some('|') => {
                if let Some(group) = self.open.last_mut() {
                    group.alternate();
                }
                return Ok(false);
            }
            Some(')') => return self.close_group(),
            Some('\\') => {
                if self.reader.is_at_end() {
                    return self.reader.fault(ENDING_BACKSLASH);
                }
                self.unit = escape::backslash(&mut self.reader, self.groups, false)?;
            }
            Some('^') => self.unit = anchor(Anchor::LineStart, Anchor::Start),
            Some('$') => self.unit = anchor(Anchor::LineEnd, Anchor::EndOrFinalLine),
            Some('.') => {
                let set = if options.has(Options::SINGLELINE) { Set::all() } else { Set::of(10).negated() };
                self.unit = Some(Node::Set(set));
            }
            _ => {
                if self.unit.is_none() {
                    if after_quantifier {
                        let quantifier = String::from_utf16_lossy(&[special]);
                        return self.reader.fault(format!("Nested quantifier '{quantifier}'."));
                    }
                    return self.reader.fault(NOTHING_TO_QUANTIFY);
                }
                self.reader.at -= 1;
            }
        }
        Ok(true)
    }

    fn close_group(&mut self) -> Result<bool, Fault> {
        if self.open.len() < 2 {
            return self.reader.fault(TOO_MANY_PARENTHESES);
        }
        let Some(group) = self.open.pop() else { return Ok(false) };
        self.reader.options = group.options_before;
        let node = group.close(&self.reader)?;
        match self.open.last_mut() {
            Some(around) if around.wants_condition() => {
                around.set_condition(node);
                Ok(false)
            }
            _ => {
                self.unit = Some(node);
                Ok(true)
            }
        }
    }

    /// Reads the quantifier behind a unit, if there is one, and adds the unit.
    fn quantify(&mut self) -> Result<(), Fault> {
        self.reader.skip_blanks()?;
        let Some(unit) = self.unit.take() else { return Ok(()) };
        self.was_quantifier = self.reader.sees_quantifier();
        if !self.was_quantifier {
            self.push(unit);
            return Ok(());
        }
        let (min, max) = match self.reader.next().and_then(|unit| char::from_u32(u32::from(unit))) {
            Some('*') => (0, UNLIMITED),
            Some('?') => (0, 1),
            Some('+') => (1, UNLIMITED),
            _ => {
                let min = self.reader.number()?;
                let max = match self.reader.accept(',') {
                    true if self.reader.sees(0, '}') => i32::MAX,
                    true => self.reader.number()?,
                    false => min,
                };
                self.reader.accept('}');
                (min.cast_unsigned(), max.cast_unsigned())
            }
        };
        self.reader.skip_blanks()?;
        let is_lazy = self.reader.accept('?');
        if min > max {
            return self.reader.fault(REVERSED_QUANTIFIER);
        }
        self.push(Node::Loop(Box::new(Loop { body: unit, min, max, is_lazy })));
        Ok(())
    }

    fn push(&mut self, node: Node) {
        if let Some(group) = self.open.last_mut() {
            group.push(node);
        }
    }

    /// A unit that stands for itself.
    fn one(&self, unit: u16) -> Node {
        one(unit, self.reader.options)
    }
}

/// A unit that stands for itself, with those that equal it where case is ignored.
fn one(unit: u16, options: Options) -> Node {
    let set = Set::of(unit);
    Node::Set(if options.has(Options::IGNORE_CASE) { case::with_equals(&set) } else { set })
}
