//! Time and randomness of the system.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use dotnet::cx::Ambient;
use engine::services::{Later, Timer};

/// Ticks of 100 ns from the year 1 to 1970.
const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;

/// The system's clock and random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemAmbient;

impl Ambient for SystemAmbient {
    fn utc_ticks(&self) -> i64 {
        utc_ticks()
    }

    fn random(&self, bytes: &mut [u8]) {
        // Numbers that can be guessed must not be handed out; the request ends with a fault of the gateway instead.
        assert!(aws_lc_rs::rand::fill(bytes).is_ok(), "the system gives no random numbers");
    }
}

/// The time now, UTC, in ticks of 100 ns since the year 1.
#[must_use]
pub fn utc_ticks() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH_TICKS.saturating_add(i64::try_from(since.as_nanos() / 100).unwrap_or(i64::MAX))
}

/// A clock that never goes back, and waiting on the runtime of the thread.
#[derive(Clone, Copy, Debug)]
pub struct SystemTimer {
    start: Instant,
}

impl Default for SystemTimer {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Timer for SystemTimer {
    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Later<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
