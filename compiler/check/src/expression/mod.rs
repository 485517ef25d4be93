//! Policy expressions: names, types, overloads, flow; from the tree of C# to typed code.
//!
//! [`bind`] takes the tree of one expression and gives its type, its code and everything that is wrong with it. It works
//! in two steps: binding gives a tree of meanings (`bound`), because a lambda has to be understood under several types
//! of its parameters before one is chosen; lowering makes typed code (`ir`) of a tree that is sound.
//!
//! A tour: `binder` holds the state, `expressions` and `statements` go through the tree, `conversion`, `convert` and
//! `resolution` know which conversions and overloads C# takes, `tables` what types and members there are, `flow` where
//! control goes, `lower` what becomes of it all. Rules stand beside the code that finds them, their pages in `rules`.
//!
//! Not here: reading the text (`grammar::expression`), what values attributes want (the checks of policies), and passes
//! over typed code (`ir`).

mod allow;
mod binder;
mod bound;
mod constant;
mod conversion;
mod convert;
mod describe;
mod expressions;
mod flow;
mod lower;
pub mod offered;
mod resolution;
mod rules;
mod scope;
mod semantics;
mod sink;
mod statements;
mod tables;
mod types;

use csharp::tree::{Root, Tree};
use dotnet::ty::Ty;
use grammar::expression::Finding;
use ir::tree::{Function, FunctionId};

pub use rules::RULES;
pub use semantics::{Meaning, Semantics, Symbol};

use allow::is_refusal;
use binder::{Binder, Frame, FrameKind};
use bound::{Block, Body, Expr, FrameId, Kind, Stmt, StmtKind};
use types::{NONE, OBJECT, UNKNOWN, VOID};

/// What the caller wants of [`bind`].
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether the types and members that the service refuses are refused.
    pub allow_list: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { allow_list: true }
    }
}

/// What an expression means.
#[derive(Debug)]
pub struct Bound {
    /// The type of its value. An expression whose returns are of several types gives an `object`; what could not be
    /// understood has none.
    pub ty: Option<Ty>,
    /// Its code; none if there are errors, or a named value that is not filled in.
    pub main: Option<FunctionId>,
    /// Whether it may read the request's body.
    pub reads_request_body: bool,
    /// Whether it may read the response's body.
    pub reads_response_body: bool,
    /// What the author is told, in the order of the places.
    pub findings: Vec<Finding>,
    /// What its parts mean.
    pub semantics: Semantics,
}

/// Binds an expression. Its code, and that of its lambdas and local functions, goes to `functions`.
///
/// `has_errors` tells that reading the text found errors already: then nothing is made of it, but its parts are
/// understood as far as they can be.
#[must_use]
pub fn bind(tree: &Tree, has_errors: bool, options: &Options, functions: &mut Vec<Function>) -> Bound {
    // Deep trees need more stack than a thread may have.
    if tree.depth() <= SHALLOW {
        return bind_here(tree, has_errors, options, functions);
    }
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
        let spawned = builder.spawn_scoped(scope, || bind_here(tree, has_errors, options, functions));
        match spawned.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(bound)) => bound,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => Bound::nothing(tree),
        }
    })
}

/// How deep a tree may be to be bound on the caller's stack.
const SHALLOW: usize = 64;
/// The stack for trees of any depth that the reader lets through.
const DEEP_STACK: usize = 256 << 20;

impl Bound {
    fn nothing(tree: &Tree) -> Self {
        Self {
            ty: None,
            main: None,
            reads_request_body: false,
            reads_response_body: false,
            findings: Vec::new(),
            semantics: Semantics::new(tree.expr_count(), tree.type_count()),
        }
    }
}

fn bind_here(tree: &Tree, has_errors: bool, options: &Options, functions: &mut Vec<Function>) -> Bound {
    let mut binder = Binder::new(tree, *options);
    let (stmts, is_block) = match tree.root() {
        Root::Expression(value) => {
            let value = binder.value(value);
            let span = value.span;
            binder.frame.returns.push(value);
            (vec![Stmt { kind: StmtKind::Return(Some(0)), span }], false)
        }
        Root::Block(block) => (vec![binder.stmt(block)], true),
    };
    let variables = binder.scope.take_variables();
    let scope = std::rc::Rc::clone(&binder.scope);
    binder.note_scope(&scope, tree.span_of(tree.root_node()));
    let frame = std::mem::replace(&mut binder.frame, Frame::new(FrameId(0), FrameKind::Main, None));
    let ty = result_type(&frame.returns);
    let returns = binder.converted_returns(&frame.returns, ty.unwrap_or(UNKNOWN));
    let body = Body {
        frame: frame.id,
        parameters: Vec::new(),
        block: Block { variables, stmts },
        returns: frame.returns,
        returns_nothing: frame.returns_nothing,
        is_expression: !is_block,
        end_reachable: false,
        sink: std::cell::RefCell::default(),
        span: tree.span_of(tree.root_node()),
    };
    let sound = !has_errors && !binder.sink.has_errors();
    if sound {
        let findings = flow::check(&body, &returns, &binder.variables, &binder.functions, is_block);
        for finding in findings {
            binder.sink.report(finding);
        }
    }
    let result = ty.unwrap_or(OBJECT);
    let mut bound = Bound::nothing(tree);
    let refused = binder.sink.findings.iter().any(is_refusal);
    if sound && !binder.sink.has_errors() && !refused && ty.is_some() {
        let lowered = lower::lower(&binder, &body, &returns, result, functions);
        bound.main = lowered.main;
        bound.reads_request_body = lowered.reads_request_body;
        bound.reads_response_body = lowered.reads_response_body;
        binder.sink.findings.extend(lowered.findings);
    }
    bound.ty = ty;
    for (id, meaning) in std::mem::take(&mut binder.sink.meanings) {
        bound.semantics.set_expr(id, meaning);
    }
    bound.semantics.set_visible(std::mem::take(&mut binder.sink.visible));
    for (id, ty) in std::mem::take(&mut binder.sink.types) {
        bound.semantics.set_type(id, ty);
    }
    bound.findings = std::mem::take(&mut binder.sink.findings);
    bound
}

/// The type of the whole: the one that all returned values have, else `object`. None if one is unknown.
fn result_type(returns: &[Expr]) -> Option<Ty> {
    let mut found: Option<Ty> = None;
    let mut is_mixed = false;
    let mut has_null = false;
    for value in returns {
        let ty = value.ty;
        if ty == UNKNOWN {
            return None;
        }
        if ty == NONE || ty == VOID {
            match value.kind {
                Kind::Null | Kind::Default => has_null = true,
                _ => is_mixed = true,
            }
            continue;
        }
        match found {
            Some(known) if !types::same(known, ty) => is_mixed = true,
            _ => found = Some(ty),
        }
    }
    Some(match found {
        Some(ty) if !is_mixed && (!has_null || ty.admits_null()) => ty,
        _ => OBJECT,
    })
}
