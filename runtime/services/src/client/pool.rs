//! Connections that are kept for the next request to the same server.
//!
//! An HTTP/1.1 connection is taken out while a request runs on it and comes back when its answer has been read to the
//! end. An HTTP/2 connection stays and is shared.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use engine::services::SendError;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::body::OutgoingBody;
use super::message::Message;
use super::origin::Origin;

/// How many servers are remembered; beyond, those without connections are forgotten.
const MAX_ORIGINS: usize = 1024;
/// How many connections to one server are kept that nobody uses.
const MAX_IDLE: usize = 256;

/// The connections of a client by server.
#[derive(Default)]
pub(super) struct Pools {
    pools: RefCell<HashMap<Origin, Rc<Pool>>>,
}

impl Pools {
    /// The connections to a server.
    pub(super) fn of(&self, origin: &Origin) -> Rc<Pool> {
        let mut pools = self.pools.borrow_mut();
        if let Some(pool) = pools.get(origin) {
            return pool.clone();
        }
        if pools.len() >= MAX_ORIGINS {
            pools.retain(|_, pool| !pool.is_unused());
        }
        match pools.entry(origin.clone()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => entry.insert(Rc::default()).clone(),
        }
    }

    pub(super) fn close_idle(&self, idle_timeout: Duration) {
        for pool in self.pools.borrow().values() {
            let is_young = |kept: &Kept| kept.since.elapsed() < idle_timeout && !kept.connection.sender.is_closed();
            pool.idle.borrow_mut().retain(is_young);
            pool.shared.borrow_mut().retain(|connection| !connection.sender.is_closed());
        }
    }

    pub(super) fn idle(&self) -> usize {
        self.pools.borrow().values().map(|pool| pool.idle.borrow().len() + pool.shared.borrow().len()).sum()
    }
}

/// The connections to one server.
#[derive(Default)]
pub(super) struct Pool {
    idle: RefCell<Vec<Kept>>,
    shared: RefCell<Vec<Connection>>,
    permits: RefCell<Option<Arc<Semaphore>>>,
}

struct Kept {
    connection: Connection,
    since: Instant,
}

/// A place among the connections that one server may have, held as long as the connection lives.
pub(super) type Permit = Option<OwnedSemaphorePermit>;

impl Pool {
    /// A connection that can take a request now.
    pub(super) async fn take(&self, idle_timeout: Duration) -> Option<Connection> {
        let shared =
            self.shared.borrow().iter().find(|connection| !connection.sender.is_closed()).map(Connection::share);
        if let Some(Some(connection)) = shared {
            return Some(connection);
        }
        loop {
            // The one used last is the least likely to have been closed meanwhile.
            let Kept { mut connection, since } = self.idle.borrow_mut().pop()?;
            if since.elapsed() < idle_timeout && connection.is_ready().await {
                return Some(connection);
            }
        }
    }

    /// Waits for a place for one more connection.
    pub(super) async fn permit(&self, most: usize) -> Permit {
        let permits = self.permits.borrow_mut().get_or_insert_with(|| Arc::new(Semaphore::new(most))).clone();
        permits.acquire_owned().await.ok()
    }

    /// Keeps a connection whose answer was read to the end.
    pub(super) fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.borrow_mut();
        if !connection.sender.is_closed() && idle.len() < MAX_IDLE {
            idle.push(Kept { connection, since: Instant::now() });
        }
    }

    /// Lets others use a connection that can be shared.
    pub(super) fn share(&self, connection: &Connection) {
        if let Some(shared) = connection.share() {
            let mut all = self.shared.borrow_mut();
            all.retain(|connection| !connection.sender.is_closed());
            all.push(shared);
        }
    }

    /// Forgets the connections that nobody uses.
    pub(super) fn clear(&self) {
        self.idle.borrow_mut().clear();
    }

    fn is_unused(&self) -> bool {
        self.idle.borrow().is_empty() && self.shared.borrow().is_empty()
    }
}

/// A connection to a server.
pub(super) struct Connection {
    sender: Sender,
    heard: Rc<Cell<u64>>,
}

enum Sender {
    Http1(http1::SendRequest<OutgoingBody>),
    Http2(http2::SendRequest<OutgoingBody>),
}

/// Why a request got no answer, and the request if nothing of it was sent.
pub(super) struct Failure {
    pub(super) error: SendError,
    pub(super) unsent: Option<Message>,
}

impl Sender {
    fn is_closed(&self) -> bool {
        match self {
            Self::Http1(sender) => sender.is_closed(),
            Self::Http2(sender) => sender.is_closed(),
        }
    }
}

impl Connection {
    /// A connection; `heard` counts the bytes that came from the server.
    pub(super) fn http1(sender: http1::SendRequest<OutgoingBody>, heard: Rc<Cell<u64>>) -> Self {
        Self { sender: Sender::Http1(sender), heard }
    }

    /// As [`Connection::http1`].
    pub(super) fn http2(sender: http2::SendRequest<OutgoingBody>, heard: Rc<Cell<u64>>) -> Self {
        Self { sender: Sender::Http2(sender), heard }
    }

    pub(super) fn heard(&self) -> u64 {
        self.heard.get()
    }

    fn share(&self) -> Option<Self> {
        match &self.sender {
            Sender::Http1(_) => None,
            Sender::Http2(sender) => Some(Self::http2(sender.clone(), self.heard.clone())),
        }
    }

    /// Whether it comes back to the pool when its answer was read.
    pub(super) fn is_exclusive(&self) -> bool {
        matches!(self.sender, Sender::Http1(_))
    }

    /// Whether it can take a request now. A connection that has not noticed yet that its last request is done gets one
    /// chance to; one that is busy still, with a body that nobody waits for, is not used again.
    async fn is_ready(&mut self) -> bool {
        let Sender::Http1(sender) = &mut self.sender else { return true };
        for _ in 0..2 {
            match poll_fn(|task| Poll::Ready(sender.poll_ready(task))).await {
                Poll::Ready(ready) => return ready.is_ok(),
                Poll::Pending => tokio::task::yield_now().await,
            }
        }
        false
    }

    /// Sends a request and waits for status and headers.
    pub(super) async fn send(&mut self, message: Message) -> Result<Response<Incoming>, Failure> {
        let uri = message.uri().clone();
        let sent = match &mut self.sender {
            Sender::Http1(sender) => sender.try_send_request(message.into_http1()).await,
            Sender::Http2(sender) => sender.try_send_request(message.into_http2()).await,
        };
        sent.map_err(|mut failed| {
            let unsent = failed.take_message().map(|request: Request<OutgoingBody>| Message::from_unsent(request, uri));
            Failure { error: send_error(failed.error()), unsent }
        })
    }
}

fn send_error(error: &hyper::Error) -> SendError {
    if error.is_parse() {
        return SendError::Answer("it is not an answer of HTTP");
    }
    let mut text = error.to_string();
    if let Some(source) = std::error::Error::source(error) {
        text = format!("{text}: {source}");
    }
    SendError::Connection(text)
}
