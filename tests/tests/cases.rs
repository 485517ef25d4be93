//! Runs every case file: those of the policies, and those of this package.
//!
//! `cargo test -p tests --test cases -- rate-limit-by-key` runs the cases of one policy; with `UPDATE=1` in the
//! environment, what the files expect is rewritten to what is.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use grammar::source::Source;
use libtest_mimic::{Arguments, Failed, Trial};
use sandbox::case::{CaseFile, Origin, Runner, updated};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let updates = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut trials = Vec::new();
    for (name, path) in files() {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = CaseFile::read(Source::new(path.display().to_string(), text));
        if updates {
            trials.push(Trial::test(name, move || update(&path, &file)));
            continue;
        }
        let file = std::sync::Arc::new(file);
        let whole = file.clone();
        trials.push(Trial::test(format!("{name}: can be read"), move || is_read(&whole)));
        for (index, case) in file.cases.iter().enumerate() {
            let (title, file) = (format!("{name}: {}", case.name), file.clone());
            trials.push(Trial::test(title, move || run(&file, index)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The case files with their names for people, sorted.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    let policies = root.join("policies/builtin");
    for folder in entries(&policies) {
        let policy = folder.file_name().unwrap_or_default().to_string_lossy().replace('_', "-");
        for file in entries(&folder.join("cases")) {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push((format!("{policy}/{stem}"), file));
        }
    }
    for folder in entries(&root.join("tests/cases")) {
        let group = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in entries(&folder) {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push((format!("{group}/{stem}"), file));
        }
    }
    found.retain(|(_, path)| path.extension().is_some_and(|extension| extension == "md"));
    assert!(!found.is_empty(), "there are no case files");
    found
}

/// What stands in a folder; nothing if it is not there.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

fn is_read(file: &CaseFile) -> Result<(), Failed> {
    let fault = |fault: &sandbox::case::message::Misread| {
        let line = file.source.line_column(fault.span.start).line + 1;
        format!("{}:{line}: {}\n", file.source.name(), fault.message)
    };
    let mut faults: String = file.faults.iter().map(fault).collect();
    if file.cases.is_empty() {
        faults.push_str(&format!("{}: there is no case\n", file.source.name()));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn run(file: &CaseFile, index: usize) -> Result<(), Failed> {
    let runner = Runner::new(Origin::Case)?;
    let case = file.cases.get(index).ok_or("the case is gone")?;
    let verdict = runner.run(file, case);
    if verdict.failures.is_empty() { Ok(()) } else { Err(file.describe(&verdict).into()) }
}

/// Rewrites a file; fails where no rewriting helps.
fn update(path: &Path, file: &CaseFile) -> Result<(), Failed> {
    let runner = Runner::new(Origin::Case)?;
    let verdicts: Vec<_> = file.cases.iter().map(|case| runner.run(file, case)).collect();
    let text = updated(file.source.text(), &verdicts);
    if text != file.source.text() {
        std::fs::write(path, text)?;
    }
    let mut left = String::new();
    for mut verdict in verdicts {
        verdict.failures.retain(|failure| failure.edits.is_empty());
        left.push_str(&file.describe(&verdict));
    }
    is_read(file)?;
    if left.is_empty() { Ok(()) } else { Err(left.into()) }
}
