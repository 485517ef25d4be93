//! Named values: the `{{name}}` references of a document, and who tells what they stand for.
//!
//! A reference is replaced as text before anything else is made of a value; the text that comes in is neither decoded
//! nor searched for further references. Not here: where named values are defined (`instance`).

use super::tree::{Document, Language, NodeKind};
use crate::source::{Span, slice};

/// Knows the named values of an APIM instance.
pub trait NamedValues {
    /// What the named value called `name` stands for.
    fn named_value(&self, name: &str) -> NamedValue<'_>;
}

/// What is known of a named value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedValue<'a> {
    /// It stands for this text.
    Text {
        /// The text, inserted as it is.
        text: &'a str,
        /// Whether it must not be shown or stored in the clear.
        secret: bool,
    },
    /// It exists, and its text is known only where the policy runs: the reference stays.
    Deferred,
    /// The instance has no such named value: the reference stays.
    Unknown,
    /// There is no instance to ask: the reference stays.
    Unbound,
}

/// No instance: every reference stays as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoInstance;

impl NamedValues for NoInstance {
    fn named_value(&self, _name: &str) -> NamedValue<'_> {
        NamedValue::Unbound
    }
}

/// A `{{name}}` in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedValueReference<'d> {
    /// The name between the braces.
    pub name: &'d str,
    /// Where it stands, braces included.
    pub span: Span,
    /// Whether it may mean Liquid instead: then an unknown name is no fault.
    pub is_liquid: bool,
}

impl NamedValueReference<'_> {
    /// Where the name stands, braces left out.
    #[must_use]
    pub fn name_span(&self) -> Span {
        Span::new(self.span.start + 2, self.span.end - 2)
    }
}

impl Document {
    /// Every `{{name}}` in the attributes and texts, in the order of the text; those in comments are not replaced.
    #[must_use]
    pub fn named_value_references(&self) -> Vec<NamedValueReference<'_>> {
        let mut references = Vec::new();
        for node in self.nodes() {
            let language = node.parent().map_or(Language::Policy, |parent| parent.language());
            let is_liquid = language == Language::Liquid;
            match (node.kind(), node.element()) {
                (_, Some(element)) => {
                    for span in element.attributes().filter_map(|attribute| attribute.value_span()) {
                        self.references_in(span, is_liquid, &mut references);
                    }
                }
                (NodeKind::Text | NodeKind::CData, _) => {
                    self.references_in(node.content_span(), is_liquid, &mut references);
                }
                _ => {}
            }
        }
        references
    }

    fn references_in<'d>(&'d self, span: Span, is_liquid: bool, out: &mut Vec<NamedValueReference<'d>>) {
        let text = self.source.text();
        let mut at = span.start as usize;
        let end = span.end as usize;
        while let Some(offset) = text.as_bytes().get(at..end).and_then(|rest| memchr::memmem::find(rest, b"{{")) {
            at += offset;
            match name_at(slice(text, Span::from(0..end)), at) {
                Some(name) => {
                    let len = name.len() + 4;
                    out.push(NamedValueReference { name, span: Span::from(at..at + len), is_liquid });
                    at += len;
                }
                None => at += 1,
            }
        }
    }
}

/// The name of the reference whose `{{` stands at `at`, if one does: display names are letters, digits, `-`, `.` and `_`.
pub(super) fn name_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?.strip_prefix("{{")?;
    let end = rest.bytes().position(|b| !(b.is_ascii_alphanumeric() || b"-._".contains(&b)))?;
    let (name, behind) = rest.split_at_checked(end)?;
    (!name.is_empty() && behind.starts_with("}}")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_display_name_in_two_braces() {
        let cases = [
            ("{{name}}", Some("name")),
            ("{{my-name_2.x}}x", Some("my-name_2.x")),
            ("{{ name }}", None),
            ("{{}}", None),
            ("{{name}", None),
            ("{{queue|topic}}", None),
            ("{{{name}}}", None),
            ("{{name", None),
        ];
        for (text, name) in cases {
            assert_eq!(name_at(text, 0), name, "{text}");
        }
    }
}
