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

#[cfg(test)]
pub mod tests {
    //! Tokens that are opened, and tokens that are not.

    use aws_lc_rs::aead::{Aad, LessSafeKey, Nonce, UnboundKey};
    use aws_lc_rs::cipher::{EncryptionContext, PaddedBlockEncryptingKey};
    use aws_lc_rs::rsa::OaepPublicEncryptingKey;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;
    use crate::token::compact::{Compact, decode};

    /// From RFC 7516, appendix A.3.
    const WRAPPED: &str = "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.\
        6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.\
        KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ";
    const WRAPPING_KEY: &str = "GawgguFyGrWKav7AX4VKUg";

    fn secret(text: &str) -> OpeningKey {
        OpeningKey::from_secret(decode(text).unwrap())
    }

    fn opened(token: &str, keys: &[OpeningKey]) -> Result<String, Unopened> {
        match Compact::read(token).unwrap() {
            Compact::Encrypted(token) => open(&token, keys).map(|bytes| String::from_utf8(bytes).unwrap()),
            Compact::Signed(_) => panic!("the token is not encrypted"),
        }
    }

    /// A token whose content was encrypted with `content_key`, which lies in it as `wrapped`.
    pub fn sealed(algorithm: &str, content: &str, content_key: &[u8], wrapped: &[u8], text: &str) -> String {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let protected = encode(format!(r#"{{"alg":"{algorithm}","enc":"{content}","kid":"k"}}"#).as_bytes());
        let mut bytes = text.as_bytes().to_vec();
        let (vector, tag) = match Content::named(content).unwrap() {
            Content::Gcm(algorithm) => {
                let key = LessSafeKey::new(UnboundKey::new(algorithm, content_key).unwrap());
                let nonce = Nonce::assume_unique_for_key([9; 12]);
                let tag = key.seal_in_place_separate_tag(nonce, Aad::from(protected.as_bytes()), &mut bytes).unwrap();
                (vec![9; 12], tag.as_ref().to_vec())
            }
            Content::CbcHmac(algorithm, mac, half) => {
                let key = UnboundCipherKey::new(algorithm, &content_key[half..]).unwrap();
                let key = PaddedBlockEncryptingKey::cbc_pkcs7(key).unwrap();
                let vector = EncryptionContext::Iv128(FixedLength::from(&[9; 16]));
                key.less_safe_encrypt(&mut bytes, vector).unwrap();
                let mut signed = protected.clone().into_bytes();
                signed.extend([9; 16]);
                signed.extend(&bytes);
                signed.extend((8 * protected.len() as u64).to_be_bytes());
                let tag = hmac::sign(&hmac::Key::new(mac, &content_key[..half]), &signed);
                (vec![9; 16], tag.as_ref()[..half].to_vec())
            }
        };
        [protected, encode(wrapped), encode(&vector), encode(&bytes), encode(&tag)].join(".")
    }

    const CONTENTS: &[&str] = &["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];

    #[test]
    fn the_example_of_the_standard_is_opened() {
        assert_eq!(opened(WRAPPED, &[secret(WRAPPING_KEY)]).as_deref(), Ok("Live long and prosper."));
        assert_eq!(opened(WRAPPED, &[secret("AAAAAAAAAAAAAAAAAAAAAA")]), Err(Unopened::WrongKeys));
        assert_eq!(opened(WRAPPED, &[secret("AA")]), Err(Unopened::WrongKeys));
        assert_eq!(opened(WRAPPED, &[]), Err(Unopened::NoKeys));
    }

    #[test]
    fn content_is_opened_with_the_key_that_it_was_sealed_with() {
        for content in CONTENTS {
            let key = vec![5; Content::named(content).unwrap().key_len()];
            let token = sealed("dir", content, &key, &[], "a.b.c");
            let right = || OpeningKey::from_secret(key.clone());
            assert_eq!(opened(&token, &[right()]).as_deref(), Ok("a.b.c"), "{content}");
            let wrong = || OpeningKey::from_secret(vec![6; key.len()]);
            assert_eq!(opened(&token, &[wrong()]), Err(Unopened::WrongKeys), "{content}");
            assert_eq!(opened(&token, &[wrong(), right()]).as_deref(), Ok("a.b.c"), "{content}");
            let named = [wrong().with_id(Some("k")), right()];
            assert_eq!(opened(&token, &named), Err(Unopened::WrongKeys), "the key that is named counts");
            for at in 1..5 {
                let with = |bytes: &[u8]| {
                    let mut segments: Vec<String> = token.split('.').map(str::to_owned).collect();
                    segments[at] = URL_SAFE_NO_PAD.encode(bytes);
                    opened(&segments.join("."), &[right()])
                };
                let bytes = decode(token.split('.').nth(at).unwrap()).unwrap();
                assert_eq!(with(&[&bytes[..], &[1]].concat()), Err(Unopened::WrongKeys), "{content} {at} longer");
                if let Some((first, rest)) = bytes.split_first() {
                    assert_eq!(with(rest), Err(Unopened::WrongKeys), "{content} {at} cut");
                    let changed = [&[first ^ 1], rest].concat();
                    assert_eq!(with(&changed), Err(Unopened::WrongKeys), "{content} {at} changed");
                }
            }
        }
    }

    #[test]
    fn the_key_of_the_content_is_encrypted_with_rsa() {
        let pem = include_str!("fixtures/rsa.pem");
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).unwrap();
        let public = PrivateDecryptingKey::from_pkcs8(der.secret_pkcs8_der()).unwrap().public_key();
        let public = OaepPublicEncryptingKey::new(public).unwrap();
        for (name, padding) in [("RSA-OAEP", &OAEP_SHA1_MGF1SHA1), ("RSA-OAEP-256", &OAEP_SHA256_MGF1SHA256)] {
            let mut wrapped = vec![0; public.ciphertext_size()];
            let wrapped = public.encrypt(padding, &[5; 64], &mut wrapped, None).unwrap();
            let token = sealed(name, "A256CBC-HS512", &[5; 64], wrapped, "a.b.c");
            assert_eq!(opened(&token, &[OpeningKey::from_pem(pem).unwrap()]).as_deref(), Ok("a.b.c"));
            let other = OpeningKey::from_pem(include_str!("fixtures/other-rsa.pem")).unwrap();
            assert_eq!(opened(&token, &[other]), Err(Unopened::WrongKeys));
            assert_eq!(opened(&token, &[OpeningKey::from_secret(vec![5; 64])]), Err(Unopened::WrongKeys));
        }
        assert!(OpeningKey::from_pem(include_str!("fixtures/p256.pem")).is_err());
        assert!(OpeningKey::from_pem("x").is_err());
    }

    #[test]
    fn what_is_not_safe_is_refused() {
        let token = |header: &str| format!("{}.AA.AA.AA.AA", URL_SAFE_NO_PAD.encode(header));
        let keys = || [secret(WRAPPING_KEY)];
        for (header, expected) in [
            (r#"{"alg":"RSA1_5","enc":"A128GCM"}"#, Unopened::Algorithm),
            (r#"{"alg":"PBES2-HS256+A128KW","enc":"A128GCM"}"#, Unopened::Algorithm),
            (r#"{"alg":"none","enc":"A128GCM"}"#, Unopened::Algorithm),
            (r#"{"alg":"dir","enc":"none"}"#, Unopened::Algorithm),
            (r#"{"alg":"dir"}"#, Unopened::Algorithm),
            (r#"{"alg":"dir","enc":"A128GCM","zip":"DEF"}"#, Unopened::Compressed),
            (r#"{"alg":"dir","enc":"A128GCM"}"#, Unopened::WrongKeys),
        ] {
            assert_eq!(opened(&token(header), &keys()), Err(expected), "{header}");
        }
    }
}
