//! `System.Collections.Generic.KeyValuePair<K, V>`.
//!
//! Not here: the dictionaries that give them.

use dotnet_macros::members;

use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::hash;
use crate::object::{Header, Layout, Obj, Ops, REFERENCE, word_hash, word_text, words_equal};
use crate::rt::{Out, default_word};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;
use crate::wtf8;

/// The object of a `KeyValuePair<K, V>`.
#[repr(C)]
pub struct KeyValuePair {
    header: Header,
    /// `Key`.
    pub key: Word,
    /// `Value`.
    pub value: Word,
}

crate::layout!(KeyValuePair, KEY_VALUE_PAIR_DEF);

impl KeyValuePair {
    /// A pair of type `ty`, which must be a `KeyValuePair<K, V>`.
    #[must_use]
    pub fn new<'a>(cx: &Cx<'a>, ty: Ty, key: Word, value: Word) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(ty), key, value })
    }

    /// The type of pairs of these types.
    #[must_use]
    pub fn of(key: Ty, value: Ty) -> Ty {
        Ty::construct(&KEY_VALUE_PAIR_DEF, &[key, value])
    }

    /// The types of key and value.
    #[must_use]
    pub fn types(&self) -> (Ty, Ty) {
        types_of(self.header.ty).unwrap_or((OBJECT, OBJECT))
    }
}

/// The types of key and value of a type `KeyValuePair<K, V>`.
#[must_use]
pub fn types_of(ty: Ty) -> Option<(Ty, Ty)> {
    match *ty.0.args {
        [key, value] if KeyValuePair::is_layout_of(ty) => Some((key, value)),
        _ => None,
    }
}

/// A key with its value.
#[members("public struct System.Collections.Generic.KeyValuePair<TKey, TValue>", as = KEY_VALUE_PAIR, ops = KEY_VALUE_PAIR_OPS)]
impl<'a> KeyValuePair {
    /// A pair of these two.
    #[member("KeyValuePair(TKey key, TValue value)", pure)]
    fn construct(cx: &mut Cx<'a>, key: Word, value: Word, ty: Ty) -> &'a Self {
        Self::new(cx, ty, key, value)
    }

    /// The key.
    #[member("TKey Key { get; }", pure, field = key)]
    const KEY: () = ();

    /// The value.
    #[member("TValue Value { get; }", pure, field = value)]
    const VALUE: () = ();

    /// Writes key and value to two places.
    #[member("void Deconstruct(out TKey key, out TValue value)")]
    fn deconstruct(&'a self, cx: &mut Cx<'a>, key: Out<'a>, value: Out<'a>) {
        key.set(cx, self.key);
        value.set(cx, self.value);
    }

    /// The texts of both: `[key, value]`.
    #[member("string ToString()", pure)]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let (key_type, value_type) = self.types();
        let (key, value) = (word_text(cx, key_type, self.key)?, word_text(cx, value_type, self.value)?);
        let length = key.bytes().len() + value.bytes().len() + 4;
        cx.reserve(length)?;
        let mut text = Vec::with_capacity(length);
        for part in [b"[", key.bytes(), b", ", value.bytes(), b"]"] {
            wtf8::append(&mut text, part);
        }
        Ok(cx.str_from_wtf8(&text))
    }
}

/// The parts of the pair that an object is.
fn parts(object: Obj<'_>) -> (Word, Word) {
    object.downcast::<KeyValuePair>().map_or_else(Default::default, |pair| (pair.key, pair.value))
}

/// The behaviour of pairs.
pub static KEY_VALUE_PAIR_OPS: Ops = Ops {
    to_text: |cx, object| match object.downcast::<KeyValuePair>() {
        Some(pair) => pair.to_text(cx),
        None => Ok(Str::EMPTY),
    },
    equals: |cx, a, b| {
        let Some((key, value)) = types_of(a.ty()).filter(|_| a.ty() == b.ty()) else { return Ok(false) };
        let ((a_key, a_value), (b_key, b_value)) = (parts(a), parts(b));
        Ok(words_equal(cx, key, a_key, b_key)? && words_equal(cx, value, a_value, b_value)?)
    },
    hash: |cx, object| {
        let Some((key_type, value_type)) = types_of(object.ty()) else { return Ok(0) };
        let (key, value) = parts(object);
        Ok(hash::combine(word_hash(cx, key_type, key)?, word_hash(cx, value_type, value)?))
    },
    default: Some(|ty| {
        let (key, value) = types_of(ty).unwrap_or((OBJECT, OBJECT));
        let (key, value) = (default_word(key), default_word(value));
        let pair: &KeyValuePair = Box::leak(Box::new(KeyValuePair { header: Header::new(ty), key, value }));
        Word(std::ptr::from_ref(pair) as u64)
    }),
    ..REFERENCE
};
