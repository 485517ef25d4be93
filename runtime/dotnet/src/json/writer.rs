//! Writes JSON text as Json.NET does: compact, or indented by two blanks with `\n` between lines.
//!
//! A writer keeps the containers that are open in a list; nothing recurses. Tokens are written here, other objects
//! through the same calls by `serialize`.
//!
//! Not here: what text a value has (`value`).

use super::token::{Content, Token};
use super::value;
use crate::cx::Cx;
use crate::format::escape::json::write_string;
use crate::text::Str;
use crate::throw::Throw;

/// `Newtonsoft.Json.Formatting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Formatting {
    /// `Formatting.None`.
    Compact,
    /// `Formatting.Indented`.
    Indented,
}

impl Formatting {
    /// The formatting of this number; any but 1 is compact.
    #[must_use]
    pub fn of(number: i32) -> Self {
        if number == 1 { Self::Indented } else { Self::Compact }
    }
}

/// The kinds of containers, by their closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Object,
    Array,
    Constructor,
}

/// Text that is being written.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    formatting: Formatting,
    /// The open containers; true once a value was written into one.
    open: Vec<(Open, bool)>,
    after_name: bool,
}

impl Writer {
    /// A writer without text.
    #[must_use]
    pub fn new(formatting: Formatting) -> Self {
        Self { out: Vec::with_capacity(256), formatting, open: Vec::new(), after_name: false }
    }

    /// The text that was written.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.out
    }

    /// How many bytes were written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// How many containers are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Writes what stands before a value.
    #[inline]
    fn before_value(&mut self) {
        if self.after_name {
            self.after_name = false;
            return;
        }
        if let Some((_, has_value)) = self.open.last_mut() {
            if *has_value {
                self.out.push(b',');
            }
            *has_value = true;
            self.new_line(0);
        }
    }

    /// Begins the line of a value, or of the mark that closes a container, which is less indented by `outer` steps.
    fn new_line(&mut self, outer: usize) {
        if self.formatting == Formatting::Indented {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + 2 * self.open.len().saturating_sub(outer), b' ');
        }
    }

    /// Writes a value whose text needs no escapes.
    #[inline]
    pub fn plain(&mut self, text: &[u8]) {
        self.before_value();
        self.out.extend_from_slice(text);
    }

    /// Writes a value with a function that appends its text.
    #[inline]
    pub fn value<R>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        self.before_value();
        write(&mut self.out)
    }

    /// Writes a string.
    #[inline]
    pub fn string(&mut self, text: &[u8]) {
        self.before_value();
        write_string(&mut self.out, text, b'"');
    }

    /// Writes the name of a property and the colon.
    #[inline]
    pub fn name(&mut self, name: &[u8]) {
        // A property that is written alone stands at the beginning, without a line of its own.
        self.before_value();
        write_string(&mut self.out, name, b'"');
        self.out.extend_from_slice(if self.formatting == Formatting::Indented { b": " } else { b":" });
        self.after_name = true;
    }

    /// Writes a comment, which counts for no value.
    pub fn comment(&mut self, text: &[u8]) {
        if self.after_name {
            self.out.extend_from_slice(&[b"/*", text, b"*/"].concat());
            if self.formatting == Formatting::Indented {
                self.out.push(b' ');
            }
            return;
        }
        if matches!(self.open.last(), Some((Open::Array | Open::Constructor, _))) {
            self.new_line(0);
        }
        self.out.extend_from_slice(b"/*");
        self.out.extend_from_slice(text);
        self.out.extend_from_slice(b"*/");
    }

    /// Opens an object.
    #[inline]
    pub fn start_object(&mut self) {
        self.start(Open::Object, b"{");
    }

    /// Opens an array.
    #[inline]
    pub fn start_array(&mut self) {
        self.start(Open::Array, b"[");
    }

    /// Opens a constructor call.
    pub fn start_constructor(&mut self, name: &[u8]) {
        self.start(Open::Constructor, b"new ");
        self.out.extend_from_slice(name);
        self.out.push(b'(');
    }

    fn start(&mut self, open: Open, mark: &[u8]) {
        self.before_value();
        self.out.extend_from_slice(mark);
        self.open.push((open, false));
    }

    /// Closes the container that was opened last.
    #[inline]
    pub fn end(&mut self) {
        if self.after_name {
            self.plain(b"null");
        }
        let Some((open, has_value)) = self.open.last().copied() else { return };
        // Json.NET begins a line even for the end of an empty constructor call.
        if has_value || open == Open::Constructor {
            self.new_line(1);
        }
        self.open.pop();
        self.out.push(match open {
            Open::Object => b'}',
            Open::Array => b']',
            Open::Constructor => b')',
        });
    }

    /// Writes a token with all that it holds.
    ///
    /// # Errors
    /// What the text of a raw value's object throws, and the limits of time and memory.
    pub fn token<'a>(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<(), Throw> {
        let floor = self.depth();
        let mut walk: Vec<(&'a Token<'a>, usize)> = Vec::new();
        let mut next = Some(token);
        let mut steps = 0_u32;
        loop {
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(512) {
                cx.check_limits()?;
                cx.reserve(self.len())?;
            }
            if let Some(token) = next.take() {
                match token.content() {
                    Content::Property(property) => {
                        self.name(property.name.bytes());
                        next = property.value.get();
                        if next.is_none() {
                            self.plain(b"null");
                        }
                    }
                    Content::Object(_) => {
                        self.start_object();
                        walk.push((token, 0));
                    }
                    Content::Array(_) => {
                        self.start_array();
                        walk.push((token, 0));
                    }
                    Content::Constructor(constructor) => {
                        self.start_constructor(constructor.name.get().map_or(b"", Str::bytes));
                        walk.push((token, 0));
                    }
                    content => value::write(cx, self, content)?,
                }
                continue;
            }
            let Some((container, at)) = walk.last_mut() else { break };
            next = container.child(*at);
            *at += 1;
            if next.is_none() {
                walk.pop();
                self.end();
            }
        }
        debug_assert_eq!(self.depth(), floor);
        Ok(())
    }
}

/// The text of a token with all that it holds.
///
/// # Errors
/// As [`Writer::token`].
pub fn to_text<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>, formatting: Formatting) -> Result<Str<'a>, Throw> {
    let mut writer = Writer::new(formatting);
    writer.token(cx, token)?;
    cx.reserve(writer.len())?;
    Ok(cx.str_from_wtf8(writer.text()))
}
