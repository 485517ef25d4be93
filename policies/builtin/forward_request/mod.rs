//! `<forward-request>`: sends the request to the backend.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod gathered;
#[cfg(feature = "run")]
mod redirect;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::TWO_TIMEOUTS;
use policies_macros::Policy;

use crate::value::{Attr, Milliseconds, Seconds};

crate::keywords! {
    /// The version of HTTP to speak with the backend.
    Version {
        /// HTTP/1.1.
        One = "1",
        /// HTTP/2 if the backend has it, else HTTP/1.1.
        TwoOrOne = "2or1",
        /// HTTP/2.
        Two = "2",
    }
}

/// Sends the request to the backend and makes its answer the response.
#[derive(Policy)]
#[policy(
    element = "forward-request",
    sections(backend),
    runs = Waits,
    check,
    source = "https://learn.microsoft.com/azure/api-management/forward-request-policy"
)]
pub struct ForwardRequest {
    /// The version of HTTP to speak with the backend.
    #[attr(default = "1")]
    pub http_version: Version,
    /// How long the backend may take until status and headers are there, in seconds; 300 if nothing is said, and without
    /// limit if it is 0.
    pub timeout: Option<Attr<Seconds>>,
    /// The same in milliseconds.
    pub timeout_ms: Option<Attr<Milliseconds>>,
    /// How long the backend may take to ask for the body, in seconds. The gateway sends bodies without being asked, so
    /// that it never waits for this.
    pub continue_timeout: Option<Attr<Seconds>>,
    /// Whether the gateway follows redirections itself.
    #[attr(default = "false")]
    pub follow_redirects: Attr<bool>,
    /// Whether the body of the request is kept, so that a `retry` can send it again.
    #[attr(default = "false")]
    pub buffer_request_body: bool,
    /// Whether pieces of the response's body are gathered to 8 KB before they are passed on; `false` for streams of
    /// events.
    #[attr(default = "true")]
    pub buffer_response: bool,
    /// Whether a status from 400 to 599 is an error, which leads to `on-error`.
    #[attr(default = "false")]
    pub fail_on_error_status_code: bool,
}
