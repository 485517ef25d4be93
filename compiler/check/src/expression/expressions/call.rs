//! Calls and indexers.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{self, ExprId, ExprKind, List, Passing};
use dotnet::catalogue::signature;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Call, Expr, Kind, LocalFunctionId, MethodGroup, Property, Receiver};
use crate::expression::constant::Constant;
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::describe::shown;
use crate::expression::resolution::explain::{CallKind, Called};
use crate::expression::resolution::{Applied, Callee, Candidate, Failure, Formal, Given, Misfit};
use crate::expression::rules::rules;
use crate::expression::semantics::Symbol;
use crate::expression::tables::lookup::{self, Found};
use crate::expression::tables::{self, Default};
use crate::expression::types::{INT, LONG, NONE, STRING, UINT, ULONG, UNKNOWN, VOID, is_delegate};

use super::member::NEEDS_TYPE;

rules! {
    /// Something is called that is no method.
    NOT_CALLABLE: "not-callable", Error, "this cannot be called", ["CS1955", "CS0149"];
    /// Something is indexed that has no indexer.
    NOT_INDEXABLE: "not-indexable", Error, "this has no indexer", ["CS0021"];
    /// An array is indexed by another number of values than it has dimensions.
    INDEX_COUNT: "index-count", Error, "the array has another number of dimensions", ["CS0022"];
    /// `ref` or `out` with something that is no variable.
    NOT_A_VARIABLE: "not-a-variable", Error, "`ref` and `out` take variables", ["CS1510", "CS0206"];
}

impl Binder<'_> {
    /// `callee(arguments)`
    pub fn call(&mut self, id: ExprId, callee: ExprId, arguments: List<tree::Argument>) -> Expr {
        let span = self.tree.expr(id).span;
        if let ExprKind::Name(name) = self.tree.expr(callee).kind
            && self.text(name.ident) == "nameof"
            && name.type_args.is_empty()
            && self.scope.find("nameof").is_none()
        {
            return self.name_of(arguments, span);
        }
        let target = self.callee(callee);
        let given = self.given(arguments);
        match target.kind {
            Kind::MethodGroup(group) => self.call_group(*group, given, CallKind::Method, span),
            Kind::Type if target.ty == UNKNOWN => {
                self.settle(given);
                Expr::error(span)
            }
            Kind::Type => {
                self.settle(given);
                let message = format!("`{}` is a type: `new {}(…)` makes a value of it", target.ty, target.ty);
                let finding = self.refuse(&super::NOT_A_VALUE, "CS0119", target.span, message);
                finding.fix("Add `new`", Span::empty(target.span.start), "new ");
                Expr::error(span)
            }
            Kind::Namespace(_) => {
                self.settle(given);
                self.report_no_value(&target);
                Expr::error(span)
            }
            _ if target.ty == UNKNOWN => {
                self.settle(given);
                Expr::error(span)
            }
            _ if is_delegate(target.ty) => self.invoke(target, given, span),
            Kind::Property(property) => {
                self.settle(given);
                let message = format!("`{}` is a property, not a method", property.name);
                let finding = self.refuse(&NOT_CALLABLE, "CS1955", target.span, message);
                let end = Span::new(target.span.end, span.end);
                finding.fix("Remove the parentheses", end, "");
                Expr::error(span)
            }
            _ => {
                self.settle(given);
                let message = format!("{} cannot be called", shown(&target));
                self.refuse(&NOT_CALLABLE, "CS0149", target.span, message);
                Expr::error(span)
            }
        }
    }

    /// What is called: a name or member that is looked up as something to call.
    fn callee(&mut self, id: ExprId) -> Expr {
        let node = *self.tree.expr(id);
        let bound = match node.kind {
            ExprKind::Name(name) => self.name(id, name, true),
            ExprKind::Member { target, name, conditional } => self.member(id, target, name, conditional, true),
            _ => return self.expr(id),
        };
        self.spend(node.span);
        bound
    }

    /// Arguments as they are written.
    pub fn given(&mut self, arguments: List<tree::Argument>) -> Vec<Given> {
        let list = self.arguments(arguments);
        list.iter()
            .map(|argument| {
                let value = match argument.passing {
                    Passing::Out | Passing::Ref => self.by_reference(argument),
                    _ => self.value(argument.value),
                };
                let name = argument.name.map(|name| (Rc::from(self.text(name).as_ref()), name.span));
                Given { value, name, passing: argument.passing }
            })
            .collect()
    }

    /// The variable behind `ref` or `out`.
    fn by_reference(&mut self, argument: &tree::Argument) -> Expr {
        let node = *self.tree.expr(argument.value);
        if let ExprKind::Name(name) = node.kind
            && argument.passing == Passing::Out
            && self.text(name.ident) == "_"
            && self.scope.find("_").is_none()
        {
            return Expr::new(Kind::Discard, NONE, node.span);
        }
        let value = self.value(argument.value);
        match &value.kind {
            Kind::Variable(id) => {
                let id = *id;
                self.check_assignable(id, value.span);
                value
            }
            Kind::Element(..) | Kind::Declaration(_) | Kind::Discard | Kind::Error => value,
            Kind::Property(property) => {
                let message = format!("`{}` is a property: `ref` and `out` take variables", property.name);
                self.refuse(&NOT_A_VARIABLE, "CS0206", value.span, message);
                Expr::error(value.span)
            }
            _ if value.ty == UNKNOWN => value,
            _ => {
                self.refuse(&NOT_A_VARIABLE, "CS1510", value.span, "`ref` and `out` take variables");
                Expr::error(value.span)
            }
        }
    }

    /// The call of a method of a group.
    pub fn call_group(&mut self, group: MethodGroup, given: Vec<Given>, kind: CallKind, span: Span) -> Expr {
        if let Some(local) = group.local {
            return self.call_local(local, &group, given, span);
        }
        let called = Called { name: &group.name.clone(), span: group.name_span, kind };
        let candidates: Vec<Candidate> = group.methods.iter().map(|found| Candidate::member(*found, false)).collect();
        let has_own = !candidates.is_empty();
        let own = if has_own {
            self.resolve(candidates, &given, &group.type_args)
        } else {
            Err(Failure::Misfits(Vec::new()))
        };
        let own = match own {
            Ok(applied) => return self.called(applied, given, &group, span),
            Err(failure) => failure,
        };
        // Extension methods count where no method of the type fits.
        let receiver = match &group.receiver {
            Receiver::Value(value) | Receiver::Either(value) => Some(value.clone()),
            _ => None,
        };
        let extensions = if receiver.is_some() { self.extension_candidates(&group.name) } else { Vec::new() };
        let Some(receiver) = receiver.filter(|_| !extensions.is_empty() && !matches!(own, Failure::Ambiguous(_)))
        else {
            return self.uncalled(own, given, &called, span);
        };
        if receiver.ty == UNKNOWN {
            self.settle(given);
            return Expr::error(span);
        }
        let mut with_receiver = Vec::with_capacity(given.len() + 1);
        with_receiver.push(Given { value: receiver, name: None, passing: Passing::Value });
        with_receiver.extend(given);
        match self.resolve(extensions, &with_receiver, &group.type_args) {
            Ok(applied) => self.called(applied, with_receiver, &group, span),
            Err(failure) => {
                let is_own_nearer = has_own && is_nearer(&own, &failure);
                let failure = if is_own_nearer { own } else { failure };
                let kind = if kind == CallKind::Method && !is_own_nearer { CallKind::Extension } else { kind };
                let given = if is_own_nearer { with_receiver.split_off(1) } else { with_receiver };
                let called = Called { kind, ..called };
                self.uncalled(failure, given, &called, span)
            }
        }
    }

    /// The call that nothing fits: reported; its type is known if all that may be meant give the same.
    fn uncalled(&mut self, failure: Failure, given: Vec<Given>, called: &Called<'_>, span: Span) -> Expr {
        let ty = match &failure {
            Failure::Misfits(misfits) => common_result(misfits.iter().map(|(candidate, _)| candidate)),
            Failure::Ambiguous(applicable) => common_result(applicable.iter().map(|applied| &applied.candidate)),
            Failure::Silent => UNKNOWN,
        };
        self.explain(failure, given, called);
        Expr::new(Kind::Error, ty, span)
    }

    /// The extension methods of a name.
    pub fn extension_candidates(&mut self, name: &str) -> Vec<Candidate> {
        let members = lookup::extensions(name).iter();
        members.map(|member| Candidate::member(Found { owner: own_type(member), member }, true)).collect()
    }

    /// The call of a method that was chosen.
    fn called(&mut self, applied: Applied, given: Vec<Given>, group: &MethodGroup, span: Span) -> Expr {
        let Callee::Member(found) = applied.candidate.callee else { return Expr::error(span) };
        let returns = applied.returns();
        if let Some(id) = group.syntax {
            self.note(id, UNKNOWN, Some(Symbol::Member(found.owner, found.member.def)));
            self.check_allowed(found.member.declaring_type(), found.member.name, group.name_span);
        }
        let is_extension = applied.candidate.is_extension;
        let receiver = match (&group.receiver, found.member.is_static) {
            _ if is_extension => None,
            (Receiver::Value(_), true) => {
                let message = format!("`{}` belongs to the type `{}`, not to its values", group.name, found.owner);
                let help = format!("write `{}.{}(…)`", found.owner, group.name);
                self.refuse(&NEEDS_TYPE, "CS0176", group.name_span, message).help(help);
                self.settle(given);
                return Expr::new(Kind::Error, returns, span);
            }
            (_, true) => None,
            (Receiver::Value(value) | Receiver::Either(value), false) => Some(self.as_receiver(value.clone(), found)),
            (_, false) => {
                let message = format!("`{}` belongs to values of type `{}`, not to the type", group.name, found.owner);
                self.refuse_without_value(found.owner, &group.name, group.name_span, message);
                self.settle(given);
                return Expr::new(Kind::Error, returns, span);
            }
        };
        let arguments = self.converted(&applied, given);
        if is_delegate(found.owner) && found.member.name == "Invoke" {
            let Some(receiver) = receiver else { return Expr::error(span) };
            return Expr::new(Kind::Invoke(Box::new(receiver), arguments), returns, span);
        }
        let call = Call { found, type_args: applied.type_args, receiver, arguments };
        Expr::new(Kind::Call(Box::new(call)), returns, span)
    }

    /// The call of a value that is a delegate.
    fn invoke(&mut self, target: Expr, given: Vec<Given>, span: Span) -> Expr {
        let Some(invoke) = tables::invoke(target.ty) else { return Expr::error(span) };
        let found = Found { owner: target.ty, member: invoke.member };
        let candidate = Candidate::member(found, false);
        let shown = target.ty.to_string();
        let called = Called { name: &shown, span: target.span, kind: CallKind::Delegate };
        self.check_allowed(target.ty.def.name, "Invoke", target.span);
        match self.resolve(vec![candidate], &given, &[]) {
            Ok(applied) => {
                let arguments = self.converted(&applied, given);
                Expr::new(Kind::Invoke(Box::new(target), arguments), invoke.returns, span)
            }
            Err(failure) => {
                self.explain(failure, given, &called);
                Expr::new(Kind::Error, invoke.returns, span)
            }
        }
    }

    /// A local function as something that can be called.
    pub fn local_candidate(&self, id: LocalFunctionId) -> Option<Candidate> {
        let function = self.function(id)?;
        let parameters = function.parameters.iter().map(|parameter| Formal {
            name: Rc::clone(&parameter.name),
            ty: parameter.ty,
            passing: match parameter.passing {
                Passing::Out => signature::Passing::Out,
                Passing::Ref => signature::Passing::Ref,
                Passing::Params => signature::Passing::Params,
                _ => signature::Passing::Value,
            },
            default: parameter.default.clone().map(Default::Constant),
        });
        Some(Candidate {
            callee: Callee::Local(id),
            parameters: parameters.collect(),
            returns: function.returns,
            arity: 0,
            is_extension: false,
        })
    }

    fn call_local(&mut self, local: LocalFunctionId, group: &MethodGroup, given: Vec<Given>, span: Span) -> Expr {
        let Some(candidate) = self.local_candidate(local) else { return Expr::error(span) };
        let returns = candidate.returns;
        let called = Called { name: &group.name, span: group.name_span, kind: CallKind::Method };
        match self.resolve(vec![candidate], &given, &group.type_args) {
            Ok(applied) => {
                let arguments = self.converted(&applied, given);
                Expr::new(Kind::LocalCall(local, arguments), returns, span)
            }
            Err(failure) => {
                self.explain(failure, given, &called);
                Expr::new(Kind::Error, returns, span)
            }
        }
    }

    /// `nameof(x.y)`: the last name.
    fn name_of(&mut self, arguments: List<tree::Argument>, span: Span) -> Expr {
        let list = self.arguments(arguments);
        let [argument] = list else {
            self.refuse(
                &crate::expression::resolution::explain::ARGUMENT_COUNT,
                "CS0103",
                span,
                "`nameof` takes one name",
            );
            return Expr::error(span);
        };
        let outer = std::mem::replace(&mut self.naming, true);
        let bound = self.expr(argument.value);
        self.naming = outer;
        let ident = match self.tree.expr(argument.value).kind {
            ExprKind::Name(name) | ExprKind::Member { name, .. } | ExprKind::Alias { name, .. } => name.ident,
            _ => {
                if bound.ty != UNKNOWN {
                    self.report(&NOT_SUPPORTED, argument.span, "`nameof` takes a name").code = Some("CS8081");
                }
                return Expr::error(span);
            }
        };
        if bound.ty == UNKNOWN && matches!(bound.kind, Kind::Error) {
            return Expr::new(Kind::Error, STRING, span);
        }
        let text = self.text(ident).into_owned();
        Expr::constant(Constant::text(text.as_bytes()), STRING, span)
    }

    /// `target[arguments]`
    pub fn index(&mut self, id: ExprId, target: ExprId, arguments: List<tree::Argument>, conditional: bool) -> Expr {
        let span = self.tree.expr(id).span;
        let target = self.indexed_target(target, conditional);
        let given = self.given(arguments);
        if target.ty == UNKNOWN {
            self.settle(given);
            return Expr::error(span);
        }
        if let Some((element, rank)) = target.ty.array_parts() {
            return self.element(target, given, element, rank, span);
        }
        self.indexer(id, target, given, span)
    }

    fn element(&mut self, array: Expr, given: Vec<Given>, element: Ty, rank: u8, span: Span) -> Expr {
        if given.len() != usize::from(rank) {
            let message = format!("`{}` has {rank} dimensions, and this gives {}", array.ty, given.len());
            self.refuse(&INDEX_COUNT, "CS0022", span, message);
            return Expr::new(Kind::Error, element, span);
        }
        let indexes = given.into_iter().map(|argument| self.array_index(argument.value)).collect();
        Expr::new(Kind::Element(Box::new(array), indexes), element, span)
    }

    /// The position in an array: the first of the four types that the value converts to.
    pub fn array_index(&mut self, value: Expr) -> Expr {
        if matches!(value.kind, Kind::Lambda(_) | Kind::MethodGroup(_)) || value.ty == NONE {
            return self.convert(value, INT);
        }
        let ty = [INT, UINT, LONG, ULONG].into_iter().find(|ty| self.implicit_from(&value, *ty).is_some());
        self.convert(value, ty.unwrap_or(INT))
    }

    /// An indexer of a value with arguments.
    pub fn indexer(&mut self, id: ExprId, target: Expr, given: Vec<Given>, span: Span) -> Expr {
        let (reads, writes) = lookup::indexers(target.ty);
        if reads.is_empty() && writes.is_empty() {
            self.settle(given);
            let shown = match &target.kind {
                Kind::MethodGroup(group) => format!("`{}` is a method: call it to index what it gives", group.name),
                _ if target.ty == NONE || target.ty == VOID => String::from("this has no indexer"),
                _ => format!("a `{}` has no indexer", target.ty),
            };
            let is_object = target.ty == crate::expression::types::OBJECT;
            let finding = self.refuse(&NOT_INDEXABLE, "CS0021", span, shown);
            if is_object {
                finding.help("cast to the type that the value has, for example `((JObject)…)[\"name\"]`");
            }
            return Expr::error(span);
        }
        let of = |found: &[Found]| found.iter().map(|found| Candidate::member(*found, false)).collect::<Vec<_>>();
        let is_read = !reads.is_empty();
        let candidates = if is_read { of(&reads) } else { of(&writes) };
        let shown = target.ty.to_string();
        let called = Called { name: &shown, span, kind: CallKind::Indexer };
        match self.resolve(candidates, &given, &[]) {
            Ok(applied) => {
                let Callee::Member(found) = applied.candidate.callee else { return Expr::error(span) };
                let (getter, setter) = match is_read {
                    true => (Some(found), writes.iter().copied().find(|setter| takes_as(found, *setter))),
                    false => (None, Some(found)),
                };
                let ty = found.filled(found.member.returns);
                self.note(id, ty, Some(Symbol::Member(found.owner, found.member.def)));
                self.check_allowed(found.member.declaring_type(), "Item", span);
                let arguments = self.converted(&applied, given);
                let receiver = Some(self.as_receiver(target, found));
                let property = Property { name: "this".into(), getter, setter, receiver, arguments };
                Expr::new(Kind::Property(Box::new(property)), ty, span)
            }
            Err(failure) => {
                let found = reads.first().or(writes.first());
                let ty = found.map_or(UNKNOWN, |found| found.filled(found.member.returns));
                self.explain(failure, given, &called);
                Expr::new(Kind::Error, ty, span)
            }
        }
    }
}

/// The type that declares a member, over its own parameters.
fn own_type(member: &'static tables::Member) -> Ty {
    member.owner.plain.unwrap_or(UNKNOWN)
}

/// Whether a setter takes what a getter takes.
fn takes_as(getter: Found, setter: Found) -> bool {
    let (read, written) = (&getter.member.parameters, &setter.member.parameters);
    let same = |(a, b): (&tables::Parameter, &tables::Parameter)| getter.filled(a.ty) == setter.filled(b.ty);
    written.len() == read.len() && read.iter().zip(written).all(same)
}

/// Whether a method of the type came nearer than the extension methods did.
fn is_nearer(own: &Failure, extension: &Failure) -> bool {
    let best = |failure: &Failure| match failure {
        Failure::Misfits(misfits) => misfits
            .iter()
            .map(|(_, misfit)| match misfit {
                Misfit::Argument(..) | Misfit::Passing(..) => 0,
                Misfit::Inference => 1,
                Misfit::Name(_) => 2,
                Misfit::Receiver => 3,
                Misfit::TypeArguments => 4,
                Misfit::Count => 5,
            })
            .min()
            .unwrap_or(9),
        _ => 0,
    };
    best(own) <= best(extension)
}

/// What all candidates give, if it is the same and known.
fn common_result<'c>(mut candidates: impl Iterator<Item = &'c Candidate>) -> Ty {
    let Some(first) = candidates.next() else { return UNKNOWN };
    let ty = first.returns;
    if ty.is_open() || candidates.any(|other| other.returns != ty) { UNKNOWN } else { ty }
}
