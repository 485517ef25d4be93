//! Changes that an editor offers: the fixes of findings, and `<base />` where a section lacks it.

use grammar::diagnostic::{Fix, Safety};
use grammar::document::is_section_name;
use grammar::source::Span;

use crate::analysis::{Analysis, Finding, finding};
use crate::range::Range;

/// A change that an editor offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// What is replaced.
    pub edits: Vec<TextEdit>,
    /// The finding that it mends, if it mends one.
    pub mends: Option<Finding>,
    /// Whether it is the first choice, so that an editor may apply it without asking which.
    pub is_preferred: bool,
}

/// A replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced.
    pub range: Range,
    /// What stands there afterwards.
    pub text: String,
}

impl Analysis {
    /// The changes that are offered for a range: fixes of the findings that touch it first.
    #[must_use]
    pub fn actions(&self, range: Range) -> Vec<Action> {
        let span = range.span(self.source());
        let touched = self
            .checked
            .diagnostics
            .iter()
            .filter(|found| found.span.start <= span.end && span.start <= found.span.end);
        let mut actions = Vec::new();
        for found in touched {
            for (place, fix) in found.fixes.iter().enumerate() {
                let action = self.action(fix, Some(finding(found)));
                // The best comes first; one with gaps is for the author to choose.
                let is_preferred = place == 0 && fix.safety != Safety::DisplayOnly;
                actions.push(Action { is_preferred, ..action });
            }
        }
        actions.extend(self.add_base(span));
        actions
    }

    fn action(&self, fix: &Fix, mends: Option<Finding>) -> Action {
        let edit = |edit: &grammar::diagnostic::Edit| TextEdit {
            range: Range::of(self.source(), edit.span),
            text: edit.text.clone(),
        };
        Action { title: fix.title.clone(), edits: fix.edits.iter().map(edit).collect(), mends, is_preferred: false }
    }

    /// A section without `<base />` leaves out what the enclosing scopes do.
    fn add_base(&self, span: Span) -> Option<Action> {
        let section = self.tree.elements().find(|element| {
            let is_near = element.open_span().start <= span.start && span.end <= element.open_span().end;
            is_near && is_section_name(element.name()) && element.section() == Some(element.name())
        })?;
        if section.descendants().any(|element| element.name() == "base") || !section.is_tag_closed() {
            return None;
        }
        let fix = if section.is_self_closing() {
            let text = format!("<{0}>\n<base />\n</{0}>", section.name());
            Fix::safe("Add `<base />`", section.span(), text)
        } else {
            let line = self.source().line_column(section.span().start).line;
            let indent: String =
                self.source().slice(self.source().line(line)).chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
            let place = Span::empty(section.open_span().end);
            Fix::safe("Add `<base />`", place, format!("\n{indent}    <base />"))
        };
        Some(self.action(&fix, None))
    }
}
