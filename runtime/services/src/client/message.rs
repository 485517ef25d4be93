//! A request on its way: what is sent, in the form of the connection that takes it.

use engine::services::Outgoing;
use http::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderValue, TE};
use http::{Method, Request, Uri, Version};

use super::body::OutgoingBody;
use crate::hop;

/// A request to be sent.
pub(super) struct Message {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: OutgoingBody,
    /// Whether the caller takes trailers, which only HTTP/2 is told.
    takes_trailers: bool,
}

impl Message {
    pub(super) fn new(request: Outgoing) -> Self {
        let Outgoing { method, uri, mut headers, body, .. } = request;
        let takes_trailers = headers.get(TE).is_some_and(|te| te.as_bytes().eq_ignore_ascii_case(b"trailers"));
        hop::remove(&mut headers);
        let body = OutgoingBody::new(body);
        let expects_body = matches!(method, Method::POST | Method::PUT | Method::PATCH);
        if expects_body && http_body::Body::is_end_stream(&body) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Self { method, uri, headers, body, takes_trailers }
    }

    pub(super) fn method(&self) -> &Method {
        &self.method
    }

    /// The same once more, if sending it twice does no more than sending it once and its body is still there.
    pub(super) fn copy(&self) -> Option<Self> {
        if !self.method.is_idempotent() {
            return None;
        }
        Some(Self {
            method: self.method.clone(),
            uri: self.uri.clone(),
            headers: self.headers.clone(),
            body: self.body.copy()?,
            takes_trailers: self.takes_trailers,
        })
    }

    /// The request for HTTP/1.1: its target is path and query, and the host is a header.
    pub(super) fn into_http1(mut self) -> Request<OutgoingBody> {
        if !self.headers.contains_key(HOST)
            && let Some(host) = self.uri.authority().and_then(|authority| host_header(authority.as_str()))
        {
            self.headers.insert(HOST, host);
        }
        let path = self.uri.path_and_query().cloned().map_or_else(|| Uri::from_static("/"), Uri::from);
        self.into_request(path, Version::HTTP_11)
    }

    /// The request for HTTP/2: its target is the whole URL, with the host that the header names.
    pub(super) fn into_http2(mut self) -> Request<OutgoingBody> {
        let host = self.headers.remove(HOST);
        let authority = host.and_then(|host| http::uri::Authority::try_from(host.as_bytes()).ok());
        let mut parts = self.uri.clone().into_parts();
        parts.authority = authority.or(parts.authority);
        let uri = Uri::from_parts(parts).unwrap_or_else(|_| self.uri.clone());
        if self.takes_trailers {
            self.headers.insert(TE, HeaderValue::from_static("trailers"));
        }
        self.into_request(uri, Version::HTTP_2)
    }

    fn into_request(self, uri: Uri, version: Version) -> Request<OutgoingBody> {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.version_mut() = version;
        *request.headers_mut() = self.headers;
        request
    }

    /// What a connection gave back unsent. `uri` is that of the message it was made of.
    pub(super) fn from_unsent(request: Request<OutgoingBody>, uri: Uri) -> Self {
        let (parts, body) = request.into_parts();
        let takes_trailers = parts.headers.contains_key(TE);
        Self { method: parts.method, uri, headers: parts.headers, body, takes_trailers }
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }
}

/// The `Host` header for an authority: without user and password, which are nobody's business there.
fn host_header(authority: &str) -> Option<HeaderValue> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    HeaderValue::from_str(host).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use engine::services::{HttpVersion, Payload};

    use super::*;

    fn outgoing(method: Method, uri: &str, headers: &[(&'static str, &'static str)], body: Payload) -> Outgoing {
        let headers =
            headers.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static(value)));
        Outgoing {
            method,
            uri: uri.parse().unwrap(),
            headers: headers.collect(),
            body,
            timeout: Duration::from_secs(1),
            version: HttpVersion::Http1,
            verify_chain: true,
            verify_name: true,
        }
    }

    #[test]
    fn http1_is_sent_a_path_and_a_host() {
        let message = Message::new(outgoing(
            Method::GET,
            "http://user:pw@backend:8080?x=1",
            &[("connection", "x-a"), ("x-a", "1")],
            Payload::Empty,
        ));
        let request = message.into_http1();
        assert_eq!(request.uri(), "/?x=1");
        assert_eq!(request.headers()[HOST], "backend:8080");
        assert_eq!(request.headers().len(), 1);
        let named = Message::new(outgoing(Method::GET, "http://10.0.0.1/a", &[("host", "public")], Payload::Empty));
        assert_eq!(named.into_http1().headers()[HOST], "public");
    }

    #[test]
    fn http2_is_sent_a_url_whose_host_is_the_one_named() {
        let headers = &[("host", "public:1"), ("te", "trailers")];
        let request = Message::new(outgoing(Method::GET, "https://10.0.0.1/a?b", headers, Payload::Empty)).into_http2();
        assert_eq!(request.uri(), "https://public:1/a?b");
        assert_eq!(request.headers().get(HOST), None);
        assert_eq!(request.headers()[TE], "trailers");
    }

    #[test]
    fn only_what_may_be_done_twice_is_copied() {
        let copies =
            |method: Method, body: Payload| Message::new(outgoing(method, "http://a/", &[], body)).copy().is_some();
        assert!(copies(Method::GET, Payload::Empty));
        assert!(copies(Method::PUT, Payload::Memory("x".into())));
        assert!(!copies(Method::POST, Payload::Empty));
        assert!(!copies(Method::PATCH, Payload::Memory("x".into())));
    }

    #[test]
    fn a_post_without_a_body_says_so() {
        let length = |method: Method, body: Payload| {
            Message::new(outgoing(method, "http://a/", &[("content-length", "7")], body))
                .headers
                .get(CONTENT_LENGTH)
                .cloned()
        };
        assert_eq!(length(Method::POST, Payload::Empty), Some(HeaderValue::from_static("0")));
        assert_eq!(length(Method::GET, Payload::Empty), None);
        assert_eq!(length(Method::POST, Payload::Memory("x".into())), None);
    }
}
