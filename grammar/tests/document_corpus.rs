//! Reads published policy documents and compares the expressions found with those of another reader.

mod shared;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use grammar::diagnostic::Level;
use grammar::document::{Document, Element, NamedValue, NamedValues, NoInstance, exercise, read};
use grammar::source::Source;
use sha2::{Digest, Sha256};

#[derive(serde::Deserialize)]
struct Listed {
    file: String,
    clean: bool,
    expressions: Vec<At>,
}

#[derive(serde::Deserialize, Debug, PartialEq, Eq)]
struct At {
    at: String,
    code: String,
}

#[derive(serde::Deserialize)]
struct Sources {
    files: Vec<Origin>,
}

#[derive(serde::Deserialize)]
struct Origin {
    file: String,
    wellformed: bool,
    illformed_patterns: Vec<String>,
    lex_issues: Vec<String>,
    expressions: usize,
    expressions_sha256: Option<String>,
    elements: Vec<String>,
}

fn read_file(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("the file is there");
    read(&Source::new(path.to_string_lossy(), String::from_utf8_lossy(&bytes)))
}

/// The expressions of a document as the corpus lists them: with those that stand within other text.
fn expressions(document: &Document) -> Vec<At> {
    let mut all: Vec<_> = document.expressions().chain(document.embedded_expressions()).collect();
    all.sort_by_key(|expression| expression.span().start);
    let at = |expression: grammar::document::Expression<'_>| {
        let element = expression.element().map_or("", |element| element.name());
        let at = match expression.attribute() {
            Some(attribute) => format!("{element}@{}", attribute.name()),
            None => format!("{element}#text"),
        };
        At { at, code: expression.decoded().text().to_owned() }
    };
    all.into_iter().map(at).collect()
}

fn digest(expressions: &[At]) -> String {
    let strings: Vec<&str> = expressions.iter().flat_map(|found| [found.at.as_str(), found.code.as_str()]).collect();
    Sha256::digest(strings.join("\0")).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_expressions_of_published_documents_are_found_exactly() {
    let Some(shared) = shared::folder("the comparison with published documents") else { return };
    let folder = shared.join("corpus/real");
    let lines = std::fs::read_to_string(folder.join("EXPRESSIONS.jsonl")).unwrap();
    let listed: Vec<Listed> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for entry in listed.iter().filter(|entry| entry.clean) {
        let found = expressions(&read_file(&folder.join(&entry.file)));
        compared += found.len();
        if found != entry.expressions {
            let different = found.iter().zip(&entry.expressions).find(|(found, listed)| found != listed);
            wrong.push(format!("{}: {} of {}, {different:#?}", entry.file, found.len(), entry.expressions.len()));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 6_000, "only {compared} expressions compared");
}

#[test]
fn sound_documents_have_no_faults_and_the_listed_elements_and_expressions() {
    let Some(shared) = shared::folder("the reading of published documents") else { return };
    let folder = shared.join("corpus/real");
    let sources: Sources =
        serde_json::from_str(&std::fs::read_to_string(folder.join("SOURCES.json")).unwrap()).unwrap();
    let lines = std::fs::read_to_string(folder.join("EXPRESSIONS.jsonl")).unwrap();
    let unclear: HashMap<String, bool> = lines
        .lines()
        .map(|line| serde_json::from_str::<Listed>(line).unwrap())
        .map(|listed| (listed.file, !listed.clean))
        .collect();
    let mut wrong = Vec::new();
    for origin in &sources.files {
        let document = read_file(&folder.join(&origin.file));
        let errors: Vec<_> = document.diagnostics().iter().filter(|found| found.level() == Level::Error).collect();
        let broken = origin.lex_issues.iter().any(|issue| issue != "multiple_roots");
        // A document that is not well formed is one to accept if only its raw expressions make it so.
        let accepted = !broken && (origin.wellformed || !origin.illformed_patterns.is_empty());
        if accepted && origin.wellformed && !document.diagnostics().is_empty() {
            wrong.push(format!("{}: {:?}", origin.file, document.diagnostics().first().map(|found| &found.message)));
        }
        if accepted && !errors.is_empty() {
            wrong.push(format!("{}: {:?}", origin.file, errors.first().map(|found| (&found.message, found.span))));
        }
        // An expression that the other reader could not close may still be one that only C# refuses.
        let faulty = origin.lex_issues.iter().any(|issue| !issue.contains("unbalanced") && issue != "multiple_roots");
        if faulty && errors.is_empty() {
            wrong.push(format!("{}: no fault, listed are {:?}", origin.file, origin.lex_issues));
        }
        if broken || unclear.get(&origin.file) == Some(&true) {
            continue;
        }
        let found = expressions(&document);
        if found.len() != origin.expressions || Some(digest(&found)) != origin.expressions_sha256 {
            wrong.push(format!("{}: {} of {} expressions", origin.file, found.len(), origin.expressions));
        }
        // The list leaves out what bodies and style sheets are made of.
        let is_listed = |element: &Element<'_>| {
            !element.ancestors().any(|outer| matches!(outer.name(), "set-body" | "xsl-transform"))
        };
        let mut names: Vec<&str> = document.elements().filter(is_listed).map(|element| element.name()).collect();
        names.sort_unstable();
        names.dedup();
        if names != origin.elements {
            wrong.push(format!("{}: {names:?} and not {:?}", origin.file, origin.elements));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// An instance in which every named value is one word.
struct Words;

impl NamedValues for Words {
    fn named_value(&self, _name: &str) -> NamedValue<'_> {
        NamedValue::Text { text: "word", secret: false }
    }
}

#[test]
fn expressions_of_published_documents_resolve_to_their_code() {
    let Some(shared) = shared::folder("the resolving of published documents") else { return };
    let mut count = 0;
    for path in shared::documents(&shared.join("corpus/real")) {
        let document = read_file(&path);
        for expression in document.expressions().filter(|expression| expression.is_closed()) {
            let Some(value) = expression.value() else { continue };
            let resolved = value.resolve(&NoInstance);
            let code = resolved.expression().unwrap_or_else(|| panic!("{}: {expression:?}", path.display()));
            let decoded = expression.decoded();
            if !decoded.text().contains("<!--") {
                assert_eq!(code.text.text(), &decoded.text()[2..decoded.text().len() - 1], "{}", path.display());
            }
            assert_eq!(code.span, expression.span(), "{}", path.display());
            // Once a named value is filled in, the end is found anew in the decoded text.
            let filled = value.resolve(&Words);
            let filled = filled.expression().unwrap_or_else(|| panic!("{}: {expression:?}", path.display()));
            let is_whole = filled.is_closed && filled.trailing == code.trailing;
            assert!(is_whole, "{}: {expression:?} became {filled:?}", path.display());
            count += 1;
        }
    }
    assert!(count > 6_000, "only {count} expressions");
}

#[derive(serde::Deserialize)]
struct Samples {
    files: Vec<Sample>,
}

#[derive(serde::Deserialize)]
struct Sample {
    file: String,
    well_formed_xml: Option<bool>,
    suggested_expectation: Option<String>,
}

#[test]
fn samples_of_the_reference_read_as_expected() {
    let Some(shared) = shared::folder("the reading of reference samples") else { return };
    let folder = shared.join("corpus/docs");
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for index in ["INDEX-a-l.json", "INDEX-m-z.json"] {
        let samples: Samples = serde_json::from_str(&std::fs::read_to_string(folder.join(index)).unwrap()).unwrap();
        for sample in samples.files.iter().filter(|sample| sample.file.ends_with(".xml")) {
            let document = read_file(&folder.join(&sample.file));
            let rules: Vec<&str> = document.diagnostics().iter().map(|found| found.rule.id).collect();
            let errors = document.diagnostics().iter().any(|found| found.level() == Level::Error);
            let expectation = sample.suggested_expectation.as_deref().unwrap_or_default();
            if sample.well_formed_xml == Some(true) && !rules.is_empty() {
                wrong.push(format!("{} is well formed, found {rules:?}", sample.file));
            }
            let kind = match expectation {
                _ if expectation.starts_with("accept") => "accept",
                _ if expectation.starts_with("parse-error") => "parse-error",
                _ => "other",
            };
            *found.entry(kind).or_default() += 1;
            match kind {
                "accept" if errors => wrong.push(format!("{} is to be accepted, found {rules:?}", sample.file)),
                "parse-error" if !errors => wrong.push(format!("{} is to be refused", sample.file)),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found["accept"] > 100 && found["parse-error"] >= 4, "{found:?}");
}

#[test]
fn every_text_is_covered_by_its_tree() {
    let Some(shared) = shared::folder("the cover of published documents") else { return };
    let mut count = 0;
    for folder in ["corpus/real", "corpus/docs", "corpus/cars"] {
        for path in shared::documents(&shared.join(folder)) {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            let document = read(&Source::new(path.to_string_lossy(), text.as_str()));
            assert_eq!(exercise::written(&document), text, "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 2_000);
}
