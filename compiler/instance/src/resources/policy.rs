//! Policy documents and fragments, as text.
//!
//! Not here: what the text means (`grammar`, `check`).

use grammar::source::Source;

use crate::findings::{Findings, Place};
use crate::members::Members;
use crate::model::definition::Definition;
use crate::resources::named;
use crate::text::value::Node;

/// How the text of a policy is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PolicyFormat {
    /// As the author wrote it: expressions hold raw quotes and `<`.
    #[default]
    RawXml,
    /// Well-formed XML: expressions are escaped.
    Xml,
}

/// The text of one policy document or fragment.
///
/// Two policies are equal when their texts are.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The text. Named after its file; text from a member of a file has the member's line and column behind `#`.
    pub source: Source,
    /// How it is to be read.
    pub format: PolicyFormat,
    /// The member that held the text, where it was no file of its own.
    pub member: Option<Place>,
}

impl Policy {
    /// A policy file.
    #[must_use]
    pub fn file(source: Source) -> Self {
        Self { source, format: PolicyFormat::RawXml, member: None }
    }

    /// The policy in `properties.value` of a definition or an overlay, if there is one.
    pub(crate) fn read(properties: Members, out: &mut Findings) -> Option<Self> {
        let text = properties.str("value", out)?;
        let format = format(properties, out).unwrap_or_default();
        let value: &Node = properties.any("value")?;
        let at = value.source.line_column(value.span.start);
        let name = format!("{}#L{}C{}", value.source.name(), at.line + 1, at.column + 1);
        Some(Self { source: Source::new(name, text), format, member: Some(Place::from(value)) })
    }
}

/// The format that `properties` names.
pub(crate) fn format(properties: Members, out: &mut Findings) -> Option<PolicyFormat> {
    let choices = [
        ("rawxml", PolicyFormat::RawXml),
        ("xml", PolicyFormat::Xml),
        ("rawxml-link", PolicyFormat::RawXml),
        ("xml-link", PolicyFormat::Xml),
    ];
    properties.choice("format", &choices, out)
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.format == other.format && self.source.text() == other.source.text()
    }
}

/// A policy fragment, which documents include by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// The name that `fragment-id` means.
    pub name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// Its text; `None` if the folder holds none.
    pub policy: Option<Policy>,
    /// What it was read from.
    pub definition: Definition,
}

named!(Fragment);

impl Fragment {
    /// Reads a fragment whose folder holds `file`, if any; the file counts more than a text in the definition.
    pub(crate) fn read(name: &str, definition: Definition, file: Option<Policy>, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let policy = file.or_else(|| Policy::read(properties, out));
        Self { name: name.to_owned(), description: properties.text("description", out), policy, definition }
    }
}
