//! The house rules that a reader of one file cannot see: every file says what it is for, and none is too long.
//!
//! Not here: the arrows between crates (`architecture`).

use std::fs;
use std::path::{Path, PathBuf};

const MAX_LINES: usize = 800;

/// The Rust files below a folder, without what builds left there.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "node_modules" && !name.starts_with('.') {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut found);
    assert!(found.len() > 100, "the repository was not found");
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("UTF-8"))).collect()
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent: Vec<_> = all().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_keep_in_mind() {
    let long: Vec<_> =
        all().into_iter().filter(|(_, text)| text.lines().count() > MAX_LINES).map(|(path, _)| path).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_is_left_to_do_later_in_code() {
    let marks = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("allow(", "dead_code"),
        concat!("#[", "ignore"),
    ];
    let left: Vec<_> = all()
        .into_iter()
        .filter(|(_, text)| marks.iter().any(|mark| text.contains(mark)))
        .map(|(path, _)| path)
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}
