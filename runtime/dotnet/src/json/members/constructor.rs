//! `Newtonsoft.Json.Linq.JConstructor`.

use dotnet_macros::members;

use super::CONTAINER_OPS;
use crate::cx::Cx;
use crate::json::token::{Content, Token};
use crate::json::{edit, index};
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;

/// The members of `JConstructor`.
pub struct JConstructorType;

/// A JavaScript constructor call in JSON: `new Date(0)`.
#[members("public class Newtonsoft.Json.Linq.JConstructor : JContainer", as = JCONSTRUCTOR, ops = CONTAINER_OPS)]
impl<'a> JConstructorType {
    /// A call without a name.
    #[member("JConstructor()")]
    fn new(cx: &mut Cx<'a>) -> &'a Token<'a> {
        Token::new_constructor(cx, None)
    }

    /// A copy of a call.
    #[member("JConstructor(JConstructor other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::deep_clone(cx, other)
    }

    /// A call without arguments.
    ///
    /// # Throws
    /// `ArgumentException` for an empty name.
    #[member("JConstructor(string name)")]
    fn with_name(cx: &mut Cx<'a>, name: Str<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::new_constructor(cx, name)
    }

    /// A call with these arguments.
    ///
    /// # Throws
    /// `ArgumentException` for an empty name, and for a value that JSON has no form of.
    #[member("JConstructor(string name, params object[] content)")]
    fn with_contents(cx: &mut Cx<'a>, name: Str<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        Self::with_content(cx, name, content)
    }

    /// A call with an argument, or those of a sequence.
    ///
    /// # Throws
    /// `ArgumentException` for an empty name, and for a value that JSON has no form of.
    #[member("JConstructor(string name, object content)")]
    fn with_content(cx: &mut Cx<'a>, name: Str<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        let token = edit::new_constructor(cx, name)?;
        edit::add_last(cx, token, content)?;
        Ok(token)
    }

    /// The name of what is constructed.
    #[member("string Name { get; }")]
    fn name(this: &'a Token<'a>) -> Option<Str<'a>> {
        match this.content() {
            Content::Constructor(constructor) => constructor.name.get(),
            _ => None,
        }
    }

    /// Changes the name of what is constructed.
    #[member("string Name { set; }")]
    fn set_name(this: &'a Token<'a>, value: Option<Str<'a>>) {
        if let Content::Constructor(constructor) = this.content() {
            constructor.name.set(value);
        }
    }

    /// The argument at a position.
    ///
    /// # Throws
    /// `ArgumentException` if the key is no `int`, `ArgumentOutOfRangeException` past the end.
    #[member("JToken this[object key] { get; }")]
    fn item(this: &'a Token<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Result<Option<&'a Token<'a>>, Throw> {
        index::get(cx, this, key)
    }

    /// Replaces the argument at a position.
    ///
    /// # Throws
    /// `ArgumentException` if the key is no `int`, `ArgumentOutOfRangeException` past the end.
    #[member("JToken this[object key] { set; }")]
    fn set_item(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        key: Option<Obj<'a>>,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        index::set(cx, this, key, value)
    }
}
