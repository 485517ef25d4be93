//! Which API and operation a request is for.
//!
//! The path is brought into one form first (`path`), so that no two spellings of it match differently. Then the longest
//! suffix of an API wins whose version and revision fit (`suffix`), and of its operations the one whose template is most
//! literal, segment by segment (`template`).
//!
//! Sources: the service's own rules as far as they are documented; where they are not, the reference of this project.

pub(crate) mod path;
pub(crate) mod suffix;
pub(crate) mod template;

/// The parts of a query, still encoded.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The value of a query's first parameter of this name, decoded.
pub(crate) fn query_value(query: &str, name: &str) -> Option<String> {
    let is_it = |given: &str| given.eq_ignore_ascii_case(name) || (is_encoded(given) && decode_query(given) == name);
    query_pairs(query).find(|(given, _)| is_it(given)).map(|(_, value)| decode_query(value))
}

fn is_encoded(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'%' || byte == b'+')
}

/// The text of an encoded part of a query, where a plus sign is a space.
pub(crate) fn decode_query(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    dotnet::format::escape::percent::url_decode(&mut out, text.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}
