//! Integers in base 2, 8, 10 and 16: `Convert.ToInt32(text, base)` and `Convert.ToString(value, base)`.
//!
//! Not here: the formats X and D ([`integer`](super::integer)).

use super::integer::{Integer, IntegerType};
use crate::format::{Exception, Fault};

/// The bases that `Convert` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Radix {
    Binary = 2,
    Octal = 8,
    Decimal = 10,
    Hexadecimal = 16,
}

impl Radix {
    fn of(base: i32) -> Result<Self, Fault> {
        match base {
            2 => Ok(Self::Binary),
            8 => Ok(Self::Octal),
            10 => Ok(Self::Decimal),
            16 => Ok(Self::Hexadecimal),
            _ => Err(Fault::new(Exception::Argument, "Invalid Base.")),
        }
    }
}

/// What `Convert.ToInt32(text, base)` gives, and likewise for the other integer types.
///
/// White space is not allowed; base 16 allows `0x`; bases other than 10 give the bits in two's complement.
///
/// # Throws
/// `ArgumentException` for other bases and for a minus sign without base 10, `ArgumentOutOfRangeException` for an empty
/// text, `FormatException` and `OverflowException`.
pub fn parse<I: Integer>(text: &[u8], base: i32) -> Result<I, Fault> {
    let radix = Radix::of(base)?;
    let (&first, rest) = text.split_first().ok_or_else(|| {
        // .NET passes the text of its message where the name of the parameter belongs.
        Fault::out_of_range(
            "Specified argument was out of the range of valid values. (Parameter 'Index was out of range. Must be \
             non-negative and less than the size of the collection.')",
        )
    })?;
    let signed = I::TYPE.is_signed();
    let (negative, digits) = match first {
        b'-' if radix != Radix::Decimal => {
            return Err(Fault::new(Exception::Argument, "String cannot contain a minus sign if the base is not 10."));
        }
        b'-' if !signed => {
            return Err(Fault::overflow(
                "The string was being parsed as an unsigned number and could not have a negative sign.",
            ));
        }
        b'-' => (true, rest),
        b'+' => (false, rest),
        _ => (false, text),
    };
    let digits = match digits {
        [b'0', b'x' | b'X', digits @ ..] if radix == Radix::Hexadecimal => digits,
        _ => digits,
    };
    // Types below 32 bits are read as 32 bits and name the wider type if even that is exceeded.
    let wide = match (I::TYPE.bits() == 64, signed && radix == Radix::Decimal) {
        (true, true) => IntegerType::Int64,
        (true, false) => IntegerType::UInt64,
        (false, true) => IntegerType::Int32,
        (false, false) => IntegerType::UInt32,
    };
    let (magnitude, count) = read_digits(digits, radix);
    if count == 0 {
        return Err(Fault::format("Could not find any recognizable digits."));
    }
    let limit = wide.max() + u64::from(negative);
    let magnitude = magnitude.filter(|magnitude| *magnitude <= limit).ok_or_else(|| wide.overflow())?;
    if count < digits.len() {
        return Err(Fault::format("Additional non-parsable characters are at the end of the string."));
    }
    let narrow_limit = match radix {
        Radix::Decimal => I::TYPE.max() + u64::from(negative),
        _ => u64::MAX >> (64 - I::TYPE.bits()),
    };
    if magnitude > narrow_limit {
        return Err(I::TYPE.overflow());
    }
    Ok(I::from_bits(if negative { magnitude.wrapping_neg() } else { magnitude }))
}

/// The number at the start of the text, unless it exceeds 64 bits, and how many digits it has.
fn read_digits(text: &[u8], radix: Radix) -> (Option<u64>, usize) {
    let base = radix as u32;
    let digits = || text.iter().map_while(|byte| char::from(*byte).to_digit(base));
    let value =
        digits().try_fold(0u64, |value, digit| value.checked_mul(u64::from(base))?.checked_add(u64::from(digit)));
    (value, digits().count())
}

/// Writes what `Convert.ToString(value, base)` gives: the bits in two's complement, except in base 10.
///
/// # Throws
/// `ArgumentException` for bases other than 2, 8, 10 and 16.
pub fn write<I: Integer>(out: &mut Vec<u8>, value: I, base: i32) -> Result<(), Fault> {
    let bits_per_digit = match Radix::of(base)? {
        Radix::Decimal => {
            super::integer::write(out, value);
            return Ok(());
        }
        Radix::Binary => 1,
        Radix::Octal => 3,
        Radix::Hexadecimal => 4,
    };
    let bits = value.bits();
    let digits = (64 - bits.leading_zeros()).div_ceil(bits_per_digit).max(1);
    let mask = (1 << bits_per_digit) - 1;
    out.extend(
        (0..digits)
            .rev()
            .filter_map(|place| b"0123456789abcdef".get((bits >> (place * bits_per_digit) & mask) as usize)),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<I: Integer>(value: I, base: i32) -> String {
        let mut out = Vec::new();
        write(&mut out, value, base).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Source: mono.
    #[test]
    fn texts_in_a_base_are_read() {
        for (input, base, expected) in [
            ("101", 2, Ok(5)),
            ("ff", 16, Ok(255)),
            ("0x1F", 16, Ok(31)),
            ("+0x1F", 16, Ok(31)),
            ("17", 8, Ok(15)),
            ("-42", 10, Ok(-42)),
            ("-2147483648", 10, Ok(i32::MIN)),
            ("FFFFFFFF", 16, Ok(-1)),
            ("11111111111111111111111111111111", 2, Ok(-1)),
            ("1FFFFFFFF", 16, Err("OverflowException")),
            ("2147483648", 10, Err("OverflowException")),
            ("xyz", 16, Err("FormatException")),
            ("12z", 10, Err("FormatException")),
            (" 12", 10, Err("FormatException")),
            ("0x", 16, Err("FormatException")),
            ("-1", 16, Err("ArgumentException")),
            ("1", 7, Err("ArgumentException")),
            ("", 16, Err("ArgumentOutOfRangeException")),
        ] {
            let found = parse::<i32>(input.as_bytes(), base).map_err(|fault| fault.exception.type_name());
            assert_eq!(found, expected, "{input:?} in base {base}");
        }
        assert_eq!(parse::<u8>(b"7f", 16), Ok(127));
        assert_eq!(parse::<u8>(b"100", 16), Err(IntegerType::Byte.overflow()));
        assert_eq!(parse::<i8>(b"ff", 16), Ok(-1));
        assert_eq!(parse::<i16>(b"FFFF", 16), Ok(-1));
        assert_eq!(parse::<i16>(b"-32769", 10), Err(IntegerType::Int16.overflow()));
        assert_eq!(parse::<u16>(b"-1", 10).unwrap_err().exception, Exception::Overflow);
        assert_eq!(parse::<i64>(b"ffffffffffffffff", 16), Ok(-1));
        assert_eq!(parse::<u64>(b"18446744073709551616", 10), Err(IntegerType::UInt64.overflow()));
    }

    /// Source: mono.
    #[test]
    fn values_are_written_in_a_base() {
        assert_eq!(text(255, 16), "ff");
        assert_eq!(text(10, 2), "1010");
        assert_eq!(text(-1, 16), "ffffffff");
        assert_eq!(text(-1i16, 8), "177777");
        assert_eq!(text(-1i64, 8), "1777777777777777777777");
        assert_eq!(text(0, 2), "0");
        assert_eq!(text(-5, 10), "-5");
        assert!(write(&mut Vec::new(), 1, 3).is_err());
    }
}
