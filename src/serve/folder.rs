//! The archive's folder, opened anew for each file: another one may have taken its place.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::files::{Cache, FileError, Sources};

/// The folder of an archive, wherever its path leads at the moment.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    /// Opens it to read many files; fails if it is not there.
    pub(super) fn open(&self, report: &Report) -> Option<Disk> {
        let opened = Disk::open(&self.0);
        opened.map_err(|error| report.push(Diagnostic::error("", error.to_string()))).ok()
    }

    /// Whether a file is, without a look at any other, one of those that are listed.
    pub(super) fn is_plain(&self, path: &str) -> bool {
        Disk::open(&self.0).is_ok_and(|disk| disk.is_plain(path))
    }
}

impl Cache for Folder {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        Disk::open(&self.0).ok()?.take(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        if let Ok(disk) = Disk::open(&self.0) {
            disk.keep(name, bytes);
        }
    }

    fn names(&self) -> Vec<String> {
        Disk::open(&self.0).map(|disk| disk.names()).unwrap_or_default()
    }

    fn forget(&self, name: &str) {
        if let Ok(disk) = Disk::open(&self.0) {
            disk.forget(name);
        }
    }
}

impl Sources for Folder {
    fn cache(&self) -> Option<&dyn Cache> {
        Some(self)
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        self.open(report).map(|disk| disk.list(folder, report)).unwrap_or_default()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        Disk::open(&self.0)?.read(path)
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        Disk::open(&self.0)?.beginning(path, length)
    }

    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        Disk::open(&self.0)?.part(path, from, length)
    }
}
