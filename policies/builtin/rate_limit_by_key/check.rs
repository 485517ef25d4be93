//! Findings on `<rate-limit-by-key>`.

use grammar::diagnostic::{Fix, Level, Rule, Safety};

use crate::findings::{Element, Findings};

/// A literal key makes all callers share one window.
pub static CONSTANT_KEY: Rule = Rule {
    id: "rate-limit-by-key/constant-key",
    level: Level::Warning,
    summary: "`counter-key` is the same for every request",
    page: include_str!("rules/constant-key.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if let Some(key) = policy.literal("counter-key") {
        let finding = out.finding(&CONSTANT_KEY, key.span, "all callers share this key");
        let (title, key_of) = ("Use the caller's address", "@(context.Request.IpAddress)");
        let fix = Fix::new(title, Safety::DisplayOnly, key.span, key_of);
        out.report(finding.help("count per caller with `@(context.Request.IpAddress)`").fix(fix));
    }
}
