//! JSON Web Tokens: reading them strictly, verifying their signatures, opening encrypted ones, and keeping what was
//! verified.
//!
//! `compact` reads the form that tokens travel in, `json` what is in them, `algorithm` and `key` say which key verifies
//! which token, `verify` finds the key, `encrypted` opens tokens, `seen` keeps the verified ones. A key decides which
//! algorithms it is for; a token only says which of them was used. Nothing that a token brings with it (`jku`, `x5u`,
//! `jwk`, `x5c`) is looked at.
//!
//! Not here: what a policy asks of a token's claims (`validate_jwt`), and where issuers' keys come from (`services`).

pub mod algorithm;
pub mod compact;
pub mod encrypted;
pub mod json;
pub mod key;
#[cfg(any(test, feature = "mint"))]
pub mod mint;
pub mod seen;
#[cfg(test)]
pub mod tests;
pub mod verify;
