//! Types as they exist at run time: one [`RuntimeType`] for every type, constructed generic types included.
//!
//! A type is known by its address: two places that mean `List<string>` hold the same [`Ty`]. The compiler's binder and
//! the object headers use the same values.
//!
//! Not here: the members of a type (`catalogue`), and which conversions C# allows (`check`).

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{OnceLock, RwLock};

use crate::catalogue::declaration::Declaration;
use crate::catalogue::{self, TypeDef, TypeKind};
use crate::word::{Repr, Word};

/// A type, equal to another exactly if it is the same type.
#[derive(Clone, Copy)]
pub struct Ty(pub &'static RuntimeType);

/// One type: a definition with its type arguments.
pub struct RuntimeType {
    /// What it is an instance of.
    pub def: &'static TypeDef,
    /// Its type arguments; the element type of an array; the types of an anonymous type's properties.
    pub args: &'static [Ty],
    /// What the definition and the arguments do not say.
    pub shape: Shape,
    bases: OnceLock<Vec<Ty>>,
    sequence_element: OnceLock<Option<Ty>>,
    once: OnceLock<Word>,
}

/// What a type is besides its definition and arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Nothing: a class, struct, interface, enumeration or delegate.
    Plain,
    /// An array of so many dimensions.
    Array(u8),
    /// An anonymous type with properties of these names, in order.
    Anonymous(&'static [&'static str]),
    /// A tuple whose elements have these names, some of them empty. Only the compiler knows such types; at run time
    /// they are the plain ones, see [`Ty::erased`].
    Tuple(&'static [&'static str]),
    /// The type parameter of this name and number, of a generic type or (`true`) of a generic method.
    Parameter(&'static str, u8, bool),
}

impl RuntimeType {
    /// The type of a definition without type parameters; used by the tables of types only.
    #[must_use]
    pub const fn plain(def: &'static TypeDef) -> Self {
        Self::new(def, &[], Shape::Plain)
    }

    const fn new(def: &'static TypeDef, args: &'static [Ty], shape: Shape) -> Self {
        Self { def, args, shape, bases: OnceLock::new(), sequence_element: OnceLock::new(), once: OnceLock::new() }
    }
}

impl Deref for Ty {
    type Target = RuntimeType;
    fn deref(&self) -> &RuntimeType {
        self.0
    }
}

impl PartialEq for Ty {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Ty {}

impl Hash for Ty {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl fmt::Debug for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The type as C# writes it: `string`, `int?`, `List<string>`, `JObject`.
impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shape {
            Shape::Parameter(name, ..) => f.write_str(name),
            Shape::Array(rank) => {
                let (element, ranks) = self.array_ranks(rank);
                write!(f, "{element}{ranks}")
            }
            Shape::Anonymous(names) => {
                f.write_str("<anonymous type: ")?;
                for (index, (name, ty)) in names.iter().zip(self.args).enumerate() {
                    write!(f, "{}{ty} {name}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str(">")
            }
            Shape::Tuple(names) => {
                f.write_str("(")?;
                for (index, (name, ty)) in names.iter().zip(self.args).enumerate() {
                    let (comma, blank) = (if index > 0 { ", " } else { "" }, if name.is_empty() { "" } else { " " });
                    write!(f, "{comma}{ty}{blank}{name}")?;
                }
                f.write_str(")")
            }
            Shape::Plain => {
                if let Some(inner) = self.nullable_inner() {
                    return write!(f, "{inner}?");
                }
                f.write_str(keyword(self.def.name).unwrap_or_else(|| self.def.short_name()))?;
                for (index, arg) in self.args.iter().enumerate() {
                    write!(f, "{}{arg}", if index == 0 { "<" } else { ", " })?;
                }
                f.write_str(if self.args.is_empty() { "" } else { ">" })
            }
        }
    }
}

/// The keyword that C# has for a type of this full name.
#[must_use]
pub fn keyword(name: &str) -> Option<&'static str> {
    KEYWORDS.iter().find(|(full, _)| *full == name).map(|(_, keyword)| *keyword)
}

/// The full names of the types that C# has keywords for.
pub static KEYWORDS: &[(&str, &str)] = &[
    ("System.Boolean", "bool"),
    ("System.Byte", "byte"),
    ("System.Char", "char"),
    ("System.Decimal", "decimal"),
    ("System.Double", "double"),
    ("System.Int16", "short"),
    ("System.Int32", "int"),
    ("System.Int64", "long"),
    ("System.Object", "object"),
    ("System.SByte", "sbyte"),
    ("System.Single", "float"),
    ("System.String", "string"),
    ("System.UInt16", "ushort"),
    ("System.UInt32", "uint"),
    ("System.UInt64", "ulong"),
    ("System.Void", "void"),
];

type Key = (*const TypeDef, Vec<Ty>, Shape);

struct Interned(RwLock<HashMap<Key, Ty>>);

// SAFETY: the pointer in the key is only compared; it is the address of a static.
unsafe impl Sync for Interned {}
// SAFETY: as above.
unsafe impl Send for Interned {}

impl Ty {
    /// The type that `def` makes of `args`. A definition without parameters has one type.
    ///
    /// Constructed types live as long as the process; there are as many as the documents that were ever loaded name.
    #[must_use]
    pub fn construct(def: &'static TypeDef, args: &[Self]) -> Self {
        match def.plain {
            Some(plain) => plain,
            None => Self::intern(def, args, Shape::Plain),
        }
    }

    /// The array type of `rank` dimensions over `element`.
    #[must_use]
    pub fn array(element: Self, rank: u8) -> Self {
        Self::intern(&catalogue::ARRAY, &[element], Shape::Array(rank))
    }

    /// `T?` of a value type.
    #[must_use]
    pub fn nullable(inner: Self) -> Self {
        Self::intern(&catalogue::NULLABLE, &[inner], Shape::Plain)
    }

    /// The anonymous type with these properties, in order.
    #[must_use]
    pub fn anonymous(properties: &[(&str, Self)]) -> Self {
        let types: Vec<Self> = properties.iter().map(|(_, ty)| *ty).collect();
        let names: Vec<&'static str> = properties.iter().map(|(name, _)| intern_name(name)).collect();
        // Looked up before the list of names is kept for ever, so that a type that exists costs nothing.
        let table = interned().0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let same = |ty: &&Self| matches!(ty.shape, Shape::Anonymous(n) if n == names.as_slice()) && ty.args == types;
        if let Some(found) = table.values().find(same) {
            return *found;
        }
        drop(table);
        Self::intern(&catalogue::ANONYMOUS, &types, Shape::Anonymous(Vec::leak(names)))
    }

    /// The tuple type `tuple` with these names for its elements; empty where an element has none.
    #[must_use]
    pub fn with_element_names(tuple: Self, names: &[&str]) -> Self {
        if names.iter().all(|name| name.is_empty()) {
            return Self::intern(tuple.def, tuple.args, Shape::Plain);
        }
        let names: Vec<&'static str> = names.iter().map(|name| intern_name(name)).collect();
        let table = interned().0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = table.keys().find_map(|(_, _, shape)| match shape {
            Shape::Tuple(known) if *known == names.as_slice() => Some(*known),
            _ => None,
        });
        drop(table);
        let names = known.unwrap_or_else(|| Vec::leak(names));
        Self::intern(tuple.def, tuple.args, Shape::Tuple(names))
    }

    /// The type as it exists at run time: without names of tuple elements.
    #[must_use]
    pub fn erased(self) -> Self {
        if self.args.is_empty() {
            return self;
        }
        let args: Vec<Self> = self.args.iter().map(|arg| arg.erased()).collect();
        match self.shape {
            Shape::Tuple(_) => Self::intern(self.def, &args, Shape::Plain),
            _ if args == self.args => self,
            shape => Self::intern(self.def, &args, shape),
        }
    }

    /// The type parameter called `name`, the `index`th of a generic type or of a generic method.
    #[must_use]
    pub fn parameter(name: &str, index: u8, of_method: bool) -> Self {
        Self::intern(&catalogue::PARAMETER, &[], Shape::Parameter(intern_name(name), index, of_method))
    }

    fn intern(def: &'static TypeDef, args: &[Self], shape: Shape) -> Self {
        let place = recent_place(def, args);
        let is_it = |ty: &Self| std::ptr::eq(ty.def, def) && ty.args == args && ty.shape == shape;
        RECENT.with(|recent| {
            let recent = recent.get(place);
            if let Some(found) = recent.and_then(Cell::get).filter(is_it) {
                return found;
            }
            let found = Self::intern_for_all(def, args, shape);
            if let Some(place) = recent {
                place.set(Some(found));
            }
            found
        })
    }

    fn intern_for_all(def: &'static TypeDef, args: &[Self], shape: Shape) -> Self {
        let key = (std::ptr::from_ref(def), args.to_vec(), shape);
        let table = interned();
        let read = table.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(found) = read.get(&key) {
            return *found;
        }
        drop(read);
        let mut write = table.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *write.entry(key).or_insert_with(|| {
            let args: &'static [Self] = Vec::leak(args.to_vec());
            Self(Box::leak(Box::new(RuntimeType::new(def, args, shape))))
        })
    }

    /// How words of this type are to be read.
    #[must_use]
    pub fn repr(self) -> Repr {
        self.def.repr
    }

    /// The element type and number of dimensions of an array type.
    #[must_use]
    pub fn array_parts(self) -> Option<(Self, u8)> {
        match (self.shape, self.args) {
            (Shape::Array(rank), [element]) => Some((*element, rank)),
            _ => None,
        }
    }

    /// The element type of a one-dimensional array type.
    #[must_use]
    pub fn element(self) -> Option<Self> {
        self.array_parts().filter(|(_, rank)| *rank == 1).map(|(element, _)| element)
    }

    /// `T` of `T?`.
    #[must_use]
    pub fn nullable_inner(self) -> Option<Self> {
        if std::ptr::eq(self.def, &raw const catalogue::NULLABLE) { self.args.first().copied() } else { None }
    }

    /// Whether values of this type are copied: structs, enumerations, numbers, and `T?`.
    #[must_use]
    pub fn is_value_type(self) -> bool {
        matches!(self.def.kind, TypeKind::Struct | TypeKind::Enum)
            && matches!(self.shape, Shape::Plain | Shape::Tuple(_))
    }

    /// Whether null is a value of this type: classes, interfaces, arrays, delegates, and `T?`.
    #[must_use]
    pub fn admits_null(self) -> bool {
        !self.is_value_type() || self.nullable_inner().is_some()
    }

    /// Whether this is an interface.
    #[must_use]
    pub fn is_interface(self) -> bool {
        self.def.kind == TypeKind::Interface && self.shape == Shape::Plain
    }

    /// Whether this is an enumeration.
    #[must_use]
    pub fn is_enum(self) -> bool {
        self.def.kind == TypeKind::Enum && self.shape == Shape::Plain
    }

    /// Whether this is a type parameter.
    #[must_use]
    pub fn is_parameter(self) -> bool {
        matches!(self.shape, Shape::Parameter(..))
    }

    /// Whether a type parameter occurs in it.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.is_parameter() || self.args.iter().any(|arg| arg.is_open())
    }

    /// Whether nothing can derive from it, so that an object has this type only if its header says exactly this.
    #[must_use]
    pub fn is_sealed(self) -> bool {
        match self.shape {
            Shape::Plain => {
                self.is_value_type() || self.def.kind == TypeKind::Delegate || self.def.declaration.contains("sealed ")
            }
            Shape::Array(_) => self.args.iter().all(|element| element.is_value_type()),
            Shape::Anonymous(_) | Shape::Tuple(_) => true,
            Shape::Parameter(..) => false,
        }
    }

    /// The base class, if any, and the interfaces that the declaration names, with this type's arguments filled in.
    #[must_use]
    pub fn bases(self) -> &'static [Self] {
        self.0.bases.get_or_init(|| self.find_bases())
    }

    fn find_bases(self) -> Vec<Self> {
        if let (Shape::Array(rank), [element]) = (self.shape, self.args) {
            let mut bases = vec![catalogue::ARRAY_BASE];
            if rank == 1 {
                let interfaces = ["System.Collections.Generic.IList", "System.Collections.Generic.IReadOnlyList"];
                let definitions = interfaces.iter().filter_map(|name| catalogue::find(name, 1));
                bases.extend(definitions.map(|def| Self::construct(def, &[*element])));
            }
            return bases;
        }
        let declaration = Declaration::parse(self.def.declaration);
        let mut bases: Vec<Self> =
            declaration.bases.iter().filter_map(|syntax| syntax.resolve(&declaration.scope())).collect();
        for base in &mut bases {
            *base = base.substitute(self.args, &[]);
        }
        let has_class = bases.first().is_some_and(|base| !base.is_interface());
        if !has_class && !self.is_interface() && self != catalogue::OBJECT {
            let base = match self.def.kind {
                TypeKind::Enum => catalogue::ENUM,
                _ if self.is_value_type() => catalogue::VALUE_TYPE,
                _ => catalogue::OBJECT,
            };
            bases.insert(0, base);
        }
        bases
    }

    /// The class this one derives from; none for `object` and interfaces.
    #[must_use]
    pub fn base_class(self) -> Option<Self> {
        self.bases().first().copied().filter(|base| !base.is_interface())
    }

    /// Every interface that it implements, each once, itself included where it is one; nearest first.
    #[must_use]
    pub fn interfaces(self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut queue = vec![self];
        let mut at = 0;
        while let Some(ty) = queue.get(at).copied() {
            at += 1;
            if ty.is_interface() && !found.contains(&ty) {
                found.push(ty);
            }
            queue.extend(ty.bases().iter().filter(|base| !queue.contains(base)).copied().collect::<Vec<_>>());
        }
        found
    }

    /// The word of an object that there is once for this type in the process: its default value, or its only object.
    pub fn once(self, make: impl FnOnce() -> Word) -> Word {
        *self.0.once.get_or_init(make)
    }

    /// `T` of the first `IEnumerable<T>` that it is or implements; the element type of an array of any rank.
    #[must_use]
    pub fn sequence_element(self) -> Option<Self> {
        if let Some((element, _)) = self.array_parts() {
            return Some(element);
        }
        *self.0.sequence_element.get_or_init(|| {
            let enumerable = catalogue::find("System.Collections.Generic.IEnumerable", 1)?;
            let found = self.interfaces().into_iter().find(|ty| std::ptr::eq(ty.def, enumerable))?;
            found.args.first().copied()
        })
    }

    /// This type with the type parameters replaced: those of a type by `type_args`, those of a method by
    /// `method_args`. A parameter without an argument stays.
    #[must_use]
    pub fn substitute(self, type_args: &[Self], method_args: &[Self]) -> Self {
        match self.shape {
            Shape::Parameter(_, index, of_method) => {
                let args = if of_method { method_args } else { type_args };
                args.get(usize::from(index)).copied().unwrap_or(self)
            }
            _ if !self.is_open() => self,
            shape => {
                let args: Vec<Self> = self.args.iter().map(|arg| arg.substitute(type_args, method_args)).collect();
                Self::intern(self.def, &args, shape)
            }
        }
    }

    /// Whether an object of this type is also one of `target`: the same type, a base class, an interface that it
    /// implements (with variance), or an array type that its elements allow. What `is` and casts of references ask.
    #[must_use]
    pub fn is_subtype_of(self, target: Self) -> bool {
        if self == target || target == catalogue::OBJECT {
            return true;
        }
        if let (Some((from, rank)), Some((to, target_rank))) = (self.array_parts(), target.array_parts()) {
            return rank == target_rank && !from.is_value_type() && !to.is_value_type() && from.is_subtype_of(to);
        }
        let same_definition = std::ptr::eq(self.def, target.def) && self.shape == target.shape;
        if same_definition && !self.args.is_empty() {
            return self.is_variant_of(target);
        }
        self.bases().iter().any(|base| base.is_subtype_of(target))
    }

    fn is_variant_of(self, target: Self) -> bool {
        let variance = &Declaration::parse(self.def.declaration).variance;
        let mut pairs = self.args.iter().zip(target.args).enumerate();
        pairs.all(|(index, (from, to))| {
            let references = !from.is_value_type() && !to.is_value_type();
            from == to
                || match variance.get(index) {
                    Some(catalogue::declaration::Variance::Out) => references && from.is_subtype_of(*to),
                    Some(catalogue::declaration::Variance::In) => references && to.is_subtype_of(*from),
                    _ => false,
                }
        })
    }

    /// The name that `ToString()` of an object without a text of its own gives: `` System.Collections.Generic.List`1[System.String] ``.
    #[must_use]
    pub fn full_name(self) -> String {
        match self.shape {
            Shape::Parameter(name, ..) => name.to_owned(),
            Shape::Array(rank) => match self.args {
                [element] => format!("{}[{}]", element.full_name(), ",".repeat(usize::from(rank.saturating_sub(1)))),
                _ => String::from("System.Array"),
            },
            Shape::Anonymous(_) => String::from("<>f__AnonymousType"),
            Shape::Plain if self.args.is_empty() => self.def.reflection_name(),
            Shape::Plain | Shape::Tuple(_) => {
                let args: Vec<String> = self.args.iter().map(|arg| arg.full_name()).collect();
                format!("{}[{}]", self.def.reflection_name(), args.join(","))
            }
        }
    }

    /// The innermost element type of a jagged array with the text of its ranks in C#'s order, which is outermost first.
    fn array_ranks(self, rank: u8) -> (Self, String) {
        let mut ranks = format!("[{}]", ",".repeat(usize::from(rank.saturating_sub(1))));
        let mut element = self.args.first().copied().unwrap_or(catalogue::OBJECT);
        while let Some((inner, rank)) = element.array_parts() {
            ranks.push_str(&format!("[{}]", ",".repeat(usize::from(rank.saturating_sub(1)))));
            element = inner;
        }
        (element, ranks)
    }
}

// Members construct types while requests run (`ToList` the one of its list), so that every thread remembers the last ones
// instead of taking a lock that all threads share.
thread_local! {
    static RECENT: [Cell<Option<Ty>>; 64] = const { [const { Cell::new(None) }; 64] };
}

/// Where a thread remembers a type, if it does.
fn recent_place(def: &'static TypeDef, args: &[Ty]) -> usize {
    let mut place = std::ptr::from_ref(def) as usize >> 4;
    for arg in args {
        place = place.wrapping_mul(31) ^ (std::ptr::from_ref(arg.0) as usize >> 4);
    }
    (place ^ (place >> 6)) % 64
}

fn interned() -> &'static Interned {
    static TABLE: OnceLock<Interned> = OnceLock::new();
    TABLE.get_or_init(|| Interned(RwLock::new(HashMap::new())))
}

/// One copy, for ever, of every name that an anonymous type's property or a type parameter has.
fn intern_name(name: &str) -> &'static str {
    static NAMES: OnceLock<RwLock<HashMap<String, &'static str>>> = OnceLock::new();
    let names = NAMES.get_or_init(RwLock::default);
    if let Some(found) = names.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(name) {
        return found;
    }
    let mut names = names.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    names.entry(name.to_owned()).or_insert_with(|| Box::leak(name.to_owned().into_boxed_str()))
}
