//! Reads JSON text piece by piece, exactly as lenient as Json.NET 13.
//!
//! Comments, single quotes, names without quotes, trailing commas, empty places in arrays, `NaN`, hexadecimal and octal
//! numbers and constructor calls are accepted; what is refused is refused with Json.NET's message, path and position.
//! The reader holds its place in a list of levels and never recurses. Lines and paths are only worked out for messages.
//!
//! Not here: what is made of the pieces (`load`, `deserialize`), and which strings are dates (`date`).

pub mod fault;
pub mod number;
pub mod text;
pub mod typed;

pub use fault::Fault;
pub use typed::Expected;

use crate::format::wtf8::{first_code_point, is_white_space};

/// How deep containers may nest, as in Json.NET since 13.0.1.
pub const MAX_DEPTH: usize = 64;

/// A piece of JSON text. What it says stands in the reader until the next piece is read: a value of one byte is all that
/// is handed on for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Event {
    /// The end of the text, whether or not containers are still open.
    End,
    /// The text is wrong: [`Reader::take_fault`].
    Fault,
    /// `{`
    StartObject,
    /// `}`
    EndObject,
    /// `[`
    StartArray,
    /// `]`
    EndArray,
    /// `new Name(`, with its name as [`Reader::written`].
    StartConstructor,
    /// `)`
    EndConstructor,
    /// The name of a property, with the colon behind it: [`Reader::text`].
    Name,
    /// A string: [`Reader::text`].
    Text,
    /// A number of which only the extent is known: [`Reader::written`], [`Reader::read_number`].
    Number,
    /// A whole number in the usual form: [`Reader::integer`].
    Integer,
    /// `NaN`
    NotANumber,
    /// `Infinity`
    PositiveInfinity,
    /// `-Infinity`
    NegativeInfinity,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
    /// `undefined`, or nothing between two commas.
    Undefined,
    /// A comment, with its text as [`Reader::written`].
    Comment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    Property,
    ObjectStart,
    Object,
    ArrayStart,
    Array,
    ConstructorStart,
    Constructor,
    PostValue,
    Finished,
}

/// The kinds of containers, named as messages name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// `{ … }`
    Object,
    /// `[ … ]`
    Array,
    /// `new Name( … )`
    Constructor,
}

/// One container that is open.
#[derive(Clone, Copy, Debug)]
struct Level<'t> {
    container: Container,
    /// How many values were begun, less one.
    position: i64,
    /// The name read last, between its quotes.
    name: Option<&'t [u8]>,
}

/// Reads one text.
#[derive(Debug)]
pub struct Reader<'t> {
    source: &'t [u8],
    at: usize,
    state: State,
    after_comment: bool,
    has_escapes: bool,
    levels: Vec<Level<'t>>,
    /// What the piece read last says, between its quotes or other marks.
    written: &'t [u8],
    /// The text of the piece read last, if it has escapes.
    decoded: Vec<u8>,
    integer: i64,
    fault: Option<Box<Fault>>,
}

impl<'t> Reader<'t> {
    /// A reader at the start of a WTF-8 text.
    #[must_use]
    pub fn new(source: &'t [u8]) -> Self {
        Self {
            source,
            at: 0,
            state: State::Start,
            after_comment: false,
            has_escapes: false,
            levels: Vec::with_capacity(8),
            written: &[],
            decoded: Vec::new(),
            integer: 0,
            fault: None,
        }
    }

    /// How many containers are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The text of the string or name that was read last.
    #[must_use]
    #[inline]
    pub fn text(&self) -> &[u8] {
        if self.has_escapes { &self.decoded } else { self.written }
    }

    /// Whether the string or name that was read last has escapes, so that its text is not a part of the source.
    #[must_use]
    #[inline]
    pub fn has_escapes(&self) -> bool {
        self.has_escapes
    }

    /// What was read last as it is written, without quotes.
    #[must_use]
    #[inline]
    pub fn written(&self) -> &'t [u8] {
        self.written
    }

    /// The whole number that was read last.
    #[must_use]
    #[inline]
    pub fn integer(&self) -> i64 {
        self.integer
    }

    /// What is wrong with the text.
    #[must_use]
    pub fn take_fault(&mut self) -> Box<Fault> {
        self.fault.take().unwrap_or_else(|| self.fault_at(self.at, UNEXPECTED_END))
    }

    /// The next piece.
    #[inline]
    pub fn next(&mut self) -> Event {
        self.after_comment = false;
        loop {
            match self.state {
                State::Start
                | State::Property
                | State::ArrayStart
                | State::Array
                | State::ConstructorStart
                | State::Constructor => return self.value(),
                State::ObjectStart | State::Object => return self.member(),
                State::PostValue => {
                    if let Some(event) = self.post_value() {
                        return event;
                    }
                }
                State::Finished => return self.finished(),
            }
        }
    }

    #[cold]
    fn fail(&mut self, fault: Box<Fault>) -> Event {
        self.fault = Some(fault);
        Event::Fault
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.source.get(self.at).copied()
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn value(&mut self) -> Event {
        loop {
            let Some(byte) = self.peek() else { return Event::End };
            return match byte {
                b' ' | b'\n' | b'\r' | b'\t' | 0 => {
                    self.at += 1;
                    continue;
                }
                b'"' | b'\'' => {
                    self.at += 1;
                    match self.string(byte) {
                        Ok(()) => self.end_value(Event::Text),
                        Err(fault) => self.fail(fault),
                    }
                }
                b'0'..=b'9' | b'.' => self.number(),
                b'-' if self.source.get(self.at + 1) == Some(&b'I') => {
                    self.word("-Infinity", "-Infinity", Event::NegativeInfinity)
                }
                b'-' => self.number(),
                b'{' => self.open(Container::Object, State::ObjectStart, Event::StartObject),
                b'[' => self.open(Container::Array, State::ArrayStart, Event::StartArray),
                b']' => self.close(Container::Array),
                b')' => self.close(Container::Constructor),
                b't' => self.word("true", "boolean", Event::True),
                b'f' => self.word("false", "boolean", Event::False),
                b'n' => self.null_or_constructor(),
                b'N' => self.word("NaN", "NaN", Event::NotANumber),
                b'I' => self.word("Infinity", "Infinity", Event::PositiveInfinity),
                b'u' => self.word("undefined", "undefined", Event::Undefined),
                b'/' => self.comment(),
                // The comma itself is read next, so that several in a row each stand behind a value.
                b',' => self.end_value(Event::Undefined),
                _ if self.skip_white_space() => continue,
                // A number of another script begins a number as Json.NET sees it, which it then cannot read.
                _ if self.is_at_number() => self.number(),
                _ => self.fail(self.unexpected(self.at)),
            };
        }
    }

    fn null_or_constructor(&mut self) -> Event {
        match self.source.get(self.at + 1) {
            Some(b'u') => self.word("null", "null", Event::Null),
            Some(b'e') => self.constructor(),
            Some(_) => self.fail(self.unexpected(self.at)),
            None => self.fail(self.fault_at(self.at + 1, UNEXPECTED_END)),
        }
    }

    /// Reads what stands behind a value; nothing if a comma, behind which something else is to be read.
    fn post_value(&mut self) -> Option<Event> {
        loop {
            let Some(byte) = self.peek() else {
                self.state = State::Finished;
                return None;
            };
            return Some(match byte {
                b',' => {
                    self.at += 1;
                    self.state = match self.levels.last().map(|level| level.container) {
                        Some(Container::Object) => State::Object,
                        Some(Container::Array) => State::Array,
                        Some(Container::Constructor) => State::Constructor,
                        None => State::Finished,
                    };
                    return None;
                }
                b' ' | b'\n' | b'\r' | b'\t' | 0 => {
                    self.at += 1;
                    continue;
                }
                b'}' => self.close(Container::Object),
                b']' => self.close(Container::Array),
                b')' => self.close(Container::Constructor),
                b'/' => self.comment(),
                _ if self.skip_white_space() => continue,
                _ => {
                    let message = "After parsing a value an unexpected character was encountered: ";
                    self.fail(self.fault_with(message, self.at))
                }
            });
        }
    }

    fn member(&mut self) -> Event {
        loop {
            let Some(byte) = self.peek() else { return Event::End };
            return match byte {
                b' ' | b'\n' | b'\r' | b'\t' | 0 => {
                    self.at += 1;
                    continue;
                }
                b'"' | b'\'' => self.quoted_name(byte),
                b'}' => self.close(Container::Object),
                b'/' => self.comment(),
                _ if self.skip_white_space() => continue,
                _ => self.bare_name(),
            };
        }
    }

    fn finished(&mut self) -> Event {
        self.skip_blanks();
        match self.peek() {
            None => Event::End,
            Some(b'/') => self.comment(),
            Some(_) => {
                let message = "Additional text encountered after finished reading JSON content: ";
                self.fail(self.fault_with(message, self.at))
            }
        }
    }

    fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t' | 0) => self.at += 1,
                Some(_) if self.skip_white_space() => {}
                _ => return,
            }
        }
    }

    /// Skips one character of white space, of the rarer kinds too.
    #[cold]
    fn skip_white_space(&mut self) -> bool {
        let Some((code_point, length)) = first_code_point(self.rest()) else { return false };
        let found = is_white_space(code_point);
        if found {
            self.at += length;
        }
        found
    }

    /// Whether a value may end here: white space, or a mark that goes on. `)` counts only in a constructor call.
    fn is_at_separator(&self) -> bool {
        match self.peek() {
            None | Some(0 | b'}' | b']' | b',' | b' ' | b'\t' | b'\n' | b'\r') => true,
            Some(b'/') => matches!(self.source.get(self.at + 1), Some(b'*' | b'/')),
            Some(b')') => matches!(self.state, State::Constructor | State::ConstructorStart),
            Some(_) => first_code_point(self.rest()).is_some_and(|(code_point, _)| is_white_space(code_point)),
        }
    }

    /// Counts a value that begins here among those of its container.
    #[inline]
    fn count_value(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.position += 1;
        }
    }

    /// Goes on behind a value.
    #[inline]
    fn end_value(&mut self, event: Event) -> Event {
        self.count_value();
        self.state = if self.levels.is_empty() { State::Finished } else { State::PostValue };
        event
    }

    fn open(&mut self, container: Container, state: State, event: Event) -> Event {
        self.at += 1;
        self.enter(container, state, event)
    }

    fn enter(&mut self, container: Container, state: State, event: Event) -> Event {
        self.count_value();
        self.levels.push(Level { container, position: -1, name: None });
        self.state = state;
        if self.levels.len() > MAX_DEPTH {
            let message = format!("The reader's MaxDepth of {MAX_DEPTH} has been exceeded.");
            return self.fail(self.fault_at(self.at, message));
        }
        event
    }

    #[inline]
    fn close(&mut self, container: Container) -> Event {
        self.at += 1;
        let closed = self.levels.pop().map(|level| level.container);
        if closed != Some(container) {
            let closed = closed.map_or(String::from("None"), |closed| format!("{closed:?}"));
            let message = format!("JsonToken End{container:?} is not valid for closing JsonType {closed}.");
            return self.fail(self.fault_at(self.at, message));
        }
        self.state = if self.levels.is_empty() { State::Finished } else { State::PostValue };
        match container {
            Container::Object => Event::EndObject,
            Container::Array => Event::EndArray,
            Container::Constructor => Event::EndConstructor,
        }
    }

    /// Reads a word that must be followed by a separator.
    #[inline]
    fn accept_word(&mut self, word: &str) -> Result<bool, Box<Fault>> {
        let rest = self.rest();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(self.is_at_separator());
        }
        // Json.NET looks whether the text is long enough before it compares; the length counts UTF-16 units.
        if crate::wtf8::utf16_len(rest.get(..word.len() * 3).unwrap_or(rest)) < word.len() {
            self.at = self.source.len();
            return Err(self.fault_at(self.at, UNEXPECTED_END));
        }
        self.at += rest.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
        Ok(false)
    }

    #[inline]
    fn word(&mut self, word: &str, kind: &str, event: Event) -> Event {
        let start = self.at;
        match self.accept_word(word) {
            Ok(true) => {
                self.written = self.source.get(start..self.at).unwrap_or_default();
                self.end_value(event)
            }
            Ok(false) => self.fail(self.fault_at(self.at, format!("Error parsing {kind} value."))),
            Err(fault) => self.fail(fault),
        }
    }
}

const UNEXPECTED_END: &str = "Unexpected end when reading JSON.";
