//! The keys that stand in the document.
//!
//! A certificate is no part of a document: the operator gives its text in PEM under the name `certificates/<id>`, as
//! other secrets.

use bundle::document::{Element, Value};
use engine::load::LoadError;

use super::{DecryptionKey, SigningKey, ValidateJwt};
use crate::binary::{from_base64, from_base64url};
use crate::run::Loader;
use crate::token::encrypted::OpeningKey;
use crate::token::key::{Key, NoKey};
use crate::value::{NameText, Text};

/// The keys that verify tokens.
///
/// # Errors
/// If a key that is a secret cannot be used. One that stands in the document was reported by the checker, and verifies
/// nothing.
pub fn signing(declared: &ValidateJwt, element: &Element, loader: &Loader<'_>) -> Result<Vec<Key>, LoadError> {
    let keys = declared.issuer_signing_keys.as_ref().map_or(&[][..], |keys| &keys.key);
    usable(keys, element, "issuer-signing-keys", |key| {
        Ok(signing_key(key, loader)?.map(|found| found.with_id(id(key.id.as_ref()))))
    })
}

/// The keys that open tokens.
///
/// # Errors
/// As [`signing`].
pub fn opening(declared: &ValidateJwt, element: &Element, loader: &Loader<'_>) -> Result<Vec<OpeningKey>, LoadError> {
    let keys = declared.decryption_keys.as_ref().map_or(&[][..], |keys| &keys.key);
    usable(keys, element, "decryption-keys", |key| {
        Ok(opening_key(key, loader)?.map(|found| found.with_id(id(key.id.as_ref()))))
    })
}

fn usable<D, K>(
    declared: &[D],
    element: &Element,
    list: &str,
    make: impl Fn(&D) -> Result<Result<K, NoKey>, LoadError>,
) -> Result<Vec<K>, LoadError> {
    let written = element.children.iter().find(|child| child.name == list);
    let written = written.into_iter().flat_map(|list| list.children.iter().filter(|child| child.name == "key"));
    let mut keys = Vec::new();
    for ((number, declared), written) in (1..).zip(declared).zip(written) {
        let is_literal = matches!(written.text, Some(Value::Literal(_)) | None)
            && !written.attributes.iter().any(|(name, _)| name == "certificate-id");
        match make(declared)? {
            Ok(key) => keys.push(key),
            Err(_) if is_literal => {}
            Err(why) => {
                return Err(LoadError::Key { element: "validate-jwt", key: number, why: why.to_string() });
            }
        }
    }
    Ok(keys)
}

fn id(id: Option<&NameText>) -> Option<&str> {
    id.map(|id| &*id.0)
}

fn certificate(id: &NameText, loader: &Loader<'_>) -> Result<String, LoadError> {
    loader.secret(&format!("certificates/{}", id.0))
}

fn secret(text: Option<&Text>) -> Result<Vec<u8>, NoKey> {
    text.and_then(|text| from_base64(&text.0)).ok_or(NoKey::Base64)
}

fn signing_key(key: &SigningKey, loader: &Loader<'_>) -> Result<Result<Key, NoKey>, LoadError> {
    if let Some(id) = &key.certificate_id {
        return Ok(Key::from_certificate_pem(&certificate(id, loader)?));
    }
    Ok(match (&key.n, &key.e) {
        (Some(n), Some(e)) => match (from_base64url(&n.0), from_base64url(&e.0)) {
            (Some(n), Some(e)) => Key::from_rsa(&n, &e),
            _ => Err(NoKey::Base64),
        },
        _ => secret(key.text.as_ref()).map(|secret| Key::from_secret(&secret)),
    })
}

fn opening_key(key: &DecryptionKey, loader: &Loader<'_>) -> Result<Result<OpeningKey, NoKey>, LoadError> {
    if let Some(id) = &key.certificate_id {
        return Ok(OpeningKey::from_pem(&certificate(id, loader)?));
    }
    Ok(secret(key.text.as_ref()).map(OpeningKey::from_secret))
}
