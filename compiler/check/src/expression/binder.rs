//! The state of the binder: what is visible, what was declared, what was found.
//!
//! Not here: any construct of C#; they stand in `expressions` and `statements`.

use std::borrow::Cow;
use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{Argument, ExprId, Ident, List, Parameter, Passing, Tree, TypeId};
use dotnet::ty::Ty;
use grammar::diagnostic::Rule;

use super::Options;
use super::bound::{
    Body, Expr, FrameId, JumpId, LocalFunction, LocalFunctionId, TargetId, Variable, VariableId, VariableKind,
};
use super::rules::rules;
use super::scope::{Conflict, Entry, Scope};
use super::semantics::{Meaning, Symbol};
use super::sink::Sink;
use super::types::{NONE, UNKNOWN};
use grammar::expression::Finding;

rules! {
    /// A name is declared twice in one block.
    DUPLICATE_NAME: "duplicate-name", Error, "the name is already declared in this block", ["CS0128", "CS0100"];
    /// A name is declared that has a meaning in the code around it.
    NAME_IN_USE: "name-in-use", Error, "the name already has a meaning in the code around this", ["CS0136"];
    /// Overloads and lambdas leave too many possible meanings.
    TOO_COMPLEX: "too-complex", Error, "the expression has too many possible meanings", [];
}

/// How many nodes may be bound for one expression, lambdas counted each time that they are.
const BUDGET: u32 = 400_000;

/// The variable that `context` is.
pub const CONTEXT: VariableId = VariableId(0);

/// Binds one expression.
pub struct Binder<'t> {
    /// The expression.
    pub tree: &'t Tree,
    /// What the caller wants.
    pub options: Options,
    /// All variables; the first is `context`.
    pub variables: Vec<Variable>,
    /// All local functions.
    pub functions: Vec<LocalFunction>,
    /// The names that are visible.
    pub scope: Rc<Scope>,
    /// What was found in the code that is being bound.
    pub sink: Sink,
    /// The code that is being bound.
    pub frame: Frame,
    /// The local functions that are declared, by their nodes; the last one counts, since lambdas are bound repeatedly.
    pub declared: Vec<(csharp::tree::FunctionId, LocalFunctionId)>,
    /// The receivers of `?.` in the chain that is being bound, outermost first.
    pub chain: Vec<(VariableId, Expr)>,
    /// Whether the name inside of `nameof` is being bound, which needs no value.
    pub naming: bool,
    /// How many `finally` blocks are around each label.
    pub label_depths: Vec<usize>,
    counters: [u32; 3],
    budget: u32,
}

/// The code that is being bound: the whole expression, a lambda, or a local function.
pub struct Frame {
    /// Its identity.
    pub id: FrameId,
    /// What it is.
    pub kind: FrameKind,
    /// The values that it returns.
    pub returns: Vec<Expr>,
    /// Whether there is a `return` without a value.
    pub returns_nothing: bool,
    /// What `break` and `continue` may lead to, innermost last.
    pub targets: Vec<Target>,
    /// How many `finally` blocks are around.
    pub finally_depth: usize,
    /// How many `catch` blocks are around, within the innermost `finally`.
    pub catch_depth: usize,
    /// Whether arithmetic is checked; none if nothing says so.
    pub checked: Option<bool>,
}

/// What the code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// The whole expression.
    Main,
    /// A lambda or an anonymous method.
    Lambda,
    /// A local function that gives this.
    Local(Ty),
}

/// A loop or a `switch`.
pub struct Target {
    /// Its number.
    pub id: TargetId,
    /// Whether `continue` can lead to it.
    pub is_loop: bool,
    /// How many `finally` blocks are around it.
    pub finally_depth: usize,
    /// The sections of a `switch` that `goto` names: the constants with their sections, and that of `default`.
    pub switch: Option<SwitchTargets>,
}

/// What `goto case` and `goto default` may name.
pub struct SwitchTargets {
    /// The type of the value.
    pub ty: Ty,
    /// The constants of `case` labels, each with the number of its section.
    pub cases: Vec<(super::constant::Constant, usize)>,
    /// The number of the section of `default`.
    pub default: Option<usize>,
    /// Whether a `goto` named one of them.
    pub is_used: bool,
}

impl Frame {
    /// Code of a kind.
    pub fn new(id: FrameId, kind: FrameKind, checked: Option<bool>) -> Self {
        Self {
            id,
            kind,
            returns: Vec::new(),
            returns_nothing: false,
            targets: Vec::new(),
            finally_depth: 0,
            catch_depth: 0,
            checked,
        }
    }
}

impl<'t> Binder<'t> {
    /// A binder for one expression.
    pub fn new(tree: &'t Tree, options: Options) -> Self {
        let scope = Scope::function(None);
        let context = Variable {
            name: "context".into(),
            ty: Ty(&dotnet::context::CONTEXT),
            kind: VariableKind::Parameter(Passing::Value),
            span: Span::default(),
            frame: FrameId(0),
        };
        scope.declare("context".into(), Entry::Variable(CONTEXT));
        Self {
            tree,
            options,
            variables: vec![context],
            functions: Vec::new(),
            scope,
            sink: Sink::default(),
            frame: Frame::new(FrameId(0), FrameKind::Main, None),
            declared: Vec::new(),
            chain: Vec::new(),
            naming: false,
            label_depths: Vec::new(),
            counters: [1, 0, 0],
            budget: BUDGET,
        }
    }

    /// The number of another piece of code.
    pub fn next_frame(&mut self) -> FrameId {
        FrameId(self.count(0))
    }

    /// The number of another loop or `switch`.
    pub fn next_target(&mut self) -> TargetId {
        TargetId(self.count(1))
    }

    /// The number of another label.
    pub fn next_jump(&mut self) -> JumpId {
        self.label_depths.push(self.frame.finally_depth);
        JumpId(self.count(2))
    }

    fn count(&mut self, of: usize) -> u32 {
        let Some(counter) = self.counters.get_mut(of) else { return 0 };
        *counter += 1;
        *counter - 1
    }

    /// Takes one from the budget; false if it is used up, which is reported once.
    pub fn spend(&mut self, span: Span) -> bool {
        match self.budget {
            0 => false,
            1 => {
                self.budget = 0;
                let help = "keep values in variables, and give lambdas' parameters types";
                self.report(&TOO_COMPLEX, span, "the expression has too many possible meanings").help =
                    Some(help.into());
                false
            }
            _ => {
                self.budget -= 1;
                true
            }
        }
    }

    /// Reports a finding and gives it to be completed.
    pub fn report(&mut self, rule: &'static Rule, span: Span, message: impl Into<Cow<'static, str>>) -> &mut Finding {
        self.sink.report(Finding::new(rule, span, message))
    }

    /// Reports a finding with the C# compiler's code for it.
    pub fn refuse(
        &mut self,
        rule: &'static Rule,
        code: &'static str,
        span: Span,
        message: impl Into<Cow<'static, str>>,
    ) -> &mut Finding {
        let finding = self.report(rule, span, message);
        finding.code = Some(code);
        finding
    }

    /// The name of an identifier.
    pub fn text(&self, ident: Ident) -> Cow<'t, str> {
        self.tree.text_of(ident)
    }

    /// The arguments of a list.
    pub fn arguments(&self, list: List<Argument>) -> &'t [Argument] {
        self.tree.list(list)
    }

    /// The parameters of a list.
    pub fn parameters(&self, list: List<Parameter>) -> &'t [Parameter] {
        self.tree.list(list)
    }

    /// A variable.
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(id.index())
    }

    /// The type of a variable.
    pub fn type_of(&self, id: VariableId) -> Ty {
        self.variable(id).map_or(UNKNOWN, |variable| variable.ty)
    }

    /// Tells the type of a variable that was declared without one.
    pub fn set_type(&mut self, id: VariableId, ty: Ty) {
        if let Some(variable) = self.variables.get_mut(id.index()) {
            variable.ty = ty;
        }
    }

    /// A local function.
    pub fn function(&self, id: LocalFunctionId) -> Option<&LocalFunction> {
        self.functions.get(id.index())
    }

    fn add_variable(&mut self, name: Rc<str>, ty: Ty, kind: VariableKind, span: Span) -> VariableId {
        let id = VariableId(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        self.variables.push(Variable { name, ty, kind, span, frame: self.frame.id });
        id
    }

    /// A temporary of the compiler's own.
    pub fn temporary(&mut self, ty: Ty) -> VariableId {
        self.add_variable("".into(), ty, VariableKind::Temporary, Span::default())
    }

    /// A temporary with an expression that reads it.
    pub fn temporary_for(&mut self, value: &Expr) -> (VariableId, Expr) {
        let id = self.temporary(value.ty);
        (id, Expr::variable(id, value.ty, value.span))
    }

    /// Declares a variable in the current scope, where it begins. Reports a name that is taken.
    pub fn declare(&mut self, ident: Ident, ty: Ty, kind: VariableKind) -> VariableId {
        let name: Rc<str> = self.text(ident).as_ref().into();
        let id = self.add_variable(Rc::clone(&name), ty, kind, ident.span);
        let scope = self.scope.declaring();
        scope.begin(id);
        let is_parameter = matches!(self.variable(id).map(|variable| &variable.kind), Some(VariableKind::Parameter(_)));
        if ident.is_missing() || !self.check_name(&name, ident.span, is_parameter) {
            return id;
        }
        scope.declare(name, Entry::Variable(id));
        id
    }

    /// Reports a name that cannot be declared here; false if it is taken in this very scope.
    pub fn check_name(&mut self, name: &Rc<str>, span: Span, is_parameter: bool) -> bool {
        let Some(conflict) = self.scope.declaring().conflict(name) else { return true };
        let (entry, is_same) = match conflict {
            Conflict::Same(entry) => (entry, true),
            // A block shares its names with the parameters or the exception that it belongs to.
            Conflict::Outer(entry @ Entry::Variable(id), true) if !is_parameter => (entry, self.belongs_to_block(id)),
            Conflict::Outer(entry, _) => (entry, false),
        };
        let place = match entry {
            Entry::Variable(CONTEXT) => None,
            Entry::Variable(id) => self.variable(id).map(|variable| variable.span),
            Entry::Function(id) => self.function(id).map(|function| function.span),
            Entry::Later(span) => Some(span),
        };
        let label = place.map(|span| (span, format!("`{name}` is declared here")));
        let finding = if is_same {
            self.refuse(&DUPLICATE_NAME, "CS0128", span, format!("`{name}` is already declared in this block"))
        } else {
            let message = format!("`{name}` already has a meaning in the code around this");
            self.refuse(&NAME_IN_USE, "CS0136", span, message)
        };
        finding.label = label;
        !is_same
    }

    /// Whether a variable is declared in front of the block that may use it.
    fn belongs_to_block(&self, id: VariableId) -> bool {
        let kind = self.variable(id).map(|variable| &variable.kind);
        matches!(kind, Some(VariableKind::Parameter(_) | VariableKind::Caught))
    }

    /// Binds something in a scope inside the current one, and gives the variables that begin there.
    pub fn scoped<R>(&mut self, span: Span, bind: impl FnOnce(&mut Self) -> R) -> (R, Vec<VariableId>) {
        let inner = Scope::inside(&self.scope);
        let outer = std::mem::replace(&mut self.scope, Rc::clone(&inner));
        let result = bind(self);
        self.scope = outer;
        self.note_scope(&inner, span);
        (result, inner.take_variables())
    }

    /// Keeps which variables are visible in a part of the text.
    pub fn note_scope(&mut self, scope: &Scope, span: Span) {
        for (name, entry) in scope.own_names() {
            let symbol = match entry {
                Entry::Variable(CONTEXT) | Entry::Later(_) => continue,
                Entry::Variable(id) => {
                    let Some(variable) = self.variable(id) else { continue };
                    Symbol::Variable((&*name).into(), variable.ty, variable.span)
                }
                Entry::Function(id) => {
                    let Some(function) = self.function(id) else { continue };
                    Symbol::LocalFunction((&*name).into(), function.span)
                }
            };
            self.sink.visible.push((span, symbol));
        }
    }

    /// Keeps what an expression means.
    pub fn note(&mut self, id: ExprId, ty: Ty, symbol: Option<Symbol>) {
        let ty = Some(ty).filter(|ty| *ty != UNKNOWN && *ty != NONE);
        if ty.is_some() || symbol.is_some() {
            self.sink.meanings.push((id, Meaning { ty, symbol }));
        }
    }

    /// Keeps what a written type means.
    pub fn note_type(&mut self, id: TypeId, ty: Ty) {
        if ty != UNKNOWN {
            self.sink.types.push((id, ty));
        }
    }

    /// Takes over what was found while a lambda was bound that is now chosen.
    pub fn adopt(&mut self, body: &Body) {
        self.sink.absorb(&mut body.sink.borrow_mut());
    }

    /// Whether arithmetic that is no constant throws on overflow.
    pub fn is_checked(&self) -> bool {
        self.frame.checked == Some(true)
    }

    /// Whether overflow in a constant is an error.
    pub fn is_constant_checked(&self) -> bool {
        self.frame.checked != Some(false)
    }
}
