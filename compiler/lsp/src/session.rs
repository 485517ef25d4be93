//! The documents that are open, the instances that they belong to, and what is still to be checked.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use ide::{Analysis, Disk, Finding, Neighbours, Project, Source};

use crate::protocol::Change;
use crate::uri;

/// How many folders above a file are looked at for its instance, where the client names no folder.
const MAX_CLIMB: usize = 8;

/// What is known of the client's documents.
#[derive(Default)]
pub struct Session {
    /// The folders that the client works in.
    pub folders: Vec<PathBuf>,
    open: HashMap<String, Open>,
    projects: BTreeMap<PathBuf, Project>,
    waiting: VecDeque<Task>,
    /// The files that are not open and have findings shown.
    shown: BTreeSet<PathBuf>,
}

/// A document in the editor.
struct Open {
    source: Source,
    version: i64,
    path: Option<PathBuf>,
    /// The folder of its instance.
    project: Option<PathBuf>,
    /// What was found in the text as it is; none while that was not looked at.
    analysis: Option<Analysis>,
}

/// Something that is done when no message waits.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Task {
    /// Check an open document.
    Open(String),
    /// Check a document of an instance as it is on disk.
    OnDisk(PathBuf, PathBuf),
    /// Show what is wrong with an instance.
    Instance(PathBuf),
    /// Read an instance again.
    Read(PathBuf),
}

/// Findings to be shown for a file.
pub struct Shown {
    pub uri: String,
    pub version: Option<i64>,
    pub findings: Vec<Finding>,
}

impl Session {
    /// A document was opened.
    pub fn open(&mut self, uri: &str, version: i64, text: String) {
        let path = uri::path(uri);
        let name = path.as_ref().map_or_else(|| uri.to_owned(), |path| path.to_string_lossy().into_owned());
        let project = path.as_deref().and_then(|path| self.project_of(path));
        let document = Open { source: Source::new(name, text), version, path, project, analysis: None };
        let is_as_read = document.path.as_ref().zip(document.project.as_ref()).is_some_and(|(path, root)| {
            let read = self.projects.get(root).and_then(|project| project.text(path));
            read.is_some_and(|read| read.text() == document.source.text())
        });
        self.open.insert(uri.to_owned(), document);
        if is_as_read { self.enqueue_typed(uri) } else { self.enqueue_changed(uri) }
    }

    /// A document was changed; false if it is not open.
    pub fn change(&mut self, uri: &str, version: Option<i64>, changes: &[Change]) -> bool {
        let Some(document) = self.open.get_mut(uri) else { return false };
        for change in changes {
            document.source = ide::edited(&document.source, change.range.map(Into::into), &change.text);
        }
        document.version = version.unwrap_or(document.version);
        document.analysis = None;
        self.enqueue_changed(uri);
        true
    }

    /// A document was closed: what is on disk counts again. Gives what to take back where nothing else will show it.
    pub fn close(&mut self, uri: &str) -> Option<Shown> {
        let document = self.open.remove(uri)?;
        self.waiting.retain(|task| !matches!(task, Task::Open(waiting) if waiting == uri));
        if let (Some(path), Some(root)) = (document.path, document.project) {
            self.shown.insert(path.clone());
            // The text on disk may be another than the one that was read.
            self.enqueue(Task::Read(root.clone()));
            self.enqueue(Task::OnDisk(root, path));
            return None;
        }
        Some(Shown { uri: uri.to_owned(), version: None, findings: Vec::new() })
    }

    /// A file was saved by the editor or changed by another program.
    pub fn file_changed(&mut self, uri: &str) {
        let Some(path) = uri::path(uri) else { return };
        let roots = self.projects.keys().filter(|root| path.starts_with(root)).cloned();
        let roots: Vec<PathBuf> = roots.collect();
        for root in &roots {
            // The text of an open document is the editor's, on disk there is nothing new to know of it.
            let is_open = self.open.contains_key(uri);
            let is_known = self.projects.get(root).is_some_and(|project| project.contains(&path));
            if !(is_open && is_known) {
                self.enqueue(Task::Read(root.clone()));
            }
        }
        if roots.is_empty() {
            // It may be what makes an instance of a folder.
            let lone: Vec<String> = self
                .open
                .iter()
                .filter(|(_, document)| document.project.is_none())
                .map(|(uri, _)| uri.clone())
                .collect();
            for uri in lone {
                let Some(path) = self.open.get(&uri).and_then(|document| document.path.clone()) else { continue };
                let project = self.project_of(&path);
                if let (Some(document), true) = (self.open.get_mut(&uri), project.is_some()) {
                    document.project = project;
                    document.analysis = None;
                    self.enqueue(Task::Open(uri));
                }
            }
        }
    }

    /// Reads the instances in the client's folders.
    pub fn read_folders(&mut self) {
        for folder in self.folders.clone() {
            for candidate in std::iter::once(folder.clone()).chain(folders_in(&folder)) {
                if self.read(&candidate, false) {
                    break;
                }
            }
        }
    }

    /// An open document, checked, with its neighbours.
    pub fn document(&mut self, uri: &str) -> Option<(&Analysis, Neighbours<'_>)> {
        let document = self.open.get_mut(uri)?;
        let mut project = document.project.as_ref().and_then(|root| self.projects.get_mut(root));
        if document.analysis.is_none() {
            document.analysis = Some(match (project.as_deref_mut(), &document.path) {
                (Some(project), Some(path)) => project.check(path, &document.source),
                _ => Analysis::alone(&document.source),
            });
        }
        let neighbours = match (project, &document.path) {
            (Some(project), Some(path)) => (*project).neighbours(path),
            _ => Neighbours::none(),
        };
        Some((document.analysis.as_ref()?, neighbours))
    }

    /// Whether something is still to be done.
    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Does what has waited longest, and gives what is to be shown.
    pub fn work(&mut self) -> Vec<Shown> {
        match self.waiting.pop_front() {
            Some(Task::Open(uri)) => {
                let findings = self.document(&uri).map(|(analysis, _)| analysis.findings());
                let version = self.open.get(&uri).map(|document| document.version);
                findings.map(|findings| Shown { uri, version, findings }).into_iter().collect()
            }
            Some(Task::OnDisk(root, path)) => {
                let found = self.projects.get_mut(&root).and_then(|project| project.check_on_disk(&path));
                let (file, findings) = found.unwrap_or((path, Vec::new()));
                self.on_disk(file, findings).into_iter().collect()
            }
            Some(Task::Instance(root)) => {
                let findings = self.projects.get(&root).map(Project::findings).unwrap_or_default();
                let stale = self.shown.iter().filter(|path| path.starts_with(&root) && !findings.contains_key(*path));
                let is_document =
                    |path: &PathBuf| self.projects.get(&root).is_some_and(|project| project.contains(path));
                let stale: Vec<PathBuf> = stale.filter(|path| !is_document(path)).cloned().collect();
                let all = stale.into_iter().map(|path| (path, Vec::new())).chain(findings);
                all.collect::<Vec<_>>()
                    .into_iter()
                    .filter_map(|(path, findings)| self.on_disk(path, findings))
                    .collect()
            }
            Some(Task::Read(root)) => {
                self.read(&root, true);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Findings of a file as it is on disk; none if it is open, or nothing is and was shown for it.
    fn on_disk(&mut self, path: PathBuf, findings: Vec<Finding>) -> Option<Shown> {
        let uri = uri::of(&path);
        if self.open.values().any(|document| document.path.as_ref() == Some(&path)) {
            return None;
        }
        let was_shown = if findings.is_empty() { self.shown.remove(&path) } else { !self.shown.insert(path) };
        (was_shown || !findings.is_empty()).then_some(Shown { uri, version: None, findings })
    }

    fn enqueue(&mut self, task: Task) {
        if !self.waiting.contains(&task) {
            self.waiting.push_back(task);
        }
    }

    /// What is being typed is checked before everything else.
    fn enqueue_typed(&mut self, uri: &str) {
        self.waiting.retain(|task| !matches!(task, Task::Open(waiting) if waiting == uri));
        self.waiting.push_front(Task::Open(uri.to_owned()));
    }

    /// A document has another text: it is checked, and if it is a fragment, whoever includes it.
    fn enqueue_changed(&mut self, uri: &str) {
        self.enqueue_typed(uri);
        let Some(document) = self.open.get(uri) else { return };
        let (Some(path), Some(root)) = (&document.path, &document.project) else { return };
        let root = root.clone();
        let users = self.projects.get(&root).map(|project| project.users_of(path)).unwrap_or_default();
        for user in users {
            self.enqueue_document(&root, user);
        }
    }

    fn enqueue_document(&mut self, root: &Path, path: PathBuf) {
        let opened = self.open.iter_mut().find(|(_, document)| document.path.as_ref() == Some(&path));
        match opened {
            Some((uri, document)) => {
                document.analysis = None;
                let uri = uri.clone();
                self.enqueue(Task::Open(uri));
            }
            None => self.enqueue(Task::OnDisk(root.to_owned(), path)),
        }
    }

    /// Reads the instance in a folder, and has all of it checked; false if there is none.
    fn read(&mut self, root: &Path, again: bool) -> bool {
        if self.projects.contains_key(root) && !again {
            return true;
        }
        let before: Vec<PathBuf> = self
            .projects
            .get(root)
            .map(|project| project.documents().map(Path::to_owned).collect())
            .unwrap_or_default();
        let project = Disk::new(root).ok().and_then(|disk| Project::read(&disk, root));
        let Some(project) = project.filter(|project| project.documents().next().is_some()) else {
            self.projects.remove(root);
            return false;
        };
        let documents: BTreeSet<PathBuf> = project.documents().map(Path::to_owned).chain(before).collect();
        self.projects.insert(root.to_owned(), project);
        for document in self.open.values_mut().filter(|document| document.project.is_none()) {
            let is_inside = document.path.as_ref().is_some_and(|path| documents.contains(path));
            if is_inside {
                document.project = Some(root.to_owned());
            }
        }
        self.enqueue(Task::Instance(root.to_owned()));
        for path in documents {
            self.enqueue_document(root, path);
        }
        true
    }

    /// The folder of the instance that a file belongs to: the outermost one that knows it as a document.
    fn project_of(&mut self, path: &Path) -> Option<PathBuf> {
        let known = self.projects.iter().find(|(_, project)| project.contains(path)).map(|(root, _)| root.clone());
        if known.is_some() {
            return known;
        }
        let bound = self.folders.iter().filter(|folder| path.starts_with(folder)).map(PathBuf::as_path);
        let bound = bound.min_by_key(|folder| folder.as_os_str().len());
        let above: Vec<&Path> = path
            .ancestors()
            .skip(1)
            .take_while(|folder| bound.is_none_or(|bound| folder.starts_with(bound)))
            .take(if bound.is_some() { usize::MAX } else { MAX_CLIMB })
            .collect();
        let candidates = above.into_iter().rev().filter(|folder| has_resources(folder));
        for root in candidates {
            let disk = Disk::new(root).ok();
            let Some(project) = disk.and_then(|disk| Project::read(&disk, root)) else { continue };
            if project.contains(path) {
                self.read(root, true);
                return Some(root.to_owned());
            }
        }
        None
    }
}

/// The folders in a folder, by name, that may hold an instance.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| has_resources(path)).collect();
    folders.sort();
    folders
}

/// Whether a folder has folders of resources, so that reading it as an instance is worth while.
fn has_resources(folder: &Path) -> bool {
    const KINDS: &[&str] = &[
        "apis",
        "backends",
        "named values",
        "namedValues",
        "policy fragments",
        "policyFragments",
        "products",
        "subscriptions",
        "version sets",
        "versionSets",
        "workspaces",
    ];
    KINDS.iter().any(|kind| folder.join(kind).is_dir())
}
