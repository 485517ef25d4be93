//! `Newtonsoft.Json.Linq.JObject`.

use dotnet_macros::members;

use super::enumerable::JEnumerable;
use super::list::{KEYED, MEMBERS};
use super::property::JPROPERTY;
use super::token::JTOKEN;
use crate::cx::Cx;
use crate::json::load::{Wanted, parse};
use crate::json::token::Token;
use crate::json::{edit, index, serialize, walk};
use crate::object::{Obj, Ops};
use crate::rt::{Enumerator, Out};
use crate::seq::Lazy;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::key_value_pair::KeyValuePair;
use crate::types::string::STRING;
use crate::word::Role;

/// The members of `JObject`.
pub struct JObjectType;

/// A JSON object: properties in order.
#[members("public class Newtonsoft.Json.Linq.JObject : JContainer, IDictionary<string, JToken>", as = JOBJECT,
    ops = OBJECT_OPS)]
impl<'a> JObjectType {
    /// An object without properties.
    #[member("JObject()")]
    fn new(cx: &mut Cx<'a>) -> &'a Token<'a> {
        Token::new_object(cx)
    }

    /// A copy of an object.
    #[member("JObject(JObject other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::deep_clone(cx, other)
    }

    /// An object with these properties.
    ///
    /// # Throws
    /// `ArgumentException` for what is no property, and for a name that occurs twice.
    #[member("JObject(params object[] content)")]
    fn with_contents(cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        Self::with_content(cx, content)
    }

    /// An object with a property or the properties of a sequence.
    ///
    /// # Throws
    /// `ArgumentException` for what is no property, and for a name that occurs twice.
    #[member("JObject(object content)")]
    fn with_content(cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        let token = Token::new_object(cx);
        edit::add_last(cx, token, content)?;
        Ok(token)
    }

    /// Reads a JSON object.
    ///
    /// # Throws
    /// `JsonReaderException` if the text is no JSON object.
    #[member("static JObject Parse(string json)")]
    fn parse(cx: &mut Cx<'a>, json: Str<'a>) -> Result<&'a Token<'a>, Throw> {
        parse(cx, json, Wanted::Object)
    }

    /// The JSON object of a value: of a dictionary, or of a value's properties.
    ///
    /// # Throws
    /// `ArgumentException` if the value's JSON is no object.
    #[member("static JObject FromObject(object o)")]
    fn from_object(cx: &mut Cx<'a>, o: Obj<'a>) -> Result<&'a Token<'a>, Throw> {
        serialize::to_token_of(cx, o, Wanted::Object)
    }

    /// The properties, in order.
    #[member("IEnumerable<JProperty> Properties()")]
    fn properties(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JPROPERTY), move |cx: &mut Cx<'a>| Ok(walk::children(cx, Some(this))))
    }

    /// The property of a name; null if there is none.
    #[member("JProperty Property(string name)")]
    fn property(this: &'a Token<'a>, cx: &mut Cx<'a>, name: Option<Str<'a>>) -> Option<&'a Token<'a>> {
        name.and_then(|name| index::property(cx, this, name))
    }

    /// The property of a name, or else the first whose name is equal in a comparison; null if there is none.
    #[member("JProperty Property(string name, StringComparison comparison)")]
    fn property_compared(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        name: Option<Str<'a>>,
        comparison: i32,
    ) -> Result<Option<&'a Token<'a>>, Throw> {
        index::property_compared(cx, this, name, comparison)
    }

    /// The values of the properties, in order.
    #[member("JEnumerable<JToken> PropertyValues()")]
    fn property_values(this: &'a Token<'a>, cx: &mut Cx<'a>) -> &'a JEnumerable<'a> {
        let source = Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::property_values(cx, this)));
        JEnumerable::new(cx, Ty(&JTOKEN), source)
    }

    /// The value of a property; null if there is none of this name.
    ///
    /// # Throws
    /// `ArgumentException` if the key is no string.
    #[member("JToken this[object key] { get; }")]
    fn item(this: &'a Token<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Result<Option<&'a Token<'a>>, Throw> {
        index::get(cx, this, key)
    }

    /// Gives a property another value, or adds one.
    ///
    /// # Throws
    /// `ArgumentException` if the key is no string.
    #[member("JToken this[object key] { set; }")]
    fn set_item(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        key: Option<Obj<'a>>,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        index::set(cx, this, key, value)
    }

    /// The value of a property; null if there is none of this name.
    #[member("JToken this[string propertyName] { get; }")]
    fn named_item(this: &'a Token<'a>, cx: &mut Cx<'a>, property_name: Str<'a>) -> Option<&'a Token<'a>> {
        index::member(cx, this, property_name)
    }

    /// Gives a property another value, or adds one.
    ///
    /// # Throws
    /// `ArgumentException` if the value cannot be one of a property.
    #[member("JToken this[string propertyName] { set; }")]
    fn set_named_item(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        property_name: Option<Str<'a>>,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        match property_name {
            Some(name) => edit::set_member(cx, this, name, value),
            None => Err(cx.throw_null(Role::Argument("name"))),
        }
    }

    /// The value of a property; null if there is none of this name.
    #[member("JToken GetValue(string propertyName)")]
    fn get_value(this: &'a Token<'a>, cx: &mut Cx<'a>, property_name: Option<Str<'a>>) -> Option<&'a Token<'a>> {
        property_name.and_then(|name| index::member(cx, this, name))
    }

    /// The value of a property whose name is equal in a comparison; null if there is none.
    #[member("JToken GetValue(string propertyName, StringComparison comparison)")]
    fn get_value_compared(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        property_name: Option<Str<'a>>,
        comparison: i32,
    ) -> Result<Option<&'a Token<'a>>, Throw> {
        let property = index::property_compared(cx, this, property_name, comparison)?;
        Ok(property.map(Token::value_or_self))
    }

    /// Whether there is a property of this name, and its value.
    #[member("bool TryGetValue(string propertyName, out JToken value)")]
    fn try_get_value(this: &'a Token<'a>, cx: &mut Cx<'a>, property_name: Option<Str<'a>>, value: Out<'a>) -> bool {
        let found = property_name.and_then(|name| index::member(cx, this, name));
        value.set(cx, found);
        found.is_some()
    }

    /// Whether there is a property whose name is equal in a comparison, and its value.
    #[member("bool TryGetValue(string propertyName, StringComparison comparison, out JToken value)")]
    fn try_get_value_compared(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        property_name: Option<Str<'a>>,
        comparison: i32,
        value: Out<'a>,
    ) -> Result<bool, Throw> {
        let found = Self::get_value_compared(this, cx, property_name, comparison)?;
        value.set(cx, found);
        Ok(found.is_some())
    }

    /// Adds a property.
    ///
    /// # Throws
    /// `ArgumentException` if there is one of this name.
    #[member("void Add(string propertyName, JToken value)")]
    fn add(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        property_name: Option<Str<'a>>,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        match property_name {
            Some(name) => edit::add_member(cx, this, name, value),
            None => Err(cx.throw_null(Role::Argument("name"))),
        }
    }

    /// Whether there is a property of this name.
    #[member("bool ContainsKey(string propertyName)")]
    fn contains_key(this: &'a Token<'a>, cx: &mut Cx<'a>, property_name: Str<'a>) -> bool {
        index::property(cx, this, property_name).is_some()
    }

    /// Removes the property of a name; false if there is none.
    #[member("bool Remove(string propertyName)")]
    fn remove(this: &'a Token<'a>, cx: &mut Cx<'a>, property_name: Option<Str<'a>>) -> Result<bool, Throw> {
        match property_name.and_then(|name| index::property(cx, this, name)) {
            Some(property) => edit::remove(cx, this, Some(property)),
            None => Ok(false),
        }
    }

    /// A walk over the names and values.
    #[member("IEnumerator<KeyValuePair<string, JToken>> GetEnumerator()")]
    fn get_enumerator(this: &'a Token<'a>, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        let pairs = walk::pairs(cx, this);
        Enumerator::new(cx, KeyValuePair::of(Ty(&STRING), Ty(&JTOKEN)), pairs)
    }
}

/// The behaviour of objects: two sequences, of pairs and of properties.
pub static OBJECT_OPS: Ops = Ops {
    elements: Some(|cx, object, element| {
        let token = object.downcast::<Token<'_>>();
        Ok(match token {
            Some(token) if element == KeyValuePair::of(Ty(&STRING), Ty(&JTOKEN)) => walk::pairs(cx, token),
            token => walk::children(cx, token),
        })
    }),
    collection: Some(&MEMBERS),
    keyed: Some(&KEYED),
    ..super::CONTAINER_OPS
};
