//! All documents of a bundle, ready to run, and the chain of those that a request meets.

use std::collections::HashMap;

use bundle::document as format;
use bundle::document::DocumentName;

use crate::code::Code;
use crate::document::{Document, Machine};
use crate::driver::HOSTS;
use crate::load::{Literals, LoadError, Loaded, Secrets};
use crate::policy::Policy;

/// How many scopes have a document: operation, API, product, workspace, global.
pub const SCOPES: usize = 5;

/// Makes the policies of a document, in the order of their numbers.
pub type LoadPolicies<'p> = &'p dyn Fn(&[format::Policy], &dyn Secrets) -> Result<Vec<Box<dyn Policy>>, LoadError>;

/// All documents of a bundle.
///
/// They refer to its code and literals, which live as long; requests that run them hold them.
#[derive(Default)]
pub struct Documents {
    // First, so that nothing refers to code or literals that are gone.
    documents: Vec<Document>,
    names: HashMap<DocumentName, DocumentId>,
    fragments: HashMap<String, DocumentId>,
    _literals: Literals,
    _code: Option<Code>,
}

/// A document among those of its bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DocumentId(u32);

impl Documents {
    /// Makes the documents of a bundle ready to run. `code` is the code of all of them.
    ///
    /// # Errors
    /// If one of them needs what this gateway does not have, or a secret has no value.
    pub fn load(
        code: &[u8],
        documents: Vec<format::Document>,
        secrets: &dyn Secrets,
        policies: LoadPolicies<'_>,
    ) -> Result<Self, LoadError> {
        let code = Code::new(code)?;
        let mut all = Self::default();
        for document in documents {
            let policies = policies(&document.policies, secrets)?;
            let loaded = Loaded::new(document, &code, &mut all._literals, secrets, HOSTS)?;
            all.add(Document::new(loaded, policies));
        }
        all._code = Some(code);
        Ok(all)
    }

    /// The documents that run on other machines than this processor.
    ///
    /// # Errors
    /// As [`Documents::load`].
    pub fn on_machines(
        documents: impl IntoIterator<Item = (format::Document, Box<dyn Machine>)>,
        secrets: &dyn Secrets,
        policies: LoadPolicies<'_>,
    ) -> Result<Self, LoadError> {
        let mut all = Self::default();
        for (document, machine) in documents {
            let policies = policies(&document.policies, secrets)?;
            all.add(Document::on(machine, document, policies));
        }
        Ok(all)
    }

    fn add(&mut self, document: Document) {
        let id = DocumentId(u32::try_from(self.documents.len()).unwrap_or(u32::MAX));
        match document.name() {
            DocumentName::Fragment(name) => self.fragments.insert(name.clone(), id),
            name => self.names.insert(name.clone(), id),
        };
        self.documents.push(document);
    }

    /// The document of a scope.
    #[must_use]
    pub fn find(&self, name: &DocumentName) -> Option<DocumentId> {
        self.names.get(name).copied()
    }

    /// A fragment by name.
    #[must_use]
    pub fn fragment(&self, name: &str) -> Option<&Document> {
        self.get(*self.fragments.get(name)?)
    }

    /// A document.
    #[must_use]
    pub fn get(&self, id: DocumentId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// The documents that a request meets.
#[derive(Clone, Copy, Default)]
pub struct Chain<'x> {
    documents: Option<&'x Documents>,
    scopes: [DocumentId; SCOPES],
    len: u8,
}

impl<'x> Chain<'x> {
    /// The chain of these documents, innermost scope first. Beyond [`SCOPES`] of them, the outer ones are left out.
    #[must_use]
    pub fn new(documents: &'x Documents, scopes: impl IntoIterator<Item = DocumentId>) -> Self {
        let mut chain = Self { documents: Some(documents), ..Self::default() };
        for (place, id) in chain.scopes.iter_mut().zip(scopes) {
            *place = id;
            chain.len += 1;
        }
        chain
    }

    /// The document of a scope, counted from the innermost.
    #[must_use]
    pub fn scope(&self, index: usize) -> Option<&'x Document> {
        let id = self.scopes.get(..usize::from(self.len))?.get(index)?;
        self.documents?.get(*id)
    }

    /// All scopes, innermost first.
    pub fn scopes(&self) -> impl Iterator<Item = &'x Document> + use<'x> {
        let chain = *self;
        (0..usize::from(self.len)).filter_map(move |index| chain.scope(index))
    }

    /// A fragment by name.
    #[must_use]
    pub fn fragment(&self, name: &str) -> Option<&'x Document> {
        self.documents?.fragment(name)
    }
}
