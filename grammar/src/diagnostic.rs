//! What a policy author is told: rules, and the diagnostics that report them.
//!
//! A rule is one `static` beside the code that finds it. Not here: how a diagnostic is printed (`report`).

use crate::source::{Source, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Good to know; nothing has to change.
    Info,
    /// Accepted, and probably not what the author wants.
    Warning,
    /// Refused: the document cannot be compiled.
    Error,
}

impl Level {
    /// `error`, `warning` or `info`, as every output format spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Words that flag the fault: `group/fault`, for example `rate-limit-by-key/constant-key`. Never reused.
    pub id: &'static str,
    /// How much it matters.
    pub level: Level,
    /// One lower-case clause without a full stop.
    pub summary: &'static str,
    /// What `tollgate explain` prints, in Markdown: what it means, a bad and a good example.
    pub page: &'static str,
    /// Other names for it: former ids, and the C# compiler's code where the C# compiler finds it too.
    pub aliases: &'static [&'static str],
}

impl PartialEq for &'static Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub rule: &'static Rule,
    /// The text it was found in.
    pub source: Source,
    /// Where: the smallest range that shows it.
    pub span: Span,
    /// One lower-case clause without a full stop; names from the document stand in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The policy element that it concerns, by its name.
    pub element: Option<String>,
    /// A more exact code than the rule's aliases give, for example `CS1501`.
    pub code: Option<&'static str>,
    /// Other places that explain the finding.
    pub labels: Vec<Label>,
    /// Changes that would mend it, best first.
    pub fixes: Vec<Fix>,
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text it lies in, where that is another than the finding's.
    pub source: Option<Source>,
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// How safe it is to apply a fix without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// The meaning stays what the author plainly intended.
    Safe,
    /// The meaning may change.
    Unsafe,
    /// Shown, never applied: something in it is for the author to fill in.
    DisplayOnly,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as a heading for the editor's menu: "Replace with `inbound`".
    pub title: String,
    /// Whether it may be applied unread.
    pub safety: Safety,
    /// The replacements, in the finding's source, that do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Fix {
    /// A fix of one replacement.
    #[must_use]
    pub fn new(title: impl Into<String>, safety: Safety, span: Span, text: impl Into<String>) -> Self {
        Self { title: title.into(), safety, edits: vec![Edit { span, text: text.into() }] }
    }

    /// A fix that keeps the author's meaning.
    #[must_use]
    pub fn safe(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self::new(title, Safety::Safe, span, text)
    }

    /// A fix that is shown and never applied.
    #[must_use]
    pub fn display_only(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self::new(title, Safety::DisplayOnly, span, text)
    }
}

impl Diagnostic {
    /// A finding of `rule` at `span`, with the message given.
    #[must_use]
    pub fn new(rule: &'static Rule, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            source: source.clone(),
            span,
            message: message.into(),
            help: None,
            element: None,
            code: None,
            labels: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same with a sentence on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with the name of the policy element it concerns.
    #[must_use]
    pub fn element(mut self, element: impl Into<String>) -> Self {
        self.element = Some(element.into());
        self
    }

    /// The same with the C# compiler's code for it.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same with a second place in the same text.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { source: None, span, message: message.into() });
        self
    }

    /// The same with one more fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// How much it matters.
    #[must_use]
    pub fn level(&self) -> Level {
        self.rule.level
    }

    /// Every other name of the finding: its own code first, then the rule's aliases.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> {
        let own = self.code;
        own.into_iter().chain(self.rule.aliases.iter().copied().filter(move |alias| Some(*alias) != own))
    }
}

/// The name in `candidates` that a misspelt `name` most probably means, if one is near enough to suggest.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match name.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many single-character insertions, deletions, replacements and swaps of neighbours lie between two words.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, ca) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(ca != *cb)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = j.checked_sub(1).and_then(|k| b.get(k)) == Some(&ca) && previous == Some(*cb);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
        previous = Some(ca);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_nearest() {
        let names = ["set-header", "set-body", "rate-limit", "rate-limit-by-key"];
        assert_eq!(nearest("set-heder", names), Some("set-header"));
        assert_eq!(nearest("rate-limt", names), Some("rate-limit"));
        assert_eq!(nearest("ratel-imit", names), Some("rate-limit"));
        assert_eq!(nearest("entirely-else", names), None);
        assert_eq!(edit_distance("ab", "ba"), 1);
    }
}
