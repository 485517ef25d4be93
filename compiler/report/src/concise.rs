//! A line for each finding: `file:line:column: level[rule] message`.

use std::fmt::Write as _;

use grammar::diagnostic::Diagnostic;

use crate::place;

pub fn render(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let [line, column, ..] = place(diagnostic);
        let message = diagnostic.message.replace('\n', " ");
        let (file, level, rule) = (diagnostic.source.name(), diagnostic.level().name(), diagnostic.rule.id);
        // Writing to a string does not fail.
        let _ = writeln!(out, "{file}:{line}:{column}: {level}[{rule}] {message}");
    }
    out
}
