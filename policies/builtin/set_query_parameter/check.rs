//! Findings on `<set-query-parameter>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};
use crate::set_header::is_without_value;

/// A parameter is to be set and no value is given.
pub static MISSING_VALUE: Rule = Rule {
    id: "set-query-parameter/missing-value",
    level: Level::Error,
    summary: "a query parameter is set without a value",
    page: include_str!("rules/missing-value.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if is_without_value(*policy) {
        let place = policy.node.name_span();
        let finding = out.finding(&MISSING_VALUE, place, "the query parameter is set without a `value`");
        out.report(finding.help("give it a `<value>`, or remove the parameter with `exists-action=\"delete\"`"));
    }
}
