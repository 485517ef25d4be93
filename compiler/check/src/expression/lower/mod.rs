//! Typed code of a sound expression.
//!
//! Everything that C# leaves unsaid is made explicit: conversions, null checks, the order of evaluation, where variables
//! live. Each piece of code (the whole, a lambda, a local function) becomes one function of `ir`.
//!
//! Not here: any decision about types or overloads, all of which stand in the bound tree.

mod arguments;
mod captures;
mod effects;
mod exprs;
mod lifted;
mod operators;
mod stmts;
mod switch;

use std::collections::HashMap;

use csharp::span::Span;
use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::tree::{Function, FunctionId, LabelId, LocalId, Stmt, Storage};

use super::binder::Binder;
use super::bound::{
    Body, Delegate, Expr, FrameId, JumpId, Kind, LocalFunctionId, MethodDelegate, TargetId, VariableId, VariableKind,
};
use super::convert::NOT_SUPPORTED;
use super::types::{VOID, erased};
use captures::Captures;
use grammar::expression::Finding;

/// What lowering gives.
pub struct Lowered {
    /// The function of the whole expression; none if something of it cannot be lowered.
    pub main: Option<FunctionId>,
    /// Whether it may read the request's body.
    pub reads_request_body: bool,
    /// Whether it may read the response's body.
    pub reads_response_body: bool,
    /// What cannot be lowered.
    pub findings: Vec<Finding>,
}

/// Lowers a sound expression, whose `returns` are converted to its type.
pub fn lower(binder: &Binder<'_>, body: &Body, returns: &[Expr], ty: Ty, functions: &mut Vec<Function>) -> Lowered {
    let captures = Captures::find(body, returns, &binder.variables, &binder.functions);
    let first = functions.len();
    let mut lowerer = Lowerer {
        binder,
        captures,
        functions,
        locals: HashMap::new(),
        findings: Vec::new(),
        reads_request_body: false,
        reads_response_body: false,
        has_unknown: false,
    };
    let main = lowerer.function(Source { name: String::from("expression"), body, returns, result: ty });
    let Lowerer { findings, reads_request_body, reads_response_body, has_unknown, .. } = lowerer;
    let is_whole = findings.is_empty() && !has_unknown;
    if !is_whole {
        functions.truncate(first);
    }
    Lowered { main: is_whole.then_some(main), reads_request_body, reads_response_body, findings }
}

/// Lowers all the code of one expression.
struct Lowerer<'b, 't> {
    binder: &'b Binder<'t>,
    captures: Captures,
    functions: &'b mut Vec<Function>,
    locals: HashMap<LocalFunctionId, FunctionId>,
    findings: Vec<Finding>,
    reads_request_body: bool,
    reads_response_body: bool,
    /// Whether something was met whose meaning is not known: a named value that is not filled in.
    has_unknown: bool,
}

/// A piece of code to be lowered.
struct Source<'s> {
    name: String,
    body: &'s Body,
    returns: &'s [Expr],
    result: Ty,
}

/// The function that is being written.
struct Writer<'w, 'b, 't> {
    all: &'w mut Lowerer<'b, 't>,
    function: Function,
    variables: HashMap<VariableId, LocalId>,
    targets: HashMap<TargetId, LabelId>,
    /// The loop and the variable that a `goto` to a label sets, with the number of the label's part.
    jumps: HashMap<JumpId, (LabelId, LocalId, i32)>,
    /// The loop and the variable that a `goto` to a section sets.
    sections: HashMap<TargetId, (LabelId, LocalId)>,
    labels: u32,
    returns: &'w [Expr],
    result: Ty,
}

impl Lowerer<'_, '_> {
    fn reserve(&mut self) -> FunctionId {
        let id = FunctionId(u32::try_from(self.functions.len()).unwrap_or(u32::MAX));
        self.functions.push(empty(String::new(), Repr::Void));
        id
    }

    /// Writes a function of its own.
    fn function(&mut self, source: Source<'_>) -> FunctionId {
        let id = self.reserve();
        self.function_at(id, source);
        id
    }

    fn function_at(&mut self, id: FunctionId, source: Source<'_>) {
        let Source { name, body, returns, result } = source;
        let mut writer = Writer::new(self, name, returns, result);
        let mut stmts = writer.begin(body.frame, &body.parameters);
        writer.declare(&body.block.variables, &mut stmts);
        writer.statements(&body.block.stmts, &mut stmts);
        writer.function.body = stmts;
        let function = writer.function;
        if let Some(place) = self.functions.get_mut(id.index()) {
            *place = function;
        }
    }

    /// The function of a lambda.
    fn lambda(&mut self, delegate: &Delegate) -> FunctionId {
        let source = Source {
            name: String::from("lambda"),
            body: &delegate.body,
            returns: &delegate.returns,
            result: delegate.result,
        };
        self.function(source)
    }

    /// The function of a delegate over a method.
    fn method(&mut self, delegate: &MethodDelegate) -> FunctionId {
        let id = self.reserve();
        let mut writer = Writer::new(self, String::from("method"), &[], delegate.result);
        let mut stmts = writer.begin(delegate.frame, &delegate.parameters);
        if delegate.result == VOID {
            writer.effect(&delegate.call, &mut stmts);
            stmts.push(Stmt::Return(None));
        } else {
            let value = writer.expr(&delegate.call);
            stmts.push(Stmt::Return(Some(value)));
        }
        writer.function.body = stmts;
        let function = writer.function;
        if let Some(place) = self.functions.get_mut(id.index()) {
            *place = function;
        }
        id
    }

    /// The function of a local function, written when it is first met.
    fn local_function(&mut self, id: LocalFunctionId) -> FunctionId {
        if let Some(known) = self.locals.get(&id) {
            return *known;
        }
        let place = self.reserve();
        self.locals.insert(id, place);
        let binder = self.binder;
        if let Some(function) = binder.function(id)
            && let Some(body) = &function.body
        {
            let source = Source {
                name: function.name.to_string(),
                body,
                returns: &function.converted,
                result: function.returns,
            };
            self.function_at(place, source);
        } else {
            self.has_unknown = true;
        }
        place
    }

    fn not_supported(&mut self, span: Span, what: impl Into<String>) {
        self.findings.push(Finding::new(&NOT_SUPPORTED, span, what.into()));
    }
}

fn empty(name: String, result: Repr) -> Function {
    Function { name, locals: Vec::new(), parameters: Vec::new(), captures: Vec::new(), result, body: Vec::new() }
}

impl<'w, 'b, 't> Writer<'w, 'b, 't> {
    fn new(all: &'w mut Lowerer<'b, 't>, name: String, returns: &'w [Expr], result: Ty) -> Self {
        let repr = if result == VOID { Repr::Void } else { result.repr() };
        Self {
            all,
            function: empty(name, repr),
            variables: HashMap::new(),
            targets: HashMap::new(),
            jumps: HashMap::new(),
            sections: HashMap::new(),
            labels: 0,
            returns,
            result,
        }
    }

    /// Gives the function its captures and parameters. A parameter that a lambda shares moves into a variable of its
    /// own.
    fn begin(&mut self, frame: FrameId, parameters: &[VariableId]) -> Vec<Stmt> {
        for id in self.all.captures.of(frame) {
            let local = self.local(id);
            self.function.captures.push(local);
        }
        let mut stmts = Vec::new();
        for id in parameters {
            if self.all.captures.is_shared(*id) {
                let ty = self.all.binder.type_of(*id);
                let parameter = self.function.add_local("", repr_of(ty));
                self.function.parameters.push(parameter);
                let local = self.local(*id);
                let value = ir::tree::Expr::new(ir::tree::ExprKind::Local(parameter), repr_of(ty));
                stmts.push(Stmt::Declare(local, Some(value)));
            } else {
                let local = self.local(*id);
                self.function.parameters.push(local);
            }
        }
        stmts
    }

    /// The local of a variable.
    fn local(&mut self, id: VariableId) -> LocalId {
        if let Some(known) = self.variables.get(&id) {
            return *known;
        }
        let (name, ty) = match self.all.binder.variable(id) {
            Some(variable) => (variable.name.to_string(), variable.ty),
            None => (String::new(), VOID),
        };
        let local = self.function.add_local(name, repr_of(ty));
        if self.all.captures.is_shared(id)
            && let Some(place) = self.function.locals.get_mut(local.index())
        {
            place.storage = Storage::Shared;
        }
        self.variables.insert(id, local);
        local
    }

    /// A local of the lowering's own.
    fn fresh(&mut self, repr: Repr) -> LocalId {
        self.function.add_local("", repr)
    }

    fn label(&mut self) -> LabelId {
        self.labels += 1;
        LabelId(self.labels - 1)
    }

    /// Begins the variables of a block that lambdas share: each time anew.
    fn declare(&mut self, variables: &[VariableId], out: &mut Vec<Stmt>) {
        for id in variables {
            let is_constant =
                matches!(self.all.binder.variable(*id).map(|v| &v.kind), Some(VariableKind::Const(_)) | None);
            if self.all.captures.is_shared(*id) && !is_constant {
                let local = self.local(*id);
                out.push(Stmt::Declare(local, None));
            }
        }
    }

    /// The locals through which a function's captures are passed.
    fn captured(&mut self, frame: FrameId) -> Vec<LocalId> {
        let ids = self.all.captures.of(frame);
        ids.into_iter().map(|id| self.local(id)).collect()
    }

    /// A delegate over a lambda.
    fn delegate(&mut self, delegate: &Delegate, ty: Ty) -> ir::tree::ExprKind {
        let function = self.all.lambda(delegate);
        let captured = self.captured(delegate.body.frame);
        ir::tree::ExprKind::Lambda(erased(ty), function, captured)
    }
}

/// How words of a type are read.
fn repr_of(ty: Ty) -> Repr {
    if ty == VOID { Repr::Void } else { ty.repr() }
}

/// Whether an expression is one whose meaning is not known.
fn is_unknown(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        Kind::Error
            | Kind::Null
            | Kind::Type
            | Kind::Namespace(_)
            | Kind::MethodGroup(_)
            | Kind::Lambda(_)
            | Kind::Tuple(_)
            | Kind::Declaration(_)
            | Kind::Discard
    )
}
