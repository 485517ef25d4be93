//! Policies that change bodies.

use super::{attribute, child, element, known};
use crate::declaration::{Gateway, PolicyDef, Scope, Section, ValueType};
use crate::value::{AttributeValue, Character};

/// `cross-domain`: Serves an Adobe cross-domain policy file for Flash and Silverlight clients.
pub static CROSS_DOMAIN: PolicyDef = known(element("cross-domain", "Serves an Adobe cross-domain policy file for Flash and Silverlight clients.", &[], &[child(&element("cross-domain-policy", "Root of an Adobe policy file; content follows Adobe's specification (site-control, allow-access-from, allow-access-from-identity, allow-http-request-headers-from).", &[], &[]).foreign(), 0, Some(1))]), "https://learn.microsoft.com/azure/api-management/cross-domain-policy", &[Section::Inbound]).scopes(&[Scope::Global]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted]);

/// `find-and-replace`: Replaces a substring in the body.
pub static FIND_AND_REPLACE: PolicyDef = known(
    element(
        "find-and-replace",
        "Replaces a substring in the body.",
        &[
            attribute("from", "Text to look for.", ValueType::Name).required().expression(),
            attribute("to", "Replacement; empty removes the text.", ValueType::Name).required().expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/find-and-replace-policy",
    &[Section::Inbound, Section::Backend, Section::Outbound, Section::OnError],
);

/// `json-to-xml`: Converts a JSON body to XML.
pub static JSON_TO_XML: PolicyDef = known(
    element(
        "json-to-xml",
        "Converts a JSON body to XML.",
        &[
            attribute(
                "apply",
                "Always, or only when the Content-Type says JSON.",
                ValueType::Keyword(&["always", "content-type-json"]),
            )
            .required()
            .expression(),
            attribute(
                "consider-accept-header",
                "True: convert only if the request's Accept asks for XML; false: convert regardless.",
                ValueType::Bool,
            )
            .expression(),
            attribute("parse-date", "False: date-like strings are copied unchanged.", ValueType::Bool),
            attribute(
                "namespace-separator",
                "Character that separates prefix and local name in JSON property names.",
                Character::VALUE,
            )
            .expression(),
            attribute(
                "namespace-prefix",
                "Property-name prefix that marks namespace declarations, usually xmlns.",
                ValueType::Text,
            )
            .expression(),
            attribute(
                "attribute-block-name",
                "Name of the object whose members become attributes of the enclosing element.",
                ValueType::Text,
            )
            .expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/json-to-xml-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError, Section::Backend],
)
.undocumented(&[Section::Backend]);

/// `jsonp`: Wraps a JSON response in a JavaScript call.
pub static JSONP: PolicyDef = known(element("jsonp", "Wraps a JSON response in a JavaScript call.", &[attribute("callback-parameter-name", "Name of the query parameter that carries the callback function's name (the page describes it badly; the example shows it).", ValueType::Name).required().expression()], &[]), "https://learn.microsoft.com/azure/api-management/jsonp-policy", &[Section::Outbound]).once();

/// `redirect-content-urls`: Rewrite links in the body so they point to the gateway (outbound) or back to the backend (inbound).
pub static REDIRECT_CONTENT_URLS: PolicyDef = known(
    element(
        "redirect-content-urls",
        "Rewrite links in the body so they point to the gateway (outbound) or back to the backend (inbound).",
        &[],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/redirect-content-urls-policy",
    &[Section::Inbound, Section::Outbound],
)
.once();

/// `xml-to-json`: Convert an XML body to JSON.
pub static XML_TO_JSON: PolicyDef = known(
    element(
        "xml-to-json",
        "Convert an XML body to JSON.",
        &[
            attribute(
                "kind",
                "Friendly shape or one that mirrors the XML.",
                ValueType::Keyword(&["javascript-friendly", "direct"]),
            )
            .required()
            .expression(),
            attribute(
                "apply",
                "Always, or only if Content-Type says XML.",
                ValueType::Keyword(&["always", "content-type-xml"]),
            )
            .required()
            .expression(),
            attribute("consider-accept-header", "True: convert only when the request accepts JSON.", ValueType::Bool)
                .expression(),
            attribute(
                "always-array-child-elements",
                "True: every child becomes an array; false: only repeated children do.",
                ValueType::Bool,
            )
            .expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/xml-to-json-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError, Section::Backend],
)
.undocumented(&[Section::Backend]);

/// `xsl-transform`: Apply an XSLT stylesheet to an XML body.
pub static XSL_TRANSFORM: PolicyDef = known(
    element(
        "xsl-transform",
        "Apply an XSLT stylesheet to an XML body.",
        &[],
        &[
            child(
                &element(
                    "parameter",
                    "Stylesheet parameter.",
                    &[attribute(
                        "name",
                        "Xsl:param to set (the statement writes parameter-name, samples and toolkit write name).",
                        ValueType::Name,
                    )
                    .required()],
                    &[],
                )
                .text("String: parameter value.", true),
                0,
                None,
            ),
            child(
                &element(
                    "xsl:stylesheet",
                    "The stylesheet; standard XSLT content.",
                    &[
                        attribute("version", "1.0.", ValueType::Name).required(),
                        attribute("xmlns:xsl", "XSLT namespace.", ValueType::Name).required(),
                    ],
                    &[],
                )
                .foreign(),
                1,
                Some(1),
            ),
        ],
    ),
    "https://learn.microsoft.com/azure/api-management/xsl-transform-policy",
    &[Section::Inbound, Section::Outbound, Section::OnError],
)
.undocumented(&[Section::OnError])
.once();
