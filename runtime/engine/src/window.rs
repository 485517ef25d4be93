//! A counter over a sliding window: never more than the limit in any stretch of time as long as the period.
//!
//! Calls are kept as runs: a moment and how many calls there were. There is room for a fixed number of runs; when it is
//! full, the two that lie closest become one at the later of their moments. Up to so many different moments in a period
//! the counter is exact; beyond, room comes back a little late and never early.
//!
//! Not here: which key has which counter, and for how long counters are kept (`services`, `sandbox`).

use std::time::Duration;

use crate::services::Counted;

/// How many runs a window holds.
const RUNS: usize = 20;

/// A counter over a sliding window. Several limits with different periods may share it.
#[derive(Clone, Debug)]
pub struct Window {
    /// What moments are counted from, in microseconds.
    base: u64,
    /// The longest period that was asked for, in microseconds.
    period: u64,
    /// The length of a unit in microseconds.
    unit: u32,
    len: u8,
    runs: [Run; RUNS],
}

/// Calls that are counted at one moment.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// Units since the base.
    at: u32,
    calls: u32,
}

impl Default for Window {
    fn default() -> Self {
        Self { base: 0, period: 0, unit: 1, len: 0, runs: [Run::default(); RUNS] }
    }
}

impl Window {
    /// Counts `amount` calls at `now` if the window that ends now has room for them; with 0, only asks for one.
    ///
    /// `now` is the time since any fixed moment and must not go back.
    pub fn count(&mut self, now: Duration, limit: u64, period: Duration, amount: u64) -> Counted {
        let (now, period) = (micros(now), micros(period).max(1));
        self.forget(now, period);
        let used = self.used(now, period);
        let room = limit.saturating_sub(used);
        let needed = amount.max(1);
        if needed > room {
            let retry_after = Duration::from_micros(self.until_room(now, limit, period, needed));
            return Counted { granted: false, remaining: room, retry_after };
        }
        self.push(now, amount);
        Counted { granted: true, remaining: room - amount, retry_after: Duration::ZERO }
    }

    /// Counts calls that were made already, whether or not there is room.
    pub fn add(&mut self, now: Duration, period: Duration, amount: u64) {
        let (now, period) = (micros(now), micros(period).max(1));
        self.forget(now, period);
        self.push(now, amount);
    }

    /// When the last call leaves the window; the counter may be dropped then.
    #[must_use]
    pub fn ends(&self) -> Duration {
        let last = self.runs().last().map_or(0, |run| self.moment(*run).saturating_add(self.period));
        Duration::from_micros(last)
    }

    fn runs(&self) -> &[Run] {
        self.runs.get(..usize::from(self.len)).unwrap_or(&[])
    }

    fn moment(&self, run: Run) -> u64 {
        self.base.saturating_add(u64::from(run.at) * u64::from(self.unit))
    }

    fn used(&self, now: u64, period: u64) -> u64 {
        let counts = |run: &&Run| now.saturating_sub(self.moment(**run)) < period;
        self.runs().iter().filter(counts).map(|run| u64::from(run.calls)).sum()
    }

    /// How long until the window has room for `needed` calls; the whole period if it never has.
    fn until_room(&self, now: u64, limit: u64, period: u64, needed: u64) -> u64 {
        let mut used = self.used(now, period);
        for run in self.runs().iter().filter(|run| now.saturating_sub(self.moment(**run)) < period) {
            used = used.saturating_sub(u64::from(run.calls));
            if used.saturating_add(needed) <= limit {
                return self.moment(*run).saturating_add(period).saturating_sub(now);
            }
        }
        period
    }

    /// Drops the runs that no period covers any more, and makes room in the units for the longest period.
    fn forget(&mut self, now: u64, period: u64) {
        self.period = self.period.max(period);
        let gone = self.runs().iter().take_while(|run| now.saturating_sub(self.moment(**run)) >= self.period).count();
        if gone > 0 {
            self.runs.rotate_left(gone);
            self.len -= u8::try_from(gone).unwrap_or(self.len);
        }
        let unit = unit_of(self.period);
        let Some(first) = self.runs().first().copied() else {
            (self.base, self.unit) = (now, unit);
            // A period that nobody asked for again must not keep the counter longer than needed.
            self.period = period;
            return;
        };
        let begin = self.moment(first);
        let far = now.saturating_sub(self.base) / u64::from(self.unit) > u64::from(u32::MAX / 2);
        if unit != self.unit || far {
            let moments = self.runs.map(|run| (self.moment(run), run.calls));
            (self.base, self.unit) = (begin, unit.max(self.unit));
            self.runs = moments.map(|(moment, calls)| Run { at: self.units(moment), calls });
        }
    }

    /// The units from the base to a moment, rounded up: a call counts a little longer rather than shorter.
    fn units(&self, moment: u64) -> u32 {
        let units = moment.saturating_sub(self.base).div_ceil(u64::from(self.unit));
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    fn push(&mut self, now: u64, amount: u64) {
        let mut left = amount;
        while left > 0 {
            let calls = u32::try_from(left).unwrap_or(u32::MAX);
            left -= u64::from(calls);
            self.push_run(Run { at: self.units(now), calls });
        }
    }

    fn push_run(&mut self, new: Run) {
        let len = usize::from(self.len);
        if let Some(last) = len.checked_sub(1).and_then(|last| self.runs.get_mut(last))
            && last.at >= new.at
            && let Some(calls) = last.calls.checked_add(new.calls)
        {
            last.calls = calls;
            return;
        }
        if len == RUNS {
            self.join_closest();
        }
        if let Some(place) = self.runs.get_mut(usize::from(self.len)) {
            *place = new;
            self.len += 1;
        }
    }

    /// Makes one run of the two neighbours that lie closest, at the later moment.
    fn join_closest(&mut self) {
        let gap = |pair: &[Run]| match pair {
            [a, b] if a.calls.checked_add(b.calls).is_some() => b.at.saturating_sub(a.at),
            _ => u32::MAX,
        };
        let closest = self.runs().windows(2).enumerate().min_by_key(|(_, pair)| gap(pair)).map_or(0, |(at, _)| at);
        let earlier = self.runs.get(closest).map_or(0, |run| run.calls);
        if let Some(later) = self.runs.get_mut(closest + 1) {
            later.calls = later.calls.saturating_add(earlier);
        }
        if let Some(rest) = self.runs.get_mut(closest..usize::from(self.len)) {
            rest.rotate_left(1);
            self.len -= 1;
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// The shortest unit in which a quarter of what 32 bits hold covers the period.
fn unit_of(period: u64) -> u32 {
    [1, 1000, 1_000_000]
        .into_iter()
        .find(|unit| period / u64::from(*unit) <= u64::from(u32::MAX / 4))
        .unwrap_or(60_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_call_leaves_the_window_when_the_period_has_passed() {
        let mut window = Window::default();
        let mut ask = |at: u64| {
            let counted = window.count(secs(at), 2, secs(60), 1);
            (counted.granted, counted.remaining, counted.retry_after.as_secs())
        };
        assert_eq!(ask(0), (true, 1, 0));
        assert_eq!(ask(10), (true, 0, 0));
        assert_eq!(ask(20), (false, 0, 40));
        assert_eq!(ask(59), (false, 0, 1));
        assert_eq!(ask(60), (true, 0, 0));
        assert_eq!(ask(69), (false, 0, 1));
        assert_eq!(ask(70), (true, 0, 0));
        assert_eq!(ask(500), (true, 1, 0));
    }

    #[test]
    fn asking_counts_nothing_and_adding_asks_nothing() {
        let mut window = Window::default();
        let ask = |window: &mut Window| window.count(secs(1), 3, secs(60), 0);
        assert!(ask(&mut window).granted && ask(&mut window).remaining == 3);
        window.add(secs(1), secs(60), 5);
        let counted = ask(&mut window);
        assert_eq!((counted.granted, counted.remaining), (false, 0));
        assert!(window.count(secs(61), 3, secs(60), 3).granted);
        assert_eq!(window.count(secs(61), 3, secs(60), 4).retry_after, secs(60));
    }

    #[test]
    fn limits_with_different_periods_share_the_calls() {
        let mut window = Window::default();
        for at in 0..5 {
            assert!(window.count(secs(at), 5, secs(300), 1).granted);
        }
        assert!(!window.count(secs(5), 5, secs(300), 1).granted);
        assert_eq!(window.count(secs(5), 5, secs(3), 0).remaining, 3);
        assert_eq!(window.ends(), secs(304));
        // Years long: units grow and nothing is lost.
        assert_eq!(window.count(secs(6), 10, secs(400_000_000), 1).remaining, 4);
        assert_eq!(window.count(secs(300_000_000), 10, secs(400_000_000), 0).remaining, 4);
        assert_eq!(window.count(secs(400_000_010), 10, secs(400_000_000), 0).remaining, 10);
    }

    #[test]
    fn a_counter_takes_little_memory() {
        assert!(size_of::<Window>() <= 184, "{}", size_of::<Window>());
    }

    proptest::proptest! {
        /// Against a list of every granted call.
        #[test]
        fn no_window_ever_holds_more_than_the_limit(
            limit in 1..40_u64,
            period in 1..5_000_u64,
            steps in proptest::collection::vec((0..400_u64, 1..4_u64), 1..300),
        ) {
            let mut window = Window::default();
            let mut granted: Vec<u64> = Vec::new();
            let mut now = 0;
            for (step, amount) in steps {
                now += step;
                let exact = granted.iter().filter(|at| now - **at < period).count() as u64;
                let counted = window.count(Duration::from_micros(now), limit, Duration::from_micros(period), amount);
                if counted.granted {
                    proptest::prop_assert!(exact + amount <= limit);
                    proptest::prop_assert!(counted.remaining <= limit - exact - amount);
                    granted.extend((0..amount).map(|_| now));
                } else if limit <= RUNS as u64 {
                    proptest::prop_assert!(exact + amount > limit, "exact while every call has a run of its own");
                }
            }
        }
    }
}
