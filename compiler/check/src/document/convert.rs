//! What an expression's value is turned into for its attribute.
//!
//! The service takes text for everything but conditions: any value has a text. Counts and times take whole numbers and
//! what can be read as one; a condition must be a `bool`.

use dotnet::catalogue::OBJECT;
use dotnet::ty::Ty;
use dotnet::types::{boolean::BOOLEAN, double::DOUBLE, int32::INT32, number, string::STRING};
use dotnet::word::Repr;
use ir::build;
use ir::tree::{Expr, ExprKind, Number, Overflow};
use policies::ValueType;

/// The value as its attribute takes it; `None` if it cannot be that.
pub fn convert(value: Expr, ty: Ty, wanted: ValueType) -> Option<Expr> {
    match wanted {
        ValueType::Text
        | ValueType::Name
        | ValueType::Keyword(_)
        | ValueType::HeaderName
        | ValueType::Form(_)
        | ValueType::Reference(_) => Some(as_text(ty, value)),
        ValueType::Bool => (ty == Ty(&BOOLEAN)).then_some(value),
        ValueType::Int { .. } => as_int(ty, value),
        ValueType::Double => as_double(ty, value),
        ValueType::Any => Some(build::boxed(ty, value)),
    }
}

/// The value's text; null stays null.
fn as_text(ty: Ty, value: Expr) -> Expr {
    if ty == Ty(&STRING) {
        return value;
    }
    build::runtime("TextOrNull", vec![build::type_const(ty), value], Repr::Ref)
}

fn number_of(ty: Ty) -> Option<Number> {
    let known: [(Ty, Number); 10] = [
        (Ty(&number::SBYTE), Number::I8),
        (Ty(&number::BYTE), Number::U8),
        (Ty(&number::INT16), Number::I16),
        (Ty(&number::UINT16), Number::U16),
        (Ty(&INT32), Number::I32),
        (Ty(&number::UINT32), Number::U32),
        (Ty(&number::INT64), Number::I64),
        (Ty(&number::UINT64), Number::U64),
        (Ty(&dotnet::types::double::SINGLE), Number::F32),
        (Ty(&DOUBLE), Number::F64),
    ];
    known.iter().find(|(known, _)| *known == ty).map(|(_, number)| *number)
}

fn as_int(ty: Ty, value: Expr) -> Option<Expr> {
    match number_of(ty) {
        Some(Number::I32) => Some(value),
        Some(Number::F32 | Number::F64) => None,
        Some(from) => {
            let kind = ExprKind::Convert(from, Number::I32, Overflow::Throw, Box::new(value));
            Some(Expr::new(kind, Repr::I32))
        }
        None => parsed(ty, value, "System.Int32::static int Parse(string s)", Repr::I32),
    }
}

fn as_double(ty: Ty, value: Expr) -> Option<Expr> {
    match number_of(ty) {
        Some(Number::F64) => Some(value),
        Some(from) => {
            let kind = ExprKind::Convert(from, Number::F64, Overflow::Wrap, Box::new(value));
            Some(Expr::new(kind, Repr::F64))
        }
        None => parsed(ty, value, "System.Double::static double Parse(string s)", Repr::F64),
    }
}

/// A number read from the text of a `string` or `object`.
fn parsed(ty: Ty, value: Expr, member: &str, repr: Repr) -> Option<Expr> {
    let is_text = ty == Ty(&STRING) || ty == OBJECT;
    let member = dotnet::catalogue::find_member(member).filter(|_| is_text)?;
    Some(build::call(member, vec![as_text(ty, value)], repr))
}
