//! The types of `System.Xml.Linq` and their members.

pub mod attribute;
pub mod container;
pub mod declaration;
pub mod element;
pub mod extensions;
pub mod leaf;
pub mod object;

use dotnet_macros::members;

use super::content;
use crate::cx::Cx;
use crate::object::{Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Exception;
use crate::ty::Ty;
use crate::types::exception::{exceptions, make};

exceptions! {
    XML_EXCEPTION, XmlType, "XmlException", "public class System.Xml.XmlException : SystemException",
        Some("An XML error has occurred."), [], "A text is no XML.";
}

crate::enumeration! {
    /// The kinds of nodes.
    NODE_TYPE, NODE_TYPE_DEF, "public enum System.Xml.XmlNodeType", "System.Xml.XmlNodeType",
    [
        ("None", 0), ("Element", 1), ("Attribute", 2), ("Text", 3), ("CDATA", 4), ("EntityReference", 5), ("Entity", 6),
        ("ProcessingInstruction", 7), ("Comment", 8), ("Document", 9), ("DocumentType", 10), ("DocumentFragment", 11),
        ("Notation", 12), ("Whitespace", 13), ("SignificantWhitespace", 14), ("EndElement", 15), ("EndEntity", 16),
        ("XmlDeclaration", 17),
    ]
}

crate::enumeration! {
    /// How XML text is laid out.
    SAVE_OPTIONS, SAVE_OPTIONS_DEF, "public flags enum System.Xml.Linq.SaveOptions", "System.Xml.Linq.SaveOptions",
    [("None", 0), ("DisableFormatting", 1), ("OmitDuplicateNamespaces", 2)]
}

crate::enumeration! {
    /// How XML text is read.
    LOAD_OPTIONS, LOAD_OPTIONS_DEF, "public flags enum System.Xml.Linq.LoadOptions", "System.Xml.Linq.LoadOptions",
    [("None", 0), ("PreserveWhitespace", 1), ("SetBaseUri", 2), ("SetLineInfo", 4)]
}

/// The behaviour of nodes: their XML as text.
pub static NODE_OPS: Ops = Ops { to_text: content::node_text, from_body: Some(content::from_body), ..REFERENCE };
