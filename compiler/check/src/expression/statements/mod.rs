//! Statements: from the tree to their meaning.
//!
//! Not here: expressions, and whether control reaches a statement and variables are assigned (`flow`).

pub mod function;
pub mod jumps;
pub mod locals;
pub mod loops;
pub mod switch;
pub mod tries;

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{Declarator, ExprId, List, StmtId, StmtKind as Syntax};

use super::binder::Binder;
use super::bound::{Block, Stmt, StmtKind, VariableId};
use super::convert::NOT_SUPPORTED;
use super::rules::rules;
use super::types::{NONE, UNKNOWN, VOID, is_reference};

rules! {
    /// `yield`, which expressions have no use for.
    YIELD: "yield", Error, "an expression gives one value", ["CS1624"];
    /// A label is declared twice in one block.
    DUPLICATE_LABEL: "duplicate-label", Error, "the label is already declared", ["CS0140"];
    /// `lock` on something that is no object.
    LOCK_VALUE: "lock-value", Error, "only objects can be locked", ["CS0185"];
}

impl Binder<'_> {
    /// A block: its statements in a scope of their own.
    pub fn block(&mut self, list: List<StmtId>, span: Span) -> Block {
        let (stmts, variables) = self.scoped(span, |binder| binder.statements(list));
        Block { variables, stmts }
    }

    /// The block of a `try` and its like.
    pub fn block_of(&mut self, id: StmtId) -> Block {
        let node = *self.tree.stmt(id);
        match node.kind {
            Syntax::Block(list) => self.block(list, node.span),
            _ => Block { variables: Vec::new(), stmts: vec![self.stmt(id)] },
        }
    }

    /// The statements of a list, whose names are all known from its start.
    pub fn statements(&mut self, list: List<StmtId>) -> Vec<Stmt> {
        let ids: Vec<StmtId> = self.tree.list(list).to_vec();
        self.announce(&ids);
        let mut stmts = Vec::with_capacity(ids.len());
        for id in ids {
            self.statement_into(id, &mut stmts);
        }
        stmts
    }

    /// Makes known what a list of statements declares.
    pub fn announce(&mut self, ids: &[StmtId]) {
        for id in ids {
            let mut id = *id;
            loop {
                let node = *self.tree.stmt(id);
                match node.kind {
                    Syntax::Local { declarators, .. } => {
                        let declarators: Vec<Declarator> = self.tree.list(declarators).to_vec();
                        for declarator in declarators.iter().filter(|declarator| !declarator.name.is_missing()) {
                            let name: Rc<str> = self.text(declarator.name).as_ref().into();
                            self.scope.announce(name, declarator.name.span);
                        }
                    }
                    Syntax::LocalFunction(function) => self.declare_function(function),
                    Syntax::Labeled { label, body } => {
                        let name: Rc<str> = self.text(label).as_ref().into();
                        let jump = self.next_jump();
                        if !self.scope.add_label(Rc::clone(&name), jump) {
                            let message = format!("the label `{name}` is already declared in this block");
                            self.refuse(&DUPLICATE_LABEL, "CS0140", label.span, message);
                        }
                        id = body;
                        continue;
                    }
                    _ => {}
                }
                break;
            }
        }
    }

    /// A statement of a section of a `switch`.
    pub fn section_statement(&mut self, id: StmtId, stmts: &mut Vec<Stmt>) {
        self.statement_into(id, stmts);
    }

    /// A statement of a list; a label becomes a statement before the one that it stands at.
    fn statement_into(&mut self, id: StmtId, stmts: &mut Vec<Stmt>) {
        let node = *self.tree.stmt(id);
        match node.kind {
            Syntax::Labeled { label, body } => {
                let name = self.text(label).into_owned();
                if let Some(jump) = self.scope.find_label(&name) {
                    stmts.push(Stmt { kind: StmtKind::Label(jump), span: label.span });
                }
                self.statement_into(body, stmts);
            }
            Syntax::Local { kind, ty, declarators } => self.local(kind, ty, declarators, node.span, stmts),
            _ => stmts.push(self.stmt(id)),
        }
    }

    /// A statement in a place of its own: the body of a loop, of `if`.
    pub fn embedded(&mut self, id: StmtId) -> Stmt {
        let node = *self.tree.stmt(id);
        if let Syntax::Block(_) = node.kind {
            return self.stmt(id);
        }
        let (stmts, variables) = self.scoped(node.span, |binder| {
            let mut stmts = Vec::new();
            binder.announce(&[id]);
            binder.statement_into(id, &mut stmts);
            stmts
        });
        single(variables, stmts, node.span)
    }

    /// One statement.
    pub fn stmt(&mut self, id: StmtId) -> Stmt {
        let node = *self.tree.stmt(id);
        let span = node.span;
        if !self.spend(span) {
            return Stmt { kind: StmtKind::Empty, span };
        }
        let kind = match node.kind {
            Syntax::Empty => StmtKind::Empty,
            Syntax::Block(list) => StmtKind::Block(self.block(list, span)),
            Syntax::Expr(value) => self.expression_statement(value),
            Syntax::Local { .. } | Syntax::Labeled { .. } => return self.embedded(id),
            Syntax::LocalFunction(function) => return self.bind_function(function, span),
            Syntax::If { condition, then, otherwise } => {
                let condition = self.condition(condition);
                let then = Box::new(self.embedded(then));
                let otherwise = otherwise.map(|otherwise| Box::new(self.embedded(otherwise)));
                StmtKind::If(condition, then, otherwise)
            }
            Syntax::Switch { value, sections } => self.switch(value, sections, span),
            Syntax::While { condition, body } => self.while_loop(condition, body, span),
            Syntax::Do { body, condition } => self.do_loop(body, condition, span),
            Syntax::For { initializers, condition, updates, body } => {
                self.for_loop(initializers, condition, updates, body, span)
            }
            Syntax::ForEach { variable, sequence, body } => self.foreach_loop(variable, sequence, body, span),
            Syntax::Break => self.break_statement(span),
            Syntax::Continue => self.continue_statement(span),
            Syntax::Return(value) => self.return_statement(value, span),
            Syntax::Throw(value) => self.throw_statement(value, span),
            Syntax::Goto(target) => self.goto_statement(target, span),
            Syntax::Try { block, catches, finally } => self.try_statement(block, catches, finally),
            Syntax::Using { resource, body } => self.using_statement(resource, body, span),
            Syntax::Lock { value, body } => {
                let value = self.value(value);
                let fits = value.ty == UNKNOWN || value.ty != NONE && value.ty != VOID && is_reference(value.ty);
                if !fits {
                    self.refuse(&LOCK_VALUE, "CS0185", value.span, "only objects can be locked");
                }
                let body = self.embedded(body);
                StmtKind::Lock(value, Box::new(body))
            }
            Syntax::Checked { block, checked } => {
                let outer = self.frame.checked.replace(checked);
                let block = self.block_of(block);
                self.frame.checked = outer;
                StmtKind::Block(block)
            }
            Syntax::Yield(value) => {
                if let Some(value) = value {
                    let value = self.value(value);
                    self.settle_expr(value);
                }
                self.refuse(&YIELD, "CS1624", span, "an expression gives one value: `yield` is not supported")
                    .help("fill a `List<…>` and return it");
                StmtKind::Empty
            }
        };
        Stmt { kind, span }
    }

    fn expression_statement(&mut self, value: ExprId) -> StmtKind {
        let value = self.value(value);
        if value.ty == NONE {
            let before = self.sink.errors;
            let span = value.span;
            let is_default = matches!(value.kind, super::bound::Kind::Error);
            self.settle_expr(value);
            if self.sink.errors == before && !is_default {
                self.report(&NOT_SUPPORTED, span, "this is no statement").code = Some("CS0201");
            }
            return StmtKind::Empty;
        }
        StmtKind::Expr(value)
    }
}

/// One statement for a list, with the variables that begin with it.
pub fn single(variables: Vec<VariableId>, mut stmts: Vec<Stmt>, span: Span) -> Stmt {
    match stmts.pop() {
        Some(only) if stmts.is_empty() && variables.is_empty() => only,
        last => {
            stmts.extend(last);
            Stmt { kind: StmtKind::Block(Block { variables, stmts }), span }
        }
    }
}
