//! Collects what is wrong with a document while it is read.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::source::{Source, Span};

/// How many faults of one document are reported; a text with more is not a policy document.
pub const MAX_FAULTS: usize = 1_000;

/// The reader stopped listing faults.
pub static TOO_MANY_FAULTS: Rule = Rule {
    id: "document/too-many-faults",
    level: Level::Error,
    summary: "the text has too many faults to list them all",
    page: include_str!("rules/too-many-faults.md"),
    aliases: &[],
};

/// The faults found so far.
pub(super) struct Faults {
    source: Source,
    found: Vec<Diagnostic>,
    count: usize,
}

impl Faults {
    pub(super) fn new(source: &Source) -> Self {
        Self { source: source.clone(), found: Vec::new(), count: 0 }
    }

    /// Adds what `make` tells; it is not asked once the list is full.
    pub(super) fn report(&mut self, make: impl FnOnce(&Source) -> Diagnostic) {
        self.count += 1;
        match self.found.len() {
            0..MAX_FAULTS => self.found.push(make(&self.source)),
            MAX_FAULTS => {
                let span = make(&self.source).span;
                let message = format!("more than {MAX_FAULTS} faults; those behind this place are not listed");
                self.found.push(Diagnostic::new(&TOO_MANY_FAULTS, &self.source, Span::empty(span.start), message));
            }
            _ => {}
        }
    }

    /// How many faults were reported, listed or not.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The faults in the order of the text.
    pub(super) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.span.start);
        self.found
    }
}
