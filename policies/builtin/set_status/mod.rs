//! `<set-status>`: sets the status of the response.

#[cfg(feature = "run")]
mod run;

use policies_macros::Policy;

use crate::value::{Attr, StatusCode, Text};

/// Sets the status of the response.
#[derive(Policy)]
#[policy(
    element = "set-status",
    sections(inbound, backend, outbound, on_error),
    runs = Now,
    source = "https://learn.microsoft.com/azure/api-management/set-status-policy"
)]
pub struct SetStatus {
    /// The status code.
    pub code: Attr<StatusCode>,
    /// The reason behind it, for callers that speak HTTP/1.1; the usual one of the code if it is missing.
    pub reason: Option<Attr<Text>>,
}
