//! Findings on `<set-backend-service>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};

/// Neither a URL nor a backend is named.
pub static NO_BACKEND: Rule = Rule {
    id: "set-backend-service/no-backend",
    level: Level::Error,
    summary: "neither a URL nor a backend is named",
    page: include_str!("rules/no-backend.md"),
    aliases: &[],
};

/// A URL and a backend are named.
pub static TWO_BACKENDS: Rule = Rule {
    id: "set-backend-service/two-backends",
    level: Level::Error,
    summary: "both a URL and a backend are named",
    page: include_str!("rules/two-backends.md"),
    aliases: &[],
};

const ATTRIBUTES: &[&str] = &["base-url", "backend-id"];

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    out.one_of(&NO_BACKEND, *policy, ATTRIBUTES);
    out.exclusive(&TWO_BACKENDS, *policy, ATTRIBUTES);
}
