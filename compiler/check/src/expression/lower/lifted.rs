//! Operators of `T` on values of `T?`: both operands are evaluated, then asked for null.

use csharp::tree::BinaryOp;
use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::build;
use ir::tree::{Expr as Code, ExprKind, LocalId, Stmt};

use super::exprs::{if_else, is_null, sequence};
use super::operators::not;
use super::{Writer, repr_of};
use crate::expression::bound::{Binary, Expr, Kind, Operator, Step, Unary};
use crate::expression::expressions::binary::is_comparison;
use crate::expression::types::{erased, underlying};

/// An operand in a local.
struct Kept {
    local: LocalId,
    /// The type of the value, without `?`.
    inner: Ty,
    /// Whether it may be null. If not, the local holds the value itself, not a `T?`.
    may_be_null: bool,
}

impl Kept {
    /// Whether it is null.
    fn is_null(&self) -> Code {
        if self.may_be_null { is_null(self.read(Repr::Ref)) } else { build::bool_const(false) }
    }

    fn read(&self, repr: Repr) -> Code {
        Code::new(ExprKind::Local(self.local), repr)
    }

    /// The value, where it is not null.
    fn value(&self) -> Code {
        let repr = repr_of(self.inner);
        if !self.may_be_null || repr == Repr::Ref {
            return self.read(repr);
        }
        build::runtime("Unbox", vec![build::type_const(erased(self.inner)), self.read(Repr::Ref)], repr)
    }
}

impl Writer<'_, '_, '_> {
    fn kept(&mut self, operand: &Expr, stmts: &mut Vec<Stmt>) -> Kept {
        let inner = underlying(operand.ty);
        // A `T` that was made a `T?` for the operator is kept as it is.
        let (value, may_be_null) = match &operand.kind {
            Kind::Convert(value, Step::Wrap) => (self.expr(value), false),
            _ => (self.expr(operand), operand.ty.nullable_inner().is_some()),
        };
        let local = self.fresh(value.repr);
        let repr = value.repr;
        stmts.push(Stmt::Expr(Code::new(ExprKind::Set(local, Box::new(value)), repr)));
        Kept { local, inner, may_be_null }
    }

    /// An operation on one `T?`.
    pub fn lifted_unary(&mut self, unary: &Unary, ty: Ty) -> Code {
        let mut stmts = Vec::new();
        let operand = self.kept(&unary.operand, &mut stmts);
        let inner = underlying(ty);
        let value = self.unary_on(unary, operand.value(), inner);
        let value = build::boxed(erased(inner), value);
        let choice = if_else(operand.is_null(), build::null(), value, Repr::Ref);
        sequence(stmts, choice)
    }

    /// An operation on two operands of which one may be null.
    pub fn lifted_binary(&mut self, binary: &Binary, ty: Ty) -> Code {
        let mut stmts = Vec::new();
        let left = self.kept(&binary.left, &mut stmts);
        let right = self.kept(&binary.right, &mut stmts);
        let value = match binary.op {
            BinaryOp::Equal | BinaryOp::NotEqual => self.lifted_equality(binary, &left, &right, ty),
            _ if is_comparison(binary.op) => {
                let compared = self.binary_on(binary, left.value(), right.value(), ty);
                if_else(either_null(&left, &right), build::bool_const(false), compared, Repr::I32)
            }
            BinaryOp::BitAnd | BinaryOp::BitOr if matches!(binary.operator, Operator::Bool) => {
                three_valued(binary.op, &left, &right, underlying(ty))
            }
            _ => {
                let inner = underlying(ty);
                let computed = self.binary_on(binary, left.value(), right.value(), inner);
                let computed = build::boxed(erased(inner), computed);
                if_else(either_null(&left, &right), build::null(), computed, Repr::Ref)
            }
        };
        sequence(stmts, value)
    }

    /// `==` and `!=`: null equals null and nothing else.
    fn lifted_equality(&mut self, binary: &Binary, left: &Kept, right: &Kept, ty: Ty) -> Code {
        let is_equal = binary.op == BinaryOp::Equal;
        let compared = self.binary_on(binary, left.value(), right.value(), ty);
        let truth = |value: Code| if is_equal { value } else { not(value) };
        match (left.may_be_null, right.may_be_null) {
            (false, false) => compared,
            (true, false) => if_else(left.is_null(), build::bool_const(!is_equal), compared, Repr::I32),
            (false, true) => if_else(right.is_null(), build::bool_const(!is_equal), compared, Repr::I32),
            (true, true) => {
                let one_null = if_else(right.is_null(), build::bool_const(!is_equal), compared, Repr::I32);
                if_else(left.is_null(), truth(right.is_null()), one_null, Repr::I32)
            }
        }
    }
}

fn either_null(left: &Kept, right: &Kept) -> Code {
    match (left.may_be_null, right.may_be_null) {
        (true, false) => left.is_null(),
        (false, true) => right.is_null(),
        _ => Code::new(ExprKind::Or(Box::new(left.is_null()), Box::new(right.is_null())), Repr::I32),
    }
}

/// `&` and `|` of `bool?`: a `false` decides `&` and a `true` decides `|`, whatever the other is.
fn three_valued(op: BinaryOp, left: &Kept, right: &Kept, inner: Ty) -> Code {
    let decides = |kept: &Kept| {
        let holds = if op == BinaryOp::BitOr { kept.value() } else { not(kept.value()) };
        Code::new(ExprKind::And(Box::new(not(kept.is_null())), Box::new(holds)), Repr::I32)
    };
    let truth = |value: bool| build::boxed(erased(inner), build::bool_const(value));
    let decided = Code::new(ExprKind::Or(Box::new(decides(left)), Box::new(decides(right))), Repr::I32);
    let is_or = op == BinaryOp::BitOr;
    let rest = if_else(either_null(left, right), build::null(), truth(!is_or), Repr::Ref);
    if_else(decided, truth(is_or), rest, Repr::Ref)
}
