//! Policy documents: sections, scopes, elements, attributes; from the tree of a document to its steps.
//!
//! [`check`] goes through a document with the declarations of its policies in hand. Every value is resolved, every
//! expression bound; what is sound becomes policies and steps of an `ir` document. The room is divided by what is looked
//! at: `walk` sections and policies, `element` attributes and children, `value` literals and expressions, `convert` what
//! an expression's value is turned into, `steps` what policies become, `secret` named values that must not be seen.
//!
//! Not here: what policies are declared to be (`policies`), C# (`expression`), and other files of an instance
//! (`instance`).

mod convert;
mod element;
pub mod rules;
mod secret;
pub use secret::mark_of;
mod steps;
mod value;
mod walk;

use grammar::diagnostic::Diagnostic;
use grammar::document::{Document, NamedValue, NamedValues};
use grammar::source::{MappedText, Source, Span};
use policies::{Reference, Scope};

use crate::expression::Bound;

/// What surrounds a document: the instance that it belongs to, if there is one.
pub trait Surroundings: NamedValues {
    /// Whether the instance has something of this name; `None` if there is no instance to ask.
    fn has(&self, reference: Reference, name: &str) -> Option<bool>;

    /// The names that there are, for suggestions.
    fn names(&self, reference: Reference) -> Vec<String>;

    /// The name as compiled documents have it, which sets a workspace's own apart.
    fn full_name(&self, _: Reference, name: &str) -> String {
        name.to_owned()
    }

    /// The names of the named values that there are, for suggestions.
    fn named_value_names(&self) -> Vec<String>;
}

/// A document without an instance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl NamedValues for Alone {
    fn named_value(&self, _: &str) -> NamedValue<'_> {
        NamedValue::Unbound
    }
}

impl Surroundings for Alone {
    fn has(&self, _: Reference, _: &str) -> Option<bool> {
        None
    }

    fn names(&self, _: Reference) -> Vec<String> {
        Vec::new()
    }

    fn named_value_names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What kind of document is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The policy document of a scope.
    Scope(Scope),
    /// A fragment.
    Fragment,
    /// A text of unknown place: a whole document, a fragment, a section, or policies.
    Any,
}

/// How a document is checked.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What kind of document it is.
    pub kind: Kind,
    /// Whether expressions are held to the service's list of types.
    pub allow_list: bool,
    /// The kind of gateway that is to run it; none if it is not known.
    pub gateway: Option<policies::Gateway>,
}

impl Default for Options {
    fn default() -> Self {
        Self { kind: Kind::Any, allow_list: true, gateway: None }
    }
}

/// A checked document.
pub struct Checked {
    /// What the author is told, in the order of the places.
    pub diagnostics: Vec<Diagnostic>,
    /// Its policies and steps; complete only if there are no errors.
    pub document: ir::document::Document,
    /// Whether it can be compiled: there are no errors, and nothing that only an instance could tell is missing.
    pub is_complete: bool,
    /// Its expressions, in document order.
    pub expressions: Vec<Expression>,
}

/// An expression of a document.
pub struct Expression {
    /// Where it stands, wrapper included.
    pub span: Span,
    /// Its text, with its places in the source.
    pub text: MappedText,
    /// Its tree.
    pub parsed: grammar::expression::Parsed,
    /// What its parts mean.
    pub bound: Bound,
}

impl Checked {
    /// Whether there are errors.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level() == grammar::diagnostic::Level::Error)
    }
}

/// Reads and checks a document.
#[must_use]
pub fn check_source(source: &Source, options: &Options, surroundings: &dyn Surroundings) -> Checked {
    check(&grammar::document::read(source), options, surroundings)
}

/// Checks a document that was read.
#[must_use]
pub fn check(document: &Document, options: &Options, surroundings: &dyn Surroundings) -> Checked {
    let mut checker = walk::Checker::new(document, options, surroundings);
    checker.document();
    let mut diagnostics = document.diagnostics().to_vec();
    diagnostics.append(&mut checker.diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    diagnostics.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.message == b.message);
    let mut checked = Checked {
        is_complete: checker.is_complete,
        diagnostics,
        document: checker.out,
        expressions: checker.expressions,
    };
    checked.is_complete &= !checked.has_errors();
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        let checked = check_source(&Source::new("p.xml", text), &Options::default(), &Alone);
        let line = |found: &Diagnostic| {
            let at = found.source.line_column(found.span.start);
            format!("{}:{} {} {}", at.line + 1, at.column + 1, found.rule.id, found.message)
        };
        checked.diagnostics.iter().map(line).collect()
    }

    #[test]
    fn policies_that_a_gateway_does_not_have_are_refused_for_it() {
        let text = "<rate-limit-by-key calls='1' renewal-period='60' counter-key='@(context.Request.IpAddress)' />";
        for (gateway, expected) in [
            (None, vec![]),
            (Some(policies::Gateway::V2), vec![]),
            (Some(policies::Gateway::Consumption), vec!["the consumption gateway has no `rate-limit-by-key`"]),
        ] {
            let options = Options { gateway, ..Options::default() };
            let checked = check_source(&Source::new("p.xml", text), &options, &Alone);
            let found: Vec<&str> = checked.diagnostics.iter().map(|finding| &*finding.message).collect();
            assert_eq!(found, expected, "{gateway:?}");
        }
    }

    #[test]
    fn faults_are_found_at_their_places() {
        for (text, expected) in [
            ("<policies><inbound><base /></inbound></policies>", vec![]),
            ("<policies><inbounds /></policies>", vec!["1:12 document/unknown-section there is no section `inbounds`"]),
            (
                "<set-heder name='a' exists-action='delete' />",
                vec!["1:2 policy/unknown-policy there is no policy `set-heder`"],
            ),
            (
                "<set-header exists-action='drop'>\n x <value>1</value></set-header>",
                vec![
                    "1:2 policy/missing-attribute `set-header` needs the attribute `name`",
                    "1:28 policy/attribute-value `exists-action` is `drop` and takes `override`, `skip`, `append` or `delete`",
                    "2:2 document/unexpected-text there is text in `set-header`, which holds only elements",
                ],
            ),
            ("<choose><otherwise /></choose>", vec!["1:2 policy/missing-child `choose` needs a `when`"]),
            (
                "<choose><when condition='@(1)' /></choose>",
                vec![
                    "1:26 expression/wrong-type the expression is of type `int`, and `condition` takes `true` or `false`",
                ],
            ),
            (
                "<include-fragment fragment-id='@(\"a\")' />",
                vec!["1:32 policy/expression-not-allowed `fragment-id` takes no expression"],
            ),
            (
                "<set-body><value>@(1 + true)</value></set-body>",
                vec!["1:20 expression/no-operator no operator `+` takes `int` and `bool`"],
            ),
            (
                "<quota calls='1' renewal-period='60' />",
                vec!["1:2 policy/not-run `quota` is known but not run by this version"],
            ),
            (
                "<policies><outbound><quota calls='x' renewal-period='60' /></outbound></policies>",
                vec![
                    "1:22 policy/misplaced `quota` is not allowed in `outbound`",
                    "1:22 policy/not-run `quota` is known but not run by this version",
                    "1:35 policy/attribute-value `calls` is `x` and takes a whole number",
                ],
            ),
            ("<fragment><base /></fragment>", vec!["1:12 policy/not-in-fragment `base` is not allowed in a fragment"]),
            (
                "<set-header name='a'><value>x @(1)</value></set-header>",
                vec!["1:31 expression/embedded this is no expression: an expression is the whole value"],
            ),
        ] {
            assert_eq!(findings(text), expected, "{text}");
        }
    }
}
