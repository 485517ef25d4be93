//! The pages of the rules: what they call bad is refused by the rule, what they call good is not.

use check::expression::RULES;
use grammar::diagnostic::Level;

use crate::evaluate::Checked;

/// The expressions of a block of a page, one a line.
fn block<'p>(page: &'p str, heading: &str) -> impl Iterator<Item = &'p str> {
    let behind = page.split_once(&format!("{heading}:\n\n```csharp\n")).map_or("", |(_, behind)| behind);
    behind.split("```").next().unwrap_or("").lines()
}

#[test]
fn what_a_page_calls_bad_is_found_by_its_rule_and_what_it_calls_good_is_not() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for text in block(rule.page, "Bad") {
            let checked = Checked::of(text, true);
            if !checked.bound.findings.iter().any(|finding| finding.rule == *rule) {
                wrong.push(format!("{}: bad {text}: {:?}", rule.id, checked.messages()));
            }
        }
        for text in block(rule.page, "Good") {
            let checked = Checked::of(text, true);
            let finds = checked.bound.findings.iter().any(|finding| finding.rule == *rule);
            if finds || checked.bound.main.is_none() {
                wrong.push(format!("{}: good {text}: {:?}", rule.id, checked.messages()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_sorted_and_have_pages() {
    assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
    for rule in RULES {
        assert!(rule.id.starts_with("expression/") && rule.level >= Level::Warning, "{}", rule.id);
        assert!(rule.page.len() > 80, "{}", rule.id);
        assert!(rule.page.lines().all(|line| line.len() <= 200), "{}", rule.id);
    }
}
