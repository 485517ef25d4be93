//! `System.TimeSpan`: a length of time.
//!
//! Not here: text (`time_span_text`), and the computations (`format::time`).

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::time::{self, TimeSpan};
use crate::object::{IntoReference, NotNull, Obj, Ops, REFERENCE, boxed};
use crate::rt::Scalar;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::thrown;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};
use crate::types::time_span_text::{TEXT, default_text, formatted};
use crate::word::{FromWord, IntoWord, Repr, Role, Word};

// SAFETY: every word is accepted.
unsafe impl<'a> FromWord<'a> for TimeSpan {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        Ok(Self::from_ticks(word.0 as i64))
    }
}

impl<'a> IntoWord<'a> for TimeSpan {
    const REPR: Repr = Repr::I64;
    #[inline]
    fn into_word(self, _: &mut Cx<'a>) -> Word {
        Word(self.ticks() as u64)
    }
}

impl Scalar for TimeSpan {
    #[inline]
    fn of(word: Word) -> Self {
        Self::from_ticks(word.0 as i64)
    }
}

// SAFETY: a `TimeSpan?` that has a value is a box of it.
unsafe impl<'a> NotNull<'a> for TimeSpan {
    #[inline]
    unsafe fn from_not_null(word: Word) -> Self {
        // SAFETY: a box, by the static type.
        Self::of(unsafe { &*(word.0 as *const crate::object::Boxed) }.value)
    }
}

impl<'a> IntoReference<'a> for TimeSpan {
    fn into_reference(self, cx: &mut Cx<'a>) -> Word {
        boxed(cx, Ty(&TIME_SPAN), Word(self.ticks() as u64))
    }
}

/// The members of `TimeSpan`.
pub struct TimeSpanType;

/// A length of time, to 100 ns; it may be negative.
#[members("public struct System.TimeSpan : IComparable, IComparable<TimeSpan>, IEquatable<TimeSpan>, IFormattable",
    as = TIME_SPAN, repr = I64, ops = TIME_SPAN_OPS, groups = [PARTS, CHANGES, COMPARISON, TEXT])]
impl<'a> TimeSpanType {
    /// How many ticks (100 ns) a millisecond has.
    #[member("const long TicksPerMillisecond")]
    const TICKS_PER_MILLISECOND: Constant = Constant::Int(time::TICKS_PER_MILLISECOND);

    /// How many ticks (100 ns) a second has.
    #[member("const long TicksPerSecond")]
    const TICKS_PER_SECOND: Constant = Constant::Int(time::TICKS_PER_SECOND);

    /// How many ticks (100 ns) a minute has.
    #[member("const long TicksPerMinute")]
    const TICKS_PER_MINUTE: Constant = Constant::Int(time::TICKS_PER_MINUTE);

    /// How many ticks (100 ns) a hour has.
    #[member("const long TicksPerHour")]
    const TICKS_PER_HOUR: Constant = Constant::Int(time::TICKS_PER_HOUR);

    /// How many ticks (100 ns) a day has.
    #[member("const long TicksPerDay")]
    const TICKS_PER_DAY: Constant = Constant::Int(time::TICKS_PER_DAY);

    /// No time.
    #[member("static TimeSpan Zero { get; }", pure)]
    fn zero() -> TimeSpan {
        TimeSpan::ZERO
    }

    /// The longest time span.
    #[member("static TimeSpan MaxValue { get; }", pure)]
    fn max_value() -> TimeSpan {
        TimeSpan::MAX
    }

    /// The longest negative time span.
    #[member("static TimeSpan MinValue { get; }", pure)]
    fn min_value() -> TimeSpan {
        TimeSpan::MIN
    }

    /// So many ticks (100 ns).
    #[member("TimeSpan(long ticks)", pure)]
    fn of_ticks(ticks: i64) -> TimeSpan {
        TimeSpan::from_ticks(ticks)
    }

    /// So many hours, minutes and seconds; each may exceed its range.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it is too long.
    #[member("TimeSpan(int hours, int minutes, int seconds)", pure)]
    fn of_hours(cx: &mut Cx<'a>, hours: i32, minutes: i32, seconds: i32) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_hms(hours, minutes, seconds))
    }

    /// So many days, hours, minutes and seconds.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it is too long.
    #[member("TimeSpan(int days, int hours, int minutes, int seconds)", pure)]
    fn of_days(cx: &mut Cx<'a>, days: i32, hours: i32, minutes: i32, seconds: i32) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_dhms(days, hours, minutes, seconds, 0))
    }

    /// So many days, hours, minutes, seconds and milliseconds.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it is too long.
    #[member("TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds)", pure)]
    fn of_milliseconds(
        cx: &mut Cx<'a>,
        days: i32,
        hours: i32,
        minutes: i32,
        seconds: i32,
        milliseconds: i32,
    ) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_dhms(days, hours, minutes, seconds, milliseconds))
    }

    /// So many days, fractions included.
    ///
    /// # Throws
    /// `OverflowException` if it is too long, `ArgumentException` for NaN.
    #[member("static TimeSpan FromDays(double value)", pure)]
    fn from_days(cx: &mut Cx<'a>, value: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_days(value))
    }

    /// So many hours, fractions included.
    ///
    /// # Throws
    /// `OverflowException` if it is too long, `ArgumentException` for NaN.
    #[member("static TimeSpan FromHours(double value)", pure)]
    fn from_hours(cx: &mut Cx<'a>, value: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_hours(value))
    }

    /// So many minutes, fractions included.
    ///
    /// # Throws
    /// `OverflowException` if it is too long, `ArgumentException` for NaN.
    #[member("static TimeSpan FromMinutes(double value)", pure)]
    fn from_minutes(cx: &mut Cx<'a>, value: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_minutes(value))
    }

    /// So many seconds, fractions included.
    ///
    /// # Throws
    /// `OverflowException` if it is too long, `ArgumentException` for NaN.
    #[member("static TimeSpan FromSeconds(double value)", pure)]
    fn from_seconds(cx: &mut Cx<'a>, value: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_seconds(value))
    }

    /// So many milliseconds, fractions included.
    ///
    /// # Throws
    /// `OverflowException` if it is too long, `ArgumentException` for NaN.
    #[member("static TimeSpan FromMilliseconds(double value)", pure)]
    fn from_milliseconds(cx: &mut Cx<'a>, value: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::from_milliseconds(value))
    }

    /// So many ticks (100 ns).
    #[member("static TimeSpan FromTicks(long value)", pure)]
    fn from_ticks(value: i64) -> TimeSpan {
        TimeSpan::from_ticks(value)
    }

    /// Whether the other is a time span of the same length.
    #[member("bool Equals(object value)", pure)]
    fn equals_object(this: TimeSpan, value: Option<Obj<'a>>) -> bool {
        value_if(value, Ty(&TIME_SPAN)) == Some(this)
    }

    /// Whether both have the same length.
    #[member("bool Equals(TimeSpan obj)", pure)]
    fn equals(this: TimeSpan, obj: TimeSpan) -> bool {
        this == obj
    }

    /// Whether both have the same length.
    #[member("static bool Equals(TimeSpan t1, TimeSpan t2)", pure)]
    fn equals_both(a: TimeSpan, b: TimeSpan) -> bool {
        a == b
    }

    /// The order of the two: negative, zero or positive; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the object is no `TimeSpan`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(this: TimeSpan, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        compare_to_object(cx, Ty(&TIME_SPAN), value, |other: TimeSpan| this.cmp(&other))
    }

    /// The order of the two: negative, zero or positive.
    #[member("int CompareTo(TimeSpan value)", pure)]
    fn compare_to(this: TimeSpan, value: TimeSpan) -> i32 {
        sign_of(this.cmp(&value))
    }

    /// The order of the two: negative, zero or positive.
    #[member("static int Compare(TimeSpan t1, TimeSpan t2)", pure)]
    fn compare(a: TimeSpan, b: TimeSpan) -> i32 {
        sign_of(a.cmp(&b))
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: TimeSpan) -> i32 {
        hash(this)
    }
}

/// The parts of a `TimeSpan`.
pub struct Parts;

/// Parts of a time span; all have its sign.
#[members("System.TimeSpan", group = PARTS)]
impl<'a> Parts {
    /// The length in ticks (100 ns).
    #[member("long Ticks { get; }", pure)]
    fn ticks(this: TimeSpan) -> i64 {
        this.ticks()
    }

    /// Whole days.
    #[member("int Days { get; }", pure)]
    fn days(this: TimeSpan) -> i32 {
        this.days()
    }

    /// Hours beyond the whole days.
    #[member("int Hours { get; }", pure)]
    fn hours(this: TimeSpan) -> i32 {
        this.hours()
    }

    /// Minutes beyond the whole hours.
    #[member("int Minutes { get; }", pure)]
    fn minutes(this: TimeSpan) -> i32 {
        this.minutes()
    }

    /// Seconds beyond the whole minutes.
    #[member("int Seconds { get; }", pure)]
    fn seconds(this: TimeSpan) -> i32 {
        this.seconds()
    }

    /// Milliseconds beyond the whole seconds.
    #[member("int Milliseconds { get; }", pure)]
    fn milliseconds(this: TimeSpan) -> i32 {
        this.milliseconds()
    }

    /// The whole length in days.
    #[member("double TotalDays { get; }", pure)]
    fn total_days(this: TimeSpan) -> f64 {
        this.total_days()
    }

    /// The whole length in hours.
    #[member("double TotalHours { get; }", pure)]
    fn total_hours(this: TimeSpan) -> f64 {
        this.total_hours()
    }

    /// The whole length in minutes.
    #[member("double TotalMinutes { get; }", pure)]
    fn total_minutes(this: TimeSpan) -> f64 {
        this.total_minutes()
    }

    /// The whole length in seconds.
    #[member("double TotalSeconds { get; }", pure)]
    fn total_seconds(this: TimeSpan) -> f64 {
        this.total_seconds()
    }

    /// The whole length in milliseconds.
    #[member("double TotalMilliseconds { get; }", pure)]
    fn total_milliseconds(this: TimeSpan) -> f64 {
        this.total_milliseconds()
    }
}

/// Computations with `TimeSpan`.
pub struct Changes;

/// Sums, differences and multiples. All throw `OverflowException` where the result is too long.
#[members("System.TimeSpan", group = CHANGES)]
impl<'a> Changes {
    /// The sum.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Add(TimeSpan ts)", pure)]
    fn add(this: TimeSpan, cx: &mut Cx<'a>, ts: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, this.plus(ts))
    }

    /// The difference.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Subtract(TimeSpan ts)", pure)]
    fn subtract(this: TimeSpan, cx: &mut Cx<'a>, ts: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, this.minus(ts))
    }

    /// So many times the length.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Multiply(double factor)", pure)]
    fn multiply(this: TimeSpan, cx: &mut Cx<'a>, ts: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, this.times(ts))
    }

    /// The length divided.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Divide(double divisor)", pure)]
    fn divide(this: TimeSpan, cx: &mut Cx<'a>, ts: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, this.divided_by(ts))
    }

    /// How often the other fits into this.
    #[member("double Divide(TimeSpan ts)", pure)]
    fn ratio(this: TimeSpan, ts: TimeSpan) -> f64 {
        this.ratio(ts)
    }

    /// The time span with the other sign.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Negate()", pure)]
    fn negate(this: TimeSpan, cx: &mut Cx<'a>) -> Result<TimeSpan, Throw> {
        thrown(cx, this.negated())
    }

    /// The time span without its sign.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("TimeSpan Duration()", pure)]
    fn duration(this: TimeSpan, cx: &mut Cx<'a>) -> Result<TimeSpan, Throw> {
        thrown(cx, this.duration())
    }

    /// The sum.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator +(TimeSpan t1, TimeSpan t2)", pure)]
    fn sum(cx: &mut Cx<'a>, a: TimeSpan, b: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, a.plus(b))
    }

    /// The difference.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator -(TimeSpan t1, TimeSpan t2)", pure)]
    fn difference(cx: &mut Cx<'a>, a: TimeSpan, b: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, a.minus(b))
    }

    /// The time span itself.
    #[member("static TimeSpan operator +(TimeSpan t)", pure)]
    fn same_sign(t: TimeSpan) -> TimeSpan {
        t
    }

    /// The time span with the other sign.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator -(TimeSpan t)", pure)]
    fn other_sign(cx: &mut Cx<'a>, t: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, t.negated())
    }

    /// So many times the length.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator *(TimeSpan timeSpan, double factor)", pure)]
    fn product(cx: &mut Cx<'a>, a: TimeSpan, b: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, a.times(b))
    }

    /// So many times the length.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator *(double factor, TimeSpan timeSpan)", pure)]
    fn product_of_factor(cx: &mut Cx<'a>, factor: f64, span: TimeSpan) -> Result<TimeSpan, Throw> {
        thrown(cx, span.times(factor))
    }

    /// The length divided.
    ///
    /// # Throws
    /// `OverflowException` if the result is too long.
    #[member("static TimeSpan operator /(TimeSpan timeSpan, double divisor)", pure)]
    fn quotient(cx: &mut Cx<'a>, a: TimeSpan, b: f64) -> Result<TimeSpan, Throw> {
        thrown(cx, a.divided_by(b))
    }

    /// How often the second fits into the first.
    #[member("static double operator /(TimeSpan t1, TimeSpan t2)", pure)]
    fn ratio_of(a: TimeSpan, b: TimeSpan) -> f64 {
        a.ratio(b)
    }
}

/// Comparison of two values.
pub struct Comparison;

/// Comparison of two values.
#[members("System.TimeSpan", group = COMPARISON)]
impl<'a> Comparison {
    /// Whether both are the same length.
    #[member("static bool operator ==(TimeSpan a, TimeSpan b)", pure)]
    fn same(a: TimeSpan, b: TimeSpan) -> bool {
        a == b
    }

    /// Whether they differ.
    #[member("static bool operator !=(TimeSpan a, TimeSpan b)", pure)]
    fn differ(a: TimeSpan, b: TimeSpan) -> bool {
        a != b
    }

    /// Whether the first is shorter.
    #[member("static bool operator <(TimeSpan a, TimeSpan b)", pure)]
    fn less(a: TimeSpan, b: TimeSpan) -> bool {
        a < b
    }

    /// Whether the first is not longer.
    #[member("static bool operator <=(TimeSpan a, TimeSpan b)", pure)]
    fn less_or_equal(a: TimeSpan, b: TimeSpan) -> bool {
        a <= b
    }

    /// Whether the first is longer.
    #[member("static bool operator >(TimeSpan a, TimeSpan b)", pure)]
    fn greater(a: TimeSpan, b: TimeSpan) -> bool {
        a > b
    }

    /// Whether the first is not shorter.
    #[member("static bool operator >=(TimeSpan a, TimeSpan b)", pure)]
    fn greater_or_equal(a: TimeSpan, b: TimeSpan) -> bool {
        a >= b
    }
}

/// The behaviour of boxed time spans.
pub static TIME_SPAN_OPS: Ops = Ops {
    to_text: |cx, object| Ok(default_text(cx, value_of(object))),
    format: Some(|cx, object, format| formatted(cx, value_of(object), Some(format))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<TimeSpan>(a) == value_of(b)),
    hash: |_, object| Ok(hash(value_of(object))),
    compare: Some(|_, a, b| Ok(value_of::<TimeSpan>(a).cmp(&value_of(b)))),
    ..REFERENCE
};

fn hash(value: TimeSpan) -> i32 {
    (value.ticks() ^ (value.ticks() >> 32)) as i32
}

#[cfg(test)]
mod tests {
    use crate::format::time::TimeSpan;
    use crate::testing::{Object, call};

    #[test]
    fn time_spans_are_made_and_computed() {
        assert_eq!(call("System.TimeSpan::TimeSpan(int hours, int minutes, int seconds)", &[&0, &90, &0]), "01:30:00");
        assert_eq!(call("System.TimeSpan::static TimeSpan FromDays(double value)", &[&1.25]), "1.06:00:00");
        assert!(
            call("System.TimeSpan::static TimeSpan FromDays(double value)", &[&1e12])
                .starts_with("OverflowException: ")
        );
        let half = TimeSpan::from_minutes(90.0).unwrap();
        assert_eq!(call("System.TimeSpan::double TotalHours { get; }", &[&half]), "1.5");
        assert_eq!(call("System.TimeSpan::int Minutes { get; }", &[&half]), "30");
        assert_eq!(call("System.TimeSpan::static TimeSpan operator -(TimeSpan t)", &[&half]), "-01:30:00");
        assert_eq!(
            call("System.TimeSpan::static TimeSpan operator *(double factor, TimeSpan timeSpan)", &[&2.0, &half]),
            "03:00:00"
        );
        assert_eq!(call("System.TimeSpan::static double operator /(TimeSpan t1, TimeSpan t2)", &[&half, &half]), "1");
        assert!(call("System.TimeSpan::TimeSpan Negate()", &[&TimeSpan::MIN]).starts_with("OverflowException: "));
        assert_eq!(call("System.TimeSpan::bool Equals(object value)", &[&half, &Object(half)]), "True");
        assert_eq!(call("System.TimeSpan::const long TicksPerSecond", &[]), "10000000");
    }
}
