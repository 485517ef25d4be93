//! What objects of anonymous types do: text, equality and hash of all properties.
//!
//! Not here: their layout (`object::Anonymous`).

use crate::cx::Cx;
use crate::hash;
use crate::object::{Anonymous, Obj, Ops, REFERENCE, word_hash, word_text, words_equal};
use crate::text::Str;
use crate::throw::Throw;
use crate::wtf8;

/// The behaviour of objects of anonymous types.
pub static ANONYMOUS_OPS: Ops = Ops { to_text, equals, hash: hash_properties, ..REFERENCE };

/// Names and texts of all properties: `{ X = 1, Y = b }`.
fn to_text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Str<'a>, Throw> {
    let mut text = Vec::from(b"{ ");
    let properties = object.downcast::<Anonymous<'a>>().into_iter().flat_map(Anonymous::properties);
    for (index, (name, ty, word)) in properties.enumerate() {
        if index > 0 {
            text.extend_from_slice(b", ");
        }
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b" = ");
        wtf8::append(&mut text, word_text(cx, ty, word)?.bytes());
        cx.reserve(text.len())?;
    }
    text.extend_from_slice(if text.len() > 2 { b" }" } else { b"}" });
    Ok(cx.str_from_wtf8(&text))
}

fn equals<'a>(cx: &mut Cx<'a>, a: Obj<'a>, b: Obj<'a>) -> Result<bool, Throw> {
    let (Some(one), Some(other)) = (a.downcast::<Anonymous<'a>>(), b.downcast::<Anonymous<'a>>()) else {
        return Ok(false);
    };
    if a.ty() != b.ty() {
        return Ok(false);
    }
    for ((_, ty, mine), theirs) in one.properties().zip(other.values) {
        if !words_equal(cx, ty, mine, *theirs)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hash_properties<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<i32, Throw> {
    let mut all = 0;
    for (_, ty, word) in object.downcast::<Anonymous<'a>>().into_iter().flat_map(Anonymous::properties) {
        all = hash::combine(all, word_hash(cx, ty, word)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use crate::object::{Anonymous, object_of};
    use crate::testing::{ty, with_harness};
    use crate::ty::Ty;
    use crate::word::Word;

    #[test]
    fn anonymous_objects_are_their_properties() {
        with_harness(|harness| {
            let anonymous = Ty::anonymous(&[("X", ty("int")), ("Y", ty("string"))]);
            let make = |number: u64, text: Option<&str>| {
                let text = text.map_or(Word::ZERO, |text| harness.cx.str(text).word());
                object_of(Anonymous::new(&harness.cx, anonymous, &[Word(number), text])).word()
            };
            let (one, same, other, without) =
                (make(1, Some("b")), make(1, Some("b")), make(2, Some("b")), make(1, None));
            let (to_string, equals, hash) = (
                "System.Object::string ToString()",
                "System.Object::bool Equals(object obj)",
                "System.Object::int GetHashCode()",
            );
            assert_eq!(harness.call(to_string, &[&one]), "{ X = 1, Y = b }");
            assert_eq!(harness.call(to_string, &[&without]), "{ X = 1, Y =  }");
            assert_eq!(harness.call(equals, &[&one, &same]), "True");
            assert_eq!(harness.call(equals, &[&one, &other]), "False");
            assert_eq!(harness.call(equals, &[&one, &without]), "False");
            assert_eq!(harness.call(hash, &[&one]), harness.call(hash, &[&same]));
            let empty = object_of(Anonymous::new(&harness.cx, Ty::anonymous(&[]), &[])).word();
            assert_eq!(harness.call(to_string, &[&empty]), "{ }");
        });
    }
}
