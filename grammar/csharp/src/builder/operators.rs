//! Lists of operators: the grammar reads `a + b * c` flat, here the precedences are applied.

use super::Builder;
use crate::span::Span;
use crate::tree::{BinaryOp, ExprId, ExprKind, Ident, Pattern, TypeId};

/// An operator with what stands at its right.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rest {
    Operator(Operator, ExprId),
    /// `is T`, `is T name`, and where it ends.
    Is(Pattern, u32),
    /// `as T`, and where it ends.
    As(TypeId, u32),
}

/// An operator that waits for its right operand to be complete.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operator {
    /// None where there is none that C# 7 knows.
    Binary(Option<BinaryOp>),
    IsConstant,
}

/// Operands and operators of the list in hand. Empty between lists.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    operands: Vec<ExprId>,
    operators: Vec<Operator>,
}

impl Rest {
    fn binding(&self) -> u8 {
        match self {
            Self::Operator(operator, _) => operator.binding(),
            Self::Is(..) | Self::As(..) => Operator::IsConstant.binding(),
        }
    }
}

impl Operator {
    /// How tightly it binds; equal ones bind to the left.
    fn binding(self) -> u8 {
        match self {
            Self::IsConstant => 8,
            Self::Binary(None) => 0,
            Self::Binary(Some(op)) => match op {
                BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => 11,
                BinaryOp::Add | BinaryOp::Subtract => 10,
                BinaryOp::ShiftLeft | BinaryOp::ShiftRight => 9,
                BinaryOp::Less | BinaryOp::Greater | BinaryOp::LessOrEqual | BinaryOp::GreaterOrEqual => 8,
                BinaryOp::Equal | BinaryOp::NotEqual => 7,
                BinaryOp::BitAnd => 6,
                BinaryOp::BitXor => 5,
                BinaryOp::BitOr => 4,
                BinaryOp::And => 3,
                BinaryOp::Or => 2,
                BinaryOp::Coalesce => 1,
            },
        }
    }
}

impl Builder {
    pub(crate) fn operator(&mut self, op: Option<BinaryOp>, right: ExprId) {
        self.rests.push(Rest::Operator(Operator::Binary(op), right));
    }

    pub(crate) fn is_constant(&mut self, right: ExprId) {
        self.rests.push(Rest::Operator(Operator::IsConstant, right));
    }

    pub(crate) fn is_type(&mut self, ty: TypeId, name: Option<Ident>, end: u32) {
        let pattern = match name {
            Some(name) => Pattern::Declaration { ty: self.declared(ty), name },
            None => Pattern::Type(ty),
        };
        self.rests.push(Rest::Is(pattern, end));
    }

    pub(crate) fn as_type(&mut self, ty: TypeId, end: u32) {
        self.rests.push(Rest::As(ty, end));
    }

    /// The tree of `first` and the `count` operators behind it.
    pub(crate) fn binary(&mut self, first: ExprId, count: u32) -> ExprId {
        let from = self.rests.len().saturating_sub(count as usize);
        self.scratch.operands.push(first);
        for index in from..self.rests.len() {
            let Some(rest) = self.rests.get(index).copied() else { continue };
            let binding = rest.binding();
            while self.scratch.operators.last().is_some_and(|before| before.binding() >= binding) {
                self.apply();
            }
            match rest {
                Rest::Operator(operator, right) => {
                    self.scratch.operators.push(operator);
                    self.scratch.operands.push(right);
                }
                Rest::Is(pattern, end) => self.test(end, |value| ExprKind::Is { value, pattern }),
                Rest::As(ty, end) => self.test(end, |value| ExprKind::As { value, ty }),
            }
        }
        self.rests.truncate(from);
        while !self.scratch.operators.is_empty() {
            self.apply();
        }
        self.scratch.operands.pop().unwrap_or(first)
    }

    /// Replaces the last operand by a test of it that ends at `end`.
    fn test(&mut self, end: u32, kind: impl FnOnce(ExprId) -> ExprKind) {
        let Some(value) = self.scratch.operands.pop() else { return };
        let span = Span::new(self.tree.expr(value).span.start, end);
        let id = self.expr(span, kind(value));
        self.scratch.operands.push(id);
    }

    /// Joins the last two operands by the last operator.
    fn apply(&mut self) {
        let (Some(operator), Some(right)) = (self.scratch.operators.pop(), self.scratch.operands.pop()) else { return };
        let Some(left) = self.scratch.operands.pop() else { return };
        let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
        let kind = match operator {
            Operator::Binary(Some(op)) => ExprKind::Binary { op, left, right },
            Operator::IsConstant => ExprKind::Is { value: left, pattern: Pattern::Constant(right) },
            Operator::Binary(None) => {
                self.push(left);
                self.push(right);
                ExprKind::Broken(self.close(2))
            }
        };
        let id = self.expr(span, kind);
        self.scratch.operands.push(id);
    }
}
