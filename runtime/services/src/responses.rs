//! Stored responses in memory, bounded by their bytes.

use std::sync::Arc;
use std::time::Duration;

use engine::services::{Answer, CacheChoice, ResponseCache, StoredResponse};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::counters::Clock;

/// Bytes that stored responses may take if nobody says otherwise.
pub const DEFAULT_BYTES: u64 = 64 << 20;
/// The largest body that is stored; the service's own limit.
const MAX_BODY: usize = 2 << 20;
/// What a stored response and each of its headers take besides their texts.
const OVERHEAD: usize = 128;

/// Stored responses in memory.
pub struct MemoryResponses {
    cache: Cache<String, Entry, Bytes>,
    clock: Clock,
}

#[derive(Clone)]
struct Entry {
    response: Arc<StoredResponse>,
    ends: Duration,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<String, Entry> for Bytes {
    fn weight(&self, key: &String, entry: &Entry) -> u64 {
        let headers = entry.response.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + OVERHEAD);
        let bytes = key.len() + entry.response.body.len() + headers.sum::<usize>() + OVERHEAD;
        bytes as u64
    }
}

impl MemoryResponses {
    /// Responses that take at most `bytes`, on a clock.
    #[must_use]
    pub fn new(bytes: u64, clock: Clock) -> Self {
        let expected = usize::try_from(bytes / 4096).unwrap_or(usize::MAX).clamp(64, 1 << 16);
        Self { cache: Cache::with_weighter(expected, bytes, Bytes), clock }
    }

    fn find(&self, key: &str) -> Option<Arc<StoredResponse>> {
        let entry = self.cache.get(key)?;
        if entry.ends <= (self.clock)() {
            self.cache.remove(key);
            return None;
        }
        Some(entry.response)
    }
}

/// Whether what is meant for a cache lies here: there is no other one.
fn is_here(cache: CacheChoice) -> bool {
    cache != CacheChoice::External
}

impl ResponseCache for MemoryResponses {
    fn get<'a>(&'a self, cache: CacheChoice, key: &str) -> Answer<'a, Option<Arc<StoredResponse>>> {
        Answer::Now(if is_here(cache) { self.find(key) } else { None })
    }

    fn put<'a>(
        &'a self,
        cache: CacheChoice,
        key: &str,
        response: Arc<StoredResponse>,
        time: Duration,
    ) -> Answer<'a, ()> {
        if is_here(cache) && response.body.len() <= MAX_BODY && !time.is_zero() {
            let ends = (self.clock)().saturating_add(time);
            self.cache.insert(key.to_owned(), Entry { response, ends });
        }
        Answer::Now(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    fn response(bytes: usize) -> Arc<StoredResponse> {
        let body = bytes::Bytes::from(vec![b'x'; bytes]);
        let (headers, time) = (http::HeaderMap::new(), Duration::from_secs(60));
        Arc::new(StoredResponse { status: 200, reason: None, headers, body, stored: 0, time })
    }

    #[test]
    fn responses_are_found_until_their_time_is_over() {
        let now = Arc::new(AtomicU64::new(0));
        let read = now.clone();
        let cache = MemoryResponses::new(1 << 20, Arc::new(move || Duration::from_secs(read.load(Ordering::Relaxed))));
        let _ = cache.put(CacheChoice::PreferExternal, "k", response(10), Duration::from_secs(30));
        assert!(cache.find("k").is_some() && cache.find("other").is_none());
        now.store(29, Ordering::Relaxed);
        assert!(cache.find("k").is_some());
        let Answer::Now(outside) = cache.get(CacheChoice::External, "k") else { panic!("memory answers at once") };
        assert!(outside.is_none(), "there is no cache outside");
        now.store(30, Ordering::Relaxed);
        assert!(cache.find("k").is_none());
    }

    #[test]
    fn what_is_stored_stays_within_its_bytes() {
        let cache = MemoryResponses::new(1 << 20, Arc::new(|| Duration::ZERO));
        for n in 0..1000 {
            let _ = cache.put(CacheChoice::Internal, &n.to_string(), response(10_000), Duration::from_secs(60));
        }
        assert!(cache.cache.weight() <= 1 << 20, "{}", cache.cache.weight());
        assert!(!cache.cache.is_empty());
        let _ = cache.put(CacheChoice::Internal, "huge", response(MAX_BODY + 1), Duration::from_secs(60));
        assert!(cache.find("huge").is_none());
    }
}
