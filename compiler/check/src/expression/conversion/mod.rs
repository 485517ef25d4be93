//! Which conversions C# has between two types.
//!
//! Not here: conversions that depend on the expression, not only on its type (`convert`), and the conversions that types
//! declare themselves (`user`).

pub mod user;

use dotnet::ty::Ty;

use super::types::{NONE, Numeric, OBJECT, VOID, is_delegate, is_reference, mentions_unknown, same, tuple_elements};
pub use user::UserConversion;

/// How a value of one type becomes one of another. The types stand at the expressions on both sides.
#[derive(Clone, Debug)]
pub enum Conversion {
    /// Nothing happens.
    Identity,
    /// From one type of numbers to another; enumerations count as `int`.
    Numeric(Numeric, Numeric),
    /// A reference as one of a base type or interface: nothing happens.
    Reference,
    /// A reference as one of a derived type or another interface: may throw.
    Downcast,
    /// A value as an object.
    Box,
    /// An object as a value: may throw.
    Unbox,
    /// A value as a `T?`, after another conversion.
    ToNullable(Box<Self>),
    /// A `T?` as another `T?`; null stays null.
    Lifted(Box<Self>),
    /// The value of a `T?`, then another conversion: throws if there is none.
    FromNullable(Box<Self>),
    /// By an operator that one of the types declares.
    User(Box<UserConversion>),
    /// `null` as a reference or a `T?`.
    Null,
    /// `default` as a value of the type.
    Default,
    /// A constant that fits a narrower type.
    Constant,
    /// Each element of a tuple.
    Tuple(Vec<Self>),
    /// A lambda or a method as a delegate, or an expression that throws: what the expression becomes is found when it
    /// is converted.
    Function,
}

impl Conversion {
    /// Whether nothing happens.
    pub fn is_identity(&self) -> bool {
        matches!(self, Self::Identity)
    }
}

/// Where both types are known to differ in nothing that exists at run time.
pub fn identity(from: Ty, to: Ty) -> bool {
    same(from, to) || mentions_unknown(from) || mentions_unknown(to)
}

/// The conversion that C# makes unasked.
pub fn implicit(from: Ty, to: Ty) -> Option<Conversion> {
    standard_implicit(from, to)
        .or_else(|| user::implicit(from, to).map(|conversion| Conversion::User(Box::new(conversion))))
}

/// The conversion that a cast makes.
pub fn explicit(from: Ty, to: Ty) -> Option<Conversion> {
    standard_explicit(from, to)
        .or_else(|| user::explicit(from, to).map(|conversion| Conversion::User(Box::new(conversion))))
}

/// As [`implicit`], without conversions that types declare.
pub fn standard_implicit(from: Ty, to: Ty) -> Option<Conversion> {
    if identity(from, to) {
        return Some(Conversion::Identity);
    }
    if from == VOID || to == VOID || to == NONE {
        return None;
    }
    if from == NONE {
        return to.admits_null().then_some(Conversion::Null);
    }
    if let (Some(a), Some(b)) = (Numeric::of(from), Numeric::of(to)) {
        return a.widens_to(b).then_some(Conversion::Numeric(a, b));
    }
    if let (Some(a), Some(b)) = (tuple_elements(from), tuple_elements(to)) {
        return tuple(a, b, standard_implicit);
    }
    if let Some(inner) = to.nullable_inner() {
        return match from.nullable_inner() {
            Some(source) => standard_implicit(source, inner).map(|inner| Conversion::Lifted(Box::new(inner))),
            None if from.is_value_type() => {
                standard_implicit(from, inner).map(|inner| Conversion::ToNullable(Box::new(inner)))
            }
            None => None,
        };
    }
    if from.is_value_type() {
        return boxes(from, to).then_some(Conversion::Box);
    }
    (is_reference(from) && is_reference(to) && derives(from, to)).then_some(Conversion::Reference)
}

/// As [`explicit`], without conversions that types declare.
pub fn standard_explicit(from: Ty, to: Ty) -> Option<Conversion> {
    if let Some(conversion) = standard_implicit(from, to) {
        return Some(conversion);
    }
    if from == VOID || to == VOID || from == NONE || to == NONE {
        return None;
    }
    if let (Some(a), Some(b)) = (number_or_enum(from), number_or_enum(to)) {
        return Some(Conversion::Numeric(a, b));
    }
    if let (Some(a), Some(b)) = (tuple_elements(from), tuple_elements(to)) {
        return tuple(a, b, standard_explicit);
    }
    if to.is_value_type() && is_reference(from) {
        let unboxes = from == OBJECT || boxes(to, from);
        return unboxes.then_some(Conversion::Unbox);
    }
    match (from.nullable_inner(), to.nullable_inner()) {
        (Some(a), Some(b)) => standard_explicit(a, b).map(|inner| Conversion::Lifted(Box::new(inner))),
        (Some(a), None) if to.is_value_type() => {
            standard_explicit(a, to).map(|inner| Conversion::FromNullable(Box::new(inner)))
        }
        (None, Some(b)) if from.is_value_type() => {
            standard_explicit(from, b).map(|inner| Conversion::ToNullable(Box::new(inner)))
        }
        _ => (is_reference(from) && is_reference(to) && may_be(from, to)).then_some(Conversion::Downcast),
    }
}

fn tuple(from: &[Ty], to: &[Ty], of: fn(Ty, Ty) -> Option<Conversion>) -> Option<Conversion> {
    if from.len() != to.len() {
        return None;
    }
    let parts: Option<Vec<Conversion>> = from.iter().zip(to).map(|(from, to)| of(*from, *to)).collect();
    parts.map(Conversion::Tuple)
}

fn number_or_enum(ty: Ty) -> Option<Numeric> {
    if ty.is_enum() { Some(Numeric::Int) } else { Numeric::of(ty) }
}

/// Whether a value type becomes this reference type by boxing.
fn boxes(value: Ty, to: Ty) -> bool {
    if !value.is_value_type() || !is_reference(to) {
        return false;
    }
    let value = value.nullable_inner().unwrap_or(value).erased();
    let to = to.erased();
    value.is_subtype_of(to) || (value.is_enum() && to.def.name == "System.Enum")
}

/// Whether a reference of one type always is one of another.
pub fn derives(from: Ty, to: Ty) -> bool {
    let (from, to) = (from.erased(), to.erased());
    from.is_subtype_of(to) || array_as_list(from, to)
}

/// Whether an array converts to an interface of lists over a base of its elements.
fn array_as_list(from: Ty, to: Ty) -> bool {
    let (Some(element), [target]) = (from.element(), to.0.args) else { return false };
    let lists = ["IEnumerable", "ICollection", "IList", "IReadOnlyCollection", "IReadOnlyList"];
    to.is_interface()
        && to.def.namespace() == "System.Collections.Generic"
        && lists.contains(&to.def.short_name())
        && is_reference(element)
        && is_reference(*target)
        && derives(element, *target)
}

/// Whether a reference of one type may turn out to be one of another, so that a cast is allowed.
fn may_be(from: Ty, to: Ty) -> bool {
    if derives(to, from) {
        return true;
    }
    if let (Some((a, rank)), Some((b, target_rank))) = (from.array_parts(), to.array_parts()) {
        return rank == target_rank && is_reference(a) && is_reference(b) && (derives(a, b) || may_be(a, b));
    }
    if let (Some(element), [source]) = (to.element(), from.0.args)
        && array_as_list(Ty::array(*source, 1), from)
    {
        return same(*source, element) || is_reference(*source) && is_reference(element) && may_be(*source, element);
    }
    match (from.is_interface(), to.is_interface()) {
        (true, true) => true,
        (true, false) => !to.is_sealed(),
        (false, true) => !from.is_sealed(),
        (false, false) => {
            is_delegate(from)
                && std::ptr::eq(from.def, to.def)
                && from.0.args.iter().zip(to.0.args).all(|(a, b)| same(*a, *b) || is_reference(*a) && is_reference(*b))
        }
    }
}

/// Whether a conversion between numbers goes through members of `decimal`.
pub fn is_decimal(from: Numeric, to: Numeric) -> bool {
    (from == Numeric::Decimal) != (to == Numeric::Decimal)
}
