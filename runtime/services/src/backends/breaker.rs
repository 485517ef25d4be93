//! Circuit breakers: a backend that failed too often is left alone for a while.
//!
//! The service documents count or percentage of failures within an interval, and that the breaker closes by itself when
//! the time is over. Each gateway counts for itself.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bundle::manifest::BreakerRule;
use engine::services::{Incoming, SendError};
use http::header::RETRY_AFTER;

/// Stretches of the interval that are counted apart.
const SLICES: u32 = 10;

/// The breaker of a backend.
pub struct Breaker {
    rule: BreakerRule,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Until when the backend is left alone.
    rests_until: Option<Duration>,
    /// Number, requests and failures of the last stretches, the newest last.
    slices: Vec<(u64, u64, u64)>,
}

impl Breaker {
    pub(super) fn new(rule: BreakerRule) -> Self {
        Self { rule, state: Mutex::default() }
    }

    pub(super) fn rule(&self) -> &BreakerRule {
        &self.rule
    }

    /// For how long the backend is left alone, if it is.
    pub(super) fn rests(&self, now: Duration) -> Option<Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let until = state.rests_until?;
        if let Some(left) = until.checked_sub(now).filter(|left| !left.is_zero()) {
            return Some(left);
        }
        *state = State::default();
        None
    }

    /// Counts what a request came to.
    pub(super) fn observe(&self, sent: &Result<Incoming, SendError>, now: Duration) {
        let (failed, retry_after) = match sent {
            Ok(answer) => {
                let failed = self.rule.status_codes.iter().any(|(from, to)| (*from..=*to).contains(&answer.status));
                let retry_after = answer.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
                (failed, retry_after.and_then(|text| text.trim().parse().ok()).map(Duration::from_secs))
            }
            Err(error) => (self.is_counted(error), None),
        };
        self.count(failed, retry_after.filter(|_| self.rule.accept_retry_after), now);
    }

    fn is_counted(&self, error: &SendError) -> bool {
        let reason = match error {
            SendError::Timeout(_) => "Timeout",
            SendError::Connection(_) | SendError::Answer(_) => "BackendConnectionFailure",
            SendError::Forbidden(_) | SendError::UnknownBackend(_) | SendError::BackendAtRest { .. } => return false,
        };
        let named = |known: &String| known.eq_ignore_ascii_case(reason) || known.eq_ignore_ascii_case("Server errors");
        // A rule that lists nothing counts every failure to get an answer.
        let lists_nothing = self.rule.error_reasons.is_empty() && self.rule.status_codes.is_empty();
        lists_nothing || self.rule.error_reasons.iter().any(named)
    }

    fn count(&self, failed: bool, retry_after: Option<Duration>, now: Duration) {
        let width = (self.rule.interval / SLICES).max(Duration::from_millis(1));
        let number = u64::try_from(now.as_nanos() / width.as_nanos()).unwrap_or(u64::MAX);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.slices.retain(|(slice, ..)| slice.saturating_add(u64::from(SLICES)) > number);
        match state.slices.last_mut() {
            Some((slice, requests, failures)) if *slice == number => {
                *requests += 1;
                *failures += u64::from(failed);
            }
            _ => state.slices.push((number, 1, u64::from(failed))),
        }
        if !failed {
            return;
        }
        let (requests, failures) =
            state.slices.iter().fold((0, 0), |(requests, failures), slice| (requests + slice.1, failures + slice.2));
        let too_many = self.rule.count.is_some_and(|count| failures >= u64::from(count.max(1)));
        let too_large = self.rule.percentage.is_some_and(|percent| failures * 100 >= requests * u64::from(percent));
        if too_many || too_large {
            let rest = retry_after.unwrap_or(self.rule.trip_duration);
            state.rests_until = Some(now.saturating_add(rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use engine::services::Payload;
    use http::{HeaderMap, HeaderValue, Uri};

    use super::*;

    fn rule() -> BreakerRule {
        BreakerRule {
            trip_duration: Duration::from_secs(60),
            count: Some(3),
            interval: Duration::from_secs(10),
            status_codes: vec![(500, 599)],
            ..BreakerRule::default()
        }
    }

    fn answer(status: u16, retry_after: Option<&'static str>) -> Result<Incoming, SendError> {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|value| (RETRY_AFTER, HeaderValue::from_static(value))));
        Ok(Incoming { from: Uri::from_static("http://a/"), status, reason: None, headers, body: Payload::Empty })
    }

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn so_many_failures_within_the_interval_open_it_until_the_time_is_over() {
        let breaker = Breaker::new(rule());
        for second in [0, 1] {
            breaker.observe(&answer(503, None), at(second));
        }
        breaker.observe(&answer(404, None), at(2));
        breaker.observe(&Err(SendError::Timeout(at(1))), at(2));
        assert_eq!(breaker.rests(at(2)), None);
        breaker.observe(&answer(500, None), at(12));
        assert_eq!(breaker.rests(at(12)), None, "the first two are too long ago");
        breaker.observe(&answer(500, None), at(13));
        breaker.observe(&answer(500, None), at(14));
        assert_eq!(breaker.rests(at(14)), Some(at(60)));
        assert_eq!(breaker.rests(at(73)), Some(at(1)));
        assert_eq!(breaker.rests(at(74)), None);
        breaker.observe(&answer(500, None), at(75));
        assert_eq!(breaker.rests(at(75)), None, "it counts from the beginning");
    }

    #[test]
    fn the_backend_may_say_how_long_and_a_share_may_count() {
        let breaker = Breaker::new(BreakerRule {
            count: None,
            percentage: Some(50),
            accept_retry_after: true,
            error_reasons: vec!["Timeout".into()],
            ..rule()
        });
        breaker.observe(&answer(200, None), at(0));
        breaker.observe(&answer(200, None), at(0));
        breaker.observe(&Err(SendError::Timeout(at(1))), at(0));
        assert_eq!(breaker.rests(at(0)), None);
        breaker.observe(&answer(503, Some("7")), at(1));
        assert_eq!(breaker.rests(at(1)), Some(at(7)));
    }
}
