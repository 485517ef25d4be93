//! What token issuers publish of themselves: their OpenID configuration and their keys, fetched when they are needed and
//! kept.
//!
//! All threads of a gateway share what was fetched. An issuer is asked by one request at a time, while the others wait
//! for it; for a key that nobody knows at most once in five minutes. An issuer that does not answer leaves the last keys
//! known in force.
//!
//! Not here: which key a token was signed with, and whether it is one to trust (`policies`).

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use engine::services::{Answer, Client, HttpVersion, IssuerKeys, KeySets, Outgoing, Payload, SendError};
use http::header::{ACCEPT, HeaderMap, HeaderValue};
use http::{Method, Uri};
use tokio::sync::watch;

use crate::counters::Clock;

/// How old keys may be before they are asked for again.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// The least time between two fetches that somebody forced, and after one that failed where keys are known.
const LEAST: Duration = Duration::from_secs(5 * 60);
/// The least time between two fetches of an issuer of which nothing is known.
const RETRY: Duration = Duration::from_secs(10);
/// How long an issuer may take to answer, for both documents together.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The largest document, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// How many keys an issuer may have.
const MAX_KEYS: usize = 100;
/// How many issuers are remembered. Their addresses stand in policies, so that more are hardly real.
const MAX_ISSUERS: usize = 1024;

/// The keys of all issuers, shared by the threads of a gateway.
pub struct Issuers {
    known: Mutex<HashMap<String, Issuer>>,
    clock: Clock,
}

#[derive(Default)]
struct Issuer {
    keys: Option<Arc<IssuerKeys>>,
    /// When the keys were fetched.
    fetched: Duration,
    /// When a fetch began last, and why the last one failed.
    tried: Option<(Duration, Option<String>)>,
    /// Ends when the fetch that is under way does.
    under_way: Option<watch::Receiver<()>>,
}

/// What a request for keys has to do.
enum Plan {
    Use(Result<Arc<IssuerKeys>, SendError>),
    /// Nothing is at hand: ask again when somebody waits.
    Due,
    /// Wait for another request's fetch.
    Wait(watch::Receiver<()>),
    /// Fetch; whoever waits is told when this is dropped.
    Fetch(watch::Sender<()>),
}

impl Issuers {
    /// No issuers yet, on a clock.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { known: Mutex::default(), clock }
    }

    /// What to do for the keys of an issuer. Nothing changes unless somebody waits: a promise that is dropped unasked must
    /// not count as a fetch.
    fn plan(&self, url: &str, refresh: bool, waits: bool) -> Plan {
        let now = (self.clock)();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(url) {
            if known.len() >= MAX_ISSUERS {
                known.retain(|_, issuer| issuer.under_way.is_some() || now.saturating_sub(issuer.fetched) < FRESH);
            }
            if known.len() >= MAX_ISSUERS {
                return Plan::Use(Err(SendError::Answer("there are too many issuers")));
            }
            if !waits {
                return Plan::Due;
            }
            known.insert(url.to_owned(), Issuer::default());
        }
        let Some(issuer) = known.get_mut(url) else { return Plan::Use(Err(SendError::Answer("no issuer"))) };
        let age = now.saturating_sub(issuer.fetched);
        if let Some(keys) = &issuer.keys
            && ((age < FRESH && !refresh) || age < LEAST)
        {
            return Plan::Use(Ok(keys.clone()));
        }
        // A fetch whose request went away is nobody's any more.
        if let Some(fetch) = issuer.under_way.as_ref().filter(|fetch| fetch.has_changed().is_ok()) {
            // Old keys are good while new ones are on their way, unless somebody needs a key that they do not have.
            return match &issuer.keys {
                Some(keys) if !refresh => Plan::Use(Ok(keys.clone())),
                _ => Plan::Wait(fetch.clone()),
            };
        }
        if let Some((tried, failure)) = &issuer.tried {
            let since = now.saturating_sub(*tried);
            // A fetch that was given up on its way neither failed nor brought anything.
            let least = if issuer.under_way.is_some() { RETRY } else { LEAST };
            match (&issuer.keys, failure) {
                (Some(keys), _) if since < least => return Plan::Use(Ok(keys.clone())),
                (None, Some(failure)) if since < RETRY => {
                    return Plan::Use(Err(SendError::Connection(failure.clone())));
                }
                _ => {}
            }
        }
        if !waits {
            return Plan::Due;
        }
        let (sender, receiver) = watch::channel(());
        issuer.under_way = Some(receiver);
        issuer.tried = Some((now, None));
        Plan::Fetch(sender)
    }

    fn finish(&self, url: &str, fetched: Result<Found, SendError>) -> Result<Arc<IssuerKeys>, SendError> {
        let now = (self.clock)();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let issuer = known.entry(url.to_owned()).or_default();
        issuer.under_way = None;
        match fetched {
            Ok(found) => {
                let generation = issuer.keys.as_ref().map_or(1, |keys| keys.generation + 1);
                let keys = Arc::new(IssuerKeys { issuer: found.issuer, keys: found.keys, generation });
                issuer.keys = Some(keys.clone());
                issuer.fetched = now;
                Ok(keys)
            }
            Err(error) => {
                issuer.tried = Some((now, Some(error.to_string())));
                issuer.keys.clone().ok_or(error)
            }
        }
    }
}

/// The keys of issuers for one thread.
pub struct FetchedKeys {
    issuers: Arc<Issuers>,
    client: Rc<dyn Client>,
}

struct Found {
    issuer: Option<String>,
    keys: Vec<serde_json::Value>,
}

impl FetchedKeys {
    /// Keys that are fetched by `client` and shared in `issuers`.
    #[must_use]
    pub fn new(issuers: Arc<Issuers>, client: Rc<dyn Client>) -> Self {
        Self { issuers, client }
    }

    async fn fetch(&self, url: &str) -> Result<Found, SendError> {
        let fetching = async {
            let configuration = self.get(url).await?;
            let text = |name: &str| configuration.get(name).and_then(serde_json::Value::as_str);
            let issuer = text("issuer").map(str::to_owned);
            let jwks = text("jwks_uri").ok_or(SendError::Answer("the configuration names no `jwks_uri`"))?;
            let mut set = self.get(jwks).await?;
            match set.get_mut("keys").map(serde_json::Value::take) {
                Some(serde_json::Value::Array(keys)) if keys.len() <= MAX_KEYS => Ok(Found { issuer, keys }),
                Some(serde_json::Value::Array(_)) => Err(SendError::Answer("the issuer has too many keys")),
                _ => Err(SendError::Answer("the key set has no `keys`")),
            }
        };
        tokio::time::timeout(TIMEOUT, fetching).await.unwrap_or(Err(SendError::Timeout(TIMEOUT)))
    }

    async fn get(&self, url: &str) -> Result<serde_json::Value, SendError> {
        let uri: Uri = url.parse().map_err(|_| SendError::Answer("an address of the issuer is no URL"))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let answer = self.client.send(Outgoing {
            method: Method::GET,
            uri,
            headers,
            body: Payload::Empty,
            timeout: TIMEOUT,
            version: HttpVersion::Http1,
            verify_chain: true,
            verify_name: true,
        });
        let answer = answer.await?;
        if answer.status != 200 {
            return Err(SendError::Answer("the issuer did not answer with 200"));
        }
        let bytes = match answer.body {
            Payload::Empty => bytes::Bytes::new(),
            Payload::Memory(bytes) if bytes.len() <= MAX_BYTES => bytes,
            Payload::Memory(_) => return Err(SendError::Answer("the issuer's answer is too large")),
            Payload::Stream(stream) => engine::exchange::read_whole(stream, MAX_BYTES)
                .await
                .map_err(|_| SendError::Answer("the issuer's answer broke off or is too large"))?,
        };
        serde_json::from_slice(&bytes).map_err(|_| SendError::Answer("the issuer's answer is not JSON"))
    }

    async fn follow(&self, url: &str, refresh: bool) -> Result<Arc<IssuerKeys>, SendError> {
        let mut plan = self.issuers.plan(url, refresh, true);
        loop {
            match plan {
                Plan::Use(result) => return result,
                Plan::Due => {}
                // It only ever ends.
                Plan::Wait(mut fetch) => drop(fetch.changed().await),
                Plan::Fetch(_told) => {
                    let fetched = self.fetch(url).await;
                    return self.issuers.finish(url, fetched);
                }
            }
            // What the other request brought is as new as it gets.
            plan = self.issuers.plan(url, false, true);
        }
    }
}

impl KeySets for FetchedKeys {
    fn keys<'a>(&'a self, url: &str, refresh: bool) -> Answer<'a, Result<Arc<IssuerKeys>, SendError>> {
        match self.issuers.plan(url, refresh, false) {
            Plan::Use(result) => Answer::Now(result),
            _ => {
                let url = url.to_owned();
                Answer::Later(Box::pin(async move { self.follow(&url, refresh).await }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::sync::atomic::{AtomicU64, Ordering};

    use engine::services::{Incoming, Later};
    use tokio::sync::Notify;

    use super::*;

    const URL: &str = "https://login.test/.well-known/openid-configuration";

    /// An issuer whose answers are scripted and that waits until it may answer.
    #[derive(Default)]
    struct Scripted {
        fetches: Cell<u32>,
        fails: Cell<bool>,
        gate: Option<Notify>,
        keys: RefCell<String>,
    }

    impl Client for Scripted {
        fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
            Box::pin(async move {
                let body = if request.uri.path().ends_with("openid-configuration") {
                    self.fetches.set(self.fetches.get() + 1);
                    if let Some(gate) = &self.gate {
                        gate.notified().await;
                    }
                    r#"{"issuer": "https://login.test/", "jwks_uri": "https://login.test/keys"}"#.to_owned()
                } else {
                    self.keys.borrow().clone()
                };
                if self.fails.get() {
                    return Err(SendError::Connection("refused".into()));
                }
                Ok(Incoming {
                    from: request.uri,
                    status: 200,
                    reason: None,
                    headers: HeaderMap::new(),
                    body: Payload::Memory(body.into()),
                })
            })
        }
    }

    struct World {
        issuer: Rc<Scripted>,
        keys: Rc<FetchedKeys>,
        now: Arc<AtomicU64>,
    }

    fn world(issuer: Scripted) -> World {
        let issuer = Rc::new(issuer);
        *issuer.keys.borrow_mut() = r#"{"keys": [{"kid": "1"}]}"#.into();
        let now = Arc::new(AtomicU64::new(1000));
        let read = now.clone();
        let issuers = Arc::new(Issuers::new(Arc::new(move || Duration::from_secs(read.load(Ordering::Relaxed)))));
        World { keys: Rc::new(FetchedKeys::new(issuers, issuer.clone())), issuer, now }
    }

    impl World {
        async fn ask(&self, refresh: bool) -> Result<Arc<IssuerKeys>, SendError> {
            match self.keys.keys(URL, refresh) {
                Answer::Now(result) => result,
                Answer::Later(later) => later.await,
            }
        }

        fn after(&self, seconds: u64) {
            self.now.fetch_add(seconds, Ordering::Relaxed);
        }
    }

    fn run(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, test);
    }

    #[test]
    fn keys_are_fetched_once_and_asked_for_again_when_they_are_old() {
        run(async {
            let world = world(Scripted::default());
            let first = world.ask(false).await.unwrap();
            assert_eq!(
                (first.issuer.as_deref(), first.generation, first.keys.len()),
                (Some("https://login.test/"), 1, 1)
            );
            world.after(3599);
            world.ask(false).await.unwrap();
            assert_eq!(world.issuer.fetches.get(), 1);
            world.after(1);
            assert_eq!(world.ask(false).await.unwrap().generation, 2);
        });
    }

    #[test]
    fn unknown_keys_cause_one_fetch_in_five_minutes() {
        run(async {
            let world = world(Scripted::default());
            world.ask(false).await.unwrap();
            for _ in 0..10 {
                world.ask(true).await.unwrap();
                world.after(20);
            }
            assert_eq!(world.issuer.fetches.get(), 1);
            world.after(100);
            for _ in 0..10 {
                world.ask(true).await.unwrap();
            }
            assert_eq!(world.issuer.fetches.get(), 2);
        });
    }

    #[test]
    fn an_issuer_that_does_not_answer_leaves_its_keys_in_force() {
        run(async {
            let world = world(Scripted::default());
            world.ask(false).await.unwrap();
            world.issuer.fails.set(true);
            world.after(4000);
            for _ in 0..5 {
                assert_eq!(world.ask(false).await.unwrap().generation, 1);
                assert_eq!(world.ask(true).await.unwrap().generation, 1);
            }
            assert_eq!(world.issuer.fetches.get(), 2, "a failure is not repeated at once");
            world.issuer.fails.set(false);
            world.after(300);
            assert_eq!(world.ask(false).await.unwrap().generation, 2);
        });
    }

    #[test]
    fn an_issuer_that_nothing_is_known_of_is_not_asked_by_every_request() {
        run(async {
            let world = world(Scripted::default());
            world.issuer.fails.set(true);
            for _ in 0..5 {
                assert!(world.ask(false).await.is_err());
            }
            assert_eq!(world.issuer.fetches.get(), 1);
            world.issuer.fails.set(false);
            world.after(10);
            assert!(world.ask(false).await.is_ok());
        });
    }

    #[test]
    fn one_fetch_serves_all_who_wait() {
        run(async {
            let world = Rc::new(world(Scripted { gate: Some(Notify::new()), ..Scripted::default() }));
            let ask = |world: &Rc<World>| {
                let world = world.clone();
                tokio::task::spawn_local(async move { world.ask(false).await.unwrap().generation })
            };
            let waiting: Vec<_> = (0..20).map(|_| ask(&world)).collect();
            tokio::task::yield_now().await;
            world.issuer.gate.as_ref().unwrap().notify_one();
            for one in waiting {
                assert_eq!(one.await.unwrap(), 1);
            }
            assert_eq!(world.issuer.fetches.get(), 1);
        });
    }

    #[test]
    fn a_fetch_that_was_given_up_is_begun_again() {
        run(async {
            let world = Rc::new(world(Scripted { gate: Some(Notify::new()), ..Scripted::default() }));
            let first = tokio::task::spawn_local({
                let world = world.clone();
                async move { world.ask(false).await.map(|keys| keys.generation) }
            });
            tokio::task::yield_now().await;
            first.abort();
            let _ = first.await;
            world.issuer.gate.as_ref().unwrap().notify_one();
            assert_eq!(world.ask(false).await.unwrap().generation, 1);
        });
    }

    #[test]
    fn a_promise_that_nobody_asked_is_no_fetch() {
        run(async {
            let world = world(Scripted::default());
            drop(world.keys.keys(URL, false));
            world.ask(false).await.unwrap();
            world.after(4000);
            drop(world.keys.keys(URL, true));
            assert_eq!(world.ask(false).await.unwrap().generation, 2);
        });
    }

    #[test]
    fn a_refresh_that_was_given_up_is_begun_again_after_a_while() {
        run(async {
            let world = Rc::new(world(Scripted { gate: Some(Notify::new()), ..Scripted::default() }));
            world.issuer.gate.as_ref().unwrap().notify_one();
            world.ask(false).await.unwrap();
            world.after(4000);
            let given_up = tokio::task::spawn_local({
                let world = world.clone();
                async move { world.ask(true).await.map(|keys| keys.generation) }
            });
            tokio::task::yield_now().await;
            given_up.abort();
            let _ = given_up.await;
            assert_eq!(world.ask(true).await.unwrap().generation, 1);
            world.after(10);
            world.issuer.gate.as_ref().unwrap().notify_one();
            assert_eq!(world.ask(true).await.unwrap().generation, 2);
        });
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        run(async {
            let many = serde_json::json!({ "keys": vec![serde_json::json!({}); MAX_KEYS + 1] }).to_string();
            for bad in ["", "[]", "{}", r#"{"keys": {}}"#, &many, &format!("\"{}\"", "x".repeat(MAX_BYTES))] {
                let world = world(Scripted::default());
                *world.issuer.keys.borrow_mut() = bad.into();
                assert!(world.ask(false).await.is_err(), "{:.20}", bad);
            }
        });
    }
}
