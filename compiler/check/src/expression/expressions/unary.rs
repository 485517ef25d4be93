//! Operators with one operand.

use csharp::span::Span;
use csharp::tree::{BinaryOp, ExprId, ExprKind, Literal, Passing, UnaryOp};
use dotnet::catalogue::signature::operator_name;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Kind, Operator, Step, Unary};
use crate::expression::constant::Constant;
use crate::expression::convert::step;
use crate::expression::describe::shown;
use crate::expression::resolution::{Callee, Candidate, Given};
use crate::expression::rules::rules;
use crate::expression::tables::lookup;
use crate::expression::types::{BOOL, DECIMAL, INT, NONE, Numeric, OBJECT, UNKNOWN, VOID, nullable, underlying};

use super::literal;

rules! {
    /// The operator does not take the operand.
    NO_UNARY_OPERATOR: "no-unary-operator", Error, "the operator does not take this operand", ["CS0023"];
}

impl Binder<'_> {
    /// `op operand`
    pub fn unary(&mut self, op: UnaryOp, operand: ExprId, span: Span) -> Expr {
        match op {
            UnaryOp::PreIncrement | UnaryOp::PreDecrement | UnaryOp::PostIncrement | UnaryOp::PostDecrement => {
                return self.increment(op, operand, span);
            }
            UnaryOp::Await => {
                self.value(operand);
                self.refuse(&super::AWAIT, "CS4033", span, "expressions never wait: `await` is not supported");
                return Expr::error(span);
            }
            UnaryOp::Minus => {
                let node = *self.tree.expr(operand);
                if let ExprKind::Literal(Literal::Integer) = node.kind
                    && let Some(constant) = literal::negated_integer(self.tree.slice(node.span), span)
                {
                    return constant;
                }
            }
            _ => {}
        }
        let operand = self.value(operand);
        self.apply_unary(op, operand, span)
    }

    fn apply_unary(&mut self, op: UnaryOp, operand: Expr, span: Span) -> Expr {
        let operand = self.natural(operand);
        if operand.ty == UNKNOWN {
            let ty = if op == UnaryOp::Not { BOOL } else { UNKNOWN };
            return Expr::new(Kind::Error, ty, span);
        }
        if operand.ty == NONE || operand.ty == VOID {
            return self.no_unary(op, operand, span);
        }
        if let Some(found) = self.user_unary(op, &operand, span) {
            return found;
        }
        let ty = underlying(operand.ty);
        let target = match (op, Numeric::of(ty)) {
            (UnaryOp::Not, _) if ty == BOOL => BOOL,
            (UnaryOp::Complement, _) if ty.is_enum() => ty,
            (UnaryOp::Plus, Some(kind)) => kind.max(Numeric::Int).ty(),
            // The negative of a `uint` is a `long`; a `ulong` has none.
            (UnaryOp::Minus, Some(Numeric::UInt)) => Numeric::Long.ty(),
            (UnaryOp::Minus, Some(kind)) if kind != Numeric::ULong => kind.max(Numeric::Int).ty(),
            (UnaryOp::Complement, Some(kind)) if kind.is_integral() => kind.max(Numeric::Int).ty(),
            _ => return self.no_unary(op, operand, span),
        };
        let lifted = operand.ty.nullable_inner().is_some();
        let wanted = if lifted { nullable(target) } else { target };
        let mut operand = self.convert(operand, wanted);
        if op == UnaryOp::Plus {
            operand.span = span;
            return operand;
        }
        if let Some(constant) = operand.constant.clone().filter(|_| !lifted) {
            match self.unary_constant(op, &constant, target) {
                Ok(value) => return Expr::constant(value, target, span),
                Err(fault) => return self.constant_fault(fault, target, span),
            }
        }
        let operator = match Numeric::of(target) {
            Some(kind) => Operator::Numeric(kind),
            None if target.is_enum() => Operator::Enum,
            None => Operator::Bool,
        };
        let checked = self.is_checked();
        let unary = Unary { op, operator, operand, lifted, checked };
        Expr::new(Kind::Unary(Box::new(unary)), wanted, span)
    }

    fn unary_constant(
        &self,
        op: UnaryOp,
        constant: &Constant,
        ty: Ty,
    ) -> Result<Constant, crate::expression::constant::Fault> {
        let kind = Numeric::of(ty).unwrap_or(Numeric::Int);
        match (op, constant) {
            (UnaryOp::Minus, constant) => constant.negated(kind, self.is_constant_checked()),
            (UnaryOp::Not, Constant::Bool(value)) => Ok(Constant::Bool(!value)),
            (_, Constant::Int(value)) => Constant::Int(!value).converted(kind, false),
            (_, other) => Ok(other.clone()),
        }
    }

    fn user_unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> Option<Expr> {
        let name = operator_name(op.text(), 1)?;
        let ty = underlying(operand.ty);
        if Numeric::of(ty).is_some() || ty == BOOL || ty == OBJECT || ty.is_enum() {
            return None;
        }
        let candidates: Vec<Candidate> =
            lookup::operators(ty, name).into_iter().map(|found| Candidate::member(found, false)).collect();
        if candidates.is_empty() {
            return None;
        }
        let lifted = operand.ty.nullable_inner().is_some();
        let of_value =
            Given { value: Expr { ty, constant: None, ..operand.clone() }, name: None, passing: Passing::Value };
        let applied = self.resolve(candidates, std::slice::from_ref(&of_value), &[]).ok()?;
        let Callee::Member(found) = applied.candidate.callee else { return None };
        let result = if lifted { nullable(applied.candidate.returns) } else { applied.candidate.returns };
        let operand = if lifted {
            operand.clone()
        } else {
            let conversion = applied.conversions.into_iter().next()?;
            self.apply(operand.clone(), conversion, applied.types.first().copied()?)
        };
        let unary = Unary { op, operator: Operator::Member(found), operand, lifted, checked: false };
        Some(Expr::new(Kind::Unary(Box::new(unary)), result, span))
    }

    fn no_unary(&mut self, op: UnaryOp, operand: Expr, span: Span) -> Expr {
        let ty = if op == UnaryOp::Not { BOOL } else { UNKNOWN };
        let shown = shown(&operand);
        let castable = op == UnaryOp::Not && operand.ty == OBJECT;
        let place = operand.span;
        let text = self.tree.slice(place).to_owned();
        let is_unknown = operand.ty == UNKNOWN;
        self.settle_expr(operand);
        if is_unknown {
            return Expr::new(Kind::Error, ty, span);
        }
        let message = format!("the operator `{}` does not take {shown}", op.text());
        let finding = self.refuse(&NO_UNARY_OPERATOR, "CS0023", span, message);
        if castable {
            finding.help("cast it: `!(bool)…`");
            finding.fix("Cast to `bool`", place, format!("(bool){text}"));
        }
        Expr::new(Kind::Error, ty, span)
    }

    /// `x++`, `--x` …
    fn increment(&mut self, op: UnaryOp, operand: ExprId, span: Span) -> Expr {
        let target = self.value(operand);
        if target.ty == UNKNOWN {
            return Expr::error(span);
        }
        let Some(target) = self.assignable(target, Some("CS1059")) else { return Expr::error(span) };
        let ty = target.ty;
        let is_up = matches!(op, UnaryOp::PreIncrement | UnaryOp::PostIncrement);
        let is_prefix = matches!(op, UnaryOp::PreIncrement | UnaryOp::PreDecrement);
        let number = underlying(ty);
        if Numeric::of(number).is_none() && !number.is_enum() {
            let target = Expr { span, ..target };
            return self.no_unary(op, target, span);
        }
        let (hoisted, target) = self.hoisted(target);
        let (old, read) = self.temporary_for(&target);
        let value = self.next_value(read.clone(), is_up, span);
        let value = Expr { span, ..value };
        let assign = |value: Expr| Expr::new(Kind::Assign(Box::new(target.clone()), Box::new(value)), ty, span);
        let whole = if is_prefix {
            let whole = assign(value);
            Expr::new(Kind::Let(old, Box::new(target.clone()), Box::new(whole)), ty, span)
        } else {
            let effects = Expr::new(Kind::Effects(vec![assign(value)], Box::new(read)), ty, span);
            Expr::new(Kind::Let(old, Box::new(target.clone()), Box::new(effects)), ty, span)
        };
        wrapped(hoisted, whole)
    }

    /// The number after or before this one, of the same type.
    fn next_value(&mut self, value: Expr, is_up: bool, span: Span) -> Expr {
        let ty = value.ty;
        let op = if is_up { BinaryOp::Add } else { BinaryOp::Subtract };
        let inner = underlying(ty);
        if ty.nullable_inner().is_some() {
            return self.lift(value, ty, |binder, value| {
                let next = binder.next_value(value, is_up, span);
                step(next, Step::Wrap, ty)
            });
        }
        let one = match Numeric::of(inner) {
            Some(Numeric::Decimal) => Expr::constant(Constant::Decimal(dotnet::format::Decimal::ONE), DECIMAL, span),
            _ => Expr::constant(Constant::Int(1), INT, span),
        };
        let sum = self.operate(op, value, one, span);
        if sum.ty == ty { sum } else { self.cast(sum, ty, span) }
    }
}

/// An expression with temporaries around it, the first outermost.
pub fn wrapped(hoisted: Vec<(crate::expression::bound::VariableId, Expr)>, inner: Expr) -> Expr {
    hoisted.into_iter().rev().fold(inner, |inner, (id, value)| {
        let (ty, span) = (inner.ty, inner.span);
        Expr::new(Kind::Let(id, Box::new(value), Box::new(inner)), ty, span)
    })
}
