//! `XContainer` and `XDocument`.

use dotnet_macros::members;

use super::NODE_OPS;
use super::declaration::Declaration;
use crate::array::Array;
use crate::cx::Cx;
use crate::object::{Obj, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::xml::content::add;
use crate::xml::name::Name;
use crate::xml::node::{Kind, Node};
use crate::xml::read;
use crate::xml::walk::{Axis, Wanted, sequence};

/// The members of `XContainer`.
pub struct ContainerType;

/// A node that others are in.
#[members("public abstract class System.Xml.Linq.XContainer : XNode", as = XCONTAINER, ops = NODE_OPS)]
impl<'a> ContainerType {
    /// Adds content at its end.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void Add(object content)")]
    fn add(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        add(cx, this, content, None)
    }

    /// Adds content at its end.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void Add(params object[] content)")]
    fn add_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::add(this, cx, content.map(object_of))
    }

    /// Adds content at its start.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void AddFirst(object content)")]
    fn add_first(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let first = this.first();
        add(cx, this, content, first)
    }

    /// Adds content at its start.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void AddFirst(params object[] content)")]
    fn add_first_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::add_first(this, cx, content.map(object_of))
    }

    /// Puts content in the place of all nodes in it.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceNodes(object content)")]
    fn replace_nodes(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        this.clear();
        add(cx, this, content, None)
    }

    /// Puts content in the place of all nodes in it.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceNodes(params object[] content)")]
    fn replace_nodes_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::replace_nodes(this, cx, content.map(object_of))
    }

    /// Takes all nodes out of it.
    #[member("void RemoveNodes()")]
    fn remove_nodes(this: &'a Node<'a>) {
        this.clear();
    }

    /// The first element of a name in it; null if there is none.
    #[member("XElement Element(XName name)")]
    fn element(this: &'a Node<'a>, name: Option<&'a Name<'a>>) -> Option<&'a Node<'a>> {
        this.element(name?)
    }

    /// The elements in it.
    #[member("IEnumerable<XElement> Elements()")]
    fn elements(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Children, Wanted::Elements)
    }

    /// The elements of a name in it.
    #[member("IEnumerable<XElement> Elements(XName name)")]
    fn elements_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Children, Wanted::Named(name))
    }

    /// The nodes in it.
    #[member("IEnumerable<XNode> Nodes()")]
    fn nodes(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Children, Wanted::Nodes)
    }

    /// The elements in it, at any depth.
    #[member("IEnumerable<XElement> Descendants()")]
    fn descendants(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Descendants, Wanted::Elements)
    }

    /// The elements of a name in it, at any depth.
    #[member("IEnumerable<XElement> Descendants(XName name)")]
    fn descendants_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Descendants, Wanted::Named(name))
    }

    /// The nodes in it, at any depth.
    #[member("IEnumerable<XNode> DescendantNodes()")]
    fn descendant_nodes(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Descendants, Wanted::Nodes)
    }

    /// The first node in it; null if there is none.
    #[member("XNode FirstNode { get; }")]
    fn first_node(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.first()
    }

    /// The last node in it; null if there is none.
    #[member("XNode LastNode { get; }")]
    fn last_node(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.last()
    }
}

/// The members of `XDocument`.
pub struct DocumentType;

/// An XML document.
#[members("public class System.Xml.Linq.XDocument : XContainer", as = XDOCUMENT, ops = NODE_OPS)]
impl<'a> DocumentType {
    /// An empty document.
    #[member("XDocument()")]
    fn new(cx: &mut Cx<'a>) -> &'a Node<'a> {
        Node::new(cx, Kind::Document, None, Str::EMPTY)
    }

    /// A document with content.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("XDocument(params object[] content)")]
    fn of(cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<&'a Node<'a>, Throw> {
        Self::declared(cx, None, content)
    }

    /// A document with a declaration and content.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("XDocument(XDeclaration declaration, params object[] content)")]
    fn declared(
        cx: &mut Cx<'a>,
        declaration: Option<&'a Declaration<'a>>,
        content: Option<&'a Array<'a>>,
    ) -> Result<&'a Node<'a>, Throw> {
        let document = Node::new(cx, Kind::Document, None, Str::EMPTY);
        document.declaration.set(declaration);
        add(cx, document, content.map(object_of), None)?;
        Ok(document)
    }

    /// A copy of a document.
    #[member("XDocument(XDocument other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The document that a text is; white space between elements is left out.
    ///
    /// # Throws
    /// `XmlException` if the text is not well-formed.
    #[member("static XDocument Parse(string text)")]
    fn parse(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Node<'a>, Throw> {
        read::document(cx, text, false)
    }

    /// The document that a text is.
    ///
    /// # Throws
    /// `XmlException` if the text is not well-formed.
    #[member("static XDocument Parse(string text, LoadOptions options)")]
    fn parse_with(cx: &mut Cx<'a>, text: Str<'a>, options: i32) -> Result<&'a Node<'a>, Throw> {
        read::document(cx, text, options & 1 != 0)
    }

    /// The document's element; null if there is none.
    #[member("XElement Root { get; }")]
    fn root(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.root()
    }

    /// The declaration; null if there is none.
    #[member("XDeclaration Declaration { get; }")]
    fn declaration(this: &'a Node<'a>) -> Option<&'a Declaration<'a>> {
        this.declaration.get()
    }

    /// Sets the declaration.
    #[member("XDeclaration Declaration { set; }")]
    fn set_declaration(this: &'a Node<'a>, value: Option<&'a Declaration<'a>>) {
        this.declaration.set(value);
    }
}
