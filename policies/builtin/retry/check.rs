//! Findings on `<retry>`.

use grammar::diagnostic::{Fix, Level, Rule};
use grammar::source::Span;

use crate::findings::{Element, Findings};

/// Nothing stands in it.
pub static NO_POLICY: Rule = Rule {
    id: "retry/no-policy",
    level: Level::Error,
    summary: "there is nothing to run again",
    page: include_str!("rules/no-policy.md"),
    aliases: &[],
};

/// The longest wait is given, and nothing makes waits grow.
pub static IDLE_MAX_INTERVAL: Rule = Rule {
    id: "retry/idle-max-interval",
    level: Level::Warning,
    summary: "`max-interval` does nothing without `delta`",
    page: include_str!("rules/idle-max-interval.md"),
    aliases: &[],
};

/// The request is sent again, and its body is not kept.
pub static UNBUFFERED_BODY: Rule = Rule {
    id: "retry/unbuffered-body",
    level: Level::Warning,
    summary: "the request is sent again, and its body is not kept for that",
    page: include_str!("rules/unbuffered-body.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if policy.elements().next().is_none() {
        let finding = out.finding(&NO_POLICY, policy.node.name_span(), "there is no policy in the `retry`");
        out.report(finding.help("put what is to be tried again into it, such as `<forward-request />`"));
    }
    if policy.has("max-interval") && !policy.has("delta") {
        let message = "`max-interval` bounds waits that grow, and without `delta` they do not";
        let finding = out.finding(&IDLE_MAX_INTERVAL, policy.place("max-interval"), message);
        out.report(finding.help("say with `delta` by how much the waits grow, or remove it"));
    }
    for forward in policy.children("forward-request").filter(|forward| !forward.has("buffer-request-body")) {
        let name = forward.node.name_span();
        let message = "a body that is not kept cannot be sent again";
        let fix = Fix::safe("Keep the body", Span::empty(name.end), " buffer-request-body=\"true\"");
        let finding = out.finding(&UNBUFFERED_BODY, name, message);
        out.report(finding.help("keep it with `buffer-request-body=\"true\"`").fix(fix));
    }
}
