//! Findings on `<trace>`.

use grammar::diagnostic::{Edit, Fix, Level, Rule, Safety};
use grammar::source::Span;

use crate::findings::{Element, Findings};

/// A trace that says nothing.
pub static MISSING_MESSAGE: Rule = Rule {
    id: "trace/missing-message",
    level: Level::Warning,
    summary: "the trace has no message",
    page: include_str!("rules/missing-message.md"),
    aliases: &[],
};

/// A message that stands in `trace` itself, as older documents write it.
pub static TEXT_WITHOUT_ELEMENT: Rule = Rule {
    id: "trace/text-without-message",
    level: Level::Warning,
    summary: "the text stands in `trace` itself and not in a `message`",
    page: include_str!("rules/text-without-message.md"),
    aliases: &[],
};

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    let text = policy.node.text();
    let has_message = policy.children("message").next().is_some();
    if text.is_blank() {
        if !has_message {
            let finding = out.finding(&MISSING_MESSAGE, policy.node.name_span(), "the trace has no `message`");
            out.report(finding);
        }
        return;
    }
    let span = trimmed(text.span(), text.written());
    if has_message {
        let finding = out.finding(&TEXT_WITHOUT_ELEMENT, span, "the text is not traced, since there is a `message`");
        out.report(finding);
        return;
    }
    let finding = out.finding(&TEXT_WITHOUT_ELEMENT, span, "the text stands in `trace` itself");
    let edits = [(span.start, "<message>"), (span.end, "</message>")]
        .map(|(at, text)| Edit { span: Span::empty(at), text: text.to_owned() });
    let fix = Fix { title: "Put it into a `message`".to_owned(), safety: Safety::Safe, edits: edits.to_vec() };
    // With elements between its parts, the text is not one stretch.
    let is_alone = policy.node.elements().next().is_none();
    out.report(if is_alone { finding.fix(fix) } else { finding.help("put it into a `<message>`") });
}

/// The span of a text without the blanks around it.
fn trimmed(span: Span, text: &str) -> Span {
    let cut = |bytes: usize| u32::try_from(bytes).unwrap_or(0);
    let before = cut(text.len() - text.trim_start().len());
    let after = cut(text.len() - text.trim_end().len());
    Span::new(span.start + before, span.end.saturating_sub(after))
}
