//! The first pass over a pattern: which groups there are.

use super::fault::Fault;
use super::reader::{Reader, ascii, digit};
use super::{class, escape};
use crate::regex::groups::{Groups, GroupsBuilder};
use crate::regex::options::Options;
use crate::regex::unicode::is_word_unit;

/// The groups of a pattern.
pub(super) fn groups(pattern: &[u16], options: Options) -> Result<Groups, Fault> {
    let mut reader = Reader::new(pattern, options);
    let mut builder = GroupsBuilder::default();
    let mut options_before = Vec::new();
    let mut skips_next_group = false;
    while let Some(unit) = reader.next() {
        let at = reader.at - 1;
        match char::from_u32(u32::from(unit)) {
            Some('\\') if !reader.is_at_end() => {
                escape::backslash(&mut reader, builder.so_far(), true)?;
            }
            Some('#') if reader.has(Options::IGNORE_WHITE_SPACE) => {
                reader.at -= 1;
                reader.skip_blanks()?;
            }
            Some('[') => {
                class::class(&mut reader, false, true, 0)?;
            }
            Some(')') => {
                if let Some(options) = options_before.pop() {
                    reader.options = options;
                }
            }
            Some('(') if reader.sees(0, '?') && reader.sees(1, '#') => {
                reader.at -= 1;
                reader.skip_blanks()?;
                skips_next_group = false;
            }
            Some('(') => {
                options_before.push(reader.options);
                let skipped = std::mem::take(&mut skips_next_group);
                if !reader.accept('?') {
                    if !reader.has(Options::EXPLICIT_CAPTURE) && !skipped {
                        builder.add_unnamed(at);
                    }
                } else if reader.peek(1).is_some() && (reader.sees(0, '<') || reader.sees(0, '\'')) {
                    reader.at += 1;
                    let first = reader.peek(0).unwrap_or(0);
                    if first != ascii('0') && is_word_unit(first) {
                        if digit(first).is_some() {
                            builder.add_number(reader.number()?, at);
                        } else {
                            builder.add_name(&String::from_utf16_lossy(reader.name()), at);
                        }
                    }
                } else {
                    reader.option_letters();
                    if reader.accept(')') {
                        options_before.pop();
                    } else if reader.sees(0, '(') {
                        // The condition of a conditional keeps nothing.
                        skips_next_group = true;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(builder.finish())
}
