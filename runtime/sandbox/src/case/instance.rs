//! The instance of a case: the files that its blocks become, with the places that they came from.
//!
//! A case that does not say otherwise has one API at the root of the gateway, whose operations take every method and
//! path, and whose backend is `https://backend.example`. Every subscription key works that a caller would be given:
//! `key-primary` for all APIs, and `key-product` for the product, where the case has one. A case for an instance on disk
//! has that instance and nothing else, besides what its blocks replace.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use grammar::diagnostic::Diagnostic;
use grammar::source::{MappedText, Source, Span};
use instance::files::{Disk, Entry, Files, InMemory};
use instance::{Instance, Options, ReadError};
use ir::document::Section;
use serde_json::json;

use super::message::Misread;
use super::setting::{Place, Setting, SettingKind};

/// The methods of a case's operations, where it names none.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
/// The folder of a case's API.
const API: &str = "apis/api";

/// What the instance of a case is made of.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The blocks of the case alone.
    Case,
    /// A folder, with the overlay of an environment.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The environment.
        environment: Option<String>,
    },
}

/// The instance of a case.
pub struct CaseInstance {
    /// What was read.
    pub instance: Instance,
    /// What was found while it was read.
    pub diagnostics: Vec<Diagnostic>,
    places: Places,
}

/// Why there is no instance.
#[derive(Debug)]
pub enum SettingError {
    /// A block cannot be read.
    Misread(Misread),
    /// The folder cannot be read.
    Folder(ReadError),
}

impl From<Misread> for SettingError {
    fn from(misread: Misread) -> Self {
        Self::Misread(misread)
    }
}

/// Where the texts of files came from.
#[derive(Default)]
struct Places {
    /// By the names that sources have.
    files: BTreeMap<String, MappedText>,
}

impl CaseInstance {
    /// Makes the instance of a case.
    ///
    /// # Errors
    /// If a block says what cannot be, or the folder cannot be read.
    pub fn new(settings: &[Setting], source: &Source, origin: &Origin) -> Result<Self, SettingError> {
        let mut builder = Builder { source, files: BTreeMap::new(), sections: BTreeMap::new() };
        if matches!(origin, Origin::Case) {
            builder.defaults(settings);
        }
        for setting in settings {
            builder.add(setting, origin)?;
        }
        builder.join_sections();
        let root = match origin {
            Origin::Case => PathBuf::new(),
            Origin::Folder { folder, .. } => folder.clone(),
        };
        let (mut above, mut places) = (InMemory::default(), Places::default());
        for (path, text) in builder.files {
            let path = root.join(path);
            above.insert(path.clone(), text.text());
            places.files.insert(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"), text);
        }
        let options = match origin {
            Origin::Case => Options { environment: None, variables: &|_| None },
            Origin::Folder { environment, .. } => Options { environment: environment.clone(), ..Options::default() },
        };
        let below = match origin {
            Origin::Case => None,
            Origin::Folder { folder, .. } => Some(
                Disk::new(folder)
                    .map_err(|error| SettingError::Folder(ReadError::Folder { folder: folder.clone(), error }))?,
            ),
        };
        let layered = Layered { below, above };
        let (instance, diagnostics) = Instance::read_from(&layered, &root, &options).map_err(SettingError::Folder)?;
        Ok(Self { instance, diagnostics, places })
    }

    /// A diagnostic with its places in the case's file, as far as they came from there.
    #[must_use]
    pub fn placed(&self, diagnostic: Diagnostic, source: &Source) -> Diagnostic {
        let Some(text) = self.places.files.get(diagnostic.source.name()) else { return diagnostic };
        let map = |span: Span| text.source_span(span);
        let mut placed = diagnostic;
        placed.source = source.clone();
        placed.span = map(placed.span);
        for label in &mut placed.labels {
            let home = match &label.source {
                None => Some(text),
                Some(other) => self.places.files.get(other.name()),
            };
            if let Some(home) = home {
                label.span = home.source_span(label.span);
                label.source = None;
            }
        }
        for edit in placed.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = map(edit.span);
        }
        placed
    }
}

struct Builder<'s> {
    source: &'s Source,
    files: BTreeMap<String, MappedText>,
    /// The sections of documents that are given one by one.
    sections: BTreeMap<Place, BTreeMap<Section, Vec<Span>>>,
}

impl Builder<'_> {
    fn put(&mut self, path: &str, text: &str) {
        let mut mapped = MappedText::default();
        mapped.push_replacement(text, Span::empty(0));
        self.files.insert(path.to_owned(), mapped);
    }

    fn put_json(&mut self, path: &str, properties: &serde_json::Value) {
        self.put(path, &json!({ "properties": properties }).to_string());
    }

    /// What a case has that does not say otherwise.
    fn defaults(&mut self, settings: &[Setting]) {
        self.put(
            "policy.xml",
            "<policies><inbound/><backend><forward-request/></backend><outbound/><on-error/></policies>",
        );
        self.put_json(
            &format!("{API}/apiInformation.json"),
            &json!({
                "displayName": "API", "path": "", "protocols": ["https", "http"],
                "serviceUrl": "https://backend.example", "subscriptionRequired": false,
            }),
        );
        self.put_json(
            "subscriptions/subscription/subscriptionInformation.json",
            &json!({ "displayName": "Subscription", "scope": "/apis", "state": "active", "primaryKey": "key-primary" }),
        );
        let is_listed = |setting: &Setting| setting.kind == SettingKind::Operations;
        if !settings.iter().any(is_listed) {
            for method in METHODS {
                self.operation(method, "/*");
            }
        }
        let has_product =
            settings.iter().any(|setting| matches!(setting.kind, SettingKind::Document(Place::Product, _)));
        if has_product {
            self.put_json(
                "products/product/productInformation.json",
                &json!({ "displayName": "Product", "state": "published", "subscriptionRequired": false }),
            );
            self.put_json("products/product/apis/api/productApiInformation.json", &json!({}));
            self.put_json(
                "subscriptions/product/subscriptionInformation.json",
                &json!({
                    "displayName": "Product", "scope": "/products/product", "state": "active",
                    "primaryKey": "key-product",
                }),
            );
        }
    }

    /// Makes an operation; gives its folder.
    fn operation(&mut self, method: &str, template: &str) -> String {
        let folder = format!("{API}/operations/{}", operation_id(method, template));
        let parameters: Vec<_> =
            parameters(template).map(|name| json!({ "name": name, "type": "string", "required": true })).collect();
        self.put_json(
            &format!("{folder}/operationInformation.json"),
            &json!({
                "displayName": format!("{method} {template}"), "method": method, "urlTemplate": template,
                "templateParameters": parameters,
            }),
        );
        folder
    }

    fn add(&mut self, setting: &Setting, origin: &Origin) -> Result<(), Misread> {
        let misread = |message: &str| Misread { span: setting.span, message: message.to_owned() };
        let text = self.source.slice(setting.span).to_owned();
        let is_alone = matches!(origin, Origin::Case);
        match &setting.kind {
            SettingKind::Document(Place::Path(path), _) | SettingKind::File(path) => {
                let is_inside =
                    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
                if !is_inside {
                    return Err(misread("a path leads to a file of the instance"));
                }
                self.files.insert(path.clone(), MappedText::verbatim(&text, setting.span.start));
            }
            SettingKind::Document(Place::Fragment(name), _) => {
                let mapped = self.whole(setting.span, "fragment");
                self.files.insert(format!("policyFragments/{name}/policy.xml"), mapped);
            }
            SettingKind::Document(place, section) => {
                if !is_alone && *place != Place::Global {
                    return Err(misread("in a case for an instance, documents are named by the paths of their files"));
                }
                match section {
                    Some(section) => {
                        let sections = self.sections.entry(place.clone()).or_default();
                        sections.entry(*section).or_default().push(setting.span);
                    }
                    None => {
                        let path = self.path(place);
                        self.files.insert(path, MappedText::verbatim(&text, setting.span.start));
                    }
                }
            }
            SettingKind::Operations => {
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    let (method, template) =
                        line.split_once(' ').ok_or_else(|| misread("an operation is a method and a URL template"))?;
                    self.operation(method, template.trim());
                }
            }
            SettingKind::NamedValues => {
                for line in text.lines().filter(|line| !line.trim().is_empty()) {
                    let (name, value) =
                        line.split_once('=').ok_or_else(|| misread("a named value is a name, `=` and a value"))?;
                    let (name, is_secret) = match name.trim().strip_prefix("secret ") {
                        Some(name) => (name.trim(), true),
                        None => (name.trim(), false),
                    };
                    self.put_json(
                        &format!("namedValues/{name}/namedValueInformation.json"),
                        &json!({ "displayName": name, "value": value.trim(), "secret": is_secret }),
                    );
                }
            }
        }
        Ok(())
    }

    /// A document that may or may not stand in its root element.
    fn whole(&self, span: Span, root: &str) -> MappedText {
        let text = self.source.slice(span);
        if text.trim_start().starts_with(&format!("<{root}")) {
            return MappedText::verbatim(text, span.start);
        }
        let mut mapped = MappedText::default();
        mapped.push_replacement(&format!("<{root}>"), Span::empty(span.start));
        mapped.push_verbatim(text, span.start);
        mapped.push_replacement(&format!("</{root}>"), Span::empty(span.end));
        mapped
    }

    fn path(&mut self, place: &Place) -> String {
        match place {
            Place::Global => "policy.xml".to_owned(),
            Place::Product => "products/product/policy.xml".to_owned(),
            Place::Api => format!("{API}/policy.xml"),
            Place::Operation(method, template) => format!("{}/policy.xml", self.operation(method, template)),
            Place::Fragment(name) => format!("policyFragments/{name}/policy.xml"),
            Place::Path(path) => path.clone(),
        }
    }

    /// Makes documents of the sections that are given one by one. The other sections inherit; the global document sends
    /// requests on unless it says otherwise.
    fn join_sections(&mut self) {
        for (place, sections) in std::mem::take(&mut self.sections) {
            let mut mapped = MappedText::default();
            let first = sections.values().flatten().map(|span| span.start).min().unwrap_or(0);
            mapped.push_replacement("<policies>", Span::empty(first));
            for section in Section::ALL {
                let name = section.name();
                let Some(spans) = sections.get(&section) else {
                    let inherited = match (&place, section) {
                        (Place::Global, Section::Backend) => "<forward-request />",
                        (Place::Global, _) => "",
                        _ => "<base />",
                    };
                    mapped.push_replacement(&format!("<{name}>{inherited}</{name}>"), Span::empty(first));
                    continue;
                };
                mapped.push_replacement(&format!("<{name}>"), Span::empty(first));
                for span in spans {
                    mapped.push_verbatim(self.source.slice(*span), span.start);
                }
                mapped.push_replacement(&format!("</{name}>"), Span::empty(first));
            }
            mapped.push_replacement("</policies>", Span::empty(first));
            let path = self.path(&place);
            self.files.insert(path, mapped);
        }
    }
}

/// The name of an operation: `get-cars-id`.
fn operation_id(method: &str, template: &str) -> String {
    let mut id = method.to_ascii_lowercase();
    for word in template.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        id.push('-');
        id.push_str(word);
    }
    if template.contains('*') {
        id.push_str("-all");
    }
    id
}

/// The names of a URL template's parameters.
fn parameters(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name.trim_start_matches('*'))
}

/// Files in memory before those of a folder.
struct Layered {
    below: Option<Disk>,
    above: InMemory,
}

impl Files for Layered {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let above = self.above.list(folder);
        let Some(below) = &self.below else { return above };
        let below = below.list(folder);
        let (above, below) = match (above, below) {
            (Err(_), below) => return below,
            (above, Err(_)) => return above,
            (Ok(above), Ok(below)) => (above, below),
        };
        let names: BTreeSet<String> = above.iter().map(|entry| entry.shown.clone()).collect();
        let mut all = above;
        all.extend(below.into_iter().filter(|entry| !names.contains(&entry.shown)));
        all.sort_by(|a, b| a.shown.cmp(&b.shown));
        Ok(all)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match (self.above.read(path, limit), &self.below) {
            (Err(error), Some(below)) if error.kind() == io::ErrorKind::NotFound => below.read(path, limit),
            (read, _) => read,
        }
    }
}
