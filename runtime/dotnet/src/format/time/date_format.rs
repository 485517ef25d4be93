//! `DateTime` and `DateTimeOffset` as text: standard and custom formats of the invariant culture.
//!
//! Not here: `TimeSpan` ([`span_format`](super::span_format)).

use super::date_time::Clock;
use super::names::{self, abbreviated};
use super::pattern::{Element, Elements, bad_format};
use super::{DateTime, DateTimeOffset, Kind, TimeSpan, push_digits, push_two_digits};
use crate::format::{Fault, wtf8};

/// Digits of a second that ticks can show.
const MOST_FRACTION_DIGITS: usize = 7;

/// The custom format that a standard format of dates stands for, in the invariant culture.
pub(super) const fn expand(symbol: u8) -> Option<&'static [u8]> {
    Some(match symbol {
        b'd' => b"MM/dd/yyyy",
        b'D' => b"dddd, dd MMMM yyyy",
        b'f' => b"dddd, dd MMMM yyyy HH:mm",
        b'F' | b'U' => b"dddd, dd MMMM yyyy HH:mm:ss",
        b'g' => b"MM/dd/yyyy HH:mm",
        b'G' => b"MM/dd/yyyy HH:mm:ss",
        b'm' | b'M' => b"MMMM dd",
        b'o' | b'O' => b"yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
        b'r' | b'R' => b"ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
        b's' => b"yyyy'-'MM'-'dd'T'HH':'mm':'ss",
        b't' => b"HH:mm",
        b'T' => b"HH:mm:ss",
        b'u' => b"yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
        b'y' | b'Y' => b"yyyy MMMM",
        _ => return None,
    })
}

/// The custom format to write: a format of one character is a standard one and must be known.
fn expand_single(format: &[u8]) -> Result<&[u8], Fault> {
    match format {
        [symbol] => expand(*symbol).ok_or_else(bad_format),
        [0x80..=0xFF, ..] if format.len() <= 3 && wtf8::utf16_len(format) == 1 => Err(bad_format()),
        _ => Ok(format),
    }
}

impl DateTime {
    /// Writes what `value.ToString()` gives, `03/05/2024 14:07:09`.
    pub fn write(self, out: &mut Vec<u8>) {
        let date = self.calendar_date();
        push_two_digits(out, date.month);
        out.push(b'/');
        push_two_digits(out, date.day);
        out.push(b'/');
        push_digits(out, date.year, 4);
        out.push(b' ');
        push_clock(out, self.clock());
    }

    /// Writes what `value.ToString(format)` gives; an empty format is the general one.
    ///
    /// # Throws
    /// `FormatException` for an unknown single letter, more than seven digits of a second, and unfinished quotes.
    pub fn format(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        match format {
            [] | b"G" => self.write(out),
            b"o" | b"O" => {
                push_sortable(out, self, b'T');
                out.push(b'.');
                push_digits(out, self.clock().fraction, MOST_FRACTION_DIGITS);
                push_zone(out, Zone::Of(self.kind()));
            }
            b"s" => push_sortable(out, self, b'T'),
            b"u" => {
                push_sortable(out, self, b' ');
                out.push(b'Z');
            }
            b"r" | b"R" => push_rfc1123(out, self),
            _ => return write_custom(out, self, expand_single(format)?, Zone::Of(self.kind())),
        }
        Ok(())
    }
}

impl DateTimeOffset {
    /// Writes what `value.ToString()` gives, `03/05/2024 14:07:09 +02:00`.
    pub fn write(self, out: &mut Vec<u8>) {
        self.clock().write(out);
        out.push(b' ');
        push_offset(out, self.offset());
    }

    /// Writes what `value.ToString(format)` gives; an empty format is the general one.
    ///
    /// # Throws
    /// `FormatException` as for `DateTime`, and for the format `U`.
    pub fn format(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        let zone = Zone::Offset(self.offset());
        match format {
            [] => self.write(out),
            b"o" | b"O" => {
                push_sortable(out, self.clock(), b'T');
                out.push(b'.');
                push_digits(out, self.clock().clock().fraction, MOST_FRACTION_DIGITS);
                push_zone(out, zone);
            }
            b"r" | b"R" | b"u" => return self.utc_date_time().format(out, format),
            b"U" => return Err(bad_format()),
            _ => return write_custom(out, self.clock(), expand_single(format)?, zone),
        }
        Ok(())
    }
}

/// What `K` and `z` show of a value.
#[derive(Clone, Copy)]
enum Zone {
    /// The kind of a `DateTime`.
    Of(Kind),
    /// The offset of a `DateTimeOffset`.
    Offset(TimeSpan),
}

impl Zone {
    const fn offset(self) -> TimeSpan {
        match self {
            Self::Of(_) => TimeSpan::ZERO,
            Self::Offset(offset) => offset,
        }
    }
}

/// Writes `HH:mm:ss`.
fn push_clock(out: &mut Vec<u8>, clock: Clock) {
    push_two_digits(out, clock.hour);
    out.push(b':');
    push_two_digits(out, clock.minute);
    out.push(b':');
    push_two_digits(out, clock.second);
}

/// Writes `yyyy-MM-dd`, a separator, and `HH:mm:ss`.
fn push_sortable(out: &mut Vec<u8>, value: DateTime, separator: u8) {
    let date = value.calendar_date();
    push_digits(out, date.year, 4);
    out.push(b'-');
    push_two_digits(out, date.month);
    out.push(b'-');
    push_two_digits(out, date.day);
    out.push(separator);
    push_clock(out, value.clock());
}

/// Writes `Tue, 05 Mar 2024 14:07:09 GMT`.
fn push_rfc1123(out: &mut Vec<u8>, value: DateTime) {
    let date = value.calendar_date();
    out.extend_from_slice(abbreviated(names::day(value.day_of_week().unsigned_abs())).as_bytes());
    out.extend_from_slice(b", ");
    push_two_digits(out, date.day);
    out.push(b' ');
    out.extend_from_slice(abbreviated(names::month(date.month)).as_bytes());
    out.push(b' ');
    push_digits(out, date.year, 4);
    out.push(b' ');
    push_clock(out, value.clock());
    out.extend_from_slice(b" GMT");
}

/// Writes `+02:00`.
fn push_offset(out: &mut Vec<u8>, offset: TimeSpan) {
    out.push(if offset < TimeSpan::ZERO { b'-' } else { b'+' });
    push_two_digits(out, offset.hours().unsigned_abs());
    out.push(b':');
    push_two_digits(out, offset.minutes().unsigned_abs());
}

/// Writes what `K` stands for.
fn push_zone(out: &mut Vec<u8>, zone: Zone) {
    match zone {
        Zone::Of(Kind::Unspecified) => {}
        Zone::Of(Kind::Utc) => out.push(b'Z'),
        Zone::Of(Kind::Local) | Zone::Offset(_) => push_offset(out, zone.offset()),
    }
}

/// Writes a number with one digit, or with two if the letter is repeated.
fn push_number(out: &mut Vec<u8>, value: u32, count: usize) {
    if count >= 2 || value >= 10 {
        push_two_digits(out, value);
    } else {
        push_digits(out, value, 1);
    }
}

fn write_custom(out: &mut Vec<u8>, value: DateTime, format: &[u8], zone: Zone) -> Result<(), Fault> {
    let start = out.len();
    let (date, clock) = (value.calendar_date(), value.clock());
    let mut elements = Elements::for_writing(format);
    while let Some(element) = elements.next() {
        let (symbol, count) = match element? {
            Element::Run(symbol, count) => (symbol, count),
            Element::Quoted(text) => {
                out.extend_from_slice(&text);
                continue;
            }
            Element::Escaped(text) | Element::Other(text) => {
                out.extend_from_slice(text);
                continue;
            }
        };
        match symbol {
            b'g' => out.extend_from_slice(names::ERA.as_bytes()),
            b'h' => push_number(out, (clock.hour + 11) % 12 + 1, count),
            b'H' => push_number(out, clock.hour, count),
            b'm' => push_number(out, clock.minute, count),
            b's' => push_number(out, clock.second, count),
            b'f' | b'F' if count > MOST_FRACTION_DIGITS => return Err(bad_format()),
            b'f' => push_fraction(out, clock.fraction, count),
            b'F' => push_short_fraction(out, start, clock.fraction, count),
            b't' => {
                let designator: &[u8] = if clock.hour < 12 { b"AM" } else { b"PM" };
                out.extend_from_slice(designator.get(..count.min(2)).unwrap_or_default());
            }
            b'd' if count <= 2 => push_number(out, date.day, count),
            b'd' => {
                let name = names::day(value.day_of_week().unsigned_abs());
                out.extend_from_slice(if count == 3 { abbreviated(name) } else { name }.as_bytes());
            }
            b'M' if count <= 2 => push_number(out, date.month, count),
            b'M' => {
                let name = names::month(date.month);
                out.extend_from_slice(if count == 3 { abbreviated(name) } else { name }.as_bytes());
            }
            b'y' if count <= 2 => push_number(out, date.year % 100, count),
            b'y' => push_digits(out, date.year, count.max(decimal_digits(date.year))),
            b'z' => {
                let offset = zone.offset();
                if count >= 3 {
                    push_offset(out, offset);
                } else {
                    out.push(if offset < TimeSpan::ZERO { b'-' } else { b'+' });
                    push_number(out, offset.hours().unsigned_abs(), count);
                }
            }
            b'K' => (0..count).for_each(|_| push_zone(out, zone)),
            _ => out.resize(out.len() + count, symbol),
        }
    }
    Ok(())
}

fn decimal_digits(value: u32) -> usize {
    value.checked_ilog10().unwrap_or(0) as usize + 1
}

/// Writes the first `count` digits of the second's fraction.
fn push_fraction(out: &mut Vec<u8>, fraction: u32, count: usize) {
    push_digits(out, fraction / 10u32.pow((MOST_FRACTION_DIGITS - count) as u32), count);
}

/// Writes the digits without zeros at the end; without any, a point in front of them goes too.
fn push_short_fraction(out: &mut Vec<u8>, start: usize, fraction: u32, count: usize) {
    let length = out.len();
    push_fraction(out, fraction, count);
    let zeros = out.iter().skip(length).rev().take_while(|digit| **digit == b'0').count();
    out.truncate(out.len() - zeros);
    if out.len() == length && length > start && out.last() == Some(&b'.') {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Exception;

    fn text(value: DateTime, format: &str) -> Result<String, Exception> {
        let mut out = b"x.".to_vec();
        value.format(&mut out, format.as_bytes()).map_err(|fault| fault.exception)?;
        Ok(String::from_utf8(out).unwrap()[2..].to_owned())
    }

    /// Source: mono and .NET Core 3.1, as recorded in the reference.
    #[test]
    fn dates_are_formatted() {
        let value = DateTime::from_parts(2024, 3, 5, 14, 7, 9, 120, Kind::Unspecified).unwrap();
        for (format, expected) in [
            ("", "03/05/2024 14:07:09"),
            ("d", "03/05/2024"),
            ("D", "Tuesday, 05 March 2024"),
            ("f", "Tuesday, 05 March 2024 14:07"),
            ("F", "Tuesday, 05 March 2024 14:07:09"),
            ("g", "03/05/2024 14:07"),
            ("G", "03/05/2024 14:07:09"),
            ("m", "March 05"),
            ("o", "2024-03-05T14:07:09.1200000"),
            ("R", "Tue, 05 Mar 2024 14:07:09 GMT"),
            ("s", "2024-03-05T14:07:09"),
            ("t", "14:07"),
            ("T", "14:07:09"),
            ("u", "2024-03-05 14:07:09Z"),
            ("U", "Tuesday, 05 March 2024 14:07:09"),
            ("Y", "2024 March"),
            ("yyyyMMddTHHmmssZ", "20240305T140709Z"),
            ("M/d/yy H:m:s", "3/5/24 14:7:9"),
            ("ddd dddd MMM MMMM", "Tue Tuesday Mar March"),
            ("hh:mm tt", "02:07 PM"),
            ("h t", "2 P"),
            ("%d", "5"),
            ("ss.fff", "09.120"),
            ("ss.FFF", "09.12"),
            ("FFFFFFF", "12"),
            ("yyyyy y yyy", "02024 24 2024"),
            ("zzz zz z", "+00:00 +00 +0"),
            ("K'day' d\\d", "day 5d"),
            ("HH\\hmm", "14h07"),
            ("gg é", "A.D. é"),
            ("HHHH ssss", "14 09"),
        ] {
            assert_eq!(text(value, format).as_deref(), Ok(expected), "{format}");
        }
        for format in ["x", "Z", "é", "ffffffff", "FFFFFFFF", "'a", "%", "a%", "%%", "a\\"] {
            assert_eq!(text(value, format), Err(Exception::Format), "{format}");
        }
    }

    #[test]
    fn a_point_goes_with_the_fraction_that_is_not_there() {
        let value = DateTime::from_ymd(2024, 3, 5).unwrap();
        assert_eq!(text(value, "ss.FFF").as_deref(), Ok("00"));
        assert_eq!(text(value, ".FFF").as_deref(), Ok(""));
        // The point before the text is not the format's.
        assert_eq!(text(value, "FFF").as_deref(), Ok(""));
    }

    #[test]
    fn kinds_and_offsets_show() {
        let value = DateTime::from_parts(2024, 3, 5, 14, 7, 9, 0, Kind::Utc).unwrap();
        assert_eq!(text(value, "o").as_deref(), Ok("2024-03-05T14:07:09.0000000Z"));
        assert_eq!(text(value.with_kind(Kind::Local), "O").as_deref(), Ok("2024-03-05T14:07:09.0000000+00:00"));
        assert_eq!(text(value, "HHK").as_deref(), Ok("14Z"));
        let offset = DateTimeOffset::from_clock(value, TimeSpan::from_hours(-2.5).unwrap()).unwrap();
        let text = |format: &str| {
            let mut out = Vec::new();
            offset.format(&mut out, format.as_bytes()).map(|()| String::from_utf8(out).unwrap())
        };
        for (format, expected) in [
            ("", "03/05/2024 14:07:09 -02:30"),
            ("o", "2024-03-05T14:07:09.0000000-02:30"),
            ("r", "Tue, 05 Mar 2024 16:37:09 GMT"),
            ("u", "2024-03-05 16:37:09Z"),
            ("s", "2024-03-05T14:07:09"),
            ("G", "03/05/2024 14:07:09"),
            ("HH:mm K zzz zz z", "14:07 -02:30 -02:30 -02 -2"),
        ] {
            assert_eq!(text(format).as_deref(), Ok(expected), "{format}");
        }
        assert!(text("U").is_err());
    }
}
