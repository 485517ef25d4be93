//! What was found in the text of a date, and the value it makes.
//!
//! Source: .NET Core 3.1, with mono as judge.
//!
//! Not here: finding it ([`date_parse`](super::date_parse), [`date_parse_exact`](super::date_parse_exact)).

use super::calendar::Date;
use super::date_time_offset::MAX_OFFSET_TICKS;
use super::{DateTime, DateTimeOffset, DateTimeStyles, Kind, TICKS_PER_DAY, TICKS_PER_SECOND, TimeSpan};
use crate::format::{Exception, Fault, wtf8};

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// It does not look like one.
    BadDateTime,
    /// A word, at this UTF-16 index, is none that dates have.
    UnknownWord(usize),
    /// There is no such day or time.
    Impossible,
    /// The day of the week is that of another day.
    BadDayOfWeek,
    /// The zone is more than 14 hours away.
    OffsetOutOfRange,
    /// Universal time leaves the years 1 to 9999.
    OutOfRange,
    /// As [`OutOfRange`](Self::OutOfRange), of a `DateTimeOffset`.
    UtcOutOfRange,
    /// A month or day with a zone and without a year.
    MissingYear,
    /// The format cannot be used.
    BadSpecifier(Vec<u8>),
    /// Two parts of the text that say different things about this letter of the format.
    Repeated(u8),
    /// The format has a quote of this kind without end.
    BadQuote(u8),
}

impl Failure {
    /// The exception, whose message names the text.
    pub(super) fn fault(&self, text: &[u8]) -> Fault {
        let text = wtf8::to_display(text);
        let message = match self {
            Self::BadDateTime => format!("String '{text}' was not recognized as a valid DateTime."),
            Self::UnknownWord(index) => format!(
                "The string '{text}' was not recognized as a valid DateTime. There is an unknown word starting at index \
                 '{index}'."
            ),
            Self::Impossible => format!(
                "The DateTime represented by the string '{text}' is not supported in calendar \
                 'System.Globalization.GregorianCalendar'."
            ),
            Self::BadDayOfWeek => {
                format!("String '{text}' was not recognized as a valid DateTime because the day of week was incorrect.")
            }
            Self::OffsetOutOfRange => {
                format!("The time zone offset of string '{text}' must be within plus or minus 14 hours.")
            }
            Self::OutOfRange => format!("The DateTime represented by the string '{text}' is out of range."),
            Self::UtcOutOfRange => {
                format!("The UTC representation of the date '{text}' falls outside the year range 1-9999.")
            }
            Self::MissingYear => {
                format!("There must be at least a partial date with a year present in the input string '{text}'.")
            }
            Self::BadSpecifier(format) => format!("Format specifier '{}' was invalid.", wtf8::to_display(format)),
            Self::Repeated(letter) => {
                format!("DateTime pattern '{}' appears more than once with different values.", char::from(*letter))
            }
            Self::BadQuote(quote) => {
                format!("Cannot find a matching quote character for the character '{}'.", char::from(*quote))
            }
        };
        Fault::with_text(Exception::Format, message)
    }
}

/// `AM` or `PM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayHalf {
    Am,
    Pm,
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) styles: DateTimeStyles,
    /// The universal time that is now.
    pub(super) now: DateTime,
    /// Whether a `DateTimeOffset` is wanted.
    pub(super) with_offset: bool,
}

/// The parts of a date that were found so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Parsed {
    pub(super) year: Option<i32>,
    pub(super) month: Option<i32>,
    pub(super) day: Option<i32>,
    pub(super) hour: Option<i32>,
    pub(super) minute: Option<i32>,
    pub(super) second: Option<i32>,
    /// The part of a second.
    pub(super) fraction: Option<f64>,
    pub(super) day_of_week: Option<i32>,
    pub(super) day_half: Option<DayHalf>,
    /// How far the clock is ahead of universal time, in ticks.
    pub(super) offset: Option<i64>,
    /// Whether the zone was written as universal time.
    pub(super) is_utc: bool,
    /// Whether the year is only today's.
    pub(super) year_is_default: bool,
}

impl Parsed {
    /// Today, on the clock of the text.
    pub(super) fn today(&self, reading: &Reading) -> Date {
        let offset = if reading.with_offset { self.offset.unwrap_or(0) } else { 0 };
        let now = DateTime::try_from_ticks(reading.now.ticks() + offset, Kind::Unspecified).unwrap_or(reading.now);
        now.calendar_date()
    }

    /// The clock that the parts show; what is missing is completed from today or set to the first.
    pub(super) fn to_clock(&mut self, reading: &Reading) -> Result<DateTime, Failure> {
        let has_date = self.month.is_some() || self.day.is_some();
        let year_missing = self.year.is_none() || self.year_is_default;
        if reading.with_offset && has_date && year_missing && self.offset.is_some() {
            return Err(Failure::MissingYear);
        }
        let nothing = !has_date && self.year.is_none();
        let (year, month, day) = if nothing && reading.styles.contains(DateTimeStyles::NO_CURRENT_DATE_DEFAULT) {
            (1, 1, 1)
        } else if nothing {
            let today = self.today(reading);
            (today.year.cast_signed(), today.month.cast_signed(), today.day.cast_signed())
        } else {
            let year = self.year.unwrap_or_else(|| self.today(reading).year.cast_signed());
            (year, self.month.unwrap_or(1), self.day.unwrap_or(1))
        };
        let (hour, minute, second) = (self.hour.unwrap_or(0), self.minute.unwrap_or(0), self.second.unwrap_or(0));
        let clock = DateTime::from_parts(year, month, day, hour, minute, second, 0, Kind::Unspecified)
            .map_err(|_| Failure::Impossible)?;
        let ticks = (self.fraction.unwrap_or(0.0) * TICKS_PER_SECOND as f64).round_ties_even() as i64;
        // Nine nines behind the point round up to the next second, which the last second of 9999 does not have.
        let clock = clock.add_ticks(ticks).map_err(|_| Failure::OutOfRange)?;
        match self.day_of_week {
            Some(day) if day != clock.day_of_week() => Err(Failure::BadDayOfWeek),
            _ => Ok(clock),
        }
    }

    /// The `DateTime` of a clock, moved by its zone as the styles want it.
    pub(super) fn to_date_time(&self, clock: DateTime, styles: DateTimeStyles) -> Result<DateTime, Failure> {
        let to_universal = styles.contains(DateTimeStyles::ADJUST_TO_UNIVERSAL);
        let Some(offset) = self.offset else {
            let assumed =
                styles.contains(DateTimeStyles::ASSUME_LOCAL) || styles.contains(DateTimeStyles::ASSUME_UNIVERSAL);
            return Ok(match (assumed, to_universal) {
                (false, _) => clock,
                (true, true) => clock.with_kind(Kind::Utc),
                (true, false) => clock.with_kind(Kind::Local),
            });
        };
        if !(-MAX_OFFSET_TICKS..=MAX_OFFSET_TICKS).contains(&offset) {
            return Err(Failure::OffsetOutOfRange);
        }
        if styles.contains(DateTimeStyles::ROUNDTRIP_KIND) && self.is_utc {
            return Ok(clock.with_kind(Kind::Utc));
        }
        let mut ticks = clock.ticks() - offset;
        // A time of day wraps around midnight; so, for universal time, does everything before the first day.
        if ticks < 0 && (to_universal || clock.ticks() < TICKS_PER_DAY) {
            ticks += TICKS_PER_DAY;
        }
        let kind = if to_universal { Kind::Utc } else { Kind::Local };
        DateTime::try_from_ticks(ticks, kind).ok_or(Failure::OutOfRange)
    }

    /// The `DateTimeOffset` of a clock; without a zone its offset is zero, whatever is assumed.
    pub(super) fn to_offset(&self, clock: DateTime, styles: DateTimeStyles) -> Result<DateTimeOffset, Failure> {
        let offset = self.offset.unwrap_or(0);
        let utc = DateTime::try_from_ticks(clock.ticks() - offset, Kind::Utc).ok_or(Failure::UtcOutOfRange)?;
        let value =
            DateTimeOffset::from_clock(clock, TimeSpan::from_ticks(offset)).map_err(|_| Failure::OffsetOutOfRange)?;
        let to_universal = styles.contains(DateTimeStyles::ADJUST_TO_UNIVERSAL);
        Ok(if to_universal { DateTimeOffset::from_date_time(utc) } else { value })
    }
}

/// A year of two digits: 0 to 29 are of this century, the others of the last.
pub(super) const fn four_digit_year(year: i32) -> i32 {
    match year {
        0..30 => 2000 + year,
        30..100 => 1900 + year,
        _ => year,
    }
}
