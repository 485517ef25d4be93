//! Time zones: how far their clocks are from UTC at a moment, and what a time on a clock means.
//!
//! The rules of named zones come from the IANA database that the program carries. Not here: the members of
//! `TimeZoneInfo`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::date_time::{DateTime, Kind};
use super::windows_zones::iana_name;

const TICKS_PER_SECOND: i64 = 10_000_000;
const TICKS_PER_DAY: i64 = 86_400 * TICKS_PER_SECOND;
/// 1 January 1970, in ticks.
const UNIX_EPOCH: i64 = 621_355_968_000_000_000;

/// A day and time of every year at which clocks change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// The time of the day, in ticks.
    pub time: i64,
    /// The month, from 1 on.
    pub month: i32,
    /// The week of a day of the week, from 1 on, 5 for the last; 0 if the day of the month is fixed.
    pub week: i32,
    /// The day of the month, where it is fixed.
    pub day: i32,
    /// The day of the week, Sunday 0, where it counts.
    pub day_of_week: i32,
}

impl Transition {
    /// When it is in a year, in ticks on the clock.
    #[must_use]
    pub fn in_year(self, year: i32) -> i64 {
        let first = |day| DateTime::from_ymd(year, self.month, day);
        let last_day = (28..=31).rev().find(|day| first(*day).is_ok()).unwrap_or(28);
        let day = if self.week == 0 {
            self.day.min(last_day)
        } else {
            let weekday_of_first = first(1).map_or(0, DateTime::day_of_week);
            let mut day = 1 + (self.day_of_week - weekday_of_first).rem_euclid(7) + 7 * (self.week - 1);
            while day > last_day {
                day -= 7;
            }
            day
        };
        first(day).map_or(0, DateTime::ticks) + self.time
    }
}

/// What a zone of a policy's own does with its clocks in some years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The first day, in ticks.
    pub from: i64,
    /// The last day, in ticks.
    pub to: i64,
    /// How far clocks are put forward, in ticks.
    pub delta: i64,
    /// When they are put forward.
    pub start: Transition,
    /// When they are put back.
    pub end: Transition,
}

/// How far the clocks of a zone are from UTC.
#[derive(Clone, Copy, Debug)]
pub enum Zone<'r> {
    /// Always as far, in ticks, but for what the rules say.
    Own(i64, &'r [Rule]),
    /// A zone of the IANA database.
    Named(&'static TimeZone),
}

/// The zones of the database that anyone asked for yet; there are a few hundred, and none is ever let go.
static NAMED: Mutex<BTreeMap<String, &'static TimeZone>> = Mutex::new(BTreeMap::new());

/// What a time on a clock means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One moment, with this distance from UTC in ticks.
    One(i64),
    /// Two moments, because clocks were put back; with the smaller and the larger distance.
    Two(i64, i64),
    /// None, because clocks were put forward; with the distance that was before.
    None(i64),
}

impl Zone<'_> {
    /// The zone of a name of the IANA database or of Windows.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let name = iana_name(name).unwrap_or(name).to_ascii_lowercase();
        let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = named.get(&name) {
            return Some(Self::Named(zone));
        }
        let zone: &'static TimeZone = Box::leak(Box::new(TimeZone::get(&name).ok()?));
        named.insert(name, zone);
        Some(Self::Named(zone))
    }

    /// How far clocks are from UTC at a moment (in ticks, UTC), in ticks.
    #[must_use]
    pub fn offset_at(self, utc: i64) -> i64 {
        match self {
            Self::Named(zone) => {
                let seconds = (utc - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
                let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
                i64::from(zone.to_offset(moment).seconds()) * TICKS_PER_SECOND
            }
            Self::Own(base, rules) => {
                let clock = utc.saturating_add(base);
                let rule =
                    rules.iter().find(|rule| (rule.from..rule.to.saturating_add(TICKS_PER_DAY)).contains(&clock));
                let year = DateTime::from_ticks(clock, Kind::Unspecified).map_or(1, DateTime::year);
                match rule {
                    Some(rule) if rule.is_daylight(clock, year) => base + rule.delta,
                    _ => base,
                }
            }
        }
    }

    /// What a time on the zone's clock, in ticks, means.
    #[must_use]
    pub fn meaning(self, clock: i64) -> Meaning {
        let (before, after) = (self.offset_at(clock - TICKS_PER_DAY), self.offset_at(clock + TICKS_PER_DAY));
        let is_valid = |offset: i64| self.offset_at(clock - offset) == offset;
        match (is_valid(before), is_valid(after)) {
            (true, true) if before != after => Meaning::Two(before.min(after), before.max(after)),
            (true, _) => Meaning::One(before),
            (_, true) => Meaning::One(after),
            _ => Meaning::None(before),
        }
    }

    /// The distance that clocks have in the part of a moment's year when they are not put forward, in ticks.
    #[must_use]
    pub fn standard_at(self, utc: i64) -> i64 {
        if let Self::Own(base, _) = self {
            return base;
        }
        let year = DateTime::from_ticks(utc, Kind::Utc).map_or(1, DateTime::year);
        let at = |month| DateTime::from_ymd(year, month, 1).map_or(utc, DateTime::ticks);
        [1, 4, 7, 10].into_iter().map(|month| self.offset_at(at(month))).min().unwrap_or(0)
    }

    /// Whether clocks are put forward in a moment's year.
    #[must_use]
    pub fn has_daylight_time(self, utc: i64) -> bool {
        if let Self::Own(_, rules) = self {
            return rules.iter().any(|rule| rule.delta != 0);
        }
        let year = DateTime::from_ticks(utc, Kind::Utc).map_or(1, DateTime::year);
        let at = |month| DateTime::from_ymd(year, month, 1).map_or(utc, DateTime::ticks);
        [1, 4, 7, 10].into_iter().any(|month| self.offset_at(at(month)) != self.standard_at(utc))
    }
}

impl Rule {
    /// Whether clocks are put forward at a time that is given as the clock would show it without.
    fn is_daylight(&self, clock: i64, year: i32) -> bool {
        let (start, end) = (self.start.in_year(year), self.end.in_year(year) - self.delta);
        if start <= end { (start..end).contains(&clock) } else { !(end..start).contains(&clock) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600 * TICKS_PER_SECOND;

    fn clock(month: i32, day: i32, minutes: i64) -> i64 {
        DateTime::from_ymd(2024, month, day).unwrap().ticks() + minutes * HOUR / 60
    }

    #[test]
    fn clocks_are_put_forward_and_back() {
        let named = Zone::find("W. Europe Standard Time").unwrap();
        let change = |month| Transition {
            time: (if month == 3 { 2 } else { 3 }) * HOUR,
            month,
            week: 5,
            day: 1,
            day_of_week: 0,
        };
        let rules = [Rule { from: 0, to: i64::MAX / 2, delta: HOUR, start: change(3), end: change(10) }];
        let own = Zone::Own(HOUR, &rules);
        for zone in [named, own] {
            for (month, day, minutes, expected) in [
                (1, 15, 720, Meaning::One(HOUR)),
                (7, 15, 720, Meaning::One(2 * HOUR)),
                (3, 31, 119, Meaning::One(HOUR)),
                (3, 31, 150, Meaning::None(HOUR)),
                (3, 31, 180, Meaning::One(2 * HOUR)),
                (10, 27, 119, Meaning::One(2 * HOUR)),
                (10, 27, 150, Meaning::Two(HOUR, 2 * HOUR)),
                (10, 27, 180, Meaning::One(HOUR)),
            ] {
                assert_eq!(zone.meaning(clock(month, day, minutes)), expected, "{zone:?} {month}-{day} {minutes}");
            }
            assert_eq!(zone.standard_at(clock(7, 1, 0)), HOUR);
            assert!(zone.has_daylight_time(clock(7, 1, 0)));
        }
        assert!(Zone::find("Mars/Olympus").is_none());
        assert!(!Zone::find("Asia/Tokyo").unwrap().has_daylight_time(clock(7, 1, 0)));
        assert_eq!(Zone::find("Europe/Dublin").unwrap().standard_at(clock(7, 1, 0)), 0);
    }
}
