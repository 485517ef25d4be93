//! Where test data lies that is not part of the project.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folder of shared test data: `TOLLGATE_SHARED`, or `shared` beside a folder that holds this crate. Says so where
/// there is none.
pub fn folder(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TOLLGATE_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let found = named.into_iter().chain(beside).find(|folder| folder.join("oracle/cases").is_dir());
    if found.is_none() {
        skip(test, "no folder with shared test data");
    }
    found
}

/// Says that a test did not run. Written past the test harness, which would swallow it.
pub fn skip(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {why}");
}

/// A file of expressions with what a C# compiler makes of them.
pub struct CaseFile {
    pub document: Value,
}

/// All files of cases.
pub fn cases(folder: &Path) -> Vec<CaseFile> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder.join("oracle/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read =
        |path: PathBuf| CaseFile { document: serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap() };
    paths.into_iter().map(read).collect()
}
