//! Findings on `<ip-filter>`.

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Element, Findings};
use crate::value::parse_address;

/// A filter that lists nobody.
pub static NO_ADDRESS: Rule = Rule {
    id: "ip-filter/no-address",
    level: Level::Error,
    summary: "the filter lists no address",
    page: include_str!("rules/no-address.md"),
    aliases: &[],
};

/// A range in which no address lies.
pub static EMPTY_RANGE: Rule = Rule {
    id: "ip-filter/empty-range",
    level: Level::Warning,
    summary: "no address lies in the range",
    page: include_str!("rules/empty-range.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    if policy.elements().next().is_none() {
        let finding = out.finding(&NO_ADDRESS, policy.node.name_span(), "the filter lists no address");
        out.report(finding.help("give it an `<address>` or an `<address-range from=\"…\" to=\"…\" />`"));
    }
    for range in policy.children("address-range") {
        let (Some(from), Some(to)) = (range.literal("from"), range.literal("to")) else { continue };
        let (Some(first), Some(last)) = (parse_address(&from.text), parse_address(&to.text)) else { continue };
        let fault = if first.is_ipv4() != last.is_ipv4() {
            "the range begins and ends in different kinds of addresses"
        } else if first > last {
            "the range ends before it begins"
        } else {
            continue;
        };
        let finding = out.finding(&EMPTY_RANGE, to.span, fault).label(from.span, "it begins here");
        out.report(finding);
    }
}
