//! A folder of tens of thousands of files: looks at them and adds to them, by path below it.
//!
//! Most of what that costs is the system's, which follows each path from its beginning and tells
//! more than was asked. Where it can be asked for less, `by_handle` does; `by_path` is for all other
//! systems, and does the same.
#[cfg(folders_by_handle)]
mod by_handle;
#[cfg(any(not(folders_by_handle), test))]
mod by_path;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

#[cfg(folders_by_handle)]
use by_handle::Handle;
#[cfg(not(folders_by_handle))]
use by_path::Handle;

use crate::disk::make_folders;

/// A folder that is looked at or added to many times.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    handle: Handle,
}

/// What is in a folder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) name: OsString,
    /// A symlink to a folder is none.
    pub(super) is_folder: bool,
}

/// A file as the system describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) size: u64,
    /// When its bytes were last written.
    pub(super) time: SystemTime,
}

impl Folder {
    /// Opens a folder, if there is one.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        match Handle::open(path) {
            Ok(handle) => Ok(Some(Self { path: path.to_owned(), handle })),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All that is in a folder at a path below this one, or in this one if it is empty; in no order.
    pub(super) fn entries(&self, path: &Path) -> io::Result<Vec<Entry>> {
        let named = |e: io::Error| {
            io::Error::new(e.kind(), format!("{}: {e}", self.path.join(path).display()))
        };
        self.handle.entries(path).map_err(named)
    }

    /// A file, if one that is no folder and no symlink has the path.
    pub(super) fn file(&self, path: &str) -> Option<State> {
        self.handle.file(path)
    }

    /// Identifies a file or symlink on this system; `None` if nothing is there.
    pub(super) fn identity(&self, path: &Path) -> Option<(u64, u64)> {
        self.handle.identity(path)
    }

    /// Makes the folder of a file that is probably the first in it.
    ///
    /// Most files have a folder of their own, and to fail to open each of them before would cost more. What goes wrong
    /// here is reported for the file.
    pub(super) fn make_folder_of(&self, path: &str) {
        if let Some((folder, _)) = path.rsplit_once('/') {
            let _ = self.handle.make_folder(folder);
        }
    }

    /// Writes a file that was not there; the folders that it lies in are made if need be.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        let mut file = match self.handle.create(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                make_folders(&self.path.join(folder.unwrap_or_default()))?;
                self.handle.create(path)
            }
            result => result,
        }?;
        file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]
    use std::fs;

    use super::*;

    /// What a handle tells of a folder with a file, a folder and a symlink in it.
    macro_rules! tells {
        ($handle:ty) => {{
            let folder = tempfile::tempdir().unwrap();
            assert!(<$handle>::open(&folder.path().join("none")).is_err());
            let handle = <$handle>::open(folder.path()).unwrap();
            handle.make_folder("a").unwrap();
            handle.create("a/file").unwrap().write_all(b"four").unwrap();
            assert!(handle.create("a/file").is_err() && handle.make_folder("a").is_err());
            handle.make_folder("a/folder").unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink("folder", folder.path().join("a/link")).unwrap();
            let mut entries = handle.entries(Path::new("a")).unwrap();
            entries.sort();
            let data = fs::metadata(folder.path().join("a/file")).unwrap();
            let state = State { size: 4, time: data.modified().unwrap() };
            assert_eq!(handle.file("a/file"), Some(state));
            assert!(["a", "a/link", "none"].iter().all(|path| handle.file(path).is_none()));
            let identity = |path: &str| handle.identity(Path::new(path));
            assert!(identity("a/file").is_some() && identity("none").is_none());
            assert_ne!(identity("a/file"), identity("a/link"));
            assert_eq!(handle.entries(Path::new("")).unwrap().len(), 1);
            assert!(handle.entries(Path::new("a/file")).is_err());
            entries.into_iter().map(|e| (e.name.into_string().unwrap(), e.is_folder)).collect()
        }};
    }

    #[test]
    fn folders_are_described_alike_everywhere() {
        let by_path: Vec<_> = tells!(by_path::Handle);
        #[cfg(unix)]
        assert_eq!(
            by_path,
            [("file", false), ("folder", true), ("link", false)].map(|(n, f)| (n.to_owned(), f))
        );
        #[cfg(folders_by_handle)]
        {
            let by_handle: Vec<_> = tells!(by_handle::Handle);
            assert_eq!(by_handle, by_path);
        }
    }

    #[test]
    fn a_folder_of_many_files_is_read_to_its_end() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::open(temporary.path()).unwrap().unwrap();
        let mut names: Vec<String> =
            (0..1000).map(|n| format!("{n}-{}", "x".repeat(200))).collect();
        for name in &names {
            folder.write(&format!("a/b/{name}"), b"").unwrap();
        }
        let entries = folder.entries(Path::new("a/b")).unwrap();
        let mut found: Vec<_> =
            entries.into_iter().map(|entry| entry.name.into_string().unwrap()).collect();
        names.sort();
        found.sort();
        assert_eq!(found, names);
    }
}
