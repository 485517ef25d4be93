//! The objects of documents, elements, attributes, texts, comments and processing instructions, and how they hang together.
//!
//! Not here: what becomes a node (`content`), and the members (`members`).

use std::cell::Cell;

use super::members::attribute::{XATTRIBUTE, XATTRIBUTE_DEF};
use super::members::container::{XDOCUMENT, XDOCUMENT_DEF};
use super::members::element::{XELEMENT, XELEMENT_DEF};
use super::members::leaf::{
    XCDATA, XCDATA_DEF, XCOMMENT, XCOMMENT_DEF, XINSTRUCTION, XINSTRUCTION_DEF, XTEXT, XTEXT_DEF,
};
use super::name::{Name, XMLNS};
use crate::cx::Cx;
use crate::object::Header;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// The object of an `XObject` of any kind.
#[repr(C)]
pub struct Node<'a> {
    header: Header,
    /// What it is.
    pub kind: Kind,
    /// The name of an element or attribute.
    pub name: Cell<Option<&'a Name<'a>>>,
    /// The text of anything but elements and documents; the encoding of a document's declaration.
    pub value: Cell<Str<'a>>,
    /// The target of a processing instruction.
    pub target: Cell<Str<'a>>,
    /// Whether an element has no content, not even an empty text.
    pub is_empty: Cell<bool>,
    /// The declaration of a document.
    pub declaration: Cell<Option<&'a super::members::declaration::Declaration<'a>>>,
    parent: Cell<Option<&'a Self>>,
    previous: Cell<Option<&'a Self>>,
    next: Cell<Option<&'a Self>>,
    first: Cell<Option<&'a Self>>,
    last: Cell<Option<&'a Self>>,
    first_attribute: Cell<Option<&'a Self>>,
    last_attribute: Cell<Option<&'a Self>>,
}

crate::layout!(
    Node<'a>,
    XELEMENT_DEF,
    XDOCUMENT_DEF,
    XATTRIBUTE_DEF,
    XTEXT_DEF,
    XCDATA_DEF,
    XCOMMENT_DEF,
    XINSTRUCTION_DEF
);

/// The kinds of nodes, numbered as `XmlNodeType` numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Kind {
    /// An element.
    Element = 1,
    /// An attribute.
    Attribute = 2,
    /// A text.
    Text = 3,
    /// A text in `<![CDATA[…]]>`.
    CData = 4,
    /// A processing instruction.
    Instruction = 7,
    /// A comment.
    Comment = 8,
    /// A document.
    Document = 9,
}

impl Kind {
    fn ty(self) -> Ty {
        Ty(match self {
            Self::Element => &XELEMENT,
            Self::Attribute => &XATTRIBUTE,
            Self::Text => &XTEXT,
            Self::CData => &XCDATA,
            Self::Instruction => &XINSTRUCTION,
            Self::Comment => &XCOMMENT,
            Self::Document => &XDOCUMENT,
        })
    }
}

impl<'a> Node<'a> {
    /// A node that belongs to nothing.
    #[must_use]
    pub fn new(cx: &Cx<'a>, kind: Kind, name: Option<&'a Name<'a>>, value: Str<'a>) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(kind.ty()),
            kind,
            name: Cell::new(name),
            value: Cell::new(value),
            target: Cell::new(Str::EMPTY),
            is_empty: Cell::new(true),
            declaration: Cell::new(None),
            parent: Cell::new(None),
            previous: Cell::new(None),
            next: Cell::new(None),
            first: Cell::new(None),
            last: Cell::new(None),
            first_attribute: Cell::new(None),
            last_attribute: Cell::new(None),
        })
    }

    /// What it belongs to.
    #[must_use]
    pub fn parent(&self) -> Option<&'a Self> {
        self.parent.get()
    }

    /// The node or attribute behind it.
    #[must_use]
    pub fn next(&self) -> Option<&'a Self> {
        self.next.get()
    }

    /// The node or attribute before it.
    #[must_use]
    pub fn previous(&self) -> Option<&'a Self> {
        self.previous.get()
    }

    /// The first node in it.
    #[must_use]
    pub fn first(&self) -> Option<&'a Self> {
        self.first.get()
    }

    /// The last node in it.
    #[must_use]
    pub fn last(&self) -> Option<&'a Self> {
        self.last.get()
    }

    /// The first attribute.
    #[must_use]
    pub fn first_attribute(&self) -> Option<&'a Self> {
        self.first_attribute.get()
    }

    /// The last attribute.
    #[must_use]
    pub fn last_attribute(&self) -> Option<&'a Self> {
        self.last_attribute.get()
    }

    /// Whether it is a text, in `CDATA` or not.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::CData)
    }

    /// Whether it has this name.
    #[must_use]
    pub fn is_named(&self, name: &Name<'_>) -> bool {
        self.name.get().is_some_and(|own| own.is(name))
    }

    /// Whether an attribute declares a namespace.
    #[must_use]
    pub fn declares_namespace(&self) -> bool {
        self.name.get().is_some_and(|name| {
            if name.namespace.is_empty() { name.local == *"xmlns" } else { name.namespace == *XMLNS }
        })
    }

    /// The attribute of a name.
    #[must_use]
    pub fn attribute(&self, name: &Name<'_>) -> Option<&'a Self> {
        std::iter::successors(self.first_attribute(), |attribute| attribute.next()).find(|it| it.is_named(name))
    }

    /// The first element in it with a name.
    #[must_use]
    pub fn element(&self, name: &Name<'_>) -> Option<&'a Self> {
        std::iter::successors(self.first(), |node| node.next())
            .find(|node| node.kind == Kind::Element && node.is_named(name))
    }

    /// The document's element.
    #[must_use]
    pub fn root(&self) -> Option<&'a Self> {
        std::iter::successors(self.first(), |node| node.next()).find(|node| node.kind == Kind::Element)
    }

    /// Puts a node that belongs to nothing before another in it, or at its end.
    pub fn insert(&'a self, node: &'a Self, before: Option<&'a Self>) {
        let previous = before.map_or(self.last.get(), |before| before.previous.get());
        link(self, node, previous, before, &self.first, &self.last);
        self.is_empty.set(false);
    }

    /// Puts an attribute that belongs to nothing at the end of the attributes.
    pub fn insert_attribute(&'a self, attribute: &'a Self) {
        link(self, attribute, self.last_attribute.get(), None, &self.first_attribute, &self.last_attribute);
    }

    /// Takes it out of what it belongs to.
    pub fn detach(&self) {
        let Some(parent) = self.parent.take() else { return };
        let (previous, next) = (self.previous.take(), self.next.take());
        let (first, last) = if self.kind == Kind::Attribute {
            (&parent.first_attribute, &parent.last_attribute)
        } else {
            (&parent.first, &parent.last)
        };
        previous.map_or(first, |previous| &previous.next).set(next);
        next.map_or(last, |next| &next.previous).set(previous);
        if parent.first.get().is_none() && self.kind != Kind::Attribute {
            parent.is_empty.set(true);
        }
    }

    /// Takes all nodes out of it.
    pub fn clear(&self) {
        while let Some(node) = self.first.get() {
            node.detach();
        }
        self.is_empty.set(true);
    }

    /// The node that follows in the order of the text, inside of `root`.
    #[must_use]
    pub fn following(&'a self, root: &Self) -> Option<&'a Self> {
        self.first.get().or_else(|| self.beyond(root))
    }

    /// The node that follows everything in this one, inside of `root`.
    #[must_use]
    pub fn beyond(&'a self, root: &Self) -> Option<&'a Self> {
        let mut node = self;
        while !std::ptr::eq(node, root) {
            if let Some(next) = node.next.get() {
                return Some(next);
            }
            node = node.parent.get()?;
        }
        None
    }

    /// The text of all texts in it, or its own.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        if !matches!(self.kind, Kind::Element | Kind::Document) {
            return Ok(self.value.get());
        }
        let mut texts = std::iter::successors(self.first(), |node| node.following(self)).filter(|node| node.is_text());
        let Some(first) = texts.next() else { return Ok(Str::EMPTY) };
        let Some(second) = texts.next() else { return Ok(first.value.get()) };
        let mut all = first.value.get().bytes().to_vec();
        for text in std::iter::once(second).chain(texts) {
            cx.reserve(all.len())?;
            crate::wtf8::append(&mut all, text.value.get().bytes());
        }
        Ok(cx.str_from_wtf8(&all))
    }

    /// A copy of it with everything in it, that belongs to nothing.
    ///
    /// # Errors
    /// The limits of time and memory.
    pub fn copied(&'a self, cx: &mut Cx<'a>) -> Result<&'a Self, Throw> {
        let copy = self.copied_alone(cx);
        let (mut node, mut into) = (self, copy);
        loop {
            if let Some(first) = node.first() {
                node = first;
            } else {
                loop {
                    if std::ptr::eq(node, self) {
                        return Ok(copy);
                    }
                    if let Some(next) = node.next() {
                        node = next;
                        break;
                    }
                    let (Some(parent), Some(outer)) = (node.parent(), into.parent().or(Some(copy))) else {
                        return Ok(copy);
                    };
                    (node, into) = (parent, outer);
                }
                if std::ptr::eq(node, self) {
                    return Ok(copy);
                }
            }
            cx.check_limits()?;
            let part = node.copied_alone(cx);
            into.insert(part, None);
            if node.first().is_some() {
                into = part;
            }
        }
    }

    fn copied_alone(&self, cx: &Cx<'a>) -> &'a Self {
        let copy = Self::new(cx, self.kind, self.name.get(), self.value.get());
        copy.target.set(self.target.get());
        copy.is_empty.set(self.is_empty.get());
        copy.declaration.set(self.declaration.get());
        let attributes = std::iter::successors(self.first_attribute(), |attribute| attribute.next());
        for attribute in attributes {
            copy.insert_attribute(Self::new(cx, Kind::Attribute, attribute.name.get(), attribute.value.get()));
        }
        copy
    }
}

type Place<'p, 'a> = &'p Cell<Option<&'a Node<'a>>>;

fn link<'a>(
    parent: &'a Node<'a>,
    node: &'a Node<'a>,
    previous: Option<&'a Node<'a>>,
    next: Option<&'a Node<'a>>,
    first: Place<'_, 'a>,
    last: Place<'_, 'a>,
) {
    node.parent.set(Some(parent));
    node.previous.set(previous);
    node.next.set(next);
    previous.map_or(first, |previous| &previous.next).set(Some(node));
    next.map_or(last, |next| &next.previous).set(Some(node));
}
