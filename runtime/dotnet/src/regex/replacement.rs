//! Replacement patterns: `$1`, `${name}`, `$&` and the like.

use super::groups::Groups;
use super::haystack::Haystack;
use super::matcher::Kept;
use super::options::Options;
use super::parse::{Fault, NUMBER_TOO_LARGE};
use super::unicode::is_word_unit;
use crate::wtf8;

/// A replacement pattern.
#[derive(Debug, PartialEq, Eq)]
pub struct Replacement(Vec<Part>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// WTF-8 text.
    Text(Vec<u8>),
    /// What the group at a place kept last.
    Group(usize),
    /// The text before the match.
    Before,
    /// The text behind the match.
    Behind,
    /// The whole text.
    Whole,
}

impl Replacement {
    /// Reads a replacement pattern, which is WTF-8. What names no group stays as it is.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn new(pattern: &[u8], groups: &Groups, options: Options) -> Result<Self, Fault> {
        let mut parts = Vec::new();
        let mut text = Vec::new();
        let mut rest = pattern;
        while let Some(at) = memchr::memchr(b'$', rest) {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, &[]));
            text.extend_from_slice(before);
            let after = after.get(1..).unwrap_or(&[]);
            let offset = || wtf8::utf16_len(pattern.get(..pattern.len() - after.len()).unwrap_or(&[]));
            if has_large_number(after) {
                let digits = after.iter().filter(|byte| byte.is_ascii_digit()).take(11).count();
                return Err(Fault { offset: offset() + digits, message: NUMBER_TOO_LARGE.to_owned() });
            }
            match read_dollar(after, groups, options) {
                Some((part, length)) => {
                    if let Part::Text(more) = part {
                        text.extend(more);
                    } else {
                        push_text(&mut parts, &mut text);
                        parts.push(part);
                    }
                    rest = after.get(length..).unwrap_or(&[]);
                }
                None => {
                    text.push(b'$');
                    rest = after;
                }
            }
        }
        text.extend_from_slice(rest);
        push_text(&mut parts, &mut text);
        Ok(Self(parts))
    }

    /// Whether it names groups besides the whole match.
    #[must_use]
    pub fn needs_groups(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Group(place) if *place > 0))
    }

    /// Appends what stands for a match. `whole` is the text that was searched as WTF-8, `haystack` the same or a part of
    /// it, that begins and ends at the offsets given.
    pub fn append(&self, out: &mut Vec<u8>, haystack: &Haystack<'_>, kept: &Kept, outside: (&[u8], &[u8])) {
        let span = |place: usize| kept.get(place).and_then(|spans| spans.last()).copied();
        let (start, end) = span(0).unwrap_or((0, 0));
        let length = haystack.bytes().len();
        for part in &self.0 {
            match part {
                Part::Text(text) => wtf8::append(out, text),
                Part::Group(place) => {
                    if let Some((start, end)) = span(*place) {
                        haystack.append(out, start, end);
                    }
                }
                Part::Before => {
                    wtf8::append(out, outside.0);
                    haystack.append(out, 0, start);
                }
                Part::Behind => {
                    haystack.append(out, end, length);
                    wtf8::append(out, outside.1);
                }
                Part::Whole => {
                    wtf8::append(out, outside.0);
                    haystack.append(out, 0, length);
                    wtf8::append(out, outside.1);
                }
            }
        }
    }
}

fn push_text(parts: &mut Vec<Part>, text: &mut Vec<u8>) {
    if !text.is_empty() {
        parts.push(Part::Text(std::mem::take(text)));
    }
}

/// Whether a number stands behind a `$` that is too large to be one of a group.
fn has_large_number(rest: &[u8]) -> bool {
    let number = rest.strip_prefix(b"{").unwrap_or(rest);
    let value = number
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_i64, |value, byte| value.saturating_mul(10).saturating_add(i64::from(byte - b'0')));
    value > i64::from(i32::MAX)
}

/// What stands behind a `$`, and how many bytes it takes; `None` if the `$` stands for itself.
fn read_dollar(rest: &[u8], groups: &Groups, options: Options) -> Option<(Part, usize)> {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let group = |bytes: &[u8]| groups.place(std::str::from_utf8(bytes).ok()?.parse().ok()?).map(Part::Group);
    match *rest.first()? {
        b'0'..=b'9' if options.has(Options::ECMA_SCRIPT) => {
            // The longest number that is one of a group.
            (1..=digits(rest)).rev().find_map(|length| Some((group(rest.get(..length)?)?, length)))
        }
        b'0'..=b'9' => {
            let length = digits(rest);
            Some((group(rest.get(..length)?)?, length))
        }
        b'{' => {
            let inside = rest.get(1..)?;
            if inside.first()?.is_ascii_digit() {
                let length = digits(inside);
                let part = group(inside.get(..length)?)?;
                return (inside.get(length) == Some(&b'}')).then_some((part, length + 2));
            }
            let end = memchr::memchr(b'}', inside)?;
            let name = inside.get(..end)?;
            if !wtf8::units(name).all(is_word_unit) {
                return None;
            }
            let place = groups.place_of_name(&String::from_utf8_lossy(name))?;
            Some((Part::Group(place), end + 2))
        }
        b'$' => Some((Part::Text(vec![b'$']), 1)),
        b'&' => Some((Part::Group(0), 1)),
        b'`' => Some((Part::Before, 1)),
        b'\'' => Some((Part::Behind, 1)),
        b'+' => Some((Part::Group(groups.count() - 1), 1)),
        b'_' => Some((Part::Whole, 1)),
        _ => None,
    }
}
