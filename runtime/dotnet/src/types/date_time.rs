//! `System.DateTime`: a date and time with its kind.
//!
//! The gateway's own time zone is UTC. Not here: text (`date_time_text`), and the computations (`format::time`).

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::Fault;
use crate::format::time::{self, DateTime, Kind, TimeSpan};
use crate::object::{IntoReference, NotNull, Obj, Ops, REFERENCE, boxed};
use crate::rt::Scalar;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time_number::NUMBERS;
use crate::types::date_time_text::{TEXT, default_text, formatted};
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};
use crate::word::{FromWord, IntoWord, Repr, Role, Word};

// SAFETY: every word is accepted; bits that no date has give the nearest.
unsafe impl<'a> FromWord<'a> for DateTime {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        Ok(Self::from_bits(word.0))
    }
}

impl<'a> IntoWord<'a> for DateTime {
    const REPR: Repr = Repr::I64;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        Word(self.bits())
    }
}

impl Scalar for DateTime {
    #[inline]
    fn of(word: Word) -> Self {
        Self::from_bits(word.0)
    }
}

// SAFETY: a `DateTime?` that has a value is a box of it.
unsafe impl<'a> NotNull<'a> for DateTime {
    #[inline]
    unsafe fn from_not_null(word: Word) -> Self {
        // SAFETY: a box, by the static type.
        Self::of(unsafe { &*(word.0 as *const crate::object::Boxed) }.value)
    }
}

impl<'a> IntoReference<'a> for DateTime {
    fn into_reference(self, cx: &mut Cx<'a>) -> Word {
        boxed(cx, Ty(&DATE_TIME), Word(self.bits()))
    }
}

pub(crate) fn thrown<T>(cx: &mut Cx<'_>, result: Result<T, Fault>) -> Result<T, Throw> {
    result.map_err(|fault| cx.throw_fault(&fault))
}

/// The universal time that is now.
pub(crate) fn now(cx: &Cx<'_>) -> DateTime {
    DateTime::from_ticks(cx.ambient().utc_ticks(), Kind::Utc).unwrap_or(DateTime::MIN)
}

/// A value of `DateTimeKind`.
///
/// # Errors
/// `ArgumentException` for another number.
fn kind_of(cx: &mut Cx<'_>, kind: i32) -> Result<Kind, Throw> {
    match kind {
        0 => Ok(Kind::Unspecified),
        1 => Ok(Kind::Utc),
        2 => Ok(Kind::Local),
        _ => Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Invalid DateTimeKind value.", "kind")),
    }
}

/// The members of `DateTime`.
pub struct DateTimeType;

/// A date and time, to 100 ns, with its kind.
#[members("public struct System.DateTime : IComparable, IComparable<DateTime>, IEquatable<DateTime>, IFormattable",
    as = DATE_TIME, repr = I64, ops = DATE_TIME_OPS, groups = [CONSTRUCTORS, PARTS, CHANGES, COMPARISON, NUMBERS, TEXT])]
impl<'a> DateTimeType {
    /// 1 January 0001.
    #[member("static DateTime MinValue { get; }", pure)]
    fn min_value() -> DateTime {
        DateTime::MIN
    }

    /// The last tick of 31 December 9999.
    #[member("static DateTime MaxValue { get; }", pure)]
    fn max_value() -> DateTime {
        DateTime::MAX
    }

    /// 1 January 1970, UTC.
    #[member("static DateTime UnixEpoch { get; }", pure)]
    fn unix_epoch() -> DateTime {
        DateTime::UNIX_EPOCH
    }

    /// The time now, as local time, which in the gateway is UTC.
    #[member("static DateTime Now { get; }")]
    fn now(cx: &mut Cx<'a>) -> DateTime {
        now(cx).with_kind(Kind::Local)
    }

    /// The time now, UTC.
    #[member("static DateTime UtcNow { get; }")]
    fn utc_now(cx: &mut Cx<'a>) -> DateTime {
        now(cx)
    }

    /// The date today.
    #[member("static DateTime Today { get; }")]
    fn today(cx: &mut Cx<'a>) -> DateTime {
        now(cx).with_kind(Kind::Local).date()
    }

    /// Whether the other is the same date and time; the kind does not matter.
    #[member("bool Equals(object value)", pure)]
    fn equals_object(this: DateTime, value: Option<Obj<'a>>) -> bool {
        value_if(value, Ty(&DATE_TIME)) == Some(this)
    }

    /// Whether both are the same date and time; the kind does not matter.
    #[member("bool Equals(DateTime value)", pure)]
    fn equals(this: DateTime, value: DateTime) -> bool {
        this == value
    }

    /// Whether both are the same date and time; the kind does not matter.
    #[member("static bool Equals(DateTime t1, DateTime t2)", pure)]
    fn equals_both(a: DateTime, b: DateTime) -> bool {
        a == b
    }

    /// The order of the two: negative, zero or positive; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the object is no `DateTime`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(this: DateTime, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        compare_to_object(cx, Ty(&DATE_TIME), value, |other: DateTime| this.cmp(&other))
    }

    /// The order of the two: negative, zero or positive.
    #[member("int CompareTo(DateTime value)", pure)]
    fn compare_to(this: DateTime, value: DateTime) -> i32 {
        sign_of(this.cmp(&value))
    }

    /// The order of the two: negative, zero or positive.
    #[member("static int Compare(DateTime t1, DateTime t2)", pure)]
    fn compare(a: DateTime, b: DateTime) -> i32 {
        sign_of(a.cmp(&b))
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: DateTime) -> i32 {
        hash(this)
    }

    /// The kind of the type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(_this: DateTime) -> i32 {
        16
    }

    /// How many days a month has.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such month.
    #[member("static int DaysInMonth(int year, int month)", pure)]
    fn days_in_month(cx: &mut Cx<'a>, year: i32, month: i32) -> Result<i32, Throw> {
        thrown(cx, time::days_in_month(year, month))
    }

    /// Whether a year has a 29 February.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless the year is from 1 to 9999.
    #[member("static bool IsLeapYear(int year)", pure)]
    fn is_leap_year(cx: &mut Cx<'a>, year: i32) -> Result<bool, Throw> {
        thrown(cx, time::is_leap_year(year))
    }

    /// The same date and time of another kind.
    ///
    /// # Throws
    /// `ArgumentException` for a kind that there is not.
    #[member("static DateTime SpecifyKind(DateTime value, DateTimeKind kind)", pure)]
    fn specify_kind(cx: &mut Cx<'a>, value: DateTime, kind: i32) -> Result<DateTime, Throw> {
        Ok(value.with_kind(kind_of(cx, kind)?))
    }

    /// Whether the clocks are put forward then; never, as the gateway's time zone is UTC.
    #[member("bool IsDaylightSavingTime()", pure)]
    fn is_daylight_saving_time(_this: DateTime) -> bool {
        false
    }

    /// The same moment as UTC.
    #[member("DateTime ToUniversalTime()", pure)]
    fn to_universal_time(this: DateTime) -> DateTime {
        this.to_universal_time()
    }

    /// The same moment as local time, which in the gateway is UTC.
    #[member("DateTime ToLocalTime()", pure)]
    fn to_local_time(this: DateTime) -> DateTime {
        this.to_local_time()
    }
}

/// The constructors of `DateTime`.
pub struct Constructors;

/// Dates from their parts.
#[members("System.DateTime", group = CONSTRUCTORS)]
impl<'a> Constructors {
    /// The moment of so many ticks (100 ns) since 1 January 0001.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it lies outside of the calendar.
    #[member("DateTime(long ticks)", pure)]
    fn of_ticks(cx: &mut Cx<'a>, ticks: i64) -> Result<DateTime, Throw> {
        thrown(cx, DateTime::from_ticks(ticks, Kind::Unspecified))
    }

    /// The moment of so many ticks (100 ns) since 1 January 0001, of a kind.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it lies outside of the calendar.
    #[member("DateTime(long ticks, DateTimeKind kind)", pure)]
    fn of_ticks_and_kind(cx: &mut Cx<'a>, ticks: i64, kind: i32) -> Result<DateTime, Throw> {
        let kind = kind_of(cx, kind)?;
        thrown(cx, DateTime::from_ticks(ticks, kind))
    }

    /// Midnight of a day.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such day.
    #[member("DateTime(int year, int month, int day)", pure)]
    fn of_day(cx: &mut Cx<'a>, year: i32, month: i32, day: i32) -> Result<DateTime, Throw> {
        thrown(cx, DateTime::from_ymd(year, month, day))
    }

    /// A day and time.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such day or time.
    #[member("DateTime(int year, int month, int day, int hour, int minute, int second)", pure)]
    fn of_second(
        cx: &mut Cx<'a>,
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
    ) -> Result<DateTime, Throw> {
        thrown(cx, DateTime::from_parts(year, month, day, hour, minute, second, 0, Kind::Unspecified))
    }

    /// A day and time of a kind.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such day or time.
    #[member("DateTime(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind)", pure)]
    #[expect(clippy::too_many_arguments, reason = "so has the constructor of .NET")]
    fn of_second_and_kind(
        cx: &mut Cx<'a>,
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
        kind: i32,
    ) -> Result<DateTime, Throw> {
        let kind = kind_of(cx, kind)?;
        thrown(cx, DateTime::from_parts(year, month, day, hour, minute, second, 0, kind))
    }

    /// A day and time, to the millisecond.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such day or time.
    #[member("DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond)", pure)]
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
    ) -> Result<DateTime, Throw> {
        thrown(cx, DateTime::from_parts(year, month, day, hour, minute, second, millisecond, Kind::Unspecified))
    }

    /// A day and time of a kind, to the millisecond.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such day or time.
    #[member(
        "DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond, DateTimeKind kind)",
        pure
    )]
    #[expect(clippy::too_many_arguments, reason = "so has the constructor of .NET")]
    fn of_millisecond_and_kind(
        cx: &mut Cx<'a>,
        year: i32,
        month: i32,
        day: i32,
        hour: i32,
        minute: i32,
        second: i32,
        millisecond: i32,
        kind: i32,
    ) -> Result<DateTime, Throw> {
        let kind = kind_of(cx, kind)?;
        thrown(cx, DateTime::from_parts(year, month, day, hour, minute, second, millisecond, kind))
    }
}

/// The parts of a `DateTime`.
pub struct Parts;

/// Parts of a date and time.
#[members("System.DateTime", group = PARTS)]
impl<'a> Parts {
    /// The year, from 1 to 9999.
    #[member("int Year { get; }", pure)]
    fn year(this: DateTime) -> i32 {
        this.year()
    }

    /// The month, from 1 to 12.
    #[member("int Month { get; }", pure)]
    fn month(this: DateTime) -> i32 {
        this.month()
    }

    /// The day of the month, from 1.
    #[member("int Day { get; }", pure)]
    fn day(this: DateTime) -> i32 {
        this.day()
    }

    /// The hour, from 0 to 23.
    #[member("int Hour { get; }", pure)]
    fn hour(this: DateTime) -> i32 {
        this.hour()
    }

    /// The minute.
    #[member("int Minute { get; }", pure)]
    fn minute(this: DateTime) -> i32 {
        this.minute()
    }

    /// The second.
    #[member("int Second { get; }", pure)]
    fn second(this: DateTime) -> i32 {
        this.second()
    }

    /// The millisecond.
    #[member("int Millisecond { get; }", pure)]
    fn millisecond(this: DateTime) -> i32 {
        this.millisecond()
    }

    /// The day of the year, from 1.
    #[member("int DayOfYear { get; }", pure)]
    fn day_of_year(this: DateTime) -> i32 {
        this.day_of_year()
    }

    /// The day of the week.
    #[member("DayOfWeek DayOfWeek { get; }", pure)]
    fn day_of_week(this: DateTime) -> i32 {
        this.day_of_week()
    }

    /// Whether it is UTC, local time, or of a zone that nobody said.
    #[member("DateTimeKind Kind { get; }", pure)]
    fn kind(this: DateTime) -> i32 {
        this.kind() as i32
    }

    /// Ticks (100 ns) since 1 January 0001.
    #[member("long Ticks { get; }", pure)]
    fn ticks(this: DateTime) -> i64 {
        this.ticks()
    }

    /// Midnight of the day.
    #[member("DateTime Date { get; }", pure)]
    fn date(this: DateTime) -> DateTime {
        this.date()
    }

    /// The time since midnight.
    #[member("TimeSpan TimeOfDay { get; }", pure)]
    fn time_of_day(this: DateTime) -> TimeSpan {
        this.time_of_day()
    }
}

/// Changed copies of a `DateTime`.
pub struct Changes;

/// Later and earlier moments. All throw `ArgumentOutOfRangeException` where the result lies outside of the calendar.
#[members("System.DateTime", group = CHANGES)]
impl<'a> Changes {
    /// So many days later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddDays(double value)", pure)]
    fn add_days(this: DateTime, cx: &mut Cx<'a>, value: f64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_days(value))
    }

    /// So many hours later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddHours(double value)", pure)]
    fn add_hours(this: DateTime, cx: &mut Cx<'a>, value: f64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_hours(value))
    }

    /// So many minutes later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddMinutes(double value)", pure)]
    fn add_minutes(this: DateTime, cx: &mut Cx<'a>, value: f64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_minutes(value))
    }

    /// So many seconds later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddSeconds(double value)", pure)]
    fn add_seconds(this: DateTime, cx: &mut Cx<'a>, value: f64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_seconds(value))
    }

    /// So many milliseconds later, fractions included.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddMilliseconds(double value)", pure)]
    fn add_milliseconds(this: DateTime, cx: &mut Cx<'a>, value: f64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_milliseconds(value))
    }

    /// So many ticks (100 ns) later.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddTicks(long value)", pure)]
    fn add_ticks(this: DateTime, cx: &mut Cx<'a>, value: i64) -> Result<DateTime, Throw> {
        thrown(cx, this.add_ticks(value))
    }

    /// So many months later; the day is cut down to the last of the month.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddMonths(int months)", pure)]
    fn add_months(this: DateTime, cx: &mut Cx<'a>, value: i32) -> Result<DateTime, Throw> {
        thrown(cx, this.add_months(value))
    }

    /// So many years later; 29 February may become the 28th.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime AddYears(int value)", pure)]
    fn add_years(this: DateTime, cx: &mut Cx<'a>, value: i32) -> Result<DateTime, Throw> {
        thrown(cx, this.add_years(value))
    }

    /// Later by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime Add(TimeSpan value)", pure)]
    fn add(this: DateTime, cx: &mut Cx<'a>, value: TimeSpan) -> Result<DateTime, Throw> {
        thrown(cx, this.plus(value))
    }

    /// Earlier by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("DateTime Subtract(TimeSpan value)", pure)]
    fn subtract(this: DateTime, cx: &mut Cx<'a>, value: TimeSpan) -> Result<DateTime, Throw> {
        thrown(cx, this.minus(value))
    }

    /// The time between the two.
    #[member("TimeSpan Subtract(DateTime value)", pure)]
    fn subtract_date(this: DateTime, value: DateTime) -> TimeSpan {
        this.since(value)
    }

    /// Later by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("static DateTime operator +(DateTime d, TimeSpan t)", pure)]
    fn plus(cx: &mut Cx<'a>, d: DateTime, t: TimeSpan) -> Result<DateTime, Throw> {
        thrown(cx, d.plus(t))
    }

    /// Earlier by a time span.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the result lies outside of the calendar.
    #[member("static DateTime operator -(DateTime d, TimeSpan t)", pure)]
    fn minus(cx: &mut Cx<'a>, d: DateTime, t: TimeSpan) -> Result<DateTime, Throw> {
        thrown(cx, d.minus(t))
    }

    /// The time between the two.
    #[member("static TimeSpan operator -(DateTime d1, DateTime d2)", pure)]
    fn since(a: DateTime, b: DateTime) -> TimeSpan {
        a.since(b)
    }
}

/// Comparison of two values.
pub struct Comparison;

/// Comparison of two values.
#[members("System.DateTime", group = COMPARISON)]
impl<'a> Comparison {
    /// Whether both are the same moment.
    #[member("static bool operator ==(DateTime a, DateTime b)", pure)]
    fn same(a: DateTime, b: DateTime) -> bool {
        a == b
    }

    /// Whether they differ.
    #[member("static bool operator !=(DateTime a, DateTime b)", pure)]
    fn differ(a: DateTime, b: DateTime) -> bool {
        a != b
    }

    /// Whether the first is earlier.
    #[member("static bool operator <(DateTime a, DateTime b)", pure)]
    fn less(a: DateTime, b: DateTime) -> bool {
        a < b
    }

    /// Whether the first is not later.
    #[member("static bool operator <=(DateTime a, DateTime b)", pure)]
    fn less_or_equal(a: DateTime, b: DateTime) -> bool {
        a <= b
    }

    /// Whether the first is later.
    #[member("static bool operator >(DateTime a, DateTime b)", pure)]
    fn greater(a: DateTime, b: DateTime) -> bool {
        a > b
    }

    /// Whether the first is not earlier.
    #[member("static bool operator >=(DateTime a, DateTime b)", pure)]
    fn greater_or_equal(a: DateTime, b: DateTime) -> bool {
        a >= b
    }
}

/// The behaviour of boxed dates.
pub static DATE_TIME_OPS: Ops = Ops {
    to_text: |cx, object| Ok(default_text(cx, value_of(object))),
    format: Some(|cx, object, format| formatted(cx, value_of(object), Some(format))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<DateTime>(a) == value_of(b)),
    hash: |_, object| Ok(hash(value_of(object))),
    compare: Some(|_, a, b| Ok(value_of::<DateTime>(a).cmp(&value_of(b)))),
    ..REFERENCE
};

fn hash(value: DateTime) -> i32 {
    (value.ticks() ^ (value.ticks() >> 32)) as i32
}

#[cfg(test)]
mod tests {
    use crate::format::time::{DateTime, Kind};
    use crate::testing::{Null, Object, call};

    fn date(year: i32, month: i32, day: i32) -> DateTime {
        DateTime::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn dates_are_made_and_taken_apart() {
        let second = "System.DateTime::DateTime(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind)";
        assert_eq!(call(second, &[&2024, &3, &5, &14, &7, &9, &1]), "2024-03-05T14:07:09.0000000Z");
        assert_eq!(
            call(second, &[&2024, &3, &5, &14, &7, &9, &7]),
            "ArgumentException: Invalid DateTimeKind value. (Parameter 'kind')"
        );
        assert!(
            call("System.DateTime::DateTime(int year, int month, int day)", &[&2023, &2, &29])
                .starts_with("ArgumentOutOfRangeException: ")
        );
        for (member, expected) in [
            ("int Year { get; }", "2024"),
            ("DayOfWeek DayOfWeek { get; }", "Tuesday"),
            ("int DayOfYear { get; }", "65"),
            ("long Ticks { get; }", "638451936000000000"),
            ("DateTimeKind Kind { get; }", "Unspecified"),
        ] {
            assert_eq!(call(&format!("System.DateTime::{member}"), &[&date(2024, 3, 5)]), expected, "{member}");
        }
        assert_eq!(call("System.DateTime::static DateTime UtcNow { get; }", &[]), "2026-03-14T15:09:26.5350000Z");
        assert_eq!(call("System.DateTime::static DateTime Today { get; }", &[]), "2026-03-14T00:00:00.0000000+00:00");
    }

    #[test]
    fn dates_are_computed_and_compared() {
        assert_eq!(
            call("System.DateTime::DateTime AddMonths(int months)", &[&date(2024, 1, 31), &1]),
            "2024-02-29T00:00:00.0000000"
        );
        assert_eq!(
            call("System.DateTime::DateTime AddDays(double value)", &[&date(2024, 1, 1), &1.5]),
            "2024-01-02T12:00:00.0000000"
        );
        assert!(
            call("System.DateTime::DateTime AddDays(double value)", &[&date(9999, 12, 31), &1.0])
                .starts_with("ArgumentOutOfRangeException")
        );
        assert_eq!(
            call(
                "System.DateTime::static TimeSpan operator -(DateTime d1, DateTime d2)",
                &[&date(2024, 3, 1), &date(2024, 2, 1)]
            ),
            "29.00:00:00"
        );
        let utc = date(2024, 1, 1).with_kind(Kind::Utc);
        assert_eq!(
            call("System.DateTime::static bool operator ==(DateTime a, DateTime b)", &[&utc, &date(2024, 1, 1)]),
            "True"
        );
        assert_eq!(call("System.DateTime::bool Equals(object value)", &[&utc, &Object(date(2024, 1, 1))]), "True");
        assert_eq!(call("System.DateTime::int CompareTo(object value)", &[&utc, &Null]), "1");
        assert_eq!(call("System.Object::bool Equals(object obj)", &[&Object(utc), &Object(date(2024, 1, 1))]), "True");
    }
}
