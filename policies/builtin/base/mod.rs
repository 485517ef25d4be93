//! `<base>`: the same section of the enclosing scope.

#[cfg(feature = "check")]
mod lower;

use policies_macros::Policy;

/// Runs the same section of the enclosing scope's document here: the API's in an operation's, the product's in an API's,
/// the global one last. In the global document it does nothing.
#[derive(Policy)]
#[policy(
    element = "base",
    sections(inbound, backend, outbound, on_error),
    runs = Steps,
    no_fragment,
    lower,
    source = "https://learn.microsoft.com/azure/api-management/set-edit-policies"
)]
pub struct Base {}
