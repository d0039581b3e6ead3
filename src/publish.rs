//! Makes `public/` equal to the files of a build, completely or not at all.
//!
//! Files come in through [`Publication`], a [`Sink`], and are staged beside `public/`, on the same
//! file system; [`Publication::commit`] then exchanges the two folders in one step. A run that ends
//! before (an error, a full disk, `kill -9`) leaves the old site as it was, and the next run clears
//! its stage away. A file whose bytes did not change stays the file it was, with its time. Files in
//! `public/` that the program did not write are carried over.
//!
//! Nothing here knows what the files mean.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

mod error;
mod lock;
mod manifest;
mod path;
mod swap;
mod tree;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub use error::{PublishError, file_diagnostic};
use lock::Lock;
use manifest::{MANIFEST, Manifest, Written};
pub use path::check_site_path;

use crate::files::{FileError, Sink};

/// A site that is being written. Dropped before [`Publication::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Publication {
    target: PathBuf,
    /// The target's path as users know it.
    shown: String,
    stage: Stage,
    before: Manifest,
    taken: Mutex<BTreeMap<String, Taken>>,
    /// Folders of the stage that have been made.
    folders: Mutex<FxHashSet<String>>,
    /// Last, so that the stage is gone before another build may begin.
    _lock: Lock,
}

/// What became of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
    /// Files that are new or changed.
    pub written: usize,
    /// Files of the site before that the new one does not have.
    pub removed: usize,
    /// Files that the program did not write, carried over.
    pub kept: usize,
}

/// Deletes what builds wrote into a folder, and the folder too unless others have files in it.
///
/// # Errors
///
/// As for [`Publication::begin`] and [`Publication::commit`].
pub fn clean(target: &Path, shown: &str) -> Result<Published, PublishError> {
    let (published, _) = Publication::begin(target, shown)?.commit()?;
    let fault = |source| FileError { action: "delete", path: shown.to_owned(), source };
    tree::remove_file(&target.join(MANIFEST)).map_err(fault)?;
    if published.kept == 0 {
        tree::remove(target).map_err(fault)?;
    }
    Ok(published)
}

/// A file of the build, by its path in lower case.
#[derive(Debug)]
struct Taken {
    path: String,
    file: Written,
    /// Whether it is in the stage; else the one in the target is the same.
    staged: bool,
}

/// The site's folder, and what is beside it for the time of a build.
struct Places {
    target: PathBuf,
    stage: PathBuf,
    old: PathBuf,
    lock: PathBuf,
}

impl Places {
    /// None if the folder has no name to give to another.
    fn of(target: &Path) -> io::Result<Option<Self>> {
        let Some(name) = target.file_name() else { return Ok(None) };
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let parent = fs::canonicalize(parent)?;
        let beside = |part: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".fonds-{part}"));
            parent.join(hidden)
        };
        let (stage, old, lock) = (beside("stage"), beside("old"), beside("lock"));
        Ok(Some(Self { target: parent.join(name), stage, old, lock }))
    }
}

/// The folder that the new site grows in.
#[derive(Debug)]
struct Stage(PathBuf);

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted when the next build begins.
        let _ = tree::remove(&self.0);
    }
}

impl Publication {
    /// Begins to write a site to a folder, which users know as `shown`.
    ///
    /// # Errors
    ///
    /// If the folder is none, another build is writing it, or there is no right to write beside it.
    pub fn begin(target: &Path, shown: &str) -> Result<Self, PublishError> {
        let fault = |source| FileError { action: "write", path: shown.to_owned(), source };
        let places = Places::of(target).map_err(fault)?;
        let places = places.ok_or_else(|| PublishError::NotReplaceable(shown.to_owned()))?;
        check_target(&places.target, shown)?;
        let lock = Lock::take(&places.lock).map_err(fault)?;
        let lock = lock.ok_or_else(|| PublishError::Busy(shown.to_owned()))?;
        swap::recover(&places.target, &places.old).map_err(fault)?;
        tree::remove(&places.stage).map_err(fault)?;
        fs::create_dir(&places.stage).map_err(fault)?;
        Ok(Self {
            before: Manifest::read(&places.target).map_err(fault)?,
            stage: Stage(places.stage),
            target: places.target,
            shown: shown.to_owned(),
            taken: Mutex::default(),
            folders: Mutex::default(),
            _lock: lock,
        })
    }

    /// Whether the site of an earlier build stands in the folder, every file of it as it was written.
    /// `site` is what [`Publication::commit`] gave for it.
    pub fn stands(&self, site: &str) -> bool {
        let is_untouched = |(path, file): (&String, &Written)| {
            self.before.is_untouched(&self.target.join(path), *file)
        };
        self.before.exists()
            && self.before.digest() == site
            && self.before.files().par_iter().all(is_untouched)
    }

    /// Puts the new site in the place of the old one; gives what became of it, and a digest by which
    /// [`Publication::stands`] knows it.
    ///
    /// # Errors
    ///
    /// If files of others are in its way, or the file system refuses; the old site is whole then.
    pub fn commit(self) -> Result<(Published, String), PublishError> {
        let foreign = tree::foreign(&self.target, &self.before).map_err(|e| self.fault(e))?;
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let clashes = foreign.clashes(&self.target, &self.stage.0, &taken);
        if !clashes.is_empty() {
            return Err(PublishError::Clashes { folder: self.shown.clone(), paths: clashes });
        }
        let manifest = Manifest::of(taken.values().map(|t| (t.path.as_str(), t.file)));
        let published = Published {
            files: taken.len(),
            bytes: taken.values().map(|t| t.file.size).sum(),
            written: taken.values().filter(|t| t.staged).count(),
            removed: self.before.missing_from(&manifest),
            kept: foreign.files.len(),
        };
        if self.before.exists() && published.written == 0 && published.removed == 0 {
            return Ok((published, manifest.digest()));
        }
        self.complete_stage(&taken, &foreign).map_err(|e| self.fault(e))?;
        fs::write(self.stage.0.join(MANIFEST), manifest.to_text()).map_err(|e| self.fault(e))?;
        swap::replace(&self.stage.0, &self.target).map_err(|e| self.refusal(e))?;
        Ok((published, manifest.digest()))
    }

    /// Adds what the new site shares with the old folder: files that did not change, files of others.
    fn complete_stage(
        &self,
        taken: &BTreeMap<String, Taken>,
        foreign: &tree::Foreign,
    ) -> io::Result<()> {
        let unchanged: Vec<&Path> =
            taken.values().filter(|t| !t.staged).map(|t| Path::new(&t.path)).collect();
        unchanged
            .into_par_iter()
            .chain(foreign.files.par_iter().map(PathBuf::as_path))
            .try_for_each(|path| tree::link(&self.target.join(path), &self.stage.0.join(path)))?;
        tree::copy_folders(&foreign.folders, &self.target, &self.stage.0)
    }

    fn fault(&self, source: io::Error) -> FileError {
        FileError { action: "replace", path: self.shown.clone(), source }
    }

    fn refusal(&self, error: io::Error) -> PublishError {
        use io::ErrorKind::{CrossesDevices, ResourceBusy};
        if matches!(error.kind(), CrossesDevices | ResourceBusy) {
            return PublishError::NotReplaceable(self.shown.clone());
        }
        self.fault(error).into()
    }

    fn is_unchanged(&self, path: &str, file: Written) -> bool {
        self.before.get(path) == Some(file)
            && self.before.is_untouched(&self.target.join(path), file)
    }

    /// Makes the folder of a file that is the first in it: most files have one of their own, and to
    /// fail to open each of them before would cost more. What goes wrong here is told by the file.
    fn make_folder(&self, path: &str) {
        let Some((folder, _)) = path.rsplit_once('/') else { return };
        let is_new = {
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            !folders.contains(folder) && folders.insert(folder.to_owned())
        };
        if is_new {
            let _ = fs::create_dir(self.stage.0.join(folder));
        }
    }

    /// Keeps a path for one file; says whether it had none yet. The same file may come twice, as
    /// files that are named after their contents do.
    fn reserve(&self, path: &str, file: Written, staged: bool) -> io::Result<bool> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match all.entry(path.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(Taken { path: path.to_owned(), file, staged });
                Ok(true)
            }
            Entry::Occupied(other) if other.get().path == path && other.get().file == file => {
                Ok(false)
            }
            Entry::Occupied(other) => Err(io::Error::other(format!(
                "the site already has `{}`, and hosts may not tell the two apart",
                other.get().path
            ))),
        }
    }
}

impl Sink for Publication {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let write = || {
            check_site_path(path).map_err(io::Error::other)?;
            let file = Written::of(bytes);
            let staged = !self.is_unchanged(path, file);
            if self.reserve(path, file, staged)? && staged {
                self.make_folder(path);
                tree::write(&self.stage.0.join(path), bytes)?;
            }
            Ok(())
        };
        write().map_err(|source| FileError {
            action: "write",
            path: format!("{}/{path}", self.shown),
            source,
        })
    }
}

fn check_target(target: &Path, shown: &str) -> Result<(), PublishError> {
    let not_a_folder = |found| Err(PublishError::NotAFolder { path: shown.to_owned(), found });
    match target.symlink_metadata() {
        Ok(data) if data.is_symlink() => not_a_folder("a symlink"),
        Ok(data) if !data.is_dir() => not_a_folder("a file"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
