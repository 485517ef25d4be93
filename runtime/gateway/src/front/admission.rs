//! What requests are let in: those that every reader reads alike.
//!
//! The HTTP library refuses control bytes, folded lines, lengths that contradict each other, and codings that do not end
//! in `chunked`; a request with both a length and a coding is read by its coding, and its connection ends with it. The
//! rest is here.

use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderMap, TE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, StatusCode, Version};

use crate::settings::Limits;

/// The longest method.
const MAX_METHOD: usize = 32;

/// Why a request is not let in: the status, and what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused(pub(super) StatusCode, pub(super) &'static str);

/// Lets a request in, without the headers of its connection.
///
/// # Errors
/// If it could be read in several ways, or is larger than it may be.
pub(super) fn admit(parts: &mut Parts, limits: &Limits) -> Result<(), Refused> {
    let bad = |what| Err(Refused(StatusCode::BAD_REQUEST, what));
    if parts.method.as_str().len() > MAX_METHOD {
        return bad("The method is too long");
    }
    if parts.method == Method::CONNECT {
        return bad("The gateway opens no tunnels");
    }
    let path_and_query = parts.uri.path_and_query().map_or(0, |path| path.as_str().len());
    if path_and_query > limits.max_url_bytes {
        return Err(Refused(StatusCode::URI_TOO_LONG, "The URL is too long"));
    }
    let mut is_of_connection = false;
    let mut codings = 0;
    for (name, value) in &parts.headers {
        match name.as_str().len() {
            2 | 6 | 7 | 10 | 14 | 16 | 17 | 18 | 19 => {}
            _ => continue,
        }
        if *name == TRANSFER_ENCODING {
            codings += 1;
            if !value.as_bytes().eq_ignore_ascii_case(b"chunked") {
                return bad("The transfer coding is not `chunked` alone");
            }
        }
        if *name == CONTENT_LENGTH {
            let is_number = !value.is_empty() && value.as_bytes().iter().all(u8::is_ascii_digit);
            if !is_number {
                return bad("The length is not a number");
            }
            let length = std::str::from_utf8(value.as_bytes()).ok().and_then(|text| text.parse::<u64>().ok());
            if length.is_none_or(|length| length > limits.max_body_bytes) {
                return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large"));
            }
            continue;
        }
        if *name == EXPECT && !value.as_bytes().eq_ignore_ascii_case(b"100-continue") {
            return Err(Refused(StatusCode::EXPECTATION_FAILED, "The expectation cannot be met"));
        }
        is_of_connection |= *name != HOST;
    }
    if codings > 1 {
        return bad("There is more than one transfer coding");
    }
    check_host(parts)?;
    if is_of_connection {
        drop_connection(&mut parts.headers);
    }
    Ok(())
}

/// Checks that one host is named, and that it can be one.
fn check_host(parts: &Parts) -> Result<(), Refused> {
    let bad = |what| Err(Refused(StatusCode::BAD_REQUEST, what));
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = hosts.next();
    if hosts.next().is_some() {
        return bad("There is more than one Host");
    }
    let authority = parts.uri.authority().map(http::uri::Authority::as_str);
    if authority.is_some_and(|authority| authority.contains('@') || !is_host(authority.as_bytes())) {
        return bad("The host of the URL is none");
    }
    match (host, authority) {
        (Some(host), _) if !is_host(host.as_bytes()) => bad("The Host is none"),
        (Some(host), Some(authority)) if !host.as_bytes().eq_ignore_ascii_case(authority.as_bytes()) => {
            bad("The Host is not that of the URL")
        }
        (None, None) if parts.version != Version::HTTP_10 => bad("There is no Host"),
        _ => Ok(()),
    }
}

/// Whether a text is a host with or without a port. An empty one is allowed where a target has no host.
fn is_host(text: &[u8]) -> bool {
    let (host, port) = match text.iter().rposition(|byte| *byte == b':') {
        Some(at) if !text.get(at..).unwrap_or(&[]).contains(&b']') => text.split_at(at),
        _ => (text, &[][..]),
    };
    let is_port = |port: &[u8]| port.len() <= 6 && port.iter().skip(1).all(u8::is_ascii_digit);
    let is_name = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'.'
                    | b'_'
                    | b'~'
                    | b'%'
                    | b'!'
                    | b'$'
                    | b'&'
                    | b'\''
                    | b'('
                    | b')'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
            )
    };
    let is_literal = |host: &[u8]| {
        let inner = host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]"));
        inner
            .and_then(|inner| std::str::from_utf8(inner).ok())
            .is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok())
    };
    is_port(port) && (host.iter().all(is_name) || is_literal(host))
}

/// Takes out what means the connection alone. The length stays for policies to see; whoever sends the request states it
/// anew. Whether the caller takes trailers stays, since gRPC asks for it.
fn drop_connection(headers: &mut HeaderMap) {
    let length = headers.remove(CONTENT_LENGTH);
    let takes_trailers = headers.get(TE).is_some_and(|te| te.as_bytes().eq_ignore_ascii_case(b"trailers"));
    let names_te = headers.get(CONNECTION).is_none_or(|_| takes_trailers);
    let te = headers.remove(TE).filter(|_| takes_trailers && names_te);
    services::hop::remove(headers);
    headers.remove(EXPECT);
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, length);
    }
    if let Some(te) = te {
        headers.insert(TE, te);
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue, Request};

    use super::*;

    type Header = (&'static str, &'static str);

    fn admitted(uri: &str, version: Version, headers: &[Header]) -> Result<Vec<String>, u16> {
        let mut request = Request::new(());
        *request.uri_mut() = uri.parse().unwrap();
        *request.version_mut() = version;
        for (name, value) in headers {
            request.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let (mut parts, ()) = request.into_parts();
        admit(&mut parts, &Limits { max_url_bytes: 20, max_body_bytes: 100, ..Limits::default() })
            .map_err(|refused| refused.0.as_u16())?;
        let mut names: Vec<String> = parts.headers.keys().map(ToString::to_string).collect();
        names.sort();
        Ok(names)
    }

    #[test]
    fn requests_that_readers_read_differently_are_refused() {
        let host = ("host", "a");
        let cases: &[(&str, &[Header], u16)] = &[
            ("/", &[host], 0),
            ("/", &[], 400),
            ("/", &[host, host], 400),
            ("/", &[("host", "local host")], 400),
            ("/", &[("host", "a:8o")], 400),
            ("/", &[("host", "a/b")], 400),
            ("/", &[("host", "u@a")], 400),
            ("/", &[("host", "[::1]:80")], 0),
            ("/", &[("host", "[::1")], 400),
            ("/", &[("host", "")], 0),
            ("http://a/", &[host], 0),
            ("http://b/", &[host], 400),
            ("http://u@a/", &[], 400),
            ("/", &[host, ("transfer-encoding", "chunked")], 0),
            ("/", &[host, ("transfer-encoding", "gzip, chunked")], 400),
            ("/", &[host, ("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")], 400),
            ("/", &[host, ("content-length", "+5")], 400),
            ("/", &[host, ("content-length", "101")], 413),
            ("/", &[host, ("content-length", "99999999999999999999")], 413),
            ("/", &[host, ("expect", "tea")], 417),
            ("/01234567890123456789", &[host], 414),
        ];
        for (uri, headers, status) in cases {
            let found = admitted(uri, Version::HTTP_11, headers).err().unwrap_or(0);
            assert_eq!(found, *status, "{uri} {headers:?}");
        }
        assert!(admitted("/", Version::HTTP_10, &[]).is_ok());
        assert!(admitted("http://a/", Version::HTTP_2, &[]).is_ok());
    }

    #[test]
    fn headers_of_the_connection_stay_behind() {
        let headers = &[
            ("host", "a"),
            ("connection", "x-own, host"),
            ("x-own", "1"),
            ("keep-alive", "1"),
            ("upgrade", "h2c"),
            ("te", "trailers"),
            ("expect", "100-continue"),
            ("content-length", "3"),
            ("proxy-authorization", "x"),
        ];
        assert_eq!(admitted("/", Version::HTTP_11, headers).unwrap(), ["content-length", "host", "te"]);
    }
}
