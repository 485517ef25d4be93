//! Declarations of variables and constants.

use csharp::span::Span;
use csharp::tree::{Declarator, ExprKind, List, LocalKind, TypeId, TypeKind};
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Kind, Stmt, StmtKind, VariableKind};
use crate::expression::constant::Constant;
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::describe::shown;
use crate::expression::expressions::pattern::NOT_CONSTANT;
use crate::expression::expressions::tuple::NO_INFERRED_TYPE;
use crate::expression::rules::rules;
use crate::expression::types::{BOOL, NONE, Numeric, STRING, UNKNOWN, VOID, is_reference};

rules! {
    /// `var` declares several variables at once.
    SEVERAL_VAR: "several-var", Error, "`var` declares one variable", ["CS0819"];
    /// A constant of a type that has none.
    CONSTANT_TYPE: "constant-type", Error, "there are no constants of this type", ["CS0283", "CS0134"];
}

impl Binder<'_> {
    /// `T a = 1, b;`
    pub fn local(
        &mut self,
        kind: LocalKind,
        ty: TypeId,
        declarators: List<Declarator>,
        span: Span,
        stmts: &mut Vec<Stmt>,
    ) {
        let is_var = matches!(self.tree.ty(ty).kind, TypeKind::Var);
        let declared = if is_var { UNKNOWN } else { self.ty(ty) };
        if declared == VOID {
            self.report_void_type(self.tree.ty(ty).span);
        }
        if kind == LocalKind::Ref {
            self.report(&NOT_SUPPORTED, span, "aliases of variables (`ref`) are not supported");
        }
        let list: Vec<Declarator> = self.tree.list(declarators).to_vec();
        if is_var && list.len() > 1 {
            self.refuse(&SEVERAL_VAR, "CS0819", span, "`var` declares one variable");
        }
        for declarator in list {
            let stmt = match kind {
                LocalKind::Const => self.constant_local(declared, is_var, declarator),
                _ if is_var => self.inferred_local(ty, declarator),
                _ => self.typed_local(if declared == VOID { UNKNOWN } else { declared }, declarator),
            };
            stmts.push(stmt);
        }
    }

    fn typed_local(&mut self, ty: Ty, declarator: Declarator) -> Stmt {
        let id = self.declare(declarator.name, ty, VariableKind::Local);
        let value = declarator.value.map(|value| self.initial_value(value, ty));
        Stmt { kind: StmtKind::Declare(id, value), span: declarator.span }
    }

    fn inferred_local(&mut self, written: TypeId, declarator: Declarator) -> Stmt {
        let span = declarator.span;
        let Some(value) = declarator.value else {
            if !declarator.name.is_missing() {
                let help = "give it a value, or write its type";
                self.refuse(&NO_INFERRED_TYPE, "CS0818", span, "`var` takes the type of its value, and there is none")
                    .help(help);
            }
            let id = self.declare(declarator.name, UNKNOWN, VariableKind::Local);
            return Stmt { kind: StmtKind::Declare(id, None), span };
        };
        let node = *self.tree.expr(value);
        if let ExprKind::Initializer(elements) = node.kind {
            self.array_initializer(elements, UNKNOWN, node.span);
            let help = "write `new[] { … }`";
            self.refuse(&NO_INFERRED_TYPE, "CS0820", node.span, "`var` takes no type from `{ … }`").help(help);
            let id = self.declare(declarator.name, UNKNOWN, VariableKind::Local);
            return Stmt { kind: StmtKind::Declare(id, None), span };
        }
        let value = self.value(value);
        let value = self.natural(value);
        let value = self.with_type(value);
        let ty = value.ty;
        self.note_type(written, ty);
        let id = self.declare(declarator.name, ty, VariableKind::Local);
        Stmt { kind: StmtKind::Declare(id, Some(value)), span }
    }

    /// A value that tells the type of a variable; reports one that does not.
    pub fn with_type(&mut self, value: Expr) -> Expr {
        if value.ty != NONE && value.ty != VOID {
            return value;
        }
        let span = value.span;
        let shown = shown(&value);
        let before = self.sink.errors;
        if !matches!(value.kind, Kind::Lambda(_)) {
            self.settle_expr(value);
        }
        if self.sink.errors == before {
            let message = format!("the variable takes no type from {shown}");
            self.refuse(&NO_INFERRED_TYPE, "CS0815", span, message).help("write its type");
        }
        Expr::error(span)
    }

    fn constant_local(&mut self, ty: Ty, is_var: bool, declarator: Declarator) -> Stmt {
        let span = declarator.span;
        let mut constant = None;
        let mut ty = ty;
        if let Some(value) = declarator.value {
            let value = self.value(value);
            if is_var {
                self.refuse(&NO_INFERRED_TYPE, "CS0822", span, "a constant needs its type written");
                ty = value.ty;
            }
            let value = self.convert(value, ty);
            let is_value = value.ty != UNKNOWN && !matches!(value.kind, Kind::Error | Kind::Default);
            if value.constant.is_none() && is_value {
                let help = "leave out `const`";
                self.refuse(&NOT_CONSTANT, "CS0133", value.span, "the value of a constant is a constant").help(help);
            }
            let kind_of_null = value.constant == Some(Constant::Null);
            let takes_constants = Numeric::of(ty).is_some() || ty == BOOL || ty == STRING || ty.is_enum();
            if !takes_constants && ty != UNKNOWN && ty != NONE && !kind_of_null {
                let is_reference = is_reference(ty);
                let code = if is_reference { "CS0134" } else { "CS0283" };
                let message = match is_reference {
                    true => format!("the only constant of type `{ty}` is `null`"),
                    false => format!("there are no constants of type `{ty}`"),
                };
                self.refuse(&CONSTANT_TYPE, code, span, message).help("leave out `const`");
            }
            constant = value.constant;
        }
        self.declare(declarator.name, ty, VariableKind::Const(constant));
        Stmt { kind: StmtKind::Empty, span }
    }
}
