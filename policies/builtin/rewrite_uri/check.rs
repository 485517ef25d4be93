//! Findings on `<rewrite-uri>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// A template that names a host.
pub static ABSOLUTE_URL: Rule = Rule {
    id: "rewrite-uri/absolute-url",
    level: Level::Error,
    summary: "the template is a whole URL and not a path",
    page: include_str!("rules/absolute-url.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if let Some(template) = policy.literal("template") {
        let scheme = template.trimmed().split_once("://").map(|(scheme, _)| scheme);
        let is_scheme = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric())
        };
        if scheme.is_some_and(is_scheme) {
            let finding = out.finding(&ABSOLUTE_URL, template.span, "the template is a whole URL");
            out.report(finding.help("name the host with `set-backend-service`, and only the path here"));
        }
    }
}
