//! Headers that mean one connection only and are never passed on, in either direction (RFC 9110, 7.6.1).

use http::header::{
    CONNECTION, CONTENT_LENGTH, HeaderMap, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};

const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");
const HTTP2_SETTINGS: HeaderName = HeaderName::from_static("http2-settings");

/// Headers of one connection, whether or not `Connection` names them.
static HOP_BY_HOP: [HeaderName; 10] = [
    CONNECTION,
    KEEP_ALIVE,
    PROXY_CONNECTION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HTTP2_SETTINGS,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
];

/// Headers that `Connection` cannot take away: without them a message would mean something else.
static NEVER_NOMINATED: [HeaderName; 2] = [http::header::HOST, http::header::CACHE_CONTROL];

/// Takes the headers of the connection out of a message, with those that its `Connection` names. The length goes too:
/// whoever sends the message states it anew.
pub fn remove(headers: &mut HeaderMap) {
    if headers.contains_key(CONNECTION) {
        remove_nominated(headers);
    }
    for name in &HOP_BY_HOP {
        headers.remove(name);
    }
    headers.remove(CONTENT_LENGTH);
}

#[cold]
fn remove_nominated(headers: &mut HeaderMap) {
    let mut names = Vec::new();
    for value in headers.get_all(CONNECTION) {
        let tokens = value.as_bytes().split(|byte| *byte == b',');
        names.extend(tokens.filter_map(|token| HeaderName::from_bytes(token.trim_ascii()).ok()));
    }
    for name in names.iter().filter(|name| !NEVER_NOMINATED.contains(name)) {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_stay_behind() {
        let cases: [(&[_], &[&str]); 7] = [
            (&[("accept", "*/*"), ("connection", "close")], &["accept"]),
            (&[("connection", "X-One, x-two"), ("connection", "x-three"), ("x-one", "1"), ("x-two", "2")], &[]),
            (&[("x-three", "3"), ("connection", "keep-alive,, bad name,X-Three"), ("keep-alive", "timeout=5")], &[]),
            (&[("te", "trailers"), ("trailer", "x"), ("upgrade", "h2c"), ("http2-settings", "AAMAAABkAAQAAP__")], &[]),
            (&[("content-length", "5"), ("transfer-encoding", "chunked"), ("x-keep", "1")], &["x-keep"]),
            (&[("connection", "host, cookie"), ("host", "a"), ("cookie", "b")], &["host"]),
            (&[("proxy-authorization", "x"), ("proxy-connection", "keep-alive")], &[]),
        ];
        for (given, expected) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in given {
                headers.append(HeaderName::from_static(name), http::HeaderValue::from_static(value));
            }
            remove(&mut headers);
            let mut left: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
            left.sort_unstable();
            assert_eq!(left, expected, "{given:?}");
        }
    }
}
