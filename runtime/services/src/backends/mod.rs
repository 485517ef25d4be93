//! The backends of an instance: where they are, what requests sign in with, which of a pool has its turn, and when one
//! is left alone.
//!
//! Not here: which backend a request is for (`policies`), and connections (`client`).

mod breaker;
mod pool;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bundle::manifest::{self, SecretText, Target};
use engine::load::{Secrets, with_secrets};
use engine::services::{Backends, Incoming, Later, Outgoing, SendError, Services};
use http::header::{AUTHORIZATION, HOST, HeaderName, HeaderValue};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, Uri};

use breaker::Breaker;
use pool::{Pool, Turn};

/// Why a backend cannot be what the instance says.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// A secret has no value.
    #[error(transparent)]
    Secret(#[from] engine::load::LoadError),
    /// A part of it is not what it should be. The message does not show it, since it may be secret.
    #[error("backend `{backend}`: {what}")]
    Unfit {
        /// The backend.
        backend: String,
        /// What is wrong.
        what: &'static str,
    },
}

/// The backends of an instance, with those of each workspace.
#[derive(Default)]
pub struct BackendSets {
    service: BackendSet,
    workspaces: HashMap<String, BackendSet>,
}

/// The backends that policies of one place name.
#[derive(Default)]
pub struct BackendSet {
    /// By their ids in lower case.
    backends: HashMap<String, Backend>,
}

/// What is counted about backends, to go on with in the next generation.
pub type Breakers = HashMap<(Option<String>, String), Arc<Breaker>>;

enum Backend {
    Single(Box<Single>),
    Pool(Pool),
}

/// A backend at one URL.
struct Single {
    id: String,
    scheme: Scheme,
    authority: Authority,
    /// Its path, without a slash at the end, and its query.
    path: String,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    verify: manifest::Tls,
    breaker: Option<Arc<Breaker>>,
    /// What it asks for and this gateway cannot do, so that requests to it fail.
    lacks: Option<&'static str>,
}

impl BackendSets {
    /// The backends of an instance.
    ///
    /// # Errors
    /// If a secret has no value, or a URL or header cannot be one.
    pub fn load(backends: &[manifest::Backend], secrets: &dyn Secrets) -> Result<Self, BackendError> {
        let mut sets = Self::default();
        for backend in backends {
            let loaded = match &backend.target {
                Target::Url(url) => Backend::Single(Box::new(Single::load(backend, url, secrets)?)),
                Target::Pool(pool) => Backend::Pool(Pool::new(pool)),
            };
            let set = match &backend.workspace {
                None => &mut sets.service,
                Some(workspace) => sets.workspaces.entry(workspace.clone()).or_default(),
            };
            set.backends.insert(backend.id.to_ascii_lowercase(), loaded);
        }
        Ok(sets)
    }

    /// The backends that policies of a workspace name, or those of the service.
    #[must_use]
    pub fn of(&self, workspace: Option<&str>) -> &BackendSet {
        workspace.and_then(|workspace| self.workspaces.get(workspace)).unwrap_or(&self.service)
    }

    /// What is counted about the backends.
    #[must_use]
    pub fn breakers(&self) -> Breakers {
        let mut all = Breakers::new();
        let sets = self.workspaces.iter().map(|(name, set)| (Some(name.clone()), set));
        for (workspace, set) in sets.chain([(None, &self.service)]) {
            for (id, backend) in &set.backends {
                if let Backend::Single(single) = backend
                    && let Some(breaker) = &single.breaker
                {
                    all.insert((workspace.clone(), id.clone()), breaker.clone());
                }
            }
        }
        all
    }

    /// Goes on with what was counted about backends whose rule is the same.
    pub fn inherit(&mut self, breakers: &Breakers) {
        let sets = self.workspaces.iter_mut().map(|(name, set)| (Some(name.clone()), set));
        for (workspace, set) in sets.chain([(None, &mut self.service)]) {
            for (id, backend) in &mut set.backends {
                let Backend::Single(single) = backend else { continue };
                let before = breakers.get(&(workspace.clone(), id.clone()));
                if let (Some(own), Some(before)) = (&mut single.breaker, before)
                    && own.rule() == before.rule()
                {
                    *own = before.clone();
                }
            }
        }
    }
}

impl Single {
    fn load(backend: &manifest::Backend, url: &SecretText, secrets: &dyn Secrets) -> Result<Self, BackendError> {
        let unfit = |what: &'static str| BackendError::Unfit { backend: backend.id.clone(), what };
        let text = |text: &SecretText| -> Result<String, BackendError> {
            let bytes = with_secrets(&text.0, secrets)?;
            String::from_utf8(bytes).map_err(|_| unfit("a text is not valid UTF-8"))
        };
        let url: Uri = text(url)?.trim().parse().map_err(|_| unfit("its URL is none"))?;
        let scheme = match url.scheme_str() {
            Some("http" | "ws") => Scheme::HTTP,
            Some("https" | "wss") => Scheme::HTTPS,
            _ => return Err(unfit("its URL is neither http nor https")),
        };
        let authority = url.authority().cloned().ok_or_else(|| unfit("its URL names no host"))?;
        let credentials = &backend.credentials;
        let value = |value: &SecretText| -> Result<HeaderValue, BackendError> {
            let mut value = HeaderValue::from_str(&text(value)?).map_err(|_| unfit("a header's value is none"))?;
            value.set_sensitive(true);
            Ok(value)
        };
        let mut headers = Vec::new();
        for (name, values) in &credentials.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit("a header's name is none"))?;
            for each in values {
                headers.push((name.clone(), value(each)?));
            }
        }
        if let Some(authorization) = &credentials.authorization {
            headers.push((AUTHORIZATION, value(authorization)?));
        }
        let mut query = url.query().unwrap_or("").to_owned();
        for (name, values) in &credentials.query {
            for each in values {
                if !query.is_empty() {
                    query.push('&');
                }
                let mut encoded = Vec::new();
                for part in [name.as_str(), "=", text(each)?.as_str()] {
                    match part {
                        "=" => encoded.push(b'='),
                        part => encode(&mut encoded, part),
                    }
                }
                query.push_str(&String::from_utf8_lossy(&encoded));
            }
        }
        let lacks = if credentials.managed_identity.is_some() {
            Some("it asks for a managed identity, which this gateway does not have")
        } else if !credentials.certificates.is_empty() {
            Some("it asks for a client certificate, which this gateway does not have")
        } else if backend.proxy.is_some() {
            Some("it is behind a proxy, which this gateway does not speak with")
        } else {
            None
        };
        Ok(Self {
            id: backend.id.clone(),
            scheme,
            authority,
            path: url.path().trim_end_matches('/').to_owned(),
            query,
            headers,
            verify: backend.tls,
            breaker: backend.breaker.clone().map(|rule| Arc::new(Breaker::new(rule))),
            lacks,
        })
    }

    /// The request as it is sent to this backend.
    fn address(&self, mut request: Outgoing) -> Result<Outgoing, SendError> {
        let given = request.uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let (path, query) = given.split_once('?').unwrap_or((given, ""));
        let mut text = String::with_capacity(self.path.len() + given.len() + self.query.len() + 2);
        text.push_str(&self.path);
        text.push_str(path);
        let mut mark = '?';
        for part in [self.query.as_str(), query] {
            if !part.is_empty() {
                text.push(mark);
                text.push_str(part);
                mark = '&';
            }
        }
        let uri = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(text);
        request.uri = uri.build().map_err(|_| SendError::Connection("the URL is not sound".to_owned()))?;
        if !request.headers.contains_key(HOST) {
            let host = self.authority.as_str();
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            if let Ok(host) = HeaderValue::from_str(host) {
                request.headers.insert(HOST, host);
            }
        }
        for (name, _) in &self.headers {
            request.headers.remove(name);
        }
        for (name, value) in &self.headers {
            request.headers.append(name, value.clone());
        }
        request.verify_chain &= self.verify.verify_chain;
        request.verify_name &= self.verify.verify_name;
        Ok(request)
    }

    async fn send(&self, request: Outgoing, services: &Services) -> Result<Incoming, SendError> {
        if let Some(lacks) = self.lacks {
            return Err(SendError::Connection(lacks.to_owned()));
        }
        let Some(breaker) = &self.breaker else { return services.client.send(self.address(request)?).await };
        let now = services.timer.monotonic();
        if let Some(left) = breaker.rests(now) {
            return Err(SendError::BackendAtRest { backend: self.id.clone(), retry_after: Some(left) });
        }
        let sent = services.client.send(self.address(request)?).await;
        breaker.observe(&sent, services.timer.monotonic());
        sent
    }

    /// For how long it is left alone.
    fn rests(&self, now: Duration) -> Option<Duration> {
        self.breaker.as_ref().and_then(|breaker| breaker.rests(now))
    }
}

/// Appends a name or value of a query, encoded.
fn encode(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte),
            _ => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
}

impl Backends for BackendSet {
    fn send<'a>(
        &'a self,
        backend: &'a str,
        request: Outgoing,
        services: &'a Services,
    ) -> Later<'a, Result<Incoming, SendError>> {
        Box::pin(async move {
            let unknown = || SendError::UnknownBackend(backend.to_owned());
            match self.backends.get(&backend.to_ascii_lowercase()).ok_or_else(unknown)? {
                Backend::Single(single) => single.send(request, services).await,
                Backend::Pool(pool) => {
                    let now = services.timer.monotonic();
                    let member = |id: &str| match self.backends.get(&id.to_ascii_lowercase()) {
                        Some(Backend::Single(single)) => Some(&**single),
                        // A pool has no pools in it.
                        _ => None,
                    };
                    let rests = |id: &str| member(id).map_or(Some(None), |single| single.rests(now).map(Some));
                    let turn = match pool.choose(&request.headers, &rests) {
                        Ok(turn) => turn,
                        Err(retry_after) => {
                            let backend = backend.to_owned();
                            return Err(SendError::BackendAtRest { backend, retry_after });
                        }
                    };
                    let Turn { id, cookie } = turn;
                    let mut answer = member(id).ok_or_else(unknown)?.send(request, services).await?;
                    if let Some(cookie) = cookie {
                        add_cookie(&mut answer.headers, &cookie);
                    }
                    Ok(answer)
                }
            }
        })
    }
}

fn add_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(http::header::SET_COOKIE, value);
    }
}
