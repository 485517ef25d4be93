//! What is wrong with a text, as Json.NET says it: the message, the path, the line and the position.

use super::{Container, Reader, State};
use crate::format::wtf8::trim;
use crate::json::path::{Path, append_to_message};
use crate::wtf8::{push_unit, units, utf16_len};

/// The message of a `JsonReaderException`, as WTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub Vec<u8>);

/// One character behind the place of a fault that was read already.
pub(super) const UNIT: usize = 1;

impl Reader<'_> {
    /// A fault where the reader stands.
    #[cold]
    #[must_use]
    pub fn fault_here(&self, message: impl AsRef<[u8]>) -> Box<Fault> {
        self.fault_at(self.at, message)
    }

    #[cold]
    pub(super) fn fault_at(&self, at: usize, message: impl AsRef<[u8]>) -> Box<Fault> {
        self.fault_behind(at, 0, message)
    }

    /// A fault whose message ends with the character at a place.
    #[cold]
    pub(super) fn fault_with(&self, at_character: &str, at: usize) -> Box<Fault> {
        let mut message = at_character.as_bytes().to_vec();
        push_unit(&mut message, self.unit_at(at));
        message.push(b'.');
        self.fault_at(at, message)
    }

    #[cold]
    pub(super) fn unexpected(&self, at: usize) -> Box<Fault> {
        self.fault_with("Unexpected character encountered while parsing value: ", at)
    }

    /// A fault at a place and so many characters behind it, whatever they are.
    #[cold]
    pub(super) fn fault_behind(&self, at: usize, characters: usize, message: impl AsRef<[u8]>) -> Box<Fault> {
        let (line, position) = self.place(at);
        let position = position + characters;
        let is_before_all = self.state == State::Start && position == 0 && !self.after_comment;
        let line = if is_before_all { 0 } else { line };
        let mut text = message.as_ref().to_vec();
        if !text.ends_with(b"\n") {
            text = trim(&text).to_vec();
        }
        append_to_message(&mut text, self.path().text());
        text.pop();
        text.extend_from_slice(format!(", line {line}, position {position}.").as_bytes());
        Box::new(Fault(text))
    }

    /// The UTF-16 unit at a place; 0 at the end, as Json.NET shows it.
    pub(super) fn unit_at(&self, at: usize) -> u16 {
        units(self.source.get(at..).unwrap_or_default()).next().unwrap_or(0)
    }

    /// The path of the value that the reader is at.
    #[must_use]
    pub fn path(&self) -> Path {
        let is_at_start = matches!(self.state, State::ArrayStart | State::ObjectStart | State::ConstructorStart);
        let count = self.levels.len() - usize::from(is_at_start && !self.levels.is_empty());
        let mut path = Path::default();
        for level in self.levels.iter().take(count) {
            match (level.container, level.name) {
                (Container::Object, Some(name)) => path.push_name(&unescaped(name)),
                (Container::Object, None) => {}
                _ => path.push_index(level.position),
            }
        }
        path
    }

    /// The line, from 1, and how many characters stand before a place in it.
    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.source.get(..at).unwrap_or(self.source);
        let (mut line, mut start, mut index) = (1, 0, 0);
        while let Some(byte) = before.get(index) {
            index += 1;
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => {
                    // Json.NET joins the two only if something follows.
                    if self.source.get(index) == Some(&b'\n') && index + 1 < self.source.len() {
                        index += 1;
                    }
                    true
                }
                _ => false,
            };
            if ends_line {
                line += 1;
                start = index;
            }
        }
        (line, utf16_len(self.source.get(start.min(at)..at).unwrap_or_default()))
    }
}

/// The name that stands between quotes, which was read without a fault before.
fn unescaped(written: &[u8]) -> Vec<u8> {
    if !written.contains(&b'\\') {
        return written.to_vec();
    }
    // The closing quote is gone; a NUL stands for it.
    let quoted = [written, b"\0"].concat();
    let mut reader = Reader::new(&quoted);
    match reader.string(0) {
        Ok(()) => reader.text().to_vec(),
        Err(_) => written.to_vec(),
    }
}
