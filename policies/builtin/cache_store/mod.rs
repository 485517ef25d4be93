//! `<cache-store>`: stores the response for equal requests.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod prefix;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::NO_TIME;
use policies_macros::Policy;

use crate::value::{Attr, Seconds};

/// Stores the response, for the `cache-lookup` of later requests.
#[derive(Policy)]
#[policy(
    element = "cache-store",
    sections(outbound),
    runs = Waits,
    once,
    check,
    source = "https://learn.microsoft.com/azure/api-management/cache-store-policy"
)]
pub struct CacheStore {
    /// For how long, in seconds.
    pub duration: Attr<Seconds>,
    /// Whether a response is stored whatever its status; without it only `200 OK` is.
    pub cache_response: Option<Attr<bool>>,
}
