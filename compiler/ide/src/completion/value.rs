//! Values of attributes and texts: words, references, named values.

use grammar::document::Attribute;
use grammar::source::Span;
use policies::{AttributeDef, ExpressionUse, ValueType};

use super::{Completion, CompletionKind};
use crate::analysis::Analysis;
use crate::declared::declared;
use crate::neighbours::Neighbours;

impl Analysis {
    /// The values of an attribute.
    pub(super) fn attribute_values(&self, attribute: Attribute<'_>, neighbours: &Neighbours<'_>) -> Vec<Completion> {
        let known = declared(attribute.element()).and_then(crate::declared::Declared::element);
        let known = known.and_then(|element| element.attributes.iter().find(|known| known.name == attribute.name()));
        let (Some(known), Some(span)) = (known, attribute.value_span()) else { return Vec::new() };
        // A value that is still open reaches as far as the line.
        let span = match attribute.is_closed() {
            true => span,
            false => {
                let written = self.source().slice(span);
                let word = written.find(|c: char| c.is_whitespace() || c == '<' || c == '/').unwrap_or(written.len());
                Span::new(span.start, span.start + u32::try_from(word).unwrap_or(0))
            }
        };
        self.values(known, span, attribute.value().is_blank(), neighbours)
    }

    /// The values that an attribute or a text takes.
    pub(super) fn values(
        &self,
        known: &AttributeDef,
        span: Span,
        is_blank: bool,
        neighbours: &Neighbours<'_>,
    ) -> Vec<Completion> {
        let completion = |text: String, kind, detail: String, cursor| Completion {
            label: text.clone(),
            kind,
            detail,
            docs: known.docs.to_owned(),
            range: self.range_of(span),
            text,
            cursor,
            rank: u8::from(kind == CompletionKind::Expression),
        };
        let word = |word: &str| {
            let detail = if known.default == Some(word) { "the default" } else { "" };
            completion(word.to_owned(), CompletionKind::Keyword, detail.to_owned(), None)
        };
        let mut found: Vec<Completion> = match known.value {
            ValueType::Keyword(words) => words.iter().copied().map(word).collect(),
            ValueType::Bool => ["true", "false"].into_iter().map(word).collect(),
            ValueType::Reference(to) => {
                let names = neighbours.surroundings().names(to).into_iter();
                names.map(|name| completion(name, CompletionKind::Reference, to.name().to_owned(), None)).collect()
            }
            _ => Vec::new(),
        };
        if is_blank && known.expression != ExpressionUse::Never {
            let detail = || known.value.to_string();
            found.push(completion("@()".to_owned(), CompletionKind::Expression, detail(), Some(2)));
            found.push(completion("@{}".to_owned(), CompletionKind::Expression, detail(), Some(2)));
        }
        found
    }

    /// The named values that can follow `{{`; none if the cursor does not stand there.
    pub(super) fn named_values(&self, offset: u32, neighbours: &Neighbours<'_>) -> Option<Vec<Completion>> {
        let (before, behind) = self.source().text().split_at_checked(offset as usize)?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let head = before.trim_end_matches(is_part);
        if !head.ends_with("{{") {
            return None;
        }
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(0);
        let rest = behind.trim_start_matches(is_part);
        let end = offset + length(behind.len() - rest.len());
        let missing = match rest {
            rest if rest.starts_with("}}") => "",
            rest if rest.starts_with('}') => "}",
            _ => "}}",
        };
        let range = self.range_of(Span::new(length(head.len()), end));
        let names = neighbours.surroundings().named_value_names().into_iter();
        let completion = |name: String| {
            let secret = neighbours.named_value(&name).is_some_and(|value| value.is_secret());
            Completion {
                text: format!("{name}{missing}"),
                label: name,
                kind: CompletionKind::NamedValue,
                detail: if secret { "secret named value" } else { "named value" }.to_owned(),
                docs: String::new(),
                range,
                cursor: None,
                rank: 0,
            }
        };
        let mut found: Vec<Completion> = names.map(completion).collect();
        found.sort_by(|a, b| a.label.cmp(&b.label));
        found.dedup_by(|a, b| a.label == b.label);
        Some(found)
    }
}
