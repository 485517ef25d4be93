//! Attributes and child elements: whether they are there, may be there, and how often.

use grammar::diagnostic::{Fix, Safety, nearest};
use grammar::document::{Element, Value};
use ir::document as out;
use ir::tree::Expr;
use policies::{ElementDef, ExpressionUse};

use super::rules::{MISSING_ATTRIBUTE, MISSING_CHILD, MISSING_TEXT, REPEATED_CHILD, UNKNOWN_ATTRIBUTE, UNKNOWN_CHILD};
use super::walk::{Checker, listed};

/// The attribute that every policy has: its name in `LastError.PolicyId`.
const ID: &str = "id";

impl<'d> Checker<'d> {
    /// Checks an element against its declaration and gives what it says; expressions go to `values`.
    pub fn element(
        &mut self,
        element: Element<'d>,
        declared: &'static ElementDef,
        is_policy: bool,
        values: &mut Vec<(out::SlotId, Expr)>,
    ) -> out::Element {
        let mut checked = out::Element { name: element.name().to_owned(), ..out::Element::default() };
        for attribute in element.attributes() {
            let name = attribute.name();
            if let Some(known) = declared.attributes.iter().find(|known| known.name == name) {
                let value = self.value(attribute.value(), known, element, Some(name), values);
                checked.attributes.push((name.to_owned(), value));
            } else if is_policy && name == ID {
                let text = attribute.value().resolve(self.surroundings);
                let text = text.literal().map(|text| text.text().to_owned()).unwrap_or_default();
                checked.attributes.push((name.to_owned(), out::Value::Literal(text)));
            } else if !declared.foreign {
                self.unknown_attribute(element, declared, attribute.name_span(), name);
            }
        }
        for known in declared.attributes.iter().filter(|known| known.required) {
            if element.attribute(known.name).is_none() {
                let message = format!("`{}` needs the attribute `{}`", element.name(), known.name);
                let finding = self.finding(&MISSING_ATTRIBUTE, element.name_span(), message);
                let insert = format!(" {}=\"\"", known.name);
                let place = grammar::source::Span::empty(element.name_span().end);
                let fix = Fix::new(format!("Add `{}`", known.name), Safety::DisplayOnly, place, insert);
                self.report(finding.help(first_sentence(known.docs)).fix(fix), element);
            }
        }
        if declared.foreign {
            return checked;
        }
        self.text(element, declared, values, &mut checked);
        if !declared.markup {
            self.children(element, declared, values, &mut checked);
        }
        checked
    }

    fn unknown_attribute(
        &mut self,
        element: Element<'d>,
        declared: &'static ElementDef,
        span: grammar::source::Span,
        name: &str,
    ) {
        let message = format!("`{}` has no attribute `{name}`", element.name());
        let mut finding = self.finding(&UNKNOWN_ATTRIBUTE, span, message);
        let missing = |known: &&policies::AttributeDef| element.attribute(known.name).is_none();
        let known: Vec<&str> = declared.attributes.iter().filter(missing).map(|known| known.name).collect();
        if let Some(meant) = nearest(name, known) {
            let fix = Fix::safe(format!("Replace with `{meant}`"), span, meant);
            finding = finding.help(format!("did you mean `{meant}`?")).fix(fix);
        } else if declared.attributes.is_empty() {
            finding = finding.help("it takes no attributes of its own");
        } else {
            let all: Vec<String> = declared.attributes.iter().map(|known| format!("`{}`", known.name)).collect();
            finding = finding.help(format!("it takes {}", listed(&all)));
        }
        self.report(finding, element);
    }

    /// The element's text.
    fn text(
        &mut self,
        element: Element<'d>,
        declared: &'static ElementDef,
        values: &mut Vec<(out::SlotId, Expr)>,
        checked: &mut out::Element,
    ) {
        let Some(known) = &declared.text else {
            if !declared.holds_policies {
                self.no_text(element);
            }
            return;
        };
        let text = if declared.markup { content(element) } else { element.text() };
        if text.is_blank() && known.required {
            let message = format!("`{}` is empty", element.name());
            let finding = self.finding(&MISSING_TEXT, element.name_span(), message);
            self.report(finding.help(first_sentence(known.docs)), element);
            return;
        }
        let is_there = !text.is_blank() || known.expression == ExpressionUse::Allowed || known.default.is_none();
        if is_there && !(text.is_blank() && element.is_self_closing()) {
            checked.text = Some(self.value(text, known, element, None, values));
        }
    }

    /// The child elements that are no policies of their own.
    fn children(
        &mut self,
        element: Element<'d>,
        declared: &'static ElementDef,
        values: &mut Vec<(out::SlotId, Expr)>,
        checked: &mut out::Element,
    ) {
        let mut counts = vec![0_u32; declared.children.len()];
        for child in element.elements() {
            let known = declared.children.iter().position(|known| known.element.name == child.name());
            match known.and_then(|index| Some((declared.children.get(index)?, counts.get_mut(index)?))) {
                Some((known, count)) => {
                    *count += 1;
                    if known.max.is_some_and(|max| *count == max + 1) {
                        let often =
                            if known.max == Some(1) { "once".to_owned() } else { format!("{} times", *count - 1) };
                        let message = format!("`{}` may stand {often} in `{}`", child.name(), element.name());
                        let finding = self.finding(&REPEATED_CHILD, child.name_span(), message);
                        self.report(finding, element);
                    }
                    let inside = self.element(child, known.element, false, values);
                    checked.children.push(inside);
                }
                None if declared.holds_policies => {}
                None => self.unknown_child(element, declared, child),
            }
        }
        for (known, count) in declared.children.iter().zip(counts) {
            if count < known.min {
                let message = format!("`{}` needs a `{}`", element.name(), known.element.name);
                let finding = self.finding(&MISSING_CHILD, element.name_span(), message);
                self.report(finding.help(first_sentence(known.element.docs)), element);
            }
        }
    }

    fn unknown_child(&mut self, element: Element<'d>, declared: &'static ElementDef, child: Element<'d>) {
        let message = format!("`{}` has no child element `{}`", element.name(), child.name());
        let mut finding = self.finding(&UNKNOWN_CHILD, child.name_span(), message);
        let known = || declared.children.iter().map(|known| known.element.name);
        if let Some(meant) = nearest(child.name(), known()) {
            let mut fix = Fix::safe(format!("Replace with `{meant}`"), child.name_span(), meant);
            let close = child.close_name_span();
            fix.edits.extend(close.map(|span| grammar::diagnostic::Edit { span, text: meant.to_owned() }));
            finding = finding.help(format!("did you mean `{meant}`?")).fix(fix);
        } else if declared.children.is_empty() {
            finding = finding.help("it takes no child elements");
        } else {
            let all: Vec<String> = known().map(|name| format!("`{name}`")).collect();
            finding = finding.help(format!("it takes {}", listed(&all)));
        }
        self.report(finding, element);
    }
}

/// What stands in an element whose content may be markup. An expression may be wrapped in a `value`, as some tools write it.
fn content(element: Element<'_>) -> Value<'_> {
    let body = element.body();
    let mut children = element.elements();
    match (children.next(), children.next()) {
        (Some(value), None) if value.name() == "value" && element.text().is_blank() => {
            Some(value.text()).filter(|text| text.expression().is_some()).unwrap_or(body)
        }
        _ => body,
    }
}

/// The first sentence of a documentation, as help.
pub fn first_sentence(docs: &str) -> String {
    let paragraph = docs.split("\n\n").next().unwrap_or(docs).replace('\n', " ");
    let end = paragraph.find(". ").unwrap_or(paragraph.len());
    paragraph.get(..end).unwrap_or(&paragraph).trim_end_matches('.').to_owned()
}
