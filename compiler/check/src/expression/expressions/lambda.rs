//! Lambdas and anonymous methods: bound for the types of their parameters, converted to delegates.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{ExprId, ExprKind, LambdaBody, List, Parameter, Passing, TypeKind};
use dotnet::catalogue::signature;
use dotnet::ty::Ty;

use crate::expression::binder::{Binder, Frame, FrameKind};
use crate::expression::bound::{
    Block, Body, Delegate, Expr, FrameId, Kind, Lambda, Stmt, StmtKind, VariableId, VariableKind,
};
use crate::expression::convert::{NO_CONVERSION, NOT_SUPPORTED};
use crate::expression::flow;
use crate::expression::rules::rules;
use crate::expression::scope::{Entry, Scope};
use crate::expression::tables;
use crate::expression::types::{NONE, UNKNOWN, VOID, is_delegate, same};

rules! {
    /// A lambda has other parameters than the delegate it becomes.
    LAMBDA_PARAMETERS: "lambda-parameters", Error, "the lambda has other parameters", ["CS1593", "CS1661", "CS1678"];
    /// A path through a lambda's block gives no value.
    LAMBDA_RETURN: "lambda-return", Error, "a path through the lambda gives no value", ["CS1643"];
    /// What a lambda computes cannot be dropped.
    LAMBDA_VALUE: "lambda-value", Error, "the lambda's value is of no use here", ["CS0201", "CS8030"];
}

impl Binder<'_> {
    /// A lambda, which waits for the types of its parameters.
    pub fn lambda_expr(
        &mut self,
        id: ExprId,
        parameters: List<Parameter>,
        _: LambdaBody,
        is_open: bool,
        is_async: bool,
    ) -> Expr {
        let span = self.tree.expr(id).span;
        if is_async {
            self.refuse(&super::AWAIT, "CS4033", span, "expressions never wait: `async` is not supported");
        }
        let list = self.parameters(parameters);
        let written = list.iter().all(|parameter| parameter.ty.is_some());
        let explicit = (written && !list.is_empty()).then(|| {
            list.iter()
                .map(|parameter| (parameter.ty.map_or(UNKNOWN, |ty| self.ty(ty)), parameter.passing))
                .collect::<Vec<_>>()
        });
        if explicit.as_ref().is_some_and(|types| types.iter().any(|(_, passing)| *passing != Passing::Value)) {
            self.report(&NOT_SUPPORTED, span, "lambdas with `ref` and `out` parameters are not supported");
        }
        let lambda = Lambda {
            span,
            syntax: Some(id),
            scope: Rc::clone(&self.scope),
            parameters: (!is_open).then_some(list.len()),
            explicit,
            checked: self.is_checked(),
            bindings: std::cell::RefCell::default(),
            clause: None,
        };
        Expr::new(Kind::Lambda(Rc::new(lambda)), NONE, span)
    }

    /// What a lambda means under these types of its parameters. None if it takes another number.
    pub fn bind_lambda(&mut self, lambda: &Rc<Lambda>, inputs: &[Ty]) -> Option<Rc<Body>> {
        if lambda.parameters.is_some_and(|count| count != inputs.len()) {
            return None;
        }
        let types: Vec<Ty> = match &lambda.explicit {
            Some(explicit) => explicit.iter().map(|(ty, _)| *ty).collect(),
            None => inputs.to_vec(),
        };
        let known = lambda.bindings.borrow().iter().find(|(known, _)| *known == types).map(|(_, body)| Rc::clone(body));
        if let Some(body) = known {
            return Some(body);
        }
        let body = Rc::new(self.bind_lambda_body(lambda, &types));
        lambda.bindings.borrow_mut().push((types, Rc::clone(&body)));
        Some(body)
    }

    fn bind_lambda_body(&mut self, lambda: &Rc<Lambda>, types: &[Ty]) -> Body {
        let span = lambda.span;
        let id = self.next_frame();
        let checked = if lambda.checked { Some(true) } else { None };
        let outer_frame = std::mem::replace(&mut self.frame, Frame::new(id, FrameKind::Lambda, checked));
        let outer_sink = std::mem::take(&mut self.sink);
        let outer_chain = std::mem::take(&mut self.chain);
        let scope = Scope::function(Some(&lambda.scope));
        let outer_scope = std::mem::replace(&mut self.scope, Rc::clone(&scope));

        let (parameters, stmts, is_expression) = match &lambda.clause {
            Some(clause) => self.clause_body(clause, types),
            None => self.written_body(lambda, types),
        };
        let mut variables = scope.take_variables();
        variables.retain(|variable| !parameters.contains(variable));

        self.note_scope(&scope, span);
        self.scope = outer_scope;
        self.chain = outer_chain;
        let sink = std::mem::replace(&mut self.sink, outer_sink);
        let frame = std::mem::replace(&mut self.frame, outer_frame);
        let end_reachable = flow::end_of(&stmts);
        Body {
            frame: id,
            parameters,
            block: Block { variables, stmts },
            returns: frame.returns,
            returns_nothing: frame.returns_nothing,
            is_expression,
            end_reachable,
            sink: std::cell::RefCell::new(sink),
            span,
        }
    }

    /// Parameters and statements of a lambda as it is written.
    fn written_body(&mut self, lambda: &Lambda, types: &[Ty]) -> (Vec<VariableId>, Vec<Stmt>, bool) {
        let kind = lambda.syntax.map(|id| self.tree.expr(id).kind);
        let Some(ExprKind::Lambda { parameters, body, .. }) = kind else {
            return (Vec::new(), Vec::new(), false);
        };
        let list = self.parameters(parameters);
        let parameters = if lambda.parameters.is_none() {
            types.iter().map(|ty| self.temporary(*ty)).collect()
        } else {
            self.declare_parameters(list, types)
        };
        match body {
            LambdaBody::Expr(value) => {
                let value = self.value(value);
                let span = value.span;
                self.frame.returns.push(value);
                (parameters, vec![Stmt { kind: StmtKind::Return(Some(0)), span }], true)
            }
            LambdaBody::Block(block) => {
                let stmt = self.stmt(block);
                (parameters, vec![stmt], false)
            }
        }
    }

    fn declare_parameters(&mut self, list: &[Parameter], types: &[Ty]) -> Vec<VariableId> {
        let mut declared = Vec::with_capacity(list.len());
        for (index, parameter) in list.iter().enumerate() {
            let ty = types.get(index).copied().unwrap_or(UNKNOWN);
            let name = self.text(parameter.name).into_owned();
            let twice = list.iter().take(index).any(|other| self.text(other.name) == name);
            if twice && !parameter.name.is_missing() {
                let message = format!("two parameters are called `{name}`");
                self.refuse(&crate::expression::binder::DUPLICATE_NAME, "CS0100", parameter.name.span, message);
                declared.push(self.temporary(ty));
                continue;
            }
            if let Some(written) = parameter.ty
                && matches!(self.tree.ty(written).kind, TypeKind::Missing)
            {
                declared.push(self.temporary(ty));
                continue;
            }
            declared.push(self.declare(parameter.name, ty, VariableKind::Parameter(Passing::Value)));
        }
        declared
    }

    /// Whether a lambda becomes a delegate of this type.
    pub fn lambda_fits(&mut self, lambda: &Rc<Lambda>, to: Ty) -> bool {
        let Some(invoke) = tables::invoke(to) else { return false };
        let inputs: Vec<Ty> = invoke.parameters.iter().map(|(ty, _)| *ty).collect();
        let by_reference = invoke
            .parameters
            .iter()
            .any(|(_, passing)| matches!(passing, signature::Passing::Out | signature::Passing::Ref));
        if by_reference || !parameters_fit(lambda, &inputs) {
            return false;
        }
        let Some(body) = self.bind_lambda(lambda, &inputs) else { return false };
        if body.sink.borrow().has_errors() {
            return false;
        }
        self.result_fits(&body, invoke.returns)
    }

    fn result_fits(&mut self, body: &Body, result: Ty) -> bool {
        if result == VOID {
            return if body.is_expression {
                body.returns.first().is_none_or(is_effect)
            } else {
                body.returns.is_empty()
            };
        }
        !body.returns_nothing
            && !body.end_reachable
            && body.returns.iter().all(|value| self.implicit_from(value, result).is_some())
    }

    /// A lambda, a method or `throw` as a value of a type that it was found to fit.
    pub fn function_value(&mut self, expr: Expr, to: Ty) -> Expr {
        let span = expr.span;
        match expr.kind {
            Kind::Lambda(lambda) => self.delegate(&lambda, to, span),
            Kind::MethodGroup(group) => self.method_delegate(*group, to, span),
            Kind::Throw(value) => Expr::new(Kind::Throw(value), to, span),
            _ => Expr::new(Kind::Error, to, span),
        }
    }

    /// The delegate that a lambda becomes.
    pub fn delegate(&mut self, lambda: &Rc<Lambda>, to: Ty, span: Span) -> Expr {
        let Some(invoke) = tables::invoke(to) else { return Expr::new(Kind::Error, to, span) };
        let inputs: Vec<Ty> = invoke.parameters.iter().map(|(ty, _)| *ty).collect();
        let Some(body) = self.bind_lambda(lambda, &inputs) else { return Expr::new(Kind::Error, to, span) };
        self.adopt(&body);
        let drops_value = invoke.returns == VOID;
        // What the conversions need of variables belongs to the lambda.
        let outer = std::mem::replace(&mut self.frame.id, body.frame);
        let returns: Vec<Expr> = body
            .returns
            .iter()
            .map(|value| if drops_value { value.clone() } else { self.convert(value.clone(), invoke.returns) })
            .collect();
        self.frame.id = outer;
        let delegate = Delegate { body, returns, result: invoke.returns };
        Expr::new(Kind::Delegate(Box::new(delegate)), to, span)
    }

    /// Tells why a lambda does not become a delegate of this type.
    pub fn report_lambda(&mut self, lambda: &Rc<Lambda>, to: Ty, span: Span) {
        let Some(invoke) = tables::invoke(to).filter(|_| is_delegate(to)) else {
            self.settle_expr(Expr::new(Kind::Lambda(Rc::clone(lambda)), NONE, span));
            let message = format!("a lambda does not convert to `{to}`, which is no delegate");
            self.refuse(&NO_CONVERSION, "CS1660", span, message);
            return;
        };
        let inputs: Vec<Ty> = invoke.parameters.iter().map(|(ty, _)| *ty).collect();
        if lambda.parameters.is_some_and(|count| count != inputs.len()) {
            self.settle_expr(Expr::new(Kind::Lambda(Rc::clone(lambda)), NONE, span));
            let count = lambda.parameters.unwrap_or(0);
            let message = format!("the lambda has {count} parameters, and `{to}` takes {}", inputs.len());
            self.refuse(&LAMBDA_PARAMETERS, "CS1593", span, message);
            return;
        }
        if !parameters_fit(lambda, &inputs) {
            self.settle_expr(Expr::new(Kind::Lambda(Rc::clone(lambda)), NONE, span));
            let message = format!("the lambda's parameters are of other types than those of `{to}`");
            self.refuse(&LAMBDA_PARAMETERS, "CS1678", span, message);
            return;
        }
        let Some(body) = self.bind_lambda(lambda, &inputs) else { return };
        self.adopt(&body);
        if self.sink.has_errors() && body.returns.iter().any(|value| value.ty == UNKNOWN) {
            return;
        }
        self.report_result(&body, invoke.returns, to);
    }

    fn report_result(&mut self, body: &Body, result: Ty, to: Ty) {
        if result == VOID {
            if let Some(value) = body.returns.first() {
                let code = if body.is_expression { "CS0201" } else { "CS8030" };
                let message = format!("`{to}` takes no value, and this computes one without an effect");
                self.refuse(&LAMBDA_VALUE, code, value.span, message);
            }
            return;
        }
        let mut all_fit = true;
        for value in &body.returns {
            if self.implicit_from(value, result).is_none() {
                all_fit = false;
                self.report_no_conversion(value, result);
            }
        }
        if all_fit && (body.end_reachable || body.returns_nothing) {
            let code = if body.returns_nothing { "CS0126" } else { "CS1643" };
            let message = format!("not every path through the lambda gives a `{result}`");
            self.refuse(&LAMBDA_RETURN, code, body.span, message);
        }
    }

    /// Declares a parameter that the compiler made, visible under a name that reads `read`.
    pub fn declare_range(&mut self, name: &Rc<str>, span: Span, read: Expr) {
        let ty = read.ty;
        let frame: FrameId = self.frame.id;
        let id = VariableId(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        let kind = VariableKind::Range(Box::new(read));
        self.variables.push(crate::expression::bound::Variable { name: Rc::clone(name), ty, kind, span, frame });
        self.scope.declare(Rc::clone(name), Entry::Variable(id));
    }
}

/// Whether the parameters that a lambda writes are those of a delegate.
fn parameters_fit(lambda: &Lambda, inputs: &[Ty]) -> bool {
    match (&lambda.explicit, lambda.parameters) {
        (Some(explicit), _) => {
            explicit.len() == inputs.len() && explicit.iter().zip(inputs).all(|((own, _), wanted)| same(*own, *wanted))
        }
        (None, Some(count)) => count == inputs.len(),
        (None, None) => true,
    }
}

/// Whether computing an expression makes sense where its value is dropped.
pub fn is_effect(value: &Expr) -> bool {
    match &value.kind {
        Kind::Call(_)
        | Kind::LocalCall(..)
        | Kind::Invoke(..)
        | Kind::New(_)
        | Kind::Assign(..)
        | Kind::Throw(_)
        | Kind::Effects(..)
        | Kind::Error => true,
        Kind::Let(_, _, inner) => match &inner.kind {
            // A chain with `?.`.
            Kind::Conditional(parts) if matches!(parts.0.kind, Kind::IsNull(_)) => is_effect(&parts.2),
            _ => is_effect(inner),
        },
        Kind::Convert(inner, _) => is_effect(inner),
        _ => value.ty == VOID || value.ty == UNKNOWN,
    }
}
