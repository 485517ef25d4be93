//! `DateTime.Parse` and `DateTimeOffset.Parse`: dates in any of the forms that the invariant culture knows.
//!
//! The text is a sequence of numbers, years (numbers of three digits or more), months and a few other words. A small
//! machine follows them: each state says which of them came so far and what stood between, and a token leads to the
//! next state, completes a date or a time, or is wrong. After a date or time the machine starts anew.
//!
//! Not here: the Chinese, Japanese and Korean signs for year, month, day, hour, minute and second.

use super::cursor::{Cursor, MOST_DIGITS};
use super::names;
use super::parsed::{DayHalf, Failure, Parsed, Reading, four_digit_year};
use super::{DateTime, DateTimeOffset, DateTimeStyles};
use crate::format::{Fault, wtf8};

impl DateTime {
    /// What `DateTime.Parse(text, null, styles)` gives. `now` is the universal time that is now, for texts without date.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse(text: &[u8], styles: DateTimeStyles, now: Self) -> Result<Self, Fault> {
        styles.check()?;
        read_date_time(text, styles, now).map_err(|failure| failure.fault(text))
    }

    /// What `DateTime.TryParse` gives for styles that are valid.
    pub fn try_parse(text: &[u8], styles: DateTimeStyles, now: Self) -> Option<Self> {
        read_date_time(text, styles, now).ok()
    }
}

impl DateTimeOffset {
    /// What `DateTimeOffset.Parse(text, null, styles)` gives. `now` is the universal time that is now.
    ///
    /// # Throws
    /// `ArgumentException` for invalid styles, `FormatException`.
    pub fn parse(text: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<Self, Fault> {
        let styles = styles.check_for_offset()?;
        read_offset(text, styles, now).map_err(|failure| failure.fault(text))
    }

    /// What `DateTimeOffset.TryParse` gives; `None` also for invalid styles.
    pub fn try_parse(text: &[u8], styles: DateTimeStyles, now: DateTime) -> Option<Self> {
        read_offset(text, styles.check_for_offset().ok()?, now).ok()
    }
}

fn read_date_time(text: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<DateTime, Failure> {
    let (parsed, clock) = read(text, &Reading { styles, now, with_offset: false })?;
    parsed.to_date_time(clock, styles)
}

fn read_offset(text: &[u8], styles: DateTimeStyles, now: DateTime) -> Result<DateTimeOffset, Failure> {
    let (parsed, clock) = read(text, &Reading { styles, now, with_offset: true })?;
    parsed.to_offset(clock, styles)
}

fn read(text: &[u8], reading: &Reading) -> Result<(Parsed, DateTime), Failure> {
    if text.is_empty() {
        return Err(Failure::BadDateTime);
    }
    let mut reader = Reader {
        cursor: Cursor::new(text),
        reading,
        parsed: Parsed::default(),
        numbers: Vec::new(),
        year: None,
        month: None,
        has_date: false,
        has_time: false,
    };
    let clock = reader.read()?;
    Ok((reader.parsed, clock))
}

/// What has come of a date or a time. `N` is a number, `M` a month, `Y` a year, `d` a separator of dates, `t` a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    N,
    NN,
    Nd,
    NdN,
    NNd,
    M,
    MN,
    NM,
    MNd,
    Y,
    YN,
    YNd,
    YM,
    YMd,
    Nt,
    NNt,
}

/// A date or time that is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    TwoNumbers,
    ThreeNumbers,
    MonthNumber,
    NumberMonth,
    MonthTwoNumbers,
    YearTwoNumbers,
    TwoNumbersYear,
    YearMonthNumber,
    YearNumber,
    YearMonth,
    Hour,
    HourMinute,
    HourMinuteSecond,
}

/// What follows a number, a year or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follow {
    End,
    /// White space, or anything else that separates nothing.
    Space,
    /// `/` or `-`.
    Date,
    /// `:`.
    Time,
    /// `AM` or `PM`.
    DayHalf,
}

/// The next thing in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    End,
    Number(Follow),
    Year(Follow),
    Month(Follow),
    DayOfWeek,
    Zone,
    Era,
    /// A number before the `T` of ISO 8601.
    LocalTimeMark,
    Ignored,
}

/// Where a token leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    To(State),
    Complete(Shape),
    Wrong,
}

impl State {
    fn step(self, token: Token) -> Step {
        use Step::{Complete, To, Wrong};
        match token {
            Token::Number(follow) => self.step_number(follow),
            Token::Year(follow) => self.step_year(follow),
            Token::Month(follow) => self.step_month(follow),
            Token::DayOfWeek | Token::Era => match self {
                Self::Nt if token == Token::DayOfWeek => Wrong,
                Self::YNd => To(Self::YN),
                Self::YMd => To(Self::YM),
                _ => To(self),
            },
            Token::Zone => match self {
                Self::Begin | Self::N | Self::NN | Self::Nt | Self::NNt => To(self),
                _ => Wrong,
            },
            Token::End => match self {
                Self::Begin => To(self),
                Self::NN | Self::NdN => Complete(Shape::TwoNumbers),
                Self::MN => Complete(Shape::MonthNumber),
                Self::NM => Complete(Shape::NumberMonth),
                Self::YN => Complete(Shape::YearNumber),
                Self::YM => Complete(Shape::YearMonth),
                _ => Wrong,
            },
            Token::Ignored => To(self),
            Token::LocalTimeMark => Wrong,
        }
    }

    fn step_number(self, follow: Follow) -> Step {
        use Follow::{Date, DayHalf, End, Space, Time};
        use Step::{Complete, To, Wrong};
        match (self, follow) {
            (Self::Begin, DayHalf) => Complete(Shape::Hour),
            (Self::Begin, Space) => To(Self::N),
            (Self::Begin, Date) => To(Self::Nd),
            (Self::Begin, Time) => To(Self::Nt),
            (Self::N | Self::Nd, End) => Complete(Shape::TwoNumbers),
            (Self::N, Space) => To(Self::NN),
            (Self::Nd, Space) => To(Self::NdN),
            (Self::N | Self::Nd, Date) => To(Self::NNd),
            (Self::NN | Self::NdN, End | Space) => Complete(Shape::ThreeNumbers),
            (Self::NN | Self::NdN, DayHalf) => Complete(Shape::Hour),
            (Self::NN | Self::NdN | Self::MN | Self::NM, Time) => To(Self::Nt),
            (Self::NNd, End | Space | DayHalf) => Complete(Shape::ThreeNumbers),
            (Self::M, End) => Complete(Shape::MonthNumber),
            (Self::M, Space) => To(Self::MN),
            (Self::M, Date) => To(Self::MNd),
            (Self::MN | Self::NM, End | Space | DayHalf) => Complete(Shape::MonthTwoNumbers),
            (Self::MNd, End | Space) => Complete(Shape::MonthTwoNumbers),
            (Self::Y, End) => Complete(Shape::YearNumber),
            (Self::Y, Space) => To(Self::YN),
            (Self::Y, Date) => To(Self::YNd),
            (Self::YN | Self::YNd, End | Space | DayHalf) => Complete(Shape::YearTwoNumbers),
            (Self::YM | Self::YMd, End | Space | DayHalf) => Complete(Shape::YearMonthNumber),
            (Self::Nt, End | Space | DayHalf) => Complete(Shape::HourMinute),
            (Self::Nt, Time) => To(Self::NNt),
            (Self::NNt, End | Space | DayHalf) => Complete(Shape::HourMinuteSecond),
            _ => Wrong,
        }
    }

    fn step_month(self, follow: Follow) -> Step {
        use Follow::{Date, End, Space};
        use Step::{Complete, To, Wrong};
        match (self, follow) {
            (Self::Begin, Space | Date) => To(Self::M),
            (Self::N | Self::Nd | Self::Nt, End) => Complete(Shape::NumberMonth),
            (Self::N | Self::Nt, Space) => To(Self::NM),
            (Self::Nd, Space) => To(Self::MN),
            (Self::N | Self::Nd, Date) => To(Self::MNd),
            (Self::NN | Self::NdN | Self::NNd, End | Space) => Complete(Shape::MonthTwoNumbers),
            (Self::Y, End) => Complete(Shape::YearMonth),
            (Self::Y, Space) => To(Self::YM),
            (Self::Y, Date) => To(Self::YMd),
            (Self::YN | Self::YNd, End | Space) => Complete(Shape::YearMonthNumber),
            _ => Wrong,
        }
    }

    fn step_year(self, follow: Follow) -> Step {
        use Follow::{Date, End, Space};
        use Step::{Complete, To, Wrong};
        match (self, follow) {
            (Self::Begin, Space | Date) => To(Self::Y),
            (Self::N | Self::Nd, End) => Complete(Shape::YearNumber),
            (Self::N | Self::Nd, Space) => To(Self::YN),
            (Self::N | Self::Nd, Date) => To(Self::YNd),
            (Self::NN | Self::NdN | Self::NNd, End | Space) => Complete(Shape::TwoNumbersYear),
            (Self::M, End) => Complete(Shape::YearMonth),
            (Self::M, Space) => To(Self::YM),
            (Self::M, Date) => To(Self::YMd),
            (Self::MN | Self::NM | Self::MNd, End | Space) => Complete(Shape::YearMonthNumber),
            _ => Wrong,
        }
    }
}

/// Numbers that the machine keeps at a time.
const MOST_NUMBERS: usize = 3;

struct Reader<'a> {
    cursor: Cursor<'a>,
    reading: &'a Reading,
    parsed: Parsed,
    /// The numbers since the last complete date or time.
    numbers: Vec<i32>,
    year: Option<i32>,
    month: Option<i32>,
    has_date: bool,
    has_time: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<DateTime, Failure> {
        let mut state = State::Begin;
        let mut any = false;
        loop {
            let token = self.token(state)?;
            if token == Token::LocalTimeMark {
                return match state {
                    State::YN | State::YNd => self.read_iso_time(),
                    _ => Err(Failure::BadDateTime),
                };
            }
            match state.step(token) {
                Step::To(next) => state = next,
                Step::Complete(shape) => {
                    self.complete(shape)?;
                    any = true;
                    state = State::Begin;
                }
                Step::Wrong => return Err(Failure::BadDateTime),
            }
            if matches!(token, Token::End | Token::Number(Follow::End) | Token::Month(Follow::End)) {
                break;
            }
        }
        if !any {
            return Err(Failure::BadDateTime);
        }
        self.parsed.hour = match (self.parsed.day_half, self.parsed.hour.unwrap_or(0)) {
            (None, hour) => Some(hour),
            (Some(DayHalf::Am), hour @ 0..=12) => Some(hour % 12),
            (Some(DayHalf::Pm), hour @ 0..12) => Some(hour + 12),
            (Some(DayHalf::Pm), hour @ 12..24) => Some(hour),
            _ => return Err(Failure::BadDateTime),
        };
        self.parsed.to_clock(self.reading)
    }

    /// Reads one token; the state decides what a hyphen means and whether fractions and zones follow.
    fn token(&mut self, state: State) -> Result<Token, Failure> {
        self.cursor.skip_white();
        if self.cursor.at_end() {
            return Ok(Token::End);
        }
        if self.cursor.is_at_digit() {
            return self.number(state);
        }
        if self.cursor.eat(b',') || self.cursor.eat(b'.') {
            return Ok(Token::Ignored);
        }
        if let Some(token) = self.word(state)? {
            return Ok(token);
        }
        if self.cursor.is_at_letter() {
            return Err(Failure::UnknownWord(self.cursor.utf16_index()));
        }
        let before = self.cursor;
        if self.parsed.offset.is_none() && matches!(self.cursor.peek(), Some(b'+' | b'-')) {
            if let Some(offset) = self.cursor.offset() {
                self.parsed.offset = Some(offset);
                return Ok(Token::Ignored);
            }
            self.cursor = before;
        }
        if skip_punctuation(&mut self.cursor) { Ok(Token::Ignored) } else { Err(Failure::BadDateTime) }
    }

    /// Reads a word that dates have: a month, a day of the week, `AM`, a zone, an era.
    fn word(&mut self, state: State) -> Result<Option<Token>, Failure> {
        if !self.cursor.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            return Ok(None);
        }
        if let Some(index) = eat_name(&mut self.cursor, &names::MONTHS) {
            let follow = self.follow(Token::Month, state)?;
            if self.month.replace(index + 1).is_some() || matches!(follow, Follow::Time | Follow::DayHalf) {
                return Err(Failure::BadDateTime);
            }
            return Ok(Some(Token::Month(follow)));
        }
        if let Some(index) = eat_name(&mut self.cursor, &names::DAYS) {
            return match self.parsed.day_of_week.replace(index) {
                None => Ok(Some(Token::DayOfWeek)),
                Some(_) => Err(Failure::BadDateTime),
            };
        }
        if let Some(half) = eat_day_half(&mut self.cursor) {
            return match self.parsed.day_half.replace(half) {
                None => Ok(Some(Token::Ignored)),
                Some(_) => Err(Failure::BadDateTime),
            };
        }
        if self.cursor.eat_word("GMT") || self.cursor.eat_word("Z") {
            if self.parsed.offset.is_some() {
                return Err(Failure::BadDateTime);
            }
            (self.parsed.offset, self.parsed.is_utc) = (Some(0), true);
            return Ok(Some(Token::Zone));
        }
        Ok((self.cursor.eat_word(names::ERA) || self.cursor.eat_word("AD")).then_some(Token::Era))
    }

    fn number(&mut self, state: State) -> Result<Token, Failure> {
        const FEWEST_YEAR_DIGITS: usize = 3;
        let (value, digits) = self.cursor.number();
        if self.numbers.len() == MOST_NUMBERS || digits > MOST_DIGITS {
            return Err(Failure::BadDateTime);
        }
        if state == State::NNt && self.cursor.peek() == Some(b'.') {
            self.cursor.skip(1);
            // A point without digits belongs to nothing and is dropped.
            self.parsed.fraction = self.cursor.fraction().or(self.parsed.fraction);
        }
        let in_time = matches!(state, State::Nt | State::NNt);
        if in_time {
            self.zone_behind_time()?;
        }
        if digits >= FEWEST_YEAR_DIGITS {
            return self.year(value, state);
        }
        if self.cursor_at_local_time_mark() {
            self.numbers.push(value);
            return Ok(Token::LocalTimeMark);
        }
        let follow = self.follow(Token::Number, state)?;
        if follow == Follow::DayHalf && !self.keep_day_half() {
            return Ok(Token::Ignored);
        }
        if follow == Follow::DayHalf && state == State::NdN {
            // In `1/10 5 AM` the first two numbers are a date of their own.
            self.complete(Shape::TwoNumbers)?;
        }
        self.numbers.push(value);
        if follow == Follow::DayHalf && in_time {
            self.zone_behind_time()?;
        }
        Ok(Token::Number(follow))
    }

    fn year(&mut self, value: i32, state: State) -> Result<Token, Failure> {
        if self.year.replace(value).is_some() || self.cursor_at_local_time_mark() {
            return Err(Failure::BadDateTime);
        }
        match self.follow(Token::Year, state)? {
            Follow::Time => Err(Failure::BadDateTime),
            Follow::DayHalf if self.keep_day_half() => Ok(Token::Year(Follow::Space)),
            Follow::DayHalf => Ok(Token::Ignored),
            follow => Ok(Token::Year(follow)),
        }
    }

    /// Takes over the `AM` or `PM` that was just passed, unless there is one already.
    fn keep_day_half(&mut self) -> bool {
        let mut cursor = self.cursor;
        let is_first = self.parsed.day_half.is_none();
        if is_first {
            self.parsed.day_half = eat_day_half(&mut cursor);
        }
        self.cursor.skip("AM".len());
        is_first
    }

    /// Whether the `T` of ISO 8601 comes next, which is then passed.
    fn cursor_at_local_time_mark(&mut self) -> bool {
        let mut cursor = self.cursor;
        cursor.skip_white();
        let found = cursor.eat_word("T");
        if found {
            self.cursor = cursor;
        }
        found
    }

    /// What follows a number, a year or a month. A hyphen that separates nothing in this state is left to be a sign;
    /// `AM` and `PM` are left too.
    fn follow(&mut self, token: impl Fn(Follow) -> Token, state: State) -> Result<Follow, Failure> {
        let before = self.cursor;
        self.cursor.skip_white();
        Ok(match self.cursor.peek() {
            None => Follow::End,
            Some(b'/') => {
                self.cursor.skip(1);
                Follow::Date
            }
            Some(b':') => {
                self.cursor.skip(1);
                Follow::Time
            }
            Some(b'-') => {
                let separates = state.step(token(Follow::Date)) != Step::Wrong;
                let completes = matches!(state.step(token(Follow::Space)), Step::Complete(_));
                if separates || !completes {
                    self.cursor.skip(1);
                    Follow::Date
                } else {
                    self.cursor = before;
                    Follow::Space
                }
            }
            Some(_) if eat_day_half(&mut self.cursor.clone()).is_some() => Follow::DayHalf,
            // For a month the `T` of ISO 8601 is as wrong as a colon.
            Some(b'T' | b't') if self.cursor.clone().eat_word("T") => Follow::Time,
            Some(_) => Follow::Space,
        })
    }

    /// Reads the zone behind a time, if a sign comes next.
    fn zone_behind_time(&mut self) -> Result<(), Failure> {
        let mut cursor = self.cursor;
        cursor.skip_white();
        if !matches!(cursor.peek(), Some(b'+' | b'-')) || cursor.rest().len() < 2 {
            return Ok(());
        }
        if self.parsed.offset.is_some() {
            return Err(Failure::BadDateTime);
        }
        self.parsed.offset = Some(cursor.offset().ok_or(Failure::BadDateTime)?);
        self.cursor = cursor;
        Ok(())
    }

    /// Takes over a complete date or time.
    fn complete(&mut self, shape: Shape) -> Result<(), Failure> {
        let is_time = matches!(shape, Shape::Hour | Shape::HourMinute | Shape::HourMinuteSecond);
        // .NET remembers neither of the shapes without a year.
        let is_remembered = !matches!(shape, Shape::MonthNumber | Shape::NumberMonth);
        let is_second = if is_time { self.has_time } else { self.has_date };
        if is_second {
            return Err(Failure::BadDateTime);
        }
        if is_time {
            self.complete_time(shape)?;
            self.has_time = true;
        } else {
            self.complete_date(shape)?;
            self.has_date = is_remembered;
        }
        self.numbers.clear();
        Ok(())
    }

    fn complete_time(&mut self, shape: Shape) -> Result<(), Failure> {
        if shape == Shape::Hour && self.parsed.day_half.is_none() {
            return Err(Failure::BadDateTime);
        }
        let mut numbers = self.numbers.iter().copied();
        self.parsed.hour = numbers.next();
        if shape != Shape::Hour {
            self.parsed.minute = numbers.next();
        }
        if shape == Shape::HourMinuteSecond {
            self.parsed.second = numbers.next();
        }
        Ok(())
    }

    fn complete_date(&mut self, shape: Shape) -> Result<(), Failure> {
        let number = |index: usize| self.numbers.get(index).copied().unwrap_or(-1);
        let (first, second, third) = (number(0), number(1), number(2));
        let (year, month) = (self.year.unwrap_or(-1), self.month.unwrap_or(-1));
        let this_year = self.parsed.today(self.reading).year.cast_signed();
        let readings = match shape {
            Shape::TwoNumbers => [(this_year, first, second); 2],
            Shape::ThreeNumbers => [(four_digit_year(third), first, second); 2],
            Shape::MonthNumber => [(this_year, month, first); 2],
            Shape::NumberMonth => [(four_digit_year(first), month, 1); 2],
            Shape::MonthTwoNumbers => {
                [(four_digit_year(second), month, first), (four_digit_year(first), month, second)]
            }
            Shape::YearTwoNumbers | Shape::TwoNumbersYear => [(year, first, second); 2],
            Shape::YearMonthNumber => [(year, month, first); 2],
            Shape::YearNumber => [(year, first, 1); 2],
            Shape::YearMonth => [(year, month, 1); 2],
            Shape::Hour | Shape::HourMinute | Shape::HourMinuteSecond => return Err(Failure::BadDateTime),
        };
        self.parsed.year_is_default |= matches!(shape, Shape::TwoNumbers | Shape::MonthNumber);
        let valid = readings.into_iter().find(|(year, month, day)| DateTime::from_ymd(*year, *month, *day).is_ok());
        let (year, month, day) = valid.ok_or(Failure::BadDateTime)?;
        (self.parsed.year, self.parsed.month, self.parsed.day) = (Some(year), Some(month), Some(day));
        Ok(())
    }

    /// Reads `HH:mm[:ss[.f…]][zone]` behind the `T`, to the end of the text.
    fn read_iso_time(&mut self) -> Result<DateTime, Failure> {
        let cursor = &mut self.cursor;
        let part = |cursor: &mut Cursor<'_>| {
            cursor.skip_white();
            let number = cursor.number_of(2, 2);
            cursor.skip_white();
            number.ok_or(Failure::BadDateTime)
        };
        self.parsed.hour = Some(part(cursor)?);
        if !cursor.eat(b':') {
            return Err(Failure::BadDateTime);
        }
        self.parsed.minute = Some(part(cursor)?);
        if cursor.eat(b':') {
            cursor.skip_white();
            self.parsed.second = Some(cursor.number_of(2, 2).ok_or(Failure::BadDateTime)?);
            if cursor.eat(b'.') {
                self.parsed.fraction = Some(cursor.fraction().ok_or(Failure::BadDateTime)?);
            }
            cursor.skip_white();
        }
        match cursor.peek() {
            Some(b'+' | b'-') => {
                self.parsed.offset = Some(cursor.offset().ok_or(Failure::BadDateTime)?);
                // .NET passes over one UTF-16 unit behind such a zone, whatever it is.
                let next = wtf8::first_code_point(cursor.rest()).filter(|(code_point, _)| *code_point < 0x1_0000);
                cursor.skip(next.map_or(0, |(_, length)| length));
            }
            Some(b'Z' | b'z') => {
                cursor.skip(1);
                (self.parsed.offset, self.parsed.is_utc) = (Some(0), true);
            }
            _ => {}
        }
        cursor.skip_white();
        if cursor.peek() == Some(b'#') && skip_punctuation(cursor) {
            cursor.skip_white();
        }
        if cursor.peek() == Some(0) {
            skip_punctuation(cursor);
        }
        if !cursor.at_end() {
            return Err(Failure::BadDateTime);
        }
        let mut numbers = self.numbers.iter().copied();
        (self.parsed.year, self.parsed.month, self.parsed.day) = (self.year, numbers.next(), numbers.next());
        // The day of the week is not compared in this form.
        self.parsed.day_of_week = None;
        self.parsed.to_clock(self.reading)
    }
}

/// Reads a full or abbreviated name, and gives its index.
fn eat_name(cursor: &mut Cursor<'_>, names: &[&'static str]) -> Option<i32> {
    // No two names have the same abbreviation, with which all of them begin.
    let begins =
        |name: &str| cursor.rest().get(..name.len()).is_some_and(|next| next.eq_ignore_ascii_case(name.as_bytes()));
    let (index, name) = names.iter().enumerate().find(|(_, name)| begins(names::abbreviated(name)))?;
    if !cursor.eat_word(name) && !cursor.eat_word(names::abbreviated(name)) {
        return None;
    }
    i32::try_from(index).ok()
}

fn eat_day_half(cursor: &mut Cursor<'_>) -> Option<DayHalf> {
    if cursor.eat_word("AM") { Some(DayHalf::Am) } else { cursor.eat_word("PM").then_some(DayHalf::Pm) }
}

/// Passes what Visual Basic puts around dates: `#` at both ends, and NUL behind them.
fn skip_punctuation(cursor: &mut Cursor<'_>) -> bool {
    match cursor.peek() {
        Some(b'#') => {
            let valid = has_paired_hashes(cursor.text());
            cursor.skip(usize::from(valid));
            valid
        }
        Some(0) if cursor.rest().iter().all(|byte| *byte == 0) => {
            cursor.skip_to_end();
            true
        }
        _ => false,
    }
}

fn has_paired_hashes(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'#');
    let (Some(before), Some(_), Some(after), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let inside = text.get(before.len()..text.len() - after.len()).unwrap_or_default();
    let is_blank = |part: &[u8], nul: bool| {
        wtf8::code_points(part).all(|code_point| wtf8::is_white_space(code_point) || (nul && code_point == 0))
    };
    is_blank(before, false) && is_blank(after, true) && !inside.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::time::Kind;
    use proptest::prelude::*;

    fn now() -> DateTime {
        DateTime::from_parts(2026, 3, 14, 15, 9, 26, 0, Kind::Utc).unwrap()
    }

    fn parsed(text: &str, styles: DateTimeStyles) -> Result<String, Fault> {
        let mut out = Vec::new();
        DateTime::parse(text.as_bytes(), styles, now())?.format(&mut out, b"o").unwrap();
        Ok(String::from_utf8(out).unwrap())
    }

    /// Source: mono.
    #[test]
    fn dates_are_recognised() {
        for (text, expected) in [
            ("2024-03-05", "2024-03-05T00:00:00.0000000"),
            ("2024-03-05T14:07:09.125", "2024-03-05T14:07:09.1250000"),
            ("2024-03-05T14:07:09Z", "2024-03-05T14:07:09.0000000+00:00"),
            ("2024-03-05T14:07:09+02:00", "2024-03-05T12:07:09.0000000+00:00"),
            ("2024-03-05 14:07", "2024-03-05T14:07:00.0000000"),
            ("01/02/2024", "2024-01-02T00:00:00.0000000"),
            ("5 March 2024", "2024-03-05T00:00:00.0000000"),
            ("Tue, 05 Mar 2024 14:07:09 GMT", "2024-03-05T14:07:09.0000000+00:00"),
            ("2024-03-05 2:07 PM", "2024-03-05T14:07:00.0000000"),
            (" 2024-03-05 ", "2024-03-05T00:00:00.0000000"),
            ("#3/5/24#", "2024-03-05T00:00:00.0000000"),
            ("3/5/30", "1930-03-05T00:00:00.0000000"),
            ("12:30", "2026-03-14T12:30:00.0000000"),
            ("March 5", "2026-03-05T00:00:00.0000000"),
            ("5 March", "2005-03-01T00:00:00.0000000"),
            ("1/10 5 AM", "2026-01-10T05:00:00.0000000"),
            ("2024-03", "2024-03-01T00:00:00.0000000"),
            ("1.2.2024", "2024-01-02T00:00:00.0000000"),
        ] {
            assert_eq!(parsed(text, DateTimeStyles::NONE).as_deref(), Ok(expected), "{text}");
        }
    }

    /// Source: the message texts of .NET Core 3.1.
    #[test]
    fn messages_name_the_text() {
        for (text, message) in [
            (
                "tomorrow",
                "The string 'tomorrow' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
            ),
            ("13/02/2024", "String '13/02/2024' was not recognized as a valid DateTime."),
            ("", "String '' was not recognized as a valid DateTime."),
            ("20240305T140709Z", "String '20240305T140709Z' was not recognized as a valid DateTime."),
            (
                "Mon, 05 Mar 2024",
                "String 'Mon, 05 Mar 2024' was not recognized as a valid DateTime because the day of week was incorrect.",
            ),
        ] {
            assert_eq!(parsed(text, DateTimeStyles::NONE).unwrap_err().message, message, "{text}");
        }
        assert!(parsed("2024-03-05", DateTimeStyles::from_bits(0x100)).is_err());
    }

    #[test]
    fn styles_move_the_time_and_its_kind() {
        for (text, styles, expected) in [
            ("2024-03-05T14:07:09+02:00", DateTimeStyles::ADJUST_TO_UNIVERSAL, "2024-03-05T12:07:09.0000000Z"),
            ("2024-03-05T14:07:09Z", DateTimeStyles::ROUNDTRIP_KIND, "2024-03-05T14:07:09.0000000Z"),
            ("2024-03-05", DateTimeStyles::ASSUME_LOCAL, "2024-03-05T00:00:00.0000000+00:00"),
            ("12:30", DateTimeStyles::NO_CURRENT_DATE_DEFAULT, "0001-01-01T12:30:00.0000000"),
        ] {
            assert_eq!(parsed(text, styles).as_deref(), Ok(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-+0-9/:., TZAPMmarch#\0é]{0,30}", bits in 0u32..0x100) {
            let styles = DateTimeStyles::from_bits(bits);
            let _ = DateTime::parse(text.as_bytes(), styles, now());
            let _ = DateTimeOffset::parse(text.as_bytes(), styles, now());
            let _ = DateTime::parse_exact(text.as_bytes(), text.as_bytes(), styles, now());
        }

        #[test]
        fn round_trip_text_reads_back(ticks in 0i64..3_155_378_976_000_000_000, kind in 0..3) {
            let kind = [Kind::Unspecified, Kind::Utc, Kind::Local][kind as usize];
            let value = DateTime::from_ticks(ticks, kind).unwrap();
            let mut text = Vec::new();
            value.format(&mut text, b"o").unwrap();
            prop_assert_eq!(DateTime::parse(&text, DateTimeStyles::ROUNDTRIP_KIND, now()).map(DateTime::bits), Ok(value.bits()));
            prop_assert_eq!(DateTime::parse_exact(&text, b"o", DateTimeStyles::ROUNDTRIP_KIND, now()).map(DateTime::bits), Ok(value.bits()));
        }
    }
}
