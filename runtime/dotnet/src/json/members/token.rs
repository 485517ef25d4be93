//! `Newtonsoft.Json.Linq.JToken`.
//!
//! Not here: the conversions to and from other types (`members::conversion`).

use dotnet_macros::members;

use super::CONTAINER_OPS;
use super::conversion::*;
use super::enumerable::JEnumerable;
use super::equality::{JTOKEN_EQUALITY_COMPARER, equal};
use crate::cx::Cx;
use crate::json::load::{Wanted, parse};
use crate::json::token::Token;
use crate::json::writer::{Formatting, to_text};
use crate::json::{conversion, deserialize, edit, index, jpath, path, raise, serialize, walk};
use crate::object::{Obj, bare};
use crate::rt::default_word;
use crate::seq::Lazy;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `JToken`.
pub struct JTokenType;

/// A part of a JSON tree: an object, an array, a property or a value.
#[members("public abstract class Newtonsoft.Json.Linq.JToken : IJEnumerable<JToken>", as = JTOKEN,
    ops = CONTAINER_OPS, groups = [CONVERSIONS, BYTES, SBYTES, INT16S, UINT16S, INT32S, UINT32S, INT64S, UINT64S])]
impl<'a> JTokenType {
    /// Reads JSON of any kind.
    ///
    /// # Throws
    /// `JsonReaderException` if the text is not JSON.
    #[member("static JToken Parse(string json)")]
    fn parse(cx: &mut Cx<'a>, json: Str<'a>) -> Result<&'a Token<'a>, Throw> {
        parse(cx, json, Wanted::Token)
    }

    /// Whether two trees are equal; the order of properties does not matter.
    #[member("static bool DeepEquals(JToken t1, JToken t2)")]
    fn deep_equals(cx: &mut Cx<'a>, t1: Option<&'a Token<'a>>, t2: Option<&'a Token<'a>>) -> Result<bool, Throw> {
        equal(cx, t1, t2)
    }

    /// A comparer that finds trees equal that are equal in all their parts.
    #[member("static JTokenEqualityComparer EqualityComparer { get; }")]
    fn equality_comparer(cx: &mut Cx<'a>) -> Obj<'a> {
        bare(cx, Ty(&JTOKEN_EQUALITY_COMPARER))
    }

    /// The token that holds this one; null for the root of a tree.
    #[member("JContainer Parent { get; }")]
    fn parent(this: &'a Token<'a>) -> Option<&'a Token<'a>> {
        this.parent()
    }

    /// The outermost token of the tree.
    #[member("JToken Root { get; }")]
    fn root(this: &'a Token<'a>) -> &'a Token<'a> {
        this.root()
    }

    /// The kind of token.
    #[member("JTokenType Type { get; }")]
    fn kind(this: &'a Token<'a>) -> i32 {
        this.kind() as i32
    }

    /// Whether it holds other tokens.
    #[member("bool HasValues { get; }")]
    fn has_values(this: &'a Token<'a>) -> bool {
        this.count() > 0
    }

    /// The token behind this one; null for the last.
    #[member("JToken Next { get; }")]
    fn next(this: &'a Token<'a>) -> Option<&'a Token<'a>> {
        this.next()
    }

    /// The token before this one; null for the first.
    #[member("JToken Previous { get; }")]
    fn previous(this: &'a Token<'a>) -> Option<&'a Token<'a>> {
        this.previous()
    }

    /// The way from the root of the tree to this token: `a.b[0]`.
    #[member("string Path { get; }")]
    fn path(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        path::of_token(cx, this)
    }

    /// The first token in it; null if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` for a value.
    #[member("JToken First { get; }")]
    fn first(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<Option<&'a Token<'a>>, Throw> {
        if this.is_value() { Err(raise::no_children(cx, this)) } else { Ok(this.first()) }
    }

    /// The last token in it; null if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` for a value.
    #[member("JToken Last { get; }")]
    fn last(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<Option<&'a Token<'a>>, Throw> {
        if this.is_value() { Err(raise::no_children(cx, this)) } else { Ok(this.last()) }
    }

    /// The token of a name in an object, or at a position in an array; null for a name that is not there.
    ///
    /// # Throws
    /// `InvalidOperationException` if this is neither, `ArgumentException` for a key of the wrong type,
    /// `ArgumentOutOfRangeException` for a position that is not there.
    #[member("JToken this[object key] { get; }")]
    fn item(this: &'a Token<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Result<Option<&'a Token<'a>>, Throw> {
        index::get(cx, this, key)
    }

    /// Replaces the token of a name or at a position; a name that is not there is added.
    ///
    /// # Throws
    /// As reading does.
    #[member("JToken this[object key] { set; }")]
    fn set_item(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        key: Option<Obj<'a>>,
        value: Option<&'a Token<'a>>,
    ) -> Result<(), Throw> {
        index::set(cx, this, key, value)
    }

    /// The value of a name in an object, or at a position in an array, converted; the default value for what is not
    /// there.
    ///
    /// # Throws
    /// As the indexer does; `InvalidCastException` if there is no conversion, and what the conversion throws.
    #[member("T Value<T>(object key)")]
    fn value(this: &'a Token<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>, ty: Ty) -> Result<Word, Throw> {
        match index::get(cx, this, key)? {
            Some(token) => conversion::to_type(cx, token, ty),
            None => Ok(default_word(ty)),
        }
    }

    /// The tokens in this one, converted.
    ///
    /// # Throws
    /// `InvalidOperationException` for a value; when walked, `InvalidCastException` if there is no conversion.
    #[member("IEnumerable<T> Values<T>()")]
    fn values(this: &'a Token<'a>, cx: &mut Cx<'a>, ty: Ty) -> Result<Obj<'a>, Throw> {
        if this.is_value() {
            return Err(raise::no_children(cx, this));
        }
        Ok(Lazy::of(cx, ty, move |cx: &mut Cx<'a>| walk::converted(cx, this.object(), ty)))
    }

    /// The value of a type that the tree means: a number, string or date, a collection, or a tree again.
    ///
    /// # Throws
    /// `ArgumentException`, `FormatException` or `OverflowException` for a value that does not convert,
    /// `JsonSerializationException` or `JsonReaderException` for a tree that means no such value.
    #[member("T ToObject<T>()")]
    fn to_object(this: &'a Token<'a>, cx: &mut Cx<'a>, ty: Ty) -> Result<Word, Throw> {
        deserialize::from_tree(cx, this, ty)
    }

    /// The tree of a value.
    ///
    /// # Throws
    /// `JsonSerializationException` for an object that holds itself.
    #[member("static JToken FromObject(object o)")]
    fn from_object(cx: &mut Cx<'a>, o: Obj<'a>) -> Result<&'a Token<'a>, Throw> {
        serialize::to_token(cx, o)
    }

    /// Adds content behind this token.
    ///
    /// # Throws
    /// `InvalidOperationException` if the token has no parent, `ArgumentException` if the parent cannot hold it.
    #[member("void AddAfterSelf(object content)")]
    fn add_after_self(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let Some(parent) = this.parent() else { return Err(raise::no_parent(cx)) };
        let index = parent.index_of(this).map_or(0, |index| index + 1);
        edit::add(cx, parent, index, content)
    }

    /// Adds content before this token.
    ///
    /// # Throws
    /// `InvalidOperationException` if the token has no parent, `ArgumentException` if the parent cannot hold it.
    #[member("void AddBeforeSelf(object content)")]
    fn add_before_self(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        let Some(parent) = this.parent() else { return Err(raise::no_parent(cx)) };
        let index = parent.index_of(this).unwrap_or(0);
        edit::add(cx, parent, index, content)
    }

    /// Takes this token out of its parent.
    ///
    /// # Throws
    /// `InvalidOperationException` if it has no parent, `JsonException` for the value of a property.
    #[member("void Remove()")]
    fn remove(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        match this.parent() {
            Some(parent) => edit::remove(cx, parent, Some(this)).map(|_| ()),
            None => Err(raise::no_parent(cx)),
        }
    }

    /// Puts another token in the place of this one.
    ///
    /// # Throws
    /// `InvalidOperationException` if it has no parent, `ArgumentException` if the parent cannot hold the other.
    #[member("void Replace(JToken value)")]
    fn replace(this: &'a Token<'a>, cx: &mut Cx<'a>, value: Option<&'a Token<'a>>) -> Result<(), Throw> {
        let Some(parent) = this.parent() else { return Err(raise::no_parent(cx)) };
        match parent.index_of(this).and_then(|index| i64::try_from(index).ok()) {
            Some(index) => edit::set(cx, parent, index, value),
            None => Ok(()),
        }
    }

    /// The tokens that hold this one, the nearest first.
    #[member("IEnumerable<JToken> Ancestors()")]
    fn ancestors(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::ancestors(cx, this.parent())))
    }

    /// This token and those that hold it, the nearest first.
    #[member("IEnumerable<JToken> AncestorsAndSelf()")]
    fn ancestors_and_self(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::ancestors(cx, Some(this))))
    }

    /// The tokens behind this one.
    #[member("IEnumerable<JToken> AfterSelf()")]
    fn after_self(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::siblings(cx, this.next(), None)))
    }

    /// The tokens before this one, the first first.
    #[member("IEnumerable<JToken> BeforeSelf()")]
    fn before_self(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| {
            Ok(walk::siblings(cx, this.parent().and_then(Token::first), Some(this)))
        })
    }

    /// The tokens in it; none for a value.
    #[member("JEnumerable<JToken> Children()")]
    fn children(this: &'a Token<'a>, cx: &mut Cx<'a>) -> &'a JEnumerable<'a> {
        JEnumerable::new(cx, Ty(&JTOKEN), this.object())
    }

    /// The tokens in it that are of a type.
    #[member("JEnumerable<T> Children<T>()")]
    fn children_of_type(this: &'a Token<'a>, cx: &mut Cx<'a>, ty: Ty) -> &'a JEnumerable<'a> {
        let source = Lazy::of(cx, ty, move |cx: &mut Cx<'a>| Ok(walk::children_of_type(cx, Some(this), ty)));
        JEnumerable::new(cx, ty, source)
    }

    /// Looks a token up by a path; null if there is none.
    ///
    /// # Throws
    /// `JsonException` if the path is wrong or finds several.
    #[member("JToken SelectToken(string path)")]
    fn select_token(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        path: Option<Str<'a>>,
    ) -> Result<Option<&'a Token<'a>>, Throw> {
        jpath::select_one(cx, this, path, false)
    }

    /// Looks a token up by a path; null if there is none, or an exception if that is asked for.
    ///
    /// # Throws
    /// `JsonException` if the path is wrong, finds several, or finds none though it must.
    #[member("JToken SelectToken(string path, bool errorWhenNoMatch)")]
    fn select_token_or_fail(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        path: Option<Str<'a>>,
        error_when_no_match: bool,
    ) -> Result<Option<&'a Token<'a>>, Throw> {
        jpath::select_one(cx, this, path, error_when_no_match)
    }

    /// Looks tokens up by a path.
    ///
    /// # Throws
    /// `JsonException` if the path is wrong.
    #[member("IEnumerable<JToken> SelectTokens(string path)")]
    fn select_tokens(this: &'a Token<'a>, cx: &mut Cx<'a>, path: Option<Str<'a>>) -> Result<Obj<'a>, Throw> {
        jpath::select(cx, this, path, false)
    }

    /// Looks tokens up by a path; a part of it that finds nothing is an exception if that is asked for.
    ///
    /// # Throws
    /// `JsonException` if the path is wrong, or when a part finds nothing though it must.
    #[member("IEnumerable<JToken> SelectTokens(string path, bool errorWhenNoMatch)")]
    fn select_tokens_or_fail(
        this: &'a Token<'a>,
        cx: &mut Cx<'a>,
        path: Option<Str<'a>>,
        error_when_no_match: bool,
    ) -> Result<Obj<'a>, Throw> {
        jpath::select(cx, this, path, error_when_no_match)
    }

    /// A copy of the tree from here on, which belongs to nothing.
    #[member("JToken DeepClone()")]
    fn deep_clone(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<&'a Token<'a>, Throw> {
        edit::deep_clone(cx, this)
    }

    /// Indented JSON; of a value its own text.
    #[member("string ToString()")]
    fn to_text(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        this.object().to_text(cx)
    }

    /// JSON, in one line or indented.
    #[member("string ToString(Formatting formatting)")]
    fn to_json(this: &'a Token<'a>, cx: &mut Cx<'a>, formatting: i32) -> Result<Str<'a>, Throw> {
        to_text(cx, this, Formatting::of(formatting))
    }
}
