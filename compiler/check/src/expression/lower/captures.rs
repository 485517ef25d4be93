//! Which variables lambdas and local functions share with the code around them.
//!
//! A variable that another piece of code uses lives in the arena; every piece of code between its own and that one
//! passes it on. What a local function shares, its callers have to share too.

use std::collections::{BTreeSet, HashMap};

use crate::expression::bound::{
    Argument, Arguments, Block, Body, Catch, Expr, FrameId, Kind, LocalFunction, Stmt, StmtKind, Variable, VariableId,
};

/// What is shared.
#[derive(Default)]
pub struct Captures {
    by_frame: HashMap<FrameId, BTreeSet<VariableId>>,
    shared: BTreeSet<VariableId>,
}

/// What one piece of code uses.
#[derive(Default)]
struct Uses {
    variables: BTreeSet<VariableId>,
    /// The pieces of code written in it.
    inner: BTreeSet<FrameId>,
    /// The local functions that it calls or makes delegates of.
    calls: BTreeSet<FrameId>,
}

struct Finder<'f> {
    variables: &'f [Variable],
    functions: &'f [LocalFunction],
    frames: HashMap<FrameId, Uses>,
    at: FrameId,
    returns: Vec<&'f [Expr]>,
}

impl Captures {
    /// What the code of an expression shares.
    pub fn find(body: &Body, returns: &[Expr], variables: &[Variable], functions: &[LocalFunction]) -> Self {
        let mut finder =
            Finder { variables, functions, frames: HashMap::new(), at: body.frame, returns: vec![returns] };
        finder.frames.entry(body.frame).or_default();
        finder.block(&body.block);
        let frames = finder.frames;
        let frame_of = |id: &VariableId| variables.get(id.index()).map(|variable| variable.frame);
        let mut by_frame: HashMap<FrameId, BTreeSet<VariableId>> = HashMap::new();
        for (frame, uses) in &frames {
            let foreign = uses.variables.iter().filter(|id| frame_of(id) != Some(*frame)).copied();
            by_frame.insert(*frame, foreign.collect());
        }
        // Each round adds at least one variable to one piece of code.
        loop {
            let mut grown = false;
            for (frame, uses) in &frames {
                for other in uses.inner.iter().chain(&uses.calls) {
                    let passed: Vec<VariableId> = by_frame
                        .get(other)
                        .into_iter()
                        .flatten()
                        .filter(|id| frame_of(id) != Some(*frame))
                        .copied()
                        .collect();
                    let own = by_frame.entry(*frame).or_default();
                    for id in passed {
                        grown |= own.insert(id);
                    }
                }
            }
            if !grown {
                break;
            }
        }
        let shared = by_frame.values().flatten().copied().collect();
        Self { by_frame, shared }
    }

    /// The variables that a piece of code shares with those around it, in a fixed order.
    pub fn of(&self, frame: FrameId) -> Vec<VariableId> {
        self.by_frame.get(&frame).into_iter().flatten().copied().collect()
    }

    /// Whether a variable is shared by several pieces of code.
    pub fn is_shared(&self, id: VariableId) -> bool {
        self.shared.contains(&id)
    }
}

impl<'f> Finder<'f> {
    fn uses(&mut self, id: VariableId) {
        let is_context = id == crate::expression::binder::CONTEXT;
        if !is_context && self.variables.get(id.index()).is_some() {
            self.frames.entry(self.at).or_default().variables.insert(id);
        }
    }

    /// Goes through a piece of code written inside of the current one.
    fn inside(&mut self, frame: FrameId, returns: &'f [Expr], visit: impl FnOnce(&mut Self)) {
        self.frames.entry(self.at).or_default().inner.insert(frame);
        self.frames.entry(frame).or_default();
        let outer = std::mem::replace(&mut self.at, frame);
        self.returns.push(returns);
        visit(self);
        self.returns.pop();
        self.at = outer;
    }

    fn calls(&mut self, id: crate::expression::bound::LocalFunctionId) {
        if let Some(frame) = self.functions.get(id.index()).and_then(|f| f.body.as_ref()).map(|body| body.frame) {
            self.frames.entry(self.at).or_default().calls.insert(frame);
        }
    }

    fn block(&mut self, block: &'f Block) {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &'f Stmt) {
        match &stmt.kind {
            StmtKind::Empty
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Label(_)
            | StmtKind::GotoSection(..)
            | StmtKind::Return(None)
            | StmtKind::Throw(None) => {}
            StmtKind::Block(block) => self.block(block),
            StmtKind::Expr(value) | StmtKind::Throw(Some(value)) => self.expr(value),
            StmtKind::Declare(id, value) => {
                self.uses(*id);
                value.iter().for_each(|value| self.expr(value));
            }
            StmtKind::LocalFunction(id) => {
                if let Some(function) = self.functions.get(id.index())
                    && let Some(body) = &function.body
                {
                    self.inside(body.frame, &function.converted, |finder| finder.block(&body.block));
                }
            }
            StmtKind::If(condition, then, otherwise) => {
                self.expr(condition);
                self.stmt(then);
                otherwise.iter().for_each(|otherwise| self.stmt(otherwise));
            }
            StmtKind::While(_, _, condition, body) | StmtKind::Do(_, body, _, condition) => {
                self.expr(condition);
                self.stmt(body);
            }
            StmtKind::For(turns) => {
                self.block(&turns.head);
                turns.condition.iter().for_each(|(_, condition)| self.expr(condition));
                turns.updates.1.iter().for_each(|update| self.expr(update));
                self.stmt(&turns.body);
            }
            StmtKind::ForEach(turns) => {
                self.expr(&turns.sequence);
                self.uses(turns.current);
                turns.assign.iter().for_each(|stmt| self.stmt(stmt));
                self.stmt(&turns.body);
            }
            StmtKind::Switch(switch) => {
                self.expr(&switch.value);
                self.uses(switch.subject);
                for section in &switch.sections {
                    section.tests.iter().for_each(|test| self.expr(test));
                    section.stmts.iter().for_each(|stmt| self.stmt(stmt));
                }
            }
            StmtKind::Return(Some(index)) => {
                let value = self.returns.last().and_then(|values| values.get(*index));
                value.into_iter().for_each(|value| self.expr(value));
            }
            StmtKind::Try(guarded) => {
                self.block(&guarded.block);
                guarded.catches.iter().for_each(|catch| self.catch(catch));
                guarded.finally.iter().for_each(|finally| self.block(finally));
            }
            StmtKind::Using(using) => {
                self.uses(using.resource.0);
                self.expr(&using.resource.1);
                self.expr(&using.dispose);
                self.stmt(&using.body);
            }
            StmtKind::Lock(value, body) => {
                self.expr(value);
                self.stmt(body);
            }
        }
    }

    fn catch(&mut self, catch: &'f Catch) {
        catch.variable.iter().for_each(|id| self.uses(*id));
        catch.filter.iter().for_each(|filter| self.expr(filter));
        self.block(&catch.block);
    }

    fn arguments(&mut self, arguments: &'f Arguments) {
        for argument in &arguments.values {
            match argument {
                Argument::Value(value) | Argument::Reference(value) => self.expr(value),
                Argument::Params(_, values) => values.iter().for_each(|value| self.expr(value)),
            }
        }
    }

    fn expr(&mut self, expr: &'f Expr) {
        match &expr.kind {
            Kind::Variable(id) => {
                if expr.constant.is_none() {
                    self.uses(*id);
                }
            }
            Kind::Convert(inner, _)
            | Kind::IsNull(inner)
            | Kind::TypeTest(inner, _)
            | Kind::As(inner, _)
            | Kind::AnonymousMember(inner, _)
            | Kind::Throw(inner) => self.expr(inner),
            Kind::Unary(unary) => self.expr(&unary.operand),
            Kind::Binary(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
            }
            Kind::And(left, right) | Kind::Or(left, right) | Kind::Assign(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Kind::Conditional(parts) => {
                self.expr(&parts.0);
                self.expr(&parts.1);
                self.expr(&parts.2);
            }
            Kind::Concat(parts) | Kind::ArrayOf(_, parts) | Kind::ArrayNew(_, parts) | Kind::Anonymous(parts) => {
                parts.iter().for_each(|part| self.expr(part));
            }
            Kind::Format(format) => self.expr(&format.value),
            Kind::Capture(id, value) => {
                self.uses(*id);
                self.expr(value);
            }
            Kind::Call(call) | Kind::New(call) => {
                call.receiver.iter().for_each(|receiver| self.expr(receiver));
                self.arguments(&call.arguments);
            }
            Kind::LocalCall(id, arguments) => {
                self.arguments(arguments);
                self.calls(*id);
            }
            Kind::LocalDelegate(id) => self.calls(*id),
            Kind::Invoke(target, arguments) => {
                self.expr(target);
                self.arguments(arguments);
            }
            Kind::Property(property) => {
                property.receiver.iter().for_each(|receiver| self.expr(receiver));
                self.arguments(&property.arguments);
            }
            Kind::Element(array, indexes) => {
                self.expr(array);
                indexes.iter().for_each(|index| self.expr(index));
            }
            Kind::Delegate(delegate) => {
                self.inside(delegate.body.frame, &delegate.returns, |finder| finder.block(&delegate.body.block));
            }
            Kind::MethodDelegate(delegate) => {
                if let Some((id, receiver)) = &delegate.receiver {
                    self.uses(*id);
                    self.expr(receiver);
                }
                self.inside(delegate.frame, &[], |finder| finder.expr(&delegate.call));
            }
            Kind::Let(id, value, body) => {
                self.uses(*id);
                self.expr(value);
                self.expr(body);
            }
            Kind::Effects(effects, value) => {
                effects.iter().for_each(|effect| self.expr(effect));
                self.expr(value);
            }
            Kind::Error
            | Kind::Constant
            | Kind::Null
            | Kind::Default
            | Kind::Type
            | Kind::Namespace(_)
            | Kind::MethodGroup(_)
            | Kind::Lambda(_)
            | Kind::Tuple(_)
            | Kind::Declaration(_)
            | Kind::Discard
            | Kind::Context
            | Kind::TypeOf(_) => {}
        }
    }
}
