//! `<rewrite-uri>`: another path and query for the backend.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;
mod template;

#[cfg(feature = "check")]
pub use check::ABSOLUTE_URL;
use policies_macros::Policy;
pub use template::{Piece, UriTemplate};

use crate::value::Attr;

/// Gives the request another path and query, relative to the URL of the backend.
#[derive(Policy)]
#[policy(
    element = "rewrite-uri",
    sections(inbound),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/rewrite-uri-policy"
)]
pub struct RewriteUri {
    /// The new path, with a query if need be. `{name}` stands for a parameter of the operation's URL template.
    pub template: Attr<UriTemplate>,
    /// Whether query parameters that the operation's URL template does not name are kept.
    #[attr(default = "true")]
    pub copy_unmatched_params: Attr<bool>,
}
