//! The integer types: `sbyte` to `ulong`.
//!
//! Their members are the same, so one macro writes them all. Not here: `float` and `double` (`double`), `decimal`, and
//! conversions between the types (`convert`).

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::Fault;
use crate::format::number::integer::{self, Integer};
use crate::format::number::{NumberStyles, parse};
use crate::object::{Obj, Ops, REFERENCE, fold_hash};
use crate::rt::{Out, scalar_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};
use crate::types::reflection::type_code;
use crate::word::Word;

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
                text(cx, this)
            }

            /// The number in a standard or custom format; null and empty are `G`.
            ///
            /// # Throws
            /// `FormatException` for an unknown standard format.
            #[member("string ToString(string format)", pure)]
            fn to_text_in(this: $rust, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
                formatted(cx, this, format)
            }

            /// The number in decimal digits; the culture is always the invariant one.
            #[member("string ToString(IFormatProvider provider)", pure)]
            fn to_text_of_culture(this: $rust, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
                text(cx, this)
            }

            /// The number in a standard or custom format; the culture is always the invariant one.
            ///
            /// # Throws
            /// `FormatException` for an unknown standard format.
            #[member("string ToString(string format, IFormatProvider provider)", pure)]
            fn to_text_in_culture(
                this: $rust, cx: &mut Cx<'a>, format: Option<Str<'a>>, _provider: Option<Obj<'a>>,
            ) -> Result<Str<'a>, Throw> {
                formatted(cx, this, format)
            }

            /// The number that the text writes in decimal digits, with a sign and white space around it allowed.
            ///
            /// # Throws
            /// `ArgumentNullException` for null, `FormatException` if it is no number, `OverflowException` if it does
            /// not fit the type.
            #[member("static Self Parse(string s)", pure)]
            fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<$rust, Throw> {
                thrown(cx, parse::parse_integer(s.bytes()))
            }

            /// The number that the text writes in a style.
            ///
            /// # Throws
            /// As `Parse(string)`, and `ArgumentException` for an impossible style.
            #[member("static Self Parse(string s, NumberStyles style)", pure)]
            fn parse_styled(cx: &mut Cx<'a>, s: Str<'a>, style: i32) -> Result<$rust, Throw> {
                let style = NumberStyles::from_bits(style as u32);
                thrown(cx, parse::parse_integer_styled(s.bytes(), style))
            }

            /// The number that the text writes; the culture is always the invariant one.
            ///
            /// # Throws
            /// As `Parse(string)`.
            #[member("static Self Parse(string s, IFormatProvider provider)", pure)]
            fn parse_of_culture(cx: &mut Cx<'a>, s: Str<'a>, _provider: Option<Obj<'a>>) -> Result<$rust, Throw> {
                Self::parse(cx, s)
            }

            /// The number that the text writes in a style; the culture is always the invariant one.
            ///
            /// # Throws
            /// As `Parse(string, NumberStyles)`.
            #[member("static Self Parse(string s, NumberStyles style, IFormatProvider provider)", pure)]
            fn parse_styled_of_culture(
                cx: &mut Cx<'a>, s: Str<'a>, style: i32, _provider: Option<Obj<'a>>,
            ) -> Result<$rust, Throw> {
                Self::parse_styled(cx, s, style)
            }

            /// Whether the text writes a number of this type; the number, or 0, comes back in `result`.
            #[member("static bool TryParse(string s, out Self result)")]
            fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
                let parsed: Option<$rust> = s.and_then(|s| parse::parse_integer(s.bytes()).ok());
                result.set(cx, parsed.unwrap_or(0));
                parsed.is_some()
            }

            /// Whether the text writes a number of this type; the number, or 0, comes back in `result`.
            #[member("static bool TryParse(string s, IFormatProvider provider, out Self result)")]
            fn try_parse_of_culture(
                cx: &mut Cx<'a>, s: Option<Str<'a>>, _provider: Option<Obj<'a>>, result: Out<'a>,
            ) -> bool {
                Self::try_parse(cx, s, result)
            }

            /// Whether the text writes a number of this type in a style; the number, or 0, comes back in `result`.
            ///
            /// # Throws
            /// `ArgumentException` for an impossible style.
            #[member("static bool TryParse(string s, NumberStyles style, IFormatProvider provider, out Self result)")]
            fn try_parse_styled(
                cx: &mut Cx<'a>, s: Option<Str<'a>>, style: i32, _provider: Option<Obj<'a>>, result: Out<'a>,
            ) -> Result<bool, Throw> {
                let style = NumberStyles::from_bits(style as u32);
                thrown(cx, style.check_for_integer())?;
                let parsed: Option<$rust> = s.and_then(|s| parse::parse_integer_styled(s.bytes(), style).ok());
                result.set(cx, parsed.unwrap_or(0));
                Ok(parsed.is_some())
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
                match value_if::<$rust>(value, Ty(&$name)) {
                    Some(other) => Ok(Self::compare_to(this, other)),
                    None => compare_to_object(cx, Ty(&$name), value, |other: $rust| this.cmp(&other)),
                }
            }

            /// The order of the two: negative, zero or positive.
            #[member("int CompareTo(Self value)", pure)]
            fn compare_to(this: $rust, value: $rust) -> i32 {
                // The types below 32 bits give the difference, as in .NET.
                if <$rust>::BITS < 32 { this as i32 - value as i32 } else { sign_of(this.cmp(&value)) }
            }

            /// A number that is the same for equal values.
            #[member("int GetHashCode()", pure)]
            fn get_hash_code(this: $rust) -> i32 {
                hash(this as i64)
            }

            /// The kind of the type.
            #[member("TypeCode GetTypeCode()", pure)]
            fn get_type_code(_this: $rust) -> i32 {
                type_code(Ty(&$name))
            }
        }

        #[doc = concat!("The behaviour of boxed `", $keyword, "`s.")]
        pub static $ops: Ops = Ops {
            to_text: |cx, object| Ok(text(cx, value_of::<$rust>(object))),
            format: Some(|cx, object, format| formatted(cx, value_of::<$rust>(object), Some(format))),
            equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<$rust>(a) == value_of::<$rust>(b)),
            hash: |_, object| Ok(hash(value_of::<$rust>(object) as i64)),
            compare: Some(|_, a, b| Ok(value_of::<$rust>(a).cmp(&value_of(b)))),
            ..REFERENCE
        };
    )*};
}

/// The decimal digits of an integer.
pub fn text<'a>(cx: &mut Cx<'a>, value: impl Integer) -> Str<'a> {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(value);
    Str::over_ascii(cx.arena(), cx.arena().alloc_slice(digits.as_bytes()))
}

fn formatted<'a>(cx: &mut Cx<'a>, value: impl Integer, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    match format.filter(|format| !format.is_empty()) {
        Some(format) => cx.try_write(|out| integer::format(out, value, format.bytes())),
        None => Ok(text(cx, value)),
    }
}

fn thrown<T>(cx: &mut Cx<'_>, result: Result<T, Fault>) -> Result<T, Throw> {
    result.map_err(|fault| cx.throw_fault(&fault))
}

/// Whether a type is one of those of this module.
#[must_use]
pub fn is_integer(ty: Ty) -> bool {
    matches!(type_code(ty), 5..=12) && !ty.is_enum()
}

/// The value of a word of an integer type or an enumeration; a `ulong` above the range of `long` wraps around.
#[must_use]
pub fn widened(ty: Ty, word: Word) -> i64 {
    match type_code(ty) {
        6 => i64::from(scalar_of::<u8>(word)),
        8 => i64::from(scalar_of::<u16>(word)),
        10 => i64::from(scalar_of::<u32>(word)),
        11 | 12 => scalar_of(word),
        _ => i64::from(scalar_of::<i32>(word)),
    }
}

/// The hash code of a number: the number itself where it fits.
fn hash(value: i64) -> i32 {
    i32::try_from(value).unwrap_or_else(|_| fold_hash(value as u64))
}

integers! {
    SByte, SBYTE, SBYTE_OPS, i8, I32, "sbyte", Constant::Int(i8::MAX as i64),
        "public struct System.SByte : IComparable, IComparable<sbyte>, IEquatable<sbyte>, IFormattable", "Whole numbers of 8 bits.";
    Byte, BYTE, BYTE_OPS, u8, I32, "byte", Constant::Int(u8::MAX as i64),
        "public struct System.Byte : IComparable, IComparable<byte>, IEquatable<byte>, IFormattable", "Whole numbers of 8 bits, from 0.";
    Int16, INT16, INT16_OPS, i16, I32, "short", Constant::Int(i16::MAX as i64),
        "public struct System.Int16 : IComparable, IComparable<short>, IEquatable<short>, IFormattable", "Whole numbers of 16 bits.";
    UInt16, UINT16, UINT16_OPS, u16, I32, "ushort", Constant::Int(u16::MAX as i64),
        "public struct System.UInt16 : IComparable, IComparable<ushort>, IEquatable<ushort>, IFormattable", "Whole numbers of 16 bits, from 0.";
    Int32, INT32, INT32_OPS, i32, I32, "int", Constant::Int(i32::MAX as i64),
        "public struct System.Int32 : IComparable, IComparable<int>, IEquatable<int>, IFormattable", "Whole numbers of 32 bits.";
    UInt32, UINT32, UINT32_OPS, u32, I32, "uint", Constant::UInt(u32::MAX as u64),
        "public struct System.UInt32 : IComparable, IComparable<uint>, IEquatable<uint>, IFormattable", "Whole numbers of 32 bits, from 0.";
    Int64, INT64, INT64_OPS, i64, I64, "long", Constant::Int(i64::MAX),
        "public struct System.Int64 : IComparable, IComparable<long>, IEquatable<long>, IFormattable", "Whole numbers of 64 bits.";
    UInt64, UINT64, UINT64_OPS, u64, I64, "ulong", Constant::UInt(u64::MAX),
        "public struct System.UInt64 : IComparable, IComparable<ulong>, IEquatable<ulong>, IFormattable", "Whole numbers of 64 bits, from 0.";
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Object, call, ty, with_harness};

    const PARSE: &str = "System.Int32::static int Parse(string s)";

    #[test]
    fn integers_are_read() {
        for (text, expected) in [
            ("42", "42"),
            (" +12 ", "12"),
            ("-0", "0"),
            ("", "FormatException: Input string was not in a correct format."),
            ("12.0", "FormatException: Input string was not in a correct format."),
            ("2147483648", "OverflowException: Value was either too large or too small for an Int32."),
        ] {
            assert_eq!(call(PARSE, &[&text]), expected, "{text}");
        }
        assert_eq!(call(PARSE, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 's')");
        assert_eq!(call("System.Byte::static byte Parse(string s)", &[&"255"]), "255");
        assert_eq!(
            call("System.SByte::static sbyte Parse(string s)", &[&"128"]),
            "OverflowException: Value was either too large or too small for a signed byte."
        );
        let styled = "System.Int32::static int Parse(string s, NumberStyles style)";
        assert_eq!(call(styled, &[&"ff", &515]), "255");
        let try_parse = "System.Int64::static bool TryParse(string s, out long result)";
        assert_eq!(call(try_parse, &[&"5000000000"]), "True; 5000000000");
        assert_eq!(call(try_parse, &[&"x"]), "False; 0");
        assert_eq!(call(try_parse, &[&Null]), "False; 0");
    }

    #[test]
    fn integers_are_written() {
        let format = "System.Int32::string ToString(string format)";
        for (value, picture, expected) in [
            (7, "D3", "007"),
            (-1, "X", "FFFFFFFF"),
            (1_234_567, "N0", "1,234,567"),
            (-5, "0;(0)", "(5)"),
            (5, "", "5"),
            (5, "Z", "FormatException: Format specifier was invalid."),
        ] {
            assert_eq!(call(format, &[&value, &picture]), expected, "{value} {picture}");
        }
        assert_eq!(call(format, &[&5, &Null]), "5");
        assert_eq!(call("System.UInt64::string ToString()", &[&u64::MAX]), "18446744073709551615");
        assert_eq!(call("System.UInt64::const ulong MaxValue", &[]), "18446744073709551615");
        assert_eq!(call("System.SByte::const sbyte MinValue", &[]), "-128");
        assert_eq!(call("System.Object::string ToString()", &[&Object(200_u8)]), "200");
    }

    #[test]
    fn integers_are_equal_only_to_their_own_type() {
        assert_eq!(call("System.Int32::bool Equals(object obj)", &[&1, &Object(1_i64)]), "False");
        assert_eq!(call("System.Int32::bool Equals(object obj)", &[&1, &Object(1)]), "True");
        assert_eq!(call("System.Int32::int CompareTo(object value)", &[&1, &Null]), "1");
        assert_eq!(
            call("System.Int32::int CompareTo(object value)", &[&1, &"1"]),
            "ArgumentException: Object must be of type Int32."
        );
        assert_eq!(call("System.Byte::int CompareTo(byte value)", &[&10_u8, &3_u8]), "7");
        with_harness(|harness| {
            let compare = "System.IComparable::int CompareTo(T other)";
            assert_eq!(harness.call_on(Some(ty("IComparable<int>")), compare, &[&Object(3), &5]), "-1");
        });
        assert_eq!(call("System.UInt32::TypeCode GetTypeCode()", &[&1_u32]), "UInt32");
    }
}
