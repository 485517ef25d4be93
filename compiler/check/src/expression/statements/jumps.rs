//! Jumps: `break`, `continue`, `return`, `throw`, `goto`.

use csharp::span::Span;
use csharp::tree::{ExprId, GotoTarget};

use crate::expression::binder::{Binder, FrameKind};
use crate::expression::bound::{StmtKind, TargetId};
use crate::expression::rules::rules;
use crate::expression::types::{UNKNOWN, VOID, underlying};

use crate::expression::expressions::pattern::NOT_CONSTANT;

rules! {
    /// `break` or `continue` outside of a loop.
    NO_LOOP: "no-loop", Error, "there is no loop around", ["CS0139"];
    /// A jump leads out of a `finally` block.
    LEAVES_FINALLY: "leaves-finally", Error, "nothing leads out of `finally`", ["CS0157"];
    /// `return` without a value.
    MISSING_VALUE: "missing-value", Error, "`return` needs a value", ["CS0126"];
    /// `return` with a value where none is expected.
    UNEXPECTED_VALUE: "unexpected-value", Error, "`return` takes no value here", ["CS0127"];
    /// `throw;` outside of `catch`.
    RETHROW: "rethrow", Error, "there is nothing to throw again", ["CS0156", "CS0724"];
    /// `goto` names a label that there is not.
    UNKNOWN_LABEL: "unknown-label", Error, "there is no such label", ["CS0159", "CS0153"];
}

impl Binder<'_> {
    /// `break;`
    pub fn break_statement(&mut self, span: Span) -> StmtKind {
        match self.frame.targets.last().map(|target| (target.id, target.finally_depth)) {
            Some((id, depth)) => self.leave(StmtKind::Break(id), depth, span),
            None => {
                self.refuse(&NO_LOOP, "CS0139", span, "there is no loop or `switch` around this `break`");
                StmtKind::Empty
            }
        }
    }

    /// `continue;`
    pub fn continue_statement(&mut self, span: Span) -> StmtKind {
        let around = self.frame.targets.iter().rev().find(|target| target.is_loop);
        match around.map(|target| (target.id, target.finally_depth)) {
            Some((id, depth)) => self.leave(StmtKind::Continue(id), depth, span),
            None => {
                self.refuse(&NO_LOOP, "CS0139", span, "there is no loop around this `continue`");
                StmtKind::Empty
            }
        }
    }

    /// A jump to something with so many `finally` blocks around it.
    fn leave(&mut self, jump: StmtKind, depth: usize, span: Span) -> StmtKind {
        if depth < self.frame.finally_depth {
            self.refuse(&LEAVES_FINALLY, "CS0157", span, "nothing leads out of `finally`");
            return StmtKind::Empty;
        }
        jump
    }

    /// `return value;`
    pub fn return_statement(&mut self, value: Option<ExprId>, span: Span) -> StmtKind {
        if self.frame.finally_depth > 0 {
            if let Some(value) = value {
                let value = self.value(value);
                self.settle_expr(value);
            }
            self.refuse(&LEAVES_FINALLY, "CS0157", span, "nothing leads out of `finally`");
            return StmtKind::Empty;
        }
        let Some(value) = value else {
            self.frame.returns_nothing = true;
            let needs_value = match self.frame.kind {
                FrameKind::Main => true,
                FrameKind::Local(ty) => ty != VOID && ty != UNKNOWN,
                FrameKind::Lambda => false,
            };
            if needs_value {
                let what = if self.frame.kind == FrameKind::Main { "expression" } else { "function" };
                self.refuse(&MISSING_VALUE, "CS0126", span, format!("the {what} gives a value: `return …;`"));
            }
            return StmtKind::Return(None);
        };
        let bound = self.value(value);
        if self.frame.kind == FrameKind::Local(VOID) {
            self.settle_expr(bound);
            self.refuse(&UNEXPECTED_VALUE, "CS0127", span, "the function gives nothing: `return;`");
            return StmtKind::Return(None);
        }
        let index = self.frame.returns.len();
        self.frame.returns.push(bound);
        StmtKind::Return(Some(index))
    }

    /// `throw value;`, `throw;`
    pub fn throw_statement(&mut self, value: Option<ExprId>, span: Span) -> StmtKind {
        match value {
            Some(value) => StmtKind::Throw(Some(self.thrown(value))),
            None if self.frame.catch_depth > 0 => StmtKind::Throw(None),
            None => {
                let code = if self.frame.finally_depth > 0 { "CS0724" } else { "CS0156" };
                let help = "`throw new Exception(\"…\")` throws a new exception";
                self.refuse(&RETHROW, code, span, "`throw;` throws a caught exception again, and there is none")
                    .help(help);
                StmtKind::Empty
            }
        }
    }

    /// `goto …;`
    pub fn goto_statement(&mut self, target: GotoTarget, span: Span) -> StmtKind {
        match target {
            GotoTarget::Label(label) => {
                let name = self.text(label).into_owned();
                match self.scope.find_label(&name) {
                    Some(jump) => {
                        let depth = self.label_depths.get(jump.0 as usize).copied().unwrap_or(0);
                        self.leave(StmtKind::Goto(jump), depth, span)
                    }
                    None => {
                        self.refuse(&UNKNOWN_LABEL, "CS0159", span, format!("there is no label `{name}` around this"));
                        StmtKind::Empty
                    }
                }
            }
            GotoTarget::Case(value) => self.goto_case(value, span),
            GotoTarget::Default => self.goto_section(span, |switch| switch.default, "default"),
        }
    }

    fn goto_case(&mut self, value: ExprId, span: Span) -> StmtKind {
        let value = self.value(value);
        let ty = self.around_switch().map_or(UNKNOWN, |(_, ty)| underlying(ty));
        let value = self.convert(value, ty);
        if value.ty == UNKNOWN || matches!(value.kind, crate::expression::bound::Kind::Error) {
            return StmtKind::Empty;
        }
        let constant = match value.constant {
            Some(constant) => constant,
            None if value.is_null_literal() => crate::expression::constant::Constant::Null,
            None => {
                self.refuse(&NOT_CONSTANT, "CS0150", value.span, "`goto case` names a constant");
                return StmtKind::Empty;
            }
        };
        let shown = crate::expression::convert::constant_text(&constant);
        let find = |switch: &crate::expression::binder::SwitchTargets| {
            switch.cases.iter().find(|(known, _)| *known == constant).map(|(_, section)| *section)
        };
        self.goto_section(span, find, &format!("case {shown}"))
    }

    fn around_switch(&self) -> Option<(TargetId, dotnet::ty::Ty)> {
        self.frame.targets.iter().rev().find_map(|target| target.switch.as_ref().map(|switch| (target.id, switch.ty)))
    }

    fn goto_section(
        &mut self,
        span: Span,
        find: impl Fn(&crate::expression::binder::SwitchTargets) -> Option<usize>,
        shown: &str,
    ) -> StmtKind {
        let around = self.frame.targets.iter_mut().rev().find(|target| target.switch.is_some());
        let Some((id, Some(switch))) = around.map(|target| (target.id, target.switch.as_mut())) else {
            self.refuse(&UNKNOWN_LABEL, "CS0153", span, "there is no `switch` around this");
            return StmtKind::Empty;
        };
        match find(switch) {
            Some(section) => {
                switch.is_used = true;
                StmtKind::GotoSection(id, section)
            }
            None => {
                self.refuse(&UNKNOWN_LABEL, "CS0159", span, format!("the `switch` has no label `{shown}`"));
                StmtKind::Empty
            }
        }
    }
}
