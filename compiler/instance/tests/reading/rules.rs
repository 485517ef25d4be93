//! The pages of the rules: every example runs.
//!
//! A block names the file it stands for: ```` ```json bad backends/x/backendInformation.json ````. The `bad` files with
//! those for `both` are an instance in which the rule finds something; with the `good` ones it finds nothing.

use std::collections::BTreeMap;
use std::path::Path;

use instance::files::InMemory;
use instance::rules::RULES;
use instance::{Instance, Options};

/// The files of a page, by the word in front of their names.
fn examples(page: &str) -> BTreeMap<&str, Vec<(&str, String)>> {
    let mut examples: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        let words: Vec<&str> = info.splitn(3, ' ').collect();
        let [_, word, path] = words.as_slice() else { continue };
        examples.entry(word).or_default().push((path, body));
    }
    examples
}

/// The ids of the rules that find something in these files.
fn found(files: &[&[(&str, String)]]) -> Vec<(&'static str, String)> {
    let files: InMemory = files.iter().copied().flatten().map(|(path, body)| (*path, body.as_str())).collect();
    let options = Options { environment: None, variables: &|_| None };
    let (_, diagnostics) = Instance::read_from(&files, Path::new(""), &options).expect("the folder is there");
    diagnostics.into_iter().map(|diagnostic| (diagnostic.rule.id, diagnostic.message)).collect()
}

#[test]
fn every_example_shows_its_rule() {
    let mut pages_without_files = Vec::new();
    for rule in RULES {
        let examples = examples(rule.page);
        let (Some(bad), Some(good)) = (examples.get("bad"), examples.get("good")) else {
            pages_without_files.push(rule.id);
            continue;
        };
        let both = examples.get("both").map_or(&[][..], Vec::as_slice);
        let bad = found(&[both, bad]);
        assert!(bad.iter().any(|(id, _)| *id == rule.id), "{}: the bad example gives {bad:?}", rule.id);
        let good = found(&[both, good]);
        assert!(!good.iter().any(|(id, _)| *id == rule.id), "{}: the good example gives {good:?}", rule.id);
    }
    // What a disk can hold and a page cannot has tests of its own.
    let untold = ["instance/link-outside", "instance/not-utf8", "instance/unreadable-file", "named-value/too-long"];
    assert_eq!(pages_without_files, untold);
}

#[test]
fn rules_stand_in_the_order_of_their_ids() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
}

#[test]
fn summaries_are_one_clause() {
    for rule in RULES {
        assert!(!rule.summary.ends_with('.') && !rule.summary.is_empty(), "{}", rule.id);
        assert!(rule.page.contains("```"), "{} has no example", rule.id);
    }
}
