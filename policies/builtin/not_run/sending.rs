//! Policies that send messages to other places.

use super::{attribute, child, element, known};
use crate::declaration::{Gateway, PolicyDef, Scope, Section, ValueType};
use crate::value::{AttributeValue, GuidText, TimeText};

/// `emit-metric`: Sends a custom metric to Application Insights.
pub static EMIT_METRIC: PolicyDef = known(element("emit-metric", "Sends a custom metric to Application Insights.", &[attribute("name", "Metric name.", ValueType::Name).required(), attribute("namespace", "Metric namespace.", ValueType::Text), attribute("value", "Metric value.", ValueType::Double).expression()], &[child(&element("dimension", "One dimension (key and value) of the metric.", &[attribute("name", "Dimension name; a default name makes value optional. Default names: API ID, Operation ID, Product ID, User ID, Subscription ID, Location, Gateway ID.", ValueType::Name).required().expression(), attribute("value", "Dimension value.", ValueType::Text).expression()], &[]), 1, None)]), "https://learn.microsoft.com/azure/api-management/emit-metric-policy", &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError]);

/// `invoke-dapr-binding`: Triggers a Dapr output binding.
pub static INVOKE_DAPR_BINDING: PolicyDef = known(
    element(
        "invoke-dapr-binding",
        "Triggers a Dapr output binding.",
        &[
            attribute("name", "Binding name as defined in Dapr.", ValueType::Name).required().expression(),
            attribute("operation", "Operation of the binding.", ValueType::Text),
            attribute("ignore-error", "True: an error from Dapr does not trigger on-error.", ValueType::Bool),
            attribute("response-variable-name", "Variable that receives Dapr's response.", ValueType::Text),
            attribute("timeout", "Wait for Dapr.", ValueType::Int { min: 1, max: 240 }).expression(),
            attribute("template", "Template engine for the message; only Liquid.", ValueType::Keyword(&["Liquid"])),
            attribute(
                "content-type",
                "Type of the message; only application/json.",
                ValueType::Keyword(&["application/json"]),
            ),
        ],
        &[
            child(
                &element(
                    "metadata",
                    "Binding metadata.",
                    &[],
                    &[child(
                        &element(
                            "item",
                            "One entry.",
                            &[attribute("key", "Key.", ValueType::Name).required().expression()],
                            &[],
                        )
                        .text("Value.", true),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
            child(
                &element("data", "Message sent to the binding.", &[], &[]).text("Message content.", true),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/invoke-dapr-binding-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError],
)
.scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation])
.gateways(&[Gateway::SelfHosted]);

/// `invoke-request`: Sends an HTTP request and stores or returns its response (custom policy of Microsoft's toolkit).
pub static INVOKE_REQUEST: PolicyDef = known(
    element(
        "invoke-request",
        "Sends an HTTP request and stores or returns its response (custom policy of Microsoft's toolkit).",
        &[
            attribute("method", "HTTP method.", ValueType::Text).expression(),
            attribute("url", "Target URL.", ValueType::Text).expression(),
            attribute("backend-id", "Backend resource to call.", ValueType::Text).expression(),
            attribute("response-variable-name", "Variable for the response.", ValueType::Text),
        ],
        &[
            child(
                &element(
                    "header",
                    "Header of the request; repeated for several values.",
                    &[
                        attribute("name", "Header name.", ValueType::Name).required(),
                        attribute("value", "Header value.", ValueType::Text).expression(),
                    ],
                    &[],
                ),
                0,
                None,
            ),
            child(&element("body", "Body of the request.", &[], &[]).text("Body text.", true), 0, Some(1)),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/api-management-policies",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `log-to-eventhub`: Sends a message to an event hub.
pub static LOG_TO_EVENTHUB: PolicyDef = known(
    element(
        "log-to-eventhub",
        "Sends a message to an event hub.",
        &[
            attribute("logger-id", "Logger resource.", ValueType::Name).required(),
            attribute("partition-id", "Index of the partition.", ValueType::Text),
            attribute("partition-key", "Value used to choose the partition.", ValueType::Text).expression(),
        ],
        &[],
    )
    .text("The message: text or an expression giving a string.", true),
    "https://learn.microsoft.com/azure/api-management/log-to-eventhub-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
)
.scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted]);

/// `publish-event`: Publish the resolved object to GraphQL subscriptions of the same API.
pub static PUBLISH_EVENT: PolicyDef = known(
    element(
        "publish-event",
        "Publish the resolved object to GraphQL subscriptions of the same API.",
        &[],
        &[child(
            &element(
                "targets",
                "Subscriptions to notify.",
                &[],
                &[child(
                    &element(
                        "graphql-subscription",
                        "One target subscription (the prose calls it 'target').",
                        &[attribute("id", "Name of the field under the schema's Subscription type.", ValueType::Name)
                            .required()],
                        &[],
                    ),
                    1,
                    None,
                )],
            ),
            1,
            Some(1),
        )],
    ),
    "https://learn.microsoft.com/azure/api-management/publish-event-policy",
    &[],
)
.scopes(&[])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption]);

/// `publish-to-dapr`: Post a message to a Dapr publish/subscribe topic.
pub static PUBLISH_TO_DAPR: PolicyDef = known(
    element(
        "publish-to-dapr",
        "Post a message to a Dapr publish/subscribe topic.",
        &[
            attribute("pubsub-name", "Target pub/sub component.", ValueType::Text).expression(),
            attribute("topic", "Topic name, or component/topic when pubsub-name is absent.", ValueType::Name)
                .required()
                .expression(),
            attribute("ignore-error", "True: an error from Dapr does not jump to on-error.", ValueType::Bool),
            attribute("response-variable-name", "Context variable that receives Dapr's response.", ValueType::Text),
            attribute("timeout", "How long to wait for Dapr.", ValueType::Int { min: 1, max: 240 }).expression(),
            attribute("template", "Templating of the message content; only Liquid.", ValueType::Keyword(&["Liquid"])),
            attribute(
                "content-type",
                "Type of the content; only application/json.",
                ValueType::Keyword(&["application/json"]),
            ),
        ],
        &[],
    )
    .text("Message content.", true),
    "https://learn.microsoft.com/azure/api-management/publish-to-dapr-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError],
)
.undocumented(&[Section::Outbound, Section::OnError])
.gateways(&[Gateway::SelfHosted]);

/// `send-one-way-request`: Send a request to a URL without waiting for the answer.
pub static SEND_ONE_WAY_REQUEST: PolicyDef = known(
    element(
        "send-one-way-request",
        "Send a request to a URL without waiting for the answer.",
        &[
            attribute(
                "mode",
                "Start from an empty request or from a copy of the current headers and body.",
                ValueType::Keyword(&["new", "copy"]),
            )
            .expression(),
            attribute("timeout", "Time before the call is given up.", ValueType::Int { min: 0, max: i64::MAX })
                .expression(),
        ],
        &[
            child(
                &element("set-url", "Target URL; required when mode is new, optional when mode is copy.", &[], &[])
                    .text("String: absolute URL.", true),
                0,
                Some(1),
            ),
            child(&crate::set_method::POLICY.element, 0, Some(1)),
            child(&crate::set_header::POLICY.element, 0, None),
            child(&crate::set_body::POLICY.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_CERTIFICATE.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_BASIC.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_MANAGED_IDENTITY.element, 0, Some(1)),
            child(&super::authentication::PROXY.element, 0, Some(1)),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/send-one-way-request-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `send-request`: Send a request to a URL and store the answer in a variable.
pub static SEND_REQUEST: PolicyDef = known(
    element(
        "send-request",
        "Send a request to a URL and store the answer in a variable.",
        &[
            attribute(
                "mode",
                "Start from an empty request or from a copy of the current headers and body.",
                ValueType::Keyword(&["new", "copy"]),
            )
            .expression(),
            attribute("response-variable-name", "Variable that receives the Response object.", ValueType::Name)
                .required()
                .expression(),
            attribute("timeout", "Time before the call fails.", ValueType::Int { min: 0, max: i64::MAX }).expression(),
            attribute("ignore-error", "True: a failed call is ignored and the variable becomes null.", ValueType::Bool),
        ],
        &[
            child(
                &element("set-url", "Target URL; required when mode is new, optional when mode is copy.", &[], &[])
                    .text("String: absolute URL.", true),
                0,
                Some(1),
            ),
            child(&crate::set_method::POLICY.element, 0, Some(1)),
            child(&crate::set_header::POLICY.element, 0, None),
            child(&crate::set_body::POLICY.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_CERTIFICATE.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_BASIC.element, 0, Some(1)),
            child(&super::authentication::AUTHENTICATION_MANAGED_IDENTITY.element, 0, Some(1)),
            child(&super::authentication::PROXY.element, 0, Some(1)),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/send-request-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `send-service-bus-message`: Send a message to an Azure Service Bus queue or topic.
pub static SEND_SERVICE_BUS_MESSAGE: PolicyDef = known(element("send-service-bus-message", "Send a message to an Azure Service Bus queue or topic.", &[attribute("queue-name", "Target queue.", ValueType::Text).expression(), attribute("topic-name", "Target topic.", ValueType::Text).expression(), attribute("namespace", "Fully qualified Service Bus namespace host.", ValueType::Text).expression(), attribute("client-id", "Client id of a user-assigned identity with the Data Sender role; system-assigned identity when absent.", ValueType::Text).expression(), attribute("message-id", "Message id.", GuidText::VALUE).expression(), attribute("session-id", "Session grouping id.", GuidText::VALUE).expression(), attribute("time-to-live", "Message lifetime, for example 00:10:00.", TimeText::VALUE).expression(), attribute("response-variable-name", "Variable receiving the send outcome.", ValueType::Text), attribute("ignore-error", "True: a failed send does not stop the pipeline.", ValueType::Bool)], &[child(&element("message-properties", "User properties.", &[], &[child(&element("message-property", "One name/value pair.", &[attribute("name", "Property name.", ValueType::Name).required()], &[]).text("String: property value.", true), 1, None)]), 0, Some(1)), child(&element("payload", "Message body.", &[], &[]).text("String: message payload.", true), 1, Some(1))]), "https://learn.microsoft.com/azure/api-management/send-service-bus-message-policy", &[Section::Inbound, Section::Outbound, Section::OnError]).scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation]).gateways(&[Gateway::Classic]);
