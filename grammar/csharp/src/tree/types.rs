//! Types as they are written.

use super::{Ident, List, Name, TypeId};
use crate::span::Span;

/// A type as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// What a written type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// A type should stand here and does not; reported.
    Missing,
    /// The left-out argument of an open generic type, as in `typeof(List<>)`. Reported anywhere else.
    Omitted,
    /// `int`, `string`, `object`, `void`…
    Predefined(Predefined),
    /// `var` where a variable is declared. A type of that name, which would win over it, cannot exist here.
    Var,
    /// `DateTime`, `List<int>`.
    Name(Name),
    /// `global::System`: the alias before `::`, and the first name behind it.
    Alias {
        /// The name before `::`; only `global` means anything in a policy.
        alias: Ident,
        /// The name behind it.
        name: Name,
    },
    /// `System.Text.Encoding`: the last name, and all before it. The left part may be a namespace or a type.
    Qualified {
        /// What stands before the last point.
        left: TypeId,
        /// The last name.
        name: Name,
    },
    /// `int?`.
    Nullable(TypeId),
    /// `int[]`, `int[,]`. As in C#, `int[][,]` is a one-dimensional array whose elements are `int[,]`.
    Array {
        /// The type of an element.
        element: TypeId,
        /// The number of dimensions, at least 1.
        rank: u32,
    },
    /// `(int, string)`, `(int Id, string Name)`; two elements or more.
    Tuple(List<TupleElement>),
}

/// One element of a tuple type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TupleElement {
    /// Its type.
    pub ty: TypeId,
    /// Its name, if it has one.
    pub name: Option<Ident>,
}

/// A type that C# names by a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the keyword of its name")]
pub enum Predefined {
    Bool,
    Byte,
    Char,
    Decimal,
    Double,
    Float,
    Int,
    Long,
    Object,
    SByte,
    Short,
    String,
    UInt,
    ULong,
    UShort,
    /// Only where a local function or `typeof` may name it; the binder reports it elsewhere.
    Void,
}

impl Predefined {
    /// All of them, in the order of their keywords.
    pub const ALL: [Self; 16] = [
        Self::Bool,
        Self::Byte,
        Self::Char,
        Self::Decimal,
        Self::Double,
        Self::Float,
        Self::Int,
        Self::Long,
        Self::Object,
        Self::SByte,
        Self::Short,
        Self::String,
        Self::UInt,
        Self::ULong,
        Self::UShort,
        Self::Void,
    ];

    /// The keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Byte => "byte",
            Self::Char => "char",
            Self::Decimal => "decimal",
            Self::Double => "double",
            Self::Float => "float",
            Self::Int => "int",
            Self::Long => "long",
            Self::Object => "object",
            Self::SByte => "sbyte",
            Self::Short => "short",
            Self::String => "string",
            Self::UInt => "uint",
            Self::ULong => "ulong",
            Self::UShort => "ushort",
            Self::Void => "void",
        }
    }

    /// The name in the `System` namespace: `Int32` for `int`.
    #[must_use]
    pub fn system_name(self) -> &'static str {
        match self {
            Self::Bool => "Boolean",
            Self::Byte => "Byte",
            Self::Char => "Char",
            Self::Decimal => "Decimal",
            Self::Double => "Double",
            Self::Float => "Single",
            Self::Int => "Int32",
            Self::Long => "Int64",
            Self::Object => "Object",
            Self::SByte => "SByte",
            Self::Short => "Int16",
            Self::String => "String",
            Self::UInt => "UInt32",
            Self::ULong => "UInt64",
            Self::UShort => "UInt16",
            Self::Void => "Void",
        }
    }
}
