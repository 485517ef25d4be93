//! The pieces of a JSON text.

use super::source::{Item, Source, throw_with};
use super::typed::{bytes, date_of, decimal, int, string_as, unreadable};
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::{NumberStyles, radix};
use crate::json::big_integer::{self, BigInteger};
use crate::json::load::{Duplicates, Loader};
use crate::json::raise;
use crate::json::reader::number::{Number, Whole, double, is_octal_or_hexadecimal, read_radix, whole};
use crate::json::reader::{Event, Expected, Reader};
use crate::json::token::{Content, Token};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::convert::{Value, to_boolean, to_integer};

/// A JSON text that is being read.
pub(super) struct TextSource<'a> {
    reader: Reader<'a>,
    loader: Loader<'a>,
    last: Event,
}

impl<'a> TextSource<'a> {
    /// The start of a text.
    pub(super) fn new(text: Str<'a>) -> Self {
        let loader = Loader::new(text.is_ascii(), Duplicates::GoLast);
        Self { reader: Reader::new(text.bytes()), loader, last: Event::End }
    }

    fn read(&mut self, cx: &mut Cx<'a>, event: Event) -> Result<Event, Throw> {
        cx.check_limits()?;
        self.last = event;
        match event {
            Event::Fault => Err(raise::fault(cx, &self.reader.take_fault())),
            event => Ok(event),
        }
    }

    /// The text of the string, name, word or number that was read last.
    fn written(&self, cx: &Cx<'a>) -> Str<'a> {
        self.loader.text(cx, &self.reader)
    }

    /// The piece of an event that is no value.
    fn mark(&self, cx: &Cx<'a>, event: Event) -> Option<Item<'a>> {
        Some(match event {
            Event::End | Event::Fault => Item::End,
            Event::StartObject => Item::StartObject,
            Event::EndObject => Item::EndObject,
            Event::StartArray => Item::StartArray,
            Event::EndArray => Item::EndArray,
            Event::StartConstructor => Item::StartConstructor(Some(self.loader.part(cx, self.reader.written()))),
            Event::EndConstructor => Item::EndConstructor,
            Event::Name => Item::Name(self.written(cx)),
            Event::Comment => Item::Comment,
            _ => return None,
        })
    }

    fn number(&self, cx: &mut Cx<'a>) -> Result<Content<'a>, Throw> {
        match self.reader.read_number() {
            Ok(Number::Integer(value)) => Ok(Content::Integer(value)),
            Ok(Number::Float(value)) => Ok(Content::Float(value)),
            Ok(Number::Big) => Ok(Content::Held(big_integer::of_digits(cx, self.reader.written()))),
            Err(fault) => Err(raise::fault(cx, &fault)),
        }
    }

    /// A value where nothing else is expected.
    fn value(&self, cx: &mut Cx<'a>, event: Event) -> Result<Content<'a>, Throw> {
        Ok(match event {
            Event::Text => {
                let text = self.written(cx);
                match date_of(cx, text)? {
                    Some(date) => Content::Date(date),
                    None => Content::Text(Some(text)),
                }
            }
            Event::Integer => Content::Integer(self.reader.integer()),
            Event::Number => self.number(cx)?,
            Event::True => Content::Boolean(true),
            Event::False => Content::Boolean(false),
            Event::NotANumber => Content::Float(f64::NAN),
            Event::PositiveInfinity => Content::Float(f64::INFINITY),
            Event::NegativeInfinity => Content::Float(f64::NEG_INFINITY),
            Event::Undefined => Content::Undefined,
            _ => Content::Null,
        })
    }

    /// A number where one of a type is expected.
    fn number_as(&self, cx: &mut Cx<'a>, expected: Expected) -> Result<Item<'a>, Throw> {
        let text = self.reader.written();
        let refuse = |cx: &mut Cx<'a>, name: &str| {
            let after = format!("' is not a valid {name}.");
            unreadable(cx, self, "Input string '", text, &after)
        };
        match expected {
            Expected::Integer => {
                let value = match whole(text) {
                    _ if is_octal_or_hexadecimal(text) => {
                        let base = if matches!(text, [b'0', b'x' | b'X', ..]) { 16 } else { 8 };
                        radix::parse::<i32>(text, base).ok()
                    }
                    Whole::Value(value) => match i32::try_from(value) {
                        Ok(value) => Some(value),
                        Err(_) => return Err(self.too_large(cx, text)),
                    },
                    Whole::TooLarge => return Err(self.too_large(cx, text)),
                    Whole::Invalid => None,
                };
                value.map(|value| int(cx, value)).ok_or_else(|| refuse(cx, "integer"))
            }
            Expected::Decimal => {
                let value = if is_octal_or_hexadecimal(text) {
                    read_radix(text).map(Decimal::from)
                } else {
                    Decimal::parse(text, NumberStyles::FLOAT).ok()
                };
                value.map(|value| decimal(cx, value)).ok_or_else(|| refuse(cx, "decimal"))
            }
            Expected::Double => {
                let value = if is_octal_or_hexadecimal(text) {
                    read_radix(text).map(|value| value as f64)
                } else {
                    double(text)
                };
                value.map(|value| Item::Value(Content::Float(value))).ok_or_else(|| refuse(cx, "double"))
            }
            Expected::Text => {
                let is_number =
                    if is_octal_or_hexadecimal(text) { read_radix(text).is_some() } else { double(text).is_some() };
                if !is_number {
                    return Err(refuse(cx, "number"));
                }
                Ok(Item::Value(Content::Text(Some(self.loader.part(cx, text)))))
            }
            Expected::Boolean => {
                let content = self.value(cx, self.last)?;
                let held = super::typed::object_of_content(cx, content);
                // A number of more than 64 bits is not 0.
                let is_true = match held.filter(|number| number.downcast::<BigInteger<'a>>().is_none()) {
                    Some(number) => {
                        let value = Value::of(cx, Some(number))?;
                        to_boolean(cx, value)?
                    }
                    None => true,
                };
                Ok(Item::Value(Content::Boolean(is_true)))
            }
            _ => Ok(Item::Value(self.value(cx, self.last)?)),
        }
    }

    #[cold]
    fn too_large(&self, cx: &mut Cx<'a>, text: &[u8]) -> Throw {
        unreadable(cx, self, "JSON integer ", text, " is too large or small for an Int32.")
    }

    /// The bytes of an array of numbers, whose beginning was read.
    fn byte_array(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw> {
        let mut found = Vec::new();
        loop {
            match self.next_as(cx, Expected::Integer)? {
                Item::Value(Content::Held(number)) => {
                    let value = Value::of(cx, Some(number))?;
                    found.push(to_integer::<u8>(cx, value)?);
                }
                Item::EndArray => return bytes(cx, &found),
                Item::End => return Err(unreadable(cx, self, "Unexpected end when reading bytes.", b"", "")),
                item => {
                    return Err(unreadable(
                        cx,
                        self,
                        "Unexpected token when reading bytes: ",
                        item.name().as_bytes(),
                        ".",
                    ));
                }
            }
        }
    }
}

impl<'a> Source<'a> for TextSource<'a> {
    fn next(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw> {
        let event = self.reader.next();
        let event = self.read(cx, event)?;
        match self.mark(cx, event) {
            Some(item) => Ok(item),
            None => Ok(Item::Value(self.value(cx, event)?)),
        }
    }

    fn next_as(&mut self, cx: &mut Cx<'a>, expected: Expected) -> Result<Item<'a>, Throw> {
        let event = self.reader.next_as(expected);
        let event = self.read(cx, event)?;
        match event {
            Event::StartArray if expected == Expected::Bytes => return self.byte_array(cx),
            Event::StartObject if expected == Expected::Bytes => {
                return Err(unreadable(cx, self, "Error reading bytes. Unexpected token: StartObject.", b"", ""));
            }
            _ => {}
        }
        if let Some(item) = self.mark(cx, event) {
            return Ok(item);
        }
        match event {
            Event::Text => {
                let text = self.written(cx);
                string_as(cx, self, text, expected)
            }
            Event::Integer | Event::Number => self.number_as(cx, expected),
            Event::True | Event::False | Event::NotANumber | Event::PositiveInfinity | Event::NegativeInfinity
                if expected == Expected::Text =>
            {
                Ok(Item::Value(Content::Text(Some(self.loader.part(cx, self.reader.written())))))
            }
            event => Ok(Item::Value(self.value(cx, event)?)),
        }
    }

    fn tree(&mut self, cx: &mut Cx<'a>, keep_comments: bool) -> Result<&'a Token<'a>, Throw> {
        self.loader.copy(cx, &mut self.reader, self.last, keep_comments)
    }

    fn fail(&self, cx: &mut Cx<'a>, ty: Ty, message: &[u8], cause: Option<&'a Exception<'a>>) -> Throw {
        let fault = self.reader.fault_here(message);
        throw_with(cx, ty, &fault.0, cause)
    }
}
