//! A new folder, made completely or not at all: it grows beside its place, and is renamed.
#![expect(clippy::disallowed_methods, reason = "writes the folder")]

use std::fs;
use std::io;
use std::path::Path;

use parking_lot::Mutex;
use rustc_hash::FxHashSet;

use super::error::PublishError;
use super::lock::Lock;
use super::places::{Places, Stage};
use crate::files::{FileError, Sink};

/// A folder that is being made. Dropped before [`NewFolder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct NewFolder {
    places: Places,
    /// Its path as users know it.
    shown: String,
    written: Mutex<FxHashSet<String>>,
    stage: Stage,
    _lock: Lock,
}

impl NewFolder {
    /// Begins to write a folder, which users know as `shown`.
    ///
    /// # Errors
    ///
    /// If something is there already, or there is no right to write beside it.
    pub fn begin(target: &Path, shown: &str) -> Result<Self, PublishError> {
        let fault = |source| FileError { action: "write", path: shown.to_owned(), source };
        let places = Places::of(target).map_err(fault)?;
        let places = places.ok_or_else(|| PublishError::NotReplaceable(shown.to_owned()))?;
        let is_empty =
            |path: &Path| fs::read_dir(path).is_ok_and(|mut inner| inner.next().is_none());
        if places.target.symlink_metadata().is_ok() && !is_empty(&places.target) {
            return Err(PublishError::Exists(shown.to_owned()));
        }
        let lock = Lock::take(&places.lock).map_err(fault)?;
        let lock = lock.ok_or_else(|| PublishError::Busy(shown.to_owned()))?;
        let stage = Stage::make(&places).map_err(fault)?;
        let (shown, written) = (shown.to_owned(), Mutex::default());
        Ok(Self { places, shown, written, stage, _lock: lock })
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    ///
    /// If the file system refuses, or somebody else made it meanwhile.
    pub fn commit(self) -> Result<(), PublishError> {
        let Places { target, stage, .. } = &self.places;
        // Only an empty folder can be removed so.
        let replace = match fs::remove_dir(target) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => fs::rename(stage, target),
        };
        let path = self.shown.clone();
        replace.map_err(|source| FileError { action: "make", path, source }.into())
    }
}

impl Sink for NewFolder {
    /// Writes a file; the same path may come twice, with the same bytes.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let mut written = self.written.lock();
        if !written.insert(path.to_owned()) {
            return Ok(());
        }
        drop(written);
        self.stage.folder.make_folder_of(path);
        let written = self.stage.folder.write(path, bytes);
        written.map_err(|source| FileError {
            action: "write",
            path: format!("{}/{path}", self.shown),
            source,
        })
    }
}
