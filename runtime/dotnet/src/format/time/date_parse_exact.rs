//! `DateTime.ParseExact` and `DateTimeOffset.ParseExact`: dates in a given format.
//!
//! Not here: guessing the format ([`date_parse`](super::date_parse)).

use super::cursor::{Cursor, offset_ticks};
use super::date_format::expand;
use super::names;
use super::parsed::{DayHalf, Failure, Parsed, Reading, four_digit_year};
use super::{DateTime, DateTimeOffset, DateTimeStyles};
use crate::format::{Fault, wtf8};

/// Digits of a second that a format can have.
const MOST_FRACTION_DIGITS: usize = 7;

impl DateTime {
    /// What `DateTime.ParseExact(text, format, null, styles)` gives. `now` is the universal time that is now.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse_exact(text: &[u8], format: &[u8], styles: DateTimeStyles, now: Self) -> Result<Self, Fault> {
        styles.check()?;
        read_date_time(text, format, styles, now).map_err(|failure| failure.fault(text))
    }

    /// What `DateTime.ParseExact(text, formats, null, styles)` gives: by the first format that fits.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse_exact_any(text: &[u8], formats: &[&[u8]], styles: DateTimeStyles, now: Self) -> Result<Self, Fault> {
        styles.check()?;
        let mut found = formats.iter().filter_map(|format| read_date_time(text, format, styles, now).ok());
        found.next().ok_or_else(|| Failure::BadDateTime.fault(text))
    }

    /// What `DateTime.TryParseExact` gives for styles that are valid.
    pub fn try_parse_exact(text: &[u8], format: &[u8], styles: DateTimeStyles, now: Self) -> Option<Self> {
        read_date_time(text, format, styles, now).ok()
    }
}

impl DateTimeOffset {
    /// What `DateTimeOffset.ParseExact(text, format, null, styles)` gives. `now` is the universal time that is now.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse_exact(text: &[u8], format: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<Self, Fault> {
        let styles = styles.check_for_offset()?;
        read_offset(text, format, styles, now).map_err(|failure| failure.fault(text))
    }

    /// What `DateTimeOffset.ParseExact(text, formats, null, styles)` gives: by the first format that fits.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse_exact_any(
        text: &[u8],
        formats: &[&[u8]],
        styles: DateTimeStyles,
        now: DateTime,
    ) -> Result<Self, Fault> {
        let styles = styles.check_for_offset()?;
        let mut found = formats.iter().filter_map(|format| read_offset(text, format, styles, now).ok());
        found.next().ok_or_else(|| Failure::BadDateTime.fault(text))
    }

    /// What `DateTimeOffset.TryParseExact` gives; `None` also for invalid styles.
    pub fn try_parse_exact(text: &[u8], format: &[u8], styles: DateTimeStyles, now: DateTime) -> Option<Self> {
        read_offset(text, format, styles.check_for_offset().ok()?, now).ok()
    }
}

fn read_date_time(text: &[u8], format: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<DateTime, Failure> {
    let (parsed, clock) = read(text, format, &Reading { styles, now, with_offset: false })?;
    parsed.to_date_time(clock, styles)
}

fn read_offset(text: &[u8], format: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<DateTimeOffset, Failure> {
    let (parsed, clock) = read(text, format, &Reading { styles, now, with_offset: true })?;
    parsed.to_offset(clock, styles)
}

fn read(text: &[u8], format: &[u8], reading: &Reading) -> Result<(Parsed, DateTime), Failure> {
    if text.is_empty() {
        return Err(Failure::BadDateTime);
    }
    if format.is_empty() {
        return Err(Failure::BadSpecifier(Vec::new()));
    }
    let bad_specifier = || Failure::BadSpecifier(format.to_vec());
    let is_standard = wtf8::utf16_len(format) == 1;
    let picture = match format {
        [b'U'] if reading.with_offset => return Err(bad_specifier()),
        [symbol] => expand(*symbol).ok_or_else(bad_specifier)?,
        _ if is_standard => return Err(bad_specifier()),
        _ => format,
    };
    let white = |style| reading.styles.contains(style);
    let (mut picture, mut text) = (picture.to_vec(), text);
    if white(DateTimeStyles::ALLOW_TRAILING_WHITE) {
        picture.truncate(wtf8::trim_end(&picture).len());
        remove_white_before_last_quote(&mut picture);
        text = wtf8::trim_end(text);
    }
    if white(DateTimeStyles::ALLOW_LEADING_WHITE) {
        remove_white_behind_first_quote(&mut picture);
        picture.drain(..picture.len() - wtf8::trim_start(&picture).len());
        text = wtf8::trim_start(text);
    }
    let mut parsed = Parsed::default();
    if format == b"U" {
        (parsed.offset, parsed.is_utc) = (Some(0), true);
    }
    let mut reader = Reader {
        text: Cursor::new(text),
        format: Cursor::new(&picture),
        parsed,
        short_year: false,
        twelve_hours: false,
        inner_white: white(DateTimeStyles::ALLOW_INNER_WHITE),
        trailing_white: white(DateTimeStyles::ALLOW_TRAILING_WHITE),
        // The formats r and u quote their zone, which only `DateTimeOffset` takes for one.
        quoted_zone: match format {
            b"r" | b"R" if reading.with_offset => Some(b"GMT"),
            b"u" if reading.with_offset => Some(b"Z"),
            _ => None,
        },
    };
    reader.read()?;
    let mut parsed = reader.parsed;
    let clock = parsed.to_clock(reading)?;
    Ok((parsed, clock))
}

fn remove_white_before_last_quote(format: &mut Vec<u8>) {
    if let [_, _, .., quote @ (b'\'' | b'"')] = *format.as_slice() {
        format.pop();
        format.truncate(wtf8::trim_end(format).len());
        format.push(quote);
    }
}

fn remove_white_behind_first_quote(format: &mut Vec<u8>) {
    if let [b'\'' | b'"', _, _, ..] = format.as_slice() {
        let rest = format.get(1..).unwrap_or_default();
        let white = rest.len() - wtf8::trim_start(rest).len();
        format.drain(1..=white);
    }
}

/// Takes over a part that may be there twice, if it says the same.
fn settle<T: PartialEq>(slot: &mut Option<T>, value: T, letter: u8) -> Result<(), Failure> {
    match slot {
        Some(earlier) if *earlier != value => Err(Failure::Repeated(letter)),
        _ => {
            *slot = Some(value);
            Ok(())
        }
    }
}

struct Reader<'a> {
    text: Cursor<'a>,
    format: Cursor<'a>,
    parsed: Parsed,
    /// Whether the year has two digits.
    short_year: bool,
    /// Whether the hour is that of a clock with twelve hours.
    twelve_hours: bool,
    inner_white: bool,
    trailing_white: bool,
    quoted_zone: Option<&'static [u8]>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Failure> {
        while !self.format.at_end() {
            if self.inner_white {
                self.text.skip_white();
            }
            self.element()?;
        }
        if !self.text.at_end() {
            return Err(Failure::BadDateTime);
        }
        if let (true, Some(year)) = (self.short_year, self.parsed.year) {
            self.parsed.year = Some(year).filter(|year| *year < 100).map(four_digit_year);
            self.parsed.year.ok_or(Failure::BadDateTime)?;
        }
        self.settle_hour()
    }

    fn settle_hour(&mut self) -> Result<(), Failure> {
        let hour = self.parsed.hour;
        if self.twelve_hours {
            let afternoon = self.parsed.day_half == Some(DayHalf::Pm);
            self.parsed.hour = match hour {
                Some(13..) => return Err(Failure::BadDateTime),
                Some(hour) => Some(hour % 12 + if afternoon { 12 } else { 0 }),
                None => None,
            };
            return Ok(());
        }
        // On a clock with 24 hours AM and PM must agree with the hour.
        match (self.parsed.day_half, hour.unwrap_or(-1)) {
            (Some(DayHalf::Am), 12..) | (Some(DayHalf::Pm), ..12) => Err(Failure::BadDateTime),
            _ => Ok(()),
        }
    }

    /// How often the letter that comes next in the format is repeated; passes it.
    fn run(&mut self, letter: u8) -> usize {
        let count = self.format.rest().iter().take_while(|byte| **byte == letter).count();
        self.format.skip(count);
        count
    }

    /// A number of one or two digits for a single letter, else of as many as there are letters.
    fn digits(&mut self, letters: usize) -> Result<i32, Failure> {
        let (least, most) = if letters == 1 { (1, 2) } else { (letters, letters) };
        self.text.number_of(least, most).ok_or(Failure::BadDateTime)
    }

    fn name(&mut self, names: &[&'static str], letters: usize) -> Result<i32, Failure> {
        let index = self.text.longest_name(names, letters == names::ABBREVIATION).ok_or(Failure::BadDateTime)?;
        i32::try_from(index).map_err(|_| Failure::BadDateTime)
    }

    /// Reads what one element of the format stands for.
    fn element(&mut self) -> Result<(), Failure> {
        let Some(letter) = self.format.peek() else { return Ok(()) };
        match letter {
            b'y' => {
                let count = self.run(letter);
                self.short_year |= count <= 2;
                let year = self.digits(count)?;
                settle(&mut self.parsed.year, year, letter)
            }
            b'M' => {
                let count = self.run(letter);
                let month = if count <= 2 { self.digits(count)? } else { self.name(&names::MONTHS, count)? + 1 };
                settle(&mut self.parsed.month, month, letter)
            }
            b'd' => {
                let count = self.run(letter);
                if count <= 2 {
                    let day = self.digits(count)?;
                    return settle(&mut self.parsed.day, day, letter);
                }
                let day = self.name(&names::DAYS, count)?;
                settle(&mut self.parsed.day_of_week, day, letter)
            }
            b'h' | b'H' => {
                self.twelve_hours |= letter == b'h';
                let count = self.run(letter).min(2);
                let hour = self.digits(count)?;
                settle(&mut self.parsed.hour, hour, letter)
            }
            b'm' => {
                let count = self.run(letter).min(2);
                let minute = self.digits(count)?;
                settle(&mut self.parsed.minute, minute, letter)
            }
            b's' => {
                let count = self.run(letter).min(2);
                let second = self.digits(count)?;
                settle(&mut self.parsed.second, second, letter)
            }
            b'f' | b'F' => {
                let count = self.run(letter);
                self.fraction(letter, count)
            }
            b't' => {
                let count = self.run(letter);
                let half = self.day_half(count == 1).ok_or(Failure::BadDateTime)?;
                settle(&mut self.parsed.day_half, half, letter)
            }
            b'g' => {
                self.run(letter);
                let found = self.text.eat_ignoring_case(names::ERA) || self.text.eat_ignoring_case("AD");
                if found { Ok(()) } else { Err(Failure::BadDateTime) }
            }
            b'z' => {
                let count = self.run(letter);
                let offset = self.offset(count).ok_or(Failure::BadDateTime)?;
                settle(&mut self.parsed.offset, offset, letter)
            }
            b'Z' => {
                self.format.skip(1);
                self.universal(letter)?;
                if self.text.eat_word("GMT") || self.text.eat_word("Z") { Ok(()) } else { Err(Failure::BadDateTime) }
            }
            b'K' => {
                self.format.skip(1);
                match self.text.peek() {
                    Some(b'Z') => {
                        self.text.skip(1);
                        self.universal(letter)
                    }
                    Some(b'+' | b'-') => {
                        let offset = self.offset(3).ok_or(Failure::BadDateTime)?;
                        settle(&mut self.parsed.offset, offset, letter)
                    }
                    _ => Ok(()),
                }
            }
            b'\'' | b'"' => self.quoted(letter),
            b'%' => {
                self.format.skip(1);
                match self.format.peek() {
                    None | Some(b'%') => Err(Failure::BadSpecifier(self.format.text().to_vec())),
                    // White space within the text may also stand before what the letter stands for.
                    Some(_) => Ok(()),
                }
            }
            b'\\' => {
                self.format.skip(1);
                if self.format.at_end() {
                    return Err(Failure::BadSpecifier(self.format.text().to_vec()));
                }
                self.literal()
            }
            b'.' => self.point(),
            b' ' if self.inner_white => {
                self.format.skip(1);
                Ok(())
            }
            b' ' => {
                self.format.skip(1);
                if self.text.eat(b' ') {
                    return Ok(());
                }
                // The space may be one that was trimmed off together with nothing behind it.
                if self.trailing_white && !self.format.at_end() { self.element() } else { Err(Failure::BadDateTime) }
            }
            _ if self.format.eat_ignoring_case("GMT") => {
                self.parsed.offset = Some(0);
                if self.text.eat_text(b"GMT") { Ok(()) } else { Err(Failure::BadDateTime) }
            }
            _ => self.literal(),
        }
    }

    /// Reads the character that comes next in the format, which stands for itself.
    fn literal(&mut self) -> Result<(), Failure> {
        let length = wtf8::first_code_point(self.format.rest()).map_or(1, |(_, length)| length);
        let character = self.format.rest().get(..length).unwrap_or_default();
        self.format.skip(length);
        if self.text.eat_text(character) { Ok(()) } else { Err(Failure::BadDateTime) }
    }

    /// A point is literal, but together with the `F`s behind it it may be missing.
    fn point(&mut self) -> Result<(), Failure> {
        self.format.skip(1);
        if self.text.eat(b'.') {
            return Ok(());
        }
        // .NET looks at the second letter behind the point, not at the first.
        let mut behind = self.format;
        behind.skip(1);
        if !self.format.at_end() && behind.peek() == Some(b'F') {
            self.format = behind;
            self.run(b'F');
            return Ok(());
        }
        Err(Failure::BadDateTime)
    }

    fn fraction(&mut self, letter: u8, count: usize) -> Result<(), Failure> {
        if count > MOST_FRACTION_DIGITS {
            return Err(Failure::BadDateTime);
        }
        let (mut value, mut digits) = (0u32, 0);
        while digits < count
            && let Some(digit) = self.text.digit()
        {
            value = value * 10 + u32::from(digit);
            digits += 1;
        }
        if letter == b'f' && digits < count {
            return Err(Failure::BadDateTime);
        }
        settle(&mut self.parsed.fraction, f64::from(value) / f64::from(10u32.pow(digits as u32)), letter)
    }

    fn day_half(&mut self, single: bool) -> Option<DayHalf> {
        let (am, pm) = if single {
            (self.text.eat(b'A'), self.text.eat(b'P'))
        } else {
            (self.text.eat_ignoring_case("AM"), self.text.eat_ignoring_case("PM"))
        };
        match (am, pm) {
            (true, _) => Some(DayHalf::Am),
            (false, true) => Some(DayHalf::Pm),
            (false, false) => None,
        }
    }

    fn universal(&mut self, letter: u8) -> Result<(), Failure> {
        self.parsed.is_utc = true;
        settle(&mut self.parsed.offset, 0, letter)
    }

    /// A zone as `z`, `zz` and `zzz` write it; the colon may be missing.
    fn offset(&mut self, letters: usize) -> Option<i64> {
        let negative = match self.text.peek()? {
            b'+' => false,
            b'-' => true,
            _ => return None,
        };
        self.text.skip(1);
        let (least, most) = if letters == 2 { (2, 2) } else { (1, 2) };
        let hours = self.text.number_of(least, most)?;
        let minutes = if letters >= 3 {
            self.text.eat(b':');
            self.text.number_of(2, 2)?
        } else {
            0
        };
        offset_ticks(hours, minutes, negative)
    }

    /// Reads the text between quotes.
    fn quoted(&mut self, quote: u8) -> Result<(), Failure> {
        self.format.skip(1);
        let mut literal = Vec::new();
        loop {
            match self.format.peek() {
                None => return Err(Failure::BadQuote(quote)),
                Some(byte) if byte == quote => break,
                Some(b'\\') => self.format.skip(1),
                Some(_) => {}
            }
            literal.push(self.format.peek().ok_or(Failure::BadQuote(quote))?);
            self.format.skip(1);
        }
        self.format.skip(1);
        for byte in &literal {
            if *byte == b' ' && self.inner_white {
                self.text.skip_white();
            } else if !self.text.eat(*byte) {
                return Err(Failure::BadDateTime);
            }
        }
        if self.quoted_zone == Some(&literal) {
            self.parsed.offset = Some(0);
        }
        Ok(())
    }
}
