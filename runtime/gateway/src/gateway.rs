//! The gateway as a whole: what its threads share, and how it listens.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use engine::services::Severity;
use services::counters::{MemoryCounters, system_clock};
use services::keys::Issuers;
use services::log::QueuedLog;
use services::responses::MemoryResponses;
use socket2::{Domain, Protocol, Socket, Type};

use crate::load::Loaded;
use crate::settings::{ConfigError, Settings};
use crate::shutdown::Shutdown;
use crate::worker;

/// How often the clock ticks that code which runs too long is stopped by.
const TICK: Duration = Duration::from_millis(10);
/// Connections that wait to be accepted.
const BACKLOG: i32 = 1024;

/// Serves the generation of the configuration that it was given last.
#[derive(Clone)]
pub struct Gateway {
    shared: Arc<Shared>,
}

/// What the threads of a gateway share.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    loaded: RwLock<Option<Arc<Loaded>>>,
    /// Rises with every generation.
    generation: AtomicU64,
    pub(crate) counters: Arc<MemoryCounters>,
    pub(crate) responses: Arc<MemoryResponses>,
    pub(crate) issuers: Arc<Issuers>,
    pub(crate) log: Arc<QueuedLog>,
    /// Ticks while the gateway serves.
    pub(crate) epoch: AtomicU64,
}

impl Shared {
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(crate) fn loaded(&self) -> Option<Arc<Loaded>> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Sockets that take connections, one for each thread.
#[derive(Debug)]
pub struct Listener {
    sockets: Vec<TcpListener>,
    address: SocketAddr,
}

impl Listener {
    /// Listens at an address with a socket for each of `threads`, among which the system shares connections out.
    ///
    /// # Errors
    /// If the address cannot be listened at, as when somebody does already.
    pub fn bind(address: SocketAddr, threads: usize) -> std::io::Result<Self> {
        // Sockets that share an address would join those of another process of the same user without a word.
        let mut address = address;
        if address.port() != 0 {
            drop(socket(address, false)?);
        }
        let mut sockets = Vec::new();
        for _ in 0..threads.max(1) {
            let socket = socket(address, true)?;
            address = socket.local_addr()?;
            sockets.push(socket);
        }
        Ok(Self { sockets, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

fn socket(address: SocketAddr, shares: bool) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(shares)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

impl Gateway {
    /// A gateway that serves nothing yet.
    ///
    /// # Errors
    /// If the system gives no thread for the log.
    pub fn new(settings: Settings) -> Result<Self, ConfigError> {
        let clock = system_clock();
        let log = QueuedLog::on_stderr(settings.log.format, settings.log.level)?;
        let shared = Shared {
            counters: Arc::new(MemoryCounters::new(settings.limits.max_counters, clock.clone())),
            responses: Arc::new(MemoryResponses::new(settings.limits.max_cache_bytes, clock.clone())),
            issuers: Arc::new(Issuers::new(clock)),
            log: Arc::new(log),
            loaded: RwLock::default(),
            generation: AtomicU64::new(0),
            epoch: AtomicU64::new(0),
            settings,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// What it was told.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Serves another generation from the next request on. Requests that began before end on the one before; what was
    /// counted about backends that both have goes on. Gives the number of the generation.
    pub fn replace(&self, mut loaded: Loaded) -> u64 {
        let told = &self.shared.settings.deployment;
        let facts = &mut loaded.deployment;
        for (fact, told) in [
            (&mut facts.service_id, &told.service_id),
            (&mut facts.service_name, &told.service_name),
            (&mut facts.gateway_id, &told.gateway_id),
            (&mut facts.instance_id, &told.instance_id),
            (&mut facts.region, &told.region),
        ] {
            if let Some(told) = told {
                fact.clone_from(told);
            }
        }
        let mut place = self.shared.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = &*place {
            loaded.backends.inherit(&before.backends.breakers());
        }
        *place = Some(Arc::new(loaded));
        self.shared.generation.fetch_add(1, Ordering::Release) + 1
    }

    /// Serves until `shutdown` says otherwise: then takes no more connections, ends the requests that there are, for at
    /// most the time of [`crate::settings::Limits::drain_timeout`], and returns.
    ///
    /// # Errors
    /// If the system gives no thread or no way to wait for sockets.
    pub fn serve(&self, listener: Listener, shutdown: &Shutdown) -> std::io::Result<()> {
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let ticker = {
            let (shared, stop) = (self.shared.clone(), stop.clone());
            std::thread::Builder::new().name("clock".into()).spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::thread::sleep(TICK);
                    shared.epoch.fetch_add(1, Ordering::Relaxed);
                }
            })?
        };
        let mut threads = Vec::new();
        let share = listener.sockets.len();
        for (number, socket) in listener.sockets.into_iter().enumerate() {
            let (shared, told) = (self.shared.clone(), shutdown.clone());
            let serve = move || worker::serve(shared, socket, share, &told);
            match std::thread::Builder::new().name(format!("serve-{number}")).spawn(serve) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    shutdown.end();
                    return Err(error);
                }
            }
        }
        let mut result = Ok(());
        for thread in threads {
            let ended = thread.join().unwrap_or_else(|_| Err(std::io::Error::other("a thread of the gateway failed")));
            if ended.is_err() {
                shutdown.end();
                result = ended;
            }
        }
        stop.store(true, Ordering::Relaxed);
        let _ = ticker.join();
        self.shared.log.flush(Duration::from_secs(1));
        result
    }

    /// Writes a line about the gateway itself.
    pub fn log(&self, severity: Severity, message: &str, fields: &[(&str, &str)]) {
        self.shared.log.event(severity, message, fields);
    }
}
