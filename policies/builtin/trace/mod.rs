//! `<trace>`: writes a message to the trace and the log.

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

#[cfg(feature = "check")]
pub use check::{MISSING_MESSAGE, TEXT_WITHOUT_ELEMENT};
use policies_macros::{Element, Policy};

use crate::value::{Attr, NameText, NullableText};

crate::keywords! {
    /// How much a message matters.
    Severity {
        /// For whoever looks closely.
        Verbose = "verbose",
        /// Worth knowing.
        Information = "information",
        /// Something went wrong.
        Error = "error",
    }
}

/// Writes a message to the log of the gateway and, if the request is traced, to its trace. The request and the response
/// stay as they are.
#[derive(Policy)]
#[policy(
    element = "trace",
    sections(inbound, backend, outbound, on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/trace-policy"
)]
pub struct Trace {
    /// Who says it.
    pub source: NameText,
    /// How much it matters: `verbose`, `information` or `error`.
    #[attr(default = "verbose")]
    pub severity: Severity,
    /// What is said.
    #[child]
    pub message: Option<Message>,
    /// A property of the message.
    #[child]
    pub metadata: Vec<Metadata>,
    /// What is said, as older documents write it.
    #[text]
    pub text: Option<Attr<NullableText>>,
}

/// The message of a `trace`.
#[derive(Element)]
pub struct Message {
    /// The text.
    #[text(default = "")]
    pub text: Attr<NullableText>,
}

/// A property of a `trace`.
#[derive(Element)]
pub struct Metadata {
    /// Its name.
    pub name: Attr<NameText>,
    /// Its value.
    pub value: Attr<NullableText>,
}
