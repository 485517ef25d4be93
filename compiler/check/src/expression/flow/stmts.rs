//! Statements: where control goes from each.

use super::state::State;
use super::{Flow, UNREACHABLE};
use crate::expression::bound::{Catch, Stmt, StmtKind, Switch, Try};
use grammar::expression::Finding;

impl<'b> Flow<'b> {
    /// Statements one after the other. The first that control does not reach is told.
    pub fn block(&mut self, stmts: &'b [Stmt]) {
        let mut told = !self.state.is_reachable();
        for stmt in stmts {
            if let StmtKind::Label(jump) = stmt.kind
                && let Some(jumped) = self.labels.get(&jump)
            {
                self.state = self.state.joined(jumped);
                told = !self.state.is_reachable();
            }
            let says_nothing = matches!(
                stmt.kind,
                StmtKind::Empty | StmtKind::Label(_) | StmtKind::LocalFunction(_) | StmtKind::Declare(_, None)
            );
            if !self.state.is_reachable() && !told && !says_nothing {
                told = true;
                let mut finding = Finding::new(&UNREACHABLE, stmt.span, "control never reaches this");
                finding.code = Some("CS0162");
                self.report(finding);
            }
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &'b Stmt) {
        match &stmt.kind {
            StmtKind::Empty | StmtKind::Label(_) => {}
            StmtKind::Block(block) => self.block(&block.stmts),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Declare(id, value) => {
                if let Some(value) = value {
                    self.expr(value);
                    self.state.assign(*id);
                }
            }
            StmtKind::LocalFunction(id) => {
                let body = self.functions.get(id.index()).and_then(|function| function.body.as_deref());
                if let (Some(body), true) = (body, self.tracks) {
                    // What it needs is asked where it is called.
                    self.function_body(*id, body);
                }
            }
            StmtKind::If(condition, then, otherwise) => {
                let (holds, fails) = self.condition(condition);
                self.state = holds;
                self.stmt(then);
                let after_then = std::mem::replace(&mut self.state, fails);
                if let Some(otherwise) = otherwise {
                    self.stmt(otherwise);
                }
                self.state = self.state.joined(&after_then);
            }
            StmtKind::While(target, _, condition, body) => {
                let (holds, fails) = self.condition(condition);
                self.state = holds;
                self.stmt(body);
                self.continues.remove(target);
                self.state = fails;
                self.join_breaks(*target);
            }
            StmtKind::Do(target, body, _, condition) => {
                self.stmt(body);
                if let Some(continued) = self.continues.remove(target) {
                    self.state = self.state.joined(&continued);
                }
                let (_, fails) = self.condition(condition);
                self.state = fails;
                self.join_breaks(*target);
            }
            StmtKind::For(turns) => {
                self.block(&turns.head.stmts);
                let fails = match &turns.condition {
                    Some((_, condition)) => {
                        let (holds, fails) = self.condition(condition);
                        self.state = holds;
                        fails
                    }
                    None => State::unreachable(),
                };
                self.stmt(&turns.body);
                if let Some(continued) = self.continues.remove(&turns.target) {
                    self.state = self.state.joined(&continued);
                }
                turns.updates.1.iter().for_each(|update| self.expr(update));
                self.state = fails;
                self.join_breaks(turns.target);
            }
            StmtKind::ForEach(turns) => {
                self.expr(&turns.sequence);
                let after = self.state.clone();
                self.state.assign(turns.current);
                turns.assign.iter().for_each(|stmt| self.stmt(stmt));
                self.stmt(&turns.body);
                self.continues.remove(&turns.target);
                self.state = after;
                self.join_breaks(turns.target);
            }
            StmtKind::Switch(switch) => self.switch(switch),
            StmtKind::Return(value) => {
                self.returned(*value);
                let exit = std::mem::replace(&mut self.state, State::unreachable());
                if exit.is_reachable() {
                    self.exits.push(exit);
                }
            }
            StmtKind::Throw(value) => {
                if let Some(value) = value {
                    self.expr(value);
                }
                self.state = State::unreachable();
            }
            StmtKind::Break(target) => {
                let state = self.take();
                merge(self.breaks.entry(*target).or_insert_with(State::unreachable), &state);
            }
            StmtKind::Continue(target) => {
                let state = self.take();
                merge(self.continues.entry(*target).or_insert_with(State::unreachable), &state);
            }
            StmtKind::Goto(jump) => {
                let state = self.take();
                if state.is_reachable() {
                    merge(self.labels.entry(*jump).or_insert_with(State::unreachable), &state);
                }
            }
            StmtKind::GotoSection(target, section) => {
                let state = self.take();
                merge(self.sections.entry((*target, *section)).or_insert_with(State::unreachable), &state);
            }
            StmtKind::Try(guarded) => self.guarded(guarded),
            StmtKind::Using(using) => {
                let (id, value) = &using.resource;
                self.expr(value);
                self.state.assign(*id);
                self.stmt(&using.body);
            }
            StmtKind::Lock(value, body) => {
                self.expr(value);
                self.stmt(body);
            }
        }
    }

    /// The state that a jump carries away.
    fn take(&mut self) -> State {
        std::mem::replace(&mut self.state, State::unreachable())
    }

    fn join_breaks(&mut self, target: crate::expression::bound::TargetId) {
        if let Some(left) = self.breaks.remove(&target) {
            self.state = self.state.joined(&left);
        }
    }

    /// The value that a `return` gives.
    fn returned(&mut self, value: Option<usize>) {
        let Some(index) = value else { return };
        if let Some(value) = self.lambda_returns.last().and_then(|values| values.get(index)) {
            self.expr(value);
        }
    }

    fn switch(&mut self, switch: &'b Switch) {
        self.expr(&switch.value);
        self.state.assign(switch.subject);
        let known = switch.value.constant.clone();
        let mut rest = self.state.clone();
        let mut entries: Vec<State> = Vec::with_capacity(switch.sections.len());
        for section in &switch.sections {
            let mut entry = State::unreachable();
            for (test, constant) in section.tests.iter().zip(&section.constants) {
                self.state = rest;
                let (holds, fails) = match (&known, constant) {
                    (Some(value), Some(asked)) => decided(&self.state, value == asked),
                    _ => self.condition(test),
                };
                entry = entry.joined(&holds);
                rest = fails;
            }
            entries.push(entry);
        }
        let mut has_default = false;
        for (section, entry) in switch.sections.iter().zip(&mut entries) {
            if section.is_default {
                has_default = true;
                *entry = entry.joined(&rest);
            }
        }
        // A `goto` to a section further up brings its state there in a second round.
        let rounds = if switch.has_goto { 2 } else { 1 };
        for round in 0..rounds {
            let silent = self.is_silent;
            self.is_silent |= round + 1 < rounds;
            for (index, (section, entry)) in switch.sections.iter().zip(&entries).enumerate() {
                self.state = match self.sections.get(&(switch.target, index)) {
                    Some(jumped) => entry.joined(jumped),
                    None => entry.clone(),
                };
                self.block(&section.stmts);
            }
            self.is_silent = silent;
        }
        self.state = if has_default { State::unreachable() } else { rest };
        self.join_breaks(switch.target);
    }

    fn guarded(&mut self, guarded: &'b Try) {
        let before = self.state.clone();
        let known_breaks: Vec<_> = self.breaks.keys().copied().collect();
        let known_continues: Vec<_> = self.continues.keys().copied().collect();
        self.block(&guarded.block.stmts);
        let mut after = self.take();
        for catch in &guarded.catches {
            self.state = before.clone();
            self.catch(catch);
            after = after.joined(&self.take());
        }
        self.state = after;
        if let Some(finally) = &guarded.finally {
            let end = std::mem::replace(&mut self.state, before);
            self.block(&finally.stmts);
            let done = self.take();
            // Whatever way leads out, `finally` was run on it.
            for (target, state) in &mut self.breaks {
                if !known_breaks.contains(target) {
                    *state = state.with(&done);
                }
            }
            for (target, state) in &mut self.continues {
                if !known_continues.contains(target) {
                    *state = state.with(&done);
                }
            }
            self.state = end.with(&done);
        }
    }

    fn catch(&mut self, catch: &'b Catch) {
        if let Some(variable) = catch.variable {
            self.state.assign(variable);
        }
        if let Some(filter) = &catch.filter {
            let (holds, _) = self.condition(filter);
            self.state = holds;
        }
        self.block(&catch.block.stmts);
    }
}

fn merge(place: &mut State, state: &State) {
    *place = place.joined(state);
}

fn decided(state: &State, holds: bool) -> (State, State) {
    if holds { (state.clone(), State::unreachable()) } else { (State::unreachable(), state.clone()) }
}
