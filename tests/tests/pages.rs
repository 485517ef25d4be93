//! The examples of the pages: what a rule's page calls bad is found by the rule, what it calls good is not, and what a
//! policy's page shows has no errors.
//!
//! Not here: the pages of rules about single expressions and about the text of documents, which `check` and `grammar`
//! test themselves.

use check::document::{Alone, Kind, Options, Surroundings, check_source, mark_of};
use grammar::diagnostic::{Diagnostic, Level, Rule};
use grammar::document::{NamedValue, NamedValues};
use grammar::source::Source;
use policies::{Gateway, Reference, Runs, Scope};

/// The blocks of a page behind fences with this text.
fn blocks<'p>(page: &'p str, fence: &str) -> Vec<&'p str> {
    let opening = format!("```{fence}\n");
    let behind = page.split(opening.as_str()).skip(1);
    behind.filter_map(|block| block.split("```").next()).collect()
}

fn shown(found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(|found| format!("[{}] {}", found.rule.id, found.message)).collect();
    lines.join("; ")
}

/// The instance that the examples of pages about instances speak of.
struct Shown {
    secret: String,
}

impl NamedValues for Shown {
    fn named_value(&self, name: &str) -> NamedValue<'_> {
        match name {
            "backend-host" => NamedValue::Text { text: "cars.example", secret: false },
            "secret-limit" => NamedValue::Text { text: &self.secret, secret: true },
            _ => NamedValue::Unknown,
        }
    }
}

impl Surroundings for Shown {
    fn has(&self, _: Reference, name: &str) -> Option<bool> {
        Some(name == "security-headers")
    }

    fn names(&self, _: Reference) -> Vec<String> {
        vec!["security-headers".to_owned()]
    }

    fn named_value_names(&self) -> Vec<String> {
        vec!["backend-host".to_owned(), "secret-limit".to_owned()]
    }
}

/// What is found in an example. The words of a few pages say in which document it stands, for which gateway it is meant,
/// or that there is more of it.
fn find(rule: &Rule, text: &str, is_bad: bool) -> Vec<Diagnostic> {
    let options = Options::default();
    let check = |text: &str, options: Options, around: &dyn Surroundings| {
        check_source(&Source::new("example.xml", text), &options, around).diagnostics
    };
    let shown = Shown { secret: mark_of("secret-limit") };
    match rule.id {
        "document/too-large" if is_bad => check(&format!("<!--{}-->", "x".repeat(256 << 10)), options, &Alone),
        "document/unknown-root" => check(text, Options { kind: Kind::Scope(Scope::Api), ..options }, &Alone),
        "policy/not-in-scope" => {
            let scope = if is_bad { Scope::Global } else { Scope::Api };
            let text = format!("<policies><inbound>{text}</inbound></policies>");
            check(&text, Options { kind: Kind::Scope(scope), ..options }, &Alone)
        }
        "policy/not-on-gateway" => check(text, Options { gateway: Some(Gateway::Consumption), ..options }, &Alone),
        "named-value/unknown" | "named-value/secret-outside-string" | "policy/unknown-reference" => {
            check(text, options, &shown)
        }
        _ => check(text, options, &Alone),
    }
}

#[test]
fn what_a_rules_page_calls_bad_is_found_and_what_it_calls_good_is_not() {
    let mut wrong = Vec::new();
    for rule in [check::document::rules::RULES, policies::RULES].concat() {
        let (bad, good) = (blocks(rule.page, "xml bad"), blocks(rule.page, "xml good"));
        if bad.is_empty() || good.is_empty() {
            wrong.push(format!("{}: the page lacks an example", rule.id));
        }
        for text in bad {
            let found = find(rule, text, true);
            if !found.iter().any(|found| found.rule == rule) {
                wrong.push(format!("{}: the bad example is not: {}", rule.id, shown(&found)));
            }
        }
        for text in good {
            let found = find(rule, text, false);
            if found.iter().any(|found| found.rule == rule || found.level() == Level::Error) {
                wrong.push(format!("{}: the good example is not: {}", rule.id, shown(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_of_policies_have_no_errors() {
    let mut wrong = Vec::new();
    for policy in policies::POLICIES.iter().filter(|policy| policy.runs != Runs::NotYet) {
        let examples = blocks(policy.page, "xml");
        if examples.is_empty() {
            wrong.push(format!("{}: the page has no example", policy.element.name));
        }
        for text in examples {
            let found = check_source(&Source::new("example.xml", text), &Options::default(), &Alone).diagnostics;
            if found.iter().any(|found| found.level() >= Level::Warning) {
                wrong.push(format!("{}: {}", policy.element.name, shown(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
