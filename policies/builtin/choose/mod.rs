//! `<choose>`: the first branch whose condition holds.

#[cfg(feature = "check")]
mod lower;

use policies_macros::{Element, Policy};

use crate::value::Condition;

/// Runs the policies of the first `when` whose condition holds, or else those of `otherwise`.
#[derive(Policy)]
#[policy(
    element = "choose",
    sections(inbound, backend, outbound, on_error),
    runs = Steps,
    lower,
    source = "https://learn.microsoft.com/azure/api-management/choose-policy"
)]
pub struct Choose {
    /// A branch.
    #[child(min = 1)]
    pub when: Vec<When>,
    /// What runs if no condition holds.
    #[child]
    pub otherwise: Option<Otherwise>,
}

/// A branch of a `choose`.
#[derive(Element)]
#[element(policies)]
pub struct When {
    /// Whether the branch is taken.
    pub condition: Condition,
}

/// What runs if no condition of a `choose` holds.
#[derive(Element)]
#[element(policies)]
pub struct Otherwise {}
