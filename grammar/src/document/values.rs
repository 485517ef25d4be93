//! Looks through the values of a finished tree: which of them are expressions, and what is wrong in them as text.

use memchr::{memchr, memmem};

use super::builder::{Builder, NONE};
use super::characters::{BYTE_ORDER_MARK, is_allowed, is_blank};
use super::entity::{Reference, reference};
use super::mask::Hidden;
use super::tree::{ExpressionRow, Language, NodeKind};
use crate::diagnostic::{Diagnostic, Fix, Level, Rule, Safety};
use crate::source::{Span, slice};

/// An expression without its closing bracket.
pub static UNCLOSED_EXPRESSION: Rule = Rule {
    id: "document/unclosed-expression",
    level: Level::Error,
    summary: "an expression has no closing bracket",
    page: include_str!("rules/unclosed-expression.md"),
    aliases: &[],
};

/// Text behind an expression in the same value.
pub static TEXT_AFTER_EXPRESSION: Rule = Rule {
    id: "document/text-after-expression",
    level: Level::Error,
    summary: "text follows an expression in the same value",
    page: include_str!("rules/text-after-expression.md"),
    aliases: &[],
};

/// An XML comment between the tokens of an expression.
pub static COMMENT_IN_EXPRESSION: Rule = Rule {
    id: "document/comment-in-expression",
    level: Level::Warning,
    summary: "an XML comment stands in an expression",
    page: include_str!("rules/comment-in-expression.md"),
    aliases: &[],
};

/// An ampersand that begins no entity.
pub static BARE_AMPERSAND: Rule = Rule {
    id: "document/bare-ampersand",
    level: Level::Warning,
    summary: "`&` begins no entity",
    page: include_str!("rules/bare-ampersand.md"),
    aliases: &[],
};

/// An entity that XML does not define.
pub static UNKNOWN_ENTITY: Rule = Rule {
    id: "document/unknown-entity",
    level: Level::Error,
    summary: "an entity is not defined",
    page: include_str!("rules/unknown-entity.md"),
    aliases: &[],
};

/// A character reference with a number that no character has.
pub static BAD_CHARACTER_REFERENCE: Rule = Rule {
    id: "document/bad-character-reference",
    level: Level::Error,
    summary: "a character reference names no character of XML",
    page: include_str!("rules/bad-character-reference.md"),
    aliases: &[],
};

/// A character that no XML document may hold.
pub static BAD_CHARACTER: Rule = Rule {
    id: "document/bad-character",
    level: Level::Error,
    summary: "a character is not allowed in XML",
    page: include_str!("rules/bad-character.md"),
    aliases: &[],
};

/// The end of a CDATA section where none is open.
pub static CDATA_END_IN_TEXT: Rule = Rule {
    id: "document/cdata-end-in-text",
    level: Level::Error,
    summary: "`]]>` stands in text",
    page: include_str!("rules/cdata-end-in-text.md"),
    aliases: &[],
};

/// What looks like an expression in a document.
#[derive(Default)]
pub(super) struct Found {
    /// Those that fill a value.
    pub(super) expressions: Vec<ExpressionRow>,
    /// Those that do not, or stand in another language than policies.
    pub(super) embedded: Vec<ExpressionRow>,
}

/// Finds the expressions among the values of the tree in `builder`, and reports what is wrong in any value of `text`.
pub(super) fn examine(text: &str, hidden: Vec<Hidden>, builder: &mut Builder<'_>) -> Found {
    let mut values = Values {
        text,
        has_references: memchr(b'&', text.as_bytes()).is_some(),
        hidden: hidden.into_iter().peekable(),
        found: Found::default(),
        builder,
    };
    values.run();
    values.bad_characters();
    values.found
}

struct Values<'t, 'b, 'd> {
    text: &'t str,
    has_references: bool,
    hidden: std::iter::Peekable<std::vec::IntoIter<Hidden>>,
    found: Found,
    builder: &'b mut Builder<'d>,
}

/// Where a value stands and how it is to be read.
#[derive(Clone, Copy)]
struct Place {
    span: Span,
    node: u32,
    attribute: Option<u32>,
    language: Language,
    decode: bool,
}

/// White space in XML.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn row(hidden: Hidden, place: Place) -> ExpressionRow {
    let Hidden { span, closed, comments } = hidden;
    ExpressionRow { span, closed, comments, node: place.node, attribute: place.attribute }
}

impl Values<'_, '_, '_> {
    fn run(&mut self) {
        for node in 0..super::builder::index(self.builder.nodes.len()) {
            let Some(row) = self.builder.nodes.get(node as usize).copied() else { break };
            let language = match self.builder.nodes.get(row.parent as usize) {
                Some(parent) if row.parent != NONE => self.language_of(parent.element),
                _ => Language::Policy,
            };
            let place = Place { span: row.span, node, attribute: None, language, decode: true };
            match row.kind {
                NodeKind::Element => self.attributes(row.element, place),
                NodeKind::Text => {
                    self.cdata_end(row.span);
                    self.value(place);
                }
                NodeKind::CData => {
                    let is_closed = slice(self.text, row.span).ends_with("]]>") && row.span.len() >= 12;
                    let end = row.span.end - if is_closed { 3 } else { 0 };
                    self.value(Place { span: Span::new(row.span.start + 9, end), decode: false, ..place });
                }
                _ => {}
            }
        }
    }

    fn language_of(&self, element: u32) -> Language {
        self.builder.elements.get(element as usize).map_or(Language::Policy, |element| element.language)
    }

    fn attributes(&mut self, element: u32, place: Place) {
        let (first, end) = self.builder.elements.get(element as usize).map_or((0, 0), |element| element.attributes);
        for attribute in first..end {
            let value = self.builder.attributes.get(attribute as usize).and_then(|attribute| attribute.value);
            if let Some(span) = value {
                self.value(Place { span, attribute: Some(attribute), ..place });
            }
        }
    }

    fn value(&mut self, place: Place) {
        while self.hidden.peek().is_some_and(|hidden| hidden.span.start < place.span.start) {
            self.hidden.next();
        }
        let is_in = |hidden: &Hidden| hidden.span.start < place.span.end;
        if self.hidden.peek().is_some_and(is_in) {
            let text = slice(self.text, place.span).trim_start_matches(BYTE_ORDER_MARK);
            let first = place.span.end - super::builder::index(text.trim_start_matches(BLANKS).len());
            let is_whole = |hidden: &Hidden| hidden.span.start == first && place.language == Language::Policy;
            if let Some(hidden) = self.hidden.next_if(is_whole) {
                let last = place.span.start
                    + super::builder::index(slice(self.text, place.span).trim_end_matches(BLANKS).len());
                self.expression(hidden, place, last);
                return while self.hidden.next_if(is_in).is_some_and(|hidden| self.embedded(hidden, place)) {};
            }
            while self.hidden.next_if(is_in).is_some_and(|hidden| self.embedded(hidden, place)) {}
        }
        if place.decode && self.has_references {
            self.references(place.span);
        }
    }

    /// Keeps what looks like an expression and is none.
    fn embedded(&mut self, hidden: Hidden, place: Place) -> bool {
        if hidden.closed && hidden.span.end <= place.span.end {
            self.found.embedded.push(row(hidden, place));
        }
        true
    }

    fn expression(&mut self, hidden: Hidden, place: Place, last: u32) {
        let span = Span::new(hidden.span.start, hidden.span.end.min(place.span.end));
        let closed = hidden.closed && span == hidden.span;
        let rest = Span::new(span.end, last);
        // What a named value completes is judged once it is filled in.
        let is_settled = memmem::find(slice(self.text, place.span).as_bytes(), b"{{").is_none();
        if !closed && is_settled {
            let (opening, bracket) = match slice(self.text, span).starts_with("@{") {
                true => ("@{", "}"),
                false => ("@(", ")"),
            };
            self.builder.faults.report(|source| {
                let at = Span::new(span.start, span.start + 2);
                let message = format!("the expression is never closed: `{opening}` lacks its `{bracket}`");
                let insertion = Fix::new(format!("Insert `{bracket}`"), Safety::Unsafe, Span::empty(span.end), bracket);
                Diagnostic::new(&UNCLOSED_EXPRESSION, source, at, message).fix(insertion)
            });
        }
        if closed && is_settled && !rest.is_empty() {
            let start = rest.end - super::builder::index(slice(self.text, rest).trim_start().len());
            self.builder.faults.report(|source| {
                let message = "text follows the expression; a value is one expression or none";
                Diagnostic::new(&TEXT_AFTER_EXPRESSION, source, Span::new(start, rest.end), message)
                    .help("put the text into the expression: `@($\"{…} text\")`")
            });
        }
        for comment in &hidden.comments {
            self.builder.faults.report(|source| {
                let message = "an XML comment stands in an expression; it is left out";
                let text = source.slice(*comment).trim_start_matches("<!--").trim_end_matches("-->");
                let fix = match text.contains("*/") {
                    true => None,
                    false => Some(Fix::safe("Write it as a C# comment", *comment, format!("/*{text}*/"))),
                };
                let diagnostic = Diagnostic::new(&COMMENT_IN_EXPRESSION, source, *comment, message);
                match fix {
                    Some(fix) => diagnostic.fix(fix),
                    None => diagnostic,
                }
            });
        }
        self.found.expressions.push(row(Hidden { span, closed, ..hidden }, place));
    }

    /// Reports the ampersands of a literal that are no reference, and the references that mean nothing.
    fn references(&mut self, span: Span) {
        let mut at = span.start as usize;
        let end = span.end as usize;
        while let Some(offset) = self.text.as_bytes().get(at..end).and_then(|rest| memchr(b'&', rest)) {
            at += offset;
            let found = reference(self.text.get(..end).unwrap_or_default(), at);
            let len = match found {
                Reference::Character { len, .. } | Reference::BadNumber { len } | Reference::UnknownName { len } => len,
                Reference::Bare => 1,
            };
            let span = Span::from(at..at + len);
            let ampersand = Span::from(at..at + 1);
            let written = slice(self.text, span);
            match found {
                Reference::Character { .. } => {}
                Reference::Bare => self.builder.faults.report(|source| {
                    let message = "`&` in text must be written `&amp;`";
                    Diagnostic::new(&BARE_AMPERSAND, source, span, message).fix(Fix::safe(
                        "Write `&amp;`",
                        ampersand,
                        "&amp;",
                    ))
                }),
                Reference::UnknownName { .. } => self.builder.faults.report(|source| {
                    let message =
                        format!("`{written}` is not defined; XML has `&lt;`, `&gt;`, `&amp;`, `&quot;` and `&apos;`");
                    Diagnostic::new(&UNKNOWN_ENTITY, source, span, message).fix(Fix::new(
                        "Write `&amp;`",
                        Safety::Unsafe,
                        ampersand,
                        "&amp;",
                    ))
                }),
                Reference::BadNumber { .. } => self.builder.faults.report(|source| {
                    let message = format!("`{written}` is no character that XML allows");
                    Diagnostic::new(&BAD_CHARACTER_REFERENCE, source, span, message)
                }),
            }
            at += len;
        }
    }

    fn cdata_end(&mut self, span: Span) {
        let text = slice(self.text, span);
        if memchr(b'>', text.as_bytes()).is_none() {
            return;
        }
        for (offset, _) in text.match_indices("]]>") {
            let at = span.start + super::builder::index(offset);
            // In an expression it is two indexers and a comparison.
            let is_hidden = self.hidden.peek().is_some_and(|hidden| hidden.span.start <= at && at < hidden.span.end);
            if is_hidden {
                continue;
            }
            self.builder.faults.report(|source| {
                let message = "`]]>` in text must be written `]]&gt;`";
                Diagnostic::new(&CDATA_END_IN_TEXT, source, Span::new(at, at + 3), message).fix(Fix::safe(
                    "Write `]]&gt;`",
                    Span::new(at + 2, at + 3),
                    "&gt;",
                ))
            });
        }
    }

    /// Reports the characters of the whole text that XML forbids.
    fn bad_characters(&mut self) {
        // Each begins with one of these bytes, and hardly any text has one.
        let is_suspect = |b: u8| b == 0xEF || (b < b' ' && !is_blank(b));
        if !self.text.bytes().fold(false, |found, b| found | is_suspect(b)) {
            return;
        }
        for (at, character) in self.text.char_indices().filter(|(_, c)| !is_allowed(*c)) {
            let span = Span::from(at..at + character.len_utf8());
            self.builder.faults.report(|source| {
                let message = format!("U+{:04X} is not allowed in XML", u32::from(character));
                Diagnostic::new(&BAD_CHARACTER, source, span, message).fix(Fix::new(
                    "Remove it",
                    Safety::Unsafe,
                    span,
                    "",
                ))
            });
        }
    }
}
