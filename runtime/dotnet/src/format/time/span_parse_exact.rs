//! `TimeSpan.ParseExact`: spans in a given format.
//!
//! Not here: guessing the format ([`span_parse`](super::span_parse)).

use super::cursor::Cursor;
use super::pattern::{Element, Elements};
use super::span_parse::{Accepted, Failure, Number, Parts, read_form};
use super::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, TimeSpan};
use crate::format::{Fault, wtf8};

impl TimeSpan {
    /// What `TimeSpan.ParseExact(text, format, null, styles)` gives; `negative` is `TimeSpanStyles.AssumeNegative`, which
    /// counts for custom formats alone.
    ///
    /// # Throws
    /// `FormatException`, and `OverflowException` for parts that are too large.
    pub fn parse_exact(text: &[u8], format: &[u8], negative: bool) -> Result<Self, Fault> {
        read(text, format, negative).map_err(|failure| failure.fault(text))
    }

    /// What `TimeSpan.ParseExact(text, formats, null, styles)` gives: by the first format that fits.
    ///
    /// # Throws
    /// `FormatException`.
    pub fn parse_exact_any(text: &[u8], formats: &[&[u8]], negative: bool) -> Result<Self, Fault> {
        let mut found = formats.iter().filter_map(|format| read(text, format, negative).ok());
        found.next().ok_or_else(|| Failure::BadTimeSpan.fault(text))
    }

    /// What `TimeSpan.TryParseExact` gives.
    pub fn try_parse_exact(text: &[u8], format: &[u8], negative: bool) -> Option<Self> {
        read(text, format, negative).ok()
    }
}

fn read(text: &[u8], format: &[u8], negative: bool) -> Result<TimeSpan, Failure> {
    match format {
        [] => Err(Failure::BadFormat),
        b"c" | b"t" | b"T" => read_constant(text),
        b"g" => read_form(text, Accepted::General),
        b"G" => read_form(text, Accepted::GeneralLong),
        _ if wtf8::utf16_len(format) == 1 => Err(Failure::BadFormat),
        _ => read_custom(text, format, negative),
    }
}

/// Reads `[-]{d | [d.]hh:mm[:ss][.f]}` with blanks around, the format `c`.
fn read_constant(text: &[u8]) -> Result<TimeSpan, Failure> {
    const MOST_DAYS: i64 = i64::MAX / TICKS_PER_DAY;
    let mut text = Cursor::new(text);
    skip_blanks(&mut text);
    let negative = text.eat(b'-');
    let digits = text.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut ticks = if text.rest().get(digits) == Some(&b':') {
        read_clock(&mut text)?
    } else {
        let days = read_part(&mut text, MOST_DAYS)? * TICKS_PER_DAY;
        let clock = if text.eat(b'.') { read_clock(&mut text)? } else { 0 };
        days.wrapping_add(clock)
    };
    // The longest negative span passes the longest positive one by a tick.
    if negative {
        ticks = ticks.wrapping_neg();
    }
    if (negative && ticks > 0) || (!negative && ticks < 0) {
        return Err(Failure::TooLarge);
    }
    skip_blanks(&mut text);
    if text.at_end() { Ok(TimeSpan::from_ticks(ticks)) } else { Err(Failure::BadTimeSpan) }
}

fn skip_blanks(text: &mut Cursor<'_>) {
    while text.eat(b' ') || text.eat(b'\t') {}
}

fn read_part(text: &mut Cursor<'_>, most: i64) -> Result<i64, Failure> {
    match text.number() {
        (_, 0) => Err(Failure::BadTimeSpan),
        (value, _) if i64::from(value) > most => Err(Failure::TooLarge),
        (value, _) => Ok(i64::from(value)),
    }
}

/// Reads `hh:mm[:ss][.f]` into ticks; digits behind the seventh of a second are left.
fn read_clock(text: &mut Cursor<'_>) -> Result<i64, Failure> {
    let mut ticks = read_part(text, 23)? * TICKS_PER_HOUR;
    if !text.eat(b':') {
        return Err(Failure::BadTimeSpan);
    }
    ticks += read_part(text, 59)? * TICKS_PER_MINUTE;
    if !text.eat(b':') {
        return Ok(ticks);
    }
    if text.peek() != Some(b'.') {
        ticks += read_part(text, 59)? * TICKS_PER_SECOND;
    }
    if text.eat(b'.') {
        let mut unit = TICKS_PER_SECOND;
        while unit > 1
            && let Some(digit) = text.digit()
        {
            unit /= 10;
            ticks += i64::from(digit) * unit;
        }
    }
    Ok(ticks)
}

/// Reads a number into a part that must not have been there before.
fn once(slot: &mut Option<Number>, number: Option<Number>) -> Result<(), Failure> {
    match (slot.is_some(), number) {
        (true, _) => Err(Failure::BadFormat),
        (false, None) => Err(Failure::BadTimeSpan),
        (false, Some(number)) => {
            *slot = Some(number);
            Ok(())
        }
    }
}

/// A number of `least` to `most` digits.
fn digits(text: &mut Cursor<'_>, least: usize, most: usize) -> Option<Number> {
    let (mut value, mut zeros, mut count) = (0i32, 0, 0);
    while count < most
        && let Some(digit) = text.digit()
    {
        value = value * 10 + i32::from(digit);
        zeros += u32::from(value == 0);
        count += 1;
    }
    (count >= least).then_some(Number::new(value, zeros))
}

fn read_custom(text: &[u8], format: &[u8], negative: bool) -> Result<TimeSpan, Failure> {
    let mut text = Cursor::new(text);
    let (mut days, mut hours, mut minutes, mut seconds, mut fraction) = (None, None, None, None, None);
    let mut elements = Elements::for_reading(format);
    while let Some(element) = elements.next() {
        let most = |count: usize| if count == 1 { 2 } else { count };
        match element.map_err(|_| Failure::BadFormat)? {
            Element::Run(b'h', count @ 1..=2) => once(&mut hours, digits(&mut text, count, most(count)))?,
            Element::Run(b'm', count @ 1..=2) => once(&mut minutes, digits(&mut text, count, most(count)))?,
            Element::Run(b's', count @ 1..=2) => once(&mut seconds, digits(&mut text, count, most(count)))?,
            Element::Run(b'd', 1) => once(&mut days, digits(&mut text, 1, 8))?,
            Element::Run(b'd', count @ 2..=8) => once(&mut days, digits(&mut text, count, count))?,
            Element::Run(b'f', count @ 1..=7) => once(&mut fraction, digits(&mut text, count, count))?,
            Element::Run(b'F', count @ 1..=7) => {
                let at_start = text.rest().len() == text.text().len();
                let number = digits(&mut text, 0, count);
                if at_start && !text.at_end() && text.rest().len() == text.text().len() {
                    // .NET cannot put back the first character once it has looked at it.
                    text.skip(1);
                }
                once(&mut fraction, number)?;
            }
            Element::Quoted(literal) => {
                if !text.eat_text(&literal) {
                    return Err(Failure::BadTimeSpan);
                }
            }
            Element::Escaped(literal) => {
                if !text.eat_text(literal) {
                    return Err(Failure::BadTimeSpan);
                }
            }
            Element::Run(..) | Element::Other(_) => return Err(Failure::BadFormat),
        }
    }
    if !text.at_end() {
        return Err(Failure::BadTimeSpan);
    }
    let part = Option::unwrap_or_default;
    let parts = Parts {
        days: part(days),
        hours: part(hours),
        minutes: part(minutes),
        seconds: part(seconds),
        fraction: part(fraction),
    };
    parts.to_span(negative).ok_or(Failure::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono.
    #[test]
    fn spans_are_read_by_format() {
        for (text, format, expected) in [
            ("01:30:00", "c", Ok(54_000_000_000)),
            ("1:30", "g", Ok(54_000_000_000)),
            ("1:02:03:04.5", "G", Ok(937_845_000_000)),
            ("1:2", "h\\:m", Ok(37_200_000_000)),
            ("12", "%h", Ok(432_000_000_000)),
            ("3 days", "d' days'", Ok(2_592_000_000_000)),
            ("0.5", "s\\.F", Ok(5_000_000)),
            ("25", "hh", Err("OverflowException")),
            ("1:2", "h:m", Err("FormatException")),
            ("1", "x", Err("FormatException")),
            ("1", "", Err("FormatException")),
            ("1:30:00", "G", Err("FormatException")),
        ] {
            let found = TimeSpan::parse_exact(text.as_bytes(), format.as_bytes(), false);
            assert_eq!(
                found.map(TimeSpan::ticks).map_err(|fault| fault.exception.type_name()),
                expected,
                "{text} {format}"
            );
        }
        assert_eq!(TimeSpan::parse_exact(b"5", b"%s", true).map(TimeSpan::ticks), Ok(-50_000_000));
    }
}
