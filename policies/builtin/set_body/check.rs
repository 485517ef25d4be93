//! Findings on `<set-body>`.

use super::Template;
use crate::findings::{Element, Findings};
use crate::value::AttributeValue;

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if let Some(template) = policy.literal("template")
        && Template::parse(&template.text) == Some(Template::Liquid)
    {
        out.not_run(*policy, "template");
    }
}
