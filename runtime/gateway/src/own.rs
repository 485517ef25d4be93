//! Requests of policies to the gateway itself stay in this process.
//!
//! A URL whose host is [`crate::settings::OWN_HOST`], or one that the operator calls the gateway's own, is not sent
//! anywhere: it runs as a request of its own on the same generation of the configuration, as deep as the operator allows.

use std::rc::{Rc, Weak};

use engine::services::{Client, Incoming, Later, Outgoing, SendError};
use http::{Method, Request, Uri};
use services::client::HttpClient;

use crate::handle::{self, Arrived};
use crate::settings::OWN_HOST;
use crate::worker::Worker;

/// The address that such requests come from.
const OWN_ADDRESS: &str = "127.0.0.1";

/// A client that calls the gateway itself in this process, and everybody else over the network.
pub(crate) struct OwnClient {
    pub(crate) others: HttpClient,
    pub(crate) worker: Weak<Worker>,
    pub(crate) hosts: Rc<[String]>,
}

impl OwnClient {
    fn is_own(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else { return false };
        host.eq_ignore_ascii_case(OWN_HOST) || self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

impl Client for OwnClient {
    fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
        if !self.is_own(&request.uri) {
            return self.others.send(request);
        }
        let Some(worker) = self.worker.upgrade() else {
            return Box::pin(std::future::ready(Err(SendError::Connection("the gateway ends".to_owned()))));
        };
        let depth = worker.depth().saturating_add(1);
        if depth > worker.settings().limits.max_own_depth {
            let error = SendError::Answer("the gateway calls itself too deeply");
            return Box::pin(std::future::ready(Err(error)));
        }
        let timeout = request.timeout;
        Box::pin(async move {
            let running = call(worker, request, depth);
            tokio::time::timeout(timeout, running).await.unwrap_or(Err(SendError::Timeout(timeout)))
        })
    }
}

async fn call(worker: Rc<Worker>, request: Outgoing, depth: u8) -> Result<Incoming, SendError> {
    let Outgoing { method, uri, mut headers, body, .. } = request;
    let from = uri.clone();
    services::hop::remove(&mut headers);
    let is_head = method == Method::HEAD;
    let mut arrived = Request::new(());
    *arrived.method_mut() = method;
    *arrived.uri_mut() = uri;
    *arrived.headers_mut() = headers;
    let (parts, ()) = arrived.into_parts();
    let Ok(arrived) = Arrived::new(parts, body, Rc::from(OWN_ADDRESS), depth) else {
        return Err(SendError::Answer("the gateway refuses the request to itself"));
    };
    let answer = handle::handle(worker, arrived).await;
    let mut headers = answer.headers;
    services::hop::remove(&mut headers);
    let body = if is_head { engine::services::Payload::Empty } else { answer.body };
    Ok(Incoming { from, status: answer.status.as_u16(), reason: answer.reason, headers, body })
}
