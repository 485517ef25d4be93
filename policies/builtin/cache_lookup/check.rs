//! Findings on `<cache-lookup>`.

use grammar::diagnostic::{Fix, Level, Rule};
use grammar::source::Span;

use crate::findings::{Element, Findings};

/// It is not said whether developers share responses.
pub static UNSTATED_VARY: Rule = Rule {
    id: "cache-lookup/unstated-vary",
    level: Level::Warning,
    summary: "it is not said whether developers share responses",
    page: include_str!("rules/unstated-vary.md"),
    aliases: &[],
};

/// Responses to requests with credentials are given to others.
pub static SHARED_PRIVATE_RESPONSE: Rule = Rule {
    id: "cache-lookup/shared-private-response",
    level: Level::Warning,
    summary: "responses to requests with `Authorization` are given to other callers",
    page: include_str!("rules/shared-private-response.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    for name in ["vary-by-developer", "vary-by-developer-groups"].iter().filter(|name| !policy.has(name)) {
        let place = policy.node.name_span();
        let finding = out.finding(&UNSTATED_VARY, place, format!("`{name}` is not given, and is `false` then"));
        let fix = Fix::safe("Say so", Span::empty(place.end), format!(" {name}=\"false\""));
        out.report(finding.fix(fix));
    }
    let is_true = |name: &str| policy.literal(name).and_then(|text| crate::value::parse_bool(&text.text)) == Some(true);
    let varies_by_caller = is_true("vary-by-developer")
        || policy.has("vary-by-developer") && policy.literal("vary-by-developer").is_none()
        || policy
            .children("vary-by-header")
            .any(|header| header.text().is_none_or(|name| name.trimmed().eq_ignore_ascii_case("authorization")));
    if is_true("allow-private-response-caching") && !varies_by_caller {
        let place = policy.place("allow-private-response-caching");
        let message = "a response to one caller's `Authorization` is given to all others";
        let finding = out.finding(&SHARED_PRIVATE_RESPONSE, place, message);
        out.report(finding.help("add `<vary-by-header>Authorization</vary-by-header>`"));
    }
}
