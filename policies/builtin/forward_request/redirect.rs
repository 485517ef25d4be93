//! Where a redirection leads, and what of the request goes along.
//!
//! The rules are those of .NET's `HttpClient`.

use dotnet::format::uri;
use http::header::{AUTHORIZATION, HOST, LOCATION};
use http::{HeaderMap, Method, Uri};

/// How many redirections are followed.
pub const MAX_REDIRECTS: usize = 50;

/// A request that a redirection asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Redirected {
    /// Where to.
    pub uri: Uri,
    /// The method.
    pub method: Method,
    /// Whether the body goes along.
    pub keeps_body: bool,
}

/// The request that an answer with this status and these headers asks for; none if it is no redirection, or one that is
/// not followed: one without a sound address, and one from `https` to `http`.
pub fn redirected(status: u16, headers: &HeaderMap, from: &Uri, method: &Method) -> Option<Redirected> {
    let becomes_get = match status {
        300..=302 => *method == Method::POST,
        303 => *method != Method::GET && *method != Method::HEAD,
        307 | 308 => false,
        _ => return None,
    };
    let location = headers.get(LOCATION)?.as_bytes();
    let base = uri::Uri::parse(from.to_string().as_bytes(), uri::UriKind::Absolute).ok()?;
    let target = uri::Uri::combine(&base, location).ok()?;
    let mut text = Vec::new();
    target.write_left_part(&mut text, uri::UriPartial::Query).ok()?;
    let uri: Uri = std::str::from_utf8(&text).ok()?.parse().ok()?;
    let is_sound = matches!((from.scheme_str(), uri.scheme_str()), (Some("http"), Some("http" | "https")))
        || (from.scheme_str(), uri.scheme_str()) == (Some("https"), Some("https"));
    let method = if becomes_get { Method::GET } else { method.clone() };
    is_sound.then_some(Redirected { uri, method, keeps_body: !becomes_get })
}

/// Takes from the headers what was meant for the first server alone.
pub fn forget_credentials(headers: &mut HeaderMap) {
    headers.remove(AUTHORIZATION);
    headers.remove(HOST);
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Status, method, URL and `Location`, and the request that follows.
    type Case = (u16, &'static str, &'static str, &'static str, Option<(&'static str, &'static str, bool)>);

    #[test]
    fn redirections_lead_where_net_follows_them() {
        let cases: &[Case] = &[
            (302, "GET", "http://a.example/x/y?q=1", "z?w=2", Some(("http://a.example/x/z?w=2", "GET", true))),
            (301, "POST", "http://a.example/x", "/y", Some(("http://a.example/y", "GET", false))),
            (302, "PUT", "http://a.example/x", "/y", Some(("http://a.example/y", "PUT", true))),
            (303, "PUT", "http://a.example/x", "/y", Some(("http://a.example/y", "GET", false))),
            (
                307,
                "POST",
                "http://a.example/",
                "https://b.example:444/",
                Some(("https://b.example:444/", "POST", true)),
            ),
            (308, "GET", "https://a.example/", "//b.example/c#d", Some(("https://b.example/c", "GET", true))),
            (302, "GET", "https://a.example/", "http://a.example/", None),
            (302, "GET", "http://a.example/", "ftp://a.example/", None),
            (304, "GET", "http://a.example/", "/y", None),
        ];
        for (status, method, from, location, expected) in cases {
            let location = HeaderValue::from_str(location).unwrap();
            let headers = HeaderMap::from_iter([(LOCATION, location)]);
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let found = redirected(*status, &headers, &from.parse().unwrap(), &method);
            let expected = expected.map(|(uri, method, keeps_body)| Redirected {
                uri: uri.parse().unwrap(),
                method: Method::from_bytes(method.as_bytes()).unwrap(),
                keeps_body,
            });
            assert_eq!(found, expected, "{status} {from} {headers:?}");
        }
        assert_eq!(redirected(302, &HeaderMap::new(), &Uri::from_static("http://a.example"), &Method::GET), None);
    }
}
