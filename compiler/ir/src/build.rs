//! Makes nodes: picks the shortest form for what the checker asks.

use dotnet::catalogue::{Body, Constant, MemberDef};
use dotnet::rt;
use dotnet::ty::Ty;
use dotnet::word::Repr;

use crate::tree::{Callee, Const, Expr, ExprKind};

/// The call of a member with a result of representation `repr`.
///
/// Constants and fields need no call, a literal argument may be prepared once for all, and some members of `string`
/// have nodes of their own.
#[must_use]
pub fn call(member: &'static MemberDef, mut args: Vec<Expr>, repr: Repr) -> Expr {
    let kind = match member.body {
        Body::Constant(constant) => return constant_value(constant, repr),
        Body::Field(offset) => match args.pop() {
            Some(receiver) => ExprKind::Field(Box::new(receiver), u32::try_from(offset).unwrap_or(0)),
            None => ExprKind::Const(Const::Null),
        },
        Body::Call(entry) => {
            if let Some(short) = short_form(member, &mut args) {
                return Expr::new(short, repr);
            }
            ExprKind::Call(Callee { member, entry, prepared: false }, args)
        }
        Body::Prepared(entry, index, preparation, prepared_entry) => {
            // The number counts parameters; the receiver of an instance member stands before them.
            let offset = usize::from(!member.signature.starts_with("static "));
            match args.get_mut(index + offset) {
                Some(Expr { kind: ExprKind::Const(constant), .. }) if constant.text().is_some() => {
                    *constant = Const::Prepared(preparation, constant.text().unwrap_or_default().into());
                    ExprKind::Call(Callee { member, entry: prepared_entry, prepared: true }, args)
                }
                _ => ExprKind::Call(Callee { member, entry, prepared: false }, args),
            }
        }
    };
    Expr::new(kind, repr)
}

/// The node of a member of `string` that has one.
fn short_form(member: &MemberDef, args: &mut Vec<Expr>) -> Option<ExprKind> {
    if member.owner != "System.String" {
        return None;
    }
    match member.signature {
        "int Length { get; }" => args.pop().map(|text| ExprKind::TextLength(Box::new(text))),
        "static bool operator ==(string a, string b)" => {
            let (b, a) = (args.pop()?, args.pop()?);
            Some(ExprKind::TextEq(Box::new(a), Box::new(b)))
        }
        "bool StartsWith(string value)" => match args.as_slice() {
            [_, Expr { kind: ExprKind::Const(Const::Text(_)), .. }] => {
                let Some(ExprKind::Const(Const::Text(prefix))) = args.pop().map(|prefix| prefix.kind) else {
                    return None;
                };
                let text = args.pop()?;
                let text = Expr::new(ExprKind::NotNull(Box::new(text)), Repr::Ref);
                Some(ExprKind::TextStartsWith(Box::new(text), prefix))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A call of compiled code's own: `name` is the name of a row in the table of `dotnet::rt`.
///
/// # Panics
/// If there is no such row, which a test excludes.
#[must_use]
pub fn runtime(name: &str, args: Vec<Expr>, repr: Repr) -> Expr {
    let member = runtime_member(name).unwrap_or_else(|| panic!("compiled code has no call `{name}`"));
    call(member, args, repr)
}

/// The row of a call of compiled code's own.
#[must_use]
pub fn runtime_member(name: &str) -> Option<&'static MemberDef> {
    let named = |member: &&'static MemberDef| {
        let before = member.signature.split('(').next().unwrap_or("");
        before.rsplit(' ').next() == Some(name)
    };
    rt::RUNTIME_DEF.members().find(named)
}

/// The value of a constant member.
#[must_use]
pub fn constant_value(constant: Constant, repr: Repr) -> Expr {
    let value = match (constant, repr) {
        (Constant::Text(text), _) => Const::Text(text.as_bytes().into()),
        (Constant::Int(value), Repr::I64) => Const::I64(value),
        (Constant::Int(value), _) => Const::I32(low_bits(value as u64)),
        (Constant::UInt(value), Repr::I64) => Const::I64(value as i64),
        (Constant::UInt(value), _) => Const::I32(low_bits(value)),
        (Constant::Double(value), Repr::F32) => Const::F32((value as f32).to_bits()),
        (Constant::Double(value), _) => Const::F64(value.to_bits()),
    };
    Expr::new(ExprKind::Const(value), repr)
}

fn low_bits(value: u64) -> i32 {
    value as u32 as i32
}

/// A constant of type `int`, `bool` or `char`.
#[must_use]
pub fn i32_const(value: i32) -> Expr {
    Expr::new(ExprKind::Const(Const::I32(value)), Repr::I32)
}

/// True or false.
#[must_use]
pub fn bool_const(value: bool) -> Expr {
    i32_const(i32::from(value))
}

/// A constant string.
#[must_use]
pub fn text(value: impl Into<Vec<u8>>) -> Expr {
    let bytes: Vec<u8> = value.into();
    Expr::new(ExprKind::Const(Const::Text(bytes.into())), Repr::Ref)
}

/// The null reference.
#[must_use]
pub fn null() -> Expr {
    Expr::new(ExprKind::Const(Const::Null), Repr::Ref)
}

/// A type, as members take it.
#[must_use]
pub fn type_const(ty: Ty) -> Expr {
    Expr::new(ExprKind::Const(Const::Type(ty)), Repr::I64)
}

/// A value of static type `ty` as an object.
#[must_use]
pub fn boxed(ty: Ty, value: Expr) -> Expr {
    if ty.repr() == Repr::Ref { value } else { runtime("Box", vec![type_const(ty), value], Repr::Ref) }
}

/// `default(T)`.
#[must_use]
pub fn default_value(ty: Ty) -> Expr {
    let constant = match ty.repr() {
        Repr::Void | Repr::I32 => Const::I32(0),
        Repr::I64 => Const::I64(0),
        Repr::F32 => Const::F32(0),
        Repr::F64 => Const::F64(0),
        Repr::Ref if ty.is_value_type() && ty.nullable_inner().is_none() => Const::DefaultStruct(ty),
        Repr::Ref => Const::Null,
    };
    Expr::new(ExprKind::Const(constant), ty.repr())
}

/// The text of a value of static type `ty`, as concatenation sees it.
#[must_use]
pub fn text_of(ty: Ty, value: Expr) -> Expr {
    if ty == Ty(&dotnet::types::string::STRING) {
        return value;
    }
    runtime("Text", vec![type_const(ty), value], Repr::Ref)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_compiled_code_are_found_by_name() {
        for name in ["Box", "Unbox", "Cast", "Is", "As", "Concat", "Text", "Format", "Walk", "Next", "Current"] {
            assert!(runtime_member(name).is_some(), "{name}");
        }
    }
}
