//! What the gateway knows of an instance besides its documents: what requests match, who may call, and where they go.
//!
//! The manifest holds no secret. Subscription keys are digests, and what requests to a backend sign in with are the
//! names of secrets that the gateway fills in when it loads the bundle.
//!
//! Not here: the policy documents (`document`), how a manifest is made of an instance (`codegen`), and how requests are
//! matched (`gateway`).

mod backend;
mod mock;
mod template;

pub use backend::{
    Backend, BreakerRule, Credentials, ManagedIdentity, Pool, PoolMember, Proxy, SecretText, Target, Tls,
};
pub use mock::{MockBody, MockForm, MockResponse, MockStatus, find_mock};
pub use template::{Part, QueryPart, Template, Wildcard};

use serde::{Deserialize, Serialize};

use crate::document::DocumentName;

/// What the gateway knows of an instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The service.
    pub deployment: Deployment,
    /// APIs, every revision of each.
    pub apis: Vec<Api>,
    /// Products.
    pub products: Vec<Product>,
    /// Subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// Users.
    pub users: Vec<User>,
    /// Backends.
    pub backends: Vec<Backend>,
    /// Workspaces.
    pub workspaces: Vec<Workspace>,
    /// The names of all secrets that the manifest and the documents need, sorted.
    pub secrets: Vec<String>,
}

/// The service that the instance describes. What is empty here may be set where the gateway runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// The id of the service.
    pub service_id: String,
    /// The name of the service.
    pub service_name: String,
    /// The gateway's id.
    pub gateway_id: String,
    /// The region.
    pub region: String,
}

/// A workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

/// One revision of an API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Api {
    /// Its id: `orders`, or `orders;rev=2` for a revision that is not the current one.
    pub id: String,
    /// The workspace that it lies in.
    pub workspace: Option<String>,
    /// Its display name.
    pub name: String,
    /// What it speaks.
    pub kind: ApiKind,
    /// What its URLs begin with, without a slash at either end; may be empty.
    pub path: String,
    /// The schemes that it answers to.
    pub protocols: Vec<Protocol>,
    /// Where its requests go if no policy says otherwise.
    pub service_url: Option<String>,
    /// The id of the backend that they go to instead.
    pub backend: Option<String>,
    /// The number of the revision.
    pub revision: String,
    /// Whether it answers requests that name no revision.
    pub is_current: bool,
    /// Its version; none for an API without versions, and for the original one of a set.
    pub version: Option<String>,
    /// How requests name the version that they want; none for an API without versions.
    pub versioning: Option<Versioning>,
    /// Whether calls need a subscription.
    pub subscription_required: bool,
    /// The header that carries the subscription key.
    pub key_header: String,
    /// The query parameter that carries it where the header is missing.
    pub key_query: String,
    /// Its operations.
    pub operations: Vec<Operation>,
}

impl Api {
    /// The id without the revision, which products and subscriptions use.
    #[must_use]
    pub fn base_id(&self) -> &str {
        match self.id.rfind(';') {
            Some(at) if self.id.get(at + 1..at + 5).is_some_and(|rev| rev.eq_ignore_ascii_case("rev=")) => {
                self.id.get(..at).unwrap_or(&self.id)
            }
            _ => &self.id,
        }
    }

    /// The name of its document.
    #[must_use]
    pub fn document(&self) -> DocumentName {
        DocumentName::Api(qualified(self.workspace.as_deref(), &self.id))
    }

    /// The name of the document of one of its operations.
    #[must_use]
    pub fn operation_document(&self, operation: &Operation) -> DocumentName {
        DocumentName::Operation(qualified(self.workspace.as_deref(), &self.id), operation.id.clone())
    }
}

/// What an API speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiKind {
    /// REST over HTTP.
    #[default]
    Http,
    /// SOAP.
    Soap,
    /// GraphQL.
    GraphQl,
    /// WebSocket.
    WebSocket,
    /// gRPC.
    Grpc,
    /// OData.
    OData,
    /// Something else, served as HTTP.
    Other,
}

/// A scheme that an API answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// `http`
    Http,
    /// `https`
    Https,
    /// `ws`
    Ws,
    /// `wss`
    Wss,
}

impl Protocol {
    /// The scheme as `context.Api.Protocols` has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }
}

/// How requests name the version that they want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Versioning {
    /// By the first segment of the path behind the API's own path.
    Segment,
    /// By the query parameter of this name.
    Query(String),
    /// By the header of this name.
    Header(String),
}

/// An operation of an API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// Its method, in upper case.
    pub method: String,
    /// The shape of the requests that it answers.
    pub template: Template,
    /// The responses of its description, for `mock-response`.
    pub responses: Vec<MockResponse>,
}

/// A product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: String,
    /// The workspace that it lies in.
    pub workspace: Option<String>,
    /// Its display name.
    pub name: String,
    /// Whether calls need a subscription; a product that asks for none is open.
    pub subscription_required: bool,
    /// Whether somebody must approve a subscription.
    pub approval_required: bool,
    /// How many subscriptions one user may have.
    pub subscriptions_limit: Option<i32>,
    /// Whether developers see it.
    pub is_published: bool,
    /// Its APIs by their ids without revisions.
    pub apis: Vec<String>,
    /// The groups that see it.
    pub groups: Vec<Group>,
}

impl Product {
    /// The name of its document.
    #[must_use]
    pub fn document(&self) -> DocumentName {
        DocumentName::Product(qualified(self.workspace.as_deref(), &self.id))
    }
}

/// A group of users.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

/// What a subscription opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Every API of the service, or of the workspace.
    AllApis,
    /// The APIs of a product, in its context.
    Product(String),
    /// One API, by its id without the revision.
    Api(String),
}

/// A subscription. One that is not active opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// The workspace whose APIs and products its scope means.
    pub workspace: Option<String>,
    /// Its display name.
    pub name: String,
    /// What it opens.
    pub scope: Scope,
    /// Whether it gives access.
    pub is_active: bool,
    /// The id of the user it belongs to.
    pub owner: Option<String>,
    /// Whether calls with it may ask for a trace.
    pub allow_tracing: bool,
    /// The digest of the primary key. Where it is missing, the key is the secret of [`Subscription::key_secret`].
    pub primary_key: Option<KeyDigest>,
    /// The digest of the secondary key, likewise.
    pub secondary_key: Option<KeyDigest>,
    /// When it was made, in ticks, UTC.
    pub created: i64,
    /// When it begins, in ticks, UTC.
    pub start: Option<i64>,
    /// When it ends, in ticks, UTC.
    pub end: Option<i64>,
}

/// Which of the two keys of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeySlot {
    /// The primary key.
    Primary,
    /// The secondary key.
    Secondary,
}

impl Subscription {
    /// The name of the secret that is a key of this subscription where the manifest has no digest of it.
    #[must_use]
    pub fn key_secret(&self, slot: KeySlot) -> String {
        let slot = match slot {
            KeySlot::Primary => "primary-key",
            KeySlot::Secondary => "secondary-key",
        };
        format!("subscriptions/{}/{slot}", qualified(self.workspace.as_deref(), &self.id))
    }
}

/// The SHA-256 digest of a subscription key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyDigest(pub [u8; 32]);

impl KeyDigest {
    /// The digest of a key.
    #[must_use]
    pub fn of(key: &[u8]) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(key).into())
    }
}

impl std::fmt::Debug for KeyDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyDigest(…)")
    }
}

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The id of a resource as documents, fragments and secrets are named after it: a workspace's own are set apart by the
/// workspace's name before a slash, which no id holds.
#[must_use]
pub fn qualified(workspace: Option<&str>, id: &str) -> String {
    match workspace {
        Some(workspace) => format!("{workspace}/{id}"),
        None => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::{from_bytes, to_bytes};
    use crate::document::TextPart;

    #[test]
    fn what_was_written_is_read() {
        let manifest = Manifest {
            apis: vec![Api {
                id: "orders;rev=2".into(),
                workspace: Some("sales".into()),
                operations: vec![Operation { id: "get".into(), method: "GET".into(), ..Operation::default() }],
                versioning: Some(Versioning::Header("api-version".into())),
                ..Api::default()
            }],
            ..Manifest::default()
        };
        assert_eq!(from_bytes::<Manifest>(&to_bytes(&manifest)), Ok(manifest));
    }

    #[test]
    fn ids_lose_their_revision_and_nothing_else() {
        let base = |id: &str| Api { id: id.into(), ..Api::default() }.base_id().to_owned();
        for (id, expected) in
            [("orders", "orders"), ("orders;rev=2", "orders"), ("o;REV=10", "o"), ("a;b", "a;b"), ("a;é", "a;é")]
        {
            assert_eq!(base(id), expected, "{id}");
        }
    }

    #[test]
    fn documents_of_a_workspace_are_set_apart() {
        let api = Api { id: "orders".into(), workspace: Some("sales".into()), ..Api::default() };
        assert_eq!(api.document(), DocumentName::Api("sales/orders".into()));
        assert_eq!(qualified(None, "orders"), "orders");
    }

    #[test]
    fn neither_keys_nor_secrets_show_in_debug_output() {
        let subscription = Subscription {
            id: "s".into(),
            workspace: None,
            name: String::new(),
            scope: Scope::AllApis,
            is_active: true,
            owner: None,
            allow_tracing: false,
            primary_key: Some(KeyDigest::of(b"key")),
            secondary_key: None,
            created: 0,
            start: None,
            end: None,
        };
        let text = SecretText(vec![TextPart::Text(b"Bearer hunter2 ".to_vec()), TextPart::Secret("token".into())]);
        let shown = format!("{subscription:?} {text:?}");
        assert!(!shown.contains("44, ") && !shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("token"));
    }
}
