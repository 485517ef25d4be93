//! What only some requests or some gateways have: the backend entity, the fields of a GraphQL resolver, an
//! authorization, and the data of private networks, of models and of power.
//!
//! Whoever drives the request makes these objects; where nobody did, the context gives null. Not here: what every request
//! has (`objects`, `message`).

use dotnet_macros::members;

use super::dictionary::ListDictionary;
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::Header;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::raise;
use crate::word::Word;

crate::enumeration! {
    /// Whether a backend is one server or a pool of them.
    BACKEND_TYPE, BACKEND_TYPE_DEF, "public enum BackendType", "BackendType", [("Single", 0), ("Pool", 1)]
}

crate::enumeration! {
    /// How much carbon the power of a region costs.
    CARBON_INTENSITY, CARBON_INTENSITY_DEF, "public enum CarbonIntensityCategory", "CarbonIntensityCategory",
    [("NotAvailable", 0), ("VeryLow", 1), ("Low", 2), ("Medium", 3), ("High", 4), ("VeryHigh", 5)]
}

/// Declares objects whose fields are made with them.
macro_rules! objects {
    ($($object:ident, $def:ident, $ty:ident, $docs:literal, [$($field:ident: $kind:ty),*];)*) => {$(
        #[doc = $docs]
        #[repr(C)]
        pub struct $object<'a> {
            header: Header,
            $($field: $kind,)*
        }

        crate::layout!($object<'a>, $def);

        impl<'a> $object<'a> {
            #[doc = $docs]
            #[must_use]
            pub fn new(cx: &Cx<'a>, $($field: $kind),*) -> &'a Self {
                cx.arena().alloc(Self { header: Header::new(Ty(&$ty)), $($field),* })
            }
        }
    )*};
}

objects! {
    Backend, BACKEND_DEF, BACKEND, "The object of a backend entity.",
        [azure_region: Option<Str<'a>>, id: Str<'a>, is_pool: bool];
    GraphQl, GRAPHQL_DEF, GRAPHQL, "The object of the field that a resolver resolves.",
        [arguments: Option<&'a GraphQlData<'a>>, parent: Option<&'a GraphQlData<'a>>];
    GraphQlData, GRAPHQL_DATA_DEF, GRAPHQL_DATA, "The object of values of GraphQL by name.",
        [values: &'a ListDictionary<'a>];
    Authorization, AUTHORIZATION_DEF, AUTHORIZATION, "The object of an authorization.",
        [access_token: Str<'a>, claims: &'a ListDictionary<'a>];
    PrivateEndpoint, PRIVATE_ENDPOINT_DEF, PRIVATE_ENDPOINT, "The object of a connection by a private endpoint.",
        [name: Str<'a>, group_id: Str<'a>, member_name: Str<'a>];
    VirtualNetwork, VIRTUAL_NETWORK_DEF, VIRTUAL_NETWORK, "The object of the virtual network of a request.",
        [traffic_tag: i32, subnet_id: i32, private_link_id: i32, snat_vip: Option<Str<'a>>];
    Foundry, FOUNDRY_DEF, FOUNDRY, "The object of the model that a request asks.", [deployment: Option<Str<'a>>];
}

/// The object of a region's power.
#[repr(C)]
pub struct Sustainability {
    header: Header,
    intensity: i32,
}

crate::layout!(Sustainability, SUSTAINABILITY_DEF);

impl Sustainability {
    /// The object of a region of whose power nothing is known.
    #[must_use]
    pub fn unknown<'a>(cx: &Cx<'a>) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&SUSTAINABILITY)), intensity: 0 })
    }
}

/// The backend entity that a request goes to.
#[members("public interface IBackend", as = BACKEND)]
impl<'a> Backend<'a> {
    /// The region of the backend's resource.
    #[member("string AzureRegion { get; }", field = azure_region)]
    const AZURE_REGION: () = ();

    /// The backend's id.
    #[member("string Id { get; }", field = id)]
    const ID: () = ();

    /// Whether it is one server or a pool of them.
    #[member("BackendType Type { get; }")]
    fn kind(&'a self) -> i32 {
        i32::from(self.is_pool)
    }
}

/// The field that a GraphQL resolver resolves.
#[members("public interface IGraphQL", as = GRAPHQL)]
impl<'a> GraphQl<'a> {
    /// The field's arguments by name.
    #[member("IGraphQLDataObject GraphQLArguments { get; }", field = arguments)]
    const GRAPHQL_ARGUMENTS: () = ();

    /// The field's arguments by name.
    #[member("IGraphQLDataObject Arguments { get; }", field = arguments)]
    const ARGUMENTS: () = ();

    /// The object that the field belongs to.
    #[member("IGraphQLDataObject Parent { get; }", field = parent)]
    const PARENT: () = ();
}

/// Values of GraphQL by name.
#[members("public interface IGraphQLDataObject", as = GRAPHQL_DATA)]
impl<'a> GraphQlData<'a> {
    /// A value.
    ///
    /// # Throws
    /// `KeyNotFoundException` if there is none of this name.
    #[member("object this[string name] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, name: Str<'a>) -> Result<Word, Throw> {
        match self.values.find(name) {
            Some(value) => Ok(value),
            None => Err(raise::key_not_found(cx, OBJECT, name.word())),
        }
    }
}

/// What `get-authorization-context` got.
#[members("public sealed class Authorization", as = AUTHORIZATION)]
impl<'a> Authorization<'a> {
    /// The token.
    #[member("string AccessToken { get; }", field = access_token)]
    const ACCESS_TOKEN: () = ();

    /// The claims of the authorization by name.
    #[member("IReadOnlyDictionary<string, object> Claims { get; }", field = claims)]
    const CLAIMS: () = ();
}

/// The private endpoint that a request came through.
#[members("public interface IPrivateEndpointConnection", as = PRIVATE_ENDPOINT)]
impl<'a> PrivateEndpoint<'a> {
    /// The connection's name.
    #[member("string Name { get; }", field = name)]
    const NAME: () = ();

    /// The group's id.
    #[member("string GroupId { get; }", field = group_id)]
    const GROUP_ID: () = ();

    /// The member's name.
    #[member("string MemberName { get; }", field = member_name)]
    const MEMBER_NAME: () = ();
}

/// The virtual network that a request came through.
#[members("public interface IAzureVnetInfo", as = VIRTUAL_NETWORK)]
impl<'a> VirtualNetwork<'a> {
    /// The tag of its traffic.
    #[member("int VnetTrafficTag { get; }")]
    fn vnet_traffic_tag(&'a self) -> i32 {
        self.traffic_tag
    }

    /// The subnet's id.
    #[member("int SubnetId { get; }")]
    fn subnet(&'a self) -> i32 {
        self.subnet_id
    }

    /// The private link's id.
    #[member("int PrivateLinkId { get; }")]
    fn private_link(&'a self) -> i32 {
        self.private_link_id
    }

    /// The address that the caller's was translated to.
    #[member("string SnatVip { get; }", field = snat_vip)]
    const SNAT_VIP: () = ();
}

/// The model that a request asks.
#[members("public interface IFoundry", as = FOUNDRY)]
impl<'a> Foundry<'a> {
    /// The id of the model's deployment.
    #[member("string Deployment { get; }", field = deployment)]
    const DEPLOYMENT: () = ();
}

/// The power of a gateway's region.
#[members("public interface ISustainabilityInfo", as = SUSTAINABILITY)]
impl<'a> Sustainability {
    /// How much carbon the power costs now.
    #[member("CarbonIntensityCategory CurrentCarbonIntensity { get; }")]
    fn current_carbon_intensity(&'a self) -> i32 {
        self.intensity
    }
}
