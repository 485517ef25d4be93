//! `XElement`.

use dotnet_macros::members;

use super::NODE_OPS;
use super::attribute::{optional, required};
use crate::array::Array;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::guid::Guid;
use crate::format::time::{DateTime, DateTimeOffset, TimeSpan};
use crate::object::{Obj, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::xml::content::{add, text_of};
use crate::xml::name::{Name, Namespace, XML, XMLNS};
use crate::xml::node::{Kind, Node};
use crate::xml::read;
use crate::xml::walk::{Axis, Wanted, sequence};

/// The members of `XElement`.
pub struct ElementType;

/// An element.
#[members("public class System.Xml.Linq.XElement : XContainer", as = XELEMENT, ops = NODE_OPS, groups = [ELEMENT_CONVERSIONS])]
impl<'a> ElementType {
    /// An element without content.
    #[member("XElement(XName name)")]
    fn new(cx: &mut Cx<'a>, name: &'a Name<'a>) -> &'a Node<'a> {
        Node::new(cx, Kind::Element, Some(name), Str::EMPTY)
    }

    /// An element with content.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("XElement(XName name, object content)")]
    fn of(cx: &mut Cx<'a>, name: &'a Name<'a>, content: Option<Obj<'a>>) -> Result<&'a Node<'a>, Throw> {
        let element = Self::new(cx, name);
        add(cx, element, content, None)?;
        Ok(element)
    }

    /// An element with content.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("XElement(XName name, params object[] content)")]
    fn of_all(cx: &mut Cx<'a>, name: &'a Name<'a>, content: Option<&'a Array<'a>>) -> Result<&'a Node<'a>, Throw> {
        Self::of(cx, name, content.map(object_of))
    }

    /// A copy of an element with everything in it.
    #[member("XElement(XElement other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The element that a text is; white space between elements is left out.
    ///
    /// # Throws
    /// `XmlException` if the text is not well-formed.
    #[member("static XElement Parse(string text)")]
    fn parse(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Node<'a>, Throw> {
        read::element(cx, text, false)
    }

    /// The element that a text is.
    ///
    /// # Throws
    /// `XmlException` if the text is not well-formed.
    #[member("static XElement Parse(string text, LoadOptions options)")]
    fn parse_with(cx: &mut Cx<'a>, text: Str<'a>, options: i32) -> Result<&'a Node<'a>, Throw> {
        read::element(cx, text, options & 1 != 0)
    }

    /// The name.
    #[member("XName Name { get; }")]
    fn name(this: &'a Node<'a>) -> Option<&'a Name<'a>> {
        this.name.get()
    }

    /// Sets the name.
    #[member("XName Name { set; }")]
    fn set_name(this: &'a Node<'a>, value: &'a Name<'a>) {
        this.name.set(Some(value));
    }

    /// All text in it.
    #[member("string Value { get; }")]
    fn value(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        this.text(cx)
    }

    /// Puts a text in the place of everything in it.
    #[member("string Value { set; }")]
    fn set_text(this: &'a Node<'a>, cx: &mut Cx<'a>, value: Str<'a>) -> Result<(), Throw> {
        this.clear();
        add(cx, this, Some(value.as_object()), None)
    }

    /// Puts the text that XML has for an object in the place of everything in it.
    ///
    /// # Throws
    /// `ArgumentException` if the value is a node.
    #[member("void SetValue(object value)")]
    fn set_value(this: &'a Node<'a>, cx: &mut Cx<'a>, value: Obj<'a>) -> Result<(), Throw> {
        let text = text_of(cx, value)?;
        Self::set_text(this, cx, text)
    }

    /// Whether it has neither content nor an end tag.
    #[member("bool IsEmpty { get; }")]
    fn is_empty(this: &'a Node<'a>) -> bool {
        this.is_empty.get()
    }

    /// Whether there are elements in it.
    #[member("bool HasElements { get; }")]
    fn has_elements(this: &'a Node<'a>) -> bool {
        this.root().is_some()
    }

    /// Whether it has attributes.
    #[member("bool HasAttributes { get; }")]
    fn has_attributes(this: &'a Node<'a>) -> bool {
        this.first_attribute().is_some()
    }

    /// The first attribute; null if there is none.
    #[member("XAttribute FirstAttribute { get; }")]
    fn first_attribute(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.first_attribute()
    }

    /// The last attribute; null if there is none.
    #[member("XAttribute LastAttribute { get; }")]
    fn last_attribute(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.last_attribute()
    }

    /// The attribute of a name; null if there is none.
    #[member("XAttribute Attribute(XName name)")]
    fn attribute(this: &'a Node<'a>, name: Option<&'a Name<'a>>) -> Option<&'a Node<'a>> {
        this.attribute(name?)
    }

    /// The attributes.
    #[member("IEnumerable<XAttribute> Attributes()")]
    fn attributes(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::Attributes, Wanted::Attributes)
    }

    /// The attributes of a name: one or none.
    #[member("IEnumerable<XAttribute> Attributes(XName name)")]
    fn attributes_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::Attributes, Wanted::Named(name))
    }

    /// Itself and the elements that it is in.
    #[member("IEnumerable<XElement> AncestorsAndSelf()")]
    fn ancestors_and_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::AncestorsAndSelf, Wanted::Elements)
    }

    /// Of itself and the elements that it is in those of a name.
    #[member("IEnumerable<XElement> AncestorsAndSelf(XName name)")]
    fn ancestors_and_self_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::AncestorsAndSelf, Wanted::Named(name))
    }

    /// Itself and the elements that are in it, at any depth.
    #[member("IEnumerable<XElement> DescendantsAndSelf()")]
    fn descendants_and_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::DescendantsAndSelf, Wanted::Elements)
    }

    /// Of itself and the elements that are in it, at any depth those of a name.
    #[member("IEnumerable<XElement> DescendantsAndSelf(XName name)")]
    fn descendants_and_self_named(this: &'a Node<'a>, cx: &mut Cx<'a>, name: Option<&'a Name<'a>>) -> Obj<'a> {
        sequence(cx, this, Axis::DescendantsAndSelf, Wanted::Named(name))
    }

    /// Itself and the nodes in it, at any depth.
    #[member("IEnumerable<XNode> DescendantNodesAndSelf()")]
    fn descendant_nodes_and_self(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        sequence(cx, this, Axis::DescendantsAndSelf, Wanted::Nodes)
    }

    /// Sets, adds or (for null) removes the element of a name in it.
    ///
    /// # Throws
    /// `ArgumentException` if the value is a node.
    #[member("void SetElementValue(XName name, object value)")]
    fn set_element_value(
        this: &'a Node<'a>,
        cx: &mut Cx<'a>,
        name: &'a Name<'a>,
        value: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        match (this.element(name), value) {
            (Some(element), None) => element.detach(),
            (Some(element), Some(value)) => Self::set_value(element, cx, value)?,
            (None, None) => {}
            (None, Some(value)) => {
                let text = text_of(cx, value)?;
                let element = Self::of(cx, name, Some(text.as_object()))?;
                this.insert(element, None);
            }
        }
        Ok(())
    }

    /// Sets, adds or (for null) removes the attribute of a name.
    ///
    /// # Throws
    /// `ArgumentException` if the value is a node.
    #[member("void SetAttributeValue(XName name, object value)")]
    fn set_attribute_value(
        this: &'a Node<'a>,
        cx: &mut Cx<'a>,
        name: &'a Name<'a>,
        value: Option<Obj<'a>>,
    ) -> Result<(), Throw> {
        match (this.attribute(name), value) {
            (Some(attribute), None) => attribute.detach(),
            (Some(attribute), Some(value)) => attribute.value.set(text_of(cx, value)?),
            (None, None) => {}
            (None, Some(value)) => {
                let text = text_of(cx, value)?;
                this.insert_attribute(Node::new(cx, Kind::Attribute, Some(name), text));
            }
        }
        Ok(())
    }

    /// Takes all attributes and nodes out of it.
    #[member("void RemoveAll()")]
    fn remove_all(this: &'a Node<'a>) {
        Self::remove_attributes(this);
        this.clear();
    }

    /// Takes all attributes out of it.
    #[member("void RemoveAttributes()")]
    fn remove_attributes(this: &'a Node<'a>) {
        while let Some(attribute) = this.first_attribute() {
            attribute.detach();
        }
    }

    /// Puts content in the place of all attributes and nodes.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceAll(object content)")]
    fn replace_all(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        Self::remove_all(this);
        add(cx, this, content, None)
    }

    /// Puts content in the place of all attributes and nodes.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceAll(params object[] content)")]
    fn replace_all_of(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<&'a Array<'a>>) -> Result<(), Throw> {
        Self::replace_all(this, cx, content.map(object_of))
    }

    /// Puts others in the place of all attributes.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceAttributes(object content)")]
    fn replace_attributes(this: &'a Node<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        Self::remove_attributes(this);
        add(cx, this, content, None)
    }

    /// Puts others in the place of all attributes.
    ///
    /// # Throws
    /// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what it cannot hold.
    #[member("void ReplaceAttributes(params object[] content)")]
    fn replace_attributes_all(
        this: &'a Node<'a>,
        cx: &mut Cx<'a>,
        content: Option<&'a Array<'a>>,
    ) -> Result<(), Throw> {
        Self::replace_attributes(this, cx, content.map(object_of))
    }

    /// The namespace of names without a prefix here.
    #[member("XNamespace GetDefaultNamespace()")]
    fn get_default_namespace(this: &'a Node<'a>, cx: &mut Cx<'a>) -> &'a Namespace<'a> {
        let uri = declared(this, b"").unwrap_or(Str::EMPTY);
        Namespace::new(cx, uri)
    }

    /// The namespace of a prefix here; null if there is none.
    #[member("XNamespace GetNamespaceOfPrefix(string prefix)")]
    fn get_namespace_of_prefix(this: &'a Node<'a>, cx: &mut Cx<'a>, prefix: Str<'a>) -> Option<&'a Namespace<'a>> {
        let uri = match prefix.bytes() {
            b"xml" => Some(cx.str(XML)),
            b"xmlns" => Some(cx.str(XMLNS)),
            prefix => declared(this, prefix),
        };
        uri.map(|uri| Namespace::new(cx, uri))
    }
}

/// The namespace that a prefix has in an element.
fn declared<'a>(element: &'a Node<'a>, prefix: &[u8]) -> Option<Str<'a>> {
    for scope in std::iter::successors(Some(element), |node| node.parent()) {
        let attributes = std::iter::successors(scope.first_attribute(), |attribute| attribute.next());
        for attribute in attributes.filter(|attribute| attribute.declares_namespace()) {
            let name = attribute.name.get()?;
            let own: &[u8] = if name.namespace.is_empty() { b"" } else { name.local.bytes() };
            if own == prefix {
                return Some(attribute.value.get());
            }
        }
    }
    None
}

/// The conversions of `XElement`.
pub struct ElementConversions;

/// What an object of `XElement` converts to.
#[members("System.Xml.Linq.XElement", group = ELEMENT_CONVERSIONS)]
impl<'a> ElementConversions {
    /// The text; null for null.
    #[member("static explicit operator string(XElement value)")]
    fn to_string(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Str<'a>>, Throw> {
        value.map(|value| value.text(cx)).transpose()
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator bool(XElement value)")]
    fn to_bool(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<bool, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator bool?(XElement value)")]
    fn to_bool_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<bool>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator int(XElement value)")]
    fn to_int(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<i32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator int?(XElement value)")]
    fn to_int_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<i32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator uint(XElement value)")]
    fn to_uint(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<u32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator uint?(XElement value)")]
    fn to_uint_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<u32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator long(XElement value)")]
    fn to_long(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<i64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator long?(XElement value)")]
    fn to_long_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<i64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator ulong(XElement value)")]
    fn to_ulong(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<u64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator ulong?(XElement value)")]
    fn to_ulong_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<u64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator float(XElement value)")]
    fn to_float(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<f32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator float?(XElement value)")]
    fn to_float_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<f32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator double(XElement value)")]
    fn to_double(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<f64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator double?(XElement value)")]
    fn to_double_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<f64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator decimal(XElement value)")]
    fn to_decimal(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Decimal, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator decimal?(XElement value)")]
    fn to_decimal_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Decimal>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator DateTime(XElement value)")]
    fn to_date_time(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<DateTime, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator DateTime?(XElement value)")]
    fn to_date_time_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<DateTime>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator DateTimeOffset(XElement value)")]
    fn to_date_time_offset(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<DateTimeOffset, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator DateTimeOffset?(XElement value)")]
    fn to_date_time_offset_or_null(
        cx: &mut Cx<'a>,
        value: Option<&'a Node<'a>>,
    ) -> Result<Option<DateTimeOffset>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator TimeSpan(XElement value)")]
    fn to_time_span(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<TimeSpan, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator TimeSpan?(XElement value)")]
    fn to_time_span_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<TimeSpan>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator Guid(XElement value)")]
    fn to_guid(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Guid, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator Guid?(XElement value)")]
    fn to_guid_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Guid>, Throw> {
        optional(cx, value)
    }
}
