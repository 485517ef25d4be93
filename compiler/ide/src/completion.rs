//! What can be written at a place: elements, attributes, values, and names of expressions.

mod expression;
mod markup;
mod value;

use grammar::document::{NodeKind, Place};
use grammar::source::{LineColumn, Span};

use crate::analysis::Analysis;
use crate::neighbours::Neighbours;
use crate::range::Range;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// How it is listed.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label.
    pub detail: String,
    /// Markdown.
    pub docs: String,
    /// What it replaces.
    pub range: Range,
    /// What stands there afterwards.
    pub text: String,
    /// Where in that text the cursor goes, in bytes; behind it if none.
    pub cursor: Option<usize>,
    /// Its group in the list, the first being 0.
    pub rank: u8,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum CompletionKind {
    Element,
    Attribute,
    Keyword,
    Reference,
    NamedValue,
    Variable,
    Property,
    Method,
    Constant,
    Type,
    Namespace,
    Expression,
}

impl Analysis {
    /// What can be written at a place. `typed` is the character that made the editor ask, if one did.
    #[must_use]
    pub fn completion(&self, at: LineColumn, typed: Option<char>, neighbours: &Neighbours<'_>) -> Vec<Completion> {
        let offset = self.source().offset(at);
        let place = self.tree.at(offset);
        // Of what is no markup of ours, only a tag that is being begun can be completed.
        if let Place::Other(node) = place
            && (node.kind() != NodeKind::Stray || !self.is_at_tag_start(offset))
        {
            return Vec::new();
        }
        if let Some(found) = self.named_values(offset, neighbours) {
            return found;
        }
        if let Place::Expression(expression) = place {
            return self.in_expression(expression, offset);
        }
        if !matches!(place, Place::AttributeValue(_))
            && let Some(found) = self.in_tag_name(offset)
        {
            return found;
        }
        match place {
            Place::Tag(element) => self.attributes(element, Span::empty(offset)),
            Place::AttributeName(attribute) => self.attributes(attribute.element(), attribute.name_span()),
            Place::AttributeValue(attribute) => self.attribute_values(attribute, neighbours),
            Place::Text(node) if typed != Some(' ') => self.content(node.parent(), node.is_blank(), offset, neighbours),
            Place::Content(element) if typed != Some(' ') => self.content(element, true, offset, neighbours),
            _ => Vec::new(),
        }
    }

    pub(crate) fn range_of(&self, span: Span) -> Range {
        Range::of(self.source(), span)
    }
}
