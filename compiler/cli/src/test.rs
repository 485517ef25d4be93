//! `tollgate test`: runs case files.
//!
//! A case file below an instance's folder is about that instance, any other one about what it describes itself.
//!
//! Not here: what case files say, and how they are run (`sandbox`).

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use grammar::source::Source;
use instance::{Instance, ReadError};
use sandbox::case::{CaseFile, Origin, Runner, Verdict, updated};
use serde_json::{Value, json};

use crate::console::Console;
use crate::{Ending, Failure, sources};

/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 64;
/// The folders that case files lie in.
const FOLDERS: [&str; 2] = ["tests", "cases"];

/// Runs case files: requests and what is expected of them, in Markdown.
#[derive(Args)]
pub struct Arguments {
    /// Case files, folders of an instance, or folders to search for case files in `tests` and `cases`
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Runs only cases whose file or name holds this text; may be given several times
    #[arg(long, short = 'k', value_name = "TEXT")]
    filter: Vec<String>,
    /// How results are printed
    #[arg(long, alias = "format", value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// The environment whose overlay is merged into an instance
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// Rewrites what the files expect to what is; also with UPDATE=1 in the environment
    #[arg(long)]
    update: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What failed, with the differences
    Full,
    /// A line for each failure
    Concise,
    /// An array of objects
    Json,
    /// Test suites for build servers
    Junit,
    /// Commands for GitHub's runner
    Github,
}

/// A case file with what became of its cases.
struct Ran {
    file: CaseFile,
    verdicts: Vec<Verdict>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let mut paths = Vec::new();
    for path in &arguments.paths {
        find(path, &mut paths)?;
    }
    if paths.is_empty() {
        return Err(Failure::operator("there are no case files here; they are `.md` files in `tests` or `cases`"));
    }
    let updates = arguments.update || std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut runner: Option<(Option<PathBuf>, Runner)> = None;
    let mut all = Vec::new();
    for path in paths {
        let home = instance_around(&path);
        let runner = match &runner {
            Some((known, runner)) if *known == home => runner,
            _ => &runner.insert((home.clone(), new_runner(home, arguments)?)).1,
        };
        let text = fs::read_to_string(&path).map_err(|error| sources::unreadable(&path, &error))?;
        let file = CaseFile::read(Source::new(path.display().to_string(), text));
        let name = path.to_string_lossy();
        let is_wanted = |case: &str| {
            let holds = |text: &String| name.contains(text.as_str()) || case.contains(text.as_str());
            arguments.filter.is_empty() || arguments.filter.iter().any(holds)
        };
        let cases = file.cases.iter().filter(|case| is_wanted(&case.name));
        let mut verdicts: Vec<Verdict> = cases.map(|case| runner.run(&file, case)).collect();
        if updates {
            update(&path, &file, &mut verdicts)?;
        }
        all.push(Ran { file, verdicts });
    }
    report(&all, arguments.output_format, console);
    let fails =
        |ran: &Ran| !ran.file.faults.is_empty() || ran.verdicts.iter().any(|verdict| !verdict.failures.is_empty());
    Ok(if all.iter().any(fails) { Ending::Findings } else { Ending::Fine })
}

fn new_runner(home: Option<PathBuf>, arguments: &Arguments) -> Result<Runner, Failure> {
    let origin = match home {
        Some(folder) => {
            check_environment(&folder, arguments.env.as_deref())?;
            Origin::Folder { folder, environment: arguments.env.clone() }
        }
        None => Origin::Case,
    };
    Ok(Runner::new(origin)?)
}

/// That an instance has the environment that was asked for.
fn check_environment(folder: &Path, wanted: Option<&str>) -> Result<(), Failure> {
    let Some(wanted) = wanted else { return Ok(()) };
    let known = Instance::environments(folder).map_err(|error| sources::unreadable(folder, &error))?;
    if known.iter().any(|known| known.name.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let known = known.into_iter().map(|known| known.name).collect();
    Err(Failure::operator(ReadError::UnknownEnvironment { name: wanted.to_owned(), known }))
}

/// Rewrites a file, and takes away the failures that this mended.
fn update(path: &Path, file: &CaseFile, verdicts: &mut [Verdict]) -> Result<(), Failure> {
    let text = updated(file.source.text(), verdicts);
    if text != file.source.text() {
        crate::build::write_file(path, text.as_bytes())?;
    }
    for verdict in verdicts {
        verdict.failures.retain(|failure| failure.edits.is_empty());
    }
    Ok(())
}

/// The folder of the instance that a case file lies in.
fn instance_around(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).ok()?;
    whole.ancestors().skip(1).find(|folder| Instance::is_in(folder)).map(Path::to_owned)
}

/// The case files that a path means.
fn find(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let kind = fs::metadata(path).map_err(|error| sources::unreadable(path, &error))?;
    if !kind.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_inside = whole.components().any(|part| FOLDERS.iter().any(|name| part.as_os_str() == *name));
    search(path, is_inside, 0, found)
}

fn search(folder: &Path, is_inside: bool, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: &std::io::Error| sources::unreadable(folder, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let kind = entry.file_type().map_err(|error| unreadable(&error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Links are not followed, since they may lead in circles.
        if !kind.is_symlink() && !name.starts_with('.') {
            entries.push((entry.path(), name, kind.is_dir()));
        }
    }
    entries.sort();
    for (path, name, is_folder) in entries {
        if is_folder && depth < MAX_DEPTH {
            search(&path, is_inside || FOLDERS.contains(&name.as_str()), depth + 1, found)?;
        } else if !is_folder && is_inside && name.ends_with(".md") {
            found.push(path);
        }
    }
    Ok(())
}

fn report(all: &[Ran], format: Format, console: &mut Console) {
    match format {
        Format::Json => console.result(&format!("{:#}", as_json(all))),
        Format::Junit => console.result(&as_junit(all)),
        Format::Full | Format::Concise | Format::Github => {
            for ran in all {
                for (line, name, message) in failures(ran) {
                    let file = ran.file.source.name();
                    let first = message.lines().next().unwrap_or("");
                    match format {
                        Format::Github => {
                            let message = message.replace('%', "%25").replace('\n', "%0A");
                            console.result(&format!("::error file={file},line={line},title={name}::{message}"));
                        }
                        Format::Concise => console.say(&format!("{file}:{line}: {name}: {first}")),
                        _ => console.say(&format!("{file}:{line}: {name}\n{}\n", indented(&message))),
                    }
                }
            }
            let count = all.iter().map(|ran| ran.verdicts.len()).sum::<usize>();
            let failed =
                all.iter().flat_map(|ran| &ran.verdicts).filter(|verdict| !verdict.failures.is_empty()).count();
            let cases = if count == 1 { "case" } else { "cases" };
            let text = match failed {
                0 => format!("{count} {cases} passed"),
                failed => format!("{failed} of {count} {cases} failed"),
            };
            if format == Format::Github {
                console.say(&text);
            } else {
                console.result(&text);
            }
        }
    }
}

/// The failures of a file: line, case and message. What cannot be read belongs to no case.
fn failures(ran: &Ran) -> Vec<(u32, &str, String)> {
    let line = |at: u32| ran.file.source.line_column(at).line + 1;
    let faults = ran.file.faults.iter().map(|fault| (line(fault.span.start), "cannot be read", fault.message.clone()));
    let of_cases = ran.verdicts.iter().flat_map(|verdict| {
        let failures = verdict.failures.iter();
        failures.map(move |failure| (line(failure.span.start), verdict.name.as_str(), failure.message.clone()))
    });
    faults.chain(of_cases).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn as_json(all: &[Ran]) -> Value {
    let mut cases = Vec::new();
    for ran in all {
        let line = |at: u32| ran.file.source.line_column(at).line + 1;
        let file = ran.file.source.name();
        for fault in &ran.file.faults {
            let at = line(fault.span.start);
            let failure = json!({ "line": at, "message": fault.message });
            cases.push(json!({ "file": file, "line": at, "name": null, "status": "failed", "failures": [failure] }));
        }
        for verdict in &ran.verdicts {
            let failures: Vec<Value> = verdict
                .failures
                .iter()
                .map(|failure| json!({ "line": line(failure.span.start), "message": failure.message }))
                .collect();
            let status = if failures.is_empty() { "passed" } else { "failed" };
            let (at, name) = (line(verdict.span.start), &verdict.name);
            cases.push(json!({ "file": file, "line": at, "name": name, "status": status, "failures": failures }));
        }
    }
    Value::Array(cases)
}

fn as_junit(all: &[Ran]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for ran in all {
        let file = escaped(ran.file.source.name());
        let (faults, verdicts) = (&ran.file.faults, &ran.verdicts);
        let failed = faults.len() + verdicts.iter().filter(|verdict| !verdict.failures.is_empty()).count();
        let count = faults.len() + verdicts.len();
        out.push_str(&format!("  <testsuite name=\"{file}\" tests=\"{count}\" failures=\"{failed}\">\n"));
        let mut add = |name: &str, failures: &[String]| {
            out.push_str(&format!("    <testcase classname=\"{file}\" name=\"{}\"", escaped(name)));
            if failures.is_empty() {
                out.push_str(" />\n");
                return;
            }
            out.push_str(">\n");
            for failure in failures {
                let first = failure.lines().next().unwrap_or("");
                let (first, failure) = (escaped(first), escaped(failure));
                out.push_str(&format!("      <failure message=\"{first}\">{failure}</failure>\n"));
            }
            out.push_str("    </testcase>\n");
        };
        for fault in faults {
            add("cannot be read", std::slice::from_ref(&fault.message));
        }
        for verdict in verdicts {
            let failures: Vec<String> = verdict.failures.iter().map(|failure| failure.message.clone()).collect();
            add(&verdict.name, &failures);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Text in XML; characters that XML does not have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
