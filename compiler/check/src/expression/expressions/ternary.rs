//! `condition ? then : otherwise` and `left ?? right`.

use csharp::span::Span;
use csharp::tree::ExprId;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Kind};
use crate::expression::constant::Constant;
use crate::expression::conversion::Conversion;
use crate::expression::convert::unwrapped;
use crate::expression::describe::shown;
use crate::expression::rules::rules;
use crate::expression::types::{BOOL, NONE, UNKNOWN, VOID, same, underlying};

use super::binary::NO_OPERATOR;

rules! {
    /// The two values of `?:` have no common type.
    NO_COMMON_TYPE: "no-common-type", Error, "the values have no common type", ["CS0173", "CS0172"];
}

impl Binder<'_> {
    /// `condition ? then : otherwise`
    pub fn conditional(&mut self, condition: ExprId, then: ExprId, otherwise: ExprId, span: Span) -> Expr {
        let condition = self.condition(condition);
        let then = self.value(then);
        let otherwise = self.value(otherwise);
        let Some(ty) = self.common_type(&then, &otherwise, span) else {
            self.settle_expr(then);
            self.settle_expr(otherwise);
            return Expr::error(span);
        };
        let then = self.convert(then, ty);
        let otherwise = self.convert(otherwise, ty);
        let constant =
            match (condition.constant.as_ref().and_then(Constant::as_bool), &then.constant, &otherwise.constant) {
                (Some(true), Some(value), Some(_)) | (Some(false), Some(_), Some(value)) => Some(value.clone()),
                _ => None,
            };
        Expr { kind: Kind::Conditional(Box::new((condition, then, otherwise))), ty, span, constant }
    }

    /// The type of `?:`; reports two values without a common one.
    fn common_type(&mut self, then: &Expr, otherwise: &Expr, span: Span) -> Option<Ty> {
        if then.ty == UNKNOWN || otherwise.ty == UNKNOWN {
            return None;
        }
        let is_throw = |expr: &Expr| matches!(expr.kind, Kind::Throw(_));
        let typed = |expr: &Expr| expr.ty != NONE && expr.ty != VOID && !is_throw(expr);
        if typed(then) && typed(otherwise) {
            if same(then.ty, otherwise.ty) {
                return Some(then.ty);
            }
            let to_otherwise = self.implicit_from(then, otherwise.ty).is_some();
            let to_then = self.implicit_from(otherwise, then.ty).is_some();
            match (to_otherwise, to_then) {
                (true, false) => return Some(otherwise.ty),
                (false, true) => return Some(then.ty),
                // Constants fit both ways: the type that does not narrow counts.
                (true, true) if crate::expression::conversion::implicit(then.ty, otherwise.ty).is_some() => {
                    return Some(otherwise.ty);
                }
                (true, true) if crate::expression::conversion::implicit(otherwise.ty, then.ty).is_some() => {
                    return Some(then.ty);
                }
                _ => {}
            }
        } else if typed(then) && self.implicit_from(otherwise, then.ty).is_some() {
            return Some(then.ty);
        } else if typed(otherwise) && self.implicit_from(then, otherwise.ty).is_some() {
            return Some(otherwise.ty);
        }
        let message = format!("{} and {} have no common type", shown(then), shown(otherwise));
        let help = match (then.is_null_literal(), otherwise.is_null_literal()) {
            (true, false) if typed(otherwise) => format!("cast `null`: `({}?)null`", otherwise.ty),
            (false, true) if typed(then) => format!("cast `null`: `({}?)null`", then.ty),
            _ => String::from("cast one of them to the type that is meant"),
        };
        let before = self.sink.errors;
        self.settle_expr(then.clone());
        self.settle_expr(otherwise.clone());
        if self.sink.errors == before {
            self.refuse(&NO_COMMON_TYPE, "CS0173", span, message).help(help);
        }
        None
    }

    /// `left ?? right`
    pub fn coalesce(&mut self, left: ExprId, right: ExprId, span: Span) -> Expr {
        let left = self.value(left);
        let right = self.value(right);
        let left = self.natural(left);
        if left.ty == UNKNOWN || right.ty == UNKNOWN {
            self.settle_expr(right);
            return Expr::error(span);
        }
        if left.is_null_literal() {
            // Whatever `null ??` is good for, its value is the right one.
            return right;
        }
        let Some((ty, unwraps)) = self.coalesced_type(&left, &right) else {
            let before = self.sink.errors;
            self.settle_expr(right.clone());
            if self.sink.errors == before {
                let message = format!("no operator `??` takes {} and {}", shown(&left), shown(&right));
                let never_null = left.ty != NONE && left.ty != VOID && !left.ty.admits_null();
                let finding = self.refuse(&NO_OPERATOR, "CS0019", span, message);
                if never_null {
                    finding.help(format!("a `{}` is never null", left.ty));
                }
            }
            return Expr::error(span);
        };
        let (temporary, read) = self.temporary_for(&left);
        let value = if unwraps { unwrapped(read.clone()) } else { read.clone() };
        let value = self.convert(value, ty);
        let right = self.convert(right, ty);
        let test = Expr::new(Kind::IsNull(Box::new(read)), BOOL, span);
        let choice = Expr::new(Kind::Conditional(Box::new((test, right, value))), ty, span);
        Expr::new(Kind::Let(temporary, Box::new(left), Box::new(choice)), ty, span)
    }

    /// The type of `??`, and whether the left value loses its `?`.
    fn coalesced_type(&mut self, left: &Expr, right: &Expr) -> Option<(Ty, bool)> {
        if left.ty == NONE || left.ty == VOID || !left.ty.admits_null() {
            return None;
        }
        let inner = underlying(left.ty);
        let is_nullable = left.ty.nullable_inner().is_some();
        if is_nullable && self.implicit_from(right, inner).is_some() {
            return Some((inner, true));
        }
        if self.implicit_from(right, left.ty).is_some() {
            return Some((left.ty, false));
        }
        if right.ty == NONE || right.ty == VOID {
            return None;
        }
        let of_value = crate::expression::conversion::implicit(inner, right.ty);
        if is_nullable && of_value.is_some() {
            return Some((right.ty, true));
        }
        let whole: Option<Conversion> = self.implicit_from(left, right.ty);
        whole.map(|_| (right.ty, false))
    }
}
