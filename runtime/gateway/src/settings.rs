//! What the operator says: where to listen, how much to take, what to reach, what to log.
//!
//! Everything has a default. A file in TOML says otherwise, and the environment says otherwise than the file:
//! `TOLLGATE_LISTEN`, `TOLLGATE_LIMITS_MAX_CONNECTIONS`: the name of a setting behind `TOLLGATE_`, in capitals, with
//! underscores. The command line has the last word.
//!
//! Not here: what the instance says (`load`), and where secrets come from (`secrets`).

mod file;

pub use file::names;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use engine::services::Severity;
use services::client::egress::{BadRule, Egress, Rule};
use services::client::tls::Trust;
use services::log::LogFormat;

/// The host of the gateway itself, whatever else it is called: a backend there is an API of the same instance, called
/// in this process. Names below `localhost` never lead to another machine (RFC 6761).
pub const OWN_HOST: &str = "gateway.localhost";

/// What the operator says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How many threads serve; one for each core if this is 0.
    pub threads: usize,
    /// Hosts that mean this gateway besides [`OWN_HOST`]: requests of policies to them stay in this process.
    pub hosts: Vec<String>,
    /// The scheme that callers use, where something in front of the gateway ends TLS.
    pub scheme: Scheme,
    /// How much is taken, and for how long is waited.
    pub limits: Limits,
    /// What policies may reach, and how.
    pub outgoing: OutgoingSettings,
    /// What is logged.
    pub log: LogSettings,
    /// What `context.Deployment` says where the instance says nothing.
    pub deployment: DeploymentSettings,
    /// The folder with a file for each secret.
    pub secrets: Option<PathBuf>,
}

/// A scheme of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// `http`
    #[default]
    Http,
    /// `https`
    Https,
}

/// How much the gateway takes, and for how long it waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time, over all threads.
    pub max_connections: usize,
    /// Bytes of a request's line and headers.
    pub max_head_bytes: usize,
    /// Bytes of a request's URL.
    pub max_url_bytes: usize,
    /// Bytes of a request's body.
    pub max_body_bytes: u64,
    /// Requests at a time on one connection of HTTP/2.
    pub max_streams: u32,
    /// How long line and headers of a request may take.
    pub head_timeout: Duration,
    /// How long a body, or a caller who takes an answer, may stand still.
    pub body_timeout: Duration,
    /// How long a connection stays open between two requests.
    pub idle_timeout: Duration,
    /// How long requests may take to finish when the gateway stops.
    pub drain_timeout: Duration,
    /// How many requests to the gateway itself may lie in each other.
    pub max_own_depth: u8,
    /// Counters of rates and quotas that are kept.
    pub max_counters: usize,
    /// Bytes of stored responses that are kept.
    pub max_cache_bytes: u64,
}

/// What policies may reach, and how.
#[derive(Clone, Debug)]
pub struct OutgoingSettings {
    /// How long making a connection may take.
    pub connect_timeout: Duration,
    /// How long a connection that nobody uses is kept.
    pub idle_timeout: Duration,
    /// How long the body of an answer may stand still.
    pub body_timeout: Duration,
    /// Connections to one server at a time, over all threads.
    pub max_connections: usize,
    /// Which addresses may be reached.
    pub egress: Arc<Egress>,
    /// Whose certificates are trusted.
    pub trust: Arc<Trust>,
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// How lines look.
    pub format: LogFormat,
    /// What is left out matters less than this.
    pub level: Severity,
    /// Whether every request is logged.
    pub requests: bool,
}

/// What `context.Deployment` says where the instance says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeploymentSettings {
    /// The id of the service.
    pub service_id: Option<String>,
    /// The name of the service.
    pub service_name: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The id of this process among those of the gateway.
    pub instance_id: Option<String>,
    /// The region.
    pub region: Option<String>,
}

/// Why settings are refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        message: String,
    },
    /// A setting has a value that it cannot have.
    #[error("{name}: {message}")]
    Value {
        /// The setting, or the variable that sets it.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// A rule about what may be reached is none.
    #[error(transparent)]
    Rule(#[from] BadRule),
    /// The system does not give what the gateway needs.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            threads: 0,
            hosts: Vec::new(),
            scheme: Scheme::Http,
            limits: Limits::default(),
            outgoing: OutgoingSettings::default(),
            log: LogSettings { format: LogFormat::Text, level: Severity::Information, requests: false },
            deployment: DeploymentSettings::default(),
            secrets: None,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_connections: 10_000,
            max_head_bytes: 64 << 10,
            max_url_bytes: 16_384,
            max_body_bytes: 1 << 30,
            max_streams: 100,
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(120),
            drain_timeout: Duration::from_secs(30),
            max_own_depth: 8,
            max_counters: services::counters::DEFAULT_KEYS,
            max_cache_bytes: services::responses::DEFAULT_BYTES,
        }
    }
}

impl Default for OutgoingSettings {
    fn default() -> Self {
        let client = services::client::ClientOptions::default();
        Self {
            connect_timeout: client.connect_timeout,
            idle_timeout: client.idle_timeout,
            body_timeout: client.body_timeout,
            max_connections: 2048,
            egress: client.egress,
            trust: client.trust,
        }
    }
}

impl Settings {
    /// The threads that serve.
    #[must_use]
    pub fn thread_count(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}

/// The rules of a list.
///
/// # Errors
/// The first text that is none.
fn rules(texts: &[String]) -> Result<Vec<Rule>, BadRule> {
    texts.iter().map(|text| text.parse()).collect()
}
