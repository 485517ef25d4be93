//! An array of objects, one for each finding.

use grammar::diagnostic::Diagnostic;
use serde::Serialize;

use crate::place;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'d> {
    file: &'d str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    rule: &'static str,
    aliases: Vec<&'static str>,
    level: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    element: Option<&'d str>,
}

pub fn render(diagnostics: &[Diagnostic]) -> String {
    let findings: Vec<Finding<'_>> = diagnostics.iter().map(finding).collect();
    let mut out = if findings.is_empty() {
        String::from("[]")
    } else {
        // Strings and numbers can always be written.
        serde_json::to_string_pretty(&findings).unwrap_or_default()
    };
    out.push('\n');
    out
}

fn finding(diagnostic: &Diagnostic) -> Finding<'_> {
    let [line, column, end_line, end_column] = place(diagnostic);
    Finding {
        file: diagnostic.source.name(),
        line,
        column,
        end_line,
        end_column,
        rule: diagnostic.rule.id,
        aliases: diagnostic.aliases().collect(),
        level: diagnostic.level().name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        element: diagnostic.element.as_deref(),
    }
}
