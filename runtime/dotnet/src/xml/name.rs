//! `XName` and `XNamespace`.

use dotnet_macros::members;

use super::members::XML_EXCEPTION;
use crate::cx::Cx;
use crate::object::{Header, Ops, REFERENCE, on};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;

/// The namespace of `xml:`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xmlns:`.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The object of an `XName`.
#[repr(C)]
pub struct Name<'a> {
    header: Header,
    /// The name without its namespace.
    pub local: Str<'a>,
    /// The namespace; empty if there is none.
    pub namespace: Str<'a>,
}

crate::layout!(Name<'a>, XNAME_DEF);

/// The object of an `XNamespace`.
#[repr(C)]
pub struct Namespace<'a> {
    header: Header,
    uri: Str<'a>,
}

crate::layout!(Namespace<'a>, XNAMESPACE_DEF);

/// Whether a character may begin a name.
#[must_use]
pub fn begins_name(c: char) -> bool {
    c == '_' || if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() && u32::from(c) < 0x1_0000 }
}

/// Whether a character may stand in a name.
#[must_use]
pub fn continues_name(c: char) -> bool {
    match c {
        '-' | '.' | '_' | '\u{B7}' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' => true,
        c => c.is_alphanumeric() && u32::from(c) < 0x1_0000,
    }
}

impl<'a> Name<'a> {
    /// A name; nobody checks it.
    #[must_use]
    pub fn new(cx: &Cx<'a>, namespace: Str<'a>, local: Str<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&XNAME)), local, namespace })
    }

    /// A name with its characters checked.
    ///
    /// # Errors
    /// `XmlException` if it is none.
    pub fn checked(cx: &mut Cx<'a>, namespace: Str<'a>, local: Str<'a>) -> Result<&'a Self, Throw> {
        check(cx, local)?;
        Ok(Self::new(cx, namespace, local))
    }

    /// The name that `{namespace}local` writes.
    ///
    /// # Errors
    /// `ArgumentException` if it is empty or a part of it is, `XmlException` if the local part is no name.
    pub fn expanded(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Self, Throw> {
        let bytes = text.bytes();
        let (namespace, local) = match bytes.first() {
            Some(b'{') => match bytes.iter().rposition(|byte| *byte == b'}') {
                Some(close) if close > 1 && close + 1 < bytes.len() => {
                    (bytes.get(1..close).unwrap_or(&[]), bytes.get(close + 1..).unwrap_or(&[]))
                }
                _ => return Err(invalid_expanded(cx, text)),
            },
            Some(_) => (&[][..], bytes),
            None => return Err(invalid_expanded(cx, text)),
        };
        let (namespace, local) = (text.part(cx, namespace), text.part(cx, local));
        Self::checked(cx, namespace, local)
    }

    /// Whether two names are the same.
    #[must_use]
    pub fn is(&self, other: &Name<'_>) -> bool {
        self.local.bytes() == other.local.bytes() && self.namespace.bytes() == other.namespace.bytes()
    }

    fn text(&self, cx: &mut Cx<'a>) -> Str<'a> {
        if self.namespace.is_empty() {
            return self.local;
        }
        let (namespace, local) = (self.namespace, self.local);
        cx.write(|out| {
            out.push(b'{');
            out.extend_from_slice(namespace.bytes());
            out.push(b'}');
            out.extend_from_slice(local.bytes());
        })
    }
}

fn invalid_expanded(cx: &mut Cx<'_>, text: Str<'_>) -> Throw {
    cx.throw(Ty(&ARGUMENT_EXCEPTION), &format!("'{}' is an invalid expanded name.", text.to_utf8()))
}

/// Checks that a text is a name without a colon.
///
/// # Errors
/// `XmlException` if it is none, `ArgumentException` if it is empty.
pub fn check<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Result<(), Throw> {
    let utf8 = text.to_utf8();
    if utf8.is_empty() {
        return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "The value cannot be an empty string.", "name"));
    }
    for (index, c) in utf8.chars().enumerate() {
        let code = u32::from(c);
        if index == 0 && !begins_name(c) {
            let message = format!("Name cannot begin with the '{c}' character, hexadecimal value 0x{code:02X}.");
            return Err(cx.throw(Ty(&XML_EXCEPTION), &message));
        }
        if !continues_name(c) {
            let message = format!("The '{c}' character, hexadecimal value 0x{code:02X}, cannot be included in a name.");
            return Err(cx.throw(Ty(&XML_EXCEPTION), &message));
        }
    }
    Ok(())
}

/// The name of an element or attribute, with its namespace.
#[members("public sealed class System.Xml.Linq.XName : IEquatable<XName>", as = XNAME, ops = NAME_OPS)]
impl<'a> Name<'a> {
    /// The name that `{namespace}local` writes.
    ///
    /// # Throws
    /// `ArgumentException` and `XmlException` if it is none.
    #[member("static XName Get(string expandedName)")]
    fn get(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Self, Throw> {
        Self::expanded(cx, text)
    }

    /// The name in a namespace.
    ///
    /// # Throws
    /// `XmlException` if it is none.
    #[member("static XName Get(string localName, string namespaceName)")]
    fn get_in(cx: &mut Cx<'a>, local: Str<'a>, namespace: Str<'a>) -> Result<&'a Self, Throw> {
        Self::checked(cx, namespace, local)
    }

    /// The name that `{namespace}local` writes; null for null.
    ///
    /// # Throws
    /// `ArgumentException` and `XmlException` if it is none.
    #[member("static implicit operator XName(string expandedName)")]
    fn of_text(cx: &mut Cx<'a>, text: Option<Str<'a>>) -> Result<Option<&'a Self>, Throw> {
        text.map(|text| Self::expanded(cx, text)).transpose()
    }

    /// The name without its namespace.
    #[member("string LocalName { get; }")]
    fn local_name(&'a self) -> Str<'a> {
        self.local
    }

    /// The namespace.
    #[member("XNamespace Namespace { get; }")]
    fn namespace(&'a self, cx: &mut Cx<'a>) -> &'a Namespace<'a> {
        Namespace::new(cx, self.namespace)
    }

    /// The namespace as text; empty if there is none.
    #[member("string NamespaceName { get; }")]
    fn namespace_name(&'a self) -> Str<'a> {
        self.namespace
    }

    /// `{namespace}local`, or the name alone where it has no namespace.
    #[member("string ToString()")]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.text(cx)
    }

    /// Whether two names are the same.
    #[member("static bool operator ==(XName left, XName right)")]
    fn is_equal(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        match (left, right) {
            (Some(left), Some(right)) => left.is(right),
            (left, right) => left.is_none() && right.is_none(),
        }
    }

    /// Whether two names are different.
    #[member("static bool operator !=(XName left, XName right)")]
    fn is_unequal(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        !Self::is_equal(left, right)
    }
}

/// The behaviour of names.
pub static NAME_OPS: Ops = Ops {
    to_text: |cx, object| on::<Name<'_>, _>(cx, object, |name, cx| Ok(name.text(cx))),
    equals: |_, a, b| match (a.downcast::<Name<'_>>(), b.downcast::<Name<'_>>()) {
        (Some(a), Some(b)) => Ok(a.is(b)),
        _ => Ok(false),
    },
    hash: |cx, object| {
        on::<Name<'_>, _>(cx, object, |name, cx| {
            Ok(name.local.as_object().hash_code(cx)? ^ name.namespace.as_object().hash_code(cx)?)
        })
    },
    ..REFERENCE
};

impl<'a> Namespace<'a> {
    /// A namespace.
    #[must_use]
    pub fn new(cx: &Cx<'a>, uri: Str<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&XNAMESPACE)), uri })
    }
}

/// A namespace of names.
#[members("public sealed class System.Xml.Linq.XNamespace", as = XNAMESPACE, ops = NAMESPACE_OPS)]
impl<'a> Namespace<'a> {
    /// The namespace of this name.
    #[member("static XNamespace Get(string namespaceName)")]
    fn get(cx: &mut Cx<'a>, uri: Str<'a>) -> &'a Self {
        Self::new(cx, uri)
    }

    /// The namespace of this name; null for null.
    #[member("static implicit operator XNamespace(string namespaceName)")]
    fn of_text(cx: &mut Cx<'a>, uri: Option<Str<'a>>) -> Option<&'a Self> {
        uri.map(|uri| Self::new(cx, uri))
    }

    /// A name in a namespace.
    ///
    /// # Throws
    /// `XmlException` if it is none.
    #[member("static XName operator +(XNamespace ns, string localName)")]
    fn plus(cx: &mut Cx<'a>, ns: &'a Self, local: Str<'a>) -> Result<&'a Name<'a>, Throw> {
        Name::checked(cx, ns.uri, local)
    }

    /// A name in this namespace.
    ///
    /// # Throws
    /// `XmlException` if it is none.
    #[member("XName GetName(string localName)")]
    fn get_name(&'a self, cx: &mut Cx<'a>, local: Str<'a>) -> Result<&'a Name<'a>, Throw> {
        Name::checked(cx, self.uri, local)
    }

    /// The namespace as text.
    #[member("string NamespaceName { get; }")]
    fn namespace_name(&'a self) -> Str<'a> {
        self.uri
    }

    /// The namespace as text.
    #[member("string ToString()")]
    fn to_text(&'a self) -> Str<'a> {
        self.uri
    }

    /// No namespace.
    #[member("static XNamespace None { get; }")]
    fn none(cx: &mut Cx<'a>) -> &'a Self {
        Self::new(cx, Str::EMPTY)
    }

    /// The namespace of `xml:`.
    #[member("static XNamespace Xml { get; }")]
    fn xml(cx: &mut Cx<'a>) -> &'a Self {
        let uri = cx.str(XML);
        Self::new(cx, uri)
    }

    /// The namespace of `xmlns:`.
    #[member("static XNamespace Xmlns { get; }")]
    fn xmlns(cx: &mut Cx<'a>) -> &'a Self {
        let uri = cx.str(XMLNS);
        Self::new(cx, uri)
    }

    /// Whether two namespaces are the same.
    #[member("static bool operator ==(XNamespace left, XNamespace right)")]
    fn is_equal(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        left.map(|ns| ns.uri) == right.map(|ns| ns.uri)
    }

    /// Whether two namespaces are different.
    #[member("static bool operator !=(XNamespace left, XNamespace right)")]
    fn is_unequal(left: Option<&'a Self>, right: Option<&'a Self>) -> bool {
        !Self::is_equal(left, right)
    }
}

/// The behaviour of namespaces.
pub static NAMESPACE_OPS: Ops = Ops {
    to_text: |cx, object| on::<Namespace<'_>, _>(cx, object, |ns, _| Ok(ns.uri)),
    equals: |_, a, b| match (a.downcast::<Namespace<'_>>(), b.downcast::<Namespace<'_>>()) {
        (Some(a), Some(b)) => Ok(a.uri == b.uri),
        _ => Ok(false),
    },
    hash: |cx, object| on::<Namespace<'_>, _>(cx, object, |ns, cx| ns.uri.as_object().hash_code(cx)),
    ..REFERENCE
};
