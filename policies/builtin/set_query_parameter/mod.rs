//! `<set-query-parameter>`: sets, extends or removes a parameter of the query.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::MISSING_VALUE;
use policies_macros::{Element, Policy};

use crate::set_header::ExistsAction;
use crate::value::{Attr, NameText, NullableText};

/// Sets, extends or removes a parameter of the query that is sent to the backend.
#[derive(Policy)]
#[policy(
    element = "set-query-parameter",
    sections(inbound, backend),
    undocumented(outbound, on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/set-query-parameter-policy"
)]
pub struct SetQueryParameter {
    /// The parameter's name.
    pub name: Attr<NameText>,
    /// What happens if the parameter is there already: `override` replaces it, `skip` keeps it, `append` adds to it,
    /// `delete` removes it.
    #[attr(default = "override")]
    pub exists_action: Attr<ExistsAction>,
    /// A value; several make the parameter stand several times.
    #[child]
    pub value: Vec<ParameterValue>,
}

/// A value of a query parameter.
#[derive(Element)]
pub struct ParameterValue {
    /// The value, as it is before it is escaped. An expression that gives null adds none.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}
