//! `TimeSpan.Parse`: spans in the forms `d`, `hh:mm[:ss[.f]]` and those with days in front.
//!
//! Not here: spans in a given format ([`span_parse_exact`](super::span_parse_exact)).

use super::{TICKS_PER_MILLISECOND, TICKS_PER_SECOND, TimeSpan};
use crate::format::{Exception, Fault, wtf8};

/// Why a text is no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// It does not look like one.
    BadTimeSpan,
    /// A part of it is too large or has too many digits.
    TooLarge,
    /// The format cannot be used.
    BadFormat,
}

impl Failure {
    /// The exception, whose message names the text.
    pub(super) fn fault(self, text: &[u8]) -> Fault {
        let text = wtf8::to_display(text);
        match self {
            Self::BadTimeSpan => {
                Fault::with_text(Exception::Format, format!("String '{text}' was not recognized as a valid TimeSpan."))
            }
            Self::TooLarge => Fault::with_text(
                Exception::Overflow,
                format!(
                    "The TimeSpan string '{text}' could not be parsed because at least one of the numeric components is \
                     out of range or contains too many digits."
                ),
            ),
            Self::BadFormat => super::pattern::bad_format(),
        }
    }
}

impl TimeSpan {
    /// What `TimeSpan.Parse(text)` gives.
    ///
    /// # Throws
    /// `FormatException`, and `OverflowException` for parts that are too large.
    pub fn parse(text: &[u8]) -> Result<Self, Fault> {
        read(text).map_err(|failure| failure.fault(text))
    }

    /// What `TimeSpan.TryParse(text)` gives.
    pub fn try_parse(text: &[u8]) -> Option<Self> {
        read(text).ok()
    }
}

/// A number of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Number {
    value: i32,
    /// How many zeros stand in front.
    zeros: u32,
}

impl Number {
    pub(super) const fn new(value: i32, zeros: u32) -> Self {
        Self { value, zeros }
    }

    /// The number as the digits behind a point, in ticks of a second; `None` if it has more than seven digits.
    ///
    /// With zeros in front there may be more digits, which are rounded.
    fn fraction_ticks(self) -> Option<i64> {
        const DIGITS: u32 = 7;
        if self.value == 0 {
            return Some(0);
        }
        let digits = self.value.checked_ilog10().unwrap_or(0) + 1 + self.zeros;
        if digits <= DIGITS {
            return Some(i64::from(self.value) * 10i64.pow(DIGITS - digits));
        }
        let rounded = f64::from(self.value) / 10f64.powi((digits - DIGITS).cast_signed());
        (self.zeros > 0).then_some(rounded.round() as i64)
    }
}

/// The parts of a span.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) days: Number,
    pub(super) hours: Number,
    pub(super) minutes: Number,
    pub(super) seconds: Number,
    pub(super) fraction: Number,
}

impl Parts {
    /// The span, unless a part is larger than its unit allows.
    pub(super) fn to_span(self, negative: bool) -> Option<TimeSpan> {
        const MOST_DAYS: i32 = 10_675_199;
        const MOST_MILLISECONDS: i64 = i64::MAX / TICKS_PER_MILLISECOND;
        let (days, hours, minutes, seconds) =
            (self.days.value, self.hours.value, self.minutes.value, self.seconds.value);
        if days > MOST_DAYS || hours > 23 || minutes > 59 || seconds > 59 {
            return None;
        }
        let fraction = self.fraction.fraction_ticks()?;
        let whole = i64::from(days) * 86400 + i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds);
        let milliseconds = whole * 1000;
        if milliseconds > MOST_MILLISECONDS {
            return None;
        }
        let ticks = (whole * TICKS_PER_SECOND).wrapping_add(fraction);
        if !negative {
            return (ticks >= 0).then_some(TimeSpan::from_ticks(ticks));
        }
        // The longest negative span passes the longest positive one by a tick.
        let ticks = ticks.wrapping_neg();
        (ticks <= 0).then_some(TimeSpan::from_ticks(ticks))
    }
}

/// The parts that numbers stand for, with what separates them.
struct Form {
    /// What stands between the numbers, one after the other.
    separators: &'static [&'static [u8]],
    parts: fn(&[Number; MOST_NUMBERS]) -> Parts,
}

const MOST_NUMBERS: usize = 5;

/// The forms in the order in which .NET tries them. Days end with a point, or with a colon as in the format `g`; a point
/// directly behind a colon leaves out the seconds.
static FORMS: [Form; 14] = [
    Form { separators: &[], parts: |[a, ..]| Parts { days: *a, ..Parts::default() } },
    Form { separators: &[b":"], parts: |[a, b, ..]| Parts { hours: *a, minutes: *b, ..Parts::default() } },
    Form { separators: &[b":", b":"], parts: hours_to_seconds },
    Form { separators: &[b".", b":"], parts: days_to_minutes },
    Form { separators: &[b":", b":."], parts: hours_minutes_fraction },
    Form { separators: &[b":", b":"], parts: days_to_minutes },
    Form { separators: &[b":", b":", b"."], parts: hours_to_fraction },
    Form { separators: &[b".", b":", b":"], parts: days_to_seconds },
    Form { separators: &[b".", b":", b":."], parts: days_minutes_fraction },
    Form { separators: &[b":", b":", b":"], parts: days_to_seconds },
    Form { separators: &[b":", b":", b":."], parts: days_minutes_fraction },
    Form { separators: &[b".", b":", b":", b"."], parts: all_parts },
    Form { separators: &[b":", b":", b":", b"."], parts: all_parts },
    Form { separators: &[b":", b":."], parts: hours_minutes_fraction },
];

fn hours_to_seconds([a, b, c, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { hours: *a, minutes: *b, seconds: *c, ..Parts::default() }
}

fn hours_to_fraction([a, b, c, d, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { hours: *a, minutes: *b, seconds: *c, fraction: *d, ..Parts::default() }
}

fn hours_minutes_fraction([a, b, c, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { hours: *a, minutes: *b, fraction: *c, ..Parts::default() }
}

fn days_to_minutes([a, b, c, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { days: *a, hours: *b, minutes: *c, ..Parts::default() }
}

fn days_to_seconds([a, b, c, d, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { days: *a, hours: *b, minutes: *c, seconds: *d, ..Parts::default() }
}

fn days_minutes_fraction([a, b, c, d, ..]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { days: *a, hours: *b, minutes: *c, fraction: *d, ..Parts::default() }
}

fn all_parts([a, b, c, d, e]: &[Number; MOST_NUMBERS]) -> Parts {
    Parts { days: *a, hours: *b, minutes: *c, seconds: *d, fraction: *e }
}

/// Which of the forms a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    /// All of them.
    Any,
    /// Those with a colon behind the days, as the format `g` writes them.
    General,
    /// The one form that the format `G` writes.
    GeneralLong,
}

impl Accepted {
    fn includes(self, form: &Form) -> bool {
        let days_end_with = |separator: &[u8]| form.separators.first() == Some(&separator);
        match self {
            Self::Any => true,
            Self::General => !days_end_with(b"."),
            Self::GeneralLong => form.separators.len() == MOST_NUMBERS - 1 && days_end_with(b":"),
        }
    }
}

fn read(text: &[u8]) -> Result<TimeSpan, Failure> {
    read_form(text, Accepted::Any)
}

/// Reads a span in one of the accepted forms, with white space around.
pub(super) fn read_form(text: &[u8], accepted: Accepted) -> Result<TimeSpan, Failure> {
    let mut rest = wtf8::trim(text);
    let mut numbers = [Number::default(); MOST_NUMBERS];
    let mut count = 0;
    let mut separators: [&[u8]; MOST_NUMBERS + 1] = [&[]; MOST_NUMBERS + 1];
    loop {
        let length = rest.iter().take_while(|byte| !byte.is_ascii_digit()).count();
        let (separator, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        *separators.get_mut(count).ok_or(Failure::BadTimeSpan)? = separator;
        rest = tail;
        if rest.is_empty() {
            break;
        }
        let (number, tail) = read_number(rest)?;
        *numbers.get_mut(count).ok_or(Failure::BadTimeSpan)? = number;
        count += 1;
        rest = tail;
    }
    let negative = match separators.first() {
        Some(&b"") => false,
        Some(&b"-") => true,
        _ => return Err(Failure::BadTimeSpan),
    };
    let between = separators.get(1..count).unwrap_or_default();
    if count == 0 || separators.get(count) != Some(&b"".as_slice()) {
        return Err(Failure::BadTimeSpan);
    }
    let mut too_large = false;
    for form in FORMS.iter().filter(|form| form.separators == between && accepted.includes(form)) {
        match (form.parts)(&numbers).to_span(negative) {
            Some(span) => return Ok(span),
            None => too_large = true,
        }
    }
    Err(if too_large { Failure::TooLarge } else { Failure::BadTimeSpan })
}

/// Reads the number at the start of the text.
fn read_number(text: &[u8]) -> Result<(Number, &[u8]), Failure> {
    /// .NET gives up when a number reaches these bits.
    const TOO_LARGE: i64 = 0x1000_0000;
    let zeros = text.iter().take_while(|byte| **byte == b'0').count();
    let digits = text.get(zeros..).unwrap_or_default();
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at_checked(count).unwrap_or((digits, &[]));
    let value = digits.iter().try_fold(0i64, |value, digit| {
        let value = value * 10 + i64::from(digit - b'0');
        (value < TOO_LARGE).then_some(value)
    });
    Ok((Number::new(value.ok_or(Failure::TooLarge)? as i32, zeros as u32), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Source: mono.
    #[test]
    fn spans_are_parsed() {
        for (text, expected) in [
            ("01:30:00", Ok("01:30:00")),
            ("2.03:00:00", Ok("2.03:00:00")),
            ("5", Ok("5.00:00:00")),
            ("1:30", Ok("01:30:00")),
            (" -1.02:03:04.5 ", Ok("-1.02:03:04.5000000")),
            ("1:2:3:4", Ok("1.02:03:04")),
            ("24:00:00", Ok("24.00:00:00")),
            ("1:2:.5", Ok("01:02:00.5000000")),
            ("0:0:0.1234567", Ok("00:00:00.1234567")),
            ("-10675199.02:48:05.4775808", Ok("-10675199.02:48:05.4775808")),
            ("25:00", Err("OverflowException")),
            ("1:60", Err("OverflowException")),
            ("10675200", Err("OverflowException")),
            ("10675199.02:48:05.4775808", Err("OverflowException")),
            ("999999999999", Err("OverflowException")),
            ("soon", Err("FormatException")),
            ("", Err("FormatException")),
            ("-", Err("FormatException")),
            ("- 1", Err("FormatException")),
            ("1.", Err("FormatException")),
            ("1 2", Err("FormatException")),
            ("1:2:3:4:5:6", Err("FormatException")),
        ] {
            let mut out = Vec::new();
            let found = TimeSpan::parse(text.as_bytes()).map(|span| {
                span.write(&mut out);
                std::str::from_utf8(&out).unwrap()
            });
            assert_eq!(found.map_err(|fault| fault.exception.type_name()), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_span_reads_back(ticks in any::<i64>(), format in "[cgG]") {
            let span = TimeSpan::from_ticks(ticks);
            let mut out = Vec::new();
            span.format(&mut out, format.as_bytes()).unwrap();
            prop_assert_eq!(TimeSpan::parse(&out), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "[-0-9:.é ]{0,24}") {
            let _ = TimeSpan::parse(text.as_bytes());
        }
    }
}
