//! Keys that verify signatures: secrets, and the public keys of JSON Web Keys and certificates.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{AlgorithmIdentifier, CertificateDer, alg_id};
use serde_json::Value;

use super::algorithm::{Algorithm, KeyKind};
use crate::binary::{from_base64, from_base64url};

/// The shortest modulus of RSA that is accepted, in bytes: 2048 bits.
const MIN_MODULUS: usize = 256;
/// A key that verifies signatures.
#[derive(Debug)]
pub struct Key {
    id: Option<Box<str>>,
    thumbprint: Option<Box<str>>,
    /// The one algorithm that it is for, where its owner says so.
    algorithm: Option<Algorithm>,
    kind: KeyKind,
    material: Material,
}

#[derive(Debug)]
enum Material {
    /// As the library takes it.
    Library(DecodingKey),
    /// A point on P-521, which the library does not have.
    Point(Vec<u8>),
}

/// Why there is no key in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// It is not base64, or there is nothing in it.
    #[error("the key is not in base64")]
    Base64,
    /// The modulus of RSA has less than 2048 bits.
    #[error("an RSA key needs at least 2048 bits")]
    Weak,
    /// No certificate of X.509.
    #[error("there is no certificate in it")]
    Certificate,
    /// A key of another kind.
    #[error("keys of this kind verify no tokens here")]
    Kind,
}

impl Key {
    fn new(kind: KeyKind, material: Material) -> Self {
        Self { id: None, thumbprint: None, algorithm: None, kind, material }
    }

    /// The key with an id.
    #[must_use]
    pub fn with_id(self, id: Option<&str>) -> Self {
        Self { id: id.map(Into::into), ..self }
    }

    /// A secret.
    #[must_use]
    pub fn from_secret(secret: &[u8]) -> Self {
        Self::new(KeyKind::Secret, Material::Library(DecodingKey::from_secret(secret)))
    }

    /// A key of RSA: its modulus and exponent.
    ///
    /// # Errors
    /// If the modulus is too short.
    pub fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, NoKey> {
        let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
        let modulus = modulus.get(zeros..).filter(|modulus| modulus.len() >= MIN_MODULUS).ok_or(NoKey::Weak)?;
        let key = DecodingKey::from_rsa_raw_components(modulus, exponent);
        Ok(Self::new(KeyKind::Rsa, Material::Library(key)))
    }

    fn from_point(kind: KeyKind, point: Vec<u8>) -> Self {
        let material = match kind {
            KeyKind::P521 => Material::Point(point),
            _ => Material::Library(DecodingKey::from_ec_der(&point)),
        };
        Self::new(kind, material)
    }

    /// The key of a certificate in PEM.
    ///
    /// # Errors
    /// If there is no certificate, or if its key is of no use.
    pub fn from_certificate_pem(pem: &str) -> Result<Self, NoKey> {
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| NoKey::Certificate)?;
        Self::from_certificate(&der)
    }

    /// The key of a certificate in DER.
    ///
    /// # Errors
    /// If it is no certificate, or if its key is of no use.
    pub fn from_certificate(der: &[u8]) -> Result<Self, NoKey> {
        let der = CertificateDer::from(der);
        let certificate = webpki::EndEntityCert::try_from(&der).map_err(|_| NoKey::Certificate)?;
        let info = certificate.subject_public_key_info();
        let has = |id: AlgorithmIdentifier| contains_after_head(&info, id.as_ref());
        if has(alg_id::RSA_ENCRYPTION) {
            // The info holds little besides the modulus, so that its length tells that one's.
            if info.len() < MIN_MODULUS {
                return Err(NoKey::Weak);
            }
            return Ok(Self::new(KeyKind::Rsa, Material::Library(DecodingKey::from_rsa_der(&info))));
        }
        let curves = [
            (alg_id::ECDSA_P256, KeyKind::P256),
            (alg_id::ECDSA_P384, KeyKind::P384),
            (alg_id::ECDSA_P521, KeyKind::P521),
        ];
        let kind = curves.into_iter().find(|(id, _)| has(*id)).map(|(_, kind)| kind).ok_or(NoKey::Kind)?;
        Ok(Self::from_point(kind, info.to_vec()))
    }

    /// A key as issuers publish it; `None` for those that verify no signatures here. A secret that is published is none,
    /// and neither is a key for encryption.
    #[must_use]
    pub fn from_jwk(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        if let Some(operations) = jwk.get("key_ops").and_then(Value::as_array)
            && !operations.iter().any(|operation| operation == "verify")
        {
            return None;
        }
        let mut key = match (text("kty")?, text("n").zip(text("e")), text("crv")) {
            ("RSA", Some((n, e)), _) => Self::from_rsa(&from_base64url(n)?, &from_base64url(e)?).ok()?,
            ("RSA", None, _) => {
                let chain = jwk.get("x5c")?.as_array()?;
                let key = Self::from_certificate(&from_base64(chain.first()?.as_str()?)?).ok()?;
                (key.kind == KeyKind::Rsa).then_some(key)?
            }
            ("EC", _, Some(curve)) => {
                let (kind, length) = match curve {
                    "P-256" => (KeyKind::P256, 32),
                    "P-384" => (KeyKind::P384, 48),
                    "P-521" => (KeyKind::P521, 66),
                    _ => return None,
                };
                let coordinate = |name: &str| text(name).and_then(from_base64url).filter(|bytes| bytes.len() == length);
                let mut point = vec![4];
                point.extend(coordinate("x")?);
                point.extend(coordinate("y")?);
                Self::from_point(kind, point)
            }
            _ => return None,
        };
        if let Some(name) = text("alg") {
            let algorithm = Algorithm::named(name).filter(|algorithm| algorithm.kind() == key.kind)?;
            key.algorithm = Some(algorithm);
        }
        key.id = text("kid").map(Into::into);
        key.thumbprint = text("x5t").map(Into::into);
        Some(key)
    }

    /// Whether the key is called so.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id.as_deref() == Some(id) || self.thumbprint.as_deref() == Some(id)
    }

    /// Whether the key is for an algorithm.
    #[must_use]
    pub fn fits(&self, algorithm: Algorithm) -> bool {
        self.kind == algorithm.kind() && self.algorithm.is_none_or(|known| known == algorithm)
    }

    /// Whether a signature, in base64url, was made with the key over the input. Always false for an algorithm that the
    /// key is not for.
    #[must_use]
    pub fn verifies(&self, algorithm: Algorithm, input: &str, signature: &str) -> bool {
        if !self.fits(algorithm) || signature.is_empty() {
            return false;
        }
        match (&self.material, algorithm.library()) {
            (Material::Library(key), Some(algorithm)) => {
                jsonwebtoken::crypto::verify(signature, input.as_bytes(), key, algorithm).unwrap_or(false)
            }
            (Material::Point(point), None) => {
                let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
                let curve = &aws_lc_rs::signature::ECDSA_P521_SHA512_FIXED;
                let key = aws_lc_rs::signature::UnparsedPublicKey::new(curve, point);
                key.verify(input.as_bytes(), &signature).is_ok()
            }
            _ => false,
        }
    }
}

/// Whether a structure's first part is this one.
fn contains_after_head(info: &[u8], first: &[u8]) -> bool {
    // Two bytes of head for the structure, or up to four where it is long; the part brings its own head of two.
    (2..=4).any(|at| info.get(at + 2..).is_some_and(|rest| rest.starts_with(first)))
}
