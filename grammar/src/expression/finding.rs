//! What is wrong with an expression, in places of its own text.
//!
//! A [`Finding`] becomes a [`Diagnostic`] once it is known where the expression stands in the document.

use super::lexer::UNTERMINATED;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, Safety};
use crate::source::{MappedText, Source, Span};
use std::borrow::Cow;

/// How many findings one expression may have; what is beyond them is not told.
const MOST: usize = 20;

/// One fault of an expression. Spans count from the start of the text that was parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The kind of fault.
    pub rule: &'static Rule,
    /// Where it is to be seen; empty where something is missing.
    pub span: Span,
    /// One lower-case clause; what is written stands in backticks.
    pub message: Cow<'static, str>,
    /// The code by which the C# compiler refuses it.
    pub code: Option<&'static str>,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// Another place that explains it, and what is to be seen there.
    pub label: Option<(Span, String)>,
    /// A change that mends it: its title, whether it may be applied unread, and the replacement.
    pub fix: Option<(String, Safety, Edit)>,
}

impl Finding {
    /// A finding of `rule` at `span`, with the message given.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { rule, span, message: message.into(), code: None, help: None, label: None, fix: None }
    }

    /// The same with the C# compiler's code.
    pub fn code(&mut self, code: &'static str) -> &mut Self {
        self.code = Some(code);
        self
    }

    /// The same with a sentence on what to do.
    pub fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another place that explains it.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.label = Some((span, message.into()));
        self
    }

    /// The same with the change that probably mends it.
    pub fn fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some((title.into(), Safety::Unsafe, Edit { span, text: text.into() }));
        self
    }

    /// The same with the change that mends it and keeps what the author plainly means.
    pub fn safe_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some((title.into(), Safety::Safe, Edit { span, text: text.into() }));
        self
    }

    /// The finding as it is told to the author: `text` is the expression's, with the places it came from in `source`.
    ///
    /// A fix whose text XML would read as markup is left out.
    #[must_use]
    pub fn into_diagnostic(self, source: &Source, text: &MappedText) -> Diagnostic {
        let span = text.source_span(self.span);
        let mut diagnostic = Diagnostic::new(self.rule, source, span, self.message);
        diagnostic.code = self.code;
        diagnostic.help = self.help.map(Cow::into_owned);
        if let Some((span, message)) = self.label {
            diagnostic = diagnostic.label(text.source_span(span), message);
        }
        if let Some((title, safety, edit)) = self.fix
            && !edit.text.contains(['<', '&'])
        {
            diagnostic = diagnostic.fix(Fix::new(title, safety, text.source_span(edit.span), edit.text));
        }
        diagnostic
    }
}

/// The findings of one expression, in the order they were made.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    unheard: Option<Box<Finding>>,
}

impl Findings {
    /// Adds a finding and gives it to be completed.
    ///
    /// Where one place has several, the first tells the cause; the others are its consequences and are dropped.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<Cow<'static, str>>,
    ) -> &mut Finding {
        let finding = Finding::new(rule, span, message);
        let consequence = self.list.iter().any(|earlier| {
            // A string that does not end swallows what is then missing behind it.
            let swallowed = earlier.rule == &UNTERMINATED && span.is_empty() && earlier.span.end == span.start;
            earlier.span.start == span.start || swallowed
        });
        if consequence || self.list.len() >= MOST {
            return self.unheard.insert(Box::new(finding));
        }
        self.list.push_mut(finding)
    }

    /// Whether a string or comment that does not end reaches to `end`.
    pub(super) fn swallowed(&self, end: usize) -> bool {
        self.list.iter().any(|finding| finding.rule == &UNTERMINATED && finding.span.end as usize == end)
    }

    /// Whether something was found inside of `span` or directly behind it.
    pub(super) fn touch(&self, span: Span) -> bool {
        self.list.iter().any(|finding| span.touches(finding.span.start))
    }

    /// The findings in the order of their places.
    pub(super) fn into_sorted(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| (finding.span.start, finding.span.end));
        self.list
    }
}
