//! The tree of one expression `@(…)` or `@{…}`.
//!
//! A [`Tree`] is an arena: nodes lie in vectors and name each other by small ids, so that a tree is cheap to build and
//! to drop however deep it is. Start at [`Tree::root`], follow ids with [`Tree::expr`], [`Tree::stmt`], [`Tree::ty`],
//! lists with [`Tree::list`] and names with [`Tree::text_of`].
//!
//! What a reader of the tree may rely on:
//!
//! - Every node has a span, in bytes of the text that was parsed, the wrapper `@(` included. A child's span lies within
//!   its parent's.
//! - A tree exists for every text. Where something is missing there is [`ExprKind::Hole`], [`TypeKind::Missing`] or an
//!   [`Ident`] with an empty span, and each of these was reported; a reader gives them an unknown type and is silent.
//! - No node lies deeper than [`MAX_DEPTH`], so that a reader may recurse. Long chains (`a + b + c …`, `x.A().B()…`)
//!   lean to the left and count as depth.
//! - Parentheses stay in the tree ([`ExprKind::Paren`]); precedence is settled, they carry no further meaning except
//!   that they end a chain of `?.`.
//! - What C#'s grammar forbids has been reported already: the list is in the documentation of the node concerned. Names,
//!   types, conversions, assignments, flow and constants are the binder's.
//!
//! Not here: the meaning of names and types (`check`), and how a tree comes to be (`builder`, the grammar).

mod expression;
mod id;
mod statement;
mod types;
mod walk;

pub use expression::{
    Argument, AssignOp, BinaryOp, Clause, Expr, ExprKind, LambdaBody, LambdaForm, Literal, Name, Parameter, Part,
    Passing, Pattern, UnaryOp,
};
pub use id::{ExprId, FunctionId, Ident, List, Listed, StmtId, TypeId};
pub use statement::{
    Bound, Catch, Declarator, ForEachVariable, FunctionBody, GotoTarget, Label, LabelKind, LocalFunction, LocalKind,
    Resource, Section, Stmt, StmtKind,
};
pub use types::{Predefined, TupleElement, Type, TypeKind};
pub use walk::Node;

use crate::span::Span;
use std::borrow::Cow;

/// How deep the nodes of a tree may lie; deeper text is refused and gives a tree that is one hole. The deepest of 6,802
/// published expressions has 92.
pub const MAX_DEPTH: usize = 500;

/// The tree of one expression, with its text.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) text: Box<str>,
    pub(crate) root: Root,
    pub(crate) exprs: Vec<Expr>,
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) types: Vec<Type>,
    pub(crate) functions: Vec<LocalFunction>,
    pub(crate) lists: Lists,
    pub(crate) comments: Vec<Span>,
}

/// What the wrapper holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// `@(expression)`.
    Expression(ExprId),
    /// `@{statements}`: the id of a [`StmtKind::Block`] whose span is the braces', without the `@`.
    Block(StmtId),
}

impl Default for Root {
    fn default() -> Self {
        Self::Expression(ExprId::at(0))
    }
}

/// The elements of all lists of a tree, by their type. Reached through [`Tree::list`].
#[derive(Clone, Debug, Default)]
pub struct Lists {
    pub(crate) exprs: Vec<ExprId>,
    pub(crate) stmts: Vec<StmtId>,
    pub(crate) types: Vec<TypeId>,
    pub(crate) idents: Vec<Ident>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) parts: Vec<Part>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) declarators: Vec<Declarator>,
    pub(crate) sections: Vec<Section>,
    pub(crate) labels: Vec<Label>,
    pub(crate) catches: Vec<Catch>,
    pub(crate) bounds: Vec<Bound>,
    pub(crate) elements: Vec<TupleElement>,
}

impl Tree {
    /// The text that was parsed, wrapper included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the wrapper holds.
    #[must_use]
    pub fn root(&self) -> Root {
        self.root
    }

    /// The expression with this id. An id of another tree may give a hole.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> &Expr {
        static HOLE: Expr = Expr { span: Span { start: 0, end: 0 }, kind: ExprKind::Hole };
        self.exprs.get(id.index()).unwrap_or(&HOLE)
    }

    /// The statement with this id. An id of another tree may give an empty statement.
    #[must_use]
    pub fn stmt(&self, id: StmtId) -> &Stmt {
        static EMPTY: Stmt = Stmt { span: Span { start: 0, end: 0 }, kind: StmtKind::Empty };
        self.stmts.get(id.index()).unwrap_or(&EMPTY)
    }

    /// The type, as written, with this id. An id of another tree may give a missing type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        static MISSING: Type = Type { span: Span { start: 0, end: 0 }, kind: TypeKind::Missing };
        self.types.get(id.index()).unwrap_or(&MISSING)
    }

    /// The local function with this id, or none for an id of another tree.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> Option<&LocalFunction> {
        self.functions.get(id.index())
    }

    /// The elements of a list, in the order they are written.
    #[must_use]
    pub fn list<T: Listed>(&self, list: List<T>) -> &[T] {
        T::pool(&self.lists).get(list.range()).unwrap_or(&[])
    }

    /// The text of a span; what lies outside the text, or splits a character, is empty.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The name that an identifier stands for: without the `@` of a verbatim identifier, and with escapes such as
    /// `\u0061` resolved. Empty where the name is missing.
    #[must_use]
    pub fn text_of(&self, ident: Ident) -> Cow<'_, str> {
        let written = self.slice(ident.span);
        let name = written.strip_prefix('@').unwrap_or(written);
        if name.contains('\\') { Cow::Owned(crate::literal::unescape_identifier(name)) } else { Cow::Borrowed(name) }
    }

    /// The comments, in the order they are written, with their `//` or `/*` and `*/`; line breaks not included.
    #[must_use]
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// All expressions, inner ones before those around them. A few are of no node: the `throw` that became a statement.
    pub fn exprs(&self) -> impl DoubleEndedIterator<Item = (ExprId, &Expr)> {
        self.exprs.iter().enumerate().map(|(index, expr)| (ExprId::at(index), expr))
    }

    /// All statements, inner ones before those around them.
    pub fn stmts(&self) -> impl DoubleEndedIterator<Item = (StmtId, &Stmt)> {
        self.stmts.iter().enumerate().map(|(index, stmt)| (StmtId::at(index), stmt))
    }

    /// All written types.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.types.iter()
    }

    /// How many expressions the tree has: their ids count from 0 to this, so that a table by
    /// [`ExprId::index`] can hold what a reader finds out about each.
    #[must_use]
    pub fn expr_count(&self) -> usize {
        self.exprs.len()
    }

    /// How many statements the tree has, as [`Self::expr_count`].
    #[must_use]
    pub fn stmt_count(&self) -> usize {
        self.stmts.len()
    }

    /// How many types are written in the tree, as [`Self::expr_count`].
    #[must_use]
    pub fn type_count(&self) -> usize {
        self.types.len()
    }

    /// The expression without the parentheses around it.
    #[must_use]
    pub fn without_parentheses(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.expr(id).kind {
            id = inner;
        }
        id
    }
}
