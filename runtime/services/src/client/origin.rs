//! Which server a connection leads to, and on what terms.

use std::hash::Hash;

use engine::services::{HttpVersion, Outgoing, SendError};

/// A server and the terms on which it is spoken to: requests with the same may share a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    /// Whether it is spoken to by TLS.
    pub(super) is_secure: bool,
    /// Its name or address, in lower case; an IPv6 address without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) version: Version,
    pub(super) verify_chain: bool,
    pub(super) verify_name: bool,
}

/// The version of HTTP, as far as it decides which connections may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Version {
    Http1,
    Http2,
    Either,
}

impl Origin {
    /// The server that a request is for.
    ///
    /// # Errors
    /// If its URL is not one of HTTP.
    pub(super) fn of(request: &Outgoing) -> Result<Self, SendError> {
        let uri = &request.uri;
        let is_secure = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(SendError::Connection("the URL is neither http nor https".to_owned())),
        };
        let host = uri.host().unwrap_or("").trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err(SendError::Connection("the URL names no host".to_owned()));
        }
        let version = match request.version {
            HttpVersion::Http1 => Version::Http1,
            HttpVersion::Http2 => Version::Http2,
            // Without TLS nobody can be asked which version they speak.
            HttpVersion::Http2Or1 if !is_secure => Version::Http1,
            HttpVersion::Http2Or1 => Version::Either,
        };
        Ok(Self {
            is_secure,
            host: host.to_ascii_lowercase(),
            port: uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 }),
            version,
            verify_chain: request.verify_chain || !is_secure,
            verify_name: request.verify_name || !is_secure,
        })
    }
}
