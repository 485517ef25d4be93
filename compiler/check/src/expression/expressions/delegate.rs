//! Methods as delegates: `xs.Select(int.Parse)`.

use csharp::span::Span;
use csharp::tree::Passing;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, FrameId, Kind, MethodDelegate, MethodGroup, Receiver, VariableId};
use crate::expression::conversion::{self, Conversion};
use crate::expression::convert::NO_CONVERSION;
use crate::expression::resolution::{Applied, Callee, Candidate, Given};
use crate::expression::rules::rules;
use crate::expression::semantics::Symbol;
use crate::expression::tables::{self, Invoke};
use crate::expression::types::{VOID, is_delegate, is_reference, same};

rules! {
    /// No method of the name takes and gives what the delegate does.
    METHOD_SIGNATURE: "method-signature", Error, "no method of this name fits the delegate", ["CS0123", "CS0407"];
}

impl Binder<'_> {
    /// Whether a method of the group becomes a delegate of this type.
    pub fn group_fits(&mut self, group: &MethodGroup, to: Ty) -> bool {
        self.chosen_method(group, to).is_some()
    }

    /// The method of a group that takes and gives what a delegate does.
    fn chosen_method(&mut self, group: &MethodGroup, to: Ty) -> Option<(Applied, Invoke)> {
        let (applied, invoke) = self.taking(group, to)?;
        let direct = |conversion: &Conversion| matches!(conversion, Conversion::Identity | Conversion::Reference);
        if applied.expanded || !applied.conversions.iter().all(direct) {
            return None;
        }
        let (from, wanted) = (applied.returns(), invoke.returns);
        let fits = same(from, wanted)
            || from != VOID
                && wanted != VOID
                && is_reference(from)
                && is_reference(wanted)
                && conversion::derives(from, wanted);
        fits.then_some((applied, invoke))
    }

    /// Whether a method of the group takes what a delegate takes, whatever it gives.
    fn takes_what(&mut self, group: &MethodGroup, to: Ty) -> bool {
        self.taking(group, to).is_some()
    }

    /// The method of a group that takes what a delegate takes.
    fn taking(&mut self, group: &MethodGroup, to: Ty) -> Option<(Applied, Invoke)> {
        let invoke = tables::invoke(to)?;
        let given: Vec<Given> = invoke
            .parameters
            .iter()
            .map(|(ty, _)| Given {
                value: Expr::new(Kind::Error, *ty, group.name_span),
                name: None,
                passing: Passing::Value,
            })
            .collect();
        let candidates: Vec<Candidate> = self.candidates_of(group, &given);
        self.resolve(candidates, &given, &group.type_args).ok().map(|applied| (applied, invoke))
    }

    /// The delegate that a method becomes.
    pub fn method_delegate(&mut self, group: MethodGroup, to: Ty, span: Span) -> Expr {
        let Some((applied, invoke)) = self.chosen_method(&group, to) else { return Expr::new(Kind::Error, to, span) };
        if let (Some(local), true) = (group.local, fits_exactly(&applied, &invoke)) {
            return Expr::new(Kind::LocalDelegate(local), to, span);
        }
        let frame = self.next_frame();
        let parameters: Vec<VariableId> =
            invoke.parameters.iter().map(|(ty, _)| self.parameter_of(*ty, frame)).collect();
        let mut given: Vec<Given> = Vec::new();
        let mut receiver = None;
        let mut group = group;
        if let Receiver::Value(value) | Receiver::Either(value) = &group.receiver {
            let is_static = applied.candidate.found().is_some_and(|found| found.member.is_static);
            if !is_static || applied.candidate.is_extension {
                let value = value.clone();
                let (temporary, read) = self.temporary_for(&value);
                receiver = Some((temporary, value));
                group.receiver = Receiver::Value(read);
            }
        }
        for (id, (ty, _)) in parameters.iter().zip(&invoke.parameters) {
            given.push(Given { value: Expr::variable(*id, *ty, span), name: None, passing: Passing::Value });
        }
        let call = self.call_of(&applied, &group, given, span);
        let call = if invoke.returns == VOID { call } else { self.convert(call, invoke.returns) };
        let delegate = MethodDelegate { call, parameters, receiver, frame, result: invoke.returns };
        Expr::new(Kind::MethodDelegate(Box::new(delegate)), to, span)
    }

    /// The call of a method that was chosen for a delegate.
    fn call_of(&mut self, applied: &Applied, group: &MethodGroup, given: Vec<Given>, span: Span) -> Expr {
        let returns = applied.returns();
        if let Callee::Local(local) = applied.candidate.callee {
            let arguments = self.converted(applied, given);
            return Expr::new(Kind::LocalCall(local, arguments), returns, span);
        }
        let Some(found) = applied.candidate.found() else { return Expr::error(span) };
        if let Some(id) = group.syntax {
            let symbol = Symbol::Member(found.owner, found.member.def);
            self.note(id, crate::expression::types::UNKNOWN, Some(symbol));
            self.check_allowed(found.member.declaring_type(), found.member.name, group.name_span);
        }
        let mut arguments = self.converted(applied, given);
        let receiver = match &group.receiver {
            Receiver::Value(value) if applied.candidate.is_extension => {
                let first = found.member.parameters.first().map(|parameter| found.filled(parameter.ty));
                let value = match first {
                    Some(ty) => self.convert(value.clone(), ty.substitute(&[], &applied.type_args)),
                    None => value.clone(),
                };
                arguments.values.insert(0, crate::expression::bound::Argument::Value(value));
                None
            }
            Receiver::Value(value) | Receiver::Either(value) if !found.member.is_static => {
                Some(self.as_receiver(value.clone(), found))
            }
            _ => None,
        };
        let call = crate::expression::bound::Call { found, type_args: applied.type_args.clone(), receiver, arguments };
        Expr::new(Kind::Call(Box::new(call)), returns, span)
    }

    fn parameter_of(&mut self, ty: Ty, frame: FrameId) -> VariableId {
        let outer = std::mem::replace(&mut self.frame.id, frame);
        let id = self.temporary(ty);
        self.frame.id = outer;
        id
    }

    /// Tells why no method of a group becomes a value of this type.
    pub fn report_group(&mut self, group: &MethodGroup, to: Ty, span: Span) {
        let name = &group.name;
        if !is_delegate(to) {
            let message = format!("`{name}` is a method, and `{to}` is no delegate");
            let finding = self.refuse(&NO_CONVERSION, "CS0428", span, message);
            finding.help(format!("call it: `{name}(…)`"));
            finding.fix("Call it", Span::empty(span.end), "()");
            return;
        }
        let message = format!("no method `{name}` takes and gives what `{to}` does");
        let code = if self.takes_what(group, to) { "CS0407" } else { "CS0123" };
        self.refuse(&METHOD_SIGNATURE, code, span, message);
    }
}

fn fits_exactly(applied: &Applied, invoke: &Invoke) -> bool {
    same(applied.returns(), invoke.returns)
        && applied.types.iter().zip(&invoke.parameters).all(|(a, (b, _))| same(*a, *b))
        && applied.types.len() == applied.candidate.parameters.len()
}
