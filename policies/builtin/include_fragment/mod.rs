//! `<include-fragment>`: the policies of a fragment.

#[cfg(feature = "check")]
mod lower;

use policies_macros::Policy;

use crate::value::FragmentName;

/// Runs the policies of a fragment here.
#[derive(Policy)]
#[policy(
    element = "include-fragment",
    sections(inbound, backend, outbound, on_error),
    runs = Steps,
    no_fragment,
    lower,
    source = "https://learn.microsoft.com/azure/api-management/include-fragment-policy"
)]
pub struct IncludeFragment {
    /// The fragment's name.
    pub fragment_id: FragmentName,
}
