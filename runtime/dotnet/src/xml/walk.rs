//! Walks along the axes of a tree: what is in a node, around it, before and behind it.

use super::members::attribute::XATTRIBUTE;
use super::members::element::XELEMENT;
use super::members::object::XNODE;
use super::name::Name;
use super::node::{Kind, Node};
use crate::cx::Cx;
use crate::object::{Obj, object_of};
use crate::seq::{Cursor, Lazy};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::{Role, Word};

/// Which nodes of an axis are wanted.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// All.
    Nodes,
    /// The elements.
    Elements,
    /// The elements or attributes of a name; none for null.
    Named(Option<&'a Name<'a>>),
    /// The attributes.
    Attributes,
}

impl<'a> Wanted<'a> {
    fn accepts(self, node: &Node<'a>) -> bool {
        match self {
            Self::Nodes | Self::Attributes => true,
            Self::Elements => node.kind == Kind::Element,
            Self::Named(name) => {
                matches!(node.kind, Kind::Element | Kind::Attribute) && name.is_some_and(|name| node.is_named(name))
            }
        }
    }
}

/// The axes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// What is in a node.
    Children,
    /// All that is in a node, at any depth.
    Descendants,
    /// A node, and all that is in it.
    DescendantsAndSelf,
    /// What a node is in, the nearest first.
    Ancestors,
    /// A node, and what it is in.
    AncestorsAndSelf,
    /// The attributes of an element.
    Attributes,
    /// The nodes behind a node, in the same parent.
    Behind,
    /// The nodes before a node, in the same parent, in the order of the text.
    Before,
}

impl Axis {
    fn first<'a>(self, of: &'a Node<'a>) -> Option<&'a Node<'a>> {
        match self {
            Self::Children | Self::Descendants => of.first(),
            Self::DescendantsAndSelf | Self::AncestorsAndSelf => Some(of),
            Self::Ancestors => of.parent().filter(|parent| parent.kind == Kind::Element),
            Self::Attributes => of.first_attribute(),
            Self::Behind => of.next(),
            Self::Before => of.parent().and_then(Node::first).filter(|first| !std::ptr::eq(*first, of)),
        }
    }

    fn next<'a>(self, of: &'a Node<'a>, at: &'a Node<'a>) -> Option<&'a Node<'a>> {
        match self {
            Self::Children | Self::Attributes | Self::Behind => at.next(),
            Self::Descendants | Self::DescendantsAndSelf => at.following(of),
            Self::Ancestors | Self::AncestorsAndSelf => at.parent().filter(|parent| parent.kind == Kind::Element),
            Self::Before => at.next().filter(|next| !std::ptr::eq(*next, of)),
        }
    }
}

/// A walk along an axis of a node.
#[must_use]
pub fn along<'a>(cx: &Cx<'a>, of: &'a Node<'a>, axis: Axis, wanted: Wanted<'a>) -> Cursor<'a> {
    let mut last: Option<&'a Node<'a>> = None;
    Cursor::of(cx, move |cx| {
        let mut at = match last {
            None => axis.first(of),
            Some(last) => axis.next(of, last),
        };
        while let Some(node) = at.filter(|node| !wanted.accepts(node)) {
            cx.check_limits()?;
            at = axis.next(of, node);
        }
        last = at.or(last);
        Ok(at.map(|node| object_of(node).word()))
    })
}

fn element_type(wanted: Wanted<'_>, axis: Axis) -> Ty {
    match wanted {
        Wanted::Nodes => Ty(&XNODE),
        _ if axis == Axis::Attributes => Ty(&XATTRIBUTE),
        _ => Ty(&XELEMENT),
    }
}

/// The nodes of an axis of a node, found as they are walked.
#[must_use]
pub fn sequence<'a>(cx: &Cx<'a>, of: &'a Node<'a>, axis: Axis, wanted: Wanted<'a>) -> Obj<'a> {
    Lazy::of(cx, element_type(wanted, axis), move |cx: &mut Cx<'a>| Ok(along(cx, of, axis, wanted)))
}

/// The nodes of an axis of each node of a sequence.
#[must_use]
pub fn of_each<'a>(cx: &Cx<'a>, source: Obj<'a>, axis: Axis, wanted: Wanted<'a>) -> Obj<'a> {
    Lazy::of(cx, element_type(wanted, axis), move |cx: &mut Cx<'a>| {
        let mut outer = source.elements(cx, crate::catalogue::OBJECT)?;
        let mut current: Option<Cursor<'a>> = None;
        Ok(Cursor::of(cx, move |cx: &mut Cx<'a>| {
            loop {
                if let Some(walk) = &mut current
                    && let Some(word) = walk.next(cx)?
                {
                    return Ok(Some(word));
                }
                let Some(word) = outer.next(cx)? else { return Ok(None) };
                let node = node_at(cx, word)?;
                current = Some(along(cx, node, axis, wanted));
            }
        }))
    })
}

/// All nodes of a sequence, found at once.
///
/// # Errors
/// What walking the sequence throws.
pub fn collected<'a>(cx: &mut Cx<'a>, source: Obj<'a>) -> Result<Vec<&'a Node<'a>>, Throw> {
    let words = source.elements(cx, crate::catalogue::OBJECT)?.collect(cx)?;
    words.into_iter().map(|word| node_at(cx, word)).collect()
}

fn node_at<'a>(cx: &mut Cx<'a>, word: Word) -> Result<&'a Node<'a>, Throw> {
    // SAFETY: an element of a sequence of nodes.
    let node = unsafe { cx.object(word) }.and_then(|object| object.downcast());
    node.ok_or_else(|| cx.throw_null(Role::Receiver))
}
