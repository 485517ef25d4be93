//! Makes a compiled document ready to run: binds its imports, makes its literals, and finds its entries.

use std::collections::HashMap;

use bundle::document::{Constant, Document, TextPart, Type};
use dotnet::abi;
use dotnet::arena::Arena;
use dotnet::catalogue::{self, Body, Entry};
use dotnet::context::extensions::PreparedName;
use dotnet::cx::Cx;
use dotnet::regex::cache::PreparedRegex;
use dotnet::rt::{default_word, type_word};
use dotnet::text::Str;
use dotnet::throw::Throw;
use dotnet::ty::Ty;
use dotnet::word::Word;
use sha2::{Digest, Sha256};

use crate::code::Code;

/// Why a document or bundle was refused.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The system gives no executable memory.
    #[error("there is no executable memory: {0}")]
    Memory(#[from] std::io::Error),
    /// The code calls something that this gateway does not have.
    #[error("this gateway has no member `{name}`")]
    UnknownMember {
        /// What it calls.
        name: String,
    },
    /// The code names a type that this gateway does not have.
    #[error("this gateway has no type `{name}`")]
    UnknownType {
        /// The type's full name.
        name: String,
    },
    /// A document uses a policy that this gateway does not have.
    #[error("this gateway has no policy `{element}`")]
    UnknownPolicy {
        /// The policy's element.
        element: String,
    },
    /// The document refers to a place outside of its code or lists.
    #[error("`{document}` refers to something that it does not have")]
    Inconsistent {
        /// The document.
        document: String,
    },
    /// A secret named value has no value here.
    #[error("the secret named value `{name}` has no value")]
    MissingSecret {
        /// Its name.
        name: String,
    },
    /// A key that a policy verifies or opens tokens with cannot be used.
    #[error("the key {key} of `{element}` cannot be used: {why}")]
    Key {
        /// The policy's element.
        element: &'static str,
        /// Which of its keys, counted from 1.
        key: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A header name cannot be one.
    #[error("`{name}` cannot be the name of a header")]
    HeaderName {
        /// The name.
        name: String,
    },
}

/// A digest of what compiled code relies on beyond names: offsets in objects, and the calling convention.
#[must_use]
pub fn host_digest() -> [u8; 32] {
    let layouts = [
        dotnet::cx::layout::HOSTS,
        dotnet::cx::layout::POOL,
        dotnet::cx::layout::ARGS,
        dotnet::cx::layout::EPOCH,
        dotnet::cx::layout::DEADLINE,
        dotnet::cx::layout::DEPTH,
        dotnet::cx::layout::CONTEXT,
        dotnet::text::layout::BYTES,
        dotnet::text::layout::LEN,
        dotnet::text::layout::FLAGS,
        dotnet::array::layout::ITEMS,
        dotnet::array::layout::LEN,
        dotnet::func::layout::CODE,
        dotnet::func::layout::ENV,
    ];
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for offset in layouts {
        digest.update((offset as u64).to_le_bytes());
    }
    for (name, words) in bundle::host::CALLS {
        digest.update(name);
        digest.update([*words]);
    }
    digest.finalize().into()
}

/// What a bundle's documents share: literals, each text once.
///
/// The words in it are good as long as it lives; requests hold it.
pub struct Literals {
    arena: Arena,
    texts: HashMap<Vec<u8>, Word>,
    #[expect(clippy::vec_box, reason = "code holds the addresses of the names, which must not move")]
    names: Vec<Box<PreparedName>>,
    #[expect(clippy::vec_box, reason = "code holds the addresses of the patterns, which must not move")]
    patterns: Vec<Box<PreparedRegex>>,
}

// SAFETY: once a bundle is loaded its literals are never changed.
unsafe impl Sync for Literals {}

impl Default for Literals {
    fn default() -> Self {
        Self { arena: Arena::new(usize::MAX), texts: HashMap::new(), names: Vec::new(), patterns: Vec::new() }
    }
}

impl Literals {
    /// The word of a constant of a document.
    ///
    /// # Errors
    /// If it names a type that is not there, or a secret that has no value.
    pub fn word(&mut self, constant: &Constant, secrets: &dyn Secrets) -> Result<Word, LoadError> {
        Ok(match constant {
            Constant::Text(text) => self.text(text),
            Constant::OwnText(text) => self.own_text(text),
            Constant::Secret(parts) => self.text(&with_secrets(parts, secrets)?),
            Constant::Type(ty) => type_word(find_type(ty)?),
            Constant::Default(ty) => default_word(find_type(ty)?),
            Constant::HeaderName(name) => self.header_name(name),
            // A pattern is compiled where it is used first.
            Constant::Regex(pattern) => self.pattern(pattern),
        })
    }

    /// The word of the string with this text.
    pub fn text(&mut self, text: &[u8]) -> Word {
        if text.is_empty() {
            return Str::EMPTY.word();
        }
        if let Some(word) = self.texts.get(text) {
            return *word;
        }
        let word = Str::over_wtf8(&self.arena, self.arena.alloc_slice(text)).word();
        self.texts.insert(text.to_vec(), word);
        word
    }

    /// The word of a new string with this text.
    fn own_text(&self, text: &[u8]) -> Word {
        Str::over_wtf8(&self.arena, self.arena.alloc_slice(text)).word()
    }

    /// The word of a pattern, which is compiled where it is used first.
    fn pattern(&mut self, pattern: &[u8]) -> Word {
        let pattern = Box::new(PreparedRegex::new(pattern));
        let word = Word(std::ptr::from_ref(&*pattern) as u64);
        self.patterns.push(pattern);
        word
    }

    /// The word of a header's name, checked.
    fn header_name(&mut self, name: &[u8]) -> Word {
        let name = Box::new(PreparedName::new(&dotnet::wtf8::to_utf8(name)));
        let word = Word(std::ptr::from_ref(&*name) as u64);
        self.names.push(name);
        word
    }
}

/// The values of secret named values.
pub trait Secrets {
    /// The value of a secret named value.
    fn secret(&self, name: &str) -> Option<String>;
}

/// No secrets.
pub struct NoSecrets;

impl Secrets for NoSecrets {
    fn secret(&self, _: &str) -> Option<String> {
        None
    }
}

/// A document that can run.
pub struct Loaded {
    /// What it was loaded from.
    pub document: Document,
    hosts: Vec<*const ()>,
    pool: Vec<Word>,
    segments: Vec<*const ()>,
    functions: HashMap<u32, *const ()>,
}

// SAFETY: addresses of functions and of literals that are never changed.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

/// The functions that the engine adds to the members of .NET types, by name.
pub type Hosts<'h> = &'h [(&'static str, Entry)];

impl Loaded {
    /// Binds a document whose code lies in `code`.
    ///
    /// # Errors
    /// If it needs what this gateway does not have, or refers to what it does not have itself.
    pub fn new(
        document: Document,
        code: &Code,
        literals: &mut Literals,
        secrets: &dyn Secrets,
        hosts: Hosts<'_>,
    ) -> Result<Self, LoadError> {
        let address = |offset: u32| {
            let inside = offset < document.code.len.max(1);
            let offset = document.code.start.checked_add(offset).filter(|_| inside);
            offset.and_then(|offset| code.address(offset)).ok_or_else(|| inconsistent(&document))
        };
        let segments = document.segments.iter().map(|offset| address(*offset)).collect::<Result<_, _>>()?;
        let functions = document.functions.iter().map(|(id, offset)| Ok((*id, address(*offset)?)));
        let functions = functions.collect::<Result<_, LoadError>>()?;
        let hosts = document.imports.iter().map(|name| find_host(name, hosts)).collect::<Result<_, _>>()?;
        let pool = document.pool.iter().map(|constant| literals.word(constant, secrets));
        let pool = pool.collect::<Result<_, _>>()?;
        Ok(Self { hosts, pool, segments, functions, document })
    }

    /// Makes the document the one whose code runs next.
    #[inline]
    pub fn enter(&self, cx: &mut Cx<'_>) {
        cx.hosts = self.hosts.as_ptr();
        cx.pool = self.pool.as_ptr();
    }

    /// Runs a segment; gives the position of its exit, or the policy that threw.
    ///
    /// # Safety
    /// The document must be entered, and `cx.args` must have its slots.
    #[inline]
    pub unsafe fn run_segment(&self, cx: *mut Cx<'_>, segment: u32) -> Option<u64> {
        let address = *self.segments.get(segment as usize)?;
        // SAFETY: the code generator makes segments with this signature, and the bundle was verified.
        let segment: unsafe extern "C" fn(*mut Cx<'_>) -> u64 = unsafe { std::mem::transmute(address) };
        // SAFETY: as the caller promises.
        Some(unsafe { segment(cx) })
    }

    /// Calls a function of the document that needs nothing captured.
    ///
    /// # Errors
    /// What it throws.
    ///
    /// # Safety
    /// The document must be entered, and the words must be those of the function's parameters.
    pub unsafe fn call_function(&self, cx: &mut Cx<'_>, function: u32, args: &[Word]) -> Option<Result<Word, Throw>> {
        let address = *self.functions.get(&function)?;
        let mut words = vec![Word::ZERO];
        words.extend_from_slice(args);
        // SAFETY: as the caller promises; the first word is the captured variables.
        Some(unsafe { abi::call(address, cx, &words) }.into_result())
    }
}

fn inconsistent(document: &Document) -> LoadError {
    LoadError::Inconsistent { document: document.name.to_string() }
}

/// The function that an import means.
fn find_host(name: &str, hosts: Hosts<'_>) -> Result<*const (), LoadError> {
    if let Some((_, entry)) = hosts.iter().find(|(host, _)| *host == name) {
        return Ok(entry.code);
    }
    let (member, prepared) = match name.strip_suffix(" prepared") {
        Some(member) => (member, true),
        None => (name, false),
    };
    let body = catalogue::find_member(member).map(|member| member.body);
    match (body, prepared) {
        (Some(Body::Call(entry) | Body::Prepared(entry, ..)), false) => Ok(entry.code),
        (Some(Body::Prepared(_, _, _, entry)), true) => Ok(entry.code),
        _ => Err(LoadError::UnknownMember { name: name.to_owned() }),
    }
}

/// A text with the secrets filled in.
///
/// # Errors
/// If a secret has no value.
pub fn with_secrets(parts: &[TextPart], secrets: &dyn Secrets) -> Result<Vec<u8>, LoadError> {
    let mut text = Vec::new();
    for part in parts {
        match part {
            TextPart::Text(part) => text.extend_from_slice(part),
            TextPart::Secret(name) => {
                let value = secrets.secret(name).ok_or_else(|| LoadError::MissingSecret { name: name.clone() })?;
                text.extend_from_slice(value.as_bytes());
            }
        }
    }
    Ok(text)
}

/// The type that a name means.
fn find_type(ty: &Type) -> Result<Ty, LoadError> {
    match ty {
        Type::Named(name, args) => {
            let args = args.iter().map(find_type).collect::<Result<Vec<_>, _>>()?;
            let arity = u8::try_from(args.len()).unwrap_or(u8::MAX);
            let def = catalogue::find(name, arity).ok_or_else(|| LoadError::UnknownType { name: name.clone() })?;
            Ok(Ty::construct(def, &args))
        }
        Type::Array(element, rank) => Ok(Ty::array(find_type(element)?, *rank)),
        Type::Anonymous(properties) => {
            let types = properties.iter().map(|(name, ty)| Ok((name.as_str(), find_type(ty)?)));
            Ok(Ty::anonymous(&types.collect::<Result<Vec<_>, LoadError>>()?))
        }
    }
}
