//! `System.Double` and `System.Single`.
//!
//! Their members are the same, so one macro writes them both. Not here: `decimal`.

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::number::{NumberStyles, float, parse};
use crate::object::{Obj, Ops, REFERENCE, fold_hash};
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};
use crate::types::reflection::type_code;

/// Declares the floating-point types.
macro_rules! floats {
    ($($owner:ident, $name:ident, $ops:ident, $rust:ty, $repr:ident, $keyword:literal, $epsilon:literal, $parse:path,
       $declaration:literal, $docs:literal;)*) => {$(
        #[doc = concat!("The members of `", $keyword, "`.")]
        pub struct $owner;

        #[doc = $docs]
        #[members($declaration, as = $name, repr = $repr, ops = $ops, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The largest number that is not infinite.
            #[member("const Self MaxValue")]
            const MAX_VALUE: Constant = Constant::Double(<$rust>::MAX as f64);

            /// The smallest number that is not infinite.
            #[member("const Self MinValue")]
            const MIN_VALUE: Constant = Constant::Double(<$rust>::MIN as f64);

            /// The smallest number above zero.
            #[member("const Self Epsilon")]
            const EPSILON: Constant = Constant::Double($epsilon);

            /// What no number is: the result of 0 / 0.
            #[member("const Self NaN")]
            const NAN: Constant = Constant::Double(f64::NAN);

            /// Above every number: the result of 1 / 0.
            #[member("const Self PositiveInfinity")]
            const POSITIVE_INFINITY: Constant = Constant::Double(f64::INFINITY);

            /// Below every number: the result of -1 / 0.
            #[member("const Self NegativeInfinity")]
            const NEGATIVE_INFINITY: Constant = Constant::Double(f64::NEG_INFINITY);

            /// The shortest text that reads back as the same number.
            #[member("string ToString()", pure)]
            fn to_text(this: $rust, cx: &mut Cx<'a>) -> Str<'a> {
                cx.write(|out| float::write(out, this))
            }

            /// The number in a standard or custom format; null and empty are the shortest text.
            ///
            /// # Throws
            /// `FormatException` for an unknown standard format.
            #[member("string ToString(string format)", pure)]
            fn to_text_in(this: $rust, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
                match format.filter(|format| !format.is_empty()) {
                    Some(format) => cx.try_write(|out| float::format(out, this, format.bytes())),
                    None => Ok(Self::to_text(this, cx)),
                }
            }

            /// The shortest text that reads back as the same number; the culture is always the invariant one.
            #[member("string ToString(IFormatProvider provider)", pure)]
            fn to_text_of_culture(this: $rust, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
                Self::to_text(this, cx)
            }

            /// The number in a standard or custom format; the culture is always the invariant one.
            ///
            /// # Throws
            /// `FormatException` for an unknown standard format.
            #[member("string ToString(string format, IFormatProvider provider)", pure)]
            fn to_text_in_culture(
                this: $rust, cx: &mut Cx<'a>, format: Option<Str<'a>>, _provider: Option<Obj<'a>>,
            ) -> Result<Str<'a>, Throw> {
                Self::to_text_in(this, cx, format)
            }

            /// The number that the text writes; commas between digits, an exponent and white space are allowed.
            ///
            /// # Throws
            /// `ArgumentNullException` for null, `FormatException` if it is no number.
            #[member("static Self Parse(string s)", pure)]
            fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<$rust, Throw> {
                $parse(s.bytes(), NumberStyles::FLOAT_AND_THOUSANDS).map_err(|fault| cx.throw_fault(&fault))
            }

            /// The number that the text writes in a style.
            ///
            /// # Throws
            /// As `Parse(string)`, and `ArgumentException` for an impossible style.
            #[member("static Self Parse(string s, NumberStyles style)", pure)]
            fn parse_styled(cx: &mut Cx<'a>, s: Str<'a>, style: i32) -> Result<$rust, Throw> {
                let style = NumberStyles::from_bits(style as u32);
                let parsed = style.check_for_floating_point().and_then(|()| $parse(s.bytes(), style));
                parsed.map_err(|fault| cx.throw_fault(&fault))
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

            /// Whether the text writes a number; the number, or 0, comes back in `result`.
            #[member("static bool TryParse(string s, out Self result)")]
            fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
                let parsed = s.and_then(|s| $parse(s.bytes(), NumberStyles::FLOAT_AND_THOUSANDS).ok());
                result.set(cx, parsed.unwrap_or(0.0));
                parsed.is_some()
            }

            /// Whether the text writes a number; the number, or 0, comes back in `result`.
            #[member("static bool TryParse(string s, IFormatProvider provider, out Self result)")]
            fn try_parse_of_culture(
                cx: &mut Cx<'a>, s: Option<Str<'a>>, _provider: Option<Obj<'a>>, result: Out<'a>,
            ) -> bool {
                Self::try_parse(cx, s, result)
            }

            /// Whether the text writes a number in a style; the number, or 0, comes back in `result`.
            ///
            /// # Throws
            /// `ArgumentException` for an impossible style.
            #[member("static bool TryParse(string s, NumberStyles style, IFormatProvider provider, out Self result)")]
            fn try_parse_styled(
                cx: &mut Cx<'a>, s: Option<Str<'a>>, style: i32, _provider: Option<Obj<'a>>, result: Out<'a>,
            ) -> Result<bool, Throw> {
                let style = NumberStyles::from_bits(style as u32);
                style.check_for_floating_point().map_err(|fault| cx.throw_fault(&fault))?;
                let parsed = s.and_then(|s| $parse(s.bytes(), style).ok());
                result.set(cx, parsed.unwrap_or(0.0));
                Ok(parsed.is_some())
            }

            /// Whether the value is no number.
            #[member("static bool IsNaN(Self value)", pure)]
            fn is_nan(value: $rust) -> bool {
                value.is_nan()
            }

            /// Whether the number is infinite.
            #[member("static bool IsInfinity(Self value)", pure)]
            fn is_infinity(value: $rust) -> bool {
                value.is_infinite()
            }

            /// Whether the number is positive and infinite.
            #[member("static bool IsPositiveInfinity(Self value)", pure)]
            fn is_positive_infinity(value: $rust) -> bool {
                value == <$rust>::INFINITY
            }

            /// Whether the number is negative and infinite.
            #[member("static bool IsNegativeInfinity(Self value)", pure)]
            fn is_negative_infinity(value: $rust) -> bool {
                value == <$rust>::NEG_INFINITY
            }

            /// Whether the value is a number and not infinite.
            #[member("static bool IsFinite(Self value)", pure)]
            fn is_finite(value: $rust) -> bool {
                value.is_finite()
            }

            /// Whether the sign bit is set; -0 has it.
            #[member("static bool IsNegative(Self value)", pure)]
            fn is_negative(value: $rust) -> bool {
                value.is_sign_negative()
            }

            /// Whether the number is neither zero nor so small that digits are lost, nor infinite.
            #[member("static bool IsNormal(Self value)", pure)]
            fn is_normal(value: $rust) -> bool {
                value.is_normal()
            }

            /// Whether the number is so small that digits are lost.
            #[member("static bool IsSubnormal(Self value)", pure)]
            fn is_subnormal(value: $rust) -> bool {
                value.is_subnormal()
            }

            /// Whether the other is a number of this type with the same value; NaN equals itself here.
            #[member("bool Equals(object obj)", pure)]
            fn equals_object(this: $rust, obj: Option<Obj<'a>>) -> bool {
                value_if(obj, Ty(&$name)).is_some_and(|other| Self::equals(this, other))
            }

            /// Whether the values are the same; NaN equals itself here.
            #[member("bool Equals(Self obj)", pure)]
            fn equals(this: $rust, obj: $rust) -> bool {
                this == obj || (this.is_nan() && obj.is_nan())
            }

            /// The order of the two: negative, zero or positive; null comes first, then NaN.
            ///
            /// # Throws
            /// `ArgumentException` if the object is of another type.
            #[member("int CompareTo(object value)", pure)]
            fn compare_to_object(this: $rust, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
                compare_to_object(cx, Ty(&$name), value, |other: $rust| Self::order(this, other))
            }

            /// The order of the two: negative, zero or positive; NaN comes first.
            #[member("int CompareTo(Self value)", pure)]
            fn compare_to(this: $rust, value: $rust) -> i32 {
                sign_of(Self::order(this, value))
            }

            /// A number that is the same for equal values.
            #[member("int GetHashCode()", pure)]
            fn get_hash_code(this: $rust) -> i32 {
                let wide = f64::from(this);
                // Equal values have one hash code: the two zeros, and all that is no number.
                if wide == 0.0 { 0 } else if wide.is_nan() { i32::MIN } else { fold_hash(wide.to_bits()) }
            }

            /// The kind of the type.
            #[member("TypeCode GetTypeCode()", pure)]
            fn get_type_code(_this: $rust) -> i32 {
                type_code(Ty(&$name))
            }

            fn order(a: $rust, b: $rust) -> Ordering {
                a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
            }
        }

        #[doc = concat!("The behaviour of boxed `", $keyword, "`s.")]
        pub static $ops: Ops = Ops {
            to_text: |cx, object| Ok($owner::to_text(value_of(object), cx)),
            format: Some(|cx, object, format| $owner::to_text_in(value_of(object), cx, Some(format))),
            equals: |_, a, b| Ok(a.ty() == b.ty() && $owner::equals(value_of(a), value_of(b))),
            hash: |_, object| Ok($owner::get_hash_code(value_of(object))),
            compare: Some(|_, a, b| Ok($owner::order(value_of(a), value_of(b)))),
            ..REFERENCE
        };
    )*};
}

floats! {
    Double, DOUBLE, DOUBLE_OPS, f64, F64, "double", 5e-324, parse::parse_double,
        "public struct System.Double : IComparable, IComparable<double>, IEquatable<double>, IFormattable", "Floating-point numbers of 64 bits.";
    Single, SINGLE, SINGLE_OPS, f32, F32, "float", 1.401298464324817e-45, parse::parse_single,
        "public struct System.Single : IComparable, IComparable<float>, IEquatable<float>, IFormattable", "Floating-point numbers of 32 bits.";
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Object, call};

    #[test]
    fn floating_point_numbers_are_read_and_written() {
        for (text, expected) in [
            ("1.25", "1.25"),
            ("1e3", "1000"),
            ("1,000.5", "1000.5"),
            ("-Infinity", "-Infinity"),
            ("1e400", "Infinity"),
            ("0x10", "FormatException: Input string was not in a correct format."),
        ] {
            assert_eq!(call("System.Double::static double Parse(string s)", &[&text]), expected, "{text}");
        }
        assert_eq!(call("System.Single::static float Parse(string s)", &[&"0.1"]), "0.1");
        let try_parse = "System.Double::static bool TryParse(string s, out double result)";
        assert_eq!(call(try_parse, &[&"2.5"]), "True; 2.5");
        assert_eq!(call(try_parse, &[&Null]), "False; 0");
        assert_eq!(call("System.Double::string ToString(string format)", &[&1234.5, &"N1"]), "1,234.5");
        assert_eq!(call("System.Object::string ToString()", &[&Object(0.1 + 0.2)]), "0.30000000000000004");
        assert_eq!(call("System.Single::const float MaxValue", &[]), "3.4028235E+38");
        assert_eq!(call("System.Single::const float Epsilon", &[]), "1E-45");
        assert_eq!(call("System.Double::const double Epsilon", &[]), "5E-324");
        let styled = "System.Double::static double Parse(string s, NumberStyles style)";
        assert_eq!(
            call(styled, &[&"1", &512]),
            "ArgumentException: The number style AllowHexSpecifier is not supported on floating point data types. \
             (Parameter 'style')"
        );
    }

    #[test]
    fn nan_equals_itself_and_comes_first() {
        for (a, b, order) in [(1.0, 2.0, "-1"), (f64::NAN, 1.0, "-1"), (1.0, f64::NAN, "1"), (f64::NAN, f64::NAN, "0")]
        {
            assert_eq!(call("System.Double::int CompareTo(double value)", &[&a, &b]), order, "{a} {b}");
        }
        assert_eq!(call("System.Double::bool Equals(double obj)", &[&f64::NAN, &f64::NAN]), "True");
        assert_eq!(call("System.Single::bool Equals(object obj)", &[&1_f32, &Object(1.0)]), "False");
    }
}
