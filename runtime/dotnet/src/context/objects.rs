//! What the configuration says, as objects: the API, the operation, the product, the subscription, the user.

use dotnet_macros::members;

use super::cloud::Sustainability;
use super::facts;
use super::nullable_utc;
use super::url::Url;
use crate::array::Array;
use crate::cx::Cx;
use crate::object::{Header, Obj, object_of};
use crate::text::Str;
use crate::ty::Ty;
use crate::types::string::STRING;
use crate::word::Word;

/// Declares objects over facts: the struct, its layout, and a function that makes it.
macro_rules! fact_objects {
    ($($object:ident, $fact:ty, $def:ident, $ty:ident, $make:ident, $docs:literal;)*) => {$(
        #[doc = $docs]
        #[repr(C)]
        pub struct $object<'a> {
            header: Header,
            facts: &'a $fact,
        }

        crate::layout!($object<'a>, $def);

        #[doc = $docs]
        #[must_use]
        pub fn $make<'a>(cx: &Cx<'a>, facts: &'a $fact) -> Obj<'a> {
            object_of(cx.arena().alloc($object { header: Header::new(Ty(&$ty)), facts }))
        }
    )*};
}

fact_objects! {
    Api, facts::Api, API_DEF, API, api, "The object of an API.";
    KeyNames, facts::Api, KEY_NAMES_DEF, KEY_NAMES, key_names, "The object of the names of subscription keys.";
    Operation, facts::Operation, OPERATION_DEF, OPERATION, operation, "The object of an operation.";
    Product, facts::Product, PRODUCT_DEF, PRODUCT, product, "The object of a product.";
    Group, facts::Group, GROUP_DEF, GROUP, group, "The object of a group.";
    User, facts::User, USER_DEF, USER, user, "The object of a user.";
    UserIdentity, (String, String), USER_IDENTITY_DEF, USER_IDENTITY, user_identity, "The object of an identity.";
    Deployment, facts::Deployment, DEPLOYMENT_DEF, DEPLOYMENT, deployment, "The object of the deployment.";
    Gateway, facts::Deployment, GATEWAY_DEF, GATEWAY, gateway, "The object of the gateway.";
    Workspace, facts::Workspace, WORKSPACE_DEF, WORKSPACE, workspace, "The object of a workspace.";
}

fn text<'a>(cx: &Cx<'a>, text: &'a str) -> Str<'a> {
    Str::over(cx.arena(), text)
}

fn objects<'a, T>(cx: &Cx<'a>, ty: Ty, facts: &'a [T], make: fn(&Cx<'a>, &'a T) -> Obj<'a>) -> Obj<'a> {
    let words: Vec<Word> = facts.iter().map(|fact| make(cx, fact).word()).collect();
    object_of(Array::new(cx, ty, &words))
}

/// Members that `IApi` and `IContextApi` share, and those of the context's API.
#[members("public interface IApi", as = API)]
impl<'a> Api<'a> {
    /// The API's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// The API's display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }

    /// The API's URL suffix.
    #[member("string Path { get; }")]
    fn path(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.path)
    }

    /// The revision.
    #[member("string Revision { get; }")]
    fn revision(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.revision)
    }

    /// The version; null if the API has none.
    #[member("string Version { get; }")]
    fn version(&'a self, cx: &mut Cx<'a>) -> Option<Str<'a>> {
        self.facts.version.as_deref().map(|version| text(cx, version))
    }

    /// Whether the revision is the current one.
    #[member("bool IsCurrentRevision { get; }")]
    fn is_current_revision(&'a self) -> bool {
        self.facts.is_current_revision
    }

    /// Where the API's backend is; null if it has none.
    #[member("IUrl ServiceUrl { get; }")]
    fn service_url(&'a self, cx: &mut Cx<'a>) -> Option<&'a Url<'a>> {
        self.facts.service_url.as_ref().map(|parts| Url::of_parts(cx, parts))
    }

    /// The protocols that callers may use.
    #[member("IEnumerable<string> Protocols { get; }")]
    fn protocols(&'a self, cx: &mut Cx<'a>) -> &'a Array<'a> {
        let names: Vec<Str<'a>> = self.facts.protocols.iter().map(|name| text(cx, name)).collect();
        Array::of_strings(cx, &names)
    }

    /// Where callers put their subscription key.
    #[member("ISubscriptionKeyParameterNames SubscriptionKeyParameterNames { get; }")]
    fn subscription_key_parameter_names(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        key_names(cx, self.facts)
    }
}

/// Where callers put their subscription key.
#[members("public interface ISubscriptionKeyParameterNames", as = KEY_NAMES)]
impl<'a> KeyNames<'a> {
    /// The header's name.
    #[member("string Header { get; }")]
    fn header_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.key_header)
    }

    /// The query parameter's name.
    #[member("string Query { get; }")]
    fn query_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.key_query)
    }
}

/// An operation of an API.
#[members("public interface IOperation", as = OPERATION)]
impl<'a> Operation<'a> {
    /// The operation's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// Its HTTP method.
    #[member("string Method { get; }")]
    fn method(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.method)
    }

    /// Its display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }

    /// Its URL template.
    #[member("string UrlTemplate { get; }")]
    fn url_template(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.url_template)
    }
}

crate::enumeration! {
    /// Whether a product is published.
    PRODUCT_STATE, PRODUCT_STATE_DEF, "public enum ProductState", "ProductState",
    [("NotPublished", 0), ("Published", 1)]
}

/// A product.
#[members("public interface IProduct", as = PRODUCT)]
impl<'a> Product<'a> {
    /// The product's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// Its display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }

    /// Whether subscriptions have to be approved.
    #[member("bool ApprovalRequired { get; }")]
    fn approval_required(&'a self) -> bool {
        self.facts.approval_required
    }

    /// Whether calls need a subscription.
    #[member("bool SubscriptionRequired { get; }")]
    fn subscription_required(&'a self) -> bool {
        self.facts.subscription_required
    }

    /// How many subscriptions a user may have.
    #[member("int? SubscriptionsLimit { get; }")]
    fn subscriptions_limit(&'a self) -> Option<i32> {
        self.facts.subscriptions_limit
    }

    /// Whether it is published.
    #[member("ProductState State { get; }")]
    fn state(&'a self) -> i32 {
        i32::from(self.facts.is_published)
    }

    /// The groups that see it.
    #[member("IEnumerable<IGroup> Groups { get; }")]
    fn groups(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        objects(cx, Ty(&GROUP), &self.facts.groups, group)
    }

    /// Its APIs.
    #[member("IEnumerable<IApi> Apis { get; }")]
    fn apis(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        objects(cx, Ty(&API), &self.facts.apis, api)
    }
}

/// A group of users.
#[members("public interface IGroup", as = GROUP)]
impl<'a> Group<'a> {
    /// The group's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// Its display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }
}

/// The object of a subscription.
#[repr(C)]
pub struct Subscription<'a> {
    header: Header,
    facts: &'a facts::Subscription,
    used_secondary_key: bool,
}

crate::layout!(Subscription<'a>, SUBSCRIPTION_DEF);

/// The object of a subscription, of which the secondary key was used or not.
#[must_use]
pub fn subscription<'a>(cx: &Cx<'a>, facts: &'a facts::Subscription, used_secondary_key: bool) -> Obj<'a> {
    object_of(cx.arena().alloc(Subscription { header: Header::new(Ty(&SUBSCRIPTION)), facts, used_secondary_key }))
}

/// A subscription.
#[members("public interface ISubscription", as = SUBSCRIPTION)]
impl<'a> Subscription<'a> {
    /// The subscription's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// Its display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }

    /// The key that the caller used.
    #[member("string Key { get; }")]
    fn key(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, if self.used_secondary_key { &self.facts.secondary_key } else { &self.facts.primary_key })
    }

    /// The primary key.
    #[member("string PrimaryKey { get; }")]
    fn primary_key(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.primary_key)
    }

    /// The secondary key.
    #[member("string SecondaryKey { get; }")]
    fn secondary_key(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.secondary_key)
    }

    /// When it was made, UTC.
    #[member("DateTime CreatedDate { get; }")]
    fn created_date(&'a self) -> u64 {
        (self.facts.created as u64) | (1 << 62)
    }

    /// When it begins; null if it always has.
    #[member("DateTime? StartDate { get; }")]
    fn start_date(&'a self, cx: &mut Cx<'a>) -> Word {
        nullable_utc(cx, self.facts.start)
    }

    /// When it ends; null if it never does.
    #[member("DateTime? EndDate { get; }")]
    fn end_date(&'a self, cx: &mut Cx<'a>) -> Word {
        nullable_utc(cx, self.facts.end)
    }
}

/// A user.
#[members("public interface IUser", as = USER)]
impl<'a> User<'a> {
    /// The user's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// The mail address.
    #[member("string Email { get; }")]
    fn email(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.email)
    }

    /// The first name.
    #[member("string FirstName { get; }")]
    fn first_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.first_name)
    }

    /// The last name.
    #[member("string LastName { get; }")]
    fn last_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.last_name)
    }

    /// A note about the user.
    #[member("string Note { get; }")]
    fn note(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.note)
    }

    /// When the user was registered, UTC.
    #[member("DateTime RegistrationDate { get; }")]
    fn registration_date(&'a self) -> u64 {
        (self.facts.registered as u64) | (1 << 62)
    }

    /// The groups that the user belongs to.
    #[member("IEnumerable<IGroup> Groups { get; }")]
    fn groups(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        objects(cx, Ty(&GROUP), &self.facts.groups, group)
    }

    /// How the user signs in.
    #[member("IEnumerable<IUserIdentity> Identities { get; }")]
    fn identities(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        objects(cx, Ty(&USER_IDENTITY), &self.facts.identities, user_identity)
    }
}

/// How a user signs in.
#[members("public interface IUserIdentity", as = USER_IDENTITY)]
impl<'a> UserIdentity<'a> {
    /// The user's id with the provider.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.0)
    }

    /// The provider: `Basic`, `Aad`, ….
    #[member("string Provider { get; }")]
    fn provider(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.1)
    }
}

/// The deployment that runs the policy.
#[members("public interface IDeployment", as = DEPLOYMENT)]
impl<'a> Deployment<'a> {
    /// The gateway.
    #[member("IGateway Gateway { get; }")]
    fn gateway_object(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        gateway(cx, self.facts)
    }

    /// The power of the gateway's region, of which nothing is known.
    #[member("ISustainabilityInfo SustainabilityInfo { get; }")]
    fn sustainability_info(&'a self, cx: &mut Cx<'a>) -> &'a Sustainability {
        Sustainability::unknown(cx)
    }

    /// The gateway's id.
    #[member("string GatewayId { get; }")]
    fn gateway_id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.gateway_id)
    }

    /// The region.
    #[member("string Region { get; }")]
    fn region(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.region)
    }

    /// The id of the service.
    #[member("string ServiceId { get; }")]
    fn service_id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.service_id)
    }

    /// The name of the service.
    #[member("string ServiceName { get; }")]
    fn service_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.service_name)
    }
}

/// The gateway that runs the policy.
#[members("public interface IGateway", as = GATEWAY)]
impl<'a> Gateway<'a> {
    /// The gateway's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.gateway_id)
    }

    /// The id of this process among those of the gateway.
    #[member("string InstanceId { get; }")]
    fn instance_id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.instance_id)
    }

    /// Whether it is the service's own gateway.
    #[member("bool IsManaged { get; }")]
    fn is_managed(&'a self) -> bool {
        self.facts.is_managed
    }
}

/// A workspace.
#[members("public interface IWorkspace", as = WORKSPACE)]
impl<'a> Workspace<'a> {
    /// The workspace's id.
    #[member("string Id { get; }")]
    fn id(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.id)
    }

    /// Its display name.
    #[member("string Name { get; }")]
    fn name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        text(cx, &self.facts.name)
    }
}

/// The object of the error that led to `on-error`.
#[repr(C)]
pub struct LastError<'a> {
    header: Header,
    /// What failed: a policy's name, or a step of the gateway.
    pub source: Str<'a>,
    /// The reason, for machines.
    pub reason: Option<Str<'a>>,
    /// The message, for people.
    pub message: Str<'a>,
    /// The scope of the policy.
    pub scope: Option<Str<'a>>,
    /// The section of the policy.
    pub section: Option<Str<'a>>,
    /// The place of the policy in its section.
    pub path: Option<Str<'a>>,
    /// The `id` attribute of the policy.
    pub policy_id: Option<Str<'a>>,
}

crate::layout!(LastError<'a>, LAST_ERROR_DEF);

impl<'a> LastError<'a> {
    /// An error of which only the source and the message are known.
    #[must_use]
    pub fn new(source: Str<'a>, message: Str<'a>) -> Self {
        let header = Header::new(Ty(&LAST_ERROR));
        Self { header, source, reason: None, message, scope: None, section: None, path: None, policy_id: None }
    }
}

const _: () = assert!(size_of::<Option<Str<'static>>>() == size_of::<Word>());
const _: Ty = Ty(&STRING);

/// The error that led to `on-error`.
#[members("public interface ILastError", as = LAST_ERROR)]
impl<'a> LastError<'a> {
    /// What failed: the name of a policy's element, or of a step of the gateway.
    #[member("string Source { get; }", field = source)]
    const SOURCE: () = ();

    /// The reason, a word for machines.
    #[member("string Reason { get; }", field = reason)]
    const REASON: () = ();

    /// The message, for people.
    #[member("string Message { get; }", field = message)]
    const MESSAGE: () = ();

    /// The scope of the policy that failed.
    #[member("string Scope { get; }", field = scope)]
    const SCOPE: () = ();

    /// The section of the policy that failed.
    #[member("string Section { get; }", field = section)]
    const SECTION: () = ();

    /// The place of the policy that failed: `choose[3]/when[2]`.
    #[member("string Path { get; }", field = path)]
    const PATH: () = ();

    /// The `id` attribute of the policy that failed.
    #[member("string PolicyId { get; }", field = policy_id)]
    const POLICY_ID: () = ();
}
