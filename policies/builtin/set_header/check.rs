//! Findings on `<set-header>`.

use grammar::diagnostic::{Fix, Level, Rule};

use super::PROTECTED;
use crate::findings::{Element, Findings};

/// A header is to be set and no value is given.
pub static MISSING_VALUE: Rule = Rule {
    id: "set-header/missing-value",
    level: Level::Error,
    summary: "a header is set without a value",
    page: include_str!("rules/missing-value.md"),
    aliases: &[],
};

/// A header that the gateway itself sets.
pub static PROTECTED_HEADER: Rule = Rule {
    id: "set-header/protected-header",
    level: Level::Error,
    summary: "the header belongs to the gateway and cannot be changed",
    page: include_str!("rules/protected-header.md"),
    aliases: &[],
};

/// Whether an element sets something without a `value`, and does not delete it.
pub fn is_without_value(policy: Element<'_>) -> bool {
    let action = policy.literal("exists-action");
    let deletes = action.as_ref().is_some_and(|action| action.trimmed() == "delete");
    let may_delete = action.is_none() && policy.has("exists-action");
    !deletes && !may_delete && policy.children("value").next().is_none()
}

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if is_without_value(*policy) {
        let place = policy.node.name_span();
        let finding = out.finding(&MISSING_VALUE, place, "the header is set without a `value`");
        let finding = finding.help("give it a `<value>`, or remove the header with `exists-action=\"delete\"`");
        out.report(finding);
    }
    if let Some(name) = policy.literal("name")
        && PROTECTED.contains(&name.trimmed().to_ascii_lowercase().as_str())
    {
        let message = format!("the gateway sets `{}` itself", name.trimmed());
        let finding = out.finding(&PROTECTED_HEADER, name.span, message);
        out.report(finding.fix(Fix::new(
            "Remove this `set-header`",
            grammar::diagnostic::Safety::Unsafe,
            policy.node.span(),
            "",
        )));
    }
}
