//! Reads any bytes as a document and checks what must hold of every document: for fuzz targets and property tests.

use super::tree::{Document, Element, Node};
use super::value::Content;
use super::{MAX_DEPTH, NoInstance, Place, read};
use crate::diagnostic::Diagnostic;
use crate::source::{MappedText, Source, Span};

/// How many elements and offsets of one document are looked at closely.
const CLOSELY: usize = 500;

/// Reads `bytes` as a policy document and uses everything that can be asked of it.
///
/// # Panics
/// If the tree is not lossless, a span lies outside the text or splits a character, nodes do not nest, or a fix cannot
/// be applied. That is a bug in this crate.
pub fn exercise(bytes: &[u8]) {
    let source = Source::new("exercise.xml", String::from_utf8_lossy(bytes));
    let document = read(&source);
    assert_eq!(written(&document), source.text(), "the tree is not lossless");
    for node in document.nodes() {
        check_node(node);
    }
    for diagnostic in document.diagnostics() {
        check_diagnostic(&source, diagnostic);
    }
    for element in document.elements().take(CLOSELY) {
        check_element(element);
    }
    for expression in document.expressions().chain(document.embedded_expressions()) {
        check_span(&source, expression.span());
        assert!(expression.written().starts_with('@'), "{expression:?}");
        assert!(!expression.is_closed() || expression.written().ends_with([')', '}']), "{expression:?}");
        check_text(&source, &expression.decoded());
    }
    for reference in document.named_value_references() {
        assert_eq!(source.slice(reference.span), format!("{{{{{}}}}}", reference.name));
    }
    let step = source.text().len() / CLOSELY + 1;
    for offset in (0..=source.text().len()).step_by(step) {
        check_place(document.at(Span::from(offset..offset).start));
    }
}

/// The text that the tags and the other nodes of a document make, one behind the other.
#[must_use]
pub fn written(document: &Document) -> String {
    let mut out = String::new();
    let mut open: Vec<Element<'_>> = Vec::new();
    let close = |element: Element<'_>| element.close_span().map_or("", |span| document.source().slice(span));
    for node in document.nodes() {
        let parent = node.parent();
        while open.last().is_some_and(|last| Some(*last) != parent) {
            out += open.pop().map_or("", close);
        }
        match node.element() {
            Some(element) => {
                out += document.source().slice(element.open_span());
                open.push(element);
            }
            None => out += node.written(),
        }
    }
    while let Some(element) = open.pop() {
        out += close(element);
    }
    out
}

fn check_span(source: &Source, span: Span) {
    let text = source.text();
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end && end <= text.len(), "{span:?} lies outside the text");
    assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{span:?} splits a character");
}

fn check_node(node: Node<'_>) {
    check_span(node.document.source(), node.span());
    check_span(node.document.source(), node.content_span());
    if let Some(parent) = node.parent() {
        assert!(parent.span().contains(node.span()), "{node:?} does not lie in {parent:?}");
    }
    assert_eq!(node.document.node(node.id()).map(|same| same.span()), Some(node.span()));
}

fn check_element(element: Element<'_>) {
    let source = element.document().source();
    assert!(element.ancestors().count() <= MAX_DEPTH, "{element:?} lies too deep");
    for span in [element.name_span(), element.open_span(), element.content_span()] {
        check_span(source, span);
        assert!(element.span().contains(span), "{span:?} does not lie in {element:?}");
    }
    for attribute in element.attributes().take(CLOSELY) {
        check_span(source, attribute.span());
        assert!(element.open_span().contains(attribute.span()), "{attribute:?} does not lie in its tag");
        check_content(source, &attribute.value().resolve(&NoInstance).content);
    }
    for value in [element.text(), element.body()] {
        check_span(source, value.span());
        check_content(source, &value.resolve(&NoInstance).content);
    }
    assert!(element.path().ends_with(&element.policy_path()));
}

fn check_content(source: &Source, content: &Content) {
    match content {
        Content::Literal(text) => check_text(source, text),
        Content::Expression(code) => {
            check_span(source, code.span);
            check_text(source, &code.text);
        }
    }
}

fn check_text(source: &Source, text: &MappedText) {
    let step = text.text().len() / 50 + 1;
    for (at, c) in text.text().char_indices().step_by(step) {
        check_span(source, text.source_span(Span::from(at..at + c.len_utf8())));
    }
}

fn check_diagnostic(source: &Source, diagnostic: &Diagnostic) {
    check_span(source, diagnostic.span);
    for label in &diagnostic.labels {
        check_span(source, label.span);
    }
    for fix in &diagnostic.fixes {
        let mut end = 0;
        for edit in &fix.edits {
            check_span(source, edit.span);
            assert!(end <= edit.span.start, "the edits of {:?} overlap", fix.title);
            end = edit.span.end;
        }
    }
}

fn check_place(place: Place<'_>) {
    let is_nowhere = match place {
        Place::Content(element) => element.is_some_and(Element::is_self_closing),
        Place::ElementName(element) | Place::ClosingName(element) | Place::Tag(element) => element.span().is_empty(),
        Place::AttributeName(attribute) | Place::AttributeValue(attribute) => attribute.span().is_empty(),
        Place::Expression(expression) => expression.span().len() < 2,
        Place::Text(node) | Place::Other(node) => node.span().is_empty(),
    };
    assert!(!is_nowhere, "{place:?} stands nowhere");
}
