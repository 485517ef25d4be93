//! Specifications of APIs: OpenAPI 2.0, 3.0 and 3.1, read leniently; other languages kept as text.
//!
//! Whatever of a document can be understood is used; what cannot is reported and left out. Not here: which file is an
//! API's specification, and reading the files that it refers to (`read`).

pub mod example;
pub mod operations;
pub mod references;
pub mod sample;

use grammar::diagnostic::{Level, Rule};
use grammar::source::Source;

use crate::findings::{Findings, Place};
use crate::text::value::Node;

/// A document that is no OpenAPI document.
pub static NOT_OPENAPI: Rule = Rule {
    id: "openapi/not-openapi",
    level: Level::Error,
    summary: "the specification of an API is not an OpenAPI document",
    page: include_str!("../rules/openapi-not-openapi.md"),
    aliases: &[],
};

/// A version of OpenAPI that is not read.
pub static UNSUPPORTED_VERSION: Rule = Rule {
    id: "openapi/unsupported-version",
    level: Level::Error,
    summary: "the specification has a version that is not read",
    page: include_str!("../rules/openapi-unsupported-version.md"),
    aliases: &[],
};

/// What describes the operations of an API.
#[derive(Clone, Debug, PartialEq)]
pub enum Specification {
    /// An OpenAPI document.
    OpenApi(OpenApi),
    /// A GraphQL schema, as text.
    GraphQl(Source),
    /// A WSDL document, as text.
    Wsdl(Source),
    /// A WADL document, as text.
    Wadl(Source),
}

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenApi {
    /// The whole document.
    pub root: Node,
    /// Which OpenAPI it is.
    pub version: OpenApiVersion,
}

/// A version of OpenAPI, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenApiVersion {
    /// 2.0, also called Swagger.
    V2,
    /// 3.0.
    V3,
    /// 3.1 and later 3.x, whose schemas are JSON Schema.
    V31,
}

impl Specification {
    /// The text it was read from.
    #[must_use]
    pub fn source(&self) -> &Source {
        match self {
            Self::OpenApi(document) => &document.root.source,
            Self::GraphQl(source) | Self::Wsdl(source) | Self::Wadl(source) => source,
        }
    }
}

impl OpenApi {
    /// Takes `root` for an OpenAPI document, if it says that it is one.
    pub(crate) fn new(root: Node, out: &mut Findings) -> Option<Self> {
        let Some(declared) = root.get("openapi").or_else(|| root.get("swagger")) else {
            let place = Place::from(&root);
            out.at(&NOT_OPENAPI, place, "the document has neither an `openapi` nor a `swagger` member");
            return None;
        };
        let version = match declared.as_scalar_text().map(str::trim) {
            Some(text) if text == "2" || text.starts_with("2.") => OpenApiVersion::V2,
            Some(text) if text.starts_with("3.0") || text == "3" => OpenApiVersion::V3,
            Some(text) if text.starts_with("3.") => OpenApiVersion::V31,
            Some(text) => {
                let message = format!("OpenAPI {text} is not read; 2.0, 3.0 and 3.1 are");
                out.at(&UNSUPPORTED_VERSION, declared, message);
                return None;
            }
            None => {
                let message = format!("the version of the document is {}", declared.kind());
                out.at(&NOT_OPENAPI, declared, message);
                return None;
            }
        };
        Some(Self { root, version })
    }

    /// Where the API is, by the first HTTPS server that the document names; the service takes no other.
    #[must_use]
    pub fn server_url(&self) -> Option<String> {
        let servers = self.root.get("servers").or_else(|| self.root.get("x-servers"));
        let url = servers.map_or(&[][..], Node::items).iter().filter_map(server_url).find(|url| is_https(url));
        if url.is_some() || self.version != OpenApiVersion::V2 {
            return url;
        }
        let host = self.root.get("host").and_then(Node::as_str)?;
        let schemes = self.root.get("schemes").map_or(&[][..], Node::items);
        let is_https = schemes.is_empty() || schemes.iter().any(|scheme| scheme.as_str() == Some("https"));
        let base = self.root.get("basePath").and_then(Node::as_str).unwrap_or("").trim_end_matches('/');
        is_https.then(|| format!("https://{host}{base}"))
    }
}

fn is_https(url: &str) -> bool {
    url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

/// The URL of a server, with its variables at their defaults; a default is not searched for variables again.
fn server_url(server: &Node) -> Option<String> {
    let mut rest = server.get("url")?.as_str()?;
    let default = |name: &str| server.get("variables")?.get(name)?.get("default")?.as_scalar_text();
    let mut url = String::new();
    while let Some((before, tail)) = rest.split_once('{') {
        url.push_str(before);
        let end = tail.find(['{', '}']).unwrap_or(tail.len());
        let (name, behind) = tail.split_at(end);
        match behind.strip_prefix('}').and_then(|behind| Some((default(name)?, behind))) {
            Some((value, behind)) => {
                url.push_str(value);
                rest = behind;
            }
            None => {
                url.push('{');
                rest = tail;
            }
        }
    }
    url.push_str(rest);
    Some(url)
}
