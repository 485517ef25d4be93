//! Makes connections: looks names up, checks addresses, speaks TLS, agrees on the version of HTTP.

use std::cell::Cell;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use engine::services::SendError;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::ClientOptions;
use super::egress::Egress;
use super::origin::{Origin, Version};
use super::pool::{Connection, Permit};
use super::tls::{Offer, Trust};
use crate::local::LocalExecutor;

/// Bytes that the head of an answer may have, and that are read ahead of its body.
const MAX_BUFFER: usize = 128 * 1024;
/// How long one of several addresses may keep the next one waiting.
const NEXT_ADDRESS: Duration = Duration::from_secs(2);

pub(super) struct Connector {
    timeout: Duration,
    egress: Arc<Egress>,
    trust: Arc<Trust>,
}

impl Connector {
    pub(super) fn new(options: &ClientOptions) -> Self {
        Self { timeout: options.connect_timeout, egress: options.egress.clone(), trust: options.trust.clone() }
    }

    /// A connection to a server, which holds its permit as long as it lives.
    pub(super) async fn connect(&self, origin: &Origin, permit: Permit) -> Result<Connection, SendError> {
        let connecting = self.connect_now(origin, permit);
        match tokio::time::timeout(self.timeout, connecting).await {
            Ok(connected) => connected,
            Err(_) => Err(SendError::Connection(format!("no connection within {:?}", self.timeout))),
        }
    }

    async fn connect_now(&self, origin: &Origin, permit: Permit) -> Result<Connection, SendError> {
        let stream = self.reach(origin).await?;
        let heard = Rc::new(Cell::new(0));
        let stream = Counted { stream, heard: heard.clone() };
        if !origin.is_secure {
            return speak(stream, origin.version == Version::Http2, heard, permit).await;
        }
        let offer = match origin.version {
            Version::Http1 => Offer::Http1,
            Version::Http2 => Offer::Http2,
            Version::Either => Offer::Both,
        };
        let config = self.trust.config(origin.verify_chain, origin.verify_name, offer);
        let config = config.map_err(|error| SendError::Connection(error.to_string()))?;
        let name = ServerName::try_from(origin.host.clone());
        let name = name.map_err(|_| SendError::Connection(format!("`{}` is no name of a server", origin.host)))?;
        let stream = TlsConnector::from(config).connect(name, stream).await.map_err(|error| broken(&error))?;
        let agreed = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        speak(stream, agreed || origin.version == Version::Http2, heard, permit).await
    }

    /// A connection to one of the addresses of a server.
    async fn reach(&self, origin: &Origin) -> Result<TcpStream, SendError> {
        let addresses: Vec<SocketAddr> = match origin.host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, origin.port)],
            Err(_) => {
                let found = tokio::net::lookup_host((origin.host.as_str(), origin.port)).await;
                found.map_err(|error| broken(&error))?.collect()
            }
        };
        let mut last = SendError::Connection(format!("`{}` has no address", origin.host));
        let several = addresses.len() > 1;
        for address in addresses {
            if let Err(error) = self.egress.check_address(&origin.host, address.ip()) {
                last = error;
                continue;
            }
            let connecting = TcpStream::connect(address);
            let connected = match several {
                true => tokio::time::timeout(NEXT_ADDRESS, connecting).await.unwrap_or_else(|late| Err(late.into())),
                false => connecting.await,
            };
            match connected {
                Ok(stream) => {
                    // Small requests must not wait for an acknowledgement of the last ones.
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Err(error) => last = broken(&error),
            }
        }
        Err(last)
    }
}

fn broken(error: &io::Error) -> SendError {
    SendError::Connection(error.to_string())
}

/// Begins to speak HTTP on a connection; a task of its own keeps it going until it ends.
async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    is_http2: bool,
    heard: Rc<Cell<u64>>,
    permit: Permit,
) -> Result<Connection, SendError> {
    let failed = |error: hyper::Error| SendError::Connection(error.to_string());
    let io = TokioIo::new(stream);
    if is_http2 {
        let mut builder = http2::Builder::new(LocalExecutor);
        builder.max_header_list_size(64 * 1024).max_send_buf_size(256 * 1024);
        let (sender, connection) = builder.handshake(io).await.map_err(failed)?;
        tokio::task::spawn_local(async move {
            let _permit = permit;
            let _ = connection.await;
        });
        return Ok(Connection::http2(sender, heard));
    }
    let mut builder = http1::Builder::new();
    builder.max_buf_size(MAX_BUFFER);
    let (sender, connection) = builder.handshake(io).await.map_err(failed)?;
    tokio::task::spawn_local(async move {
        let _permit = permit;
        // How it ended is told to the request that was on it.
        let _ = connection.await;
    });
    Ok(Connection::http1(sender, heard))
}

/// A connection that counts the bytes that come in.
struct Counted {
    stream: TcpStream,
    heard: Rc<Cell<u64>>,
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, task: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(task, buf);
        let now = buf.filled().len();
        self.heard.set(self.heard.get().wrapping_add((now - before) as u64));
        read
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(task, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(task, bytes)
    }
}
