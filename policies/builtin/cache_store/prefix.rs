//! Reads a body into memory as far as a limit allows, without losing what it read.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use engine::services::{BodyError, BodyStream, Payload};
use http_body::{Body, Frame};

/// A body of which a part was read.
struct Prefixed {
    read: Option<Bytes>,
    /// What came behind the bytes that were read: trailers, or a fault.
    then: Option<Result<Frame<Bytes>, BodyError>>,
    rest: Option<BodyStream>,
}

impl Body for Prefixed {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Some(read) = self.read.take() {
            return Poll::Ready(Some(Ok(Frame::data(read))));
        }
        if let Some(then) = self.then.take() {
            return Poll::Ready(Some(then));
        }
        match &mut self.rest {
            Some(rest) => rest.as_mut().poll_frame(task),
            None => Poll::Ready(None),
        }
    }
}

/// The whole body if it is sound, has no trailers and at most `limit` bytes; else the body to go on with.
pub async fn read_up_to(body: Payload, limit: usize) -> Result<Bytes, Payload> {
    let mut stream = match body {
        Payload::Empty => return Ok(Bytes::new()),
        Payload::Memory(bytes) if bytes.len() <= limit => return Ok(bytes),
        Payload::Memory(bytes) => return Err(Payload::Memory(bytes)),
        Payload::Stream(stream) => stream,
    };
    let mut read = BytesMut::new();
    let then = loop {
        match std::future::poll_fn(|task| stream.as_mut().poll_frame(task)).await {
            None => return Ok(read.freeze()),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(data) => read.extend_from_slice(&data),
                Err(trailers) => break Some(Ok(trailers)),
            },
            Some(Err(error)) => break Some(Err(error)),
        }
        if read.len() > limit {
            break None;
        }
    };
    let read = Some(read.freeze()).filter(|read| !read.is_empty());
    Err(Payload::Stream(Box::pin(Prefixed { read, then, rest: Some(stream) })))
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::testing::now;

    struct Pieces(VecDeque<Result<&'static str, BodyError>>);

    impl Body for Pieces {
        type Data = Bytes;
        type Error = BodyError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
            let next = self.0.pop_front();
            Poll::Ready(next.map(|piece| piece.map(|text| Frame::data(Bytes::from_static(text.as_bytes())))))
        }
    }

    fn read(pieces: Vec<Result<&'static str, BodyError>>) -> Result<Bytes, Payload> {
        now(read_up_to(Payload::Stream(Box::pin(Pieces(pieces.into()))), 4))
    }

    #[test]
    fn what_is_read_is_not_lost() {
        assert_eq!(read(vec![Ok("ab"), Ok("cd")]).ok().as_deref(), Some(&b"abcd"[..]));
        for (pieces, expected, is_whole) in [
            (vec![Ok("ab"), Ok("cd"), Ok("e"), Ok("f")], "abcdef", true),
            (vec![Ok("ab"), Err(BodyError::Stalled)], "ab", false),
        ] {
            let Err(Payload::Stream(mut stream)) = read(pieces) else { panic!("it cannot be kept") };
            let mut text = String::new();
            let is_sound = loop {
                match now(std::future::poll_fn(|task| stream.as_mut().poll_frame(task))) {
                    None => break true,
                    Some(Err(_)) => break false,
                    Some(Ok(frame)) => text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap()),
                }
            };
            assert_eq!((text.as_str(), is_sound), (expected, is_whole));
        }
    }
}
