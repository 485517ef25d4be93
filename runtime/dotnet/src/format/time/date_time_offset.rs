//! `System.DateTimeOffset`: a moment and the whole minutes by which its clock is ahead of universal time.
//!
//! Not here: text ([`date_format`](super::date_format), [`date_parse`](super::date_parse)).

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::date_time::UNIX_EPOCH_TICKS;
use super::{DateTime, Kind, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND, TimeSpan};
use crate::format::{Exception, Fault};

/// A `System.DateTimeOffset`. Equality and order are those of the moments.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateTimeOffset {
    /// The moment in universal time, of unspecified kind.
    utc: DateTime,
    offset_minutes: i16,
}

/// Clocks are at most this far from universal time.
pub(super) const MAX_OFFSET_TICKS: i64 = 14 * TICKS_PER_HOUR;

impl DateTimeOffset {
    /// 1 January 0001 in universal time.
    pub const MIN: Self = Self { utc: DateTime::MIN, offset_minutes: 0 };
    /// The last tick of 9999 in universal time.
    pub const MAX: Self = Self { utc: DateTime::MAX, offset_minutes: 0 };

    /// `new DateTimeOffset(clock, offset)` for a clock of unspecified kind.
    ///
    /// # Throws
    /// `ArgumentException` unless the offset is whole minutes, `ArgumentOutOfRangeException` if it exceeds 14 hours or
    /// universal time leaves the years 1 to 9999.
    pub fn from_clock(clock: DateTime, offset: TimeSpan) -> Result<Self, Fault> {
        let minutes = offset_minutes(offset)?;
        DateTime::try_from_ticks(clock.ticks() - offset.ticks(), Kind::Unspecified)
            .map(|utc| Self { utc, offset_minutes: minutes })
            .ok_or_else(|| {
                Fault::out_of_range(
                    "The UTC time represented when the offset is applied must be between year 0 and 10,000. (Parameter \
                     'offset')",
                )
            })
    }

    /// `new DateTimeOffset(value, offset)`: the kind of `value` must agree with the offset.
    ///
    /// # Throws
    /// `ArgumentException` for a universal or local time with another offset than zero; see
    /// [`from_clock`](Self::from_clock).
    pub fn from_date_time_with_offset(value: DateTime, offset: TimeSpan) -> Result<Self, Fault> {
        let message = match value.kind() {
            Kind::Local if offset != TimeSpan::ZERO => {
                "The UTC Offset of the local dateTime parameter does not match the offset argument. (Parameter 'offset')"
            }
            Kind::Utc if offset != TimeSpan::ZERO => {
                "The UTC Offset for Utc DateTime instances must be 0. (Parameter 'offset')"
            }
            _ => return Self::from_clock(value, offset),
        };
        Err(Fault::new(Exception::Argument, message))
    }

    /// `new DateTimeOffset(value)`, and the implicit conversion: the offset is zero on a host whose time is universal.
    pub const fn from_date_time(value: DateTime) -> Self {
        Self { utc: value.with_kind(Kind::Unspecified), offset_minutes: 0 }
    }

    /// `DateTimeOffset.FromUnixTimeSeconds(seconds)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` outside the years 1 to 9999.
    pub fn from_unix_time_seconds(seconds: i64) -> Result<Self, Fault> {
        from_unix_time(seconds, TICKS_PER_SECOND).ok_or_else(|| {
            Fault::out_of_range(
                "Valid values are between -62135596800 and 253402300799, inclusive. (Parameter 'seconds')",
            )
        })
    }

    /// `DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` outside the years 1 to 9999.
    pub fn from_unix_time_milliseconds(milliseconds: i64) -> Result<Self, Fault> {
        from_unix_time(milliseconds, TICKS_PER_MILLISECOND).ok_or_else(|| {
            Fault::out_of_range(
                "Valid values are between -62135596800000 and 253402300799999, inclusive. (Parameter 'milliseconds')",
            )
        })
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn to_unix_time_seconds(self) -> i64 {
        self.utc.ticks() / TICKS_PER_SECOND - UNIX_EPOCH_TICKS / TICKS_PER_SECOND
    }

    /// Whole milliseconds since 1970, rounded down.
    pub const fn to_unix_time_milliseconds(self) -> i64 {
        self.utc.ticks() / TICKS_PER_MILLISECOND - UNIX_EPOCH_TICKS / TICKS_PER_MILLISECOND
    }

    /// How far the clock is ahead of universal time.
    pub const fn offset(self) -> TimeSpan {
        TimeSpan::from_ticks(self.offset_minutes as i64 * TICKS_PER_MINUTE)
    }

    /// What the clock shows, of unspecified kind: the property `DateTime`, and the source of all components.
    pub fn clock(self) -> DateTime {
        DateTime::from_bits((self.utc.ticks() + self.offset().ticks()).unsigned_abs())
    }

    /// The moment as universal time.
    pub const fn utc_date_time(self) -> DateTime {
        self.utc.with_kind(Kind::Utc)
    }

    /// The moment as local time.
    pub const fn local_date_time(self) -> DateTime {
        self.utc.with_kind(Kind::Local)
    }

    /// The ticks of the moment in universal time.
    pub const fn utc_ticks(self) -> i64 {
        self.utc.ticks()
    }

    /// The same moment with offset zero: `ToUniversalTime` and `ToLocalTime`.
    #[must_use]
    pub const fn to_universal_time(self) -> Self {
        Self { utc: self.utc, offset_minutes: 0 }
    }

    /// `ToOffset(offset)`: the same moment on another clock.
    ///
    /// # Throws
    /// `ArgumentException` unless the offset is whole minutes, `ArgumentOutOfRangeException` if it exceeds 14 hours or the
    /// clock leaves the years 1 to 9999.
    pub fn to_offset(self, offset: TimeSpan) -> Result<Self, Fault> {
        self.utc.plus(offset)?;
        Ok(Self { utc: self.utc, offset_minutes: offset_minutes(offset)? })
    }

    /// The value whose clock is changed by a function of `DateTime`, as all `Add…` methods do it.
    ///
    /// # Throws
    /// What `change` throws, and `ArgumentOutOfRangeException` if universal time leaves the years 1 to 9999.
    pub fn map_clock(self, change: impl FnOnce(DateTime) -> Result<DateTime, Fault>) -> Result<Self, Fault> {
        Self::from_clock(change(self.clock())?, self.offset())
    }

    /// `self - other`: the time between the moments.
    pub const fn since(self, other: Self) -> TimeSpan {
        self.utc.since(other.utc)
    }

    /// `EqualsExact(other)`: the same moment on the same clock.
    pub fn equals_exact(self, other: Self) -> bool {
        self == other && self.offset_minutes == other.offset_minutes
    }
}

fn offset_minutes(offset: TimeSpan) -> Result<i16, Fault> {
    let ticks = offset.ticks();
    if ticks % TICKS_PER_MINUTE != 0 {
        return Err(Fault::new(Exception::Argument, "Offset must be specified in whole minutes. (Parameter 'offset')"));
    }
    if !(-MAX_OFFSET_TICKS..=MAX_OFFSET_TICKS).contains(&ticks) {
        return Err(Fault::out_of_range("Offset must be within plus or minus 14 hours. (Parameter 'offset')"));
    }
    Ok((ticks / TICKS_PER_MINUTE) as i16)
}

fn from_unix_time(count: i64, unit: i64) -> Option<DateTimeOffset> {
    let ticks = count.checked_mul(unit)?.checked_add(UNIX_EPOCH_TICKS)?;
    let utc = DateTime::try_from_ticks(ticks, Kind::Unspecified)?;
    Some(DateTimeOffset { utc, offset_minutes: 0 })
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.utc == other.utc
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> Ordering {
        self.utc.cmp(&other.utc)
    }
}

impl Hash for DateTimeOffset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.utc.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i32, offset_hours: f64) -> DateTimeOffset {
        let clock = DateTime::from_parts(2024, 3, 5, hour, 7, 9, 0, Kind::Unspecified).unwrap();
        DateTimeOffset::from_clock(clock, TimeSpan::from_hours(offset_hours).unwrap()).unwrap()
    }

    /// Source: mono.
    #[test]
    fn a_moment_has_a_clock_and_an_offset() {
        let value = at(14, 2.0);
        assert_eq!(value.to_unix_time_seconds(), 1709640429);
        assert_eq!(value.clock().hour(), 14);
        assert_eq!(value.utc_date_time().hour(), 12);
        assert_eq!(value.utc_date_time().kind(), Kind::Utc);
        assert_eq!(value, at(12, 0.0));
        assert!(!value.equals_exact(at(12, 0.0)));
        assert_eq!(value.to_offset(TimeSpan::from_hours(-5.0).unwrap()).unwrap().clock().hour(), 7);
        assert_eq!(at(14, 0.0).since(at(14, 1.0)), TimeSpan::from_hours(1.0).unwrap());
        assert_eq!(value.map_clock(|clock| clock.add_months(1)).unwrap().clock().month(), 4);
        assert_eq!(DateTimeOffset::from_unix_time_seconds(-1).unwrap().to_unix_time_milliseconds(), -1000);
    }

    /// Source: mono.
    #[test]
    fn offsets_and_moments_have_limits() {
        let hours = |hours| TimeSpan::from_hours(hours).unwrap();
        let clock = DateTime::from_ymd(2024, 3, 5).unwrap();
        let kind = |result: Result<DateTimeOffset, Fault>| result.map(drop).map_err(|fault| fault.exception);
        assert_eq!(kind(DateTimeOffset::from_clock(clock, hours(15.0))), Err(Exception::ArgumentOutOfRange));
        assert_eq!(kind(DateTimeOffset::from_clock(clock, TimeSpan::from_ticks(1))), Err(Exception::Argument));
        assert_eq!(kind(DateTimeOffset::from_clock(DateTime::MIN, hours(1.0))), Err(Exception::ArgumentOutOfRange));
        let utc = clock.with_kind(Kind::Utc);
        assert_eq!(kind(DateTimeOffset::from_date_time_with_offset(utc, hours(1.0))), Err(Exception::Argument));
        assert_eq!(kind(DateTimeOffset::from_date_time_with_offset(utc, TimeSpan::ZERO)), Ok(()));
        assert!(DateTimeOffset::from_unix_time_seconds(999999999999999).is_err());
        assert!(DateTimeOffset::MAX.to_offset(hours(1.0)).is_err());
    }
}
