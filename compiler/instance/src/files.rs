//! The files that an instance is read from: a folder on disk, or text in memory.
//!
//! Links that lead out of the folder are not followed, and nothing larger than a limit is read.
//! Not here: which files mean what (`read`).

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use grammar::source::Source;

/// The largest information file, policy or overlay that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;
/// The largest specification, or file beside one, that is read, in bytes.
pub const MAX_SPECIFICATION_BYTES: u64 = 32 * 1024 * 1024;

/// What stands in a folder under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name; `None` if that is not UTF-8, and then what can be shown of it is in `shown`.
    pub name: Option<String>,
    /// The name for messages.
    pub shown: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file, or a link to one inside the instance.
    File,
    /// A folder, or a link to one inside the instance.
    Folder,
    /// A link that leads out of the instance, or nowhere.
    LinkOutside,
    /// A socket, pipe or device.
    Other,
}

/// Where an instance is read from.
pub trait Files {
    /// What stands in `folder`, in the order of the names.
    ///
    /// # Errors
    /// If the folder is not there or cannot be listed.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// The bytes of the file at `path`, which was found by [`Files::list`].
    ///
    /// # Errors
    /// If it cannot be read; [`io::ErrorKind::FileTooLarge`] if it is longer than `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
}

/// A folder on disk.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The files below `root`.
    ///
    /// # Errors
    /// If `root` is not there.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self { root: fs::canonicalize(root)? })
    }

    fn kind(&self, entry: &fs::DirEntry) -> io::Result<EntryKind> {
        let mut kind = entry.file_type()?;
        if kind.is_symlink() {
            let inside = fs::canonicalize(entry.path()).ok().filter(|target| target.starts_with(&self.root));
            let Some(target) = inside.and_then(|target| fs::metadata(target).ok()) else {
                return Ok(EntryKind::LinkOutside);
            };
            kind = target.file_type();
        }
        Ok(match kind {
            kind if kind.is_file() => EntryKind::File,
            kind if kind.is_dir() => EntryKind::Folder,
            _ => EntryKind::Other,
        })
    }
}

impl Files for Disk {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = self.kind(&entry)?;
            let name = entry.file_name();
            let shown = name.to_string_lossy().into_owned();
            entries.push(Entry { name: name.into_string().ok(), shown, kind });
        }
        entries.sort_by(|a, b| a.shown.cmp(&b.shown));
        Ok(entries)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = fs::File::open(path)?;
        let length = file.metadata()?.len();
        let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
        if length > limit {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        // The file may grow while it is read: what counts is how much comes.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

/// The text of a file called `name` in messages.
///
/// # Errors
/// If it is not UTF-8: what is wrong, as the message of [`NOT_UTF8`](crate::findings::NOT_UTF8).
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Source, String> {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    match String::from_utf8(bytes) {
        // Editors do not count a byte-order mark as a column.
        Ok(text) => Ok(Source::new(name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(_) if is_utf16 => Err("the file is UTF-16; save it as UTF-8".to_owned()),
        Err(error) => Err(format!("the file is not UTF-8 from its byte {} on", error.utf8_error().valid_up_to() + 1)),
    }
}

/// Files in memory: what an editor holds, or a test.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl InMemory {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }
}

impl<P: Into<PathBuf>, B: Into<Vec<u8>>> FromIterator<(P, B)> for InMemory {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

impl Files for InMemory {
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries: BTreeMap<String, EntryKind> = BTreeMap::new();
        for path in self.files.keys() {
            let Ok(below) = path.strip_prefix(folder) else { continue };
            let mut components = below.components();
            let Some(Component::Normal(name)) = components.next() else { continue };
            let kind = if components.next().is_some() { EntryKind::Folder } else { EntryKind::File };
            entries.insert(name.to_string_lossy().into_owned(), kind);
        }
        if entries.is_empty() && !folder.as_os_str().is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(entries.into_iter().map(|(name, kind)| Entry { shown: name.clone(), name: Some(name), kind }).collect())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.clone())
    }
}
