//! `switch`: tests over a value that is evaluated once, in the order of the labels.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{self, ExprId, LabelKind, List, Pattern};

use crate::expression::binder::{Binder, SwitchTargets, Target};
use crate::expression::bound::{Expr, Kind, Section, StmtKind, Switch, VariableId};
use crate::expression::constant::Constant;
use crate::expression::expressions::pattern::NO_TYPE_TO_TEST;
use crate::expression::flow;
use crate::expression::rules::rules;
use crate::expression::scope::Scope;
use crate::expression::types::{BOOL, NONE, UNKNOWN, VOID, underlying};

rules! {
    /// Two labels of a `switch` ask for the same.
    DUPLICATE_CASE: "duplicate-case", Error, "two labels ask for the same", ["CS0152"];
    /// Control falls out of a section of a `switch`.
    FALL_THROUGH: "fall-through", Error, "control falls out of the section", ["CS0163", "CS8070"];
}

/// A section whose labels are bound and whose statements are not.
struct Opened {
    section: Section,
    scope: Rc<Scope>,
    body: List<tree::StmtId>,
}

impl Binder<'_> {
    /// `switch`
    pub fn switch(&mut self, value: ExprId, sections: List<tree::Section>, span: Span) -> StmtKind {
        let value = self.switched(value);
        let target = self.next_target();
        let (subject, read) = self.temporary_for(&value);
        let sections: Vec<tree::Section> = self.tree.list(sections).to_vec();
        let ((sections, has_goto), variables) = self.scoped(span, |binder| {
            for section in &sections {
                let ids: Vec<tree::StmtId> = binder.tree.list(section.body).to_vec();
                binder.announce(&ids);
            }
            let mut cases: Vec<(Constant, usize)> = Vec::new();
            let mut default = None;
            let mut opened = Vec::with_capacity(sections.len());
            for (index, section) in sections.into_iter().enumerate() {
                opened.push(binder.labels(section, index, &read, &mut cases, &mut default));
            }
            let finally_depth = binder.frame.finally_depth;
            let switch = SwitchTargets { ty: read.ty, cases, default, is_used: false };
            binder.frame.targets.push(Target { id: target, is_loop: false, finally_depth, switch: Some(switch) });
            let sections: Vec<Section> = opened.into_iter().map(|opened| binder.section(opened)).collect();
            let target = binder.frame.targets.pop();
            let has_goto = target.and_then(|target| target.switch).is_some_and(|switch| switch.is_used);
            (sections, has_goto)
        });
        StmtKind::Switch(Box::new(Switch { target, value, subject, variables, sections, has_goto }))
    }

    fn switched(&mut self, value: ExprId) -> Expr {
        let value = self.value(value);
        let value = self.natural(value);
        if value.ty == NONE || value.ty == VOID {
            let span = value.span;
            let before = self.sink.errors;
            let is_error = matches!(value.kind, Kind::Error);
            self.settle_expr(value);
            if self.sink.errors == before && !is_error {
                self.refuse(&NO_TYPE_TO_TEST, "CS8119", span, "this has no type to switch on");
            }
            return Expr::error(span);
        }
        value
    }

    fn labels(
        &mut self,
        section: tree::Section,
        index: usize,
        subject: &Expr,
        cases: &mut Vec<(Constant, usize)>,
        default: &mut Option<usize>,
    ) -> Opened {
        let scope = Scope::inside(&self.scope);
        let outer = std::mem::replace(&mut self.scope, Rc::clone(&scope));
        let mut bound = Section {
            tests: Vec::new(),
            constants: Vec::new(),
            variables: Vec::new(),
            is_default: false,
            stmts: Vec::new(),
            span: section.span,
        };
        let labels: Vec<tree::Label> = self.tree.list(section.labels).to_vec();
        for label in labels {
            match label.kind {
                LabelKind::Default => {
                    bound.is_default = true;
                    if default.replace(index).is_some() {
                        self.refuse(&DUPLICATE_CASE, "CS0152", label.span, "the `switch` already has a `default`");
                    }
                }
                LabelKind::Case { pattern, guard } => {
                    let (test, constant) = self.case_label(subject, pattern, label.span);
                    let guard = guard.map(|guard| self.condition(guard));
                    let is_plain = guard.is_none();
                    if let (Some(constant), true) = (&constant, is_plain) {
                        if cases.iter().any(|(known, _)| known == constant) {
                            let shown = crate::expression::convert::constant_text(constant);
                            let message = format!("the `switch` already has a label `{shown}`");
                            self.refuse(&DUPLICATE_CASE, "CS0152", label.span, message);
                        } else {
                            cases.push((constant.clone(), index));
                        }
                    }
                    bound.constants.push(constant.filter(|_| is_plain));
                    bound.tests.push(match guard {
                        Some(guard) => Expr::new(Kind::And(Box::new(test), Box::new(guard)), BOOL, label.span),
                        None => test,
                    });
                }
            }
        }
        bound.variables = scope.take_variables();
        self.scope = outer;
        Opened { section: bound, scope, body: section.body }
    }

    /// The test of a label, with the constant that it asks for.
    fn case_label(&mut self, subject: &Expr, pattern: Pattern, span: Span) -> (Expr, Option<Constant>) {
        let Pattern::Constant(value) = pattern else {
            return (self.pattern(subject, pattern, span), None);
        };
        let value = self.value(value);
        let is_null = value.is_null_literal();
        let inner = underlying(subject.ty);
        // The constant as one of the value's type, so that `1` and `'\u0001'` are told to be the same.
        let constant = match (&value.constant, is_null) {
            (_, true) => Some(Constant::Null),
            (Some(_), _) if subject.ty != UNKNOWN && self.implicit_from(&value, inner).is_some() => {
                let converted = self.convert(value.clone(), inner);
                converted.constant.or(value.constant.clone())
            }
            (constant, _) => constant.clone(),
        };
        let test = self.constant_pattern(subject, value, span);
        let is_sound = !matches!(test.kind, Kind::Error);
        (test, constant.filter(|_| is_sound))
    }

    fn section(&mut self, opened: Opened) -> Section {
        let Opened { mut section, scope, body } = opened;
        let outer = std::mem::replace(&mut self.scope, Rc::clone(&scope));
        scope.pass_up();
        let ids: Vec<tree::StmtId> = self.tree.list(body).to_vec();
        for id in ids {
            self.section_statement(id, &mut section.stmts);
        }
        self.note_scope(&scope, section.span);
        self.scope = outer;
        let more: Vec<VariableId> = scope.take_variables();
        section.variables.extend(more);
        if flow::end_of(&section.stmts) {
            let at = section.stmts.last().map_or(section.span, |stmt| stmt.span);
            let help = "end it with `break;`, `return …;` or `goto case …;`";
            self.refuse(&FALL_THROUGH, "CS0163", at, "control falls out of this section of the `switch`").help(help);
        }
        section
    }
}
