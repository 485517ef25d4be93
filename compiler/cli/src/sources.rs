//! What a path on the command line means: an instance, or policy documents without one.
//!
//! Not here: what is in them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use grammar::diagnostic::Diagnostic;
use grammar::source::{Source, Span};
use instance::Instance;
use instance::files::{Disk, Files, MAX_FILE_BYTES, decode};
use instance::findings::NOT_UTF8;

use crate::Failure;

/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 64;

/// Something to check.
pub enum Target {
    /// A folder with an instance.
    Instance(PathBuf),
    /// A policy document.
    Document(PathBuf),
    /// A policy document on standard input.
    Input,
}

/// What the paths mean; folders that hold no instance are searched for both.
///
/// # Errors
/// If a path is not there or cannot be read.
pub fn targets(paths: &[PathBuf]) -> Result<Vec<Target>, Failure> {
    let mut targets = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            targets.push(Target::Input);
            continue;
        }
        let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if kind.is_dir() {
            search(path, 0, &mut targets)?;
        } else {
            targets.push(Target::Document(path.clone()));
        }
    }
    Ok(targets)
}

fn search(folder: &Path, depth: usize, targets: &mut Vec<Target>) -> Result<(), Failure> {
    if Instance::is_in(folder) {
        targets.push(Target::Instance(folder.to_owned()));
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), &error))?;
        // Links are not followed, since they may lead in circles.
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !kind.is_symlink() && !hidden {
            paths.push((entry.path(), kind.is_dir()));
        }
    }
    paths.sort();
    for (path, is_folder) in paths {
        if is_folder && depth < MAX_DEPTH {
            search(&path, depth + 1, targets)?;
        } else if !is_folder && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")) {
            targets.push(Target::Document(path));
        }
    }
    Ok(())
}

/// The text of a document; what is wrong with its bytes is a diagnostic.
///
/// # Errors
/// If it cannot be read.
pub fn read_document(path: &Path) -> Result<Result<Source, Box<Diagnostic>>, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let disk = Disk::new(folder).map_err(|error| unreadable(folder, &error))?;
    let bytes = disk.read(path, MAX_FILE_BYTES).map_err(|error| unreadable(path, &error))?;
    Ok(source(&path.display().to_string(), bytes))
}

/// The text on standard input, under the name that messages call it by.
///
/// # Errors
/// If it cannot be read.
pub fn read_input(name: &str) -> Result<Result<Source, Box<Diagnostic>>, Failure> {
    let mut bytes = Vec::new();
    let mut limited = std::io::stdin().lock().take(MAX_FILE_BYTES);
    limited.read_to_end(&mut bytes).map_err(|error| unreadable(Path::new(name), &error))?;
    Ok(source(name, bytes))
}

fn source(name: &str, bytes: Vec<u8>) -> Result<Source, Box<Diagnostic>> {
    decode(name, bytes).map_err(|message| {
        Box::new(Diagnostic::new(&NOT_UTF8, &Source::new(name, String::new()), Span::empty(0), message))
    })
}

/// That a file or folder cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Operator(format!("cannot read `{}`: {error}", path.display()))
}
