//! Statements.

use cranelift_codegen::ir::{InstBuilder, types};
use ir::tree::{Catch, Const, Loop, Stmt, Try};

use crate::function::{Final, Label, Translator};

impl<'t> Translator<'t> {
    /// Statements, as far as control reaches them.
    pub fn statements(&mut self, stmts: &'t [Stmt]) {
        for stmt in stmts {
            if self.is_done() {
                return;
            }
            self.statement(stmt);
        }
    }

    fn statement(&mut self, stmt: &'t Stmt) {
        match stmt {
            Stmt::Expr(expr) => {
                self.expression(expr);
            }
            Stmt::Declare(local, value) => {
                let value = match value {
                    Some(value) => self.expression(value),
                    None => {
                        let repr = self.repr(*local);
                        self.zero(repr)
                    }
                };
                self.begin_local(*local);
                self.set_local(*local, value);
            }
            Stmt::If(condition, then, otherwise) => {
                let condition = self.expression(condition);
                let (yes, no) = (self.builder.create_block(), self.builder.create_block());
                let end = self.builder.create_block();
                self.builder.ins().brif(condition, yes, &[], no, &[]);
                for (block, stmts) in [(yes, then), (no, otherwise)] {
                    self.builder.switch_to_block(block);
                    self.statements(stmts);
                    if !self.is_done() {
                        self.builder.ins().jump(end, &[]);
                    }
                }
                self.builder.switch_to_block(end);
            }
            Stmt::Loop(turns) => self.turns(turns),
            Stmt::Labelled(label, body) => {
                let end = self.builder.create_block();
                let finals = self.finals.len();
                self.labels.insert(*label, Label { break_to: end, continue_to: None, finals });
                self.statements(body);
                if !self.is_done() {
                    self.builder.ins().jump(end, &[]);
                }
                self.builder.switch_to_block(end);
            }
            Stmt::Break(label) => {
                if let Some(label) = self.labels.get(label).copied() {
                    self.leave(label.finals);
                    self.jump(label.break_to);
                }
            }
            Stmt::Continue(label) => {
                if let Some(Label { continue_to: Some(target), finals, .. }) = self.labels.get(label).copied() {
                    self.leave(finals);
                    self.jump(target);
                }
            }
            Stmt::Return(value) => self.return_value(value.as_ref()),
            Stmt::Try(guarded) => self.guarded(guarded),
            Stmt::Rethrow => {
                if let Some(caught) = self.caught.last().copied() {
                    let exception = self.builder.use_var(caught);
                    self.call_runtime("Throw", &[exception]);
                }
                let handler = self.handler;
                self.builder.ins().jump(handler, &[]);
            }
        }
    }

    fn jump(&mut self, target: cranelift_codegen::ir::Block) {
        if !self.is_done() {
            self.builder.ins().jump(target, &[]);
        }
    }

    fn return_value(&mut self, value: Option<&'t ir::tree::Expr>) {
        let word = match value {
            Some(value) => {
                let repr = value.repr;
                let value = self.expression(value);
                self.make_word(value, repr)
            }
            None => self.builder.ins().iconst(types::I64, 0),
        };
        self.leave(0);
        if !self.is_done() {
            let fine = self.builder.ins().iconst(types::I64, 0);
            self.builder.ins().return_(&[word, fine]);
        }
    }

    /// Runs the `finally` blocks between here and the outermost `depth` of them.
    fn leave(&mut self, depth: usize) {
        let (finals, handler) = (self.finals.clone(), self.handler);
        while self.finals.len() > depth && !self.is_done() {
            if let Some(last) = self.finals.pop() {
                self.handler = last.outer_handler;
                self.statements(last.body);
            }
        }
        (self.finals, self.handler) = (finals, handler);
    }

    /// A loop, tested at its end: the test stands twice, before the first turn and behind each.
    fn turns(&mut self, turns: &'t Loop) {
        let (body, step, end) = (self.builder.create_block(), self.builder.create_block(), self.builder.create_block());
        let finals = self.finals.len();
        self.labels.insert(turns.label, Label { break_to: end, continue_to: Some(step), finals });
        match &turns.test {
            Some(test) => {
                let test = self.expression(test);
                self.builder.ins().brif(test, body, &[], end, &[]);
            }
            None => {
                self.builder.ins().jump(body, &[]);
            }
        }
        self.builder.switch_to_block(body);
        self.statements(&turns.body);
        self.jump(step);
        self.builder.switch_to_block(step);
        self.statements(&turns.step);
        if !self.is_done() {
            self.check_time();
            for test in turns.until.iter().chain(&turns.test) {
                let test = self.expression(test);
                let more = self.builder.create_block();
                self.builder.ins().brif(test, more, &[], end, &[]);
                self.builder.switch_to_block(more);
            }
            self.builder.ins().jump(body, &[]);
        }
        self.builder.switch_to_block(end);
    }

    fn guarded(&mut self, guarded: &'t Try) {
        let outer = self.handler;
        let end = self.builder.create_block();
        let has_finally = !guarded.finally.is_empty();
        // Where exceptions go that no `catch` here handles.
        let escape = if has_finally { self.cold_block() } else { outer };
        if has_finally {
            self.finals.push(Final { body: &guarded.finally, outer_handler: outer });
        }
        let dispatch = if guarded.catches.is_empty() { escape } else { self.cold_block() };
        self.handler = dispatch;
        self.statements(&guarded.body);
        self.handler = escape;
        let mut reached = vec![self.fall_out()];
        if !guarded.catches.is_empty() {
            self.builder.switch_to_block(dispatch);
            self.dispatch(&guarded.catches, outer, escape, &mut reached);
        }
        if has_finally {
            self.finals.pop();
        }
        self.handler = outer;
        for block in reached.into_iter().flatten() {
            self.builder.switch_to_block(block);
            self.statements(&guarded.finally);
            self.jump(end);
        }
        if has_finally {
            self.builder.switch_to_block(escape);
            let exception = self.take_exception(outer);
            self.statements(&guarded.finally);
            if !self.is_done() {
                self.call_runtime("Throw", &[exception]);
                self.builder.ins().jump(outer, &[]);
            }
        }
        self.builder.switch_to_block(end);
    }

    fn cold_block(&mut self) -> cranelift_codegen::ir::Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        block
    }

    /// The block in which control goes on behind statements that it left at their end; none if it did not.
    fn fall_out(&mut self) -> Option<cranelift_codegen::ir::Block> {
        if self.is_done() {
            return None;
        }
        let block = self.builder.create_block();
        self.builder.ins().jump(block, &[]);
        Some(block)
    }

    /// Takes the exception on its way; one of a limit passes on to the outer handler, and no `finally` runs.
    fn take_exception(&mut self, outer: cranelift_codegen::ir::Block) -> cranelift_codegen::ir::Value {
        let exception = self.call_runtime("Catch", &[]);
        let taken = self.builder.create_block();
        self.builder.ins().brif(exception, taken, &[], outer, &[]);
        self.builder.switch_to_block(taken);
        exception
    }

    /// Finds the `catch` for the exception on its way.
    fn dispatch(
        &mut self,
        catches: &'t [Catch],
        outer: cranelift_codegen::ir::Block,
        escape: cranelift_codegen::ir::Block,
        reached: &mut Vec<Option<cranelift_codegen::ir::Block>>,
    ) {
        let exception = self.take_exception(outer);
        let caught = self.builder.declare_var(types::I64);
        self.builder.def_var(caught, exception);
        for catch in catches {
            let (here, next) = (self.builder.create_block(), self.builder.create_block());
            let ty = self.constant(&Const::Type(catch.ty));
            self.handler = escape;
            let fits = self.call_runtime("Is", &[ty, exception]);
            let fits = self.builder.ins().ireduce(types::I32, fits);
            self.builder.ins().brif(fits, here, &[], next, &[]);
            self.builder.switch_to_block(here);
            if let Some(local) = catch.local {
                self.begin_local(local);
                self.set_local(local, exception);
            }
            if let Some(filter) = &catch.filter {
                self.filter(filter, outer, next);
            }
            self.caught.push(caught);
            self.handler = escape;
            self.statements(&catch.body);
            self.caught.pop();
            reached.push(self.fall_out());
            self.builder.switch_to_block(next);
        }
        self.call_runtime("Throw", &[exception]);
        self.builder.ins().jump(escape, &[]);
    }

    /// Asks a filter; one that throws does not hold.
    fn filter(
        &mut self,
        filter: &'t ir::tree::Expr,
        outer: cranelift_codegen::ir::Block,
        next: cranelift_codegen::ir::Block,
    ) {
        let failed = self.cold_block();
        self.handler = failed;
        let holds = self.expression(filter);
        let body = self.builder.create_block();
        self.builder.ins().brif(holds, body, &[], next, &[]);
        self.builder.switch_to_block(failed);
        self.take_exception(outer);
        self.builder.ins().jump(next, &[]);
        self.builder.switch_to_block(body);
    }
}
