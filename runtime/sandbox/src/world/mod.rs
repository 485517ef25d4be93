//! The world of a case: services of which nothing is left to chance.
//!
//! Counters, stored responses and issuers' keys are the gateway's own, on a clock that stands until somebody waits
//! (`clock`). Other servers answer as the case says (`script`). Random numbers come from a seed.
//!
//! Not here: what a case sends and expects (`case`).

pub mod clock;
pub mod script;

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dotnet::cx::Ambient;
use engine::services::{Later, Log, Services, Severity, Timer};
use services::counters::{DEFAULT_KEYS, MemoryCounters};
use services::keys::{FetchedKeys, Issuers};
use services::responses::{DEFAULT_BYTES, MemoryResponses};

use clock::Clock;
use script::{Answer, Script};

/// When a case begins: 14 March 2026, 15:09:26.535, in ticks.
pub const BEGINNING: i64 = 639_090_977_665_350_000;
/// Ticks in a second.
const TICKS_PER_SECOND: u128 = 10_000_000;

/// The world of a case.
#[derive(Clone)]
pub struct World {
    /// The clock of everything.
    pub clock: Arc<Clock>,
    /// Other servers.
    pub script: Script,
    traces: Arc<Mutex<Vec<Trace>>>,
}

/// An entry of a policy about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// How much it matters.
    pub severity: Severity,
    /// Who wrote it.
    pub source: String,
    /// What it says.
    pub message: String,
    /// What else it says.
    pub metadata: Vec<(String, String)>,
}

impl World {
    /// A world whose servers answer as listed.
    #[must_use]
    pub fn new(answers: Vec<Answer>) -> Self {
        let clock = Arc::new(Clock::default());
        Self { script: Script::new(clock.clone(), answers), clock, traces: Arc::default() }
    }

    /// The services of this world.
    #[must_use]
    pub fn services(&self) -> Services {
        let clock = self.clock.clone();
        let now: services::counters::Clock = Arc::new(move || clock.now());
        Services {
            ambient: Box::new(Chance { clock: self.clock.clone(), state: Mutex::new(0) }),
            timer: Box::new(Waiting(self.clock.clone())),
            counters: Arc::new(MemoryCounters::new(DEFAULT_KEYS, now.clone())),
            responses: Arc::new(MemoryResponses::new(DEFAULT_BYTES, now.clone())),
            client: Box::new(self.script.clone()),
            keys: Box::new(FetchedKeys::new(Arc::new(Issuers::new(now)), Rc::new(self.script.clone()))),
            log: Arc::new(Kept(self.traces.clone())),
        }
    }

    /// The time now, UTC, in ticks.
    #[must_use]
    pub fn utc_ticks(&self) -> i64 {
        utc_ticks(&self.clock)
    }

    /// Everything that was traced since the last time this was asked.
    #[must_use]
    pub fn take_traces(&self) -> Vec<Trace> {
        std::mem::take(&mut self.traces.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn utc_ticks(clock: &Clock) -> i64 {
    let passed: Duration = clock.now();
    let ticks = passed.as_nanos().saturating_mul(TICKS_PER_SECOND) / 1_000_000_000;
    BEGINNING.saturating_add(i64::try_from(ticks).unwrap_or(i64::MAX))
}

/// The time of the clock, and numbers that only look random.
struct Chance {
    clock: Arc<Clock>,
    state: Mutex<u64>,
}

impl Ambient for Chance {
    fn utc_ticks(&self) -> i64 {
        utc_ticks(&self.clock)
    }

    /// SplitMix64, from a fixed seed.
    fn random(&self, bytes: &mut [u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.iter_mut().zip(mixed.to_le_bytes()).for_each(|(byte, random)| *byte = random);
        }
    }
}

struct Waiting(Arc<Clock>);

impl Timer for Waiting {
    fn monotonic(&self) -> Duration {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> Later<'_, ()> {
        Box::pin(self.0.sleep(duration))
    }
}

struct Kept(Arc<Mutex<Vec<Trace>>>);

impl Log for Kept {
    fn trace(&self, _: &str, severity: Severity, source: &str, message: &str, metadata: &[(String, String)]) {
        let (source, message, metadata) = (source.to_owned(), message.to_owned(), metadata.to_vec());
        let entry = Trace { severity, source, message, metadata };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }
}
