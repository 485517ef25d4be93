//! Answers of `ide` as the protocol writes them.

use std::path::Path;

use ide::{Action, Completion, CompletionKind, Finding, Level, LineColumn, Range, Symbol, SymbolKind};
use serde_json::{Value, json};

use crate::uri;

pub fn position(at: LineColumn) -> Value {
    json!({"line": at.line, "character": at.column})
}

pub fn range(range: Range) -> Value {
    json!({"start": position(range.start), "end": position(range.end)})
}

/// A finding in the document `own`.
pub fn diagnostic(finding: &Finding, own: &str) -> Value {
    let severity = match finding.level {
        Level::Error => 1,
        Level::Warning => 2,
        Level::Info => 3,
    };
    let mut out = json!({
        "range": range(finding.range),
        "severity": severity,
        "code": finding.rule,
        "source": "tollgate",
        "message": finding.message,
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            let file = related.file.as_ref().map(|file| uri::of(Path::new(file)));
            json!({
                "location": {"uri": file.as_deref().unwrap_or(own), "range": range(related.range)},
                "message": related.message,
            })
        });
        let related: Vec<Value> = related.collect();
        if let Some(object) = out.as_object_mut() {
            object.insert("relatedInformation".to_owned(), related.into());
        }
    }
    out
}

pub fn action(action: &Action, own: &str) -> Value {
    let edits = action.edits.iter().map(|edit| json!({"range": range(edit.range), "newText": edit.text}));
    let edits: Vec<Value> = edits.collect();
    let mends: Vec<Value> = action.mends.iter().map(|finding| diagnostic(finding, own)).collect();
    json!({
        "title": action.title,
        "kind": if mends.is_empty() { "refactor" } else { "quickfix" },
        "diagnostics": mends,
        "isPreferred": action.is_preferred,
        "edit": {"changes": {own: edits}},
    })
}

/// A completion; with a place for the cursor where the client understands that.
pub fn completion(completion: &Completion, snippets: bool) -> Value {
    let kind = match completion.kind {
        CompletionKind::Element => 7,
        CompletionKind::Attribute | CompletionKind::Property => 10,
        CompletionKind::Keyword => 14,
        CompletionKind::Reference => 18,
        CompletionKind::NamedValue | CompletionKind::Constant => 21,
        CompletionKind::Variable => 6,
        CompletionKind::Method => 2,
        CompletionKind::Type => 22,
        CompletionKind::Namespace => 9,
        CompletionKind::Expression => 15,
    };
    let cursor = completion.cursor.filter(|_| snippets).and_then(|at| completion.text.split_at_checked(at));
    let (text, format) = match cursor {
        Some((before, behind)) => (format!("{}$0{}", escaped(before), escaped(behind)), 2),
        None => (completion.text.clone(), 1),
    };
    json!({
        "label": completion.label,
        "kind": kind,
        "detail": completion.detail,
        "documentation": {"kind": "markdown", "value": completion.docs},
        "sortText": format!("{}{}", completion.rank, completion.label),
        "filterText": completion.label,
        "insertTextFormat": format,
        "textEdit": {"range": range(completion.range), "newText": text},
    })
}

/// A text in which nothing means anything to a snippet.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

pub fn symbol(symbol: &Symbol) -> Value {
    let kind = match symbol.kind {
        SymbolKind::Document => 1,
        SymbolKind::Section => 3,
        SymbolKind::Policy => 12,
        SymbolKind::Part => 8,
    };
    json!({
        "name": symbol.name,
        "detail": symbol.detail,
        "kind": kind,
        "range": range(symbol.range),
        "selectionRange": range(symbol.name_range),
        "children": symbol.children.iter().map(self::symbol).collect::<Vec<_>>(),
    })
}

pub fn fold(range: &Range) -> Value {
    json!({"startLine": range.start.line, "endLine": range.end.line.saturating_sub(1).max(range.start.line)})
}
