//! What the policies that limit rates share: asking counters, and telling the caller and the policies behind.
//!
//! Not here: which counters there are (`rate_limit`, `rate_limit_by_key`), and how calls are counted (`engine::window`).

use std::time::Duration;

use dotnet::context::headers::Value;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Refusal};
use engine::policy::Next;
use engine::services::{Answer, Count, Counted, CounterUnavailable};
use http::HeaderValue;

use crate::run::failure;
use crate::value::{AttributeValue, HeaderName, NameText};

/// A window that a call is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The counter.
    pub key: String,
    /// How many calls the window allows.
    pub calls: u64,
    /// The length of the window.
    pub period: Duration,
    /// How many calls this one counts as; 0 if it is counted later, or not at all.
    pub amount: u64,
}

/// Where the caller and the policies behind are told of a limit.
pub struct Told<'p> {
    /// The header with the time to wait.
    pub retry_after_header: &'p HeaderName,
    /// The variable with the time to wait.
    pub retry_after_variable: Option<&'p NameText>,
    /// The header with the calls that are left.
    pub remaining_header: Option<&'p HeaderName>,
    /// The variable with the calls that are left.
    pub remaining_variable: Option<&'p NameText>,
    /// The header with the limit itself.
    pub total_header: Option<&'p HeaderName>,
    /// The limit itself.
    pub total: i32,
}

impl Limit {
    fn count(&self, amount: u64) -> Count<'_> {
        Count { key: &self.key, limit: self.calls, period: self.period, amount }
    }
}

/// What counters said of a call.
type Answered = Result<Counted, CounterUnavailable>;

/// Counts a call in all windows if each has room for it; the tightest of them, or the one without room for longest.
/// None if the counters cannot answer at once.
pub fn take_now(exchange: &Exchange<'_>, limits: &[Limit]) -> Option<Answered> {
    let counters = exchange.services.counters.as_ref();
    all(limits, |count| match counters.count(count) {
        Answer::Now(answer) => Some(answer),
        Answer::Later(_) => None,
    })
}

/// As [`take_now`], and waits for the counters.
pub async fn take(exchange: &Exchange<'_>, limits: &[Limit]) -> Answered {
    let counters = exchange.services.counters.as_ref();
    let mut sum = None;
    for counts in passes(limits) {
        for limit in limits {
            let counted = counters.count(limit.count(if counts { limit.amount } else { 0 })).get().await?;
            sum = Some(tighter(sum, counted));
        }
        if sum.is_some_and(|sum| !sum.granted) {
            break;
        }
    }
    Ok(sum.unwrap_or(UNLIMITED))
}

fn all(limits: &[Limit], mut count: impl FnMut(Count<'_>) -> Option<Answered>) -> Option<Answered> {
    let mut sum = None;
    for counts in passes(limits) {
        for limit in limits {
            match count(limit.count(if counts { limit.amount } else { 0 }))? {
                Ok(counted) => sum = Some(tighter(sum, counted)),
                Err(error) => return Some(Err(error)),
            }
        }
        if sum.is_some_and(|sum| !sum.granted) {
            break;
        }
    }
    Some(Ok(sum.unwrap_or(UNLIMITED)))
}

/// What a call without limits is told.
const UNLIMITED: Counted = Counted { granted: true, remaining: u64::MAX, retry_after: Duration::ZERO };

/// Several windows are asked first, so that a call that one of them refuses counts in none.
fn passes(limits: &[Limit]) -> impl Iterator<Item = bool> {
    let asks = limits.len() > 1;
    [false, true].into_iter().skip(usize::from(!asks))
}

fn tighter(sum: Option<Counted>, next: Counted) -> Counted {
    let Some(sum) = sum else { return next };
    Counted {
        granted: sum.granted && next.granted,
        remaining: sum.remaining.min(next.remaining),
        retry_after: sum.retry_after.max(next.retry_after),
    }
}

/// Tells of what counters said, and refuses the call if a window had no room.
///
/// # Throws
/// `RateLimitExceeded` if a window had no room, `CounterUnavailable` if the counters did not answer.
pub fn tell<'x>(exchange: &mut Exchange<'x>, told: &Told<'x>, answer: Answered) -> Result<Next, Throw> {
    let Ok(counted) = answer else {
        return Err(failure(exchange, "CounterUnavailable", "The counter store did not answer.".to_owned()));
    };
    let remaining = i32::try_from(counted.remaining).unwrap_or(i32::MAX);
    if let Some(name) = told.remaining_variable {
        exchange.set_int_variable(&name.0, remaining);
    }
    for (name, number) in [(told.remaining_header, remaining), (told.total_header, told.total)] {
        if let Some(name) = name {
            let name = name.fixed(&mut exchange.cx);
            let text = exchange.arena().alloc_slice(number.to_string().as_bytes());
            exchange.set_late_header(name, Value::new(text));
        }
    }
    if counted.granted { Ok(Next::Continue) } else { Err(refuse(exchange, told, counted.retry_after)) }
}

#[cold]
fn refuse<'x>(exchange: &mut Exchange<'x>, told: &Told<'x>, retry_after: Duration) -> Throw {
    let seconds = retry_after.as_millis().div_ceil(1000).max(1);
    if let Some(name) = told.retry_after_variable {
        exchange.set_int_variable(&name.0, i32::try_from(seconds).unwrap_or(i32::MAX));
    }
    let name = told.retry_after_header.name().clone();
    let value = HeaderValue::from_str(&seconds.to_string()).ok();
    exchange.refuse(Refusal {
        source: None,
        reason: "RateLimitExceeded",
        message: "Rate limit is exceeded".to_owned(),
        status: 429,
        public: format!("Rate limit is exceeded. Try again in {seconds} seconds."),
        headers: value.map(|value| (name, value)).into_iter().collect(),
    })
}
