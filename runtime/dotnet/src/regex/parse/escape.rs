//! What stands behind a backslash outside of classes.

use super::class::{property, shorthand_set};
use super::fault::*;
use super::one;
use super::reader::{Reader, ascii, digit};
use crate::regex::case;
use crate::regex::groups::Groups;
use crate::regex::options::Options;
use crate::regex::syntax::{Anchor, Node};
use crate::regex::unicode::is_word_unit;

/// Reads what stands behind a backslash, of which there is something. With `scan_only` it is only stepped over: the groups
/// are not known yet.
pub(super) fn backslash(reader: &mut Reader<'_>, groups: &Groups, scan_only: bool) -> Result<Option<Node>, Fault> {
    let letter = reader.peek(0).and_then(|unit| char::from_u32(u32::from(unit))).unwrap_or('\0');
    let is_ecma = reader.has(Options::ECMA_SCRIPT);
    let anchor = match letter {
        'b' if is_ecma => Anchor::AsciiBoundary,
        'b' => Anchor::Boundary,
        'B' if is_ecma => Anchor::NoAsciiBoundary,
        'B' => Anchor::NoBoundary,
        'A' => Anchor::Start,
        'G' => Anchor::SearchStart,
        'Z' => Anchor::EndOrFinalLine,
        'z' => Anchor::End,
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => {
            reader.at += 1;
            let set = shorthand_set(letter, reader.options);
            return Ok(Some(Node::Set(if letter.is_ascii_uppercase() { set.negated() } else { set })));
        }
        'p' | 'P' => {
            reader.at += 1;
            if scan_only {
                return Ok(None);
            }
            let ignore_case = reader.has(Options::IGNORE_CASE);
            let name = reader.property()?;
            let (set, is_range) = property(reader, &name, ignore_case)?;
            let set = if letter == 'P' { set.negated() } else { set };
            return Ok(Some(Node::Set(if is_range && ignore_case { case::with_equals(&set) } else { set })));
        }
        _ => return reference_or_unit(reader, groups, scan_only),
    };
    reader.at += 1;
    Ok(Some(Node::Anchor(anchor)))
}

/// Reads a reference to a group, or else a single escaped unit.
fn reference_or_unit(reader: &mut Reader<'_>, groups: &Groups, scan_only: bool) -> Result<Option<Node>, Fault> {
    let start = reader.at;
    let close = reference_opening(reader)?;
    let first = reader.peek(0).unwrap_or(0);
    let ignore_case = reader.has(Options::IGNORE_CASE);
    let reference = |group| Ok(Some(Node::Backreference { group, ignore_case }));
    match close {
        Some(close) if digit(first).is_some() => {
            let number = reader.number()?;
            if reader.next() == Some(ascii(close)) {
                return match groups.place(number) {
                    _ if scan_only => Ok(None),
                    Some(group) => reference(group),
                    None => reader.fault(format!("Reference to undefined group number {number}.")),
                };
            }
        }
        Some(close) if is_word_unit(first) => {
            let name = String::from_utf16_lossy(reader.name());
            if reader.next() == Some(ascii(close)) {
                return match groups.place_of_name(&name) {
                    _ if scan_only => Ok(None),
                    Some(group) => reference(group),
                    None => reader.fault(format!("Reference to undefined group name '{name}'.")),
                };
            }
        }
        None if (1..=9).contains(&digit(first).unwrap_or(0)) => {
            if reader.has(Options::ECMA_SCRIPT) {
                if let Some(group) = ecma_reference(reader, groups) {
                    return if scan_only { Ok(None) } else { reference(group) };
                }
            } else {
                let number = reader.number()?;
                match groups.place(number) {
                    _ if scan_only => return Ok(None),
                    Some(group) => return reference(group),
                    None if number <= 9 => {
                        return reader.fault(format!("Reference to undefined group number {number}."));
                    }
                    // With more digits it may be an octal number.
                    None => {}
                }
            }
        }
        _ => {}
    }
    reader.at = start;
    let unit = reader.escaped()?;
    Ok((!scan_only).then(|| one(unit, reader.options)))
}

/// Steps to the name in `\k<name>`, `\k'name'`, `\<name>` or `\'name'`; gives what closes it, or `None` if none begins here.
fn reference_opening(reader: &mut Reader<'_>) -> Result<Option<char>, Fault> {
    let closing = |unit: Option<u16>| match unit {
        Some(unit) if unit == ascii('<') => Some('>'),
        Some(unit) if unit == ascii('\'') => Some('\''),
        _ => None,
    };
    if reader.sees(0, 'k') {
        if reader.peek(1).is_none() {
            return reader.fault(MALFORMED_REFERENCE);
        }
        let close = closing(reader.peek(1));
        reader.at += 2;
        if close.is_none() || reader.is_at_end() {
            return reader.fault(MALFORMED_REFERENCE);
        }
        return Ok(close);
    }
    let close = closing(reader.peek(0)).filter(|_| reader.peek(1).is_some());
    reader.at += usize::from(close.is_some());
    Ok(close)
}

/// The group of the longest number here that is one of a group which was opened before this place.
fn ecma_reference(reader: &mut Reader<'_>, groups: &Groups) -> Option<usize> {
    let before = reader.at - 1;
    let mut found = None;
    let mut number = 0_i32;
    while let Some(digit) = reader.peek(0).and_then(digit) {
        number = number.saturating_mul(10).saturating_add(i32::from(digit));
        if number > groups.top() {
            break;
        }
        if groups.opened_at(number).is_some_and(|at| at < before) {
            found = groups.place(number);
        }
        reader.at += 1;
    }
    found
}
