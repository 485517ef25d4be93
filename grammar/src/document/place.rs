//! What stands at an offset of a document: the question of an editor that knows only where its cursor is.

use super::tree::{Attribute, Document, Element, Node, NodeKind};
use super::value::Expression;

/// What stands at an offset. A cursor directly behind a name is still in that name.
#[derive(Clone, Copy, Debug)]
pub enum Place<'d> {
    /// Between the nodes of an element, or of the document at its top.
    Content(Option<Element<'d>>),
    /// The name of an element in its opening tag.
    ElementName(Element<'d>),
    /// The name of an element in its closing tag.
    ClosingName(Element<'d>),
    /// In an opening tag between the attributes.
    Tag(Element<'d>),
    /// The name of an attribute.
    AttributeName(Attribute<'d>),
    /// The value of an attribute, outside any expression.
    AttributeValue(Attribute<'d>),
    /// An expression, wrapper included; the code and the offset in it come from resolving its value.
    Expression(Expression<'d>),
    /// Text or a CDATA section, outside any expression.
    Text(Node<'d>),
    /// A comment, an instruction, a closing tag without element.
    Other(Node<'d>),
}

impl Document {
    /// What stands at `offset`, a place between two bytes of the text.
    #[must_use]
    pub fn at(&self, offset: u32) -> Place<'_> {
        let mut index = self.nodes.partition_point(|row| row.span.start < offset);
        loop {
            let Some(last) = index.checked_sub(1) else { return Place::Content(None) };
            let node = Node { document: self, index: super::builder::index(last) };
            if let Some(place) = self.at_node(node, offset) {
                return place;
            }
            match node.parent() {
                Some(parent) => index = parent.node().index as usize + 1,
                None => return Place::Content(None),
            }
        }
    }

    /// What of `node`, which begins before `offset`, stands there; none if it ends before, or where whatever follows
    /// it counts.
    fn at_node<'d>(&'d self, node: Node<'d>, offset: u32) -> Option<Place<'d>> {
        let is_inside = offset < node.span().end;
        let is_at_end = offset == node.span().end;
        match (node.kind(), node.element()) {
            (_, Some(element)) => self.at_element(element, offset),
            (NodeKind::Text | NodeKind::CData, None) if is_inside || (is_at_end && node.kind() == NodeKind::Text) => {
                Some(match self.expression_at(offset) {
                    Some(expression) => Place::Expression(expression),
                    None => Place::Text(node),
                })
            }
            _ if is_inside || (is_at_end && !node.written().ends_with('>')) => Some(Place::Other(node)),
            _ => None,
        }
    }

    fn at_element<'d>(&'d self, element: Element<'d>, offset: u32) -> Option<Place<'d>> {
        let open = element.open_span();
        if offset < open.end || (offset == open.end && !element.is_tag_closed()) {
            return Some(self.at_tag(element, offset));
        }
        if let (Some(close), Some(name)) = (element.close_span(), element.close_name_span()) {
            let is_open = !self.source().slice(close).ends_with('>');
            if close.start < offset && (offset < close.end || (offset == close.end && is_open)) {
                let before_name = offset <= close.start + 1;
                return Some(if name.touches(offset) || before_name {
                    Place::ClosingName(element)
                } else {
                    Place::Content(Some(element))
                });
            }
        }
        let content = element.content_span();
        let is_abandoned = element.close_span().is_none() && !element.is_self_closing() && element.is_tag_closed();
        let holds =
            content.start <= offset && (offset <= content.end && (element.close_span().is_some() || is_abandoned));
        holds.then_some(Place::Content(Some(element)))
    }

    fn at_tag<'d>(&'d self, element: Element<'d>, offset: u32) -> Place<'d> {
        if offset <= element.name_span().end {
            return Place::ElementName(element);
        }
        for attribute in element.attributes() {
            if attribute.name_span().touches(offset) {
                return Place::AttributeName(attribute);
            }
            if attribute.value_span().is_some_and(|value| value.touches(offset)) {
                return match self.expression_at(offset) {
                    Some(expression) => Place::Expression(expression),
                    None => Place::AttributeValue(attribute),
                };
            }
        }
        Place::Tag(element)
    }

    /// The expression that `offset` lies in; one without closing bracket also holds its own end.
    fn expression_at(&self, offset: u32) -> Option<Expression<'_>> {
        let behind = self.expressions.partition_point(|row| row.span.start < offset);
        let expression = self.expression(behind.checked_sub(1)?)?;
        let end = expression.span().end;
        (offset < end || (offset == end && !expression.is_closed())).then_some(expression)
    }
}
