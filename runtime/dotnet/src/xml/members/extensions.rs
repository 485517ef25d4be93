//! `System.Xml.Linq.Extensions`: members of sequences of nodes.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::Obj;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::xml::name::Name;
use crate::xml::node::Node;
use crate::xml::walk::{Axis, Wanted, collected, of_each};

/// The members of `System.Xml.Linq.Extensions`.
pub struct ExtensionsType;

/// Members of sequences of nodes.
#[members("public static class System.Xml.Linq.Extensions", as = EXTENSIONS)]
impl<'a> ExtensionsType {
    /// The elements along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> Elements<T>(this IEnumerable<T> source) where T : XContainer")]
    fn elements(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Children, Wanted::Elements)
    }

    /// The elements of a name along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> Elements<T>(this IEnumerable<T> source, XName name) where T : XContainer")]
    fn elements_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Children, Wanted::Named(name))
    }

    /// The elements along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> Descendants<T>(this IEnumerable<T> source) where T : XContainer")]
    fn descendants(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Descendants, Wanted::Elements)
    }

    /// The elements of a name along the axis of this name, of each node.
    #[member(
        "static IEnumerable<XElement> Descendants<T>(this IEnumerable<T> source, XName name) where T : XContainer"
    )]
    fn descendants_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Descendants, Wanted::Named(name))
    }

    /// The elements along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> Ancestors<T>(this IEnumerable<T> source) where T : XNode")]
    fn ancestors(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Ancestors, Wanted::Elements)
    }

    /// The elements of a name along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> Ancestors<T>(this IEnumerable<T> source, XName name) where T : XNode")]
    fn ancestors_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Ancestors, Wanted::Named(name))
    }

    /// The elements along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> AncestorsAndSelf(this IEnumerable<XElement> source)")]
    fn ancestors_and_self(cx: &mut Cx<'a>, source: Obj<'a>) -> Obj<'a> {
        of_each(cx, source, Axis::AncestorsAndSelf, Wanted::Elements)
    }

    /// The elements of a name along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> AncestorsAndSelf(this IEnumerable<XElement> source, XName name)")]
    fn ancestors_and_self_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        of_each(cx, source, Axis::AncestorsAndSelf, Wanted::Named(name))
    }

    /// The elements along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> DescendantsAndSelf(this IEnumerable<XElement> source)")]
    fn descendants_and_self(cx: &mut Cx<'a>, source: Obj<'a>) -> Obj<'a> {
        of_each(cx, source, Axis::DescendantsAndSelf, Wanted::Elements)
    }

    /// The elements of a name along the axis of this name, of each node.
    #[member("static IEnumerable<XElement> DescendantsAndSelf(this IEnumerable<XElement> source, XName name)")]
    fn descendants_and_self_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        of_each(cx, source, Axis::DescendantsAndSelf, Wanted::Named(name))
    }

    /// The attributes of each element.
    #[member("static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source)")]
    fn attributes(cx: &mut Cx<'a>, source: Obj<'a>) -> Obj<'a> {
        of_each(cx, source, Axis::Attributes, Wanted::Attributes)
    }

    /// The attributes of a name of each element.
    #[member("static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source, XName name)")]
    fn attributes_named(cx: &mut Cx<'a>, source: Obj<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        of_each(cx, source, Axis::Attributes, Wanted::Named(name))
    }

    /// The nodes in each of these.
    #[member("static IEnumerable<XNode> Nodes<T>(this IEnumerable<T> source) where T : XContainer")]
    fn nodes(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Children, Wanted::Nodes)
    }

    /// The nodes in each of these, at any depth.
    #[member("static IEnumerable<XNode> DescendantNodes<T>(this IEnumerable<T> source) where T : XContainer")]
    fn descendant_nodes(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Obj<'a> {
        of_each(cx, source, Axis::Descendants, Wanted::Nodes)
    }

    /// Each element and the nodes in it, at any depth.
    #[member("static IEnumerable<XNode> DescendantNodesAndSelf(this IEnumerable<XElement> source)")]
    fn descendant_nodes_and_self(cx: &mut Cx<'a>, source: Obj<'a>) -> Obj<'a> {
        of_each(cx, source, Axis::DescendantsAndSelf, Wanted::Nodes)
    }

    /// Takes each node out of what it belongs to.
    #[member("static void Remove<T>(this IEnumerable<T> source) where T : XNode")]
    fn remove(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> Result<(), Throw> {
        collected(cx, source)?.into_iter().for_each(Node::detach);
        Ok(())
    }

    /// Takes each attribute out of its element.
    #[member("static void Remove(this IEnumerable<XAttribute> source)")]
    fn remove_attributes(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<(), Throw> {
        collected(cx, source)?.into_iter().for_each(Node::detach);
        Ok(())
    }
}
