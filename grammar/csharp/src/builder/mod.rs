//! Builds a tree from the bottom up, as the parser finishes one node after the other.
//!
//! Lists are gathered on a stack of open elements: an inner list is always finished before the next element of the list
//! around it, so the parser need only remember how many elements each list has so far.

mod expression;
mod operators;
mod statement;

pub(crate) use expression::Head;
pub(crate) use statement::{BoundItem, BoundItems};

use crate::span::Span;
use crate::tree::{
    Expr, ExprId, ExprKind, FunctionId, Ident, List, Listed, Lists, LocalFunction, Root, Stmt, StmtId, StmtKind, Tree,
    Type, TypeId, TypeKind,
};

/// Gathers the nodes of one tree.
#[derive(Debug, Default)]
pub struct Builder {
    tree: Tree,
    open: Lists,
    /// Operators with their right sides, of operator lists that are still open.
    rests: Vec<operators::Rest>,
    scratch: operators::Scratch,
    /// The chains with a `?.` in them that are still open, innermost last.
    chains: Vec<ExprId>,
    /// Ranks of array creations that are still open.
    ranks: Vec<u32>,
    /// Types of range variables whose clauses are still open.
    range_types: Vec<(Ident, TypeId)>,
    switch_items: Vec<statement::SwitchItem>,
}

impl Builder {
    /// A builder for the tree of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let tree = Tree { text: text.into(), ..Tree::default() };
        Self { tree, ..Self::default() }
    }

    /// The tree, whose whole is `root`.
    #[must_use]
    pub fn finish(mut self, root: Root, comments: Vec<Span>) -> Tree {
        self.tree.root = root;
        self.tree.comments = comments;
        self.tree
    }

    /// Adds an expression, after those within it.
    pub fn expr(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.tree.exprs.push(Expr { span, kind });
        ExprId::at(self.tree.exprs.len() - 1)
    }

    /// Adds a statement, after those within it.
    pub fn stmt(&mut self, span: Span, kind: StmtKind) -> StmtId {
        self.tree.stmts.push(Stmt { span, kind });
        StmtId::at(self.tree.stmts.len() - 1)
    }

    /// Adds a written type, after those within it.
    pub fn ty(&mut self, span: Span, kind: TypeKind) -> TypeId {
        self.tree.types.push(Type { span, kind });
        TypeId::at(self.tree.types.len() - 1)
    }

    /// Adds a local function, after what is within it.
    pub fn function(&mut self, function: LocalFunction) -> FunctionId {
        self.tree.functions.push(function);
        FunctionId::at(self.tree.functions.len() - 1)
    }

    /// Adds an element to the innermost list of its kind that is still open.
    pub fn push<T: Listed>(&mut self, element: T) {
        T::pool_mut(&mut self.open).push(element);
    }

    /// Ends the innermost open list, which has `count` elements.
    pub fn close<T: Listed>(&mut self, count: u32) -> List<T> {
        let open = T::pool_mut(&mut self.open);
        let from = open.len().saturating_sub(count as usize);
        let closed = T::pool_mut(&mut self.tree.lists);
        let start = closed.len();
        closed.extend(open.drain(from..));
        List::new(start..closed.len())
    }
}
