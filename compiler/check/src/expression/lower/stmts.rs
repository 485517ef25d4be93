//! Statements.

use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::build;
use ir::tree::{
    BinaryOp as Op, Catch as CatchCode, Expr as Code, ExprKind, Loop, Number, Operand, Overflow, Stmt as Step,
    Try as TryCode,
};

use super::exprs::{not_null, sequence};
use super::{Writer, repr_of};
use crate::expression::bound::{Block, Catch, Expr, For, ForEach, Stmt, StmtKind, Try, Using, VariableId};
use crate::expression::constant::Constant;
use crate::expression::types::{VOID, erased};

impl Writer<'_, '_, '_> {
    /// Statements one after the other. Labels among them make a loop over the parts between them.
    pub fn statements(&mut self, stmts: &[Stmt], out: &mut Vec<Step>) {
        if stmts.iter().any(|stmt| matches!(stmt.kind, StmtKind::Label(_))) {
            return self.labelled(stmts, out);
        }
        stmts.iter().for_each(|stmt| self.statement(stmt, out));
    }

    /// The parts between labels, each of which runs if the part to begin with lies at or before it.
    fn labelled(&mut self, stmts: &[Stmt], out: &mut Vec<Step>) {
        let label = self.label();
        let state = self.fresh(Repr::I32);
        let set =
            |value: i32| Step::Expr(Code::new(ExprKind::Set(state, Box::new(build::i32_const(value))), Repr::I32));
        let mut parts: Vec<&[Stmt]> = Vec::new();
        let mut from = 0;
        for (at, stmt) in stmts.iter().enumerate() {
            if let StmtKind::Label(jump) = stmt.kind {
                parts.push(stmts.get(from..at).unwrap_or(&[]));
                from = at + 1;
                let part = i32::try_from(parts.len()).unwrap_or(i32::MAX);
                self.jumps.insert(jump, (label, state, part));
            }
        }
        parts.push(stmts.get(from..).unwrap_or(&[]));
        out.push(set(0));
        let mut body = Vec::new();
        for (number, part) in parts.into_iter().enumerate() {
            let mut inner = Vec::new();
            part.iter().for_each(|stmt| self.statement(stmt, &mut inner));
            let number = build::i32_const(i32::try_from(number).unwrap_or(i32::MAX));
            let begins = Code::new(ExprKind::Local(state), Repr::I32);
            let runs = ExprKind::Binary(Op::Le, Operand::I32, Box::new(begins), Box::new(number));
            body.push(Step::If(Code::new(runs, Repr::I32), inner, Vec::new()));
        }
        body.push(Step::Break(label));
        out.push(Step::Loop(Box::new(Loop { label, test: None, body, step: Vec::new(), until: None })));
    }

    fn block(&mut self, block: &Block) -> Vec<Step> {
        let mut out = Vec::new();
        self.declare(&block.variables, &mut out);
        self.statements(&block.stmts, &mut out);
        out
    }

    fn embedded(&mut self, stmt: &Stmt) -> Vec<Step> {
        let mut out = Vec::new();
        self.statement(stmt, &mut out);
        out
    }

    /// A condition whose own variables begin each time that it is asked.
    fn condition(&mut self, variables: &[VariableId], condition: &Expr) -> Code {
        let mut stmts = Vec::new();
        self.declare(variables, &mut stmts);
        let value = self.expr(condition);
        sequence(stmts, value)
    }

    fn statement(&mut self, stmt: &Stmt, out: &mut Vec<Step>) {
        match &stmt.kind {
            StmtKind::Empty | StmtKind::Label(_) => {}
            StmtKind::LocalFunction(id) => {
                // Written even if nobody calls it, so that what it cannot do is told.
                self.all.local_function(*id);
            }
            StmtKind::Block(block) => {
                let inner = self.block(block);
                out.extend(inner);
            }
            StmtKind::Expr(value) => self.effect(value, out),
            StmtKind::Declare(id, Some(value)) => {
                let value = self.expr(value);
                let shared = self.all.captures.is_shared(*id);
                let local = self.local(*id);
                let repr = value.repr;
                // A shared variable began with its block.
                out.push(if shared {
                    Step::Expr(Code::new(ExprKind::Set(local, Box::new(value)), repr))
                } else {
                    Step::Declare(local, Some(value))
                });
            }
            StmtKind::Declare(..) => {}
            StmtKind::If(condition, then, otherwise) => {
                let condition = self.expr(condition);
                let then = self.embedded(then);
                let otherwise = otherwise.as_ref().map_or_else(Vec::new, |otherwise| self.embedded(otherwise));
                out.push(Step::If(condition, then, otherwise));
            }
            StmtKind::While(target, variables, condition, body) => {
                let label = self.label();
                self.targets.insert(*target, label);
                let test = (!is_true(condition)).then(|| self.condition(variables, condition));
                let body = self.embedded(body);
                out.push(Step::Loop(Box::new(Loop { label, test, body, step: Vec::new(), until: None })));
            }
            StmtKind::Do(target, body, variables, condition) => {
                let label = self.label();
                self.targets.insert(*target, label);
                let body = self.embedded(body);
                let until = (!is_true(condition)).then(|| self.condition(variables, condition));
                out.push(Step::Loop(Box::new(Loop { label, test: None, body, step: Vec::new(), until })));
            }
            StmtKind::For(turns) => self.for_loop(turns, out),
            StmtKind::ForEach(turns) => self.foreach_loop(turns, out),
            StmtKind::Switch(switch) => self.switch(switch, out),
            StmtKind::Return(index) => self.return_value(*index, out),
            StmtKind::Throw(Some(value)) => {
                let value = self.expr(value);
                out.push(Step::Expr(Code::new(ExprKind::Throw(Box::new(value)), Repr::Void)));
            }
            StmtKind::Throw(None) => out.push(Step::Rethrow),
            StmtKind::Break(target) => {
                if let Some(label) = self.targets.get(target) {
                    out.push(Step::Break(*label));
                }
            }
            StmtKind::Continue(target) => {
                if let Some(label) = self.targets.get(target) {
                    out.push(Step::Continue(*label));
                }
            }
            StmtKind::Goto(jump) => {
                if let Some((label, state, part)) = self.jumps.get(jump).copied() {
                    let part = Box::new(build::i32_const(part));
                    out.push(Step::Expr(Code::new(ExprKind::Set(state, part), Repr::I32)));
                    out.push(Step::Continue(label));
                } else {
                    self.all.not_supported(stmt.span, "this `goto` is not supported");
                }
            }
            StmtKind::GotoSection(target, section) => {
                if let Some((label, state)) = self.sections.get(target).copied() {
                    let section = Box::new(build::i32_const(i32::try_from(*section).unwrap_or(i32::MAX)));
                    out.push(Step::Expr(Code::new(ExprKind::Set(state, section), Repr::I32)));
                    out.push(Step::Continue(label));
                }
            }
            StmtKind::Try(guarded) => self.guarded(guarded, out),
            StmtKind::Using(using) => self.using(using, out),
            StmtKind::Lock(value, body) => {
                // A request runs on one thread: nothing else can hold the lock.
                let value = self.expr(value);
                out.push(Step::Expr(not_null(value)));
                self.statement(body, out);
            }
        }
    }

    fn return_value(&mut self, index: Option<usize>, out: &mut Vec<Step>) {
        let returns = self.returns;
        let Some(value) = index.and_then(|index| returns.get(index)) else {
            out.push(Step::Return(None));
            return;
        };
        if self.result == VOID {
            self.effect(value, out);
            out.push(Step::Return(None));
            return;
        }
        let value = self.expr(value);
        out.push(Step::Return(Some(value)));
    }

    fn for_loop(&mut self, turns: &For, out: &mut Vec<Step>) {
        self.declare(&turns.head.variables, out);
        self.statements(&turns.head.stmts, out);
        let label = self.label();
        self.targets.insert(turns.target, label);
        let test = match &turns.condition {
            Some((variables, condition)) if !is_true(condition) => Some(self.condition(variables, condition)),
            _ => None,
        };
        let body = self.embedded(&turns.body);
        let mut step = Vec::new();
        self.declare(&turns.updates.0, &mut step);
        turns.updates.1.iter().for_each(|update| self.effect(update, &mut step));
        out.push(Step::Loop(Box::new(Loop { label, test, body, step, until: None })));
    }

    fn foreach_loop(&mut self, turns: &ForEach, out: &mut Vec<Step>) {
        self.declare(&turns.head, out);
        let label = self.label();
        self.targets.insert(turns.target, label);
        let element = turns.element;
        let sequence = self.expr(&turns.sequence);
        let (test, current, step) = match turns.sequence.ty.element() {
            Some(_) => self.array_walk(sequence, element, out),
            None => self.walk(sequence, element, out),
        };
        let mut body = Vec::new();
        let local = self.local(turns.current);
        body.push(Step::Expr(Code::new(ExprKind::Set(local, Box::new(current)), repr_of(element))));
        self.declare(&turns.variables, &mut body);
        turns.assign.iter().for_each(|stmt| self.statement(stmt, &mut body));
        self.statement(&turns.body, &mut body);
        out.push(Step::Loop(Box::new(Loop { label, test: Some(test), body, step, until: None })));
    }

    /// A walk over an array, by index.
    fn array_walk(&mut self, array: Code, element: Ty, out: &mut Vec<Step>) -> (Code, Code, Vec<Step>) {
        let kept = self.fresh(Repr::Ref);
        let index = self.fresh(Repr::I32);
        let int = |value: i32| Box::new(build::i32_const(value));
        let read = || Box::new(Code::new(ExprKind::Local(index), Repr::I32));
        out.push(Step::Expr(Code::new(ExprKind::Set(kept, Box::new(array)), Repr::Ref)));
        out.push(Step::Expr(Code::new(ExprKind::Set(index, int(0)), Repr::I32)));
        let array = || Box::new(Code::new(ExprKind::Local(kept), Repr::Ref));
        let length = Code::new(ExprKind::ArrayLength(array()), Repr::I32);
        let test = Code::new(ExprKind::Binary(Op::Lt, Operand::I32, read(), Box::new(length)), Repr::I32);
        let wide = Code::new(ExprKind::Convert(Number::I32, Number::I64, Overflow::Wrap, read()), Repr::I64);
        let get = ExprKind::ArrayGet(erased(element), array(), Box::new(wide));
        let next = Code::new(ExprKind::Binary(Op::Add(Overflow::Wrap), Operand::I32, read(), int(1)), Repr::I32);
        let step = vec![Step::Expr(Code::new(ExprKind::Set(index, Box::new(next)), Repr::I32))];
        (test, Code::new(get, repr_of(element)), step)
    }

    /// A walk over any other sequence.
    fn walk(&mut self, sequence: Code, element: Ty, out: &mut Vec<Step>) -> (Code, Code, Vec<Step>) {
        let kept = self.fresh(Repr::Ref);
        let start = build::runtime("Walk", vec![not_null(sequence), build::type_const(erased(element))], Repr::Ref);
        out.push(Step::Expr(Code::new(ExprKind::Set(kept, Box::new(start)), Repr::Ref)));
        let walk = || Code::new(ExprKind::Local(kept), Repr::Ref);
        let test = build::runtime("Next", vec![walk()], Repr::I32);
        let current = build::runtime("Current", vec![walk()], repr_of(element));
        (test, current, Vec::new())
    }

    fn guarded(&mut self, guarded: &Try, out: &mut Vec<Step>) {
        let body = self.block(&guarded.block);
        let catches = guarded.catches.iter().map(|catch| self.catch(catch)).collect();
        let finally = guarded.finally.as_ref().map_or_else(Vec::new, |finally| self.block(finally));
        out.push(Step::Try(Box::new(TryCode { body, catches, finally })));
    }

    fn catch(&mut self, catch: &Catch) -> CatchCode {
        let mut body = Vec::new();
        let mut head = Vec::new();
        let local = catch.variable.map(|id| {
            if !self.all.captures.is_shared(id) {
                return self.local(id);
            }
            // A variable that lambdas share begins with the exception as its value.
            let thrown = self.fresh(Repr::Ref);
            let local = self.local(id);
            for stmts in [&mut head, &mut body] {
                stmts.push(Step::Declare(local, Some(Code::new(ExprKind::Local(thrown), Repr::Ref))));
            }
            thrown
        });
        self.declare(&catch.head, if catch.filter.is_some() { &mut head } else { &mut body });
        let filter = catch.filter.as_ref().map(|filter| {
            let value = self.expr(filter);
            sequence(std::mem::take(&mut head), value)
        });
        let inner = self.block(&catch.block);
        body.extend(inner);
        CatchCode { ty: erased(catch.ty), local, filter, body }
    }

    fn using(&mut self, using: &Using, out: &mut Vec<Step>) {
        self.declare(&using.head, out);
        let keep = self.keep(using.resource.0, &using.resource.1);
        out.push(keep);
        let body = self.embedded(&using.body);
        let mut finally = Vec::new();
        self.effect(&using.dispose, &mut finally);
        if finally.is_empty() {
            out.extend(body);
            return;
        }
        out.push(Step::Try(Box::new(TryCode { body, catches: Vec::new(), finally })));
    }
}

/// Whether a condition always holds.
fn is_true(condition: &Expr) -> bool {
    condition.constant.as_ref().and_then(Constant::as_bool) == Some(true)
}
