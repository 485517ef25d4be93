//! Walks through the units of a pattern: white space, numbers, names, escapes of single characters.

use super::fault::*;
use crate::regex::options::Options;
use crate::regex::unicode::is_word_unit;

/// A unit of ASCII.
pub(super) const fn ascii(c: char) -> u16 {
    c as u16
}

/// Where in a pattern the parser stands.
pub(super) struct Reader<'p> {
    units: &'p [u16],
    pub(super) at: usize,
    pub(super) options: Options,
}

impl<'p> Reader<'p> {
    pub(super) fn new(units: &'p [u16], options: Options) -> Self {
        Self { units, at: 0, options }
    }

    pub(super) fn has(&self, option: Options) -> bool {
        self.options.has(option)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.units.len()
    }

    /// The unit at some distance from here.
    pub(super) fn peek(&self, distance: usize) -> Option<u16> {
        self.units.get(self.at + distance).copied()
    }

    /// Whether a certain character stands at some distance from here.
    pub(super) fn sees(&self, distance: usize, c: char) -> bool {
        self.peek(distance) == Some(ascii(c))
    }

    /// Steps over a unit.
    pub(super) fn next(&mut self) -> Option<u16> {
        let unit = self.peek(0)?;
        self.at += 1;
        Some(unit)
    }

    /// Steps over a character, if it is there.
    pub(super) fn accept(&mut self, c: char) -> bool {
        let found = self.sees(0, c);
        self.at += usize::from(found);
        found
    }

    /// The units from one place to another.
    pub(super) fn part(&self, from: usize, to: usize) -> &'p [u16] {
        self.units.get(from..to).unwrap_or(&[])
    }

    /// A fault at this place.
    pub(super) fn fault<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { offset: self.at, message: message.into() })
    }

    /// Steps over comments and, where it means nothing, white space.
    pub(super) fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            let free = self.has(Options::IGNORE_WHITE_SPACE);
            if free {
                while self.peek(0).is_some_and(is_blank) {
                    self.at += 1;
                }
            }
            if free && self.sees(0, '#') {
                self.at = self.find('\n').unwrap_or(self.units.len());
            } else if self.sees(0, '(') && self.sees(1, '?') && self.sees(2, '#') {
                match self.find(')') {
                    Some(end) => self.at = end + 1,
                    None => {
                        self.at = self.units.len();
                        return self.fault(UNTERMINATED_COMMENT);
                    }
                }
            } else {
                return Ok(());
            }
        }
    }

    fn find(&self, c: char) -> Option<usize> {
        let rest = self.units.get(self.at..)?;
        rest.iter().position(|unit| *unit == ascii(c)).map(|index| self.at + index)
    }

    /// Whether a quantifier stands here; `{` is one only with numbers and `}` behind it.
    pub(super) fn sees_quantifier(&self) -> bool {
        match self.peek(0) {
            Some(unit) if unit != ascii('{') => is_quantifier(unit),
            Some(_) => {
                let rest = self.units.get(self.at + 1..).unwrap_or(&[]);
                let digits = |units: &[u16]| units.iter().take_while(|unit| digit(**unit).is_some()).count();
                let low = digits(rest);
                let behind = rest.get(low..).unwrap_or(&[]);
                low > 0
                    && match behind.split_first() {
                        Some((unit, _)) if *unit == ascii('}') => true,
                        Some((unit, high)) if *unit == ascii(',') => high.get(digits(high)) == Some(&ascii('}')),
                        _ => false,
                    }
            }
            None => false,
        }
    }

    /// A decimal number; 0 if there is none.
    pub(super) fn number(&mut self) -> Result<i32, Fault> {
        let mut number = 0_i32;
        while let Some(digit) = self.peek(0).and_then(digit) {
            self.at += 1;
            match number.checked_mul(10).and_then(|number| number.checked_add(i32::from(digit))) {
                Some(larger) => number = larger,
                None => return self.fault(NUMBER_TOO_LARGE),
            }
        }
        Ok(number)
    }

    /// The name of a group: units of words.
    pub(super) fn name(&mut self) -> &'p [u16] {
        let start = self.at;
        while self.peek(0).is_some_and(is_word_unit) {
            self.at += 1;
        }
        self.part(start, self.at)
    }

    /// Options such as `im-s`, up to what is none.
    pub(super) fn option_letters(&mut self) {
        let mut is_set = true;
        while let Some(unit) = self.peek(0) {
            let option = match char::from_u32(u32::from(unit | 0x20)) {
                _ if unit == ascii('-') || unit == ascii('+') => {
                    is_set = unit == ascii('+');
                    self.at += 1;
                    continue;
                }
                Some('i') => Options::IGNORE_CASE,
                Some('m') => Options::MULTILINE,
                Some('n') => Options::EXPLICIT_CAPTURE,
                Some('s') => Options::SINGLELINE,
                Some('x') => Options::IGNORE_WHITE_SPACE,
                _ => return,
            };
            self.options = self.options.with(option, is_set);
            self.at += 1;
        }
    }

    /// The character that an escape means; the backslash was read.
    pub(super) fn escaped(&mut self) -> Result<u16, Fault> {
        let Some(unit) = self.next() else { return self.fault(ENDING_BACKSLASH) };
        Ok(match char::from_u32(u32::from(unit)) {
            Some('0'..='7') => {
                self.at -= 1;
                self.octal()
            }
            Some('x') => self.hex(2)?,
            Some('u') => self.hex(4)?,
            Some('a') => 7,
            Some('b') => 8,
            Some('e') => 0x1B,
            Some('f') => 0x0C,
            Some('n') => 0x0A,
            Some('r') => 0x0D,
            Some('t') => 0x09,
            Some('v') => 0x0B,
            Some('c') => self.control()?,
            _ if !self.has(Options::ECMA_SCRIPT) && is_word_unit(unit) => {
                let letter = String::from_utf16_lossy(&[unit]);
                return self.fault(format!("Unrecognized escape sequence \\\\{letter}."));
            }
            _ => unit,
        })
    }

    /// Up to three octal digits; ECMAScript stops before the number would be too large.
    fn octal(&mut self) -> u16 {
        let mut value = 0;
        for _ in 0..3 {
            match self.peek(0).and_then(digit) {
                Some(digit @ 0..=7) => {
                    self.at += 1;
                    value = value * 8 + digit;
                }
                _ => break,
            }
            if self.has(Options::ECMA_SCRIPT) && value >= 0x20 {
                break;
            }
        }
        value & 0xFF
    }

    fn hex(&mut self, digits: usize) -> Result<u16, Fault> {
        let mut value = 0;
        if self.at + digits > self.units.len() {
            return self.fault(HEX_DIGITS);
        }
        for _ in 0..digits {
            let digit = self.next().and_then(|unit| char::from_u32(u32::from(unit))).and_then(|c| c.to_digit(16));
            match digit.and_then(|digit| u16::try_from(digit).ok()) {
                Some(digit) => value = value << 4 | digit,
                None => return self.fault(HEX_DIGITS),
            }
        }
        Ok(value)
    }

    fn control(&mut self) -> Result<u16, Fault> {
        let Some(unit) = self.next() else { return self.fault(MISSING_CONTROL) };
        let upper = if (ascii('a')..=ascii('z')).contains(&unit) { unit - 0x20 } else { unit };
        match upper.checked_sub(ascii('@')) {
            Some(control) if control < 0x20 => Ok(control),
            _ => self.fault(UNKNOWN_CONTROL),
        }
    }

    /// The name between the braces of `\p{…}`; the `p` was read.
    pub(super) fn property(&mut self) -> Result<String, Fault> {
        if self.at + 2 >= self.units.len() {
            return self.fault(PROPERTY_INCOMPLETE);
        }
        if self.next() != Some(ascii('{')) {
            return self.fault(PROPERTY_MALFORMED);
        }
        let start = self.at;
        while self.peek(0).is_some_and(|unit| is_word_unit(unit) || unit == ascii('-')) {
            self.at += 1;
        }
        let name = String::from_utf16_lossy(self.part(start, self.at));
        if self.next() == Some(ascii('}')) { Ok(name) } else { self.fault(PROPERTY_INCOMPLETE) }
    }
}

/// The value of a decimal digit.
pub(super) fn digit(unit: u16) -> Option<u16> {
    unit.checked_sub(ascii('0')).filter(|digit| *digit <= 9)
}

/// White space that a pattern may be laid out with.
fn is_blank(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0C | 0x0D | 0x20)
}

/// Whether a unit begins a quantifier.
pub(super) fn is_quantifier(unit: u16) -> bool {
    [ascii('*'), ascii('+'), ascii('?'), ascii('{')].contains(&unit)
}

/// Whether a unit means something else than itself.
pub(super) fn is_special(unit: u16) -> bool {
    is_quantifier(unit) || b"$().[\\^|".iter().any(|special| u16::from(*special) == unit)
}

/// Whether a unit means something else than itself where white space means nothing.
pub(super) fn is_special_or_blank(unit: u16) -> bool {
    is_special(unit) || is_blank(unit) || unit == ascii('#')
}
