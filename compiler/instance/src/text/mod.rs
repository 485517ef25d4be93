//! Text of JSON and YAML files to value trees with places.
//!
//! Not here: which files are read (`files`), what their members mean (`members`, `resources`).

pub(crate) mod json;
pub(crate) mod tokens;
pub mod value;
pub(crate) mod yaml;

use grammar::source::Span;

use value::Node;

/// A file that could be read.
pub(crate) struct Parsed {
    /// Its value.
    pub(crate) root: Node,
    /// Names that occur a second time in their object.
    pub(crate) duplicates: Vec<Span>,
}

/// Why a file could not be read.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Where reading ended.
    pub(crate) span: Span,
    /// What is wrong there.
    pub(crate) message: String,
}
