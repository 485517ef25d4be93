//! APIs.
//!
//! Not here: their operations (`operation`), their specifications (`openapi`), and whether two of them collide
//! (`checks`).

use grammar::diagnostic::{Level, Rule};

use crate::findings::{Findings, UNKNOWN_VALUE};
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::model::table::Table;
use crate::openapi::Specification;
use crate::openapi::example::{Mock, example_for};
use crate::openapi::references::References;
use crate::resources::gateway::{Release, Schema};
use crate::resources::logger::DiagnosticSettings;
use crate::resources::operation::Operation;
use crate::resources::policy::Policy;
use crate::resources::{Link, named};

/// The header that carries a subscription key where an API names none.
pub const DEFAULT_KEY_HEADER: &str = "Ocp-Apim-Subscription-Key";
/// The query parameter that carries it.
pub const DEFAULT_KEY_QUERY: &str = "subscription-key";

/// A URL template that cannot be meant.
pub static MALFORMED_TEMPLATE: Rule = Rule {
    id: "operation/malformed-template",
    level: Level::Error,
    summary: "the URL template of an operation cannot be matched as it was meant",
    page: include_str!("../rules/operation-malformed-template.md"),
    aliases: &[],
};

/// An API, or one revision of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The name of its folder: `orders`, or `orders;rev=2` for a revision that is not the current one.
    pub name: String,
    /// Its title, which is `context.Api.Name`; the name where there is none.
    pub display_name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// What its URLs begin with, without a slash at either end; may be empty.
    pub path: String,
    /// What it speaks.
    pub kind: ApiKind,
    /// The schemes it answers to.
    pub protocols: Vec<Protocol>,
    /// Where its requests go if no policy says otherwise.
    pub service_url: Option<String>,
    /// The backend they go to instead.
    pub backend: Option<String>,
    /// Which revision this is.
    pub revision: Revision,
    /// Its version in its set; `None` for an API without versions, and for the original one of a set.
    pub version: Option<String>,
    /// What its author says of the version.
    pub version_description: Option<String>,
    /// The set that it is a version in.
    pub version_set: Option<Link>,
    /// Whether calls need a subscription.
    pub subscription_required: bool,
    /// Where its callers put their keys.
    pub key_names: KeyNames,
    /// How its users sign in, for the developer portal.
    pub authentication: Authentication,
    /// Who answers for it.
    pub contact: Contact,
    /// Name and URL of its licence.
    pub license: (Option<String>, Option<String>),
    /// Its terms of use.
    pub terms_of_service_url: Option<String>,
    /// The API that it was made from.
    pub source_api: Option<String>,
    /// What becomes of required query parameters when its specification is imported.
    pub required_query_parameters: RequiredQueryParameters,
    /// Which service of a WSDL file it is.
    pub wsdl: Option<WsdlSelector>,
    /// What describes its operations.
    pub specification: Option<Specification>,
    /// Its operations, in the order of the description.
    pub operations: Table<Operation>,
    /// The policy of its scope.
    pub policy: Option<Policy>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// What of its requests is logged.
    pub diagnostics: Table<DiagnosticSettings>,
    /// When its revisions became current.
    pub releases: Table<Release>,
    /// Its schemas.
    pub schemas: Table<Schema>,
    /// The resolvers of a GraphQL API.
    pub resolvers: Table<Resolver>,
    /// Where the references of its schemas and descriptions lead.
    pub references: References,
    /// What it was read from.
    pub definition: Definition,
}

/// What an API speaks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
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
    /// The Model Context Protocol.
    Mcp,
    /// The Agent2Agent protocol.
    A2a,
    /// Something that is not known here.
    Other(String),
}

/// A scheme that an API answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Which revision of an API this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// Whether it answers requests that name no revision.
    pub is_current: bool,
}

/// Where callers put their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyNames {
    /// The header.
    pub header: String,
    /// The query parameter, which counts where the header is missing.
    pub query: String,
}

impl Default for KeyNames {
    fn default() -> Self {
        Self { header: DEFAULT_KEY_HEADER.to_owned(), query: DEFAULT_KEY_QUERY.to_owned() }
    }
}

/// How users sign in, for the developer portal.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Authentication {
    /// Authorization servers, each with a scope.
    pub oauth2: Vec<(String, Option<String>)>,
    /// OpenID providers, each with the ways of sending a token.
    pub openid: Vec<(String, Vec<String>)>,
}

/// Who answers for an API.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Page.
    pub url: Option<String>,
}

/// What becomes of required query parameters when a specification is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RequiredQueryParameters {
    /// They become part of the URL template, so that a request without them matches no operation.
    #[default]
    Template,
    /// They stay query parameters.
    Query,
}

/// Which service of a WSDL file an API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WsdlSelector {
    /// The service.
    pub service: Option<String>,
    /// Its endpoint.
    pub endpoint: Option<String>,
}

/// What answers one field of a GraphQL API.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolver {
    /// Its name.
    pub name: String,
    /// Its title.
    pub display_name: String,
    /// Type and field: `Query/users`.
    pub path: Option<String>,
    /// What its author says of it.
    pub description: Option<String>,
    /// Its policy document.
    pub policy: Option<Policy>,
    /// What it was read from.
    pub definition: Definition,
}

named!(Api, Resolver);

/// The name of an API without its revision: `orders` of `orders;rev=2`.
#[must_use]
pub fn base_name(name: &str) -> &str {
    split_revision(name).0
}

/// The name of an API and the number of its revision.
#[must_use]
pub fn split_revision(name: &str) -> (&str, Option<&str>) {
    let at = name.bytes().rposition(|b| b == b';');
    match at.and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?))) {
        Some((base, suffix)) if suffix.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("rev=")) => {
            (base, suffix.get(4..))
        }
        _ => (name, None),
    }
}

impl Api {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let (_, folder_revision) = split_revision(name);
        let protocols =
            [("http", Protocol::Http), ("https", Protocol::Https), ("ws", Protocol::Ws), ("wss", Protocol::Wss)];
        let key_names = properties.object("subscriptionKeyParameterNames", out);
        let contact = properties.object("contact", out);
        let license = properties.object("license", out);
        let translate = [("template", RequiredQueryParameters::Template), ("query", RequiredQueryParameters::Query)];
        let selector = properties.object("wsdlSelector", out);
        let number = properties.text("apiRevision", out).or_else(|| folder_revision.map(str::to_owned));
        Self {
            name: name.to_owned(),
            display_name: properties.text("displayName", out).unwrap_or_else(|| name.to_owned()),
            description: properties.text("description", out),
            path: properties.str("path", out).unwrap_or("").trim_matches('/').to_owned(),
            kind: kind(properties, out),
            protocols: words(properties, "protocols", &protocols, out).unwrap_or_else(|| vec![Protocol::Https]),
            service_url: properties.text("serviceUrl", out).filter(|url| !url.is_empty()),
            backend: properties.str("backendId", out).map(|id| ResourceId::parse(id).name().to_owned()),
            revision: Revision {
                number: number.unwrap_or_else(|| "1".to_owned()),
                description: properties.text("apiRevisionDescription", out),
                is_current: folder_revision.is_none() || properties.flag("isCurrent", out).unwrap_or(false),
            },
            version: properties.text("apiVersion", out).filter(|version| !version.is_empty()),
            version_description: properties.text("apiVersionDescription", out),
            version_set: version_set(properties, out),
            subscription_required: properties.flag("subscriptionRequired", out).unwrap_or(true),
            key_names: KeyNames {
                header: or_default(key_names.text("header", out), DEFAULT_KEY_HEADER),
                query: or_default(key_names.text("query", out), DEFAULT_KEY_QUERY),
            },
            authentication: Authentication::read(properties.object("authenticationSettings", out), out),
            contact: Contact {
                name: contact.text("name", out),
                email: contact.text("email", out),
                url: contact.text("url", out),
            },
            license: (license.text("name", out), license.text("url", out)),
            terms_of_service_url: properties.text("termsOfServiceUrl", out),
            source_api: properties.str("sourceApiId", out).map(|id| ResourceId::parse(id).name().to_owned()),
            required_query_parameters: properties
                .choice("translateRequiredQueryParameters", &translate, out)
                .unwrap_or_default(),
            wsdl: selector.node().map(|_| WsdlSelector {
                service: selector.text("wsdlServiceName", out),
                endpoint: selector.text("wsdlEndpointName", out),
            }),
            specification: None,
            operations: Table::default(),
            policy: None,
            tags: Vec::new(),
            diagnostics: Table::default(),
            releases: Table::default(),
            schemas: Table::default(),
            resolvers: Table::default(),
            references: References::default(),
            definition,
        }
    }

    /// The name without the revision, which is what products and subscriptions use.
    #[must_use]
    pub fn base_name(&self) -> &str {
        base_name(&self.name)
    }

    /// The response that its description gives for an operation, as [`example_for`] makes it.
    #[must_use]
    pub fn example_for(
        &self,
        operation: &Operation,
        status: u16,
        content_type: Option<&str>,
        index: Option<usize>,
    ) -> Mock {
        example_for(operation, &self.references, status, content_type, index)
    }

    /// Whether requests can reach it: it was described, not only found as a folder.
    #[must_use]
    pub fn is_routable(&self) -> bool {
        self.definition.is_explicit()
    }
}

impl Resolver {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        Self {
            name: name.to_owned(),
            display_name: properties.text("displayName", out).unwrap_or_else(|| name.to_owned()),
            path: properties.text("path", out),
            description: properties.text("description", out),
            policy: None,
            definition,
        }
    }
}

impl Authentication {
    fn read(members: Members, out: &mut Findings) -> Self {
        let mut settings = Self::default();
        let single = [members.object("oAuth2", out)].into_iter().filter(|object| object.node().is_some());
        for oauth2 in single.chain(members.objects("oAuth2AuthenticationSettings", out)) {
            if let Some(server) = oauth2.text("authorizationServerId", out) {
                settings.oauth2.push((server, oauth2.text("scope", out)));
            }
        }
        let single = [members.object("openid", out)].into_iter().filter(|object| object.node().is_some());
        for openid in single.chain(members.objects("openidAuthenticationSettings", out)) {
            if let Some(provider) = openid.text("openidProviderId", out) {
                settings.openid.push((provider, openid.texts("bearerTokenSendingMethods", out)));
            }
        }
        settings
    }
}

fn or_default(text: Option<String>, default: &str) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| default.to_owned())
}

fn kind(properties: Members, out: &mut Findings) -> ApiKind {
    let key = if properties.any("type").is_some() { "type" } else { "apiType" };
    let Some(text) = properties.str(key, out) else { return ApiKind::Http };
    match text.to_ascii_lowercase().as_str() {
        "http" => ApiKind::Http,
        "soap" => ApiKind::Soap,
        "graphql" => ApiKind::GraphQl,
        "websocket" => ApiKind::WebSocket,
        "grpc" => ApiKind::Grpc,
        "odata" => ApiKind::OData,
        "mcp" => ApiKind::Mcp,
        "a2a" => ApiKind::A2a,
        _ => {
            properties.report(&UNKNOWN_VALUE, key, format!("`{text}` is no type of API that is known here"), out);
            ApiKind::Other(text.to_owned())
        }
    }
}

fn version_set(properties: Members, out: &mut Findings) -> Option<Link> {
    let inline = properties.object("apiVersionSet", out);
    let (members, key) = match properties.str("apiVersionSetId", out) {
        Some(_) => (properties, "apiVersionSetId"),
        None if inline.any("id").is_some() => (inline, "id"),
        None => (inline, "name"),
    };
    let id = ResourceId::parse(members.str(key, out)?);
    (!id.name().is_empty()).then(|| members.place(key).map(|place| Link::new(id.name(), place)))?
}

/// The words of an array, each one of `choices`; `None` where there is no array.
fn words<T: Copy>(members: Members, key: &str, choices: &[(&str, T)], out: &mut Findings) -> Option<Vec<T>> {
    members.any(key)?;
    let mut words = Vec::new();
    for item in members.items(key, out) {
        match item.as_str().and_then(|text| choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text))) {
            Some((_, value)) => words.push(*value),
            None => {
                let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
                out.at(&UNKNOWN_VALUE, item, format!("`{key}` holds something else than {}", names.join(", ")));
            }
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_split_from_names() {
        let cases = [
            ("orders", ("orders", None)),
            ("orders;rev=2", ("orders", Some("2"))),
            ("orders;REV=12", ("orders", Some("12"))),
            ("a;b", ("a;b", None)),
            (";", (";", None)),
        ];
        for (name, expected) in cases {
            assert_eq!(split_revision(name), expected, "{name}");
        }
    }
}
