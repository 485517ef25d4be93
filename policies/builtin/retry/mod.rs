//! `<retry>`: runs the policies in it again while a condition holds.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "check")]
mod lower;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{IDLE_MAX_INTERVAL, NO_POLICY, UNBUFFERED_BODY};
use policies_macros::Policy;

use crate::value::{Attr, Condition, Seconds};

/// Runs the policies in it once, and then again while its condition holds and attempts remain.
#[derive(Policy)]
#[policy(
    element = "retry",
    sections(inbound, backend, outbound, on_error),
    runs = Waits,
    policies,
    check,
    lower,
    source = "https://learn.microsoft.com/azure/api-management/retry-policy"
)]
pub struct Retry {
    /// Whether the policies run again; asked after each turn.
    pub condition: Condition,
    /// How often they run again at most, besides the first time.
    #[attr(range = 1..=50)]
    pub count: Attr<i32>,
    /// How long to wait between two turns, in seconds.
    pub interval: Attr<Seconds>,
    /// The longest wait between two turns, in seconds. With it the wait grows exponentially.
    pub max_interval: Option<Attr<Seconds>>,
    /// By how much the wait grows from turn to turn, in seconds.
    pub delta: Option<Attr<Seconds>>,
    /// Whether the second turn begins without a wait.
    #[attr(default = "false")]
    pub first_fast_retry: Attr<bool>,
}
