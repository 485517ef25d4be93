//! Classes: what stands between `[` and `]`.

use super::MAX_DEPTH;
use super::fault::*;
use super::reader::{Reader, ascii};
use crate::regex::case;
use crate::regex::options::Options;
use crate::regex::set::Set;
use crate::regex::unicode::{self, Property};

/// A class that is being read.
#[derive(Default)]
struct Class {
    ranges: Vec<(u16, u16)>,
    categories: Vec<Set>,
    is_negated: bool,
    without: Option<Set>,
}

impl Class {
    fn finish(self, ignore_case: bool) -> Set {
        let ranges = Set::new(self.ranges);
        let ranges = if ignore_case { case::with_equals(&ranges) } else { ranges };
        let whole = self.categories.iter().fold(ranges, |whole, category| whole.union(category));
        let whole = if self.is_negated { whole.negated() } else { whole };
        match self.without {
            Some(without) => whole.minus(&without),
            None => whole,
        }
    }

    /// Adds units that are a range, or (in ECMAScript) as good as one.
    fn add(&mut self, set: &Set, as_ranges: bool) {
        if as_ranges {
            self.ranges.extend_from_slice(set.ranges());
        } else {
            self.categories.push(set.clone());
        }
    }
}

/// Reads a class; the `[` was read. With `scan_only` the class is only stepped over, and what is wrong inside is left for
/// the second pass.
pub(super) fn class(reader: &mut Reader<'_>, ignore_case: bool, scan_only: bool, depth: usize) -> Result<Set, Fault> {
    if depth > MAX_DEPTH {
        return reader.fault(TOO_DEEP);
    }
    let mut class = Class::default();
    let mut range_from = None;
    let mut is_first = true;
    if reader.accept('^') {
        class.is_negated = true;
        is_first = !(reader.has(Options::ECMA_SCRIPT) && reader.sees(0, ']'));
    }
    while let Some(mut unit) = reader.next() {
        let was_first = std::mem::take(&mut is_first);
        let mut is_escape = false;
        if unit == ascii(']') && !was_first {
            return Ok(class.finish(ignore_case));
        }
        if unit == ascii('\\')
            && let Some(letter) = reader.peek(0)
        {
            if shorthand(reader, &mut class, range_from, ignore_case, scan_only)? {
                continue;
            }
            if letter == ascii('-') {
                reader.at += 1;
                if !scan_only {
                    let first = range_from.take().unwrap_or(letter);
                    push_range(reader, &mut class, first, letter)?;
                }
                continue;
            }
            unit = reader.escaped()?;
            is_escape = true;
        }
        let subtracts = |reader: &Reader<'_>| reader.sees(0, '[') && !was_first;
        if let Some(first) = range_from.take() {
            if scan_only {
                continue;
            }
            if unit == ascii('[') && !is_escape && !was_first {
                // What looked like a range was a unit and a subtraction.
                class.ranges.push((first, first));
                subtract(reader, &mut class, ignore_case, scan_only, depth)?;
            } else {
                push_range(reader, &mut class, first, unit)?;
            }
        } else if reader.sees(0, '-') && reader.peek(1).is_some_and(|next| next != ascii(']')) {
            range_from = Some(unit);
            reader.at += 1;
        } else if unit == ascii('-') && !is_escape && subtracts(reader) {
            reader.at += 1;
            subtract(reader, &mut class, ignore_case, scan_only, depth)?;
        } else {
            class.ranges.push((unit, unit));
        }
    }
    reader.fault(UNTERMINATED_CLASS)
}

fn subtract(
    reader: &mut Reader<'_>,
    class: &mut Class,
    ignore_case: bool,
    scan_only: bool,
    depth: usize,
) -> Result<(), Fault> {
    class.without = Some(self::class(reader, ignore_case, scan_only, depth + 1)?);
    if !scan_only && !reader.is_at_end() && !reader.sees(0, ']') {
        return reader.fault(SUBTRACTION_NOT_LAST);
    }
    Ok(())
}

fn push_range(reader: &Reader<'_>, class: &mut Class, first: u16, last: u16) -> Result<(), Fault> {
    if first > last {
        return reader.fault(REVERSED_RANGE);
    }
    class.ranges.push((first, last));
    Ok(())
}

/// Reads `\d`, `\p{…}` and the like; gives whether there was one. The backslash was read.
fn shorthand(
    reader: &mut Reader<'_>,
    class: &mut Class,
    range_from: Option<u16>,
    ignore_case: bool,
    scan_only: bool,
) -> Result<bool, Fault> {
    let Some(letter) = reader.peek(0).and_then(|unit| char::from_u32(u32::from(unit))) else { return Ok(false) };
    if !matches!(letter, 'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'p' | 'P') {
        return Ok(false);
    }
    reader.at += 1;
    if range_from.is_some() && !scan_only {
        return reader.fault(format!("Cannot include class \\\\{letter} in character range."));
    }
    let (set, as_ranges) = match letter {
        'p' | 'P' => {
            let name = reader.property()?;
            if scan_only {
                return Ok(true);
            }
            property(reader, &name, ignore_case)?
        }
        _ => (shorthand_set(letter, reader.options), reader.has(Options::ECMA_SCRIPT)),
    };
    if !scan_only {
        class.add(&if letter.is_ascii_uppercase() { set.negated() } else { set }, as_ranges);
    }
    Ok(true)
}

/// The units of `\d`, `\s` or `\w`, of either case of the letter.
pub(super) fn shorthand_set(letter: char, options: Options) -> Set {
    let is_ascii = options.has(Options::ECMA_SCRIPT);
    match letter.to_ascii_lowercase() {
        'd' if is_ascii => unicode::ascii_digit(),
        'd' => unicode::digit().clone(),
        's' if is_ascii => unicode::ascii_space(),
        's' => unicode::space(),
        _ if is_ascii => unicode::ascii_word(),
        _ => unicode::word().clone(),
    }
}

/// The units of a property, and whether they are no more than a range.
pub(super) fn property(reader: &Reader<'_>, name: &str, ignore_case: bool) -> Result<(Set, bool), Fault> {
    match unicode::property(name, ignore_case) {
        Some(Property::Category(set)) => Ok((set, false)),
        Some(Property::Block(set)) => Ok((set, true)),
        None => reader.fault(format!("Unknown property '{name}'.")),
    }
}
