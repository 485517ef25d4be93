//! Constants, and what C# computes with them while it compiles.
//!
//! Only what the language calls a constant expression: its overflows are errors, and its value decides conversions. That
//! members without effects are computed on constants is another matter (`ir`).

use std::sync::Arc;

use csharp::tree::BinaryOp;
use dotnet::catalogue;
use dotnet::format::Decimal;
use dotnet::format::number::convert::cast_double;
use dotnet::ty::Ty;
use dotnet::wtf8;

use super::types::{self, Numeric};

/// The value of a constant expression. Its type stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `null`
    Null,
    /// `true` and `false`
    Bool(bool),
    /// A value of an integral type, of `char` or of an enumeration.
    Int(i128),
    /// `float`
    Float(f32),
    /// `double`
    Double(f64),
    /// `decimal`
    Decimal(Decimal),
    /// `string`, in WTF-8.
    Text(Arc<[u8]>),
}

/// Why a constant has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The result does not fit its type.
    Overflow,
    /// An integer or decimal is divided by zero.
    DivideByZero,
}

impl Constant {
    /// A string.
    pub fn text(bytes: &[u8]) -> Self {
        Self::Text(bytes.into())
    }

    /// A string of UTF-16 units.
    pub fn of_units(units: &[u16]) -> Self {
        let mut bytes = Vec::with_capacity(units.len());
        units.iter().for_each(|unit| wtf8::push_unit(&mut bytes, *unit));
        Self::text(&bytes)
    }

    /// The value of a constant member.
    pub fn of_member(constant: catalogue::Constant, kind: Option<Numeric>) -> Self {
        match constant {
            catalogue::Constant::Int(value) if kind.is_none() => Self::Int(value.into()),
            catalogue::Constant::Int(value) => Self::Int(value.into()),
            catalogue::Constant::UInt(value) => Self::Int(value.into()),
            catalogue::Constant::Double(value) if kind == Some(Numeric::Float) => Self::Float(value as f32),
            catalogue::Constant::Double(value) => Self::Double(value),
            catalogue::Constant::Text(text) => Self::text(text.as_bytes()),
        }
    }

    /// The value of a constant field of `decimal`.
    pub fn decimal_field(owner: Ty, name: &str) -> Option<Self> {
        let value = match name {
            _ if owner != types::DECIMAL => return None,
            "Zero" => Decimal::ZERO,
            "One" => Decimal::ONE,
            "MinusOne" => Decimal::MINUS_ONE,
            "MaxValue" => Decimal::MAX,
            "MinValue" => Decimal::MIN,
            _ => return None,
        };
        Some(Self::Decimal(value))
    }

    /// The constant that `default(T)` is, for the types that have constants.
    pub fn default_of(ty: Ty) -> Option<Self> {
        Some(match Numeric::of(ty) {
            Some(Numeric::Float) => Self::Float(0.0),
            Some(Numeric::Double) => Self::Double(0.0),
            Some(Numeric::Decimal) => Self::Decimal(Decimal::ZERO),
            Some(_) => Self::Int(0),
            None if ty == types::BOOL => Self::Bool(false),
            None if ty.is_enum() => Self::Int(0),
            None if types::is_reference(ty) => Self::Null,
            None => return None,
        })
    }

    /// The value as a whole number.
    pub fn as_int(&self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a truth.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as text, with what is no Unicode replaced.
    pub fn as_text(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            Self::Text(bytes) => Some(wtf8::to_utf8(bytes)),
            _ => None,
        }
    }

    /// The value as a number of another type; `checked` refuses what does not fit.
    ///
    /// # Errors
    /// If the value does not fit: always for `decimal`, else only if `checked`.
    pub fn converted(&self, to: Numeric, checked: bool) -> Result<Self, Fault> {
        Ok(match (self, to) {
            (Self::Int(value), Numeric::Float) => Self::Float(*value as f32),
            (Self::Int(value), Numeric::Double) => Self::Double(*value as f64),
            (Self::Int(value), Numeric::Decimal) => Self::Decimal(decimal_of(*value)),
            (Self::Int(value), _) => Self::Int(fitted(*value, to, checked)?),
            (Self::Float(value), Numeric::Float) => Self::Float(*value),
            (Self::Float(value), Numeric::Double) => Self::Double(f64::from(*value)),
            (Self::Float(value), Numeric::Decimal) => {
                Self::Decimal(Decimal::from_single(*value).map_err(|_| Fault::Overflow)?)
            }
            (Self::Float(value), _) => Self::Int(whole(f64::from(*value), to, checked)?),
            (Self::Double(value), Numeric::Float) => Self::Float(*value as f32),
            (Self::Double(value), Numeric::Double) => Self::Double(*value),
            (Self::Double(value), Numeric::Decimal) => {
                Self::Decimal(Decimal::from_double(*value).map_err(|_| Fault::Overflow)?)
            }
            (Self::Double(value), _) => Self::Int(whole(*value, to, checked)?),
            (Self::Decimal(value), Numeric::Decimal) => Self::Decimal(*value),
            (Self::Decimal(value), Numeric::Double) => Self::Double(value.to_double()),
            (Self::Decimal(value), Numeric::Float) => Self::Float(value.to_single()),
            (Self::Decimal(value), _) => {
                // A decimal that does not fit throws whether or not it is checked.
                let truncated = value.truncate();
                let mantissa = i128::try_from(truncated.mantissa()).map_err(|_| Fault::Overflow)?;
                Self::Int(fitted(if truncated.is_negative() { -mantissa } else { mantissa }, to, true)?)
            }
            (other, _) => other.clone(),
        })
    }

    /// The negative of a number of this type.
    ///
    /// # Errors
    /// If it does not fit and that is checked.
    pub fn negated(&self, kind: Numeric, checked: bool) -> Result<Self, Fault> {
        Ok(match self {
            Self::Int(value) => Self::Int(fitted(-value, kind, checked)?),
            Self::Float(value) => Self::Float(-value),
            Self::Double(value) => Self::Double(-value),
            Self::Decimal(value) => Self::Decimal(value.negated()),
            other => other.clone(),
        })
    }
}

/// What an operation on two numbers of type `kind` gives; comparisons give a truth. None for operators that are no
/// arithmetic.
///
/// # Errors
/// On overflow, if that is checked, and on division by zero.
pub fn arithmetic(
    op: BinaryOp,
    kind: Numeric,
    a: &Constant,
    b: &Constant,
    checked: bool,
) -> Result<Option<Constant>, Fault> {
    Ok(Some(match (a, b) {
        (Constant::Int(a), Constant::Int(b)) => return integers(op, kind, *a, *b, checked),
        (Constant::Float(a), Constant::Float(b)) => match floats(op, f64::from(*a), f64::from(*b)) {
            Some(Constant::Double(value)) => Constant::Float(value as f32),
            Some(other) => other,
            None => return Ok(None),
        },
        (Constant::Double(a), Constant::Double(b)) => match floats(op, *a, *b) {
            Some(value) => value,
            None => return Ok(None),
        },
        (Constant::Decimal(a), Constant::Decimal(b)) => return decimals(op, *a, *b),
        _ => return Ok(None),
    }))
}

fn integers(op: BinaryOp, kind: Numeric, a: i128, b: i128, checked: bool) -> Result<Option<Constant>, Fault> {
    let bits = if matches!(kind, Numeric::Long | Numeric::ULong) { 63 } else { 31 };
    let value = match op {
        // Two 64-bit numbers never leave the range of 128 bits.
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a.checked_mul(b).ok_or(Fault::Overflow)?,
        BinaryOp::Divide | BinaryOp::Remainder if b == 0 => return Err(Fault::DivideByZero),
        BinaryOp::Divide => a / b,
        BinaryOp::Remainder => a % b,
        BinaryOp::BitAnd => a & b,
        BinaryOp::BitOr => a | b,
        BinaryOp::BitXor => a ^ b,
        BinaryOp::ShiftLeft => return Ok(Some(Constant::Int(fitted(a << (b & bits), kind, false)?))),
        BinaryOp::ShiftRight => a >> (b & bits),
        _ => return Ok(compared(op, a.partial_cmp(&b)).map(Constant::Bool)),
    };
    // The smallest number divided by -1 throws even unchecked.
    let checked = checked || op == BinaryOp::Divide;
    Ok(Some(Constant::Int(fitted(value, kind, checked)?)))
}

fn floats(op: BinaryOp, a: f64, b: f64) -> Option<Constant> {
    Some(match op {
        BinaryOp::Add => Constant::Double(a + b),
        BinaryOp::Subtract => Constant::Double(a - b),
        BinaryOp::Multiply => Constant::Double(a * b),
        BinaryOp::Divide => Constant::Double(a / b),
        BinaryOp::Remainder => Constant::Double(a % b),
        _ => Constant::Bool(compared(op, a.partial_cmp(&b))?),
    })
}

fn decimals(op: BinaryOp, a: Decimal, b: Decimal) -> Result<Option<Constant>, Fault> {
    let by_zero = matches!(op, BinaryOp::Divide | BinaryOp::Remainder) && b.is_zero();
    if by_zero {
        return Err(Fault::DivideByZero);
    }
    let value = match op {
        BinaryOp::Add => a.plus(b),
        BinaryOp::Subtract => a.minus(b),
        BinaryOp::Multiply => a.times(b),
        BinaryOp::Divide => a.divided_by(b),
        BinaryOp::Remainder => a.remainder(b),
        _ => return Ok(compared(op, Some(a.cmp(&b))).map(Constant::Bool)),
    };
    value.map(|value| Some(Constant::Decimal(value))).map_err(|_| Fault::Overflow)
}

/// Whether a comparison holds; NaN compares with nothing.
fn compared(op: BinaryOp, order: Option<std::cmp::Ordering>) -> Option<bool> {
    Some(match op {
        BinaryOp::Equal => order.is_some_and(std::cmp::Ordering::is_eq),
        BinaryOp::NotEqual => !order.is_some_and(std::cmp::Ordering::is_eq),
        BinaryOp::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        BinaryOp::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        BinaryOp::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        BinaryOp::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
        _ => return None,
    })
}

fn decimal_of(value: i128) -> Decimal {
    Decimal::from_parts(value.unsigned_abs(), 0, value < 0)
}

/// A whole number as one of an integral type: refused if it does not fit and that is checked, else its low bits.
fn fitted(value: i128, kind: Numeric, checked: bool) -> Result<i128, Fault> {
    let Some((low, high)) = kind.range() else { return Ok(value) };
    if low <= value && value <= high {
        return Ok(value);
    }
    if checked {
        return Err(Fault::Overflow);
    }
    Ok(match kind {
        Numeric::SByte => i128::from(value as i8),
        Numeric::Byte => i128::from(value as u8),
        Numeric::Short => i128::from(value as i16),
        Numeric::UShort | Numeric::Char => i128::from(value as u16),
        Numeric::Int => i128::from(value as i32),
        Numeric::UInt => i128::from(value as u32),
        Numeric::Long => i128::from(value as i64),
        _ => i128::from(value as u64),
    })
}

/// The whole part of a floating-point number.
fn whole(value: f64, kind: Numeric, checked: bool) -> Result<i128, Fault> {
    let Some((low, high)) = kind.range() else { return Ok(0) };
    let truncated = value.trunc();
    // The cast to 128 bits saturates, which is out of every range.
    if truncated.is_finite() && (low..=high).contains(&(truncated as i128)) {
        return Ok(truncated as i128);
    }
    if checked {
        return Err(Fault::Overflow);
    }
    Ok(match kind {
        Numeric::SByte => cast_double::<i8>(value).into(),
        Numeric::Byte => cast_double::<u8>(value).into(),
        Numeric::Short => cast_double::<i16>(value).into(),
        Numeric::UShort | Numeric::Char => cast_double::<u16>(value).into(),
        Numeric::Int => cast_double::<i32>(value).into(),
        Numeric::UInt => cast_double::<u32>(value).into(),
        Numeric::Long => cast_double::<i64>(value).into(),
        _ => cast_double::<u64>(value).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overflow_is_found_where_it_is_checked() {
        let max = Constant::Int(i32::MAX.into());
        let one = Constant::Int(1);
        assert_eq!(arithmetic(BinaryOp::Add, Numeric::Int, &max, &one, true), Err(Fault::Overflow));
        let wrapped = arithmetic(BinaryOp::Add, Numeric::Int, &max, &one, false);
        assert_eq!(wrapped, Ok(Some(Constant::Int(i32::MIN.into()))));
        let zero = Constant::Int(0);
        assert_eq!(arithmetic(BinaryOp::Remainder, Numeric::Long, &one, &zero, false), Err(Fault::DivideByZero));
        assert_eq!(Constant::Int(300).converted(Numeric::Byte, true), Err(Fault::Overflow));
        assert_eq!(Constant::Int(300).converted(Numeric::Byte, false), Ok(Constant::Int(44)));
        assert_eq!(Constant::Double(3e10).converted(Numeric::Int, true), Err(Fault::Overflow));
    }

    #[test]
    fn shifts_use_the_low_bits_of_their_count() {
        let shift =
            |kind, a: i128, b| arithmetic(BinaryOp::ShiftLeft, kind, &Constant::Int(a), &Constant::Int(b), true);
        assert_eq!(shift(Numeric::Int, 1, 33), Ok(Some(Constant::Int(2))));
        assert_eq!(shift(Numeric::Int, 1, 31), Ok(Some(Constant::Int(i32::MIN.into()))));
        assert_eq!(shift(Numeric::Long, 1, 33), Ok(Some(Constant::Int(1 << 33))));
    }
}
