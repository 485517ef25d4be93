//! Typed documents to machine code; the only crate that knows Cranelift.
//!
//! Each document becomes one stretch of code without relocations: it calls members through the table in its context,
//! reads literals and types from a pool there, and reaches its own functions by their distance.
//!
//! [`assemble`] puts a bundle together. [`manifest`] is the other half of a bundle: what the gateway is told of the instance.
//!
//! Not here: what is compiled (`ir`), the file it is written to (`bundle`), and running it (`engine`).
#![forbid(unsafe_code)]

pub mod assemble;
mod call;
mod expr;
mod function;
mod link;
pub mod manifest;
mod number;
mod object;
mod pool;
mod segment;
mod stmt;

pub use segment::uncompiled;

use std::sync::Arc;

use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{Function, Signature, UserFuncName};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_frontend::FunctionBuilderContext;

use link::Linker;
use pool::Pool;

/// Why a document could not be compiled. None of these is the policy author's fault.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// There is no code generator for this processor.
    #[error("this version generates code for x86-64 only")]
    Processor,
    /// The code generator refused a function; a fault of ours.
    #[error("the code generator refused `{function}`: {reason}")]
    Refused {
        /// The function.
        function: String,
        /// What it said.
        reason: String,
    },
    /// The code of a document passes what one document may have.
    #[error("the code of `{function}` is too large")]
    TooLarge {
        /// Where the limit was passed.
        function: String,
    },
}

/// The largest machine code of a document, in bytes.
const MAX_CODE: usize = 16 << 20;

/// Compiles documents for this machine's processor, without using anything beyond its baseline.
pub struct Compiler {
    isa: OwnedTargetIsa,
}

/// The code of one document.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// Machine code, without relocations.
    pub bytes: Vec<u8>,
    /// What goes into the bundle beside it; its code begins at 0.
    pub document: bundle::document::Document,
}

impl Compiler {
    /// A compiler for the processor that this program runs on.
    ///
    /// # Errors
    /// If there is no code generator for it.
    pub fn new() -> Result<Self, CompileError> {
        let mut flags = settings::builder();
        let on = [
            ("opt_level", "speed"),
            ("enable_verifier", "true"),
            // Functions of a document are reached by their distance, which needs no table of addresses.
            ("is_pic", "false"),
            ("preserve_frame_pointers", "true"),
            ("unwind_info", "false"),
            ("enable_probestack", "false"),
        ];
        for (name, value) in on {
            flags.set(name, value).map_err(|_| CompileError::Processor)?;
        }
        let triple =
            target_lexicon::Triple { architecture: target_lexicon::Architecture::X86_64, ..target_lexicon::HOST };
        if cfg!(not(target_arch = "x86_64")) {
            return Err(CompileError::Processor);
        }
        let builder = cranelift_codegen::isa::lookup(triple).map_err(|_| CompileError::Processor)?;
        let isa = builder.finish(Flags::new(flags)).map_err(|_| CompileError::Processor)?;
        Ok(Self { isa })
    }

    /// Compiles a document that was folded and cut into segments.
    ///
    /// # Errors
    /// If the code generator refuses a part of it, which is a fault of ours.
    pub fn compile(
        &self,
        name: bundle::document::DocumentName,
        document: &ir::document::Document,
        segmented: &ir::segment::Segmented,
    ) -> Result<Code, CompileError> {
        let mut work = Work::new(&self.isa);
        let mut exits = segment::Exits::default();
        let mut segments = Vec::new();
        for (index, segment) in segmented.segments.iter().enumerate() {
            let id = work.linker.segment(index);
            segments.push(id);
            let function = segment::translate(&mut work, segment, &document.functions, &mut exits);
            work.define(id, &segment.name, function)?;
        }
        for (index, function) in document.functions.iter().enumerate() {
            let id = work.linker.function(index);
            let translated = function::translate(&mut work, function, &document.functions);
            work.define(id, &function.name, translated)?;
        }
        let linked = work.linker.link();
        let offset = |id: link::CodeId| linked.offsets.get(id.index()).copied().unwrap_or(0);
        let mut out = bundle::document::Document {
            name,
            code: bundle::document::Span { start: 0, len: u32::try_from(linked.bytes.len()).unwrap_or(u32::MAX) },
            segments: segments.iter().map(|id| offset(*id)).collect(),
            exits: exits.into_list(),
            symbols: linked.symbols,
            slots: document.slots,
            ..segment::frame(document, segmented)
        };
        for index in segment::deferred(document) {
            out.functions.push((index, offset(link::CodeId::function(index as usize, segments.len()))));
        }
        (out.imports, out.pool) = work.pool.into_lists();
        Ok(Code { bytes: linked.bytes, document: out })
    }

    /// Compiles functions alone, for evaluating single expressions.
    ///
    /// # Errors
    /// As [`Compiler::compile`].
    pub fn compile_functions(&self, functions: &[ir::tree::Function]) -> Result<Code, CompileError> {
        let document = ir::document::Document { functions: functions.to_vec(), ..ir::document::Document::default() };
        let segmented = ir::segment::Segmented::default();
        let mut code = self.compile(bundle::document::DocumentName::Global, &document, &segmented)?;
        let offsets: Vec<(u32, u32)> =
            code.document.symbols.iter().zip(0..).map(|((_, span), index)| (index, span.start)).collect();
        code.document.functions = offsets;
        Ok(code)
    }
}

/// What is shared while the functions of a document are translated.
struct Work<'w> {
    isa: &'w dyn TargetIsa,
    context: Context,
    frontend: FunctionBuilderContext,
    linker: Linker,
    pool: Pool,
}

impl<'w> Work<'w> {
    fn new(isa: &'w OwnedTargetIsa) -> Self {
        Self {
            isa: Arc::as_ref(isa),
            context: Context::new(),
            frontend: FunctionBuilderContext::new(),
            linker: Linker::default(),
            pool: Pool::default(),
        }
    }

    fn signature(&self) -> Signature {
        Signature::new(CallConv::SystemV)
    }

    /// An empty function with a name that the linker understands.
    fn function(&self, signature: Signature) -> Function {
        Function::with_name_signature(UserFuncName::user(0, 0), signature)
    }

    /// Compiles a translated function and hands its code to the linker.
    fn define(&mut self, id: link::CodeId, name: &str, function: Function) -> Result<(), CompileError> {
        let refused = |reason: String| CompileError::Refused { function: name.to_owned(), reason };
        self.context.clear();
        let names = function.params.user_named_funcs().clone();
        self.context.func = function;
        let compiled = self.context.compile(self.isa, &mut ControlPlane::default());
        let compiled = compiled.map_err(|error| refused(format!("{:?}", error.inner)))?;
        let relocations = link::relocations(compiled.buffer.relocs(), &names);
        let relocations = relocations.ok_or_else(|| refused("a relocation of an unknown kind".to_owned()))?;
        let code = compiled.buffer.data();
        if self.linker.len() + code.len() > MAX_CODE {
            return Err(CompileError::TooLarge { function: name.to_owned() });
        }
        self.linker.define(id, name, code, relocations);
        Ok(())
    }
}
