//! Types as the binder sees them: those of the tables, and three that no value has at run time.
//!
//! Not here: which conversions there are between types (`conversion`), and how written types are looked up (`names`).

use dotnet::catalogue::{self, TypeDef, TypeKind};
use dotnet::object::REFERENCE;
use dotnet::ty::{RuntimeType, Shape, Ty};
use dotnet::types::{boolean, char, decimal, double, exception, int32, number, object, string};
use dotnet::word::Repr;

/// `bool`
pub const BOOL: Ty = Ty(&boolean::BOOLEAN);
/// `byte`
pub const BYTE: Ty = Ty(&number::BYTE);
/// `char`
pub const CHAR: Ty = Ty(&char::CHAR);
/// `decimal`
pub const DECIMAL: Ty = Ty(&decimal::DECIMAL);
/// `double`
pub const DOUBLE: Ty = Ty(&double::DOUBLE);
/// `System.Exception`
pub const EXCEPTION: Ty = Ty(&exception::EXCEPTION);
/// `float`
pub const FLOAT: Ty = Ty(&double::SINGLE);
/// `int`
pub const INT: Ty = Ty(&int32::INT32);
/// `long`
pub const LONG: Ty = Ty(&number::INT64);
/// `object`
pub const OBJECT: Ty = catalogue::OBJECT;
/// `sbyte`
pub const SBYTE: Ty = Ty(&number::SBYTE);
/// `short`
pub const SHORT: Ty = Ty(&number::INT16);
/// `string`
pub const STRING: Ty = Ty(&string::STRING);
/// `uint`
pub const UINT: Ty = Ty(&number::UINT32);
/// `ulong`
pub const ULONG: Ty = Ty(&number::UINT64);
/// `ushort`
pub const USHORT: Ty = Ty(&number::UINT16);
/// `void`
pub const VOID: Ty = Ty(&object::VOID);

macro_rules! pseudo {
    ($($(#[doc = $docs:literal])+ $constant:ident, $ty:ident, $def:ident, $name:literal;)*) => {$(
        static $def: TypeDef = TypeDef {
            name: $name,
            declaration: $name,
            docs: concat!($($docs),+),
            kind: TypeKind::Class,
            arity: 0,
            repr: Repr::Ref,
            members: &[],
            constants: &[],
            ops: &REFERENCE,
            plain: Some(Ty(&$ty)),
        };
        static $ty: RuntimeType = RuntimeType::plain(&$def);
        $(#[doc = $docs])+
        pub const $constant: Ty = Ty(&$ty);
    )*};
}

pseudo! {
    /// What stands where a type could not be found out; it was reported, and everything fits it.
    UNKNOWN, UNKNOWN_TYPE, UNKNOWN_DEF, "?";
    /// Expressions that have no type of their own: `null`, `default`, lambdas, groups of methods.
    NONE, NONE_TYPE, NONE_DEF, "<null>";
}

/// The numeric types, in the order of their widths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the type of its name")]
pub enum Numeric {
    SByte,
    Byte,
    Short,
    UShort,
    Char,
    Int,
    UInt,
    Long,
    ULong,
    Float,
    Double,
    Decimal,
}

impl Numeric {
    const ALL: [(Self, Ty); 12] = [
        (Self::Int, INT),
        (Self::Long, LONG),
        (Self::Double, DOUBLE),
        (Self::Char, CHAR),
        (Self::Byte, BYTE),
        (Self::Decimal, DECIMAL),
        (Self::UInt, UINT),
        (Self::ULong, ULONG),
        (Self::Float, FLOAT),
        (Self::Short, SHORT),
        (Self::UShort, USHORT),
        (Self::SByte, SBYTE),
    ];

    /// The kind of number that `ty` is.
    pub fn of(ty: Ty) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == ty).map(|(kind, _)| *kind)
    }

    /// The type of numbers of this kind.
    pub fn ty(self) -> Ty {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or(INT, |(_, ty)| *ty)
    }

    /// Whether values are whole numbers.
    pub fn is_integral(self) -> bool {
        self < Self::Float
    }

    /// The smallest and largest value of an integral type.
    pub fn range(self) -> Option<(i128, i128)> {
        Some(match self {
            Self::SByte => (i8::MIN.into(), i8::MAX.into()),
            Self::Byte => (0, u8::MAX.into()),
            Self::Short => (i16::MIN.into(), i16::MAX.into()),
            Self::UShort | Self::Char => (0, u16::MAX.into()),
            Self::Int => (i32::MIN.into(), i32::MAX.into()),
            Self::UInt => (0, u32::MAX.into()),
            Self::Long => (i64::MIN.into(), i64::MAX.into()),
            Self::ULong => (0, u64::MAX.into()),
            Self::Float | Self::Double | Self::Decimal => return None,
        })
    }

    /// Whether C# converts a number of this kind to one of `target` unasked.
    pub fn widens_to(self, target: Self) -> bool {
        use Numeric::{Byte, Char, Decimal, Double, Float, Int, Long, SByte, Short, UInt, ULong, UShort};
        match self {
            SByte => matches!(target, Short | Int | Long | Float | Double | Decimal),
            Byte => matches!(target, Short | UShort | Int | UInt | Long | ULong | Float | Double | Decimal),
            Short => matches!(target, Int | Long | Float | Double | Decimal),
            UShort => matches!(target, Int | UInt | Long | ULong | Float | Double | Decimal),
            Char => matches!(target, UShort | Int | UInt | Long | ULong | Float | Double | Decimal),
            Int => matches!(target, Long | Float | Double | Decimal),
            UInt => matches!(target, Long | ULong | Float | Double | Decimal),
            Long | ULong => matches!(target, Float | Double | Decimal),
            Float => target == Double,
            Double | Decimal => false,
        }
    }
}

/// The type of this full name and these arguments, if the tables have it.
pub fn named(name: &str, args: &[Ty]) -> Option<Ty> {
    let arity = u8::try_from(args.len()).ok()?;
    catalogue::find(name, arity).map(|def| Ty::construct(def, args))
}

/// Whether nothing is known of the type, because something was reported.
pub fn is_unknown(ty: Ty) -> bool {
    ty == UNKNOWN
}

/// Whether something in the type is unknown.
pub fn mentions_unknown(ty: Ty) -> bool {
    ty == UNKNOWN || ty.args.iter().any(|arg| mentions_unknown(*arg))
}

/// Whether values of the type are references: classes, interfaces, arrays, delegates.
pub fn is_reference(ty: Ty) -> bool {
    !ty.is_value_type() && ty != VOID && ty != UNKNOWN && ty != NONE && !ty.is_parameter()
}

/// `T` of `T?`, else the type itself.
pub fn underlying(ty: Ty) -> Ty {
    ty.nullable_inner().unwrap_or(ty)
}

/// `T?` of a value type that is not yet one.
pub fn nullable(ty: Ty) -> Ty {
    if ty.is_value_type() && ty.nullable_inner().is_none() { Ty::nullable(ty) } else { ty }
}

/// Whether the type is a delegate.
pub fn is_delegate(ty: Ty) -> bool {
    ty.def.kind == TypeKind::Delegate && ty.shape == Shape::Plain
}

/// Whether two types are the same to C#, which does not tell tuples apart by the names of their elements.
pub fn same(a: Ty, b: Ty) -> bool {
    a == b || a == UNKNOWN || b == UNKNOWN || erased(a) == erased(b)
}

/// The type without the names of tuple elements, as it exists at run time.
pub fn erased(ty: Ty) -> Ty {
    ty.erased()
}

/// Whether the type is one of the tuple types of C# 7, and with how many elements.
pub fn tuple_elements(ty: Ty) -> Option<&'static [Ty]> {
    (ty.def.name == "System.ValueTuple" && !ty.args.is_empty()).then_some(ty.0.args)
}

/// The names of a tuple's elements, where it has any.
pub fn tuple_names(ty: Ty) -> &'static [&'static str] {
    match ty.shape {
        Shape::Tuple(names) => names,
        _ => &[],
    }
}

/// How many elements the longest tuple type of the tables has.
pub const MAX_TUPLE: usize = 7;
