//! Local functions.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{self, FunctionBody, Ident, Parameter, Passing};
use dotnet::ty::Ty;

use crate::expression::binder::{Binder, Frame, FrameKind};
use crate::expression::bound::{
    Block, Body, Expr, LocalFunction, LocalFunctionId, LocalParameter, Stmt, StmtKind, VariableKind,
};
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::expressions::pattern::NOT_CONSTANT;
use crate::expression::flow;
use crate::expression::scope::{Entry, Scope};
use crate::expression::types::{UNKNOWN, VOID};

impl Binder<'_> {
    /// Makes a local function visible in its block, before its code is bound.
    pub fn declare_function(&mut self, id: tree::FunctionId) {
        let Some(function) = self.tree.function(id).copied() else { return };
        let name: Rc<str> = self.text(function.name).as_ref().into();
        let is_generic = !function.type_parameters.is_empty();
        if is_generic {
            let message = "local functions with type parameters are not supported";
            self.report(&NOT_SUPPORTED, function.name.span, message).help("write one for each type");
        }
        if function.is_async {
            self.refuse(
                &crate::expression::expressions::AWAIT,
                "CS4033",
                function.name.span,
                "expressions never wait: `async` is not supported",
            );
        }
        if function.returns_ref {
            self.report(&NOT_SUPPORTED, function.name.span, "aliases of variables (`ref`) are not supported");
        }
        let silent = is_generic;
        let returns = if silent { UNKNOWN } else { self.ty(function.return_type) };
        let list: Vec<Parameter> = self.tree.list(function.parameters).to_vec();
        let mut parameters = Vec::with_capacity(list.len());
        for parameter in list {
            let ty = match parameter.ty {
                Some(ty) if !silent => self.ty(ty),
                _ => UNKNOWN,
            };
            if ty == VOID {
                self.report_void_type(parameter.span);
            }
            if matches!(parameter.passing, Passing::Ref | Passing::In | Passing::Out) {
                self.report(
                    &NOT_SUPPORTED,
                    parameter.span,
                    "parameters by `ref`, `out` and `in` are not supported here",
                )
                .help("give the values back in a tuple, or assign a variable around the function");
            }
            let default = parameter.default.and_then(|value| {
                let value = self.value(value);
                let value = self.convert(value, ty);
                if value.constant.is_none() && value.ty != UNKNOWN && !value.ty.admits_null() {
                    self.refuse(&NOT_CONSTANT, "CS1736", value.span, "the default of a parameter is a constant");
                }
                value.constant
            });
            let name: Rc<str> = self.text(parameter.name).as_ref().into();
            let passing = if matches!(parameter.passing, Passing::In) { Passing::Value } else { parameter.passing };
            parameters.push(LocalParameter { name, ty, passing, default });
        }
        let slot = LocalFunctionId(u32::try_from(self.functions.len()).unwrap_or(u32::MAX));
        let span = function.name.span;
        self.functions.push(LocalFunction {
            name: Rc::clone(&name),
            span,
            parameters,
            returns,
            body: None,
            converted: Vec::new(),
        });
        if !function.name.is_missing() && self.check_name(&name, span, false) {
            self.scope.declaring().declare(name, Entry::Function(slot));
        }
        self.declared.push((id, slot));
    }

    /// Binds the code of a local function, where it stands.
    pub fn bind_function(&mut self, id: tree::FunctionId, span: Span) -> Stmt {
        let empty = Stmt { kind: StmtKind::Empty, span };
        let Some(function) = self.tree.function(id).copied() else { return empty };
        let slot = self.declared.iter().rev().find(|(known, _)| *known == id).map(|(_, slot)| *slot);
        let Some(slot) = slot else { return empty };
        let Some(declared) = self.function(slot).cloned() else { return empty };
        let returns = declared.returns;

        let frame = self.next_frame();
        let kind = FrameKind::Local(returns);
        let inner = Frame::new(frame, kind, self.frame.checked);
        let outer_frame = std::mem::replace(&mut self.frame, inner);
        let outer_chain = std::mem::take(&mut self.chain);
        let scope = Scope::function(Some(&self.scope));
        let outer_scope = std::mem::replace(&mut self.scope, Rc::clone(&scope));
        let names: Vec<Ident> = self.tree.list(function.parameters).iter().map(|parameter| parameter.name).collect();
        let mut parameters = Vec::with_capacity(names.len());
        for (index, (name, parameter)) in names.iter().zip(&declared.parameters).enumerate() {
            let twice = declared.parameters.iter().take(index).any(|other| other.name == parameter.name);
            if twice && !name.is_missing() {
                let message = format!("two parameters are called `{}`", parameter.name);
                self.refuse(&crate::expression::binder::DUPLICATE_NAME, "CS0100", name.span, message);
                parameters.push(self.temporary(parameter.ty));
                continue;
            }
            parameters.push(self.declare(*name, parameter.ty, VariableKind::Parameter(parameter.passing)));
        }
        let (stmts, is_expression) = match function.body {
            FunctionBody::Block(block) => (vec![self.stmt(block)], false),
            FunctionBody::Expr(value) => (self.expression_body(value, returns), returns != VOID),
        };
        let mut variables = scope.take_variables();
        variables.retain(|variable| !parameters.contains(variable));
        self.note_scope(&scope, span);
        self.scope = outer_scope;
        self.chain = outer_chain;
        // Converted while temporaries still belong to the function.
        let values = std::mem::take(&mut self.frame.returns);
        let converted = self.converted_returns(&values, returns);
        let frame_of = std::mem::replace(&mut self.frame, outer_frame);
        let end_reachable = flow::end_of(&stmts);
        let body = Body {
            frame,
            parameters,
            block: Block { variables, stmts },
            returns: values,
            returns_nothing: frame_of.returns_nothing,
            is_expression,
            end_reachable,
            sink: std::cell::RefCell::default(),
            span: function.name.span,
        };
        if let Some(place) = self.functions.get_mut(slot.index()) {
            place.body = Some(Rc::new(body));
            place.converted = converted;
        }
        Stmt { kind: StmtKind::LocalFunction(slot), span }
    }

    fn expression_body(&mut self, value: tree::ExprId, returns: Ty) -> Vec<Stmt> {
        let bound = self.value(value);
        let span = bound.span;
        let kind = if returns == VOID {
            if !crate::expression::expressions::lambda::is_effect(&bound) {
                let message = "the function gives nothing, and this computes a value without an effect";
                self.refuse(&crate::expression::expressions::lambda::LAMBDA_VALUE, "CS0201", span, message);
            }
            StmtKind::Expr(bound)
        } else {
            let index = self.frame.returns.len();
            self.frame.returns.push(bound);
            StmtKind::Return(Some(index))
        };
        vec![Stmt { kind, span }]
    }

    /// The values that a function returns, as values of its type.
    pub fn converted_returns(&mut self, returns: &[Expr], ty: Ty) -> Vec<Expr> {
        returns.iter().map(|value| self.convert(value.clone(), ty)).collect()
    }
}
