//! What custom formats of dates and spans share: runs of a letter, quotes, escapes and `%`.
//!
//! Not here: what a letter stands for.

use std::borrow::Cow;

use crate::format::{Exception, Fault, wtf8};

/// One element of a custom format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element<'a> {
    /// A character of the format's own, such as `y`, and how often it is repeated.
    Run(u8, usize),
    /// Text in quotes; escapes inside are undone.
    Quoted(Cow<'a, [u8]>),
    /// The character behind a backslash.
    Escaped(&'a [u8]),
    /// A character that is not ASCII.
    Other(&'a [u8]),
}

/// The exception of a format that has a bad end or an unknown letter.
pub(super) const fn bad_format() -> Fault {
    Fault::format("Input string was not in a correct format.")
}

/// Reads a custom format element by element.
pub(super) struct Elements<'a> {
    rest: &'a [u8],
    /// Whether the character behind `%` stands alone.
    percent_isolates: bool,
}

impl<'a> Elements<'a> {
    /// A format for writing: the single character behind `%` is a format of its own, which never runs on.
    pub(super) const fn for_writing(format: &'a [u8]) -> Self {
        Self { rest: format, percent_isolates: true }
    }

    /// A format for reading, in which `%` is only passed over.
    pub(super) const fn for_reading(format: &'a [u8]) -> Self {
        Self { rest: format, percent_isolates: false }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn take_character(&mut self) -> Option<&'a [u8]> {
        let (_, length) = wtf8::first_code_point(self.rest)?;
        Some(self.take(length))
    }

    /// The next element; `%` is none.
    ///
    /// # Throws
    /// `FormatException` for a quote without its end, and for `%` or `\` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Element<'a>, Fault>> {
        let mut first = *self.rest.first()?;
        if first == b'%' && !self.percent_isolates {
            self.take(1);
            match self.rest.first() {
                None | Some(b'%') => return Some(Err(bad_format())),
                Some(next) => first = *next,
            }
        }
        Some(match first {
            b'%' => {
                self.take(1);
                match self.take_character() {
                    None | Some(b"%" | b"\\") => Err(bad_format()),
                    Some(&[quote @ (b'\'' | b'"')]) => Err(unmatched(quote)),
                    Some(&[single]) => Ok(Element::Run(single, 1)),
                    Some(other) => Ok(Element::Other(other)),
                }
            }
            b'\'' | b'"' => {
                self.take(1);
                self.quoted(first)
            }
            b'\\' => {
                self.take(1);
                self.take_character().map(Element::Escaped).ok_or_else(bad_format)
            }
            0..0x80 => {
                let count = self.rest.iter().take_while(|byte| **byte == first).count();
                self.take(count);
                Ok(Element::Run(first, count))
            }
            _ => Ok(Element::Other(self.take_character().unwrap_or_default())),
        })
    }

    fn quoted(&mut self, quote: u8) -> Result<Element<'a>, Fault> {
        let text = self.rest;
        let plain = text.iter().take_while(|byte| **byte != quote && **byte != b'\\').count();
        let mut out = Cow::Borrowed(self.take(plain));
        loop {
            match self.rest.first() {
                Some(byte) if *byte == quote => {
                    self.take(1);
                    return Ok(Element::Quoted(out));
                }
                Some(b'\\') => {
                    self.take(1);
                    let escaped = self.take_character().ok_or_else(bad_format)?;
                    out.to_mut().extend_from_slice(escaped);
                }
                Some(_) => {
                    let one = self.take(1);
                    out.to_mut().extend_from_slice(one);
                }
                None => return Err(unmatched(quote)),
            }
        }
    }
}

fn unmatched(quote: u8) -> Fault {
    Fault::with_text(
        Exception::Format,
        format!("Cannot find a matching quote character for the character '{}'.", char::from(quote)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_falls_into_runs_and_literals() {
        let mut elements = Elements::for_writing(b"yyyy-%d'a\\'b'\\x\xC3\xA9");
        let mut found = Vec::new();
        while let Some(element) = elements.next() {
            found.push(element.unwrap());
        }
        assert_eq!(
            found,
            [
                Element::Run(b'y', 4),
                Element::Run(b'-', 1),
                Element::Run(b'd', 1),
                Element::Quoted(Cow::Borrowed(b"a'b".as_slice())),
                Element::Escaped(b"x"),
                Element::Other("é".as_bytes()),
            ]
        );
        for bad in ["'a", "\"", "%", "%%", "\\", "'a\\", "%'"] {
            assert!(Elements::for_writing(bad.as_bytes()).next().unwrap().is_err(), "{bad}");
        }
    }
}
