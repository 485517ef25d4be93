//! Commands for GitHub's runner, which shows findings beside the code.

use std::fmt::Write as _;

use grammar::diagnostic::{Diagnostic, Level};

use crate::place;

pub fn render(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let [line, column, end_line, end_column] = place(diagnostic);
        let command = match diagnostic.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let text = match &diagnostic.help {
            Some(help) => format!("{}; {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let (file, title) = (property(diagnostic.source.name()), property(diagnostic.rule.id));
        let _ = writeln!(
            out,
            "::{command} file={file},line={line},col={column},endLine={end_line},endColumn={end_column},title={title}::{}",
            data(&text)
        );
    }
    out
}

/// A text as the runner reads it behind the colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as the runner reads it between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
