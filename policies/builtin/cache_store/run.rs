//! `<cache-store>` at run time.

use std::sync::Arc;
use std::time::Duration;

use dotnet::context::headers::{Name, Value};
use dotnet::throw::Throw;
use engine::exchange::{BODY_LIMIT, CacheDecision, Exchange};
use engine::policy::{Next, Policy};
use engine::services::{Later, Payload, StoredResponse};
use http::header::{AGE, CONTENT_LENGTH, SET_COOKIE};

use super::CacheStore;
use super::prefix::read_up_to;
use crate::cache_lookup::cache_control;

impl Policy for CacheStore {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        Ok(if self.decide(exchange)?.is_some() { Next::Wait } else { Next::Continue })
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            if let Some((decision, time)) = self.decide(exchange)? {
                store(exchange, decision, time).await;
            }
            Ok(Next::Continue)
        })
    }
}

impl CacheStore {
    /// Where the response is to be stored and for how long; none if it is not.
    fn decide<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Option<(CacheDecision<'x>, Duration)>, Throw> {
        let Some(decision) = exchange.cache else { return Ok(None) };
        let time = self.duration.get(exchange)?.duration();
        let stores_all = self.cache_response.as_ref().map(|all| all.get(exchange)).transpose()?.unwrap_or(false);
        let is_stored = !time.is_zero() && (stores_all || exchange.response().status.get() == 200);
        Ok(is_stored.then_some((decision, time)))
    }
}

async fn store<'x>(exchange: &mut Exchange<'x>, decision: CacheDecision<'x>, time: Duration) {
    let body = exchange.take_response_body();
    let body = match read_up_to(body, BODY_LIMIT).await {
        Ok(body) => body,
        Err(body) => return exchange.set_response_body(body),
    };
    exchange.set_response_body(if body.is_empty() { Payload::Empty } else { Payload::Memory(body.clone()) });
    let response = exchange.response();
    let mut headers = response.headers.headers.to_map();
    for name in [SET_COOKIE, AGE, CONTENT_LENGTH] {
        headers.remove(name);
    }
    let told = exchange.keep(cache_control(decision, time.as_secs()));
    exchange.set_header(&response.headers.headers, Name::new("Cache-Control"), &[Value::checked(told)]);
    let stored = StoredResponse {
        status: response.status.get(),
        reason: response.reason.get().map(|reason| reason.to_utf8().into_owned()),
        headers,
        body,
        stored: exchange.services.ambient.utc_ticks(),
        time,
    };
    exchange.services.responses.put(decision.cache, decision.key, Arc::new(stored), time).get().await;
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;
    use crate::testing::{World, get, header, load, run};

    fn respond(exchange: &mut Exchange<'_>, status: u16, body: &'static str) {
        let pairs = [("set-cookie", "id=1"), ("x-a", "b")];
        let headers: HeaderMap =
            pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        exchange.set_response(status, None, headers, Payload::Memory(Bytes::from_static(body.as_bytes())));
    }

    #[test]
    fn a_stored_response_is_the_answer_to_an_equal_request() {
        let lookup = load("<cache-lookup downstream-caching-type='private' />");
        let (store, world) = (load("<cache-store duration='60' />"), World::default());
        get("/a").run(&world, |exchange| {
            assert_eq!(run(lookup, exchange), Ok(Next::Continue));
            respond(exchange, 200, "hello");
            assert_eq!(run(store, exchange), Ok(Next::Continue));
            let headers = &exchange.response().headers.headers;
            assert_eq!(header(headers, "cache-control").as_deref(), Some("private, must-revalidate, max-age=60"));
            assert_eq!(header(headers, "set-cookie").as_deref(), Some("id=1"));
            assert!(matches!(exchange.take_response_body(), Payload::Memory(body) if body == "hello"));
        });
        get("/a").run(&world, |exchange| {
            assert_eq!(run(lookup, exchange), Ok(Next::Outbound));
            let headers = &exchange.response().headers.headers;
            assert_eq!(header(headers, "cache-control").as_deref(), Some("private, must-revalidate, max-age=60"));
            assert_eq!((header(headers, "age").as_deref(), header(headers, "set-cookie")), (Some("0"), None));
            assert_eq!(header(headers, "x-a").as_deref(), Some("b"));
            assert!(matches!(exchange.take_response_body(), Payload::Memory(body) if body == "hello"));
            assert_eq!(run(store, exchange), Ok(Next::Continue));
        });
        get("/b").run(&world, |exchange| assert_eq!(run(lookup, exchange), Ok(Next::Continue)));
    }

    #[test]
    fn what_is_stored_depends_on_the_status() {
        for (snippet, status, is_stored) in [
            ("<cache-store duration='60' />", 200, true),
            ("<cache-store duration='60' />", 404, false),
            ("<cache-store duration='60' cache-response='true' />", 404, true),
            ("<cache-store duration='60' cache-response='false' />", 404, false),
            ("<cache-store duration='60' cache-response='false' />", 200, true),
            ("<cache-store duration='0' />", 200, false),
        ] {
            let (lookup, store, world) = (load("<cache-lookup />"), load(snippet), World::default());
            get("/a").run(&world, |exchange| {
                assert_eq!(run(lookup, exchange), Ok(Next::Continue));
                respond(exchange, status, "");
                assert_eq!(run(store, exchange), Ok(Next::Continue));
            });
            assert_eq!(world.state().stored.len(), usize::from(is_stored), "{snippet} {status}");
        }
    }

    #[test]
    fn nothing_is_stored_without_a_lookup() {
        let (store, world) = (load("<cache-store duration='60' />"), World::default());
        get("/a").run(&world, |exchange| {
            respond(exchange, 200, "hello");
            assert_eq!(run(store, exchange), Ok(Next::Continue));
        });
        assert!(world.state().stored.is_empty());
    }
}
