//! Bodies on their way out, as the HTTP library takes them.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use engine::services::{BodyError, BodyStream, Payload};
use http_body::{Body, Frame, SizeHint};

/// A body to be sent.
pub(super) enum OutgoingBody {
    Empty,
    Memory(Bytes),
    Stream(BodyStream),
}

impl OutgoingBody {
    pub(super) fn new(payload: Payload) -> Self {
        match payload {
            Payload::Empty => Self::Empty,
            Payload::Memory(bytes) if bytes.is_empty() => Self::Empty,
            Payload::Memory(bytes) => Self::Memory(bytes),
            Payload::Stream(stream) => Self::Stream(stream),
        }
    }

    /// The same body once more; none if it comes from somewhere else.
    pub(super) fn copy(&self) -> Option<Self> {
        match self {
            Self::Empty => Some(Self::Empty),
            Self::Memory(bytes) => Some(Self::Memory(bytes.clone())),
            Self::Stream(_) => None,
        }
    }
}

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match &mut *self {
            Self::Empty => Poll::Ready(None),
            Self::Memory(bytes) => {
                let bytes = std::mem::take(bytes);
                *self = Self::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Self::Stream(stream) => stream.as_mut().poll_frame(task),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Memory(_) => false,
            Self::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Memory(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Stream(stream) => stream.size_hint(),
        }
    }
}
