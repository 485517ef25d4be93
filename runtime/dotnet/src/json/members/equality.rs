//! `Newtonsoft.Json.Linq.JTokenEqualityComparer`: trees that are equal in all their parts.

use dotnet_macros::members;

use super::token::JTOKEN;
use crate::collection::Comparing;
use crate::cx::Cx;
use crate::json::compare::{deep_equals, deep_hash};
use crate::json::token::Token;
use crate::object::{Obj, Ops, REFERENCE, bare};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `JTokenEqualityComparer`.
pub struct EqualityComparerType;

/// Finds trees equal that are equal in all their parts.
#[members("public class Newtonsoft.Json.Linq.JTokenEqualityComparer : IEqualityComparer<JToken>",
    as = JTOKEN_EQUALITY_COMPARER, ops = COMPARER_OPS)]
impl<'a> EqualityComparerType {
    /// A comparer.
    #[member("JTokenEqualityComparer()")]
    fn new(cx: &mut Cx<'a>) -> Obj<'a> {
        bare(cx, Ty(&JTOKEN_EQUALITY_COMPARER))
    }

    /// Whether both trees are equal; the order of properties does not matter.
    #[member("bool Equals(JToken x, JToken y)")]
    fn equals(
        _this: Obj<'a>,
        cx: &mut Cx<'a>,
        x: Option<&'a Token<'a>>,
        y: Option<&'a Token<'a>>,
    ) -> Result<bool, Throw> {
        equal(cx, x, y)
    }

    /// A number that is the same for equal trees.
    #[member("int GetHashCode(JToken obj)")]
    fn get_hash_code(_this: Obj<'a>, cx: &mut Cx<'a>, obj: Option<&'a Token<'a>>) -> Result<i32, Throw> {
        obj.map_or(Ok(0), |token| deep_hash(cx, token))
    }
}

/// Whether two trees are equal, as `JToken.DeepEquals` finds them.
///
/// # Errors
/// What comparing values throws, and the limits of time and memory.
pub fn equal<'a>(cx: &mut Cx<'a>, a: Option<&'a Token<'a>>, b: Option<&'a Token<'a>>) -> Result<bool, Throw> {
    match (a, b) {
        (Some(a), Some(b)) => deep_equals(cx, a, b),
        (None, None) => Ok(true),
        _ => Ok(false),
    }
}

fn token_at<'a>(cx: &Cx<'a>, word: Word) -> Option<&'a Token<'a>> {
    // SAFETY: a comparer of tokens is given words of tokens.
    unsafe { cx.object(word) }.and_then(Obj::downcast)
}

/// The behaviour of the comparer.
pub static COMPARER_OPS: Ops = Ops {
    comparing: Some(&Comparing {
        equals: |cx, _, a, b| {
            let (a, b) = (token_at(cx, a), token_at(cx, b));
            equal(cx, a, b)
        },
        hash: |cx, _, word| token_at(cx, word).map_or(Ok(0), |token| deep_hash(cx, token)),
        compare: |cx, _, a, b| crate::object::words_compare(cx, Ty(&JTOKEN), a, b),
        is_plain_equality: |_| false,
        is_plain_order: |_| true,
    }),
    ..REFERENCE
};
