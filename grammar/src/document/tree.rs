//! The tree of a policy document: rows in the order of the text, and views to walk them.
//!
//! Lossless: the tags, texts and other nodes of a document, one behind the other, are its text. Elements nest at most
//! [`MAX_DEPTH`](super::MAX_DEPTH) deep, so a walk may recurse; nothing here does.
//!
//! Not here: what values mean ([`Value`](super::Value)), and what stands at an offset (`place`).

use std::sync::OnceLock;

use super::builder::NONE;
use super::characters::is_all_blank;
use super::tag::AttributeRow;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// A policy document as it was read.
#[derive(Debug)]
pub struct Document {
    pub(super) source: Source,
    pub(super) nodes: Vec<NodeRow>,
    pub(super) elements: Vec<ElementRow>,
    pub(super) attributes: Vec<AttributeRow>,
    pub(super) expressions: Vec<ExpressionRow>,
    pub(super) embedded: Vec<ExpressionRow>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// For each element its number among its siblings of the same name; made when first asked for.
    pub(super) ordinals: OnceLock<Vec<u32>>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// An element with all that lies in it.
    Element,
    /// Text between tags, blanks included; entities as they are written.
    Text,
    /// A `<![CDATA[…]]>` section.
    CData,
    /// A comment.
    Comment,
    /// A `<?…?>` instruction.
    ProcessingInstruction,
    /// The `<?xml …?>` declaration.
    Declaration,
    /// A `<!DOCTYPE …>`, which no policy document may have.
    DocumentType,
    /// A closing tag that closes nothing.
    Stray,
}

/// The language of an element's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Policies, their settings, or plain text.
    Policy,
    /// A Liquid template, with any XML elements that it produces.
    Liquid,
    /// An XSLT style sheet.
    Xslt,
}

/// One node; the rows of all nodes stand in the order of the text, parents before their children.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeRow {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
    pub(super) parent: u32,
    /// The row behind the last one that lies in this node.
    pub(super) end: u32,
    /// The element row of an element.
    pub(super) element: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct ElementRow {
    pub(super) node: u32,
    pub(super) name: Span,
    pub(super) open: Span,
    pub(super) close: Option<Span>,
    pub(super) close_name: Span,
    pub(super) attributes: (u32, u32),
    pub(super) self_closing: bool,
    pub(super) tag_closed: bool,
    pub(super) language: Language,
}

/// An expression that fills a value.
#[derive(Clone, Debug)]
pub(super) struct ExpressionRow {
    /// From the `@` to behind the closing bracket, or as far as it seems to reach.
    pub(super) span: Span,
    pub(super) closed: bool,
    /// XML comments between its tokens.
    pub(super) comments: Vec<Span>,
    /// The text or CDATA node it stands in, or the element that has the attribute.
    pub(super) node: u32,
    pub(super) attribute: Option<u32>,
}

/// Names a node of one document as long as the document is not read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl Document {
    /// The text it was read from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What is wrong with it as text, in the order of the text.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The nodes at the top, texts and comments included.
    pub fn children(&self) -> impl Iterator<Item = Node<'_>> {
        Children { document: self, next: 0, end: self.row_count() }
    }

    /// The elements at the top: one in a whole document, any number in a snippet.
    pub fn roots(&self) -> impl Iterator<Item = Element<'_>> {
        self.children().filter_map(Node::element)
    }

    /// The first element at the top.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_>> {
        self.roots().next()
    }

    /// Every node in the order of the text, parents before their children.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> {
        (0..self.row_count()).map(|index| Node { document: self, index })
    }

    /// Every element in the order of the text, parents before their children.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = Element<'_>> {
        (0..super::builder::index(self.elements.len())).map(|index| Element { document: self, index })
    }

    /// The node with this name, if the document has it.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        (id.0 < self.row_count()).then_some(Node { document: self, index: id.0 })
    }

    pub(super) fn row_count(&self) -> u32 {
        super::builder::index(self.nodes.len())
    }

    /// The number of an element among its siblings of the same name, from 1.
    fn ordinal(&self, element: u32) -> u32 {
        let ordinals = self.ordinals.get_or_init(|| {
            let mut counts: std::collections::HashMap<(u32, &str), u32> = std::collections::HashMap::new();
            let count = |element: Element<'_>| {
                let count = counts.entry((element.row().parent, self.source.slice(element.name_span()))).or_default();
                *count += 1;
                *count
            };
            self.elements().map(count).collect()
        });
        ordinals.get(element as usize).copied().unwrap_or(1)
    }
}

/// A node of a document.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    pub(super) document: &'d Document,
    pub(super) index: u32,
}

impl<'d> Node<'d> {
    pub(super) fn row(self) -> &'d NodeRow {
        const ABSENT: &NodeRow =
            &NodeRow { kind: NodeKind::Stray, span: Span { start: 0, end: 0 }, parent: NONE, end: 0, element: NONE };
        self.document.nodes.get(self.index as usize).unwrap_or(ABSENT)
    }

    /// Names this node in its document.
    #[must_use]
    pub fn id(self) -> NodeId {
        NodeId(self.index)
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> NodeKind {
        self.row().kind
    }

    /// All of it; an element's tags and content included.
    #[must_use]
    pub fn span(self) -> Span {
        self.row().span
    }

    /// The text of its span, as written.
    #[must_use]
    pub fn written(self) -> &'d str {
        self.document.source.slice(self.span())
    }

    /// What stands between the marks of a comment or CDATA section; of any other node, all of it.
    #[must_use]
    pub fn content_span(self) -> Span {
        let span = self.span();
        let (before, after) = match self.kind() {
            NodeKind::Comment => ("<!--", "-->"),
            NodeKind::CData => ("<![CDATA[", "]]>"),
            _ => return span,
        };
        let written = self.written();
        let start = span.start + super::builder::index(before.len());
        let is_closed = written.len() >= before.len() + after.len() && written.ends_with(after);
        Span::new(start, if is_closed { span.end - super::builder::index(after.len()) } else { span.end })
    }

    /// The element, if it is one.
    #[must_use]
    pub fn element(self) -> Option<Element<'d>> {
        let row = self.row();
        (row.kind == NodeKind::Element).then_some(Element { document: self.document, index: row.element })
    }

    /// The element it lies in.
    #[must_use]
    pub fn parent(self) -> Option<Element<'d>> {
        let row = self.document.nodes.get(self.row().parent as usize)?;
        Some(Element { document: self.document, index: row.element })
    }

    /// Whether it is text that holds nothing but blanks.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self.kind() == NodeKind::Text && is_all_blank(self.written().trim_start_matches('\u{FEFF}'))
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    pub(super) document: &'d Document,
    pub(super) index: u32,
}

impl<'d> Element<'d> {
    fn element_row(self) -> &'d ElementRow {
        const NOWHERE: Span = Span { start: 0, end: 0 };
        const ABSENT: &ElementRow = &ElementRow {
            node: NONE,
            name: NOWHERE,
            open: NOWHERE,
            close: None,
            close_name: NOWHERE,
            attributes: (0, 0),
            self_closing: true,
            tag_closed: true,
            language: Language::Policy,
        };
        self.document.elements.get(self.index as usize).unwrap_or(ABSENT)
    }

    fn row(self) -> &'d NodeRow {
        self.node().row()
    }

    /// The document it stands in.
    #[must_use]
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// This element as a node.
    #[must_use]
    pub fn node(self) -> Node<'d> {
        Node { document: self.document, index: self.element_row().node }
    }

    /// Names this element in its document.
    #[must_use]
    pub fn id(self) -> NodeId {
        NodeId(self.element_row().node)
    }

    /// Its name, prefix included.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.document.source.slice(self.name_span())
    }

    /// Where its name stands in the opening tag.
    #[must_use]
    pub fn name_span(self) -> Span {
        self.element_row().name
    }

    /// All of it, from the opening tag to the closing one.
    #[must_use]
    pub fn span(self) -> Span {
        self.row().span
    }

    /// Its opening tag; an element that closes itself has only this.
    #[must_use]
    pub fn open_span(self) -> Span {
        self.element_row().open
    }

    /// Its closing tag; none if it closes itself or the tag is missing.
    #[must_use]
    pub fn close_span(self) -> Option<Span> {
        self.element_row().close
    }

    /// Where the name stands in the closing tag.
    #[must_use]
    pub fn close_name_span(self) -> Option<Span> {
        self.element_row().close.map(|_| self.element_row().close_name)
    }

    /// What lies between its tags; empty at the end of a tag that closes itself.
    #[must_use]
    pub fn content_span(self) -> Span {
        let row = self.element_row();
        Span::new(row.open.end, row.close.map_or(self.span().end, |close| close.start))
    }

    /// Whether it ends with `/>`.
    #[must_use]
    pub fn is_self_closing(self) -> bool {
        self.element_row().self_closing
    }

    /// Whether its opening tag has its `>`; it lacks it while it is being typed.
    #[must_use]
    pub fn is_tag_closed(self) -> bool {
        self.element_row().tag_closed
    }

    /// The language of what lies in it. The elements of a Liquid template or a style sheet are no policies.
    #[must_use]
    pub fn language(self) -> Language {
        self.element_row().language
    }

    /// The element it lies in.
    #[must_use]
    pub fn parent(self) -> Option<Element<'d>> {
        self.node().parent()
    }

    /// The elements it lies in, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'d>> {
        std::iter::successors(self.parent(), |element| element.parent())
    }

    /// The nodes directly in it, texts and comments included.
    pub fn children(self) -> impl Iterator<Item = Node<'d>> {
        let row = self.element_row();
        Children { document: self.document, next: row.node.saturating_add(1), end: self.row().end }
    }

    /// The elements directly in it.
    pub fn elements(self) -> impl Iterator<Item = Element<'d>> {
        self.children().filter_map(Node::element)
    }

    /// Every element in it, at any depth, in the order of the text.
    pub fn descendants(self) -> impl Iterator<Item = Element<'d>> {
        let document = self.document;
        let end = self.row().end;
        let inside = move |element: &Element<'d>| element.element_row().node < end;
        (self.index + 1..super::builder::index(document.elements.len()))
            .map(move |index| Element { document, index })
            .take_while(inside)
    }

    /// The first element directly in it that has this name.
    #[must_use]
    pub fn child(self, name: &str) -> Option<Element<'d>> {
        self.elements().find(|element| element.name() == name)
    }

    /// Its attributes in the order of the text; one given twice comes twice.
    pub fn attributes(self) -> impl ExactSizeIterator<Item = Attribute<'d>> {
        let (first, end) = self.element_row().attributes;
        (first..end).map(move |index| Attribute { element: self, index })
    }

    /// The attribute of this name; the first, if it is given twice.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<Attribute<'d>> {
        self.attributes().find(|attribute| attribute.name() == name)
    }

    /// The text directly in it, CDATA sections included and comments left out.
    #[must_use]
    pub fn text(self) -> Value<'d> {
        Value::of_text(self)
    }

    /// All of its content as one text: with elements in it, the markup as written; without, its [`text`](Self::text).
    ///
    /// That is what policies mean whose content is a body or a template, such as `<set-body>`.
    #[must_use]
    pub fn body(self) -> Value<'d> {
        if self.elements().next().is_some() { Value::of_markup(self) } else { self.text() }
    }

    /// Its number among its siblings of the same name, from 1.
    #[must_use]
    pub fn ordinal(self) -> u32 {
        self.document.ordinal(self.index)
    }

    /// Its path from the top: `policies[1]/inbound[1]/choose[1]/when[2]`, siblings of the same name counted from 1.
    #[must_use]
    pub fn path(self) -> String {
        self.path_below(None)
    }

    /// Its path below its section, as `context.LastError.Path` gives it: `choose[1]/when[2]`. Outside a section, its
    /// path below the document's root if that is `policies` or `fragment`, and else its whole path.
    #[must_use]
    pub fn policy_path(self) -> String {
        let top = std::iter::once(self).chain(self.ancestors()).find(|element| {
            element.section_name().is_some()
                || (element.parent().is_none() && matches!(element.name(), "policies" | "fragment"))
        });
        self.path_below(top)
    }

    fn path_below(self, top: Option<Element<'d>>) -> String {
        let is_below = |element: &Element<'d>| top.is_none_or(|top| element.index != top.index);
        let mut steps: Vec<Element<'d>> = std::iter::once(self).chain(self.ancestors()).take_while(is_below).collect();
        steps.reverse();
        let steps: Vec<String> =
            steps.iter().map(|element| format!("{}[{}]", element.name(), element.ordinal())).collect();
        steps.join("/")
    }

    /// The section that it lies in or is: `inbound`, `backend`, `outbound` or `on-error`.
    #[must_use]
    pub fn section(self) -> Option<&'d str> {
        std::iter::once(self).chain(self.ancestors()).find_map(Element::section_name)
    }

    /// Its name, if it is a section: one of the four names, directly in `policies` or at the top.
    fn section_name(self) -> Option<&'d str> {
        let is_section = is_section_name(self.name())
            && self.parent().is_none_or(|parent| parent.name() == "policies" && parent.parent().is_none());
        is_section.then(|| self.name())
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }
}

impl Eq for Element<'_> {}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}> at {:?}", self.name(), self.span())
    }
}

/// Whether `name` is that of a section of a policy document.
#[must_use]
pub fn is_section_name(name: &str) -> bool {
    matches!(name, "inbound" | "backend" | "outbound" | "on-error")
}

/// An attribute of an element.
#[derive(Clone, Copy)]
pub struct Attribute<'d> {
    pub(super) element: Element<'d>,
    pub(super) index: u32,
}

impl<'d> Attribute<'d> {
    fn row(self) -> &'d AttributeRow {
        const ABSENT: &AttributeRow =
            &AttributeRow { name: Span { start: 0, end: 0 }, value: None, quote: 0, closed: false };
        self.element.document.attributes.get(self.index as usize).unwrap_or(ABSENT)
    }

    /// The element that has it.
    #[must_use]
    pub fn element(self) -> Element<'d> {
        self.element
    }

    /// Its name, prefix included.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.element.document.source.slice(self.row().name)
    }

    /// Where its name stands.
    #[must_use]
    pub fn name_span(self) -> Span {
        self.row().name
    }

    /// Where its value stands, without the quotes; none while there is no `=`.
    #[must_use]
    pub fn value_span(self) -> Option<Span> {
        self.row().value
    }

    /// From its name to behind its closing quote.
    #[must_use]
    pub fn span(self) -> Span {
        let row = self.row();
        let end = row.value.map_or(row.name.end, |value| value.end + u32::from(row.closed));
        Span::new(row.name.start, end)
    }

    /// The quote that opens its value; none if it has none.
    #[must_use]
    pub fn quote(self) -> Option<char> {
        match self.row().quote {
            0 => None,
            quote => Some(char::from(quote)),
        }
    }

    /// Whether its value stands between two quotes, as it has to.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.row().closed
    }

    /// Its value; empty at the end of its name while there is none.
    #[must_use]
    pub fn value(self) -> Value<'d> {
        Value::of_attribute(self)
    }
}

impl std::fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?}", self.name(), self.value().written())
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.kind(), self.span())
    }
}

/// The rows that follow one another on one level.
struct Children<'d> {
    document: &'d Document,
    next: u32,
    end: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { document: self.document, index: self.next };
        // A row ends behind itself, so this goes forward even if a row were wrong.
        self.next = node.row().end.max(self.next + 1);
        Some(node)
    }
}
