//! `<rate-limit-by-key>` at run time.

use dotnet::throw::Throw;
use engine::document::Document;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::{Count, Later};

use super::RateLimitByKey;
use crate::rate::{Limit, Told, take, take_now, tell};
use crate::value::{Deferred, unusable};

/// The longest window, in seconds.
const LONGEST: u32 = 300;

impl Policy for RateLimitByKey {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let limit = self.limit(exchange)?;
        match take_now(exchange, std::slice::from_ref(&limit)) {
            Some(answer) => {
                let told = self.told(&limit);
                let next = tell(exchange, &told, answer)?;
                self.count_later(exchange, limit);
                Ok(next)
            }
            None => Ok(Next::Wait),
        }
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            let limit = self.limit(exchange)?;
            let answer = take(exchange, std::slice::from_ref(&limit)).await;
            let told = self.told(&limit);
            let next = tell(exchange, &told, answer)?;
            self.count_later(exchange, limit);
            Ok(next)
        })
    }
}

impl RateLimitByKey {
    /// The window of this call. What is counted later only asks now.
    fn limit<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Limit, Throw> {
        let calls = self.calls.get(exchange)?;
        let period = self.renewal_period.get(exchange)?;
        if period.0 == 0 || period.0 > LONGEST {
            return Err(unusable(&mut exchange.cx, "a window from 1 to 300 seconds", &period.0.to_string()));
        }
        let key = format!("rate-limit-by-key\u{1f}{}", self.counter_key.get(exchange)?);
        let amount = if self.is_counted_later() { 0 } else { self.amount(exchange, None)? };
        Ok(Limit { key, calls: u64::try_from(calls).unwrap_or(0), period: period.duration(), amount })
    }

    fn is_counted_later(&self) -> bool {
        self.increment_after_response
            || matches!(self.increment_condition, Some(Deferred::Function(_)))
            || matches!(self.increment_count, Deferred::Function(_))
    }

    /// How many calls this one counts as.
    fn amount<'x>(&'x self, exchange: &mut Exchange<'x>, document: Option<&'x Document>) -> Result<u64, Throw> {
        if let Some(condition) = &self.increment_condition
            && !condition.evaluate(exchange, document)?
        {
            return Ok(0);
        }
        let count = self.increment_count.evaluate(exchange, document)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Leaves it for the end to count the call, if it is not counted yet.
    fn count_later<'x>(&'x self, exchange: &mut Exchange<'x>, limit: Limit) {
        if !self.is_counted_later() {
            return;
        }
        let document = exchange.running();
        exchange.after_response(Box::new(move |exchange| {
            Box::pin(async move {
                let amount = self.amount(exchange, document)?;
                if amount > 0 {
                    let count = Count { key: &limit.key, limit: limit.calls, period: limit.period, amount };
                    // The response is made: there is nobody left to tell that a counter does not answer.
                    let _ = exchange.services.counters.add(count).get().await;
                }
                Ok(())
            })
        }));
    }

    fn told(&self, limit: &Limit) -> Told<'_> {
        Told {
            retry_after_header: &self.retry_after_header_name,
            retry_after_variable: self.retry_after_variable_name.as_ref(),
            remaining_header: self.remaining_calls_header_name.as_ref(),
            remaining_variable: self.remaining_calls_variable_name.as_ref(),
            total_header: self.total_calls_header_name.as_ref(),
            total: i32::try_from(limit.calls).unwrap_or(i32::MAX),
        }
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use crate::testing::{World, get, load, run};

    fn outcomes(attributes: &str, calls: usize) -> Vec<bool> {
        let world = World::default();
        let policy = load(&format!("<rate-limit-by-key calls='2' renewal-period='60' {attributes} />"));
        let call = |_| get("/").run(&world, |exchange| run(policy, exchange).is_ok());
        (0..calls).map(call).collect()
    }

    #[test]
    fn calls_count_as_their_attributes_say() {
        for (attributes, expected) in [
            ("counter-key='k'", [true, true, false, false]),
            ("counter-key='k' increment-count='2'", [true, false, false, false]),
            ("counter-key='k' increment-condition='false'", [true; 4]),
            // Counted when the response is made, which here never is.
            ("counter-key='k' increment-after-response='true'", [true; 4]),
            ("counter-key='k' increment-condition='@(true)'", [true; 4]),
        ] {
            assert_eq!(outcomes(attributes, 4), expected, "{attributes}");
        }
    }

    #[test]
    fn keys_are_shared_and_kept_apart() {
        let world = World::default();
        let first = load("<rate-limit-by-key calls='1' renewal-period='60' counter-key='a' />");
        let second = load("<rate-limit-by-key calls='1' renewal-period='60' counter-key='b' />");
        let same =
            load("<rate-limit-by-key calls='1' renewal-period='60' counter-key='a' total-calls-header-name='X-T' />");
        for (policy, is_granted) in [(first, true), (second, true), (same, false)] {
            get("/").run(&world, |exchange| assert_eq!(run(policy, exchange).is_ok(), is_granted));
        }
    }
}
