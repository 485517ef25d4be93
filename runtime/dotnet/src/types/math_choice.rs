//! `System.Math`: what every number type has: size, sign, the larger and smaller of two, limits.

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::Decimal;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, ARITHMETIC_EXCEPTION, OVERFLOW_EXCEPTION};

/// Declares the choice between integers.
macro_rules! integers {
    ($($owner:ident, $group:ident, $rust:ty, $keyword:literal;)*) => {$(
        #[doc = concat!("The choice between `", $keyword, "`s.")]
        pub struct $owner;

        #[doc = concat!("The choice between `", $keyword, "`s.")]
        #[members("System.Math", group = $group, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The larger one.
            #[member("static Self Max(Self val1, Self val2)", pure)]
            fn max(a: $rust, b: $rust) -> $rust {
                a.max(b)
            }

            /// The smaller one.
            #[member("static Self Min(Self val1, Self val2)", pure)]
            fn min(a: $rust, b: $rust) -> $rust {
                a.min(b)
            }

            /// The number, or the limit that it lies beyond.
            ///
            /// # Throws
            /// `ArgumentException` if the lower limit is above the upper one.
            #[member("static Self Clamp(Self value, Self min, Self max)", pure)]
            fn clamp(cx: &mut Cx<'a>, value: $rust, min: $rust, max: $rust) -> Result<$rust, Throw> {
                if min > max { Err(throw_limits(cx, &min.to_string(), &max.to_string())) } else { Ok(value.clamp(min, max)) }
            }
        }
    )*};
}

integers! {
    SBytes, SBYTES, i8, "sbyte";
    Bytes, BYTES, u8, "byte";
    Int16s, INT16S, i16, "short";
    UInt16s, UINT16S, u16, "ushort";
    Int32s, INT32S, i32, "int";
    UInt32s, UINT32S, u32, "uint";
    Int64s, INT64S, i64, "long";
    UInt64s, UINT64S, u64, "ulong";
}

/// Declares the size and sign of signed integers.
macro_rules! signed {
    ($($owner:ident, $group:ident, $rust:ty, $keyword:literal;)*) => {$(
        #[doc = concat!("The size and sign of `", $keyword, "`s.")]
        pub struct $owner;

        #[doc = concat!("The size and sign of `", $keyword, "`s.")]
        #[members("System.Math", group = $group, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The number without its sign.
            ///
            /// # Throws
            /// `OverflowException` for the smallest number.
            #[member("static Self Abs(Self value)", pure)]
            fn abs(cx: &mut Cx<'a>, value: $rust) -> Result<$rust, Throw> {
                value.checked_abs().ok_or_else(|| {
                    let message = "Negating the minimum value of a twos complement number is invalid.";
                    cx.throw(Ty(&OVERFLOW_EXCEPTION), message)
                })
            }

            /// -1, 0 or 1.
            #[member("static int Sign(Self value)", pure)]
            fn sign(value: $rust) -> i32 {
                i32::from(value > 0) - i32::from(value < 0)
            }
        }
    )*};
}

signed! {
    SignedSBytes, SIGNED_SBYTES, i8, "sbyte";
    SignedInt16s, SIGNED_INT16S, i16, "short";
    SignedInt32s, SIGNED_INT32S, i32, "int";
    SignedInt64s, SIGNED_INT64S, i64, "long";
}

/// Declares the choice between floating-point numbers.
macro_rules! floats {
    ($($owner:ident, $group:ident, $rust:ty, $keyword:literal;)*) => {$(
        #[doc = concat!("The choice between `", $keyword, "`s, and their size and sign.")]
        pub struct $owner;

        #[doc = concat!("The choice between `", $keyword, "`s, and their size and sign.")]
        #[members("System.Math", group = $group, words = [Self = $keyword])]
        impl<'a> $owner {
            /// The number without its sign.
            #[member("static Self Abs(Self value)", pure)]
            fn abs(value: $rust) -> $rust {
                value.abs()
            }

            /// -1, 0 or 1.
            ///
            /// # Throws
            /// `ArithmeticException` for NaN.
            #[member("static int Sign(Self value)", pure)]
            fn sign(cx: &mut Cx<'a>, value: $rust) -> Result<i32, Throw> {
                match value.partial_cmp(&0.0) {
                    Some(order) => Ok(order as i32),
                    None => {
                        let message = "Function does not accept floating point Not-a-Number values.";
                        Err(cx.throw(Ty(&ARITHMETIC_EXCEPTION), message))
                    }
                }
            }

            /// The larger one; NaN if either is, and 0 is larger than -0.
            #[member("static Self Max(Self val1, Self val2)", pure)]
            fn max(a: $rust, b: $rust) -> $rust {
                match a.partial_cmp(&b) {
                    Some(Ordering::Greater) => a,
                    Some(Ordering::Less) => b,
                    Some(Ordering::Equal) => if a.is_sign_negative() { b } else { a },
                    None => <$rust>::NAN,
                }
            }

            /// The smaller one; NaN if either is, and -0 is smaller than 0.
            #[member("static Self Min(Self val1, Self val2)", pure)]
            fn min(a: $rust, b: $rust) -> $rust {
                match a.partial_cmp(&b) {
                    Some(Ordering::Less) => a,
                    Some(Ordering::Greater) => b,
                    Some(Ordering::Equal) => if a.is_sign_negative() { a } else { b },
                    None => <$rust>::NAN,
                }
            }

            /// The number, or the limit that it lies beyond; NaN stays.
            ///
            /// # Throws
            /// `ArgumentException` if the lower limit is above the upper one.
            #[member("static Self Clamp(Self value, Self min, Self max)", pure)]
            fn clamp(cx: &mut Cx<'a>, value: $rust, min: $rust, max: $rust) -> Result<$rust, Throw> {
                if min > max {
                    return Err(throw_limits(cx, &min.to_string(), &max.to_string()));
                }
                Ok(if value < min { min } else if value > max { max } else { value })
            }
        }
    )*};
}

floats! {
    SingleChoice, SINGLE_CHOICE, f32, "float";
    DoubleChoice, DOUBLE_CHOICE, f64, "double";
}

/// The choice between `decimal`s, and their size and sign.
pub struct DecimalChoice;

/// The choice between `decimal`s, and their size and sign.
#[members("System.Math", group = DECIMAL_CHOICE)]
impl<'a> DecimalChoice {
    /// The number without its sign.
    #[member("static decimal Abs(decimal value)", pure)]
    fn abs(value: Decimal) -> Decimal {
        value.abs()
    }

    /// -1, 0 or 1.
    #[member("static int Sign(decimal value)", pure)]
    fn sign(value: Decimal) -> i32 {
        value.signum()
    }

    /// The larger one.
    #[member("static decimal Max(decimal val1, decimal val2)", pure)]
    fn max(a: Decimal, b: Decimal) -> Decimal {
        if a >= b { a } else { b }
    }

    /// The smaller one.
    #[member("static decimal Min(decimal val1, decimal val2)", pure)]
    fn min(a: Decimal, b: Decimal) -> Decimal {
        if a < b { a } else { b }
    }

    /// The number, or the limit that it lies beyond.
    ///
    /// # Throws
    /// `ArgumentException` if the lower limit is above the upper one.
    #[member("static decimal Clamp(decimal value, decimal min, decimal max)", pure)]
    fn clamp(cx: &mut Cx<'a>, value: Decimal, min: Decimal, max: Decimal) -> Result<Decimal, Throw> {
        if min > max {
            let text = |value: Decimal| {
                let mut out = Vec::new();
                value.write(&mut out);
                String::from_utf8_lossy(&out).into_owned()
            };
            return Err(throw_limits(cx, &text(min), &text(max)));
        }
        Ok(value.clamp(min, max))
    }
}

#[cold]
fn throw_limits(cx: &mut Cx<'_>, min: &str, max: &str) -> Throw {
    cx.throw(Ty(&ARGUMENT_EXCEPTION), &format!("'{min}' cannot be greater than {max}."))
}

#[cfg(test)]
mod tests {
    use crate::testing::call;

    #[test]
    fn one_of_two_numbers_is_chosen() {
        assert_eq!(call("System.Math::static int Max(int val1, int val2)", &[&3, &9]), "9");
        assert_eq!(call("System.Math::static double Max(double val1, double val2)", &[&0.0, &-0.0]), "0");
        assert_eq!(call("System.Math::static double Min(double val1, double val2)", &[&1.0, &f64::NAN]), "NaN");
        let clamp = "System.Math::static int Clamp(int value, int min, int max)";
        assert_eq!(call(clamp, &[&7, &1, &5]), "5");
        assert_eq!(call(clamp, &[&7, &5, &1]), "ArgumentException: '5' cannot be greater than 1.");
    }

    #[test]
    fn numbers_have_size_and_sign() {
        let overflow = "OverflowException: Negating the minimum value of a twos complement number is invalid.";
        assert_eq!(call("System.Math::static int Abs(int value)", &[&-12]), "12");
        assert_eq!(call("System.Math::static int Abs(int value)", &[&i32::MIN]), overflow);
        assert_eq!(call("System.Math::static int Sign(double value)", &[&-8.5]), "-1");
        assert!(call("System.Math::static int Sign(double value)", &[&f64::NAN]).starts_with("ArithmeticException"));
    }
}
