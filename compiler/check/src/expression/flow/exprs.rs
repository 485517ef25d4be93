//! Expressions: what they read and assign, in the order in which they are evaluated.

use csharp::tree::{Passing, UnaryOp};
use dotnet::catalogue::signature;

use super::Flow;
use super::state::State;
use crate::expression::bound::{Argument, Arguments, Body, Expr, Kind, LocalFunctionId};
use crate::expression::constant::Constant;
use crate::expression::expressions::assign::is_tuple_element;

impl<'b> Flow<'b> {
    /// An expression whose value is used.
    pub fn expr(&mut self, expr: &'b Expr) {
        if !self.tracks {
            // Only what throws matters to where control goes.
            if let Kind::Throw(_) = expr.kind {
                self.state = State::unreachable();
            }
            return;
        }
        match &expr.kind {
            Kind::Variable(id) => {
                if expr.constant.is_none() {
                    self.read(*id, expr.span);
                }
            }
            Kind::Convert(inner, _)
            | Kind::IsNull(inner)
            | Kind::TypeTest(inner, _)
            | Kind::As(inner, _)
            | Kind::AnonymousMember(inner, _) => self.expr(inner),
            Kind::Unary(unary) => match unary.op {
                UnaryOp::Not if !unary.lifted => self.as_condition(expr),
                _ => self.expr(&unary.operand),
            },
            Kind::Binary(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
            }
            Kind::And(..) | Kind::Or(..) | Kind::Conditional(_) => self.as_condition(expr),
            Kind::Concat(parts) | Kind::ArrayOf(_, parts) | Kind::ArrayNew(_, parts) | Kind::Anonymous(parts) => {
                parts.iter().for_each(|part| self.expr(part));
            }
            Kind::Tuple(parts) => parts.iter().for_each(|(_, part)| self.expr(part)),
            Kind::Format(format) => self.expr(&format.value),
            Kind::Capture(id, value) => {
                self.expr(value);
                self.state.assign(*id);
            }
            Kind::Call(call) | Kind::New(call) => {
                call.receiver.iter().for_each(|receiver| self.expr(receiver));
                let passing = |index: usize| call.found.member.parameters.get(index).map(|parameter| parameter.passing);
                self.arguments(&call.arguments, &|index| passing(index) == Some(signature::Passing::Out));
            }
            Kind::LocalCall(id, arguments) => {
                let parameters = self.functions.get(id.index()).map(|function| function.parameters.as_slice());
                let outs: Vec<bool> =
                    parameters.unwrap_or(&[]).iter().map(|parameter| parameter.passing == Passing::Out).collect();
                self.arguments(arguments, &|index| outs.get(index) == Some(&true));
                self.call_local(*id, expr);
            }
            Kind::LocalDelegate(id) => self.call_local(*id, expr),
            Kind::Invoke(target, arguments) => {
                self.expr(target);
                self.arguments(arguments, &|_| false);
            }
            Kind::Property(property) => {
                property.receiver.iter().for_each(|receiver| self.expr(receiver));
                self.arguments(&property.arguments, &|_| false);
            }
            Kind::Element(array, indexes) => {
                self.expr(array);
                indexes.iter().for_each(|index| self.expr(index));
            }
            Kind::Delegate(delegate) => self.lambda(&delegate.body, &delegate.returns),
            Kind::MethodDelegate(delegate) => {
                delegate.receiver.iter().for_each(|(_, receiver)| self.expr(receiver));
            }
            Kind::Assign(target, value) => self.assignment(target, value),
            Kind::Let(id, value, body) => {
                self.expr(value);
                self.state.assign(*id);
                self.expr(body);
            }
            Kind::Effects(effects, value) => {
                effects.iter().for_each(|effect| self.expr(effect));
                self.expr(value);
            }
            Kind::Throw(value) => {
                self.expr(value);
                self.state = State::unreachable();
            }
            Kind::Error
            | Kind::Constant
            | Kind::Null
            | Kind::Default
            | Kind::Type
            | Kind::Namespace(_)
            | Kind::MethodGroup(_)
            | Kind::Lambda(_)
            | Kind::Declaration(_)
            | Kind::Discard
            | Kind::Context
            | Kind::TypeOf(_) => {}
        }
    }

    fn as_condition(&mut self, expr: &'b Expr) {
        let (then, otherwise) = self.condition(expr);
        self.state = then.joined(&otherwise);
    }

    /// What is known where a condition holds, and where it does not.
    pub fn condition(&mut self, expr: &'b Expr) -> (State, State) {
        if let Some(value) = expr.constant.as_ref().and_then(Constant::as_bool) {
            let state = self.state.clone();
            return if value { (state, State::unreachable()) } else { (State::unreachable(), state) };
        }
        match &expr.kind {
            Kind::And(left, right) => {
                let (then, otherwise) = self.condition(left);
                self.state = then;
                let (both, second) = self.condition(right);
                (both, otherwise.joined(&second))
            }
            Kind::Or(left, right) => {
                let (then, otherwise) = self.condition(left);
                self.state = otherwise;
                let (second, neither) = self.condition(right);
                (then.joined(&second), neither)
            }
            Kind::Unary(unary) if unary.op == UnaryOp::Not && !unary.lifted => {
                let (then, otherwise) = self.condition(&unary.operand);
                (otherwise, then)
            }
            Kind::Capture(..) => {
                self.expr(expr);
                (self.state.clone(), State::unreachable())
            }
            Kind::Let(id, value, body) => {
                self.expr(value);
                self.state.assign(*id);
                self.condition(body)
            }
            Kind::Effects(effects, value) => {
                effects.iter().for_each(|effect| self.expr(effect));
                if let Kind::Constant = value.kind {
                    // Known beforehand, but not to the language.
                    return (self.state.clone(), self.state.clone());
                }
                self.condition(value)
            }
            Kind::Conditional(parts) => {
                let (then, otherwise) = self.condition(&parts.0);
                self.state = then;
                let (a_true, a_false) = self.condition(&parts.1);
                self.state = otherwise;
                let (b_true, b_false) = self.condition(&parts.2);
                (a_true.joined(&b_true), a_false.joined(&b_false))
            }
            _ => {
                self.expr(expr);
                (self.state.clone(), self.state.clone())
            }
        }
    }

    fn assignment(&mut self, target: &'b Expr, value: &'b Expr) {
        match &target.kind {
            Kind::Variable(id) => {
                self.expr(value);
                self.state.assign(*id);
                return;
            }
            // An element of a tuple is assigned by making the tuple anew.
            Kind::Property(_) if is_tuple_element(target) => self.expr(target),
            Kind::Property(property) => {
                property.receiver.iter().for_each(|receiver| self.expr(receiver));
                self.arguments(&property.arguments, &|_| false);
            }
            _ => self.expr(target),
        }
        self.expr(value);
    }

    fn arguments(&mut self, arguments: &'b Arguments, is_out: &dyn Fn(usize) -> bool) {
        let in_order: Vec<usize> = match &arguments.order {
            Some(order) => order.clone(),
            None => (0..arguments.values.len()).collect(),
        };
        for index in &in_order {
            match arguments.values.get(*index) {
                Some(Argument::Value(value)) => self.expr(value),
                Some(Argument::Params(_, values)) => values.iter().for_each(|value| self.expr(value)),
                Some(Argument::Reference(target)) => match &target.kind {
                    Kind::Variable(_) if is_out(*index) => {}
                    _ => self.expr(target),
                },
                None => {}
            }
        }
        for index in in_order {
            if let Some(Argument::Reference(target)) = arguments.values.get(index)
                && let Kind::Variable(id) = target.kind
            {
                self.state.assign(id);
            }
        }
    }

    fn call_local(&mut self, id: LocalFunctionId, expr: &'b Expr) {
        let effects = self.effects_of(id);
        for need in &effects.needs {
            self.read(*need, expr.span);
        }
        if matches!(expr.kind, Kind::LocalCall(..)) {
            for given in &effects.gives {
                self.state.assign(*given);
            }
        }
    }

    /// The code of a lambda, which may run at any later time: what it assigns does not count behind it.
    fn lambda(&mut self, body: &'b Body, returns: &'b [Expr]) {
        let before = self.state.clone();
        let exits = std::mem::take(&mut self.exits);
        self.frames.push(body.frame);
        self.lambda_returns.push(returns);
        self.block(&body.block.stmts);
        self.lambda_returns.pop();
        self.frames.pop();
        self.exits = exits;
        self.state = before;
    }
}
