//! `System.TimeZoneInfo.AdjustmentRule` and `TransitionTime`: what a zone of a policy's own does with its clocks.
//!
//! Not here: what follows from them (`format::time::zone`).

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::time::zone::{Rule, Transition};
use crate::format::time::{DateTime, Kind, TimeSpan};
use crate::object::{Header, Obj, Ops, REFERENCE, fold_hash};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::thrown;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::raise;
use crate::types::struct_value::struct_value;

const NEVER: Transition = Transition { time: 0, month: 1, week: 0, day: 1, day_of_week: 0 };

struct_value!(TransitionObj, Transition, TRANSITION_TIME, TRANSITION_TIME_DEF, NEVER);

/// The members of `TransitionTime`.
pub struct TransitionTimeType;

/// A day and time of every year at which clocks change.
#[members("public struct System.TimeZoneInfo.TransitionTime : IEquatable<System.TimeZoneInfo.TransitionTime>", as = TRANSITION_TIME, ops = TRANSITION_OPS)]
impl<'a> TransitionTimeType {
    /// The same day of a month every year.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`, `ArgumentException` if the time has a date or parts of milliseconds.
    #[member(
        "static System.TimeZoneInfo.TransitionTime CreateFixedDateRule(DateTime timeOfDay, int month, int day)",
        pure
    )]
    fn fixed(cx: &mut Cx<'a>, time: DateTime, month: i32, day: i32) -> Result<Transition, Throw> {
        checked(cx, time, Transition { time: 0, month, week: 0, day, day_of_week: 0 })
    }

    /// The same day of a week of a month every year; the fifth week is the last.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`, `ArgumentException` if the time has a date or parts of milliseconds.
    #[member(
        "static System.TimeZoneInfo.TransitionTime CreateFloatingDateRule(DateTime timeOfDay, int month, int week, DayOfWeek dayOfWeek)",
        pure
    )]
    fn floating(cx: &mut Cx<'a>, time: DateTime, month: i32, week: i32, day_of_week: i32) -> Result<Transition, Throw> {
        if !(1..=5).contains(&week) {
            return Err(raise::out_of_range(cx, "week"));
        }
        if !(0..7).contains(&day_of_week) {
            return Err(raise::out_of_range(cx, "dayOfWeek"));
        }
        checked(cx, time, Transition { time: 0, month, week, day: 1, day_of_week })
    }

    /// The time of the day.
    #[member("DateTime TimeOfDay { get; }", pure)]
    fn time_of_day(this: Transition) -> DateTime {
        DateTime::from_ticks(this.time, Kind::Unspecified).unwrap_or(DateTime::MIN)
    }

    /// The month.
    #[member("int Month { get; }", pure)]
    fn month(this: Transition) -> i32 {
        this.month
    }

    /// The week.
    #[member("int Week { get; }", pure)]
    fn week(this: Transition) -> i32 {
        this.week.max(1)
    }

    /// The day of the month.
    #[member("int Day { get; }", pure)]
    fn day(this: Transition) -> i32 {
        this.day
    }

    /// The day of the week.
    #[member("DayOfWeek DayOfWeek { get; }", pure)]
    fn day_of_week(this: Transition) -> i32 {
        this.day_of_week
    }

    /// Whether it is always the same day of the month.
    #[member("bool IsFixedDateRule { get; }", pure)]
    fn is_fixed(this: Transition) -> bool {
        this.week == 0
    }

    /// Whether both are the same.
    #[member("bool Equals(System.TimeZoneInfo.TransitionTime other)", pure)]
    fn equals(this: Transition, other: Transition) -> bool {
        this == other
    }

    /// Whether both are the same.
    #[member(
        "static bool operator ==(System.TimeZoneInfo.TransitionTime t1, System.TimeZoneInfo.TransitionTime t2)",
        pure
    )]
    fn equal(a: Transition, b: Transition) -> bool {
        a == b
    }

    /// Whether they are not the same.
    #[member(
        "static bool operator !=(System.TimeZoneInfo.TransitionTime t1, System.TimeZoneInfo.TransitionTime t2)",
        pure
    )]
    fn unequal(a: Transition, b: Transition) -> bool {
        a != b
    }
}

fn checked(cx: &mut Cx<'_>, time: DateTime, transition: Transition) -> Result<Transition, Throw> {
    const TICKS_PER_DAY: i64 = 864_000_000_000;
    const TICKS_PER_MILLISECOND: i64 = 10_000;
    if !(1..=12).contains(&transition.month) {
        return Err(raise::out_of_range(cx, "month"));
    }
    if !(1..=31).contains(&transition.day) {
        return Err(raise::out_of_range(cx, "day"));
    }
    if time.kind() != Kind::Unspecified || time.ticks() >= TICKS_PER_DAY || time.ticks() % TICKS_PER_MILLISECOND != 0 {
        let message = "The supplied DateTime must have the Year, Month, and Day properties set to 1.  The time cannot \
                       be specified more precisely than whole milliseconds.";
        return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "timeOfDay"));
    }
    Ok(Transition { time: time.ticks(), ..transition })
}

/// The behaviour of transitions: equal by value.
pub static TRANSITION_OPS: Ops = Ops {
    equals: |_, a, b| Ok(TransitionObj::value_of(a) == TransitionObj::value_of(b)),
    hash: |_, object| {
        Ok(TransitionObj::value_of(object).map_or(0, |t| fold_hash((t.time ^ i64::from(t.month << 8 | t.week)) as u64)))
    },
    default: Some(TransitionObj::default_word),
    ..REFERENCE
};

/// The object of an `AdjustmentRule`.
#[repr(C)]
pub struct AdjustmentRule {
    header: Header,
    /// What it says.
    pub rule: Rule,
}

crate::layout!(AdjustmentRule, ADJUSTMENT_RULE_DEF);

/// What a zone does with its clocks in some years.
#[members("public sealed class System.TimeZoneInfo.AdjustmentRule : IEquatable<System.TimeZoneInfo.AdjustmentRule>", as = ADJUSTMENT_RULE)]
impl<'a> AdjustmentRule {
    /// A rule: from and to which day clocks are put forward, how far, and when in the year.
    ///
    /// # Throws
    /// `ArgumentException` if a day has a time, the days are in the wrong order or both changes are the same,
    /// `ArgumentOutOfRangeException` for more than 14 hours.
    #[member(
        "static System.TimeZoneInfo.AdjustmentRule CreateAdjustmentRule(DateTime dateStart, DateTime dateEnd, TimeSpan daylightDelta, System.TimeZoneInfo.TransitionTime daylightTransitionStart, System.TimeZoneInfo.TransitionTime daylightTransitionEnd)"
    )]
    fn create(
        cx: &mut Cx<'a>,
        from: DateTime,
        to: DateTime,
        delta: TimeSpan,
        start: Transition,
        end: Transition,
    ) -> Result<&'a Self, Throw> {
        let refuse = |cx: &mut Cx<'a>, message: &str, parameter: &str| {
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, parameter))
        };
        if start == end {
            let message = "The DaylightTransitionStart property must not equal the DaylightTransitionEnd property.";
            return refuse(cx, message, "daylightTransitionEnd");
        }
        if from.ticks() > to.ticks() {
            let message = "The DateStart property must come before the DateEnd property.";
            return refuse(cx, message, "dateStart");
        }
        if from.date().ticks() != from.ticks() {
            return refuse(
                cx,
                "The supplied DateTime includes a TimeOfDay setting.   This is not supported.",
                "dateStart",
            );
        }
        let limit = thrown(cx, TimeSpan::from_hms(14, 0, 0))?;
        if delta.ticks().abs() > limit.ticks() {
            return Err(raise::out_of_range(cx, "daylightDelta"));
        }
        let rule = Rule { from: from.ticks(), to: to.ticks(), delta: delta.ticks(), start, end };
        Ok(cx.arena().alloc(Self { header: Header::new(Ty(&ADJUSTMENT_RULE)), rule }))
    }

    /// The first day.
    #[member("DateTime DateStart { get; }")]
    fn date_start(&'a self) -> DateTime {
        DateTime::from_ticks(self.rule.from, Kind::Unspecified).unwrap_or(DateTime::MIN)
    }

    /// The last day.
    #[member("DateTime DateEnd { get; }")]
    fn date_end(&'a self) -> DateTime {
        DateTime::from_ticks(self.rule.to, Kind::Unspecified).unwrap_or(DateTime::MAX)
    }

    /// How far clocks are put forward.
    #[member("TimeSpan DaylightDelta { get; }")]
    fn daylight_delta(&'a self) -> TimeSpan {
        TimeSpan::from_ticks(self.rule.delta)
    }

    /// When clocks are put forward.
    #[member("System.TimeZoneInfo.TransitionTime DaylightTransitionStart { get; }")]
    fn daylight_start(&'a self) -> Transition {
        self.rule.start
    }

    /// When clocks are put back.
    #[member("System.TimeZoneInfo.TransitionTime DaylightTransitionEnd { get; }")]
    fn daylight_end(&'a self) -> Transition {
        self.rule.end
    }

    /// Whether both say the same.
    #[member("bool Equals(System.TimeZoneInfo.AdjustmentRule other)")]
    fn equals(&'a self, other: Option<&'a Self>) -> bool {
        other.is_some_and(|other| self.rule == other.rule)
    }

    /// Whether the other is a rule that says the same.
    #[member("bool Equals(object obj)")]
    fn equals_object(&'a self, other: Option<Obj<'a>>) -> bool {
        self.equals(other.and_then(Obj::downcast::<Self>))
    }
}
