//! `System.DateTime`: ticks of 100 ns since 1 January 0001 and a kind, packed into 64 bits as .NET packs them.
//!
//! Not here: text ([`date_format`](super::date_format), [`date_parse`](super::date_parse)).

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::calendar::{Date, MAX_YEAR, month_length};
use super::time_span::Unit;
use super::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND, TimeSpan};
use crate::format::Fault;

/// What a date and time is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Nobody said.
    #[default]
    Unspecified = 0,
    /// Universal time.
    Utc = 1,
    /// The host's time, which here is universal time too.
    Local = 2,
}

/// A `System.DateTime`. Equality and order ignore the kind.
#[derive(Debug, Clone, Copy, Default)]
#[repr(transparent)]
pub struct DateTime {
    bits: u64,
}

const KIND_SHIFT: u32 = 62;
const TICKS_MASK: u64 = (1 << KIND_SHIFT) - 1;
/// The first tick behind the last year.
const END_TICKS: i64 = 3_652_059 * TICKS_PER_DAY;

/// The ticks of 1 January 1970.
pub(super) const UNIX_EPOCH_TICKS: i64 = 719_162 * TICKS_PER_DAY;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    /// Ticks of the second, below ten million.
    pub(super) fraction: u32,
}

impl DateTime {
    /// 1 January 0001.
    pub const MIN: Self = Self { bits: 0 };
    /// The last tick of 31 December 9999.
    pub const MAX: Self = Self { bits: (END_TICKS - 1) as u64 };
    /// 1 January 1970, universal time.
    pub const UNIX_EPOCH: Self = Self::pack(UNIX_EPOCH_TICKS, Kind::Utc);

    const fn pack(ticks: i64, kind: Kind) -> Self {
        Self { bits: ticks as u64 | (kind as u64) << KIND_SHIFT }
    }

    /// The value with these bits: 62 of ticks, and the kind in the upper two. Bits that no value has give the nearest.
    pub const fn from_bits(bits: u64) -> Self {
        let ticks = bits & TICKS_MASK;
        if ticks < END_TICKS as u64 { Self { bits } } else { Self { bits: bits & !TICKS_MASK | Self::MAX.bits } }
    }

    /// The bits as .NET keeps them.
    #[inline]
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// `new DateTime(ticks, kind)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless the ticks are from 0 to the end of 9999.
    pub fn from_ticks(ticks: i64, kind: Kind) -> Result<Self, Fault> {
        Self::try_from_ticks(ticks, kind).ok_or_else(|| {
            Fault::out_of_range(
                "Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks. (Parameter 'ticks')",
            )
        })
    }

    /// The value at this tick, if there is one.
    pub(super) const fn try_from_ticks(ticks: i64, kind: Kind) -> Option<Self> {
        if ticks < 0 || ticks >= END_TICKS { None } else { Some(Self::pack(ticks, kind)) }
    }

    /// `new DateTime(year, month, day)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the calendar has no such day.
    pub fn from_ymd(year: i32, month: i32, day: i32) -> Result<Self, Fault> {
        Ok(Self::pack(date_ticks(year, month, day)?, Kind::Unspecified))
    }

    /// `new DateTime(year, month, day, hour, minute, second, millisecond, kind)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the calendar has no such day or the clock no such time.
    #[expect(clippy::too_many_arguments, reason = "so has the constructor of .NET")]
    pub fn from_parts(
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
        millisecond: i32,
        kind: Kind,
    ) -> Result<Self, Fault> {
        let ticks = date_ticks(year, month, day)? + clock_ticks(hour, minute, second)?;
        if !(0..1000).contains(&millisecond) {
            return Err(Fault::out_of_range(
                "Valid values are between 0 and 999, inclusive. (Parameter 'millisecond')",
            ));
        }
        Ok(Self::pack(ticks + i64::from(millisecond) * TICKS_PER_MILLISECOND, kind))
    }

    /// Ticks since 1 January 0001.
    #[inline]
    pub const fn ticks(self) -> i64 {
        (self.bits & TICKS_MASK) as i64
    }

    /// The kind; both of .NET's encodings of local time are [`Kind::Local`].
    #[inline]
    pub const fn kind(self) -> Kind {
        match self.bits >> KIND_SHIFT {
            0 => Kind::Unspecified,
            1 => Kind::Utc,
            _ => Kind::Local,
        }
    }

    /// `DateTime.SpecifyKind(self, kind)`: the same ticks of another kind.
    #[must_use]
    pub const fn with_kind(self, kind: Kind) -> Self {
        Self::pack(self.ticks(), kind)
    }

    /// The same moment as universal time.
    #[must_use]
    pub const fn to_universal_time(self) -> Self {
        self.with_kind(Kind::Utc)
    }

    /// The same moment as local time.
    #[must_use]
    pub const fn to_local_time(self) -> Self {
        self.with_kind(Kind::Local)
    }

    pub(super) const fn calendar_date(self) -> Date {
        Date::of_day_number((self.ticks() / TICKS_PER_DAY) as u32)
    }

    pub(super) const fn clock(self) -> Clock {
        let ticks = self.ticks() % TICKS_PER_DAY;
        let seconds = (ticks / TICKS_PER_SECOND) as u32;
        Clock {
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            fraction: (ticks % TICKS_PER_SECOND) as u32,
        }
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> i32 {
        self.calendar_date().year.cast_signed()
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> i32 {
        self.calendar_date().month.cast_signed()
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> i32 {
        self.calendar_date().day.cast_signed()
    }

    /// The day of the year, from 1.
    pub const fn day_of_year(self) -> i32 {
        self.calendar_date().day_of_year().cast_signed()
    }

    /// The day of the week as `DayOfWeek` numbers it, 0 for Sunday.
    pub const fn day_of_week(self) -> i32 {
        ((self.ticks() / TICKS_PER_DAY + 1) % 7) as i32
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> i32 {
        (self.ticks() / TICKS_PER_HOUR % 24) as i32
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> i32 {
        (self.ticks() / TICKS_PER_MINUTE % 60) as i32
    }

    /// The second, 0 to 59.
    pub const fn second(self) -> i32 {
        (self.ticks() / TICKS_PER_SECOND % 60) as i32
    }

    /// The millisecond, 0 to 999.
    pub const fn millisecond(self) -> i32 {
        (self.ticks() / TICKS_PER_MILLISECOND % 1000) as i32
    }

    /// Midnight of the same day.
    #[must_use]
    pub const fn date(self) -> Self {
        Self { bits: self.bits - (self.ticks() % TICKS_PER_DAY) as u64 }
    }

    /// The time since midnight.
    pub const fn time_of_day(self) -> TimeSpan {
        TimeSpan::from_ticks(self.ticks() % TICKS_PER_DAY)
    }

    /// `AddTicks` and `Add`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1.
    pub fn add_ticks(self, ticks: i64) -> Result<Self, Fault> {
        self.offset_by(Some(ticks)).ok_or_else(|| {
            Fault::out_of_range(
                "The added or subtracted value results in an un-representable DateTime. (Parameter 'value')",
            )
        })
    }

    /// `self + span`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1.
    pub fn plus(self, span: TimeSpan) -> Result<Self, Fault> {
        self.offset_by(Some(span.ticks())).ok_or_else(unrepresentable_operand)
    }

    /// `self - span`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1.
    pub fn minus(self, span: TimeSpan) -> Result<Self, Fault> {
        self.offset_by(span.ticks().checked_neg()).ok_or_else(unrepresentable_operand)
    }

    fn offset_by(self, ticks: Option<i64>) -> Option<Self> {
        Self::try_from_ticks(self.ticks().checked_add(ticks?)?, Kind::Unspecified)
            .map(|sum| Self { bits: sum.bits | self.bits & !TICKS_MASK })
    }

    /// `self - other`: kinds do not matter.
    pub const fn since(self, other: Self) -> TimeSpan {
        TimeSpan::from_ticks(self.ticks() - other.ticks())
    }

    /// `AddDays(value)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1; so do the others.
    pub fn add_days(self, value: f64) -> Result<Self, Fault> {
        self.add_units(value, Unit::Day)
    }

    /// `AddHours(value)`.
    ///
    /// # Throws
    /// See [`add_days`](Self::add_days).
    pub fn add_hours(self, value: f64) -> Result<Self, Fault> {
        self.add_units(value, Unit::Hour)
    }

    /// `AddMinutes(value)`.
    ///
    /// # Throws
    /// See [`add_days`](Self::add_days).
    pub fn add_minutes(self, value: f64) -> Result<Self, Fault> {
        self.add_units(value, Unit::Minute)
    }

    /// `AddSeconds(value)`.
    ///
    /// # Throws
    /// See [`add_days`](Self::add_days).
    pub fn add_seconds(self, value: f64) -> Result<Self, Fault> {
        self.add_units(value, Unit::Second)
    }

    /// `AddMilliseconds(value)`.
    ///
    /// # Throws
    /// See [`add_days`](Self::add_days).
    pub fn add_milliseconds(self, value: f64) -> Result<Self, Fault> {
        self.add_units(value, Unit::Millisecond)
    }

    /// Adds a fraction of a unit, rounded to milliseconds.
    ///
    /// That is what the Framework and .NET Core up to .NET 6 do; .NET 7 and later keep the ticks. It is written here
    /// alone.
    fn add_units(self, value: f64, unit: Unit) -> Result<Self, Fault> {
        const MOST: f64 = (END_TICKS / TICKS_PER_MILLISECOND) as f64;
        let scaled = value * (unit.ticks() / TICKS_PER_MILLISECOND) as f64;
        let milliseconds = scaled + if value >= 0.0 { 0.5 } else { -0.5 };
        if milliseconds.is_nan() || milliseconds <= -MOST || milliseconds >= MOST {
            return Err(Fault::out_of_range("Value to add was out of range. (Parameter 'value')"));
        }
        self.add_ticks(milliseconds as i64 * TICKS_PER_MILLISECOND)
    }

    /// `AddMonths(months)`: a day that the month does not have becomes its last.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1, and for more than 120,000 months.
    pub fn add_months(self, months: i32) -> Result<Self, Fault> {
        if !(-120_000..=120_000).contains(&months) {
            return Err(Fault::out_of_range("Months value must be between +/-120000. (Parameter 'months')"));
        }
        let date = self.calendar_date();
        let month_number = date.year.cast_signed() * 12 + date.month.cast_signed() - 1 + months;
        let (year, month) = (month_number.div_euclid(12), month_number.rem_euclid(12) + 1);
        if !(1..=MAX_YEAR).contains(&year) {
            return Err(Fault::out_of_range(
                "The added or subtracted value results in an un-representable DateTime. (Parameter 'months')",
            ));
        }
        let (year, month) = (year.unsigned_abs(), month.unsigned_abs());
        let date = Date { year, month, day: date.day.min(month_length(year, month)) };
        let ticks = i64::from(date.day_number()) * TICKS_PER_DAY + self.ticks() % TICKS_PER_DAY;
        Ok(Self { bits: ticks as u64 | self.bits & !TICKS_MASK })
    }

    /// `AddYears(years)`: 29 February becomes the 28th.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` beyond year 9999 or before year 1, and for more than 10,000 years.
    pub fn add_years(self, years: i32) -> Result<Self, Fault> {
        if !(-10_000..=10_000).contains(&years) {
            return Err(Fault::out_of_range("Years value must be between +/-10000. (Parameter 'years')"));
        }
        self.add_months(years * 12)
    }
}

const fn unrepresentable_operand() -> Fault {
    Fault::out_of_range("The added or subtracted value results in an un-representable DateTime. (Parameter 't')")
}

fn date_ticks(year: i32, month: i32, day: i32) -> Result<i64, Fault> {
    Date::new(year, month, day)
        .map(|date| i64::from(date.day_number()) * TICKS_PER_DAY)
        .ok_or_else(|| Fault::out_of_range("Year, Month, and Day parameters describe an un-representable DateTime."))
}

fn clock_ticks(hour: i32, minute: i32, second: i32) -> Result<i64, Fault> {
    if (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second) {
        Ok((i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * TICKS_PER_SECOND)
    } else {
        Err(Fault::out_of_range("Hour, Minute, and Second parameters describe an un-representable DateTime."))
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.ticks() == other.ticks()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.ticks().cmp(&other.ticks())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ticks().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: i32, day: i32) -> DateTime {
        DateTime::from_ymd(year, month, day).unwrap()
    }

    /// Source: mono.
    #[test]
    fn dates_have_parts() {
        let value = DateTime::from_parts(2024, 3, 5, 14, 7, 9, 123, Kind::Utc).unwrap();
        assert_eq!(value.ticks(), 638452444291230000);
        assert_eq!((value.year(), value.month(), value.day()), (2024, 3, 5));
        assert_eq!((value.hour(), value.minute(), value.second(), value.millisecond()), (14, 7, 9, 123));
        assert_eq!((value.day_of_week(), value.day_of_year()), (2, 65));
        assert_eq!(value.date(), date(2024, 3, 5));
        assert_eq!(value.date().kind(), Kind::Utc);
        assert_eq!(value.time_of_day().ticks(), value.ticks() - value.date().ticks());
        assert_eq!(DateTime::MAX.year(), 9999);
        assert_eq!(DateTime::UNIX_EPOCH, date(1970, 1, 1));
        assert_eq!(DateTime::from_bits(u64::MAX).kind(), Kind::Local);
        assert_eq!(DateTime::from_bits(u64::MAX), DateTime::MAX);
        assert!(DateTime::from_ymd(2023, 2, 29).is_err());
        assert!(DateTime::from_parts(2024, 1, 1, 24, 0, 0, 0, Kind::Utc).is_err());
        assert!(DateTime::from_parts(2024, 1, 1, 0, 0, 0, 1000, Kind::Utc).is_err());
        assert!(DateTime::from_ticks(-1, Kind::Utc).is_err());
    }

    /// Source: mono.
    #[test]
    fn months_clamp_the_day_and_fractions_round_to_milliseconds() {
        assert_eq!(date(2024, 1, 31).add_months(1), Ok(date(2024, 2, 29)));
        assert_eq!(date(2024, 3, 31).add_months(-13), Ok(date(2023, 2, 28)));
        assert_eq!(date(2024, 2, 29).add_years(1), Ok(date(2025, 2, 28)));
        assert_eq!(date(2024, 1, 1).add_days(1.5).map(DateTime::hour), Ok(12));
        assert_eq!(date(2024, 1, 1).add_days(1.0 / 3.0).map(DateTime::hour), Ok(8));
        assert_eq!(date(2024, 1, 1).add_seconds(0.0004), Ok(date(2024, 1, 1)));
        assert_eq!(date(2024, 1, 1).add_milliseconds(-0.6).map(DateTime::millisecond), Ok(999));
        assert_eq!(DateTime::UNIX_EPOCH.add_hours(1.0).map(DateTime::kind), Ok(Kind::Utc));
        assert!(DateTime::MAX.add_days(1.0).is_err() && date(1, 1, 1).add_months(-1).is_err());
        assert!(date(1, 1, 1).add_days(f64::NAN).is_err() && date(1, 1, 1).add_days(1e300).is_err());
        assert!(date(1, 1, 1).add_months(i32::MAX).is_err() && date(1, 1, 1).add_years(-10_001).is_err());
        assert!(date(1, 1, 1).minus(TimeSpan::MIN).is_err() && DateTime::MAX.plus(TimeSpan::MAX).is_err());
        assert_eq!(date(2024, 3, 1).since(date(2024, 2, 1)).days(), 29);
    }
}
