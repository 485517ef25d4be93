//! `<set-header>`: sets, extends or removes a header.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{MISSING_VALUE, PROTECTED_HEADER, is_without_value};
use policies_macros::{Element, Policy};

use crate::value::{Attr, HeaderName, HeaderText};

crate::keywords! {
    /// What happens if the header is there already.
    ExistsAction {
        /// The new values replace the old ones.
        Override = "override",
        /// The old values stay.
        Skip = "skip",
        /// The new values are added to the old ones.
        Append = "append",
        /// The header is removed.
        Delete = "delete",
    }
}

/// Sets, extends or removes a header: of the request in `inbound` and `backend`, of the response in `outbound` and
/// `on-error`.
#[derive(Policy)]
#[policy(
    element = "set-header",
    sections(inbound, backend, outbound, on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/set-header-policy"
)]
pub struct SetHeader {
    /// The header's name.
    pub name: Attr<HeaderName>,
    /// What happens if the header is there already: `override` replaces it, `skip` keeps it, `append` adds to it, `delete`
    /// removes it.
    #[attr(default = "override")]
    pub exists_action: Attr<ExistsAction>,
    /// A value; several make one header with several values.
    #[child]
    pub value: Vec<HeaderValue>,
}

/// A value of a header.
#[derive(Element)]
pub struct HeaderValue {
    /// The value. An expression that gives null adds none.
    #[text(default = "")]
    pub text: Attr<HeaderText>,
}

/// Headers that the gateway itself is responsible for and no policy changes.
pub const PROTECTED: &[&str] = &["connection", "content-length", "keep-alive", "transfer-encoding"];
