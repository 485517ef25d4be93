//! Names in expressions: members behind a point, variables, types, keywords; and the names of context variables in
//! strings.

use check::expression::Symbol;
use check::expression::offered::{self, Offer, OfferKind};
use grammar::document::{Expression, Form};
use grammar::expression::Kind;
use grammar::source::Span;

use super::{Completion, CompletionKind};
use crate::analysis::Analysis;
use crate::inside::{Inside, Receiver};
use crate::markdown;

/// Words that can begin an operand.
const OPERANDS: &[&str] = &["context", "default", "false", "new", "nameof", "null", "true", "typeof"];
/// Words that can begin a statement.
const STATEMENTS: &[&str] =
    &["do", "for", "foreach", "if", "return", "switch", "throw", "try", "using", "var", "while"];
/// The types that have words of their own.
const TYPES: &[&str] = &["bool", "byte", "char", "decimal", "double", "float", "int", "long", "object", "string"];

/// The rank of what every value has, which nobody looks for.
const OF_OBJECT: u8 = 3;

impl Analysis {
    pub(super) fn in_expression(&self, expression: Expression<'_>, offset: u32) -> Vec<Completion> {
        let inside = Inside::of(expression);
        let Some(at) = inside.text.offset_of(offset) else { return Vec::new() };
        let lexed = grammar::expression::lexemes(inside.text.text());
        if lexed.comments.iter().any(|span| span.start < at && at <= span.end) {
            return Vec::new();
        }
        let holds = |span: Span| span.start < at && (at < span.end);
        for lexeme in &lexed.lexemes {
            let span = lexeme.span();
            match lexeme.kind {
                // A string without its closing quote also holds its own end.
                Kind::String | Kind::UnfinishedString
                    if holds(span) || (at == span.end && !is_closed(inside.text.text(), span)) =>
                {
                    return self.variables(&inside, span, at);
                }
                Kind::Char | Kind::InterpolatedText | Kind::Integer | Kind::Real if holds(span) => return Vec::new(),
                Kind::Integer | Kind::Real if span.end == at => return Vec::new(),
                _ => {}
            }
        }
        let word = inside.word_at(at);
        let range = self.range_of(inside.text.source_span(word));
        let offers = match inside.receiver_of(word.start) {
            Some(None) => return Vec::new(),
            Some(Some(Receiver::Value(ty))) => offered::members_of_value(ty, true),
            Some(Some(Receiver::Type(ty))) => offered::members_of_type(ty, true),
            Some(Some(Receiver::Namespace(name))) => offered::members_of_namespace(&name, true),
            None => return self.names(&inside, word, expression.form() == Form::Block),
        };
        let mut found: Vec<Completion> = offers.into_iter().map(|offer| shown(offer, range)).collect();
        found.sort_by(|a, b| (a.rank, &a.label).cmp(&(b.rank, &b.label)));
        found
    }

    /// What can stand where no point is: variables, words of the language, types.
    fn names(&self, inside: &Inside, word: Span, is_block: bool) -> Vec<Completion> {
        let range = self.range_of(inside.text.source_span(word));
        let plain = |label: &str, kind, detail: String, rank| Completion {
            label: label.to_owned(),
            kind,
            detail,
            docs: String::new(),
            range,
            text: label.to_owned(),
            cursor: None,
            rank,
        };
        let mut found: Vec<Completion> = Vec::new();
        for symbol in inside.bound.semantics.visible_at(word.start) {
            let completion = match symbol {
                Symbol::Variable(name, ty, _) => plain(name, CompletionKind::Variable, ty.to_string(), 0),
                Symbol::LocalFunction(name, _) => plain(name, CompletionKind::Method, "local function".into(), 0),
                _ => continue,
            };
            // The nearest comes last and counts.
            found.retain(|known| known.label != completion.label);
            found.push(completion);
        }
        let words = |words: &[&str], rank| -> Vec<Completion> {
            words.iter().map(|word| plain(word, CompletionKind::Keyword, String::new(), rank)).collect()
        };
        found.extend(words(OPERANDS, 1));
        found.extend(words(TYPES, 2));
        if is_block {
            found.extend(words(STATEMENTS, 1));
        }
        found.extend(offered::types(true).into_iter().map(|offer| Completion { rank: 3, ..shown(offer, range) }));
        found
    }

    /// The variables of the context, where a string names one.
    fn variables(&self, inside: &Inside, string: Span, at: u32) -> Vec<Completion> {
        let text = inside.text.text();
        let before = text.get(..string.start as usize).unwrap_or_default().trim_end();
        let before = before.trim_end_matches('@');
        let call = before.strip_suffix('(').unwrap_or_default().trim_end();
        let call = match call.strip_suffix('>').and_then(|head| head.rsplit_once('<')) {
            Some((head, _)) => head,
            None => call,
        };
        let is_variable = before.ends_with("Variables[")
            || ["Variables.GetValueOrDefault", "Variables.ContainsKey", "Variables.TryGetValue"]
                .iter()
                .any(|name| call.ends_with(name));
        if !is_variable {
            return Vec::new();
        }
        let start = text
            .get(string.start as usize..)
            .map_or(string.start, |rest| string.start + if rest.starts_with('@') { 2 } else { 1 });
        let end = if is_closed(text, string) { string.end - 1 } else { string.end.min(at.max(start)) };
        let range = self.range_of(inside.text.source_span(Span::new(start.min(at), end.max(at))));
        let range = if start == end {
            self.range_of(Span::empty(inside.text.source_span(Span::empty(at)).start))
        } else {
            range
        };
        let mut names: Vec<&str> = Vec::new();
        for element in self.tree.elements() {
            for attribute in element.attributes() {
                let names_variable = attribute.name().ends_with("variable-name")
                    || (attribute.name() == "name" && element.name() == "set-variable");
                let name = attribute.value().written().trim();
                if names_variable && !name.is_empty() && !name.starts_with('@') && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let completion = |name: &str| Completion {
            label: name.to_owned(),
            kind: CompletionKind::Variable,
            detail: "set in this document".to_owned(),
            docs: String::new(),
            range,
            text: name.to_owned(),
            cursor: None,
            rank: 0,
        };
        names.into_iter().map(completion).collect()
    }
}

/// Whether a string has its closing quote.
fn is_closed(text: &str, string: Span) -> bool {
    let written = text.get(string.start as usize..string.end as usize).unwrap_or_default().trim_start_matches('@');
    written.len() > 1 && written.ends_with('"')
}

fn shown(offer: Offer, range: crate::range::Range) -> Completion {
    let (kind, detail, docs) = match &offer.kind {
        OfferKind::Value(owner, def) => {
            (CompletionKind::Property, def.signature.to_owned(), markdown::member(*owner, def))
        }
        OfferKind::Methods(owner, defs) => {
            let first = defs.first().map_or("", |def| def.signature);
            (CompletionKind::Method, first.to_owned(), markdown::overloads(*owner, defs))
        }
        OfferKind::Constant(ty) => (CompletionKind::Constant, ty.to_string(), String::new()),
        OfferKind::Part(ty) => (CompletionKind::Property, ty.to_string(), String::new()),
        OfferKind::Type(def) => (CompletionKind::Type, def.name.to_owned(), markdown::ty(def)),
        OfferKind::Namespace => (CompletionKind::Namespace, String::new(), String::new()),
    };
    let rank = match &offer.kind {
        OfferKind::Value(owner, _) | OfferKind::Methods(owner, _) if *owner == dotnet::catalogue::OBJECT => OF_OBJECT,
        _ => u8::try_from(offer.distance).unwrap_or(u8::MAX).min(2),
    };
    Completion {
        label: offer.name.to_owned(),
        kind,
        detail,
        docs,
        range,
        text: offer.name.to_owned(),
        cursor: None,
        rank,
    }
}
