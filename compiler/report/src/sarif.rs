//! SARIF 2.1.0, which code hosts and editors read.

use std::collections::BTreeMap;

use grammar::diagnostic::{Diagnostic, Level, Rule};
use serde_json::{Value, json};

use crate::place;

pub fn render(diagnostics: &[Diagnostic]) -> String {
    let rules: BTreeMap<&str, &Rule> = diagnostics.iter().map(|found| (found.rule.id, found.rule)).collect();
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tollgate",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": diagnostics.iter().map(|found| result(found, &index)).collect::<Vec<_>>(),
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn result(diagnostic: &Diagnostic, index: &BTreeMap<&str, usize>) -> Value {
    let [line, column, end_line, end_column] = place(diagnostic);
    let text = match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    json!({
        "ruleId": diagnostic.rule.id,
        "ruleIndex": index.get(diagnostic.rule.id),
        "level": level(diagnostic.level()),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": diagnostic.source.name().replace('\\', "/") },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        }}],
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}
