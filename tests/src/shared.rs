//! Where test data lies that is no part of the project.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of shared test data: `TOLLGATE_SHARED`, or the nearest `shared` beside a folder that holds this crate.
/// Says visibly which test is skipped where there is none.
#[must_use]
pub fn folder(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TOLLGATE_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let found = named.into_iter().chain(beside).find(|folder| folder.join("corpus").is_dir());
    if found.is_none() {
        skip(test, "no folder with shared test data");
    }
    found
}

/// Says that a test, or a part of it, did not run. Written past the test harness, which would swallow it.
pub fn skip(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {why}");
}

/// Every file below a folder, in the order of their paths.
///
/// # Panics
/// If a folder cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
