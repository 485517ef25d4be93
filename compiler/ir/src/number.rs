//! Arithmetic on numbers as the words of a program hold them, for the interpreter and for constants.
//!
//! Words of 32-bit numbers are kept with zero high bits. Conversions between floating point and integers, and checked
//! conversions, are calls into `dotnet::rt`, so that there is one place that knows how .NET does them.

use dotnet::rt::Fault;
use dotnet::word::Word;

use crate::tree::{BinaryOp, Number, Operand, Overflow, UnaryOp};

/// The result of a binary operation.
///
/// # Errors
/// The reason for which .NET throws.
pub fn binary(op: BinaryOp, operand: Operand, a: Word, b: Word) -> Result<Word, Fault> {
    match operand {
        Operand::I32 => integer32(op, a, b),
        Operand::U32 => unsigned32(op, a, b),
        Operand::I64 => integer64(op, a, b),
        Operand::U64 => unsigned64(op, a, b),
        Operand::F32 => Ok(float32(op, f32::from_bits(a.0 as u32), f32::from_bits(b.0 as u32))),
        Operand::F64 => Ok(float64(op, f64::from_bits(a.0), f64::from_bits(b.0))),
        Operand::Ref => Ok(truth(if op == BinaryOp::Ne { a != b } else { a == b })),
    }
}

fn truth(value: bool) -> Word {
    Word(u64::from(value))
}

macro_rules! integers {
    ($name:ident, $ty:ty, $unsigned:ty, $mask:literal) => {
        fn $name(op: BinaryOp, a: Word, b: Word) -> Result<Word, Fault> {
            let shift = b.0 as u32 & $mask;
            let (a, b) = (a.0 as $ty, b.0 as $ty);
            let checked = |overflow: Overflow, wrapped: $ty, checked: Option<$ty>| match overflow {
                Overflow::Wrap => Ok(wrapped),
                Overflow::Throw => checked.ok_or(Fault::Overflow),
            };
            let value = match op {
                BinaryOp::Add(overflow) => checked(overflow, a.wrapping_add(b), a.checked_add(b))?,
                BinaryOp::Sub(overflow) => checked(overflow, a.wrapping_sub(b), a.checked_sub(b))?,
                BinaryOp::Mul(overflow) => checked(overflow, a.wrapping_mul(b), a.checked_mul(b))?,
                BinaryOp::Div if b == 0 => return Err(Fault::DivideByZero),
                BinaryOp::Div => a.checked_div(b).ok_or(Fault::Overflow)?,
                BinaryOp::Rem if b == 0 => return Err(Fault::DivideByZero),
                BinaryOp::Rem => a.checked_rem(b).ok_or(Fault::Overflow)?,
                BinaryOp::And => a & b,
                BinaryOp::Or => a | b,
                BinaryOp::Xor => a ^ b,
                BinaryOp::Shl => a.wrapping_shl(shift),
                BinaryOp::Shr => a.wrapping_shr(shift),
                BinaryOp::Eq => return Ok(truth(a == b)),
                BinaryOp::Ne => return Ok(truth(a != b)),
                BinaryOp::Lt => return Ok(truth(a < b)),
                BinaryOp::Le => return Ok(truth(a <= b)),
                BinaryOp::Gt => return Ok(truth(a > b)),
                BinaryOp::Ge => return Ok(truth(a >= b)),
            };
            Ok(Word(value as $unsigned as u64))
        }
    };
}

integers!(integer32, i32, u32, 31);
integers!(unsigned32, u32, u32, 31);
integers!(integer64, i64, u64, 63);
integers!(unsigned64, u64, u64, 63);

macro_rules! floats {
    ($name:ident, $ty:ty) => {
        fn $name(op: BinaryOp, a: $ty, b: $ty) -> Word {
            let value = match op {
                BinaryOp::Add(_) => a + b,
                BinaryOp::Sub(_) => a - b,
                BinaryOp::Mul(_) => a * b,
                BinaryOp::Div => a / b,
                BinaryOp::Rem => a % b,
                BinaryOp::Eq => return truth(a == b),
                BinaryOp::Ne => return truth(a != b),
                BinaryOp::Lt => return truth(a < b),
                BinaryOp::Le => return truth(a <= b),
                BinaryOp::Gt => return truth(a > b),
                BinaryOp::Ge => return truth(a >= b),
                // The checker makes no operation on the bits of floating-point numbers.
                BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::Shl | BinaryOp::Shr => a,
            };
            Word(value.to_bits().into())
        }
    };
}

floats!(float32, f32);
floats!(float64, f64);

/// The result of a unary operation.
///
/// # Errors
/// The reason for which .NET throws.
pub fn unary(op: UnaryOp, operand: Operand, a: Word) -> Result<Word, Fault> {
    let narrow = |value: i32| Word(u64::from(value as u32));
    match (op, operand) {
        (UnaryOp::Not, _) => Ok(truth(a.0 as u32 == 0)),
        (UnaryOp::Complement, Operand::I64 | Operand::U64) => Ok(Word(!a.0)),
        (UnaryOp::Complement, _) => Ok(narrow(!(a.0 as i32))),
        (UnaryOp::Neg(_), Operand::F32) => Ok(Word(u64::from((-f32::from_bits(a.0 as u32)).to_bits()))),
        (UnaryOp::Neg(_), Operand::F64) => Ok(Word((-f64::from_bits(a.0)).to_bits())),
        (UnaryOp::Neg(Overflow::Wrap), Operand::I64 | Operand::U64) => Ok(Word(a.0.wrapping_neg())),
        (UnaryOp::Neg(Overflow::Throw), Operand::I64 | Operand::U64) => {
            (a.0 as i64).checked_neg().map(|value| Word(value as u64)).ok_or(Fault::Overflow)
        }
        (UnaryOp::Neg(Overflow::Wrap), _) => Ok(narrow((a.0 as i32).wrapping_neg())),
        (UnaryOp::Neg(Overflow::Throw), _) => (a.0 as i32).checked_neg().map(narrow).ok_or(Fault::Overflow),
    }
}

/// Whether a conversion is done by plain instructions: integers that keep their low bits, integers to floating point,
/// and between the floating-point types. Others are calls.
#[must_use]
pub fn is_plain_conversion(from: Number, to: Number, overflow: Overflow) -> bool {
    if is_float(from) {
        return is_float(to);
    }
    is_float(to) || overflow == Overflow::Wrap || fits_always(from, to)
}

/// Whether every value of one integer type is one of the other.
fn fits_always(from: Number, to: Number) -> bool {
    let ((from_low, from_high), (to_low, to_high)) = (dotnet::rt::range(from as i32), dotnet::rt::range(to as i32));
    to_low <= from_low && from_high <= to_high
}

fn is_float(number: Number) -> bool {
    matches!(number, Number::F32 | Number::F64)
}

/// The result of a plain conversion.
#[must_use]
pub fn convert(from: Number, to: Number, a: Word) -> Word {
    let bits32 = |value: u32| Word(u64::from(value));
    match (from, to) {
        (Number::F32, Number::F32) | (Number::F64, Number::F64) => a,
        (Number::F32, _) => Word(f64::from(f32::from_bits(a.0 as u32)).to_bits()),
        (Number::F64, _) => bits32((f64::from_bits(a.0) as f32).to_bits()),
        (_, Number::F64) => Word(match widened(from, a) {
            Widened::Signed(value) => (value as f64).to_bits(),
            Widened::Unsigned(value) => (value as f64).to_bits(),
        }),
        (_, Number::F32) => bits32(match widened(from, a) {
            Widened::Signed(value) => (value as f32).to_bits(),
            Widened::Unsigned(value) => (value as f32).to_bits(),
        }),
        _ => {
            let bits = match widened(from, a) {
                Widened::Signed(value) => value as u64,
                Widened::Unsigned(value) => value,
            };
            match to {
                Number::I8 => bits32(i32::from(bits as i8) as u32),
                Number::U8 => Word(bits & 0xFF),
                Number::I16 => bits32(i32::from(bits as i16) as u32),
                Number::U16 => Word(bits & 0xFFFF),
                Number::I32 | Number::U32 => bits32(bits as u32),
                _ => Word(bits),
            }
        }
    }
}

enum Widened {
    Signed(i64),
    Unsigned(u64),
}

fn widened(from: Number, a: Word) -> Widened {
    match from {
        Number::I8 | Number::I16 | Number::I32 => Widened::Signed(i64::from(a.0 as i32)),
        Number::U8 | Number::U16 | Number::U32 => Widened::Unsigned(a.0 & 0xFFFF_FFFF),
        Number::I64 => Widened::Signed(a.0 as i64),
        _ => Widened::Unsigned(a.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_wrap_or_throw_as_dotnet_does() {
        let word = |value: i32| Word(u64::from(value as u32));
        let (min, wrap, throw) = (word(i32::MIN), Overflow::Wrap, Overflow::Throw);
        assert_eq!(binary(BinaryOp::Add(wrap), Operand::I32, word(i32::MAX), word(1)), Ok(min));
        assert_eq!(binary(BinaryOp::Add(throw), Operand::I32, word(i32::MAX), word(1)), Err(Fault::Overflow));
        assert_eq!(binary(BinaryOp::Div, Operand::I32, min, word(-1)), Err(Fault::Overflow));
        assert_eq!(binary(BinaryOp::Rem, Operand::I32, word(-7), word(3)), Ok(word(-1)));
        assert_eq!(binary(BinaryOp::Div, Operand::U32, word(-1), word(2)), Ok(word(i32::MAX)));
        assert_eq!(binary(BinaryOp::Shl, Operand::I32, word(1), word(33)), Ok(word(2)));
        assert_eq!(binary(BinaryOp::Shr, Operand::U64, Word(u64::MAX), word(63)), Ok(Word(1)));
        assert_eq!(binary(BinaryOp::Ne, Operand::F64, Word(f64::NAN.to_bits()), Word(0)), Ok(Word(1)));
    }

    #[test]
    fn conversions_keep_the_sign_of_their_source() {
        let word = |value: i32| Word(u64::from(value as u32));
        assert_eq!(convert(Number::I32, Number::I64, word(-1)), Word(u64::MAX));
        assert_eq!(convert(Number::U32, Number::I64, word(-1)), Word(0xFFFF_FFFF));
        assert_eq!(convert(Number::I64, Number::U8, Word(0x1FF)), Word(0xFF));
        assert_eq!(convert(Number::I32, Number::I8, word(200)), word(-56));
        assert_eq!(convert(Number::I32, Number::F64, word(-2)), Word((-2.0_f64).to_bits()));
        assert!(is_plain_conversion(Number::U8, Number::I32, Overflow::Throw));
        assert!(!is_plain_conversion(Number::I32, Number::U8, Overflow::Throw));
        assert!(!is_plain_conversion(Number::F64, Number::I32, Overflow::Wrap));
    }
}
