//! Findings on `<rate-limit>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// A limit for an API or operation that is not named.
pub static UNNAMED_PART: Rule = Rule {
    id: "rate-limit/unnamed-part",
    level: Level::Error,
    summary: "a limit for an API or operation does not say which one",
    page: include_str!("rules/unnamed-part.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    for api in policy.children("api") {
        out.one_of(&UNNAMED_PART, api, &["name", "id"]);
        for operation in api.children("operation") {
            out.one_of(&UNNAMED_PART, operation, &["name", "id"]);
        }
    }
}
