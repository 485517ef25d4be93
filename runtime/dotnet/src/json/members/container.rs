//! `Newtonsoft.Json.Linq.JContainer`: what objects, arrays, properties and constructor calls have in common.

use dotnet_macros::members;

use super::CONTAINER_OPS;
use super::token::JTOKEN;
use crate::cx::Cx;
use crate::json::token::Token;
use crate::json::{edit, merge, walk};
use crate::object::Obj;
use crate::seq::Lazy;
use crate::throw::Throw;
use crate::ty::Ty;

/// The members of `JContainer`.
pub struct JContainerType;

/// A token that can hold others.
#[members("public abstract class Newtonsoft.Json.Linq.JContainer : JToken, IList<JToken>", as = JCONTAINER,
    ops = CONTAINER_OPS)]
impl<'a> JContainerType {
    /// How many tokens it holds.
    #[member("int Count { get; }")]
    fn count(this: &'a Token<'a>) -> i32 {
        i32::try_from(this.count()).unwrap_or(i32::MAX)
    }

    /// Adds content behind the last token; each element of a sequence by itself.
    ///
    /// # Throws
    /// `ArgumentException` if it cannot be held here, `JsonException` for a property that has a value.
    #[member("void Add(object content)")]
    fn add(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        edit::add_last(cx, this, content)
    }

    /// Adds content before the first token.
    ///
    /// # Throws
    /// As adding at the end does.
    #[member("void AddFirst(object content)")]
    fn add_first(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        edit::add(cx, this, 0, content)
    }

    /// Takes everything out and adds other content.
    ///
    /// # Throws
    /// As adding at the end does.
    #[member("void ReplaceAll(object content)")]
    fn replace_all(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        edit::clear(cx, this)?;
        edit::add_last(cx, this, content)
    }

    /// Takes everything out.
    ///
    /// # Throws
    /// `JsonException` for a property.
    #[member("void RemoveAll()")]
    fn remove_all(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Result<(), Throw> {
        edit::clear(cx, this)
    }

    /// Takes over what is in another tree: properties are joined, arrays put one behind the other, values replaced.
    #[member("void Merge(object content)")]
    fn merge(this: &'a Token<'a>, cx: &mut Cx<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
        merge::merge(cx, this, content)
    }

    /// All tokens in it and in them, in the order of the text.
    #[member("IEnumerable<JToken> Descendants()")]
    fn descendants(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::descendants(cx, this, false)))
    }

    /// This token and all tokens in it and in them, in the order of the text.
    #[member("IEnumerable<JToken> DescendantsAndSelf()")]
    fn descendants_and_self(this: &'a Token<'a>, cx: &mut Cx<'a>) -> Obj<'a> {
        Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| Ok(walk::descendants(cx, this, true)))
    }
}
