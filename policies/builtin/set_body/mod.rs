//! `<set-body>`: replaces the body of a message.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

use policies_macros::Policy;

use crate::value::{Attr, BodyContent};

crate::keywords! {
    /// What the text is a template of.
    Template {
        /// Liquid.
        Liquid = "liquid",
        /// Nothing: the text is the body.
        None = "none",
    }
}

crate::keywords! {
    /// What a Liquid template sees of elements without a value.
    XsiNil {
        /// An empty text.
        Blank = "blank",
        /// Nothing.
        Null = "null",
    }
}

/// Replaces the body: of the request in `inbound` and `backend`, of the response in `outbound` and `on-error`.
#[derive(Policy)]
#[policy(
    element = "set-body",
    sections(inbound, backend, outbound),
    undocumented(on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/set-body-policy"
)]
pub struct SetBody {
    /// What the text is a template of. This version runs no templates.
    pub template: Option<Template>,
    /// What a Liquid template sees of XML elements that are marked `xsi:nil`.
    #[attr(not_yet)]
    pub xsi_nil: Option<XsiNil>,
    /// Whether a Liquid template sees texts that look like dates as dates.
    #[attr(not_yet)]
    pub parse_date: Option<bool>,
    /// The body: a literal, which may be markup, or an expression that gives a text or a `byte[]`.
    #[text(markup, default = "")]
    pub content: Attr<BodyContent>,
}
