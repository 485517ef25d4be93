//! What types and members there are: the tables that the compiler reads.
//!
//! A type is a [`TypeDef`], a member a [`MemberDef`]; both are written by `#[members]` beside the code that they
//! describe, in the words of C#. `types` lists them all. Nothing here is read while a request runs, but for casts to
//! interfaces and generic types.
//!
//! Not here: which overload a call means (`check`), and which types the service allows (`allowed`).

pub mod allowed;
pub mod declaration;
pub mod signature;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::object::Ops;
use crate::ty::{RuntimeType, Ty};
use crate::word::{Repr, Word};

/// The definition of a type.
pub struct TypeDef {
    /// Full name, without type parameters: `System.Collections.Generic.List`.
    pub name: &'static str,
    /// The declaration as C# writes it, with the full name: `public class System.Collections.Generic.List<T> : IList<T>`.
    pub declaration: &'static str,
    /// What a user of the type is told.
    pub docs: &'static str,
    /// Class, struct, …
    pub kind: TypeKind,
    /// How many type parameters it has.
    pub arity: u8,
    /// How words of the type are to be read.
    pub repr: Repr,
    /// Its members, in the groups that they are written in.
    pub members: &'static [&'static [MemberDef]],
    /// The constants of an enumeration, in the order of their values.
    pub constants: &'static [(&'static str, i64)],
    /// What objects of this type do when their static type is not known.
    pub ops: &'static Ops,
    /// The type itself, if it has no type parameters.
    pub plain: Option<Ty>,
}

impl TypeDef {
    /// The name without its namespace: `List`.
    #[must_use]
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The namespace: `System.Collections.Generic`; empty for the types of the policy context.
    #[must_use]
    pub fn namespace(&self) -> &'static str {
        self.name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// The full name as reflection gives it: with the number of type parameters, and `+` before a nested type's name.
    #[must_use]
    pub fn reflection_name(&self) -> String {
        let is_outer = |def: &&&'static Self| def.name == self.namespace() && def.arity <= self.arity;
        match crate::types::TYPES.iter().filter(is_outer).max_by_key(|def| def.arity) {
            Some(outer) if outer.arity == self.arity => format!("{}+{}", outer.reflection_name(), self.short_name()),
            Some(outer) => format!("{}+{}`{}", outer.reflection_name(), self.short_name(), self.arity - outer.arity),
            None if self.arity == 0 => self.name.to_owned(),
            None => format!("{}`{}", self.name, self.arity),
        }
    }

    /// All members in all groups.
    pub fn members(&self) -> impl Iterator<Item = &'static MemberDef> {
        self.members.iter().flat_map(|group| group.iter())
    }
}

/// The kinds of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeKind {
    /// A class, static classes included.
    Class,
    /// A struct.
    Struct,
    /// An interface.
    Interface,
    /// An enumeration.
    Enum,
    /// A delegate.
    Delegate,
}

/// A member: its signature, its documentation and its code.
pub struct MemberDef {
    /// The full name of the declaring type.
    pub owner: &'static str,
    /// The signature as C# writes it, without the declaring type: `string Substring(int startIndex)`.
    pub signature: &'static str,
    /// What a user of the member is told.
    pub docs: &'static str,
    /// Whether it always gives the same for the same arguments: no clock, no randomness, no request. The compiler
    /// computes pure members of constants.
    pub pure: bool,
    /// Whether it gives the same for the same arguments as long as the request and the response are not changed.
    pub reads_message: bool,
    /// What runs.
    pub body: Body,
}

impl MemberDef {
    /// The name that compiled code is bound to it by; no two members share one.
    #[must_use]
    pub fn host_name(&self) -> String {
        format!("{}::{}", self.owner, self.signature)
    }
}

/// What a member does.
#[derive(Clone, Copy)]
pub enum Body {
    /// Calls a function.
    Call(Entry),
    /// Calls a function; where the argument of this number (counted without the receiver) is a literal, calls the
    /// other one with the literal prepared instead.
    Prepared(Entry, usize, Preparation, Entry),
    /// Reads a word at this offset of the receiver's object.
    Field(usize),
    /// A constant.
    Constant(Constant),
}

/// What can be made of a literal argument once, when a document is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preparation {
    /// A header name, checked and hashed.
    HeaderName,
    /// A regular expression, compiled.
    Regex,
}

/// The value of a constant member.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    /// `bool`, `char`, `int` and narrower, by the member's type.
    Int(i64),
    /// `ulong` and `uint`.
    UInt(u64),
    /// `float` and `double`.
    Double(f64),
    /// `string`.
    Text(&'static str),
}

/// The address of a function that compiled code calls, with how many words it takes.
#[derive(Clone, Copy)]
pub struct Entry {
    /// An `extern "C" fn(cx, word…) -> Return`.
    pub code: *const (),
    /// How many words it takes.
    pub words: u8,
}

// SAFETY: the address of a function.
unsafe impl Sync for Entry {}
// SAFETY: as above.
unsafe impl Send for Entry {}

/// A constant argument, as the compiler's tables hold it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConstantWord(pub Repr, pub Word);

macro_rules! internal_type {
    ($name:ident, $text:literal, $kind:ident, $arity:literal, $repr:ident, $ops:path, $docs:literal) => {
        #[doc = $docs]
        pub static $name: TypeDef = TypeDef {
            name: $text,
            declaration: $text,
            docs: $docs,
            kind: TypeKind::$kind,
            arity: $arity,
            repr: Repr::$repr,
            members: &[],
            constants: &[],
            ops: &$ops,
            plain: None,
        };
    };
}

internal_type!(
    ANONYMOUS,
    "<anonymous type>",
    Class,
    0,
    Ref,
    crate::types::anonymous::ANONYMOUS_OPS,
    "Anonymous types."
);
internal_type!(PARAMETER, "<type parameter>", Class, 0, Ref, crate::object::REFERENCE, "Type parameters.");

pub use crate::types::nullable::NULLABLE_DEF as NULLABLE;
pub use crate::types::object::ARRAY_DEF as ARRAY;

/// `object`.
pub const OBJECT: Ty = Ty(&crate::types::object::OBJECT);
/// `System.ValueType`, the base of all structs.
pub const VALUE_TYPE: Ty = Ty(&crate::types::object::VALUE_TYPE);
/// `System.Enum`, the base of all enumerations.
pub const ENUM: Ty = Ty(&crate::types::enumeration::ENUM);
/// `System.Array`, the base of all arrays.
pub const ARRAY_BASE: Ty = Ty(&ARRAY_PLAIN);

static ARRAY_PLAIN: RuntimeType = RuntimeType::plain(&ARRAY);

struct Names {
    full: HashMap<(&'static str, u8), &'static TypeDef>,
    short: HashMap<(&'static str, u8), &'static [&'static TypeDef]>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut full = HashMap::new();
        let mut short: HashMap<_, Vec<&'static TypeDef>> = HashMap::new();
        for def in crate::types::TYPES {
            full.insert((def.name, def.arity), *def);
            short.entry((def.short_name(), def.arity)).or_default().push(def);
        }
        let short = short.into_iter().map(|(name, defs)| (name, &*Vec::leak(defs))).collect();
        Names { full, short }
    })
}

/// The type of this full name and number of type parameters.
#[must_use]
pub fn find(name: &str, arity: u8) -> Option<&'static TypeDef> {
    names().full.get(&(name, arity)).copied()
}

/// The types whose name without namespace is `name`, with so many type parameters.
#[must_use]
pub fn find_short(name: &str, arity: u8) -> &'static [&'static TypeDef] {
    names().short.get(&(name, arity)).copied().unwrap_or(&[])
}

/// Every type, sorted by full name.
#[must_use]
pub fn all() -> &'static [&'static TypeDef] {
    crate::types::TYPES
}

/// The member that compiled code knows by this name.
#[must_use]
pub fn find_member(host_name: &str) -> Option<&'static MemberDef> {
    let (owner, signature) = host_name.split_once("::")?;
    let owners = crate::types::TYPES.iter().copied().chain([&crate::rt::RUNTIME_DEF]).filter(|def| def.name == owner);
    owners.flat_map(TypeDef::members).find(|member| member.signature == signature)
}
