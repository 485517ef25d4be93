//! What policies see of the configuration, made of the manifest.

use bundle::manifest as bundled;
use dotnet::context::facts;

pub(super) fn api(api: &bundled::Api) -> facts::Api {
    facts::Api {
        id: api.id.clone(),
        name: api.name.clone(),
        path: api.path.clone(),
        revision: api.revision.clone(),
        version: api.version.clone(),
        is_current_revision: api.is_current,
        service_url: api.service_url.as_deref().and_then(facts::UrlParts::parse),
        protocols: api.protocols.iter().map(|protocol| protocol.name().to_owned()).collect(),
        key_header: api.key_header.clone(),
        key_query: api.key_query.clone(),
    }
}

pub(super) fn operation(operation: &bundled::Operation) -> facts::Operation {
    facts::Operation {
        id: operation.id.clone(),
        method: operation.method.clone(),
        name: operation.name.clone(),
        url_template: operation.template.text.clone(),
    }
}

pub(super) fn product(product: &bundled::Product, apis: &[bundled::Api]) -> facts::Product {
    let is_in = |known: &&bundled::Api| {
        known.workspace == product.workspace && product.apis.iter().any(|id| id.eq_ignore_ascii_case(known.base_id()))
    };
    facts::Product {
        id: product.id.clone(),
        name: product.name.clone(),
        approval_required: product.approval_required,
        subscription_required: product.subscription_required,
        subscriptions_limit: product.subscriptions_limit,
        is_published: product.is_published,
        groups: product.groups.iter().map(group).collect(),
        apis: apis.iter().filter(|api| api.is_current).filter(is_in).map(api).collect(),
    }
}

fn group(group: &bundled::Group) -> facts::Group {
    facts::Group { id: group.id.clone(), name: group.name.clone() }
}

pub(super) fn user(user: &bundled::User) -> facts::User {
    facts::User {
        id: user.id.clone(),
        email: user.email.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        note: user.note.clone(),
        registered: user.registered,
        groups: user.groups.iter().map(group).collect(),
        identities: user.identities.clone(),
    }
}

pub(super) fn deployment(deployment: &bundled::Deployment) -> facts::Deployment {
    facts::Deployment {
        gateway_id: deployment.gateway_id.clone(),
        instance_id: String::new(),
        is_managed: false,
        region: deployment.region.clone(),
        service_id: deployment.service_id.clone(),
        service_name: deployment.service_name.clone(),
    }
}
