//! One request from its arrival to its answer: finds API, operation, subscription and product, and lets the policies run.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use bundle::manifest::KeySlot;
use dotnet::context::dictionary::ListDictionary;
use dotnet::text::Str;
use dotnet::ty::Ty;
use dotnet::types::string::STRING;
use dotnet::word::Word;
use engine::driver::{self, Start};
use engine::exchange::{Arrival, Exchange, Refusal, Upstream};
use engine::services::{Payload, Severity};
use http::header::{
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN, WWW_AUTHENTICATE,
};
use http::request::Parts;
use http::{Method, StatusCode};

use crate::load::keys::Used;
use crate::load::{Api, Loaded};
use crate::route::path::{UnsoundPath, normalize};
use crate::route::query_value;
use crate::route::template::{Asked, Match};
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

/// What matching looks at.
struct Asking<'x> {
    method: &'x Method,
    path: &'x str,
    query: &'x str,
    headers: &'x HeaderMap,
    authority: &'x str,
}

enum Routed {
    Start(Start),
    /// A policy answered a preflight request.
    Answered,
}

/// Finds what a request is for, and tells the exchange.
fn route<'x>(exchange: &mut Exchange<'x>, loaded: &'x Loaded, request: &Asking<'x>) -> Routed {
    let found = loaded.find_api(request.path, request.query, request.headers);
    let Some((index, rest)) = found else { return unmatched(exchange, loaded, None, request) };
    let Some(api) = loaded.apis.get(index) else { return unmatched(exchange, loaded, None, request) };
    let asked = Asked { method: request.method.as_str(), query: request.query };
    let Some(matched) = api.templates.find(rest, asked) else {
        return unmatched(exchange, loaded, Some((index, api, rest)), request);
    };
    exchange.context.api.set(Some(&api.facts));
    let workspace = api.workspace.and_then(|workspace| loaded.workspaces.get(workspace));
    exchange.context.workspace.set(workspace.map(|workspace| &workspace.facts));
    let operation = api.operations.get(matched.operation as usize);
    exchange.context.operation.set(operation.map(|operation| &operation.facts));
    exchange.mocks = operation.map_or(&[], |operation| &operation.responses);
    exchange.backends = Some(loaded.backends.of(workspace.map(|workspace| workspace.facts.id.as_str())));
    if let Some(backend) = &api.backend {
        exchange.upstream = Upstream::Backend { id: backend, scope: None };
    }
    set_target(exchange, api, rest, &matched);
    let product = match subscribe(exchange, loaded, (index, api), request) {
        Ok(product) => product.and_then(|product| loaded.products.get(product)),
        Err(refusal) => {
            exchange.chain = loaded.chain(Some(api), operation, None);
            return Routed::Start(Start::Refused(refusal));
        }
    };
    exchange.context.product.set(product.map(|product| &product.facts));
    exchange.chain = loaded.chain(Some(api), operation, product);
    Routed::Start(Start::Matched)
}

/// A request that no operation is for: a preflight request that a policy answers, or a refusal.
fn unmatched<'x>(
    exchange: &mut Exchange<'x>,
    loaded: &'x Loaded,
    api: Option<(usize, &'x Api, &'x str)>,
    request: &Asking<'x>,
) -> Routed {
    let wanted = request.headers.get(ACCESS_CONTROL_REQUEST_METHOD).and_then(|method| method.to_str().ok());
    if *request.method == Method::OPTIONS
        && request.headers.contains_key(ORIGIN)
        && let Some(method) = wanted
    {
        let operation = api.and_then(|(_, api, rest)| {
            let matched = api.templates.find(rest, Asked { method, query: request.query })?;
            api.operations.get(matched.operation as usize)
        });
        // A browser sends no key along; one in the query tells the product all the same.
        let product = api.and_then(|(index, api, _)| {
            let key = query_value(request.query, &api.facts.key_query);
            let used = key.and_then(|key| loaded.keys.open(key.as_bytes(), (index, api), exchange.context.timestamp));
            used.map_or(api.open_product, |used| used.product)
        });
        let product = product.and_then(|product| loaded.products.get(product));
        exchange.context.api.set(api.map(|(_, api, _)| &api.facts));
        exchange.context.operation.set(operation.map(|operation| &operation.facts));
        exchange.context.product.set(product.map(|product| &product.facts));
        exchange.chain = loaded.chain(api.map(|(_, api, _)| api), operation, product);
        if driver::preflight(exchange) {
            return Routed::Answered;
        }
        exchange.context.api.set(None);
        exchange.context.operation.set(None);
        exchange.context.product.set(None);
    }
    // Of an unmatched request nothing is known but that it came.
    exchange.chain = loaded.chain(None, None, None);
    Routed::Start(Start::Refused(Refusal {
        source: Some("configuration"),
        reason: "OperationNotFound",
        message: "Unable to match incoming request to an operation.".to_owned(),
        status: 404,
        public: "Resource not found".to_owned(),
        headers: Vec::new(),
    }))
}

/// Makes the URL of the request the one that is bound for the backend, and tells what stands for the template's
/// parameters.
fn set_target<'x>(exchange: &Exchange<'x>, api: &'x Api, rest: &'x str, matched: &Match) {
    let (request, arena) = (exchange.request(), exchange.arena());
    if let Some(base) = &api.facts.service_url {
        request.url.scheme.set(Str::over(arena, &base.scheme));
        request.url.host.set(Str::over(arena, &base.host));
        request.url.port.set(base.port);
    }
    request.url.path.set(Str::over(arena, rest));
    if !matched.parameters.is_empty() {
        let word = |(name, value): &(String, String)| (exchange.cx.str(name), exchange.cx.str(value).word());
        let entries: Vec<(Str<'x>, Word)> = matched.parameters.iter().map(word).collect();
        let entries = arena.alloc_slice(&entries);
        request.matched.set(arena.alloc(ListDictionary::new(Ty(&STRING), entries)));
    }
}

/// Checks the subscription key of a request; gives the product in whose context it is.
///
/// # Errors
/// Why it is refused.
fn subscribe<'x>(
    exchange: &Exchange<'x>,
    loaded: &'x Loaded,
    api: (usize, &'x Api),
    request: &Asking<'x>,
) -> Result<Option<usize>, Refusal> {
    let facts = &api.1.facts;
    // The query counts only where the header is missing.
    let key = match request.headers.get(&api.1.key_header) {
        Some(key) => Some(Cow::Borrowed(key.as_bytes())),
        None if request.query.is_empty() => None,
        None => query_value(request.query, &facts.key_query).map(|key| Cow::Owned(key.into_bytes())),
    };
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        if api.1.open_product.is_some() || !api.1.subscription_required {
            return Ok(api.1.open_product);
        }
        return Err(Refusal {
            source: Some("authorization"),
            reason: "SubscriptionKeyNotFound",
            message:
                "Access denied due to missing subscription key. Make sure to include subscription key when making \
                      requests to this API."
                    .to_owned(),
            status: 401,
            public: "Access denied due to missing subscription key. Make sure to include subscription key when making \
                     requests to an API."
                .to_owned(),
            headers: challenge(api.1, request),
        });
    };
    let Some(used) = loaded.keys.open(&key, api, exchange.context.timestamp) else {
        let message = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active \
                       subscription.";
        return Err(Refusal {
            source: Some("authorization"),
            reason: "SubscriptionKeyInvalid",
            message: message.to_owned(),
            status: 401,
            public: message.to_owned(),
            headers: challenge(api.1, request),
        });
    };
    let Used { subscription, facts, slot, product } = used;
    exchange.context.subscription.set(Some(facts));
    exchange.context.used_secondary_key.set(slot == KeySlot::Secondary);
    exchange.context.user.set(subscription.owner.and_then(|owner| loaded.users.get(owner)));
    Ok(product)
}

fn challenge(api: &Api, request: &Asking<'_>) -> Vec<(http::HeaderName, HeaderValue)> {
    let path = api.facts.path.trim_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    let text = format!(
        "AzureApiManagementKey realm=\"https://{}{slash}{path}\",name=\"{}\",type=\"header\"",
        request.authority, api.facts.key_header
    );
    HeaderValue::from_str(&text).ok().map(|value| (WWW_AUTHENTICATE, value)).into_iter().collect()
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
