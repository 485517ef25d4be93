//! Puts a bundle together: every document compiled, one after the other in one stretch of code, and the manifest.
//!
//! Not here: what the documents mean (`check`), and how a bundle lies in a file (`bundle`).

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bundle::container::{self, Contents, Processor, Target};
use bundle::document::{Document, DocumentName, Span};
use bundle::manifest::qualified;
use instance::Instance;
use instance::documents::{PolicyDocument, Scope};
use instance::model::secret::Secret;

use crate::{Code, CompileError, Compiler};

/// Where a document's code begins: at a multiple of this many bytes, so that processors fetch it well.
const ALIGNMENT: usize = 16;

/// An instance that was compiled.
#[derive(Debug, Default)]
pub struct Assembled {
    /// What goes into the bundle.
    pub contents: Contents,
    /// The values of the secrets that the bundle names, as far as the instance has them. They stay outside.
    pub secrets: BTreeMap<String, Secret>,
    /// How large each document became.
    pub sizes: Vec<Size>,
}

/// How large a document became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The document.
    pub name: DocumentName,
    /// How many policies it has.
    pub policies: usize,
    /// How many functions its expressions, lambdas and segments became.
    pub functions: usize,
    /// How many bytes of code.
    pub code: usize,
}

impl Assembled {
    /// The bytes of the bundle, for this machine and a gateway whose host calls have this digest.
    #[must_use]
    pub fn to_bytes(&self, hosts: [u8; 32]) -> Vec<u8> {
        container::write(&self.contents, Target { processor: Processor::current(), features: 0, hosts })
    }
}

/// The name of a document in the bundle; none for resolvers, which are not compiled.
#[must_use]
pub fn document_name(document: &PolicyDocument<'_>) -> Option<DocumentName> {
    let own = |id: &str| qualified(document.workspace.map(|workspace| workspace.name.as_str()), id);
    Some(match document.scope {
        Scope::Global => DocumentName::Global,
        Scope::Workspace(workspace) => DocumentName::Workspace(workspace.name.clone()),
        Scope::Product(product) => DocumentName::Product(own(&product.name)),
        Scope::Api(api) => DocumentName::Api(own(&api.name)),
        Scope::Operation(api, operation) => DocumentName::Operation(own(&api.name), operation.name.clone()),
        Scope::Fragment(fragment) => DocumentName::Fragment(own(&fragment.name)),
        Scope::Resolver(..) => return None,
    })
}

/// Compiles the documents of an instance and makes its manifest.
///
/// # Errors
/// If the code generator refuses a document, which is a fault of ours.
pub fn assemble(
    compiler: &Compiler,
    instance: &Instance,
    documents: Vec<(DocumentName, ir::document::Document)>,
) -> Result<Assembled, CompileError> {
    let made = crate::manifest::manifest(instance);
    let mut assembled = Assembled { secrets: made.secrets, ..Assembled::default() };
    let (mut placed, mut listings) = (Vec::new(), Vec::new());
    for compiled in compile_all(compiler, documents) {
        let (code, listing) = compiled?;
        let name = code.document.name.clone();
        listings.push((name.to_string(), listing));
        assembled.sizes.push(Size {
            name,
            policies: code.document.policies.len(),
            functions: code.document.symbols.len(),
            code: code.bytes.len(),
        });
        placed.push(place(code, &mut assembled.contents)?);
    }
    assembled.contents.manifest = container::to_bytes(&made.manifest);
    assembled.contents.documents = container::to_bytes(&placed);
    assembled.contents.listings = container::to_bytes(&listings);
    Ok(assembled)
}

/// A document's code with its typed form as text.
type Compiled = Result<(Code, String), CompileError>;

/// Compiles on every core; the results stand in the order of the documents.
fn compile_all(compiler: &Compiler, documents: Vec<(DocumentName, ir::document::Document)>) -> Vec<Compiled> {
    let count = documents.len();
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(count.max(1));
    if cores == 1 {
        return documents.into_iter().map(|(name, document)| compile(compiler, name, document)).collect();
    }
    let next = AtomicUsize::new(0);
    let waiting: Vec<Mutex<Option<_>>> = documents.into_iter().map(|document| Mutex::new(Some(document))).collect();
    let done: Vec<Mutex<Option<Compiled>>> = (0..count).map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((slot, result)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    waiting.get(index).zip(done.get(index))
                } {
                    let document = slot.lock().ok().and_then(|mut slot| slot.take());
                    let compiled = document.map(|(name, document)| compile(compiler, name, document));
                    if let Ok(mut result) = result.lock() {
                        *result = compiled;
                    }
                }
            });
        }
    });
    done.into_iter().filter_map(|result| result.into_inner().ok().flatten()).collect()
}

/// Compiles one document, with every pass over it.
fn compile(compiler: &Compiler, name: DocumentName, mut document: ir::document::Document) -> Compiled {
    ir::fold::fold(&mut document);
    let mut segmented = ir::segment::segment(&document);
    segmented.segments.iter_mut().for_each(ir::join::join);
    let listing = ir::print::document(&document, &segmented);
    Ok((compiler.compile(name, &document, &segmented)?, listing))
}

/// Appends a document's code to the bundle's.
fn place(code: Code, contents: &mut Contents) -> Result<Document, CompileError> {
    let name = code.document.name.to_string();
    let too_large = || CompileError::TooLarge { function: name.clone() };
    contents.code.resize(contents.code.len().next_multiple_of(ALIGNMENT), 0);
    let start = u32::try_from(contents.code.len()).map_err(|_| too_large())?;
    let mut document = code.document;
    document.code = Span { start, len: u32::try_from(code.bytes.len()).map_err(|_| too_large())? };
    contents.code.extend_from_slice(&code.bytes);
    for (function, span) in &document.symbols {
        contents.symbols.push((format!("{name}: {function}"), start + span.start, span.len));
    }
    Ok(document)
}
