//! One thread of the gateway: its connections, its services, and the memory that its requests take turns in.

use std::cell::{Cell, RefCell};
use std::net::TcpListener as Socket;
use std::ops::Deref;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use dotnet::format::Guid;
use engine::exchange::Ground;
use engine::services::{Services, Severity};
use services::client::{ClientOptions, HttpClient};
use services::clock::{SystemAmbient, SystemTimer};
use services::keys::FetchedKeys;
use services::log::QueuedLog;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, LocalOptions};
use tokio::sync::Notify;

use crate::front::connection::{self, Conn};
use crate::gateway::Shared;
use crate::load::Loaded;
use crate::own::OwnClient;
use crate::settings::Settings;
use crate::shutdown::Shutdown;

/// How often connections are looked at for those that stand still.
const SWEEP: Duration = Duration::from_secs(1);
/// The pauses after an error of accepting: the first, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(1));
/// How much memory of requests is kept for the next ones.
const GROUNDS: usize = 64;

/// One thread of the gateway.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    services: Services,
    client: HttpClient,
    /// The generation of the last request, with its number.
    loaded: RefCell<(u64, Option<Rc<Held>>)>,
    grounds: RefCell<Vec<Ground>>,
    depth: Cell<u8>,
    ids: Cell<[u64; 2]>,
    connections: RefCell<Vec<Weak<Conn>>>,
    /// How many connections there are.
    open: Cell<usize>,
    closed: Notify,
    /// Seconds since the thread began, as far as it looked.
    second: Cell<u32>,
    is_draining: Cell<bool>,
}

/// A generation as one thread holds it: its requests count themselves without touching what other threads count.
pub(crate) struct Held(Arc<Loaded>);

impl Deref for Held {
    type Target = Loaded;

    fn deref(&self) -> &Loaded {
        &self.0
    }
}

/// Memory that a request uses; it goes back to the thread afterwards.
pub(crate) struct LentGround {
    ground: Option<Ground>,
    worker: Rc<Worker>,
}

impl Deref for LentGround {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        match &self.ground {
            Some(ground) => ground,
            None => unreachable!("it is given back when this is dropped"),
        }
    }
}

impl Drop for LentGround {
    fn drop(&mut self) {
        if let Some(mut ground) = self.ground.take() {
            ground.clear();
            let mut grounds = self.worker.grounds.borrow_mut();
            if grounds.len() < GROUNDS {
                grounds.push(ground);
            }
        }
    }
}

impl Worker {
    fn new(shared: Arc<Shared>, share: usize) -> Rc<Self> {
        let outgoing = &shared.settings.outgoing;
        let client = HttpClient::new(ClientOptions {
            connect_timeout: outgoing.connect_timeout,
            idle_timeout: outgoing.idle_timeout,
            body_timeout: outgoing.body_timeout,
            max_connections: outgoing.max_connections.div_ceil(share.max(1)),
            egress: outgoing.egress.clone(),
            trust: outgoing.trust.clone(),
        });
        let hosts: Rc<[String]> = shared.settings.hosts.clone().into();
        let mut seed = [0; 16];
        // Request ids need not be hard to guess, only their own.
        let _ = aws_lc_rs::rand::fill(&mut seed);
        let seed = u128::from_ne_bytes(seed);
        Rc::new_cyclic(|worker| {
            let own = |others: &HttpClient| OwnClient {
                others: others.clone(),
                worker: worker.clone(),
                hosts: hosts.clone(),
            };
            let services = Services {
                ambient: Box::new(SystemAmbient),
                timer: Box::new(SystemTimer::default()),
                counters: shared.counters.clone(),
                responses: shared.responses.clone(),
                keys: Box::new(FetchedKeys::new(shared.issuers.clone(), Rc::new(own(&client)))),
                client: Box::new(own(&client)),
                log: shared.log.clone(),
            };
            Self {
                shared,
                services,
                client,
                loaded: RefCell::default(),
                grounds: RefCell::default(),
                depth: Cell::new(0),
                ids: Cell::new([(seed >> 64) as u64, seed as u64 | 1]),
                connections: RefCell::default(),
                open: Cell::new(0),
                closed: Notify::new(),
                second: Cell::new(0),
                is_draining: Cell::new(false),
            }
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    pub(crate) fn services(&self) -> &Services {
        &self.services
    }

    pub(crate) fn log(&self) -> &QueuedLog {
        &self.shared.log
    }

    pub(crate) fn epoch(&self) -> &AtomicU64 {
        &self.shared.epoch
    }

    /// The generation for a request that begins now.
    pub(crate) fn loaded(&self) -> Option<Rc<Held>> {
        let now = self.shared.generation();
        let mut known = self.loaded.borrow_mut();
        if known.0 != now {
            *known = (now, self.shared.loaded().map(|loaded| Rc::new(Held(loaded))));
        }
        known.1.clone()
    }

    pub(crate) fn ground(self: &Rc<Self>) -> LentGround {
        let ground = self.grounds.borrow_mut().pop().unwrap_or_default();
        LentGround { ground: Some(ground), worker: self.clone() }
    }

    /// How deep the request lies that runs now, among requests of the gateway to itself.
    pub(crate) fn depth(&self) -> u8 {
        self.depth.get()
    }

    /// Makes this the depth; gives the one before.
    pub(crate) fn enter(&self, depth: u8) -> u8 {
        self.depth.replace(depth)
    }

    /// An id that no other request has.
    pub(crate) fn request_id(&self) -> Guid {
        // xorshift128+: ids must differ, and that is all.
        let [mut a, b] = self.ids.get();
        a ^= a << 23;
        let next = a ^ b ^ (a >> 18) ^ (b >> 5);
        self.ids.set([b, next]);
        let (high, low) = (next.wrapping_add(b), b.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ next);
        // Version 4, variant 1, as identifiers that are made of random numbers say of themselves.
        let high = (high & !0xF000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        let text = format!("{high:016x}{low:016x}");
        Guid::parse_exact(text.as_bytes(), b"N").unwrap_or_default()
    }

    pub(crate) fn second(&self) -> u32 {
        self.second.get()
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.get()
    }

    pub(crate) fn opened(&self, conn: &Rc<Conn>) {
        self.open.set(self.open.get() + 1);
        self.connections.borrow_mut().push(Rc::downgrade(conn));
    }

    pub(crate) fn closed(&self) {
        self.open.set(self.open.get().saturating_sub(1));
        self.closed.notify_waiters();
    }

    /// Ends connections that stand still for too long.
    fn sweep(&self) {
        self.second.set(self.second.get().saturating_add(1));
        let (now, limits) = (self.second.get(), &self.settings().limits);
        self.connections.borrow_mut().retain(|conn| {
            let Some(conn) = conn.upgrade() else { return false };
            conn.end_if_stuck(now, limits);
            true
        });
        if now.is_multiple_of(10) {
            self.client.close_idle();
        }
    }

    fn drain(&self) {
        self.is_draining.set(true);
        self.connections.borrow().iter().filter_map(Weak::upgrade).for_each(|conn| conn.wake());
    }
}

/// Serves on this thread until the shutdown. `share` is how many threads do.
pub(crate) fn serve(shared: Arc<Shared>, socket: Socket, share: usize, shutdown: &Shutdown) -> std::io::Result<()> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build_local(LocalOptions::default())?;
    let most = shared.settings.limits.max_connections.div_ceil(share.max(1));
    let drain_timeout = shared.settings.limits.drain_timeout;
    runtime.block_on(async {
        let worker = Worker::new(shared, share);
        let listener = TcpListener::from_std(socket)?;
        let sweeping = tokio::task::spawn_local({
            let worker = worker.clone();
            async move {
                loop {
                    tokio::time::sleep(SWEEP).await;
                    worker.sweep();
                }
            }
        });
        tokio::select! {
            biased;
            () = shutdown.draining() => {}
            () = accept_all(&worker, &listener, most) => {}
        }
        // Whoever was let in by the system already is served.
        while let Some(Ok((stream, address))) = accept_now(&listener).await {
            connection::begin(&worker, stream, address);
        }
        drop(listener);
        worker.drain();
        let finish = async {
            while worker.open.get() > 0 {
                worker.closed.notified().await;
            }
        };
        tokio::select! {
            () = shutdown.ended() => {}
            _ = tokio::time::timeout(drain_timeout, finish) => {}
        }
        sweeping.abort();
        Ok(())
    })
}

async fn accept_now(listener: &TcpListener) -> Option<std::io::Result<(TcpStream, std::net::SocketAddr)>> {
    std::future::poll_fn(|task| {
        std::task::Poll::Ready(match listener.poll_accept(task) {
            std::task::Poll::Ready(accepted) => Some(accepted),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

async fn accept_all(worker: &Rc<Worker>, listener: &TcpListener, most: usize) {
    let mut pause = PAUSES.0;
    loop {
        while worker.open.get() >= most {
            worker.closed.notified().await;
        }
        match listener.accept().await {
            Ok((stream, address)) => {
                pause = PAUSES.0;
                connection::begin(worker, stream, address);
            }
            // The caller went away before it was let in.
            Err(error) if is_of_the_caller(&error) => {}
            Err(error) => {
                // Out of descriptors or memory: others must end first, and asking at once would only take time.
                worker.log().event(Severity::Error, "no connection can be accepted", &[("error", &error.to_string())]);
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
        }
    }
}

fn is_of_the_caller(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
