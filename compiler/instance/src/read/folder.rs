//! Folders and files of an instance: finding them by name, reading them as text and trees.
//!
//! Not here: the files themselves (`files`), and what their content means.

use std::io;
use std::path::{Path, PathBuf};

use grammar::source::Source;

use super::Reader;
use crate::files::{EntryKind, MAX_SPECIFICATION_BYTES, decode};
use crate::findings::{BROKEN_JSON, BROKEN_YAML, LINK_OUTSIDE, NOT_UTF8, Place, UNREADABLE_FILE};
use crate::instance::shown;
use crate::overlay::is_same_word;
use crate::redact::{redact, redact_broken};
use crate::text::value::Node;
use crate::text::{Parsed, json, yaml};

/// A folder with what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The name for messages, as the user would type it.
    display: String,
    entries: Vec<(String, EntryKind)>,
}

impl Folder {
    /// Its name in the folder above.
    pub(crate) fn own_name(&self) -> &str {
        self.display.rsplit('/').next().unwrap_or("")
    }

    /// The name for messages.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    fn below(&self, name: &str) -> (PathBuf, String) {
        let display = if self.display.is_empty() { name.to_owned() } else { format!("{}/{name}", self.display) };
        (self.path.join(name), display)
    }

    /// The file called `name`, in any case, as it is really called. A link out of the instance counts as a file, so
    /// that reading it reports it.
    pub(crate) fn file(&self, name: &str) -> Option<&str> {
        let is_file = |kind| matches!(kind, EntryKind::File | EntryKind::LinkOutside);
        let exact = self.entries.iter().find(|(own, kind)| own == name && is_file(*kind));
        exact
            .or_else(|| self.entries.iter().find(|(own, kind)| own.eq_ignore_ascii_case(name) && is_file(*kind)))
            .map(|(own, _)| own.as_str())
    }

    /// The files, as they are really called.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, kind)| *kind == EntryKind::File).map(|(name, _)| name.as_str())
    }

    /// The folders called `name`, without regard to case and blanks.
    pub(crate) fn folders<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let is_folder = |kind| matches!(kind, EntryKind::Folder | EntryKind::LinkOutside);
        self.entries
            .iter()
            .filter(move |(own, kind)| is_folder(*kind) && is_same_word(own, name))
            .map(|(own, _)| own.as_str())
    }
}

impl Reader<'_> {
    /// Lists a folder; what cannot be listed is reported and empty.
    pub(crate) fn open(&mut self, path: &Path, display: &str) -> Folder {
        let mut folder = Folder { path: path.to_owned(), display: display.to_owned(), entries: Vec::new() };
        match self.files.list(path) {
            Ok(entries) => {
                for entry in entries {
                    match entry.name {
                        Some(name) => folder.entries.push((name, entry.kind)),
                        // At the top stand things that are none of ours.
                        None if path == self.root => {}
                        None => {
                            let shown = format!("{display}/{}", entry.shown);
                            self.out.at(&NOT_UTF8, Place::file(&shown), "the name is not UTF-8, so it is left out");
                        }
                    }
                }
            }
            Err(error) => self.unreadable(display, "folder", &error),
        }
        folder
    }

    fn unreadable(&mut self, display: &str, what: &str, error: &io::Error) {
        let message = match error.kind() {
            io::ErrorKind::FileTooLarge => format!("the {what} is larger than is read"),
            io::ErrorKind::NotFound => format!("the {what} is not there"),
            io::ErrorKind::PermissionDenied => format!("the {what} may not be read"),
            _ => format!("the {what} cannot be read: {error}"),
        };
        self.out.at(&UNREADABLE_FILE, Place::file(display), message);
    }

    fn link_outside(&mut self, display: &str) {
        self.out.at(&LINK_OUTSIDE, Place::file(display), "the link leads out of the instance and is not followed");
    }

    /// The folders of the resources of one kind.
    pub(crate) fn children(&mut self, parent: &Folder, kind: &str) -> Vec<Folder> {
        let mut children = Vec::new();
        let groups: Vec<String> = parent.folders(kind).map(str::to_owned).collect();
        for group in groups {
            let (path, display) = parent.below(&group);
            if parent.entries.iter().any(|(name, kind)| *name == group && *kind == EntryKind::LinkOutside) {
                self.link_outside(&display);
                continue;
            }
            // A kind of two words tells by its blank which tool wrote it.
            self.evidence.camel_case_folder |= kind.contains(char::is_uppercase) && !group.contains(' ');
            let group = self.open(&path, &display);
            for (name, kind) in &group.entries {
                let (path, display) = group.below(name);
                match kind {
                    EntryKind::Folder => children.push(self.open(&path, &display)),
                    EntryKind::LinkOutside => self.link_outside(&display),
                    EntryKind::File | EntryKind::Other => {}
                }
            }
        }
        children
    }

    /// The text of a file; one that cannot be read is reported.
    pub(crate) fn read(&mut self, folder: &Folder, name: &str, limit: u64) -> Option<Source> {
        let (path, display) = folder.below(name);
        if folder.entries.iter().any(|(own, kind)| own == name && *kind == EntryKind::LinkOutside) {
            self.link_outside(&display);
            return None;
        }
        let bytes = match self.files.read(&path, limit) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable(&display, "file", &error);
                return None;
            }
        };
        match decode(&display, bytes) {
            Ok(source) => Some(source),
            Err(message) => {
                self.out.at(&NOT_UTF8, Place::file(&display), message);
                None
            }
        }
    }

    /// The value of a JSON file. A file that can hold secrets keeps them in its values alone: its text, which messages
    /// quote, is without them.
    pub(crate) fn json(&mut self, source: &Source, has_secrets: bool) -> Option<Node> {
        match json::parse(source) {
            Ok(parsed) => Some(self.parsed(parsed, has_secrets)),
            Err(error) => {
                let shown = if has_secrets { redact_broken(source) } else { source.clone() };
                self.out.syntax(&BROKEN_JSON, &shown, error);
                None
            }
        }
    }

    fn parsed(&mut self, parsed: Parsed, has_secrets: bool) -> Node {
        let root = if has_secrets { redact(&parsed.root) } else { parsed.root };
        self.out.duplicates(&root.source, &parsed.duplicates);
        root
    }

    /// The value of a specification or of a file beside one, in JSON or YAML.
    ///
    /// What begins with a brace is JSON, however the file is called; what then is none may still be YAML.
    pub(crate) fn tree(&mut self, source: &Source) -> Option<Node> {
        let is_json = source.name().to_ascii_lowercase().ends_with(".json");
        let begins_as_json = source.text().trim_start().starts_with(['{', '[']);
        if is_json || begins_as_json {
            match json::parse(source) {
                Ok(parsed) => return Some(self.parsed(parsed, false)),
                Err(error) if is_json => {
                    self.out.syntax(&BROKEN_JSON, source, error);
                    return None;
                }
                Err(_) => {}
            }
        }
        match yaml::parse(source) {
            Ok(parsed) => Some(self.parsed(parsed, false)),
            Err(error) => {
                self.out.syntax(&BROKEN_YAML, source, error);
                None
            }
        }
    }

    /// The value of the file called `name`, somewhere in the instance, for a `$ref`; `None` if there is no such file.
    ///
    /// The way there is walked folder by folder, so that a link out of the instance is met and not followed.
    pub(crate) fn document(&mut self, name: &str) -> Option<Node> {
        if let Some(known) = self.documents.get(name) {
            return known.clone();
        }
        let relative = name.strip_prefix(&self.prefix)?.to_owned();
        let mut segments: Vec<&str> = relative.split('/').collect();
        let file = segments.pop()?;
        let (path, display) = (self.root.clone(), shown(&self.root));
        let entries = self.listed(&path);
        let mut folder = Folder { path, display, entries };
        let mut is_there = true;
        for segment in segments {
            is_there &= folder.entries.iter().any(|(name, kind)| name == segment && *kind == EntryKind::Folder);
            let (path, display) = folder.below(segment);
            let entries = if is_there { self.listed(&path) } else { Vec::new() };
            folder = Folder { path, display, entries };
        }
        let file = folder.entries.iter().find(|(name, _)| name == file).map(|(name, _)| name.clone());
        let source = file.and_then(|file| self.read(&folder, &file, MAX_SPECIFICATION_BYTES));
        let tree = source.and_then(|source| self.tree(&source));
        self.documents.insert(name.to_owned(), tree.clone());
        tree
    }

    fn listed(&self, path: &Path) -> Vec<(String, EntryKind)> {
        let entries = self.files.list(path).unwrap_or_default();
        entries.into_iter().filter_map(|entry| Some((entry.name?, entry.kind))).collect()
    }
}
