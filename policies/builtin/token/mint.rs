//! Makes tokens from test keys, for trying policies.
//!
//! It signs with the cryptography itself, not with the library that verifies, so that each checks the other.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding,
    RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dotnet::context::claims::Members;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

use super::algorithm::Algorithm;
use crate::binary::from_base64;

/// A key that signs.
pub enum SigningKey {
    /// A shared secret.
    Secret(Vec<u8>),
    /// A private key: RSA or of a curve.
    Private(PrivateKeyDer<'static>),
}

/// Why no token was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MintError {
    /// The text is neither PEM nor base64.
    #[error("the key is neither a private key in PEM nor a secret in base64")]
    NoKey,
    /// The key is of another kind, too short, or broken.
    #[error("the key is not one for {}", .0.name())]
    WrongKey(Algorithm),
}

impl SigningKey {
    /// The key in a text: a private key in PEM, or a secret in base64.
    ///
    /// # Errors
    /// If it is neither.
    pub fn read(text: &str) -> Result<Self, MintError> {
        if text.trim_start().starts_with("-----BEGIN") {
            return PrivateKeyDer::from_pem_slice(text.as_bytes()).map(Self::Private).map_err(|_| MintError::NoKey);
        }
        from_base64(text).map(Self::Secret).ok_or(MintError::NoKey)
    }

    /// The first algorithm that the key signs with; `None` for keys that sign with none.
    #[must_use]
    pub fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::ALL.iter().map(|(_, algorithm)| *algorithm).find(|algorithm| self.sign(*algorithm, b"").is_ok())
    }

    fn sign(&self, algorithm: Algorithm, input: &[u8]) -> Result<Vec<u8>, MintError> {
        use Algorithm::{Es256, Es384, Es512, Hs256, Hs384, Hs512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
        let secret = |mac| self.mac(mac, input);
        let signature = match algorithm {
            Hs256 => secret(hmac::HMAC_SHA256),
            Hs384 => secret(hmac::HMAC_SHA384),
            Hs512 => secret(hmac::HMAC_SHA512),
            Rs256 => self.rsa(&RSA_PKCS1_SHA256, input),
            Rs384 => self.rsa(&RSA_PKCS1_SHA384, input),
            Rs512 => self.rsa(&RSA_PKCS1_SHA512, input),
            Ps256 => self.rsa(&RSA_PSS_SHA256, input),
            Ps384 => self.rsa(&RSA_PSS_SHA384, input),
            Ps512 => self.rsa(&RSA_PSS_SHA512, input),
            Es256 => self.curve(&ECDSA_P256_SHA256_FIXED_SIGNING, input),
            Es384 => self.curve(&ECDSA_P384_SHA384_FIXED_SIGNING, input),
            Es512 => self.curve(&ECDSA_P521_SHA512_FIXED_SIGNING, input),
        };
        signature.ok_or(MintError::WrongKey(algorithm))
    }

    fn mac(&self, algorithm: hmac::Algorithm, input: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Secret(secret) => Some(hmac::sign(&hmac::Key::new(algorithm, secret), input).as_ref().to_vec()),
            Self::Private(_) => None,
        }
    }

    fn rsa(&self, padding: &'static dyn RsaEncoding, input: &[u8]) -> Option<Vec<u8>> {
        let pair = match self {
            Self::Private(PrivateKeyDer::Pkcs8(key)) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).ok()?,
            Self::Private(PrivateKeyDer::Pkcs1(key)) => RsaKeyPair::from_der(key.secret_pkcs1_der()).ok()?,
            _ => return None,
        };
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(padding, &SystemRandom::new(), input, &mut signature).ok()?;
        Some(signature)
    }

    fn curve(&self, algorithm: &'static aws_lc_rs::signature::EcdsaSigningAlgorithm, input: &[u8]) -> Option<Vec<u8>> {
        let pair = match self {
            Self::Private(PrivateKeyDer::Pkcs8(key)) => {
                EcdsaKeyPair::from_pkcs8(algorithm, key.secret_pkcs8_der()).ok()?
            }
            Self::Private(PrivateKeyDer::Sec1(key)) => {
                EcdsaKeyPair::from_private_key_der(algorithm, key.secret_sec1_der()).ok()?
            }
            _ => return None,
        };
        Some(pair.sign(&SystemRandom::new(), input).ok()?.as_ref().to_vec())
    }
}

/// A token with these claims. `header` may have further members, such as `kid`; `alg` is set, and `typ` unless it is there.
///
/// # Errors
/// If the key is not one for the algorithm.
pub fn mint(
    mut header: Members,
    claims: &Members,
    algorithm: Algorithm,
    key: &SigningKey,
) -> Result<String, MintError> {
    header.insert("alg".to_owned(), algorithm.name().into());
    header.entry("typ").or_insert_with(|| "JWT".into());
    let encode = |members: &Members| URL_SAFE_NO_PAD.encode(serde_json::to_vec(members).unwrap_or_default());
    let input = format!("{}.{}", encode(&header), encode(claims));
    let signature = key.sign(algorithm, input.as_bytes())?;
    Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
