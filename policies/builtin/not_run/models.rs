//! Policies for language models.

use super::{attribute, child, element, known};
use crate::declaration::{Gateway, PolicyDef, Scope, Section, ValueType};

/// `azure-openai-emit-token-metric`: Sends token-use metrics of Azure OpenAI calls to Application Insights.
pub static AZURE_OPENAI_EMIT_TOKEN_METRIC: PolicyDef = known(element("azure-openai-emit-token-metric", "Sends token-use metrics of Azure OpenAI calls to Application Insights.", &[attribute("namespace", "Metric namespace.", ValueType::Text), attribute("value", "Listed in the attribute table of this page only, not in the statement; very likely left over from emit-metric.", ValueType::Double).expression()], &[child(&element("dimension", "One dimension (key and value) of the metric.", &[attribute("name", "Dimension name; a default name makes value optional. Default names: API ID, Operation ID, Product ID, User ID, Subscription ID, Location, Gateway ID.", ValueType::Name).required().expression(), attribute("value", "Dimension value.", ValueType::Text).expression()], &[]), 1, None)]), "https://learn.microsoft.com/azure/api-management/azure-openai-emit-token-metric-policy", &[Section::Inbound]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted]);

/// `azure-openai-semantic-cache-lookup`: Returns a cached response for a prompt that is similar enough to an earlier one (Azure OpenAI Chat Completion APIs).
pub static AZURE_OPENAI_SEMANTIC_CACHE_LOOKUP: PolicyDef = known(element("azure-openai-semantic-cache-lookup", "Returns a cached response for a prompt that is similar enough to an earlier one (Azure OpenAI Chat Completion APIs).", &[attribute("score-threshold", "How near a stored prompt must be to reuse its response. Lower means stricter: smaller values stand for greater similarity.", ValueType::Double).required().expression(), attribute("embeddings-backend-id", "Backend resource that computes embeddings.", ValueType::Name).required().expression(), attribute("embeddings-backend-auth", "Authentication to the embeddings backend; always the literal system-assigned.", ValueType::Keyword(&["system-assigned"])).required(), attribute("ignore-system-messages", "Drop system messages from the chat prompt before comparing (true is recommended).", ValueType::Bool).expression(), attribute("max-message-count", "If more dialog messages than this remain, caching is skipped.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("cache-id", "Name of a cache instance to use. Known from Microsoft's policy toolkit (April 2026) only, absent from the page.", ValueType::Text)], &[child(&element("vary-by", "Partition key; the values of several elements are concatenated.", &[], &[]).text("Expression or text whose value partitions the cache.", true), 0, None)]), "https://learn.microsoft.com/azure/api-management/azure-openai-semantic-cache-lookup-policy", &[Section::Inbound]).scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption]).once();

/// `azure-openai-semantic-cache-store`: Stores the model's response for later semantic look-ups.
pub static AZURE_OPENAI_SEMANTIC_CACHE_STORE: PolicyDef = known(
    element(
        "azure-openai-semantic-cache-store",
        "Stores the model's response for later semantic look-ups.",
        &[attribute("duration", "Time to live of the stored response.", ValueType::Int { min: 0, max: i64::MAX })
            .required()
            .expression()],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/azure-openai-semantic-cache-store-policy",
    &[Section::Outbound],
)
.scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption])
.once();

/// `azure-openai-token-limit`: Limits model tokens per key, by minute rate, by quota over a period, or both.
pub static AZURE_OPENAI_TOKEN_LIMIT: PolicyDef = known(element("azure-openai-token-limit", "Limits model tokens per key, by minute rate, by quota over a period, or both.", &[attribute("counter-key", "Key of the counter; one counter per key value for all scopes that use it.", ValueType::Name).required().expression(), attribute("tokens-per-minute", "Most tokens (prompt + completion) per minute.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("token-quota", "Most tokens in one token-quota-period.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("token-quota-period", "Fixed window after which the quota starts anew; its start is the UTC time cut to the unit.", ValueType::Keyword(&["Hourly", "Daily", "Weekly", "Monthly", "Yearly"])).expression(), attribute("estimate-prompt-tokens", "True: estimate prompt tokens before calling the backend; false: count only what the model reports.", ValueType::Bool).required().expression(), attribute("retry-after-header-name", "Response header with the advised wait in seconds once the limit or quota is exceeded.", ValueType::Text), attribute("retry-after-variable-name", "Variable with the advised wait in seconds once exceeded.", ValueType::Text), attribute("remaining-quota-tokens-header-name", "Response header with the (estimated) tokens left in the quota.", ValueType::Text), attribute("remaining-quota-tokens-variable-name", "Variable with the (estimated) tokens left in the quota.", ValueType::Text), attribute("remaining-tokens-header-name", "Response header with the tokens left in the minute limit.", ValueType::Text), attribute("remaining-tokens-variable-name", "Variable with the tokens left in the minute limit.", ValueType::Text), attribute("tokens-consumed-header-name", "Response header with tokens used by prompt and completion; added only after the backend answered.", ValueType::Text), attribute("tokens-consumed-variable-name", "Variable that starts as the prompt estimate (0 when not estimating) in backend and becomes the reported count in outbound.", ValueType::Text)], &[]), "https://learn.microsoft.com/azure/api-management/azure-openai-token-limit-policy", &[Section::Inbound]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::SelfHosted, Gateway::Workspace]);

/// `llm-content-safety`: Has prompts or completions judged by Azure AI Content Safety and blocks bad ones.
pub static LLM_CONTENT_SAFETY: PolicyDef = known(
    element(
        "llm-content-safety",
        "Has prompts or completions judged by Azure AI Content Safety and blocks bad ones.",
        &[
            attribute("backend-id", "Backend resource of the content-safety service.", ValueType::Name)
                .required()
                .expression(),
            attribute("shield-prompt", "Also check for user attacks (jailbreaks).", ValueType::Bool).expression(),
            attribute(
                "enforce-on-completions",
                "In inbound: check the model's completions too. Ignored in outbound.",
                ValueType::Bool,
            )
            .expression(),
            attribute(
                "window-size",
                "Characters per text window sent to the service; only for responses, requests always use the default.",
                ValueType::Int { min: i64::MIN, max: i64::MAX },
            )
            .expression(),
            attribute(
                "window-overlap-size",
                "Characters by which windows overlap; left out, they do not overlap.",
                ValueType::Int { min: i64::MIN, max: i64::MAX },
            )
            .expression(),
        ],
        &[
            child(
                &element(
                    "categories",
                    "Harm categories that block.",
                    &[attribute(
                        "output-type",
                        "Severity scale: four levels 0,2,4,6 or eight levels 0 to 7.",
                        ValueType::Keyword(&["FourSeverityLevels", "EightSeverityLevels"]),
                    )
                    .expression()],
                    &[child(
                        &element(
                            "category",
                            "One category and its threshold.",
                            &[
                                attribute(
                                    "name",
                                    "Category.",
                                    ValueType::Keyword(&["Hate", "SelfHarm", "Sexual", "Violence"]),
                                )
                                .required()
                                .expression(),
                                attribute(
                                    "threshold",
                                    "Severity at or above which content is blocked; 0 is strictest.",
                                    ValueType::Int { min: 0, max: 7 },
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
                    "blocklists",
                    "Custom block lists of the service.",
                    &[],
                    &[child(
                        &element("id", "A list whose match blocks.", &[], &[])
                            .text("Identifier of a block list.", true),
                        0,
                        None,
                    )],
                ),
                0,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/llm-content-safety-policy",
    &[Section::Inbound, Section::Outbound],
)
.scopes(&[Scope::Global, Scope::Workspace, Scope::Product, Scope::Api]);

/// `llm-emit-token-metric`: Sends token-use metrics of large-language-model calls to Application Insights.
pub static LLM_EMIT_TOKEN_METRIC: PolicyDef = known(element("llm-emit-token-metric", "Sends token-use metrics of large-language-model calls to Application Insights.", &[attribute("namespace", "Metric namespace.", ValueType::Text)], &[child(&element("dimension", "One dimension (key and value) of the metric.", &[attribute("name", "Dimension name; a default name makes value optional. Default names: API ID, Operation ID, Product ID, User ID, Subscription ID, Location, Gateway ID, Backend ID.", ValueType::Name).required().expression(), attribute("value", "Dimension value.", ValueType::Text).expression()], &[]), 1, None)]), "https://learn.microsoft.com/azure/api-management/llm-emit-token-metric-policy", &[Section::Inbound]);

/// `llm-semantic-cache-lookup`: Returns a cached response for a prompt that is similar enough to an earlier one (LLM chat completion APIs).
pub static LLM_SEMANTIC_CACHE_LOOKUP: PolicyDef = known(element("llm-semantic-cache-lookup", "Returns a cached response for a prompt that is similar enough to an earlier one (LLM chat completion APIs).", &[attribute("score-threshold", "How near a stored prompt must be to reuse its response. Lower means stricter: smaller values stand for greater similarity.", ValueType::Double).required().expression(), attribute("embeddings-backend-id", "Backend resource that computes embeddings.", ValueType::Name).required().expression(), attribute("embeddings-backend-auth", "Authentication to the embeddings backend; always the literal system-assigned.", ValueType::Keyword(&["system-assigned"])).required(), attribute("ignore-system-messages", "Drop system messages from the chat prompt before comparing (true is recommended).", ValueType::Bool).expression(), attribute("max-message-count", "If more dialog messages than this remain, caching is skipped.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("cache-id", "Name of a cache instance to use. Known from Microsoft's policy toolkit (April 2026) only, absent from the page.", ValueType::Text)], &[child(&element("vary-by", "Partition key; the values of several elements are concatenated.", &[], &[]).text("Expression or text whose value partitions the cache.", true), 0, None)]), "https://learn.microsoft.com/azure/api-management/llm-semantic-cache-lookup-policy", &[Section::Inbound]).scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted]).once();

/// `llm-semantic-cache-store`: Stores the model's response for later semantic look-ups.
pub static LLM_SEMANTIC_CACHE_STORE: PolicyDef = known(
    element(
        "llm-semantic-cache-store",
        "Stores the model's response for later semantic look-ups.",
        &[
            attribute("duration", "Time to live of the stored response.", ValueType::Int { min: 0, max: i64::MAX })
                .required()
                .expression(),
            attribute(
                "cache-response",
                "True stores the current response whatever its status; left out, only 200 OK is stored.",
                ValueType::Bool,
            )
            .expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/llm-semantic-cache-store-policy",
    &[Section::Outbound],
)
.scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted])
.once();

/// `llm-token-limit`: Limits model tokens per key, by minute rate, by quota over a period, or both.
pub static LLM_TOKEN_LIMIT: PolicyDef = known(element("llm-token-limit", "Limits model tokens per key, by minute rate, by quota over a period, or both.", &[attribute("counter-key", "Key of the counter; one counter per key value for all scopes that use it.", ValueType::Name).required().expression(), attribute("tokens-per-minute", "Most tokens (prompt + completion) per minute.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("token-quota", "Most tokens in one token-quota-period.", ValueType::Int { min: i64::MIN, max: i64::MAX }).expression(), attribute("token-quota-period", "Fixed window after which the quota starts anew; its start is the UTC time cut to the unit.", ValueType::Keyword(&["Hourly", "Daily", "Weekly", "Monthly", "Yearly"])).expression(), attribute("estimate-prompt-tokens", "True: estimate prompt tokens before calling the backend; false: count only what the model reports.", ValueType::Bool).required().expression(), attribute("retry-after-header-name", "Response header with the advised wait in seconds once the limit or quota is exceeded.", ValueType::Text), attribute("retry-after-variable-name", "Variable with the advised wait in seconds once exceeded.", ValueType::Text), attribute("remaining-quota-tokens-header-name", "Response header with the (estimated) tokens left in the quota.", ValueType::Text), attribute("remaining-quota-tokens-variable-name", "Variable with the (estimated) tokens left in the quota.", ValueType::Text), attribute("remaining-tokens-header-name", "Response header with the tokens left in the minute limit.", ValueType::Text), attribute("remaining-tokens-variable-name", "Variable with the tokens left in the minute limit.", ValueType::Text), attribute("tokens-consumed-header-name", "Response header with tokens used by prompt and completion; added only after the backend answered.", ValueType::Text), attribute("tokens-consumed-variable-name", "Variable that starts as the prompt estimate (0 when not estimating) in backend and becomes the reported count in outbound.", ValueType::Text)], &[]), "https://learn.microsoft.com/azure/api-management/llm-token-limit-policy", &[Section::Inbound]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::SelfHosted, Gateway::Workspace]);
