//! One request from its arrival to its answer: finds what it is for, and lets the policies run.
//!
//! Not here: how that is found (`routed`).

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use engine::driver;
use engine::exchange::{Arrival, Exchange};
use engine::services::{Payload, Severity};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use http::request::Parts;

use crate::route::path::{UnsoundPath, normalize};
use crate::routed::{Asking, Routed, route};
use crate::settings::Scheme;
use crate::worker::Worker;

/// A request that was let in.
pub(crate) struct Arrived {
    parts: Parts,
    /// The path in its one form, where it arrived in another.
    path: Option<String>,
    body: Payload,
    address: Rc<str>,
    depth: u8,
}

impl Arrived {
    /// A request whose head is sound.
    ///
    /// # Errors
    /// If its path could be read in several ways.
    pub(crate) fn new(parts: Parts, body: Payload, address: Rc<str>, depth: u8) -> Result<Self, UnsoundPath> {
        let path = match normalize(parts.uri.path())? {
            Cow::Borrowed(_) => None,
            Cow::Owned(path) => Some(path),
        };
        Ok(Self { parts, path, body, address, depth })
    }

    /// The host that was asked for, with its port if that was named.
    fn authority(&self) -> &str {
        let named = || self.parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        self.parts.uri.authority().map(http::uri::Authority::as_str).or_else(named).unwrap_or("")
    }
}

/// What a caller is answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) reason: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Payload,
}

impl Answer {
    /// The answer of the gateway itself, in the form of all its refusals.
    pub(crate) fn refusal(status: StatusCode, message: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let mut body = format!("{{ \"statusCode\": {}, \"message\": ", status.as_u16()).into_bytes();
        dotnet::format::escape::json::write_string(&mut body, message.as_bytes(), b'"');
        body.extend_from_slice(b" }");
        Self { status, reason: None, headers, body: Payload::Memory(body.into()) }
    }
}

/// Runs a request, so that those that its policies send to the gateway itself know how deep they are.
pub(crate) fn handle(worker: Rc<Worker>, arrived: Arrived) -> impl Future<Output = Answer> {
    let (depth, of) = (arrived.depth, worker.clone());
    AtDepth { depth, worker: of, running: Box::pin(run(worker, arrived)) }
}

struct AtDepth<F> {
    depth: u8,
    worker: Rc<Worker>,
    running: Pin<Box<F>>,
}

impl<F: Future> Future for AtDepth<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<F::Output> {
        let before = self.worker.enter(self.depth);
        let polled = self.running.as_mut().poll(task);
        self.worker.enter(before);
        polled
    }
}

async fn run(worker: Rc<Worker>, mut arrived: Arrived) -> Answer {
    let body = std::mem::take(&mut arrived.body);
    let Some(loaded) = worker.loaded() else {
        return Answer::refusal(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
    };
    let began = worker.services().timer.monotonic();
    let ground = worker.ground();
    let authority = arrived.authority();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let scheme = worker.settings().scheme;
    let (host, port) = split_port(authority, scheme);
    let path = arrived.path.as_deref().unwrap_or_else(|| arrived.parts.uri.path());
    let query = arrived.parts.uri.query().unwrap_or("");
    let arrival = Arrival {
        method: arrived.parts.method.as_str(),
        scheme: match scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        },
        host,
        port,
        path,
        query,
        headers: &arrived.parts.headers,
        ip_address: &arrived.address,
        id: worker.request_id(),
        timestamp: worker.services().ambient.utc_ticks(),
    };
    let epoch = worker.epoch();
    let mut exchange = Exchange::new(&ground, worker.services(), epoch, &loaded.deployment, &arrival, body);
    let request = Asking { method: &arrived.parts.method, path, query, headers: &arrived.parts.headers, authority };
    match route(&mut exchange, &loaded, &request) {
        Routed::Answered => {}
        Routed::Start(start) => driver::drive(&mut exchange, start).await,
    }
    let answer = answer(&mut exchange);
    if worker.settings().log.requests {
        log(&worker, &exchange, &request, answer.status, began);
    }
    answer
}

fn answer(exchange: &mut Exchange<'_>) -> Answer {
    let response = exchange.response();
    let status = StatusCode::from_u16(response.status.get()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reason = response.reason.get().map(|reason| reason.to_utf8().into_owned());
    let headers = response.headers.headers.to_map();
    Answer { status, reason, headers, body: exchange.take_response_body() }
}

/// Host and port of an authority.
fn split_port(authority: &str, scheme: Scheme) -> (&str, u16) {
    let default = if scheme == Scheme::Https { 443 } else { 80 };
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().unwrap_or(default)),
        _ => (authority, default),
    }
}

/// Logs a request: without its query and headers, which may hold keys.
fn log(worker: &Worker, exchange: &Exchange<'_>, request: &Asking<'_>, status: StatusCode, began: Duration) {
    let context = exchange.context;
    let mut id = Vec::new();
    context.request_id.write(&mut id);
    let time = worker.services().timer.monotonic().saturating_sub(began).as_micros().to_string();
    let error = context.last_error.get();
    let source = error.map(|error| error.source.to_utf8().into_owned());
    let reason = error.and_then(|error| error.reason).map(|reason| reason.to_utf8().into_owned());
    let all = [
        ("requestId", Some(String::from_utf8_lossy(&id).into_owned())),
        ("method", Some(request.method.as_str().to_owned())),
        ("path", Some(request.path.to_owned())),
        ("callerIpAddress", Some(exchange.request().ip_address.to_utf8().into_owned())),
        ("apiId", context.api.get().map(|api| api.id.clone())),
        ("operationId", context.operation.get().map(|operation| operation.id.clone())),
        ("productId", context.product.get().map(|product| product.id.clone())),
        ("subscriptionId", context.subscription.get().map(|subscription| subscription.id.clone())),
        ("responseCode", Some(status.as_u16().to_string())),
        ("totalMicroseconds", Some(time)),
        ("errorSource", source),
        ("errorReason", reason),
    ];
    let fields: Vec<(&str, &str)> =
        all.iter().filter_map(|(name, value)| value.as_deref().map(|value| (*name, value))).collect();
    worker.log().event(Severity::Information, "request", &fields);
}
