//! Makes trees of tokens from JSON text: `JObject.Parse` and its kin.
//!
//! Strings without escapes point into the text, which must live as long as the tree. The children of all open
//! containers wait in one stack; a container takes its own over when it ends, so that no list is moved as it grows.
//!
//! Not here: what is accepted (`reader`).

use super::children::Names;
use super::exception::JSON_WRITER_EXCEPTION;
use super::path::{Path, append_to_message};
use super::raise;
use super::reader::number::Number;
use super::reader::{Event, Reader};
use super::token::{Content, Property, Token};
use super::{big_integer, date};
use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// What a text must be, by the type whose `Parse` reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// `JToken.Parse`: anything.
    Token,
    /// `JObject.Parse`: an object.
    Object,
    /// `JArray.Parse`: an array.
    Array,
    /// `JConstructor.Parse`, which the others call for a constructor call.
    Constructor,
}

impl Wanted {
    /// The name of the type, and what messages call such a token.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Token => ("JToken", "a token"),
            Self::Object => ("JObject", "an object"),
            Self::Array => ("JArray", "an array"),
            Self::Constructor => ("JConstructor", "a constructor"),
        }
    }
}

/// Reads a whole text.
///
/// # Errors
/// `JsonReaderException` as Json.NET throws it, and the limits of time and memory.
pub fn parse<'a>(cx: &mut Cx<'a>, text: Str<'a>, wanted: Wanted) -> Result<&'a Token<'a>, Throw> {
    let mut reader = Reader::new(text.bytes());
    let mut loader = Loader::new(text.is_ascii(), Duplicates::KeepPlace);
    let token = loader.load(cx, &mut reader, wanted)?;
    while read(cx, &mut reader)? != Event::End {}
    Ok(token)
}

/// What a text is read for, by which what ends too early is told.
#[derive(Clone, Copy)]
enum Purpose {
    /// `JToken.Load`, `JObject.Load` and their kin.
    Load(Wanted),
    /// `JTokenWriter.WriteToken`.
    Copy,
}

/// What becomes of a property when its name occurs a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duplicates {
    /// The new one takes its place.
    KeepPlace,
    /// It goes, and the new one stands last.
    GoLast,
}

/// Makes the tokens of one text.
pub struct Loader<'a> {
    is_ascii: bool,
    duplicates: Duplicates,
    keep_comments: bool,
    frames: Vec<Frame<'a>>,
    /// The children of the open containers, one container behind the other.
    waiting: Vec<&'a Token<'a>>,
    events: u32,
}

/// An open container.
struct Frame<'a> {
    token: &'a Token<'a>,
    /// Where its children begin in the stack.
    start: usize,
    /// One bit for each name that occurred, by length and ends: most names are known to be new by this alone.
    seen: u64,
    names: Option<Names<'a>>,
    /// Whether some of its children are dropped again; they have no parent.
    has_dropped: bool,
    property: Option<(&'a Token<'a>, &'a Property<'a>)>,
}

/// Objects of so many properties get an index while they are read.
const INDEXED: usize = 24;

impl<'a> Loader<'a> {
    /// A loader for a text of which it is known whether it is ASCII.
    #[must_use]
    pub fn new(is_ascii: bool, duplicates: Duplicates) -> Self {
        Self {
            is_ascii,
            duplicates,
            keep_comments: false,
            frames: Vec::with_capacity(8),
            waiting: Vec::with_capacity(64),
            events: 0,
        }
    }

    /// Reads one token, with all that it holds.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn load(&mut self, cx: &mut Cx<'a>, reader: &mut Reader<'a>, wanted: Wanted) -> Result<&'a Token<'a>, Throw> {
        let (name, noun) = wanted.names();
        let mut first = read(cx, reader)?;
        if first == Event::End {
            let message = format!("Error reading {name} from JsonReader.");
            return Err(raise::fault(cx, &reader.fault_here(message)));
        }
        while wanted != Wanted::Token && first == Event::Comment {
            match read(cx, reader)? {
                // At the end of the text the comment is what Json.NET still looks at.
                Event::End => break,
                next => first = next,
            }
        }
        let opened = match first {
            Event::StartObject => Some(Wanted::Object),
            Event::StartArray => Some(Wanted::Array),
            Event::StartConstructor => Some(Wanted::Constructor),
            _ => None,
        };
        match opened {
            Some(opened) if wanted == opened || wanted == Wanted::Token => {
                self.read_tree(cx, reader, first, Purpose::Load(opened))
            }
            None if wanted == Wanted::Token && first == Event::Comment => {
                let text = self.part(cx, reader.written());
                Ok(Token::new(cx, Content::Comment(Some(text))))
            }
            None if wanted == Wanted::Token => self.value(cx, reader, first),
            _ => {
                let found = token_name(reader, first);
                let message =
                    format!("Error reading {name} from JsonReader. Current JsonReader item is not {noun}: {found}");
                Err(raise::fault(cx, &reader.fault_here(message)))
            }
        }
    }

    /// Makes a token of the piece that was read last, with all that it holds, as `JTokenWriter` copies it.
    ///
    /// # Errors
    /// `JsonReaderException` for text that is not JSON, `JsonWriterException` if it ends too early, and the limits of time
    /// and memory.
    pub fn copy(
        &mut self,
        cx: &mut Cx<'a>,
        reader: &mut Reader<'a>,
        first: Event,
        keep_comments: bool,
    ) -> Result<&'a Token<'a>, Throw> {
        self.keep_comments = keep_comments;
        match first {
            Event::StartObject | Event::StartArray | Event::StartConstructor => {
                self.read_tree(cx, reader, first, Purpose::Copy)
            }
            Event::Undefined => Ok(Token::new(cx, Content::Null)),
            _ => self.value(cx, reader, first),
        }
    }

    /// Reads on until the container that `first` opens ends.
    fn read_tree(
        &mut self,
        cx: &mut Cx<'a>,
        reader: &mut Reader<'a>,
        first: Event,
        purpose: Purpose,
    ) -> Result<&'a Token<'a>, Throw> {
        let mut event = first;
        let mut is_first = true;
        loop {
            match event {
                Event::Name => {
                    let name = self.text(cx, reader);
                    self.begin_property(cx, name);
                }
                Event::StartObject => self.open(Token::new_object(cx)),
                Event::StartArray => self.open(Token::new_array(cx)),
                Event::StartConstructor => {
                    let name = self.part(cx, reader.written());
                    let token = super::edit::new_constructor(cx, name)?;
                    self.open(token);
                }
                Event::EndObject | Event::EndArray | Event::EndConstructor => {
                    if let Some(root) = self.close(cx) {
                        return Ok(root);
                    }
                }
                Event::Undefined if matches!(purpose, Purpose::Copy) => self.place(Token::new(cx, Content::Null)),
                Event::Comment => {
                    if self.keep_comments {
                        self.place_comment(cx, reader);
                    }
                }
                event => {
                    let token = self.value(cx, reader, event)?;
                    self.place(token);
                }
            }
            event = reader.next();
            if matches!(event, Event::End | Event::Fault) {
                return Err(self.stopped(cx, reader, event, purpose, is_first));
            }
            is_first = false;
            self.events = self.events.wrapping_add(1);
            if self.events.is_multiple_of(256) {
                cx.check_limits()?;
            }
        }
    }

    /// What is thrown where the text ends too early, or is wrong.
    #[cold]
    fn stopped(
        &self,
        cx: &mut Cx<'a>,
        reader: &mut Reader<'a>,
        event: Event,
        purpose: Purpose,
        is_first: bool,
    ) -> Throw {
        let fault = match (event, purpose) {
            (Event::Fault, _) => reader.take_fault(),
            (_, Purpose::Load(wanted)) if is_first => {
                reader.fault_here(format!("Error reading {} from JsonReader.", wanted.names().0))
            }
            (_, Purpose::Load(wanted)) => {
                reader.fault_here(format!("Unexpected end of content while loading {}.", wanted.names().0))
            }
            (_, Purpose::Copy) => {
                let mut message = b"Unexpected end when reading token.".to_vec();
                append_to_message(&mut message, self.container_path().text());
                return raise::throw_wtf8(cx, Ty(&JSON_WRITER_EXCEPTION), &message);
            }
        };
        raise::fault(cx, &fault)
    }

    /// The way to the container that was opened last.
    fn container_path(&self) -> Path {
        let mut path = Path::default();
        for (outer, inner) in self.frames.iter().zip(self.frames.iter().skip(1)) {
            match inner.token.parent().and_then(Token::name) {
                Some(name) => path.push_name(name.bytes()),
                None => path.push_index((inner.start - outer.start) as i64 - 1),
            }
        }
        path
    }

    /// Keeps a comment, if it stands where a token can be.
    fn place_comment(&mut self, cx: &Cx<'a>, reader: &Reader<'a>) {
        let is_in_list = self.frames.last().is_some_and(|frame| !matches!(frame.token.content(), Content::Object(_)));
        if is_in_list {
            let text = self.part(cx, reader.written());
            self.place(Token::new(cx, Content::Comment(Some(text))));
        }
    }

    /// Puts a value where it belongs: into the property that waits for one, or behind its siblings.
    #[inline]
    fn place(&mut self, token: &'a Token<'a>) {
        let Some(frame) = self.frames.last_mut() else { return };
        match frame.property.take() {
            Some((property_token, property)) => {
                token.set_parent(Some(property_token));
                property.value.set(Some(token));
            }
            None => {
                token.set_parent(Some(frame.token));
                self.waiting.push(token);
            }
        }
    }

    fn open(&mut self, token: &'a Token<'a>) {
        self.place(token);
        self.frames.push(Frame {
            token,
            start: self.waiting.len(),
            seen: 0,
            names: None,
            has_dropped: false,
            property: None,
        });
    }

    fn close(&mut self, cx: &Cx<'a>) -> Option<&'a Token<'a>> {
        let frame = self.frames.pop()?;
        if frame.has_dropped {
            let kept: Vec<_> = self.waiting.drain(frame.start..).filter(|token| token.parent().is_some()).collect();
            self.waiting.extend(kept);
        }
        if let (Some(children), Some(tokens)) = (frame.token.list(), self.waiting.get(frame.start..)) {
            children.fill(cx.arena(), tokens, frame.names);
        }
        self.waiting.truncate(frame.start);
        self.frames.is_empty().then_some(frame.token)
    }

    /// Begins a property, or gives the one that has the name already another value.
    #[inline]
    fn begin_property(&mut self, cx: &Cx<'a>, name: Str<'a>) {
        let Some(frame) = self.frames.last_mut() else { return };
        let bytes = name.bytes();
        let bit = name_bit(bytes);
        if frame.seen & bit != 0 || frame.names.is_some() {
            let siblings = self.waiting.get(frame.start..).unwrap_or_default();
            let existing = match &frame.names {
                Some(names) => names.find(bytes),
                None => siblings.iter().copied().find(|token| token.parent().is_some() && token.name() == Some(name)),
            };
            match existing {
                Some(existing) if self.duplicates == Duplicates::KeepPlace => {
                    frame.property = existing.as_property().map(|property| (existing, property));
                    return;
                }
                Some(existing) => {
                    existing.set_parent(None);
                    frame.has_dropped = true;
                    if let Some(names) = &frame.names {
                        names.remove(existing);
                    }
                }
                None => {}
            }
        }
        frame.seen |= bit;
        let token = Token::new_property(cx, name);
        token.set_parent(Some(frame.token));
        frame.property = token.as_property().map(|property| (token, property));
        self.waiting.push(token);
        let count = self.waiting.len() - frame.start;
        if let Some(names) = &mut frame.names {
            names.insert(cx.arena(), name, token);
        } else if count >= INDEXED {
            let mut names = Names::with_room_for(cx.arena(), count * 2);
            let siblings = self.waiting.get(frame.start..).unwrap_or_default();
            for (token, name) in siblings.iter().filter_map(|token| Some((*token, token.name()?))) {
                names.insert(cx.arena(), name, token);
            }
            frame.names = Some(names);
        }
    }

    /// The token of a value.
    #[inline]
    fn value(&self, cx: &mut Cx<'a>, reader: &Reader<'a>, event: Event) -> Result<&'a Token<'a>, Throw> {
        Ok(match event {
            Event::Text if date::is_possible(reader.text()) => return self.date_or_text(cx, reader),
            Event::Text => {
                let text = self.text(cx, reader);
                Token::new(cx, Content::Text(Some(text)))
            }
            Event::Integer => Token::new(cx, Content::Integer(reader.integer())),
            Event::True => Token::new(cx, Content::Boolean(true)),
            Event::False => Token::new(cx, Content::Boolean(false)),
            Event::Number => return Self::number(cx, reader),
            Event::NotANumber => Token::new(cx, Content::Float(f64::NAN)),
            Event::PositiveInfinity => Token::new(cx, Content::Float(f64::INFINITY)),
            Event::NegativeInfinity => Token::new(cx, Content::Float(f64::NEG_INFINITY)),
            Event::Undefined => Token::new(cx, Content::Undefined),
            _ => Token::new(cx, Content::Null),
        })
    }

    fn number(cx: &mut Cx<'a>, reader: &Reader<'a>) -> Result<&'a Token<'a>, Throw> {
        match reader.read_number() {
            Ok(Number::Integer(value)) => Ok(Token::new(cx, Content::Integer(value))),
            Ok(Number::Float(value)) => Ok(Token::new(cx, Content::Float(value))),
            Ok(Number::Big) => {
                let value = big_integer::of_digits(cx, reader.written());
                Ok(Token::new(cx, Content::Held(value)))
            }
            Err(fault) => Err(raise::fault(cx, &fault)),
        }
    }

    fn date_or_text(&self, cx: &mut Cx<'a>, reader: &Reader<'a>) -> Result<&'a Token<'a>, Throw> {
        match date::recognise(reader.text()) {
            Ok(Some(date)) => Ok(Token::new(cx, Content::Date(date))),
            Ok(None) => {
                let text = self.text(cx, reader);
                Ok(Token::new(cx, Content::Text(Some(text))))
            }
            Err(fault) => Err(cx.throw_fault(&fault)),
        }
    }

    /// The string that was read last.
    #[must_use]
    #[inline]
    pub fn text(&self, cx: &Cx<'a>, reader: &Reader<'a>) -> Str<'a> {
        if reader.has_escapes() { cx.str_from_wtf8(reader.text()) } else { self.part(cx, reader.written()) }
    }

    /// The string of a part of the text.
    #[must_use]
    #[inline]
    pub fn part(&self, cx: &Cx<'a>, text: &'a [u8]) -> Str<'a> {
        match text {
            [] => Str::EMPTY,
            _ if self.is_ascii => Str::over_ascii(cx.arena(), text),
            _ => Str::over_wtf8(cx.arena(), text),
        }
    }
}

/// The next piece, or its fault thrown.
#[inline]
fn read<'a>(cx: &mut Cx<'a>, reader: &mut Reader<'a>) -> Result<Event, Throw> {
    match reader.next() {
        Event::Fault => Err(raise::fault(cx, &reader.take_fault())),
        event => Ok(event),
    }
}

/// What Json.NET calls a piece.
fn token_name(reader: &Reader<'_>, event: Event) -> &'static str {
    match event {
        Event::End | Event::Fault => "None",
        Event::StartObject => "StartObject",
        Event::EndObject => "EndObject",
        Event::StartArray => "StartArray",
        Event::EndArray => "EndArray",
        Event::StartConstructor => "StartConstructor",
        Event::EndConstructor => "EndConstructor",
        Event::Name => "PropertyName",
        Event::Text => match date::recognise(reader.text()) {
            Ok(Some(_)) => "Date",
            _ => "String",
        },
        Event::Integer => "Integer",
        Event::Number => match reader.read_number() {
            Ok(Number::Float(_)) => "Float",
            _ => "Integer",
        },
        Event::NotANumber | Event::PositiveInfinity | Event::NegativeInfinity => "Float",
        Event::True | Event::False => "Boolean",
        Event::Null => "Null",
        Event::Undefined => "Undefined",
        Event::Comment => "Comment",
    }
}

/// The bit of a name among those of its object.
#[inline]
fn name_bit(name: &[u8]) -> u64 {
    let first = name.first().copied().unwrap_or(0);
    let last = name.last().copied().unwrap_or(0);
    let mixed = u32::from(first) * 31 + u32::from(last) * 7 + name.len() as u32 * 5;
    1 << (mixed & 63)
}
