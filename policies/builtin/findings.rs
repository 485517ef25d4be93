//! What a policy's own checks see of its element, and how they report.

use grammar::diagnostic::{Diagnostic, Rule};
use grammar::document::{Element as Node, NamedValues, Value};
use grammar::source::{Source, Span};

/// A policy's element with the named values of its instance.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    /// The element in the document.
    pub node: Node<'d>,
    /// What `{{name}}` stands for.
    pub named_values: &'d dyn NamedValues,
}

/// A literal with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The text, with entities decoded and named values filled in.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl<'d> Element<'d> {
    /// The literal value of an attribute; none if it is missing or an expression.
    #[must_use]
    pub fn literal(self, name: &str) -> Option<Literal> {
        self.node.attribute(name).and_then(|attribute| self.literal_of(attribute.value()))
    }

    /// The literal text of the element; none if it is an expression.
    #[must_use]
    pub fn text(self) -> Option<Literal> {
        self.literal_of(self.node.text())
    }

    fn literal_of(self, value: Value<'d>) -> Option<Literal> {
        let resolved = value.resolve(self.named_values);
        resolved.literal().map(|text| Literal { text: text.text().to_owned(), span: value.span() })
    }

    /// Whether an attribute is there.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        self.node.attribute(name).is_some()
    }

    /// The child elements of a name.
    pub fn children(self, name: &str) -> impl Iterator<Item = Self> {
        let named = self.node.elements().filter(move |child| child.name() == name);
        named.map(move |node| Self { node, named_values: self.named_values })
    }
}

/// Collects what a policy's checks find.
pub struct Findings<'f> {
    /// The text that the element stands in.
    pub source: &'f Source,
    /// The policy's name.
    pub element: &'f str,
    /// What was found.
    pub diagnostics: &'f mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// A finding about the element, to be completed and then reported.
    #[must_use]
    pub fn finding(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, self.source, span, message).element(self.element)
    }

    /// Reports a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }
}
