//! Bodies of requests on their way in, and of answers on their way out.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use engine::services::{BodyError, BodyStream, Payload};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::connection::Conn;

/// The body of a request, which may not be larger than it may be.
pub(super) struct RequestBody {
    incoming: Incoming,
    left: u64,
    limit: u64,
    conn: Rc<Conn>,
}

impl RequestBody {
    /// What a request brings along.
    pub(super) fn payload(incoming: Incoming, limit: u64, conn: &Rc<Conn>) -> Payload {
        if incoming.is_end_stream() {
            return Payload::Empty;
        }
        Payload::Stream(Box::pin(Self { incoming, left: limit, limit, conn: conn.clone() }))
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let polled = Pin::new(&mut self.incoming).poll_frame(task);
        self.conn.waits_for_body(polled.is_pending());
        match polled {
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, |data| data.len() as u64);
                match self.left.checked_sub(length) {
                    Some(left) => self.left = left,
                    None => {
                        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
                        return Poll::Ready(Some(Err(BodyError::TooLarge { limit })));
                    }
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(BodyError::Broken(error.to_string())))),
            Poll::Ready(None) => Poll::Ready(None),
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

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.conn.waits_for_body(false);
    }
}

/// The body of an answer. While it is there, its connection is in use.
pub(super) struct AnswerBody {
    content: Content,
    conn: Rc<Conn>,
}

enum Content {
    Empty,
    Memory(Bytes),
    Stream(BodyStream),
}

impl AnswerBody {
    /// The body for a request that the connection counts already.
    pub(super) fn new(payload: Payload, conn: Rc<Conn>) -> Self {
        let content = match payload {
            Payload::Empty => Content::Empty,
            Payload::Memory(bytes) if bytes.is_empty() => Content::Empty,
            Payload::Memory(bytes) => Content::Memory(bytes),
            Payload::Stream(stream) => Content::Stream(stream),
        };
        Self { content, conn }
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.conn.request_ended();
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match &mut self.content {
            Content::Empty => Poll::Ready(None),
            Content::Memory(bytes) => {
                let bytes = std::mem::take(bytes);
                self.content = Content::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Content::Stream(stream) => stream.as_mut().poll_frame(task),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Empty => true,
            Content::Memory(_) => false,
            Content::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty => SizeHint::with_exact(0),
            Content::Memory(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) => stream.size_hint(),
        }
    }
}
