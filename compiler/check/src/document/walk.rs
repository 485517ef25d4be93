//! Goes through sections and policies: which element it is, and whether it may stand where it stands.

use std::collections::HashMap;

use grammar::diagnostic::{Diagnostic, Edit, Fix, Safety, nearest};
use grammar::document::{Document, DocumentKind, Element, MAX_DOCUMENT_BYTES, MAX_FRAGMENT_BYTES, NodeId, NodeKind};
use grammar::source::Span;
use ir::document as out;
use ir::tree::Expr;
use policies::{PolicyDef, Runs, Section};

use super::rules::{
    DUPLICATE_SECTION, MISPLACED_POLICY, NOT_IN_FRAGMENT, NOT_IN_SCOPE, NOT_ON_GATEWAY, NOT_RUN, REPEATED_POLICY,
    TOO_LARGE, UNEXPECTED_TEXT, UNKNOWN_POLICY, UNKNOWN_ROOT, UNKNOWN_SECTION,
};
use super::{Expression, Kind, Options, Surroundings};

/// The state of a check.
pub struct Checker<'d> {
    pub tree: &'d Document,
    pub options: &'d Options,
    pub surroundings: &'d dyn Surroundings,
    pub diagnostics: Vec<Diagnostic>,
    pub out: out::Document,
    pub is_complete: bool,
    pub expressions: Vec<Expression>,
    /// The conditions of elements that become steps, by element and attribute.
    pub conditions: HashMap<(NodeId, String), Expr>,
    /// The slots and expressions of each policy.
    pub values: HashMap<out::PolicyId, Vec<(out::SlotId, Expr)>>,
    /// Which bodies the policy that is looked at reads.
    pub reads: Reads,
    /// Where policies stand that are looked at; none if it is not known.
    section: Option<Section>,
    in_fragment: bool,
    /// How often policies stand in the section that is looked at.
    counts: HashMap<&'static str, u32>,
}

/// Which bodies expressions read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    pub request: bool,
    pub response: bool,
}

impl<'d> Checker<'d> {
    pub fn new(tree: &'d Document, options: &'d Options, surroundings: &'d dyn Surroundings) -> Self {
        Self {
            tree,
            options,
            surroundings,
            diagnostics: Vec::new(),
            out: out::Document::default(),
            is_complete: true,
            expressions: Vec::new(),
            conditions: HashMap::new(),
            values: HashMap::new(),
            reads: Reads::default(),
            section: None,
            in_fragment: options.kind == Kind::Fragment,
            counts: HashMap::new(),
        }
    }

    /// Reports a finding about an element.
    pub fn report(&mut self, finding: Diagnostic, element: Element<'d>) {
        self.diagnostics.push(finding.element(element.name()));
    }

    /// A finding at a place of the document.
    pub fn finding(
        &self,
        rule: &'static grammar::diagnostic::Rule,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, self.tree.source(), span, message)
    }

    /// Checks the whole document.
    pub fn document(&mut self) {
        self.check_size();
        let expected = match self.options.kind {
            Kind::Scope(_) => Some("policies"),
            Kind::Fragment => Some("fragment"),
            Kind::Any => None,
        };
        if let (Some(expected), Some(root)) = (expected, self.tree.roots().next())
            && root.name() != expected
        {
            let message = format!("the document's element is `{}` and not `{expected}`", root.name());
            let finding = self.finding(&UNKNOWN_ROOT, root.name_span(), message);
            self.report(finding, root);
        }
        match self.tree.kind() {
            DocumentKind::Empty => {
                if expected.is_some() {
                    let finding = self.finding(&UNKNOWN_ROOT, Span::empty(0), "the document has no element");
                    self.diagnostics.push(finding);
                }
            }
            DocumentKind::Policies => {
                if let Some(root) = self.tree.root() {
                    self.sections(root);
                }
            }
            DocumentKind::Fragment => {
                if let Some(root) = self.tree.root() {
                    self.in_fragment = true;
                    self.no_attributes(root);
                    let steps = self.policies_in(root);
                    self.out.body = out::Body::Fragment(steps);
                }
            }
            DocumentKind::Section | DocumentKind::Policy | DocumentKind::Several => self.loose_parts(),
        }
    }

    fn check_size(&mut self) {
        let is_fragment = self.in_fragment || self.tree.kind() == DocumentKind::Fragment;
        let limit = if is_fragment { MAX_FRAGMENT_BYTES } else { MAX_DOCUMENT_BYTES };
        let size = self.tree.source().text().len();
        if size > limit {
            let message = format!("the document has {size} bytes and may have {limit}");
            let finding = self.finding(&TOO_LARGE, Span::empty(0), message);
            self.diagnostics.push(finding);
        }
    }

    /// The sections of a `policies` element.
    fn sections(&mut self, root: Element<'d>) {
        self.no_attributes(root);
        self.no_text(root);
        let mut sections: Vec<(out::Section, Vec<out::Step>)> = Vec::new();
        for element in root.elements() {
            let Some(section) = out::Section::from_name(element.name()) else {
                self.unknown_section(element);
                continue;
            };
            if sections.iter().any(|(known, _)| *known == section) {
                let message = format!("the section `{}` stands more than once", element.name());
                let finding = self.finding(&DUPLICATE_SECTION, element.name_span(), message);
                self.report(finding, element);
            }
            let steps = self.section(element);
            sections.push((section, steps));
        }
        self.out.body = out::Body::Sections(sections);
    }

    fn section(&mut self, element: Element<'d>) -> Vec<out::Step> {
        self.no_attributes(element);
        self.section = Section::ALL.iter().copied().find(|section| section.name() == element.name());
        self.counts.clear();
        let steps = self.policies_in(element);
        self.section = None;
        steps
    }

    fn unknown_section(&mut self, element: Element<'d>) {
        let name = element.name();
        let names = Section::ALL.iter().map(|section| section.name());
        let mut finding = if policies::find(name).is_some() {
            self.finding(
                &UNKNOWN_SECTION,
                element.name_span(),
                format!("the policy `{name}` stands outside of a section"),
            )
            .help("put it into `inbound`, `backend`, `outbound` or `on-error`")
        } else {
            self.finding(&UNKNOWN_SECTION, element.name_span(), format!("there is no section `{name}`"))
                .help("the sections are `inbound`, `backend`, `outbound` and `on-error`")
        };
        if let Some(meant) = nearest(name, names) {
            finding = finding.fix(rename(element, meant));
        }
        self.report(finding, element);
    }

    /// Sections and policies without the elements that belong around them.
    fn loose_parts(&mut self) {
        let mut steps = Vec::new();
        let mut sections = Vec::new();
        for element in self.tree.roots() {
            match out::Section::from_name(element.name()) {
                Some(section) => {
                    let steps = self.section(element);
                    sections.push((section, steps));
                }
                None if element.name() == "policies" => self.sections(element),
                None if element.name() == "fragment" => {
                    let inside = self.policies_in(element);
                    steps.extend(inside);
                }
                None => steps.extend(self.policy(element)),
            }
        }
        self.out.body = if sections.is_empty() { out::Body::Fragment(steps) } else { out::Body::Sections(sections) };
    }

    /// The steps of the policies that stand in an element.
    pub fn policies_in(&mut self, element: Element<'d>) -> Vec<out::Step> {
        self.no_text(element);
        let mut steps = Vec::new();
        for child in element.elements() {
            steps.extend(self.policy(child));
        }
        steps
    }

    /// The steps of a policy.
    fn policy(&mut self, element: Element<'d>) -> Vec<out::Step> {
        let Some(policy) = policies::find(element.name()) else {
            self.unknown_policy(element);
            return Vec::new();
        };
        self.check_place(element, policy);
        let outside = std::mem::take(&mut self.reads);
        let id = self.add_policy(element, policy.load_is_needed());
        let mut values = Vec::new();
        let checked = self.element(element, &policy.element, true, &mut values);
        if let Some(place) = self.out.policies.get_mut(id.0 as usize) {
            place.element = checked;
        }
        self.values.insert(id, values);
        self.own_checks(element, policy);
        let reads = std::mem::replace(&mut self.reads, outside);
        if policy.runs == Runs::NotYet {
            if policy.element.holds_policies {
                self.policies_in(element);
            }
            let message = format!("`{}` is known but not run by this version", element.name());
            let finding = self.finding(&NOT_RUN, element.name_span(), message);
            let finding = finding.help("remove it, or run the document where it is supported");
            self.report(finding, element);
            return Vec::new();
        }
        let mut steps = Vec::new();
        let bodies = [(reads.request, out::Message::Request), (reads.response, out::Message::Response)];
        steps.extend(bodies.iter().filter(|(read, _)| *read).map(|(_, message)| out::Step::Buffer(id, *message)));
        match policy.lower {
            Some(lower) => steps.extend(lower(element, id, self)),
            None => {
                let values = self.values.remove(&id).unwrap_or_default();
                let waits = policy.runs == Runs::Waits;
                steps.push(out::Step::Run(out::Run { policy: id, values, waits }));
            }
        }
        steps
    }

    /// Numbers a policy, or a part of one.
    pub fn add_policy(&mut self, element: Element<'d>, runs: bool) -> out::PolicyId {
        let id = out::PolicyId(u32::try_from(self.out.policies.len()).unwrap_or(u32::MAX));
        let at = self.tree.source().line_column(element.span().start);
        self.out.policies.push(out::Policy {
            element: out::Element { name: element.name().to_owned(), ..out::Element::default() },
            section: element.section().and_then(out::Section::from_name),
            path: element.policy_path(),
            place: (at.line + 1, at.column + 1),
            runs,
        });
        id
    }

    /// Whether a policy may stand in its section, scope and fragment.
    fn check_place(&mut self, element: Element<'d>, policy: &'static PolicyDef) {
        let name = element.name();
        if let Some(section) = self.section
            && !policy.sections.contains(&section)
        {
            let allowed: Vec<String> = policy.sections.iter().map(|section| format!("`{}`", section.name())).collect();
            let message = format!("`{name}` is not allowed in `{}`", section.name());
            let finding = self.finding(&MISPLACED_POLICY, element.name_span(), message);
            let help = match allowed.as_slice() {
                [] => "it may stand only in documents of GraphQL resolvers".to_owned(),
                allowed => format!("it may stand in {}", listed(allowed)),
            };
            self.report(finding.help(help), element);
        }
        if let Some(gateway) = self.options.gateway
            && !policy.gateways.contains(&gateway)
        {
            let allowed: Vec<String> = policy.gateways.iter().map(|gateway| gateway.name().to_owned()).collect();
            let message = format!("the {} gateway has no `{name}`", gateway.name());
            let finding = self.finding(&NOT_ON_GATEWAY, element.name_span(), message);
            let finding = finding.help(format!("it is there on the gateways {}", listed(&allowed)));
            self.report(finding, element);
        }
        if let Kind::Scope(scope) = self.options.kind
            && !policy.scopes.contains(&scope)
        {
            let allowed: Vec<String> = policy.scopes.iter().map(|scope| (*scope).name().to_owned()).collect();
            let message = format!("`{name}` is not allowed in a document of the {} scope", scope.name());
            let finding = self.finding(&NOT_IN_SCOPE, element.name_span(), message);
            let finding = finding.help(format!("it may stand in documents of the scopes {}", listed(&allowed)));
            self.report(finding, element);
        }
        if self.in_fragment && !policy.in_fragments {
            let message = format!("`{name}` is not allowed in a fragment");
            let finding = self.finding(&NOT_IN_FRAGMENT, element.name_span(), message);
            self.report(finding, element);
        }
        let count = self.counts.entry(policy.element.name).or_default();
        *count += 1;
        if policy.once && *count == 2 && self.section.is_some() {
            let message = format!("`{name}` stands more than once in this section");
            let finding = self.finding(&REPEATED_POLICY, element.name_span(), message);
            self.report(finding, element);
        }
    }

    fn unknown_policy(&mut self, element: Element<'d>) {
        let name = element.name();
        let mut finding = self.finding(&UNKNOWN_POLICY, element.name_span(), format!("there is no policy `{name}`"));
        let known = policies::POLICIES.iter().map(|policy| policy.element.name);
        match nearest(name, known) {
            Some(meant) => finding = finding.help(format!("did you mean `{meant}`?")).fix(rename(element, meant)),
            None if out::Section::from_name(name).is_some() => {
                finding = finding.help("a section cannot stand in another one");
            }
            None => {}
        }
        self.report(finding, element);
    }

    fn own_checks(&mut self, element: Element<'d>, policy: &'static PolicyDef) {
        let Some(check) = policy.check else { return };
        let named_values: &dyn grammar::document::NamedValues = &Bridge(self.surroundings);
        let seen = policies::findings::Element { node: element, named_values, types: &Known(&self.expressions) };
        let mut findings = policies::findings::Findings {
            source: self.tree.source(),
            element: element.name(),
            diagnostics: &mut self.diagnostics,
        };
        check(&seen, &mut findings);
    }

    /// Text between policies is a fault.
    pub fn no_text(&mut self, element: Element<'d>) {
        for node in element.children() {
            let is_text = matches!(node.kind(), NodeKind::Text | NodeKind::CData) && !node.is_blank();
            if is_text {
                let message = format!("there is text in `{}`, which holds only elements", element.name());
                let finding = self.finding(&UNEXPECTED_TEXT, trimmed(node.span(), node.written()), message);
                self.report(finding, element);
            }
        }
    }

    fn no_attributes(&mut self, element: Element<'d>) {
        for attribute in element.attributes() {
            let message = format!("`{}` has no attribute `{}`", element.name(), attribute.name());
            let finding = self.finding(&super::rules::UNKNOWN_ATTRIBUTE, attribute.name_span(), message);
            self.report(finding, element);
        }
    }
}

/// Hands on the named values of a document's surroundings.
struct Bridge<'s>(&'s dyn Surroundings);

impl grammar::document::NamedValues for Bridge<'_> {
    fn named_value(&self, name: &str) -> grammar::document::NamedValue<'_> {
        self.0.named_value(name)
    }
}

/// Knows the types of the expressions that were bound.
struct Known<'e>(&'e [Expression]);

impl policies::findings::Types for Known<'_> {
    fn type_at(&self, span: Span) -> Option<dotnet::ty::Ty> {
        self.0.iter().rev().find(|known| known.span == span).and_then(|known| known.bound.ty)
    }
}

/// The fix that gives an element another name, in both of its tags.
fn rename(element: Element<'_>, name: &str) -> Fix {
    let mut fix = Fix::safe(format!("Replace with `{name}`"), element.name_span(), name);
    fix.edits.extend(element.close_name_span().map(|span| Edit { span, text: name.to_owned() }));
    fix.safety = Safety::Safe;
    fix
}

/// `a`, `b` and `c`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The span of a text without the blanks around it.
pub fn trimmed(span: Span, text: &str) -> Span {
    let before = text.len() - text.trim_start().len();
    let after = text.len() - text.trim_end().len();
    let cut = |bytes: usize| u32::try_from(bytes).unwrap_or(0);
    Span::new(span.start + cut(before), span.end.saturating_sub(cut(after)))
}
