//! A world for driving documents without a gateway: nothing answers, and no time passes.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use dotnet::cx::Frozen;
use engine::services::{
    Answer, CacheChoice, Client, Count, Counted, CounterUnavailable, Counters, Incoming, IssuerKeys, KeySets, Later,
    Log, Outgoing, ResponseCache, SendError, Services, Severity, StoredResponse, Timer,
};

/// Services of which none answers.
pub struct Silent;

impl Timer for Silent {
    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Later<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

impl Counters for Silent {
    fn count<'a>(&'a self, _: Count<'_>) -> Answer<'a, Result<Counted, CounterUnavailable>> {
        Answer::Now(Err(CounterUnavailable))
    }

    fn add<'a>(&'a self, _: Count<'_>) -> Answer<'a, Result<(), CounterUnavailable>> {
        Answer::Now(Err(CounterUnavailable))
    }
}

impl ResponseCache for Silent {
    fn get<'a>(&'a self, _: CacheChoice, _: &str) -> Answer<'a, Option<Arc<StoredResponse>>> {
        Answer::Now(None)
    }

    fn put<'a>(&'a self, _: CacheChoice, _: &str, _: Arc<StoredResponse>, _: Duration) -> Answer<'a, ()> {
        Answer::Now(())
    }
}

impl Client for Silent {
    fn send(&self, _: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
        Box::pin(std::future::ready(Err(SendError::Connection("nobody is there".into()))))
    }
}

impl KeySets for Silent {
    fn keys<'a>(&'a self, _: &str, _: bool) -> Answer<'a, Result<Arc<IssuerKeys>, SendError>> {
        Answer::Now(Err(SendError::Connection("nobody is there".into())))
    }
}

impl Log for Silent {
    fn trace(&self, _: &str, _: Severity, _: &str, _: &str, _: &[(String, String)]) {}
}

/// Services of which none answers.
#[must_use]
pub fn silent() -> Services {
    Services {
        ambient: Box::new(Frozen),
        timer: Box::new(Silent),
        counters: Arc::new(Silent),
        responses: Arc::new(Silent),
        client: Box::new(Silent),
        keys: Box::new(Silent),
        log: Arc::new(Silent),
    }
}

/// The value of a future that never has to wait for anything outside.
///
/// # Panics
/// If it has to.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits for something"),
    }
}
