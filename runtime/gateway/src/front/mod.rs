//! The front: connections, and what is let in and out of them.
//!
//! HTTP/1.1 and HTTP/2 in clear text, told apart by what a connection begins with. Every request passes one admission
//! (`admission`) before anybody looks at it; headers of the connection are dropped in both directions.
//!
//! Not here: TLS, which something in front of the gateway ends.

mod admission;
mod body;
pub(crate) mod connection;
mod service;
