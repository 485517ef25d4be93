//! The public properties of an object, which are its JSON: those of an anonymous type, a pair, or any type of the
//! catalogue.
//!
//! Not here: values, sequences and dictionaries, which have a form of their own.

use super::object_of;
use crate::abi;
use crate::catalogue::declaration::Declaration;
use crate::catalogue::signature::{MemberKind, Signature};
use crate::catalogue::{Body, OBJECT};
use crate::cx::Cx;
use crate::object::{Anonymous, Obj};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::reflection::TypeObj;
use crate::word::{Repr, Word};

/// The properties of an object that are still to be written, the next one last.
pub(super) struct Properties<'a> {
    object: Obj<'a>,
    left: Vec<(&'static str, Ty, Value)>,
}

/// Where the value of a property is.
enum Value {
    Word(Word),
    Body(Body),
}

impl<'a> Properties<'a> {
    /// The properties of an object: those that its own class declares, then those of the classes that it derives from.
    pub(super) fn of(object: Obj<'a>) -> Self {
        let mut left = match object.downcast::<Anonymous<'a>>() {
            Some(anonymous) => anonymous.properties().map(|(name, ty, word)| (name, ty, Value::Word(word))).collect(),
            None => declared(object.ty()),
        };
        left.reverse();
        Self { object, left }
    }

    /// The next property: its name and value.
    ///
    /// # Errors
    /// What reading the property throws.
    pub(super) fn next(&mut self, cx: &mut Cx<'a>) -> Result<Option<(Str<'a>, Option<Obj<'a>>)>, Throw> {
        let Some((name, ty, value)) = self.left.pop() else { return Ok(None) };
        let word = match value {
            Value::Word(word) => word,
            // SAFETY: the row says that a word stands there in objects of the type.
            Value::Body(Body::Field(offset)) => unsafe { *((self.object.word().0 as usize + offset) as *const Word) },
            Value::Body(Body::Call(entry) | Body::Prepared(entry, ..)) => {
                // SAFETY: a property's function takes the object alone, and nobody else uses the context meanwhile.
                unsafe { abi::call(entry.code, std::ptr::from_mut(cx), &[self.object.word()]) }.into_result()?
            }
            Value::Body(Body::Constant(_)) => Word::ZERO,
        };
        let value = if ty.repr() == Repr::Void { None } else { object_of(cx, ty, word) };
        Ok(Some((cx.str(name), value)))
    }
}

/// The properties that a type and its bases declare.
fn declared(ty: Ty) -> Vec<(&'static str, Ty, Value)> {
    let mut found: Vec<(&'static str, Ty, Value)> = Vec::new();
    let mut next = Some(ty);
    while let Some(ty) = next.filter(|ty| *ty != OBJECT) {
        let declaration = Declaration::parse(ty.def.declaration);
        for member in ty.def.members() {
            let Some(signature) = Signature::parse(member.signature) else { continue };
            let is_property = signature.kind == MemberKind::Getter && !signature.is_static;
            if !is_property
                || !signature.parameters.is_empty()
                || found.iter().any(|(name, ..)| *name == signature.name)
            {
                continue;
            }
            let scope = signature.scope(&declaration.type_parameters);
            if let Some(returns) = signature.returns.as_ref().and_then(|returns| returns.resolve(&scope)) {
                found.push((signature.name, returns.substitute(ty.args, &[]), Value::Body(member.body)));
            }
        }
        next = ty.base_class();
    }
    found
}

/// The text of objects that are a string in JSON: types.
pub(super) fn shown_as_text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Option<Str<'a>> {
    object.downcast::<TypeObj>().map(|object| cx.str(&object.ty().full_name()))
}
