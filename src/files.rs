//! How the core sees files: [`Sources`] to read from, a [`Sink`] to write to. The disk, memory and
//! checkers implement them elsewhere; nothing here touches a file system.

mod cache;
mod memo;
mod shelf;

use std::borrow::Cow;
use std::collections::BTreeMap;

use parking_lot::Mutex;

pub use cache::Cache;
pub use memo::{Key, Memo, Text, is_hashing, key_of};
pub use shelf::{Shelf, Storage};

use crate::diagnostic::Report;

/// Files that an archive is made from, by path from the archive's root, with `/` between its parts.
pub trait Sources: Sync {
    /// Paths of all files below a folder at any depth, sorted; none if there is no such folder.
    ///
    /// What must not be read (a symlink that leaves the archive, an unreadable folder, a name that is
    /// no Unicode) is left out and reported by name.
    fn list(&self, folder: &str, report: &Report) -> Vec<String>;

    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The first bytes of a file, at most so many: enough to recognise a picture without reading all of it.
    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        let mut bytes = self.read(path)?;
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Some bytes of a file, from a place on, at most so many: less than that if the file ends before.
    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let bytes = self.read(path)?;
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes[from..bytes.len().min(from.saturating_add(length))].to_vec())
    }

    /// The bytes of a file to look into, not copied if they are at hand.
    fn look_into(&self, path: &str) -> Result<Cow<'_, [u8]>, FileError> {
        self.read(path).map(Cow::Owned)
    }

    /// The hash of a file, if it is known already that a build which reads the file will find these bytes.
    fn hash(&self, _path: &str) -> Option<blake3::Hash> {
        None
    }

    /// Where what was made of them can be kept, if anywhere.
    fn cache(&self) -> Option<&dyn Cache> {
        None
    }
}

/// Takes files as they are made, from any number of threads.
pub trait Sink: Sync {
    /// Takes one file; `path` is relative to the site's root, with `/` between its parts.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError>;

    /// Takes over a file that was put there before, unchanged, if the sink has it; says whether. One whose
    /// name tells its contents need not be put then.
    fn keep(&self, _path: &str) -> bool {
        false
    }
}

/// A sink that files can be added to and taken from.
pub trait Store: Sink {
    /// Adds files that were not there before, which is cheaper than to replace them; a crash may leave a
    /// few of them empty. Gives the paths at which there is a file already, which stays as it is.
    ///
    /// # Errors
    ///
    /// If one of them cannot be written; those before it stay, and some of those after it.
    fn create(&self, files: &[(&str, &[u8])]) -> Result<Vec<String>, FileError>;

    /// Replaces a file if `is_known` says of its bytes that they are what the caller has read; says whether it
    /// did. A save of somebody else at the same moment is not lost.
    fn replace(
        &self,
        path: &str,
        bytes: &[u8],
        is_known: &dyn Fn(&[u8]) -> bool,
    ) -> Result<bool, FileError>;

    /// Takes a file away; there need not be one.
    ///
    /// # Errors
    ///
    /// If it cannot be removed.
    fn discard(&self, path: &str) -> Result<(), FileError>;
}

/// Whether a name is of those that editors give to copies and locks.
pub fn is_of_an_editor(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || name.starts_with(".#")
        || [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end))
}

/// Whether a path names a file that [`Sources::list`] could give: a plain way down, nothing hidden on it.
pub fn is_listable(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !is_of_an_editor(part))
        && !path.contains('\0')
}

/// A file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{path}`: {source}")]
pub struct FileError {
    /// `read`, `write` or the like.
    pub action: &'static str,
    /// Path as users know it.
    pub path: String,
    /// What the system says.
    pub source: std::io::Error,
}

/// Files in memory: a sink for tests and the preview server, and a source for tests.
#[derive(Debug, Default)]
pub struct MemoryFiles {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemoryFiles {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// All files by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner()
    }

    fn lock(&self) -> parking_lot::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock()
    }
}

impl Sink for MemoryFiles {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.lock().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

impl Store for MemoryFiles {
    fn create(&self, files: &[(&str, &[u8])]) -> Result<Vec<String>, FileError> {
        let (there, new): (Vec<_>, Vec<_>) =
            files.iter().partition(|(path, _)| self.lock().contains_key(*path));
        new.iter().try_for_each(|(path, bytes)| self.put(path, bytes))?;
        Ok(there.iter().map(|(path, _)| (*path).to_owned()).collect())
    }

    fn replace(
        &self,
        path: &str,
        bytes: &[u8],
        is_known: &dyn Fn(&[u8]) -> bool,
    ) -> Result<bool, FileError> {
        match self.lock().get_mut(path).filter(|now| is_known(now)) {
            Some(now) => *now = bytes.to_vec(),
            None => return Ok(false),
        }
        Ok(true)
    }

    fn discard(&self, path: &str) -> Result<(), FileError> {
        self.lock().remove(path);
        Ok(())
    }
}

impl Sources for MemoryFiles {
    fn list(&self, folder: &str, _report: &Report) -> Vec<String> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        self.lock().keys().filter(|path| path.starts_with(&prefix)).cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.lock().get(path).cloned().ok_or_else(|| FileError {
            action: "read",
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })
    }
}
