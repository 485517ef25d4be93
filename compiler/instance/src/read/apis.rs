//! Reads APIs: their files, their specifications, and the folders of their operations.
//!
//! Not here: what a specification describes (`openapi`).

use std::collections::{HashMap, HashSet};

use grammar::diagnostic::{Level, Rule};
use grammar::source::Source;

use super::{Folder, Found, Kind, Reader, kind, links};
use crate::Resources;
use crate::files::MAX_SPECIFICATION_BYTES;
use crate::findings::Place;
use crate::model::definition::Definition;
use crate::model::table::{Table, fold};
use crate::openapi::operations::{derived_name, operations};
use crate::openapi::references::{References, Target, each_reference};
use crate::openapi::{OpenApi, Specification};
use crate::overlay::Layer;
use crate::resources::api::{Api, ApiKind, Resolver, split_revision};
use crate::resources::gateway::{Release, Schema};
use crate::resources::operation::{Operation, OperationOrigin, Route, Schemas};
use crate::resources::version_set::VersionSet;
use crate::text::value::Node;

const APIS: Kind = Kind { is_addable: false, ..kind("apis", "API", &["apiInformation.json"]) };
const OPERATIONS: Kind =
    Kind { is_required: false, is_addable: false, ..kind("operations", "operation", &["operationInformation.json"]) };
const RELEASES: Kind = kind("releases", "release", &["apiReleaseInformation.json", "releaseInformation.json"]);
const API_SCHEMAS: Kind =
    Kind { is_addable: false, ..kind("schemas", "schema", &["apiSchemaInformation.json", "schemaInformation.json"]) };
const RESOLVERS: Kind = Kind { is_addable: false, ..kind("resolvers", "resolver", &["resolverInformation.json"]) };

/// How many files one specification may draw in.
const MAX_DOCUMENTS: usize = 256;

/// A policy for an operation that the API does not have.
pub static UNKNOWN_OPERATION: Rule = Rule {
    id: "operation/unknown",
    level: Level::Error,
    summary: "a policy belongs to an operation that the specification does not have",
    page: include_str!("../rules/operation-unknown.md"),
    aliases: &[],
};

/// Two specifications in one folder.
pub static SECOND_SPECIFICATION: Rule = Rule {
    id: "api/second-specification",
    level: Level::Warning,
    summary: "the folder of an API holds two specifications, and one is left out",
    page: include_str!("../rules/api-second-specification.md"),
    aliases: &[],
};

impl Reader<'_> {
    /// Reads the APIs below `folder`.
    pub(super) fn apis(&mut self, folder: &Folder, layer: Layer) -> Table<Api> {
        self.table(folder, layer, APIS, Self::api)
    }

    fn api(&mut self, found: Found) -> Api {
        let mut api = Api::read(&found.name, found.definition, &mut self.out);
        let Some(folder) = &found.folder else { return api };
        api.policy = self.policy(Some(folder), found.layer);
        api.tags = self.links(folder, &links::TAGS);
        api.diagnostics = self.diagnostics(Some(folder), found.layer);
        api.releases = self.table(folder, found.layer, RELEASES, |reader, found| {
            Release::read(&found.name, found.definition, &mut reader.out)
        });
        api.schemas = self.table(folder, found.layer, API_SCHEMAS, |reader, found| {
            Schema::read(&found.name, found.definition, &mut reader.out)
        });
        api.resolvers = self.table(folder, found.layer, RESOLVERS, |reader, found| {
            let mut resolver = Resolver::read(&found.name, found.definition, &mut reader.out);
            resolver.policy = reader.policy(found.folder.as_ref(), found.layer);
            resolver
        });
        api.references = References::new(&self.prefix);
        for schema in &api.schemas {
            if let Some(document) = &schema.document {
                api.references.insert(document.source.name(), document.clone());
            }
        }
        let has_specification = self.specification(folder, &mut api);
        let described = match &api.specification {
            Some(Specification::OpenApi(document)) => {
                if api.service_url.is_none() {
                    api.service_url = document.server_url();
                }
                operations(document, &api.references, api.required_query_parameters, &mut self.out)
            }
            _ if api.kind == ApiKind::WebSocket => vec![handshake(&api)],
            _ => Vec::new(),
        };
        let is_complete = has_specification && matches!(api.specification, Some(Specification::OpenApi(_)));
        api.operations = self.operation_folders(folder, found.layer, &api, described, is_complete);
        api
    }

    /// Reads the specification of an API, if its folder or its information file holds one. Says whether there is one,
    /// however broken.
    fn specification(&mut self, folder: &Folder, api: &mut Api) -> bool {
        let mut candidates: Vec<(usize, String)> = folder
            .files()
            .filter_map(|name| {
                let (stem, extension) = name.rsplit_once('.')?;
                let rank = stem.eq_ignore_ascii_case("specification").then(|| rank(extension, &api.kind))??;
                Some((rank, name.to_owned()))
            })
            .collect();
        candidates.sort();
        let mut candidates = candidates.into_iter().map(|(_, name)| name);
        let Some(name) = candidates.next() else { return self.inline_specification(api) };
        for other in candidates {
            let place = Place::file(&format!("{}/{other}", folder.display()));
            self.out.at(&SECOND_SPECIFICATION, place, format!("`{name}` is read instead of this specification"));
        }
        let Some(source) = self.read(folder, &name, MAX_SPECIFICATION_BYTES) else { return true };
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        api.specification = match extension.as_str() {
            "graphql" | "gql" => Some(Specification::GraphQl(source)),
            "wsdl" => Some(Specification::Wsdl(source)),
            "wadl" => Some(Specification::Wadl(source)),
            _ => self.open_api(&source, &mut api.references),
        };
        true
    }

    /// Reads the specification that an information file carries as text.
    fn inline_specification(&mut self, api: &mut Api) -> bool {
        let properties = api.definition.properties();
        let format = properties.any("format").and_then(Node::as_str).unwrap_or("").to_ascii_lowercase();
        let Some(value) = properties.any("value") else { return false };
        let Some(text) = value.as_str().filter(|_| !format.is_empty() && !format.ends_with("-link")) else {
            return false;
        };
        let source = Source::new(format!("{}#/properties/value", value.source.name()), text);
        api.specification = match format.as_str() {
            "openapi" | "openapi+json" | "swagger-json" => {
                let mut references = std::mem::take(&mut api.references);
                let specification = self.open_api(&source, &mut references);
                api.references = references;
                specification
            }
            "graphql" => Some(Specification::GraphQl(source)),
            "wsdl" => Some(Specification::Wsdl(source)),
            "wadl-xml" => Some(Specification::Wadl(source)),
            _ => return false,
        };
        true
    }

    fn open_api(&mut self, source: &Source, references: &mut References) -> Option<Specification> {
        let root = self.tree(source)?;
        references.insert(source.name(), root.clone());
        self.draw_in(&root, references);
        let document = OpenApi::new(root, &mut self.out)?;
        Some(Specification::OpenApi(document))
    }

    /// Reads the files that a document refers to, and those that they refer to, and reports what is not there.
    fn draw_in(&mut self, root: &Node, references: &mut References) {
        let mut documents = vec![root.clone()];
        let mut next = 0;
        while let Some(document) = documents.get(next).cloned() {
            let mut names = HashSet::new();
            each_reference(&document, &mut |reference| {
                let Some(text) = reference.as_str() else { return };
                if let Target::Document { name, .. } = references.target(text, &reference.source)
                    && !references.contains(&name)
                {
                    names.insert(name);
                }
            });
            let mut names: Vec<String> = names.into_iter().collect();
            names.sort();
            names.truncate(MAX_DOCUMENTS.saturating_sub(documents.len()));
            for name in names {
                if let Some(document) = self.document(&name) {
                    references.insert(&name, document.clone());
                    documents.push(document);
                }
            }
            next += 1;
        }
        for document in &documents {
            references.check(document, &mut self.out);
        }
    }

    /// Joins the operations that the specification describes with the folders that operations have.
    fn operation_folders(
        &mut self,
        folder: &Folder,
        layer: Layer,
        api: &Api,
        described: Vec<Operation>,
        is_complete: bool,
    ) -> Table<Operation> {
        let schemas = Schemas(
            api.schemas.iter().filter_map(|schema| Some((schema.name.clone(), schema.document.clone()?))).collect(),
        );
        let mut operations = Operations::new(described);
        for child in self.children(folder, OPERATIONS.folder) {
            let name = child.own_name().to_owned();
            let at = operations.find(&name);
            let known = at.and_then(|at| operations.list.get(at)).map(|operation| operation.name.clone());
            let (definition, entry) = self.definition(&child, OPERATIONS, |_| {
                let by_folder = layer.entry(OPERATIONS.folder, &name);
                match known.as_deref().filter(|_| by_folder.is_empty()) {
                    Some(known) => layer.entry(OPERATIONS.folder, known),
                    None => by_folder,
                }
            });
            let policy = self.policy(Some(&child), entry);
            let tags = self.links(&child, &links::TAGS);
            let has_file = child.file("operationInformation.json").is_some();
            self.evidence.operation_file |= has_file;
            let read = definition.is_explicit().then(|| Operation::read(&name, &definition, &schemas, &mut self.out));
            let at = at.or_else(|| operations.find_route(read.as_ref()?.route.as_ref()?));
            let Some(operation) = at.and_then(|at| operations.list.get_mut(at)) else {
                let mut operation = match read {
                    Some(operation) => operation,
                    None if policy.is_none() && !has_file => continue,
                    None => {
                        if is_complete && !has_file {
                            self.unknown_operation(&child, policy.as_ref().map(|p| &p.source), &operations);
                        }
                        Operation::named(&name, OperationOrigin::PolicyFolder, definition.start())
                    }
                };
                operation.policy = policy;
                operation.tags = tags;
                operations.push(operation);
                continue;
            };
            // An operation without an id in the specification is called as its folder is.
            if has_file && fold(&operation.name) != fold(&name) {
                operation.name = name;
            }
            amend(operation, entry, &mut self.out);
            operation.policy = policy;
            for tag in tags {
                links::add(&mut operation.tags, tag);
            }
        }
        for operation in &mut operations.list {
            let entry = layer.entry(OPERATIONS.folder, &operation.name);
            if !entry.is_empty() && operation.policy.is_none() {
                amend(operation, entry, &mut self.out);
                operation.policy = self.policy(None, entry);
            }
        }
        let table: Table<Operation> = operations.list.into_iter().collect();
        for (name, place) in layer.unused(OPERATIONS.folder) {
            self.unmatched(name, place, OPERATIONS, &table);
        }
        table
    }

    fn unknown_operation(&mut self, folder: &Folder, policy: Option<&Source>, operations: &Operations) {
        let name = folder.own_name();
        let place = match policy {
            Some(source) => Place::new(source, grammar::source::Span::empty(0)),
            None => Place::file(folder.display()),
        };
        let message = format!("the specification has no operation `{name}`, so this policy never runs");
        let known = operations.list.iter().map(|operation| operation.name.as_str());
        self.out.missing(&UNKNOWN_OPERATION, &place, message, name, known);
    }

    /// A revision counts as current by its own word only where the API has no folder without a revision.
    pub(super) fn settle_revisions(&mut self, apis: &mut Table<Api>) {
        let bases: HashSet<String> =
            apis.iter().filter(|api| split_revision(&api.name).1.is_none()).map(|api| fold(&api.name)).collect();
        for api in apis.iter_mut().filter(|api| split_revision(&api.name).1.is_some()) {
            if bases.contains(&fold(api.base_name())) {
                api.revision.is_current = false;
            }
        }
    }

    /// Adds the version sets that APIs describe themselves (`apiVersionSet`) and that have no folder.
    pub(super) fn inline_version_sets(&mut self, resources: &mut Resources) {
        for api in &resources.apis {
            let Some(link) = api.version_set.as_ref().filter(|link| !resources.version_sets.contains(&link.name))
            else {
                continue;
            };
            let inline = api.definition.properties().object("apiVersionSet", &mut self.out);
            let Some(node) = inline.node().filter(|_| inline.any("versioningScheme").is_some()) else { continue };
            let definition = Definition::new(node.clone());
            let mut set = VersionSet::read(&link.name, definition, &mut self.out);
            if let Some(name) = inline.text("name", &mut self.out) {
                set.display_name = name;
            }
            resources.version_sets.push(set);
        }
    }
}

/// Operations, found by name, by the name that an import would make of their names, and by route.
#[derive(Default)]
struct Operations {
    list: Vec<Operation>,
    by_name: HashMap<String, usize>,
    by_derived_name: HashMap<String, usize>,
    by_route: HashMap<(String, String), usize>,
}

impl Operations {
    fn new(list: Vec<Operation>) -> Self {
        let mut operations = Self::default();
        list.into_iter().for_each(|operation| operations.push(operation));
        operations
    }

    fn push(&mut self, operation: Operation) {
        let at = self.list.len();
        self.by_name.entry(fold(&operation.name)).or_insert(at);
        self.by_derived_name.entry(derived_name(&operation.name)).or_insert(at);
        if let Some(route) = &operation.route {
            self.by_route.entry((route.method.clone(), route.template.shape())).or_insert(at);
        }
        self.list.push(operation);
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).or_else(|| self.by_derived_name.get(&derived_name(name))).copied()
    }

    fn find_route(&self, route: &Route) -> Option<usize> {
        self.by_route.get(&(route.method.clone(), route.template.shape())).copied()
    }
}

/// Changes an operation of a specification by the properties that an overlay gives it.
fn amend(operation: &mut Operation, entry: Layer, out: &mut crate::findings::Findings) {
    let Some(definition) = entry.merge_into(None).filter(|_| !entry.is_empty()) else { return };
    let changed = Operation::read(&operation.name, &definition, &Schemas::default(), out);
    let properties = definition.properties();
    if properties.any("displayName").is_some() {
        operation.display_name = changed.display_name;
    }
    if changed.description.is_some() {
        operation.description = changed.description;
    }
    if changed.route.is_some() {
        operation.route = changed.route;
    }
}

/// The one operation of a WebSocket API.
fn handshake(api: &Api) -> Operation {
    let mut operation = Operation::named("onHandshake", OperationOrigin::System, api.definition.start());
    let (template, _) = crate::model::url_template::UrlTemplate::parse("/");
    operation.route = Some(Route { method: "GET".to_owned(), template });
    operation
}

/// The place of a specification among others in one folder, by its extension; `None` if it is none.
fn rank(extension: &str, kind: &ApiKind) -> Option<usize> {
    let extension = extension.to_ascii_lowercase();
    let own = match kind {
        ApiKind::Soap => "wsdl",
        ApiKind::GraphQl => "graphql",
        _ => "yaml",
    };
    if extension == own {
        return Some(0);
    }
    ["yaml", "yml", "json", "graphql", "gql", "wsdl", "wadl"]
        .iter()
        .position(|known| *known == extension)
        .map(|at| at + 1)
}
