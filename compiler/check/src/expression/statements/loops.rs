//! Loops.

use csharp::span::Span;
use csharp::tree::{ExprId, ExprKind, ForEachVariable, List, StmtId, TypeKind};
use dotnet::ty::Ty;

use crate::expression::binder::{Binder, Target};
use crate::expression::bound::{Block, Expr, For, ForEach, Kind, Stmt, StmtKind, TargetId, VariableKind};
use crate::expression::conversion;
use crate::expression::convert::NULL_VALUE;
use crate::expression::rules::rules;
use crate::expression::tables::lookup::{self, Found, Members};
use crate::expression::types::{CHAR, NONE, OBJECT, STRING, UNKNOWN, VOID, named, same};

rules! {
    /// `foreach` over something that has no elements.
    NO_ELEMENTS: "no-elements", Error, "this has no elements to run over", ["CS1579", "CS1640"];
}

impl Binder<'_> {
    /// Binds the body of a loop; `break` and `continue` in it name the target.
    fn turn(&mut self, target: TargetId, body: StmtId) -> Stmt {
        let finally_depth = self.frame.finally_depth;
        self.frame.targets.push(Target { id: target, is_loop: true, finally_depth, switch: None });
        let body = self.embedded(body);
        self.frame.targets.pop();
        body
    }

    /// `while`
    pub fn while_loop(&mut self, condition: ExprId, body: StmtId, span: Span) -> StmtKind {
        let target = self.next_target();
        let ((condition, body), variables) = self.scoped(span, |binder| {
            let condition = binder.condition(condition);
            let body = binder.turn(target, body);
            (condition, body)
        });
        StmtKind::While(target, variables, condition, Box::new(body))
    }

    /// `do … while`
    pub fn do_loop(&mut self, body: StmtId, condition: ExprId, span: Span) -> StmtKind {
        let target = self.next_target();
        let body = self.turn(target, body);
        let (condition, variables) = self.scoped(span, |binder| binder.condition(condition));
        StmtKind::Do(target, Box::new(body), variables, condition)
    }

    /// `for`
    pub fn for_loop(
        &mut self,
        initializers: List<StmtId>,
        condition: Option<ExprId>,
        updates: List<ExprId>,
        body: StmtId,
        span: Span,
    ) -> StmtKind {
        let target = self.next_target();
        let updates: Vec<ExprId> = self.tree.list(updates).to_vec();
        let ((stmts, condition, updates, body), variables) = self.scoped(span, |binder| {
            let stmts = binder.statements(initializers);
            let ((condition, updates, body), own) = binder.scoped(span, |binder| {
                let condition = condition.map(|condition| binder.condition(condition));
                let body = binder.turn(target, body);
                let updates = binder
                    .scoped(span, |binder| updates.into_iter().map(|update| binder.update(update)).collect::<Vec<_>>());
                (condition, (updates.1, updates.0), body)
            });
            (stmts, condition.map(|condition| (own, condition)), updates, body)
        });
        StmtKind::For(Box::new(For { target, head: Block { variables, stmts }, condition, updates, body }))
    }

    fn update(&mut self, id: ExprId) -> Expr {
        let value = self.value(id);
        if value.ty == NONE {
            let span = value.span;
            self.settle_expr(value);
            return Expr::error(span);
        }
        value
    }

    /// `foreach`
    pub fn foreach_loop(&mut self, variable: ForEachVariable, sequence: ExprId, body: StmtId, span: Span) -> StmtKind {
        let target = self.next_target();
        let (sequence, head) = self.scoped(span, |binder| binder.value(sequence));
        let sequence = self.natural(sequence);
        let element = self.element_type(&sequence);
        let sequence = if element == UNKNOWN && sequence.ty == NONE {
            let span = sequence.span;
            self.settle_expr(sequence);
            Expr::error(span)
        } else {
            sequence
        };
        let current = self.temporary(element);
        let ((assign, body), variables) = self.scoped(span, |binder| {
            let read = Expr::variable(current, element, span);
            let assign = binder.foreach_variable(variable, read);
            let body = binder.turn(target, body);
            (assign, body)
        });
        StmtKind::ForEach(Box::new(ForEach { target, head, sequence, element, current, variables, assign, body }))
    }

    /// Gives the variables of a `foreach` their element.
    fn foreach_variable(&mut self, variable: ForEachVariable, element: Expr) -> Vec<Stmt> {
        match variable {
            ForEachVariable::Declared { ty, name } => {
                let node = *self.tree.ty(ty);
                let is_var = matches!(node.kind, TypeKind::Var);
                let to = if is_var { element.ty } else { self.ty(ty) };
                if is_var {
                    self.note_type(ty, to);
                }
                let value = if is_var || element.ty == UNKNOWN { element } else { self.cast(element, to, node.span) };
                let id = self.declare(name, to, VariableKind::ForEach);
                vec![Stmt { kind: StmtKind::Declare(id, Some(value)), span: name.span }]
            }
            ForEachVariable::Deconstructed(tuple) => {
                let node = *self.tree.expr(tuple);
                let ExprKind::Tuple(elements) = node.kind else { return Vec::new() };
                let whole = self.deconstruct_value(elements, element, node.span);
                vec![Stmt { kind: StmtKind::Expr(whole), span: node.span }]
            }
        }
    }

    /// The type of the elements of a sequence; reports what is none.
    fn element_type(&mut self, sequence: &Expr) -> Ty {
        let ty = sequence.ty;
        if ty == UNKNOWN {
            return UNKNOWN;
        }
        if ty == NONE || ty == VOID || matches!(sequence.kind, Kind::Type | Kind::Namespace(_)) {
            if sequence.is_null_literal() {
                self.refuse(&NULL_VALUE, "CS0186", sequence.span, "`null` has no elements");
            } else if !matches!(sequence.kind, Kind::Error) {
                self.refuse(&NO_ELEMENTS, "CS1579", sequence.span, "this has no elements to run over");
            }
            return UNKNOWN;
        }
        if let Some((element, _)) = ty.array_parts() {
            return element;
        }
        if ty == STRING {
            return CHAR;
        }
        match element_of(ty) {
            Some(element) => element,
            None => {
                let help = match ty == OBJECT {
                    true => "cast to the type that the value has, for example `(JArray)`",
                    false => "`foreach` runs over arrays, lists, dictionaries and other sequences",
                };
                self.refuse(&NO_ELEMENTS, "CS1579", sequence.span, format!("a `{ty}` has no elements to run over"))
                    .help(help);
                UNKNOWN
            }
        }
    }
}

/// What `foreach` gets from a value of this type: from its own `GetEnumerator`, else from the sequence that it is.
pub fn element_of(ty: Ty) -> Option<Ty> {
    if let Members::Methods(methods) = lookup::members(ty, "GetEnumerator") {
        let own = methods.iter().find(|found| found.member.parameters.is_empty() && !found.member.is_static);
        if let Some(element) = own.and_then(|found| current_of(*found)) {
            return Some(element);
        }
    }
    if let Some(element) = sequence_elements(ty).first() {
        return Some(*element);
    }
    let plain = named("System.Collections.IEnumerable", &[])?;
    conversion::derives(ty, plain).then_some(OBJECT)
}

/// Whether a type is an `IEnumerable<T>` of one `T` alone.
pub fn is_sequence(ty: Ty) -> bool {
    ty.array_parts().is_some() || sequence_elements(ty).len() == 1
}

/// Every `T` whose `IEnumerable<T>` a type is.
fn sequence_elements(ty: Ty) -> Vec<Ty> {
    let mut found: Vec<Ty> = Vec::new();
    let Some(generic) = named("System.Collections.Generic.IEnumerable", &[OBJECT]) else { return found };
    for base in std::iter::successors(Some(ty), |ty| ty.base_class()) {
        let sequences = base.interfaces().into_iter().filter(|interface| std::ptr::eq(interface.def, generic.def));
        for element in sequences.filter_map(|sequence| sequence.0.args.first().copied()) {
            if !found.iter().any(|known| same(*known, element)) {
                found.push(element);
            }
        }
    }
    found
}

/// The type of `Current` of what an enumerating method gives.
fn current_of(found: Found) -> Option<Ty> {
    let enumerator = found.filled(found.member.returns);
    match lookup::members(enumerator, "Current") {
        Members::Value(Some(current), _) => Some(current.filled(current.member.returns)),
        _ => enumerator.0.args.first().copied().filter(|_| enumerator.def.short_name().contains("Enumerator")),
    }
}
