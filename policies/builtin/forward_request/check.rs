//! Findings on `<forward-request>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// The time is given twice.
pub static TWO_TIMEOUTS: Rule = Rule {
    id: "forward-request/two-timeouts",
    level: Level::Error,
    summary: "the time is given in seconds and in milliseconds",
    page: include_str!("rules/two-timeouts.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    out.exclusive(&TWO_TIMEOUTS, *policy, &["timeout", "timeout-ms"]);
}
