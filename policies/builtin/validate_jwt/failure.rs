//! Why a token is refused: what `LastError` says of it.
//!
//! The messages are those of the service's own library, by their numbers; what a token or a document holds is not
//! repeated in them, since callers see them.

use crate::token::compact::Malformed;
use crate::token::encrypted::Unopened;
use crate::token::verify::Unverified;

/// Why a token is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// There is none.
    NotPresent,
    /// The text is no token.
    Malformed(Malformed),
    /// It cannot be opened.
    Unopened(Unopened),
    /// An encrypted token holds no signed one.
    NothingSigned,
    /// No key verifies it.
    Unverified {
        /// Why.
        why: Unverified,
        /// Whether an issuer may have a new key that would.
        may_be_new: bool,
    },
    /// An issuer cannot be asked for its keys, and no key that is known verifies the token.
    NoIssuer,
    /// It does not say when it expires.
    NoExpiration,
    /// It becomes valid after it expires.
    NeverValid,
    /// It is not valid yet.
    NotYetValid,
    /// It is no longer valid.
    Expired,
    /// It is for nobody who is accepted.
    Audience,
    /// It is from nobody who is accepted.
    Issuer,
    /// It lacks these claims.
    ClaimsMissing(Vec<String>),
    /// A claim has a value that is not accepted.
    ClaimValue {
        /// The claim.
        name: String,
        /// Its value.
        value: String,
    },
}

impl Failure {
    /// `LastError.Reason`.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotPresent => "TokenNotPresent",
            Self::Unverified { why: Unverified::UnknownKey | Unverified::NoKeys, .. } => "TokenSignatureKeyNotFound",
            Self::Unverified { .. } => "TokenSignatureInvalid",
            Self::Expired => "TokenExpired",
            Self::Audience => "TokenAudienceNotAllowed",
            Self::Issuer => "TokenIssuerNotAllowed",
            Self::ClaimsMissing(_) => "TokenClaimNotFound",
            Self::ClaimValue { .. } => "TokenClaimValueNotAllowed",
            Self::Malformed(_)
            | Self::Unopened(_)
            | Self::NothingSigned
            | Self::NoIssuer
            | Self::NoExpiration
            | Self::NeverValid
            | Self::NotYetValid => "JwtInvalid",
        }
    }

    /// `LastError.Message`.
    #[must_use]
    pub fn message(&self) -> String {
        let denied = |message: &str| format!("{message}. Access denied.");
        match self {
            Self::NotPresent => "JWT not present.".to_owned(),
            Self::Malformed(why) => why.to_string(),
            Self::Unopened(why) => why.to_string(),
            Self::NothingSigned => "IDX10618: Decryption failed. There is no signed token inside.".to_owned(),
            Self::Unverified { why, .. } => denied(match why {
                Unverified::NoSignature => "IDX10504: Unable to validate signature, token does not have a signature",
                Unverified::UnknownAlgorithm => "IDX10511: Signature validation failed. The algorithm is not supported",
                Unverified::UnknownKey => "IDX10501: Signature validation failed. Unable to match keys",
                Unverified::WrongSignature => "IDX10511: Signature validation failed. Keys tried",
                Unverified::NoKeys => {
                    "IDX10500: Signature validation failed. No security keys were provided to validate the signature"
                }
            }),
            Self::NoIssuer => "IDX20803: Unable to obtain configuration from the issuer.".to_owned(),
            Self::NoExpiration => {
                "IDX10225: Lifetime validation failed. The token is missing an Expiration Time.".to_owned()
            }
            Self::NeverValid => "IDX10224: Lifetime validation failed. The NotBefore is after the Expires.".to_owned(),
            Self::NotYetValid => "IDX10222: Lifetime validation failed. The token is not yet valid.".to_owned(),
            Self::Expired => denied("IDX10223: Lifetime validation failed. The token is expired"),
            Self::Audience => denied("IDX10214: Audience validation failed"),
            Self::Issuer => denied("IDX10205: Issuer validation failed"),
            Self::ClaimsMissing(names) => denied(&format!("JWT is missing the following claims: {}", names.join(", "))),
            Self::ClaimValue { name, value } => {
                format!("Claim {name} value of {value} is not allowed. Access denied.")
            }
        }
    }
}
