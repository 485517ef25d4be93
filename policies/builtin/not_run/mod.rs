//! The policies that the checker knows and this version does not run: one table of facts.
//!
//! They are declared like any other, so that sections, scopes, attributes and children are checked and editors can help.
//! A document that uses one is refused: what a policy would have done is never left out in silence.
//!
//! Not here: policies that run, each of which has its own folder.

use crate::declaration::{
    AttributeDef, ChildDef, ElementDef, ExpressionUse, Gateway, PolicyDef, Runs, Scope, Section, ValueType,
};

pub mod authentication;
pub mod caching;
pub mod limits;
pub mod models;
pub mod resolving;
pub mod sending;
pub mod transforming;
pub mod validating;

/// The page of all policies that are not run.
const PAGE: &str = include_str!("README.md");

/// A policy that may stand in all scopes and on all gateways.
const fn known(element: ElementDef, source: &'static str, sections: &'static [Section]) -> PolicyDef {
    PolicyDef {
        element: ElementDef { is_policy: true, ..element },
        sections,
        undocumented: &[],
        scopes: Scope::ALL,
        gateways: Gateway::ALL,
        runs: Runs::NotYet,
        once: false,
        in_fragments: true,
        source,
        page: PAGE,
        #[cfg(feature = "check")]
        check: Some(check),
        #[cfg(feature = "check")]
        lower: None,
        #[cfg(feature = "run")]
        load: None,
    }
}

/// The checks that all policies share.
#[cfg(feature = "check")]
fn check(element: &crate::findings::Element<'_>, out: &mut crate::findings::Findings<'_>) {
    if let Some(policy) = crate::find(element.node.name()) {
        crate::findings::check(policy, None, element, out);
    }
}

impl PolicyDef {
    const fn undocumented(mut self, sections: &'static [Section]) -> Self {
        self.undocumented = sections;
        self
    }

    const fn scopes(mut self, scopes: &'static [Scope]) -> Self {
        self.scopes = scopes;
        self
    }

    const fn gateways(mut self, gateways: &'static [Gateway]) -> Self {
        self.gateways = gateways;
        self
    }

    const fn once(mut self) -> Self {
        self.once = true;
        self
    }
}

/// An element that holds nothing but these children.
const fn element(
    name: &'static str,
    docs: &'static str,
    attributes: &'static [AttributeDef],
    children: &'static [ChildDef],
) -> ElementDef {
    ElementDef {
        name,
        docs,
        attributes,
        children,
        text: None,
        markup: false,
        holds_policies: false,
        foreign: false,
        is_policy: false,
    }
}

impl ElementDef {
    const fn text(mut self, docs: &'static str, is_expression: bool) -> Self {
        let text = attribute("text", docs, ValueType::Text);
        self.text = Some(if is_expression { text.expression() } else { text });
        self
    }

    const fn foreign(mut self) -> Self {
        self.foreign = true;
        self
    }

    const fn policies(mut self) -> Self {
        self.holds_policies = true;
        self
    }
}

/// An attribute that may be missing and takes no expression.
const fn attribute(name: &'static str, docs: &'static str, value: ValueType) -> AttributeDef {
    AttributeDef { name, docs, required: false, default: None, expression: ExpressionUse::Never, value, not_yet: false }
}

impl AttributeDef {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn expression(mut self) -> Self {
        self.expression = ExpressionUse::Allowed;
        self
    }
}

const fn child(element: &'static ElementDef, min: u32, max: Option<u32>) -> ChildDef {
    ChildDef { element, min, max }
}
