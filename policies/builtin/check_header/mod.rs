//! `<check-header>`: refuses requests without a header, or with another value of it.

#[cfg(feature = "run")]
mod run;

use policies_macros::{Element, Policy};

use crate::value::{Attr, HeaderName, NullableText, StatusCode, Text};

/// Refuses requests that lack a header, or whose header has none of the values listed.
#[derive(Policy)]
#[policy(
    element = "check-header",
    sections(inbound),
    scopes(global, product, api, operation),
    runs = Now,
    source = "https://learn.microsoft.com/azure/api-management/check-header-policy"
)]
pub struct CheckHeader {
    /// The header's name.
    pub name: Attr<HeaderName>,
    /// The status of the response if the check fails.
    pub failed_check_httpcode: Attr<StatusCode>,
    /// The message in the body of that response.
    pub failed_check_error_message: Attr<Text>,
    /// Whether values that differ only in case are the same.
    pub ignore_case: Attr<bool>,
    /// A value that is let through. Without any, the header only has to be there.
    #[child]
    pub value: Vec<AllowedValue>,
}

/// A value of a header that is let through.
#[derive(Element)]
pub struct AllowedValue {
    /// The value.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}
