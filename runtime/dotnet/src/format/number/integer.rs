//! The eight integer types as text.
//!
//! Not here: parsing ([`parse`](super::parse)) and other bases than ten and sixteen ([`radix`](super::radix)).

use super::digits::{Kind, Number};
use super::specifier::Format;
use super::write_formatted;
use crate::format::Fault;

/// The most decimal digits an integer has.
const MOST_DIGITS: usize = 20;

/// An integer type of .NET.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerType {
    /// `sbyte`.
    SByte,
    /// `byte`.
    Byte,
    /// `short`.
    Int16,
    /// `ushort`.
    UInt16,
    /// `int`.
    Int32,
    /// `uint`.
    UInt32,
    /// `long`.
    Int64,
    /// `ulong`.
    UInt64,
}

impl IntegerType {
    /// The type's name without its name space.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SByte => "SByte",
            Self::Byte => "Byte",
            Self::Int16 => "Int16",
            Self::UInt16 => "UInt16",
            Self::Int32 => "Int32",
            Self::UInt32 => "UInt32",
            Self::Int64 => "Int64",
            Self::UInt64 => "UInt64",
        }
    }

    /// How many bits a value has.
    pub const fn bits(self) -> u32 {
        match self {
            Self::SByte | Self::Byte => 8,
            Self::Int16 | Self::UInt16 => 16,
            Self::Int32 | Self::UInt32 => 32,
            Self::Int64 | Self::UInt64 => 64,
        }
    }

    /// Whether values may be negative.
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::SByte | Self::Int16 | Self::Int32 | Self::Int64)
    }

    /// The largest value.
    pub const fn max(self) -> u64 {
        u64::MAX >> (64 - self.bits() + self.is_signed() as u32)
    }

    /// The `OverflowException` that parsing and converting to this type raise.
    pub const fn overflow(self) -> Fault {
        Fault::overflow(match self {
            Self::SByte => "Value was either too large or too small for a signed byte.",
            Self::Byte => "Value was either too large or too small for an unsigned byte.",
            Self::Int16 => "Value was either too large or too small for an Int16.",
            Self::UInt16 => "Value was either too large or too small for a UInt16.",
            Self::Int32 => "Value was either too large or too small for an Int32.",
            Self::UInt32 => "Value was either too large or too small for a UInt32.",
            Self::Int64 => "Value was either too large or too small for an Int64.",
            Self::UInt64 => "Value was either too large or too small for a UInt64.",
        })
    }
}

/// A Rust integer that stands for one of .NET's.
pub trait Integer: Copy + itoa::Integer + sealed::Sealed {
    /// The .NET type.
    const TYPE: IntegerType;
    /// The value's size without its sign.
    fn magnitude(self) -> u64;
    /// Whether the value is below zero.
    fn is_negative(self) -> bool;
    /// The value's bits in two's complement, zeros above its width.
    fn bits(self) -> u64;
    /// The value with these bits.
    fn from_bits(bits: u64) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! integers {
    ($($rust:ident $unsigned:ident $dotnet:ident $negative:expr;)*) => {$(
        impl sealed::Sealed for $rust {}
        impl Integer for $rust {
            const TYPE: IntegerType = IntegerType::$dotnet;
            #[inline]
            fn magnitude(self) -> u64 {
                if self.is_negative() { (self as i64).unsigned_abs() } else { self as u64 }
            }
            #[inline]
            fn is_negative(self) -> bool {
                let negative: fn($rust) -> bool = $negative;
                negative(self)
            }
            #[inline]
            fn bits(self) -> u64 {
                u64::from(self as $unsigned)
            }
            #[inline]
            fn from_bits(bits: u64) -> Self {
                bits as $rust
            }
        }
    )*};
}

integers! {
    i8 u8 SByte |value| value < 0;
    u8 u8 Byte |_| false;
    i16 u16 Int16 |value| value < 0;
    u16 u16 UInt16 |_| false;
    i32 u32 Int32 |value| value < 0;
    u32 u32 UInt32 |_| false;
    i64 u64 Int64 |value| value < 0;
    u64 u64 UInt64 |_| false;
}

/// Writes what `value.ToString()` gives.
#[inline]
pub fn write<I: Integer>(out: &mut Vec<u8>, value: I) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Writes what `value.ToString(format)` gives.
///
/// # Throws
/// `FormatException` for a standard format that integers do not have, `R` among them.
pub fn format<I: Integer>(out: &mut Vec<u8>, value: I, format: &[u8]) -> Result<(), Fault> {
    let format = Format::parse(format)?;
    if let Format::Standard { symbol, precision } = format {
        let precision = precision.unwrap_or(0);
        match symbol {
            b'D' | b'd' => {
                write_padded(out, value, precision);
                return Ok(());
            }
            b'G' | b'g' if precision == 0 => {
                write(out, value);
                return Ok(());
            }
            b'X' => {
                write_hexadecimal(out, value.bits(), precision, b"0123456789ABCDEF");
                return Ok(());
            }
            b'x' => {
                write_hexadecimal(out, value.bits(), precision, b"0123456789abcdef");
                return Ok(());
            }
            _ => {}
        }
    }
    let mut digits = [0; MOST_DIGITS];
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(value.magnitude()).as_bytes();
    let digits = digits.get_mut(..text.len()).unwrap_or_default();
    digits.copy_from_slice(text);
    let digits = if value.magnitude() == 0 { &mut [] } else { digits };
    let scale = digits.len() as i32;
    write_formatted(out, &mut Number::new(digits, scale, value.is_negative(), Kind::Integer), format)
}

fn write_padded<I: Integer>(out: &mut Vec<u8>, value: I, digits: u32) {
    if value.is_negative() {
        out.push(b'-');
    }
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(value.magnitude()).as_bytes();
    let zeros = (digits as usize).saturating_sub(text.len());
    out.resize(out.len() + zeros, b'0');
    out.extend_from_slice(text);
}

fn write_hexadecimal(out: &mut Vec<u8>, bits: u64, digits: u32, alphabet: &[u8; 16]) {
    let significant = (64 - bits.leading_zeros()).div_ceil(4).max(1);
    out.resize(out.len() + digits.saturating_sub(significant) as usize, b'0');
    out.extend((0..significant).rev().filter_map(|place| alphabet.get((bits >> (place * 4) & 0xF) as usize)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted<I: Integer>(value: I, picture: &str) -> Result<String, Fault> {
        let mut out = Vec::new();
        format(&mut out, value, picture.as_bytes())?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// Source: .NET documentation of the standard and custom numeric formats, and mono.
    #[test]
    fn integers_are_formatted() {
        for (value, format, expected) in [
            (0, "", "0"),
            (i64::MIN, "", "-9223372036854775808"),
            (7, "D3", "007"),
            (-7, "D3", "-007"),
            (0, "D", "0"),
            (5, "G", "5"),
            (12345, "G2", "1.2E+04"),
            (12345, "g3", "1.23e+04"),
            (1234567, "N0", "1,234,567"),
            (-1234, "N", "-1,234.00"),
            (0, "N1", "0.0"),
            (42, "00000", "00042"),
            (-5, "0;(0)", "(5)"),
            (0, "+0;-0;none", "none"),
            (1234567, "#,##0", "1,234,567"),
            (7, "C", "¤7.00"),
            (7, "F1", "7.0"),
            (7, "P", "700.00 %"),
            (123456, "E2", "1.23E+005"),
            (0, "#", ""),
            (0, "E0", "0E+000"),
            (1500, "0.0,k", "1500.0k"),
        ] {
            assert_eq!(formatted(value, format).as_deref(), Ok(expected), "{value} {format}");
        }
        for format in ["Z", "R", "Q2"] {
            assert_eq!(formatted(5, format), Err(Fault::format("Format specifier was invalid.")), "{format}");
        }
    }

    #[test]
    fn hexadecimal_shows_the_bits_of_the_type() {
        assert_eq!(formatted(255, "x").as_deref(), Ok("ff"));
        assert_eq!(formatted(255, "X4").as_deref(), Ok("00FF"));
        assert_eq!(formatted(-1, "X").as_deref(), Ok("FFFFFFFF"));
        assert_eq!(formatted(-1i8, "X").as_deref(), Ok("FF"));
        assert_eq!(formatted(-1i64, "x").as_deref(), Ok("ffffffffffffffff"));
        assert_eq!(formatted(0u8, "x2").as_deref(), Ok("00"));
        assert_eq!(formatted(0u8, "x").as_deref(), Ok("0"));
    }

    #[test]
    fn the_extreme_values_are_written() {
        assert_eq!(formatted(u64::MAX, "").as_deref(), Ok("18446744073709551615"));
        assert_eq!(formatted(u64::MAX, "N0").as_deref(), Ok("18,446,744,073,709,551,615"));
        assert_eq!(formatted(i8::MIN, "D4").as_deref(), Ok("-0128"));
        assert_eq!(IntegerType::SByte.max(), 127);
        assert_eq!(IntegerType::UInt64.max(), u64::MAX);
    }
}
