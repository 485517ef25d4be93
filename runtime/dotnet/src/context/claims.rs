//! What a token says, as text: read once, and given to any number of requests.
//!
//! Not here: the object that expressions see (`token`), and whether a token is to be believed (`policies`).

/// The members of a JSON object.
pub type Members = serde_json::Map<String, serde_json::Value>;

/// Ticks from the year 1 to 1970.
const UNIX_EPOCH: i64 = 621_355_968_000_000_000;
/// Ticks in a second.
const TICKS_PER_SECOND: i64 = 10_000_000;
/// The last moment of a `DateTime`.
const MAX_TICKS: i64 = 3_155_378_975_999_999_999;

/// The header and the claims of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The algorithm that the token says it was signed with.
    pub algorithm: Option<Box<str>>,
    /// The kind of token.
    pub kind: Option<Box<str>>,
    /// Who made it.
    pub issuer: Option<Box<str>>,
    /// Whom it is about.
    pub subject: Option<Box<str>>,
    /// Its id.
    pub id: Option<Box<str>>,
    /// Whom it is for.
    pub audiences: Vec<Box<str>>,
    /// When it expires, in ticks, UTC.
    pub expires: Option<i64>,
    /// When it becomes valid, in ticks, UTC.
    pub not_before: Option<i64>,
    /// When it was made, in ticks, UTC.
    pub issued: Option<i64>,
    /// All claims, each with its values as text.
    pub all: Vec<(Box<str>, Vec<Box<str>>)>,
}

impl Claims {
    /// What this header and these claims say. A list has several values, everything else one; what is no text is written
    /// as JSON.
    #[must_use]
    pub fn new(header: &Members, payload: &Members) -> Self {
        let text = |members: &Members, name: &str| match members.get(name) {
            Some(serde_json::Value::Null) | None => None,
            Some(value) => Some(text_of(value)),
        };
        let moment = |name: &str| payload.get(name).and_then(seconds).map(ticks);
        Self {
            algorithm: text(header, "alg"),
            kind: text(header, "typ"),
            issuer: text(payload, "iss"),
            subject: text(payload, "sub"),
            id: text(payload, "jti"),
            audiences: payload.get("aud").map(texts_of).unwrap_or_default(),
            expires: moment("exp"),
            not_before: moment("nbf"),
            issued: moment("iat"),
            all: payload.iter().map(|(name, value)| (name.as_str().into(), texts_of(value))).collect(),
        }
    }

    /// The values of a claim; `None` if the token does not have it.
    #[must_use]
    pub fn values(&self, name: &str) -> Option<&[Box<str>]> {
        self.all.iter().find(|(claim, _)| &**claim == name).map(|(_, values)| values.as_slice())
    }
}

/// The moment so many seconds after 1970, in ticks; the first or last one there is where it lies outside.
#[must_use]
pub fn ticks(unix_seconds: i64) -> i64 {
    UNIX_EPOCH.saturating_add(unix_seconds.saturating_mul(TICKS_PER_SECOND)).clamp(0, MAX_TICKS)
}

fn seconds(value: &serde_json::Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

fn texts_of(value: &serde_json::Value) -> Vec<Box<str>> {
    match value {
        serde_json::Value::Array(values) => values.iter().map(text_of).collect(),
        value => vec![text_of(value)],
    }
}

fn text_of(value: &serde_json::Value) -> Box<str> {
    match value {
        serde_json::Value::String(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_texts() {
        let header = serde_json::from_str(r#"{"alg": "RS256", "typ": "JWT"}"#).unwrap();
        let payload =
            r#"{"aud": ["a", 1], "sub": null, "exp": 1.5, "nbf": 1e300, "iat": -99999999999999, "deep": {"b": true}}"#;
        let claims = Claims::new(&header, &serde_json::from_str(payload).unwrap());
        assert_eq!(claims.algorithm.as_deref(), Some("RS256"));
        assert_eq!(claims.audiences, ["a".into(), "1".into()]);
        assert_eq!(claims.subject, None);
        assert_eq!(claims.expires, Some(UNIX_EPOCH + TICKS_PER_SECOND));
        assert_eq!(claims.not_before, Some(MAX_TICKS));
        assert_eq!(claims.issued, Some(0));
        assert_eq!(claims.values("deep"), Some(&[r#"{"b":true}"#.into()][..]));
        assert_eq!(claims.values("Deep"), None);
    }
}
