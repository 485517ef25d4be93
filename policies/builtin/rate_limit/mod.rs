//! `<rate-limit>`: refuses calls above a rate, counted per subscription.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::UNNAMED_PART;
use policies_macros::{Element, Policy};

use crate::value::{HeaderName, NameText, Seconds};

/// Limits how many calls a subscription may make in a sliding window.
#[derive(Policy)]
#[policy(
    element = "rate-limit",
    sections(inbound),
    scopes(product, api, operation),
    runs = Waits,
    once,
    check,
    source = "https://learn.microsoft.com/azure/api-management/rate-limit-policy"
)]
pub struct RateLimit {
    /// Calls allowed in one window.
    #[attr(range = 1..)]
    pub calls: i32,
    /// Length of the window, in seconds; at most 300.
    #[attr(range = 1..=300)]
    pub renewal_period: Seconds,
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
    /// A limit of its own for the calls of one API.
    #[child]
    pub api: Vec<ApiLimit>,
}

/// A limit for the calls of one API.
#[derive(Element)]
pub struct ApiLimit {
    /// The name of the API.
    pub name: Option<NameText>,
    /// The id of the API; it counts if there is a name as well.
    pub id: Option<NameText>,
    /// Calls allowed in one window.
    #[attr(range = 1..)]
    pub calls: i32,
    /// Length of the window, in seconds; at most 300.
    #[attr(range = 1..=300)]
    pub renewal_period: Seconds,
    /// A limit of its own for the calls of one operation.
    #[child]
    pub operation: Vec<OperationLimit>,
}

/// A limit for the calls of one operation.
#[derive(Element)]
pub struct OperationLimit {
    /// The name of the operation.
    pub name: Option<NameText>,
    /// The id of the operation; it counts if there is a name as well.
    pub id: Option<NameText>,
    /// Calls allowed in one window.
    #[attr(range = 1..)]
    pub calls: i32,
    /// Length of the window, in seconds; at most 300.
    #[attr(range = 1..=300)]
    pub renewal_period: Seconds,
}
