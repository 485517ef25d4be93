//! `<cors>`: tells browsers which pages of other origins may call the API.

#[cfg(feature = "check")]
mod check;
mod origin;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{ANY_AND_OTHERS, UNMATCHABLE_ORIGIN};
pub use origin::OriginText;
use policies_macros::{Element, Policy};

use crate::value::{Deferred, NameText, Seconds};

/// Answers the requests with which browsers ask what a page of another origin may send, and marks the responses that such
/// a page may read.
#[derive(Policy)]
#[policy(
    element = "cors",
    sections(inbound),
    runs = Now,
    once,
    check,
    source = "https://learn.microsoft.com/azure/api-management/cors-policy"
)]
pub struct Cors {
    /// Whether pages may send cookies and other credentials along.
    #[attr(default = "false")]
    pub allow_credentials: Deferred<bool>,
    /// Whether a request from an origin that is not allowed ends here, with an empty `200 OK`.
    #[attr(default = "true")]
    pub terminate_unmatched_request: Deferred<bool>,
    /// The origins whose pages may call.
    #[child]
    pub allowed_origins: AllowedOrigins,
    /// The methods that such pages may use; `GET` and `POST` if nothing is said.
    #[child]
    pub allowed_methods: Option<AllowedMethods>,
    /// The headers that such pages may send; none but those that browsers always send if it is missing.
    #[child]
    pub allowed_headers: Option<AllowedHeaders>,
    /// The headers of responses that such pages may read.
    #[child]
    pub expose_headers: Option<ExposeHeaders>,
}

/// The origins whose pages may call.
#[derive(Element)]
pub struct AllowedOrigins {
    /// An origin.
    #[child(min = 1)]
    pub origin: Vec<Origin>,
}

/// An origin whose pages may call.
#[derive(Element)]
pub struct Origin {
    /// Scheme, host and port, such as `https://shop.example:8443`; or `*` for all.
    #[text]
    pub text: Deferred<OriginText>,
}

/// The methods that pages may use.
#[derive(Element)]
pub struct AllowedMethods {
    /// For how long a browser may keep the answer, in seconds.
    #[attr(default = "0")]
    pub preflight_result_max_age: Deferred<Seconds>,
    /// A method.
    #[child(min = 1)]
    pub method: Vec<AllowedMethod>,
}

/// A method that pages may use.
#[derive(Element)]
pub struct AllowedMethod {
    /// The method's name; or `*` for all.
    #[text]
    pub text: Deferred<NameText>,
}

/// The headers that pages may send.
#[derive(Element)]
pub struct AllowedHeaders {
    /// A header.
    #[child(min = 1)]
    pub header: Vec<AllowedHeader>,
}

/// A header that pages may send.
#[derive(Element)]
pub struct AllowedHeader {
    /// The header's name; or `*` for all.
    #[text]
    pub text: Deferred<NameText>,
}

/// The headers of responses that pages may read.
#[derive(Element)]
pub struct ExposeHeaders {
    /// A header.
    #[child(min = 1)]
    pub header: Vec<ExposedHeader>,
}

/// A header of responses that pages may read.
#[derive(Element)]
pub struct ExposedHeader {
    /// The header's name; or `*` for all.
    #[text]
    pub text: Deferred<NameText>,
}
