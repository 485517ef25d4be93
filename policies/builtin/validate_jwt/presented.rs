//! Finding the token in a request.

use dotnet::context::headers::Name;
use dotnet::context::url::decoded;
use dotnet::throw::Throw;
use engine::exchange::Exchange;

use super::ValidateJwt;
use super::failure::Failure;
use crate::query::{is_named, parts};
use crate::token::compact::Malformed;
use crate::value::utf8;

/// The header that schemes belong to.
const AUTHORIZATION: &str = "authorization";

impl ValidateJwt {
    /// The token that the request brings.
    ///
    /// # Errors
    /// Throws what expressions throw. Else why there is none that could be valid: a header with several lines, or a
    /// parameter that stands twice, leaves open which one the backend would read.
    pub(super) fn presented<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Result<&'x str, Failure>, Throw> {
        let found = if let Some(name) = &self.header_name {
            let name = name.get(exchange)?;
            let scheme = match &self.require_scheme {
                Some(scheme) if name.is(AUTHORIZATION) => Some(scheme.get(exchange)?.trim()),
                _ => None,
            };
            header(exchange, name).map(|value| value.and_then(|value| after_scheme(value, scheme)))
        } else if let Some(name) = &self.query_parameter_name {
            let name = name.get(exchange)?;
            parameter(exchange, name).map(|value| value.and_then(|value| after_scheme(value, None)))
        } else if let Some(value) = &self.token_value {
            Ok(value.get(exchange)?.and_then(|value| after_scheme(value, None)))
        } else {
            Ok(None)
        };
        Ok(found.and_then(|token| token.ok_or(Failure::NotPresent)))
    }
}

/// What follows the scheme. Without one that is required, any word before a blank is passed over: a token has no blanks.
fn after_scheme<'x>(value: &'x str, required: Option<&str>) -> Option<&'x str> {
    let value = value.trim();
    let token = match (value.split_once([' ', '\t']), required.filter(|scheme| !scheme.is_empty())) {
        (Some((scheme, token)), Some(required)) => {
            if !scheme.eq_ignore_ascii_case(required) {
                return None;
            }
            token.trim_start()
        }
        (None, Some(_)) => return None,
        (Some((_, token)), None) => token.trim_start(),
        (None, None) => value,
    };
    (!token.is_empty()).then_some(token)
}

fn header<'x>(exchange: &Exchange<'x>, name: Name<'_>) -> Result<Option<&'x str>, Failure> {
    match exchange.request().headers.headers.first(name) {
        None => Ok(None),
        Some((_, true)) => Err(Failure::Malformed(Malformed::Segments)),
        Some((value, false)) => {
            std::str::from_utf8(value.bytes()).map(Some).map_err(|_| Failure::Malformed(Malformed::Header))
        }
    }
}

fn parameter<'x>(exchange: &Exchange<'x>, name: &str) -> Result<Option<&'x str>, Failure> {
    let cx = &exchange.cx;
    let query = exchange.request().url.query();
    let query = query.to_utf8();
    let mut values = parts(query.as_bytes()).filter(|(part, _)| is_named(cx, part, name));
    let Some((part, whole)) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Failure::Malformed(Malformed::Segments));
    }
    let value = whole.get(part.len() + 1..).unwrap_or_default();
    Ok(Some(utf8(cx, decoded(cx, value))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_passed_over_or_required() {
        for (value, required, expected) in [
            ("a.b.c", None, Some("a.b.c")),
            ("Bearer a.b.c", None, Some("a.b.c")),
            (" DPoP \t a.b.c ", None, Some("a.b.c")),
            ("Bearer", None, Some("Bearer")),
            ("Bearer ", None, Some("Bearer")),
            ("", None, None),
            ("bearer a.b.c", Some("Bearer"), Some("a.b.c")),
            ("a.b.c", Some("Bearer"), None),
            ("Basic a.b.c", Some("Bearer"), None),
            ("Bearer", Some("Bearer"), None),
            ("Bearer a.b.c", Some(""), Some("a.b.c")),
        ] {
            assert_eq!(after_scheme(value, required), expected, "{value:?} {required:?}");
        }
    }
}
