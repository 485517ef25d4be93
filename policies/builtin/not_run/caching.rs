//! Policies that store values.

use super::{attribute, child, element, known};
use crate::declaration::{PolicyDef, Section, ValueType};

/// `cache-lookup-value`: Reads a value from the cache by key into a variable.
pub static CACHE_LOOKUP_VALUE: PolicyDef = known(
    element(
        "cache-lookup-value",
        "Reads a value from the cache by key into a variable.",
        &[
            attribute("key", "Cache key.", ValueType::Name).required().expression(),
            attribute("variable-name", "Variable that receives the value.", ValueType::Name).required(),
            attribute("default-value", "Value assigned on a miss.", ValueType::Any).expression(),
            attribute(
                "caching-type",
                "Which cache to use: internal = built in; external = the configured Redis-compatible cache; prefer-external = external when one is configured, else internal.",
                ValueType::Keyword(&["prefer-external", "external", "internal"]),
            ),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/cache-lookup-value-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `cache-remove-value`: Deletes a cached value by key.
pub static CACHE_REMOVE_VALUE: PolicyDef = known(
    element(
        "cache-remove-value",
        "Deletes a cached value by key.",
        &[
            attribute("key", "Key of the value to remove.", ValueType::Name).required().expression(),
            attribute(
                "caching-type",
                "Which cache to use: internal = built in; external = the configured Redis-compatible cache; prefer-external = external when one is configured, else internal.",
                ValueType::Keyword(&["prefer-external", "external", "internal"]),
            ),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/cache-remove-value-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `cache-store-value`: Stores a value in the cache under a key.
pub static CACHE_STORE_VALUE: PolicyDef = known(
    element(
        "cache-store-value",
        "Stores a value in the cache under a key.",
        &[
            attribute("key", "Cache key.", ValueType::Name).required().expression(),
            attribute("value", "Value to store.", ValueType::Any).required().expression(),
            attribute("duration", "Time to live.", ValueType::Int { min: 0, max: i64::MAX }).required().expression(),
            attribute(
                "caching-type",
                "Which cache to use: internal = built in; external = the configured Redis-compatible cache; prefer-external = external when one is configured, else internal.",
                ValueType::Keyword(&["prefer-external", "external", "internal"]),
            ),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/cache-store-value-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `cache-value`: Reads a cached value and, on a miss, runs nested policies that compute it, then stores it (stampede protection).
pub static CACHE_VALUE: PolicyDef = known(element("cache-value", "Reads a cached value and, on a miss, runs nested policies that compute it, then stores it (stampede protection).", &[attribute("key", "Cache key.", ValueType::Name).required().expression(), attribute("variable-name", "Variable that receives the value and that the nested block sets.", ValueType::Name).required(), attribute("expires-after", "Time after which the entry is gone.", ValueType::Int { min: 0, max: i64::MAX }).expression(), attribute("refresh-after", "Time after which the entry is renewed by the block; less than expires-after; 0 = always run the block.", ValueType::Int { min: 0, max: i64::MAX }).expression(), attribute("default-value", "Value assigned when lookup misses and the block sets nothing.", ValueType::Any).expression(), attribute("caching-type", "Which cache to use.", ValueType::Keyword(&["prefer-external", "external", "internal"]))], &[child(&element("value", "Policies run on a miss or refresh; they set the variable named in variable-name.", &[], &[]).policies(), 1, Some(1))]), "https://learn.microsoft.com/azure/api-management/api-management-policies", &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError]);
