//! A body whose pieces are gathered before they are passed on.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use engine::services::{BodyError, BodyStream, Payload};
use http_body::{Body, Frame, SizeHint};

/// How many bytes are gathered.
const GATHERED: usize = 8 * 1024;

/// A body that passes on pieces of [`GATHERED`] bytes or more, but for the last one.
struct Gathered {
    inner: BodyStream,
    held: BytesMut,
    last: Option<Result<Frame<Bytes>, BodyError>>,
    is_done: bool,
}

/// The same body, with its pieces gathered. One whose length is known is passed on as it comes, since nobody can tell.
pub fn gathered(body: Payload) -> Payload {
    match body {
        Payload::Stream(inner) if inner.size_hint().exact().is_none() => {
            Payload::Stream(Box::pin(Gathered { inner, held: BytesMut::new(), last: None, is_done: false }))
        }
        body => body,
    }
}

impl Body for Gathered {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        while !this.is_done {
            match ready!(this.inner.as_mut().poll_frame(task)) {
                None => this.is_done = true,
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if this.held.is_empty() && data.len() >= GATHERED => {
                        return Poll::Ready(Some(Ok(Frame::data(data))));
                    }
                    Ok(data) => {
                        this.held.extend_from_slice(&data);
                        if this.held.len() >= GATHERED {
                            return Poll::Ready(Some(Ok(Frame::data(this.held.split().freeze()))));
                        }
                    }
                    Err(trailers) => {
                        this.last = Some(Ok(trailers));
                        this.is_done = true;
                    }
                },
                Some(Err(error)) => {
                    this.last = Some(Err(error));
                    this.is_done = true;
                }
            }
        }
        if this.held.is_empty() {
            return Poll::Ready(this.last.take());
        }
        Poll::Ready(Some(Ok(Frame::data(this.held.split().freeze()))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::testing::now;

    /// A body of pieces of these lengths.
    struct Pieces(VecDeque<usize>, bool);

    impl Body for Pieces {
        type Data = Bytes;
        type Error = BodyError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
            Poll::Ready(match self.0.pop_front() {
                Some(len) => Some(Ok(Frame::data(vec![b'x'; len].into()))),
                None if std::mem::take(&mut self.1) => Some(Err(BodyError::Stalled)),
                None => None,
            })
        }
    }

    fn lengths(pieces: &[usize], fails: bool) -> (Vec<usize>, bool) {
        let pieces = Pieces(pieces.iter().copied().collect(), fails);
        let Payload::Stream(mut body) = gathered(Payload::Stream(Box::pin(pieces))) else { panic!("a stream") };
        let mut lengths = Vec::new();
        loop {
            match now(std::future::poll_fn(|task| body.as_mut().poll_frame(task))) {
                None => return (lengths, false),
                Some(Err(_)) => return (lengths, true),
                Some(Ok(frame)) => lengths.push(frame.into_data().map_or(0, |data| data.len())),
            }
        }
    }

    #[test]
    fn small_pieces_are_gathered_and_nothing_is_lost() {
        assert_eq!(lengths(&[10, 20, 8190, 5], false), (vec![8220, 5], false));
        assert_eq!(lengths(&[9000, 1, 2], false), (vec![9000, 3], false));
        assert_eq!(lengths(&[], false), (vec![], false));
        assert_eq!(lengths(&[7], true), (vec![7], true));
    }
}
