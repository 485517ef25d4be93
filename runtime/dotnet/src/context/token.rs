//! `Jwt` and `BasicAuthCredentials`: what headers of authorization hold. Nothing here is verified.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dotnet_macros::members;

use super::dictionary::ListDictionary;
use super::nullable_utc;
use crate::array::Array;
use crate::cx::Cx;
use crate::format::base64 as dotnet_base64;
use crate::object::{Header, Obj, object_of};
use crate::text::Str;
use crate::ty::Ty;
use crate::types::string::STRING;
use crate::word::Word;

/// Ticks from the year 1 to 1970.
const UNIX_EPOCH: i64 = 621_355_968_000_000_000;
/// Ticks in a second.
const TICKS_PER_SECOND: i64 = 10_000_000;
/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 64 * 1024;

/// The object of a token.
#[repr(C)]
pub struct Jwt<'a> {
    header: Header,
    algorithm: Option<Str<'a>>,
    kind: Option<Str<'a>>,
    issuer: Option<Str<'a>>,
    subject: Option<Str<'a>>,
    id: Option<Str<'a>>,
    audiences: &'a Array<'a>,
    expires: Option<i64>,
    not_before: Option<i64>,
    issued: Option<i64>,
    claims: &'a ListDictionary<'a>,
}

crate::layout!(Jwt<'a>, JWT_DEF);

impl<'a> Jwt<'a> {
    /// The token that a text holds, with or without `Bearer` before it; `None` if it holds none.
    #[must_use]
    pub fn parse(cx: &mut Cx<'a>, text: Str<'a>) -> Option<&'a Self> {
        let text = text.as_utf8()?;
        let token = match text.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("bearer ") => text.get(7..)?,
            _ => text,
        };
        let token = token.trim();
        let mut parts = token.split('.');
        let (head, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || token.len() > MAX_TOKEN {
            return None;
        }
        let head = object_part(head)?;
        let payload = object_part(payload)?;
        Some(Self::from_parts(cx, &head, &payload))
    }

    /// The token with this header and these claims.
    #[must_use]
    pub fn from_parts(cx: &mut Cx<'a>, head: &Members, payload: &Members) -> &'a Self {
        let text = |cx: &Cx<'a>, members: &Members, name: &str| match members.get(name) {
            Some(serde_json::Value::Null) | None => None,
            Some(value) => Some(cx.str(&claim_text(value))),
        };
        let lines = |cx: &Cx<'a>, value: &serde_json::Value| -> &'a Array<'a> {
            let texts: Vec<Str<'a>> = match value {
                serde_json::Value::Array(values) => values.iter().map(|value| cx.str(&claim_text(value))).collect(),
                value => vec![cx.str(&claim_text(value))],
            };
            Array::of_strings(cx, &texts)
        };
        let moment = |name: &str| {
            payload.get(name).and_then(seconds).map(|seconds| {
                UNIX_EPOCH.saturating_add(seconds.saturating_mul(TICKS_PER_SECOND)).clamp(0, 3_155_378_975_999_999_999)
            })
        };
        let claims: Vec<(Str<'a>, Word)> =
            payload.iter().map(|(name, value)| (cx.str(name), object_of(lines(cx, value)).word())).collect();
        let claims = ListDictionary::new(Ty::array(Ty(&STRING), 1), cx.arena().alloc_slice(&claims));
        let audiences = match payload.get("aud") {
            Some(audiences) => lines(cx, audiences),
            None => Array::of_strings(cx, &[]),
        };
        cx.arena().alloc(Self {
            header: Header::new(Ty(&JWT)),
            algorithm: text(cx, head, "alg"),
            kind: text(cx, head, "typ"),
            issuer: text(cx, payload, "iss"),
            subject: text(cx, payload, "sub"),
            id: text(cx, payload, "jti"),
            audiences,
            expires: moment("exp"),
            not_before: moment("nbf"),
            issued: moment("iat"),
            claims: cx.arena().alloc(claims),
        })
    }

    /// The token as an object, as a variable holds it.
    #[must_use]
    pub fn as_object(&'a self) -> Obj<'a> {
        object_of(self)
    }
}

/// The members of a JSON object.
pub type Members = serde_json::Map<String, serde_json::Value>;

fn object_part(part: &str) -> Option<Members> {
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    match serde_json::from_slice(&bytes).ok()? {
        serde_json::Value::Object(members) => Some(members),
        _ => None,
    }
}

fn claim_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn seconds(value: &serde_json::Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

/// A token of three parts.
#[members("public sealed class Jwt", as = JWT)]
impl<'a> Jwt<'a> {
    /// The algorithm that the token says it was signed with.
    #[member("string Algorithm { get; }", field = algorithm)]
    const ALGORITHM: () = ();

    /// The kind of token.
    #[member("string Type { get; }", field = kind)]
    const TYPE: () = ();

    /// Who made the token.
    #[member("string Issuer { get; }", field = issuer)]
    const ISSUER: () = ();

    /// Whom the token is about.
    #[member("string Subject { get; }", field = subject)]
    const SUBJECT: () = ();

    /// The token's id.
    #[member("string Id { get; }", field = id)]
    const ID: () = ();

    /// Whom the token is for.
    #[member("IEnumerable<string> Audiences { get; }", field = audiences)]
    const AUDIENCES: () = ();

    /// The claims by name, each with its values.
    #[member("IReadOnlyDictionary<string, string[]> Claims { get; }", field = claims)]
    const CLAIMS: () = ();

    /// When the token expires, UTC.
    #[member("DateTime? ExpirationTime { get; }")]
    fn expiration_time(&'a self, cx: &mut Cx<'a>) -> Word {
        nullable_utc(cx, self.expires)
    }

    /// When the token becomes valid, UTC.
    #[member("DateTime? NotBefore { get; }")]
    fn not_before_time(&'a self, cx: &mut Cx<'a>) -> Word {
        nullable_utc(cx, self.not_before)
    }

    /// When the token was made, UTC.
    #[member("DateTime? IssuedAt { get; }")]
    fn issued_at(&'a self, cx: &mut Cx<'a>) -> Word {
        nullable_utc(cx, self.issued)
    }
}

/// The object of a user and password.
#[repr(C)]
pub struct Basic<'a> {
    header: Header,
    user: Str<'a>,
    password: Str<'a>,
}

crate::layout!(Basic<'a>, BASIC_DEF);

impl<'a> Basic<'a> {
    /// The user and password of a `Basic` header; `None` if the text is none.
    #[must_use]
    pub fn parse(cx: &mut Cx<'a>, text: Str<'a>) -> Option<&'a Self> {
        let text = text.as_utf8()?;
        let encoded =
            text.get(6..).filter(|_| text.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic ")))?;
        let mut bytes = Vec::new();
        dotnet_base64::decode(&mut bytes, encoded.trim().as_bytes()).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let (user, password) = text.split_once(':')?;
        let (user, password) = (cx.str(user), cx.str(password));
        Some(cx.arena().alloc(Self { header: Header::new(Ty(&BASIC)), user, password }))
    }
}

/// A user and password.
#[members("public sealed class BasicAuthCredentials", as = BASIC)]
impl<'a> Basic<'a> {
    /// The user.
    #[member("string UserId { get; }", field = user)]
    const USER_ID: () = ();

    /// The password.
    #[member("string Password { get; }", field = password)]
    const PASSWORD: () = ();
}
