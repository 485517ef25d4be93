//! `IJEnumerable<T>` and `JEnumerable<T>`: sequences of tokens.

use dotnet_macros::members;

use super::token::JTOKEN;
use crate::cx::Cx;
use crate::json::token::Token;
use crate::json::{index, walk};
use crate::object::{Header, Obj, Ops, REFERENCE, object_of};
use crate::rt::Enumerator;
use crate::seq::{Cursor, Lazy};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `IJEnumerable<T>`.
pub struct JEnumerableInterface;

/// A sequence of tokens.
#[members("public interface Newtonsoft.Json.Linq.IJEnumerable<out T> : IEnumerable<T>", as = IJENUMERABLE)]
impl<'a> JEnumerableInterface {
    /// The tokens of a key in each of these.
    ///
    /// # Throws
    /// A token alone gives its own token of the key, and throws as its indexer does.
    #[member("IJEnumerable<JToken> this[object key] { get; }")]
    fn item(this: Obj<'a>, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Result<Option<Obj<'a>>, Throw> {
        match this.downcast::<Token<'a>>() {
            Some(token) => Ok(index::get(cx, token, key)?.map(Token::object)),
            None => Ok(Some(values_of_key(cx, this, key))),
        }
    }
}

/// The object of a `JEnumerable<T>`.
#[repr(C)]
pub struct JEnumerable<'a> {
    header: Header,
    source: Option<Obj<'a>>,
}

crate::layout!(JEnumerable<'a>, JENUMERABLE_DEF);

impl<'a> JEnumerable<'a> {
    /// A sequence of `element`s over another.
    #[must_use]
    pub fn new(cx: &Cx<'a>, element: Ty, source: Obj<'a>) -> &'a Self {
        let header = Header::new(Ty::construct(&JENUMERABLE_DEF, &[element]));
        cx.arena().alloc(Self { header, source: Some(source) })
    }

    /// A walk over the elements.
    ///
    /// # Errors
    /// What starting a walk over the source throws.
    pub fn start(&self, cx: &mut Cx<'a>) -> Result<Cursor<'a>, Throw> {
        let element = self.header.ty.0.args.first().copied().unwrap_or(Ty(&JTOKEN));
        match self.source {
            Some(source) => source.elements(cx, element),
            None => Ok(walk::children(cx, None)),
        }
    }
}

/// A sequence of tokens.
#[members("public struct Newtonsoft.Json.Linq.JEnumerable<T> : IJEnumerable<T>, IEquatable<JEnumerable<T>>",
    as = JENUMERABLE, ops = JENUMERABLE_OPS)]
impl<'a> JEnumerable<'a> {
    /// A sequence over another.
    #[member("JEnumerable(IEnumerable<T> enumerable)")]
    fn over(cx: &mut Cx<'a>, enumerable: Obj<'a>, ty: Ty) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(ty), source: Some(enumerable) })
    }

    /// The tokens of a key in each of these.
    #[member("IJEnumerable<JToken> this[object key] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, key: Option<Obj<'a>>) -> Obj<'a> {
        values_of_key(cx, object_of(self), key)
    }

    /// A walk over the tokens.
    #[member("IEnumerator<T> GetEnumerator()")]
    fn get_enumerator(&'a self, cx: &mut Cx<'a>) -> Result<&'a Enumerator<'a>, Throw> {
        let element = self.header.ty.0.args.first().copied().unwrap_or(Ty(&JTOKEN));
        let cursor = self.start(cx)?;
        Ok(Enumerator::new(cx, element, cursor))
    }
}

/// The behaviour of sequences of tokens.
pub static JENUMERABLE_OPS: Ops = Ops {
    elements: Some(|cx, object, _| match object.downcast::<JEnumerable<'_>>() {
        Some(sequence) => sequence.start(cx),
        None => Ok(walk::children(cx, None)),
    }),
    equals: |_, a, b| match (a.downcast::<JEnumerable<'_>>(), b.downcast::<JEnumerable<'_>>()) {
        (Some(a), Some(b)) => Ok(match (a.source, b.source) {
            (Some(a), Some(b)) => a.is_same(b),
            (a, b) => a.is_none() && b.is_none(),
        }),
        _ => Ok(false),
    },
    default: Some(|ty| {
        let empty: &JEnumerable<'static> = Box::leak(Box::new(JEnumerable { header: Header::new(ty), source: None }));
        Word(std::ptr::from_ref(empty) as u64)
    }),
    ..REFERENCE
};

/// The tokens that each token of a sequence has for a key; without a key, those in it, or itself if it is a value.
pub fn values_of_key<'a>(cx: &mut Cx<'a>, source: Obj<'a>, key: Option<Obj<'a>>) -> Obj<'a> {
    let values = Lazy::of(cx, Ty(&JTOKEN), move |cx: &mut Cx<'a>| walk::values(cx, source, key, None));
    object_of(JEnumerable::new(cx, Ty(&JTOKEN), values))
}
