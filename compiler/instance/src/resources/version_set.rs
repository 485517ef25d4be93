//! Version sets: APIs that are versions of one API, and how a request says which it means.

use crate::findings::Findings;
use crate::members::Members;
use crate::model::definition::Definition;
use crate::resources::named;

/// How a request names the version it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersioningScheme {
    /// By the first segment of the path behind the API's own path.
    Segment,
    /// By this query parameter.
    Query(String),
    /// By this header.
    Header(String),
}

/// A version set.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionSet {
    /// Its name.
    pub name: String,
    /// Its title; the name where there is none.
    pub display_name: String,
    /// How a request names a version.
    pub scheme: VersioningScheme,
    /// What its author says of it.
    pub description: Option<String>,
    /// What it was read from.
    pub definition: Definition,
}

named!(VersionSet);

/// The header or parameter of a set that does not name one.
const DEFAULT_NAME: &str = "api-version";

impl VersionSet {
    pub(crate) fn read(name: &str, definition: Definition, out: &mut Findings) -> Self {
        let properties = definition.properties();
        let display_name = properties.text("displayName", out).unwrap_or_else(|| name.to_owned());
        let description = properties.text("description", out);
        let scheme = scheme(properties, out);
        Self { name: name.to_owned(), display_name, scheme, description, definition }
    }
}

pub(crate) fn scheme(properties: Members, out: &mut Findings) -> VersioningScheme {
    #[derive(Clone, Copy)]
    enum Kind {
        Segment,
        Query,
        Header,
    }
    let kinds = [("Segment", Kind::Segment), ("Query", Kind::Query), ("Header", Kind::Header)];
    let header = properties.text("versionHeaderName", out);
    let query = properties.text("versionQueryName", out);
    let or_default = |name: Option<String>| name.unwrap_or_else(|| DEFAULT_NAME.to_owned());
    match properties.choice("versioningScheme", &kinds, out) {
        Some(Kind::Query) => VersioningScheme::Query(or_default(query)),
        Some(Kind::Header) => VersioningScheme::Header(or_default(header)),
        Some(Kind::Segment) | None => VersioningScheme::Segment,
    }
}
