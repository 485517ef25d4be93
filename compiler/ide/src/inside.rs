//! The inside of one expression: read and bound when an editor asks about a place in it.
//!
//! Bound here once more, and not taken from the check, because an editor asks also where the check does not look: in
//! elements that it does not know, and in text that is half typed.

use check::expression::{Bound, Options, Symbol, bind};
use csharp::span::Span;
use csharp::tree::{ExprId, ExprKind, Node, Tree};
use dotnet::ty::Ty;
use grammar::document::Expression;
use grammar::source::MappedText;

/// An expression with what its parts mean.
pub struct Inside {
    /// Its text with the places in the document, wrapper included.
    pub text: MappedText,
    /// Its tree.
    pub tree: Tree,
    /// What its parts mean.
    pub bound: Bound,
}

/// What stands before the point that a name follows.
pub enum Receiver {
    /// A value of a type.
    Value(Ty),
    /// A type.
    Type(Ty),
    /// A namespace.
    Namespace(String),
}

impl Inside {
    /// Reads and binds an expression.
    pub fn of(expression: Expression<'_>) -> Self {
        let text = expression.decoded();
        let parsed = grammar::expression::parse(text.text());
        let has_errors = !parsed.findings.is_empty();
        let bound = bind(&parsed.tree, has_errors, &Options { allow_list: false }, &mut Vec::new());
        Self { text, tree: parsed.tree, bound }
    }

    /// The name that a cursor at `at` stands in or directly behind; empty where there is none.
    pub fn word_at(&self, at: u32) -> Span {
        let text = self.text.text();
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '@';
        let (before, behind) = text.split_at_checked(at as usize).unwrap_or((text, ""));
        let length = |text: usize| u32::try_from(text).unwrap_or(0);
        let start = length(before.trim_end_matches(is_part).len());
        let end = at + length(behind.len() - behind.trim_start_matches(is_part).len());
        // The wrapper's `@` is part of no name.
        let start = if text.get(start as usize..).is_some_and(|rest| rest.starts_with("@(") || rest.starts_with("@{")) {
            at
        } else {
            start
        };
        Span::new(start, end)
    }

    /// What the name at `at` stands for, with its place; no symbol where only the type of what stands there is known.
    pub fn symbol_at(&self, at: u32) -> Option<(Span, Option<Symbol>)> {
        let word = self.word_at(at);
        let declared = self.bound.semantics.visible_at(word.end).find(|symbol| match symbol {
            Symbol::Variable(_, _, span) | Symbol::LocalFunction(_, span) => *span == word && !word.is_empty(),
            _ => false,
        });
        if let Some(symbol) = declared {
            return Some((word, Some(symbol.clone())));
        }
        for node in self.tree.path_at(at).into_iter().rev() {
            match node {
                Node::Expr(id) => {
                    let (span, is_name) = self.shown_span(id);
                    let meaning = self.bound.semantics.expr(id);
                    if let Some(meaning) = meaning.filter(|_| span.touches(at)) {
                        return Some((span, meaning.symbol.clone().filter(|_| is_name)));
                    }
                }
                Node::Type(id) => {
                    if let Some(ty) = self.bound.semantics.ty(id) {
                        return Some((self.tree.ty(id).span, Some(Symbol::Type(ty))));
                    }
                }
                Node::Stmt(_) => {}
            }
        }
        None
    }

    /// The type of the innermost expression at `at`.
    pub fn type_at(&self, at: u32) -> Option<Ty> {
        self.tree.path_at(at).into_iter().rev().find_map(|node| match node {
            Node::Expr(id) => self.bound.semantics.expr(id)?.ty,
            _ => None,
        })
    }

    /// The part of an expression that stands for it in a hover: a member's name, else all of it.
    fn shown_span(&self, id: ExprId) -> (Span, bool) {
        let expr = self.tree.expr(id);
        match expr.kind {
            ExprKind::Member { name, .. } => (name.ident.span, true),
            ExprKind::Name(name) => (name.ident.span, true),
            ExprKind::New { ty, .. } => (self.tree.ty(ty).span, true),
            ExprKind::Predefined(_) => (expr.span, true),
            _ => (expr.span, false),
        }
    }

    /// What stands before the point in front of the name that begins at `name`; none if there is no point.
    pub fn receiver_of(&self, name: u32) -> Option<Option<Receiver>> {
        let before = self.text.text().get(..name as usize)?.trim_end().strip_suffix('.')?.trim_end();
        let end = u32::try_from(before.strip_suffix('?').unwrap_or(before).trim_end().len()).ok()?;
        let chains = self.tree.exprs().filter(|(_, expr)| expr.span.end == end && is_chain(expr.kind));
        let Some((target, _)) = chains.min_by_key(|(_, expr)| expr.span.start) else { return Some(None) };
        Some(self.meaning_as_receiver(target, name))
    }

    fn meaning_as_receiver(&self, target: ExprId, at: u32) -> Option<Receiver> {
        let target = self.tree.without_parentheses(target);
        let meaning = match (self.bound.semantics.expr(target), self.tree.expr(target).kind) {
            (Some(meaning), _) => meaning,
            (None, ExprKind::Name(name)) => {
                let name = self.tree.text_of(name.ident);
                let mut visible = self.bound.semantics.visible_at(at);
                return visible.find_map(|symbol| match symbol {
                    Symbol::Variable(own, ty, _) if **own == *name => Some(Receiver::Value(*ty)),
                    _ => None,
                });
            }
            _ => return None,
        };
        match (&meaning.symbol, meaning.ty) {
            (Some(Symbol::Type(ty)), _) => Some(Receiver::Type(*ty)),
            (Some(Symbol::Namespace(name)), _) => Some(Receiver::Namespace(name.to_string())),
            // After `?.` the value is there.
            (_, Some(ty)) => Some(Receiver::Value(self.unwrapped(target, ty))),
            _ => None,
        }
    }

    fn unwrapped(&self, target: ExprId, ty: Ty) -> Ty {
        let end = self.tree.expr(target).span.end as usize;
        let is_conditional = self.text.text().get(end..).is_some_and(|rest| rest.trim_start().starts_with('?'));
        ty.nullable_inner().filter(|_| is_conditional).unwrap_or(ty)
    }
}

/// Whether a point behind such an expression belongs to all of it.
fn is_chain(kind: ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Literal(_)
            | ExprKind::Interpolation { .. }
            | ExprKind::Name(_)
            | ExprKind::Alias { .. }
            | ExprKind::Predefined(_)
            | ExprKind::Paren(_)
            | ExprKind::Tuple(_)
            | ExprKind::Member { .. }
            | ExprKind::Call { .. }
            | ExprKind::Index { .. }
            | ExprKind::NullChain(_)
            | ExprKind::New { .. }
            | ExprKind::NewArray { .. }
            | ExprKind::NewImplicitArray { .. }
            | ExprKind::NewAnonymous { .. }
            | ExprKind::TypeOf(_)
            | ExprKind::Default(_)
            | ExprKind::Checked { .. }
    )
}
