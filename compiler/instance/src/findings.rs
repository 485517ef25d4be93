//! Collects what is found while an instance is read.
//!
//! The rules about files and members are declared here; a rule about one kind of resource stands beside that kind.

use grammar::diagnostic::{Diagnostic, Level, Rule, nearest};
use grammar::source::{Source, Span};

use crate::text::SyntaxError;
use crate::text::value::Node;

/// A place in a file.
///
/// Places compare equal: where a thing was written is not part of what it is, so two instances that say the same are
/// the same.
#[derive(Clone)]
pub struct Place {
    /// The file.
    pub source: Source,
    /// The bytes of it.
    pub span: Span,
}

impl Place {
    /// The bytes `span` of `source`.
    #[must_use]
    pub fn new(source: &Source, span: Span) -> Self {
        Self { source: source.clone(), span }
    }

    /// A file or folder as a whole, of which nothing was read.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self { source: Source::new(name, ""), span: Span::empty(0) }
    }
}

impl From<&Node> for Place {
    /// The value's place; of a value over several lines the first, so that messages stay short.
    fn from(node: &Node) -> Self {
        let line = node
            .source
            .slice(node.span)
            .find('\n')
            .map_or(node.span.end, |at| node.span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)));
        Self { source: node.source.clone(), span: Span::new(node.span.start, line) }
    }
}

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} of {}", self.span, self.source.name())
    }
}

/// JSON text that no reader takes.
pub static BROKEN_JSON: Rule = Rule {
    id: "instance/broken-json",
    level: Level::Error,
    summary: "the file is not JSON",
    page: include_str!("rules/instance-broken-json.md"),
    aliases: &[],
};

/// YAML text that no reader takes.
pub static BROKEN_YAML: Rule = Rule {
    id: "instance/broken-yaml",
    level: Level::Error,
    summary: "the file is not YAML",
    page: include_str!("rules/instance-broken-yaml.md"),
    aliases: &[],
};

/// A member that occurs twice in one object.
pub static DUPLICATE_MEMBER: Rule = Rule {
    id: "instance/duplicate-member",
    level: Level::Warning,
    summary: "a member occurs twice in one object, and only the last counts",
    page: include_str!("rules/instance-duplicate-member.md"),
    aliases: &[],
};

/// A known member of another type than the service reads.
pub static WRONG_TYPE: Rule = Rule {
    id: "instance/wrong-type",
    level: Level::Error,
    summary: "a member has another type than the service reads",
    page: include_str!("rules/instance-wrong-type.md"),
    aliases: &[],
};

/// A word that is none of the words a member can hold.
pub static UNKNOWN_VALUE: Rule = Rule {
    id: "instance/unknown-value",
    level: Level::Warning,
    summary: "a member holds a word that the service does not know",
    page: include_str!("rules/instance-unknown-value.md"),
    aliases: &[],
};

/// A length of time that is not written in ISO 8601.
pub static BAD_DURATION: Rule = Rule {
    id: "instance/bad-duration",
    level: Level::Error,
    summary: "a length of time is not an ISO 8601 duration",
    page: include_str!("rules/instance-bad-duration.md"),
    aliases: &[],
};

/// A file that cannot be read, or is too large.
pub static UNREADABLE_FILE: Rule = Rule {
    id: "instance/unreadable-file",
    level: Level::Error,
    summary: "a file of the instance cannot be read",
    page: include_str!("rules/instance-unreadable-file.md"),
    aliases: &[],
};

/// A file or a name that is not UTF-8.
pub static NOT_UTF8: Rule = Rule {
    id: "instance/not-utf8",
    level: Level::Error,
    summary: "a file or its name is not UTF-8",
    page: include_str!("rules/instance-not-utf8.md"),
    aliases: &[],
};

/// A link that leads out of the instance.
pub static LINK_OUTSIDE: Rule = Rule {
    id: "instance/link-outside",
    level: Level::Error,
    summary: "a link leads out of the instance and is not followed",
    page: include_str!("rules/instance-link-outside.md"),
    aliases: &[],
};

/// Two resources of one kind with one name.
pub static DUPLICATE_NAME: Rule = Rule {
    id: "instance/duplicate-name",
    level: Level::Error,
    summary: "two resources of one kind have the same name",
    page: include_str!("rules/instance-duplicate-name.md"),
    aliases: &[],
};

/// How many findings are kept: whoever has more reads the first ones first.
const MAX_FINDINGS: usize = 100_000;
/// The longest message, in bytes: what a file holds may be longer than anybody reads.
const MAX_MESSAGE: usize = 500;
/// How many pairs of names are compared for suggestions: with more findings than that, suggestions help nobody.
const MAX_COMPARISONS: usize = 200_000;
/// The longest name that is compared, in bytes.
const MAX_COMPARED: usize = 128;

/// What was found so far.
#[derive(Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    comparisons: usize,
}

impl Findings {
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.list.len() < MAX_FINDINGS {
            if diagnostic.message.len() > MAX_MESSAGE {
                let end = (0..=MAX_MESSAGE).rev().find(|at| diagnostic.message.is_char_boundary(*at));
                diagnostic.message.truncate(end.unwrap_or(0));
                diagnostic.message.push('…');
            }
            self.list.push(diagnostic);
        }
    }

    /// Reports that there is no `name`, with the name of `known` that is probably meant.
    pub(crate) fn missing<'k>(
        &mut self,
        rule: &'static Rule,
        place: &Place,
        message: String,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let diagnostic = Diagnostic::new(rule, &place.source, place.span, message);
        let near = self.nearest(name, known);
        self.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        });
    }

    /// The name that a misspelt one probably means, as long as looking for it stays cheap.
    pub(crate) fn nearest<'k>(&mut self, name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
        if name.len() > MAX_COMPARED || self.comparisons >= MAX_COMPARISONS {
            return None;
        }
        let comparisons = &mut self.comparisons;
        let compared = known.filter(|known| known.len() <= MAX_COMPARED).inspect(|_| *comparisons += 1);
        nearest(name, compared.take(MAX_COMPARISONS))
    }

    pub(crate) fn at(&mut self, rule: &'static Rule, place: impl Into<Place>, message: impl Into<String>) {
        let place = place.into();
        self.push(Diagnostic::new(rule, &place.source, place.span, message));
    }

    pub(crate) fn syntax(&mut self, rule: &'static Rule, source: &Source, error: SyntaxError) {
        self.push(Diagnostic::new(rule, source, error.span, error.message));
    }

    pub(crate) fn duplicates(&mut self, source: &Source, spans: &[Span]) {
        for span in spans {
            let name = source.slice(*span).trim_matches('"');
            let message = format!("the member `{name}` occurs twice, and only the last counts");
            self.push(Diagnostic::new(&DUPLICATE_MEMBER, source, *span, message));
        }
    }

    /// Everything, file by file and top to bottom; what several readers of one file found, once.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        fn key(diagnostic: &Diagnostic) -> (&str, Span, &str, &str) {
            (diagnostic.source.name(), diagnostic.span, diagnostic.rule.id, &diagnostic.message)
        }
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup_by(|a, b| key(a) == key(b));
        self.list
    }
}
