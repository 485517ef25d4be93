//! Operators.

use csharp::tree::{BinaryOp, UnaryOp};
use dotnet::catalogue::signature::operator_name;
use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::build;
use ir::tree::{BinaryOp as Op, Expr as Code, ExprKind, Operand, Overflow, UnaryOp as One};

use super::{Writer, repr_of};
use crate::expression::bound::{Binary, Operator, Unary};
use crate::expression::tables::lookup::{self, Found};
use crate::expression::types::{DECIMAL, Numeric};

impl Writer<'_, '_, '_> {
    /// An operation on one operand.
    pub fn unary(&mut self, unary: &Unary, ty: Ty) -> Code {
        if unary.lifted {
            return self.lifted_unary(unary, ty);
        }
        let operand = self.expr(&unary.operand);
        self.unary_on(unary, operand, ty)
    }

    /// An operation on the value of one operand.
    pub fn unary_on(&mut self, unary: &Unary, operand: Code, ty: Ty) -> Code {
        let overflow = if unary.checked { Overflow::Throw } else { Overflow::Wrap };
        let op = match unary.op {
            UnaryOp::Minus => One::Neg(overflow),
            UnaryOp::Complement => One::Complement,
            _ => One::Not,
        };
        match unary.operator {
            Operator::Member(found) => build::call(found.member.def, vec![operand], repr_of(ty)),
            Operator::Numeric(Numeric::Decimal) => self.decimal_member(unary.op.text(), vec![operand], Repr::Ref),
            Operator::Numeric(kind) => {
                let on = operand_of(kind);
                Code::new(ExprKind::Unary(op, on, Box::new(operand)), on.repr())
            }
            _ => not_or(op, operand),
        }
    }

    /// An operation on two operands.
    pub fn binary(&mut self, binary: &Binary, ty: Ty) -> Code {
        if binary.lifted {
            return self.lifted_binary(binary, ty);
        }
        let left = self.expr(&binary.left);
        let right = self.expr(&binary.right);
        self.binary_on(binary, left, right, ty)
    }

    /// An operation on the values of two operands.
    pub fn binary_on(&mut self, binary: &Binary, left: Code, right: Code, ty: Ty) -> Code {
        let overflow = if binary.checked { Overflow::Throw } else { Overflow::Wrap };
        match binary.operator {
            Operator::Member(found) => build::call(found.member.def, vec![left, right], repr_of(ty)),
            Operator::Text => {
                let equal = Code::new(ExprKind::TextEq(Box::new(left), Box::new(right)), Repr::I32);
                if binary.op == BinaryOp::NotEqual { not(equal) } else { equal }
            }
            Operator::Reference => operation(binary.op, overflow, Operand::Ref, left, right),
            Operator::Numeric(Numeric::Decimal) => {
                self.decimal_member(binary.op.text(), vec![left, right], repr_of(ty))
            }
            Operator::Numeric(kind) => operation(binary.op, overflow, operand_of(kind), left, right),
            Operator::Bool | Operator::Enum => operation(binary.op, overflow, Operand::I32, left, right),
        }
    }

    /// An operator of `decimal`.
    fn decimal_member(&mut self, symbol: &str, operands: Vec<Code>, repr: Repr) -> Code {
        let found = operator_name(symbol, operands.len()).and_then(|name| {
            let fits = |found: &Found| found.member.parameters.iter().all(|parameter| parameter.ty == DECIMAL);
            lookup::operators(DECIMAL, name).into_iter().find(fits)
        });
        match found {
            Some(found) => build::call(found.member.def, operands, repr),
            None => {
                self.all
                    .not_supported(csharp::span::Span::default(), format!("`{symbol}` of `decimal` is not supported"));
                build::default_value(DECIMAL)
            }
        }
    }
}

fn operation(op: BinaryOp, overflow: Overflow, operand: Operand, left: Code, right: Code) -> Code {
    let op = match op {
        BinaryOp::Add => Op::Add(overflow),
        BinaryOp::Subtract => Op::Sub(overflow),
        BinaryOp::Multiply => Op::Mul(overflow),
        BinaryOp::Divide => Op::Div,
        BinaryOp::Remainder => Op::Rem,
        BinaryOp::ShiftLeft => Op::Shl,
        BinaryOp::ShiftRight => Op::Shr,
        BinaryOp::Less => Op::Lt,
        BinaryOp::LessOrEqual => Op::Le,
        BinaryOp::Greater => Op::Gt,
        BinaryOp::GreaterOrEqual => Op::Ge,
        BinaryOp::Equal => Op::Eq,
        BinaryOp::NotEqual => Op::Ne,
        BinaryOp::BitOr | BinaryOp::Or => Op::Or,
        BinaryOp::BitXor => Op::Xor,
        BinaryOp::BitAnd | BinaryOp::And | BinaryOp::Coalesce => Op::And,
    };
    let repr = if op.is_comparison() { Repr::I32 } else { operand.repr() };
    Code::new(ExprKind::Binary(op, operand, Box::new(left), Box::new(right)), repr)
}

/// What the words of numbers of a kind are; never asked of `decimal`.
fn operand_of(kind: Numeric) -> Operand {
    match kind {
        Numeric::UInt => Operand::U32,
        Numeric::Long => Operand::I64,
        Numeric::ULong => Operand::U64,
        Numeric::Float => Operand::F32,
        Numeric::Double => Operand::F64,
        _ => Operand::I32,
    }
}

/// The other truth.
pub fn not(value: Code) -> Code {
    Code::new(ExprKind::Unary(One::Not, Operand::I32, Box::new(value)), Repr::I32)
}

/// `!` of a truth, `~` and `-` of the number behind an enumeration.
fn not_or(op: One, operand: Code) -> Code {
    Code::new(ExprKind::Unary(op, Operand::I32, Box::new(operand)), Repr::I32)
}
