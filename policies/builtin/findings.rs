//! What a policy's own checks see of its element, and how they report; and the checks that all policies share.

use dotnet::ty::Ty;
use grammar::diagnostic::{Diagnostic, Level, Rule};
use grammar::document::{Element as Node, NamedValues, Value};
use grammar::source::{Source, Span};

use crate::declaration::{ElementDef, PolicyDef};

/// An attribute that this version of Tollgate does not run.
pub static NOT_RUN: Rule = Rule {
    id: "policy/attribute-not-run",
    level: Level::Error,
    summary: "this version does not run the attribute",
    page: include_str!("rules/attribute-not-run.md"),
    aliases: &[],
};

/// A section that the policy's page does not name, though the service takes it there.
pub static UNDOCUMENTED_SECTION: Rule = Rule {
    id: "policy/undocumented-section",
    level: Level::Warning,
    summary: "the policy's documentation does not name this section",
    page: include_str!("rules/undocumented-section.md"),
    aliases: &[],
};

/// A policy's own checks.
pub type Check = fn(&Element<'_>, &mut Findings<'_>);

/// The types of a document's expressions.
pub trait Types {
    /// The type of the expression that stands there; none if it is not known.
    fn type_at(&self, span: Span) -> Option<Ty>;
}

/// Knows no types.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTypes;

impl Types for NoTypes {
    fn type_at(&self, _: Span) -> Option<Ty> {
        None
    }
}

/// A policy's element with the named values of its instance.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    /// The element in the document.
    pub node: Node<'d>,
    /// What `{{name}}` stands for.
    pub named_values: &'d dyn NamedValues,
    /// What its expressions are.
    pub types: &'d dyn Types,
}

/// A literal with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The text, with entities decoded and named values filled in.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Literal {
    /// The text without the blanks around it.
    #[must_use]
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

impl<'d> Element<'d> {
    /// The literal value of an attribute; none if it is missing or an expression.
    #[must_use]
    pub fn literal(self, name: &str) -> Option<Literal> {
        self.node.attribute(name).and_then(|attribute| self.literal_of(attribute.value()))
    }

    /// The literal text of the element; none if it is an expression.
    #[must_use]
    pub fn text(self) -> Option<Literal> {
        self.literal_of(self.node.text())
    }

    fn literal_of(self, value: Value<'d>) -> Option<Literal> {
        let resolved = value.resolve(self.named_values);
        resolved.literal().map(|text| Literal { text: text.text().to_owned(), span: value.span() })
    }

    /// The type of an attribute that is an expression, and where it stands.
    #[must_use]
    pub fn expression_type(self, name: &str) -> Option<(Ty, Span)> {
        let span = self.node.attribute(name)?.value().expression()?.span();
        self.types.type_at(span).map(|ty| (ty, span))
    }

    /// Whether an attribute is there.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        self.node.attribute(name).is_some()
    }

    /// Where an attribute stands, or the element's name if it is missing.
    #[must_use]
    pub fn place(self, name: &str) -> Span {
        self.node.attribute(name).map_or(self.node.name_span(), |attribute| attribute.span())
    }

    /// The child elements of a name.
    pub fn children(self, name: &str) -> impl Iterator<Item = Self> {
        self.elements().filter(move |child| child.node.name() == name)
    }

    /// All child elements.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.node.elements().map(move |node| Self { node, ..self })
    }
}

/// Collects what a policy's checks find.
pub struct Findings<'f> {
    /// The text that the element stands in.
    pub source: &'f Source,
    /// The policy's name.
    pub element: &'f str,
    /// What was found.
    pub diagnostics: &'f mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// A finding about the element, to be completed and then reported.
    #[must_use]
    pub fn finding(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, self.source, span, message).element(self.element)
    }

    /// Reports a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    /// Reports an attribute that this version does not run.
    pub fn not_run(&mut self, element: Element<'_>, attribute: &str) {
        let name = element.node.name();
        let message = format!("this version of Tollgate does not run `{name}` with `{attribute}`");
        let finding = self.finding(&NOT_RUN, element.place(attribute), message);
        self.report(finding.help("remove it, or run the document where it is supported"));
    }

    /// Reports attributes of which only one may stand.
    pub fn exclusive(&mut self, rule: &'static Rule, element: Element<'_>, attributes: &[&str]) {
        let mut there = attributes.iter().filter(|name| element.has(name));
        if let (Some(first), Some(second)) = (there.next(), there.next()) {
            let message = format!("`{first}` and `{second}` exclude each other");
            let first = element.place(first);
            let finding = self.finding(rule, element.place(second), message).label(first, "the other one is here");
            self.report(finding);
        }
    }

    /// Reports that none of some attributes is there.
    pub fn one_of(&mut self, rule: &'static Rule, element: Element<'_>, attributes: &[&str]) {
        if attributes.iter().all(|name| !element.has(name)) {
            let names: Vec<String> = attributes.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("`{}` needs {}", element.node.name(), names.join(" or "));
            let finding = self.finding(rule, element.node.name_span(), message);
            self.report(finding);
        }
    }
}

/// What every policy is checked for besides its own checks: its section, attributes that are not run, and the policies
/// that are parts of it.
pub fn check(policy: &'static PolicyDef, own: Option<Check>, element: &Element<'_>, out: &mut Findings<'_>) {
    if !is_part(*element) {
        section(policy, *element, out);
    }
    parts(&policy.element, *element, out);
    if let Some(own) = own {
        own(element, out);
    }
}

/// Whether a policy is declared as a part of the one that it stands in.
fn is_part(element: Element<'_>) -> bool {
    let around = element.node.parent().and_then(|parent| crate::find(parent.name()));
    let parts = around.map(|around| around.element.children).unwrap_or_default();
    parts.iter().any(|part| part.element.name == element.node.name())
}

fn section(policy: &PolicyDef, element: Element<'_>, out: &mut Findings<'_>) {
    let section = element.node.section();
    if let Some(section) = policy.undocumented.iter().find(|known| Some(known.name()) == section) {
        let message = format!("the page of `{}` does not name `{}`", policy.element.name, section.name());
        let finding = out.finding(&UNDOCUMENTED_SECTION, element.node.name_span(), message);
        out.report(finding);
    }
}

/// The attributes of an element, and what stands in it.
fn parts(declared: &ElementDef, element: Element<'_>, out: &mut Findings<'_>) {
    for attribute in declared.attributes.iter().filter(|known| known.not_yet && element.has(known.name)) {
        out.not_run(element, attribute.name);
    }
    for child in element.elements() {
        let Some(known) = declared.children.iter().find(|known| known.element.name == child.node.name()) else {
            continue;
        };
        match crate::find(known.element.name).filter(|_| known.element.is_policy) {
            Some(policy) => {
                if let Some(check) = policy.check {
                    check(&child, out);
                }
            }
            None => parts(known.element, child, out),
        }
    }
}
