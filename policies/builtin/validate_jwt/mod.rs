//! `<validate-jwt>`: lets in requests with a valid JSON Web Token.
//!
//! `token` next door reads and verifies tokens; here stands what a document asks of them.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod failure;
#[cfg(feature = "run")]
mod issuers;
#[cfg(feature = "run")]
mod keys;
#[cfg(feature = "run")]
mod presented;
#[cfg(feature = "run")]
mod run;
#[cfg(all(test, feature = "check", feature = "run"))]
mod tests;

#[cfg(feature = "check")]
pub use check::{
    KEY_NOT_BASE64, KEY_SOURCE, MISSING_TOKEN_SOURCE, NO_AUDIENCE, NO_KEYS, TWO_TOKEN_SOURCES, UNSIGNED_TOKENS,
    WEAK_KEY,
};
use policies_macros::{Element, Policy};

use crate::value::{Attr, HeaderName, NameText, NullableText, Seconds, StatusCode, Text};

crate::keywords! {
    /// How many of the values that are listed a claim must have.
    Match {
        /// Every one.
        All = "all",
        /// At least one.
        Any = "any",
    }
}

/// Lets in requests with a valid JSON Web Token: its signature, its times, whom it is from and for, and its claims.
#[derive(Policy)]
#[policy(
    element = "validate-jwt",
    sections(inbound),
    runs = Waits,
    check,
    load,
    source = "https://learn.microsoft.com/azure/api-management/validate-jwt-policy"
)]
pub struct ValidateJwt {
    /// The header that holds the token, with or without a scheme before it.
    pub header_name: Option<Attr<HeaderName>>,
    /// The query parameter that holds the token.
    pub query_parameter_name: Option<Attr<NameText>>,
    /// The token itself.
    pub token_value: Option<Attr<NullableText>>,
    /// The status of the response if the token is not valid.
    #[attr(default = "401")]
    pub failed_validation_httpcode: Attr<StatusCode>,
    /// The message in the body of that response. If nothing is said, the body tells what failed.
    pub failed_validation_error_message: Option<Attr<Text>>,
    /// Whether a token must say when it expires.
    #[attr(default = "true")]
    pub require_expiration_time: Attr<bool>,
    /// The scheme that must stand before the token in `Authorization`, such as `Bearer`.
    pub require_scheme: Option<Attr<Text>>,
    /// Whether a token must be signed. A token with a signature is verified in any case.
    #[attr(default = "true")]
    pub require_signed_tokens: Attr<bool>,
    /// How far the clocks of issuer and gateway may be apart, in seconds.
    #[attr(default = "0")]
    pub clock_skew: Attr<Seconds>,
    /// The variable that gets the token, a `Jwt`, if it is valid.
    pub output_token_variable_name: Option<NameText>,
    /// An issuer whose keys are fetched.
    #[child]
    pub openid_config: Vec<OpenIdConfig>,
    /// Keys that tokens are signed with.
    #[child]
    pub issuer_signing_keys: Option<IssuerSigningKeys>,
    /// Keys that tokens are encrypted with.
    #[child]
    pub decryption_keys: Option<DecryptionKeys>,
    /// Whom a token must be for.
    #[child]
    pub audiences: Option<Audiences>,
    /// Whom a token must be from.
    #[child]
    pub issuers: Option<Issuers>,
    /// The claims that a token must have.
    #[child]
    pub required_claims: Option<RequiredClaims>,
}

/// An issuer that publishes its keys.
#[derive(Element)]
pub struct OpenIdConfig {
    /// The address of its OpenID configuration.
    pub url: Attr<NameText>,
    /// Whether the service tries to reach it when the document is saved; requests are handled alike.
    pub validate_connectivity: Option<bool>,
}

/// Keys that tokens are signed with.
#[derive(Element)]
pub struct IssuerSigningKeys {
    /// A key.
    #[child(min = 1)]
    pub key: Vec<SigningKey>,
}

/// A key that tokens are signed with: a secret in base64, a certificate, or modulus and exponent of RSA.
#[derive(Element)]
pub struct SigningKey {
    /// The id that tokens name in `kid`.
    pub id: Option<NameText>,
    /// The id of a certificate that the gateway has.
    pub certificate_id: Option<NameText>,
    /// The modulus, in base64url.
    pub n: Option<Text>,
    /// The exponent, in base64url.
    pub e: Option<Text>,
    /// The secret, in base64.
    #[text]
    pub text: Option<Text>,
}

/// Keys that tokens are encrypted with.
#[derive(Element)]
pub struct DecryptionKeys {
    /// A key.
    #[child(min = 1)]
    pub key: Vec<DecryptionKey>,
}

/// A key that tokens are encrypted with: a secret in base64, or a certificate.
#[derive(Element)]
pub struct DecryptionKey {
    /// The id that tokens name in `kid`.
    pub id: Option<NameText>,
    /// The id of a certificate that the gateway has, with its private key.
    pub certificate_id: Option<NameText>,
    /// The secret, in base64.
    #[text]
    pub text: Option<Text>,
}

/// Whom a token must be for.
#[derive(Element)]
pub struct Audiences {
    /// One that is accepted.
    #[child(min = 1)]
    pub audience: Vec<Audience>,
}

/// One whom a token may be for.
#[derive(Element)]
pub struct Audience {
    /// The audience, as `aud` has it.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}

/// Whom a token must be from.
#[derive(Element)]
pub struct Issuers {
    /// One that is accepted.
    #[child(min = 1)]
    pub issuer: Vec<Issuer>,
}

/// One whom a token may be from.
#[derive(Element)]
pub struct Issuer {
    /// The issuer, as `iss` has it.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}

/// The claims that a token must have.
#[derive(Element)]
pub struct RequiredClaims {
    /// A claim.
    #[child(min = 1)]
    pub claim: Vec<RequiredClaim>,
}

/// A claim that a token must have. Without a value it only has to be there.
#[derive(Element)]
pub struct RequiredClaim {
    /// The claim's name.
    pub name: Attr<NameText>,
    /// How many of the values the claim must have: `all` or `any`.
    #[attr(default = "all")]
    pub r#match: Attr<Match>,
    /// What stands between several values in one text.
    pub separator: Option<Attr<Text>>,
    /// A value.
    #[child]
    pub value: Vec<ClaimValue>,
}

/// A value of a claim.
#[derive(Element)]
pub struct ClaimValue {
    /// The value, as the token has it.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}
