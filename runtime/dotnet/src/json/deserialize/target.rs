//! What is made for a type: which JSON it takes, and how its collections are filled.
//!
//! Not here: values (`convert`).

use super::source::Source;
use crate::abi;
use crate::array::{AnyArray, Bytes};
use crate::catalogue::signature::{MemberKind, Signature};
use crate::catalogue::{Body, OBJECT, TypeKind};
use crate::collection::Keyed;
use crate::cx::Cx;
use crate::json::exception::JSON_SERIALIZATION_EXCEPTION;
use crate::json::members::token::JTOKEN;
use crate::json::reader::Expected;
use crate::json::value::kind_of;
use crate::object::Obj;
use crate::rt::type_word;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::key_value_pair::types_of;
use crate::types::list::List;
use crate::types::reflection::type_code;
use crate::word::Word;

/// The kinds of types, by the JSON that they are made of.
pub(super) enum Target {
    /// `object`: whatever the JSON says.
    Any,
    /// Tokens.
    Tree,
    /// A single value, with what the reader is asked for.
    Value(Option<Expected>),
    /// A `KeyValuePair<K, V>`.
    Pair(Ty, Ty),
    /// Arrays and collections.
    Elements(Elements),
    /// Dictionaries.
    Entries(Entries),
    /// Any other class.
    Class,
}

/// An array or collection.
pub(super) struct Elements {
    /// The type of its elements.
    pub(super) element: Ty,
}

/// A dictionary.
pub(super) struct Entries {
    /// The type of its keys.
    pub(super) key: Ty,
    /// The type of its values.
    pub(super) value: Ty,
}

impl Target {
    /// What is made for a type.
    pub(super) fn of(ty: Ty) -> Self {
        let ty = ty.nullable_inner().unwrap_or(ty);
        if ty == OBJECT {
            return Self::Any;
        }
        if ty.is_subtype_of(Ty(&JTOKEN)) {
            return Self::Tree;
        }
        if kind_of(ty).is_some() || type_code(ty) > 1 {
            return Self::Value(expected(ty));
        }
        if let Some((key, value)) = types_of(ty) {
            return Self::Pair(key, value);
        }
        let element = ty.sequence_element();
        match element.and_then(types_of) {
            Some((key, value)) if is_dictionary(ty) => Self::Entries(Entries { key, value }),
            _ if ty.array_parts().is_some_and(|(_, rank)| rank > 1) => Self::Class,
            _ => match element {
                Some(element) => Self::Elements(Elements { element }),
                None if is_untyped_list(ty) => Self::Elements(Elements { element: OBJECT }),
                None => Self::Class,
            },
        }
    }

    /// What messages call the JSON that the type takes.
    pub(super) fn description(&self) -> &'static str {
        match self {
            Self::Value(_) => "JSON primitive value (e.g. string, number, boolean, null)",
            Self::Elements(_) => "JSON array (e.g. [1,2,3])",
            _ => "JSON object (e.g. {\"name\":\"value\"})",
        }
    }
}

fn is_dictionary(ty: Ty) -> bool {
    ty.def.ops.keyed.is_some()
        || ty.interfaces().iter().any(|interface| {
            matches!(
                interface.def.name,
                "System.Collections.Generic.IDictionary" | "System.Collections.Generic.IReadOnlyDictionary"
            )
        })
}

fn is_untyped_list(ty: Ty) -> bool {
    ty.interfaces().iter().any(|interface| interface.def.name == "System.Collections.IEnumerable")
}

/// What the reader is asked for where a value of a type is expected; nothing where it is only converted.
fn expected(ty: Ty) -> Option<Expected> {
    if Bytes::is_bytes(ty) {
        return Some(Expected::Bytes);
    }
    if ty.is_enum() {
        return None;
    }
    Some(match ty.def.name {
        "System.Byte" | "System.Int16" | "System.Int32" => Expected::Integer,
        "System.Decimal" => Expected::Decimal,
        "System.Single" | "System.Double" => Expected::Double,
        "System.Boolean" => Expected::Boolean,
        "System.String" => Expected::Text,
        "System.DateTime" => Expected::Date,
        "System.DateTimeOffset" => Expected::DateWithOffset,
        _ => return None,
    })
}

impl Entries {
    /// An empty dictionary of a type, with what it does.
    ///
    /// # Errors
    /// `JsonSerializationException` if the type cannot be made.
    pub(super) fn create<'a>(
        &self,
        cx: &mut Cx<'a>,
        source: &impl Source<'a>,
        ty: Ty,
    ) -> Result<(Obj<'a>, &'static Keyed), Throw> {
        let class = if ty.is_interface() {
            class_of("System.Collections.Generic.Dictionary", &[self.key, self.value])
        } else {
            Some(ty)
        };
        let Some(object) = class.map(|class| construct(cx, class)).transpose()?.flatten() else {
            return Err(cannot_create(cx, source, ty));
        };
        match object.ty().def.ops.keyed {
            Some(keyed) => Ok((object, keyed)),
            None => Err(cannot_create(cx, source, ty)),
        }
    }
}

impl Elements {
    /// An array or collection of a type with these elements.
    ///
    /// # Errors
    /// `JsonSerializationException` if the type cannot be made.
    pub(super) fn create<'a>(
        cx: &mut Cx<'a>,
        source: &impl Source<'a>,
        element: Ty,
        words: &[Word],
        ty: Ty,
    ) -> Result<Word, Throw> {
        if ty.array_parts().is_some() {
            return Ok(AnyArray::new(cx, element, words).object().word());
        }
        let list = List::of(cx, element, words).as_object();
        if list.ty().is_subtype_of(ty) {
            return Ok(list.word());
        }
        let class = match ty.is_interface() {
            true => class_of("System.Collections.Generic.HashSet", &[element]).filter(|set| set.is_subtype_of(ty)),
            false => Some(ty),
        };
        let Some(class) = class else { return Err(cannot_create(cx, source, ty)) };
        let empty = construct(cx, class)?;
        if let Some((object, collection)) = empty.and_then(|object| Some((object, object.ty().def.ops.collection?)))
            && !collection.is_read_only
        {
            for word in words {
                (collection.add)(cx, object, *word)?;
            }
            return Ok(object.word());
        }
        match construct_from(cx, class, list)? {
            Some(object) => Ok(object.word()),
            None => Err(cannot_create(cx, source, ty)),
        }
    }
}

/// The generic class of a name.
fn class_of(name: &str, args: &[Ty]) -> Option<Ty> {
    let arity = u8::try_from(args.len()).ok()?;
    crate::catalogue::find(name, arity).map(|def| Ty::construct(def, args))
}

/// A new object of a class that can be made from nothing.
fn construct<'a>(cx: &mut Cx<'a>, ty: Ty) -> Result<Option<Obj<'a>>, Throw> {
    call_constructor(cx, ty, None)
}

/// A new object of a class that can be made from a sequence.
fn construct_from<'a>(cx: &mut Cx<'a>, ty: Ty, sequence: Obj<'a>) -> Result<Option<Obj<'a>>, Throw> {
    call_constructor(cx, ty, Some(sequence))
}

fn call_constructor<'a>(cx: &mut Cx<'a>, ty: Ty, sequence: Option<Obj<'a>>) -> Result<Option<Obj<'a>>, Throw> {
    for member in ty.def.members() {
        let (Some(signature), Body::Call(entry)) = (Signature::parse(member.signature), member.body) else { continue };
        let fits = match (sequence, signature.parameters.as_slice()) {
            (None, []) => true,
            (Some(_), [_]) => member.signature.contains("(IEnumerable<") || member.signature.contains("(IList<"),
            _ => false,
        };
        if signature.kind != MemberKind::Constructor || !fits {
            continue;
        }
        let mut words: Vec<Word> = sequence.map(Obj::word).into_iter().collect();
        if signature.takes_type(ty.def.arity) {
            words.push(type_word(ty));
        }
        // SAFETY: the words are what the constructor's signature says, and nobody else uses the context meanwhile.
        let word = unsafe { abi::call(entry.code, std::ptr::from_mut(cx), &words) }.into_result()?;
        // SAFETY: a constructor of a class gives an object.
        return Ok(unsafe { cx.object(word) });
    }
    Ok(None)
}

/// There is no way to make an object of a type.
#[cold]
pub(super) fn cannot_create<'a>(cx: &mut Cx<'a>, source: &impl Source<'a>, ty: Ty) -> Throw {
    let name = ty.full_name();
    let message = if ty.def.kind == TypeKind::Interface || ty.def.declaration.contains("abstract ") {
        format!(
            "Could not create an instance of type {name}. Type is an interface or abstract class and cannot be \
             instantiated."
        )
    } else {
        format!(
            "Unable to find a constructor to use for type {name}. A class should either have a default constructor, one \
             constructor with arguments or a constructor marked with the JsonConstructor attribute."
        )
    };
    source.fail(cx, Ty(&JSON_SERIALIZATION_EXCEPTION), message.as_bytes(), None)
}
