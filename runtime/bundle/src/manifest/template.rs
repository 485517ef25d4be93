//! The shape of the requests that an operation answers.

use serde::{Deserialize, Serialize};

/// A URL template: `/orders/{id}/Items({item})/*?expand={expand}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The template as it was written.
    pub text: String,
    /// The path, segment by segment; neither the leading slash nor a trailing one makes a segment.
    pub segments: Vec<Vec<Part>>,
    /// Whether the path ends in a slash.
    pub has_trailing_slash: bool,
    /// The `/*` at the end, which matches the rest of the path, slashes included.
    pub wildcard: Option<Wildcard>,
    /// The parts of the query that must be there, in any order.
    pub query: Vec<QueryPart>,
}

/// A piece of a segment or of a query value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Text that stands for itself, as it was written.
    Literal(String),
    /// Some text, which `context.Request.MatchedParameters` has under this name.
    Parameter(String),
}

/// A trailing `/*`, or `/{*name}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wildcard {
    /// The parameter that holds the rest of the path.
    pub name: Option<String>,
}

/// `name=value` behind the `?` of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryPart {
    /// The query parameter.
    pub name: String,
    /// What its value must look like; empty if only the name was given.
    pub value: Vec<Part>,
}
