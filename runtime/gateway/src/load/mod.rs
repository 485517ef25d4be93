//! One generation of the configuration: a bundle that was verified, bound to this gateway, and laid out for requests.
//!
//! Nothing in it changes while it serves, but what is counted about backends.
//!
//! Not here: how requests are matched (`route`), and the form of bundles (`bundle`).

mod facts;
pub(crate) mod keys;

use std::path::{Path, PathBuf};

use bundle::container::{self, Processor, ReadError, Target};
use bundle::document::{Document, DocumentName};
use bundle::manifest::{Api as ApiDescription, Manifest, MockResponse, Versioning};
use dotnet::context::facts as context;
use engine::documents::{Chain, DocumentId, Documents};
use engine::load::Secrets;
use http::{HeaderMap, HeaderName};
use services::backends::BackendSets;

use crate::route::suffix::Suffixes;
use crate::route::template::Templates;
use keys::Keys;

/// Why a bundle is not served.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The file is no bundle that this machine can run.
    #[error(transparent)]
    Bundle(#[from] ReadError),
    /// A document needs what this gateway does not have.
    #[error(transparent)]
    Document(#[from] engine::load::LoadError),
    /// A backend cannot be what the instance says.
    #[error(transparent)]
    Backend(#[from] services::backends::BackendError),
}

/// One generation of the configuration.
pub struct Loaded {
    pub(crate) documents: Documents,
    pub(crate) apis: Vec<Api>,
    pub(crate) products: Vec<Product>,
    pub(crate) keys: Keys,
    pub(crate) users: Vec<context::User>,
    pub(crate) workspaces: Vec<Workspace>,
    pub(crate) backends: BackendSets,
    /// The service, as policies see it.
    pub deployment: context::Deployment,
    suffixes: Suffixes,
    global: Option<DocumentId>,
}

/// A revision of an API.
pub(crate) struct Api {
    pub(crate) facts: context::Api,
    pub(crate) workspace: Option<usize>,
    pub(crate) subscription_required: bool,
    pub(crate) key_header: HeaderName,
    /// The backend that requests go to if no policy says otherwise.
    pub(crate) backend: Option<String>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) templates: Templates,
    /// The products that it is in.
    pub(crate) products: Vec<usize>,
    /// The product that asks for no subscription.
    pub(crate) open_product: Option<usize>,
    versioning: Option<Versioned>,
    document: Option<DocumentId>,
}

/// How requests name the version that they want, where that is not in the path.
enum Versioned {
    Header(HeaderName),
    Query(String),
}

/// An operation of an API.
pub(crate) struct Operation {
    pub(crate) facts: context::Operation,
    pub(crate) responses: Vec<MockResponse>,
    document: Option<DocumentId>,
}

/// A product.
pub(crate) struct Product {
    pub(crate) facts: context::Product,
    document: Option<DocumentId>,
}

/// A workspace.
pub(crate) struct Workspace {
    pub(crate) facts: context::Workspace,
    document: Option<DocumentId>,
}

impl Loaded {
    /// The bundle of a file.
    ///
    /// # Errors
    /// If the file cannot be read, is no bundle that this machine can run, needs what this gateway does not have, or a
    /// secret has no value.
    pub fn open(path: &Path, secrets: &dyn Secrets) -> Result<Self, LoadError> {
        // Into memory of our own first: what is verified is what runs, whoever rewrites the file meanwhile.
        let file = std::fs::read(path).map_err(|error| LoadError::File { path: path.to_owned(), error })?;
        Self::read(&file, secrets)
    }

    /// A bundle in memory.
    ///
    /// # Errors
    /// As [`Loaded::open`].
    pub fn read(file: &[u8], secrets: &dyn Secrets) -> Result<Self, LoadError> {
        let current = Target { processor: Processor::current(), features: 0, hosts: engine::load::host_digest() };
        let contents = container::read(file, current)?;
        let documents: Vec<Document> = container::from_bytes(&contents.documents)?;
        let manifest: Manifest = container::from_bytes(&contents.manifest)?;
        let documents = Documents::load(&contents.code, documents, secrets, &policies::run::load_all)?;
        Self::of(documents, &manifest, secrets)
    }

    /// Documents that are ready to run, with what is known of their instance.
    ///
    /// # Errors
    /// If a secret of the manifest has no value, or a name cannot be one of a header.
    pub fn of(documents: Documents, manifest: &Manifest, secrets: &dyn Secrets) -> Result<Self, LoadError> {
        let backends = BackendSets::load(&manifest.backends, secrets)?;
        let find = |name: &DocumentName| documents.find(name);
        let workspaces = manifest.workspaces.iter().map(|workspace| Workspace {
            facts: context::Workspace { id: workspace.id.clone(), name: workspace.name.clone() },
            document: find(&DocumentName::Workspace(workspace.id.clone())),
        });
        let products = manifest.products.iter().map(|product| Product {
            facts: facts::product(product, &manifest.apis),
            document: find(&product.document()),
        });
        let mut apis = Vec::with_capacity(manifest.apis.len());
        let mut suffixes = Suffixes::default();
        for (index, api) in (0..).zip(&manifest.apis) {
            let segment = api.version.as_deref().filter(|_| api.versioning == Some(Versioning::Segment));
            suffixes.insert(index, &api.path, segment);
            apis.push(load_api(api, manifest, &documents)?);
        }
        Ok(Self {
            apis,
            products: products.collect(),
            keys: Keys::load(manifest, secrets),
            users: manifest.users.iter().map(facts::user).collect(),
            workspaces: workspaces.collect(),
            backends,
            deployment: facts::deployment(&manifest.deployment),
            suffixes,
            global: find(&DocumentName::Global),
            documents,
        })
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many operations there are.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.apis.iter().map(|api| api.operations.len()).sum()
    }

    /// The API of a request, with the path behind its suffix.
    pub(crate) fn find_api<'p>(&self, path: &'p str, query: &str, headers: &HeaderMap) -> Option<(usize, &'p str)> {
        let fits = |index: u32, revision: Option<&str>| {
            self.apis.get(index as usize).is_some_and(|api| api.fits(revision, query, headers))
        };
        self.suffixes.find(path, &fits).map(|found| (found.api as usize, found.rest))
    }

    /// The documents that a request meets, innermost first.
    pub(crate) fn chain(
        &self,
        api: Option<&Api>,
        operation: Option<&Operation>,
        product: Option<&Product>,
    ) -> Chain<'_> {
        let workspace = api.and_then(|api| self.workspaces.get(api.workspace?));
        let scopes = [
            operation.and_then(|operation| operation.document),
            api.and_then(|api| api.document),
            product.and_then(|product| product.document),
            workspace.and_then(|workspace| workspace.document),
            self.global,
        ];
        Chain::new(&self.documents, scopes.into_iter().flatten())
    }
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (documents, operations) = (self.documents(), self.operations());
        f.debug_struct("Loaded").field("documents", &documents).field("operations", &operations).finish_non_exhaustive()
    }
}

impl Api {
    /// Whether a request that names this revision, or none, and the version in its query or headers, is for this API.
    fn fits(&self, revision: Option<&str>, query: &str, headers: &HeaderMap) -> bool {
        let right_revision = match revision {
            None => self.facts.is_current_revision,
            Some(number) => self.facts.revision == number,
        };
        let asked = match &self.versioning {
            None => return right_revision,
            Some(Versioned::Header(name)) => headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned),
            Some(Versioned::Query(name)) => crate::route::query_value(query, name),
        };
        right_revision && asked.filter(|version| !version.is_empty()) == self.facts.version
    }
}

fn load_api(api: &ApiDescription, manifest: &Manifest, documents: &Documents) -> Result<Api, LoadError> {
    let is_in = |product: &bundle::manifest::Product| {
        let is_it = |id: &String| id.eq_ignore_ascii_case(api.base_id());
        product.workspace == api.workspace && product.apis.iter().any(is_it)
    };
    let products: Vec<usize> =
        manifest.products.iter().enumerate().filter(|(_, product)| is_in(product)).map(|(index, _)| index).collect();
    let is_open = |index: &&usize| manifest.products.get(**index).is_some_and(|product| !product.subscription_required);
    let operations = api.operations.iter().map(|operation| Operation {
        facts: facts::operation(operation),
        responses: operation.responses.clone(),
        document: documents.find(&api.operation_document(operation)),
    });
    let versioning = match &api.versioning {
        Some(Versioning::Header(name)) => Some(Versioned::Header(header_name(name)?)),
        Some(Versioning::Query(name)) => Some(Versioned::Query(name.clone())),
        Some(Versioning::Segment) | None => None,
    };
    let workspace = api.workspace.as_deref();
    Ok(Api {
        facts: facts::api(api),
        workspace: manifest.workspaces.iter().position(|known| Some(known.id.as_str()) == workspace),
        subscription_required: api.subscription_required,
        key_header: header_name(&api.key_header)?,
        backend: api.backend.clone(),
        operations: operations.collect(),
        templates: Templates::new(&api.operations),
        open_product: products.iter().find(is_open).copied(),
        products,
        versioning,
        document: documents.find(&api.document()),
    })
}

fn header_name(name: &str) -> Result<HeaderName, LoadError> {
    let wrong = |_| engine::load::LoadError::HeaderName { name: name.to_owned() };
    Ok(HeaderName::from_bytes(name.as_bytes()).map_err(wrong)?)
}
