//! Whose certificates are trusted, and what of them is verified.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// Certificates that end a trusted chain, with what was made of them.
pub struct Trust {
    roots: Arc<RootCertStore>,
    provider: Arc<CryptoProvider>,
    configs: [OnceLock<Result<Arc<ClientConfig>, Error>>; 12],
}

/// Which versions of HTTP the server is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    Http1,
    Http2,
    Both,
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust").field("roots", &self.roots.len()).finish_non_exhaustive()
    }
}

impl Default for Trust {
    /// The certificates that browsers trust.
    fn default() -> Self {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        Self::of(roots)
    }
}

impl Trust {
    fn of(roots: RootCertStore) -> Self {
        let provider = Arc::new(aws_lc_rs::default_provider());
        Self { roots: Arc::new(roots), provider, configs: Default::default() }
    }

    /// The certificates that browsers trust, and those of a PEM text.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn with_pem(pem: &[u8]) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let mut count = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| error.to_string())?;
            roots.add(certificate).map_err(|error| error.to_string())?;
            count += 1;
        }
        if count == 0 { Err("there is no certificate in it".to_owned()) } else { Ok(Self::of(roots)) }
    }

    /// The settings for a connection.
    pub(super) fn config(
        &self,
        verify_chain: bool,
        verify_name: bool,
        offer: Offer,
    ) -> Result<Arc<ClientConfig>, Error> {
        let index = offer as usize * 4 + usize::from(verify_chain) * 2 + usize::from(verify_name);
        let make = || self.make(verify_chain, verify_name, offer).map(Arc::new);
        match self.configs.get(index) {
            Some(config) => config.get_or_init(make).clone(),
            None => make(),
        }
    }

    fn make(&self, verify_chain: bool, verify_name: bool, offer: Offer) -> Result<ClientConfig, Error> {
        let builder =
            ClientConfig::builder_with_provider(self.provider.clone()).with_safe_default_protocol_versions()?;
        let mut config = if verify_chain && verify_name {
            builder.with_root_certificates(self.roots.clone()).with_no_client_auth()
        } else {
            let full = WebPkiServerVerifier::builder_with_provider(self.roots.clone(), self.provider.clone());
            let full = full.build().map_err(|error| Error::General(error.to_string()))?;
            let verifier = Lenient { full, provider: self.provider.clone(), verify_chain, verify_name };
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
        };
        config.alpn_protocols = match offer {
            Offer::Http1 => vec![b"http/1.1".to_vec()],
            Offer::Http2 => vec![b"h2".to_vec()],
            Offer::Both => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        };
        Ok(config)
    }
}

/// Verifies less of a certificate than all, as the backend's settings say. What proves that the server holds the
/// certificate's key is always verified.
#[derive(Debug)]
struct Lenient {
    full: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
    verify_chain: bool,
    verify_name: bool,
}

impl Lenient {
    fn is_for(certificate: &CertificateDer<'_>, name: &ServerName<'_>) -> Result<(), Error> {
        let certificate = rustls::server::ParsedCertificate::try_from(certificate)?;
        rustls::client::verify_server_name(&certificate, name)
    }
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.verify_name {
            Self::is_for(end_entity, server_name)?;
        }
        if self.verify_chain {
            match self.full.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
                // The chain is verified before the name is.
                Err(Error::InvalidCertificate(
                    CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
                )) if !self.verify_name => {}
                other => return other,
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
