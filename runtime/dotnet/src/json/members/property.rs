//! `Newtonsoft.Json.Linq.JProperty`.

use dotnet_macros::members;

use super::CONTAINER_OPS;
use crate::cx::Cx;
use crate::json::edit;
use crate::json::token::Token;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;

/// The members of `JProperty`.
pub struct JPropertyType;

/// A property of a JSON object: a name and a value.
#[members("public class Newtonsoft.Json.Linq.JProperty : JContainer", as = JPROPERTY, ops = CONTAINER_OPS)]
impl<'a> JPropertyType {
    /// A copy of a property.
    #[member("JProperty(JProperty other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::deep_clone(cx, other)
    }

    /// A property whose value is an array of these.
    ///
    /// # Throws
    /// `ArgumentException` for a value that JSON has no form of.
    #[member("JProperty(string name, params object[] content)")]
    fn with_contents(cx: &mut Cx<'a>, name: Str<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        Self::with_content(cx, name, content)
    }

    /// A property with a value; a sequence makes it an array.
    ///
    /// # Throws
    /// `ArgumentException` for a value that JSON has no form of.
    #[member("JProperty(string name, object content)")]
    fn with_content(cx: &mut Cx<'a>, name: Str<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        let property = Token::new_property(cx, name);
        let value = match content.filter(|object| edit::is_many(*object)) {
            Some(sequence) => {
                let array = Token::new_array(cx);
                edit::add_last(cx, array, Some(sequence))?;
                array
            }
            None => edit::from_content(cx, content)?,
        };
        edit::set_value(cx, property, Some(value))?;
        Ok(property)
    }

    /// The name.
    #[member("string Name { get; }")]
    fn name(this: &'a Token<'a>) -> Option<Str<'a>> {
        this.name()
    }

    /// The value.
    #[member("JToken Value { get; }")]
    fn value(this: &'a Token<'a>) -> Option<&'a Token<'a>> {
        this.first()
    }

    /// Gives the property another value.
    ///
    /// # Throws
    /// `ArgumentException` if the value cannot be one of a property.
    #[member("JToken Value { set; }")]
    fn set_value(this: &'a Token<'a>, cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<(), Throw> {
        edit::set_value(cx, this, value)
    }
}
