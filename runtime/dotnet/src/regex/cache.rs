//! The regular expressions in use, kept for the next request that uses them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::Regex;
use super::options::Options;
use super::parse::Fault;
use crate::wtf8;

/// How many regular expressions are kept.
const MAX_KEPT: usize = 256;
/// Patterns longer than this are not kept.
const MAX_PATTERN_BYTES: usize = 4096;

struct Kept {
    regex: Arc<Regex>,
    last_use: AtomicU64,
}

#[derive(Default)]
struct Cache {
    regexes: RwLock<HashMap<(Box<[u8]>, Options), Kept>>,
    clock: AtomicU64,
}

/// The regular expression of a pattern, which is WTF-8.
///
/// # Errors
/// What is wrong with the pattern.
pub fn regex(pattern: &[u8], options: Options) -> Result<Arc<Regex>, Fault> {
    static CACHE: OnceLock<Cache> = OnceLock::new();
    let cache = CACHE.get_or_init(Cache::default);
    let make = || {
        let units: Vec<u16> = wtf8::units(pattern).collect();
        Regex::new(&units, options).map(Arc::new)
    };
    if pattern.len() > MAX_PATTERN_BYTES {
        return make();
    }
    let now = cache.clock.fetch_add(1, Ordering::Relaxed);
    let key = (pattern.into(), options);
    if let Some(kept) = cache.regexes.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        kept.last_use.store(now, Ordering::Relaxed);
        return Ok(Arc::clone(&kept.regex));
    }
    let made = make()?;
    let mut regexes = cache.regexes.write().unwrap_or_else(PoisonError::into_inner);
    if regexes.len() >= MAX_KEPT {
        let oldest = regexes.iter().min_by_key(|(_, kept)| kept.last_use.load(Ordering::Relaxed));
        if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
            regexes.remove(&oldest);
        }
    }
    regexes.insert(key, Kept { regex: Arc::clone(&made), last_use: AtomicU64::new(now) });
    Ok(made)
}

/// A pattern that a document has as a literal. It is compiled once for the options that it is used with.
#[derive(Debug)]
pub struct PreparedRegex {
    pattern: Box<[u8]>,
    first: OnceLock<(Options, Arc<Regex>)>,
}

impl PreparedRegex {
    /// A pattern, which is WTF-8.
    #[must_use]
    pub fn new(pattern: &[u8]) -> Self {
        Self { pattern: pattern.into(), first: OnceLock::new() }
    }

    /// The pattern.
    #[must_use]
    pub fn pattern(&self) -> &[u8] {
        &self.pattern
    }

    /// The regular expression with these options, if it was made before.
    #[must_use]
    pub fn ready(&self, options: Options) -> Option<&Regex> {
        self.first.get().filter(|(first, _)| *first == options).map(|(_, regex)| &**regex)
    }

    /// The regular expression with these options.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub fn regex(&self, options: Options) -> Result<Arc<Regex>, Fault> {
        if let Some((first, kept)) = self.first.get() {
            return if *first == options { Ok(Arc::clone(kept)) } else { regex(&self.pattern, options) };
        }
        let made = regex(&self.pattern, options)?;
        let _ = self.first.set((options, Arc::clone(&made)));
        Ok(made)
    }
}
