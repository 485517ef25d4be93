//! The integer types: `sbyte` to `ulong`.
//!
//! Their members are the same, so one macro writes them all. Not here: `float` and `double` (`double`), `decimal`, and
//! conversions between the types (`convert`).

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::object::{Obj, Ops, REFERENCE, fold_hash};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};

/// Declares the integer types.
macro_rules! integers {
    ($($owner:ident, $name:ident, $ops:ident, $rust:ty, $repr:ident, $keyword:literal, $max:expr,
       $declaration:literal, $docs:literal;)*) => {$(
        #[doc = concat!("The members of `", $keyword, "`.")]
        pub struct $owner;

        #[doc = $docs]
        #[members($declaration, as = $name, repr = $repr, ops = $ops, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The largest value.
            #[member("const Self MaxValue")]
            const MAX_VALUE: Constant = $max;

            /// The smallest value.
            #[member("const Self MinValue")]
            const MIN_VALUE: Constant = Constant::Int(<$rust>::MIN as i64);

            /// The number in decimal digits.
            #[member("string ToString()", pure)]
            fn to_text(this: $rust, cx: &mut Cx<'a>) -> Str<'a> {
                cx.str(&this.to_string())
            }

            /// Whether the other is a number of this type with the same value.
            #[member("bool Equals(object obj)", pure)]
            fn equals_object(this: $rust, obj: Option<Obj<'a>>) -> bool {
                value_if(obj, Ty(&$name)) == Some(this)
            }

            /// Whether the values are the same.
            #[member("bool Equals(Self obj)", pure)]
            fn equals(this: $rust, obj: $rust) -> bool {
                this == obj
            }

            /// The order of the two: negative, zero or positive; null comes first.
            ///
            /// # Throws
            /// `ArgumentException` if the object is of another type.
            #[member("int CompareTo(object value)", pure)]
            fn compare_to_object(this: $rust, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
                compare_to_object(cx, Ty(&$name), value, |other: $rust| this.cmp(&other))
            }

            /// The order of the two: negative, zero or positive.
            #[member("int CompareTo(Self value)", pure)]
            fn compare_to(this: $rust, value: $rust) -> i32 {
                sign_of(this.cmp(&value))
            }

            /// A number that is the same for equal values.
            #[member("int GetHashCode()", pure)]
            fn get_hash_code(this: $rust) -> i32 {
                hash(this as i64)
            }
        }

        #[doc = concat!("The behaviour of boxed `", $keyword, "`s.")]
        pub static $ops: Ops = Ops {
            to_text: |cx, object| Ok($owner::to_text(value_of(object), cx)),
            equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<$rust>(a) == value_of(b)),
            hash: |_, object| Ok(hash(value_of::<$rust>(object) as i64)),
            compare: Some(|_, a, b| Ok(value_of::<$rust>(a).cmp(&value_of(b)))),
            ..REFERENCE
        };
    )*};
}

/// The hash code of a number: the number itself where it fits.
fn hash(value: i64) -> i32 {
    i32::try_from(value).unwrap_or_else(|_| fold_hash(value as u64))
}

integers! {
    SByte, SBYTE, SBYTE_OPS, i8, I32, "sbyte", Constant::Int(i8::MAX as i64),
        "public struct System.SByte : IComparable<sbyte>, IEquatable<sbyte>", "Whole numbers of 8 bits.";
    Byte, BYTE, BYTE_OPS, u8, I32, "byte", Constant::Int(u8::MAX as i64),
        "public struct System.Byte : IComparable<byte>, IEquatable<byte>", "Whole numbers of 8 bits, from 0.";
    Int16, INT16, INT16_OPS, i16, I32, "short", Constant::Int(i16::MAX as i64),
        "public struct System.Int16 : IComparable<short>, IEquatable<short>", "Whole numbers of 16 bits.";
    UInt16, UINT16, UINT16_OPS, u16, I32, "ushort", Constant::Int(u16::MAX as i64),
        "public struct System.UInt16 : IComparable<ushort>, IEquatable<ushort>", "Whole numbers of 16 bits, from 0.";
    Int32, INT32, INT32_OPS, i32, I32, "int", Constant::Int(i32::MAX as i64),
        "public struct System.Int32 : IComparable<int>, IEquatable<int>", "Whole numbers of 32 bits.";
    UInt32, UINT32, UINT32_OPS, u32, I32, "uint", Constant::UInt(u32::MAX as u64),
        "public struct System.UInt32 : IComparable<uint>, IEquatable<uint>", "Whole numbers of 32 bits, from 0.";
    Int64, INT64, INT64_OPS, i64, I64, "long", Constant::Int(i64::MAX),
        "public struct System.Int64 : IComparable<long>, IEquatable<long>", "Whole numbers of 64 bits.";
    UInt64, UINT64, UINT64_OPS, u64, I64, "ulong", Constant::UInt(u64::MAX),
        "public struct System.UInt64 : IComparable<ulong>, IEquatable<ulong>", "Whole numbers of 64 bits, from 0.";
}
