//! `Math.Round` of binary floating-point numbers.
//!
//! Not here: `decimal`, which rounds itself.

use crate::format::{Fault, MidpointRounding};

/// From this size on every `double` is whole and is left alone.
const LIMIT: f64 = 1e16;

/// The most digits behind the point that `Math.Round` of a `double` takes.
const MOST_DIGITS: i32 = 15;

/// What `Math.Round(value, digits, mode)` gives, with the errors of scaling that .NET's has: `Math.Round(1.005, 2)` is 1.
///
/// # Throws
/// `ArgumentOutOfRangeException` unless `digits` is from 0 to 15.
pub fn round(value: f64, digits: i32, mode: MidpointRounding) -> Result<f64, Fault> {
    if !(0..=MOST_DIGITS).contains(&digits) {
        return Err(Fault::out_of_range("Rounding digits must be between 0 and 15, inclusive. (Parameter 'digits')"));
    }
    // This is also how infinities and NaN leave.
    if value.abs().partial_cmp(&LIMIT) != Some(std::cmp::Ordering::Less) {
        return Ok(value);
    }
    let power = 10u64.pow(digits.unsigned_abs()) as f64;
    let scaled = value * power;
    let rounded = match mode {
        MidpointRounding::ToEven => scaled.round_ties_even(),
        MidpointRounding::AwayFromZero => scaled.round(),
    };
    Ok(rounded / power)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono and the .NET documentation of `Math.Round`.
    #[test]
    fn doubles_are_rounded() {
        use MidpointRounding::{AwayFromZero, ToEven};
        for (value, digits, mode, expected) in [
            (2.5, 0, ToEven, 2.0),
            (3.5, 0, ToEven, 4.0),
            (2.5, 0, AwayFromZero, 3.0),
            (-2.5, 0, AwayFromZero, -3.0),
            (2.346, 2, ToEven, 2.35),
            (2.345, 2, ToEven, 2.35),
            (1.005, 2, AwayFromZero, 1.0),
            (1e300, 3, ToEven, 1e300),
        ] {
            assert_eq!(round(value, digits, mode), Ok(expected), "{value} to {digits}");
        }
        assert!(round(f64::NAN, 1, ToEven).unwrap().is_nan());
        assert!(round(1.0, 16, ToEven).is_err() && round(1.0, -1, ToEven).is_err());
    }
}
