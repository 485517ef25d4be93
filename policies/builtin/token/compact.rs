//! The compact form of tokens: three segments where signed, five where encrypted, between dots.
//!
//! Segments are read strictly: base64url without padding, other alphabets or stray bits, so that there is one form of
//! each token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dotnet::context::claims::Members;

use super::json;

/// The longest token that is looked at, in bytes.
pub const MAX_TOKEN: usize = 64 * 1024;

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It is too long.
    #[error("IDX10209: Token has a length of {0} bytes, which is larger than the maximum of {MAX_TOKEN}.")]
    Length(usize),
    /// It has neither three nor five segments.
    #[error("IDX12741: JWT must have three segments (JWS) or five segments (JWE).")]
    Segments,
    /// The header is not base64url or no JSON object, or a name stands twice in it.
    #[error("IDX12729: Unable to decode the header as Base64Url encoded JSON.")]
    Header,
    /// The payload is not base64url or no JSON object, or a name stands twice in it.
    #[error("IDX12723: Unable to decode the payload as Base64Url encoded JSON.")]
    Payload,
    /// Another segment is not base64url.
    #[error("IDX10400: Unable to decode a segment as Base64Url encoded bytes.")]
    Segment,
    /// The header names an extension that must be understood and is not, or says that the payload is not encoded.
    #[error("The header of the token has `{0}`, which is not supported.")]
    Extension(&'static str),
}

/// A token in compact form.
#[derive(Debug)]
pub enum Compact<'t> {
    /// Signed, or without a signature.
    Signed(Signed<'t>),
    /// Encrypted.
    Encrypted(Encrypted<'t>),
}

/// A token of three segments.
#[derive(Debug)]
pub struct Signed<'t> {
    /// Its header.
    pub header: TokenHeader,
    /// What is signed: header and payload as they were written.
    pub input: &'t str,
    /// The payload as it was written.
    payload: &'t str,
    /// The signature as it was written; empty if there is none.
    pub signature: &'t str,
}

/// A token of five segments.
#[derive(Debug)]
pub struct Encrypted<'t> {
    /// Its header.
    pub header: TokenHeader,
    /// The header as it was written, which is protected along with the content.
    pub protected: &'t str,
    /// The encrypted key of the content.
    pub key: Vec<u8>,
    /// The initialisation vector.
    pub vector: Vec<u8>,
    /// The content.
    pub content: Vec<u8>,
    /// What shows that nothing was changed.
    pub tag: Vec<u8>,
}

/// The header of a token.
#[derive(Debug)]
pub struct TokenHeader {
    /// Its members.
    pub members: Members,
}

impl TokenHeader {
    fn read(segment: &str) -> Result<Self, Malformed> {
        let members = decode(segment).and_then(|bytes| json::object(&bytes)).ok_or(Malformed::Header)?;
        let header = Self { members };
        if header.members.contains_key("crit") {
            return Err(Malformed::Extension("crit"));
        }
        if header.members.get("b64").is_some_and(|encoded| encoded != &serde_json::Value::Bool(true)) {
            return Err(Malformed::Extension("b64"));
        }
        let is_text = |name: &str| header.members.get(name).is_none_or(serde_json::Value::is_string);
        if ["alg", "enc", "kid", "x5t", "zip"].iter().all(|name| is_text(name)) && header.text("alg").is_some() {
            Ok(header)
        } else {
            Err(Malformed::Header)
        }
    }

    /// A member that is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(serde_json::Value::as_str)
    }

    /// The name of the key that the token says it was made with: `kid`, or else the thumbprint of a certificate.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.text("kid").or_else(|| self.text("x5t"))
    }
}

impl<'t> Compact<'t> {
    /// Reads a token.
    ///
    /// # Errors
    /// Why the text is none.
    pub fn read(text: &'t str) -> Result<Self, Malformed> {
        if text.len() > MAX_TOKEN {
            return Err(Malformed::Length(text.len()));
        }
        let mut segments = text.splitn(6, '.');
        let mut next = || segments.next();
        let (Some(header), Some(second), Some(third)) = (next(), next(), next()) else {
            return Err(Malformed::Segments);
        };
        match (next(), next(), next()) {
            (None, ..) => {
                let end = header.len() + 1 + second.len();
                let input = text.get(..end).ok_or(Malformed::Segments)?;
                let header = TokenHeader::read(header)?;
                decode(third).ok_or(Malformed::Segment)?;
                Ok(Self::Signed(Signed { header, input, payload: second, signature: third }))
            }
            (Some(content), Some(tag), None) => {
                let bytes = |segment| decode(segment).ok_or(Malformed::Segment);
                Ok(Self::Encrypted(Encrypted {
                    header: TokenHeader::read(header)?,
                    protected: header,
                    key: bytes(second)?,
                    vector: bytes(third)?,
                    content: bytes(content)?,
                    tag: bytes(tag)?,
                }))
            }
            _ => Err(Malformed::Segments),
        }
    }
}

impl Signed<'_> {
    /// The claims. They are to be believed only once the signature was verified.
    ///
    /// # Errors
    /// If the payload is no JSON object, or if a time in it is no number.
    pub fn claims(&self) -> Result<Members, Malformed> {
        claims(&decode(self.payload).ok_or(Malformed::Payload)?)
    }
}

/// The claims that a payload holds.
///
/// # Errors
/// If it is no JSON object, or if a time in it is no number.
pub fn claims(payload: &[u8]) -> Result<Members, Malformed> {
    let members = json::object(payload).ok_or(Malformed::Payload)?;
    let is_sound = |name: &str| members.get(name).is_none_or(serde_json::Value::is_number);
    if ["exp", "nbf", "iat"].iter().all(|name| is_sound(name)) { Ok(members) } else { Err(Malformed::Payload) }
}

/// The bytes of a segment.
#[must_use]
pub fn decode(segment: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(segment).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> String {
        URL_SAFE_NO_PAD.encode(text)
    }

    fn fault(text: &str) -> Option<Malformed> {
        Compact::read(text).err()
    }

    #[test]
    fn tokens_are_read_strictly() {
        let token = |header: &str| format!("{}.e30.AA", encode(header));
        assert_eq!(fault(&token(r#"{"alg": "HS256", "kid": "a", "typ": "JWT", "x": {}}"#)), None);
        assert_eq!(fault(&token(r#"{"alg": "HS256", "b64": true}"#)), None);
        for (header, expected) in [
            ("", Malformed::Header),
            ("[]", Malformed::Header),
            ("{}", Malformed::Header),
            (r#"{"alg": null}"#, Malformed::Header),
            (r#"{"alg": ["HS256"]}"#, Malformed::Header),
            (r#"{"alg": "HS256", "kid": 1}"#, Malformed::Header),
            (r#"{"alg": "none", "alg": "HS256"}"#, Malformed::Header),
            (r#"{"alg": "HS256", "crit": []}"#, Malformed::Extension("crit")),
            (r#"{"alg": "HS256", "crit": ["exp"]}"#, Malformed::Extension("crit")),
            (r#"{"alg": "HS256", "b64": false}"#, Malformed::Extension("b64")),
        ] {
            assert_eq!(fault(&token(header)), Some(expected), "{header}");
        }
        let head = encode(r#"{"alg":"HS256"}"#);
        for (text, expected) in [
            (String::new(), Malformed::Segments),
            (head.clone(), Malformed::Segments),
            (format!("{head}.e30"), Malformed::Segments),
            (format!("{head}.e30.AA.AA"), Malformed::Segments),
            (format!("{head}.e30.AA.AA.AA.AA"), Malformed::Segments),
            (format!("{head}=.e30.AA"), Malformed::Header),
            (format!(" {head}.e30.AA"), Malformed::Header),
            (format!("{head}.e30.AA=="), Malformed::Segment),
            (format!("{head}.e30.AB"), Malformed::Segment),
            (format!("{head}.e30.A+"), Malformed::Segment),
            (format!("{head}.e30.A\n"), Malformed::Segment),
            ("x".repeat(MAX_TOKEN + 1), Malformed::Length(MAX_TOKEN + 1)),
        ] {
            assert_eq!(fault(&text), Some(expected), "{text:.60}");
        }
    }

    #[test]
    fn claims_are_an_object_with_numbers_for_times() {
        for (payload, is_sound) in [
            (r#"{"exp": 1, "nbf": 1.5, "iat": -1}"#, true),
            ("{}", true),
            ("\"text\"", false),
            (r#"{"exp": "1"}"#, false),
            (r#"{"exp": null}"#, false),
            (r#"{"nbf": []}"#, false),
            (r#"{"exp": 1e999}"#, false),
            (r#"{"sub": "a", "sub": "b"}"#, false),
        ] {
            assert_eq!(claims(payload.as_bytes()).is_ok(), is_sound, "{payload}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,80}", dotted in "[A-Za-z0-9_=.-]{0,120}") {
            let _ = Compact::read(&text);
            let _ = Compact::read(&dotted);
        }
    }
}
