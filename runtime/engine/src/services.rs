//! What policies need of the world: counters, caches, other servers, keys, time. Behind traits, so that the gateway, its
//! tests and a user's tests each bring their own.
//!
//! A service that has its answer at once gives it at once; only one that must ask elsewhere makes the request wait.
//!
//! Not here: the services themselves (`services`, `sandbox`).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dotnet::cx::Ambient;
use http::{HeaderMap, Method, Uri};

/// A future that stays on its thread.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// An answer, or the promise of one. A promise that nobody polled has done nothing yet, so that it may be dropped and
/// the question asked again.
pub enum Answer<'a, T> {
    /// Here it is.
    Now(T),
    /// It takes a while.
    Later(Later<'a, T>),
}

impl<T> Answer<'_, T> {
    /// The answer, when it is there.
    pub async fn get(self) -> T {
        match self {
            Self::Now(value) => value,
            Self::Later(later) => later.await,
        }
    }
}

/// Everything that policies of one worker thread reach.
pub struct Services {
    /// The clock and randomness.
    pub ambient: Box<dyn Ambient>,
    /// Waiting.
    pub timer: Box<dyn Timer>,
    /// Rates and quotas.
    pub counters: Arc<dyn Counters>,
    /// Stored responses.
    pub responses: Arc<dyn ResponseCache>,
    /// Other servers.
    pub client: Box<dyn Client>,
    /// The keys of token issuers.
    pub keys: Box<dyn KeySets>,
    /// Where traces and reports go.
    pub log: Arc<dyn Log>,
}

/// Time that passes.
pub trait Timer {
    /// The time since some moment, which never goes back.
    fn monotonic(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Later<'_, ()>;
}

/// What a counter is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count<'k> {
    /// The counter.
    pub key: &'k str,
    /// How many calls a window allows.
    pub limit: u64,
    /// The length of the window, which slides.
    pub period: Duration,
    /// How many calls this one counts as; 0 only asks.
    pub amount: u64,
}

/// What a counter answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Whether the call is within the limit.
    pub granted: bool,
    /// How many calls are left in the window after this one.
    pub remaining: u64,
    /// How long until a call is granted again; zero if it was granted.
    pub retry_after: Duration,
}

/// A counter store that did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the counter store did not answer")]
pub struct CounterUnavailable;

/// Counters of calls in sliding windows.
pub trait Counters: Send + Sync {
    /// Counts a call if the window has room for it. A call that is not granted is not counted.
    fn count<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<Counted, CounterUnavailable>>;

    /// Counts a call that was made already, whether or not the window has room.
    fn add<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<(), CounterUnavailable>>;
}

/// A stored response.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredResponse {
    /// The status.
    pub status: u16,
    /// The reason, if it is not the usual one.
    pub reason: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// When it was stored, in ticks, UTC.
    pub stored: i64,
    /// For how long it was stored.
    pub time: Duration,
}

/// Which of the caches that a gateway may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheChoice {
    /// The one outside where there is one, else the gateway's own.
    #[default]
    PreferExternal,
    /// The one outside; where there is none, nothing is found or stored.
    External,
    /// The gateway's own.
    Internal,
}

/// Stored responses by key. A cache that fails has nothing and stores nothing; it never fails a request.
pub trait ResponseCache: Send + Sync {
    /// The response of a key.
    fn get<'a>(&'a self, cache: CacheChoice, key: &str) -> Answer<'a, Option<Arc<StoredResponse>>>;

    /// Stores a response for a time.
    fn put<'a>(
        &'a self,
        cache: CacheChoice,
        key: &str,
        response: Arc<StoredResponse>,
        time: Duration,
    ) -> Answer<'a, ()>;
}

/// Why a body broke off.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The sender closed the connection, or sent what is no body.
    #[error("the body broke off: {0}")]
    Broken(String),
    /// It is larger than it may be.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Nothing came for too long.
    #[error("the body stopped arriving")]
    Stalled,
}

/// A body on its way.
pub type BodyStream = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BodyError>>>;

/// The body of a message to be sent.
#[derive(Default)]
pub enum Payload {
    /// None.
    #[default]
    Empty,
    /// In memory.
    Memory(Bytes),
    /// On its way from somewhere else.
    Stream(BodyStream),
}

/// The version of HTTP to speak with a backend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HttpVersion {
    /// HTTP/1.1.
    #[default]
    Http1,
    /// HTTP/2 if the backend has it.
    Http2Or1,
    /// HTTP/2.
    Http2,
}

/// A request to another server.
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// Where to: absolute.
    pub uri: Uri,
    /// The headers, `Host` among them.
    pub headers: HeaderMap,
    /// The body.
    pub body: Payload,
    /// How long status and headers may take.
    pub timeout: Duration,
    /// The version to speak.
    pub version: HttpVersion,
    /// Whether to check the chain of the server's certificate.
    pub verify_chain: bool,
    /// Whether to check the name in the server's certificate.
    pub verify_name: bool,
}

/// The answer of another server.
pub struct Incoming {
    /// Where it came from, absolute.
    pub from: Uri,
    /// The status.
    pub status: u16,
    /// The reason, if it is not the usual one.
    pub reason: Option<String>,
    /// The headers, without those of the connection.
    pub headers: HeaderMap,
    /// The body.
    pub body: Payload,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Status and headers did not come in time.
    #[error("the backend did not answer within {0:?}")]
    Timeout(Duration),
    /// No connection, or it broke before the answer.
    #[error("the connection to the backend failed: {0}")]
    Connection(String),
    /// The answer is none that may be passed on.
    #[error("the backend's answer is not sound: {0}")]
    Answer(&'static str),
    /// The address is one that policies may not reach.
    #[error("{0} is not an address that policies may reach")]
    Forbidden(String),
    /// The instance has no backend of this id.
    #[error("there is no backend `{0}`")]
    UnknownBackend(String),
    /// The backend failed too often and is left alone for a while.
    #[error("the backend `{backend}` is left alone after too many failures")]
    BackendAtRest {
        /// Its id.
        backend: String,
        /// How long it is left alone, if that is known.
        retry_after: Option<Duration>,
    },
}

/// Other servers.
pub trait Client {
    /// Sends a request; gives the answer when its status and headers are there.
    fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>>;
}

/// The backends of the instance that a request began with.
pub trait Backends {
    /// Sends a request to a backend: to its URL, or to that of the member of a pool whose turn it is, with what the
    /// backend signs in with. The `uri` of the request is only the path and query behind the backend's URL, and where
    /// the request has no `Host`, that of the URL is added.
    fn send<'a>(
        &'a self,
        backend: &'a str,
        request: Outgoing,
        services: &'a Services,
    ) -> Later<'a, Result<Incoming, SendError>>;
}

/// What an issuer publishes of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssuerKeys {
    /// The issuer's name.
    pub issuer: Option<String>,
    /// Its keys, as JSON Web Keys.
    pub keys: Vec<serde_json::Value>,
    /// Rises with every fetch, so that what was derived from the keys can be kept.
    pub generation: u64,
}

/// The keys of issuers by the address of their OpenID configuration.
pub trait KeySets {
    /// The keys of an issuer; the last ones known where it does not answer.
    ///
    /// With `refresh`, keys that are older than the least time between two fetches are fetched again.
    fn keys<'a>(&'a self, url: &str, refresh: bool) -> Answer<'a, Result<Arc<IssuerKeys>, SendError>>;
}

/// How much an entry of a trace matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For whoever looks closely.
    Verbose,
    /// Worth knowing.
    Information,
    /// Something went wrong.
    Error,
}

/// Where reports go. Never waits.
pub trait Log: Send + Sync {
    /// An entry of a policy or of the gateway about a request.
    fn trace(&self, request_id: &str, severity: Severity, source: &str, message: &str, metadata: &[(String, String)]);
}
