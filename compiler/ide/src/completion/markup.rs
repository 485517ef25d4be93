//! Names of elements and attributes.

use grammar::document::{Element, Place};
use grammar::source::Span;
use policies::ExpressionUse;

use super::{Completion, CompletionKind};
use crate::analysis::Analysis;
use crate::declared::{Declared, allowed_in, declared};
use crate::markdown;
use crate::neighbours::Neighbours;

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')
}

impl Analysis {
    /// Whether nothing but a part of a name stands between `<` and the cursor.
    pub(super) fn is_at_tag_start(&self, offset: u32) -> bool {
        let before = self.source().text().get(..offset as usize).unwrap_or_default();
        before.trim_end_matches(is_name_part).ends_with(['<', '/'])
    }

    /// The names that can follow `<` or `</`; none if the cursor is not in a tag's name.
    pub(super) fn in_tag_name(&self, offset: u32) -> Option<Vec<Completion>> {
        let text = self.source().text();
        let (before, behind) = text.split_at_checked(offset as usize)?;
        let head = before.trim_end_matches(is_name_part);
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(0);
        let rest = behind.trim_start_matches(is_name_part);
        let span = Span::new(length(head.len()), offset + length(behind.len() - rest.len()));
        if let Some(outside) = head.strip_suffix("</") {
            let holder = self.holder(length(outside.len()))?;
            let is_closed = rest.trim_start().starts_with('>');
            let name = format!("{}{}", holder.name(), if is_closed { "" } else { ">" });
            return Some(vec![Completion {
                label: format!("/{}", holder.name()),
                kind: CompletionKind::Element,
                detail: String::new(),
                docs: String::new(),
                range: self.range_of(span),
                text: name,
                cursor: None,
                rank: 0,
            }]);
        }
        let outside = head.strip_suffix('<')?;
        let holder = self.holder(length(outside.len()));
        // Only a name is missing where attributes or the tag's end stand already.
        let is_bare = match self.tree.at(offset) {
            Place::ElementName(element) => !element.is_tag_closed() && element.attributes().len() == 0,
            _ => true,
        };
        Some(self.elements(holder, span, "", is_bare))
    }

    /// The innermost element that an offset lies in, between its tags.
    fn holder(&self, offset: u32) -> Option<Element<'_>> {
        let holds = |element: &Element<'_>| {
            let content = element.content_span();
            let is_open = element.is_tag_closed() && !element.is_self_closing();
            is_open && content.start <= offset && offset <= content.end
        };
        self.tree.elements().rev().find(holds)
    }

    fn elements(&self, holder: Option<Element<'_>>, span: Span, open: &str, is_bare: bool) -> Vec<Completion> {
        let completion = |declared: Declared| {
            let (text, cursor) = if is_bare { tag(declared, open) } else { (declared.name().to_owned(), None) };
            let rank = match declared {
                Declared::Section(_) | Declared::Part(_) | Declared::Policies | Declared::Fragment => 0,
                Declared::Policy(policy) if policy.element.name == "base" => 1,
                Declared::Policy(_) => 2,
            };
            Completion {
                label: declared.name().to_owned(),
                kind: CompletionKind::Element,
                detail: String::new(),
                docs: markdown::element(declared),
                range: self.range_of(span),
                text,
                cursor,
                rank,
            }
        };
        allowed_in(holder, self.kind).into_iter().map(completion).collect()
    }

    /// The attributes that an element lacks.
    pub(super) fn attributes(&self, element: Element<'_>, span: Span) -> Vec<Completion> {
        let Some(known) = declared(element).and_then(Declared::element) else { return Vec::new() };
        let is_same = |name: &str| self.source().slice(span) == name;
        let has_value =
            self.source().text().get(span.end as usize..).is_some_and(|rest| rest.trim_start().starts_with('='));
        let missing =
            known.attributes.iter().filter(|known| element.attribute(known.name).is_none() || is_same(known.name));
        let completion = |known: &policies::AttributeDef| Completion {
            label: known.name.to_owned(),
            kind: CompletionKind::Attribute,
            detail: markdown::summary(known),
            docs: known.docs.to_owned(),
            range: self.range_of(span),
            text: if has_value { known.name.to_owned() } else { format!("{}=\"\"", known.name) },
            cursor: (!has_value).then_some(known.name.len() + 2),
            rank: u8::from(!known.required),
        };
        missing.map(completion).collect()
    }

    /// What can stand between the tags of an element: its text, or elements.
    pub(super) fn content(
        &self,
        holder: Option<Element<'_>>,
        is_blank: bool,
        offset: u32,
        neighbours: &Neighbours<'_>,
    ) -> Vec<Completion> {
        let text = holder.and_then(declared).and_then(Declared::element).and_then(|element| element.text.as_ref());
        let mut found = Vec::new();
        if let (Some(known), Some(holder)) = (text, holder) {
            let span = if is_blank { Span::empty(offset) } else { holder.text().span() };
            found.extend(self.values(known, span, is_blank, neighbours));
        }
        if is_blank {
            found.extend(self.elements(holder, Span::empty(offset), "<", true));
        }
        found
    }
}

/// The text of an element with what it needs, and where the cursor goes.
fn tag(declared: Declared, open: &str) -> (String, Option<usize>) {
    let mut text = format!("{open}{}", declared.name());
    let mut cursor = None;
    let attributes = declared.element().map_or(&[][..], |element| element.attributes);
    for attribute in attributes.iter().filter(|attribute| attribute.required) {
        text.push_str(&format!(" {}=\"", attribute.name));
        cursor = cursor.or(Some(text.len()));
        if attribute.expression == ExpressionUse::Step {
            text.push_str("@()");
            cursor = cursor.map(|at| if at + 3 == text.len() { at + 2 } else { at });
        }
        text.push('"');
    }
    if declared.has_content() {
        text.push('>');
        cursor = cursor.or(Some(text.len()));
        text.push_str(&format!("</{}>", declared.name()));
    } else {
        text.push_str(" />");
    }
    (text, cursor)
}
