//! What is told of the thing under the cursor.

use check::expression::Symbol;
use dotnet::ty::Ty;
use grammar::document::{Expression, Place, Value};
use grammar::source::{LineColumn, Span};
use instance::resources::named_value::{NamedValue, NamedValueText};
use policies::{AttributeDef, Reference, ValueType};

use crate::analysis::Analysis;
use crate::declared::declared;
use crate::inside::Inside;
use crate::markdown;
use crate::neighbours::Neighbours;
use crate::range::Range;

/// What is told of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The thing.
    pub range: Range,
    /// Markdown.
    pub text: String,
}

/// How much of a named value is shown.
const PREVIEW: usize = 200;

impl Analysis {
    /// What is told of the thing at a place; none if there is nothing to tell.
    #[must_use]
    pub fn hover(&self, at: LineColumn, neighbours: &Neighbours<'_>) -> Option<Hover> {
        let offset = self.source().offset(at);
        let (span, text) = self.told(offset, neighbours)?;
        Some(Hover { range: Range::of(self.source(), span), text })
    }

    fn told(&self, offset: u32, neighbours: &Neighbours<'_>) -> Option<(Span, String)> {
        let place = self.tree.at(offset);
        if !matches!(place, Place::Other(_))
            && let Some((name, span)) = self.named_value_at(offset)
            && let Some(value) = neighbours.named_value(name)
        {
            return Some((span, named_value(value)));
        }
        match place {
            Place::ElementName(element) => Some((element.name_span(), markdown::element(declared(element)?))),
            Place::ClosingName(element) => Some((element.close_name_span()?, markdown::element(declared(element)?))),
            Place::AttributeName(attribute) => {
                let known = declared(attribute.element())?.element()?;
                let known = known.attributes.iter().find(|known| known.name == attribute.name())?;
                Some((attribute.name_span(), markdown::attribute(known)))
            }
            Place::AttributeValue(attribute) => {
                let known = declared(attribute.element())?.element()?;
                let known = known.attributes.iter().find(|known| known.name == attribute.name())?;
                Some((attribute.value_span()?, literal(attribute.value(), known, neighbours)))
            }
            Place::Text(node) => {
                let element = node.parent()?;
                let known = declared(element)?.element()?.text.as_ref()?;
                (!node.is_blank()).then(|| (node.span(), markdown::attribute(known)))
            }
            Place::Expression(expression) => in_expression(expression, offset),
            Place::Content(_) | Place::Tag(_) | Place::Other(_) => None,
        }
    }
}

fn literal(value: Value<'_>, known: &AttributeDef, neighbours: &Neighbours<'_>) -> String {
    let name = value.written().trim();
    let referred = match known.value {
        ValueType::Reference(Reference::Fragment) => {
            let fragment = neighbours.fragment(name);
            fragment.map(|fragment| (fragment.name.clone(), fragment.description.clone()))
        }
        ValueType::Reference(Reference::Backend) => {
            neighbours.backend(name).map(|backend| (backend.name.clone(), backend.url.clone()))
        }
        _ => None,
    };
    match referred {
        Some((name, more)) => format!("**{name}**\n\n{}", more.unwrap_or_default()).trim_end().to_owned(),
        None => markdown::attribute(known),
    }
}

fn named_value(value: &NamedValue) -> String {
    let shown = match &value.value {
        NamedValueText::Plain(text) => {
            let short: String = text.chars().take(PREVIEW).collect();
            let dots = if short.len() < text.len() { " …" } else { "" };
            // A fence that the value cannot end.
            format!("````text\n{short}{dots}\n````")
        }
        NamedValueText::Secret(_) => "A secret.".to_owned(),
        NamedValueText::KeyVault(secret) => format!("A secret in Key Vault: `{}`", secret.identifier),
        NamedValueText::Missing => "It has no value.".to_owned(),
    };
    format!("**{}**: named value\n\n{shown}", value.display_name)
}

fn in_expression(expression: Expression<'_>, offset: u32) -> Option<(Span, String)> {
    let inside = Inside::of(expression);
    let at = inside.text.offset_of(offset)?;
    let (span, symbol) = inside.symbol_at(at)?;
    let text = match symbol {
        Some(symbol) => told_of(&symbol, inside.type_at(at)),
        None => code(&inside.type_at(at)?.to_string()),
    };
    Some((inside.text.source_span(span), text))
}

fn told_of(symbol: &Symbol, ty: Option<Ty>) -> String {
    match symbol {
        Symbol::Variable(name, ty, _) => code(&format!("{ty} {name}")),
        Symbol::LocalFunction(name, _) => format!("{}\n\nA local function.", code(name)),
        Symbol::Member(owner, def) => markdown::member(*owner, def),
        Symbol::Constant(ty, name) => code(&format!("{ty}.{name}")),
        Symbol::Property(ty, name) => code(&format!("{ty} {name}")),
        Symbol::Type(ty) => markdown::ty(ty.def),
        Symbol::Namespace(name) => code(&format!("namespace {name}")),
        Symbol::Context => match ty {
            Some(ty) => format!("{}\n\n{}", code(&format!("{ty} context")), ty.def.docs),
            None => code("context"),
        },
    }
}

fn code(text: &str) -> String {
    format!("```csharp\n{text}\n```")
}
