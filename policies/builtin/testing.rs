//! A small world for testing what policies do to a request: scripted services, and policies of snippets.
//!
//! An expression in a snippet gives null, false or zero: nothing here compiles C#. What expressions give is tested by
//! the policies' case files.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bundle::document::{Element, Value};
use bundle::manifest::MockResponse;
use bytes::Bytes;
use dotnet::context::facts;
use dotnet::context::headers::{Headers, Name};
use dotnet::cx::Ambient;
use dotnet::format::Guid;
use dotnet::throw::Throw;
use engine::exchange::{Arrival, Exchange, Ground};
use engine::load::NoSecrets;
use engine::policy::{Next, Policy};
use engine::services::{
    Answer, Backends, CacheChoice, Client, Count, Counted, CounterUnavailable, Counters, Incoming, IssuerKeys, KeySets,
    Later, Log, Outgoing, Payload, ResponseCache, SendError, Services, Severity, StoredResponse, Timer,
};
use grammar::document::{Element as Node, NoInstance};
use grammar::source::Source;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::declaration::{AttributeDef, ElementDef, ExpressionUse};
use crate::run::Loader;

/// What the services were asked, and what they answer.
#[derive(Default)]
pub struct State {
    /// How often each counter was asked to count, and by how much.
    pub counts: HashMap<String, u64>,
    /// Whether counters answer at once.
    pub counters_are_far: bool,
    /// Whether counters answer at all.
    pub counters_fail: bool,
    /// Stored responses.
    pub stored: HashMap<(CacheChoice, String), (Arc<StoredResponse>, Duration)>,
    /// The requests that were sent: method, URL and body, with the backend where one was meant.
    pub sent: Vec<Sent>,
    /// What other servers answer, in order; then a status of 200.
    pub answers: Vec<Result<Reply, SendError>>,
    /// How long policies slept.
    pub slept: Vec<Duration>,
    /// What was traced.
    pub traces: Vec<String>,
    /// What randomness gives, byte by byte.
    pub random: u8,
    /// What the clock shows, in ticks, UTC.
    pub now: i64,
    /// The keys of issuers by the address of their configuration.
    pub issuers: HashMap<String, Arc<IssuerKeys>>,
    /// What issuers have when they are asked for new keys.
    pub new_keys: HashMap<String, Arc<IssuerKeys>>,
    /// Whether issuers answer at once.
    pub issuers_are_far: bool,
    /// How often new keys were asked for.
    pub refreshes: u32,
}

/// What another server answers: status, headers and body.
pub type Reply = (u16, Vec<(&'static str, &'static str)>, &'static str);

/// A request that was sent.
#[derive(Debug)]
pub struct Sent {
    /// The backend that it was sent to, if it was sent to one.
    pub backend: Option<String>,
    /// The method.
    pub method: String,
    /// Where to.
    pub uri: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// How long status and headers may take.
    pub timeout: Duration,
}

/// The services.
#[derive(Clone, Default)]
pub struct World(Arc<Mutex<State>>);

impl World {
    /// The state of the services.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panicked with it")
    }
}

impl Ambient for World {
    fn utc_ticks(&self) -> i64 {
        self.state().now
    }

    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(self.state().random);
    }
}

impl Timer for World {
    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> Later<'_, ()> {
        self.state().slept.push(duration);
        Box::pin(std::future::ready(()))
    }
}

impl World {
    fn counted(&self, count: &Count<'_>) -> Result<Counted, CounterUnavailable> {
        let mut state = self.state();
        if state.counters_fail {
            return Err(CounterUnavailable);
        }
        let used = state.counts.entry(count.key.to_owned()).or_default();
        let granted = *used < count.limit;
        if granted {
            *used += count.amount;
        }
        let retry_after = if granted { Duration::ZERO } else { count.period.mul_f64(0.95) };
        Ok(Counted { granted, remaining: count.limit.saturating_sub(*used), retry_after })
    }
}

impl Counters for World {
    fn count<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<Counted, CounterUnavailable>> {
        if self.state().counters_are_far {
            let (key, Count { limit, period, amount, .. }) = (count.key.to_owned(), count);
            return Answer::Later(Box::pin(async move { self.counted(&Count { key: &key, limit, period, amount }) }));
        }
        Answer::Now(self.counted(&count))
    }

    fn add<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<(), CounterUnavailable>> {
        *self.state().counts.entry(count.key.to_owned()).or_default() += count.amount;
        Answer::Now(Ok(()))
    }
}

impl ResponseCache for World {
    fn get<'a>(&'a self, cache: CacheChoice, key: &str) -> Answer<'a, Option<Arc<StoredResponse>>> {
        Answer::Now(self.state().stored.get(&(cache, key.to_owned())).map(|(response, _)| response.clone()))
    }

    fn put<'a>(
        &'a self,
        cache: CacheChoice,
        key: &str,
        response: Arc<StoredResponse>,
        time: Duration,
    ) -> Answer<'a, ()> {
        self.state().stored.insert((cache, key.to_owned()), (response, time));
        Answer::Now(())
    }
}

impl World {
    async fn answer(&self, backend: Option<String>, request: Outgoing) -> Result<Incoming, SendError> {
        let body = match request.body {
            Payload::Empty => Bytes::new(),
            Payload::Memory(bytes) => bytes,
            Payload::Stream(stream) => engine::exchange::read_whole(stream, 1 << 20).await.expect("the body is whole"),
        };
        let from = request.uri.clone();
        let mut state = self.state();
        state.sent.push(Sent {
            backend,
            method: request.method.to_string(),
            uri: request.uri.to_string(),
            headers: request.headers,
            body,
            timeout: request.timeout,
        });
        if state.answers.is_empty() {
            return Ok(Incoming { from, status: 200, reason: None, headers: HeaderMap::new(), body: Payload::Empty });
        }
        let (status, headers, body) = state.answers.remove(0)?;
        Ok(Incoming { from, status, reason: None, headers: map(&headers), body: payload(body) })
    }
}

impl Client for World {
    fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
        Box::pin(self.answer(None, request))
    }
}

impl Backends for World {
    fn send<'a>(
        &'a self,
        backend: &'a str,
        request: Outgoing,
        _: &'a Services,
    ) -> Later<'a, Result<Incoming, SendError>> {
        Box::pin(self.answer(Some(backend.to_owned()), request))
    }
}

impl KeySets for World {
    fn keys<'a>(&'a self, url: &str, refresh: bool) -> Answer<'a, Result<Arc<IssuerKeys>, SendError>> {
        let mut state = self.state();
        if refresh {
            state.refreshes += 1;
            if let Some(keys) = state.new_keys.remove(url) {
                state.issuers.insert(url.to_owned(), keys);
            }
        }
        let answer = state.issuers.get(url).cloned().ok_or_else(|| SendError::Connection(url.to_owned()));
        if state.issuers_are_far { Answer::Later(Box::pin(std::future::ready(answer))) } else { Answer::Now(answer) }
    }
}

impl Log for World {
    fn trace(&self, _: &str, severity: Severity, source: &str, message: &str, metadata: &[(String, String)]) {
        self.state().traces.push(format!("{severity:?} {source}: {message} {metadata:?}"));
    }
}

/// A request that a policy is tested on.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// Path and query.
    pub target: &'static str,
    /// The headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
    /// The caller's address.
    pub ip_address: &'static str,
    /// What the URL template of the operation matched.
    pub matched: &'static [(&'static str, &'static str)],
    /// The API.
    pub api: Option<facts::Api>,
    /// The operation.
    pub operation: Option<facts::Operation>,
    /// The subscription.
    pub subscription: Option<facts::Subscription>,
    /// The user.
    pub user: Option<facts::User>,
    /// The responses of the operation's description.
    pub mocks: Vec<MockResponse>,
}

/// A `GET` of a path and query.
pub fn get(target: &'static str) -> Request {
    Request {
        method: "GET",
        target,
        headers: &[],
        body: "",
        ip_address: "192.0.2.1",
        matched: &[],
        api: None,
        operation: None,
        subscription: None,
        user: None,
        mocks: Vec::new(),
    }
}

impl Request {
    /// Gives the exchange of this request to a test.
    pub fn run<T>(self, world: &World, test: impl FnOnce(&mut Exchange<'_>) -> T) -> T {
        let services = Services {
            ambient: Box::new(world.clone()),
            timer: Box::new(world.clone()),
            counters: Arc::new(world.clone()),
            responses: Arc::new(world.clone()),
            client: Box::new(world.clone()),
            keys: Box::new(world.clone()),
            log: Arc::new(world.clone()),
        };
        let (epoch, deployment, ground) = (AtomicU64::new(0), facts::Deployment::default(), Ground::default());
        let headers = map(self.headers);
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let arrival = Arrival {
            method: self.method,
            scheme: "https",
            host: "cars.example",
            port: 443,
            path,
            query,
            headers: &headers,
            ip_address: self.ip_address,
            id: Guid::from_u128(7),
            timestamp: 0,
        };
        let mut exchange = Exchange::new(&ground, &services, &epoch, &deployment, &arrival, payload(self.body));
        exchange.context.api.set(self.api.as_ref());
        exchange.context.operation.set(self.operation.as_ref());
        exchange.context.subscription.set(self.subscription.as_ref());
        exchange.context.user.set(self.user.as_ref());
        exchange.mocks = &self.mocks;
        exchange.backends = Some(world);
        for (name, value) in self.matched {
            let (name, value) = (exchange.cx.str(name), exchange.cx.str(value).word());
            exchange.request().matched.get().set(&exchange.cx, name, value);
        }
        test(&mut exchange)
    }
}

fn map(headers: &[(&'static str, &'static str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_bytes(name.as_bytes()).expect("a name"), HeaderValue::from_static(value))
    };
    headers.iter().map(pair).collect()
}

fn payload(body: &'static str) -> Payload {
    if body.is_empty() { Payload::Empty } else { Payload::Memory(Bytes::from_static(body.as_bytes())) }
}

/// The policy of a snippet. It lives as long as the process, and so longer than any exchange.
pub fn load(snippet: &str) -> &'static dyn Policy {
    let element = element_of(snippet);
    let load = crate::find(&element.name).and_then(|policy| policy.load).expect("a policy that runs");
    Box::leak(load(&element, &Loader::new(&NoSecrets)).unwrap_or_else(|error| panic!("{error}")))
}

/// The element of a snippet, as the checker leaves it.
pub fn element_of(snippet: &str) -> Element {
    let document = grammar::document::read(&Source::new("snippet.xml", snippet));
    assert!(document.diagnostics().is_empty(), "{:?}", document.diagnostics());
    let root = document.root().expect("an element");
    let policy = crate::find(root.name()).expect("a policy");
    element(root, &policy.element)
}

/// An element as the checker leaves it.
fn element(node: Node<'_>, declared: &ElementDef) -> Element {
    let attributes = node.attributes().filter_map(|attribute| {
        let known = declared.attributes.iter().find(|known| known.name == attribute.name())?;
        Some((attribute.name().to_owned(), value(attribute.value(), known)))
    });
    let body = if declared.markup { node.body() } else { node.text() };
    let text = declared.text.as_ref().filter(|_| !body.is_blank()).map(|known| value(body, known));
    let children = node.elements().filter_map(|child| {
        let known = declared.children.iter().find(|known| known.element.name == child.name())?;
        Some(element(child, known.element))
    });
    let children = if declared.markup { Vec::new() } else { children.collect() };
    Element { name: node.name().to_owned(), attributes: attributes.collect(), text, children }
}

fn value(value: grammar::document::Value<'_>, known: &AttributeDef) -> Value {
    match value.resolve(&NoInstance).literal() {
        Some(text) => Value::Literal(text.text().to_owned()),
        None if known.expression == ExpressionUse::Deferred => Value::Deferred(0),
        None => Value::Slot(0),
    }
}

/// Runs a policy to its end.
pub fn run<'x>(policy: &'x dyn Policy, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
    match policy.attempt(exchange) {
        Ok(Next::Wait) => now(policy.wait(exchange)),
        result => result,
    }
}

/// The value of a future that waits for nothing outside.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits for something"),
    }
}

/// The values of a header, with bars between them; none if there is no such header.
pub fn header(headers: &Headers<'_>, name: &'static str) -> Option<String> {
    let values = headers.get(Name::new(name));
    let texts: Vec<_> = values.iter().map(|value| String::from_utf8_lossy(value.bytes()).into_owned()).collect();
    (!texts.is_empty()).then(|| texts.join("|"))
}
