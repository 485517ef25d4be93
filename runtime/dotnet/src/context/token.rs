//! `Jwt` and `BasicAuthCredentials`: what headers of authorization hold. Nothing here is verified.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dotnet_macros::members;

use super::claims::{Claims, Members};
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
        let claims = Claims::new(&object_part(head)?, &object_part(payload)?);
        Some(Self::make(cx, &claims, |cx, text| cx.str(text)))
    }

    /// The token that says this.
    #[must_use]
    pub fn of(cx: &Cx<'a>, claims: &'a Claims) -> &'a Self {
        Self::make(cx, claims, |cx, text| Str::over(cx.arena(), text))
    }

    fn make<'t>(cx: &Cx<'a>, claims: &'t Claims, text: impl Fn(&Cx<'a>, &'t str) -> Str<'a>) -> &'a Self {
        let optional = |value: &'t Option<Box<str>>| value.as_deref().map(|value| text(cx, value));
        let lines = |values: &'t [Box<str>]| {
            let values: Vec<Str<'a>> = values.iter().map(|value| text(cx, value)).collect();
            Array::of_strings(cx, &values)
        };
        let all: Vec<(Str<'a>, Word)> =
            claims.all.iter().map(|(name, values)| (text(cx, name), object_of(lines(values)).word())).collect();
        let all = ListDictionary::new(Ty::array(Ty(&STRING), 1), cx.arena().alloc_slice(&all));
        cx.arena().alloc(Self {
            header: Header::new(Ty(&JWT)),
            algorithm: optional(&claims.algorithm),
            kind: optional(&claims.kind),
            issuer: optional(&claims.issuer),
            subject: optional(&claims.subject),
            id: optional(&claims.id),
            audiences: lines(&claims.audiences),
            expires: claims.expires,
            not_before: claims.not_before,
            issued: claims.issued,
            claims: cx.arena().alloc(all),
        })
    }

    /// Whom the token is about.
    #[must_use]
    pub fn subject(&self) -> Option<Str<'a>> {
        self.subject
    }

    /// The token as an object, as a variable holds it.
    #[must_use]
    pub fn as_object(&'a self) -> Obj<'a> {
        object_of(self)
    }
}

fn object_part(part: &str) -> Option<Members> {
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    match serde_json::from_slice(&bytes).ok()? {
        serde_json::Value::Object(members) => Some(members),
        _ => None,
    }
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
