//! Initialisers of objects and collections.

use csharp::span::Span;
use csharp::tree::{AssignOp, ExprId, ExprKind, List, Passing};
use dotnet::catalogue::signature::MemberKind;

use crate::expression::binder::Binder;
use crate::expression::bound::{Call, Expr, Kind};
use crate::expression::conversion;
use crate::expression::resolution::explain::{CallKind, Called};
use crate::expression::resolution::{Callee, Candidate, Given};
use crate::expression::rules::rules;
use crate::expression::tables::lookup::{self, Members};
use crate::expression::types::{UNKNOWN, named};

rules! {
    /// A collection initialiser for a type that is no collection.
    NOT_A_COLLECTION: "not-a-collection", Error, "the type is no collection", ["CS1922"];
}

impl Binder<'_> {
    /// An object with its initialiser: a temporary whose members are assigned and to which elements are added.
    pub fn initialized(&mut self, object: Expr, initializer: ExprId, span: Span) -> Expr {
        let ty = object.ty;
        let (temporary, read) = self.temporary_for(&object);
        let effects = self.initializer_effects(&read, initializer);
        if ty == UNKNOWN {
            return Expr::error(span);
        }
        let filled = Expr::new(Kind::Effects(effects, Box::new(read)), ty, span);
        Expr::new(Kind::Let(temporary, Box::new(object), Box::new(filled)), ty, span)
    }

    fn initializer_effects(&mut self, object: &Expr, initializer: ExprId) -> Vec<Expr> {
        let node = *self.tree.expr(initializer);
        let ExprKind::Initializer(elements) = node.kind else { return Vec::new() };
        let list: Vec<ExprId> = self.tree.list(elements).to_vec();
        let is_object = list.iter().any(|element| matches!(self.tree.expr(*element).kind, ExprKind::Assign { .. }));
        if is_object {
            return list.into_iter().filter_map(|element| self.member_effect(object, element)).collect();
        }
        if list.is_empty() {
            return Vec::new();
        }
        self.collection_effects(object, elements, node.span)
    }

    /// `Name = value`, `["key"] = value`, `Name = { … }`
    fn member_effect(&mut self, object: &Expr, element: ExprId) -> Option<Expr> {
        let node = *self.tree.expr(element);
        let ExprKind::Assign { op: AssignOp::Set, target, value } = node.kind else {
            let value = self.value(element);
            self.settle_expr(value);
            return None;
        };
        let place = self.initialized_member(object, target);
        let inner = *self.tree.expr(value);
        if let ExprKind::Initializer(_) = inner.kind {
            // The object that the member holds already is filled.
            let (temporary, read) = self.temporary_for(&place);
            let effects = self.initializer_effects(&read, value);
            if place.ty == UNKNOWN {
                return None;
            }
            let ty = place.ty;
            let filled = Expr::new(Kind::Effects(effects, Box::new(read)), ty, inner.span);
            return Some(Expr::new(Kind::Let(temporary, Box::new(place), Box::new(filled)), ty, node.span));
        }
        let is_unknown = place.ty == UNKNOWN;
        let ty = place.ty;
        let target = self.assignable(place, None);
        let value = self.value(value);
        let value = self.convert(value, ty);
        let target = target.filter(|_| !is_unknown)?;
        Some(Expr::new(Kind::Assign(Box::new(target), Box::new(value)), ty, node.span))
    }

    /// The member or element that an initialiser assigns.
    fn initialized_member(&mut self, object: &Expr, target: ExprId) -> Expr {
        let node = *self.tree.expr(target);
        match node.kind {
            ExprKind::Name(name) if !name.ident.is_missing() && object.ty != UNKNOWN => {
                let text = self.text(name.ident).into_owned();
                self.initialized_property(target, object, &text, node.span)
            }
            ExprKind::ElementName(arguments) => {
                let given = self.given(arguments);
                if object.ty == UNKNOWN {
                    self.settle(given);
                    return Expr::error(node.span);
                }
                self.indexer(target, object.clone(), given, node.span)
            }
            _ => Expr::error(node.span),
        }
    }

    fn initialized_property(&mut self, id: ExprId, object: &Expr, text: &str, span: Span) -> Expr {
        match lookup::members(object.ty, text) {
            Members::Value(getter, setter) => {
                let Some(found) = setter.or(getter) else { return Expr::error(span) };
                let ty = found.filled(found.member.returns);
                let symbol = crate::expression::semantics::Symbol::Member(found.owner, found.member.def);
                self.note(id, ty, Some(symbol));
                self.check_allowed(found.member.declaring_type(), found.member.name, span);
                let property = crate::expression::bound::Property {
                    name: found.member.name.into(),
                    getter,
                    setter,
                    receiver: Some(object.clone()),
                    arguments: crate::expression::bound::Arguments::default(),
                };
                Expr::new(Kind::Property(Box::new(property)), ty, span)
            }
            Members::Methods(_) => {
                let message = format!("`{text}` is a method and cannot be assigned");
                self.refuse(&super::assign::READ_ONLY_VARIABLE, "CS1913", span, message);
                Expr::error(span)
            }
            Members::None => {
                // An initialiser names members as if by the type.
                self.report_unknown_member(text, object.ty, false, span);
                if let Some(finding) = self.sink.findings.last_mut() {
                    finding.code = Some("CS0117");
                }
                Expr::error(span)
            }
        }
    }

    /// The calls of `Add` for the elements of a collection.
    fn collection_effects(&mut self, object: &Expr, elements: List<ExprId>, span: Span) -> Vec<Expr> {
        let list: Vec<ExprId> = self.tree.list(elements).to_vec();
        let is_sequence = object.ty == UNKNOWN
            || named("System.Collections.IEnumerable", &[])
                .is_some_and(|sequence| conversion::derives(object.ty, sequence));
        if !is_sequence {
            let message = format!("a `{}` is no collection, and takes no elements", object.ty);
            self.refuse(&NOT_A_COLLECTION, "CS1922", span, message);
        }
        let mut effects = Vec::new();
        for element in list {
            let node = *self.tree.expr(element);
            let values: Vec<ExprId> = match node.kind {
                ExprKind::Initializer(values) => self.tree.list(values).to_vec(),
                _ => vec![element],
            };
            let given: Vec<Given> = values
                .into_iter()
                .map(|value| Given { value: self.value(value), name: None, passing: Passing::Value })
                .collect();
            if !is_sequence || object.ty == UNKNOWN {
                self.settle(given);
                continue;
            }
            if let Some(call) = self.add_call(object, given, node.span) {
                effects.push(call);
            }
        }
        effects
    }

    fn add_call(&mut self, object: &Expr, given: Vec<Given>, span: Span) -> Option<Expr> {
        let methods = match lookup::members(object.ty, "Add") {
            Members::Methods(methods) => methods,
            _ => Vec::new(),
        };
        let candidates: Vec<Candidate> = methods
            .iter()
            .filter(|found| found.member.kind == MemberKind::Method && !found.member.is_static)
            .map(|found| Candidate::member(*found, false))
            .collect();
        if candidates.is_empty() {
            self.settle(given);
            let message = format!("a `{}` has no method `Add` to take elements", object.ty);
            self.refuse(&super::member::UNKNOWN_MEMBER, "CS1061", span, message);
            return None;
        }
        let called = Called { name: "Add", span, kind: CallKind::Element };
        match self.resolve(candidates, &given, &[]) {
            Ok(applied) => {
                let Callee::Member(found) = applied.candidate.callee else { return None };
                let returns = applied.returns();
                let arguments = self.converted(&applied, given);
                let receiver = Some(self.as_receiver(object.clone(), found));
                let call = Call { found, type_args: applied.type_args, receiver, arguments };
                Some(Expr::new(Kind::Call(Box::new(call)), returns, span))
            }
            Err(failure) => {
                self.explain(failure, given, &called);
                None
            }
        }
    }
}
