//! `System.DateTimeOffset`: a date and time with its distance from UTC.
//!
//! Not here: text (`date_time_offset_text`), and the computations (`format::time`).

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::time::{DateTime, DateTimeOffset, Kind, TimeSpan};
use crate::object::{Obj, Ops, REFERENCE};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::{now, thrown};
use crate::types::date_time_number::FILE_TIME_TICKS;
use crate::types::date_time_offset_text::{TEXT, default_text, formatted};
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::primitive::sign_of;
use crate::types::string::throw_range;
use crate::types::struct_value::struct_value;

struct_value!(OffsetObj, DateTimeOffset, DATE_TIME_OFFSET, DATE_TIME_OFFSET_DEF, DateTimeOffset::MIN);

/// The members of `DateTimeOffset`.
pub struct DateTimeOffsetType;

/// A date and time with its distance from UTC.
#[members("public struct System.DateTimeOffset : IComparable, IComparable<DateTimeOffset>, IEquatable<DateTimeOffset>, IFormattable",
    as = DATE_TIME_OFFSET, ops = DATE_TIME_OFFSET_OPS, groups = [CONSTRUCTORS, PARTS, CHANGES, COMPARISON, TEXT])]
impl<'a> DateTimeOffsetType {
    /// 1 January 0001, UTC.
    #[member("static DateTimeOffset MinValue { get; }", pure)]
    fn min_value() -> DateTimeOffset {
        DateTimeOffset::MIN
    }

    /// The last tick of 31 December 9999, UTC.
    #[member("static DateTimeOffset MaxValue { get; }", pure)]
    fn max_value() -> DateTimeOffset {
        DateTimeOffset::MAX
    }

    /// 1 January 1970, UTC.
    #[member("static DateTimeOffset UnixEpoch { get; }", pure)]
    fn unix_epoch() -> DateTimeOffset {
        DateTimeOffset::from_date_time(DateTime::UNIX_EPOCH)
    }

    /// The time now; the gateway's time zone is UTC.
    #[member("static DateTimeOffset Now { get; }")]
    fn now(cx: &mut Cx<'a>) -> DateTimeOffset {
        DateTimeOffset::from_date_time(now(cx))
    }

    /// The time now, UTC.
    #[member("static DateTimeOffset UtcNow { get; }")]
    fn utc_now(cx: &mut Cx<'a>) -> DateTimeOffset {
        DateTimeOffset::from_date_time(now(cx))
    }

    /// Whether the other is the same moment, whatever its offset.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(this: DateTimeOffset, obj: Option<Obj<'a>>) -> bool {
        obj.and_then(OffsetObj::value_of) == Some(this)
    }

    /// Whether both are the same moment, whatever their offsets.
    #[member("bool Equals(DateTimeOffset other)", pure)]
    fn equals(this: DateTimeOffset, other: DateTimeOffset) -> bool {
        this == other
    }

    /// Whether both are the same moment, whatever their offsets.
    #[member("static bool Equals(DateTimeOffset first, DateTimeOffset second)", pure)]
    fn equals_both(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a == b
    }

    /// Whether both are the same moment with the same offset.
    #[member("bool EqualsExact(DateTimeOffset other)", pure)]
    fn equals_exact(this: DateTimeOffset, other: DateTimeOffset) -> bool {
        this.equals_exact(other)
    }

    /// The order of the two: negative, zero or positive.
    #[member("int CompareTo(DateTimeOffset other)", pure)]
    fn compare_to(this: DateTimeOffset, other: DateTimeOffset) -> i32 {
        sign_of(this.cmp(&other))
    }

    /// The order of the two: negative, zero or positive.
    #[member("static int Compare(DateTimeOffset first, DateTimeOffset second)", pure)]
    fn compare(a: DateTimeOffset, b: DateTimeOffset) -> i32 {
        sign_of(a.cmp(&b))
    }

    /// A number that is the same for the same moment.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: DateTimeOffset) -> i32 {
        hash(this)
    }
}

/// The constructors of `DateTimeOffset`.
pub struct Constructors;

/// Moments from their parts.
#[members("System.DateTimeOffset", group = CONSTRUCTORS)]
impl<'a> Constructors {
    /// The moment of a date and time; local time and times of no zone are UTC, as the gateway is.
    #[member("DateTimeOffset(DateTime dateTime)", pure)]
    fn of_date(date: DateTime) -> DateTimeOffset {
        DateTimeOffset::from_date_time(date)
    }

    /// The moment of a date and time; local time and times of no zone are UTC, as the gateway is.
    #[member("static implicit operator DateTimeOffset(DateTime dateTime)", pure)]
    fn from_date(date: DateTime) -> DateTimeOffset {
        DateTimeOffset::from_date_time(date)
    }

    /// A date and time at an offset from UTC.
    ///
    /// # Throws
    /// `ArgumentException` if the offset is not of whole minutes or does not suit the kind; `ArgumentOutOfRangeException`
    /// if it exceeds 14 hours.
    #[member("DateTimeOffset(DateTime dateTime, TimeSpan offset)", pure)]
    fn of_date_and_offset(cx: &mut Cx<'a>, date: DateTime, offset: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, DateTimeOffset::from_date_time_with_offset(date, offset))
    }

    /// A date and time of so many ticks (100 ns) since 1 January 0001 at an offset from UTC.
    ///
    /// # Throws
    /// `ArgumentException`, `ArgumentOutOfRangeException`.
    #[member("DateTimeOffset(long ticks, TimeSpan offset)", pure)]
    fn of_ticks(cx: &mut Cx<'a>, ticks: i64, offset: TimeSpan) -> Result<DateTimeOffset, Throw> {
        let clock = DateTime::from_ticks(ticks, Kind::Unspecified);
        thrown(cx, clock.and_then(|clock| DateTimeOffset::from_clock(clock, offset)))
    }

    /// A day and time at an offset from UTC.
    ///
    /// # Throws
    /// `ArgumentException`, `ArgumentOutOfRangeException`.
    #[member("DateTimeOffset(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)", pure)]
    #[expect(clippy::too_many_arguments, reason = "so has the constructor of .NET")]
    fn of_second(
        cx: &mut Cx<'a>,
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
        offset: TimeSpan,
    ) -> Result<DateTimeOffset, Throw> {
        let clock = DateTime::from_parts(year, month, day, hour, minute, second, 0, Kind::Unspecified);
        thrown(cx, clock.and_then(|clock| DateTimeOffset::from_clock(clock, offset)))
    }

    /// A day and time, to the millisecond, at an offset from UTC.
    ///
    /// # Throws
    /// `ArgumentException`, `ArgumentOutOfRangeException`.
    #[member(
        "DateTimeOffset(int year, int month, int day, int hour, int minute, int second, int millisecond, TimeSpan offset)",
        pure
    )]
    #[expect(clippy::too_many_arguments, reason = "so has the constructor of .NET")]
    fn of_millisecond(
        cx: &mut Cx<'a>,
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
        millisecond: i32,
        offset: TimeSpan,
    ) -> Result<DateTimeOffset, Throw> {
        let clock = DateTime::from_parts(year, month, day, hour, minute, second, millisecond, Kind::Unspecified);
        thrown(cx, clock.and_then(|clock| DateTimeOffset::from_clock(clock, offset)))
    }

    /// The moment of so many seconds since 1 January 1970, UTC.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it lies outside of the calendar.
    #[member("static DateTimeOffset FromUnixTimeSeconds(long seconds)", pure)]
    fn from_unix_time_seconds(cx: &mut Cx<'a>, seconds: i64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, DateTimeOffset::from_unix_time_seconds(seconds))
    }

    /// The moment of so many milliseconds since 1 January 1970, UTC.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it lies outside of the calendar.
    #[member("static DateTimeOffset FromUnixTimeMilliseconds(long milliseconds)", pure)]
    fn from_unix_time_milliseconds(cx: &mut Cx<'a>, milliseconds: i64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, DateTimeOffset::from_unix_time_milliseconds(milliseconds))
    }

    /// The moment of a file time of Windows: ticks (100 ns) since 1601.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such date.
    #[member("static DateTimeOffset FromFileTime(long fileTime)", pure)]
    fn from_file_time(cx: &mut Cx<'a>, time: i64) -> Result<DateTimeOffset, Throw> {
        let ticks = time.checked_add(FILE_TIME_TICKS).filter(|_| time >= 0);
        match ticks.and_then(|ticks| DateTime::from_ticks(ticks, Kind::Utc).ok()) {
            Some(date) => Ok(DateTimeOffset::from_date_time(date)),
            None => Err(throw_range(cx, "Not a valid Win32 FileTime.", "fileTime")),
        }
    }
}

/// The parts of a `DateTimeOffset`.
pub struct Parts;

/// Parts of a moment. Date and time are those of its own offset.
#[members("System.DateTimeOffset", group = PARTS)]
impl<'a> Parts {
    /// The year, from 1 to 9999.
    #[member("int Year { get; }", pure)]
    fn year(this: DateTimeOffset) -> i32 {
        this.clock().year()
    }

    /// The month, from 1 to 12.
    #[member("int Month { get; }", pure)]
    fn month(this: DateTimeOffset) -> i32 {
        this.clock().month()
    }

    /// The day of the month, from 1.
    #[member("int Day { get; }", pure)]
    fn day(this: DateTimeOffset) -> i32 {
        this.clock().day()
    }

    /// The hour, from 0 to 23.
    #[member("int Hour { get; }", pure)]
    fn hour(this: DateTimeOffset) -> i32 {
        this.clock().hour()
    }

    /// The minute.
    #[member("int Minute { get; }", pure)]
    fn minute(this: DateTimeOffset) -> i32 {
        this.clock().minute()
    }

    /// The second.
    #[member("int Second { get; }", pure)]
    fn second(this: DateTimeOffset) -> i32 {
        this.clock().second()
    }

    /// The millisecond.
    #[member("int Millisecond { get; }", pure)]
    fn millisecond(this: DateTimeOffset) -> i32 {
        this.clock().millisecond()
    }

    /// The day of the year, from 1.
    #[member("int DayOfYear { get; }", pure)]
    fn day_of_year(this: DateTimeOffset) -> i32 {
        this.clock().day_of_year()
    }

    /// The day of the week.
    #[member("DayOfWeek DayOfWeek { get; }", pure)]
    fn day_of_week(this: DateTimeOffset) -> i32 {
        this.clock().day_of_week()
    }

    /// Ticks (100 ns) since 1 January 0001 on the clock of its offset.
    #[member("long Ticks { get; }", pure)]
    fn ticks(this: DateTimeOffset) -> i64 {
        this.clock().ticks()
    }

    /// Ticks (100 ns) since 1 January 0001, UTC.
    #[member("long UtcTicks { get; }", pure)]
    fn utc_ticks(this: DateTimeOffset) -> i64 {
        this.utc_ticks()
    }

    /// Midnight of the day.
    #[member("DateTime Date { get; }", pure)]
    fn date(this: DateTimeOffset) -> DateTime {
        this.clock().date()
    }

    /// The date and time, of no kind.
    #[member("DateTime DateTime { get; }", pure)]
    fn date_time(this: DateTimeOffset) -> DateTime {
        this.clock()
    }

    /// The date and time as UTC.
    #[member("DateTime UtcDateTime { get; }", pure)]
    fn utc_date_time(this: DateTimeOffset) -> DateTime {
        this.utc_date_time()
    }

    /// The date and time as local time, which in the gateway is UTC.
    #[member("DateTime LocalDateTime { get; }", pure)]
    fn local_date_time(this: DateTimeOffset) -> DateTime {
        this.local_date_time()
    }

    /// The distance from UTC.
    #[member("TimeSpan Offset { get; }", pure)]
    fn offset(this: DateTimeOffset) -> TimeSpan {
        this.offset()
    }

    /// The time since midnight.
    #[member("TimeSpan TimeOfDay { get; }", pure)]
    fn time_of_day(this: DateTimeOffset) -> TimeSpan {
        this.clock().time_of_day()
    }

    /// Whole seconds since 1 January 1970, UTC, rounded down.
    #[member("long ToUnixTimeSeconds()", pure)]
    fn to_unix_time_seconds(this: DateTimeOffset) -> i64 {
        this.to_unix_time_seconds()
    }

    /// Whole milliseconds since 1 January 1970, UTC, rounded down.
    #[member("long ToUnixTimeMilliseconds()", pure)]
    fn to_unix_time_milliseconds(this: DateTimeOffset) -> i64 {
        this.to_unix_time_milliseconds()
    }

    /// The file time of Windows: ticks (100 ns) since 1601.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` for earlier dates.
    #[member("long ToFileTime()", pure)]
    fn to_file_time(this: DateTimeOffset, cx: &mut Cx<'a>) -> Result<i64, Throw> {
        let ticks = this.utc_ticks() - FILE_TIME_TICKS;
        if ticks < 0 { Err(throw_range(cx, "Not a valid Win32 FileTime.", "")) } else { Ok(ticks) }
    }
}

/// Changed copies of a `DateTimeOffset`.
pub struct Changes;

/// Later and earlier moments, and the same at other offsets.
#[members("System.DateTimeOffset", group = CHANGES)]
impl<'a> Changes {
    /// So many days later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddDays(double days)", pure)]
    fn add_days(this: DateTimeOffset, cx: &mut Cx<'a>, value: f64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_days(value)))
    }

    /// So many hours later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddHours(double hours)", pure)]
    fn add_hours(this: DateTimeOffset, cx: &mut Cx<'a>, value: f64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_hours(value)))
    }

    /// So many minutes later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddMinutes(double minutes)", pure)]
    fn add_minutes(this: DateTimeOffset, cx: &mut Cx<'a>, value: f64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_minutes(value)))
    }

    /// So many seconds later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddSeconds(double seconds)", pure)]
    fn add_seconds(this: DateTimeOffset, cx: &mut Cx<'a>, value: f64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_seconds(value)))
    }

    /// So many milliseconds later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddMilliseconds(double milliseconds)", pure)]
    fn add_milliseconds(this: DateTimeOffset, cx: &mut Cx<'a>, value: f64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_milliseconds(value)))
    }

    /// So many ticks (100 ns) later.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddTicks(long ticks)", pure)]
    fn add_ticks(this: DateTimeOffset, cx: &mut Cx<'a>, value: i64) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_ticks(value)))
    }

    /// So many months later; the day is cut down to the last of the month.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddMonths(int months)", pure)]
    fn add_months(this: DateTimeOffset, cx: &mut Cx<'a>, value: i32) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_months(value)))
    }

    /// So many years later; 29 February may become the 28th.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset AddYears(int years)", pure)]
    fn add_years(this: DateTimeOffset, cx: &mut Cx<'a>, value: i32) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.add_years(value)))
    }

    /// Later by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset Add(TimeSpan timeSpan)", pure)]
    fn add(this: DateTimeOffset, cx: &mut Cx<'a>, value: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.plus(value)))
    }

    /// Earlier by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTimeOffset Subtract(TimeSpan value)", pure)]
    fn subtract(this: DateTimeOffset, cx: &mut Cx<'a>, value: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.map_clock(|clock| clock.minus(value)))
    }

    /// The time between the two.
    #[member("TimeSpan Subtract(DateTimeOffset value)", pure)]
    fn subtract_moment(this: DateTimeOffset, value: DateTimeOffset) -> TimeSpan {
        this.since(value)
    }

    /// Later by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("static DateTimeOffset operator +(DateTimeOffset dateTimeOffset, TimeSpan timeSpan)", pure)]
    fn plus(cx: &mut Cx<'a>, moment: DateTimeOffset, value: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, moment.map_clock(|clock| clock.plus(value)))
    }

    /// Earlier by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("static DateTimeOffset operator -(DateTimeOffset dateTimeOffset, TimeSpan timeSpan)", pure)]
    fn minus(cx: &mut Cx<'a>, moment: DateTimeOffset, value: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, moment.map_clock(|clock| clock.minus(value)))
    }

    /// The time between the two.
    #[member("static TimeSpan operator -(DateTimeOffset left, DateTimeOffset right)", pure)]
    fn since(a: DateTimeOffset, b: DateTimeOffset) -> TimeSpan {
        a.since(b)
    }

    /// The same moment at another offset.
    ///
    /// # Throws
    /// `ArgumentException`, `ArgumentOutOfRangeException` for offsets that there are not.
    #[member("DateTimeOffset ToOffset(TimeSpan offset)", pure)]
    fn to_offset(this: DateTimeOffset, cx: &mut Cx<'a>, offset: TimeSpan) -> Result<DateTimeOffset, Throw> {
        thrown(cx, this.to_offset(offset))
    }

    /// The same moment at offset zero.
    #[member("DateTimeOffset ToUniversalTime()", pure)]
    fn to_universal_time(this: DateTimeOffset) -> DateTimeOffset {
        this.to_universal_time()
    }

    /// The same moment in the gateway's time zone, which is UTC.
    #[member("DateTimeOffset ToLocalTime()", pure)]
    fn to_local_time(this: DateTimeOffset) -> DateTimeOffset {
        this.to_universal_time()
    }
}

/// Comparison of two values.
pub struct Comparison;

/// Comparison of two values.
#[members("System.DateTimeOffset", group = COMPARISON)]
impl<'a> Comparison {
    /// Whether both are the same moment.
    #[member("static bool operator ==(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn same(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a == b
    }

    /// Whether they differ.
    #[member("static bool operator !=(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn differ(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a != b
    }

    /// Whether the first is earlier.
    #[member("static bool operator <(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn less(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a < b
    }

    /// Whether the first is not later.
    #[member("static bool operator <=(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn less_or_equal(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a <= b
    }

    /// Whether the first is later.
    #[member("static bool operator >(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn greater(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a > b
    }

    /// Whether the first is not earlier.
    #[member("static bool operator >=(DateTimeOffset a, DateTimeOffset b)", pure)]
    fn greater_or_equal(a: DateTimeOffset, b: DateTimeOffset) -> bool {
        a >= b
    }
}

/// The behaviour of moments.
pub static DATE_TIME_OFFSET_OPS: Ops = Ops {
    to_text: |cx, object| Ok(default_text(cx, of(object))),
    format: Some(|cx, object, format| formatted(cx, of(object), Some(format))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && of(a) == of(b)),
    hash: |_, object| Ok(hash(of(object))),
    compare: Some(|cx, a, b| match OffsetObj::value_of(b) {
        Some(b) => Ok(of(a).cmp(&b)),
        None => Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Object must be of type DateTimeOffset.")),
    }),
    default: Some(OffsetObj::default_word),
    ..REFERENCE
};

fn of(object: Obj<'_>) -> DateTimeOffset {
    OffsetObj::value_of(object).unwrap_or(DateTimeOffset::MIN)
}

fn hash(value: DateTimeOffset) -> i32 {
    (value.utc_ticks() ^ (value.utc_ticks() >> 32)) as i32
}

#[cfg(test)]
mod tests {
    use crate::format::time::{DateTime, Kind, TimeSpan};
    use crate::testing::{Null, call};

    fn hours(hours: i32) -> TimeSpan {
        TimeSpan::from_hms(hours, 0, 0).unwrap()
    }

    #[test]
    fn moments_are_made_moved_and_compared() {
        let make = "System.DateTimeOffset::DateTimeOffset(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)";
        assert_eq!(call(make, &[&2024, &3, &5, &14, &7, &9, &hours(2)]), "2024-03-05T14:07:09.0000000+02:00");
        assert!(call(make, &[&2024, &3, &5, &14, &7, &9, &hours(15)]).starts_with("ArgumentOutOfRangeException: "));
        let date = DateTime::from_parts(2024, 3, 5, 14, 0, 0, 0, Kind::Utc).unwrap();
        let moment = crate::format::time::DateTimeOffset::from_date_time(date);
        assert_eq!(
            call("System.DateTimeOffset::DateTimeOffset ToOffset(TimeSpan offset)", &[&moment, &hours(-5)]),
            "2024-03-05T09:00:00.0000000-05:00"
        );
        assert_eq!(call("System.DateTimeOffset::long ToUnixTimeSeconds()", &[&moment]), "1709647200");
        assert_eq!(
            call("System.DateTimeOffset::static DateTimeOffset FromUnixTimeSeconds(long seconds)", &[&-1_i64]),
            "1969-12-31T23:59:59.0000000+00:00"
        );
        assert_eq!(
            call("System.DateTimeOffset::static implicit operator DateTimeOffset(DateTime dateTime)", &[&date]),
            "2024-03-05T14:00:00.0000000+00:00"
        );
        let other = moment.to_offset(hours(3)).unwrap();
        assert_eq!(
            call(
                "System.DateTimeOffset::static bool operator ==(DateTimeOffset a, DateTimeOffset b)",
                &[&moment, &other]
            ),
            "True"
        );
        assert_eq!(call("System.DateTimeOffset::bool EqualsExact(DateTimeOffset other)", &[&moment, &other]), "False");
        assert_eq!(
            call("System.DateTimeOffset::DateTimeOffset AddMonths(int months)", &[&other, &1]),
            "2024-04-05T17:00:00.0000000+03:00"
        );
        assert_eq!(call("System.DateTimeOffset::int Year { get; }", &[&Null]), "1");
        assert_eq!(call("System.IComparable::int CompareTo(object obj)", &[&other, &moment]), "0");
    }
}
