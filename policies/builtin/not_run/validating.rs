//! Policies that validate messages and callers.

use super::{attribute, child, element, known};
use crate::declaration::{PolicyDef, Scope, Section, ValueType};

/// `validate-azure-ad-token`: Require a valid Microsoft Entra JWT for given client applications.
pub static VALIDATE_AZURE_AD_TOKEN: PolicyDef = known(
    element(
        "validate-azure-ad-token",
        "Require a valid Microsoft Entra JWT for given client applications.",
        &[
            attribute("tenant-id", "Tenant id or URL.", ValueType::Name).required().expression(),
            attribute("header-name", "Header with the token.", ValueType::Text).expression(),
            attribute("query-parameter-name", "Query parameter with the token.", ValueType::Text).expression(),
            attribute("token-value", "Expression giving the bare token, without 'Bearer '.", ValueType::Text)
                .expression(),
            attribute(
                "failed-validation-httpcode",
                "Status on failure.",
                ValueType::Int { min: i64::MIN, max: i64::MAX },
            )
            .expression(),
            attribute(
                "failed-validation-error-message",
                "Message on failure; default depends on the failure, for example 'JWT not present.'.",
                ValueType::Text,
            )
            .expression(),
            attribute("output-token-variable-name", "Variable receiving the Jwt object on success.", ValueType::Text),
        ],
        &[
            child(
                &element(
                    "client-application-ids",
                    "Accepted client applications; any one suffices.",
                    &[],
                    &[child(
                        &element("application-id", "One accepted client.", &[], &[])
                            .text("String: client application id.", false),
                        1,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "backend-application-ids",
                    "Advanced, normally left out.",
                    &[],
                    &[child(
                        &element("application-id", "One backend application.", &[], &[])
                            .text("String: backend application id.", false),
                        1,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "audiences",
                    "Accepted audiences; any one suffices.",
                    &[],
                    &[child(
                        &element("audience", "One accepted audience.", &[], &[]).text("String: audience.", true),
                        1,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "required-claims",
                    "Claims the token must carry.",
                    &[],
                    &[child(
                        &element(
                            "claim",
                            "One required claim.",
                            &[
                                attribute("name", "Claim as it appears in the token.", ValueType::Name)
                                    .required()
                                    .expression(),
                                attribute(
                                    "match",
                                    "All listed values must be in the token, or at least one.",
                                    ValueType::Keyword(&["all", "any"]),
                                )
                                .expression(),
                                attribute("separator", "Splits one string claim into several values.", ValueType::Text)
                                    .expression(),
                            ],
                            &[child(
                                &element("value", "One expected value.", &[], &[])
                                    .text("String: allowed or required value.", true),
                                0,
                                None,
                            )],
                        ),
                        1,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "decryption-keys",
                    "Keys for encrypted tokens.",
                    &[],
                    &[child(
                        &element(
                            "key",
                            "One key.",
                            &[attribute("certificate-id", "Uploaded certificate.", ValueType::Name).required()],
                            &[],
                        ),
                        1,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy",
    &[Section::Inbound],
);

/// `validate-client-certificate`: Check the client's TLS certificate against rules and identities.
pub static VALIDATE_CLIENT_CERTIFICATE: PolicyDef = known(
    element(
        "validate-client-certificate",
        "Check the client's TLS certificate against rules and identities.",
        &[
            attribute("validate-revocation", "Check the online revocation list.", ValueType::Bool),
            attribute("validate-trust", "Fail when no chain to a trusted CA can be built.", ValueType::Bool),
            attribute("validate-not-before", "Check start of validity.", ValueType::Bool),
            attribute("validate-not-after", "Check end of validity.", ValueType::Bool),
            attribute("ignore-error", "True: go on after a failed check; false: jump to on-error.", ValueType::Bool),
        ],
        &[child(
            &element(
                "identities",
                "Accepted identities.",
                &[],
                &[child(
                    &element(
                        "identity",
                        "One identity; all given attributes must match.",
                        &[
                            attribute("thumbprint", "Certificate thumbprint.", ValueType::Text),
                            attribute("serial-number", "Serial number.", ValueType::Text),
                            attribute("common-name", "CN of the subject.", ValueType::Text),
                            attribute("subject", "Full subject DN, comma separated.", ValueType::Text),
                            attribute("dns-name", "DnsName in Subject Alternative Name.", ValueType::Text),
                            attribute("issuer-subject", "Issuer DN.", ValueType::Text),
                            attribute("issuer-thumbprint", "Issuer thumbprint.", ValueType::Text),
                            attribute(
                                "issuer-certificate-id",
                                "Configured certificate that is the issuer's key.",
                                ValueType::Text,
                            ),
                        ],
                        &[],
                    ),
                    1,
                    None,
                )],
            ),
            0,
            Some(1),
        )],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-client-certificate-policy",
    &[Section::Inbound],
);

/// `validate-content`: Validate size, content type and schema conformance of a request or response body.
pub static VALIDATE_CONTENT: PolicyDef = known(
    element(
        "validate-content",
        "Validate size, content type and schema conformance of a request or response body.",
        &[
            attribute(
                "unspecified-content-type-action",
                "Action for content types that the API schema does not list.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute(
                "max-size",
                "Largest body in bytes (4 MB at most), compared with Content-Length; decompressed size if compressed.",
                ValueType::Int { min: i64::MIN, max: 4194304 },
            )
            .required()
            .expression(),
            attribute(
                "size-exceeded-action",
                "Action for larger bodies.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute("errors-variable-name", "Variable receiving the list of errors.", ValueType::Text),
        ],
        &[
            child(
                &element(
                    "content-type-map",
                    "Maps the incoming content type to the one used for validation.",
                    &[
                        attribute("any-content-type-value", "Treat every body as this type.", ValueType::Text),
                        attribute(
                            "missing-content-type-value",
                            "Type to assume when the header is missing or empty.",
                            ValueType::Text,
                        ),
                    ],
                    &[child(
                        &element(
                            "type",
                            "One mapping; beats any- and missing-content-type-value.",
                            &[
                                attribute("from", "Known incoming type.", ValueType::Text),
                                attribute("when", "Condition selecting the mapping.", ValueType::Bool).expression(),
                                attribute("to", "Type to validate as.", ValueType::Name).required(),
                            ],
                            &[],
                        ),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "content",
                    "One validation rule.",
                    &[
                        attribute(
                            "type",
                            "Content type this rule is for; empty means every type in the API schema.",
                            ValueType::Text,
                        ),
                        attribute("validate-as", "Validator.", ValueType::Keyword(&["json", "xml", "soap"])).required(),
                        attribute(
                            "schema-id",
                            "Stored schema; the API definition's schema when absent.",
                            ValueType::Text,
                        ),
                        attribute(
                            "schema-ref",
                            "JSON pointer style local reference such as #/components/schemas/address, JSON schemas only.",
                            ValueType::Text,
                        ),
                        attribute(
                            "action",
                            "Action on a violation.",
                            ValueType::Keyword(&["ignore", "prevent", "detect"]),
                        )
                        .required(),
                        attribute(
                            "allow-additional-properties",
                            "JSON: override additionalProperties of the schema; absent means as the schema says.",
                            ValueType::Bool,
                        ),
                        attribute(
                            "case-insensitive-property-names",
                            "JSON: compare property names without case.",
                            ValueType::Bool,
                        ),
                    ],
                    &[],
                ),
                0,
                None,
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-content-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError],
);

/// `validate-graphql-request`: Validate a GraphQL request and authorise paths in it.
pub static VALIDATE_GRAPHQL_REQUEST: PolicyDef = known(element("validate-graphql-request", "Validate a GraphQL request and authorise paths in it.", &[attribute("error-variable-name", "Variable receiving the errors.", ValueType::Text).expression(), attribute("max-size", "Largest payload in bytes.", ValueType::Int { min: i64::MIN, max: 102400 }).required().expression(), attribute("max-depth", "Largest query depth.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression()], &[child(&element("authorize", "Field authorisation.", &[], &[child(&element("rule", "One rule.", &[attribute("path", "/type/field, for example /Missions/name or /Mutation/deleteUser; /__* is the introspection system.", ValueType::Name).required().expression(), attribute("action", "What to do with the path.", ValueType::Keyword(&["allow", "remove", "reject", "ignore"])).expression()], &[]), 0, None)]), 0, Some(1))]), "https://learn.microsoft.com/azure/api-management/validate-graphql-request-policy", &[Section::Inbound]);

/// `validate-headers`: Validate response headers against the API schema.
pub static VALIDATE_HEADERS: PolicyDef = known(
    element(
        "validate-headers",
        "Validate response headers against the API schema.",
        &[
            attribute(
                "specified-header-action",
                "Action for headers that the schema describes.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute(
                "unspecified-header-action",
                "Action for headers that the schema does not describe.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute("errors-variable-name", "Variable receiving the errors.", ValueType::Text),
        ],
        &[child(
            &element(
                "header",
                "Override for one header.",
                &[
                    attribute("name", "Header name.", ValueType::Name).required(),
                    attribute(
                        "action",
                        "Action for this header.",
                        ValueType::Keyword(&["ignore", "prevent", "detect"]),
                    )
                    .required()
                    .expression(),
                ],
                &[],
            ),
            0,
            None,
        )],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-headers-policy",
    &[Section::Outbound, Section::OnError],
)
.once();

/// `validate-odata-request`: Validate URL, headers and parameters of an OData request.
pub static VALIDATE_ODATA_REQUEST: PolicyDef = known(
    element(
        "validate-odata-request",
        "Validate URL, headers and parameters of an OData request.",
        &[
            attribute("error-variable-name", "Variable receiving the errors.", ValueType::Text),
            attribute("default-odata-version", "Version assumed without an OData-Version header.", ValueType::Text),
            attribute("min-odata-version", "Lowest accepted OData-Version.", ValueType::Text),
            attribute("max-odata-version", "Highest accepted OData-Version.", ValueType::Text),
            attribute("max-size", "Largest payload in bytes.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-odata-request-policy",
    &[Section::Inbound],
)
.scopes(&[Scope::Global, Scope::Workspace, Scope::Product, Scope::Api])
.once();

/// `validate-parameters`: Validate header, query and path parameters of a request against the API schema.
pub static VALIDATE_PARAMETERS: PolicyDef = known(
    element(
        "validate-parameters",
        "Validate header, query and path parameters of a request against the API schema.",
        &[
            attribute(
                "specified-parameter-action",
                "Action for parameters that the schema describes.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute(
                "unspecified-parameter-action",
                "Action for parameters that the schema does not describe.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute("errors-variable-name", "Variable receiving the errors.", ValueType::Text),
        ],
        &[
            child(
                &element(
                    "headers",
                    "Overrides for headers parameters.",
                    &[
                        attribute(
                            "specified-parameter-action",
                            "Action for parameters that the schema describes, beats the parent's.",
                            ValueType::Keyword(&["ignore", "prevent", "detect"]),
                        )
                        .expression(),
                        attribute(
                            "unspecified-parameter-action",
                            "Action for parameters that the schema does not describe, beats the parent's.",
                            ValueType::Keyword(&["ignore", "prevent", "detect"]),
                        )
                        .expression(),
                    ],
                    &[child(
                        &element(
                            "parameter",
                            "Override for one parameter.",
                            &[
                                attribute("name", "Parameter name.", ValueType::Name).required(),
                                attribute(
                                    "action",
                                    "Action for this parameter.",
                                    ValueType::Keyword(&["ignore", "prevent", "detect"]),
                                )
                                .required()
                                .expression(),
                            ],
                            &[],
                        ),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "query",
                    "Overrides for query parameters.",
                    &[
                        attribute(
                            "specified-parameter-action",
                            "Action for parameters that the schema describes, beats the parent's.",
                            ValueType::Keyword(&["ignore", "prevent", "detect"]),
                        )
                        .expression(),
                        attribute(
                            "unspecified-parameter-action",
                            "Action for parameters that the schema does not describe, beats the parent's.",
                            ValueType::Keyword(&["ignore", "prevent", "detect"]),
                        )
                        .expression(),
                    ],
                    &[child(
                        &element(
                            "parameter",
                            "Override for one parameter.",
                            &[
                                attribute("name", "Parameter name.", ValueType::Name).required(),
                                attribute(
                                    "action",
                                    "Action for this parameter.",
                                    ValueType::Keyword(&["ignore", "prevent", "detect"]),
                                )
                                .required()
                                .expression(),
                            ],
                            &[],
                        ),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "path",
                    "Overrides for path parameters.",
                    &[attribute(
                        "specified-parameter-action",
                        "Action for parameters that the schema describes, beats the parent's.",
                        ValueType::Keyword(&["ignore", "prevent", "detect"]),
                    )
                    .expression()],
                    &[child(
                        &element(
                            "parameter",
                            "Override for one parameter.",
                            &[
                                attribute("name", "Parameter name.", ValueType::Name).required(),
                                attribute(
                                    "action",
                                    "Action for this parameter.",
                                    ValueType::Keyword(&["ignore", "prevent", "detect"]),
                                )
                                .required()
                                .expression(),
                            ],
                            &[],
                        ),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-parameters-policy",
    &[Section::Inbound],
)
.once();

/// `validate-status-code`: Validate response status codes against the API schema.
pub static VALIDATE_STATUS_CODE: PolicyDef = known(
    element(
        "validate-status-code",
        "Validate response status codes against the API schema.",
        &[
            attribute(
                "unspecified-status-code-action",
                "Action for codes that the schema does not list.",
                ValueType::Keyword(&["ignore", "prevent", "detect"]),
            )
            .required()
            .expression(),
            attribute("errors-variable-name", "Variable receiving the errors.", ValueType::Text),
            attribute("error-variable-name", "Spelling used by the toolkit for errors-variable-name.", ValueType::Text),
        ],
        &[child(
            &element(
                "status-code",
                "Override for one unlisted code; no effect if the schema lists the code.",
                &[
                    attribute("code", "Status code.", ValueType::Int { min: i64::MIN, max: i64::MAX }).required(),
                    attribute(
                        "action",
                        "Action for this code when the schema does not list it.",
                        ValueType::Keyword(&["ignore", "prevent", "detect"]),
                    )
                    .required()
                    .expression(),
                ],
                &[],
            ),
            0,
            None,
        )],
    ),
    "https://learn.microsoft.com/azure/api-management/validate-status-code-policy",
    &[Section::Outbound, Section::OnError],
)
.once();
