//! `XObject` and `XNode`: what all nodes can do.

use dotnet_macros::members;

use super::NODE_OPS;
use crate::array::Array;
use crate::cx::Cx;
use crate::object::{Obj, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::xml::content::{add, deep_equals};
use crate::xml::name::Name;
use crate::xml::node::{Kind, Node};
use crate::xml::walk::{Axis, Wanted, sequence};
use crate::xml::write;

/// The members of `XObject`.
pub struct ObjectType;

/// A part of an XML tree.
#[members("public abstract class System.Xml.Linq.XObject", as = XOBJECT, ops = NODE_OPS)]
impl<'a> ObjectType {
    /// The kind of the node.
    #[member("System.Xml.XmlNodeType NodeType { get; }")]
    fn node_type(this: &'a Node<'a>) -> i32 {
        this.kind as i32
    }

    /// The element that it belongs to; null if there is none.
    #[member("XElement Parent { get; }")]
    fn parent(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.parent().filter(|parent| parent.kind == Kind::Element)
    }

    /// The document that it belongs to; null if there is none.
    #[member("XDocument Document { get; }")]
    fn document(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        std::iter::successors(Some(this), |node| node.parent()).last().filter(|node| node.kind == Kind::Document)
    }

    /// Where it was read from: nowhere that had a name.
    #[member("string BaseUri { get; }")]
    fn base_uri(_this: &'a Node<'a>) -> Str<'a> {
        Str::EMPTY
    }
}

/// The members of `XNode`.
pub struct NodeType;

/// A node of an XML tree: anything but an attribute.
#[members("public abstract class System.Xml.Linq.XNode : XObject", as = XNODE, ops = NODE_OPS)]
impl<'a> NodeType {
    /// The node behind it; null if there is none.
    #[member("XNode NextNode { get; }")]
    fn next_node(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.next()
    }

    /// The node before it; null if there is none.
    #[member("XNode PreviousNode { get; }")]
    fn previous_node(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.previous()
    }

    /// The elements that it is in, the nearest first.
    #[member("IEnumerable<XElement> Ancestors()")]
    fn ancestors(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Ancestors, Wanted::Elements)
    }

    /// The elements that it is in, the nearest first and have a name.
    #[member("IEnumerable<XElement> Ancestors(XName name)")]
    fn ancestors_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Ancestors, Wanted::Named(name))
    }

    /// The elements behind it.
    #[member("IEnumerable<XElement> ElementsAfterSelf()")]
    fn elements_after_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Behind, Wanted::Elements)
    }

    /// The elements behind it and have a name.
    #[member("IEnumerable<XElement> ElementsAfterSelf(XName name)")]
    fn elements_after_self_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Behind, Wanted::Named(name))
    }

    /// The elements before it.
    #[member("IEnumerable<XElement> ElementsBeforeSelf()")]
    fn elements_before_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Before, Wanted::Elements)
    }

    /// The elements before it and have a name.
    #[member("IEnumerable<XElement> ElementsBeforeSelf(XName name)")]
    fn elements_before_self_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Before, Wanted::Named(name))
    }

    /// The nodes behind it.
    #[member("IEnumerable<XNode> NodesAfterSelf()")]
    fn nodes_after_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Behind, Wanted::Nodes)
    }

    /// The nodes before it.
    #[member("IEnumerable<XNode> NodesBeforeSelf()")]
    fn nodes_before_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Before, Wanted::Nodes)
    }

    /// Adds content behind it.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void AddAfterSelf(object content)")]
    fn add_after_self(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let parent = parent_of(this, cx)?;
        add(cx, parent, content, this.next())
    }

    /// Adds content behind it.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void AddAfterSelf(params object[] content)")]
    fn add_after_self_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::add_after_self(this, cx, content.map(object_of))
    }

    /// Adds content before it.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void AddBeforeSelf(object content)")]
    fn add_before_self(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let parent = parent_of(this, cx)?;
        add(cx, parent, content, Some(this))
    }

    /// Adds content before it.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void AddBeforeSelf(params object[] content)")]
    fn add_before_self_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::add_before_self(this, cx, content.map(object_of))
    }

    /// Puts content in its place.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void ReplaceWith(object content)")]
    fn replace_with(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let parent = parent_of(this, cx)?;
        let next = this.next();
        this.detach();
        add(cx, parent, content, next)
    }

    /// Puts content in its place.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void ReplaceWith(params object[] content)")]
    fn replace_with_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::replace_with(this, cx, content.map(object_of))
    }

    /// Takes it out of what it belongs to.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to nothing.
    #[member("void Remove()")]
    fn remove(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        parent_of(this, cx)?;
        this.detach();
        Ok(())
    }

    /// Whether two nodes and all that is in them are the same.
    #[member("static bool DeepEquals(XNode n1, XNode n2)")]
    fn deep_equals(cx: &mut Cx<'a>, one: Option<&'a Node<'a>>, other: Option<&'a Node<'a>>) -> Result<bool, Throw> {
        match (one, other) {
            (Some(one), Some(other)) => deep_equals(cx, one, other),
            (one, other) => Ok(one.is_none() && other.is_none()),
        }
    }

    /// Its XML, indented.
    #[member("string ToString()")]
    fn to_text(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        write::text(cx, this, true)
    }

    /// Its XML, indented or not.
    #[member("string ToString(SaveOptions options)")]
    fn to_text_with(this: &'a Node<'a>, cx: &mut Cx<'a>, options: i32) -> Result<Str<'a>, Throw> {
        write::text(cx, this, options & 1 == 0)
    }
}

/// What a node belongs to.
///
/// # Errors
/// `InvalidOperationException` if it belongs to nothing.
pub fn parent_of<'a>(node: &Node<'a>, cx: &mut Cx<'a>) -> Result<&'a Node<'a>, Throw> {
    node.parent().ok_or_else(|| cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "The parent is missing."))
}
