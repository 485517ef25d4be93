//! Counters in memory, shared by all threads of a gateway.
//!
//! A key is kept as a keyed hash of 128 bits, so that a counter takes the same memory however long its key is and nobody
//! outside can make two keys meet. The number of counters is bounded: where there is no room, counters whose calls have
//! all left their window go first, and then, of a few looked at, the one whose window ends first.
//!
//! Not here: how calls in a window are counted (`engine::window`).

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::services::{Answer, Count, Counted, CounterUnavailable, Counters};
use engine::window::Window;

/// How many locks the counters lie behind.
const SHARDS: usize = 64;
/// How many counters there may be if nobody says otherwise.
pub const DEFAULT_KEYS: usize = 1 << 20;
/// How many counters are looked at for the one to give up when all are in use.
const LOOKED_AT: usize = 16;

/// The time since some moment, which never goes back.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The system's clock that never goes back.
#[must_use]
pub fn system_clock() -> Clock {
    let start = Instant::now();
    Arc::new(move || start.elapsed())
}

/// Counters in memory.
pub struct MemoryCounters {
    shards: Box<[Mutex<Shard>]>,
    secrets: [RandomState; 2],
    keys_per_shard: usize,
    clock: Clock,
}

#[derive(Default)]
struct Shard {
    windows: HashMap<Key, Box<Window>, BuildHasherDefault<Given>>,
    /// When the shard was looked through for counters that are over.
    swept: Duration,
}

impl MemoryCounters {
    /// At most about `keys` counters, on a clock.
    #[must_use]
    pub fn new(keys: usize, clock: Clock) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        let secrets = [RandomState::new(), RandomState::new()];
        Self { shards, secrets, keys_per_shard: keys.div_ceil(SHARDS).max(1), clock }
    }

    /// How many counters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let len = |shard: &Mutex<Shard>| shard.lock().unwrap_or_else(PoisonError::into_inner).windows.len();
        self.shards.iter().map(len).sum()
    }

    /// Whether there is no counter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn with<T>(&self, key: &str, act: impl FnOnce(&mut Window, Duration) -> T) -> Option<T> {
        let [low, high] = &self.secrets;
        let (low, high) = (low.hash_one(key), high.hash_one(key));
        let shard = self.shards.get(usize::try_from(high >> 32).unwrap_or(0) % SHARDS)?;
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        // Read behind the lock, so that it never goes back between two calls of one counter.
        let now = (self.clock)();
        let key = Key { low, high };
        if let Some(window) = shard.windows.get_mut(&key) {
            return Some(act(window, now));
        }
        shard.make_room(self.keys_per_shard, now);
        Some(act(shard.windows.entry(key).or_default(), now))
    }
}

impl Shard {
    fn make_room(&mut self, most: usize, now: Duration) {
        const SWEEP_EVERY: Duration = Duration::from_secs(1);
        if self.windows.len() < most {
            return;
        }
        if now.saturating_sub(self.swept) >= SWEEP_EVERY {
            self.swept = now;
            self.windows.retain(|_, window| window.ends() > now);
        }
        while self.windows.len() >= most {
            let first = self.windows.iter().take(LOOKED_AT).min_by_key(|(_, window)| window.ends());
            let Some(key) = first.map(|(key, _)| *key) else { return };
            self.windows.remove(&key);
        }
    }
}

impl Counters for MemoryCounters {
    fn count<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<Counted, CounterUnavailable>> {
        let counted = self.with(count.key, |window, now| window.count(now, count.limit, count.period, count.amount));
        Answer::Now(counted.ok_or(CounterUnavailable))
    }

    fn add<'a>(&'a self, count: Count<'_>) -> Answer<'a, Result<(), CounterUnavailable>> {
        let added = self.with(count.key, |window, now| window.add(now, count.period, count.amount));
        Answer::Now(added.ok_or(CounterUnavailable))
    }
}

/// A key as two keyed hashes. The table it lies in uses one of them as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.low);
    }
}

/// Takes what is a hash already.
#[derive(Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    fn counters(keys: usize) -> (MemoryCounters, Arc<AtomicU64>) {
        let now = Arc::new(AtomicU64::new(0));
        let read = now.clone();
        let clock: Clock = Arc::new(move || Duration::from_millis(read.load(Ordering::Relaxed)));
        (MemoryCounters::new(keys, clock), now)
    }

    fn take(counters: &MemoryCounters, key: &str, limit: u64) -> Counted {
        let count = Count { key, limit, period: Duration::from_secs(60), amount: 1 };
        let Answer::Now(counted) = counters.count(count) else { panic!("memory answers at once") };
        counted.unwrap()
    }

    #[test]
    fn exactly_as_many_calls_as_allowed_are_granted_however_they_race() {
        let (counters, now) = counters(1000);
        for round in 0..20 {
            now.fetch_add(60_000, Ordering::Relaxed);
            let mut remaining: Vec<u64> = std::thread::scope(|scope| {
                let call = || (0..50).map(|_| take(&counters, "k", 100)).filter(|c| c.granted).map(|c| c.remaining);
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(move || call().collect::<Vec<_>>())).collect();
                threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
            });
            remaining.sort_unstable();
            assert_eq!(remaining, (0..100).collect::<Vec<_>>(), "round {round}");
        }
    }

    #[test]
    fn keys_do_not_touch_each_other() {
        let (counters, _) = counters(1000);
        assert!(take(&counters, "a", 1).granted);
        assert!(!take(&counters, "a", 1).granted);
        assert!(take(&counters, "b", 1).granted);
    }

    #[test]
    fn the_number_of_counters_is_bounded_and_those_that_are_over_go_first() {
        let (counters, now) = counters(64 * 100);
        for n in 0..20_000 {
            take(&counters, &n.to_string(), 5);
        }
        assert!(counters.len() <= 64 * 100, "{}", counters.len());
        now.store(120_000, Ordering::Relaxed);
        for _ in 0..5 {
            take(&counters, "new", 5);
        }
        for n in 0..6000 {
            take(&counters, &format!("other {n}"), 5);
        }
        assert!(!take(&counters, "new", 5).granted, "what is over makes room before what is in use");
    }

    #[test]
    fn a_counter_takes_at_most_256_bytes() {
        // A slot of the table at its emptiest after growing, the window, and what the allocator keeps beside it.
        let slot = (size_of::<(Key, Box<Window>)>() + 1) * 16 / 7;
        assert!(slot + size_of::<Window>() <= 256, "{}", slot + size_of::<Window>());
    }
}
