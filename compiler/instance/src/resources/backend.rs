//! Backends: where requests go, what they sign in with, and when they stay away.
//!
//! Not here: whether the members of a pool are there (`checks`).

use std::ops::RangeInclusive;
use std::time::Duration;

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Findings, Place};
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::model::secret::Secret;
use crate::resources::{Link, named};

/// How many backends a pool may hold.
pub const MAX_POOL_MEMBERS: usize = 30;
/// How many rules a circuit breaker may hold.
pub const MAX_BREAKER_RULES: usize = 1;
/// How many ranges of status codes, and how many reasons, one rule may hold.
pub const MAX_BREAKER_CONDITIONS: usize = 10;
/// Weights and priorities of a pool.
const POOL_NUMBERS: RangeInclusive<i64> = 0..=100;
/// Failures that open a breaker.
const BREAKER_COUNT: RangeInclusive<i64> = 1..=10_000;
const BREAKER_PERCENTAGE: RangeInclusive<i64> = 1..=100;
const BREAKER_STATUS: RangeInclusive<i64> = 200..=599;

/// A circuit breaker that the service refuses.
pub static BREAKER_OUT_OF_RANGE: Rule = Rule {
    id: "backend/breaker-out-of-range",
    level: Level::Error,
    summary: "a circuit breaker holds a value that the service refuses",
    page: include_str!("../rules/backend-breaker-out-of-range.md"),
    aliases: &[],
};

/// A pool that the service refuses.
pub static POOL_OUT_OF_RANGE: Rule = Rule {
    id: "backend/pool-out-of-range",
    level: Level::Error,
    summary: "a pool of backends holds a value that the service refuses",
    page: include_str!("../rules/backend-pool-out-of-range.md"),
    aliases: &[],
};

/// A backend that leads nowhere.
pub static MISSING_URL: Rule = Rule {
    id: "backend/missing-url",
    level: Level::Error,
    summary: "a backend has neither a URL nor a pool",
    page: include_str!("../rules/backend-missing-url.md"),
    aliases: &[],
};

/// A backend.
#[derive(Clone, Debug, PartialEq)]
pub struct Backend {
    /// The name that `backend-id` means.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What its author says of it.
    pub description: Option<String>,
    /// Where it is; a pool has none.
    pub url: Option<String>,
    /// What it speaks.
    pub protocol: BackendProtocol,
    /// The Azure resource behind it.
    pub resource_id: Option<String>,
    /// The backends behind it, where it is a pool.
    pub pool: Option<Pool>,
    /// When it is left alone; the service takes one rule.
    pub breaker: Vec<BreakerRule>,
    /// What requests sign in with.
    pub credentials: Credentials,
    /// The proxy on the way.
    pub proxy: Option<Proxy>,
    /// What of its certificate is verified.
    pub tls: Tls,
    /// Whether it is a Service Fabric cluster, which has its own way of being reached.
    pub is_service_fabric: bool,
    /// What it was read from.
    pub definition: Definition,
}

/// What a backend speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BackendProtocol {
    /// REST over HTTP.
    #[default]
    Http,
    /// SOAP over HTTP.
    Soap,
}

/// Backends that share the load.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The backends.
    pub members: Vec<PoolMember>,
    /// What keeps a client at one member.
    pub session_affinity: Option<SessionAffinity>,
}

/// One backend of a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolMember {
    /// The backend.
    pub backend: Link,
    /// Lower numbers are used first; `None` is the first group.
    pub priority: Option<u32>,
    /// Its share within its group; `None` where all have the same.
    pub weight: Option<u32>,
}

/// What keeps a client at one member of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionAffinity {
    /// The cookie that names the member.
    pub cookie: String,
}

/// When a backend is left alone.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakerRule {
    /// Its name.
    pub name: String,
    /// For how long.
    pub trip_duration: Duration,
    /// Whether a `Retry-After` of the backend counts instead.
    pub accept_retry_after: bool,
    /// Failures within the interval.
    pub count: Option<u32>,
    /// Failures of a hundred requests within the interval.
    pub percentage: Option<u32>,
    /// In which failures are counted.
    pub interval: Duration,
    /// The status codes that are failures.
    pub status_codes: Vec<RangeInclusive<u16>>,
    /// The errors that are failures, for example `Timeout`.
    pub error_reasons: Vec<String>,
}

/// What requests to a backend sign in with.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Credentials {
    /// Headers, each with its values.
    pub headers: Vec<(String, Vec<Secret>)>,
    /// Query parameters, each with its values.
    pub query: Vec<(String, Vec<Secret>)>,
    /// Scheme and parameter of the `Authorization` header.
    pub authorization: Option<(String, Option<Secret>)>,
    /// Client certificates: thumbprints and ids.
    pub certificates: Vec<String>,
    /// The managed identity that asks for a token.
    pub managed_identity: Option<ManagedIdentity>,
}

/// A managed identity that asks for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedIdentity {
    /// The identity; the service's own where there is none.
    pub client_id: Option<String>,
    /// What the token is for.
    pub resource: String,
}

/// A proxy on the way to a backend.
#[derive(Clone, Debug, PartialEq)]
pub struct Proxy {
    /// Where it is.
    pub url: String,
    /// Who signs in there.
    pub username: Option<String>,
    /// And with what.
    pub password: Option<Secret>,
}

/// What of a backend's certificate is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tls {
    /// That its chain ends in a trusted certificate.
    pub validate_certificate_chain: bool,
    /// That it is made out for the host.
    pub validate_certificate_name: bool,
}

impl Default for Tls {
    fn default() -> Self {
        Self { validate_certificate_chain: true, validate_certificate_name: true }
    }
}

named!(Backend);

impl Backend {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let protocols = [("http", BackendProtocol::Http), ("soap", BackendProtocol::Soap)];
        let is_pool = properties.choice("type", &[("Single", false), ("Pool", true)], out);
        let pool = properties.object("pool", out);
        let pool = (is_pool.unwrap_or(pool.node().is_some())).then(|| Pool::read(pool, properties, out));
        let url = properties.text("url", out).filter(|url| !url.is_empty());
        let cluster = properties.object("properties", out).object("serviceFabricCluster", out);
        let backend = Self {
            name: name.to_owned(),
            title: properties.text("title", out),
            description: properties.text("description", out),
            url,
            protocol: properties.choice("protocol", &protocols, out).unwrap_or_default(),
            resource_id: properties.text("resourceId", out),
            pool,
            breaker: breaker(properties.object("circuitBreaker", out), out),
            credentials: Credentials::read(properties.object("credentials", out), out),
            proxy: Proxy::read(properties.object("proxy", out), out),
            tls: Tls::read(properties.object("tls", out), out),
            is_service_fabric: cluster.node().is_some(),
            definition: definition.clone(),
        };
        if definition.is_explicit()
            && backend.url.is_none()
            && backend.pool.is_none()
            && properties.any("url").is_none()
        {
            let message = format!("the backend `{name}` has neither a `url` nor a `pool`");
            out.at(&MISSING_URL, definition.start(), message);
        }
        backend
    }
}

impl Pool {
    fn read(pool: Members, backend: Members, out: &mut Findings) -> Self {
        let services = pool.objects("services", out);
        if services.is_empty() || services.len() > MAX_POOL_MEMBERS {
            let message = format!("a pool holds 1 to {MAX_POOL_MEMBERS} backends, and this one {}", services.len());
            let members = if pool.node().is_some() { pool } else { backend };
            members.report(&POOL_OUT_OF_RANGE, "services", message, out);
        }
        let affinity = pool.object("sessionAffinity", out).object("sessionId", out);
        let cookie = affinity.text("name", out);
        // The one source there is; another is reported and the pool has no affinity.
        let is_cookie = affinity.choice("source", &[("Cookie", true)], out).unwrap_or(affinity.any("source").is_none());
        Self {
            members: services.into_iter().filter_map(|service| PoolMember::read(service, out)).collect(),
            session_affinity: cookie.filter(|_| is_cookie).map(|cookie| SessionAffinity { cookie }),
        }
    }
}

impl PoolMember {
    fn read(service: Members, out: &mut Findings) -> Option<Self> {
        let Some(id) = service.str("id", out) else {
            if service.any("id").is_none() {
                service.report(&POOL_OUT_OF_RANGE, "id", "a member of a pool needs the `id` of a backend", out);
            }
            return None;
        };
        let place = service.place("id").unwrap_or_else(|| Place::file(""));
        Some(Self {
            backend: Link::new(ResourceId::parse(id).name(), place),
            priority: bounded(service, "priority", POOL_NUMBERS, &POOL_OUT_OF_RANGE, out),
            weight: bounded(service, "weight", POOL_NUMBERS, &POOL_OUT_OF_RANGE, out),
        })
    }
}

/// The number of `key`, if it lies in `range`; another is reported.
fn bounded(
    members: Members,
    key: &str,
    range: RangeInclusive<i64>,
    rule: &'static Rule,
    out: &mut Findings,
) -> Option<u32> {
    let value = members.integer(key, out)?;
    if !range.contains(&value) {
        let message = format!("`{key}` is {value}, and the service takes {} to {}", range.start(), range.end());
        members.report(rule, key, message, out);
        return None;
    }
    u32::try_from(value).ok()
}

fn breaker(breaker: Members, out: &mut Findings) -> Vec<BreakerRule> {
    let rules = breaker.objects("rules", out);
    if rules.len() > MAX_BREAKER_RULES {
        let message = format!("a backend takes {MAX_BREAKER_RULES} rule, and this one has {}", rules.len());
        breaker.report(&BREAKER_OUT_OF_RANGE, "rules", message, out);
    }
    rules.into_iter().filter_map(|rule| BreakerRule::read(rule, out)).collect()
}

impl BreakerRule {
    /// Reads a rule; one that could never trip, or never end, is left out after it was reported.
    fn read(rule: Members, out: &mut Findings) -> Option<Self> {
        let condition = rule.object("failureCondition", out);
        let trip_duration = positive(rule, "tripDuration", out);
        let interval = positive(condition, "interval", out);
        let count = bounded(condition, "count", BREAKER_COUNT, &BREAKER_OUT_OF_RANGE, out);
        let percentage = bounded(condition, "percentage", BREAKER_PERCENTAGE, &BREAKER_OUT_OF_RANGE, out);
        if condition.any("count").is_none() && condition.any("percentage").is_none() {
            let message = "the failure condition needs a `count` or a `percentage`";
            let members = if condition.node().is_some() { condition } else { rule };
            members.report(&BREAKER_OUT_OF_RANGE, "count", message, out);
        }
        let ranges = condition.objects("statusCodeRanges", out);
        let error_reasons = condition.texts("errorReasons", out);
        for (key, count) in [("statusCodeRanges", ranges.len()), ("errorReasons", error_reasons.len())] {
            if count > MAX_BREAKER_CONDITIONS {
                let message = format!("`{key}` holds {count}, and the service takes {MAX_BREAKER_CONDITIONS}");
                condition.report(&BREAKER_OUT_OF_RANGE, key, message, out);
            }
        }
        let status_codes: Vec<_> = ranges.into_iter().filter_map(|range| status_codes(range, out)).collect();
        let name = rule.text("name", out).unwrap_or_default();
        let accept_retry_after = rule.flag("acceptRetryAfter", out).unwrap_or(false);
        let (trip_duration, interval) = (trip_duration?, interval?);
        let can_trip = count.is_some() || percentage.is_some();
        can_trip.then_some(Self {
            name,
            trip_duration,
            accept_retry_after,
            count,
            percentage,
            interval,
            status_codes,
            error_reasons,
        })
    }
}

fn positive(members: Members, key: &str, out: &mut Findings) -> Option<Duration> {
    if members.any(key).is_none() {
        members.report(&BREAKER_OUT_OF_RANGE, key, format!("`{key}` is missing"), out);
        return None;
    }
    let duration = members.duration(key, out)?;
    if duration.is_zero() {
        members.report(&BREAKER_OUT_OF_RANGE, key, format!("`{key}` must be longer than nothing"), out);
        return None;
    }
    Some(duration)
}

fn status_codes(range: Members, out: &mut Findings) -> Option<RangeInclusive<u16>> {
    let min = bounded(range, "min", BREAKER_STATUS, &BREAKER_OUT_OF_RANGE, out);
    let max = bounded(range, "max", BREAKER_STATUS, &BREAKER_OUT_OF_RANGE, out);
    let (min, max) = (u16::try_from(min?).ok()?, u16::try_from(max?).ok()?);
    if min > max {
        let message = format!("the range begins at {min} and ends before it, at {max}");
        range.report(&BREAKER_OUT_OF_RANGE, "min", message, out);
        return None;
    }
    Some(min..=max)
}

impl Credentials {
    fn read(members: Members, out: &mut Findings) -> Self {
        let authorization = members.object("authorization", out);
        let scheme = authorization.text("scheme", out);
        let identity = members.object("managedIdentity", out);
        let resource = identity.text("resource", out);
        let mut certificates = members.texts("certificate", out);
        certificates.extend(members.texts("certificateIds", out));
        Self {
            headers: secrets(members.object("header", out), out),
            query: secrets(members.object("query", out), out),
            authorization: scheme.map(|scheme| (scheme, authorization.secret("parameter", out))),
            certificates,
            managed_identity: resource
                .map(|resource| ManagedIdentity { client_id: identity.text("clientId", out), resource }),
        }
    }
}

/// Names with lists of secrets: `{"x-functions-key": ["…"]}`.
fn secrets(members: Members, out: &mut Findings) -> Vec<(String, Vec<Secret>)> {
    let mut secrets = Vec::new();
    for member in members.entries() {
        let texts = members.texts(&member.key, out);
        secrets.push((member.key.to_string(), texts.iter().filter_map(|text| Secret::new(text)).collect()));
    }
    secrets
}

impl Proxy {
    fn read(members: Members, out: &mut Findings) -> Option<Self> {
        let url = members.text("url", out)?;
        let username = members.text("username", out);
        Some(Self { url, username, password: members.secret("password", out) })
    }
}

impl Tls {
    fn read(members: Members, out: &mut Findings) -> Self {
        let default = Self::default();
        Self {
            validate_certificate_chain: members
                .flag("validateCertificateChain", out)
                .unwrap_or(default.validate_certificate_chain),
            validate_certificate_name: members
                .flag("validateCertificateName", out)
                .unwrap_or(default.validate_certificate_name),
        }
    }
}
