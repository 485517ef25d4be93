//! Requests to other servers: connections that are kept and used again, one safe retry, and answers that are sound.
//!
//! A client belongs to one thread. It looks at every answer before anybody else does (`answer`), never passes headers of
//! a connection on (`crate::hop`), and reaches no address that the operator closed (`egress`).
//!
//! Not here: which server a request is for (`policies`, `crate::backends`).

mod answer;
mod body;
mod connect;
pub mod egress;
mod message;
mod origin;
mod pool;
pub mod tls;

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use engine::services::{Client, Incoming, Later, Outgoing, SendError};

use connect::Connector;
use egress::Egress;
use message::Message;
use origin::Origin;
use pool::Pools;
use tls::Trust;

/// How a client behaves.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// How long making a connection may take.
    pub connect_timeout: Duration,
    /// How long a connection that nobody uses is kept.
    pub idle_timeout: Duration,
    /// How long the body of an answer may stand still.
    pub body_timeout: Duration,
    /// Connections to one server at a time, from this thread.
    pub max_connections: usize,
    /// Which addresses it may reach.
    pub egress: Arc<Egress>,
    /// Whose certificates it trusts.
    pub trust: Arc<Trust>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            body_timeout: Duration::from_secs(300),
            max_connections: 1024,
            egress: Arc::default(),
            trust: Arc::default(),
        }
    }
}

/// An HTTP client of one thread, which must be inside a `tokio::task::LocalSet`.
#[derive(Clone)]
pub struct HttpClient {
    shared: Rc<Shared>,
}

struct Shared {
    options: ClientOptions,
    connector: Connector,
    pools: Pools,
}

impl HttpClient {
    /// A client.
    #[must_use]
    pub fn new(options: ClientOptions) -> Self {
        let connector = Connector::new(&options);
        Self { shared: Rc::new(Shared { options, connector, pools: Pools::default() }) }
    }

    /// Closes connections that nobody used for too long. Whoever owns the client calls this now and then.
    pub fn close_idle(&self) {
        self.shared.pools.close_idle(self.shared.options.idle_timeout);
    }

    /// How many connections are kept for later.
    #[must_use]
    pub fn idle_connections(&self) -> usize {
        self.shared.pools.idle()
    }
}

impl Client for HttpClient {
    fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
        let timeout = request.timeout;
        Box::pin(async move {
            let exchange = self.shared.exchange(request);
            tokio::time::timeout(timeout, exchange).await.unwrap_or(Err(SendError::Timeout(timeout)))
        })
    }
}

impl Shared {
    async fn exchange(&self, request: Outgoing) -> Result<Incoming, SendError> {
        let origin = Origin::of(&request)?;
        self.options.egress.check_host(&origin.host)?;
        let from = request.uri.clone();
        let mut message = Message::new(request);
        let method = message.method().clone();
        let pool = self.pools.of(&origin);
        loop {
            let kept = pool.take(self.options.idle_timeout).await;
            let was_kept = kept.is_some();
            let mut connection = match kept {
                Some(connection) => connection,
                None => {
                    let permit = pool.permit(self.options.max_connections).await;
                    let connection = self.connector.connect(&origin, permit).await?;
                    pool.share(&connection);
                    connection
                }
            };
            // A kept connection may have been closed by the server just now. What the server did not answer at all, and
            // what may be done twice, is sent once more; there are only so many kept connections, and then a new one.
            let copy = if was_kept { message.copy() } else { None };
            let heard = connection.heard();
            let failure = match connection.send(message).await {
                Ok(response) => {
                    let body_timeout = self.options.body_timeout;
                    return answer::admit(response, from, &method, connection, pool, body_timeout);
                }
                Err(failure) => failure,
            };
            let is_silent = connection.heard() == heard;
            message = match (failure.unsent, copy) {
                (Some(unsent), _) if was_kept => unsent,
                (None, Some(copy)) if is_silent => {
                    // One of the kept connections was closed; the others are as old.
                    pool.clear();
                    copy
                }
                _ => return Err(failure.error),
            };
        }
    }
}
