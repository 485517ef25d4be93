//! The names by which `Create(name)` knows algorithms.

use super::digest::Algorithm;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A hash.
    Hash(Algorithm),
    /// A keyed hash.
    Keyed(Algorithm),
}

/// The prefix of full names.
const NAMESPACE: &str = "System.Security.Cryptography.";

/// Names without the namespace, in lower case; the second column says whether the name is also known without it.
static NAMES: &[(&str, bool, Named)] = &[
    ("hashalgorithm", false, Named::Hash(Algorithm::Sha1)),
    ("hmac", false, Named::Keyed(Algorithm::Sha1)),
    ("hmacmd5", true, Named::Keyed(Algorithm::Md5)),
    ("hmacsha1", true, Named::Keyed(Algorithm::Sha1)),
    ("hmacsha256", true, Named::Keyed(Algorithm::Sha256)),
    ("hmacsha384", true, Named::Keyed(Algorithm::Sha384)),
    ("hmacsha512", true, Named::Keyed(Algorithm::Sha512)),
    ("keyedhashalgorithm", false, Named::Keyed(Algorithm::Sha1)),
    ("md5", true, Named::Hash(Algorithm::Md5)),
    ("md5cryptoserviceprovider", false, Named::Hash(Algorithm::Md5)),
    ("sha", true, Named::Hash(Algorithm::Sha1)),
    ("sha-256", true, Named::Hash(Algorithm::Sha256)),
    ("sha-384", true, Named::Hash(Algorithm::Sha384)),
    ("sha-512", true, Named::Hash(Algorithm::Sha512)),
    ("sha1", true, Named::Hash(Algorithm::Sha1)),
    ("sha1cryptoserviceprovider", false, Named::Hash(Algorithm::Sha1)),
    ("sha1managed", false, Named::Hash(Algorithm::Sha1)),
    ("sha256", true, Named::Hash(Algorithm::Sha256)),
    ("sha256managed", false, Named::Hash(Algorithm::Sha256)),
    ("sha384", true, Named::Hash(Algorithm::Sha384)),
    ("sha384managed", false, Named::Hash(Algorithm::Sha384)),
    ("sha512", true, Named::Hash(Algorithm::Sha512)),
    ("sha512managed", false, Named::Hash(Algorithm::Sha512)),
];

/// The algorithm of a name; the case of letters does not matter.
#[must_use]
pub fn find(name: &str) -> Option<Named> {
    let (full, short) = match name.get(..NAMESPACE.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(NAMESPACE) => (true, name.get(NAMESPACE.len()..).unwrap_or("")),
        _ => (false, name),
    };
    let is_it = |row: &&(&str, bool, Named)| row.0.eq_ignore_ascii_case(short) && (full || row.1);
    NAMES.iter().find(is_it).map(|(_, _, named)| *named)
}
