//! Products: what APIs are offered together, and to whom.

use crate::findings::Findings;
use crate::model::definition::Definition;
use crate::resources::policy::Policy;
use crate::resources::{Link, named};

/// Whether a product is shown to developers. It does not matter for calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductState {
    /// Shown.
    Published,
    /// Shown to administrators alone.
    NotPublished,
}

/// A product.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Its name, which subscriptions and URLs use.
    pub name: String,
    /// Its title; the name where there is none.
    pub display_name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// Whether developers see it.
    pub state: ProductState,
    /// Whether calls need a subscription; a product that asks for none is open.
    pub subscription_required: bool,
    /// Whether somebody must approve a subscription.
    pub approval_required: bool,
    /// How many subscriptions one user may have; `None` for any number.
    pub subscriptions_limit: Option<i64>,
    /// The terms of use.
    pub terms: Option<String>,
    /// Its APIs, without revisions.
    pub apis: Vec<Link>,
    /// The groups that see it.
    pub groups: Vec<Link>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// The policy of its scope.
    pub policy: Option<Policy>,
    /// What it was read from.
    pub definition: Definition,
}

named!(Product);

impl Product {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let states = [("published", ProductState::Published), ("notPublished", ProductState::NotPublished)];
        Self {
            name: name.to_owned(),
            display_name: properties.text("displayName", out).unwrap_or_else(|| name.to_owned()),
            description: properties.text("description", out),
            state: properties.choice("state", &states, out).unwrap_or(ProductState::NotPublished),
            subscription_required: properties.flag("subscriptionRequired", out).unwrap_or(true),
            approval_required: properties.flag("approvalRequired", out).unwrap_or(false),
            subscriptions_limit: properties.integer("subscriptionsLimit", out),
            terms: properties.text("terms", out),
            apis: Vec::new(),
            groups: Vec::new(),
            tags: Vec::new(),
            policy: None,
            definition,
        }
    }

    /// Whether it offers the API called `api`; a revision belongs to the products of its API.
    #[must_use]
    pub fn contains(&self, api: &str) -> bool {
        let base = crate::resources::api::base_name(api);
        self.apis.iter().any(|link| crate::resources::api::base_name(&link.name).eq_ignore_ascii_case(base))
    }
}
