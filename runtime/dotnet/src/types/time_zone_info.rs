//! `System.TimeZoneInfo`, and the older `TimeZone`.
//!
//! Zones go by the names of the IANA database and by those of Windows. The gateway's own zone is UTC. Not here: what
//! times mean in a zone (`format::time::zone`).

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::time::zone::{Meaning, Rule, Zone};
use crate::format::time::{DateTime, DateTimeOffset, Kind, TimeSpan};
use crate::object::{Header, NotNull, Obj, Ops, REFERENCE, fold_hash, object_of, on};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::{now, thrown};
use crate::types::exception::{ARGUMENT_EXCEPTION, TIME_ZONE_NOT_FOUND_EXCEPTION};
use crate::types::raise;
use crate::types::read_only_collection::ReadOnlyCollection;
use crate::types::time_span::TIME_SPAN;
use crate::types::time_zone_rule::AdjustmentRule;
use crate::word::{IntoWord, Word};

/// The object of a `TimeZoneInfo`.
#[repr(C)]
pub struct TimeZoneInfo<'a> {
    header: Header,
    id: Str<'a>,
    display: Option<Str<'a>>,
    standard: Option<Str<'a>>,
    daylight: Option<Str<'a>>,
    zone: Zone<'a>,
    /// The kind of the dates that belong to it.
    kind: Kind,
}

crate::layout!(TimeZoneInfo<'a>, TIME_ZONE_INFO_DEF);

impl<'a> TimeZoneInfo<'a> {
    fn of(cx: &Cx<'a>, id: Str<'a>, zone: Zone<'a>, kind: Kind) -> &'a Self {
        let header = Header::new(Ty(&TIME_ZONE_INFO));
        cx.arena().alloc(Self { header, id, display: None, standard: None, daylight: None, zone, kind })
    }

    fn utc_zone(cx: &Cx<'a>, kind: Kind) -> &'a Self {
        Self::of(cx, cx.str("UTC"), Zone::Own(0, &[]), kind)
    }

    /// The moment that a date means in this zone, in ticks, UTC; that of a time that clocks skip is none.
    fn moment(&self, cx: &mut Cx<'a>, date: DateTime, parameter: &str) -> Result<i64, Throw> {
        if date.kind() != Kind::Unspecified && date.kind() != self.kind {
            let message = "The conversion could not be completed because the supplied DateTime did not have the Kind \
                           property set correctly.  For example, when the Kind property is DateTimeKind.Local, the \
                           source time zone must be TimeZoneInfo.Local.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, parameter));
        }
        match self.zone.meaning(date.ticks()) {
            Meaning::One(offset) | Meaning::Two(offset, _) => Ok(date.ticks() - offset),
            Meaning::None(_) => {
                let message = "The supplied DateTime represents an invalid time.  For example, when the clock is \
                               adjusted forward, any time in the period that is skipped is invalid.";
                Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "dateTime"))
            }
        }
    }

    /// The date that the zone's clocks show at a moment.
    fn shown(&self, utc: i64) -> DateTime {
        let clock = utc.saturating_add(self.zone.offset_at(utc)).clamp(DateTime::MIN.ticks(), DateTime::MAX.ticks());
        DateTime::from_ticks(clock, self.kind).unwrap_or(DateTime::MIN)
    }

    /// What a date means on this zone's clocks.
    fn meaning(&self, date: DateTime) -> Meaning {
        // Dates of a kind other than the zone's are moments: UTC, and the gateway's own zone, which is UTC.
        if date.kind() == Kind::Unspecified || date.kind() == self.kind {
            self.zone.meaning(date.ticks())
        } else {
            self.zone.meaning(self.shown(date.ticks()).ticks())
        }
    }

    fn offset_of(&self, date: DateTime) -> i64 {
        if date.kind() != Kind::Unspecified {
            return self.zone.offset_at(date.ticks());
        }
        match self.zone.meaning(date.ticks()) {
            Meaning::One(offset) | Meaning::Two(offset, _) | Meaning::None(offset) => offset,
        }
    }

    fn is_daylight(&self, date: DateTime) -> bool {
        let offset = self.offset_of(date);
        offset > self.zone.standard_at(date.ticks() - offset)
    }

    fn has_same_rules(&self, other: &Self) -> bool {
        match (self.zone, other.zone) {
            (Zone::Own(a, a_rules), Zone::Own(b, b_rules)) => a == b && a_rules == b_rules,
            (Zone::Named(a), Zone::Named(b)) => a == b,
            _ => false,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.id.eq_ignore_case(other.id) && self.has_same_rules(other)
    }

    fn sign_and_clock(&self, cx: &Cx<'_>) -> String {
        let minutes = self.zone.standard_at(now(cx).ticks()) / 600_000_000;
        let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
        format!("(UTC{sign}{:02}:{:02})", minutes / 60, minutes % 60)
    }

    fn display(&self, cx: &mut Cx<'a>) -> Str<'a> {
        let text = self.display.unwrap_or_default();
        match self.display {
            Some(_) => text,
            None if self.id.bytes() == b"UTC" => cx.str("(UTC) Coordinated Universal Time"),
            None => cx.str(&format!("{} {}", self.sign_and_clock(cx), self.id.to_utf8())),
        }
    }
}

/// A time zone.
#[members("public sealed class System.TimeZoneInfo : IEquatable<System.TimeZoneInfo>", as = TIME_ZONE_INFO, ops = TIME_ZONE_OPS)]
impl<'a> TimeZoneInfo<'a> {
    /// Coordinated universal time.
    #[member("static System.TimeZoneInfo Utc { get; }")]
    fn utc(cx: &mut Cx<'a>) -> &'a Self {
        Self::utc_zone(cx, Kind::Utc)
    }

    /// The gateway's own zone, which is UTC.
    #[member("static System.TimeZoneInfo Local { get; }")]
    fn local(cx: &mut Cx<'a>) -> &'a Self {
        Self::utc_zone(cx, Kind::Local)
    }

    /// The zone of a name of the IANA database or of Windows.
    ///
    /// # Throws
    /// `ArgumentNullException`, `TimeZoneNotFoundException`.
    #[member("static System.TimeZoneInfo FindSystemTimeZoneById(string id)")]
    fn find(cx: &mut Cx<'a>, id: Str<'a>) -> Result<&'a Self, Throw> {
        let name = id.to_utf8();
        if name.eq_ignore_ascii_case("UTC") {
            return Ok(Self::utc(cx));
        }
        match Zone::find(&name) {
            Some(zone) => Ok(Self::of(cx, id, zone, Kind::Unspecified)),
            None => {
                let message = format!("The time zone ID '{name}' was not found on the local computer.");
                Err(cx.throw(Ty(&TIME_ZONE_NOT_FOUND_EXCEPTION), &message))
            }
        }
    }

    /// All zones of the IANA database.
    #[member("static System.Collections.ObjectModel.ReadOnlyCollection<System.TimeZoneInfo> GetSystemTimeZones()")]
    fn all(cx: &mut Cx<'a>) -> &'a ReadOnlyCollection<'a> {
        let mut words = Vec::new();
        for name in jiff::tz::db().available() {
            let id = cx.str(name.as_str());
            if let Some(zone) = Zone::find(name.as_str()) {
                words.push(object_of(Self::of(cx, id, zone, Kind::Unspecified)).word());
            }
        }
        let ty = Ty(&TIME_ZONE_INFO);
        ReadOnlyCollection::over(cx, ty, object_of(Array::new(cx, ty, &words)))
    }

    /// A zone of a policy's own without daylight saving time.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException`, `ArgumentOutOfRangeException` for more than 14 hours.
    #[member(
        "static System.TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, string standardDisplayName)"
    )]
    fn custom(
        cx: &mut Cx<'a>,
        id: Str<'a>,
        offset: TimeSpan,
        display: Option<Str<'a>>,
        standard: Option<Str<'a>>,
    ) -> Result<&'a Self, Throw> {
        Self::custom_with_rules(cx, id, offset, display, standard, standard, None)
    }

    /// A zone of a policy's own.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException`, `ArgumentOutOfRangeException` for more than 14 hours.
    #[member(
        "static System.TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, string standardDisplayName, string daylightDisplayName, System.TimeZoneInfo.AdjustmentRule[] adjustmentRules)"
    )]
    fn custom_with_rules(
        cx: &mut Cx<'a>,
        id: Str<'a>,
        offset: TimeSpan,
        display: Option<Str<'a>>,
        standard: Option<Str<'a>>,
        daylight: Option<Str<'a>>,
        rules: Option<&'a Array<'a>>,
    ) -> Result<&'a Self, Throw> {
        const TICKS_PER_MINUTE: i64 = 600_000_000;
        if id.is_empty() {
            let message = "The specified ID parameter '' is not supported.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "id"));
        }
        if offset.ticks().abs() > 14 * 60 * TICKS_PER_MINUTE {
            return Err(raise::out_of_range(cx, "baseUtcOffset"));
        }
        if offset.ticks() % TICKS_PER_MINUTE != 0 {
            let message = "The TimeSpan parameter cannot be specified more precisely than whole minutes.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "baseUtcOffset"));
        }
        let mut own: Vec<Rule> = Vec::new();
        for word in rules.map(|rules| rules.items()).unwrap_or_default() {
            if word.get().is_null() {
                return Err(raise::null(cx, "adjustmentRules"));
            }
            // SAFETY: an element of an array of rules.
            let rule: &'a AdjustmentRule = unsafe { NotNull::from_not_null(word.get()) };
            own.push(rule.rule);
        }
        let zone = Zone::Own(offset.ticks(), cx.arena().alloc_slice(&own));
        let header = Header::new(Ty(&TIME_ZONE_INFO));
        let kind = Kind::Unspecified;
        let empty = Some(Str::default());
        let (display, standard) = (display.or(empty), standard.or(empty));
        Ok(cx.arena().alloc(Self { header, id, display, standard, daylight: daylight.or(empty), zone, kind }))
    }

    /// The name.
    #[member("string Id { get; }")]
    fn id(&'a self) -> Str<'a> {
        self.id
    }

    /// What people call it.
    #[member("string DisplayName { get; }")]
    fn display_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.display(cx)
    }

    /// What its time is called.
    #[member("string StandardName { get; }")]
    fn standard_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        match self.standard {
            Some(name) => name,
            None if self.id.bytes() == b"UTC" => cx.str("Coordinated Universal Time"),
            None => self.id,
        }
    }

    /// What its time is called while clocks are put forward.
    #[member("string DaylightName { get; }")]
    fn daylight_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        match self.daylight {
            Some(name) => name,
            None => {
                let name = self.standard_name(cx).to_utf8().replace("Standard Time", "Daylight Time");
                cx.str(&name)
            }
        }
    }

    /// How far its clocks are from UTC while they are not put forward.
    #[member("TimeSpan BaseUtcOffset { get; }")]
    fn base_utc_offset(&'a self, cx: &mut Cx<'a>) -> TimeSpan {
        TimeSpan::from_ticks(self.zone.standard_at(now(cx).ticks()))
    }

    /// Whether its clocks are put forward in summer.
    #[member("bool SupportsDaylightSavingTime { get; }")]
    fn supports_daylight_saving_time(&'a self, cx: &mut Cx<'a>) -> bool {
        self.zone.has_daylight_time(now(cx).ticks())
    }

    /// How far its clocks are from UTC at a date; the smaller distance where it occurs twice.
    #[member("TimeSpan GetUtcOffset(DateTime dateTime)")]
    fn get_utc_offset(&'a self, date: DateTime) -> TimeSpan {
        TimeSpan::from_ticks(self.offset_of(date))
    }

    /// How far its clocks are from UTC at a moment.
    #[member("TimeSpan GetUtcOffset(DateTimeOffset dateTimeOffset)")]
    fn get_utc_offset_at(&'a self, moment: DateTimeOffset) -> TimeSpan {
        TimeSpan::from_ticks(self.zone.offset_at(moment.utc_ticks()))
    }

    /// Whether its clocks are put forward at a date.
    #[member("bool IsDaylightSavingTime(DateTime dateTime)")]
    fn is_daylight_saving_time(&'a self, date: DateTime) -> bool {
        self.is_daylight(date)
    }

    /// Whether its clocks are put forward at a moment.
    #[member("bool IsDaylightSavingTime(DateTimeOffset dateTimeOffset)")]
    fn is_daylight_saving_time_at(&'a self, moment: DateTimeOffset) -> bool {
        self.is_daylight(moment.utc_date_time())
    }

    /// Whether its clocks show a date twice.
    #[member("bool IsAmbiguousTime(DateTime dateTime)")]
    fn is_ambiguous_time(&'a self, date: DateTime) -> bool {
        matches!(self.meaning(date), Meaning::Two(..))
    }

    /// Whether its clocks show the date of a moment twice.
    #[member("bool IsAmbiguousTime(DateTimeOffset dateTimeOffset)")]
    fn is_ambiguous_time_at(&'a self, moment: DateTimeOffset) -> bool {
        matches!(self.meaning(moment.utc_date_time()), Meaning::Two(..))
    }

    /// Whether its clocks skip a date.
    #[member("bool IsInvalidTime(DateTime dateTime)")]
    fn is_invalid_time(&'a self, date: DateTime) -> bool {
        let is_own = date.kind() == Kind::Unspecified || date.kind() == self.kind;
        is_own && matches!(self.zone.meaning(date.ticks()), Meaning::None(_))
    }

    /// How far its clocks may be from UTC at a date that they show twice.
    ///
    /// # Throws
    /// `ArgumentException` if they show it once.
    #[member("TimeSpan[] GetAmbiguousTimeOffsets(DateTime dateTime)")]
    fn get_ambiguous_time_offsets(&'a self, cx: &mut Cx<'a>, date: DateTime) -> Result<&'a Array<'a>, Throw> {
        let Meaning::Two(small, large) = self.meaning(date) else {
            let message = "The supplied DateTime is not in an ambiguous time range.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "dateTime"));
        };
        let words: Vec<Word> =
            [small, large].into_iter().map(|offset| TimeSpan::from_ticks(offset).into_word(cx)).collect();
        Ok(Array::new(cx, Ty(&TIME_SPAN), &words))
    }

    /// A date as another zone's clocks show it; a date of no kind is one of the gateway's zone.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static DateTime ConvertTime(DateTime dateTime, System.TimeZoneInfo destinationTimeZone)")]
    fn convert(date: DateTime, destination: &'a Self) -> DateTime {
        destination.shown(date.ticks())
    }

    /// A date of one zone as another zone's clocks show it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if the date's kind does not fit the zone or its clocks skip it.
    #[member(
        "static DateTime ConvertTime(DateTime dateTime, System.TimeZoneInfo sourceTimeZone, System.TimeZoneInfo destinationTimeZone)"
    )]
    fn convert_between(
        cx: &mut Cx<'a>,
        date: DateTime,
        source: &'a Self,
        destination: &'a Self,
    ) -> Result<DateTime, Throw> {
        let moment = source.moment(cx, date, "sourceTimeZone")?;
        Ok(destination.shown(moment))
    }

    /// A moment with another zone's distance from UTC.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member(
        "static DateTimeOffset ConvertTime(DateTimeOffset dateTimeOffset, System.TimeZoneInfo destinationTimeZone)"
    )]
    fn convert_moment(cx: &mut Cx<'a>, moment: DateTimeOffset, destination: &'a Self) -> Result<DateTimeOffset, Throw> {
        let offset = TimeSpan::from_ticks(destination.zone.offset_at(moment.utc_ticks()));
        thrown(cx, moment.to_offset(offset))
    }

    /// A date as the clocks of the zone of a name show it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `TimeZoneNotFoundException`.
    #[member("static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string destinationTimeZoneId)")]
    fn convert_by_id(cx: &mut Cx<'a>, date: DateTime, destination: Str<'a>) -> Result<DateTime, Throw> {
        Ok(Self::convert(date, Self::find(cx, destination)?))
    }

    /// A date of one zone as the clocks of another show it, both by name.
    ///
    /// # Throws
    /// `ArgumentNullException`, `TimeZoneNotFoundException`, `ArgumentException` as `ConvertTime`.
    #[member(
        "static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string sourceTimeZoneId, string destinationTimeZoneId)"
    )]
    fn convert_by_ids(
        cx: &mut Cx<'a>,
        date: DateTime,
        source: Str<'a>,
        destination: Str<'a>,
    ) -> Result<DateTime, Throw> {
        let (source, destination) = (Self::find(cx, source)?, Self::find(cx, destination)?);
        Self::convert_between(cx, date, source, destination)
    }

    /// A moment with the distance from UTC of the zone of a name.
    ///
    /// # Throws
    /// `ArgumentNullException`, `TimeZoneNotFoundException`.
    #[member(
        "static DateTimeOffset ConvertTimeBySystemTimeZoneId(DateTimeOffset dateTimeOffset, string destinationTimeZoneId)"
    )]
    fn convert_moment_by_id(
        cx: &mut Cx<'a>,
        moment: DateTimeOffset,
        destination: Str<'a>,
    ) -> Result<DateTimeOffset, Throw> {
        let destination = Self::find(cx, destination)?;
        Self::convert_moment(cx, moment, destination)
    }

    /// A universal date as a zone's clocks show it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` for a local date.
    #[member("static DateTime ConvertTimeFromUtc(DateTime dateTime, System.TimeZoneInfo destinationTimeZone)")]
    fn convert_from_utc(cx: &mut Cx<'a>, date: DateTime, destination: &'a Self) -> Result<DateTime, Throw> {
        let utc = Self::utc(cx);
        Self::convert_between(cx, date, utc, destination)
    }

    /// A date as universal time; a date of no kind is one of the gateway's zone.
    #[member("static DateTime ConvertTimeToUtc(DateTime dateTime)")]
    fn convert_to_utc(date: DateTime) -> DateTime {
        date.with_kind(Kind::Utc)
    }

    /// A date of a zone as universal time.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if the date's kind does not fit the zone or its clocks skip it.
    #[member("static DateTime ConvertTimeToUtc(DateTime dateTime, System.TimeZoneInfo sourceTimeZone)")]
    fn convert_to_utc_from(cx: &mut Cx<'a>, date: DateTime, source: &'a Self) -> Result<DateTime, Throw> {
        let utc = Self::utc(cx);
        Self::convert_between(cx, date, source, utc)
    }

    /// Does nothing: the database does not change.
    #[member("static void ClearCachedData()")]
    fn clear_cached_data() {}

    /// Whether both do the same with their clocks.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("bool HasSameRules(System.TimeZoneInfo other)")]
    fn has_same_rules_as(&'a self, other: &'a Self) -> bool {
        self.has_same_rules(other)
    }

    /// Whether both have the same name and do the same with their clocks.
    #[member("bool Equals(System.TimeZoneInfo other)")]
    fn equals(&'a self, other: Option<&'a Self>) -> bool {
        other.is_some_and(|other| self.is_same(other))
    }

    /// Whether the other is a zone of the same name that does the same with its clocks.
    #[member("bool Equals(object obj)")]
    fn equals_object(&'a self, other: Option<Obj<'a>>) -> bool {
        self.equals(other.and_then(Obj::downcast::<Self>))
    }

    /// What people call it.
    #[member("string ToString()")]
    fn text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.display(cx)
    }
}

/// The behaviour of time zones: equal by name and rules.
pub static TIME_ZONE_OPS: Ops = Ops {
    to_text: |cx, object| on(cx, object, |zone: &TimeZoneInfo<'_>, cx| Ok(zone.display(cx))),
    equals: |_, a, b| {
        let zones = a.downcast::<TimeZoneInfo<'_>>().zip(b.downcast::<TimeZoneInfo<'_>>());
        Ok(zones.is_some_and(|(a, b)| a.is_same(b)))
    },
    hash: |_, object| {
        let id = object.downcast::<TimeZoneInfo<'_>>().map(|zone| zone.id.to_utf8().to_ascii_uppercase());
        Ok(fold_hash(crate::hash::of_bytes(id.unwrap_or_default().as_bytes())))
    },
    ..REFERENCE
};

/// The object of a `TimeZone`, of which there is one: that of the gateway, UTC.
#[repr(C)]
pub struct TimeZoneObj {
    header: Header,
}

crate::layout!(TimeZoneObj, TIME_ZONE_DEF);

/// The gateway's own time zone, which is UTC.
#[members("public abstract class System.TimeZone", as = TIME_ZONE)]
impl<'a> TimeZoneObj {
    /// The gateway's own zone.
    #[member("static System.TimeZone CurrentTimeZone { get; }")]
    fn current(cx: &mut Cx<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&TIME_ZONE)) })
    }

    /// What its time is called.
    #[member("string StandardName { get; }")]
    fn standard_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str("UTC")
    }

    /// What its time is called while clocks are put forward, which they never are.
    #[member("string DaylightName { get; }")]
    fn daylight_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str("UTC")
    }

    /// How far its clocks are from UTC: not at all.
    #[member("TimeSpan GetUtcOffset(DateTime time)")]
    fn get_utc_offset(&'a self, _time: DateTime) -> TimeSpan {
        TimeSpan::from_ticks(0)
    }

    /// A date as universal time.
    #[member("DateTime ToUniversalTime(DateTime time)")]
    fn to_universal_time(&'a self, time: DateTime) -> DateTime {
        time.to_universal_time()
    }

    /// A date as local time.
    #[member("DateTime ToLocalTime(DateTime time)")]
    fn to_local_time(&'a self, time: DateTime) -> DateTime {
        time.to_local_time()
    }

    /// Whether clocks are put forward, which they never are.
    #[member("bool IsDaylightSavingTime(DateTime time)")]
    fn is_daylight_saving_time(&'a self, _time: DateTime) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, with_harness};

    #[test]
    fn times_are_converted_between_zones() {
        let zone = "System.TimeZoneInfo";
        with_harness(|harness| {
            let find = format!("{zone}::static System.TimeZoneInfo FindSystemTimeZoneById(string id)");
            let parse = "System.DateTime::static DateTime Parse(string s)";
            let from_utc = format!(
                "{zone}::static DateTime ConvertTimeFromUtc(DateTime dateTime, System.TimeZoneInfo destinationTimeZone)"
            );
            let to_utc = format!(
                "{zone}::static DateTime ConvertTimeToUtc(DateTime dateTime, System.TimeZoneInfo sourceTimeZone)"
            );
            for (id, utc, local) in [
                ("Europe/Berlin", "2024-07-01T10:00:00", "2024-07-01T12:00:00"),
                ("W. Europe Standard Time", "2024-01-01T23:30:00", "2024-01-02T00:30:00"),
                ("Eastern Standard Time", "2024-03-10T07:00:00", "2024-03-10T03:00:00"),
                ("Asia/Kolkata", "2024-03-10T07:00:00", "2024-03-10T12:30:00"),
                ("UTC", "2024-03-10T07:00:00", "2024-03-10T07:00:00"),
            ] {
                let found = harness.word(&find, &[&id]);
                let (date, shown) = (harness.word(parse, &[&utc]), harness.word(parse, &[&local]));
                let kind = if id == "UTC" { "Z" } else { "" };
                assert_eq!(harness.call(&from_utc, &[&date, &found]), format!("{local}.0000000{kind}"), "{id}");
                assert_eq!(harness.call(&to_utc, &[&shown, &found]), format!("{utc}.0000000Z"), "{id}");
            }
            let berlin = harness.word(&find, &[&"Europe/Berlin"]);
            let skipped = harness.word(parse, &[&"2024-03-31T02:30:00"]);
            assert!(
                harness
                    .call(&to_utc, &[&skipped, &berlin])
                    .starts_with("ArgumentException: The supplied DateTime represents an invalid")
            );
            let twice = harness.word(parse, &[&"2024-10-27T02:30:00"]);
            assert_eq!(harness.call(&to_utc, &[&twice, &berlin]), "2024-10-27T01:30:00.0000000Z");
            let offsets = format!("{zone}::TimeSpan[] GetAmbiguousTimeOffsets(DateTime dateTime)");
            assert_eq!(harness.call(&offsets, &[&berlin, &twice]), "[01:00:00, 02:00:00]");
            let now = harness.word(parse, &[&"2024-07-01T12:00:00Z"]);
            assert!(
                harness.call(&from_utc, &[&now, &berlin]).starts_with("ArgumentException: The conversion could not")
            );
            assert_eq!(harness.call(&format!("{zone}::TimeSpan BaseUtcOffset {{ get; }}"), &[&berlin]), "01:00:00");
            assert_eq!(harness.call(&format!("{zone}::string ToString()"), &[&berlin]), "(UTC+01:00) Europe/Berlin");
            assert!(harness.call(&find, &[&"Mars"]).starts_with("TimeZoneNotFoundException: The time zone ID 'Mars'"));
            assert!(harness.call(&find, &[&Null]).starts_with("ArgumentNullException"));
        });
    }
}
