//! An instance as editors work on it: read once, its documents checked one at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use check::document::Kind;
use check::instance::{Around, kind_of};
use grammar::diagnostic::Diagnostic;
use grammar::source::Source;
use instance::documents::Scope;
use instance::files::Files;
use instance::findings::Place;
use instance::{Instance, Options};

use crate::analysis::{Analysis, Finding, finding};
use crate::neighbours::Neighbours;
use crate::range::Range;

/// The instance that documents belong to.
pub struct Project {
    root: PathBuf,
    instance: Instance,
    findings: Vec<Diagnostic>,
    seats: BTreeMap<PathBuf, Seat>,
}

/// Where a document belongs.
struct Seat {
    kind: Option<Kind>,
    workspace: Option<String>,
    /// The fragment's name, if it is one.
    fragment: Option<String>,
    source: Source,
    /// The member of a file that holds the text, where it is no file of its own.
    member: Option<Place>,
    includes: Vec<String>,
}

impl Project {
    /// Reads the instance in the folder `root`; none if there is none that can be read.
    #[must_use]
    pub fn read(files: &dyn Files, root: &Path) -> Option<Self> {
        let (instance, findings) = Instance::read_from(files, root, &Options::default()).ok()?;
        let mut seats = BTreeMap::new();
        for document in instance.documents() {
            let seat = Seat {
                kind: kind_of(document.scope),
                workspace: document.workspace.map(|workspace| workspace.name.clone()),
                fragment: match document.scope {
                    Scope::Fragment(fragment) => Some(fragment.name.clone()),
                    _ => None,
                },
                source: document.policy.source.clone(),
                member: document.policy.member.clone(),
                includes: Vec::new(),
            };
            seats.insert(PathBuf::from(document.policy.source.name()), seat);
        }
        Some(Self { root: root.to_owned(), instance, findings, seats })
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file is one of its policy documents.
    #[must_use]
    pub fn contains(&self, path: &Path) -> bool {
        self.seats.contains_key(path)
    }

    /// Its policy documents; of one that is a member of a file, the file's path with the place behind `#`.
    pub fn documents(&self) -> impl Iterator<Item = &Path> {
        self.seats.keys().map(PathBuf::as_path)
    }

    /// The text of a document as it was read.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<&Source> {
        self.seats.get(path).map(|seat| &seat.source)
    }

    /// What surrounds a document.
    #[must_use]
    pub fn neighbours(&self, path: &Path) -> Neighbours<'_> {
        let workspace = self.seats.get(path).and_then(|seat| seat.workspace.as_deref());
        let workspace = workspace.and_then(|name| self.instance.workspaces.get(name));
        Neighbours::of(Around::of(&self.instance, workspace))
    }

    /// Checks a document with the text that it has in the editor.
    #[must_use]
    pub fn check(&mut self, path: &Path, source: &Source) -> Analysis {
        let kind = self.seats.get(path).map_or(Some(Kind::Any), |seat| seat.kind);
        let analysis = Analysis::new(source, kind, &self.neighbours(path));
        if let Some(seat) = self.seats.get_mut(path) {
            seat.includes = analysis.includes();
        }
        analysis
    }

    /// Checks a document with the text that was read, and gives the file that its findings belong to.
    #[must_use]
    pub fn check_on_disk(&mut self, path: &Path) -> Option<(PathBuf, Vec<Finding>)> {
        let source = self.text(path)?.clone();
        let mut findings = self.check(path, &source).findings();
        let member = self.seats.get(path).and_then(|seat| seat.member.as_ref());
        let Some(member) = member else { return Some((path.to_owned(), findings)) };
        // The text is a string of a JSON file; its findings are shown where that string stands.
        let range = Range::of(&member.source, member.span);
        for finding in &mut findings {
            let at = finding.range.start;
            finding.message = format!("{}:{}: {}", at.line + 1, at.column + 1, finding.message);
            finding.range = range;
            finding.related.clear();
        }
        Some((PathBuf::from(member.source.name()), findings))
    }

    /// The documents that include a fragment, as far as they were checked, if the document at `path` is one.
    #[must_use]
    pub fn users_of(&self, path: &Path) -> Vec<PathBuf> {
        let Some(name) = self.seats.get(path).and_then(|seat| seat.fragment.as_deref()) else { return Vec::new() };
        let uses = |seat: &Seat| seat.includes.iter().any(|include| include.eq_ignore_ascii_case(name));
        self.seats.iter().filter(|(_, seat)| uses(seat)).map(|(path, _)| path.clone()).collect()
    }

    /// What is wrong with the instance besides its documents, by file.
    #[must_use]
    pub fn findings(&self) -> BTreeMap<PathBuf, Vec<Finding>> {
        let mut found: BTreeMap<PathBuf, Vec<Finding>> = BTreeMap::new();
        for diagnostic in &self.findings {
            found.entry(PathBuf::from(diagnostic.source.name())).or_default().push(finding(diagnostic));
        }
        found
    }
}
