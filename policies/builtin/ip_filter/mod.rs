//! `<ip-filter>`: lets in or shuts out callers by their addresses.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{EMPTY_RANGE, NO_ADDRESS};
use policies_macros::{Element, Policy};

use crate::value::{Address, Attr};

crate::keywords! {
    /// What happens to the callers that are listed.
    Action {
        /// Only they are let in.
        Allow = "allow",
        /// They are shut out.
        Forbid = "forbid",
    }
}

/// Lets in only the callers that are listed, or shuts them out.
#[derive(Policy)]
#[policy(
    element = "ip-filter",
    sections(inbound),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/ip-filter-policy"
)]
pub struct IpFilter {
    /// What happens to the callers that are listed: `allow` lets in only them, `forbid` shuts them out.
    pub action: Attr<Action>,
    /// An address.
    #[child]
    pub address: Vec<SingleAddress>,
    /// A range of addresses.
    #[child]
    pub address_range: Vec<AddressRange>,
}

/// An address of an `ip-filter`.
#[derive(Element)]
pub struct SingleAddress {
    /// The address: IPv4 or IPv6, without a mask.
    #[text]
    pub text: Attr<Address>,
}

/// A range of addresses of an `ip-filter`.
#[derive(Element)]
pub struct AddressRange {
    /// The first address.
    pub from: Attr<Address>,
    /// The last address.
    pub to: Attr<Address>,
}
