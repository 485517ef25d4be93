//! Diagnostics as text, JSON, SARIF and annotations; one file for each format.
//!
//! Not here: what is wrong (`check`, `instance`), and where the output goes (`cli`).
#![forbid(unsafe_code)]

mod concise;
mod full;
mod github;
mod json;
mod sarif;

use grammar::diagnostic::{Diagnostic, Level};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For people: the lines with marks under them, help and fixes.
    #[default]
    Full,
    /// A line for each.
    Concise,
    /// An array of objects.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Commands for GitHub's runner, which shows them beside the code.
    Github,
}

impl Format {
    /// Every format with its name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("full", Self::Full),
        ("concise", Self::Concise),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
    ];

    /// Whether it is data for programs, which belongs to standard output, and not text for people.
    #[must_use]
    pub fn is_data(self) -> bool {
        !matches!(self, Self::Full | Self::Concise)
    }
}

/// The diagnostics in a format; with colours where the format has them and `colour` is set.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], format: Format, colour: bool) -> String {
    match format {
        Format::Full => full::render(diagnostics, colour),
        Format::Concise => concise::render(diagnostics),
        Format::Json => json::render(diagnostics),
        Format::Sarif => sarif::render(diagnostics),
        Format::Github => github::render(diagnostics),
    }
}

/// How many errors and warnings there are, in words; empty if there are none.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level() == level).count();
    let words = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts = [words(count(Level::Error), "error"), words(count(Level::Warning), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Where a diagnostic stands, counted from 1: line and column, and line and column of its end. Columns are in UTF-16
/// code units.
fn place(diagnostic: &Diagnostic) -> [u32; 4] {
    let start = diagnostic.source.line_column(diagnostic.span.start);
    let end = diagnostic.source.line_column(diagnostic.span.end);
    [start.line + 1, start.column + 1, end.line + 1, end.column + 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammar::diagnostic::{Fix, Rule};
    use grammar::source::{Source, Span};

    static RULE: Rule = Rule {
        id: "policy/unknown-policy",
        level: Level::Error,
        summary: "there is no policy of this name",
        page: "# policy/unknown-policy\n",
        aliases: &["CS0103"],
    };
    static WARNING: Rule = Rule {
        id: "expression/reference-comparison",
        level: Level::Warning,
        summary: "objects are compared by identity",
        page: "# expression/reference-comparison\n",
        aliases: &[],
    };

    fn sample() -> Vec<Diagnostic> {
        let source = Source::new("apis/cars/policy.xml", "<inbound>\n    <set-heder name=\"é\" />\n</inbound>\n");
        let unknown = Diagnostic::new(&RULE, &source, Span::new(15, 24), "there is no policy `set-heder`")
            .help("did you mean `set-header`?")
            .element("set-heder")
            .label(Span::new(0, 9), "in this section")
            .fix(Fix::safe("Replace with `set-header`", Span::new(15, 24), "set-header"));
        let other = Diagnostic::new(&WARNING, &source, Span::new(30, 34), "100% sure:\nthis is odd");
        vec![unknown, other]
    }

    #[test]
    fn every_format_tells_the_same() {
        for (name, format) in Format::ALL {
            insta::assert_snapshot!(*name, render(&sample(), *format, false));
        }
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        assert_eq!(render(&[], Format::Json, false), "[]\n");
        assert_eq!(render(&[], Format::Full, false), "");
        assert_eq!(summary(&[]), "");
        assert_eq!(summary(&sample()), "1 error, 1 warning");
    }
}
