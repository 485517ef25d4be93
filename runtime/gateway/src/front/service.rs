//! What a connection's requests are given to: the health probe, the admission, and then the policies.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use engine::services::Payload;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper::service::Service;

use super::admission::{Refused, admit};
use super::body::{AnswerBody, RequestBody};
use super::connection::Conn;
use crate::handle::{Answer, Arrived, handle};
use crate::worker::Worker;

/// Where the service's own gateways answer that they are well.
const PROBE: &str = "/status-0123456789abcdef";

/// What a connection's requests are given to.
pub(super) struct Front {
    worker: Rc<Worker>,
    conn: Rc<Conn>,
}

impl Front {
    pub(super) fn new(worker: Rc<Worker>, conn: Rc<Conn>) -> Self {
        Self { worker, conn }
    }

    /// The answer to a request that no policy sees.
    fn at_once(&self, answer: Answer) -> Handling {
        let response = respond(answer, Counted::new(&self.conn), false);
        Handling::Done(ready(Ok(response)))
    }
}

/// A request that the connection counts: until its answer is sent, or given up.
struct Counted(Option<Rc<Conn>>);

impl Counted {
    fn new(conn: &Rc<Conn>) -> Self {
        conn.request_began();
        Self(Some(conn.clone()))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let Some(conn) = self.0.take() {
            conn.request_ended();
        }
    }
}

impl Service<Request<Incoming>> for Front {
    type Response = Response<AnswerBody>;
    type Error = Infallible;
    type Future = Handling;

    fn call(&self, request: Request<Incoming>) -> Handling {
        let (mut parts, body) = request.into_parts();
        let limits = &self.worker.settings().limits;
        if let Err(Refused(status, message)) = admit(&mut parts, limits) {
            return self.at_once(Answer::refusal(status, message));
        }
        if parts.uri.path() == PROBE {
            return self.at_once(healthy());
        }
        let is_head = parts.method == Method::HEAD;
        let body = RequestBody::payload(body, limits.max_body_bytes, &self.conn);
        let Ok(arrived) = Arrived::new(parts, body, self.conn.address.clone(), 0) else {
            return self.at_once(Answer::refusal(StatusCode::BAD_REQUEST, "The path is not sound"));
        };
        let counted = Counted::new(&self.conn);
        let worker = self.worker.clone();
        Handling::Running(Box::pin(async move { Ok(respond(handle(worker, arrived).await, counted, is_head)) }))
    }
}

/// An answer that is there, or on its way.
pub(super) enum Handling {
    Done(Ready<Result<Response<AnswerBody>, Infallible>>),
    Running(Pin<Box<dyn Future<Output = Result<Response<AnswerBody>, Infallible>>>>),
}

impl Future for Handling {
    type Output = Result<Response<AnswerBody>, Infallible>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Done(done) => Pin::new(done).poll(task),
            Self::Running(running) => running.as_mut().poll(task),
        }
    }
}

fn healthy() -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = Payload::Memory(bytes::Bytes::from_static(b"Service Operational"));
    Answer { status: StatusCode::OK, reason: None, headers, body }
}

/// The answer as it is sent: without headers of the connection, whoever set them, and with the length of its own body.
fn respond(answer: Answer, mut counted: Counted, is_head: bool) -> Response<AnswerBody> {
    let Answer { status, reason, mut headers, body } = answer;
    // The answer to a HEAD says how long the body would be.
    let length = if is_head { headers.get(CONTENT_LENGTH).cloned() } else { None };
    services::hop::remove(&mut headers);
    let has_no_body = status.is_informational() || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let body = match body {
        // A body where there can be none would be read as the next answer.
        _ if has_no_body => Payload::Empty,
        Payload::Empty if length.is_some() => Payload::Empty,
        body => body,
    };
    if let Some(length) = length.filter(|_| matches!(body, Payload::Empty)) {
        headers.insert(CONTENT_LENGTH, length);
    }
    let conn = counted.0.take();
    let mut response = match conn {
        Some(conn) => Response::new(AnswerBody::new(body, conn)),
        None => unreachable!("a request is counted once"),
    };
    // Nobody asked to switch protocols, or was told to go on: both are for those who speak on a connection.
    let status = if status.is_informational() { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    if let Some(reason) = reason.filter(|reason| Some(reason.as_str()) != status.canonical_reason())
        && let Ok(reason) = ReasonPhrase::try_from(reason.into_bytes())
    {
        response.extensions_mut().insert(reason);
    }
    response
}
