//! What the parts of an expression mean, for editors: hover, completion, go to definition.
//!
//! Available whether or not there were errors; what could not be understood is left out.

use std::sync::Arc;

use csharp::span::Span;
use csharp::tree::{ExprId, TypeId};
use dotnet::catalogue::MemberDef;
use dotnet::ty::Ty;

/// What one expression means.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Its type; none if it has none or it is unknown.
    pub ty: Option<Ty>,
    /// What its name stands for.
    pub symbol: Option<Symbol>,
}

/// What a name stands for.
#[derive(Clone)]
pub enum Symbol {
    /// A variable or parameter: its name, its type and where it is declared.
    Variable(Arc<str>, Ty, Span),
    /// A local function: its name and where it is declared.
    LocalFunction(Arc<str>, Span),
    /// A member, with the type it was found in.
    Member(Ty, &'static MemberDef),
    /// A constant of an enumeration.
    Constant(Ty, &'static str),
    /// A property of an anonymous type or a named element of a tuple.
    Property(Ty, Arc<str>),
    /// A type.
    Type(Ty),
    /// A namespace.
    Namespace(Arc<str>),
    /// `context`
    Context,
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

impl std::fmt::Debug for Symbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Variable(name, ty, _) => write!(f, "variable {ty} {name}"),
            Self::LocalFunction(name, _) => write!(f, "local function {name}"),
            Self::Member(owner, def) => write!(f, "{owner}: {}", def.signature),
            Self::Constant(ty, name) => write!(f, "constant {ty}.{name}"),
            Self::Property(ty, name) => write!(f, "property {ty} {name}"),
            Self::Type(ty) => write!(f, "type {ty}"),
            Self::Namespace(name) => write!(f, "namespace {name}"),
            Self::Context => f.write_str("context"),
        }
    }
}

/// What all parts of one expression mean.
#[derive(Clone, Debug, Default)]
pub struct Semantics {
    exprs: Vec<Option<Meaning>>,
    types: Vec<Option<Ty>>,
    visible: Vec<(Span, Symbol)>,
}

impl Semantics {
    pub(super) fn new(exprs: usize, types: usize) -> Self {
        Self { exprs: vec![None; exprs], types: vec![None; types], visible: Vec::new() }
    }

    pub(super) fn set_expr(&mut self, id: ExprId, meaning: Meaning) {
        if let Some(place) = self.exprs.get_mut(id.index()) {
            *place = Some(meaning);
        }
    }

    pub(super) fn set_type(&mut self, id: TypeId, ty: Ty) {
        if let Some(place) = self.types.get_mut(id.index()) {
            *place = Some(ty);
        }
    }

    pub(super) fn set_visible(&mut self, visible: Vec<(Span, Symbol)>) {
        self.visible = visible;
    }

    /// The variables and local functions that are visible at a place of the text, those declared nearest last. Local
    /// functions are visible in their whole block, variables behind their declaration.
    pub fn visible_at(&self, at: u32) -> impl Iterator<Item = &Symbol> {
        self.visible.iter().filter(move |(span, _)| span.touches(at)).map(|(_, symbol)| symbol).filter(move |symbol| {
            match symbol {
                Symbol::Variable(_, _, declared) => declared.end <= at,
                _ => true,
            }
        })
    }

    /// What an expression means.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> Option<&Meaning> {
        self.exprs.get(id.index())?.as_ref()
    }

    /// The type that is written there.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> Option<Ty> {
        self.types.get(id.index()).copied().flatten()
    }
}
