//! Tokens: the objects of `JObject`, `JArray`, `JProperty`, `JValue` and their kin.
//!
//! All have one layout: a header, the token that holds them, and their content. A property is a token of its own
//! between an object and the value, as in Json.NET; the children of a container are a list of tokens. Nothing here
//! recurses, whatever the depth of a tree.
//!
//! Not here: how the tree is changed (`edit`), read (`reader`), written (`writer`) or compared (`compare`).

use std::cell::Cell;

use super::children::Children;
use super::members::{array, constructor, object, property, raw, value};
use crate::cx::Cx;
use crate::format::time::DateTime;
use crate::object::{Header, Layout, Obj, boxed};
use crate::text::Str;
use crate::ty::Ty;
use crate::types;
use crate::word::{IntoWord, Word};

/// The object of any token.
#[repr(C)]
pub struct Token<'a> {
    header: Header,
    parent: Cell<Option<&'a Self>>,
    content: Cell<Content<'a>>,
}

/// What a token is and holds. A `JValue` keeps its type apart from its value only where the two can differ: a
/// `String` token may hold null.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// A value `null`.
    Null,
    /// A value `undefined`.
    Undefined,
    /// A value of type `bool`.
    Boolean(bool),
    /// A value of type `long`.
    Integer(i64),
    /// A value of type `double`.
    Float(f64),
    /// A value of type `DateTime`.
    Date(DateTime),
    /// A string, or null that has the type of a string.
    Text(Option<Str<'a>>),
    /// The text of a comment.
    Comment(Option<Str<'a>>),
    /// Text that is written as it is: that of this object.
    Raw(Option<Obj<'a>>),
    /// A value of any other type.
    Held(Obj<'a>),
    /// A property.
    Property(&'a Property<'a>),
    /// An object; its children are properties.
    Object(&'a Children<'a>),
    /// An array.
    Array(&'a Children<'a>),
    /// A constructor call: `new Date(1)`.
    Constructor(&'a Constructor<'a>),
}

/// The content of a `JProperty`.
pub struct Property<'a> {
    /// Its name.
    pub name: Str<'a>,
    /// Its value; there is none only while the property is being made.
    pub value: Cell<Option<&'a Token<'a>>>,
}

/// The content of a `JConstructor`.
pub struct Constructor<'a> {
    /// The name; null if the constructor without arguments made it.
    pub name: Cell<Option<Str<'a>>>,
    /// The arguments.
    pub children: Children<'a>,
}

/// `Newtonsoft.Json.Linq.JTokenType`, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Kind {
    /// `JTokenType.Object`.
    Object = 1,
    /// `JTokenType.Array`.
    Array = 2,
    /// `JTokenType.Constructor`.
    Constructor = 3,
    /// `JTokenType.Property`.
    Property = 4,
    /// `JTokenType.Comment`.
    Comment = 5,
    /// `JTokenType.Integer`.
    Integer = 6,
    /// `JTokenType.Float`.
    Float = 7,
    /// `JTokenType.String`.
    String = 8,
    /// `JTokenType.Boolean`.
    Boolean = 9,
    /// `JTokenType.Null`.
    Null = 10,
    /// `JTokenType.Undefined`.
    Undefined = 11,
    /// `JTokenType.Date`.
    Date = 12,
    /// `JTokenType.Raw`.
    Raw = 13,
    /// `JTokenType.Bytes`.
    Bytes = 14,
    /// `JTokenType.Guid`.
    Guid = 15,
    /// `JTokenType.Uri`.
    Uri = 16,
    /// `JTokenType.TimeSpan`.
    TimeSpan = 17,
}

impl Kind {
    /// The name that `ToString()` gives.
    #[must_use]
    pub fn name(self) -> &'static str {
        let number = self as i64;
        let constants = super::members::TOKEN_TYPE_DEF.constants;
        constants.iter().find(|(_, constant)| *constant == number).map_or("None", |(name, _)| name)
    }
}

// SAFETY: `#[repr(C)]`, header first; objects of these definitions are made by `Token::new` only.
unsafe impl<'a> Layout<'a> for Token<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        [
            &raw const value::JVALUE_DEF,
            &raw const object::JOBJECT_DEF,
            &raw const array::JARRAY_DEF,
            &raw const property::JPROPERTY_DEF,
            &raw const raw::JRAW_DEF,
            &raw const constructor::JCONSTRUCTOR_DEF,
        ]
        .contains(&std::ptr::from_ref(ty.def))
    }
}

impl<'a> Token<'a> {
    /// A token without a parent, of the type that its content has.
    #[must_use]
    #[inline]
    pub fn new(cx: &Cx<'a>, content: Content<'a>) -> &'a Self {
        let ty = match content {
            Content::Property(_) => &property::JPROPERTY,
            Content::Object(_) => &object::JOBJECT,
            Content::Array(_) => &array::JARRAY,
            Content::Constructor(_) => &constructor::JCONSTRUCTOR,
            _ => &value::JVALUE,
        };
        cx.arena().alloc(Self { header: Header::new(Ty(ty)), parent: Cell::new(None), content: Cell::new(content) })
    }

    /// A `JRaw` over an object's text.
    #[must_use]
    pub fn new_raw(cx: &Cx<'a>, json: Option<Obj<'a>>) -> &'a Self {
        let header = Header::new(Ty(&raw::JRAW));
        cx.arena().alloc(Self { header, parent: Cell::new(None), content: Cell::new(Content::Raw(json)) })
    }

    /// A `JObject` without properties.
    #[must_use]
    pub fn new_object(cx: &Cx<'a>) -> &'a Self {
        Self::new(cx, Content::Object(cx.arena().alloc(Children::new())))
    }

    /// A `JArray` without elements.
    #[must_use]
    pub fn new_array(cx: &Cx<'a>) -> &'a Self {
        Self::new(cx, Content::Array(cx.arena().alloc(Children::new())))
    }

    /// A `JProperty` that has no value yet.
    #[must_use]
    #[inline]
    pub fn new_property(cx: &Cx<'a>, name: Str<'a>) -> &'a Self {
        Self::new(cx, Content::Property(cx.arena().alloc(Property { name, value: Cell::new(None) })))
    }

    /// A `JConstructor` without arguments.
    #[must_use]
    pub fn new_constructor(cx: &Cx<'a>, name: Option<Str<'a>>) -> &'a Self {
        let constructor = Constructor { name: Cell::new(name), children: Children::new() };
        Self::new(cx, Content::Constructor(cx.arena().alloc(constructor)))
    }

    /// A copy without a parent that has this very content: for values, which share nothing.
    #[must_use]
    pub fn copy_of_value(&self, cx: &Cx<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: self.header, parent: Cell::new(None), content: Cell::new(self.content()) })
    }

    /// The token's own type: `JObject`, `JArray`, ….
    #[must_use]
    #[inline]
    pub fn ty(&self) -> Ty {
        self.header.ty
    }

    /// The token as an object.
    #[must_use]
    pub fn object(&'a self) -> Obj<'a> {
        crate::object::object_of(self)
    }

    /// Whether both are one token.
    #[must_use]
    #[inline]
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }

    /// What it is and holds.
    #[must_use]
    #[inline]
    pub fn content(&self) -> Content<'a> {
        self.content.get()
    }

    /// Gives a `JValue` another value.
    pub fn set_content(&self, content: Content<'a>) {
        self.content.set(content);
    }

    /// The token that holds this one: a property for the values in an object.
    #[must_use]
    #[inline]
    pub fn parent(&self) -> Option<&'a Self> {
        self.parent.get()
    }

    /// Notes which token holds this one.
    #[inline]
    pub fn set_parent(&self, parent: Option<&'a Self>) {
        self.parent.set(parent);
    }

    /// `Type`.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.content() {
            Content::Null => Kind::Null,
            Content::Undefined => Kind::Undefined,
            Content::Boolean(_) => Kind::Boolean,
            Content::Integer(_) => Kind::Integer,
            Content::Float(_) => Kind::Float,
            Content::Date(_) => Kind::Date,
            Content::Text(_) => Kind::String,
            Content::Comment(_) => Kind::Comment,
            Content::Raw(_) => Kind::Raw,
            Content::Held(object) => super::value::kind_of(object.ty()).unwrap_or(Kind::String),
            Content::Property(_) => Kind::Property,
            Content::Object(_) => Kind::Object,
            Content::Array(_) => Kind::Array,
            Content::Constructor(_) => Kind::Constructor,
        }
    }

    /// Whether this is a `JValue`, so that it has no children and never will.
    #[must_use]
    #[inline]
    pub fn is_value(&self) -> bool {
        !matches!(
            self.content(),
            Content::Property(_) | Content::Object(_) | Content::Array(_) | Content::Constructor(_)
        )
    }

    /// The name of a property.
    #[must_use]
    pub fn name(&self) -> Option<Str<'a>> {
        self.as_property().map(|property| property.name)
    }

    /// The content of a property.
    #[must_use]
    #[inline]
    pub fn as_property(&self) -> Option<&'a Property<'a>> {
        match self.content() {
            Content::Property(property) => Some(property),
            _ => None,
        }
    }

    /// The list of children of an object, array or constructor.
    #[must_use]
    #[inline]
    pub fn list(&self) -> Option<&'a Children<'a>> {
        match self.content() {
            Content::Object(children) | Content::Array(children) => Some(children),
            Content::Constructor(constructor) => Some(&constructor.children),
            _ => None,
        }
    }

    /// How many children there are; none for a value.
    #[must_use]
    pub fn count(&self) -> usize {
        match self.content() {
            Content::Property(property) => usize::from(property.value.get().is_some()),
            _ => self.list().map_or(0, Children::len),
        }
    }

    /// The child at an index.
    #[must_use]
    pub fn child(&self, index: usize) -> Option<&'a Self> {
        match self.content() {
            Content::Property(property) => property.value.get().filter(|_| index == 0),
            _ => self.list().and_then(|list| list.get(index)),
        }
    }

    /// The first child.
    #[must_use]
    pub fn first(&self) -> Option<&'a Self> {
        self.child(0)
    }

    /// The last child.
    #[must_use]
    pub fn last(&self) -> Option<&'a Self> {
        self.count().checked_sub(1).and_then(|last| self.child(last))
    }

    /// The position of a child, which must be this very token.
    #[must_use]
    pub fn index_of(&self, child: &Self) -> Option<usize> {
        match self.content() {
            Content::Property(property) => property.value.get().filter(|value| value.is(child)).map(|_| 0),
            _ => self.list().and_then(|list| list.index_of(child)),
        }
    }

    /// The sibling behind this token.
    #[must_use]
    pub fn next(&self) -> Option<&'a Self> {
        let parent = self.parent()?;
        parent.child(parent.index_of(self)? + 1)
    }

    /// The sibling before this token.
    #[must_use]
    pub fn previous(&self) -> Option<&'a Self> {
        let parent = self.parent()?;
        parent.child(parent.index_of(self)?.checked_sub(1)?)
    }

    /// The outermost token that holds this one; itself if none does.
    #[must_use]
    pub fn root(&'a self) -> &'a Self {
        let mut root = self;
        while let Some(parent) = root.parent() {
            root = parent;
        }
        root
    }

    /// The value of a property; any other token is what it is.
    #[must_use]
    pub fn value_or_self(&'a self) -> &'a Self {
        self.as_property().and_then(|property| property.value.get()).unwrap_or(self)
    }

    /// What a `JValue` holds, as an object; `None` for null.
    #[must_use]
    pub fn held(&self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        held(cx, self.content())
    }
}

/// What a value holds, as an object; `None` for null, and for what is no value.
#[must_use]
pub fn held<'a>(cx: &mut Cx<'a>, content: Content<'a>) -> Option<Obj<'a>> {
    let (ty, word): (_, Word) = match content {
        Content::Boolean(value) => (&types::boolean::BOOLEAN, value.into_word(cx)),
        Content::Integer(value) => (&types::number::INT64, value.into_word(cx)),
        Content::Float(value) => (&types::double::DOUBLE, value.into_word(cx)),
        Content::Date(value) => (&types::date_time::DATE_TIME, Word(value.bits())),
        Content::Text(text) | Content::Comment(text) => return text.map(Str::as_object),
        Content::Raw(object) => return object,
        Content::Held(object) => return Some(object),
        _ => return None,
    };
    let word = boxed(cx, Ty(ty), word);
    // SAFETY: the address of the box that was just made.
    unsafe { cx.object(word) }
}
