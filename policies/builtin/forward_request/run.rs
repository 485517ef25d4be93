//! `<forward-request>` at run time.

use std::time::Duration;

use bundle::document::Message;
use dotnet::context::facts::UrlParts;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Refusal, Upstream};
use engine::policy::{Next, Policy};
use engine::services::{HttpVersion, Incoming, Later, Outgoing, Payload, SendError};
use http::header::{CONTENT_LENGTH, EXPECT, HOST, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::uri::PathAndQuery;
use http::{Method, Uri};

use super::gathered::gathered;
use super::redirect::{MAX_REDIRECTS, forget_credentials, redirected};
use super::{ForwardRequest, Version};
use crate::run::failure;

/// How long a backend may take if nothing is said.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(300);
/// What a time of 0 stands for: more than any request lasts.
const NO_TIMEOUT: Duration = Duration::from_secs(1 << 31);

/// The header with the addresses that a request came through.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The `Reason` of errors on the way to the backend.
const CONNECTION_FAILURE: &str = "BackendConnectionFailure";

impl Policy for ForwardRequest {
    fn run<'x>(&'x self, _: &mut Exchange<'x>) -> Result<Next, Throw> {
        Ok(Next::Wait)
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            let timeout = self.timeout(exchange)?;
            let follows = self.follow_redirects.get(exchange)?;
            if self.buffer_request_body
                && let Err(error) = exchange.buffer_request().await
            {
                return Err(exchange.refuse(Refusal::of_body(Message::Request, &error)));
            }
            let (backend, request) = self.request(exchange, timeout)?;
            let sent = send(exchange, backend, request, follows).await;
            match sent {
                Ok(answer) => self.respond(exchange, answer),
                Err(error) => Err(refuse(exchange, &error)),
            }
        })
    }
}

impl ForwardRequest {
    fn timeout<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Duration, Throw> {
        let time = match (&self.timeout_ms, &self.timeout) {
            (Some(time), _) => time.get(exchange)?.duration(),
            (None, Some(time)) => time.get(exchange)?.duration(),
            (None, None) => DEFAULT_TIMEOUT,
        };
        Ok(if time.is_zero() { NO_TIMEOUT } else { time })
    }

    /// The request as it is now, with the backend that it goes to, if it goes to one.
    fn request<'x>(
        &self,
        exchange: &mut Exchange<'x>,
        timeout: Duration,
    ) -> Result<(Option<&'x str>, Outgoing), Throw> {
        let request = exchange.request();
        let (backend, base) = match exchange.upstream {
            Upstream::Backend { id, .. } => (Some(id), None),
            Upstream::Url(url) => (None, Some(url)),
            Upstream::Api => (None, exchange.context.api.get().and_then(|api| api.service_url.as_ref())),
        };
        if backend.is_none() && base.is_none() {
            let message = "The API has no URL of a backend, and no policy names one.".to_owned();
            return Err(failure(exchange, CONNECTION_FAILURE, message));
        }
        let (path, query) = (request.url.path.get().to_utf8(), request.url.query());
        let Some(uri) = target(base, &path, &query.to_utf8()) else {
            let message = "The URL of the request to the backend is not sound.".to_owned();
            return Err(failure(exchange, CONNECTION_FAILURE, message));
        };
        let method = request.method.get().to_utf8();
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            let message = format!("'{method}' is not a method of HTTP.");
            return Err(failure(exchange, CONNECTION_FAILURE, message));
        };
        let headers = headers(exchange, &uri);
        let Some(body) = exchange.take_request_body() else {
            let message =
                "The body of the request was sent before and is not kept; set buffer-request-body.".to_owned();
            return Err(failure(exchange, "RequestBodyConsumed", message));
        };
        let version = match self.http_version {
            Version::One => HttpVersion::Http1,
            Version::TwoOrOne => HttpVersion::Http2Or1,
            Version::Two => HttpVersion::Http2,
        };
        let request = Outgoing { method, uri, headers, body, timeout, version, verify_chain: true, verify_name: true };
        Ok((backend, request))
    }

    fn respond(&self, exchange: &mut Exchange<'_>, answer: Incoming) -> Result<Next, Throw> {
        let Incoming { status, reason, headers, body, .. } = answer;
        let body = if self.buffer_response { gathered(body) } else { body };
        exchange.set_response(status, reason, headers, body);
        if self.fail_on_error_status_code && (400..600).contains(&status) {
            let message = format!("The backend answered with status {status}.");
            return Err(exchange.refuse_with_response(Refusal {
                source: None,
                reason: "BackendResponseError",
                message,
                status,
                public: String::new(),
                headers: Vec::new(),
            }));
        }
        Ok(Next::Continue)
    }
}

/// The URL of a request: path and query behind the base, or alone where the backend knows its base itself.
fn target(base: Option<&UrlParts>, path: &str, query: &str) -> Option<Uri> {
    let mut text = String::with_capacity(path.len() + query.len() + 64);
    if let Some(base) = base {
        text.push_str(base.path.trim_end_matches('/'));
    }
    if path.is_empty() && base.is_some_and(|base| base.path.len() > 1) {
        // A template that adds nothing leaves the slash at the end of the base, if it has one.
        text.truncate(0);
        text.push_str(base.map_or("", |base| &base.path));
    } else if !path.starts_with('/') {
        text.push('/');
    }
    text.push_str(path);
    let mut mark = '?';
    for part in [base.map_or("", |base| &base.query), query] {
        if !part.is_empty() {
            text.push(mark);
            text.push_str(part);
            mark = '&';
        }
    }
    let path_and_query: PathAndQuery = text.parse().ok()?;
    let builder = Uri::builder().path_and_query(path_and_query);
    let Some(base) = base else { return builder.build().ok() };
    let (scheme, port) = match base.scheme.as_str() {
        "http" | "ws" => ("http", 80),
        _ => ("https", 443),
    };
    let builder = builder.scheme(scheme);
    let builder = if base.port == port {
        builder.authority(base.host.as_str())
    } else {
        builder.authority(format!("{}:{}", base.host, base.port))
    };
    builder.build().ok()
}

/// The headers of the request; its `Host` is that of the target unless a policy set one.
fn headers(exchange: &Exchange<'_>, uri: &Uri) -> HeaderMap {
    let headers = &exchange.request().headers.headers;
    let mut map = headers.to_map();
    // The length is that of the body that is sent.
    map.remove(CONTENT_LENGTH);
    // The gateway has answered it; bodies go to the backend without being asked for.
    map.remove(EXPECT);
    forward_for(exchange, &mut map);
    if !headers.has_touched("host") {
        map.remove(HOST);
    }
    set_host(&mut map, uri);
    map
}

/// Adds the caller's address to those that the request came through.
fn forward_for(exchange: &Exchange<'_>, headers: &mut HeaderMap) {
    let caller = exchange.request().ip_address.to_utf8();
    let mut way: Vec<u8> = Vec::new();
    for value in headers.get_all(X_FORWARDED_FOR) {
        way.extend_from_slice(value.as_bytes());
        way.extend_from_slice(b",");
    }
    way.extend_from_slice(caller.as_bytes());
    if let Ok(value) = HeaderValue::from_bytes(&way) {
        headers.insert(X_FORWARDED_FOR, value);
    }
}

/// Adds the `Host` of a URL where there is none.
fn set_host(headers: &mut HeaderMap, uri: &Uri) {
    if !headers.contains_key(HOST)
        && let Some(host) = uri.authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok())
    {
        headers.insert(HOST, host);
    }
}

/// Sends a request, and again where it is redirected if that is to be followed.
async fn send<'x>(
    exchange: &Exchange<'x>,
    backend: Option<&'x str>,
    mut request: Outgoing,
    follows: bool,
) -> Result<Incoming, SendError> {
    let services = exchange.services;
    let (limit, began) = (request.timeout, services.timer.monotonic());
    let mut backend = backend;
    for turn in 0.. {
        let again = (follows && turn < MAX_REDIRECTS).then(|| without_stream(&request));
        let is_stream = matches!(request.body, Payload::Stream(_));
        let answer = match backend {
            None => services.client.send(request).await?,
            Some(id) => match exchange.backends {
                Some(backends) => backends.send(id, request, services).await?,
                None => return Err(SendError::UnknownBackend(id.to_owned())),
            },
        };
        let Some(mut again) = again else { return Ok(answer) };
        let Some(found) = redirected(answer.status, &answer.headers, &answer.from, &again.method) else {
            return Ok(answer);
        };
        if !found.keeps_body {
            again.body = Payload::Empty;
        } else if is_stream {
            // What was on its way has been sent and cannot be sent again.
            return Ok(answer);
        }
        forget_credentials(&mut again.headers);
        set_host(&mut again.headers, &found.uri);
        let spent = services.timer.monotonic().saturating_sub(began);
        again.timeout = limit.checked_sub(spent).ok_or(SendError::Timeout(limit))?;
        request = Outgoing { uri: found.uri, method: found.method, ..again };
        backend = None;
    }
    Err(SendError::Answer("it redirects without end"))
}

/// The same request, without a body that can be sent only once.
fn without_stream(request: &Outgoing) -> Outgoing {
    let body = match &request.body {
        Payload::Memory(bytes) => Payload::Memory(bytes.clone()),
        Payload::Empty | Payload::Stream(_) => Payload::Empty,
    };
    Outgoing {
        method: request.method.clone(),
        uri: request.uri.clone(),
        headers: request.headers.clone(),
        body,
        timeout: request.timeout,
        version: request.version,
        verify_chain: request.verify_chain,
        verify_name: request.verify_name,
    }
}

/// The error of a request without an answer.
#[cold]
fn refuse(exchange: &mut Exchange<'_>, error: &SendError) -> Throw {
    let mut message = error.to_string();
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message.push('.');
    match error {
        SendError::Timeout(_) => failure(exchange, "Timeout", message),
        SendError::BackendAtRest { retry_after, .. } => {
            let seconds = retry_after.map(|time| time.as_millis().div_ceil(1000).max(1));
            let value = seconds.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok());
            exchange.refuse(Refusal {
                source: None,
                reason: "BackendCircuitBreakerOpen",
                message,
                status: 503,
                public: "Service Unavailable".to_owned(),
                headers: value.map(|value| (RETRY_AFTER, value)).into_iter().collect(),
            })
        }
        _ => failure(exchange, CONNECTION_FAILURE, message),
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use bytes::Bytes;
    use dotnet::context::facts::Api;
    use dotnet::context::headers::{Name, Value};
    use engine::services::BodyError;
    use http_body::{Body, Frame};

    use super::*;
    use crate::testing::{Request, World, get, header, load, run};

    fn api(url: &str) -> Option<Api> {
        Some(Api { service_url: UrlParts::parse(url), ..Api::default() })
    }

    #[test]
    fn the_url_is_the_path_behind_the_base() {
        let cases = [
            ("https://a.example", "/x", "", "https://a.example/x"),
            ("https://a.example/", "/x", "q=1", "https://a.example/x?q=1"),
            ("http://a.example:8080/v2/", "/x/", "", "http://a.example:8080/v2/x/"),
            ("https://a.example/v2?k=1", "/x", "q=1", "https://a.example/v2/x?k=1&q=1"),
            ("https://a.example/v2/", "", "", "https://a.example/v2/"),
            ("https://a.example/v2", "", "", "https://a.example/v2"),
            ("https://a.example", "", "", "https://a.example/"),
            ("https://a.example", "//evil.example/x", "", "https://a.example//evil.example/x"),
            ("wss://a.example/chat", "/x", "", "https://a.example/chat/x"),
            ("https://[::1]:8443", "/x", "", "https://[::1]:8443/x"),
        ];
        for (base, path, query, expected) in cases {
            let base = UrlParts::parse(base).unwrap();
            let found = target(Some(&base), path, query).map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{base:?} {path}");
        }
        assert_eq!(target(None, "//evil.example/x", "q").unwrap().to_string(), "//evil.example/x?q");
        assert_eq!(target(None, "/a b", ""), None);
    }

    #[test]
    fn the_request_is_sent_and_its_answer_is_the_response() {
        let (policy, world) = (load("<forward-request timeout='5' />"), World::default());
        world.state().answers.push(Ok((404, vec![("x-a", "1")], "gone")));
        let headers = &[("host", "cars.example"), ("accept", "*/*"), ("content-length", "3")];
        let request =
            Request { method: "POST", headers, body: "new", api: api("https://a.example/v2"), ..get("/x?q=1") };
        request.run(&world, |exchange| {
            exchange.request().headers.headers.set(exchange.arena(), Name::new("X-New"), &[Value::new(b"1")]);
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
            let response = exchange.response();
            assert_eq!(response.status.get(), 404);
            assert_eq!(header(&response.headers.headers, "x-a").as_deref(), Some("1"));
            assert!(matches!(exchange.take_response_body(), Payload::Memory(body) if body == "gone"));
        });
        let state = world.state();
        let sent = state.sent.first().unwrap();
        assert_eq!((sent.method.as_str(), sent.uri.as_str()), ("POST", "https://a.example/v2/x?q=1"));
        assert_eq!((sent.body.as_ref(), sent.timeout), (&b"new"[..], Duration::from_secs(5)));
        let mut headers: Vec<String> =
            sent.headers.iter().map(|(n, v)| format!("{n}: {}", v.to_str().unwrap())).collect();
        headers.sort();
        assert_eq!(headers, ["accept: */*", "host: a.example", "x-forwarded-for: 192.0.2.1", "x-new: 1"]);
    }

    #[test]
    fn a_host_that_a_policy_set_is_sent() {
        let (policy, world) = (load("<forward-request timeout-ms='1500' />"), World::default());
        Request { api: api("https://a.example"), ..get("/") }.run(&world, |exchange| {
            exchange.request().headers.headers.set(exchange.arena(), Name::new("Host"), &[Value::new(b"b.example")]);
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
        });
        let state = world.state();
        let sent = state.sent.first().unwrap();
        assert_eq!((sent.headers.get(HOST).unwrap().as_bytes(), sent.timeout.as_millis()), (&b"b.example"[..], 1500));
    }

    #[test]
    fn a_backend_gets_the_path_alone() {
        let (policy, world) = (load("<forward-request timeout='0' />"), World::default());
        get("/x?q").run(&world, |exchange| {
            exchange.upstream = Upstream::Backend { id: "pool", scope: None };
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
        });
        let state = world.state();
        let sent = state.sent.first().unwrap();
        assert_eq!((sent.backend.as_deref(), sent.uri.as_str()), (Some("pool"), "/x?q"));
        assert_eq!((sent.headers.get(HOST), sent.timeout), (None, NO_TIMEOUT));
    }

    #[test]
    fn errors_have_the_reasons_that_policies_ask_for() {
        let at_rest = SendError::BackendAtRest { backend: "b".into(), retry_after: Some(Duration::from_millis(1200)) };
        let cases = [
            (SendError::Timeout(Duration::from_secs(5)), "Timeout", 500),
            (SendError::Connection("refused".into()), "BackendConnectionFailure", 500),
            (SendError::UnknownBackend("b".into()), "BackendConnectionFailure", 500),
            (at_rest, "BackendCircuitBreakerOpen", 503),
        ];
        for (error, reason, status) in cases {
            let (policy, world) = (load("<forward-request />"), World::default());
            world.state().answers.push(Err(error));
            Request { api: api("https://a.example"), ..get("/") }.run(&world, |exchange| {
                assert!(run(policy, exchange).is_err());
                let refusal = exchange.take_refusal().unwrap();
                assert_eq!((refusal.reason, refusal.status), (reason, status));
                let retry = refusal.headers.first().map(|(_, value)| value.to_str().unwrap().to_owned());
                assert_eq!(retry.as_deref(), (status == 503).then_some("2"));
            });
        }
        get("/").run(&World::default(), |exchange| {
            assert!(run(load("<forward-request />"), exchange).is_err());
            assert_eq!(exchange.take_refusal().unwrap().reason, "BackendConnectionFailure");
        });
    }

    #[test]
    fn an_error_status_is_an_error_if_asked_and_the_response_stays() {
        let policy = load("<forward-request fail-on-error-status-code='true' />");
        for (status, fails) in [(399, false), (400, true), (599, true), (600, false)] {
            let world = World::default();
            world.state().answers.push(Ok((status, vec![], "why")));
            Request { api: api("https://a.example"), ..get("/") }.run(&world, |exchange| {
                assert_eq!(run(policy, exchange).is_err(), fails, "{status}");
                assert_eq!(exchange.take_refusal().map(|refusal| refusal.status), fails.then_some(status));
                assert_eq!(exchange.response().status.get(), status);
            });
        }
    }

    #[test]
    fn redirections_are_followed_if_asked() {
        let policy = load("<forward-request follow-redirects='true' />");
        let plain = load("<forward-request />");
        for (policy, requests) in [(policy, 2), (plain, 1)] {
            let world = World::default();
            world.state().answers.push(Ok((302, vec![("location", "/y?z")], "")));
            let headers = &[("authorization", "secret"), ("accept", "*/*")];
            let request = Request { method: "POST", headers, body: "b", api: api("http://a.example/v2"), ..get("/x") };
            request.run(&world, |exchange| {
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                assert_eq!(exchange.response().status.get(), if requests == 2 { 200 } else { 302 });
            });
            let state = world.state();
            assert_eq!(state.sent.len(), requests);
            if let Some(second) = state.sent.get(1) {
                assert_eq!((second.method.as_str(), second.uri.as_str()), ("GET", "http://a.example/y?z"));
                assert_eq!((second.body.len(), second.headers.len()), (0, 3));
                assert!(second.headers.contains_key("accept") && second.headers.contains_key(HOST));
            }
        }
    }

    #[test]
    fn endless_redirections_end() {
        let (policy, world) = (load("<forward-request follow-redirects='true' />"), World::default());
        world.state().answers.extend((0..99).map(|_| Ok((307, vec![("location", "/")], ""))));
        Request { api: api("https://a.example"), ..get("/") }.run(&world, |exchange| {
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
            assert_eq!(exchange.response().status.get(), 307);
        });
        assert_eq!(world.state().sent.len(), MAX_REDIRECTS + 1);
    }

    /// A body of one piece that is on its way.
    struct Stream(Option<Bytes>);

    impl Body for Stream {
        type Data = Bytes;
        type Error = BodyError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
            Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
        }
    }

    #[test]
    fn a_body_that_is_kept_can_be_sent_again_and_another_cannot() {
        for (snippet, is_kept) in
            [("<forward-request buffer-request-body='true' />", true), ("<forward-request />", false)]
        {
            let (policy, world) = (load(snippet), World::default());
            Request { method: "POST", api: api("https://a.example"), ..get("/") }.run(&world, |exchange| {
                exchange.set_request_body(Payload::Stream(Box::pin(Stream(Some(Bytes::from_static(b"once"))))));
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                assert_eq!(run(policy, exchange).is_ok(), is_kept);
                let reason = exchange.take_refusal().map(|refusal| refusal.reason);
                assert_eq!(reason, (!is_kept).then_some("RequestBodyConsumed"));
            });
            let bodies: Vec<_> = world.state().sent.iter().map(|sent| sent.body.clone()).collect();
            assert_eq!(bodies, vec![Bytes::from_static(b"once"); if is_kept { 2 } else { 1 }]);
        }
    }
}
