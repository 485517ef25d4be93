//! `XAttribute`.

use dotnet_macros::members;

use super::NODE_OPS;
use super::object::parent_of;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::guid::Guid;
use crate::format::time::{DateTime, DateTimeOffset, TimeSpan};
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::word::Role;
use crate::xml::content::text_of;
use crate::xml::conversion::FromXml;
use crate::xml::name::Name;
use crate::xml::node::{Kind, Node};

/// The value of what must be there.
pub(super) fn required<'a, T: FromXml<'a>>(cx: &mut Cx<'a>, node: Option<&'a Node<'a>>) -> Result<T, Throw> {
    let parameter = "value";
    match optional(cx, node)? {
        Some(value) => Ok(value),
        None => Err(cx.throw_null(Role::Argument(parameter))),
    }
}

/// The value of what may be missing.
pub(super) fn optional<'a, T: FromXml<'a>>(cx: &mut Cx<'a>, node: Option<&'a Node<'a>>) -> Result<Option<T>, Throw> {
    let Some(node) = node else { return Ok(None) };
    let text = node.text(cx)?;
    T::read(cx, text).map(Some)
}

/// The members of `XAttribute`.
pub struct AttributeType;

/// An attribute of an element.
#[members("public class System.Xml.Linq.XAttribute : XObject", as = XATTRIBUTE, ops = NODE_OPS, groups = [ATTRIBUTE_CONVERSIONS])]
impl<'a> AttributeType {
    /// An attribute; its value is the text that XML has for the object.
    ///
    /// # Throws
    /// `ArgumentException` if the value is a node.
    #[member("XAttribute(XName name, object value)")]
    fn new(cx: &mut Cx<'a>, name: &'a Name<'a>, value: Obj<'a>) -> Result<&'a Node<'a>, Throw> {
        let text = text_of(cx, value)?;
        Ok(Node::new(cx, Kind::Attribute, Some(name), text))
    }

    /// A copy.
    #[member("XAttribute(XAttribute other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The name.
    #[member("XName Name { get; }")]
    fn name(this: &'a Node<'a>) -> Option<&'a Name<'a>> {
        this.name.get()
    }

    /// The value.
    #[member("string Value { get; }")]
    fn value(this: &'a Node<'a>) -> Str<'a> {
        this.value.get()
    }

    /// Sets the value.
    #[member("string Value { set; }")]
    fn set_text(this: &'a Node<'a>, value: Str<'a>) {
        this.value.set(value);
    }

    /// Sets the value to the text that XML has for an object.
    ///
    /// # Throws
    /// `ArgumentException` if the value is a node.
    #[member("void SetValue(object value)")]
    fn set_value(this: &'a Node<'a>, cx: &mut Cx<'a>, value: Obj<'a>) -> Result<(), Throw> {
        this.value.set(text_of(cx, value)?);
        Ok(())
    }

    /// Whether it declares a namespace.
    #[member("bool IsNamespaceDeclaration { get; }")]
    fn is_namespace_declaration(this: &'a Node<'a>) -> bool {
        this.declares_namespace()
    }

    /// The attribute behind it; null if there is none.
    #[member("XAttribute NextAttribute { get; }")]
    fn next_attribute(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.next()
    }

    /// The attribute before it; null if there is none.
    #[member("XAttribute PreviousAttribute { get; }")]
    fn previous_attribute(this: &'a Node<'a>) -> Option<&'a Node<'a>> {
        this.previous()
    }

    /// Takes it out of its element.
    ///
    /// # Throws
    /// `InvalidOperationException` if it belongs to no element.
    #[member("void Remove()")]
    fn remove(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        parent_of(this, cx)?;
        this.detach();
        Ok(())
    }

    /// `name="value"`.
    #[member("string ToString()")]
    fn to_text(this: &'a Node<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        crate::xml::write::text(cx, this, false)
    }
}

/// The conversions of `XAttribute`.
pub struct AttributeConversions;

/// What an object of `XAttribute` converts to.
#[members("System.Xml.Linq.XAttribute", group = ATTRIBUTE_CONVERSIONS)]
impl<'a> AttributeConversions {
    /// The text; null for null.
    #[member("static explicit operator string(XAttribute value)")]
    fn to_string(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Str<'a>>, Throw> {
        value.map(|value| value.text(cx)).transpose()
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator bool(XAttribute value)")]
    fn to_bool(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<bool, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator bool?(XAttribute value)")]
    fn to_bool_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<bool>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator int(XAttribute value)")]
    fn to_int(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<i32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator int?(XAttribute value)")]
    fn to_int_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<i32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator uint(XAttribute value)")]
    fn to_uint(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<u32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator uint?(XAttribute value)")]
    fn to_uint_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<u32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator long(XAttribute value)")]
    fn to_long(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<i64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator long?(XAttribute value)")]
    fn to_long_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<i64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator ulong(XAttribute value)")]
    fn to_ulong(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<u64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator ulong?(XAttribute value)")]
    fn to_ulong_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<u64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator float(XAttribute value)")]
    fn to_float(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<f32, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator float?(XAttribute value)")]
    fn to_float_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<f32>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator double(XAttribute value)")]
    fn to_double(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<f64, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator double?(XAttribute value)")]
    fn to_double_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<f64>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator decimal(XAttribute value)")]
    fn to_decimal(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Decimal, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator decimal?(XAttribute value)")]
    fn to_decimal_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Decimal>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator DateTime(XAttribute value)")]
    fn to_date_time(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<DateTime, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator DateTime?(XAttribute value)")]
    fn to_date_time_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<DateTime>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator DateTimeOffset(XAttribute value)")]
    fn to_date_time_offset(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<DateTimeOffset, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator DateTimeOffset?(XAttribute value)")]
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
    #[member("static explicit operator TimeSpan(XAttribute value)")]
    fn to_time_span(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<TimeSpan, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator TimeSpan?(XAttribute value)")]
    fn to_time_span_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<TimeSpan>, Throw> {
        optional(cx, value)
    }

    /// The value that its text is.
    ///
    /// # Throws
    /// `FormatException` if it is none, `ArgumentNullException` for null.
    #[member("static explicit operator Guid(XAttribute value)")]
    fn to_guid(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Guid, Throw> {
        required(cx, value)
    }

    /// The value that its text is; null for null.
    ///
    /// # Throws
    /// `FormatException` if it is none.
    #[member("static explicit operator Guid?(XAttribute value)")]
    fn to_guid_or_null(cx: &mut Cx<'a>, value: Option<&'a Node<'a>>) -> Result<Option<Guid>, Throw> {
        optional(cx, value)
    }
}
