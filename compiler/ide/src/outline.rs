//! The outline of a document: its elements as symbols, and the ranges that can be folded.

use grammar::document::{Document, Element, NodeKind};

use crate::analysis::Analysis;
use crate::declared::{Declared, declared};
use crate::range::Range;

/// An element in the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// The element's name.
    pub name: String,
    /// What tells it from its like: a name, a condition.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: Range,
    /// Its name in the opening tag.
    pub name_range: Range,
    /// The elements in it.
    pub children: Vec<Symbol>,
}

/// What an element of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// `policies`, `fragment`.
    Document,
    /// A section.
    Section,
    /// A policy.
    Policy,
    /// A part of a policy, or an element that nothing is known of.
    Part,
}

/// How deep the outline goes; no reader looks deeper, and documents may be nested by a machine.
const MAX_DEPTH: usize = 32;

impl Analysis {
    /// The outline.
    #[must_use]
    pub fn symbols(&self) -> Vec<Symbol> {
        self.tree.roots().map(|element| symbol(&self.tree, element, MAX_DEPTH)).collect()
    }

    /// The elements and comments that span several lines.
    #[must_use]
    pub fn folds(&self) -> Vec<Range> {
        let foldable = self
            .tree
            .nodes()
            .filter(|node| matches!(node.kind(), NodeKind::Element | NodeKind::Comment | NodeKind::CData));
        let ranges = foldable.map(|node| Range::of(self.source(), node.span()));
        ranges.filter(|range| range.end.line > range.start.line).collect()
    }
}

fn symbol(document: &Document, element: Element<'_>, depth: usize) -> Symbol {
    let source = document.source();
    let telling =
        ["name", "id", "fragment-id", "backend-id", "condition", "template", "code", "response-variable-name"];
    let detail = telling.iter().find_map(|name| element.attribute(name)).map(|attribute| attribute.value().written());
    let detail: String = detail.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = match declared(element) {
        Some(Declared::Policies | Declared::Fragment) => SymbolKind::Document,
        Some(Declared::Section(_)) => SymbolKind::Section,
        Some(Declared::Policy(_)) => SymbolKind::Policy,
        Some(Declared::Part(_)) | None => SymbolKind::Part,
    };
    let children = match depth.checked_sub(1) {
        Some(depth) => element.elements().map(|child| symbol(document, child, depth)).collect(),
        None => Vec::new(),
    };
    Symbol {
        // Editors refuse a symbol without a name.
        name: if element.name().is_empty() { "?".to_owned() } else { element.name().to_owned() },
        detail: detail.chars().take(80).collect(),
        kind,
        range: Range::of(source, element.span()),
        name_range: Range::of(source, element.name_span()),
        children,
    }
}
