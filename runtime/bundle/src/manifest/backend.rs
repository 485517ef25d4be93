//! Backends: where requests go, what they sign in with, and when they stay away.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::document::TextPart;

/// A backend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backend {
    /// The id that `backend-id` means.
    pub id: String,
    /// The workspace that it lies in.
    pub workspace: Option<String>,
    /// Where it is, or which backends share its load.
    pub target: Target,
    /// When it is left alone.
    pub breaker: Option<BreakerRule>,
    /// What requests sign in with.
    pub credentials: Credentials,
    /// The proxy on the way.
    pub proxy: Option<Proxy>,
    /// What of its certificate is verified.
    pub tls: Tls,
}

/// Where a backend is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Target {
    /// At this URL.
    Url(SecretText),
    /// At one of several backends.
    Pool(Pool),
}

/// Backends that share the load.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// The backends.
    pub members: Vec<PoolMember>,
    /// The cookie that keeps a client at one member.
    pub affinity_cookie: Option<String>,
}

/// One backend of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolMember {
    /// Its id.
    pub id: String,
    /// Lower numbers are used first.
    pub priority: u32,
    /// Its share within its priority; members without one share evenly.
    pub weight: Option<u32>,
}

/// When a backend is left alone, and for how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakerRule {
    /// Its name.
    pub name: String,
    /// For how long.
    pub trip_duration: Duration,
    /// Whether a `Retry-After` of the backend counts instead.
    pub accept_retry_after: bool,
    /// So many failures within the interval open it.
    pub count: Option<u32>,
    /// So many failures of a hundred requests within the interval open it.
    pub percentage: Option<u32>,
    /// In which failures are counted.
    pub interval: Duration,
    /// The status codes that are failures: from, to, both included.
    pub status_codes: Vec<(u16, u16)>,
    /// The errors that are failures, as `LastError.Reason` names them.
    pub error_reasons: Vec<String>,
}

/// What requests to a backend sign in with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Credentials {
    /// Headers, each with its values.
    pub headers: Vec<(String, Vec<SecretText>)>,
    /// Query parameters, each with its values.
    pub query: Vec<(String, Vec<SecretText>)>,
    /// The `Authorization` header.
    pub authorization: Option<SecretText>,
    /// The managed identity that asks for a token.
    pub managed_identity: Option<ManagedIdentity>,
    /// Client certificates: thumbprints and ids.
    pub certificates: Vec<String>,
}

/// A managed identity that asks for a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedIdentity {
    /// The identity; the service's own where there is none.
    pub client_id: Option<String>,
    /// What the token is for.
    pub resource: String,
}

/// A proxy on the way to a backend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proxy {
    /// Where it is.
    pub url: String,
    /// Who signs in there.
    pub username: Option<String>,
    /// And with what.
    pub password: Option<SecretText>,
}

/// What of a backend's certificate is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tls {
    /// That its chain ends in a trusted certificate.
    pub verify_chain: bool,
    /// That it is made out for the host.
    pub verify_name: bool,
}

impl Default for Tls {
    fn default() -> Self {
        Self { verify_chain: true, verify_name: true }
    }
}

/// A text with secrets, whose `Debug` output shows the names of the secrets alone: what stands around them may be as
/// secret as they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretText(pub Vec<TextPart>);

impl SecretText {
    /// The text that is one secret.
    #[must_use]
    pub fn secret(name: impl Into<String>) -> Self {
        Self(vec![TextPart::Secret(name.into())])
    }

    /// The names of its secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            TextPart::Secret(name) => Some(name.as_str()),
            TextPart::Text(_) => None,
        })
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.secrets()).finish()
    }
}

impl Backend {
    /// Every text of it that may hold secrets.
    pub fn secret_texts(&self) -> impl Iterator<Item = &SecretText> {
        let credentials = &self.credentials;
        let lists = credentials.headers.iter().chain(&credentials.query).flat_map(|(_, values)| values);
        let password = self.proxy.iter().filter_map(|proxy| proxy.password.as_ref());
        let url = match &self.target {
            Target::Url(url) => Some(url),
            Target::Pool(_) => None,
        };
        lists.chain(&credentials.authorization).chain(password).chain(url)
    }
}
