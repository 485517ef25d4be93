//! What the gateway is told of an instance: from the resources that were read to the manifest of a bundle.
//!
//! Secrets stay outside. Keys become digests, credentials become names, and [`Made::secrets`] holds their values for
//! whoever runs the instance in this process.
//!
//! Not here: the policy documents, and whether the instance is sound (`instance`).

mod backend;

use std::collections::BTreeMap;

use bundle::document::TextPart;
use bundle::manifest::{
    Api, ApiKind, Deployment, Group, KeyDigest, Manifest, MockForm, MockResponse, MockStatus, Operation, Part, Product,
    Protocol, QueryPart, Scope, Subscription, Template, User, Versioning, Wildcard, Workspace, qualified,
};
use bytes::Bytes;
use dotnet::format::time::{DateTime, DateTimeStyles, Kind};
use instance::model::secret::Secret;
use instance::model::url_template;
use instance::openapi::example::example_of;
use instance::resources::named_value::NamedValueText;
use instance::resources::operation::Status;
use instance::resources::product::ProductState;
use instance::resources::subscription::{SubscriptionScope, SubscriptionState};
use instance::resources::version_set::VersioningScheme;
use instance::resources::{api, group, operation, product, subscription};
use instance::{Instance, Resources};

/// The group that every user is in.
const DEVELOPERS: (&str, &str) = ("developers", "Developers");

/// A manifest, and the secrets that it names as far as the instance has their values.
#[derive(Debug, Default)]
pub struct Made {
    /// The manifest.
    pub manifest: Manifest,
    /// The values of secrets by their names.
    pub secrets: BTreeMap<String, Secret>,
}

/// The manifest of an instance.
#[must_use]
pub fn manifest(instance: &Instance) -> Made {
    let mut made = Made::default();
    if let Some(gateway) = instance.service.gateways.iter().next().filter(|_| instance.service.gateways.len() == 1) {
        let region = gateway.location.name.clone().unwrap_or_default();
        made.manifest.deployment = Deployment { gateway_id: gateway.name.clone(), region, ..Deployment::default() };
    }
    let mut names = Vec::new();
    for (workspace, resources) in instance.scopes() {
        let home = Home { workspace: workspace.map(|workspace| workspace.name.as_str()), resources, instance };
        if let Some(workspace) = workspace {
            let workspace = Workspace { id: workspace.name.clone(), name: workspace.display_name.clone() };
            made.manifest.workspaces.push(workspace);
        }
        home.named_values(&mut made, &mut names);
        let out = &mut made.manifest;
        out.apis.extend(resources.apis.iter().filter(|api| api.is_routable()).map(|api| home.api(api)));
        out.products.extend(resources.products.iter().map(|product| home.product(product)));
        out.subscriptions.extend(resources.subscriptions.iter().map(|subscription| home.subscription(subscription)));
        out.users.extend(resources.users.iter().map(|user| home.user(user)));
        for backend in &resources.backends {
            made.manifest.backends.extend(backend::backend(&home, backend, &mut made.secrets));
        }
    }
    let backends = made.manifest.backends.iter().flat_map(|backend| backend.secret_texts());
    names.extend(backends.flat_map(|text| text.secrets().map(str::to_owned).collect::<Vec<_>>()));
    names.sort_unstable();
    names.dedup();
    made.manifest.secrets = names;
    made
}

/// The resources among which others are looked for by name.
struct Home<'i> {
    workspace: Option<&'i str>,
    resources: &'i Resources,
    instance: &'i Instance,
}

impl Home<'_> {
    fn workspace(&self) -> Option<String> {
        self.workspace.map(str::to_owned)
    }

    /// The secret named values, and those of their values that the instance has.
    fn named_values(&self, made: &mut Made, names: &mut Vec<String>) {
        for value in self.resources.named_values.iter().filter(|value| value.is_secret()) {
            let name = qualified(self.workspace, &value.display_name);
            if let NamedValueText::Secret(Some(secret)) = &value.value {
                made.secrets.insert(name.clone(), secret.clone());
            }
            names.push(name);
        }
    }

    /// A text with its references to named values replaced; those to secrets become names. Unknown ones stay.
    fn expand(&self, text: &str) -> Vec<TextPart> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            literal.push_str(before);
            let Some((name, after)) = behind.split_once("}}") else {
                literal.push_str("{{");
                rest = behind;
                continue;
            };
            match self.resources.named_value(name.trim()).map(|value| (value, &value.value)) {
                Some((_, NamedValueText::Plain(text))) => literal.push_str(text),
                Some((value, NamedValueText::Secret(_) | NamedValueText::KeyVault(_))) => {
                    if !literal.is_empty() {
                        parts.push(TextPart::Text(std::mem::take(&mut literal).into_bytes()));
                    }
                    parts.push(TextPart::Secret(qualified(self.workspace, &value.display_name)));
                }
                Some((_, NamedValueText::Missing)) | None => literal.push_str(&format!("{{{{{name}}}}}")),
            }
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(TextPart::Text(literal.into_bytes()));
        }
        parts
    }

    /// A text that shows secrets as they were written: what the manifest may hold in the open.
    fn expand_plain(&self, text: &str) -> String {
        let parts = self.expand(text).into_iter().map(|part| match part {
            TextPart::Text(text) => String::from_utf8_lossy(&text).into_owned(),
            TextPart::Secret(name) => format!("{{{{{name}}}}}"),
        });
        parts.collect()
    }

    fn api(&self, api: &api::Api) -> Api {
        let set = self.resources.version_set_of(api);
        let versioning = set.map(|set| match &set.scheme {
            VersioningScheme::Segment => Versioning::Segment,
            VersioningScheme::Query(name) => Versioning::Query(name.clone()),
            VersioningScheme::Header(name) => Versioning::Header(name.clone()),
        });
        Api {
            id: api.name.clone(),
            workspace: self.workspace(),
            name: api.display_name.clone(),
            kind: api_kind(&api.kind),
            path: api.path.clone(),
            protocols: api.protocols.iter().map(|protocol| protocol_of(*protocol)).collect(),
            service_url: api.service_url.as_deref().map(|url| self.expand_plain(url)),
            backend: api.backend.clone(),
            revision: api.revision.number.clone(),
            is_current: api.revision.is_current,
            version: api.version.clone(),
            versioning,
            subscription_required: api.subscription_required,
            key_header: api.key_names.header.clone(),
            key_query: api.key_names.query.clone(),
            operations: api.operations.iter().filter_map(|operation| operation_of(api, operation)).collect(),
        }
    }

    fn product(&self, product: &product::Product) -> Product {
        let mut groups: Vec<Group> = Vec::new();
        groups.extend(product.groups.iter().map(|link| self.group(&link.name)));
        Product {
            id: product.name.clone(),
            workspace: self.workspace(),
            name: product.display_name.clone(),
            subscription_required: product.subscription_required,
            approval_required: product.approval_required,
            subscriptions_limit: product.subscriptions_limit.and_then(|limit| i32::try_from(limit).ok()),
            is_published: product.state == ProductState::Published,
            apis: product.apis.iter().map(|link| api::base_name(&link.name).to_owned()).collect(),
            groups,
        }
    }

    fn group(&self, name: &str) -> Group {
        let known = self.resources.groups.get(name).or_else(|| self.instance.service.groups.get(name));
        match known {
            Some(group) => Group { id: group.name.clone(), name: group.display_name.clone() },
            None => Group { id: name.to_owned(), name: built_in_name(name) },
        }
    }

    fn subscription(&self, subscription: &subscription::Subscription) -> Subscription {
        let digest = |key: &Option<Secret>| key.as_ref().map(|key| KeyDigest::of(key.expose().as_bytes()));
        Subscription {
            id: subscription.name.clone(),
            workspace: subscription.workspace.clone().or_else(|| self.workspace()),
            name: subscription.display_name.clone(),
            scope: match &subscription.scope {
                SubscriptionScope::AllApis => Scope::AllApis,
                SubscriptionScope::Product(product) => Scope::Product(product.clone()),
                SubscriptionScope::Api(name) => Scope::Api(api::base_name(name).to_owned()),
            },
            is_active: subscription.state == SubscriptionState::Active,
            owner: subscription.owner.clone(),
            allow_tracing: subscription.allow_tracing,
            primary_key: digest(&subscription.primary_key),
            secondary_key: digest(&subscription.secondary_key),
            created: subscription.created.as_deref().and_then(ticks).unwrap_or(0),
            start: subscription.start.as_deref().and_then(ticks),
            end: end_of(subscription),
        }
    }

    fn user(&self, user: &group::User) -> User {
        let mut groups: Vec<Group> = user.groups.iter().map(|link| self.group(&link.name)).collect();
        let holding = |group: &&group::Group| group.users.iter().any(|link| link.name.eq_ignore_ascii_case(&user.name));
        for group in self.resources.groups.iter().filter(holding) {
            if !groups.iter().any(|known| known.id.eq_ignore_ascii_case(&group.name)) {
                groups.push(Group { id: group.name.clone(), name: group.display_name.clone() });
            }
        }
        if !groups.iter().any(|known| known.id.eq_ignore_ascii_case(DEVELOPERS.0)) {
            groups.push(self.group(DEVELOPERS.0));
        }
        User {
            id: user.name.clone(),
            email: user.email.clone().unwrap_or_default(),
            first_name: user.first_name.clone().unwrap_or_default(),
            last_name: user.last_name.clone().unwrap_or_default(),
            note: user.note.clone().unwrap_or_default(),
            registered: user.registration_date.as_deref().and_then(ticks).unwrap_or(0),
            groups,
            identities: user.identities.iter().map(|known| (known.id.clone(), known.provider.clone())).collect(),
        }
    }
}

/// The title of a group that the instance does not describe.
fn built_in_name(id: &str) -> String {
    let built_in = ["Administrators", DEVELOPERS.1, "Guests"];
    built_in.into_iter().find(|name| name.eq_ignore_ascii_case(id)).unwrap_or(id).to_owned()
}

/// When a subscription ends. One whose end cannot be read has ended: it must not give access by mistake.
fn end_of(subscription: &subscription::Subscription) -> Option<i64> {
    subscription.expiration.as_deref().filter(|text| !text.trim().is_empty()).map(|text| ticks(text).unwrap_or(0))
}

/// The moment that a date of the instance names, in ticks, UTC.
fn ticks(text: &str) -> Option<i64> {
    let styles = DateTimeStyles::ADJUST_TO_UNIVERSAL.with(DateTimeStyles::ASSUME_UNIVERSAL);
    let now = DateTime::from_ticks(0, Kind::Utc).ok()?;
    Some(DateTime::try_parse(text.trim().as_bytes(), styles, now)?.ticks())
}

fn api_kind(kind: &api::ApiKind) -> ApiKind {
    match kind {
        api::ApiKind::Http => ApiKind::Http,
        api::ApiKind::Soap => ApiKind::Soap,
        api::ApiKind::GraphQl => ApiKind::GraphQl,
        api::ApiKind::WebSocket => ApiKind::WebSocket,
        api::ApiKind::Grpc => ApiKind::Grpc,
        api::ApiKind::OData => ApiKind::OData,
        api::ApiKind::Mcp | api::ApiKind::A2a | api::ApiKind::Other(_) => ApiKind::Other,
    }
}

fn protocol_of(protocol: api::Protocol) -> Protocol {
    match protocol {
        api::Protocol::Http => Protocol::Http,
        api::Protocol::Https => Protocol::Https,
        api::Protocol::Ws => Protocol::Ws,
        api::Protocol::Wss => Protocol::Wss,
    }
}

/// An operation that requests can reach; none for one that only a policy tells of.
fn operation_of(api: &api::Api, operation: &operation::Operation) -> Option<Operation> {
    let route = operation.route.as_ref()?;
    Some(Operation {
        id: operation.name.clone(),
        name: operation.display_name.clone(),
        method: route.method.clone(),
        template: template(&route.template),
        responses: operation.responses.iter().map(|response| mock(api, response)).collect(),
    })
}

fn template(template: &url_template::UrlTemplate) -> Template {
    let part = |part: &url_template::Part| match part {
        url_template::Part::Literal(text) => Part::Literal(text.clone()),
        url_template::Part::Parameter(name) => Part::Parameter(name.clone()),
    };
    Template {
        text: template.text().to_owned(),
        segments: template.segments.iter().map(|segment| segment.0.iter().map(part).collect()).collect(),
        has_trailing_slash: template.has_trailing_slash,
        wildcard: template.wildcard.as_ref().map(|wildcard| Wildcard { name: wildcard.name.clone() }),
        query: template
            .query
            .iter()
            .map(|pair| QueryPart { name: pair.name.clone(), value: pair.value.iter().map(part).collect() })
            .collect(),
    }
}

fn mock(api: &api::Api, response: &operation::Response) -> MockResponse {
    let status = match response.status {
        Status::Code(code) => MockStatus::Code(code),
        Status::Class(digit) => MockStatus::Class(digit),
        Status::Default => MockStatus::Default,
    };
    let forms = response.representations.iter().map(|form| {
        let count = form.examples.len().max(1);
        let bodies = (0..count).map(|index| Bytes::from(example_of(form, &api.references, index)));
        MockForm { content_type: form.content_type.clone(), bodies: bodies.collect() }
    });
    MockResponse { status, forms: forms.collect() }
}
