//! Subscription keys: whose they are, and what they open.
//!
//! A key is looked up by its digest in a table with a random secret, so that how long it takes says nothing about how
//! much of a guess is right.

use std::collections::HashMap;
use std::sync::OnceLock;

use bundle::manifest as bundled;
use bundle::manifest::{KeyDigest, KeySlot, Manifest, Scope};
use dotnet::context::facts;
use engine::load::Secrets;

use super::Api;

/// The subscriptions by their keys.
pub(crate) struct Keys {
    by_digest: HashMap<KeyDigest, (usize, KeySlot)>,
    subscriptions: Vec<Subscription>,
}

/// A subscription.
pub(crate) struct Subscription {
    /// The user it belongs to.
    pub(crate) owner: Option<usize>,
    facts: facts::Subscription,
    /// What policies see, by the key that was used. A key is known in the open only once somebody has shown it.
    used: [OnceLock<facts::Subscription>; 2],
    access: Access,
    is_active: bool,
}

/// What a subscription opens, by the positions of workspaces, APIs and products.
enum Access {
    All(Option<usize>),
    Product(usize),
    Apis(Vec<usize>),
}

/// A key that opens an API.
#[derive(Clone, Copy)]
pub(crate) struct Used<'k> {
    pub(crate) subscription: &'k Subscription,
    pub(crate) facts: &'k facts::Subscription,
    pub(crate) slot: KeySlot,
    /// The product in whose context the request is.
    pub(crate) product: Option<usize>,
}

impl Keys {
    pub(super) fn load(manifest: &Manifest, secrets: &dyn Secrets) -> Self {
        let mut by_digest = HashMap::new();
        let mut subscriptions = Vec::new();
        for (index, subscription) in manifest.subscriptions.iter().enumerate() {
            let keys = [(KeySlot::Primary, subscription.primary_key), (KeySlot::Secondary, subscription.secondary_key)];
            for (slot, digest) in keys {
                let secret = || secrets.secret(&subscription.key_secret(slot)).filter(|key| !key.is_empty());
                let digest = digest.or_else(|| secret().map(|key| KeyDigest::of(key.as_bytes())));
                if let Some(digest) = digest {
                    by_digest.entry(digest).or_insert((index, slot));
                }
            }
            let is_owner = |id: &str| manifest.users.iter().position(|user| user.id.eq_ignore_ascii_case(id));
            subscriptions.push(Subscription {
                owner: subscription.owner.as_deref().and_then(is_owner),
                facts: facts::Subscription {
                    id: subscription.id.clone(),
                    name: subscription.name.clone(),
                    created: subscription.created,
                    start: subscription.start,
                    end: subscription.end,
                    ..facts::Subscription::default()
                },
                used: Default::default(),
                access: access(subscription, manifest),
                is_active: subscription.is_active,
            });
        }
        Self { by_digest, subscriptions }
    }

    /// What a key opens of an API now; `None` if it does not open it.
    pub(crate) fn open(&self, key: &[u8], api: (usize, &Api), now: i64) -> Option<Used<'_>> {
        let (index, slot) = *self.by_digest.get(&KeyDigest::of(key))?;
        let subscription = self.subscriptions.get(index)?;
        let has_begun = subscription.facts.start.is_none_or(|start| start <= now);
        let has_ended = subscription.facts.end.is_some_and(|end| end <= now);
        if !subscription.is_active || !has_begun || has_ended {
            return None;
        }
        let product = match &subscription.access {
            Access::All(workspace) if *workspace == api.1.workspace => None,
            Access::Product(product) if api.1.products.contains(product) => Some(*product),
            Access::Apis(apis) if apis.contains(&api.0) => None,
            _ => return None,
        };
        let [primary, secondary] = &subscription.used;
        let shown = if slot == KeySlot::Primary { primary } else { secondary };
        let facts = shown.get_or_init(|| {
            let key = String::from_utf8_lossy(key).into_owned();
            let mut facts = subscription.facts.clone();
            match slot {
                KeySlot::Primary => facts.primary_key = key,
                KeySlot::Secondary => facts.secondary_key = key,
            }
            facts
        });
        Some(Used { subscription, facts, slot, product })
    }
}

fn access(subscription: &bundled::Subscription, manifest: &Manifest) -> Access {
    let workspace = subscription.workspace.as_deref();
    match &subscription.scope {
        Scope::AllApis => {
            let place = manifest.workspaces.iter().position(|known| Some(known.id.as_str()) == workspace);
            match (workspace, place) {
                (Some(_), None) => Access::Apis(Vec::new()),
                (_, place) => Access::All(place),
            }
        }
        Scope::Product(id) => {
            let is_it = |product: &bundled::Product| {
                product.workspace.as_deref() == workspace && product.id.eq_ignore_ascii_case(id)
            };
            manifest.products.iter().position(is_it).map_or(Access::Apis(Vec::new()), Access::Product)
        }
        Scope::Api(id) => {
            let is_it =
                |api: &bundled::Api| api.workspace.as_deref() == workspace && api.base_id().eq_ignore_ascii_case(id);
            let apis = manifest.apis.iter().enumerate().filter(|(_, api)| is_it(api));
            Access::Apis(apis.map(|(index, _)| index).collect())
        }
    }
}
