//! `<set-variable>`: sets a variable of the request.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::VALUE_TYPE;
use policies_macros::Policy;

use crate::value::{AnyValue, Attr, NameText};

/// Sets a variable that all policies behind it read as `context.Variables["name"]`, whatever section or scope they stand
/// in.
#[derive(Policy)]
#[policy(
    element = "set-variable",
    sections(inbound, backend, outbound, on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/set-variable-policy"
)]
pub struct SetVariable {
    /// The variable's name. Upper and lower case make no difference.
    pub name: NameText,
    /// The value: a literal is a `string`, an expression keeps its type.
    pub value: Attr<AnyValue>,
}
