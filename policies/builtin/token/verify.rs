//! Finding the key that a token was signed with.

use super::algorithm::Algorithm;
use super::compact::Signed;
use super::key::Key;

/// Why no key verifies a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// It has no signature.
    NoSignature,
    /// Its algorithm is none that is known.
    UnknownAlgorithm,
    /// No key has the id that the token names, and no other key verifies it.
    UnknownKey,
    /// The keys were tried, and none verifies it.
    WrongSignature,
    /// There are no keys.
    NoKeys,
}

/// Finds the position of the key that verifies a token.
///
/// A token that names a key is held to that key, if one is called so. Else every key that is for the algorithm is tried.
///
/// # Errors
/// Why there is none.
pub fn find_key<'k>(token: &Signed<'_>, keys: impl Iterator<Item = &'k Key> + Clone) -> Result<usize, Unverified> {
    if token.signature.is_empty() {
        return Err(Unverified::NoSignature);
    }
    let named = token.header.text("alg").unwrap_or_default();
    let algorithm = Algorithm::named(named).ok_or(Unverified::UnknownAlgorithm)?;
    let verifies = |key: &Key| key.verifies(algorithm, token.input, token.signature);
    let Some(id) = token.header.key_id() else {
        let any = keys.clone().next().is_some();
        return keys.enumerate().find(|(_, key)| verifies(key)).map(|(index, _)| index).ok_or(if any {
            Unverified::WrongSignature
        } else {
            Unverified::NoKeys
        });
    };
    let called = keys.clone().enumerate().filter(|(_, key)| key.is_called(id));
    if called.clone().next().is_some() {
        return called
            .into_iter()
            .find(|(_, key)| verifies(key))
            .map(|(index, _)| index)
            .ok_or(Unverified::WrongSignature);
    }
    keys.enumerate().find(|(_, key)| verifies(key)).map(|(index, _)| index).ok_or(Unverified::UnknownKey)
}
