//! From a folder to a bundle: reads, checks and compiles an instance.
//!
//! Not here: what is done with the bundle.

use std::path::Path;

use bundle::document::DocumentName;
use codegen::Compiler;
use codegen::assemble::{Assembled, assemble, document_name};
use grammar::diagnostic::{Diagnostic, Level};
use instance::{Instance, Options};

use crate::Failure;

/// An instance that was checked.
pub struct Checked {
    /// What was read.
    pub instance: Instance,
    /// Everything that was found.
    pub diagnostics: Vec<Diagnostic>,
    /// The documents that can be compiled.
    pub documents: Vec<(DocumentName, ir::document::Document)>,
}

/// Reads and checks the instance in a folder.
///
/// # Errors
/// If the folder cannot be read, or there is no such environment.
pub fn check(
    folder: &Path,
    environment: Option<&str>,
    checks: &::check::document::Options,
) -> Result<Checked, Failure> {
    let options = Options { environment: environment.map(str::to_owned), ..Options::default() };
    let (instance, mut diagnostics) = Instance::read(folder, &options).map_err(Failure::operator)?;
    let mut documents = Vec::new();
    for checked in ::check::instance::check_for(&instance, checks) {
        diagnostics.extend(checked.checked.diagnostics);
        if let Some(name) = document_name(&checked.document).filter(|_| checked.checked.is_complete) {
            documents.push((name, checked.checked.document));
        }
    }
    Ok(Checked { instance, diagnostics, documents })
}

impl Checked {
    /// Whether there are errors, so that nothing can be compiled.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level() == Level::Error)
    }

    /// Compiles the instance.
    ///
    /// # Errors
    /// If the code generator refuses it.
    pub fn assemble(self) -> Result<Assembled, Failure> {
        Ok(assemble(&Compiler::new()?, &self.instance, self.documents)?)
    }
}

/// Writes a file so that others see either the old one or the whole new one.
///
/// # Errors
/// If it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Operator(format!("cannot write `{}`: {error}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    std::fs::write(&part, bytes).map_err(failed)?;
    std::fs::rename(&part, path).map_err(|error| {
        // What is left is of no use.
        let _ = std::fs::remove_file(&part);
        failed(error)
    })
}
