//! `switch`: a ladder of tests, or, where `goto` leads from section to section, a loop over the section to run.

use dotnet::word::Repr;
use ir::build;
use ir::tree::{BinaryOp as Op, Expr as Code, ExprKind, Loop, Operand, Stmt as Step};

use super::Writer;
use crate::expression::bound::{Section, Switch};

impl Writer<'_, '_, '_> {
    /// `switch`
    pub fn switch(&mut self, switch: &Switch, out: &mut Vec<Step>) {
        self.declare(&switch.variables, out);
        let keep = self.keep(switch.subject, &switch.value);
        out.push(keep);
        let label = self.label();
        self.targets.insert(switch.target, label);
        if switch.has_goto {
            return self.sections_in_a_loop(switch, label, out);
        }
        let mut ladder: Vec<Step> = Vec::new();
        if let Some(default) = switch.sections.iter().find(|section| section.is_default) {
            ladder = self.section(default);
        }
        for section in switch.sections.iter().rev() {
            let Some(test) = self.test_of(section) else { continue };
            // A label beside `default` asks for nothing more.
            if section.is_default {
                continue;
            }
            let body = self.section(section);
            ladder = vec![Step::If(test, body, ladder)];
        }
        // The patterns' variables begin before any test.
        for section in &switch.sections {
            self.declare(&section.variables, out);
        }
        out.push(Step::Labelled(label, ladder));
    }

    /// Whether one of a section's labels fits; none if it has no tests.
    fn test_of(&mut self, section: &Section) -> Option<Code> {
        let mut tests = section.tests.iter().map(|test| self.expr(test)).collect::<Vec<_>>().into_iter();
        let first = tests.next()?;
        Some(tests.fold(first, |all, test| Code::new(ExprKind::Or(Box::new(all), Box::new(test)), Repr::I32)))
    }

    fn section(&mut self, section: &Section) -> Vec<Step> {
        let mut out = Vec::new();
        self.statements(&section.stmts, &mut out);
        out
    }

    /// The tests give the number of the section to run first; a `goto` gives another one and runs again.
    fn sections_in_a_loop(&mut self, switch: &Switch, label: ir::tree::LabelId, out: &mut Vec<Step>) {
        let state = self.fresh(Repr::I32);
        for section in &switch.sections {
            self.declare(&section.variables, out);
        }
        let number = |index: usize| i32::try_from(index).unwrap_or(i32::MAX);
        let default = switch.sections.iter().position(|section| section.is_default);
        let mut chosen = build::i32_const(default.map_or(-1, number));
        for (index, section) in switch.sections.iter().enumerate().rev() {
            if let Some(test) = self.test_of(section) {
                let this = build::i32_const(number(index));
                let choice = ExprKind::If(Box::new(test), Box::new(this), Box::new(chosen));
                chosen = Code::new(choice, Repr::I32);
            }
        }
        out.push(Step::Expr(Code::new(ExprKind::Set(state, Box::new(chosen)), Repr::I32)));
        // `break` leaves the loop, and so does the end of every section.
        self.sections.insert(switch.target, (label, state));
        let mut ladder: Vec<Step> = Vec::new();
        for (index, section) in switch.sections.iter().enumerate().rev() {
            let read = Code::new(ExprKind::Local(state), Repr::I32);
            let this = build::i32_const(number(index));
            let test = ExprKind::Binary(Op::Eq, Operand::I32, Box::new(read), Box::new(this));
            let body = self.section(section);
            ladder = vec![Step::If(Code::new(test, Repr::I32), body, ladder)];
        }
        ladder.push(Step::Break(label));
        out.push(Step::Loop(Box::new(Loop { label, test: None, body: ladder, step: Vec::new(), until: None })));
    }
}
