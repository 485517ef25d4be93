//! Subscriptions: keys, and what they open.

use crate::findings::Findings;
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::model::secret::Secret;
use crate::resources::named;

/// What a subscription opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubscriptionScope {
    /// Every API of the service, or of the workspace.
    AllApis,
    /// One product's APIs, in its context.
    Product(String),
    /// One API.
    Api(String),
}

/// The state of a subscription; only an active one gives access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionState {
    /// Waits for approval.
    Submitted,
    /// Gives access.
    Active,
    /// Blocked for a while.
    Suspended,
    /// Refused.
    Rejected,
    /// Given up.
    Cancelled,
    /// Past its end.
    Expired,
}

/// A subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// Its name; `master` is the built-in one with access to everything.
    pub name: String,
    /// Its title; the name where there is none.
    pub display_name: String,
    /// What it opens.
    pub scope: SubscriptionScope,
    /// The workspace that its scope names, where that is another than its own.
    pub workspace: Option<String>,
    /// Whether it gives access.
    pub state: SubscriptionState,
    /// The name of the user it belongs to.
    pub owner: Option<String>,
    /// Whether calls with it may ask for a trace.
    pub allow_tracing: bool,
    /// The first key; absent where the instance was extracted without secrets.
    pub primary_key: Option<Secret>,
    /// The second key.
    pub secondary_key: Option<Secret>,
    /// When it was made, as written.
    pub created: Option<String>,
    /// From when it counts, as written.
    pub start: Option<String>,
    /// Until when it counts, as written.
    pub expiration: Option<String>,
    /// What it was read from.
    pub definition: Definition,
}

named!(Subscription);

impl Subscription {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let states = [
            ("submitted", SubscriptionState::Submitted),
            ("active", SubscriptionState::Active),
            ("suspended", SubscriptionState::Suspended),
            ("rejected", SubscriptionState::Rejected),
            ("cancelled", SubscriptionState::Cancelled),
            ("expired", SubscriptionState::Expired),
        ];
        // A state that cannot be read gives no access; a missing one is what the service makes of a new subscription.
        let state = match properties.any("state") {
            Some(_) => properties.choice("state", &states, out).unwrap_or(SubscriptionState::Suspended),
            None => SubscriptionState::Active,
        };
        let (scope, workspace) = scope(properties, out);
        let owner = properties.str("ownerId", out).map(ResourceId::parse);
        Self {
            name: name.to_owned(),
            display_name: properties.text("displayName", out).unwrap_or_else(|| name.to_owned()),
            scope,
            workspace,
            state,
            owner: owner.map(|id| id.name().to_owned()).filter(|owner| !owner.is_empty()),
            allow_tracing: properties.flag("allowTracing", out).unwrap_or(false),
            primary_key: properties.secret("primaryKey", out),
            secondary_key: properties.secret("secondaryKey", out),
            created: properties.text("createdDate", out),
            start: properties.text("startDate", out),
            expiration: properties.text("expirationDate", out),
            definition,
        }
    }

    /// The keys it has.
    pub fn keys(&self) -> impl Iterator<Item = &Secret> {
        self.primary_key.iter().chain(&self.secondary_key)
    }
}

fn scope(properties: Members, out: &mut Findings) -> (SubscriptionScope, Option<String>) {
    let Some(text) = properties.str("scope", out) else { return (SubscriptionScope::AllApis, None) };
    let id = ResourceId::parse(text);
    let workspace = id.workspace().map(str::to_owned);
    let (kind, name) = id.target();
    let scope = match kind.to_ascii_lowercase().as_str() {
        "products" if !name.is_empty() => SubscriptionScope::Product(name.to_owned()),
        "apis" if !name.is_empty() => SubscriptionScope::Api(name.to_owned()),
        "apis" => SubscriptionScope::AllApis,
        "" if name.is_empty() => SubscriptionScope::AllApis,
        _ => {
            let message = format!("the scope `{}` names neither a product nor an API nor all APIs", id.path());
            properties.report(&crate::findings::UNKNOWN_VALUE, "scope", message, out);
            // An unknown scope must open nothing: no API has the empty name.
            SubscriptionScope::Api(String::new())
        }
    };
    (scope, workspace)
}
