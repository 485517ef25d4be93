//! Policies of GraphQL resolvers.

use super::{attribute, child, element, known};
use crate::declaration::{Gateway, PolicyDef, ValueType};

/// `cosmosdb-data-source`: Resolves a GraphQL field with a Cosmos DB query, read, delete or write (preview).
pub static COSMOSDB_DATA_SOURCE: PolicyDef = known(
    element(
        "cosmosdb-data-source",
        "Resolves a GraphQL field with a Cosmos DB query, read, delete or write (preview).",
        &[],
        &[
            child(
                &element(
                    "connection-info",
                    "Connection to the container.",
                    &[],
                    &[
                        child(
                            &element(
                                "connection-string",
                                "Connection string; leave the key out with a managed identity.",
                                &[attribute(
                                    "use-managed-identity",
                                    "Use the system-assigned identity instead of a key.",
                                    ValueType::Bool,
                                )
                                .expression()],
                                &[],
                            )
                            .text("AccountEndpoint=...;[AccountKey=...;].", true),
                            1,
                            Some(1),
                        ),
                        child(
                            &element("database-name", "Database.", &[], &[]).text("Database name.", true),
                            1,
                            Some(1),
                        ),
                        child(
                            &element("container-name", "Container.", &[], &[]).text("Container name.", true),
                            1,
                            Some(1),
                        ),
                    ],
                ),
                1,
                Some(1),
            ),
            child(
                &element(
                    "query-request",
                    "SQL query.",
                    &[attribute("enable-low-precision-order-by", "Query option of the same name.", ValueType::Bool)
                        .expression()],
                    &[
                        child(&element("sql-statement", "Query text.", &[], &[]).text("SQL.", true), 0, Some(1)),
                        child(
                            &element(
                                "parameters",
                                "Query parameters.",
                                &[],
                                &[child(
                                    &element(
                                        "parameter",
                                        "One parameter.",
                                        &[attribute(
                                            "name",
                                            "Name in @ notation, for example @param (not an expression!).",
                                            ValueType::Name,
                                        )
                                        .required()],
                                        &[],
                                    )
                                    .text("Value; string, number, bool, JObject or JValue from an expression.", true),
                                    0,
                                    None,
                                )],
                            ),
                            0,
                            Some(1),
                        ),
                        child(
                            &element(
                                "partition-key",
                                "Partition key of the item or query.",
                                &[
                                    attribute(
                                        "data-type",
                                        "Type of the key.",
                                        ValueType::Keyword(&["string", "number", "bool", "none", "null"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Partition key value.", true),
                            0,
                            Some(1),
                        ),
                        child(
                            &element(
                                "paging",
                                "Paging.",
                                &[],
                                &[
                                    child(
                                        &element(
                                            "max-item-count",
                                            "Page size.",
                                            &[attribute(
                                                "template",
                                                "Template engine.",
                                                ValueType::Keyword(&["liquid"]),
                                            )],
                                            &[],
                                        )
                                        .text("Number, -1 = no limit.", true),
                                        1,
                                        Some(1),
                                    ),
                                    child(
                                        &element(
                                            "continuation-token",
                                            "Continuation token.",
                                            &[attribute(
                                                "template",
                                                "Template engine.",
                                                ValueType::Keyword(&["liquid"]),
                                            )],
                                            &[],
                                        )
                                        .text("Token.", true),
                                        1,
                                        Some(1),
                                    ),
                                ],
                            ),
                            0,
                            Some(1),
                        ),
                    ],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "read-request",
                    "Point read.",
                    &[],
                    &[
                        child(
                            &element(
                                "id",
                                "Id of the item.",
                                &[attribute(
                                    "template",
                                    "Template engine of the text (seen in the statement only).",
                                    ValueType::Keyword(&["liquid"]),
                                )],
                                &[],
                            )
                            .text("Item id.", true),
                            1,
                            Some(1),
                        ),
                        child(
                            &element(
                                "partition-key",
                                "Partition key of the item or query.",
                                &[
                                    attribute(
                                        "data-type",
                                        "Type of the key.",
                                        ValueType::Keyword(&["string", "number", "bool", "none", "null"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Partition key value.", true),
                            0,
                            Some(1),
                        ),
                    ],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "delete-request",
                    "Delete.",
                    &[
                        attribute(
                            "consistency-level",
                            "Consistency level of the request.",
                            ValueType::Keyword(&[
                                "bounded-staleness",
                                "consistent-prefix",
                                "eventual",
                                "session",
                                "strong",
                            ]),
                        )
                        .expression(),
                        attribute("pre-trigger", "Registered pre-trigger to run.", ValueType::Text).expression(),
                        attribute("post-trigger", "Registered post-trigger to run.", ValueType::Text).expression(),
                    ],
                    &[
                        child(
                            &element(
                                "etag",
                                "Entity tag for optimistic concurrency.",
                                &[
                                    attribute(
                                        "type",
                                        "Match: tag must equal the stored one; no-match: need not.",
                                        ValueType::Keyword(&["match", "no-match"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Entity tag.", true),
                            0,
                            Some(1),
                        ),
                        child(
                            &element(
                                "id",
                                "Id of the item.",
                                &[attribute(
                                    "template",
                                    "Template engine of the text (seen in the statement only).",
                                    ValueType::Keyword(&["liquid"]),
                                )],
                                &[],
                            )
                            .text("Item id.", true),
                            1,
                            Some(1),
                        ),
                        child(
                            &element(
                                "partition-key",
                                "Partition key of the item or query.",
                                &[
                                    attribute(
                                        "data-type",
                                        "Type of the key.",
                                        ValueType::Keyword(&["string", "number", "bool", "none", "null"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Partition key value.", true),
                            0,
                            Some(1),
                        ),
                    ],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "write-request",
                    "Insert, replace or upsert.",
                    &[
                        attribute("type", "Kind of write.", ValueType::Keyword(&["insert", "replace", "upsert"]))
                            .expression(),
                        attribute(
                            "consistency-level",
                            "Consistency level of the request.",
                            ValueType::Keyword(&[
                                "bounded-staleness",
                                "consistent-prefix",
                                "eventual",
                                "session",
                                "strong",
                            ]),
                        )
                        .expression(),
                        attribute(
                            "indexing-directive",
                            "Indexing directive (in the table, not in the statement).",
                            ValueType::Text,
                        )
                        .expression(),
                        attribute("pre-trigger", "Registered pre-trigger to run.", ValueType::Text).expression(),
                        attribute("post-trigger", "Registered post-trigger to run.", ValueType::Text).expression(),
                    ],
                    &[
                        child(
                            &element(
                                "id",
                                "Id of the item.",
                                &[attribute(
                                    "template",
                                    "Template engine of the text (seen in the statement only).",
                                    ValueType::Keyword(&["liquid"]),
                                )],
                                &[],
                            )
                            .text("Item id.", true),
                            0,
                            Some(1),
                        ),
                        child(
                            &element(
                                "partition-key",
                                "Partition key of the item or query.",
                                &[
                                    attribute(
                                        "data-type",
                                        "Type of the key.",
                                        ValueType::Keyword(&["string", "number", "bool", "none", "null"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Partition key value.", true),
                            0,
                            Some(1),
                        ),
                        child(
                            &element(
                                "etag",
                                "Entity tag for optimistic concurrency.",
                                &[
                                    attribute(
                                        "type",
                                        "Match: tag must equal the stored one; no-match: need not.",
                                        ValueType::Keyword(&["match", "no-match"]),
                                    )
                                    .expression(),
                                    attribute(
                                        "template",
                                        "Template engine of the text.",
                                        ValueType::Keyword(&["liquid"]),
                                    ),
                                ],
                                &[],
                            )
                            .text("Entity tag.", true),
                            0,
                            Some(1),
                        ),
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                    ],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "response",
                    "Shapes the response.",
                    &[],
                    &[
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                        child(&super::sending::PUBLISH_EVENT.element, 0, Some(1)),
                    ],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/cosmosdb-data-source-policy",
    &[],
)
.scopes(&[])
.gateways(&[Gateway::Classic, Gateway::V2]);

/// `http-data-source`: Resolves a GraphQL field with an HTTP call.
pub static HTTP_DATA_SOURCE: PolicyDef = known(
    element(
        "http-data-source",
        "Resolves a GraphQL field with an HTTP call.",
        &[],
        &[
            child(
                &element(
                    "http-request",
                    "The HTTP request of the resolver.",
                    &[],
                    &[
                        child(&super::authentication::GET_AUTHORIZATION_CONTEXT.element, 0, Some(1)),
                        child(&crate::set_backend_service::POLICY.element, 0, Some(1)),
                        child(&crate::include_fragment::POLICY.element, 0, None),
                        child(&crate::set_method::POLICY.element, 1, Some(1)),
                        child(&element("set-url", "URL.", &[], &[]).text("URL of the request.", true), 1, Some(1)),
                        child(&crate::set_header::POLICY.element, 0, None),
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                        child(&super::authentication::AUTHENTICATION_CERTIFICATE.element, 0, Some(1)),
                    ],
                ),
                1,
                Some(1),
            ),
            child(
                &element(
                    "backend",
                    "Forward to a backend.",
                    &[],
                    &[child(&crate::forward_request::POLICY.element, 0, Some(1))],
                ),
                0,
                Some(1),
            ),
            child(
                &element(
                    "http-response",
                    "Shapes the resolver's response.",
                    &[],
                    &[
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                        child(&super::transforming::XML_TO_JSON.element, 0, Some(1)),
                        child(&super::transforming::FIND_AND_REPLACE.element, 0, Some(1)),
                        child(&super::sending::PUBLISH_EVENT.element, 0, Some(1)),
                        child(&crate::include_fragment::POLICY.element, 0, None),
                    ],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/http-data-source-policy",
    &[],
)
.scopes(&[])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption]);

/// `sql-data-source`: Resolve a GraphQL field with a T-SQL request to Azure SQL.
pub static SQL_DATA_SOURCE: PolicyDef = known(
    element(
        "sql-data-source",
        "Resolve a GraphQL field with a T-SQL request to Azure SQL.",
        &[],
        &[
            child(
                &element(
                    "connection-info",
                    "How to connect.",
                    &[],
                    &[
                        child(
                            &element(
                                "connection-string",
                                "Connection string.",
                                &[attribute(
                                    "use-managed-identity",
                                    "Use the gateway's system-assigned identity instead of credentials in the string.",
                                    ValueType::Bool,
                                )
                                .expression()],
                                &[],
                            )
                            .text("String: Azure SQL connection string.", true),
                            1,
                            Some(1),
                        ),
                        child(&crate::include_fragment::POLICY.element, 0, None),
                        child(&super::authentication::AUTHENTICATION_CERTIFICATE.element, 0, Some(1)),
                    ],
                ),
                1,
                Some(1),
            ),
            child(&crate::include_fragment::POLICY.element, 0, None),
            child(
                &element(
                    "request",
                    "The SQL request.",
                    &[attribute("single-result", "Query yields at most one row.", ValueType::Bool).expression()],
                    &[
                        child(&crate::include_fragment::POLICY.element, 0, Some(1)),
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                        child(
                            &element("sql-statement", "Statement.", &[], &[])
                                .text("T-SQL text, may hold several statements.", true),
                            1,
                            Some(1),
                        ),
                        child(
                            &element(
                                "parameters",
                                "SQL parameters.",
                                &[],
                                &[child(
                                    &element(
                                        "parameter",
                                        "One parameter.",
                                        &[
                                            attribute("name", "Parameter name with @.", ValueType::Name).required(),
                                            attribute("sql-type", "T-SQL data type.", ValueType::Text).expression(),
                                        ],
                                        &[],
                                    )
                                    .text("String: value or expression.", true),
                                    1,
                                    None,
                                )],
                            ),
                            0,
                            Some(1),
                        ),
                    ],
                ),
                1,
                Some(1),
            ),
            child(
                &element(
                    "response",
                    "How to shape the result.",
                    &[],
                    &[
                        child(&crate::include_fragment::POLICY.element, 0, Some(1)),
                        child(&crate::set_body::POLICY.element, 0, Some(1)),
                        child(&super::sending::PUBLISH_EVENT.element, 0, Some(1)),
                    ],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/sql-data-source-policy",
    &[],
)
.scopes(&[])
.gateways(&[Gateway::Classic, Gateway::V2]);
