//! The policies of the language: one folder each, with declaration, checks, behaviour, page and cases.
//!
//! `declaration` holds the types of the tables that `#[derive(Policy)]` writes, `value` the types of attributes. With
//! feature `check`, `lower` says how a policy becomes steps and `findings` how it reports faults; with feature `run`,
//! `run` makes policies of a loaded document's elements.
//!
//! Not here: the walk over documents (`check`), and who runs policies (`engine`).
#![forbid(unsafe_code)]

#[cfg(any(feature = "check", feature = "run"))]
pub mod binary;
pub mod declaration;
#[cfg(feature = "check")]
pub mod findings;
#[cfg(feature = "check")]
pub mod lower;
pub mod query;
#[cfg(feature = "run")]
mod rate;
#[cfg(test)]
mod reference;
#[cfg(feature = "run")]
pub mod run;
#[cfg(all(test, feature = "check", feature = "run"))]
mod testing;
pub mod value;

pub mod base;
pub mod cache_lookup;
pub mod cache_store;
pub mod check_header;
pub mod choose;
pub mod cors;
pub mod forward_request;
pub mod include_fragment;
pub mod ip_filter;
pub mod mock_response;
pub mod not_run;
pub mod rate_limit;
pub mod rate_limit_by_key;
pub mod retry;
pub mod return_response;
pub mod rewrite_uri;
pub mod set_backend_service;
pub mod set_body;
pub mod set_header;
pub mod set_method;
pub mod set_query_parameter;
pub mod set_status;
pub mod set_variable;
#[cfg(feature = "run")]
pub mod token;
pub mod trace;
pub mod validate_jwt;

pub use declaration::{
    AttributeDef, ChildDef, Declared, ElementDef, ExpressionUse, Form, Gateway, PolicyDef, Reference, Runs, Scope,
    Section, ValueType,
};
pub use value::{AnyValue, Attr, AttributeValue, Deferred};

/// Every policy, sorted by element name.
pub static POLICIES: &[&PolicyDef] = &[
    &not_run::authentication::AUTHENTICATION_BASIC,
    &not_run::authentication::AUTHENTICATION_CERTIFICATE,
    &not_run::authentication::AUTHENTICATION_MANAGED_IDENTITY,
    &not_run::models::AZURE_OPENAI_EMIT_TOKEN_METRIC,
    &not_run::models::AZURE_OPENAI_SEMANTIC_CACHE_LOOKUP,
    &not_run::models::AZURE_OPENAI_SEMANTIC_CACHE_STORE,
    &not_run::models::AZURE_OPENAI_TOKEN_LIMIT,
    &base::POLICY,
    &cache_lookup::POLICY,
    &not_run::caching::CACHE_LOOKUP_VALUE,
    &not_run::caching::CACHE_REMOVE_VALUE,
    &cache_store::POLICY,
    &not_run::caching::CACHE_STORE_VALUE,
    &not_run::caching::CACHE_VALUE,
    &check_header::POLICY,
    &choose::POLICY,
    &cors::POLICY,
    &not_run::resolving::COSMOSDB_DATA_SOURCE,
    &not_run::transforming::CROSS_DOMAIN,
    &not_run::sending::EMIT_METRIC,
    &not_run::transforming::FIND_AND_REPLACE,
    &forward_request::POLICY,
    &not_run::authentication::GET_AUTHORIZATION_CONTEXT,
    &not_run::resolving::HTTP_DATA_SOURCE,
    &include_fragment::POLICY,
    &not_run::sending::INVOKE_DAPR_BINDING,
    &not_run::sending::INVOKE_REQUEST,
    &ip_filter::POLICY,
    &not_run::transforming::JSON_TO_XML,
    &not_run::transforming::JSONP,
    &not_run::limits::LIMIT_CONCURRENCY,
    &not_run::models::LLM_CONTENT_SAFETY,
    &not_run::models::LLM_EMIT_TOKEN_METRIC,
    &not_run::models::LLM_SEMANTIC_CACHE_LOOKUP,
    &not_run::models::LLM_SEMANTIC_CACHE_STORE,
    &not_run::models::LLM_TOKEN_LIMIT,
    &not_run::sending::LOG_TO_EVENTHUB,
    &mock_response::POLICY,
    &not_run::authentication::PROXY,
    &not_run::sending::PUBLISH_EVENT,
    &not_run::sending::PUBLISH_TO_DAPR,
    &not_run::limits::QUOTA,
    &not_run::limits::QUOTA_BY_KEY,
    &rate_limit::POLICY,
    &rate_limit_by_key::POLICY,
    &not_run::transforming::REDIRECT_CONTENT_URLS,
    &retry::POLICY,
    &return_response::POLICY,
    &rewrite_uri::POLICY,
    &not_run::sending::SEND_ONE_WAY_REQUEST,
    &not_run::sending::SEND_REQUEST,
    &not_run::sending::SEND_SERVICE_BUS_MESSAGE,
    &set_backend_service::POLICY,
    &set_body::POLICY,
    &set_header::POLICY,
    &set_method::POLICY,
    &set_query_parameter::POLICY,
    &set_status::POLICY,
    &set_variable::POLICY,
    &not_run::resolving::SQL_DATA_SOURCE,
    &trace::POLICY,
    &not_run::validating::VALIDATE_AZURE_AD_TOKEN,
    &not_run::validating::VALIDATE_CLIENT_CERTIFICATE,
    &not_run::validating::VALIDATE_CONTENT,
    &not_run::validating::VALIDATE_GRAPHQL_REQUEST,
    &not_run::validating::VALIDATE_HEADERS,
    &validate_jwt::POLICY,
    &not_run::validating::VALIDATE_ODATA_REQUEST,
    &not_run::validating::VALIDATE_PARAMETERS,
    &not_run::validating::VALIDATE_STATUS_CODE,
    &not_run::limits::WAIT,
    &not_run::transforming::XML_TO_JSON,
    &not_run::transforming::XSL_TRANSFORM,
];

/// Every rule of the policies' own checks, sorted by id.
#[cfg(feature = "check")]
pub static RULES: &[&grammar::diagnostic::Rule] = &[
    &cache_lookup::SHARED_PRIVATE_RESPONSE,
    &cache_lookup::UNSTATED_VARY,
    &cache_store::NO_TIME,
    &cors::ANY_AND_OTHERS,
    &cors::UNMATCHABLE_ORIGIN,
    &forward_request::TWO_TIMEOUTS,
    &ip_filter::EMPTY_RANGE,
    &ip_filter::NO_ADDRESS,
    &findings::NOT_RUN,
    &findings::UNDOCUMENTED_SECTION,
    &rate_limit_by_key::CONSTANT_KEY,
    &rate_limit::UNNAMED_PART,
    &retry::IDLE_MAX_INTERVAL,
    &retry::NO_POLICY,
    &retry::UNBUFFERED_BODY,
    &rewrite_uri::ABSOLUTE_URL,
    &set_backend_service::NO_BACKEND,
    &set_backend_service::TWO_BACKENDS,
    &set_header::MISSING_VALUE,
    &set_header::PROTECTED_HEADER,
    &set_query_parameter::MISSING_VALUE,
    &set_variable::VALUE_TYPE,
    &trace::MISSING_MESSAGE,
    &trace::TEXT_WITHOUT_ELEMENT,
    &validate_jwt::KEY_NOT_BASE64,
    &validate_jwt::KEY_SOURCE,
    &validate_jwt::MISSING_TOKEN_SOURCE,
    &validate_jwt::NO_AUDIENCE,
    &validate_jwt::NO_KEYS,
    &validate_jwt::TWO_TOKEN_SOURCES,
    &validate_jwt::UNSIGNED_TOKENS,
    &validate_jwt::WEAK_KEY,
];

/// The policy of an element name.
#[must_use]
pub fn find(element: &str) -> Option<&'static PolicyDef> {
    let at = POLICIES.binary_search_by_key(&element, |policy| policy.element.name).ok()?;
    POLICIES.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_sorted_and_found_by_name() {
        assert!(POLICIES.is_sorted_by(|a, b| a.element.name < b.element.name));
        assert!(find("set-header").is_some());
        assert!(find("set-heder").is_none());
    }

    #[test]
    fn every_policy_is_documented() {
        fn documented(element: &ElementDef) {
            assert!(!element.docs.is_empty(), "{}", element.name);
            for attribute in element.attributes {
                assert!(!attribute.docs.is_empty(), "{}@{}", element.name, attribute.name);
            }
            element.children.iter().for_each(|child| documented(child.element));
        }
        for policy in POLICIES {
            documented(&policy.element);
            assert!(policy.page.starts_with("# "), "{}", policy.element.name);
        }
    }

    #[cfg(feature = "check")]
    #[test]
    fn rules_are_sorted_and_documented() {
        assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
        for rule in RULES {
            assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
            assert!(rule.page.contains("```xml bad") && rule.page.contains("```xml good"), "{}", rule.id);
        }
    }

    #[test]
    fn defaults_are_values_of_their_attributes() {
        fn sound(element: &ElementDef) {
            for attribute in element.attributes {
                if let Some(default) = attribute.default {
                    assert!(attribute.value.accepts(default), "{}@{}", element.name, attribute.name);
                }
            }
            element.children.iter().for_each(|child| sound(child.element));
        }
        POLICIES.iter().for_each(|policy| sound(&policy.element));
    }
}
