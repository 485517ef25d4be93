//! The Gregorian calendar from year 1 to 9999: days since 1 January 0001 and dates.
//!
//! Not here: times of day.

use crate::format::Fault;

/// The last year of .NET's dates.
pub(super) const MAX_YEAR: i32 = 9999;

/// Year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// 1 March of year 0 is this many days before 1 January of year 1.
const MARCH_OF_YEAR_ZERO: u32 = 306;

impl Date {
    /// The date this many days after 1 January 0001.
    ///
    /// Years are counted from March, so that the leap day comes last and the lengths of months are a linear function.
    /// The divisions by 146097/4 and 1461/4 are scaled by 100.
    #[inline]
    pub(super) const fn of_day_number(days: u32) -> Self {
        let day = days + 1 + MARCH_OF_YEAR_ZERO;
        let hundredths = 100 * day as u64 - 25;
        let centuries = (hundredths / 3_652_425) as u32;
        let leap_free = centuries - centuries / 4;
        let year = ((100 * leap_free as u64 + hundredths) / 36525) as u32;
        let day_of_year = leap_free + day - 365 * year - year / 4;
        let month = (5 * day_of_year + 456) / 153;
        let day = day_of_year - (153 * month - 457) / 5;
        if month > 12 { Self { year: year + 1, month: month - 12, day } } else { Self { year, month, day } }
    }

    /// The date, if the calendar has it.
    pub(super) const fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        if year < 1 || year > MAX_YEAR || month < 1 || month > 12 || day < 1 {
            return None;
        }
        let (year, month, day) = (year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs());
        if day > month_length(year, month) { None } else { Some(Self { year, month, day }) }
    }

    /// Days since 1 January 0001.
    #[inline]
    pub(super) const fn day_number(self) -> u32 {
        let (year, month) = if self.month < 3 { (self.year - 1, self.month + 12) } else { (self.year, self.month) };
        let leap_days = year / 4 - year / 100 + year / 400;
        self.day + (153 * month - 457) / 5 + 365 * year + leap_days - MARCH_OF_YEAR_ZERO - 1
    }

    /// The day in its year, from 1.
    pub(super) const fn day_of_year(self) -> u32 {
        self.day_number() - Self { year: self.year, month: 1, day: 1 }.day_number() + 1
    }
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// How many days a month from 1 to 12 has.
pub(super) const fn month_length(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn check_year(year: i32) -> Result<u32, Fault> {
    match year {
        1..=MAX_YEAR => Ok(year.unsigned_abs()),
        _ => Err(Fault::out_of_range("Year must be between 1 and 9999. (Parameter 'year')")),
    }
}

/// What `DateTime.IsLeapYear(year)` gives.
///
/// # Throws
/// `ArgumentOutOfRangeException` unless the year is from 1 to 9999.
pub fn is_leap_year(year: i32) -> Result<bool, Fault> {
    check_year(year).map(is_leap)
}

/// What `DateTime.DaysInMonth(year, month)` gives.
///
/// # Throws
/// `ArgumentOutOfRangeException` unless the year is from 1 to 9999 and the month from 1 to 12.
pub fn days_in_month(year: i32, month: i32) -> Result<i32, Fault> {
    match month {
        1..=12 => Ok(month_length(check_year(year)?, month.unsigned_abs()).cast_signed()),
        _ => Err(Fault::out_of_range("Month must be between one and twelve. (Parameter 'month')")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_the_one_after_the_day_before() {
        let mut date = Date { year: 1, month: 1, day: 1 };
        for number in 0..3_652_059 {
            assert_eq!(Date::of_day_number(number), date);
            assert_eq!(date.day_number(), number);
            date.day += 1;
            if date.day > month_length(date.year, date.month) {
                (date.month, date.day) = (date.month + 1, 1);
            }
            if date.month > 12 {
                (date.year, date.month) = (date.year + 1, 1);
            }
        }
        assert_eq!(date, Date { year: 10000, month: 1, day: 1 });
    }

    #[test]
    fn impossible_dates_are_none() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2024, 13, 1), None);
        assert_eq!(Date::new(0, 1, 1), None);
        assert_eq!(Date::new(10000, 1, 1), None);
        assert_eq!(Date::new(2024, 2, 29).map(Date::day_of_year), Some(60));
        assert_eq!(is_leap_year(1900), Ok(false));
        assert_eq!(days_in_month(2024, 2), Ok(29));
        assert!(days_in_month(2024, 0).is_err() && is_leap_year(0).is_err());
    }
}
