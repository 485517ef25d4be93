//! For people: the lines that a finding is about, with marks under them, help, and fixes.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Shown, Patch, Renderer, Snippet};
use grammar::diagnostic::{Diagnostic, Level, Safety};
use grammar::source::{Source, Span};

/// The width that lines are kept to.
const WIDTH: usize = 120;

pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&groups(diagnostic)));
        out.push_str("\n\n");
    }
    out
}

fn groups(diagnostic: &Diagnostic) -> Vec<Group<'_>> {
    let shown = match diagnostic.level() {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Info => Shown::INFO,
    };
    let title = shown.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id);
    let source = &diagnostic.source;
    let mut snippet = Snippet::source(source.text())
        .path(source.name())
        .annotation(AnnotationKind::Primary.span(range(source, diagnostic.span)));
    for label in diagnostic.labels.iter().filter(|label| label.source.is_none()) {
        let mark = AnnotationKind::Context.span(range(source, label.span)).label(label.message.as_str());
        snippet = snippet.annotation(mark);
    }
    let mut group = title.element(snippet);
    for label in &diagnostic.labels {
        if let Some(other) = &label.source {
            let mark = AnnotationKind::Context.span(range(other, label.span)).label(label.message.as_str());
            group = group.element(Snippet::source(other.text()).path(other.name()).annotation(mark));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Shown::HELP.message(help.as_str()));
    }
    let mut groups = vec![group];
    if let Some(fix) = diagnostic.fixes.first().filter(|fix| fix.safety != Safety::DisplayOnly) {
        let mut snippet = Snippet::source(source.text()).path(source.name());
        for edit in &fix.edits {
            snippet = snippet.patch(Patch::new(range(source, edit.span), edit.text.as_str()));
        }
        groups.push(Shown::HELP.secondary_title(fix.title.as_str()).element(snippet));
    }
    groups
}

/// The bytes of a span; within the text, and never splitting a character.
fn range(source: &Source, span: Span) -> Range<usize> {
    let text = source.text();
    let inside = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = inside(span.start);
    start..inside(span.end).max(start)
}
