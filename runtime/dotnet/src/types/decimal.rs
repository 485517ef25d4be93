//! `System.Decimal`.
//!
//! Not here: the arithmetic (`format::decimal`), conversions (`decimal_conversion`).

use std::hash::{DefaultHasher, Hash, Hasher};

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::number::NumberStyles;
use crate::format::{Decimal, Fault};
use crate::object::{Obj, Ops, REFERENCE, fold_hash};
use crate::rt::{Out, scalar_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal_conversion::*;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::number::INT32;
use crate::types::primitive::sign_of;
use crate::types::struct_value::struct_value;
use crate::word::Word;

struct_value!(DecimalObj, Decimal, DECIMAL, DECIMAL_DEF, Decimal::ZERO);

/// The members of `decimal`.
pub struct DecimalType;

/// Decimal numbers of 28 digits.
#[members("public struct System.Decimal : IComparable, IComparable<decimal>, IEquatable<decimal>, IFormattable",
    as = DECIMAL, ops = DECIMAL_OPS, groups = [OPERATORS, ARITHMETIC, CONVERSIONS, SBYTE_CONVERSIONS, BYTE_CONVERSIONS,
        INT16_CONVERSIONS, UINT16_CONVERSIONS, INT32_CONVERSIONS, UINT32_CONVERSIONS, INT64_CONVERSIONS,
        UINT64_CONVERSIONS])]
impl<'a> DecimalType {
    /// The largest number.
    #[member("static decimal MaxValue { get; }", pure)]
    fn max_value() -> Decimal {
        Decimal::MAX
    }

    /// The smallest number.
    #[member("static decimal MinValue { get; }", pure)]
    fn min_value() -> Decimal {
        Decimal::MIN
    }

    /// 0.
    #[member("static decimal Zero { get; }", pure)]
    fn zero() -> Decimal {
        Decimal::ZERO
    }

    /// 1.
    #[member("static decimal One { get; }", pure)]
    fn one() -> Decimal {
        Decimal::ONE
    }

    /// -1.
    #[member("static decimal MinusOne { get; }", pure)]
    fn minus_one() -> Decimal {
        Decimal::MINUS_ONE
    }

    /// The number of these 96 bits, sign and scale.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the scale is above 28.
    #[member("Decimal(int lo, int mid, int hi, bool isNegative, byte scale)", pure)]
    fn from_parts(cx: &mut Cx<'a>, lo: i32, mid: i32, hi: i32, negative: bool, scale: u8) -> Result<Decimal, Throw> {
        if u32::from(scale) > crate::format::decimal::MAX_SCALE {
            let message = "Decimal's scale value must be between 0 and 28, inclusive.";
            return Err(cx.throw_argument(
                Ty(&crate::types::exception::ARGUMENT_OUT_OF_RANGE_EXCEPTION),
                message,
                "scale",
            ));
        }
        let part = |value: i32, shift: u32| u128::from(value as u32) << shift;
        Ok(Decimal::from_parts(part(lo, 0) | part(mid, 32) | part(hi, 64), u32::from(scale), negative))
    }

    /// The number of the four words that `GetBits` gives.
    ///
    /// # Throws
    /// `ArgumentException` if they are not four or no number.
    #[member("Decimal(int[] bits)", pure)]
    fn from_bits(cx: &mut Cx<'a>, bits: &'a Array<'a>) -> Result<Decimal, Throw> {
        let words: Vec<i32> = bits.items().iter().map(|word| scalar_of(word.get())).collect();
        match <[i32; 4]>::try_from(words) {
            Ok(words) => thrown(cx, Decimal::from_bits(words)),
            Err(_) => {
                let message =
                    "Decimal byte array constructor requires an array of length four containing valid decimal bytes.";
                Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), message))
            }
        }
    }

    /// The four words of a number: low, middle and high 32 bits, then scale and sign.
    #[member("static int[] GetBits(decimal d)")]
    fn get_bits(cx: &mut Cx<'a>, d: Decimal) -> &'a Array<'a> {
        Array::new(cx, Ty(&INT32), &d.bits().map(|word| Word(u64::from(word as u32))))
    }

    /// The number, with every digit of its scale.
    #[member("string ToString()", pure)]
    fn to_text(this: Decimal, cx: &mut Cx<'a>) -> Str<'a> {
        cx.write(|out| this.write(out))
    }

    /// The number in a standard or custom format; null and empty show every digit.
    ///
    /// # Throws
    /// `FormatException` for an unknown standard format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: Decimal, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, format.map_or(b"", Str::bytes)))
    }

    /// The number, with every digit of its scale; the culture is always the invariant one.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_culture(this: Decimal, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::to_text(this, cx)
    }

    /// The number in a standard or custom format; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException` for an unknown standard format.
    #[member("string ToString(string format, IFormatProvider provider)", pure)]
    fn to_text_in_culture(
        this: Decimal,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        Self::to_text_in(this, cx, format)
    }

    /// The number that the text writes; commas between digits and a sign at either end are allowed.
    ///
    /// # Throws
    /// `ArgumentNullException` for null, `FormatException` if it is no number, `OverflowException` if it is too large.
    #[member("static decimal Parse(string s)", pure)]
    fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::parse(s.bytes(), NumberStyles::NUMBER))
    }

    /// The number that the text writes in a style.
    ///
    /// # Throws
    /// As `Parse(string)`, and `ArgumentException` for an impossible style.
    #[member("static decimal Parse(string s, NumberStyles style)", pure)]
    fn parse_styled(cx: &mut Cx<'a>, s: Str<'a>, style: i32) -> Result<Decimal, Throw> {
        thrown(cx, Decimal::parse(s.bytes(), NumberStyles::from_bits(style as u32)))
    }

    /// The number that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// As `Parse(string)`.
    #[member("static decimal Parse(string s, IFormatProvider provider)", pure)]
    fn parse_of_culture(cx: &mut Cx<'a>, s: Str<'a>, _provider: Option<Obj<'a>>) -> Result<Decimal, Throw> {
        Self::parse(cx, s)
    }

    /// The number that the text writes in a style; the culture is always the invariant one.
    ///
    /// # Throws
    /// As `Parse(string, NumberStyles)`.
    #[member("static decimal Parse(string s, NumberStyles style, IFormatProvider provider)", pure)]
    fn parse_styled_of_culture(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        style: i32,
        _provider: Option<Obj<'a>>,
    ) -> Result<Decimal, Throw> {
        Self::parse_styled(cx, s, style)
    }

    /// Whether the text writes a number; the number, or 0, comes back in `result`.
    #[member("static bool TryParse(string s, out decimal result)")]
    fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
        let parsed = s.and_then(|s| Decimal::parse(s.bytes(), NumberStyles::NUMBER).ok());
        result.set(cx, parsed.unwrap_or(Decimal::ZERO));
        parsed.is_some()
    }

    /// Whether the text writes a number; the number, or 0, comes back in `result`.
    #[member("static bool TryParse(string s, IFormatProvider provider, out decimal result)")]
    fn try_parse_of_culture(cx: &mut Cx<'a>, s: Option<Str<'a>>, _provider: Option<Obj<'a>>, result: Out<'a>) -> bool {
        Self::try_parse(cx, s, result)
    }

    /// Whether the text writes a number in a style; the number, or 0, comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for an impossible style.
    #[member("static bool TryParse(string s, NumberStyles style, IFormatProvider provider, out decimal result)")]
    fn try_parse_styled(
        cx: &mut Cx<'a>,
        s: Option<Str<'a>>,
        style: i32,
        _provider: Option<Obj<'a>>,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let style = NumberStyles::from_bits(style as u32);
        thrown(cx, style.check_for_floating_point())?;
        let parsed = s.and_then(|s| Decimal::parse(s.bytes(), style).ok());
        result.set(cx, parsed.unwrap_or(Decimal::ZERO));
        Ok(parsed.is_some())
    }

    /// Whether the other is a `decimal` of the same value, whatever its scale.
    #[member("bool Equals(object value)", pure)]
    fn equals_object(this: Decimal, value: Option<Obj<'a>>) -> bool {
        value.and_then(DecimalObj::value_of) == Some(this)
    }

    /// Whether the values are the same, whatever their scales.
    #[member("bool Equals(decimal value)", pure)]
    fn equals(this: Decimal, value: Decimal) -> bool {
        this == value
    }

    /// The order of the two: negative, zero or positive; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the object is no `decimal`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(this: Decimal, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match value.map(DecimalObj::value_of) {
            None => Ok(1),
            Some(Some(other)) => Ok(sign_of(this.cmp(&other))),
            Some(None) => Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Object must be of type Decimal.")),
        }
    }

    /// The order of the two: negative, zero or positive.
    #[member("int CompareTo(decimal value)", pure)]
    fn compare_to(this: Decimal, value: Decimal) -> i32 {
        sign_of(this.cmp(&value))
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: Decimal) -> i32 {
        hash(this)
    }

    /// The kind of the type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(_this: Decimal) -> i32 {
        15
    }
}

/// The operators of `decimal`.
pub struct Operators;

/// What C# computes with `decimal`s.
#[members("System.Decimal", group = OPERATORS)]
impl<'a> Operators {
    /// The sum.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal operator +(decimal d1, decimal d2)", pure)]
    fn sum(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.plus(b))
    }

    /// The difference.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal operator -(decimal d1, decimal d2)", pure)]
    fn difference(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.minus(b))
    }

    /// The product.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal operator *(decimal d1, decimal d2)", pure)]
    fn product(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.times(b))
    }

    /// The quotient, to 28 digits.
    ///
    /// # Throws
    /// `DivideByZeroException`; `OverflowException` if it is too large.
    #[member("static decimal operator /(decimal d1, decimal d2)", pure)]
    fn quotient(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.divided_by(b))
    }

    /// What a division leaves; it has the sign of the dividend.
    ///
    /// # Throws
    /// `DivideByZeroException`.
    #[member("static decimal operator %(decimal d1, decimal d2)", pure)]
    fn remainder(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.remainder(b))
    }

    /// The number itself.
    #[member("static decimal operator +(decimal d)", pure)]
    fn plus(d: Decimal) -> Decimal {
        d
    }

    /// The number with the other sign.
    #[member("static decimal operator -(decimal d)", pure)]
    fn minus(d: Decimal) -> Decimal {
        d.negated()
    }

    /// One more.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal operator ++(decimal d)", pure)]
    fn increment(cx: &mut Cx<'a>, d: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, d.plus(Decimal::ONE))
    }

    /// One less.
    ///
    /// # Throws
    /// `OverflowException` if it is too small.
    #[member("static decimal operator --(decimal d)", pure)]
    fn decrement(cx: &mut Cx<'a>, d: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, d.plus(Decimal::MINUS_ONE))
    }

    /// Whether the values are the same.
    #[member("static bool operator ==(decimal d1, decimal d2)", pure)]
    fn equal(a: Decimal, b: Decimal) -> bool {
        a == b
    }

    /// Whether the values differ.
    #[member("static bool operator !=(decimal d1, decimal d2)", pure)]
    fn unequal(a: Decimal, b: Decimal) -> bool {
        a != b
    }

    /// Whether the first is smaller.
    #[member("static bool operator <(decimal d1, decimal d2)", pure)]
    fn less(a: Decimal, b: Decimal) -> bool {
        a < b
    }

    /// Whether the first is not larger.
    #[member("static bool operator <=(decimal d1, decimal d2)", pure)]
    fn less_or_equal(a: Decimal, b: Decimal) -> bool {
        a <= b
    }

    /// Whether the first is larger.
    #[member("static bool operator >(decimal d1, decimal d2)", pure)]
    fn greater(a: Decimal, b: Decimal) -> bool {
        a > b
    }

    /// Whether the first is not smaller.
    #[member("static bool operator >=(decimal d1, decimal d2)", pure)]
    fn greater_or_equal(a: Decimal, b: Decimal) -> bool {
        a >= b
    }
}

/// The static methods of `decimal` that compute.
pub struct Arithmetic;

/// What the operators do, and rounding.
#[members("System.Decimal", group = ARITHMETIC)]
impl<'a> Arithmetic {
    /// The sum.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal Add(decimal d1, decimal d2)", pure)]
    fn add(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.plus(b))
    }

    /// The difference.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal Subtract(decimal d1, decimal d2)", pure)]
    fn subtract(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.minus(b))
    }

    /// The product.
    ///
    /// # Throws
    /// `OverflowException` if it is too large.
    #[member("static decimal Multiply(decimal d1, decimal d2)", pure)]
    fn multiply(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.times(b))
    }

    /// The quotient, to 28 digits.
    ///
    /// # Throws
    /// `DivideByZeroException`; `OverflowException` if it is too large.
    #[member("static decimal Divide(decimal d1, decimal d2)", pure)]
    fn divide(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.divided_by(b))
    }

    /// What a division leaves; it has the sign of the dividend.
    ///
    /// # Throws
    /// `DivideByZeroException`.
    #[member("static decimal Remainder(decimal d1, decimal d2)", pure)]
    fn remainder(cx: &mut Cx<'a>, a: Decimal, b: Decimal) -> Result<Decimal, Throw> {
        thrown(cx, a.remainder(b))
    }

    /// The number with the other sign.
    #[member("static decimal Negate(decimal d)", pure)]
    fn negate(d: Decimal) -> Decimal {
        d.negated()
    }

    /// The order of the two: negative, zero or positive.
    #[member("static int Compare(decimal d1, decimal d2)", pure)]
    fn compare(a: Decimal, b: Decimal) -> i32 {
        sign_of(a.cmp(&b))
    }

    /// Whether the values are the same.
    #[member("static bool Equals(decimal d1, decimal d2)", pure)]
    fn equals(a: Decimal, b: Decimal) -> bool {
        a == b
    }

    /// The smallest whole number that is not below this.
    #[member("static decimal Ceiling(decimal d)", pure)]
    fn ceiling(d: Decimal) -> Decimal {
        d.ceiling()
    }

    /// The largest whole number that is not above this.
    #[member("static decimal Floor(decimal d)", pure)]
    fn floor(d: Decimal) -> Decimal {
        d.floor()
    }

    /// The whole part.
    #[member("static decimal Truncate(decimal d)", pure)]
    fn truncate(d: Decimal) -> Decimal {
        d.truncate()
    }

    /// The nearest whole number, halves to the even one.
    #[member("static decimal Round(decimal d)", pure)]
    fn round(cx: &mut Cx<'a>, d: Decimal) -> Result<Decimal, Throw> {
        round(cx, d, 0, 0)
    }

    /// The nearest number of so many decimals, halves to the even one.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `decimals` is from 0 to 28.
    #[member("static decimal Round(decimal d, int decimals)", pure)]
    fn round_to(cx: &mut Cx<'a>, d: Decimal, decimals: i32) -> Result<Decimal, Throw> {
        round(cx, d, decimals, 0)
    }

    /// The nearest whole number.
    ///
    /// # Throws
    /// `ArgumentException` for an unknown mode.
    #[member("static decimal Round(decimal d, MidpointRounding mode)", pure)]
    fn round_mode(cx: &mut Cx<'a>, d: Decimal, mode: i32) -> Result<Decimal, Throw> {
        round(cx, d, 0, mode)
    }

    /// The nearest number of so many decimals.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `decimals` is from 0 to 28; `ArgumentException` for an unknown mode.
    #[member("static decimal Round(decimal d, int decimals, MidpointRounding mode)", pure)]
    fn round_to_mode(cx: &mut Cx<'a>, d: Decimal, decimals: i32, mode: i32) -> Result<Decimal, Throw> {
        round(cx, d, decimals, mode)
    }
}

/// The behaviour of `decimal`s.
pub static DECIMAL_OPS: Ops = Ops {
    to_text: |cx, object| Ok(DecimalType::to_text(of(object), cx)),
    format: Some(|cx, object, format| DecimalType::to_text_in(of(object), cx, Some(format))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && of(a) == of(b)),
    hash: |_, object| Ok(hash(of(object))),
    compare: Some(|_, a, b| Ok(of(a).cmp(&of(b)))),
    default: Some(DecimalObj::default_word),
    ..REFERENCE
};

fn of(object: Obj<'_>) -> Decimal {
    DecimalObj::value_of(object).unwrap_or(Decimal::ZERO)
}

fn hash(value: Decimal) -> i32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    fold_hash(hasher.finish())
}

pub(super) fn thrown<T>(cx: &mut Cx<'_>, result: Result<T, Fault>) -> Result<T, Throw> {
    result.map_err(|fault| cx.throw_fault(&fault))
}

#[cfg(test)]
mod tests {
    use crate::format::Decimal;
    use crate::testing::{Null, Object, call};

    fn dec(text: &str) -> Decimal {
        Decimal::parse(text.as_bytes(), crate::format::number::NumberStyles::NUMBER).unwrap()
    }

    #[test]
    fn decimals_are_read_written_and_compared() {
        for (text, expected) in [
            ("12.50", "12.50"),
            ("1,234.50", "1234.50"),
            ("1e3", "FormatException: Input string was not in a correct format."),
            (
                "79228162514264337593543950336",
                "OverflowException: Value was either too large or too small for a Decimal.",
            ),
        ] {
            assert_eq!(call("System.Decimal::static decimal Parse(string s)", &[&text]), expected, "{text}");
        }
        let try_parse = "System.Decimal::static bool TryParse(string s, out decimal result)";
        assert_eq!(call(try_parse, &[&"19.90"]), "True; 19.90");
        assert_eq!(call(try_parse, &[&Null]), "False; 0");
        assert_eq!(call("System.Decimal::string ToString(string format)", &[&dec("1234.5"), &"C"]), "¤1,234.50");
        assert_eq!(call("System.Decimal::bool Equals(object value)", &[&dec("1.0"), &Object(dec("1.00"))]), "True");
        assert_eq!(
            call("System.Decimal::int GetHashCode()", &[&dec("1.0")]),
            call("System.Decimal::int GetHashCode()", &[&dec("1.00")])
        );
        assert_eq!(call("System.Decimal::string ToString()", &[&Null]), "0");
    }

    #[test]
    fn decimals_are_computed() {
        assert_eq!(
            call("System.Decimal::static decimal operator /(decimal d1, decimal d2)", &[&dec("1"), &dec("3")]),
            "0.3333333333333333333333333333"
        );
        assert_eq!(
            call("System.Decimal::static decimal operator /(decimal d1, decimal d2)", &[&dec("1"), &dec("0")]),
            "DivideByZeroException: Attempted to divide by zero."
        );
        let round = "System.Decimal::static decimal Round(decimal d, int decimals, MidpointRounding mode)";
        for (value, decimals, mode, expected) in [
            ("2.345", 2, 0, "2.34"),
            ("2.345", 2, 1, "2.35"),
            ("2.349", 2, 2, "2.34"),
            ("-2.341", 2, 3, "-2.35"),
            ("2.341", 2, 4, "2.35"),
            ("-2.349", 2, 4, "-2.34"),
            ("2.3", 2, 4, "2.3"),
            (
                "2.3",
                2,
                9,
                "ArgumentException: The value '9' is not valid for this usage of the type MidpointRounding. (Parameter 'mode')",
            ),
            (
                "2.3",
                29,
                0,
                "ArgumentOutOfRangeException: Decimal can only round to between 0 and 28 digits of precision. (Parameter 'decimals')",
            ),
        ] {
            assert_eq!(call(round, &[&dec(value), &decimals, &mode]), expected, "{value} {mode}");
        }
        assert_eq!(call("System.Decimal::static int[] GetBits(decimal d)", &[&dec("-1.5")]), "[15, 0, 0, -2147418112]");
        assert_eq!(
            call(
                "System.Decimal::Decimal(int lo, int mid, int hi, bool isNegative, byte scale)",
                &[&15, &0, &0, &true, &1_u8]
            ),
            "-1.5"
        );
    }
}
