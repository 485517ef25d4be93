//! Policies that sign in at other servers.

use super::{attribute, element, known};
use crate::declaration::{Gateway, PolicyDef, Scope, Section, ValueType};

/// `authentication-basic`: Sends Basic credentials to the backend.
pub static AUTHENTICATION_BASIC: PolicyDef = known(
    element(
        "authentication-basic",
        "Sends Basic credentials to the backend.",
        &[
            attribute("username", "User name of the credential.", ValueType::Name).required().expression(),
            attribute("password", "Password of the credential; meant to come from a named value.", ValueType::Name)
                .required()
                .expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/authentication-basic-policy",
    &[Section::Inbound],
)
.once();

/// `authentication-certificate`: Presents a client certificate to the backend during TLS.
pub static AUTHENTICATION_CERTIFICATE: PolicyDef = known(
    element(
        "authentication-certificate",
        "Presents a client certificate to the backend during TLS.",
        &[
            attribute("thumbprint", "Thumbprint of an installed certificate.", ValueType::Text).expression(),
            attribute(
                "certificate-id",
                "Resource name of an installed certificate; the right choice for Key Vault certificates.",
                ValueType::Text,
            )
            .expression(),
            attribute("body", "Certificate as a byte array, when it is not in the built-in store.", ValueType::Any)
                .expression(),
            attribute("password", "Password of the certificate given in body.", ValueType::Text).expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/authentication-certificate-policy",
    &[Section::Inbound],
);

/// `authentication-managed-identity`: Gets an Entra token for a managed identity and sends it to the backend.
pub static AUTHENTICATION_MANAGED_IDENTITY: PolicyDef = known(
    element(
        "authentication-managed-identity",
        "Gets an Entra token for a managed identity and sends it to the backend.",
        &[
            attribute(
                "resource",
                "Application ID (URI) of the target API in Entra ID, the audience of the token.",
                ValueType::Name,
            )
            .required()
            .expression(),
            attribute("client-id", "Client ID of a user-assigned identity.", ValueType::Text),
            attribute(
                "output-token-variable-name",
                "Context variable that receives the token as a string.",
                ValueType::Text,
            ),
            attribute("ignore-error", "Continue the pipeline when no token could be had.", ValueType::Bool)
                .expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy",
    &[Section::Inbound, Section::Outbound],
)
.undocumented(&[Section::Outbound])
.scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation])
.gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption, Gateway::SelfHosted]);

/// `get-authorization-context`: Gets an OAuth token of a connection from the credential manager.
pub static GET_AUTHORIZATION_CONTEXT: PolicyDef = known(element("get-authorization-context", "Gets an OAuth token of a connection from the credential manager.", &[attribute("provider-id", "Credential provider resource.", ValueType::Name).required().expression(), attribute("authorization-id", "Connection resource.", ValueType::Name).required().expression(), attribute("context-variable-name", "Variable that receives the Authorization object.", ValueType::Name).required().expression(), attribute("identity-type", "Identity checked against the connection's access policy.", ValueType::Keyword(&["managed", "jwt"])).expression(), attribute("identity", "Entra JWT to check; used only with identity-type=jwt. Claims: aud https://azure-api.net/authorization-manager, oid, tid.", ValueType::Text).expression(), attribute("ignore-error", "True: variable is null on error; false: 500.", ValueType::Bool).expression()], &[]), "https://learn.microsoft.com/azure/api-management/get-authorization-context-policy", &[Section::Inbound, Section::Outbound, Section::Backend]).undocumented(&[Section::Outbound, Section::Backend]).scopes(&[Scope::Global, Scope::Product, Scope::Api, Scope::Operation]).gateways(&[Gateway::Classic, Gateway::V2, Gateway::Consumption]);

/// `proxy`: Route the backend request through an HTTP proxy.
pub static PROXY: PolicyDef = known(
    element(
        "proxy",
        "Route the backend request through an HTTP proxy.",
        &[
            attribute("url", "Proxy address in the form http://host:port.", ValueType::Name).required().expression(),
            attribute("username", "User for proxy authentication.", ValueType::Text).expression(),
            attribute("password", "Password for proxy authentication.", ValueType::Text).expression(),
        ],
        &[],
    ),
    "https://learn.microsoft.com/azure/api-management/proxy-policy",
    &[Section::Inbound],
);
