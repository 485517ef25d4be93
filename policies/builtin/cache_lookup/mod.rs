//! `<cache-lookup>`: answers with a stored response.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod key;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{SHARED_PRIVATE_RESPONSE, UNSTATED_VARY};
use policies_macros::{Element, Policy};
#[cfg(feature = "run")]
pub use run::cache_control;

use crate::value::{Attr, HeaderName, NullableText};

crate::keywords! {
    /// The cache to look in.
    CachingType {
        /// The one outside the gateway where there is one, else the gateway's own.
        PreferExternal = "prefer-external",
        /// The one outside the gateway.
        External = "external",
        /// The gateway's own.
        Internal = "internal",
    }
}

crate::keywords! {
    /// Which caches on the way to the caller may store the response as well.
    Downstream {
        /// None.
        None = "none",
        /// The caller's own.
        Private = "private",
        /// All.
        Public = "public",
    }
}

/// Answers a `GET` with the stored response to an equal request, if there is one.
#[derive(Policy)]
#[policy(
    element = "cache-lookup",
    sections(inbound),
    runs = Waits,
    once,
    no_fragment,
    check,
    source = "https://learn.microsoft.com/azure/api-management/cache-lookup-policy"
)]
pub struct CacheLookup {
    /// Whether each developer has responses of its own.
    #[attr(default = "false")]
    pub vary_by_developer: Attr<bool>,
    /// Whether developers share responses only with those of the same groups.
    #[attr(default = "false")]
    pub vary_by_developer_groups: Attr<bool>,
    /// The cache to look in.
    #[attr(default = "prefer-external")]
    pub caching_type: CachingType,
    /// Which caches on the way to the caller may store the response as well.
    #[attr(default = "none")]
    pub downstream_caching_type: Attr<Downstream>,
    /// Whether such caches must ask again when the time of the response is over.
    #[attr(default = "true")]
    pub must_revalidate: Attr<bool>,
    /// Whether responses to requests with `Authorization` are stored and given as well.
    #[attr(default = "false")]
    pub allow_private_response_caching: Attr<bool>,
    /// A header whose values have responses of their own.
    #[child]
    pub vary_by_header: Vec<VaryByHeader>,
    /// Query parameters whose values have responses of their own; without any, the whole query counts.
    #[child]
    pub vary_by_query_parameter: Vec<VaryByQueryParameter>,
}

/// A header whose values have responses of their own.
#[derive(Element)]
pub struct VaryByHeader {
    /// The header's name.
    #[text]
    pub text: Attr<HeaderName>,
}

/// Query parameters whose values have responses of their own.
#[derive(Element)]
pub struct VaryByQueryParameter {
    /// The parameter's name, or several with semicolons between.
    #[text]
    pub text: Attr<NullableText>,
}
