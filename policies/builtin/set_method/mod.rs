//! `<set-method>`: changes the method of the request.

#[cfg(feature = "run")]
mod run;

use policies_macros::Policy;

use crate::value::{Attr, MethodName};

/// Changes the method of the request that is sent to the backend.
#[derive(Policy)]
#[policy(
    element = "set-method",
    sections(inbound, on_error),
    undocumented(backend, outbound),
    runs = Now,
    source = "https://learn.microsoft.com/azure/api-management/set-method-policy"
)]
pub struct SetMethod {
    /// The method, such as `POST`.
    #[text]
    pub method: Attr<MethodName>,
}
