//! Tuples: `System.Tuple` and `System.ValueTuple`.
//!
//! A tuple is one object with a word for each item. Those of more than seven items hold the rest in a tuple of its own.
//! Policies assign to items of tuple structs through new tuples; an object of one is never changed.
//!
//! Not here: deconstruction and names of items, which are the compiler's.

mod create;
mod reference;
#[cfg(test)]
mod tests;
mod value;

use std::cmp::Ordering;

use crate::cx::Cx;
use crate::hash;
use crate::object::{Header, Obj, Ops, REFERENCE, word_hash, word_text, words_compare, words_equal};
use crate::rt::default_word;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::word::Word;
use crate::wtf8;

pub use create::{TUPLE, TUPLE_DEF, TUPLE_EXTENSIONS, TUPLE_EXTENSIONS_DEF, VALUE_TUPLE, VALUE_TUPLE_DEF};
pub use reference::{
    TUPLE_1_DEF, TUPLE_2_DEF, TUPLE_3_DEF, TUPLE_4_DEF, TUPLE_5_DEF, TUPLE_6_DEF, TUPLE_7_DEF, TUPLE_8_DEF,
};
pub use value::{
    VALUE_TUPLE_1_DEF, VALUE_TUPLE_2_DEF, VALUE_TUPLE_3_DEF, VALUE_TUPLE_4_DEF, VALUE_TUPLE_5_DEF, VALUE_TUPLE_6_DEF,
    VALUE_TUPLE_7_DEF, VALUE_TUPLE_8_DEF,
};

/// How many items a tuple object has itself; from there on they stand in the last one.
const WHOLE: usize = 8;

/// The types of the items that an object has, and their words; none if it is no tuple.
fn items(object: Obj<'_>) -> impl Iterator<Item = (Ty, Word)> {
    let types = if is_tuple(object.ty()) { object.ty().0.args } else { &[] };
    // SAFETY: the layout of a tuple is its header and then a word for each of its type's arguments.
    let words = unsafe {
        let first = (object.word().0 as *const u8).add(size_of::<Header>()).cast::<Word>();
        std::slice::from_raw_parts(first, types.len())
    };
    types.iter().copied().zip(words.iter().copied())
}

fn is_tuple(ty: Ty) -> bool {
    std::ptr::eq(ty.def.ops, &raw const TUPLE_OPS) || std::ptr::eq(ty.def.ops, &raw const VALUE_TUPLE_OPS)
}

/// The behaviour of tuple classes.
pub static TUPLE_OPS: Ops = Ops { to_text, equals, hash: hash_items, compare: Some(compare), ..REFERENCE };

/// The behaviour of tuple structs.
pub static VALUE_TUPLE_OPS: Ops = Ops { default: Some(default_tuple), ..TUPLE_OPS };

/// The texts of all items: `(1, a)`.
fn to_text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Str<'a>, Throw> {
    let mut text = Vec::from(b"(");
    let mut is_first = true;
    let mut tuple = Some(object);
    while let Some(object) = tuple.take() {
        for (index, (ty, word)) in items(object).enumerate() {
            if index + 1 == WHOLE && is_tuple(ty) {
                // SAFETY: a word of a tuple type.
                tuple = unsafe { cx.object(word) };
                continue;
            }
            if !std::mem::replace(&mut is_first, false) {
                text.extend_from_slice(b", ");
            }
            wtf8::append(&mut text, word_text(cx, ty, word)?.bytes());
        }
        cx.reserve(text.len())?;
    }
    text.push(b')');
    Ok(cx.str_from_wtf8(&text))
}

fn equals<'a>(cx: &mut Cx<'a>, a: Obj<'a>, b: Obj<'a>) -> Result<bool, Throw> {
    if a.ty() != b.ty() {
        return Ok(false);
    }
    for ((ty, one), (_, other)) in items(a).zip(items(b)) {
        if !words_equal(cx, ty, one, other)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hash_items<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<i32, Throw> {
    let mut all = 0;
    for (ty, word) in items(object) {
        all = hash::combine(all, word_hash(cx, ty, word)?);
    }
    Ok(all)
}

/// The order of two tuples by the first items that differ.
fn compare<'a>(cx: &mut Cx<'a>, a: Obj<'a>, b: Obj<'a>) -> Result<Ordering, Throw> {
    if a.ty() != b.ty() {
        let message = format!("Argument must be of type {}.", a.ty().full_name());
        return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "other"));
    }
    for ((ty, one), (_, other)) in items(a).zip(items(b)) {
        match words_compare(cx, ty, one, other)? {
            Ordering::Equal => {}
            order => return Ok(order),
        }
    }
    Ok(Ordering::Equal)
}

/// The default value of a tuple struct: a tuple of the default values of its items.
fn default_tuple(ty: Ty) -> Word {
    let header = Header::new(ty);
    let mut words = vec![Word(std::ptr::from_ref(header.ty.0) as u64)];
    words.extend(ty.0.args.iter().map(|item| default_word(*item)));
    Word(Vec::leak(words).as_ptr() as u64)
}

/// A header is one word, its type's address: the default value of a tuple is written as words.
const _: () = assert!(size_of::<Header>() == size_of::<Word>());
