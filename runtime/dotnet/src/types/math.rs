//! `System.Math`: functions of floating-point numbers, rounding, and quotients with remainders.
//!
//! Not here: what every number type has, such as `Abs` and `Max` (`math_choice`).

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::rt::Out;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal_conversion::{round as round_decimal, throw_mode};
use crate::types::exception::{DIVIDE_BY_ZERO_EXCEPTION, OVERFLOW_EXCEPTION};
use crate::types::math_choice::*;
use crate::types::string::throw_range;

/// The members of `System.Math`.
pub struct Math;

/// Numbers beyond these have no digits behind the point.
const ROUNDED_BELOW: f64 = 1e16;

/// Functions of numbers.
#[members("public static class System.Math", as = MATH, groups = [DOUBLES, SBYTES, BYTES, INT16S, UINT16S, INT32S,
    UINT32S, INT64S, UINT64S, SIGNED_SBYTES, SIGNED_INT16S, SIGNED_INT32S, SIGNED_INT64S, SINGLE_CHOICE, DOUBLE_CHOICE,
    DECIMAL_CHOICE])]
impl<'a> Math {
    /// The ratio of a circle's circumference to its diameter.
    #[member("const double PI")]
    const PI: Constant = Constant::Double(std::f64::consts::PI);

    /// The base of the natural logarithm.
    #[member("const double E")]
    const E: Constant = Constant::Double(std::f64::consts::E);

    /// The ratio of a circle's circumference to its radius.
    #[member("const double Tau")]
    const TAU: Constant = Constant::Double(std::f64::consts::TAU);

    /// The smallest whole number that is not below this.
    #[member("static decimal Ceiling(decimal d)", pure)]
    fn ceiling_decimal(d: Decimal) -> Decimal {
        d.ceiling()
    }

    /// The largest whole number that is not above this.
    #[member("static decimal Floor(decimal d)", pure)]
    fn floor_decimal(d: Decimal) -> Decimal {
        d.floor()
    }

    /// The whole part.
    #[member("static decimal Truncate(decimal d)", pure)]
    fn truncate_decimal(d: Decimal) -> Decimal {
        d.truncate()
    }

    /// The nearest whole number, halves to the even one.
    #[member("static double Round(double a)", pure)]
    fn round(a: f64) -> f64 {
        a.round_ties_even()
    }

    /// The nearest number of so many decimals, halves to the even one.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `digits` is from 0 to 15.
    #[member("static double Round(double value, int digits)", pure)]
    fn round_to(cx: &mut Cx<'a>, value: f64, digits: i32) -> Result<f64, Throw> {
        round_to(cx, value, digits, 0)
    }

    /// The nearest whole number.
    ///
    /// # Throws
    /// `ArgumentException` for an unknown mode.
    #[member("static double Round(double value, MidpointRounding mode)", pure)]
    fn round_mode(cx: &mut Cx<'a>, value: f64, mode: i32) -> Result<f64, Throw> {
        round_to(cx, value, 0, mode)
    }

    /// The nearest number of so many decimals.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `digits` is from 0 to 15; `ArgumentException` for an unknown mode.
    #[member("static double Round(double value, int digits, MidpointRounding mode)", pure)]
    fn round_to_mode(cx: &mut Cx<'a>, value: f64, digits: i32, mode: i32) -> Result<f64, Throw> {
        round_to(cx, value, digits, mode)
    }

    /// The nearest whole number, halves to the even one.
    #[member("static decimal Round(decimal d)", pure)]
    fn round_decimal(cx: &mut Cx<'a>, d: Decimal) -> Result<Decimal, Throw> {
        round_decimal(cx, d, 0, 0)
    }

    /// The nearest number of so many decimals, halves to the even one.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `decimals` is from 0 to 28.
    #[member("static decimal Round(decimal d, int decimals)", pure)]
    fn round_decimal_to(cx: &mut Cx<'a>, d: Decimal, decimals: i32) -> Result<Decimal, Throw> {
        round_decimal(cx, d, decimals, 0)
    }

    /// The nearest whole number.
    ///
    /// # Throws
    /// `ArgumentException` for an unknown mode.
    #[member("static decimal Round(decimal d, MidpointRounding mode)", pure)]
    fn round_decimal_mode(cx: &mut Cx<'a>, d: Decimal, mode: i32) -> Result<Decimal, Throw> {
        round_decimal(cx, d, 0, mode)
    }

    /// The nearest number of so many decimals.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` unless `decimals` is from 0 to 28; `ArgumentException` for an unknown mode.
    #[member("static decimal Round(decimal d, int decimals, MidpointRounding mode)", pure)]
    fn round_decimal_to_mode(cx: &mut Cx<'a>, d: Decimal, decimals: i32, mode: i32) -> Result<Decimal, Throw> {
        round_decimal(cx, d, decimals, mode)
    }

    /// The quotient; the remainder comes back in `result`.
    ///
    /// # Throws
    /// `DivideByZeroException`; `OverflowException` if the quotient is too large.
    #[member("static int DivRem(int a, int b, out int result)")]
    fn div_rem(cx: &mut Cx<'a>, a: i32, b: i32, result: Out<'a>) -> Result<i32, Throw> {
        let quotient = quotient(cx, a.checked_div(b), b == 0)?;
        result.set(cx, a.wrapping_rem(b));
        Ok(quotient)
    }

    /// The quotient; the remainder comes back in `result`.
    ///
    /// # Throws
    /// `DivideByZeroException`; `OverflowException` if the quotient is too large.
    #[member("static long DivRem(long a, long b, out long result)")]
    fn div_rem_long(cx: &mut Cx<'a>, a: i64, b: i64, result: Out<'a>) -> Result<i64, Throw> {
        let quotient = quotient(cx, a.checked_div(b), b == 0)?;
        result.set(cx, a.wrapping_rem(b));
        Ok(quotient)
    }

    /// The whole product.
    #[member("static long BigMul(int a, int b)", pure)]
    fn big_mul(a: i32, b: i32) -> i64 {
        i64::from(a) * i64::from(b)
    }
}

fn quotient<T>(cx: &mut Cx<'_>, quotient: Option<T>, by_zero: bool) -> Result<T, Throw> {
    quotient.ok_or_else(|| {
        if by_zero {
            cx.throw(Ty(&DIVIDE_BY_ZERO_EXCEPTION), "Attempted to divide by zero.")
        } else {
            cx.throw(Ty(&OVERFLOW_EXCEPTION), "Arithmetic operation resulted in an overflow.")
        }
    })
}

/// A number rounded to so many decimals; `mode` is a value of `MidpointRounding`.
fn round_to(cx: &mut Cx<'_>, value: f64, digits: i32, mode: i32) -> Result<f64, Throw> {
    if !(0..=15).contains(&digits) {
        let message = "Rounding digits must be between 0 and 15, inclusive.";
        return Err(throw_range(cx, message, "digits"));
    }
    let round: fn(f64) -> f64 = match mode {
        0 => f64::round_ties_even,
        1 => f64::round,
        2 => f64::trunc,
        3 => f64::floor,
        4 => f64::ceil,
        _ => return Err(throw_mode(cx, mode)),
    };
    if value.abs() >= ROUNDED_BELOW || value.is_nan() {
        return Ok(value);
    }
    // As .NET does it: what the multiplication makes of the number is what is rounded.
    let power = 10_f64.powi(digits);
    Ok(round(value * power) / power)
}

/// Functions of floating-point numbers.
pub struct Doubles;

/// Functions of floating-point numbers.
#[members("System.Math", group = DOUBLES)]
impl<'a> Doubles {
    /// The angle whose cosine this is, in radians.
    #[member("static double Acos(double d)", pure)]
    fn acos(d: f64) -> f64 {
        d.acos()
    }

    /// The number whose hyperbolic cosine this is.
    #[member("static double Acosh(double d)", pure)]
    fn acosh(d: f64) -> f64 {
        d.acosh()
    }

    /// The angle whose sine this is, in radians.
    #[member("static double Asin(double d)", pure)]
    fn asin(d: f64) -> f64 {
        d.asin()
    }

    /// The number whose hyperbolic sine this is.
    #[member("static double Asinh(double d)", pure)]
    fn asinh(d: f64) -> f64 {
        d.asinh()
    }

    /// The angle whose tangent this is, in radians.
    #[member("static double Atan(double d)", pure)]
    fn atan(d: f64) -> f64 {
        d.atan()
    }

    /// The number whose hyperbolic tangent this is.
    #[member("static double Atanh(double d)", pure)]
    fn atanh(d: f64) -> f64 {
        d.atanh()
    }

    /// The cube root.
    #[member("static double Cbrt(double d)", pure)]
    fn cbrt(d: f64) -> f64 {
        d.cbrt()
    }

    /// The smallest whole number that is not below this.
    #[member("static double Ceiling(double a)", pure)]
    fn ceiling(a: f64) -> f64 {
        a.ceil()
    }

    /// The cosine of an angle in radians.
    #[member("static double Cos(double d)", pure)]
    fn cos(d: f64) -> f64 {
        d.cos()
    }

    /// The hyperbolic cosine.
    #[member("static double Cosh(double value)", pure)]
    fn cosh(value: f64) -> f64 {
        value.cosh()
    }

    /// The power of E.
    #[member("static double Exp(double d)", pure)]
    fn exp(d: f64) -> f64 {
        d.exp()
    }

    /// The largest whole number that is not above this.
    #[member("static double Floor(double d)", pure)]
    fn floor(d: f64) -> f64 {
        d.floor()
    }

    /// The natural logarithm.
    #[member("static double Log(double d)", pure)]
    fn log(d: f64) -> f64 {
        d.ln()
    }

    /// The logarithm to base 10.
    #[member("static double Log10(double d)", pure)]
    fn log10(d: f64) -> f64 {
        d.log10()
    }

    /// The logarithm to base 2.
    #[member("static double Log2(double x)", pure)]
    fn log2(x: f64) -> f64 {
        x.log2()
    }

    /// The sine of an angle in radians.
    #[member("static double Sin(double a)", pure)]
    fn sin(a: f64) -> f64 {
        a.sin()
    }

    /// The hyperbolic sine.
    #[member("static double Sinh(double value)", pure)]
    fn sinh(value: f64) -> f64 {
        value.sinh()
    }

    /// The square root; NaN for negative numbers.
    #[member("static double Sqrt(double d)", pure)]
    fn sqrt(d: f64) -> f64 {
        d.sqrt()
    }

    /// The tangent of an angle in radians.
    #[member("static double Tan(double a)", pure)]
    fn tan(a: f64) -> f64 {
        a.tan()
    }

    /// The hyperbolic tangent.
    #[member("static double Tanh(double value)", pure)]
    fn tanh(value: f64) -> f64 {
        value.tanh()
    }

    /// The whole part.
    #[member("static double Truncate(double d)", pure)]
    fn truncate(d: f64) -> f64 {
        d.trunc()
    }

    /// The next larger number.
    #[member("static double BitIncrement(double x)", pure)]
    fn bit_increment(x: f64) -> f64 {
        x.next_up()
    }

    /// The next smaller number.
    #[member("static double BitDecrement(double x)", pure)]
    fn bit_decrement(x: f64) -> f64 {
        x.next_down()
    }

    /// The angle of the point (x, y), in radians.
    #[member("static double Atan2(double y, double x)", pure)]
    fn atan2(y: f64, x: f64) -> f64 {
        y.atan2(x)
    }

    /// The first number with the sign of the second.
    #[member("static double CopySign(double x, double y)", pure)]
    fn copy_sign(x: f64, y: f64) -> f64 {
        x.copysign(y)
    }

    /// `x * y + z`, rounded once.
    #[member("static double FusedMultiplyAdd(double x, double y, double z)", pure)]
    fn fused_multiply_add(x: f64, y: f64, z: f64) -> f64 {
        x.mul_add(y, z)
    }

    /// The logarithm to any base.
    #[member("static double Log(double a, double newBase)", pure)]
    fn log_of_base(a: f64, base: f64) -> f64 {
        if a.is_nan() || base.is_nan() || base == 1.0 || (a != 1.0 && (base == 0.0 || base == f64::INFINITY)) {
            return f64::NAN;
        }
        a.ln() / base.ln()
    }

    /// The power.
    #[member("static double Pow(double x, double y)", pure)]
    fn pow(x: f64, y: f64) -> f64 {
        x.powf(y)
    }

    /// `x - y * n`, where `n` is the whole number nearest to `x / y`.
    #[member("static double IEEERemainder(double x, double y)", pure)]
    fn ieee_remainder(x: f64, y: f64) -> f64 {
        let regular = x % y;
        if regular.is_nan() || (regular == 0.0 && x.is_sign_negative()) {
            return if regular.is_nan() { f64::NAN } else { -0.0 };
        }
        let alternative = regular - y.abs() * x.signum();
        if alternative.abs() == regular.abs() {
            let quotient = x / y;
            let rounded = quotient.round_ties_even();
            return if rounded.abs() > quotient.abs() { alternative } else { regular };
        }
        if alternative.abs() < regular.abs() { alternative } else { regular }
    }

    /// `x` times 2 to the power `n`.
    #[member("static double ScaleB(double x, int n)", pure)]
    fn scale_b(x: f64, n: i32) -> f64 {
        // In steps, because the power alone may lie beyond what a `double` holds.
        let mut rest = n.clamp(-2200, 2200);
        let mut scaled = x;
        while rest != 0 {
            let step = rest.clamp(-1000, 1000);
            scaled *= 2_f64.powi(step);
            rest -= step;
        }
        scaled
    }

    /// The exponent of the number to base 2.
    #[member("static int ILogB(double x)", pure)]
    fn i_log_b(x: f64) -> i32 {
        if x == 0.0 {
            return i32::MIN;
        }
        if !x.is_finite() {
            return i32::MAX;
        }
        let bits = x.abs().to_bits();
        let exponent = (bits >> 52) as i32;
        // Numbers without a leading one keep their exponent in their leading zeros.
        if exponent == 0 { -1011 - bits.leading_zeros() as i32 } else { exponent - 1023 }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::call;

    #[test]
    fn numbers_are_rounded() {
        let round = "System.Math::static double Round(double value, int digits, MidpointRounding mode)";
        for (value, digits, mode, expected) in [
            (2.5, 0, 0, "2"),
            (2.5, 0, 1, "3"),
            (-2.5, 0, 1, "-3"),
            (2.346, 2, 0, "2.35"),
            (0.285, 2, 0, "0.28"),
            (1e300, 3, 0, "1E+300"),
            (2.99, 1, 2, "2.9"),
            (-2.91, 1, 3, "-3"),
            (2.91, 1, 4, "3"),
            (f64::NAN, 2, 0, "NaN"),
            (
                1.0,
                16,
                0,
                "ArgumentOutOfRangeException: Rounding digits must be between 0 and 15, inclusive. (Parameter 'digits')",
            ),
            (
                1.0,
                1,
                9,
                "ArgumentException: The value '9' is not valid for this usage of the type MidpointRounding. (Parameter 'mode')",
            ),
        ] {
            assert_eq!(call(round, &[&value, &digits, &mode]), expected, "{value} {digits} {mode}");
        }
    }

    #[test]
    fn functions_are_those_of_the_processor() {
        for (member, args, expected) in [
            ("Pow(double x, double y)", [2.0, 10.0], "1024"),
            ("Pow(double x, double y)", [-8.0, 1.0 / 3.0], "NaN"),
            ("Log(double a, double newBase)", [8.0, 2.0], "3"),
            ("IEEERemainder(double x, double y)", [7.5, 2.0], "-0.5"),
            ("Atan2(double y, double x)", [0.0, -1.0], "3.141592653589793"),
        ] {
            assert_eq!(call(&format!("System.Math::static double {member}"), &[&args[0], &args[1]]), expected);
        }
        assert_eq!(call("System.Math::static double Sqrt(double d)", &[&144.0]), "12");
        assert_eq!(call("System.Math::static double Truncate(double d)", &[&-2.9]), "-2");
        for (x, expected) in [(8.0, "3"), (0.3, "-2"), (5e-324, "-1074"), (0.0, "-2147483648")] {
            assert_eq!(call("System.Math::static int ILogB(double x)", &[&x]), expected);
        }
        assert_eq!(call("System.Math::static double ScaleB(double x, int n)", &[&5e-324, &1074]), "1");
    }

    #[test]
    fn quotients_leave_remainders() {
        let div_rem = "System.Math::static int DivRem(int a, int b, out int result)";
        assert_eq!(call(div_rem, &[&17, &5]), "3; 2");
        assert_eq!(call(div_rem, &[&-7, &2]), "-3; -1");
        assert_eq!(call(div_rem, &[&1, &0]), "DivideByZeroException: Attempted to divide by zero.");
        assert_eq!(
            call(div_rem, &[&i32::MIN, &-1]),
            "OverflowException: Arithmetic operation resulted in an overflow."
        );
    }
}
