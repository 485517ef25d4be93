//! Expressions of published policies.

use crate::shared;
use grammar::expression::{outline, parse, print};
use serde_json::Value;
use std::collections::HashMap;

/// What a document is known to hold that is not C#: what another parser of C# refuses, what a deployment tool would
/// fill in before the service reads it, and comments of the XML around it.
fn not_csharp(source: &Value, codes: &[&str]) -> usize {
    let refused = source["expressions_not_parsed"].as_u64().unwrap() as usize;
    let unfilled =
        source["placeholder_styles"].as_array().unwrap().iter().any(|style| style == "terraform_interpolation");
    let bare = |code: &&&str| unfilled && code.starts_with("@(${");
    let commented = |code: &&&str| code.contains("<!--");
    refused + codes.iter().filter(bare).count() + codes.iter().filter(commented).count()
}

#[test]
fn published_expressions_are_read_unless_they_are_not_csharp() {
    let Some(folder) = shared::folder("published expressions") else { return };
    let sources: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("corpus/real/SOURCES.json")).unwrap()).unwrap();
    let all = shared::published(&folder);
    let mut by_file: HashMap<&str, Vec<&str>> = HashMap::new();
    for expression in &all {
        by_file.entry(&expression.file).or_default().push(&expression.code);
    }
    let mut wrong = Vec::new();
    for source in sources["files"].as_array().unwrap() {
        let file = source["file"].as_str().unwrap();
        let codes = by_file.get(file).map_or(&[][..], Vec::as_slice);
        let refused: Vec<&&str> = codes.iter().filter(|code| !parse(code).findings.is_empty()).collect();
        if refused.len() != not_csharp(source, codes) {
            wrong.push(format!("{file}: {refused:?}"));
        }
    }
    assert!(all.len() > 6000 && wrong.is_empty(), "{} documents:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn printing_with_all_parentheses_keeps_the_meaning() {
    let Some(folder) = shared::folder("round trip") else { return };
    let published = shared::published(&folder).into_iter().map(|expression| expression.code);
    let files = shared::cases(&folder);
    let cases = files.iter().flat_map(|file| file.document["cases"].as_array().unwrap());
    let texts = published.chain(cases.map(|case| shared::case(case).0.to_owned()));
    let mut read = 0;
    for text in texts {
        let first = parse(&text);
        if !first.findings.is_empty() {
            continue;
        }
        let printed = print(&first.tree);
        let second = parse(&printed);
        assert!(second.findings.is_empty(), "{text}\n{printed}\n{:#?}", second.findings);
        assert_eq!(outline(&first.tree), outline(&second.tree), "{text}\n{printed}");
        assert_eq!(print(&second.tree).matches('(').count(), printed.matches('(').count(), "{printed}");
        read += 1;
    }
    assert!(read > 9000, "{read} texts were read");
}
