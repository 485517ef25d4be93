//! Tokens whose signature was verified, kept so that it is not verified again.
//!
//! A token is found by its whole text, not by a digest of it: nobody can make another text that is taken for it. What is
//! kept is bounded by its bytes, and what is not asked for goes first. Times, audiences, issuers and claims are judged
//! anew for every request.

use std::sync::Arc;

use dotnet::context::claims::Claims;
use quick_cache::Weighter;
use quick_cache::sync::{Cache, DefaultLifecycle};

/// Bytes that the tokens of one policy may take.
const MAX_BYTES: u64 = 8 << 20;
/// What a token takes at least besides its text.
const OVERHEAD: usize = 256;
/// How many tokens are expected.
const EXPECTED: usize = 4096;

/// A token whose signature was verified.
pub struct Verified<S> {
    /// What it says.
    pub claims: Claims,
    /// Whose key verified it.
    pub signer: S,
}

/// Tokens that were verified, with who signed them.
pub struct Seen<S> {
    tokens: Cache<Box<str>, Arc<Verified<S>>, Bytes, foldhash::quality::RandomState>,
}

#[derive(Clone)]
struct Bytes;

impl<S> Weighter<Box<str>, Arc<Verified<S>>> for Bytes {
    fn weight(&self, token: &Box<str>, _: &Arc<Verified<S>>) -> u64 {
        // The claims are the token's text again, decoded.
        (2 * token.len() + OVERHEAD) as u64
    }
}

impl<S> Default for Seen<S> {
    fn default() -> Self {
        let tokens = Cache::with(EXPECTED, MAX_BYTES, Bytes, Default::default(), DefaultLifecycle::default());
        Self { tokens }
    }
}

impl<S> Seen<S> {
    /// What is known of a token.
    #[must_use]
    pub fn find(&self, token: &str) -> Option<Arc<Verified<S>>> {
        self.tokens.get(token)
    }

    /// Keeps a token.
    pub fn keep(&self, token: &str, verified: Arc<Verified<S>>) {
        self.tokens.insert(token.into(), verified);
    }

    /// Forgets a token.
    pub fn forget(&self, token: &str) {
        self.tokens.remove(token);
    }
}
