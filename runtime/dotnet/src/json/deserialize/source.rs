//! What .NET values are made from: the pieces of a JSON text, or of a tree.

use crate::cx::Cx;
use crate::json::reader::Expected;
use crate::json::token::{Content, Token};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;

/// A piece, as Json.NET's readers give it.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    /// There is no more.
    End,
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    /// With the name of what is constructed.
    StartConstructor(Option<Str<'a>>),
    EndConstructor,
    Name(Str<'a>),
    Comment,
    /// Text that is JSON as it is.
    Raw(&'a Token<'a>),
    /// A value; of a kind that has no children, and is not raw or a comment.
    Value(Content<'a>),
}

impl Item<'_> {
    /// What Json.NET calls the piece.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::End => "None",
            Self::StartObject => "StartObject",
            Self::EndObject => "EndObject",
            Self::StartArray => "StartArray",
            Self::EndArray => "EndArray",
            Self::StartConstructor(_) => "StartConstructor",
            Self::EndConstructor => "EndConstructor",
            Self::Name(_) => "PropertyName",
            Self::Comment => "Comment",
            Self::Raw(_) => "Raw",
            Self::Value(content) => match content {
                Content::Undefined => "Undefined",
                Content::Boolean(_) => "Boolean",
                Content::Integer(_) => "Integer",
                Content::Float(_) => "Float",
                Content::Date(_) => "Date",
                Content::Text(_) => "String",
                Content::Held(object) => match crate::json::value::kind_of(object.ty()) {
                    Some(kind) => kind.name(),
                    None => "String",
                },
                _ => "Null",
            },
        }
    }
}

/// Gives pieces.
pub(super) trait Source<'a> {
    /// The next piece.
    fn next(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw>;

    /// The next piece that is no comment, where a value of a type is expected: the value converted, if it can be.
    fn next_as(&mut self, cx: &mut Cx<'a>, expected: Expected) -> Result<Item<'a>, Throw>;

    /// The tree of the piece that was read last, with all pieces that belong to it.
    fn tree(&mut self, cx: &mut Cx<'a>, keep_comments: bool) -> Result<&'a Token<'a>, Throw>;

    /// Throws a `JsonException` of some type with the place where the source stands behind its message.
    fn fail(&self, cx: &mut Cx<'a>, ty: Ty, message: &[u8], cause: Option<&'a Exception<'a>>) -> Throw;

    /// The next piece that is no comment.
    fn next_content(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw> {
        loop {
            match self.next(cx)? {
                Item::Comment => cx.check_limits()?,
                item => return Ok(item),
            }
        }
    }
}

/// Throws an exception with a message and a cause.
pub(super) fn throw_with<'a>(cx: &mut Cx<'a>, ty: Ty, message: &[u8], cause: Option<&'a Exception<'a>>) -> Throw {
    let message = cx.str_from_wtf8(message);
    let exception = Exception::new(ty, Some(message), None);
    exception.inner.set(cause);
    let exception = cx.arena().alloc(exception);
    cx.throw_exception(exception)
}
