//! A connection: which version of HTTP it speaks, how long it may stand still, and how it ends.
//!
//! Time on a connection is counted in seconds by the thread's own clock, which looks at all connections once a second:
//! a request costs no timer.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper_util::rt::TokioIo;
use services::local::LocalExecutor;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::service::Front;
use crate::settings::Limits;
use crate::worker::Worker;

/// What a connection of HTTP/2 begins with.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Bytes that are read to tell the version.
const FIRST_READ: usize = 4096;

/// What is known of a connection while it lives.
pub(crate) struct Conn {
    worker: Rc<Worker>,
    /// Who called.
    pub(super) address: Rc<str>,
    waker: RefCell<Option<Waker>>,
    is_ended: Cell<bool>,
    /// How many requests are under way.
    requests: Cell<u32>,
    /// When something was read last.
    read: Cell<u32>,
    /// When the head that is being read began.
    head: Cell<Option<u32>>,
    /// Since when nobody takes what is written.
    stuck: Cell<Option<u32>>,
    /// Since when somebody waits for a request's body.
    body: Cell<Option<u32>>,
}

impl Conn {
    fn new(worker: &Rc<Worker>, address: SocketAddr) -> Rc<Self> {
        let conn = Rc::new(Self {
            worker: worker.clone(),
            address: address.ip().to_canonical().to_string().into(),
            waker: RefCell::default(),
            is_ended: Cell::new(false),
            requests: Cell::new(0),
            read: Cell::new(worker.second()),
            // Whoever connects and says nothing is as slow as one who says half a head.
            head: Cell::new(Some(worker.second())),
            stuck: Cell::new(None),
            body: Cell::new(None),
        });
        worker.opened(&conn);
        conn
    }

    /// A request was read.
    pub(super) fn request_began(&self) {
        self.head.set(None);
        self.requests.set(self.requests.get() + 1);
    }

    /// The answer to a request was sent, or given up.
    pub(super) fn request_ended(&self) {
        self.requests.set(self.requests.get().saturating_sub(1));
    }

    pub(super) fn waits_for_body(&self, waits: bool) {
        let since = self.body.get().unwrap_or(self.worker.second());
        self.body.set(waits.then_some(since));
    }

    /// Ends the connection if it has stood still for too long.
    pub(crate) fn end_if_stuck(&self, now: u32, limits: &Limits) {
        let longer = |since: u32, limit: Duration| u64::from(now.saturating_sub(since)) > limit.as_secs().max(1);
        let is_slow_head = self.head.get().is_some_and(|since| longer(since, limits.head_timeout));
        let is_idle = self.requests.get() == 0 && longer(self.read.get(), limits.idle_timeout);
        let is_stuck = self.stuck.get().is_some_and(|since| longer(since, limits.body_timeout));
        let starves = self.body.get().is_some_and(|since| longer(since.max(self.read.get()), limits.body_timeout));
        if is_slow_head || is_idle || is_stuck || starves {
            self.is_ended.set(true);
            self.wake();
        }
    }

    pub(crate) fn wake(&self) {
        if let Some(waker) = &*self.waker.borrow() {
            waker.wake_by_ref();
        }
    }

    fn watch(&self, task: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        if waker.as_ref().is_none_or(|known| !known.will_wake(task.waker())) {
            *waker = Some(task.waker().clone());
        }
    }
}

/// Serves a connection in a task of its own.
pub(crate) fn begin(worker: &Rc<Worker>, stream: TcpStream, address: SocketAddr) {
    // Small answers must not wait for an acknowledgement of the last ones.
    let _ = stream.set_nodelay(true);
    let conn = Conn::new(worker, address);
    let worker = worker.clone();
    tokio::task::spawn_local(async move {
        // What went wrong on a connection is its caller's to see.
        let _ = serve(&worker, &conn, stream).await;
        worker.closed();
    });
}

async fn serve(worker: &Rc<Worker>, conn: &Rc<Conn>, stream: TcpStream) -> io::Result<()> {
    let mut stream = Watched { stream, conn: conn.clone(), first: Vec::new(), at: 0 };
    let limits = &worker.settings().limits;
    let is_http2 = {
        let mut telling = pin!(stream.is_http2());
        poll_fn(|task| {
            conn.watch(task);
            if conn.is_ended.get() || worker.is_draining() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            telling.as_mut().poll(task)
        })
        .await?
    };
    let front = Front::new(worker.clone(), conn.clone());
    let io = TokioIo::new(stream);
    if is_http2 {
        conn.head.set(None);
        let mut builder = http2::Builder::new(LocalExecutor);
        builder
            .max_concurrent_streams(limits.max_streams)
            .max_header_list_size(u32::try_from(limits.max_head_bytes).unwrap_or(u32::MAX))
            .max_send_buf_size(256 * 1024)
            .initial_stream_window_size(256 * 1024)
            .initial_connection_window_size(1024 * 1024);
        let connection = pin!(builder.serve_connection(io, front));
        run(worker, conn, connection, |connection| connection.graceful_shutdown()).await;
    } else {
        let mut builder = http1::Builder::new();
        // A request's line and headers must fit, and no more is read ahead.
        builder.max_buf_size(limits.max_head_bytes.max(8192)).header_read_timeout(None);
        let connection = pin!(builder.serve_connection(io, front));
        run(worker, conn, connection, |connection| connection.graceful_shutdown()).await;
    }
    Ok(())
}

async fn run<C: Future>(worker: &Worker, conn: &Conn, mut connection: Pin<&mut C>, finish: impl Fn(Pin<&mut C>)) {
    let mut is_told = false;
    poll_fn(|task| {
        conn.watch(task);
        if conn.is_ended.get() {
            return Poll::Ready(());
        }
        if worker.is_draining() && !is_told {
            is_told = true;
            finish(connection.as_mut());
        }
        connection.as_mut().poll(task).map(drop)
    })
    .await;
}

/// A stream that tells when something moved, and gives again what was read to tell the version.
struct Watched {
    stream: TcpStream,
    conn: Rc<Conn>,
    first: Vec<u8>,
    at: usize,
}

impl Watched {
    /// Whether the connection begins as one of HTTP/2 does.
    async fn is_http2(&mut self) -> io::Result<bool> {
        self.first.reserve(FIRST_READ);
        loop {
            let begun = self.first.get(..PREFACE.len().min(self.first.len())).unwrap_or(&[]);
            if !PREFACE.starts_with(begun) {
                return Ok(false);
            }
            if begun.len() == PREFACE.len() {
                return Ok(true);
            }
            if self.stream.read_buf(&mut self.first).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.conn.read.set(self.conn.worker.second());
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, task: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let rest = self.first.get(self.at..).unwrap_or(&[]);
            let now = rest.get(..rest.len().min(out.remaining())).unwrap_or(&[]);
            out.put_slice(now);
            self.at += now.len();
            if self.at >= self.first.len() {
                (self.first, self.at) = (Vec::new(), 0);
            }
            return Poll::Ready(Ok(()));
        }
        let before = out.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(task, out);
        if out.filled().len() > before {
            let conn = &self.conn;
            let now = conn.worker.second();
            conn.read.set(now);
            if conn.requests.get() == 0 && conn.head.get().is_none() {
                conn.head.set(Some(now));
            }
        }
        polled
    }
}

impl Watched {
    fn wrote<T>(&self, polled: &Poll<T>) {
        let since = self.conn.stuck.get().unwrap_or(self.conn.worker.second());
        self.conn.stuck.set(polled.is_pending().then_some(since));
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(task, bytes);
        self.wrote(&polled);
        polled
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(task, bytes);
        self.wrote(&polled);
        polled
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}
