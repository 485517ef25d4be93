//! Where control goes: which statements it reaches, whether every path gives a value, and whether variables have one
//! before they are read.
//!
//! Runs over the bound tree once the whole expression is sound. Not here: that a section of a `switch` does not fall
//! through and that a lambda gives a value on every path, which decide what a lambda becomes; they ask [`end_of`].

mod exprs;
mod state;
mod stmts;

use std::collections::HashMap;

use csharp::span::Span;
use csharp::tree::Passing;

use super::bound::{
    Body, Expr, FrameId, JumpId, LocalFunction, LocalFunctionId, Stmt, TargetId, Variable, VariableId, VariableKind,
};
use super::rules::rules;
use super::types::{UNKNOWN, VOID};
use grammar::expression::Finding;
use state::State;

rules! {
    /// A variable is read before it has a value.
    UNASSIGNED: "unassigned", Error, "the variable may have no value here", ["CS0165", "CS0177"];
    /// A path through the code gives no value.
    MISSING_RETURN: "missing-return", Error, "not every path returns a value", ["CS0161"];
    /// Code that control never reaches.
    UNREACHABLE: "unreachable", Warning, "control never reaches this", ["CS0162"];
}

/// Whether control can reach the end of statements that it enters.
pub fn end_of(stmts: &[Stmt]) -> bool {
    let mut flow = Flow::new(&[], &[], false);
    flow.block(stmts);
    flow.state.is_reachable()
}

/// What flow finds wrong with a sound expression, whose `returns` are the values it gives, converted.
pub fn check(
    body: &Body,
    returns: &[Expr],
    variables: &[Variable],
    functions: &[LocalFunction],
    is_block: bool,
) -> Vec<Finding> {
    let mut labels = HashMap::new();
    loop {
        let mut flow = Flow::new(variables, functions, true);
        flow.labels = std::mem::take(&mut labels);
        let known = flow.labels.clone();
        flow.frames.push(body.frame);
        flow.lambda_returns.push(returns);
        flow.block(&body.block.stmts);
        if flow.state.is_reachable() && is_block {
            let end = Span::new(body.span.end.saturating_sub(1), body.span.end);
            let finding = Finding::new(&MISSING_RETURN, end, "not every path through the expression returns a value");
            flow.findings.push(finding);
            if let Some(finding) = flow.findings.last_mut() {
                finding.code = Some("CS0161");
            }
        }
        // Jumps to labels are seen after the labels: what they bring there counts in another round.
        if flow.labels == known {
            return flow.findings;
        }
        labels = flow.labels;
    }
}

/// One walk over the code.
struct Flow<'b> {
    variables: &'b [Variable],
    functions: &'b [LocalFunction],
    /// Whether expressions are looked into.
    tracks: bool,
    state: State,
    breaks: HashMap<TargetId, State>,
    continues: HashMap<TargetId, State>,
    labels: HashMap<JumpId, State>,
    sections: HashMap<(TargetId, usize), State>,
    findings: Vec<Finding>,
    /// The code whose own variables are looked at; variables of other code are asked of the callers.
    frames: Vec<FrameId>,
    /// What local functions read and assign of the code around them.
    effects: HashMap<LocalFunctionId, Effects>,
    /// The variables of other code that are read without a value, while a local function is looked at.
    needs: Vec<VariableId>,
    /// The states in which the function that is looked at ends.
    exits: Vec<State>,
    /// The values that the `return`s of the code around give, innermost last.
    lambda_returns: Vec<&'b [Expr]>,
    reported: Vec<VariableId>,
    is_silent: bool,
}

/// What a call of a local function does to the variables of the code around it.
#[derive(Clone, Default)]
struct Effects {
    needs: Vec<VariableId>,
    gives: Vec<VariableId>,
}

impl<'b> Flow<'b> {
    fn new(variables: &'b [Variable], functions: &'b [LocalFunction], tracks: bool) -> Self {
        Self {
            variables,
            functions,
            tracks,
            state: State::start(),
            breaks: HashMap::new(),
            continues: HashMap::new(),
            labels: HashMap::new(),
            sections: HashMap::new(),
            findings: Vec::new(),
            frames: Vec::new(),
            effects: HashMap::new(),
            needs: Vec::new(),
            exits: Vec::new(),
            lambda_returns: Vec::new(),
            reported: Vec::new(),
            is_silent: false,
        }
    }

    fn report(&mut self, finding: Finding) {
        if !self.is_silent {
            self.findings.push(finding);
        }
    }

    /// A variable is read: it must have a value.
    fn read(&mut self, id: VariableId, span: Span) {
        if !self.state.is_reachable() || self.state.has(id) {
            return;
        }
        let Some(variable) = self.variables.get(id.index()) else { return };
        let is_tracked = match &variable.kind {
            VariableKind::Local => true,
            VariableKind::Parameter(passing) => *passing == Passing::Out,
            _ => false,
        };
        if !is_tracked || variable.ty == UNKNOWN {
            return;
        }
        if !self.frames.contains(&variable.frame) {
            if !self.needs.contains(&id) {
                self.needs.push(id);
            }
            return;
        }
        if self.reported.contains(&id) {
            return;
        }
        if !self.is_silent {
            self.reported.push(id);
        }
        let mut finding = Finding::new(&UNASSIGNED, span, format!("`{}` may have no value here", variable.name));
        finding.code = Some("CS0165");
        finding.label = Some((variable.span, format!("`{}` is declared here", variable.name)));
        finding.help = Some("give it a value where it is declared".into());
        self.report(finding);
    }

    /// What a call of a local function needs and gives.
    fn effects_of(&mut self, id: LocalFunctionId) -> Effects {
        if let Some(known) = self.effects.get(&id) {
            return known.clone();
        }
        // While it is looked at, a call of itself is taken to need and give nothing.
        self.effects.insert(id, Effects::default());
        let Some(body) = self.functions.get(id.index()).and_then(|function| function.body.as_deref()) else {
            return Effects::default();
        };
        let silent = std::mem::replace(&mut self.is_silent, true);
        let effects = self.function_body(id, body);
        self.is_silent = silent;
        self.effects.insert(id, effects.clone());
        effects
    }

    /// Looks at the code of a local function.
    fn function_body(&mut self, id: LocalFunctionId, body: &'b Body) -> Effects {
        let outer_state = std::mem::replace(&mut self.state, State::start());
        let outer_frames = std::mem::take(&mut self.frames);
        let outer_needs = std::mem::take(&mut self.needs);
        let outer_exits = std::mem::take(&mut self.exits);
        self.frames.push(body.frame);
        let converted = self.functions.get(id.index()).map_or(&[][..], |function| &function.converted);
        self.lambda_returns.push(converted);
        self.block(&body.block.stmts);
        self.lambda_returns.pop();
        let end = std::mem::replace(&mut self.state, outer_state);
        let function = self.functions.get(id.index());
        let gives_value = function.is_some_and(|function| function.returns != VOID && function.returns != UNKNOWN);
        if end.is_reachable() {
            if gives_value {
                let name = function.map_or("", |function| &function.name);
                let message = format!("not every path through `{name}` returns a value");
                let mut finding = Finding::new(&MISSING_RETURN, body.span, message);
                finding.code = Some("CS0161");
                self.report(finding);
            }
            self.exits.push(end);
        }
        let exits = std::mem::replace(&mut self.exits, outer_exits);
        let needs = std::mem::replace(&mut self.needs, outer_needs);
        self.frames = outer_frames;
        let mut all = State::unreachable();
        for exit in &exits {
            all = all.joined(exit);
        }
        self.check_outs(body, &all);
        let gives = (0..self.variables.len())
            .filter_map(|index| u32::try_from(index).ok().map(VariableId))
            .filter(|id| all.is_reachable() && all.has(*id))
            .collect();
        Effects { needs, gives }
    }

    /// Every `out` parameter has a value wherever the function ends.
    fn check_outs(&mut self, body: &Body, exits: &State) {
        for id in &body.parameters {
            let Some(variable) = self.variables.get(id.index()) else { continue };
            let is_out = matches!(variable.kind, VariableKind::Parameter(Passing::Out));
            if is_out && exits.is_reachable() && !exits.has(*id) {
                let message = format!("`{}` gets no value before the function ends", variable.name);
                let mut finding = Finding::new(&UNASSIGNED, variable.span, message);
                finding.code = Some("CS0177");
                self.report(finding);
            }
        }
    }
}
