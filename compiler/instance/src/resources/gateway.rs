//! Self-hosted gateways, tags, releases and schemas: resources that a gateway reads little of.

use crate::findings::Findings;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::resources::{Link, named};
use crate::text::value::Node;

/// A self-hosted gateway: which APIs one deployment serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Gateway {
    /// Its name, which is `context.Deployment.GatewayId`.
    pub name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// Where it runs.
    pub location: Location,
    /// The APIs it serves.
    pub apis: Vec<Link>,
    /// What it was read from.
    pub definition: Definition,
}

/// Where a self-hosted gateway runs.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Location {
    /// What its operators call the place.
    pub name: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District, state or province.
    pub district: Option<String>,
    /// Country or region.
    pub country_or_region: Option<String>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What is shown; the name where there is nothing.
    pub display_name: String,
    /// What it was read from.
    pub definition: Definition,
}

/// The moment in which a revision of an API became the current one.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// The revision that it made current.
    pub api: Option<String>,
    /// Its notes.
    pub notes: Option<String>,
    /// What it was read from.
    pub definition: Definition,
}

/// A schema of an API or of the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its name, which `validate-content` uses.
    pub name: String,
    /// What it is, for example `application/vnd.oai.openapi.components+json`, or `json` and `xml` for the service's.
    pub content_type: String,
    /// The schema: the text of one in another language, or a tree with `components` or `definitions`.
    pub document: Option<Node>,
    /// What it was read from.
    pub definition: Definition,
}

named!(Gateway, Tag, Release, Schema);

impl Gateway {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let location = properties.object("locationData", out);
        Self {
            name: name.to_owned(),
            description: properties.text("description", out),
            location: Location {
                name: location.text("name", out),
                city: location.text("city", out),
                district: location.text("district", out),
                country_or_region: location.text("countryOrRegion", out),
            },
            apis: Vec::new(),
            definition,
        }
    }
}

impl Tag {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let display_name = definition.properties().text("displayName", out).unwrap_or_else(|| name.to_owned());
        Self { name: name.to_owned(), display_name, definition }
    }
}

impl Release {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let api = properties.str("apiId", out).map(|id| ResourceId::parse(id).name().to_owned());
        Self { name: name.to_owned(), api, notes: properties.text("notes", out), definition }
    }
}

impl Schema {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let own = properties.text("contentType", out).or_else(|| properties.text("schemaType", out));
        let wrapped = properties.any("document").or_else(|| properties.any("value"));
        // A schema in another language than JSON stands as text in `document.value`.
        let document =
            wrapped.map(|document| document.get("value").filter(|v| v.as_str().is_some()).unwrap_or(document));
        Self { name: name.to_owned(), content_type: own.unwrap_or_default(), document: document.cloned(), definition }
    }
}
