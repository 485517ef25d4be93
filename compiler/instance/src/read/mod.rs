//! Reads the folders of an instance into resources.
//!
//! Every file is taken wherever one of the four layouts puts it. Folders and files are found without regard to case,
//! and folders' names without regard to blanks. Not here: APIs (`apis`), opening files (`folder`), what resources mean.

pub mod apis;
mod folder;
mod links;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use grammar::diagnostic::{Level, Rule};
use grammar::source::Source;

use crate::Resources;
use crate::files::{Files, MAX_FILE_BYTES};
use crate::findings::{DUPLICATE_NAME, Findings, Place};
use crate::instance::shown;
use crate::layout::Evidence;
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::table::{Named, Table};
use crate::overlay::{Layer, UNMATCHED_NAME};
use crate::resources::backend::Backend;
use crate::resources::gateway::{Gateway, Schema, Tag};
use crate::resources::group::{Group, User};
use crate::resources::logger::{DiagnosticSettings, Logger};
use crate::resources::named_value::NamedValue;
use crate::resources::policy::{Fragment, Policy};
use crate::resources::product::Product;
use crate::resources::subscription::Subscription;
use crate::resources::version_set::VersionSet;
use crate::text::value::Node;

pub(crate) use folder::Folder;

/// A resource whose folder holds no description of it.
pub static MISSING_INFORMATION: Rule = Rule {
    id: "instance/missing-information",
    level: Level::Warning,
    summary: "the folder of a resource holds no file that describes it",
    page: include_str!("../rules/instance-missing-information.md"),
    aliases: &[],
};

/// Reads an instance from files.
pub(crate) struct Reader<'f> {
    files: &'f dyn Files,
    pub(crate) out: Findings,
    pub(crate) evidence: Evidence,
    /// The folder of the instance.
    root: PathBuf,
    /// What the names of files begin with: the folder as the user typed it, with a slash.
    prefix: String,
    /// The files beside specifications that were read for a `$ref`, by name; `None` for one that could not be.
    documents: HashMap<String, Option<Node>>,
}

/// A kind of resource that has one folder each.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// The folder of all of them, as the newest layout spells it; also the section of an overlay.
    pub(crate) folder: &'static str,
    /// One of them, for messages.
    pub(crate) noun: &'static str,
    /// The information file, newest name first.
    pub(crate) information: &'static [&'static str],
    /// Whether the folder must hold it.
    pub(crate) is_required: bool,
    /// Whether it can hold secrets.
    pub(crate) has_secrets: bool,
    /// Whether an overlay may add one that has no folder.
    pub(crate) is_addable: bool,
}

const fn kind(folder: &'static str, noun: &'static str, information: &'static [&'static str]) -> Kind {
    Kind { folder, noun, information, is_required: true, has_secrets: false, is_addable: true }
}

const NAMED_VALUES: Kind =
    Kind { has_secrets: true, ..kind("namedValues", "named value", &["namedValueInformation.json"]) };
const FRAGMENTS: Kind =
    Kind { is_required: false, ..kind("policyFragments", "policy fragment", &["policyFragmentInformation.json"]) };
const BACKENDS: Kind = Kind { has_secrets: true, ..kind("backends", "backend", &["backendInformation.json"]) };
const LOGGERS: Kind = Kind { has_secrets: true, ..kind("loggers", "logger", &["loggerInformation.json"]) };
const DIAGNOSTICS: Kind = kind("diagnostics", "diagnostic", &["diagnosticInformation.json"]);
const VERSION_SETS: Kind = kind(
    "versionSets",
    "version set",
    &["versionSetInformation.json", "apiVersionSetInformation.json", "apiVersionSet.json"],
);
const GROUPS: Kind = kind("groups", "group", &["groupInformation.json"]);
const USERS: Kind = Kind { has_secrets: true, ..kind("users", "user", &["userInformation.json"]) };
const SUBSCRIPTIONS: Kind =
    Kind { has_secrets: true, ..kind("subscriptions", "subscription", &["subscriptionInformation.json"]) };
const TAGS: Kind = kind("tags", "tag", &["tagInformation.json"]);
const GATEWAYS: Kind = kind("gateways", "gateway", &["gatewayInformation.json"]);
const PRODUCTS: Kind = Kind { is_addable: false, ..kind("products", "product", &["productInformation.json"]) };
const SCHEMAS: Kind =
    Kind { is_addable: false, ..kind("schemas", "schema", &["schemaInformation.json", "apiSchemaInformation.json"]) };
const WORKSPACES: Kind =
    Kind { is_required: false, is_addable: false, ..kind("workspaces", "workspace", &["workspaceInformation.json"]) };

/// A resource that is being read.
pub(crate) struct Found<'o> {
    pub(crate) name: String,
    /// Its folder; none for one that an overlay adds.
    pub(crate) folder: Option<Folder>,
    pub(crate) definition: Definition,
    pub(crate) layer: Layer<'o>,
}

impl<'f> Reader<'f> {
    pub(crate) fn new(files: &'f dyn Files, root: &Path) -> Self {
        let (out, evidence, documents) = Default::default();
        let prefix = match shown(root).as_str() {
            "" => String::new(),
            "/" => "/".to_owned(),
            name => format!("{name}/"),
        };
        Self { files, out, evidence, root: root.to_owned(), prefix, documents }
    }

    /// The folder of the instance.
    pub(crate) fn root(&mut self) -> Folder {
        let (root, display) = (self.root.clone(), shown(&self.root));
        self.open(&root, &display)
    }

    /// Reads the resources of the service or of a workspace.
    pub(crate) fn resources(&mut self, folder: &Folder, layer: Layer) -> Resources {
        let mut resources = Resources {
            policy: self.policy(Some(folder), layer),
            named_values: self.table(folder, layer, NAMED_VALUES, |reader, found| {
                NamedValue::read(&found.name, found.definition, &mut reader.out)
            }),
            fragments: self.table(folder, layer, FRAGMENTS, Self::fragment),
            backends: self.table(folder, layer, BACKENDS, |reader, found| {
                Backend::read(&found.name, found.definition, &mut reader.out)
            }),
            loggers: self.table(folder, layer, LOGGERS, |reader, found| {
                Logger::read(&found.name, found.definition, &mut reader.out)
            }),
            diagnostics: self.diagnostics(Some(folder), layer),
            version_sets: self.table(folder, layer, VERSION_SETS, |reader, found| {
                VersionSet::read(&found.name, found.definition, &mut reader.out)
            }),
            groups: self.table(folder, layer, GROUPS, Self::group),
            users: self.table(folder, layer, USERS, Self::user),
            subscriptions: self.table(folder, layer, SUBSCRIPTIONS, |reader, found| {
                Subscription::read(&found.name, found.definition, &mut reader.out)
            }),
            gateways: self.table(folder, layer, GATEWAYS, Self::gateway),
            products: self.table(folder, layer, PRODUCTS, Self::product),
            schemas: self.table(folder, layer, SCHEMAS, |reader, found| {
                Schema::read(&found.name, found.definition, &mut reader.out)
            }),
            apis: self.apis(folder, layer),
            tags: Table::default(),
        };
        self.settle_revisions(&mut resources.apis);
        self.inline_version_sets(&mut resources);
        resources.tags = self.table(folder, layer, TAGS, |reader, found| {
            if let Some(folder) = &found.folder {
                reader.tag_links(folder, &found.name, &mut resources.apis, &mut resources.products);
            }
            Tag::read(&found.name, found.definition, &mut reader.out)
        });
        resources
    }

    /// Whether the folder holds anything that an instance consists of.
    pub(crate) fn is_instance(&mut self) -> bool {
        let root = self.root();
        let kinds = [
            "apis",
            "backends",
            "diagnostics",
            "gateways",
            "groups",
            "loggers",
            "namedValues",
            "policyFragments",
            "products",
            "subscriptions",
            "tags",
            "versionSets",
            "workspaces",
        ];
        root.file("policy.xml").is_some() || kinds.iter().any(|kind| root.folders(kind).next().is_some())
    }

    /// Reads the workspaces of the service: name, title and resources of each.
    pub(crate) fn workspaces(&mut self, folder: &Folder, layer: Layer) -> Table<crate::Workspace> {
        self.table(folder, layer, WORKSPACES, |reader, found| {
            let properties = found.definition.properties();
            let display_name = properties.text("displayName", &mut reader.out);
            let description = properties.text("description", &mut reader.out);
            if found.definition.is_explicit() {
                reader.evidence.version_6_file = true;
            }
            let resources = found.folder.as_ref().map(|folder| reader.resources(folder, found.layer));
            crate::Workspace {
                display_name: display_name.unwrap_or_else(|| found.name.clone()),
                name: found.name,
                description,
                resources: resources.unwrap_or_default(),
                definition: found.definition,
            }
        })
    }

    /// Reads every resource of one kind: those with a folder, and those that the overlay adds.
    fn table<'o, T: Named>(
        &mut self,
        parent: &Folder,
        layer: Layer<'o>,
        kind: Kind,
        mut read: impl FnMut(&mut Self, Found<'o>) -> T,
    ) -> Table<T> {
        let mut table = Table::default();
        for folder in self.children(parent, kind.folder) {
            let name = folder.own_name().to_owned();
            if table.contains(&name) {
                let message = format!("there are two {}s called `{name}`; case does not tell them apart", kind.noun);
                self.out.at(&DUPLICATE_NAME, Place::file(folder.display()), message);
                continue;
            }
            let (definition, layer) = self.definition(&folder, kind, |root| {
                let by_name = layer.entry(kind.folder, &name);
                // The names of extracted named values are numbers; who writes an overlay knows the display names.
                match displayed(root).filter(|_| by_name.is_empty() && kind.folder == NAMED_VALUES.folder) {
                    Some(displayed) => layer.entry(kind.folder, displayed),
                    None => by_name,
                }
            });
            table.push(read(self, Found { name, folder: Some(folder), definition, layer }));
        }
        for (name, place) in layer.unused(kind.folder) {
            self.unmatched(name, place, kind, &table);
            let entry = layer.entry(kind.folder, name);
            if kind.is_addable && !table.contains(name) {
                let definition = entry.merge_into(None).unwrap_or_else(|| Definition::implicit(Place::file(name)));
                table.push(read(self, Found { name: name.to_owned(), folder: None, definition, layer: entry }));
            }
        }
        table
    }

    /// Reports an entry of the overlay for a resource that is not there: always where it cannot be added, and where
    /// it is probably misspelt.
    fn unmatched<T: Named>(&mut self, name: &str, place: Place, kind: Kind, table: &Table<T>) {
        let near = self.out.nearest(name, table.names());
        if kind.is_addable && near.is_none() {
            return;
        }
        let message = format!("the instance has no {} called `{name}`", kind.noun);
        self.out.missing(&UNMATCHED_NAME, &place, message, name, near.into_iter());
    }

    /// The definition of a resource: its information file with the entry of the overlay merged in that `entry` finds.
    pub(crate) fn definition<'o>(
        &mut self,
        folder: &Folder,
        kind: Kind,
        entry: impl FnOnce(Option<&Node>) -> Layer<'o>,
    ) -> (Definition, Layer<'o>) {
        let file = kind.information.iter().find_map(|name| folder.file(name)).map(str::to_owned);
        let has_file = file.is_some();
        let source = file.and_then(|name| self.information(folder, &name));
        let root = source.and_then(|source| self.json(&source, kind.has_secrets)).filter(|root| self.is_object(root));
        let layer = entry(root.as_ref());
        if let Some(definition) = layer.merge_into(root) {
            return (definition, layer);
        }
        if kind.is_required && !has_file {
            let name = kind.information.first().copied().unwrap_or_default();
            let message = format!("the folder of the {} `{}` holds no `{name}`", kind.noun, folder.own_name());
            self.out.at(&MISSING_INFORMATION, Place::file(folder.display()), message);
        }
        (Definition::implicit(Place::file(folder.display())), layer)
    }

    fn is_object(&mut self, root: &Node) -> bool {
        let is_object = root.as_object().is_some();
        if !is_object {
            let message = format!("the file holds {}, and an object is read", root.kind());
            self.out.at(&crate::findings::WRONG_TYPE, root, message);
        }
        is_object
    }

    fn information(&mut self, folder: &Folder, name: &str) -> Option<Source> {
        let old = ["apiVersionSetInformation.json", "apiVersionSet.json"];
        self.evidence.old_version_set_file |= old.iter().any(|old| old.eq_ignore_ascii_case(name));
        self.read(folder, name, MAX_FILE_BYTES)
    }

    /// The policy of a scope: what the overlay says, else the file.
    pub(crate) fn policy(&mut self, folder: Option<&Folder>, layer: Layer) -> Option<Policy> {
        let file = folder.and_then(|folder| {
            let name = folder.file("policy.xml")?.to_owned();
            self.read(folder, &name, MAX_FILE_BYTES).map(Policy::file)
        });
        let properties = layer.entry("policies", "policy").properties();
        let properties = Members::of(properties.as_ref());
        match (Policy::read(properties, &mut self.out), file) {
            (Some(overlaid), _) => Some(overlaid),
            (None, Some(file)) => {
                let format = crate::resources::policy::format(properties, &mut self.out).unwrap_or(file.format);
                Some(Policy { format, ..file })
            }
            (None, None) => None,
        }
    }

    fn fragment(&mut self, found: Found) -> Fragment {
        let properties = found.layer.properties();
        let overlaid = Policy::read(Members::of(properties.as_ref()), &mut self.out);
        let file = match overlaid {
            Some(overlaid) => Some(overlaid),
            None => self.policy(found.folder.as_ref(), found.layer),
        };
        let fragment = Fragment::read(&found.name, found.definition, file, &mut self.out);
        if let Some(folder) =
            found.folder.filter(|folder| fragment.policy.is_none() && folder.file("policy.xml").is_none())
        {
            let message = format!("the folder of the policy fragment `{}` holds no `policy.xml`", fragment.name);
            self.out.at(&MISSING_INFORMATION, Place::file(folder.display()), message);
        }
        fragment
    }

    fn diagnostics(&mut self, folder: Option<&Folder>, layer: Layer) -> Table<DiagnosticSettings> {
        let Some(folder) = folder else { return Table::default() };
        self.table(folder, layer, DIAGNOSTICS, |reader, found| {
            DiagnosticSettings::read(&found.name, found.definition, &mut reader.out)
        })
    }

    fn product(&mut self, found: Found) -> Product {
        let mut product = Product::read(&found.name, found.definition, &mut self.out);
        product.policy = self.policy(found.folder.as_ref(), found.layer);
        if let Some(folder) = &found.folder {
            product.apis = self.links(folder, &links::APIS);
            product.groups = self.links(folder, &links::GROUPS);
            product.tags = self.links(folder, &links::TAGS);
        }
        let own = links::listed(product.definition.properties(), "tags");
        product.tags.extend(own);
        product
    }

    fn group(&mut self, found: Found) -> Group {
        let mut group = Group::read(&found.name, found.definition, &mut self.out);
        if let Some(folder) = &found.folder {
            group.users = self.links(folder, &links::USERS);
        }
        group
    }

    fn user(&mut self, found: Found) -> User {
        let mut user = User::read(&found.name, found.definition, &mut self.out);
        if let Some(folder) = &found.folder {
            user.groups = self.links(folder, &links::GROUPS);
        }
        let own = links::listed(user.definition.properties(), "groups");
        user.groups.extend(own);
        user
    }

    fn gateway(&mut self, found: Found) -> Gateway {
        let mut gateway = Gateway::read(&found.name, found.definition, &mut self.out);
        if let Some(folder) = &found.folder {
            gateway.apis = self.links(folder, &links::APIS);
        }
        gateway
    }
}

/// The display name that an information file gives.
fn displayed(root: Option<&Node>) -> Option<&str> {
    let root = root?;
    let properties = root.as_object()?.get_ignoring_case("properties").map_or(root, |member| &member.value);
    properties.as_object()?.get_ignoring_case("displayName")?.value.as_str()
}
