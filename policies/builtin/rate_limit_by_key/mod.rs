//! `<rate-limit-by-key>`: refuses calls above a rate, counted per key.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::CONSTANT_KEY;
use policies_macros::Policy;

use crate::value::{Attr, Deferred, HeaderName, NameText, Seconds, Text};

/// Limits how many calls with one key there may be in a sliding window.
#[derive(Policy)]
#[policy(
    element = "rate-limit-by-key",
    sections(inbound),
    gateways(classic, v2, self_hosted, workspace),
    runs = Waits,
    check,
    source = "https://learn.microsoft.com/azure/api-management/rate-limit-by-key-policy"
)]
pub struct RateLimitByKey {
    /// Calls allowed in one window.
    #[attr(range = 1..)]
    pub calls: Attr<i32>,
    /// Length of the window, in seconds; at most 300.
    #[attr(range = 1..=300)]
    pub renewal_period: Attr<Seconds>,
    /// Calls with the same key share a window.
    pub counter_key: Attr<Text>,
    /// Counts the call only if this is true. An expression is computed when the response is made, and may look at it.
    pub increment_condition: Option<Deferred<bool>>,
    /// How many calls this one counts as. An expression is computed when the response is made.
    #[attr(default = "1", range = 0..)]
    pub increment_count: Deferred<i32>,
    /// Whether the call is counted when the response is made, and not before.
    #[attr(default = "false")]
    pub increment_after_response: bool,
    /// The header that carries the seconds to wait when the limit is exceeded.
    #[attr(default = "Retry-After")]
    pub retry_after_header_name: HeaderName,
    /// The variable that gets the seconds to wait when the limit is exceeded, as an `int`.
    pub retry_after_variable_name: Option<NameText>,
    /// The header of the response that carries the calls that are left.
    pub remaining_calls_header_name: Option<HeaderName>,
    /// The variable that gets the calls that are left, as an `int`.
    pub remaining_calls_variable_name: Option<NameText>,
    /// The header of the response that carries the value of `calls`.
    pub total_calls_header_name: Option<HeaderName>,
}
