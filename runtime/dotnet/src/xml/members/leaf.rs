//! `XText`, `XCData`, `XComment` and `XProcessingInstruction`.

use dotnet_macros::members;

use super::NODE_OPS;
use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Throw;
use crate::xml::name::check;
use crate::xml::node::{Kind, Node};

/// The members of `XText`.
pub struct TextType;

/// A text.
#[members("public class System.Xml.Linq.XText : XNode", as = XTEXT, ops = NODE_OPS)]
impl<'a> TextType {
    /// A text of this text.
    #[member("XText(string value)")]
    fn new(cx: &mut Cx<'a>, value: Str<'a>) -> &'a Node<'a> {
        Node::new(cx, Kind::Text, None, value)
    }

    /// A copy.
    #[member("XText(XText other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The text.
    #[member("string Value { get; }")]
    fn value(this: &'a Node<'a>) -> Str<'a> {
        this.value.get()
    }

    /// Sets the text.
    #[member("string Value { set; }")]
    fn set_value(this: &'a Node<'a>, value: Str<'a>) {
        this.value.set(value);
    }
}

/// The members of `XCData`.
pub struct CDataType;

/// A text in `<![CDATA[…]]>`.
#[members("public class System.Xml.Linq.XCData : XText", as = XCDATA, ops = NODE_OPS)]
impl<'a> CDataType {
    /// A text in `<![CDATA[…]]>` of this text.
    #[member("XCData(string value)")]
    fn new(cx: &mut Cx<'a>, value: Str<'a>) -> &'a Node<'a> {
        Node::new(cx, Kind::CData, None, value)
    }

    /// A copy.
    #[member("XCData(XCData other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }
}

/// The members of `XComment`.
pub struct CommentType;

/// A comment.
#[members("public class System.Xml.Linq.XComment : XNode", as = XCOMMENT, ops = NODE_OPS)]
impl<'a> CommentType {
    /// A comment of this text.
    #[member("XComment(string value)")]
    fn new(cx: &mut Cx<'a>, value: Str<'a>) -> &'a Node<'a> {
        Node::new(cx, Kind::Comment, None, value)
    }

    /// A copy.
    #[member("XComment(XComment other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The text.
    #[member("string Value { get; }")]
    fn value(this: &'a Node<'a>) -> Str<'a> {
        this.value.get()
    }

    /// Sets the text.
    #[member("string Value { set; }")]
    fn set_value(this: &'a Node<'a>, value: Str<'a>) {
        this.value.set(value);
    }
}

/// The members of `XProcessingInstruction`.
pub struct InstructionType;

/// A processing instruction.
#[members("public class System.Xml.Linq.XProcessingInstruction : XNode", as = XINSTRUCTION, ops = NODE_OPS)]
impl<'a> InstructionType {
    /// A processing instruction.
    ///
    /// # Throws
    /// `XmlException` if the target is no name.
    #[member("XProcessingInstruction(string target, string data)")]
    fn new(cx: &mut Cx<'a>, target: Str<'a>, data: Str<'a>) -> Result<&'a Node<'a>, Throw> {
        check(cx, target)?;
        let node = Node::new(cx, Kind::Instruction, None, data);
        node.target.set(target);
        Ok(node)
    }

    /// A copy.
    #[member("XProcessingInstruction(XProcessingInstruction other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Node<'a>) -> Result<&'a Node<'a>, Throw> {
        other.copied(cx)
    }

    /// The text behind the target.
    #[member("string Data { get; }")]
    fn data(this: &'a Node<'a>) -> Str<'a> {
        this.value.get()
    }

    /// Sets the text behind the target.
    #[member("string Data { set; }")]
    fn set_data(this: &'a Node<'a>, value: Str<'a>) {
        this.value.set(value);
    }

    /// Whom it is meant for.
    #[member("string Target { get; }")]
    fn target(this: &'a Node<'a>) -> Str<'a> {
        this.target.get()
    }
}
