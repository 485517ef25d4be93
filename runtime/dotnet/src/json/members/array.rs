//! `Newtonsoft.Json.Linq.JArray`.

use dotnet_macros::members;

use super::CONTAINER_OPS;
use super::token::JTOKEN;
use crate::array::Array;
use crate::cx::Cx;
use crate::json::load::{Wanted, parse};
use crate::json::token::Token;
use crate::json::{edit, index, serialize, walk};
use crate::object::Obj;
use crate::rt::Enumerator;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types;

/// The members of `JArray`.
pub struct JArrayType;

/// A JSON array.
#[members("public class Newtonsoft.Json.Linq.JArray : JContainer, IList<JToken>", as = JARRAY, ops = CONTAINER_OPS)]
impl<'a> JArrayType {
    /// An array without elements.
    #[member("JArray()")]
    fn new(cx: &mut Cx<'a>) -> &'a Token<'a> {
        Token::new_array(cx)
    }

    /// A copy of an array.
    #[member("JArray(JArray other)")]
    fn copy(cx: &mut Cx<'a>, other: &'a Token<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::deep_clone(cx, other)
    }

    /// An array of these elements.
    ///
    /// # Throws
    /// `ArgumentException` for a value that JSON has no form of.
    #[member("JArray(params object[] content)")]
    fn with_contents(cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        Self::with_content(cx, content)
    }

    /// An array of one element, or of those of a sequence.
    ///
    /// # Throws
    /// `ArgumentException` for a value that JSON has no form of.
    #[member("JArray(object content)")]
    fn with_content(cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<&'a Token<'a>, Throw> {
        let token = Token::new_array(cx);
        edit::add_last(cx, token, content)?;
        Ok(token)
    }

    /// Reads a JSON array.
    ///
    /// # Throws
    /// `JsonReaderException` if the text is no JSON array.
    #[member("static JArray Parse(string json)")]
    fn parse(cx: &mut Cx<'a>, json: crate::text::Str<'a>) -> Result<&'a Token<'a>, Throw> {
        parse(cx, json, Wanted::Array)
    }

    /// The JSON array of a sequence.
    ///
    /// # Throws
    /// `ArgumentException` if the value's JSON is no array.
    #[member("static JArray FromObject(object o)")]
    fn from_object(cx: &mut Cx<'a>, o: Obj<'a>) -> Result<&'a Token<'a>, Throw> {
        serialize::to_token_of(cx, o, Wanted::Array)
    }

    /// The element at a position.
    ///
    /// # Throws
    /// `ArgumentException` if the key is no `int`, `ArgumentOutOfRangeException` past the end.
    #[member("JToken this[object key] { get; }")]
    fn item(this: &'a Token<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Result<Option<&'a Token<'a>>, Throw> {
        index::get(cx, this, key)
    }

    /// Replaces the element at a position.
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

    /// The element at a position.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` past the end.
    #[member("JToken this[int index] { get; }")]
    fn element(this: &'a Token<'a>, cx: &mut Cx<'a>, index: i32) -> Result<&'a Token<'a>, Throw> {
        index::element(cx, this, index)
    }

    /// Replaces the element at a position.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` past the end.
    #[member("JToken this[int index] { set; }")]
    fn set_element(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        edit::set(cx, this, i64::from(index), value)
    }

    /// The position of this very token; -1 if it is not here.
    #[member("int IndexOf(JToken item)")]
    fn index_of(this: &'a Token<'a>, item: Option<&'a Token<'a>>) -> i32 {
        item.and_then(|item| this.index_of(item)).and_then(|index| i32::try_from(index).ok()).unwrap_or(-1)
    }

    /// Puts a token before the one at a position.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` past the end.
    #[member("void Insert(int index, JToken item)")]
    fn insert(this: &'a Token<'a>, cx: &mut Cx<'a>, index: i32, item: Option<&'a Token<'a>>) -> Result<(), Throw> {
        match usize::try_from(index) {
            Ok(index) => edit::insert(cx, this, index, item),
            Err(_) => Err(types::raise::index(cx, "index")),
        }
    }

    /// Takes the element at a position out.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` past the end.
    #[member("void RemoveAt(int index)")]
    fn remove_at(this: &'a Token<'a>, cx: &mut Cx<'a>, index: i32) -> Result<(), Throw> {
        edit::remove_at(cx, this, i64::from(index))
    }

    /// Adds a token at the end.
    #[member("void Add(JToken item)")]
    fn add(this: &'a Token<'a>, cx: &mut Cx<'a>, item: Option<&'a Token<'a>>) -> Result<(), Throw> {
        edit::add_last(cx, this, item.map(Token::object))
    }

    /// Takes all elements out.
    #[member("void Clear()")]
    fn clear(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        edit::clear(cx, this)
    }

    /// Whether this very token is an element.
    #[member("bool Contains(JToken item)")]
    fn contains(this: &'a Token<'a>, item: Option<&'a Token<'a>>) -> bool {
        item.is_some_and(|item| this.index_of(item).is_some())
    }

    /// Copies the elements into an array, from a position in it on.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` for a negative position, `ArgumentException` if they do not fit.
    #[member("void CopyTo(JToken[] array, int arrayIndex)")]
    fn copy_to(this: &'a Token<'a>, cx: &mut Cx<'a>, array: &'a Array<'a>, array_index: i32) -> Result<(), Throw> {
        index::copy_to(cx, this, array, array_index)
    }

    /// False: arrays can be changed.
    #[member("bool IsReadOnly { get; }", pure)]
    fn is_read_only(_this: &'a Token<'a>) -> bool {
        false
    }

    /// Takes this very token out; false if it is no element.
    #[member("bool Remove(JToken item)")]
    fn remove(this: &'a Token<'a>, cx: &mut Cx<'a>, item: Option<&'a Token<'a>>) -> Result<bool, Throw> {
        edit::remove(cx, this, item)
    }

    /// A walk over the elements.
    #[member("IEnumerator<JToken> GetEnumerator()")]
    fn get_enumerator(this: &'a Token<'a>, cx: &mut Cx<'a>) -> &'a Enumerator<'a> {
        let elements = walk::children(cx, Some(this));
        Enumerator::new(cx, Ty(&JTOKEN), elements)
    }
}
