//! `System.DateTime` as the numbers that other systems have for dates: file times, OLE dates, .NET's own bits.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::time::{self, DateTime, Kind};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, OVERFLOW_EXCEPTION};
use crate::types::string::throw_range;

/// The ticks of 1 January 1601, where file times begin.
pub(super) const FILE_TIME_TICKS: i64 = 504_911_232_000_000_000;
/// The ticks of 30 December 1899, where the dates of OLE begin.
const OLE_TICKS: i64 = 599_264_352_000_000_000;
const MILLISECONDS_PER_DAY: i64 = 86_400_000;

/// Numbers that stand for dates.
pub struct Numbers;

/// Dates as numbers of other kinds.
#[members("System.DateTime", group = NUMBERS)]
impl<'a> Numbers {
    /// Ticks and kind in one number.
    #[member("long ToBinary()", pure)]
    fn to_binary(this: DateTime) -> i64 {
        this.bits() as i64
    }

    /// The date that `ToBinary` gave this number for.
    ///
    /// # Throws
    /// `ArgumentException` if it is the number of no date.
    #[member("static DateTime FromBinary(long dateData)", pure)]
    fn from_binary(cx: &mut Cx<'a>, data: i64) -> Result<DateTime, Throw> {
        let date = DateTime::from_bits(data as u64);
        if date.bits() == data as u64 {
            return Ok(date);
        }
        let message = "The binary data must result in a DateTime with ticks between DateTime.MinValue.Ticks and \
                       DateTime.MaxValue.Ticks.";
        Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "dateData"))
    }

    /// The file time of Windows: ticks (100 ns) since 1601.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` for earlier dates.
    #[member("long ToFileTime()", pure)]
    fn to_file_time(this: DateTime, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        Self::to_file_time_utc(this, cx)
    }

    /// The file time of Windows: ticks (100 ns) since 1601.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` for earlier dates.
    #[member("long ToFileTimeUtc()", pure)]
    fn to_file_time_utc(this: DateTime, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        let ticks = this.ticks() - FILE_TIME_TICKS;
        if ticks < 0 { Err(throw_range(cx, "Not a valid Win32 FileTime.", "")) } else { Ok(ticks) }
    }

    /// The local time of a file time.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such date.
    #[member("static DateTime FromFileTime(long fileTime)", pure)]
    fn from_file_time(cx: &mut Cx<'a>, time: i64) -> Result<DateTime, Throw> {
        Ok(Self::from_file_time_utc(cx, time)?.with_kind(Kind::Local))
    }

    /// The UTC time of a file time.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such date.
    #[member("static DateTime FromFileTimeUtc(long fileTime)", pure)]
    fn from_file_time_utc(cx: &mut Cx<'a>, time: i64) -> Result<DateTime, Throw> {
        let ticks = time.checked_add(FILE_TIME_TICKS).filter(|_| time >= 0);
        let date = ticks.and_then(|ticks| DateTime::from_ticks(ticks, Kind::Utc).ok());
        date.ok_or_else(|| throw_range(cx, "Not a valid Win32 FileTime.", "fileTime"))
    }

    /// The date of OLE: days since 30 December 1899.
    ///
    /// # Throws
    /// `OverflowException` for dates before the year 100.
    #[member("double ToOADate()", pure)]
    fn to_oa_date(this: DateTime, cx: &mut Cx<'a>) -> Result<f64, Throw> {
        let ticks = this.ticks();
        if ticks == 0 {
            return Ok(0.0);
        }
        // Times of day without a date are kept as such.
        let ticks = if ticks < time::TICKS_PER_DAY { ticks + OLE_TICKS } else { ticks };
        if ticks < (36_524 - 365) * time::TICKS_PER_DAY {
            return Err(cx.throw(Ty(&OVERFLOW_EXCEPTION), "Not a legal OleAut date."));
        }
        let mut milliseconds = (ticks - OLE_TICKS) / time::TICKS_PER_MILLISECOND;
        if milliseconds < 0 {
            // Before 1899 the fraction counts forward while the days count back.
            let fraction = milliseconds % MILLISECONDS_PER_DAY;
            if fraction != 0 {
                milliseconds -= (MILLISECONDS_PER_DAY + fraction) * 2;
            }
        }
        Ok(milliseconds as f64 / MILLISECONDS_PER_DAY as f64)
    }

    /// The date of a date of OLE.
    ///
    /// # Throws
    /// `ArgumentException` if there is no such date.
    #[member("static DateTime FromOADate(double d)", pure)]
    fn from_oa_date(cx: &mut Cx<'a>, d: f64) -> Result<DateTime, Throw> {
        let date = Some(d).filter(|d| *d < 2_958_466.0 && *d > -657_435.0).and_then(|d| {
            let mut milliseconds = (d * MILLISECONDS_PER_DAY as f64 + if d >= 0.0 { 0.5 } else { -0.5 }) as i64;
            if milliseconds < 0 {
                milliseconds -= (milliseconds % MILLISECONDS_PER_DAY) * 2;
            }
            let ticks = milliseconds.checked_mul(time::TICKS_PER_MILLISECOND)?.checked_add(OLE_TICKS)?;
            DateTime::from_ticks(ticks, Kind::Unspecified).ok()
        });
        date.ok_or_else(|| cx.throw(Ty(&ARGUMENT_EXCEPTION), "Not a legal OleAut date."))
    }
}

#[cfg(test)]
mod tests {
    use crate::format::time::{DateTime, Kind};
    use crate::testing::call;

    fn date(year: i32, month: i32, day: i32) -> DateTime {
        DateTime::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn dates_are_other_numbers() {
        let utc = date(2024, 1, 1).with_kind(Kind::Utc);
        assert_eq!(call("System.DateTime::long ToFileTimeUtc()", &[&utc]), "133485408000000000");
        assert_eq!(
            call("System.DateTime::long ToFileTimeUtc()", &[&date(1600, 1, 1)]),
            "ArgumentOutOfRangeException: Not a valid Win32 FileTime."
        );
        let binary = call("System.DateTime::long ToBinary()", &[&utc]).parse::<i64>().unwrap();
        assert_eq!(
            call("System.DateTime::static DateTime FromBinary(long dateData)", &[&binary]),
            "2024-01-01T00:00:00.0000000Z"
        );
        assert_eq!(call("System.DateTime::double ToOADate()", &[&date(2024, 1, 1)]), "45292");
        assert_eq!(
            call("System.DateTime::static DateTime FromOADate(double d)", &[&45292.25]),
            "2024-01-01T06:00:00.0000000"
        );
        assert_eq!(
            call("System.DateTime::static DateTime FromOADate(double d)", &[&-1.25]),
            "1899-12-29T06:00:00.0000000"
        );
        assert_eq!(
            call("System.DateTime::static DateTime FromOADate(double d)", &[&f64::NAN]),
            "ArgumentException: Not a legal OleAut date."
        );
    }
}
