//! `Newtonsoft.Json.Linq.Extensions`: members of sequences of tokens.
//!
//! Not here: the walks themselves (`json::walk`).

use dotnet_macros::members;

use super::enumerable::{JEnumerable, values_of_key};
use super::property::JPROPERTY;
use super::token::JTOKEN;
use crate::cx::Cx;
use crate::json::token::Token;
use crate::json::{conversion, raise, walk};
use crate::object::{Obj, object_of};
use crate::seq::{Cursor, Lazy};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `Newtonsoft.Json.Linq.Extensions`.
pub struct ExtensionsType;

/// What a walk gives for each token of a sequence, as one sequence.
fn each<'a>(
    cx: &mut Cx<'a>,
    source: Obj<'a>,
    element: Ty,
    inner: fn(&mut Cx<'a>, &'a Token<'a>) -> Cursor<'a>,
) -> &'a JEnumerable<'a> {
    let tokens = Lazy::of(cx, element, move |cx: &mut Cx<'a>| walk::flattened(cx, source, inner));
    JEnumerable::new(cx, element, tokens)
}

/// The sequence itself if it is an `IJEnumerable<T>`, else one over it.
fn as_jenumerable<'a>(cx: &mut Cx<'a>, source: Option<Obj<'a>>, element: Ty) -> Option<Obj<'a>> {
    let source = source?;
    let wanted = Ty::construct(&super::enumerable::IJENUMERABLE_DEF, &[element]);
    if source.ty().is_subtype_of(wanted) {
        return Some(source);
    }
    Some(object_of(JEnumerable::new(cx, element, source)))
}

/// Members of sequences of tokens.
#[members("public static class Newtonsoft.Json.Linq.Extensions", as = EXTENSIONS)]
impl<'a> ExtensionsType {
    /// The tokens that hold each of these, the nearest first.
    #[member("static IJEnumerable<JToken> Ancestors<T>(this IEnumerable<T> source) where T : JToken")]
    fn ancestors(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JTOKEN), |cx, token| walk::ancestors(cx, token.parent()))
    }

    /// Each of these tokens with those that hold it, the nearest first.
    #[member("static IJEnumerable<JToken> AncestorsAndSelf<T>(this IEnumerable<T> source) where T : JToken")]
    fn ancestors_and_self(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JTOKEN), |cx, token| walk::ancestors(cx, Some(token)))
    }

    /// All tokens in each of these, in the order of the text.
    #[member("static IJEnumerable<JToken> Descendants<T>(this IEnumerable<T> source) where T : JContainer")]
    fn descendants(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JTOKEN), |cx, token| walk::descendants(cx, token, false))
    }

    /// Each of these tokens with all that is in it, in the order of the text.
    #[member("static IJEnumerable<JToken> DescendantsAndSelf<T>(this IEnumerable<T> source) where T : JContainer")]
    fn descendants_and_self(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JTOKEN), |cx, token| walk::descendants(cx, token, true))
    }

    /// The properties of each of these objects.
    #[member("static IJEnumerable<JProperty> Properties(this IEnumerable<JObject> source)")]
    fn properties(cx: &mut Cx<'a>, source: Obj<'a>) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JPROPERTY), |cx, token| walk::children(cx, Some(token)))
    }

    /// What each of these tokens has for a key.
    #[member("static IJEnumerable<JToken> Values(this IEnumerable<JToken> source, object key)")]
    fn values_of(cx: &mut Cx<'a>, source: Obj<'a>, key: Option<Obj<'a>>) -> Obj<'a> {
        values_of_key(cx, source, key)
    }

    /// What is in each of these tokens; values themselves.
    #[member("static IJEnumerable<JToken> Values(this IEnumerable<JToken> source)")]
    fn values(cx: &mut Cx<'a>, source: Obj<'a>) -> Obj<'a> {
        values_of_key(cx, source, None)
    }

    /// What each of these tokens has for a key, converted.
    #[member("static IEnumerable<U> Values<U>(this IEnumerable<JToken> source, object key)")]
    fn values_of_as(cx: &mut Cx<'a>, source: Obj<'a>, key: Option<Obj<'a>>, ty: Ty) -> Obj<'a> {
        Lazy::of(cx, ty, move |cx: &mut Cx<'a>| walk::values(cx, source, key, Some(ty)))
    }

    /// What is in each of these tokens, converted; values themselves.
    #[member("static IEnumerable<U> Values<U>(this IEnumerable<JToken> source)")]
    fn values_as(cx: &mut Cx<'a>, source: Obj<'a>, ty: Ty) -> Obj<'a> {
        Lazy::of(cx, ty, move |cx: &mut Cx<'a>| walk::values(cx, source, None, Some(ty)))
    }

    /// The token itself, or its value, converted.
    ///
    /// # Throws
    /// `ArgumentException` for a sequence that is no token, `InvalidCastException` if there is no conversion, and what
    /// the conversion throws.
    #[member("static U Value<U>(this IEnumerable<JToken> value)")]
    fn value(cx: &mut Cx<'a>, value: Obj<'a>, ty: Ty) -> Result<Word, Throw> {
        match value.downcast::<Token<'a>>() {
            Some(token) => conversion::to_type(cx, token, ty),
            None => Err(raise::argument(cx, "Source value must be a JToken.")),
        }
    }

    /// The token itself, or its value, converted.
    ///
    /// # Throws
    /// `ArgumentException` for a sequence that is no token, `InvalidCastException` if there is no conversion, and what
    /// the conversion throws.
    #[member("static U Value<T, U>(this IEnumerable<T> value) where T : JToken")]
    fn value_of(cx: &mut Cx<'a>, value: Obj<'a>, _from: Ty, ty: Ty) -> Result<Word, Throw> {
        Self::value(cx, value, ty)
    }

    /// The tokens in each of these.
    #[member("static IJEnumerable<JToken> Children<T>(this IEnumerable<T> source) where T : JToken")]
    fn children(cx: &mut Cx<'a>, source: Obj<'a>, _ty: Ty) -> &'a JEnumerable<'a> {
        each(cx, source, Ty(&JTOKEN), |cx, token| walk::children(cx, Some(token)))
    }

    /// The tokens in each of these, converted.
    #[member("static IEnumerable<U> Children<T, U>(this IEnumerable<T> source) where T : JToken")]
    fn children_as(cx: &mut Cx<'a>, source: Obj<'a>, from: Ty, ty: Ty) -> Obj<'a> {
        let tokens = object_of(Self::children(cx, source, from));
        Lazy::of(cx, ty, move |cx: &mut Cx<'a>| walk::converted(cx, tokens, ty))
    }

    /// The sequence as one that is indexed by keys.
    #[member("static IJEnumerable<JToken> AsJEnumerable(this IEnumerable<JToken> source)")]
    fn as_jenumerable(cx: &mut Cx<'a>, source: Option<Obj<'a>>) -> Option<Obj<'a>> {
        as_jenumerable(cx, source, Ty(&JTOKEN))
    }

    /// The sequence as one that is indexed by keys.
    #[member("static IJEnumerable<T> AsJEnumerable<T>(this IEnumerable<T> source) where T : JToken")]
    fn as_jenumerable_of(cx: &mut Cx<'a>, source: Option<Obj<'a>>, ty: Ty) -> Option<Obj<'a>> {
        as_jenumerable(cx, source, ty)
    }
}
