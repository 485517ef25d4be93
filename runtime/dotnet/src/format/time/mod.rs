//! `DateTime`, `DateTimeOffset` and `TimeSpan`: arithmetic, text and parsing, with the time zone UTC; and other zones.
//!
//! Local time equals universal time here and differs only in the kind that a value carries. Nothing reads the clock:
//! where .NET completes a text with today's date, the caller passes the time that is now.
//!
//! Not here: clocks, calendars other than the Gregorian.

mod calendar;
mod cursor;
mod date_format;
mod date_parse;
mod date_parse_exact;
mod date_time;
mod date_time_offset;
mod names;
mod parsed;
mod pattern;
mod span_format;
mod span_parse;
mod span_parse_exact;
mod styles;
mod time_span;
mod windows_zones;
pub mod zone;

pub use calendar::{days_in_month, is_leap_year};
pub use date_time::{DateTime, Kind};
pub use date_time_offset::DateTimeOffset;
pub use styles::DateTimeStyles;
pub use time_span::TimeSpan;

/// Ticks (100 ns) of a millisecond.
pub const TICKS_PER_MILLISECOND: i64 = 10_000;
/// Ticks of a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks of a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks of an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks of a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// Appends a number of at most two digits, with a zero in front if it has one.
fn push_two_digits(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&[b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]);
}

/// Appends the last `width` digits of a number, with zeros in front.
fn push_digits(out: &mut Vec<u8>, value: u32, width: usize) {
    let start = out.len();
    out.resize(start + width, b'0');
    let mut rest = value;
    for digit in out.iter_mut().skip(start).rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}
