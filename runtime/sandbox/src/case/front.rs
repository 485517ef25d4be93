//! Sends one request through the gateway's own front, without a socket, and observes what it leads to.

use bytes::Bytes;
use dotnet::context::objects::LastError;
use dotnet::format::Guid;
use engine::driver;
use engine::exchange::{Arrival, Exchange as Running, Ground};
use engine::services::{Payload, Services};
use gateway::Loaded;
use gateway::routed::{Asking, Routed, normalize, route};
use http::header::{CONTENT_LENGTH, HOST, HeaderValue};
use http::{Method, Uri};
use serde_json::Value;

use super::exchange::{Got, body, headers};
use super::message::{Exchange, Misread};
use super::run::Failure;
use crate::canonical;
use crate::watch::Watch;
use crate::world::World;
use crate::world::script::whole;

/// The host that requests are for whose URL names none.
const HOST_NAME: &str = "gateway.example";
/// The address that requests come from that name none.
const ADDRESS: &str = "203.0.113.9";

/// Sends requests to an instance.
pub struct Caller<'c> {
    /// The instance.
    pub loaded: &'c Loaded,
    /// Its services.
    pub services: &'c Services,
    /// What is behind the services.
    pub world: &'c World,
    /// What stops code that runs too long.
    pub watch: &'c Watch,
}

/// What a request led to.
#[derive(Debug, PartialEq)]
pub struct Observed {
    /// The response.
    pub got: Got,
    /// The variables at the end, one in a line.
    pub variables: String,
    /// The last error, by the names of its members; empty if there is none.
    pub error: Vec<(&'static str, String)>,
}

impl Caller<'_> {
    /// Sends a request, the `number`th of its case.
    ///
    /// # Errors
    /// If it is none that could be sent, or waits for ever.
    pub fn send(&self, exchange: &Exchange, number: u64) -> Result<Observed, Failure> {
        let misread = |message: &str| Misread { span: exchange.span, message: message.to_owned() };
        let absolute = match exchange.target.starts_with('/') {
            true => format!("https://{HOST_NAME}{}", exchange.target),
            false => exchange.target.clone(),
        };
        let uri: Uri = absolute.parse().map_err(|_| misread("this is no URL"))?;
        let method = Method::from_bytes(exchange.method.as_bytes()).map_err(|_| misread("this is no method"))?;
        let (mut headers, body) = (headers(&exchange.request)?, body(&exchange.request));
        let authority = uri.authority().map_or(HOST_NAME, |authority| authority.as_str()).to_owned();
        if let Ok(host) = HeaderValue::from_str(&authority)
            && !headers.contains_key(HOST)
        {
            headers.insert(HOST, host);
        }
        if !body.is_empty() {
            headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from(body.len()));
        }
        let path =
            normalize(uri.path()).map_err(|_| misread("the gateway refuses a path that has several readings"))?;
        let scheme = uri.scheme_str().unwrap_or("https");
        let arrival = Arrival {
            method: method.as_str(),
            scheme,
            host: uri.host().unwrap_or(HOST_NAME),
            port: uri.port_u16().unwrap_or(if scheme == "http" { 80 } else { 443 }),
            path: &path,
            query: uri.query().unwrap_or(""),
            headers: &headers,
            ip_address: exchange.from.as_deref().unwrap_or(ADDRESS),
            id: Guid::from_u128(0x6f1c_2b1e_3c50_4b8e_9a53_0d8f_2a7b_9c11 + u128::from(number)),
            timestamp: self.world.utc_ticks(),
        };
        let (path, query) = (arrival.path, arrival.query);
        let asking = Asking { method: &method, path, query, headers: &headers, authority: &authority };
        let body = if body.is_empty() { Payload::Empty } else { Payload::Memory(body) };
        let ground = Ground::default();
        let mut running =
            Running::new(&ground, self.services, self.watch.beats(), &self.loaded.deployment, &arrival, body);
        let answered = self.world.clock.run(async {
            if let Routed::Start(start) = route(&mut running, self.loaded, &asking) {
                driver::drive(&mut running, start).await;
            }
            whole(running.take_response_body()).await
        });
        let body = match answered {
            Ok(body) => body.unwrap_or_else(|error| Bytes::from(format!("(the body broke off: {error})"))),
            Err(stuck) => return Err(Failure { span: exchange.span, message: stuck.to_string(), edits: Vec::new() }),
        };
        let response = running.response();
        let got = Got {
            status: response.status.get(),
            reason: response.reason.get().map(|reason| reason.to_utf8().into_owned()),
            headers: response.headers.headers.to_map(),
            body,
        };
        let error = running.context.last_error.get().map(error_of).unwrap_or_default();
        Ok(Observed { got, variables: variables(&mut running), error })
    }
}

/// The variables of a request, in the order in which they were set first.
fn variables(running: &mut Running<'_>) -> String {
    let entries: Vec<_> = running.context.variables.entries().iter().map(|(name, _)| *name).collect();
    let mut lines = Vec::new();
    for name in entries {
        let object = running.variable(&name.to_utf8()).flatten();
        let shown = match canonical::of(&mut running.cx, object) {
            Ok(value) => shown(&value),
            Err(_) => "(cannot be shown)".to_owned(),
        };
        lines.push(format!("{}: {shown}", name.to_utf8()));
    }
    lines.join("\n")
}

/// A value with its type: `String "a"`, `Int32 5`, `null`.
fn shown(value: &Value) -> String {
    let ty = value.get("type").and_then(Value::as_str).unwrap_or("null");
    match value.get("value") {
        None | Some(Value::Null) => "null".to_owned(),
        Some(Value::String(text)) if ty != "String" => format!("{ty} {text}"),
        Some(value) => format!("{ty} {value}"),
    }
}

fn error_of(error: &LastError<'_>) -> Vec<(&'static str, String)> {
    let members = [
        ("Source", Some(error.source)),
        ("Reason", error.reason),
        ("Message", Some(error.message)),
        ("Scope", error.scope),
        ("Section", error.section),
        ("Path", error.path),
        ("PolicyId", error.policy_id),
    ];
    members.into_iter().filter_map(|(name, text)| Some((name, text?.to_utf8().into_owned()))).collect()
}
