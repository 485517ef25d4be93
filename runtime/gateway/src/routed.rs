//! What a request is for: its API, operation, subscription and product, and the documents that it meets.
//!
//! It looks at the request and at one generation of the configuration, and tells the exchange what it found; so the
//! gateway and tests without sockets find the same.
//!
//! Not here: how paths and templates are matched (`route`), and what becomes of the request (`handle`).

use std::borrow::Cow;

use bundle::manifest::KeySlot;
use dotnet::context::dictionary::ListDictionary;
use dotnet::text::Str;
use dotnet::ty::Ty;
use dotnet::types::string::STRING;
use dotnet::word::Word;
use engine::driver::{self, Start};
use engine::exchange::{Exchange, Refusal, Upstream};
use http::header::{ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN, WWW_AUTHENTICATE};
use http::{HeaderName, Method};

use crate::load::keys::Used;
use crate::load::{Api, Loaded};
pub use crate::route::path::{UnsoundPath, normalize};
use crate::route::query_value;
use crate::route::template::{Asked, Match};

/// What of a request is looked at.
pub struct Asking<'x> {
    /// The method.
    pub method: &'x Method,
    /// The path, in its one form.
    pub path: &'x str,
    /// The query, without its question mark.
    pub query: &'x str,
    /// The headers.
    pub headers: &'x HeaderMap,
    /// The host that was asked for, with its port if that was named.
    pub authority: &'x str,
}

/// How a request goes on.
pub enum Routed {
    /// Its policies run.
    Start(Start),
    /// A policy answered a request that asks which requests a browser may send.
    Answered,
}

/// Finds what a request is for, and tells the exchange.
pub fn route<'x>(exchange: &mut Exchange<'x>, loaded: &'x Loaded, request: &Asking<'x>) -> Routed {
    let found = loaded.find_api(request.path, request.query, request.headers);
    let Some((index, rest)) = found else { return unmatched(exchange, loaded, None, request) };
    let Some(api) = loaded.apis.get(index) else { return unmatched(exchange, loaded, None, request) };
    let asked = Asked { method: request.method.as_str(), query: request.query };
    let Some(matched) = api.templates.find(rest, asked) else {
        return unmatched(exchange, loaded, Some((index, api, rest)), request);
    };
    exchange.context.api.set(Some(&api.facts));
    let workspace = api.workspace.and_then(|workspace| loaded.workspaces.get(workspace));
    exchange.context.workspace.set(workspace.map(|workspace| &workspace.facts));
    let operation = api.operations.get(matched.operation as usize);
    exchange.context.operation.set(operation.map(|operation| &operation.facts));
    exchange.mocks = operation.map_or(&[], |operation| &operation.responses);
    exchange.backends = Some(loaded.backends.of(workspace.map(|workspace| workspace.facts.id.as_str())));
    if let Some(backend) = &api.backend {
        exchange.upstream = Upstream::Backend { id: backend, scope: None };
    }
    set_target(exchange, api, rest, &matched);
    let product = match subscribe(exchange, loaded, (index, api), request) {
        Ok(product) => product.and_then(|product| loaded.products.get(product)),
        Err(refusal) => {
            exchange.chain = loaded.chain(Some(api), operation, None);
            return Routed::Start(Start::Refused(refusal));
        }
    };
    exchange.context.product.set(product.map(|product| &product.facts));
    exchange.chain = loaded.chain(Some(api), operation, product);
    Routed::Start(Start::Matched)
}

/// A request that no operation is for: a preflight request that a policy answers, or a refusal.
fn unmatched<'x>(
    exchange: &mut Exchange<'x>,
    loaded: &'x Loaded,
    api: Option<(usize, &'x Api, &'x str)>,
    request: &Asking<'x>,
) -> Routed {
    let wanted = request.headers.get(ACCESS_CONTROL_REQUEST_METHOD).and_then(|method| method.to_str().ok());
    if *request.method == Method::OPTIONS
        && request.headers.contains_key(ORIGIN)
        && let Some(method) = wanted
    {
        let operation = api.and_then(|(_, api, rest)| {
            let matched = api.templates.find(rest, Asked { method, query: request.query })?;
            api.operations.get(matched.operation as usize)
        });
        // A browser sends no key along; one in the query tells the product all the same.
        let product = api.and_then(|(index, api, _)| {
            let key = query_value(request.query, &api.facts.key_query);
            let used = key.and_then(|key| loaded.keys.open(key.as_bytes(), (index, api), exchange.context.timestamp));
            used.map_or(api.open_product, |used| used.product)
        });
        let product = product.and_then(|product| loaded.products.get(product));
        exchange.context.api.set(api.map(|(_, api, _)| &api.facts));
        exchange.context.operation.set(operation.map(|operation| &operation.facts));
        exchange.context.product.set(product.map(|product| &product.facts));
        exchange.chain = loaded.chain(api.map(|(_, api, _)| api), operation, product);
        if driver::preflight(exchange) {
            return Routed::Answered;
        }
        exchange.context.api.set(None);
        exchange.context.operation.set(None);
        exchange.context.product.set(None);
    }
    // Of an unmatched request nothing is known but that it came.
    exchange.chain = loaded.chain(None, None, None);
    Routed::Start(Start::Refused(Refusal {
        source: Some("configuration"),
        reason: "OperationNotFound",
        message: "Unable to match incoming request to an operation.".to_owned(),
        status: 404,
        public: "Resource not found".to_owned(),
        headers: Vec::new(),
    }))
}

/// Makes the URL of the request the one that is bound for the backend, and tells what stands for the template's
/// parameters.
fn set_target<'x>(exchange: &Exchange<'x>, api: &'x Api, rest: &'x str, matched: &Match) {
    let (request, arena) = (exchange.request(), exchange.arena());
    if let Some(base) = &api.facts.service_url {
        request.url.scheme.set(Str::over(arena, &base.scheme));
        request.url.host.set(Str::over(arena, &base.host));
        request.url.port.set(base.port);
    }
    request.url.path.set(Str::over(arena, rest));
    if !matched.parameters.is_empty() {
        let word = |(name, value): &(String, String)| (exchange.cx.str(name), exchange.cx.str(value).word());
        let entries: Vec<(Str<'x>, Word)> = matched.parameters.iter().map(word).collect();
        let entries = arena.alloc_slice(&entries);
        request.matched.set(arena.alloc(ListDictionary::new(Ty(&STRING), entries)));
    }
}

/// Checks the subscription key of a request; gives the product in whose context it is.
///
/// # Errors
/// Why it is refused.
fn subscribe<'x>(
    exchange: &Exchange<'x>,
    loaded: &'x Loaded,
    api: (usize, &'x Api),
    request: &Asking<'x>,
) -> Result<Option<usize>, Refusal> {
    let facts = &api.1.facts;
    // The query counts only where the header is missing.
    let key = match request.headers.get(&api.1.key_header) {
        Some(key) => Some(Cow::Borrowed(key.as_bytes())),
        None if request.query.is_empty() => None,
        None => query_value(request.query, &facts.key_query).map(|key| Cow::Owned(key.into_bytes())),
    };
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        if api.1.open_product.is_some() || !api.1.subscription_required {
            return Ok(api.1.open_product);
        }
        return Err(Refusal {
            source: Some("authorization"),
            reason: "SubscriptionKeyNotFound",
            message:
                "Access denied due to missing subscription key. Make sure to include subscription key when making \
                      requests to this API."
                    .to_owned(),
            status: 401,
            public: "Access denied due to missing subscription key. Make sure to include subscription key when making \
                     requests to an API."
                .to_owned(),
            headers: challenge(api.1, request),
        });
    };
    let Some(used) = loaded.keys.open(&key, api, exchange.context.timestamp) else {
        let message = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active \
                       subscription.";
        return Err(Refusal {
            source: Some("authorization"),
            reason: "SubscriptionKeyInvalid",
            message: message.to_owned(),
            status: 401,
            public: message.to_owned(),
            headers: challenge(api.1, request),
        });
    };
    let Used { subscription, facts, slot, product } = used;
    exchange.context.subscription.set(Some(facts));
    exchange.context.used_secondary_key.set(slot == KeySlot::Secondary);
    exchange.context.user.set(subscription.owner.and_then(|owner| loaded.users.get(owner)));
    Ok(product)
}

fn challenge(api: &Api, request: &Asking<'_>) -> Vec<(HeaderName, HeaderValue)> {
    let path = api.facts.path.trim_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    let text = format!(
        "AzureApiManagementKey realm=\"https://{}{slash}{path}\",name=\"{}\",type=\"header\"",
        request.authority, api.facts.key_header
    );
    HeaderValue::from_str(&text).ok().map(|value| (WWW_AUTHENTICATE, value)).into_iter().collect()
}
