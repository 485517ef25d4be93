//! What an element of a document is declared to be, from the tables of policies.

use check::document::Kind;
use grammar::document::Element;
use policies::{ElementDef, PolicyDef, Section};

/// What an element is.
#[derive(Clone, Copy)]
pub enum Declared {
    /// `policies`
    Policies,
    /// `fragment`
    Fragment,
    /// A section.
    Section(Section),
    /// A policy.
    Policy(&'static PolicyDef),
    /// A child element of a policy.
    Part(&'static ElementDef),
}

impl Declared {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::Fragment => "fragment",
            Self::Section(section) => section.name(),
            Self::Policy(policy) => policy.element.name,
            Self::Part(element) => element.name,
        }
    }

    /// The declaration of its attributes and children, where it has one.
    pub fn element(self) -> Option<&'static ElementDef> {
        match self {
            Self::Policy(policy) => Some(&policy.element),
            Self::Part(element) => Some(element),
            Self::Policies | Self::Fragment | Self::Section(_) => None,
        }
    }

    /// What a user is told of it.
    pub fn docs(self) -> &'static str {
        match self {
            Self::Policies => "A policy document: its sections run in the order `inbound`, `backend`, `outbound`.",
            Self::Fragment => "A policy fragment: policies that documents include by its name.",
            Self::Section(Section::Inbound) => "Runs when the request has come in, before it is sent to the backend.",
            Self::Section(Section::Backend) => "Sends the request to the backend.",
            Self::Section(Section::Outbound) => "Runs when the backend has answered, before the response is sent on.",
            Self::Section(Section::OnError) => {
                "Runs where an error occurs in another section; `context.LastError` tells which."
            }
            Self::Policy(policy) => policy.element.docs,
            Self::Part(element) => element.docs,
        }
    }

    /// Whether elements or text stand in it.
    pub fn has_content(self) -> bool {
        self.element()
            .is_none_or(|element| element.holds_policies || element.text.is_some() || !element.children.is_empty())
    }

    fn holds_policies(self) -> bool {
        self.element().is_none_or(|element| element.holds_policies) && !matches!(self, Self::Policies)
    }
}

/// What an element is; none if nothing of this name is declared there.
pub fn declared(element: Element<'_>) -> Option<Declared> {
    let mut chain: Vec<Element<'_>> = std::iter::once(element).chain(element.ancestors()).collect();
    chain.reverse();
    let mut outer = None;
    for element in chain {
        outer = Some(inside(outer, element.name())?);
    }
    outer
}

fn inside(outer: Option<Declared>, name: &str) -> Option<Declared> {
    let section = || Section::ALL.iter().copied().find(|section| section.name() == name).map(Declared::Section);
    let policy = || policies::find(name).map(Declared::Policy);
    match outer {
        None => match name {
            "policies" => Some(Declared::Policies),
            "fragment" => Some(Declared::Fragment),
            _ => section().or_else(policy),
        },
        Some(Declared::Policies) => section(),
        Some(outer) => {
            let mut children = outer.element().map_or(&[][..], |element| element.children).iter();
            let part = children.find(|child| child.element.name == name).map(|child| Declared::Part(child.element));
            part.or_else(|| policy().filter(|_| outer.holds_policies()))
        }
    }
}

/// The elements that may stand in `holder`, or at the top of a document of this kind.
pub fn allowed_in(holder: Option<Element<'_>>, kind: Kind) -> Vec<Declared> {
    let Some(holder) = holder else {
        return match kind {
            Kind::Scope(_) => vec![Declared::Policies],
            Kind::Fragment => vec![Declared::Fragment],
            Kind::Any => {
                let sections = Section::ALL.iter().map(|section| Declared::Section(*section));
                let policies = policies::POLICIES.iter().map(|policy| Declared::Policy(policy));
                [Declared::Policies, Declared::Fragment].into_iter().chain(sections).chain(policies).collect()
            }
        };
    };
    let Some(outer) = declared(holder) else { return Vec::new() };
    let count = |name: &str| holder.elements().filter(|element| element.name() == name).count();
    if let Declared::Policies = outer {
        let sections = Section::ALL.iter().filter(|section| count(section.name()) == 0);
        return sections.map(|section| Declared::Section(*section)).collect();
    }
    let mut allowed = Vec::new();
    for child in outer.element().map_or(&[][..], |element| element.children) {
        if child.max.is_none_or(|max| count(child.element.name) < max as usize) {
            allowed.push(Declared::Part(child.element));
        }
    }
    if outer.holds_policies() {
        let section = holder.section();
        let is_fragment = kind == Kind::Fragment
            || std::iter::once(holder).chain(holder.ancestors()).any(|element| element.name() == "fragment");
        let fits = |policy: &&&'static PolicyDef| {
            section.is_none_or(|name| policy.sections.iter().any(|section| section.name() == name))
                && (!is_fragment || policy.in_fragments)
                && !matches!(kind, Kind::Scope(scope) if !policy.scopes.contains(&scope))
                && !(policy.once && count(policy.element.name) > 0)
        };
        allowed.extend(policies::POLICIES.iter().filter(fits).map(|policy| Declared::Policy(policy)));
    }
    allowed
}
