//! Literals. What is wrong with one has been reported where it was read.

use csharp::literal::{self, Integer, IntegerKind, Real, Text};
use csharp::span::Span;
use dotnet::format::Decimal;
use dotnet::format::number::NumberStyles;

use crate::expression::bound::Expr;
use crate::expression::constant::Constant;
use crate::expression::types::{CHAR, DECIMAL, DOUBLE, FLOAT, INT, LONG, STRING, UINT, ULONG};

/// `1`, `0xFFul`
pub fn integer(text: &str, span: Span) -> Expr {
    match literal::integer(text) {
        Some(Integer { value, kind }) => {
            let ty = match kind {
                IntegerKind::Int => INT,
                IntegerKind::UInt => UINT,
                IntegerKind::Long => LONG,
                IntegerKind::ULong => ULONG,
            };
            Expr::constant(Constant::Int(value.into()), ty, span)
        }
        None => Expr::error(span),
    }
}

/// `-2147483648` and `-9223372036854775808`, which are one constant.
pub fn negated_integer(text: &str, span: Span) -> Option<Expr> {
    let Integer { value, kind } = literal::negated_integer(text)?;
    let ty = if kind == IntegerKind::Int { INT } else { LONG };
    Some(Expr::constant(Constant::Int(-i128::from(value)), ty, span))
}

/// `1.5`, `2m`, `3f`
pub fn real(text: &str, span: Span) -> Expr {
    match literal::real(text) {
        Some(Real::Double(value)) => Expr::constant(Constant::Double(value), DOUBLE, span),
        Some(Real::Float(value)) => Expr::constant(Constant::Float(value), FLOAT, span),
        Some(Real::Decimal(digits)) => match Decimal::parse(digits.as_bytes(), NumberStyles::FLOAT) {
            Ok(value) => Expr::constant(Constant::Decimal(value), DECIMAL, span),
            Err(_) => Expr::error(span),
        },
        None => Expr::error(span),
    }
}

/// `'a'`
pub fn character(text: &str, span: Span) -> Expr {
    match literal::character(text) {
        Some(unit) => Expr::constant(Constant::Int(unit.into()), CHAR, span),
        None => Expr::error(span),
    }
}

/// `"a"`, `@"a"`
pub fn string(text: &str, span: Span) -> Expr {
    Expr::constant(text_constant(&literal::string(text)), STRING, span)
}

/// The constant of a text.
pub fn text_constant(text: &Text<'_>) -> Constant {
    match text {
        Text::Utf8(text) => Constant::text(text.as_bytes()),
        Text::Utf16(units) => Constant::of_units(units),
    }
}
