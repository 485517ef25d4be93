//! Instances written as one text: `=== path` begins a file.

use std::path::Path;

use grammar::diagnostic::Diagnostic;
use instance::files::InMemory;
use instance::{Instance, Options, ReadError};

/// The files of a text.
pub fn files(text: &str) -> InMemory {
    let mut files = InMemory::default();
    let mut parts = text.split("=== ");
    assert_eq!(parts.next().map(str::trim), Some(""), "text before the first file");
    for part in parts {
        let (path, body) = part.split_once('\n').unwrap_or((part, ""));
        files.insert(path.trim(), body);
    }
    files
}

/// Reads an instance for `environment` with the variables given.
pub fn try_read(
    text: &str,
    environment: Option<&str>,
    variables: &[(&str, &str)],
) -> Result<(Instance, Vec<Diagnostic>), ReadError> {
    let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let options = Options { environment: environment.map(str::to_owned), variables: &value };
    Instance::read_from(&files(text), Path::new(""), &options)
}

/// Reads an instance without an environment.
pub fn read(text: &str) -> (Instance, Vec<Diagnostic>) {
    try_read(text, None, &[]).expect("the folder is there")
}

/// Diagnostics as `file:line:column [rule] message (help)`, lines and columns from 1.
pub fn shown(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|d| {
            let at = d.source.line_column(d.span.start);
            let help = d.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}:{}:{} [{}] {}{help}", d.source.name(), at.line + 1, at.column + 1, d.rule.id, d.message)
        })
        .collect()
}
