//! Backends for the manifest, with names in place of what they sign in with.

use std::collections::BTreeMap;

use bundle::document::TextPart;
use bundle::manifest::{
    Backend, BreakerRule, Credentials, ManagedIdentity, Pool, PoolMember, Proxy, SecretText, Target, Tls, qualified,
};
use instance::model::secret::Secret;
use instance::resources::backend;

use super::Home;

/// The backend as the gateway is told of it; none for one that leads nowhere.
pub(super) fn backend(
    home: &Home<'_>,
    backend: &backend::Backend,
    secrets: &mut BTreeMap<String, Secret>,
) -> Option<Backend> {
    let target = match (&backend.pool, &backend.url) {
        (Some(pool), _) => Target::Pool(self::pool(pool)),
        (None, Some(url)) => Target::Url(SecretText(home.expand(url))),
        (None, None) => return None,
    };
    let id = qualified(home.workspace, &backend.name);
    let mut texts = Texts { home, prefix: format!("backends/{id}"), secrets };
    let credentials = &backend.credentials;
    Some(Backend {
        id: backend.name.clone(),
        workspace: home.workspace(),
        target,
        breaker: backend.breaker.first().map(breaker),
        credentials: Credentials {
            headers: texts.lists("header", &credentials.headers),
            query: texts.lists("query", &credentials.query),
            authorization: credentials.authorization.as_ref().map(|(scheme, parameter)| {
                let mut text = SecretText(home.expand(scheme));
                if let Some(parameter) = parameter {
                    text.0.push(TextPart::Text(b" ".to_vec()));
                    text.0.extend(texts.text("authorization", parameter).0);
                }
                text
            }),
            managed_identity: credentials.managed_identity.as_ref().map(|identity| ManagedIdentity {
                client_id: identity.client_id.clone(),
                resource: identity.resource.clone(),
            }),
            certificates: credentials.certificates.clone(),
        },
        proxy: backend.proxy.as_ref().map(|proxy| Proxy {
            url: home.expand_plain(&proxy.url),
            username: proxy.username.clone(),
            password: proxy.password.as_ref().map(|password| texts.text("proxy-password", password)),
        }),
        tls: Tls {
            verify_chain: backend.tls.validate_certificate_chain,
            verify_name: backend.tls.validate_certificate_name,
        },
    })
}

fn pool(pool: &backend::Pool) -> Pool {
    let member = |member: &backend::PoolMember| PoolMember {
        id: member.backend.name.clone(),
        priority: member.priority.unwrap_or(0),
        weight: member.weight,
    };
    Pool {
        members: pool.members.iter().map(member).collect(),
        affinity_cookie: pool.session_affinity.as_ref().map(|affinity| affinity.cookie.clone()),
    }
}

fn breaker(rule: &backend::BreakerRule) -> BreakerRule {
    BreakerRule {
        name: rule.name.clone(),
        trip_duration: rule.trip_duration,
        accept_retry_after: rule.accept_retry_after,
        count: rule.count,
        percentage: rule.percentage,
        interval: rule.interval,
        status_codes: rule.status_codes.iter().map(|range| (*range.start(), *range.end())).collect(),
        error_reasons: rule.error_reasons.clone(),
    }
}

/// Gives the secrets of one backend their names.
struct Texts<'t> {
    home: &'t Home<'t>,
    prefix: String,
    secrets: &'t mut BTreeMap<String, Secret>,
}

impl Texts<'_> {
    /// A secret as the manifest has it: what refers to named values with these filled in, everything else by a name of
    /// its own, below which its value is kept outside.
    fn text(&mut self, name: &str, secret: &Secret) -> SecretText {
        let parts = self.home.expand(secret.expose());
        if parts != [TextPart::Text(secret.expose().into())] {
            return SecretText(parts);
        }
        let name = format!("{}/{name}", self.prefix);
        self.secrets.insert(name.clone(), secret.clone());
        SecretText::secret(name)
    }

    fn lists(&mut self, kind: &str, lists: &[(String, Vec<Secret>)]) -> Vec<(String, Vec<SecretText>)> {
        let mut out = Vec::new();
        for (name, values) in lists {
            let mut texts = Vec::new();
            for (index, value) in values.iter().enumerate() {
                let number = if index == 0 { String::new() } else { format!("/{index}") };
                texts.push(self.text(&format!("{kind}/{name}{number}"), value));
            }
            out.push((name.clone(), texts));
        }
        out
    }
}
