//! What is found out while a piece of code is bound, before it is certain that the piece counts.
//!
//! A lambda is bound in a sink of its own. What was found there is told only if that binding is chosen.

use csharp::span::Span;
use csharp::tree::{ExprId, TypeId};
use grammar::diagnostic::Level;

use super::allow::is_refusal;
use super::semantics::{Meaning, Symbol};
use dotnet::ty::Ty;
use grammar::expression::Finding;

/// What was found.
#[derive(Debug, Default)]
pub struct Sink {
    /// What the author is told.
    pub findings: Vec<Finding>,
    /// What expressions mean, for editors.
    pub meanings: Vec<(ExprId, Meaning)>,
    /// What written types mean.
    pub types: Vec<(TypeId, Ty)>,
    /// The variables and local functions that are visible in parts of the text.
    pub visible: Vec<(Span, Symbol)>,
    /// How many of the findings are errors of C#.
    pub errors: usize,
}

impl Sink {
    /// Adds a finding and gives it to be completed.
    pub fn report(&mut self, finding: Finding) -> &mut Finding {
        if finding.rule.level == Level::Error && !is_refusal(&finding) {
            self.errors += 1;
        }
        let at = self.findings.len();
        self.findings.push(finding);
        match self.findings.get_mut(at) {
            Some(finding) => finding,
            None => unreachable!("a finding was added just before"),
        }
    }

    /// Whether C# refuses what was bound.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Takes over what was found elsewhere.
    pub fn absorb(&mut self, other: &mut Self) {
        self.findings.append(&mut other.findings);
        self.meanings.append(&mut other.meanings);
        self.types.append(&mut other.types);
        self.visible.append(&mut other.visible);
        self.errors += std::mem::take(&mut other.errors);
    }
}
