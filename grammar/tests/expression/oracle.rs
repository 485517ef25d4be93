//! Expressions with the answers of a C# compiler.

use crate::shared;
use grammar::expression::{parse, print};
use serde_json::{Value, json};
use std::process::Command;

/// The codes by which C# refuses text before it looks at names and types.
const SYNTAX: &[&str] = &[
    "CS1525", "CS1001", "CS1009", "CS1010", "CS1011", "CS1012", "CS1013", "CS1021", "CS1023", "CS1026", "CS1031",
    "CS1039", "CS1041", "CS1056", "CS1524", "CS1586", "CS0145", "CS0201", "CS0594",
];

#[test]
fn what_csharp_reads_is_read_and_what_it_refuses_for_syntax_is_refused_with_its_code() {
    let Some(folder) = shared::folder("oracle cases") else { return };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in shared::cases(&folder) {
        for case in file.document["cases"].as_array().unwrap() {
            let (text, rejected) = shared::case(case);
            let parsed = parse(text);
            let expected = rejected.filter(|code| SYNTAX.contains(code));
            let found = parsed.findings.iter().find_map(|finding| finding.code);
            if expected != found || parsed.findings.is_empty() != expected.is_none() {
                wrong.push(format!("{text}: C# says {expected:?}, found {:?}", parsed.findings));
            }
            seen += 1;
        }
    }
    assert!(seen > 2700 && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asks the compiler about cases whose text was replaced: `[{"file", "index", "text"}]`. Gives those whose answer differs
/// from the one kept. In Python, because the order of a scenario's members counts.
const ASK: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
import oracle
documents, scenarios, cases = {}, {}, []
for written in json.load(open(sys.argv[2])):
    path = written["file"]
    document = documents.setdefault(path, None) or json.load(open(path))
    documents[path] = document
    case = document["cases"][written["index"]]
    name = case.get("scenario", "default")
    scenarios[path + name] = document.get("scenarios", {}).get(name, {})
    cases.append({"scenario": path + name, "was": case["expr"], "expr": written["text"], "expect": case["expect"]})
answers = oracle.expectations({"scenarios": scenarios, "cases": cases})
json.dump([dict(case, found=answer) for case, answer in zip(cases, answers) if case["expect"] != answer], sys.stdout)
"#;

#[test]
fn parentheses_that_precedence_implies_change_no_result() {
    let name = "a C# compiler's view of all parentheses";
    let Some(folder) = shared::folder(name) else { return };
    for program in ["mcs", "mono", "python3"] {
        if Command::new(program).arg("--version").output().is_err() {
            return shared::skip(name, &format!("no {program}"));
        }
    }
    let mut written = Vec::new();
    for file in shared::cases(&folder) {
        for (index, case) in file.document["cases"].as_array().unwrap().iter().enumerate() {
            let parsed = parse(shared::case(case).0);
            if parsed.findings.is_empty() {
                written.push(json!({ "file": file.path, "index": index, "text": print(&parsed.tree) }));
            }
        }
    }
    let path = std::env::temp_dir().join(format!("tollgate-parentheses-{}.json", std::process::id()));
    std::fs::write(&path, Value::from(written.clone()).to_string()).unwrap();
    let answer = Command::new("python3").arg("-c").arg(ASK).arg(folder.join("oracle")).arg(&path).output().unwrap();
    let _ = std::fs::remove_file(&path);
    if !answer.status.success() {
        let error = String::from_utf8_lossy(&answer.stderr);
        return shared::skip(name, &format!("the compiler does not run: {}", error.lines().last().unwrap_or("")));
    }
    let differing: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert!(written.len() > 2600 && differing == json!([]), "of {}: {differing:#}", written.len());
}
