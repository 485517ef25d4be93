//! Strings, names, comments and constructor calls in JSON text.

use super::fault::UNIT;
use super::{Container, Event, Fault, Reader, State};
use crate::format::wtf8::{first_code_point, is_white_space};
use crate::wtf8::{push_unit, units};

const REPLACEMENT: u16 = 0xFFFD;

impl<'t> Reader<'t> {
    /// Reads a string whose opening quote was read already.
    #[inline]
    pub(super) fn string(&mut self, quote: u8) -> Result<(), Box<Fault>> {
        let rest = self.rest();
        let length = find_quote(rest, quote);
        match rest.get(length) {
            Some(byte) if *byte == quote => {
                self.at += length + 1;
                self.written = rest.get(..length).unwrap_or_default();
                self.has_escapes = false;
                Ok(())
            }
            Some(_) => self.escaped_string(quote, length),
            None => Err(self.unterminated(quote)),
        }
    }

    #[cold]
    fn unterminated(&mut self, quote: u8) -> Box<Fault> {
        self.at = self.source.len();
        self.fault_at(self.at, format!("Unterminated string. Expected delimiter: {}.", char::from(quote)))
    }

    #[cold]
    fn escaped_string(&mut self, quote: u8, plain: usize) -> Result<(), Box<Fault>> {
        self.decoded.clear();
        self.has_escapes = true;
        let start = self.at;
        let mut plain = plain;
        loop {
            let rest = self.rest();
            self.decoded.extend_from_slice(rest.get(..plain).unwrap_or_default());
            self.at += plain + 1;
            match rest.get(plain) {
                Some(byte) if *byte == quote => {
                    self.written = self.source.get(start..self.at - 1).unwrap_or_default();
                    return Ok(());
                }
                Some(_) => self.escape(quote)?,
                None => return Err(self.unterminated(quote)),
            }
            plain = find_quote(self.rest(), quote);
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, quote: u8) -> Result<(), Box<Fault>> {
        let Some(byte) = self.peek() else { return Err(self.unterminated(quote)) };
        let decoded = match byte {
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'f' => 12,
            b'r' => b'\r',
            b'\\' | b'"' | b'\'' | b'/' => byte,
            b'u' => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => {
                let mut message = b"Bad JSON escape sequence: \\".to_vec();
                push_unit(&mut message, self.unit_at(self.at));
                message.push(b'.');
                return Err(self.fault_behind(self.at, UNIT, message));
            }
        };
        self.decoded.push(decoded);
        self.at += 1;
        Ok(())
    }

    /// Reads what follows `\u`. Surrogates that make no pair are replaced.
    fn unicode_escape(&mut self) -> Result<(), Box<Fault>> {
        let mut unit = self.hex_digits()?;
        while is_high(unit) {
            if !self.rest().starts_with(b"\\u") {
                unit = REPLACEMENT;
                break;
            }
            self.at += 2;
            let next = self.hex_digits()?;
            push_unit(&mut self.decoded, if is_low(next) { unit } else { REPLACEMENT });
            unit = next;
            if is_low(unit) {
                push_unit(&mut self.decoded, unit);
                return Ok(());
            }
        }
        push_unit(&mut self.decoded, if is_low(unit) { REPLACEMENT } else { unit });
        Ok(())
    }

    fn hex_digits(&mut self) -> Result<u16, Box<Fault>> {
        let rest = self.rest();
        let digits = rest.get(..4).and_then(|digits| std::str::from_utf8(digits).ok());
        // A sign would pass for a digit.
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            self.at += 4;
            return Ok(unit);
        }
        let found: Vec<u16> = units(rest).take(4).collect();
        if found.len() < 4 {
            return Err(self.fault_at(self.at, "Unexpected end while parsing Unicode escape sequence."));
        }
        let mut message = b"Invalid Unicode escape sequence: \\u".to_vec();
        found.iter().for_each(|unit| push_unit(&mut message, *unit));
        message.push(b'.');
        Err(self.fault_at(self.at, message))
    }

    #[inline]
    pub(super) fn quoted_name(&mut self, quote: u8) -> Event {
        self.at += 1;
        match self.string(quote) {
            Ok(()) => self.end_name(),
            Err(fault) => self.fail(fault),
        }
    }

    #[cold]
    pub(super) fn bare_name(&mut self) -> Event {
        let start = self.at;
        if !self.skip_identifier_character() {
            return self.fail(self.fault_with("Invalid property identifier character: ", self.at));
        }
        while self.skip_identifier_character() {}
        match first_code_point(self.rest()) {
            None => {
                let message = "Unexpected end while parsing unquoted property name.";
                return self.fail(self.fault_at(self.at, message));
            }
            Some((code_point, _)) if is_white_space(code_point) || code_point == 0 => {}
            Some((code_point, _)) if code_point == u32::from(b':') => {}
            Some(_) => {
                let message = "Invalid JavaScript property identifier character: ";
                return self.fail(self.fault_with(message, self.at));
            }
        }
        self.written = self.source.get(start..self.at).unwrap_or_default();
        self.has_escapes = false;
        self.end_name()
    }

    #[inline]
    fn end_name(&mut self) -> Event {
        if self.peek() != Some(b':') {
            self.skip_blanks();
            if self.peek() != Some(b':') {
                let message = "Invalid character after parsing property name. Expected ':' but got: ";
                return self.fail(self.fault_with(message, self.at));
            }
        }
        self.at += 1;
        if let Some(level) = self.levels.last_mut() {
            level.name = Some(self.written);
        }
        self.state = State::Property;
        Event::Name
    }

    /// Skips a letter, digit, `_` or `$`.
    fn skip_identifier_character(&mut self) -> bool {
        let Some((code_point, length)) = first_code_point(self.rest()) else { return false };
        let found = is_letter_or_digit(code_point) || matches!(u8::try_from(code_point), Ok(b'_' | b'$'));
        if found {
            self.at += length;
        }
        found
    }

    #[cold]
    pub(super) fn comment(&mut self) -> Event {
        self.at += 1;
        // Json.NET wants two more characters, so that `//` alone at the end of a text is no comment.
        let rest = self.rest();
        if units(rest).take(2).count() < 2 {
            return self.fail(self.fault_at(self.at, "Unexpected end while parsing comment."));
        }
        let body = rest.get(1..).unwrap_or_default();
        let (length, behind) = match rest.first() {
            Some(b'*') => match body.windows(2).position(|pair| pair == b"*/") {
                Some(length) => (length, length + 2),
                None => return self.fail(self.fault_at(self.source.len(), "Unexpected end while parsing comment.")),
            },
            Some(b'/') => {
                let length = body.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(body.len());
                (length, length)
            }
            _ => return self.fail(self.fault_with("Error parsing comment. Expected: *, got ", self.at)),
        };
        self.at += 1 + behind;
        self.after_comment = true;
        self.written = body.get(..length).unwrap_or_default();
        Event::Comment
    }

    #[cold]
    pub(super) fn constructor(&mut self) -> Event {
        match self.accept_word("new") {
            Ok(true) => {}
            Ok(false) => return self.fail(self.fault_at(self.at, "Unexpected content while parsing JSON.")),
            Err(fault) => return self.fail(fault),
        }
        self.skip_blanks();
        let start = self.at;
        while let Some((code_point, length)) = first_code_point(self.rest())
            && is_letter_or_digit(code_point)
        {
            self.at += length;
        }
        self.written = self.source.get(start..self.at).unwrap_or_default();
        if self.peek().is_none() {
            return self.fail(self.fault_at(self.at, "Unexpected end while parsing constructor."));
        }
        self.skip_blanks();
        if self.peek() != Some(b'(') {
            return self.fail(self.fault_with("Unexpected character while parsing constructor: ", self.at));
        }
        self.at += 1;
        self.enter(Container::Constructor, State::ConstructorStart, Event::StartConstructor)
    }
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

/// `Char.IsLetterOrDigit`, for what one UTF-16 unit can hold.
fn is_letter_or_digit(code_point: u32) -> bool {
    code_point < 0x1_0000 && char::from_u32(code_point).is_some_and(char::is_alphanumeric)
}

/// How many bytes stand before the first `quote` or backslash.
#[inline]
fn find_quote(text: &[u8], quote: u8) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (quotes, slashes) = (ONES * u64::from(quote), ONES * u64::from(b'\\'));
    // The high bit of each byte that is zero; those behind the first may be wrong, and are not asked for.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let (words, tail) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ quotes) | zeros(word ^ slashes);
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let before = text.len() - tail.len();
    before + tail.iter().position(|byte| *byte == quote || *byte == b'\\').unwrap_or(tail.len())
}
