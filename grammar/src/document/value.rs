//! Values: what an attribute or an element's text holds, decoded, with named values filled in, literal or expression.
//!
//! Not here: what a value means to its policy (`check`).

use super::characters::is_all_blank;
use super::entity::{Reference, reference};
use super::extent::whole;
use super::named_values::{NamedValue, NamedValues, name_at};
use super::tree::{Attribute, Document, Element, ExpressionRow, Language, Node, NodeKind};
use crate::source::{MappedText, Span};

/// The value of an attribute, or the text of an element.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    holder: Holder<'d>,
}

#[derive(Clone, Copy)]
enum Holder<'d> {
    Attribute(Attribute<'d>),
    /// The text directly in an element.
    Text(Element<'d>),
    /// The whole content of an element, markup as written.
    Markup(Element<'d>),
}

/// A stretch of the document that belongs to a value.
#[derive(Clone, Copy)]
struct Piece {
    span: Span,
    /// Whether entities in it stand for characters.
    decode: bool,
}

/// How an expression is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `@(…)`: one C# expression.
    Single,
    /// `@{…}`: the body of a C# method.
    Block,
}

/// A value as its policy gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The text or the expression.
    pub content: Content,
    /// The named values that the document names in it, in order. In a Liquid template only those that exist.
    pub named_values: Vec<NamedValueUse>,
}

/// What a value is once it is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain text; line breaks and blanks as XML hands them on.
    Literal(MappedText),
    /// C#; line breaks as written.
    Expression(Code),
}

/// The C# of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// How it is wrapped.
    pub form: Form,
    /// What stands between the wrapper's brackets, with its places; XML comments in it are blanks.
    pub text: MappedText,
    /// Where it stands in the document, wrapper included.
    pub span: Span,
    /// Whether the closing bracket is there.
    pub is_closed: bool,
    /// Where other text follows it in the same value, which makes the value faulty.
    pub trailing: Option<Span>,
}

/// A named value that a value refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedValueUse {
    /// The name between the braces.
    pub name: String,
    /// Where the reference stands in the document, braces included.
    pub span: Span,
    /// What stands for it: the range in the literal's text or in the expression's [`Code::text`].
    pub at: Span,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a reference to a named value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its text stands there.
    Filled {
        /// Whether that text must not be shown or stored in the clear.
        secret: bool,
    },
    /// The reference stands there; its text comes in where the policy runs.
    Deferred,
    /// The reference stands there: there is no such named value.
    Unknown,
    /// The reference stands there: there was no instance to ask.
    Unbound,
}

impl Resolved {
    /// The text, if it is a literal.
    #[must_use]
    pub fn literal(&self) -> Option<&MappedText> {
        match &self.content {
            Content::Literal(text) => Some(text),
            Content::Expression(_) => None,
        }
    }

    /// The expression, if it is one.
    #[must_use]
    pub fn expression(&self) -> Option<&Code> {
        match &self.content {
            Content::Literal(_) => None,
            Content::Expression(code) => Some(code),
        }
    }

    /// Where a literal holds `@(` or `@{`, which is probably meant as an expression and is none: a range of its text.
    #[must_use]
    pub fn embedded_expression(&self) -> Option<Span> {
        let text = self.literal()?.text();
        let at = text.find("@(").into_iter().chain(text.find("@{")).min()?;
        Some(Span::from(at..at + 2))
    }

    /// Whether text that must not be shown is part of it.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        let secret = |outcome| matches!(outcome, Outcome::Filled { secret: true } | Outcome::Deferred);
        self.named_values.iter().any(|used| secret(used.outcome))
    }
}

impl<'d> Value<'d> {
    pub(super) fn of_attribute(attribute: Attribute<'d>) -> Self {
        Self { document: attribute.element().document(), holder: Holder::Attribute(attribute) }
    }

    pub(super) fn of_text(element: Element<'d>) -> Self {
        Self { document: element.document(), holder: Holder::Text(element) }
    }

    pub(super) fn of_markup(element: Element<'d>) -> Self {
        Self { document: element.document(), holder: Holder::Markup(element) }
    }

    /// Where it stands: between an attribute's quotes, or from the first to the last text of an element.
    #[must_use]
    pub fn span(self) -> Span {
        match self.holder {
            Holder::Attribute(attribute) => {
                attribute.value_span().unwrap_or_else(|| Span::empty(attribute.name_span().end))
            }
            Holder::Markup(element) => element.content_span(),
            Holder::Text(element) => self
                .pieces()
                .map(|piece| piece.span)
                .reduce(Span::to)
                .unwrap_or_else(|| Span::empty(element.content_span().start)),
        }
    }

    /// The text of its span as it is written.
    #[must_use]
    pub fn written(self) -> &'d str {
        self.document.source().slice(self.span())
    }

    /// Whether it holds nothing but blanks.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self.pieces().all(|piece| self.is_blank_at(piece.span))
    }

    /// The language it is written in. A value that is not [`Language::Policy`] is never an expression.
    #[must_use]
    pub fn language(self) -> Language {
        match self.holder {
            Holder::Attribute(attribute) => attribute.element().parent().map_or(Language::Policy, Element::language),
            Holder::Text(element) | Holder::Markup(element) => element.language(),
        }
    }

    /// The expression that is written in it, before any named value is filled in.
    #[must_use]
    pub fn expression(self) -> Option<Expression<'d>> {
        // Most elements hold nothing but elements; this also keeps the search below from going through all of those.
        if self.is_blank() {
            return None;
        }
        let span = self.span();
        let rows = &self.document.expressions;
        let first = rows.partition_point(|row| row.span.start < span.start);
        let row = rows.get(first..)?.iter().take_while(|row| row.span.start < span.end).find(|row| self.holds(row))?;
        let is_other = |piece: Piece| !piece.span.contains(row.span) && !self.is_blank_at(piece.span);
        (!self.pieces().any(is_other)).then_some(Expression { document: self.document, row })
    }

    fn is_blank_at(self, span: Span) -> bool {
        is_all_blank(self.document.source().slice(span))
    }

    fn holds(self, row: &ExpressionRow) -> bool {
        let node = Node { document: self.document, index: row.node };
        match self.holder {
            Holder::Attribute(attribute) => row.attribute == Some(attribute.index),
            Holder::Text(element) => row.attribute.is_none() && node.parent() == Some(element),
            Holder::Markup(_) => false,
        }
    }

    /// The value as its policy gets it: entities decoded, named values filled in.
    ///
    /// Whether it is an expression is decided on the filled-in text, because a named value may hold the whole
    /// expression or a part of one.
    #[must_use]
    pub fn resolve(self, named_values: &dyn NamedValues) -> Resolved {
        let written = self.expression();
        let comments = written.map_or(&[] as &[Span], |expression| &expression.row.comments);
        let (text, uses) = self.fill(named_values, None, comments);
        let is_filled = uses.iter().any(|used| matches!(used.outcome, Outcome::Filled { .. }));
        if self.language() != Language::Policy {
            return Resolved { content: Content::Literal(text), named_values: uses };
        }
        let found = match written {
            Some(expression) if !is_filled => expression.place_in(&text),
            None if !is_filled => None,
            _ => whole(text.text()).map(|whole| Place {
                span: Span::from(whole.start..whole.end),
                is_closed: whole.closed,
                trailing: whole.followed.map(|end| Span::from(whole.end..end)),
            }),
        };
        match found {
            Some(place) => resolved_expression(&text, place, uses),
            None => self.resolved_literal(named_values, text, uses),
        }
    }

    fn resolved_literal(self, named_values: &dyn NamedValues, text: MappedText, uses: Vec<NamedValueUse>) -> Resolved {
        if !text.text().contains(['\t', '\n', '\r']) {
            return Resolved { content: Content::Literal(text), named_values: uses };
        }
        let blanks = match self.holder {
            Holder::Attribute(_) => Blanks::OfAttribute,
            Holder::Text(_) | Holder::Markup(_) => Blanks::OfText,
        };
        let (text, uses) = self.fill(named_values, Some(blanks), &[]);
        Resolved { content: Content::Literal(text), named_values: uses }
    }

    fn pieces(self) -> impl Iterator<Item = Piece> + use<'d> {
        let (one, element) = match self.holder {
            Holder::Attribute(attribute) => (attribute.value_span().map(|span| Piece { span, decode: true }), None),
            Holder::Markup(element) => (Some(Piece { span: element.content_span(), decode: false }), None),
            Holder::Text(element) => (None, Some(element)),
        };
        let texts = element.into_iter().flat_map(Element::children).filter_map(|node| match node.kind() {
            NodeKind::Text => Some(Piece { span: node.span(), decode: true }),
            NodeKind::CData => Some(Piece { span: node.content_span(), decode: false }),
            _ => None,
        });
        one.into_iter().chain(texts)
    }

    /// Puts the pieces together; the stretches in `erased` become blanks.
    fn fill(
        self,
        named_values: &dyn NamedValues,
        blanks: Option<Blanks>,
        erased: &[Span],
    ) -> (MappedText, Vec<NamedValueUse>) {
        let mut filler = Filler {
            text: self.document.source().text(),
            named_values,
            is_liquid: self.language() == Language::Liquid,
            blanks,
            out: MappedText::default(),
            uses: Vec::new(),
        };
        for piece in self.pieces() {
            let mut at = piece.span.start;
            for span in erased.iter().filter(|span| piece.span.contains(**span)) {
                filler.fill(Span::new(at, span.start), piece.decode);
                filler.erase(*span);
                at = span.end;
            }
            filler.fill(Span::new(at, piece.span.end), piece.decode);
        }
        (filler.out, filler.uses)
    }
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.written(), self.span())
    }
}

/// Where an expression stands in a put-together text.
struct Place {
    span: Span,
    is_closed: bool,
    trailing: Option<Span>,
}

fn resolved_expression(text: &MappedText, place: Place, mut uses: Vec<NamedValueUse>) -> Resolved {
    let start = place.span.start + 2;
    let inner = Span::new(start, place.span.end - u32::from(place.is_closed));
    let form = if text.text().get(start as usize - 1..).is_some_and(|rest| rest.starts_with('{')) {
        Form::Block
    } else {
        Form::Single
    };
    for used in &mut uses {
        let clamp = |at: u32| at.clamp(inner.start, inner.end) - inner.start;
        used.at = Span::new(clamp(used.at.start), clamp(used.at.end));
    }
    let code = Code {
        form,
        text: text.part(inner),
        span: text.source_span(place.span),
        is_closed: place.is_closed,
        trailing: place.trailing.map(|span| text.source_span(span)),
    };
    Resolved { content: Content::Expression(code), named_values: uses }
}

/// How XML hands on line breaks and tabs that are written as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blanks {
    /// Each becomes a blank.
    OfAttribute,
    /// A line break of any kind becomes a line feed.
    OfText,
}

struct Filler<'a> {
    text: &'a str,
    named_values: &'a dyn NamedValues,
    is_liquid: bool,
    blanks: Option<Blanks>,
    out: MappedText,
    uses: Vec<NamedValueUse>,
}

impl Filler<'_> {
    fn fill(&mut self, span: Span, decode: bool) {
        let end = span.end as usize;
        let text = self.text.get(..end).unwrap_or(self.text);
        let mut from = span.start as usize;
        let mut at = from;
        while let Some(byte) = text.as_bytes().get(at).copied() {
            let (replaced, len) = match byte {
                b'&' if decode => match reference(text, at) {
                    Reference::Character { character, len } => (Some(character), len),
                    _ => (None, 1),
                },
                b'{' => match name_at(text, at) {
                    Some(name) => {
                        self.push(text, from, at);
                        self.named_value(name, Span::from(at..at + name.len() + 4));
                        at += name.len() + 4;
                        from = at;
                        continue;
                    }
                    None => (None, 1),
                },
                b'\t' if self.blanks == Some(Blanks::OfAttribute) => (Some(' '), 1),
                b'\r' | b'\n' if self.blanks.is_some() => {
                    let len = if text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
                    match self.blanks {
                        Some(Blanks::OfAttribute) => (Some(' '), len),
                        _ if byte == b'\r' => (Some('\n'), len),
                        _ => (None, 1),
                    }
                }
                _ => (None, 1),
            };
            if let Some(character) = replaced {
                self.push(text, from, at);
                let mut buffer = [0; 4];
                self.out.push_replacement(character.encode_utf8(&mut buffer), Span::from(at..at + len));
                from = at + len;
            }
            at += len;
        }
        self.push(text, from, end);
    }

    fn push(&mut self, text: &str, from: usize, to: usize) {
        self.out.push_verbatim(text.get(from..to).unwrap_or_default(), Span::from(from..to).start);
    }

    /// Puts blanks in place of what stands at `span`, line breaks kept.
    fn erase(&mut self, span: Span) {
        let erased = crate::source::slice(self.text, span).bytes();
        let blanks: String = erased.map(|b| if matches!(b, b'\n' | b'\r') { char::from(b) } else { ' ' }).collect();
        self.out.push_replacement(&blanks, span);
    }

    fn named_value(&mut self, name: &str, span: Span) {
        let start = super::builder::index(self.out.text().len());
        let written = crate::source::slice(self.text, span);
        let outcome = match self.named_values.named_value(name) {
            NamedValue::Text { text, secret } => {
                self.out.push_replacement(text, span);
                Outcome::Filled { secret }
            }
            kept => {
                self.out.push_verbatim(written, span.start);
                match kept {
                    NamedValue::Deferred => Outcome::Deferred,
                    NamedValue::Unknown => Outcome::Unknown,
                    _ => Outcome::Unbound,
                }
            }
        };
        // In a template an unknown name is Liquid's own.
        if self.is_liquid && matches!(outcome, Outcome::Unknown | Outcome::Unbound) {
            return;
        }
        let at = Span::new(start, super::builder::index(self.out.text().len()));
        self.uses.push(NamedValueUse { name: name.to_owned(), span, at, outcome });
    }
}

/// An expression as it stands in the document.
#[derive(Clone, Copy)]
pub struct Expression<'d> {
    document: &'d Document,
    row: &'d ExpressionRow,
}

impl<'d> Expression<'d> {
    /// From the `@` to behind the closing bracket; without one, as far as it seems to reach.
    #[must_use]
    pub fn span(self) -> Span {
        self.row.span
    }

    /// Whether its closing bracket is there.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.row.closed
    }

    /// How it is wrapped.
    #[must_use]
    pub fn form(self) -> Form {
        if self.written().starts_with("@{") { Form::Block } else { Form::Single }
    }

    /// Its text as written, wrapper included.
    #[must_use]
    pub fn written(self) -> &'d str {
        self.document.source().slice(self.row.span)
    }

    /// Its text with entities decoded, wrapper and XML comments included, named values as they are.
    #[must_use]
    pub fn decoded(self) -> MappedText {
        let node = Node { document: self.document, index: self.row.node };
        let mut filler = Filler {
            text: self.document.source().text(),
            named_values: &super::named_values::NoInstance,
            is_liquid: false,
            blanks: None,
            out: MappedText::default(),
            uses: Vec::new(),
        };
        filler.fill(self.row.span, node.kind() != NodeKind::CData);
        filler.out
    }

    /// The element that has it as an attribute or as its text; none for text at the top.
    #[must_use]
    pub fn element(self) -> Option<Element<'d>> {
        let node = Node { document: self.document, index: self.row.node };
        if self.row.attribute.is_some() { node.element() } else { node.parent() }
    }

    /// The attribute whose value it is; none if it is text.
    #[must_use]
    pub fn attribute(self) -> Option<Attribute<'d>> {
        let index = self.row.attribute?;
        Some(Attribute { element: self.element()?, index })
    }

    /// The value it fills.
    #[must_use]
    pub fn value(self) -> Option<Value<'d>> {
        match self.attribute() {
            Some(attribute) => Some(attribute.value()),
            None => self.element().map(Element::text),
        }
    }

    /// Where this expression stands in the text of its value, if nothing was filled in.
    fn place_in(self, text: &MappedText) -> Option<Place> {
        let start = text.offset_of(self.row.span.start)?;
        let end = text.offset_of(self.row.span.end).unwrap_or(super::builder::index(text.text().len()));
        let rest = text.text().get(end as usize..).unwrap_or_default();
        let last = end + super::builder::index(rest.trim_end_matches([' ', '\t', '\r', '\n']).len());
        let trailing = (last > end).then_some(Span::new(end, last));
        Some(Place { span: Span::new(start, end), is_closed: self.row.closed, trailing })
    }
}

impl std::fmt::Debug for Expression<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.written(), self.span())
    }
}

impl Document {
    /// Every expression in the order of the text; those in comments, templates and style sheets are none.
    pub fn expressions(&self) -> impl ExactSizeIterator<Item = Expression<'_>> {
        self.expressions.iter().map(|row| Expression { document: self, row })
    }

    pub(super) fn expression(&self, index: usize) -> Option<Expression<'_>> {
        self.expressions.get(index).map(|row| Expression { document: self, row })
    }

    /// What looks like an expression and is never evaluated, in the order of the text: stretches within other text, in
    /// Liquid templates and in style sheets.
    pub fn embedded_expressions(&self) -> impl ExactSizeIterator<Item = Expression<'_>> {
        self.embedded.iter().map(|row| Expression { document: self, row })
    }
}
