//! Findings on `<cache-store>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// The response is stored for no time.
pub static NO_TIME: Rule = Rule {
    id: "cache-store/no-time",
    level: Level::Warning,
    summary: "the response is stored for no time at all",
    page: include_str!("rules/no-time.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if let Some(duration) = policy.literal("duration")
        && duration.trimmed().parse() == Ok(0)
    {
        let finding = out.finding(&NO_TIME, duration.span, "a response that is stored for 0 seconds is never found");
        out.report(finding.help("say for how many seconds it is to be found, or remove the policy"));
    }
}
