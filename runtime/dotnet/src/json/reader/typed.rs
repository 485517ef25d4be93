//! Reading where the type of the value that comes next is known: Json.NET then takes fewer characters for the beginning
//! of a value, and passes over comments.
//!
//! Not here: what the value is converted to (`deserialize::text`).

use super::fault::UNIT;
use super::{Container, Event, Fault, Reader, State, UNEXPECTED_END};

/// The types that Json.NET has reading methods for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// `ReadAsInt32`
    Integer,
    /// `ReadAsDecimal`
    Decimal,
    /// `ReadAsDouble`
    Double,
    /// `ReadAsBoolean`
    Boolean,
    /// `ReadAsString`
    Text,
    /// `ReadAsDateTime`
    Date,
    /// `ReadAsDateTimeOffset`
    DateWithOffset,
    /// `ReadAsBytes`
    Bytes,
}

impl Expected {
    /// Whether a value of this type may begin with a character.
    fn accepts(self, byte: u8) -> bool {
        match byte {
            b'"' | b'\'' | b'n' => true,
            b'-' => self != Self::Bytes,
            b'.' | b'0'..=b'9' => self != Self::Bytes && !self.is_date(),
            b't' | b'f' => matches!(self, Self::Boolean | Self::Text),
            b'I' | b'N' => !matches!(self, Self::Boolean | Self::Bytes),
            b'{' | b'[' => self == Self::Bytes,
            _ => false,
        }
    }

    fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::DateWithOffset)
    }

    /// Whether the words for what is no finite number are values of this type.
    fn accepts_words(self) -> bool {
        matches!(self, Self::Double | Self::Text | Self::Boolean)
    }
}

impl Reader<'_> {
    /// The next piece that is no comment, where a value of a type is expected.
    pub fn next_as(&mut self, expected: Expected) -> Event {
        self.after_comment = false;
        loop {
            let event = match self.state {
                State::PostValue => match self.post_value() {
                    Some(event) => event,
                    None => continue,
                },
                State::Finished => self.finished(),
                State::ObjectStart | State::Object => self.member(),
                _ => self.value_as(expected),
            };
            if event != Event::Comment {
                return event;
            }
        }
    }

    fn value_as(&mut self, expected: Expected) -> Event {
        self.skip_blanks();
        let is_in_array = matches!(self.state, State::Array | State::ArrayStart);
        match self.peek() {
            None => Event::End,
            Some(b'/') => self.comment(),
            Some(b']') if is_in_array => self.close(Container::Array),
            Some(b'n') if self.source.get(self.at + 1) != Some(&b'u') => self.no_null(),
            Some(byte) if expected.accepts(byte) => match self.value() {
                Event::Integer | Event::Number if expected.is_date() => {
                    self.fail(self.fault_at(self.at, "Cannot read number value as type."))
                }
                Event::NotANumber if !expected.accepts_words() => self.no_finite_number("NaN"),
                Event::PositiveInfinity if !expected.accepts_words() => self.no_finite_number("Infinity"),
                Event::NegativeInfinity if !expected.accepts_words() => self.no_finite_number("-Infinity"),
                event => event,
            },
            Some(_) => self.fail(self.unexpected_and_read(self.at)),
        }
    }

    /// A character that begins no value and was read already.
    #[cold]
    fn unexpected_and_read(&self, at: usize) -> Box<Fault> {
        let mut message = b"Unexpected character encountered while parsing value: ".to_vec();
        crate::wtf8::push_unit(&mut message, self.unit_at(at));
        message.push(b'.');
        self.fault_behind(at, UNIT, message)
    }

    /// An `n` that does not begin `null`.
    #[cold]
    fn no_null(&mut self) -> Event {
        let fault = match self.source.get(self.at + 1) {
            Some(_) => self.unexpected_and_read(self.at + 1),
            None => self.fault_at(self.source.len(), UNEXPECTED_END),
        };
        self.fail(fault)
    }

    #[cold]
    fn no_finite_number(&mut self, word: &str) -> Event {
        self.fail(self.fault_at(self.at, format!("Cannot read {word} value.")))
    }
}
