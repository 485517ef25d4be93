//! Which members a value or a type has: its own, those of its bases, and extension methods.
//!
//! Not here: which of several methods a call means (`resolution`).

use std::collections::HashMap;
use std::sync::OnceLock;

use dotnet::catalogue::signature::{MemberKind, Passing};
use dotnet::catalogue::{self, TypeDef};
use dotnet::ty::Ty;

use super::names::{HOST, USINGS, is_public};
use super::{Member, table};
use crate::expression::types::{self, NONE, OBJECT, UNKNOWN, VOID};

/// A member with the type it was found in.
#[derive(Clone, Copy)]
pub struct Found {
    /// The type, with its arguments, that declares the member.
    pub owner: Ty,
    /// The member.
    pub member: &'static Member,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.owner, self.member.def.signature)
    }
}

impl Found {
    /// A parameter's or result's type with the owner's type arguments filled in.
    pub fn filled(&self, open: Ty) -> Ty {
        open.substitute(self.owner.0.args, &[])
    }
}

/// What a name means as a member.
pub enum Members {
    /// Nothing.
    None,
    /// Methods of that name; those of derived types come first.
    Methods(Vec<Found>),
    /// A property or field: what reads it, and what writes it.
    Value(Option<Found>, Option<Found>),
}

/// The types whose members a value of `ty` has, the nearest first.
pub fn hierarchy(ty: Ty) -> Vec<Ty> {
    if ty == UNKNOWN || ty == NONE || ty == VOID {
        return Vec::new();
    }
    let mut found = vec![ty];
    if ty.is_interface() {
        found = ty.interfaces();
        found.push(OBJECT);
        return found;
    }
    if ty.is_enum()
        && let Some(base) = types::named("System.Enum", &[])
    {
        found.push(base);
    }
    let mut at = ty;
    while let Some(base) = at.base_class() {
        if found.contains(&base) {
            break;
        }
        found.push(base);
        at = base;
    }
    found
}

/// The members of `ty` called `name`: values and methods, static or not.
pub fn members(ty: Ty, name: &str) -> Members {
    let mut methods: Vec<Found> = Vec::new();
    for owner in hierarchy(ty) {
        let (mut reads, mut writes) = (None, None);
        for member in table(owner.def).named(name) {
            let found = Found { owner, member };
            match member.kind {
                MemberKind::Method if !is_hidden(&methods, found) => methods.push(found),
                MemberKind::Getter | MemberKind::Field => reads = reads.or(Some(found)),
                MemberKind::Setter => writes = writes.or(Some(found)),
                _ => {}
            }
        }
        if methods.is_empty() && (reads.is_some() || writes.is_some()) {
            return Members::Value(reads, writes);
        }
    }
    if methods.is_empty() { Members::None } else { Members::Methods(methods) }
}

/// The indexers of `ty`: those that read and those that write.
pub fn indexers(ty: Ty) -> (Vec<Found>, Vec<Found>) {
    let (mut reads, mut writes) = (Vec::new(), Vec::new());
    for owner in hierarchy(ty) {
        for member in table(owner.def).named("Item") {
            let found = Found { owner, member };
            // A property called `Item` has no parameters and is none.
            match member.kind {
                _ if member.parameters.is_empty() => {}
                MemberKind::Getter if !is_hidden(&reads, found) => reads.push(found),
                MemberKind::Setter if !is_hidden(&writes, found) => writes.push(found),
                _ => {}
            }
        }
    }
    (reads, writes)
}

/// Whether a nearer type has a method with the same parameters.
fn is_hidden(nearer: &[Found], found: Found) -> bool {
    nearer.iter().any(|near| {
        std::ptr::eq(near.member.def, found.member.def)
            || near.owner != found.owner
                && near.member.arity == found.member.arity
                && near.member.parameters.len() == found.member.parameters.len()
                && near.member.parameters.iter().zip(&found.member.parameters).all(|(a, b)| {
                    near.filled(a.ty) == found.filled(b.ty)
                        && (a.passing == Passing::Out) == (b.passing == Passing::Out)
                })
    })
}

/// The constructors of a type.
pub fn constructors(ty: Ty) -> Vec<Found> {
    let of_kind = table(ty.def).named(".ctor").filter(|member| member.kind == MemberKind::Constructor);
    of_kind.map(|member| Found { owner: ty, member }).collect()
}

/// The operators of a type and its bases that have this name, conversions included.
pub fn operators(ty: Ty, name: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for owner in hierarchy(ty) {
        found.extend(table(owner.def).named(name).map(|member| Found { owner, member }));
    }
    found
}

/// The extension methods called `name`.
pub fn extensions(name: &str) -> &'static [&'static Member] {
    all_extensions().get(name).map_or(&[], Vec::as_slice)
}

/// The extension methods that an expression sees, by their names.
pub fn all_extensions() -> &'static HashMap<&'static str, Vec<&'static Member>> {
    static EXTENSIONS: OnceLock<HashMap<&'static str, Vec<&'static Member>>> = OnceLock::new();
    EXTENSIONS.get_or_init(|| {
        let mut found: HashMap<&'static str, Vec<&'static Member>> = HashMap::new();
        for def in catalogue::all().iter().copied().filter(|def| is_visible_static(def)) {
            for member in table(def).members.iter().filter(|member| member.is_extension()) {
                found.entry(member.name).or_default().push(member);
            }
        }
        found
    })
}

fn is_visible_static(def: &'static TypeDef) -> bool {
    let namespace = def.namespace();
    let is_visible = namespace.is_empty() || USINGS.contains(&namespace) || def.name.starts_with(HOST);
    is_public(def) && is_static_class(def) && is_visible
}

/// Whether a type is a static class, of which there are no values.
pub fn is_static_class(def: &TypeDef) -> bool {
    has_modifier(def, "static")
}

/// Whether a type's declaration has this word before its name.
pub fn has_modifier(def: &TypeDef, modifier: &str) -> bool {
    let head = def.declaration.split([':', '<']).next().unwrap_or("");
    head.split_whitespace().any(|word| word == modifier)
}
