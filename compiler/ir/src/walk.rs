//! Visits the expressions of a tree.

use crate::tree::{Expr, ExprKind, Stmt};

/// Calls `visit` with each direct part of an expression, in the order in which they are computed.
pub fn parts_mut(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    match &mut expr.kind {
        ExprKind::Const(_)
        | ExprKind::Local(_)
        | ExprKind::Address(_)
        | ExprKind::Context
        | ExprKind::Lambda(..)
        | ExprKind::Fail(_) => {}
        ExprKind::Set(_, a)
        | ExprKind::Unary(_, _, a)
        | ExprKind::Convert(_, _, _, a)
        | ExprKind::Field(a, _)
        | ExprKind::IsNull(a)
        | ExprKind::NotNull(a)
        | ExprKind::ArrayLength(a)
        | ExprKind::TextStartsWith(a, _)
        | ExprKind::TextLength(a)
        | ExprKind::Memo(_, a)
        | ExprKind::Throw(a) => visit(a),
        ExprKind::Binary(_, _, a, b)
        | ExprKind::And(a, b)
        | ExprKind::Or(a, b)
        | ExprKind::ArrayGet(_, a, b)
        | ExprKind::TextEq(a, b) => {
            visit(a);
            visit(b);
        }
        ExprKind::If(a, b, c) | ExprKind::ArraySet(_, a, b, c) => {
            visit(a);
            visit(b);
            visit(c);
        }
        ExprKind::Call(_, args)
        | ExprKind::CallFunction(_, _, args)
        | ExprKind::ArrayOf(_, args)
        | ExprKind::ArrayNew(_, args)
        | ExprKind::Anonymous(_, args)
        | ExprKind::Concat(args) => args.iter_mut().for_each(visit),
        ExprKind::Invoke(a, args) | ExprKind::ArrayPosition(a, args) => {
            visit(a);
            args.iter_mut().for_each(visit);
        }
        ExprKind::Sequence(stmts, value) => {
            expressions_mut(stmts, visit);
            visit(value);
        }
    }
}

/// Calls `visit` with each expression that stands directly in statements, those of nested statements included.
pub fn expressions_mut(stmts: &mut [Stmt], visit: &mut dyn FnMut(&mut Expr)) {
    for stmt in stmts {
        match stmt {
            Stmt::Expr(expr) | Stmt::Declare(_, Some(expr)) | Stmt::Return(Some(expr)) => visit(expr),
            Stmt::Declare(_, None) | Stmt::Return(None) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Rethrow => {}
            Stmt::If(condition, then, otherwise) => {
                visit(condition);
                expressions_mut(then, visit);
                expressions_mut(otherwise, visit);
            }
            Stmt::Loop(turns) => {
                turns.test.iter_mut().for_each(&mut *visit);
                expressions_mut(&mut turns.body, visit);
                expressions_mut(&mut turns.step, visit);
                turns.until.iter_mut().for_each(&mut *visit);
            }
            Stmt::Labelled(_, body) => expressions_mut(body, visit),
            Stmt::Try(guarded) => {
                expressions_mut(&mut guarded.body, visit);
                for catch in &mut guarded.catches {
                    catch.filter.iter_mut().for_each(&mut *visit);
                    expressions_mut(&mut catch.body, visit);
                }
                expressions_mut(&mut guarded.finally, visit);
            }
        }
    }
}
