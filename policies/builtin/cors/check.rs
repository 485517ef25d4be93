//! Findings on `<cors>`.

use grammar::diagnostic::{Fix, Level, Rule, Safety};

use super::origin::{is_origin, normalised};
use crate::findings::{Element, Findings};

/// All origins are allowed, and some again.
pub static ANY_AND_OTHERS: Rule = Rule {
    id: "cors/any-and-others",
    level: Level::Error,
    summary: "`*` allows everything, and others stand beside it",
    page: include_str!("rules/any-and-others.md"),
    aliases: &[],
};

/// What no browser sends as an origin.
pub static UNMATCHABLE_ORIGIN: Rule = Rule {
    id: "cors/unmatchable-origin",
    level: Level::Warning,
    summary: "no request comes from this origin",
    page: include_str!("rules/unmatchable-origin.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    for origins in policy.children("allowed-origins") {
        let texts: Vec<_> = origins.children("origin").filter_map(Element::text).collect();
        if let Some(any) = texts.iter().find(|text| text.trimmed() == "*")
            && origins.children("origin").count() > 1
        {
            let message = "`*` allows all origins, and must stand alone";
            let finding = out.finding(&ANY_AND_OTHERS, any.span, message);
            out.report(finding.help("remove it, or remove the others"));
        }
        for text in texts.iter().filter(|text| !text.trimmed().is_empty() && text.trimmed() != "*") {
            let form = normalised(&text.text);
            if is_origin(&form) || text.text.contains("{{") {
                continue;
            }
            let message =
                format!("`{}` is no origin: a browser sends scheme, host and port, and nothing else", text.trimmed());
            let mut finding = out.finding(&UNMATCHABLE_ORIGIN, text.span, message);
            if !form.contains(['/', '*', ' ', ':']) {
                let with_scheme = format!("https://{form}");
                finding = finding.fix(Fix::new("Add the scheme", Safety::Unsafe, text.span, with_scheme));
            }
            out.report(finding.help("write it as `https://shop.example`; origins are compared as a whole"));
        }
    }
}
