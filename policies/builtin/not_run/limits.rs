//! Policies that limit calls, and those that run others.

use super::{attribute, child, element, known};
use crate::declaration::{Gateway, PolicyDef, Scope, Section, ValueType};
use crate::value::{AttributeValue, MomentText};

/// `limit-concurrency`: Runs the enclosed policies for at most N requests at once.
pub static LIMIT_CONCURRENCY: PolicyDef = known(
    element(
        "limit-concurrency",
        "Runs the enclosed policies for at most N requests at once.",
        &[
            attribute("key", "Concurrency scope; equal keys share one count, across policies.", ValueType::Name)
                .required()
                .expression(),
            attribute(
                "max-count",
                "Most requests inside at the same time.",
                ValueType::Int { min: i64::MIN, max: i64::MAX },
            )
            .required(),
        ],
        &[],
    )
    .policies(),
    "https://learn.microsoft.com/azure/api-management/limit-concurrency-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `quota`: Enforce a renewable or lifetime call and/or bandwidth quota per subscription.
pub static QUOTA: PolicyDef = known(
    element(
        "quota",
        "Enforce a renewable or lifetime call and/or bandwidth quota per subscription.",
        &[
            attribute("calls", "Calls allowed per period.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
            attribute("bandwidth", "Kilobytes allowed per period.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
            attribute(
                "renewal-period",
                "Fixed window length; 0 means it never renews.",
                ValueType::Int { min: 0, max: i64::MAX },
            )
            .required(),
        ],
        &[child(
            &element(
                "api",
                "Separate quota for one api.",
                &[
                    attribute("name", "Name of the api.", ValueType::Text),
                    attribute("id", "Id of the api; wins over name.", ValueType::Text),
                    attribute("calls", "Call quota.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
                    attribute("bandwidth", "Kilobytes quota.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
                    attribute(
                        "renewal-period",
                        "Window length; 0 is infinite.",
                        ValueType::Int { min: 0, max: i64::MAX },
                    ),
                ],
                &[child(
                    &element(
                        "operation",
                        "Separate quota for one operation.",
                        &[
                            attribute("name", "Name of the operation.", ValueType::Text),
                            attribute("id", "Id of the operation; wins over name.", ValueType::Text),
                            attribute("calls", "Call quota.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
                            attribute("bandwidth", "Kilobytes quota.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
                            attribute(
                                "renewal-period",
                                "Window length; 0 is infinite.",
                                ValueType::Int { min: 0, max: i64::MAX },
                            ),
                        ],
                        &[],
                    ),
                    0,
                    None,
                )],
            ),
            0,
            None,
        )],
    ),
    "https://learn.microsoft.com/azure/api-management/quota-policy",
    &[Section::Inbound],
)
.scopes(&[Scope::Product])
.once();

/// `quota-by-key`: Enforce a renewable or lifetime call and/or bandwidth quota per arbitrary key.
pub static QUOTA_BY_KEY: PolicyDef = known(
    element(
        "quota-by-key",
        "Enforce a renewable or lifetime call and/or bandwidth quota per arbitrary key.",
        &[
            attribute("calls", "Calls allowed per period.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
            attribute("bandwidth", "Kilobytes allowed per period.", ValueType::Int { min: i64::MIN, max: i64::MAX }),
            attribute(
                "renewal-period",
                "Fixed window length, at least 300; 0 means infinite.",
                ValueType::Int { min: 300, max: i64::MAX },
            )
            .required(),
            attribute("counter-key", "Counter identity.", ValueType::Name).required().expression(),
            attribute("increment-condition", "Count this request only when true.", ValueType::Bool).expression(),
            attribute("increment-count", "How much one request adds.", ValueType::Int { min: i64::MIN, max: i64::MAX })
                .expression(),
            attribute("first-period-start", "Origin of the windows, yyyy-MM-ddTHH:mm:ssZ.", MomentText::VALUE),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/quota-by-key-policy",
    &[Section::Inbound],
)
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::SelfHosted, Gateway::Workspace]);

/// `wait`: Run immediate children in parallel and wait for all or any.
pub static WAIT: PolicyDef = known(
    element(
        "wait",
        "Run immediate children in parallel and wait for all or any.",
        &[attribute("for", "Wait for every child or for the first to finish.", ValueType::Keyword(&["all", "any"]))
            .expression()],
        &[
            child(&super::sending::SEND_REQUEST.element, 0, None),
            child(&super::caching::CACHE_LOOKUP_VALUE.element, 0, None),
            child(&crate::choose::POLICY.element, 0, None),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/wait-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
)
.undocumented(&[Section::OnError]);
