//! Dates in JSON text: which strings Json.NET takes for one, and how it writes them.
//!
//! Not here: the dates of .NET itself (`format::time`), and `DateTime.Parse`, which takes many more forms.

use super::reader::number::{Whole, whole};
use crate::format::Fault;
use crate::format::time::{DateTime, DateTimeOffset, Kind, TimeSpan};

/// Ticks of a millisecond.
const MILLISECOND: i64 = 10_000;

/// Where a date's time zone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Unspecified,
    Utc,
    East,
    West,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug)]
struct Written {
    clock: DateTime,
    zone: Zone,
    offset: TimeSpan,
}

/// The `DateTime` that a string is read as: ISO 8601 to the second, with a zone or without, or `/Date(ms)/`. None for
/// all other strings.
///
/// # Errors
/// `ArgumentOutOfRangeException` for milliseconds that no date has.
#[inline]
pub fn recognise(text: &[u8]) -> Result<Option<DateTime>, Fault> {
    match text {
        [b'/', ..] if is_microsoft(text) => microsoft(text).map(|found| found.map(|(date, _)| date)),
        [first, ..] if is_iso(text, *first) => Ok(read(text).map(|written| match written.zone {
            Zone::Unspecified => written.clock,
            Zone::Utc => written.clock.with_kind(Kind::Utc),
            Zone::East => clamped(written.clock.ticks() - written.offset.ticks()),
            Zone::West => clamped(written.clock.ticks() + written.offset.ticks()),
        })),
        _ => Ok(None),
    }
}

/// The `DateTimeOffset` that a string is read as; the same strings as for [`recognise`].
///
/// # Errors
/// As [`recognise`], and for offsets that no `DateTimeOffset` has.
pub fn recognise_with_offset(text: &[u8]) -> Result<Option<DateTimeOffset>, Fault> {
    match text {
        [b'/', ..] if is_microsoft(text) => match microsoft(text)? {
            Some((date, offset)) => {
                let clock = date.with_kind(Kind::Unspecified).plus(offset)?;
                DateTimeOffset::from_clock(clock, offset).map(Some)
            }
            None => Ok(None),
        },
        [first, ..] if is_iso(text, *first) => match read(text) {
            Some(written) => {
                let offset = match written.zone {
                    Zone::East => written.offset,
                    Zone::West => TimeSpan::from_ticks(-written.offset.ticks()),
                    _ => TimeSpan::ZERO,
                };
                let ticks = written.clock.ticks() - offset.ticks();
                if (0..=DateTime::MAX.ticks()).contains(&ticks) {
                    DateTimeOffset::from_clock(written.clock, offset).map(Some)
                } else {
                    Ok(None)
                }
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Whether a string may be a date: by its first and a few other characters, which tells nearly all that are none.
#[must_use]
#[inline]
pub fn is_possible(text: &[u8]) -> bool {
    match text.first() {
        Some(b'/') => is_microsoft(text),
        Some(first) => is_iso(text, *first),
        None => false,
    }
}

#[inline]
fn is_iso(text: &[u8], first: u8) -> bool {
    (19..=40).contains(&text.len()) && first.is_ascii_digit() && text.get(10) == Some(&b'T')
}

fn is_microsoft(text: &[u8]) -> bool {
    text.len() >= 9 && text.starts_with(b"/Date(") && text.ends_with(b")/")
}

/// Universal time at a tick, as the local time of a host in universal time; the nearest that there is.
fn clamped(ticks: i64) -> DateTime {
    let ticks = ticks.clamp(0, DateTime::MAX.ticks());
    DateTime::from_ticks(ticks, Kind::Local).unwrap_or(DateTime::MAX)
}

fn read(text: &[u8]) -> Option<Written> {
    let mut text = Scan(text);
    let year = text.digits(4)?;
    text.mark(b'-')?;
    let month = text.digits(2)?;
    text.mark(b'-')?;
    let day = text.digits(2)?;
    text.mark(b'T')?;
    let hour = text.digits(2).filter(|hour| *hour <= 24)?;
    text.mark(b':')?;
    let minute = text.digits(2).filter(|minute| *minute < 60)?;
    text.mark(b':')?;
    let second = text.digits(2).filter(|second| *second < 60)?;
    let fraction = if text.mark(b'.').is_some() { text.fraction()? } else { 0 };
    let is_midnight = hour == 24;
    if is_midnight && (minute, second, fraction) != (0, 0, 0) {
        return None;
    }
    let hour = if is_midnight { 0 } else { hour };
    let clock = DateTime::from_parts(year, month, day, hour, minute, second, 0, Kind::Unspecified).ok()?;
    let clock = clock.add_ticks(i64::from(fraction)).ok()?;
    let clock = if is_midnight { clock.add_days(1.0).ok()? } else { clock };
    let (zone, offset) = text.zone();
    text.0.is_empty().then_some(Written { clock, zone, offset })
}

/// What is left of a date's text.
struct Scan<'t>(&'t [u8]);

impl Scan<'_> {
    fn digits(&mut self, count: usize) -> Option<i32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            let digit = Some(digit.wrapping_sub(b'0')).filter(|digit| *digit < 10)?;
            value = value * 10 + i32::from(digit);
        }
        self.0 = rest;
        Some(value)
    }

    fn mark(&mut self, mark: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[mark])?;
        Some(())
    }

    /// Up to seven digits, as ticks.
    fn fraction(&mut self) -> Option<i32> {
        let count = self.0.iter().take(7).take_while(|byte| byte.is_ascii_digit()).count();
        let value = self.digits(count).filter(|_| count > 0)?;
        Some(value * 10_i32.pow(7 - count as u32))
    }

    /// The zone, read as Json.NET reads it: hours need a sign, minutes need nothing before them.
    fn zone(&mut self) -> (Zone, TimeSpan) {
        let mut zone = Zone::Unspecified;
        let (mut hours, mut minutes) = (0, 0);
        match self.0 {
            [] => {}
            [b'Z' | b'z', rest @ ..] => {
                zone = Zone::Utc;
                self.0 = rest;
            }
            [sign, rest @ ..] => {
                let mut after = Scan(rest);
                if let Some(value) = after.digits(2) {
                    hours = value;
                    match sign {
                        b'-' => (zone, self.0) = (Zone::West, after.0),
                        b'+' => (zone, self.0) = (Zone::East, after.0),
                        _ => {}
                    }
                }
                let _ = self.mark(b':');
                if let Some(value) = self.digits(2) {
                    minutes = value;
                }
            }
        }
        let minutes = i64::from(hours) * 60 + i64::from(minutes);
        (zone, TimeSpan::from_ticks(minutes * 60 * 1000 * MILLISECOND))
    }
}

/// The moment of `/Date(ms)/` or `/Date(ms+hhmm)/` and its offset, which does not change the moment.
fn microsoft(text: &[u8]) -> Result<Option<(DateTime, TimeSpan)>, Fault> {
    let inside = text.get(6..text.len() - 2).unwrap_or_default();
    // The first character may be a minus sign that belongs to the number.
    let sign = |mark: u8| inside.iter().skip(1).position(|byte| *byte == mark).map(|at| at + 1);
    let (number, offset) = match sign(b'+').or_else(|| sign(b'-')).and_then(|at| inside.split_at_checked(at)) {
        Some((number, offset)) => match read_offset(offset) {
            Some(offset) => (number, Some(offset)),
            None => return Ok(None),
        },
        None => (inside, None),
    };
    let Whole::Value(milliseconds) = whole(number) else { return Ok(None) };
    let ticks = milliseconds.wrapping_mul(MILLISECOND).wrapping_add(DateTime::UNIX_EPOCH.ticks());
    let kind = if offset.is_some() { Kind::Local } else { Kind::Utc };
    DateTime::from_ticks(ticks, kind).map(|date| Some((date, offset.unwrap_or(TimeSpan::ZERO))))
}

fn read_offset(text: &[u8]) -> Option<TimeSpan> {
    let (sign, digits) = text.split_first()?;
    let part = |part: Option<&[u8]>| match whole(part?) {
        Whole::Value(value) => Some(value),
        _ => None,
    };
    let hours = part(digits.get(..2))?;
    let minutes = if digits.len() > 2 { part(digits.get(2..4))? } else { 0 };
    let ticks = (hours * 60 + minutes) * 60 * 1000 * MILLISECOND;
    Some(TimeSpan::from_ticks(if *sign == b'-' { -ticks } else { ticks }))
}

/// Appends a date in ISO 8601 without quotes: `Z` behind universal time, the offset behind local time.
pub fn write(out: &mut Vec<u8>, date: DateTime) {
    write_clock(out, date);
    match date.kind() {
        Kind::Utc => out.push(b'Z'),
        Kind::Local => write_offset(out, TimeSpan::ZERO),
        Kind::Unspecified => {}
    }
}

/// Appends a date with its offset in ISO 8601 without quotes.
pub fn write_with_offset(out: &mut Vec<u8>, date: DateTimeOffset) {
    write_clock(out, date.clock());
    write_offset(out, date.offset());
}

fn write_clock(out: &mut Vec<u8>, date: DateTime) {
    push_digits(out, date.year(), 4);
    for (mark, part) in
        [(b'-', date.month()), (b'-', date.day()), (b'T', date.hour()), (b':', date.minute()), (b':', date.second())]
    {
        out.push(mark);
        push_digits(out, part, 2);
    }
    let fraction = date.ticks() % (1000 * MILLISECOND);
    if fraction != 0 {
        out.push(b'.');
        push_digits(out, fraction as i32, 7);
        while out.last() == Some(&b'0') {
            out.pop();
        }
    }
}

fn write_offset(out: &mut Vec<u8>, offset: TimeSpan) {
    out.push(if offset.ticks() < 0 { b'-' } else { b'+' });
    push_digits(out, offset.hours().abs(), 2);
    out.push(b':');
    push_digits(out, offset.minutes().abs(), 2);
}

fn push_digits(out: &mut Vec<u8>, value: i32, count: usize) {
    let start = out.len();
    out.resize(start + count, b'0');
    let mut value = value;
    for place in out.iter_mut().skip(start).rev() {
        *place = b'0' + (value % 10) as u8;
        value /= 10;
    }
}
