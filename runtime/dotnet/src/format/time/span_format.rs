//! `TimeSpan` as text: the formats c, g, G and custom ones.
//!
//! Not here: dates ([`date_format`](super::date_format)).

use super::pattern::{Element, Elements, bad_format};
use super::{TICKS_PER_DAY, TICKS_PER_SECOND, TimeSpan, push_digits, push_two_digits};
use crate::format::Fault;

/// Digits of a second that ticks can show.
const MOST_FRACTION_DIGITS: usize = 7;
/// Digits that a custom format may ask for days.
const MOST_DAY_DIGITS: usize = 8;

/// The components of a span without its sign.
struct Parts {
    negative: bool,
    days: u32,
    hours: u32,
    minutes: u32,
    seconds: u32,
    fraction: u32,
}

impl Parts {
    fn of(span: TimeSpan) -> Self {
        let ticks = span.ticks().unsigned_abs();
        let in_day = ticks % TICKS_PER_DAY.unsigned_abs();
        let seconds = (in_day / TICKS_PER_SECOND.unsigned_abs()) as u32;
        Self {
            negative: span.ticks() < 0,
            days: (ticks / TICKS_PER_DAY.unsigned_abs()) as u32,
            hours: seconds / 3600,
            minutes: seconds / 60 % 60,
            seconds: seconds % 60,
            fraction: (in_day % TICKS_PER_SECOND.unsigned_abs()) as u32,
        }
    }

    /// Writes `mm:ss` and what stands before it.
    fn push_minutes_and_seconds(&self, out: &mut Vec<u8>) {
        out.push(b':');
        push_two_digits(out, self.minutes);
        out.push(b':');
        push_two_digits(out, self.seconds);
    }
}

fn push_plain(out: &mut Vec<u8>, value: u32, width: usize) {
    let digits = value.checked_ilog10().unwrap_or(0) as usize + 1;
    push_digits(out, value, width.max(digits));
}

impl TimeSpan {
    /// Writes what `value.ToString()` gives: `[-][d.]hh:mm:ss[.fffffff]`.
    pub fn write(self, out: &mut Vec<u8>) {
        let parts = Parts::of(self);
        if parts.negative {
            out.push(b'-');
        }
        if parts.days > 0 {
            push_plain(out, parts.days, 1);
            out.push(b'.');
        }
        push_two_digits(out, parts.hours);
        parts.push_minutes_and_seconds(out);
        if parts.fraction > 0 {
            out.push(b'.');
            push_digits(out, parts.fraction, MOST_FRACTION_DIGITS);
        }
    }

    /// Writes what `value.ToString(format)` gives; an empty format is `c`.
    ///
    /// # Throws
    /// `FormatException` for unknown letters, also within a custom format, and unfinished quotes.
    pub fn format(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        match format {
            [] | b"c" | b"t" | b"T" => self.write(out),
            b"g" => self.write_general_short(out),
            b"G" => self.write_general_long(out),
            [_] => return Err(bad_format()),
            _ => return self.write_custom(out, format),
        }
        Ok(())
    }

    /// Writes `[-][d:]h:mm:ss[.FFFFFFF]`.
    fn write_general_short(self, out: &mut Vec<u8>) {
        let parts = Parts::of(self);
        if parts.negative {
            out.push(b'-');
        }
        if parts.days > 0 {
            push_plain(out, parts.days, 1);
            out.push(b':');
        }
        push_plain(out, parts.hours, 1);
        parts.push_minutes_and_seconds(out);
        if parts.fraction > 0 {
            out.push(b'.');
            push_short_fraction(out, parts.fraction, MOST_FRACTION_DIGITS);
        }
    }

    /// Writes `[-]d:hh:mm:ss.fffffff`.
    fn write_general_long(self, out: &mut Vec<u8>) {
        let parts = Parts::of(self);
        if parts.negative {
            out.push(b'-');
        }
        push_plain(out, parts.days, 1);
        out.push(b':');
        push_two_digits(out, parts.hours);
        parts.push_minutes_and_seconds(out);
        out.push(b'.');
        push_digits(out, parts.fraction, MOST_FRACTION_DIGITS);
    }

    /// Writes a custom format; the sign never shows.
    fn write_custom(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        let parts = Parts::of(self);
        let mut elements = Elements::for_writing(format);
        while let Some(element) = elements.next() {
            match element? {
                Element::Run(b'h', count @ 1..=2) => push_plain(out, parts.hours, count),
                Element::Run(b'm', count @ 1..=2) => push_plain(out, parts.minutes, count),
                Element::Run(b's', count @ 1..=2) => push_plain(out, parts.seconds, count),
                Element::Run(b'd', count @ 1..=MOST_DAY_DIGITS) => push_plain(out, parts.days, count),
                Element::Run(b'f', count @ 1..=MOST_FRACTION_DIGITS) => push_fraction(out, parts.fraction, count),
                Element::Run(b'F', count @ 1..=MOST_FRACTION_DIGITS) => push_short_fraction(out, parts.fraction, count),
                Element::Quoted(text) => out.extend_from_slice(&text),
                Element::Escaped(text) => out.extend_from_slice(text),
                Element::Run(..) | Element::Other(_) => return Err(bad_format()),
            }
        }
        Ok(())
    }
}

fn push_fraction(out: &mut Vec<u8>, fraction: u32, count: usize) {
    push_digits(out, fraction / 10u32.pow((MOST_FRACTION_DIGITS - count) as u32), count);
}

fn push_short_fraction(out: &mut Vec<u8>, fraction: u32, count: usize) {
    let length = out.len();
    push_fraction(out, fraction, count);
    let zeros = out.iter().skip(length).rev().take_while(|digit| **digit == b'0').count();
    out.truncate(out.len() - zeros);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Exception;

    /// Source: mono and the .NET documentation of the formats.
    #[test]
    fn spans_are_formatted() {
        let span = TimeSpan::from_dhms(1, 2, 3, 4, 500).unwrap();
        for (value, format, expected) in [
            (span, "", "1.02:03:04.5000000"),
            (span, "c", "1.02:03:04.5000000"),
            (span, "g", "1:2:03:04.5"),
            (span, "G", "1:02:03:04.5000000"),
            (TimeSpan::ZERO, "c", "00:00:00"),
            (TimeSpan::ZERO, "g", "0:00:00"),
            (TimeSpan::ZERO, "G", "0:00:00:00.0000000"),
            (span.negated().unwrap(), "c", "-1.02:03:04.5000000"),
            (TimeSpan::MIN, "c", "-10675199.02:48:05.4775808"),
            (span, "d\\.hh\\:mm", "1.02:03"),
            (span.negated().unwrap(), "%d", "1"),
            (span, "ddd' days 'h'h'", "001 days 2h"),
            (span, "ss\\.ff", "04.50"),
            (span, "s\\.FFF", "4.5"),
            (TimeSpan::ZERO, "s\\.FFF", "0."),
        ] {
            let mut out = Vec::new();
            assert_eq!(value.format(&mut out, format.as_bytes()), Ok(()), "{format}");
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{format}");
        }
        for format in ["hh:mm", "h", "x", "hhh", "fffffffff", "ddddddddd", "h\\", "'a", "%%", "é"] {
            let fault = span.format(&mut Vec::new(), format.as_bytes()).unwrap_err();
            assert_eq!(fault.exception, Exception::Format, "{format}");
        }
    }
}
