//! Finds the published documents that the tests read; they lie beside the checkout and are no part of it.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of shared data: named by `TOLLGATE_SHARED`, else the nearest sibling called `shared` of any folder above
/// this crate. Where there is none the caller's test is skipped, visibly.
pub fn folder(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TOLLGATE_SHARED").map(PathBuf::from);
    let found = named.or_else(|| {
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        above.map(|folder| folder.join("shared")).find(|folder| folder.join("corpus").is_dir())
    });
    if found.is_none() {
        // Written past the test harness, which would keep it to itself.
        let line = format!("skipped: {test} needs the shared corpus beside the checkout\n");
        std::io::stderr().write_all(line.as_bytes()).expect("standard error is open");
    }
    found
}

/// Every file below `folder` whose name ends like a policy document's, in the order of their paths.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if !matches!(path.extension().and_then(|end| end.to_str()), Some("json" | "jsonl" | "md" | "yaml")) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
