//! What the configuration says about the request: its API, operation, product, subscription, user and gateway.
//!
//! Plain values that are made once, when an instance is loaded, and shared by all requests.

/// An API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// Its URL suffix.
    pub path: String,
    /// Its revision.
    pub revision: String,
    /// Its version; none if it is not versioned.
    pub version: Option<String>,
    /// Whether this revision is the current one.
    pub is_current_revision: bool,
    /// Where its backend is.
    pub service_url: Option<UrlParts>,
    /// `http`, `https`, …
    pub protocols: Vec<String>,
    /// The header that carries the subscription key.
    pub key_header: String,
    /// The query parameter that carries the subscription key.
    pub key_query: String,
}

/// The parts of a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlParts {
    /// `http` or `https`.
    pub scheme: String,
    /// The host, without the port.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The path, with its escapes.
    pub path: String,
    /// The query without the question mark; empty if there is none.
    pub query: String,
}

impl UrlParts {
    /// The parts of an absolute URL of HTTP; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let uri: http::Uri = text.trim().parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "http" | "ws" => 80,
            "https" | "wss" => 443,
            _ => return None,
        };
        Some(Self {
            host: uri.host()?.to_ascii_lowercase(),
            port: uri.port_u16().unwrap_or(default_port),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or("").to_owned(),
            scheme,
        })
    }
}

/// An operation of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its HTTP method.
    pub method: String,
    /// Its display name.
    pub name: String,
    /// Its URL template.
    pub url_template: String,
}

/// A product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// Whether subscriptions have to be approved.
    pub approval_required: bool,
    /// Whether calls need a subscription.
    pub subscription_required: bool,
    /// How many subscriptions a user may have.
    pub subscriptions_limit: Option<i32>,
    /// Whether it is published.
    pub is_published: bool,
    /// The groups that see it.
    pub groups: Vec<Group>,
    /// Its APIs.
    pub apis: Vec<Api>,
}

/// A group of users.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

/// A subscription.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// The primary key.
    pub primary_key: String,
    /// The secondary key.
    pub secondary_key: String,
    /// When it was made, in ticks, UTC.
    pub created: i64,
    /// When it begins, in ticks, UTC.
    pub start: Option<i64>,
    /// When it ends, in ticks, UTC.
    pub end: Option<i64>,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The user's id.
    pub id: String,
    /// The mail address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// A note about the user.
    pub note: String,
    /// When the user was registered, in ticks, UTC.
    pub registered: i64,
    /// The groups that the user belongs to.
    pub groups: Vec<Group>,
    /// How the user signs in: id and provider.
    pub identities: Vec<(String, String)>,
}

/// The gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deployment {
    /// The gateway's id.
    pub gateway_id: String,
    /// The id of this process among those of the gateway.
    pub instance_id: String,
    /// Whether it is the service's own gateway and not a self-hosted one.
    pub is_managed: bool,
    /// The region.
    pub region: String,
    /// The id of the service.
    pub service_id: String,
    /// The name of the service.
    pub service_name: String,
}

/// A workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}
