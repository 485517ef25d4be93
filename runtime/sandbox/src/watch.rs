//! The watch that stops code which runs too long.
//!
//! It is the one thing here that looks at real time, and what it stops has gone wrong already.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How long a beat of the watch is.
const BEAT: Duration = Duration::from_millis(10);

/// Counts beats for as long as it lives.
#[derive(Debug)]
pub struct Watch(Arc<AtomicU64>);

impl Default for Watch {
    fn default() -> Self {
        let beats = Arc::new(AtomicU64::new(0));
        let weak = Arc::downgrade(&beats);
        std::thread::spawn(move || beat(&weak));
        Self(beats)
    }
}

impl Watch {
    /// The beats counted, as code looks at them.
    #[must_use]
    pub fn beats(&self) -> &AtomicU64 {
        &self.0
    }

    /// How many beats will have been counted in so many.
    #[must_use]
    pub fn in_beats(&self, beats: u64) -> u64 {
        self.0.load(Ordering::Relaxed).saturating_add(beats)
    }
}

fn beat(beats: &Weak<AtomicU64>) {
    while let Some(beats) = beats.upgrade() {
        beats.fetch_add(1, Ordering::Relaxed);
        drop(beats);
        std::thread::sleep(BEAT);
    }
}
