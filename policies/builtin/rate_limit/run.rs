//! `<rate-limit>` at run time.

use bundle::document::DocumentName;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::Later;

use super::RateLimit;
use crate::rate::{Limit, Told, take, take_now, tell};
use crate::value::{NameText, Seconds};

impl Policy for RateLimit {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let limits = self.limits(exchange);
        if limits.is_empty() {
            return Ok(Next::Continue);
        }
        match take_now(exchange, &limits) {
            Some(answer) => tell(exchange, &self.told(), answer),
            None => Ok(Next::Wait),
        }
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            let limits = self.limits(exchange);
            let answer = take(exchange, &limits).await;
            tell(exchange, &self.told(), answer)
        })
    }
}

impl RateLimit {
    /// The windows that this call is counted in; none without a subscription.
    fn limits(&self, exchange: &Exchange<'_>) -> Vec<Limit> {
        let Some(subscription) = exchange.context.subscription.get() else { return Vec::new() };
        let document = exchange.running().map_or(&DocumentName::Global, |document| document.name());
        let limit = |part: &str, calls: i32, period: Seconds| Limit {
            // Nothing but the last part can hold this separator.
            key: format!("rate-limit\u{1f}{document}\u{1f}{part}\u{1f}{}", subscription.id),
            calls: u64::try_from(calls).unwrap_or(0),
            period: period.duration(),
            amount: 1,
        };
        let mut limits = vec![limit("", self.calls, self.renewal_period)];
        let Some(api) = exchange.context.api.get() else { return limits };
        let named = |part_id: &Option<NameText>, part_name: &Option<NameText>, id: &str, name: &str| match part_id {
            Some(wanted) => *wanted.0 == *id,
            None => part_name.as_ref().is_some_and(|wanted| *wanted.0 == *name),
        };
        for part in self.api.iter().filter(|part| named(&part.id, &part.name, &api.id, &api.name)) {
            limits.push(limit(&api.id, part.calls, part.renewal_period));
            let Some(operation) = exchange.context.operation.get() else { continue };
            for part in part.operation.iter().filter(|part| named(&part.id, &part.name, &operation.id, &operation.name))
            {
                limits.push(limit(&format!("{}/{}", api.id, operation.id), part.calls, part.renewal_period));
            }
        }
        limits
    }

    fn told(&self) -> Told<'_> {
        Told {
            retry_after_header: &self.retry_after_header_name,
            retry_after_variable: self.retry_after_variable_name.as_ref(),
            remaining_header: self.remaining_calls_header_name.as_ref(),
            remaining_variable: self.remaining_calls_variable_name.as_ref(),
            total_header: self.total_calls_header_name.as_ref(),
            total: self.calls,
        }
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use dotnet::context::facts::{Api, Operation, Subscription};

    use super::*;
    use crate::testing::{Request, World, get, load, run};

    fn request(subscription: &str, operation: &str) -> Request {
        Request {
            api: Some(Api { id: "cars".into(), name: "Cars".into(), ..Api::default() }),
            operation: Some(Operation { id: operation.into(), name: operation.to_uppercase(), ..Operation::default() }),
            subscription: Some(Subscription { id: subscription.into(), ..Subscription::default() }),
            ..get("/")
        }
    }

    #[test]
    fn each_subscription_has_its_calls_and_counters_may_be_far() {
        for is_far in [false, true] {
            let policy = load("<rate-limit calls='2' renewal-period='60' retry-after-variable-name='wait' />");
            let world = World::default();
            world.state().counters_are_far = is_far;
            for (subscription, is_granted) in [("a", true), ("a", true), ("b", true), ("a", false), ("b", true)] {
                request(subscription, "list").run(&world, |exchange| {
                    assert_eq!(run(policy, exchange).is_ok(), is_granted, "{subscription}");
                    let Some(refusal) = exchange.take_refusal() else { return };
                    assert_eq!((refusal.reason, refusal.status), ("RateLimitExceeded", 429));
                    assert_eq!(refusal.message, "Rate limit is exceeded");
                    assert_eq!(refusal.public, "Rate limit is exceeded. Try again in 57 seconds.");
                    let (name, value) = refusal.headers.first().unwrap();
                    assert_eq!((name.as_str(), value.as_bytes()), ("retry-after", &b"57"[..]));
                    assert!(exchange.variable("wait").flatten().is_some());
                });
            }
        }
    }

    #[test]
    fn a_call_without_a_subscription_is_not_counted() {
        let (policy, world) = (load("<rate-limit calls='1' renewal-period='60' />"), World::default());
        for _ in 0..3 {
            get("/").run(&world, |exchange| assert_eq!(run(policy, exchange), Ok(Next::Continue)));
        }
        assert!(world.state().counts.is_empty());
    }

    #[test]
    fn parts_limit_their_own_calls_and_a_refused_call_counts_nowhere() {
        let policy = load(
            "<rate-limit calls='3' renewal-period='60'><api name='Cars' calls='9' renewal-period='60'>
                <operation id='sell' calls='1' renewal-period='60' /></api>
                <api id='other' calls='1' renewal-period='60' /></rate-limit>",
        );
        let world = World::default();
        let calls = [("sell", true), ("sell", false), ("sell", false), ("list", true), ("list", true), ("list", false)];
        for (operation, is_granted) in calls {
            request("a", operation).run(&world, |exchange| {
                assert_eq!(run(policy, exchange).is_ok(), is_granted, "{operation}");
            });
        }
    }

    #[test]
    fn counters_that_do_not_answer_let_nobody_through() {
        let (policy, world) = (load("<rate-limit calls='1' renewal-period='60' />"), World::default());
        world.state().counters_fail = true;
        request("a", "list").run(&world, |exchange| {
            assert!(run(policy, exchange).is_err());
            assert_eq!(exchange.take_refusal().unwrap().reason, "CounterUnavailable");
        });
    }
}
