//! The keys that issuers publish, made ready to verify.

use std::sync::{Arc, Mutex, PoisonError};

use engine::services::{Answer, IssuerKeys, SendError, Services};

use crate::token::key::Key;

/// What an issuer published, with its keys made ready.
pub struct Published {
    /// As the service of keys gave it.
    source: Arc<IssuerKeys>,
    /// The keys that verify signatures.
    pub keys: Vec<Key>,
}

impl Published {
    /// The issuer's name.
    pub fn issuer(&self) -> Option<&str> {
        self.source.issuer.as_deref()
    }
}

/// Whether a request may wait for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// It is asked between two statements of compiled code.
    None,
    /// The driver waits.
    Waits,
}

/// The answer would take a while, and nobody may wait for it.
#[derive(Debug)]
pub struct TakesAWhile;

/// The keys of one `openid-config`, as they were published last.
#[derive(Default)]
pub struct Prepared(Mutex<Option<Arc<Published>>>);

impl Prepared {
    /// The keys of the issuer whose configuration lies at `url`.
    ///
    /// # Errors
    /// If it takes a while.
    pub async fn published(
        &self,
        services: &Services,
        url: &str,
        refresh: bool,
        patience: Patience,
    ) -> Result<Result<Arc<Published>, SendError>, TakesAWhile> {
        let answer = match services.keys.keys(url, refresh) {
            Answer::Now(answer) => answer,
            Answer::Later(_) if patience == Patience::None => return Err(TakesAWhile),
            Answer::Later(later) => later.await,
        };
        Ok(answer.map(|source| self.prepare(source)))
    }

    fn prepare(&self, source: Arc<IssuerKeys>) -> Arc<Published> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(published) = last.as_ref().filter(|published| Arc::ptr_eq(&published.source, &source)) {
            return published.clone();
        }
        let keys = source.keys.iter().filter_map(Key::from_jwk).collect();
        let published = Arc::new(Published { source, keys });
        *last = Some(published.clone());
        published
    }
}
