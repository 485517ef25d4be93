//! What another server answered, before anybody sees it: refused if it is not sound, without the headers of the
//! connection, and with a body that gives the connection back when it was read to the end.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use engine::services::{BodyError, Incoming as Answer, Payload, SendError};
use http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use http::{Method, Response, StatusCode, Uri, Version};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep};

use super::pool::{Connection, Pool};
use crate::hop;

/// The answer of `from` for whoever asked.
///
/// # Errors
/// If it is one that may not be passed on; its connection is closed then.
pub(super) fn admit(
    response: Response<Incoming>,
    from: Uri,
    method: &Method,
    connection: Connection,
    pool: Rc<Pool>,
    body_timeout: Duration,
) -> Result<Answer, SendError> {
    let (mut parts, incoming) = response.into_parts();
    check(parts.status, parts.version, &parts.headers)?;
    // What a HEAD is answered says how long the body would be.
    let length = if *method == Method::HEAD { parts.headers.get(CONTENT_LENGTH).cloned() } else { None };
    hop::remove(&mut parts.headers);
    if let Some(length) = length {
        parts.headers.insert(CONTENT_LENGTH, length);
    }
    let reason = parts.extensions.get::<hyper::ext::ReasonPhrase>();
    let reason = reason.and_then(|reason| std::str::from_utf8(reason.as_bytes()).ok()).map(str::to_owned);
    let body = if incoming.is_end_stream() {
        give_back(connection, &pool);
        Payload::Empty
    } else {
        let owner = Some((connection, pool));
        Payload::Stream(Box::pin(AnswerBody { incoming, owner, timeout: body_timeout, stalled: None, moved: None }))
    };
    Ok(Answer { from, status: parts.status.as_u16(), reason, headers: parts.headers, body })
}

fn give_back(connection: Connection, pool: &Pool) {
    if connection.is_exclusive() {
        pool.give_back(connection);
    }
}

/// Refuses answers that different readers would read differently.
fn check(status: StatusCode, version: Version, headers: &HeaderMap) -> Result<(), SendError> {
    if status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(SendError::Answer("it switches protocols, which nobody asked for"));
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    if let Some(coding) = codings.next() {
        if codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") {
            return Err(SendError::Answer("its transfer coding is not `chunked` alone"));
        }
        if headers.contains_key(CONTENT_LENGTH) {
            return Err(SendError::Answer("it states both a length and a transfer coding"));
        }
        if version != Version::HTTP_11 {
            return Err(SendError::Answer("it has a transfer coding, and its version has none"));
        }
    }
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    if let Some(length) = lengths.next() {
        let is_number = !length.is_empty() && length.as_bytes().iter().all(u8::is_ascii_digit);
        if !is_number || lengths.any(|other| other != length) {
            return Err(SendError::Answer("it does not state one length"));
        }
    }
    Ok(())
}

/// The body of an answer.
struct AnswerBody {
    incoming: Incoming,
    owner: Option<(Connection, Rc<Pool>)>,
    timeout: Duration,
    /// Fires when the body has stood still for too long; made when it has to be waited for first.
    stalled: Option<Pin<Box<Sleep>>>,
    /// When something came last.
    moved: Option<Instant>,
}

impl AnswerBody {
    fn done(&mut self) {
        if let Some((connection, pool)) = self.owner.take() {
            give_back(connection, &pool);
        }
    }

    /// Whether the body has stood still for too long. The timer is set anew only when it fires, not at every frame.
    fn is_stalled(&mut self, task: &mut Context<'_>) -> bool {
        let timeout = self.timeout;
        let now = Instant::now();
        let moved = *self.moved.get_or_insert(now);
        let sleep = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(now + timeout)));
        while sleep.as_mut().poll(task).is_ready() {
            let ends = moved + timeout;
            if ends <= Instant::now() {
                return true;
            }
            sleep.as_mut().reset(ends);
        }
        false
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match Pin::new(&mut self.incoming).poll_frame(task) {
            Poll::Ready(Some(Ok(frame))) => {
                if self.incoming.is_end_stream() {
                    self.done();
                } else if self.stalled.is_some() {
                    self.moved = Some(Instant::now());
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(None) => {
                self.done();
                Poll::Ready(None)
            }
            Poll::Ready(Some(Err(error))) => {
                self.owner = None;
                Poll::Ready(Some(Err(BodyError::Broken(error.to_string()))))
            }
            Poll::Pending if self.is_stalled(task) => {
                self.owner = None;
                Poll::Ready(Some(Err(BodyError::Stalled)))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_can_be_read_in_two_ways_are_refused() {
        let cases: [(u16, &[_], bool); 14] = [
            (200, &[], true),
            (200, &[("content-length", "5")], true),
            (200, &[("content-length", "5"), ("content-length", "5")], true),
            (200, &[("content-length", "5"), ("content-length", "6")], false),
            (200, &[("content-length", "5, 5")], false),
            (200, &[("content-length", "+5")], false),
            (200, &[("content-length", "")], false),
            (200, &[("transfer-encoding", "chunked")], true),
            (200, &[("transfer-encoding", "Chunked")], true),
            (200, &[("transfer-encoding", "gzip, chunked")], false),
            (200, &[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")], false),
            (200, &[("transfer-encoding", "identity")], false),
            (200, &[("transfer-encoding", "chunked"), ("content-length", "5")], false),
            (101, &[("upgrade", "h2c")], false),
        ];
        for (status, given, sound) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in given {
                headers.append(http::HeaderName::from_static(name), http::HeaderValue::from_static(value));
            }
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(check(status, Version::HTTP_11, &headers).is_ok(), sound, "{status} {given:?}");
        }
    }
}
