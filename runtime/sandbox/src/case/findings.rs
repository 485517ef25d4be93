//! What the checker found in the documents of a case, against what the case says.

use std::fmt::Write as _;

use grammar::diagnostic::{Diagnostic, Level};
use grammar::source::{Source, Span};

use super::message::Misread;
use super::run::Failure;
use super::setting::Setting;

/// What a case says is found: `<!-- error: [rule] "text" -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    level: Level,
    rule: String,
    /// A part of the message; empty if nothing is said of it.
    text: String,
    /// Where it stands.
    span: Span,
    /// Where it may be found: behind the comment, and before what the next one is about.
    target: Span,
}

const LEVELS: [(&str, Level); 3] = [("error:", Level::Error), ("warning:", Level::Warning), ("info:", Level::Info)];

/// Reads the assertions in the comments of a document.
///
/// # Errors
/// If one of them is not as it should be.
pub fn assertions(setting: &Setting, source: &Source, out: &mut Vec<Assertion>) -> Result<(), Misread> {
    if !setting.is_document() {
        return Ok(());
    }
    let text = source.slice(setting.span);
    let first = out.len();
    let mut at = 0;
    while let Some(begin) = text.get(at..).and_then(|rest| rest.find("<!--")) {
        let begin = at + begin;
        let Some(length) = text.get(begin..).and_then(|rest| rest.find("-->")) else { break };
        at = begin + length + 3;
        let comment = text.get(begin + 4..begin + length).unwrap_or("").trim();
        let Some((level, rest)) =
            LEVELS.iter().find_map(|(word, level)| Some((*level, comment.strip_prefix(word)?.trim())))
        else {
            continue;
        };
        let offset = |at: usize| setting.span.start + u32::try_from(at).unwrap_or(0);
        let span = Span::new(offset(begin), offset(at));
        let misread =
            || Misread { span, message: "a finding is `[rule]`, and a part of its message in quotes".to_owned() };
        let (rule, rest) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(misread)?;
        let rest = rest.trim();
        let quoted = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        if quoted.is_none() && !rest.is_empty() {
            return Err(misread());
        }
        let (rule, text) = (rule.trim().to_owned(), quoted.unwrap_or("").to_owned());
        out.push(Assertion { level, rule, text, span, target: Span::new(span.end, setting.span.end) });
    }
    // Assertions that stand together are about the same; others end where the next ones begin.
    let mut end = setting.span.end;
    let mut begins: Option<u32> = None;
    for assertion in out.get_mut(first..).unwrap_or_default().iter_mut().rev() {
        if let Some(next) = begins
            && !source.slice(Span::new(assertion.span.end, next)).trim().is_empty()
        {
            end = next;
        }
        assertion.target.end = end;
        begins = Some(assertion.span.start);
    }
    Ok(())
}

/// What differs between what was found and what the case says.
pub fn compare(found: &[Diagnostic], assertions: &[Assertion], source: &Source) -> Vec<Failure> {
    let mut met = vec![false; assertions.len()];
    let mut failures = Vec::new();
    for diagnostic in found {
        let is_here = diagnostic.source == *source;
        let fits = |assertion: &Assertion| {
            is_here
                && assertion.level == diagnostic.level()
                && assertion.rule == diagnostic.rule.id
                && diagnostic.message.contains(&assertion.text)
                && (assertion.target.start..=assertion.target.end).contains(&diagnostic.span.start)
        };
        match assertions.iter().zip(&mut met).find(|(assertion, met)| !**met && fits(assertion)) {
            Some((_, met)) => *met = true,
            None => failures.push(unexpected(diagnostic, source)),
        }
    }
    for (assertion, _) in assertions.iter().zip(met).filter(|(_, met)| !met) {
        let message = format!("nothing is found that is [{}] \"{}\"", assertion.rule, assertion.text);
        failures.push(Failure { span: assertion.span, message, edits: Vec::new() });
    }
    failures
}

fn unexpected(diagnostic: &Diagnostic, source: &Source) -> Failure {
    let (level, rule, message) = (diagnostic.level().name(), diagnostic.rule.id, &diagnostic.message);
    let mut text = format!("{level}: [{rule}] \"{message}\" is found and not expected");
    let mut span = diagnostic.span;
    if diagnostic.source != *source {
        let at = diagnostic.source.line_column(diagnostic.span.start);
        let _ = write!(text, ", at {}:{}:{}", diagnostic.source.name(), at.line + 1, at.column + 1);
        span = Span::empty(0);
    }
    Failure { span, message: text, edits: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::setting::{Place, SettingKind};
    use super::*;

    #[test]
    fn comments_say_what_is_found_behind_them() {
        let text =
            "<!-- error: [a/b] \"x\" -->\n<!-- warning: [c/d] -->\n<p/>\n<!-- plain --><!-- info: [e/f] --><q/>\n";
        let source = Source::new("a.md", text);
        let span = Span::new(0, u32::try_from(text.len()).unwrap());
        let setting = Setting { kind: SettingKind::Document(Place::Api, None), span };
        let mut found = Vec::new();
        assertions(&setting, &source, &mut found).unwrap();
        let shown: Vec<_> = found
            .iter()
            .map(|found| {
                let target = source.slice(found.target).replace('\n', "|");
                format!("{} {} {:?} {target}", found.level.name(), found.rule, found.text)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "error a/b \"x\" |<!-- warning: [c/d] -->|<p/>|<!-- plain -->",
                "warning c/d \"\" |<p/>|<!-- plain -->",
                "info e/f \"\" <q/>|",
            ]
        );
        let broken = Source::new("a.md", "<!-- error: a/b -->");
        let setting = Setting { kind: SettingKind::Document(Place::Api, None), span: Span::new(0, 19) };
        assert!(assertions(&setting, &broken, &mut Vec::new()).is_err());
    }
}
