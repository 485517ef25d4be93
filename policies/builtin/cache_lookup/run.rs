//! `<cache-lookup>` at run time.

use std::sync::Arc;

use dotnet::throw::Throw;
use engine::exchange::{CacheDecision, Exchange};
use engine::policy::{Next, Policy};
use engine::services::{Answer, CacheChoice, Later, Payload, StoredResponse};
use http::header::{AGE, CACHE_CONTROL, HeaderValue};

use super::{CacheLookup, CachingType, Downstream};

impl Policy for CacheLookup {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let Some(decision) = self.decide(exchange)? else { return Ok(Next::Continue) };
        match exchange.services.responses.get(decision.cache, decision.key) {
            Answer::Now(found) => Ok(answer(exchange, decision, found)),
            Answer::Later(_) => Ok(Next::Wait),
        }
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            let Some(decision) = self.decide(exchange)? else { return Ok(Next::Continue) };
            let found = exchange.services.responses.get(decision.cache, decision.key).get().await;
            Ok(answer(exchange, decision, found))
        })
    }
}

impl CacheLookup {
    /// Where to look for the request, and for what; none if it is not to be looked for.
    fn decide<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Option<CacheDecision<'x>>, Throw> {
        let request = exchange.request();
        if request.method.get().as_utf8() != Some("GET") {
            return Ok(None);
        }
        let is_private = request.headers.headers.contains(dotnet::context::headers::Name::new("Authorization"));
        if is_private && !self.allow_private_response_caching.get(exchange)? {
            return Ok(None);
        }
        let downstream = self.downstream_caching_type.get(exchange)?;
        let must_revalidate = self.must_revalidate.get(exchange)?;
        let key = self.key(exchange)?;
        let key: &'x str = exchange.keep(key).as_str();
        let cache = match self.caching_type {
            CachingType::PreferExternal => CacheChoice::PreferExternal,
            CachingType::External => CacheChoice::External,
            CachingType::Internal => CacheChoice::Internal,
        };
        let downstream = match (downstream, must_revalidate) {
            (Downstream::None, _) => "no-store",
            (Downstream::Private, false) => "private",
            (Downstream::Private, true) => "private, must-revalidate",
            (Downstream::Public, false) => "public",
            (Downstream::Public, true) => "public, must-revalidate",
        };
        let decision = CacheDecision { key, cache, downstream };
        exchange.cache = Some(decision);
        Ok(Some(decision))
    }
}

/// Makes a stored response the response.
fn answer(exchange: &mut Exchange<'_>, decision: CacheDecision<'_>, found: Option<Arc<StoredResponse>>) -> Next {
    let Some(found) = found else { return Next::Continue };
    let mut headers = found.headers.clone();
    headers.insert(CACHE_CONTROL, cache_control(decision, found.time.as_secs()));
    if decision.downstream != "no-store" {
        let age = (exchange.services.ambient.utc_ticks() - found.stored).max(0) / 10_000_000;
        headers.insert(AGE, HeaderValue::from(age));
    }
    let body = if found.body.is_empty() { Payload::Empty } else { Payload::Memory(found.body.clone()) };
    exchange.set_response(found.status, found.reason.clone(), headers, body);
    // What was found is not stored again.
    exchange.cache = None;
    Next::Outbound
}

/// What caches on the way to the caller are told of a response that is stored for so many seconds.
pub fn cache_control(decision: CacheDecision<'_>, seconds: u64) -> HeaderValue {
    let text = match decision.downstream {
        "no-store" => "no-store".to_owned(),
        directives => format!("{directives}, max-age={seconds}"),
    };
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("no-store"))
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use dotnet::context::facts::{Group, User};

    use super::*;
    use crate::testing::{Request, World, get, load, run};

    /// The key that a request is looked for with.
    fn key(snippet: &str, request: Request) -> Option<String> {
        let policy = load(snippet);
        request.run(&World::default(), |exchange| {
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
            exchange.cache.map(|decision| decision.key.to_owned())
        })
    }

    #[test]
    fn requests_are_equal_as_the_policy_says() {
        let whole = "<cache-lookup />";
        assert_eq!(key(whole, get("/a?b")), key(whole, get("/a?b")));
        let user = |id: &str, group: &str| {
            let groups = vec![Group { id: group.into(), name: String::new() }];
            Request { user: Some(User { id: id.into(), groups, ..User::default() }), ..get("/a") }
        };
        let accepts = |value| Request { headers: value, ..get("/a") };
        let some = "<cache-lookup><vary-by-query-parameter>a; B</vary-by-query-parameter></cache-lookup>";
        let header = "<cache-lookup><vary-by-header>Accept</vary-by-header></cache-lookup>";
        for (snippet, one, other, is_same) in [
            (whole, get("/a?b"), get("/a?c"), false),
            (whole, get("/a?b"), get("/ab"), false),
            (whole, user("u", "g"), user("v", "h"), true),
            (whole, accepts(&[("accept", "a")]), accepts(&[("accept", "b")]), true),
            (some, get("/x?a=1&c=1"), get("/x?a=1&c=2"), true),
            (some, get("/x?a=1&b=2"), get("/x?b=2&a=1"), true),
            (some, get("/x?a=1&b=2"), get("/x?a=1&b=3"), false),
            (some, get("/x?a=1&a=2"), get("/x?a=1"), false),
            (some, get("/x?a="), get("/x"), false),
            (header, accepts(&[("accept", "a")]), accepts(&[("accept", "b")]), false),
            (header, accepts(&[("accept", "a")]), accepts(&[("ACCEPT", "a"), ("x", "y")]), true),
            ("<cache-lookup vary-by-developer='true' />", user("u", "g"), user("v", "g"), false),
            ("<cache-lookup vary-by-developer-groups='true' />", user("u", "g"), user("v", "g"), true),
            ("<cache-lookup vary-by-developer-groups='true' />", user("u", "g"), user("u", "h"), false),
        ] {
            let shown = format!("{snippet} {} {}", one.target, other.target);
            assert_eq!(key(snippet, one) == key(snippet, other), is_same, "{shown}");
        }
    }

    #[test]
    fn only_reads_that_are_not_private_are_looked_for() {
        let private = Request { headers: &[("authorization", "secret")], ..get("/") };
        assert!(key("<cache-lookup />", private.clone()).is_none());
        assert!(key("<cache-lookup allow-private-response-caching='true' />", private).is_some());
        assert!(key("<cache-lookup />", Request { method: "HEAD", ..get("/") }).is_none());
        assert!(key("<cache-lookup />", Request { method: "POST", ..get("/") }).is_none());
    }
}
