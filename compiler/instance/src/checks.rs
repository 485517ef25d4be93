//! What one resource asks of another: APIs on one path, links to things that are not there.
//!
//! Not here: anything that needs to know what policies mean (`check`).

use std::collections::HashMap;

use grammar::diagnostic::{Diagnostic, Level, Rule};

use crate::findings::{DUPLICATE_NAME, Findings, Place};
use crate::model::table::{Named, Table, fold};
use crate::resources::Link;
use crate::resources::api::Api;
use crate::resources::backend::POOL_OUT_OF_RANGE;
use crate::resources::group::BUILT_IN_GROUPS;
use crate::resources::subscription::SubscriptionScope;
use crate::resources::version_set::VersioningScheme;
use crate::{Instance, Resources};

/// Two APIs that answer the same requests.
pub static DUPLICATE_PATH: Rule = Rule {
    id: "api/duplicate-path",
    level: Level::Error,
    summary: "two APIs have the same path and version",
    page: include_str!("rules/api-duplicate-path.md"),
    aliases: &[],
};

/// A version set that is not there.
pub static MISSING_VERSION_SET: Rule = Rule {
    id: "api/missing-version-set",
    level: Level::Error,
    summary: "an API is a version in a set that is not there",
    page: include_str!("rules/api-missing-version-set.md"),
    aliases: &[],
};

/// Two operations that answer the same requests.
pub static DUPLICATE_ROUTE: Rule = Rule {
    id: "operation/duplicate-route",
    level: Level::Error,
    summary: "two operations of an API have the same method and URL template",
    page: include_str!("rules/operation-duplicate-route.md"),
    aliases: &[],
};

/// A product's API that is not there.
pub static MISSING_API: Rule = Rule {
    id: "product/missing-api",
    level: Level::Error,
    summary: "a product or gateway names an API that is not there",
    page: include_str!("rules/product-missing-api.md"),
    aliases: &[],
};

/// A product's group that is not there.
pub static MISSING_GROUP: Rule = Rule {
    id: "product/missing-group",
    level: Level::Warning,
    summary: "a product names a group that is not there",
    page: include_str!("rules/product-missing-group.md"),
    aliases: &[],
};

/// A subscription to something that is not there.
pub static MISSING_SCOPE: Rule = Rule {
    id: "subscription/missing-scope",
    level: Level::Error,
    summary: "a subscription is for a product or API that is not there",
    page: include_str!("rules/subscription-missing-scope.md"),
    aliases: &[],
};

/// A pool's backend that is not there.
pub static MISSING_POOL_MEMBER: Rule = Rule {
    id: "backend/missing-pool-member",
    level: Level::Error,
    summary: "a pool names a backend that is not there",
    page: include_str!("rules/backend-missing-pool-member.md"),
    aliases: &[],
};

/// A logger that is not there.
pub static MISSING_LOGGER: Rule = Rule {
    id: "diagnostic/missing-logger",
    level: Level::Warning,
    summary: "a diagnostic writes to a logger that is not there",
    page: include_str!("rules/diagnostic-missing-logger.md"),
    aliases: &[],
};

/// Checks everything that resources ask of each other.
pub(crate) fn check(instance: &Instance, out: &mut Findings) {
    duplicate_paths(instance, out);
    for (workspace, resources) in instance.scopes() {
        // A workspace uses what is its own; the service's is there for all.
        let service = workspace.map(|_| &instance.service);
        let checker = Checker { own: resources, service, instance };
        checker.apis(out);
        checker.products(out);
        checker.subscriptions(out);
        checker.pools(out);
        checker.loggers(out);
        checker.display_names(out);
    }
}

/// APIs collide when one request could mean both: the same path, and the same version of the same scheme.
fn duplicate_paths(instance: &Instance, out: &mut Findings) {
    let mut seen: HashMap<String, &Api> = HashMap::new();
    for (_, resources) in instance.scopes() {
        for api in resources.apis.iter().filter(|api| api.is_routable() && api.revision.is_current) {
            let Some(first) = seen.insert(request_key(api, resources), api) else { continue };
            let version = api.version.as_deref().map(|version| format!(" in version `{version}`")).unwrap_or_default();
            let message =
                format!("the API `{}` has the path `{}`{version}, as `{}` has", api.name, api.path, first.name);
            let place = api.definition.place("path");
            let other = first.definition.place("path");
            let mut diagnostic = Diagnostic::new(&DUPLICATE_PATH, &place.source, place.span, message);
            diagnostic.labels.push(grammar::diagnostic::Label {
                source: Some(other.source),
                span: other.span,
                message: "the same path is here".to_owned(),
            });
            out.push(diagnostic);
        }
    }
}

/// What tells the requests of an API from those of others.
fn request_key(api: &Api, resources: &Resources) -> String {
    let path = fold(&api.path);
    let set = api.version_set.as_ref().and_then(|link| resources.version_sets.get(&link.name));
    match (set.map(|set| &set.scheme), &api.version) {
        (Some(VersioningScheme::Segment), Some(version)) => format!("{path}/{}", fold(version)),
        (Some(VersioningScheme::Query(name)), Some(version)) => format!("{path}?{}={version}", fold(name)),
        (Some(VersioningScheme::Header(name)), Some(version)) => format!("{path}#{}={version}", fold(name)),
        // A version without a known set is told apart by its name alone; the missing set is a finding of its own.
        (None, Some(version)) if api.version_set.is_some() => format!("{path}#{}", fold(version)),
        _ => path,
    }
}

struct Checker<'i> {
    own: &'i Resources,
    service: Option<&'i Resources>,
    instance: &'i Instance,
}

impl<'i> Checker<'i> {
    fn has<T: Named + 'i>(&self, name: &str, table: fn(&Resources) -> &Table<T>) -> bool {
        table(self.own).contains(name) || self.service.is_some_and(|service| table(service).contains(name))
    }

    fn missing<T: Named + 'i>(
        &self,
        rule: &'static Rule,
        link: &Link,
        message: String,
        table: fn(&Resources) -> &Table<T>,
        out: &mut Findings,
    ) {
        let names = table(self.own).names().chain(self.service.into_iter().flat_map(|service| table(service).names()));
        out.missing(rule, &link.place, message, &link.name, names);
    }

    fn apis(&self, out: &mut Findings) {
        for api in &self.own.apis {
            if let Some(link) = api.version_set.as_ref().filter(|link| !self.has(&link.name, |r| &r.version_sets)) {
                let message = format!("the API `{}` is a version in `{}`, which is not there", api.name, link.name);
                self.missing(&MISSING_VERSION_SET, link, message, |r| &r.version_sets, out);
            }
            let mut routes: HashMap<(&str, String), &str> = HashMap::new();
            for operation in &api.operations {
                let Some(route) = &operation.route else { continue };
                if let Some(first) = routes.insert((&route.method, route.template.shape()), &operation.name) {
                    let message = format!(
                        "the operations `{first}` and `{}` both answer `{} {}`",
                        operation.name, route.method, route.template
                    );
                    out.at(&DUPLICATE_ROUTE, operation.place.clone(), message);
                }
            }
        }
    }

    fn products(&self, out: &mut Findings) {
        let products = self.own.products.iter().map(|p| ("product", &p.name, &p.apis));
        let gateways = self.own.gateways.iter().map(|g| ("gateway", &g.name, &g.apis));
        for (noun, owner, apis) in products.chain(gateways) {
            for link in apis.iter().filter(|link| !self.has(&link.name, |r| &r.apis)) {
                let message = format!("the {noun} `{owner}` offers the API `{}`, which is not there", link.name);
                self.missing(&MISSING_API, link, message, |r| &r.apis, out);
            }
        }
        for product in &self.own.products {
            let is_built_in = |name: &str| BUILT_IN_GROUPS.iter().any(|group| group.eq_ignore_ascii_case(name));
            for link in &product.groups {
                if !is_built_in(&link.name) && !self.has(&link.name, |r| &r.groups) {
                    let message =
                        format!("the product `{}` is for the group `{}`, which is not there", product.name, link.name);
                    self.missing(&MISSING_GROUP, link, message, |r| &r.groups, out);
                }
            }
        }
    }

    fn subscriptions(&self, out: &mut Findings) {
        for subscription in &self.own.subscriptions {
            let place = subscription.definition.place("scope");
            let workspace = subscription.workspace.as_deref().map(|name| self.instance.workspaces.get(name));
            let checker = match workspace {
                Some(Some(workspace)) => &Checker { own: &workspace.resources, service: None, instance: self.instance },
                _ => self,
            };
            match &subscription.scope {
                SubscriptionScope::Product(name) if !checker.has(name, |r| &r.products) => {
                    let message = format!("the subscription is for the product `{name}`, which is not there");
                    checker.missing(&MISSING_SCOPE, &Link::new(name, place), message, |r| &r.products, out);
                }
                SubscriptionScope::Api(name) if !name.is_empty() && !checker.has(name, |r| &r.apis) => {
                    let message = format!("the subscription is for the API `{name}`, which is not there");
                    checker.missing(&MISSING_SCOPE, &Link::new(name, place), message, |r| &r.apis, out);
                }
                _ => {}
            }
        }
    }

    fn pools(&self, out: &mut Findings) {
        for backend in &self.own.backends {
            for member in backend.pool.iter().flat_map(|pool| &pool.members) {
                let name = &member.backend.name;
                match self.own.backends.get(name).or_else(|| self.service?.backends.get(name)) {
                    None => {
                        let message = format!("the pool `{}` holds `{name}`, which is not there", backend.name);
                        self.missing(&MISSING_POOL_MEMBER, &member.backend, message, |r| &r.backends, out);
                    }
                    Some(target) if target.pool.is_some() => {
                        let message = format!("the pool `{}` holds `{name}`, which is a pool itself", backend.name);
                        out.at(&POOL_OUT_OF_RANGE, member.backend.place.clone(), message);
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn loggers(&self, out: &mut Findings) {
        // Loggers hold keys, so many instances are kept without them: where there is none at all, none is missed.
        if self.own.loggers.is_empty() && self.service.is_none_or(|service| service.loggers.is_empty()) {
            return;
        }
        let of_apis = self.own.apis.iter().flat_map(|api| &api.diagnostics);
        for diagnostic in self.own.diagnostics.iter().chain(of_apis) {
            let Some(name) = diagnostic.logger.as_ref().filter(|name| !name.is_empty()) else { continue };
            if !self.has(name, |r| &r.loggers) {
                let link = Link::new(name, diagnostic.definition.place("loggerId"));
                let message = format!("the diagnostic writes to the logger `{name}`, which is not there");
                self.missing(&MISSING_LOGGER, &link, message, |r| &r.loggers, out);
            }
        }
    }

    /// References to named values use display names, so two of one name cannot be told apart.
    fn display_names(&self, out: &mut Findings) {
        let mut seen: HashMap<String, (&str, Place)> = HashMap::new();
        for value in &self.own.named_values {
            let place = value.definition.place("displayName");
            if let Some((first, _)) = seen.get(&fold(&value.display_name)) {
                let message =
                    format!("`{}` is the display name of the named value `{first}` as well", value.display_name);
                out.at(&DUPLICATE_NAME, place, message);
            } else {
                seen.insert(fold(&value.display_name), (&value.name, place));
            }
        }
    }
}
