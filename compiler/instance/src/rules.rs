//! The table of the rules that are declared in this crate.
//!
//! Not here: the rules themselves, each of which stands beside the code that finds it.

use grammar::diagnostic::Rule;

use crate::read::apis::{SECOND_SPECIFICATION, UNKNOWN_OPERATION};
use crate::resources::{api, backend, named_value};
use crate::{checks, findings, openapi, overlay, read};

/// Every rule, in the order of their ids.
pub static RULES: [&Rule; 37] = [
    &checks::DUPLICATE_PATH,
    &checks::MISSING_VERSION_SET,
    &SECOND_SPECIFICATION,
    &backend::BREAKER_OUT_OF_RANGE,
    &checks::MISSING_POOL_MEMBER,
    &backend::MISSING_URL,
    &backend::POOL_OUT_OF_RANGE,
    &checks::MISSING_LOGGER,
    &findings::BAD_DURATION,
    &findings::BROKEN_JSON,
    &findings::BROKEN_YAML,
    &findings::DUPLICATE_MEMBER,
    &findings::DUPLICATE_NAME,
    &findings::LINK_OUTSIDE,
    &read::MISSING_INFORMATION,
    &findings::NOT_UTF8,
    &findings::UNKNOWN_VALUE,
    &findings::UNREADABLE_FILE,
    &findings::WRONG_TYPE,
    &named_value::BAD_NAME,
    &named_value::TOO_LONG,
    &openapi::operations::DUPLICATE_OPERATION_ID,
    &openapi::operations::DUPLICATE_PARAMETER,
    &openapi::NOT_OPENAPI,
    &openapi::references::REFERENCE_OUTSIDE,
    &openapi::references::REMOTE_REFERENCE,
    &openapi::references::UNRESOLVED_REFERENCE,
    &openapi::UNSUPPORTED_VERSION,
    &checks::DUPLICATE_ROUTE,
    &api::MALFORMED_TEMPLATE,
    &UNKNOWN_OPERATION,
    &overlay::MISSING_VARIABLE,
    &overlay::UNKNOWN_SECTION,
    &overlay::UNMATCHED_NAME,
    &checks::MISSING_API,
    &checks::MISSING_GROUP,
    &checks::MISSING_SCOPE,
];
