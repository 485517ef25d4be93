//! A document as it stands in the editor: its tree, and what is found in it.

use check::document::{Checked, Kind, Options};
use check::instance::resolver;
use grammar::diagnostic::{Diagnostic, Level};
use grammar::document::Document;
use grammar::source::Source;

use crate::neighbours::Neighbours;
use crate::range::Range;

/// A document, read and checked.
pub struct Analysis {
    pub(crate) tree: Document,
    pub(crate) checked: Checked,
    pub(crate) kind: Kind,
}

/// A finding with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where.
    pub range: Range,
    /// How much it matters.
    pub level: Level,
    /// The rule's id.
    pub rule: &'static str,
    /// The message, and what to do about it in further lines.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The file, where it is another than the finding's.
    pub file: Option<String>,
    /// Where in it.
    pub range: Range,
    /// What is to be seen there.
    pub message: String,
}

impl Analysis {
    /// Reads and checks a document that may be any kind of policy text, without an instance.
    #[must_use]
    pub fn alone(source: &Source) -> Self {
        Self::new(source, Some(Kind::Any), &Neighbours::none())
    }

    /// Reads and checks a document. One without a kind is a resolver, which is not run.
    pub(crate) fn new(source: &Source, kind: Option<Kind>, neighbours: &Neighbours<'_>) -> Self {
        let tree = grammar::document::read(source);
        let checked = match kind {
            Some(kind) => {
                check::document::check(&tree, &Options { kind, ..Options::default() }, neighbours.surroundings())
            }
            None => resolver(source),
        };
        Self { tree, checked, kind: kind.unwrap_or(Kind::Any) }
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.tree.source()
    }

    /// What the author is told, in the order of the places.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.checked.diagnostics.iter().map(finding).collect()
    }

    /// The fragments that it includes.
    pub(crate) fn includes(&self) -> Vec<String> {
        let includes = self.tree.elements().filter(|element| element.name() == "include-fragment");
        includes
            .filter_map(|element| Some(element.attribute("fragment-id")?.value().written().trim().to_owned()))
            .collect()
    }
}

/// A diagnostic for an editor.
pub(crate) fn finding(diagnostic: &Diagnostic) -> Finding {
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let related = diagnostic.labels.iter().map(|label| Related {
        file: label.source.as_ref().map(|source| source.name().to_owned()),
        range: Range::of(label.source.as_ref().unwrap_or(&diagnostic.source), label.span),
        message: label.message.clone(),
    });
    Finding {
        range: Range::of(&diagnostic.source, diagnostic.span),
        level: diagnostic.level(),
        rule: diagnostic.rule.id,
        message,
        related: related.collect(),
    }
}
