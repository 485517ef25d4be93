//! `System.TimeSpan`: a signed number of ticks of 100 ns.
//!
//! Not here: text ([`span_format`](super::span_format), [`span_parse`](super::span_parse)).

use super::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND};
use crate::format::{Exception, Fault};

/// A `System.TimeSpan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(transparent)]
pub struct TimeSpan {
    ticks: i64,
}

/// The units that `TimeSpan.From…` and `DateTime.Add…` count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

impl Unit {
    pub(super) const fn ticks(self) -> i64 {
        match self {
            Self::Day => TICKS_PER_DAY,
            Self::Hour => TICKS_PER_HOUR,
            Self::Minute => TICKS_PER_MINUTE,
            Self::Second => TICKS_PER_SECOND,
            Self::Millisecond => TICKS_PER_MILLISECOND,
        }
    }
}

const TOO_LONG: &str = "TimeSpan overflowed because the duration is too long.";
/// The range of a `long` as doubles see it.
const LONG_RANGE: f64 = 9_223_372_036_854_775_808.0;

const fn too_long() -> Fault {
    Fault::overflow(TOO_LONG)
}

/// Ticks of a span that is given as a fraction of a unit.
///
/// The Framework rounds to milliseconds; .NET Core since 3.0, which is what we do, cuts off behind the tick.
fn ticks_of(value: f64, unit: Unit) -> Result<TimeSpan, Fault> {
    if value.is_nan() {
        return Err(Fault::new(Exception::Argument, "TimeSpan does not accept floating point Not-a-Number values."));
    }
    whole_ticks(value * unit.ticks() as f64)
}

fn whole_ticks(ticks: f64) -> Result<TimeSpan, Fault> {
    // The upper end itself is taken as the largest span, because the double nearest to it lies outside.
    if (-LONG_RANGE..=LONG_RANGE).contains(&ticks) { Ok(TimeSpan { ticks: ticks as i64 }) } else { Err(too_long()) }
}

impl TimeSpan {
    /// No time at all.
    pub const ZERO: Self = Self { ticks: 0 };
    /// The longest span, 10675199.02:48:05.4775807.
    pub const MAX: Self = Self { ticks: i64::MAX };
    /// The longest negative span.
    pub const MIN: Self = Self { ticks: i64::MIN };

    /// A span of this many ticks.
    #[inline]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self { ticks }
    }

    /// `new TimeSpan(hours, minutes, seconds)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the span is too long.
    pub fn from_hms(hours: i32, minutes: i32, seconds: i32) -> Result<Self, Fault> {
        let seconds = i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds);
        let ticks = seconds.checked_mul(TICKS_PER_SECOND).ok_or_else(|| Fault::out_of_range(TOO_LONG))?;
        Ok(Self { ticks })
    }

    /// `new TimeSpan(days, hours, minutes, seconds, milliseconds)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the span is too long.
    pub fn from_dhms(days: i32, hours: i32, minutes: i32, seconds: i32, milliseconds: i32) -> Result<Self, Fault> {
        let seconds = i64::from(days) * 86400 + i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds);
        let milliseconds = seconds * 1000 + i64::from(milliseconds);
        let ticks = milliseconds.checked_mul(TICKS_PER_MILLISECOND).ok_or_else(|| Fault::out_of_range(TOO_LONG))?;
        Ok(Self { ticks })
    }

    /// `TimeSpan.FromDays(value)`.
    ///
    /// # Throws
    /// `ArgumentException` for NaN, `OverflowException` if the span is too long; so do the other `from_…`.
    pub fn from_days(value: f64) -> Result<Self, Fault> {
        ticks_of(value, Unit::Day)
    }

    /// `TimeSpan.FromHours(value)`.
    ///
    /// # Throws
    /// See [`from_days`](Self::from_days).
    pub fn from_hours(value: f64) -> Result<Self, Fault> {
        ticks_of(value, Unit::Hour)
    }

    /// `TimeSpan.FromMinutes(value)`.
    ///
    /// # Throws
    /// See [`from_days`](Self::from_days).
    pub fn from_minutes(value: f64) -> Result<Self, Fault> {
        ticks_of(value, Unit::Minute)
    }

    /// `TimeSpan.FromSeconds(value)`.
    ///
    /// # Throws
    /// See [`from_days`](Self::from_days).
    pub fn from_seconds(value: f64) -> Result<Self, Fault> {
        ticks_of(value, Unit::Second)
    }

    /// `TimeSpan.FromMilliseconds(value)`.
    ///
    /// # Throws
    /// See [`from_days`](Self::from_days).
    pub fn from_milliseconds(value: f64) -> Result<Self, Fault> {
        ticks_of(value, Unit::Millisecond)
    }

    /// The whole span in ticks.
    #[inline]
    pub const fn ticks(self) -> i64 {
        self.ticks
    }

    /// Whole days; like the other components it has the sign of the span.
    pub const fn days(self) -> i32 {
        (self.ticks / TICKS_PER_DAY) as i32
    }

    /// Whole hours beside the days.
    pub const fn hours(self) -> i32 {
        (self.ticks / TICKS_PER_HOUR % 24) as i32
    }

    /// Whole minutes beside the hours.
    pub const fn minutes(self) -> i32 {
        (self.ticks / TICKS_PER_MINUTE % 60) as i32
    }

    /// Whole seconds beside the minutes.
    pub const fn seconds(self) -> i32 {
        (self.ticks / TICKS_PER_SECOND % 60) as i32
    }

    /// Whole milliseconds beside the seconds.
    pub const fn milliseconds(self) -> i32 {
        (self.ticks / TICKS_PER_MILLISECOND % 1000) as i32
    }

    /// The whole span in days.
    pub fn total_days(self) -> f64 {
        self.ticks as f64 / TICKS_PER_DAY as f64
    }

    /// The whole span in hours.
    pub fn total_hours(self) -> f64 {
        self.ticks as f64 / TICKS_PER_HOUR as f64
    }

    /// The whole span in minutes.
    pub fn total_minutes(self) -> f64 {
        self.ticks as f64 / TICKS_PER_MINUTE as f64
    }

    /// The whole span in seconds.
    pub fn total_seconds(self) -> f64 {
        self.ticks as f64 / TICKS_PER_SECOND as f64
    }

    /// The whole span in milliseconds, never beyond the largest whole number of them.
    pub fn total_milliseconds(self) -> f64 {
        const MOST: f64 = (i64::MAX / TICKS_PER_MILLISECOND) as f64;
        (self.ticks as f64 / TICKS_PER_MILLISECOND as f64).clamp(-MOST, MOST)
    }

    /// `self + other`.
    ///
    /// # Throws
    /// `OverflowException` if the sum is too long.
    pub fn plus(self, other: Self) -> Result<Self, Fault> {
        self.ticks.checked_add(other.ticks).map(Self::from_ticks).ok_or_else(too_long)
    }

    /// `self - other`.
    ///
    /// # Throws
    /// `OverflowException` if the difference is too long.
    pub fn minus(self, other: Self) -> Result<Self, Fault> {
        self.ticks.checked_sub(other.ticks).map(Self::from_ticks).ok_or_else(too_long)
    }

    /// `-self`.
    ///
    /// # Throws
    /// `OverflowException` for the longest negative span.
    pub fn negated(self) -> Result<Self, Fault> {
        self.ticks
            .checked_neg()
            .map(Self::from_ticks)
            .ok_or_else(|| Fault::overflow("Negating the minimum value of a twos complement number is invalid."))
    }

    /// The span without its sign.
    ///
    /// # Throws
    /// `OverflowException` for the longest negative span.
    pub fn duration(self) -> Result<Self, Fault> {
        self.ticks.checked_abs().map(Self::from_ticks).ok_or_else(|| {
            Fault::overflow(
                "The duration cannot be returned for TimeSpan.MinValue because the absolute value of TimeSpan.MinValue \
                 exceeds the value of TimeSpan.MaxValue.",
            )
        })
    }

    /// `self * factor`, rounded to ticks; only .NET Core has it.
    ///
    /// # Throws
    /// `ArgumentException` for NaN, `OverflowException` if the product is too long.
    pub fn times(self, factor: f64) -> Result<Self, Fault> {
        if factor.is_nan() {
            return Err(Fault::new(
                Exception::Argument,
                "TimeSpan does not accept floating point Not-a-Number values. (Parameter 'factor')",
            ));
        }
        whole_ticks((self.ticks as f64 * factor).round_ties_even())
    }

    /// `self / divisor`, rounded to ticks; only .NET Core has it.
    ///
    /// # Throws
    /// `ArgumentException` for NaN, `OverflowException` if the quotient is too long or none.
    pub fn divided_by(self, divisor: f64) -> Result<Self, Fault> {
        if divisor.is_nan() {
            return Err(Fault::new(
                Exception::Argument,
                "TimeSpan does not accept floating point Not-a-Number values. (Parameter 'divisor')",
            ));
        }
        whole_ticks((self.ticks as f64 / divisor).round_ties_even())
    }

    /// `self / other` as a number.
    pub fn ratio(self, other: Self) -> f64 {
        self.ticks as f64 / other.ticks as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono, except for what is smaller than a millisecond, which is .NET Core 3.0's.
    #[test]
    fn spans_are_made_of_parts() {
        assert_eq!(TimeSpan::from_hms(1, 2, 3).map(TimeSpan::ticks), Ok(37_230_000_000));
        assert_eq!(TimeSpan::from_hms(0, 90, 0), TimeSpan::from_minutes(90.0));
        assert_eq!(TimeSpan::from_dhms(0, 0, 0, 1, 500), TimeSpan::from_seconds(1.5));
        assert_eq!(TimeSpan::from_seconds(0.0001).map(TimeSpan::ticks), Ok(1000));
        assert_eq!(TimeSpan::from_seconds(1.001).map(TimeSpan::ticks), Ok(10_009_999));
        assert!(TimeSpan::from_days(1e12).is_err() && TimeSpan::from_days(f64::NAN).is_err());
        assert!(TimeSpan::from_hms(i32::MAX, 0, 0).is_err() && TimeSpan::from_dhms(i32::MAX, 0, 0, 0, 0).is_err());
    }

    #[test]
    fn components_have_the_sign_of_the_span() {
        let span = TimeSpan::from_minutes(-90.0).unwrap();
        assert_eq!((span.hours(), span.minutes(), span.total_hours()), (-1, -30, -1.5));
        assert_eq!(TimeSpan::from_ticks(11_000_000).total_seconds(), 1.1);
        assert_eq!(TimeSpan::MAX.total_milliseconds(), 922337203685477.0);
        assert_eq!(span.duration().and_then(TimeSpan::negated), Ok(span));
        assert!(TimeSpan::MIN.negated().is_err() && TimeSpan::MIN.duration().is_err());
        assert!(TimeSpan::MAX.plus(TimeSpan::from_ticks(1)).is_err());
        assert_eq!(TimeSpan::from_ticks(3).times(0.5).map(TimeSpan::ticks), Ok(2));
        assert!(TimeSpan::from_ticks(3).divided_by(0.0).is_err());
    }
}
