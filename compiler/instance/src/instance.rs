//! The instance as a whole: what it is, how it is opened, and what it answers.
//!
//! Not here: the resources (`resources`), the folders (`read`).

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use grammar::diagnostic::Diagnostic;
use grammar::source::Span;

use crate::checks;
use crate::files::{Disk, EntryKind, Files, MAX_FILE_BYTES};
use crate::findings::{BROKEN_JSON, BROKEN_YAML, Place};
use crate::layout::Layout;
use crate::model::definition::Definition;
use crate::model::table::{Table, fold};
use crate::overlay::{MISSING_VARIABLE, Overlay};
use crate::read::{Folder, Reader};
use crate::redact::{redact_broken, redact_overlay};
use crate::resources::api::Api;
use crate::resources::backend::Backend;
use crate::resources::gateway::{Gateway, Schema, Tag};
use crate::resources::group::{Group, User};
use crate::resources::logger::{DiagnosticSettings, Logger};
use crate::resources::named;
use crate::resources::named_value::NamedValue;
use crate::resources::policy::{Fragment, Policy};
use crate::resources::product::Product;
use crate::resources::subscription::Subscription;
use crate::resources::version_set::VersionSet;
use crate::text::tokens::Hidden;
use crate::text::{Parsed, json, yaml};

/// The environment whose overlay is taken where none is named.
pub const DEFAULT_ENVIRONMENT: &str = "dev";

/// An API Management service.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// The folder layout it was read from.
    pub layout: Layout,
    /// The environment whose overlay was merged in.
    pub environment: Option<String>,
    /// What belongs to the service itself.
    pub service: Resources,
    /// Its workspaces.
    pub workspaces: Table<Workspace>,
}

/// The resources of the service or of a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resources {
    /// The policy of all APIs.
    pub policy: Option<Policy>,
    /// APIs and their revisions.
    pub apis: Table<Api>,
    /// Products.
    pub products: Table<Product>,
    /// Subscriptions.
    pub subscriptions: Table<Subscription>,
    /// Named values by the names of their resources; policies use [`Resources::named_value`].
    pub named_values: Table<NamedValue>,
    /// Policy fragments.
    pub fragments: Table<Fragment>,
    /// Backends.
    pub backends: Table<Backend>,
    /// Version sets.
    pub version_sets: Table<VersionSet>,
    /// Groups; the built-in ones only where the instance describes them.
    pub groups: Table<Group>,
    /// Users.
    pub users: Table<User>,
    /// Loggers.
    pub loggers: Table<Logger>,
    /// What of all requests is logged.
    pub diagnostics: Table<DiagnosticSettings>,
    /// Self-hosted gateways.
    pub gateways: Table<Gateway>,
    /// Tags.
    pub tags: Table<Tag>,
    /// Schemas that all APIs share.
    pub schemas: Table<Schema>,
}

/// A workspace: a part of the service with resources of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// Its name.
    pub name: String,
    /// Its title; the name where there is none.
    pub display_name: String,
    /// What its author says of it.
    pub description: Option<String>,
    /// What belongs to it.
    pub resources: Resources,
    /// What it was read from.
    pub definition: Definition,
}

named!(Workspace);

/// How an instance is read.
pub struct Options<'o> {
    /// The environment whose overlay is merged in; without one `dev`, where it has an overlay.
    pub environment: Option<String>,
    /// What an environment variable holds, for the placeholders of the overlay.
    pub variables: &'o dyn Fn(&str) -> Option<String>,
}

impl Default for Options<'_> {
    /// No environment by name, and the variables of this process.
    fn default() -> Self {
        Self { environment: None, variables: &|name| std::env::var(name).ok() }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("environment", &self.environment).finish_non_exhaustive()
    }
}

/// Why an instance could not be read at all: a fault of whoever asked, not of the instance.
#[derive(Debug)]
pub enum ReadError {
    /// The folder is not there, is no folder, or may not be read.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no overlay for the environment.
    UnknownEnvironment {
        /// What was asked for.
        name: String,
        /// The environments that there are overlays for.
        known: Vec<String>,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { folder, error } => write!(f, "cannot read the folder `{}`: {error}", folder.display()),
            Self::UnknownEnvironment { name, known } if known.is_empty() => {
                write!(f, "there is no environment `{name}`: the instance has no `configuration.<environment>.yaml`")
            }
            Self::UnknownEnvironment { name, known } => {
                write!(f, "there is no environment `{name}`; there is an overlay for `{}`", known.join("`, `"))
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder { error, .. } => Some(error),
            Self::UnknownEnvironment { .. } => None,
        }
    }
}

/// An overlay that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name: `prod` of `configuration.prod.yaml`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
}

impl Instance {
    /// Reads the instance in `folder` from disk.
    ///
    /// Overlays stand in the folder or, if it holds none, beside it, where the tools that publish instances keep them.
    ///
    /// # Errors
    /// If the folder cannot be read, or there is no overlay for the environment that was named.
    pub fn read(folder: &Path, options: &Options) -> Result<(Self, Vec<Diagnostic>), ReadError> {
        let disk = Disk::new(folder).map_err(|error| ReadError::Folder { folder: folder.to_owned(), error })?;
        Self::read_from(&disk, folder, options)
    }

    /// Reads the instance in `folder` of `files`.
    ///
    /// # Errors
    /// As [`Instance::read`].
    pub fn read_from(
        files: &dyn Files,
        folder: &Path,
        options: &Options,
    ) -> Result<(Self, Vec<Diagnostic>), ReadError> {
        files.list(folder).map_err(|error| ReadError::Folder { folder: folder.to_owned(), error })?;
        let mut reader = Reader::new(files, folder);
        let environment = choose_environment(files, folder, options)?;
        let overlay = match &environment {
            Some(environment) => read_overlay(&mut reader, environment, options),
            None => Overlay::default(),
        };
        let root = reader.root();
        let service = reader.resources(&root, overlay.layer());
        let workspaces = reader.workspaces(&root, overlay.layer());
        let layout = reader.evidence.layout();
        let environment = environment.map(|environment| environment.name);
        let instance = Self { layout, environment, service, workspaces };
        let mut out = reader.out;
        checks::check(&instance, &mut out);
        Ok((instance, out.finish()))
    }

    /// Whether `folder` holds an instance, as far as its entries tell: a global policy, or a folder of resources.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        Disk::new(folder).is_ok_and(|disk| Reader::new(&disk, folder).is_instance())
    }

    /// The environments that the instance in `folder` has overlays for.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn environments(folder: &Path) -> io::Result<Vec<Environment>> {
        Ok(environments(&Disk::new(folder)?, folder))
    }

    /// The resources of the service, then those of each workspace.
    pub fn scopes(&self) -> impl Iterator<Item = (Option<&Workspace>, &Resources)> {
        let workspaces = self.workspaces.iter().map(|workspace| (Some(workspace), &workspace.resources));
        std::iter::once((None, &self.service)).chain(workspaces)
    }
}

impl Resources {
    /// The named value that `{{name}}` means, by its display name and without regard to case.
    #[must_use]
    pub fn named_value(&self, name: &str) -> Option<&NamedValue> {
        let folded = fold(name);
        // Most named values are called as they are displayed.
        let by_name = self.named_values.get(name).filter(|value| fold(&value.display_name) == folded);
        by_name.or_else(|| self.named_values.iter().find(|value| fold(&value.display_name) == folded))
    }

    /// The fragment that `fragment-id` means.
    #[must_use]
    pub fn fragment(&self, id: &str) -> Option<&Fragment> {
        self.fragments.get(id)
    }

    /// The backend that `backend-id` means.
    #[must_use]
    pub fn backend(&self, id: &str) -> Option<&Backend> {
        self.backends.get(id)
    }

    /// The products that offer the API called `api`, revisions included, in order.
    pub fn products_of<'r>(&'r self, api: &'r str) -> impl Iterator<Item = &'r Product> {
        self.products.iter().filter(move |product| product.contains(api))
    }

    /// The version set of an API.
    #[must_use]
    pub fn version_set_of(&self, api: &Api) -> Option<&VersionSet> {
        self.version_sets.get(&api.version_set.as_ref()?.name)
    }
}

/// The folder above, where overlays may stand beside an instance.
fn above(folder: &Path) -> Option<PathBuf> {
    match folder.components().next_back() {
        None => None,
        Some(Component::Normal(_)) => folder
            .parent()
            .map(|parent| if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }),
        Some(Component::CurDir | Component::ParentDir) => Some(folder.join("..")),
        Some(Component::RootDir | Component::Prefix(_)) => None,
    }
}

/// The overlays in the folder; if it holds none, those beside it.
fn environments(files: &dyn Files, folder: &Path) -> Vec<Environment> {
    let own = overlays_in(files, folder);
    match above(folder).filter(|_| own.is_empty()) {
        Some(above) => overlays_in(files, &above),
        None => own,
    }
}

fn overlays_in(files: &dyn Files, folder: &Path) -> Vec<Environment> {
    let mut found: Vec<Environment> = Vec::new();
    for entry in files.list(folder).unwrap_or_default() {
        let Some(file) = entry.name.filter(|_| entry.kind == EntryKind::File) else { continue };
        if let Some(name) = environment_name(&file) {
            // Of two files for one environment, `.json` before `.yaml` before `.yml`, the first in order counts.
            if !found.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
                found.push(Environment { name: name.to_owned(), path: folder.join(&file) });
            }
        }
    }
    found
}

/// `prod` of `configuration.prod.yaml`. The file for `extractor` says what to extract and is no overlay.
fn environment_name(file: &str) -> Option<&str> {
    let (stem, extension) = file.rsplit_once('.')?;
    let (start, name) = stem.split_once('.')?;
    let is_overlay = start.eq_ignore_ascii_case("configuration")
        && ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
        && !name.is_empty()
        && !name.eq_ignore_ascii_case("extractor");
    is_overlay.then_some(name)
}

fn choose_environment(files: &dyn Files, folder: &Path, options: &Options) -> Result<Option<Environment>, ReadError> {
    let mut known = environments(files, folder);
    let wanted = options.environment.as_deref();
    let name = wanted.unwrap_or(DEFAULT_ENVIRONMENT);
    match known.iter().position(|environment| environment.name.eq_ignore_ascii_case(name)) {
        Some(at) => Ok(Some(known.swap_remove(at))),
        None if wanted.is_none() => Ok(None),
        None => Err(ReadError::UnknownEnvironment {
            name: name.to_owned(),
            known: known.into_iter().map(|environment| environment.name).collect(),
        }),
    }
}

fn read_overlay(reader: &mut Reader, environment: &Environment, options: &Options) -> Overlay {
    let folder = environment.path.parent().unwrap_or(Path::new(""));
    let display = shown(folder);
    let folder: Folder = reader.open(folder, &display);
    let name = environment.path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let Some(source) = reader.read(&folder, name, MAX_FILE_BYTES) else { return Overlay::default() };
    let hidden = Hidden::new(source.text());
    let mut missing = Vec::new();
    let mut replace = |text: &str, span: Span| {
        hidden.replace(text, |variable| {
            let value = (options.variables)(variable);
            if value.is_none() {
                missing.push((variable.to_owned(), span));
            }
            value
        })
    };
    let parsed = if name.to_ascii_lowercase().ends_with(".json") {
        json::parse(&source)
            .map_err(|error| (&BROKEN_JSON, error))
            .map(|parsed| Parsed { root: parsed.root.map_strings(&mut replace), ..parsed })
    } else {
        yaml::parse_text(&source, hidden.text(), &mut replace).map_err(|error| (&BROKEN_YAML, error))
    };
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err((rule, error)) => {
            reader.out.syntax(rule, &redact_broken(&source), error);
            return Overlay::default();
        }
    };
    let root = redact_overlay(&parsed.root);
    reader.out.duplicates(&root.source, &parsed.duplicates);
    for (variable, span) in missing {
        let message = format!("the environment variable `{variable}` is not set");
        reader.out.at(&MISSING_VARIABLE, Place::new(&root.source, span), message);
    }
    Overlay::new(root, &mut reader.out)
}

/// A folder's name for messages: as it was typed, with `/` on every system and without a `.` in front.
pub(crate) fn shown(folder: &Path) -> String {
    let text = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    let trimmed = text.trim_end_matches('/');
    if trimmed == "." {
        String::new()
    } else if trimmed.is_empty() && !text.is_empty() {
        "/".to_owned()
    } else {
        trimmed.to_owned()
    }
}
