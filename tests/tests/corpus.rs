//! Published policy documents: what people deploy is read, understood and compiled.
//!
//! The documents lie beside the checkout and are no part of it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use check::document::{Alone, Options, check_source};
use check::expression;
use codegen::Compiler;
use grammar::diagnostic::Level;
use grammar::source::Source;

/// An expression that C# refuses too, recognised by a part of its text, and why.
const REFUSED: &[(&str, &str)] = &[
    ("1 / 0", "a constant is divided by zero"),
    ("context.Nope.Thing", "the context has no `Nope`"),
    ("context.Product.Apis[0]", "`Apis` is an enumerable, which has no indexer"),
    ("context.Product.Groups.Count.ToString()", "`Groups` is an enumerable, whose `Count` is a method"),
    ("context.User.Groups[0]", "`Groups` is an enumerable, which has no indexer"),
    ("context.User.Identities[0]", "`Identities` is an enumerable, which has no indexer"),
    ("context.User.Groups.Contains(\"premium\")", "a group is no string"),
    ("context.Request.Body.AsJObject()", "a body has no `AsJObject`"),
    ("context.Request.TokenAmount", "a request has no `TokenAmount`"),
    ("context.User.Name", "a user has a first and a last name"),
    ("@(token)", "nothing declares `token`"),
    ("AddSeconds((string)context.Request.MatchedParameters[\"ttlInSeconds\"])", "a string is no number of seconds"),
    ("context.Request.MatchedParameters(\"blobContainer\")", "`MatchedParameters` is no method"),
];

/// Rules that tell that the service does not let policies use a type or member, or that nothing in the tables has the
/// name of one of .NET's types.
const OUTSIDE: [&str; 4] = [
    "expression/outside-list-type",
    "expression/outside-list-member",
    "expression/unknown-type",
    "expression/unknown-name",
];

/// Members that the tables do not have yet; what needs them is counted and told.
const AWAITED: [&str; 4] = ["`Encrypt`", "`Decrypt`", "`Certificate`", "`Backend`"];

#[derive(serde::Deserialize)]
struct Listed {
    file: String,
    clean: bool,
    expressions: Vec<Code>,
}

#[derive(serde::Deserialize)]
struct Code {
    code: String,
}

#[derive(serde::Deserialize)]
struct Sources {
    files: Vec<Origin>,
}

#[derive(serde::Deserialize)]
struct Origin {
    file: String,
    lex_issues: Vec<String>,
    expressions_not_parsed: usize,
}

fn corpus(test: &str) -> Option<PathBuf> {
    tests::shared::folder(test).map(|shared| shared.join("corpus"))
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("the file is there")).into_owned()
}

/// The different expressions of sound documents, each with a document that it stands in.
fn sound_expressions(folder: &Path) -> BTreeMap<String, String> {
    let sources: Sources = serde_json::from_str(&text(&folder.join("SOURCES.json"))).expect("a list of sources");
    let is_sound = |origin: &Origin| origin.lex_issues.is_empty() && origin.expressions_not_parsed == 0;
    let sound: HashMap<&str, bool> =
        sources.files.iter().map(|origin| (origin.file.as_str(), is_sound(origin))).collect();
    let mut found = BTreeMap::new();
    for line in text(&folder.join("EXPRESSIONS.jsonl")).lines() {
        let listed: Listed = serde_json::from_str(line).expect("a line of expressions");
        if listed.clean && sound.get(listed.file.as_str()) == Some(&true) {
            for expression in listed.expressions {
                found.entry(expression.code).or_insert_with(|| listed.file.clone());
            }
        }
    }
    found
}

/// Whether a text holds a place that a tool fills in before it is a policy.
fn has_placeholder(code: &str) -> bool {
    code.contains("${") || code.contains("%{")
}

#[test]
fn every_document_is_checked_and_each_finding_lies_in_it() {
    let Some(folder) = corpus("checking published documents") else { return };
    let mut count = 0;
    for path in tests::shared::files(&folder) {
        if path.extension().is_some_and(|end| end == "json" || end == "jsonl" || end == "md" || end == "yaml") {
            continue;
        }
        let source = Source::new(path.to_string_lossy(), text(&path));
        let checked = check_source(&source, &Options::default(), &Alone);
        for found in &checked.diagnostics {
            let end = found.span.end as usize;
            assert!(found.span.start <= found.span.end && end <= source.text().len(), "{}", path.display());
        }
        count += 1;
    }
    assert!(count > 2_400, "only {count} documents");
}

#[test]
fn sound_expressions_are_read_and_compiled_unless_csharp_refuses_them() {
    let Some(folder) = corpus("compiling published expressions") else { return };
    let compiler = Compiler::new().expect("a processor that is known");
    let (mut wrong, mut compiled, mut outside, mut awaiting) = (Vec::new(), 0, 0, 0);
    for (code, file) in sound_expressions(&folder.join("real")) {
        // A document's reader leaves comments of XML out before the expression is read.
        if has_placeholder(&code) || code.contains("<!--") {
            continue;
        }
        let is_refused = REFUSED.iter().any(|(part, _)| code.contains(part));
        let parsed = grammar::expression::parse(&code);
        if let Some(finding) = parsed.findings.first() {
            wrong.push(format!("{file}: not read: {}\n{code}", finding.message));
            continue;
        }
        let mut functions = Vec::new();
        let bound = expression::bind(&parsed.tree, false, &expression::Options::default(), &mut functions);
        let error = bound.findings.iter().find(|finding| finding.rule.level == Level::Error);
        match (error, is_refused) {
            (Some(_), true) => {}
            (None, true) => wrong.push(format!("{file}: nothing wrong was found\n{code}")),
            (Some(error), false)
                if error.rule.id == "expression/unknown-member"
                    && AWAITED.iter().any(|member| error.message.ends_with(member)) =>
            {
                awaiting += 1;
            }
            (Some(error), false) if OUTSIDE.contains(&error.rule.id) => outside += 1,
            (Some(error), false) => wrong.push(format!("{file}: {} {}\n{code}", error.rule.id, error.message)),
            // The code waits for a named value that stands outside of strings.
            (None, false) if bound.main.is_none() => assert!(code.contains("{{"), "{file}: no code\n{code}"),
            (None, false) => match compiler.compile_functions(&functions) {
                Ok(_) => compiled += 1,
                Err(error) => wrong.push(format!("{file}: {error}\n{code}")),
            },
        }
    }
    if awaiting > 0 {
        let why = format!("{awaiting} ask for members that the tables do not have yet");
        tests::shared::skip("compiling published expressions", &why);
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(compiled > 2_600 && outside < 120, "{compiled} compiled, {outside} outside of the list");
}
