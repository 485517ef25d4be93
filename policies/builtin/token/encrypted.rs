//! Opening encrypted tokens: AES-CBC with HMAC and AES-GCM for the content; its key is a shared one, wrapped with one, or
//! encrypted with RSA-OAEP.
//!
//! Not here, on purpose: RSA of PKCS #1 v1.5, whose padding tells attackers too much; keys from passwords; compressed
//! content.

use aws_lc_rs::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{self, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::key_wrap::{AES_128, AES_256, AesKek, KeyWrap};
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::{constant_time, hmac};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;

use super::compact::{Encrypted, Malformed};
use super::key::NoKey;

/// A key that opens tokens.
pub struct OpeningKey {
    id: Option<Box<str>>,
    material: Material,
}

enum Material {
    Secret(Vec<u8>),
    Rsa(Box<OaepPrivateDecryptingKey>),
}

/// Why a token was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// The policy has no keys for it.
    #[error("IDX10609: Decryption failed. No Keys tried.")]
    NoKeys,
    /// No key opens it.
    #[error("IDX10603: Decryption failed. Keys tried.")]
    WrongKeys,
    /// It is encrypted in a way that is not supported.
    #[error("IDX10619: Decryption failed. The algorithm of the token is not supported.")]
    Algorithm,
    /// Its content is compressed.
    #[error("{}", Malformed::Extension("zip"))]
    Compressed,
}

/// How the content is encrypted.
enum Content {
    /// AES in CBC mode with a part of an HMAC; the parts of the key are of this length, in bytes.
    CbcHmac(&'static cipher::Algorithm, hmac::Algorithm, usize),
    /// AES in GCM mode.
    Gcm(&'static aead::Algorithm),
}

impl Content {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "A128CBC-HS256" => Self::CbcHmac(&cipher::AES_128, hmac::HMAC_SHA256, 16),
            "A192CBC-HS384" => Self::CbcHmac(&cipher::AES_192, hmac::HMAC_SHA384, 24),
            "A256CBC-HS512" => Self::CbcHmac(&cipher::AES_256, hmac::HMAC_SHA512, 32),
            "A128GCM" => Self::Gcm(&aead::AES_128_GCM),
            "A192GCM" => Self::Gcm(&aead::AES_192_GCM),
            "A256GCM" => Self::Gcm(&aead::AES_256_GCM),
            _ => return None,
        })
    }

    fn key_len(&self) -> usize {
        match self {
            Self::CbcHmac(_, _, half) => 2 * half,
            Self::Gcm(algorithm) => algorithm.key_len(),
        }
    }

    /// The content in clear; `None` if the key is not the one, or if something was changed.
    fn open(&self, key: &[u8], token: &Encrypted<'_>) -> Option<Vec<u8>> {
        let mut content = token.content.clone();
        match self {
            Self::CbcHmac(algorithm, mac, half) => {
                let (mac_key, content_key) = key.split_at_checked(*half)?;
                let bits = u64::try_from(token.protected.len()).ok()?.checked_mul(8)?;
                let mut signed = hmac::Context::with_key(&hmac::Key::new(*mac, mac_key));
                signed.update(token.protected.as_bytes());
                signed.update(&token.vector);
                signed.update(&token.content);
                signed.update(&bits.to_be_bytes());
                let tag = signed.sign();
                // The tag is checked before anything is decrypted.
                constant_time::verify_slices_are_equal(tag.as_ref().get(..*half)?, &token.tag).ok()?;
                let vector: [u8; 16] = token.vector.as_slice().try_into().ok()?;
                let key = UnboundCipherKey::new(algorithm, content_key).ok()?;
                let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).ok()?;
                let clear = key.decrypt(&mut content, DecryptionContext::Iv128(FixedLength::from(&vector))).ok()?;
                Some(clear.to_vec())
            }
            Self::Gcm(algorithm) => {
                let key = LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?);
                let nonce = Nonce::try_assume_unique_for_key(&token.vector).ok()?;
                (token.tag.len() == algorithm.tag_len()).then_some(())?;
                content.extend_from_slice(&token.tag);
                let clear = key.open_in_place(nonce, Aad::from(token.protected.as_bytes()), &mut content).ok()?;
                Some(clear.to_vec())
            }
        }
    }
}

impl OpeningKey {
    /// A shared key.
    #[must_use]
    pub fn from_secret(secret: Vec<u8>) -> Self {
        Self { id: None, material: Material::Secret(secret) }
    }

    /// The private key of RSA in PEM, PKCS #8.
    ///
    /// # Errors
    /// If there is none.
    pub fn from_pem(pem: &str) -> Result<Self, NoKey> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| NoKey::Kind)?;
        let key = PrivateDecryptingKey::from_pkcs8(der.secret_pkcs8_der()).map_err(|_| NoKey::Kind)?;
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| NoKey::Kind)?;
        Ok(Self { id: None, material: Material::Rsa(Box::new(key)) })
    }

    /// The key with an id.
    #[must_use]
    pub fn with_id(self, id: Option<&str>) -> Self {
        Self { id: id.map(Into::into), ..self }
    }

    /// The key of a token's content; `None` if this key does not give it.
    fn content_key(&self, algorithm: &str, token: &Encrypted<'_>) -> Option<Vec<u8>> {
        let wrapped = &token.key;
        match (&self.material, algorithm) {
            (Material::Secret(secret), "dir") => wrapped.is_empty().then(|| secret.clone()),
            (Material::Secret(secret), "A128KW" | "A256KW") => {
                let block = if algorithm == "A128KW" { &AES_128 } else { &AES_256 };
                let mut clear = vec![0; wrapped.len().checked_sub(8)?];
                AesKek::new(block, secret).ok()?.unwrap(wrapped, &mut clear).ok().map(|key| key.to_vec())
            }
            (Material::Rsa(key), "RSA-OAEP" | "RSA-OAEP-256") => {
                let padding = if algorithm == "RSA-OAEP" { &OAEP_SHA1_MGF1SHA1 } else { &OAEP_SHA256_MGF1SHA256 };
                let mut clear = vec![0; key.min_output_size()];
                key.decrypt(padding, wrapped, &mut clear, None).ok().map(|key| key.to_vec())
            }
            _ => None,
        }
    }
}

/// What is in an encrypted token.
///
/// # Errors
/// Why it was not opened.
pub fn open(token: &Encrypted<'_>, keys: &[OpeningKey]) -> Result<Vec<u8>, Unopened> {
    if token.header.text("zip").is_some() {
        return Err(Unopened::Compressed);
    }
    let algorithm = token.header.text("alg").unwrap_or_default();
    let content = token.header.text("enc").and_then(Content::named).ok_or(Unopened::Algorithm)?;
    if !["dir", "A128KW", "A256KW", "RSA-OAEP", "RSA-OAEP-256"].contains(&algorithm) {
        return Err(Unopened::Algorithm);
    }
    if keys.is_empty() {
        return Err(Unopened::NoKeys);
    }
    let id = token.header.key_id();
    let is_called = |key: &OpeningKey| id.is_some() && key.id.as_deref() == id;
    let narrows = keys.iter().any(is_called);
    let mut tried = keys.iter().filter(|key| !narrows || is_called(key));
    let opened = tried.find_map(|key| {
        let key = key.content_key(algorithm, token)?;
        if key.len() == content.key_len() { content.open(&key, token) } else { None }
    });
    opened.ok_or(Unopened::WrongKeys)
}
