//! Where something is defined: fragments, backends, named values, variables of expressions.

use check::expression::Symbol;
use grammar::document::Place;
use grammar::source::{LineColumn, Span};
use policies::{Reference, ValueType};

use crate::analysis::Analysis;
use crate::declared::declared;
use crate::inside::Inside;
use crate::neighbours::Neighbours;
use crate::range::Range;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file; none for the document itself.
    pub file: Option<String>,
    /// The place in it.
    pub range: Range,
}

const START: Range = Range { start: LineColumn { line: 0, column: 0 }, end: LineColumn { line: 0, column: 0 } };

impl Analysis {
    /// Where what stands at a place is defined.
    #[must_use]
    pub fn definition(&self, at: LineColumn, neighbours: &Neighbours<'_>) -> Option<Target> {
        let offset = self.source().offset(at);
        if let Some(used) = self.named_value_at(offset) {
            return Some(at_place(&neighbours.named_value(used.0)?.definition.start()));
        }
        match self.tree.at(offset) {
            Place::AttributeValue(attribute) => {
                let element = declared(attribute.element())?.element()?;
                let known = element.attributes.iter().find(|known| known.name == attribute.name())?;
                let name = attribute.value().written().trim();
                match known.value {
                    ValueType::Reference(Reference::Fragment) => {
                        let fragment = neighbours.fragment(name)?;
                        Some(match &fragment.policy {
                            Some(policy) if policy.member.is_none() => {
                                Target { file: Some(policy.source.name().to_owned()), range: START }
                            }
                            Some(policy) => at_place(policy.member.as_ref()?),
                            None => at_place(&fragment.definition.start()),
                        })
                    }
                    ValueType::Reference(Reference::Backend) => {
                        Some(at_place(&neighbours.backend(name)?.definition.start()))
                    }
                    _ => None,
                }
            }
            Place::Expression(expression) => {
                let inside = Inside::of(expression);
                let at = inside.text.offset_of(offset)?;
                let (_, symbol) = inside.symbol_at(at)?;
                let declared = match symbol? {
                    Symbol::Variable(_, _, span) | Symbol::LocalFunction(_, span) => span,
                    _ => return None,
                };
                let range = Range::of(self.source(), inside.text.source_span(declared));
                Some(Target { file: None, range })
            }
            _ => None,
        }
    }

    /// The name and place of the `{{name}}` at an offset.
    pub(crate) fn named_value_at(&self, offset: u32) -> Option<(&str, Span)> {
        let references = self.tree.named_value_references().into_iter();
        let mut at = references.filter(|reference| reference.span.touches(offset));
        at.next().map(|reference| (reference.name, reference.span))
    }
}

fn at_place(place: &instance::findings::Place) -> Target {
    Target { file: Some(place.source.name().to_owned()), range: Range::of(&place.source, place.span) }
}
