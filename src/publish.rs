//! Makes `public/` equal to the files of a build, completely or not at all. Nothing here knows what the files mean.
//!
//! Files come in through [`Publication`], a [`Sink`], and are staged beside `public/`, on the same file system;
//! [`Publication::commit`] then exchanges the two folders in one step. A run that ends before (an error, a full disk,
//! `kill -9`) leaves the old site as it was, and the next run removes its stage. Of a large site the old folder is kept,
//! hidden, and made equal to the next site if few files change ([`spare`]).
//!
//! Where a file system cannot exchange two folders, the change is made file by file, in milliseconds. What it replaces is
//! first kept beside the site, in a folder whose name says that a change is under way; the next run undoes a change that was
//! killed. All ways have the same outcome; a property test compares them.
//!
//! A file whose bytes did not change stays the file it was, with its time. A build that knows which files will be the same
//! has them kept without making them (`Sink::keep`). Each file is hashed while it is made, and a kept file keeps its
//! checksum, so that `manifest-sha256.txt` costs no reading. A hidden manifest, always the last file written, tells files
//! that the program wrote from those of other programs, which stay.
//!
//! `publish::targets` brings a finished site to another place, by its list of checksums and the list that is there: a folder in
//! the same way as `public/`; a git branch by a commit that is made without a checkout; places over a network file by file,
//! under a lease that says which files are in doubt (`remote.rs`). Requests to object stores are signed here
//! (`s3/sign.rs`), with the checksums of the list, and sent by `ureq`: each library for them would take as long to compile
//! as everything else.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

mod change;
mod checksums;
mod error;
mod folder;
mod lock;
mod manifest;
mod new_folder;
mod places;
mod spare;
mod swap;
mod taken;
pub mod targets;
mod tree;
mod undo;
mod verify;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use parking_lot::Mutex;

use serde::{Deserialize, Serialize};

use change::Change;
pub use checksums::{Checksum, Checksums, parse_checksums, write_checksums};
pub use error::{PublishError, file_diagnostic};
use folder::Folder;
use lock::Lock;
use manifest::{MANIFEST, Manifest, Written};
pub use new_folder::NewFolder;
use places::{Places, Stage};
use spare::NewSite;
use taken::{Outcome, TakenFiles};
use tree::Foreign;
pub use verify::{Verified, VerifyError, checksum_of_file, verify};

use crate::disk::{self, exchange};
use crate::files::{FileError, Sink};
use crate::parallel;
use crate::site_path::{CHECKSUMS, check_site_path};

/// A site that is being written. Dropped before [`Publication::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Publication {
    places: Places,
    /// The path of the site's folder as users know it.
    shown: String,
    before: Manifest,
    /// The site's folder, if there is one.
    site: Option<Folder>,
    /// The list of checksums in it, once it is asked for; none if it is not what a build wrote.
    listed: OnceLock<Option<Checksums>>,
    taken: Mutex<TakenFiles>,
    stage: Stage,
    /// Last, so that the stage is gone before another build may begin.
    _lock: Lock,
}

/// What became of a publication; the list of checksums is not counted.
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
    /// Files that the program did not write, carried over; a `.gitignore` is not counted.
    pub kept: usize,
}

/// A turn of a run, which other runs of its kind wait for; it ends when it is dropped, or with the process.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "held")] Lock);

impl Turn {
    /// Takes a turn by a file that users know as `shown`; none if another run has it.
    pub fn take(path: &Path, shown: &str) -> Result<Option<Self>, FileError> {
        let fault = |source| FileError { action: "lock", path: shown.to_owned(), source };
        Ok(Lock::take(path).map_err(fault)?.map(Self))
    }
}

/// Deletes what builds wrote into a folder, and the folder too unless it holds files of somebody else.
///
/// # Errors
///
/// As for [`Publication::begin`] and [`Publication::commit`].
pub fn clean(target: &Path, shown: &str) -> Result<Published, PublishError> {
    let (published, _) = Publication::begin(target, shown)?.commit()?;
    let fault = |source| FileError { action: "delete", path: shown.to_owned(), source };
    tree::remove_file(&target.join(MANIFEST)).map_err(fault)?;
    // A repository keeps an empty folder by its `.gitignore`.
    if published.kept == 0 && !target.join(tree::IGNORE).exists() {
        disk::remove_tree(target).map_err(fault)?;
    }
    if let Some(places) = Places::of(target).map_err(fault)? {
        disk::remove_tree(&places.spare).map_err(fault)?;
    }
    Ok(published)
}

/// How the new site gets into the place of the old one. The outcome is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The stage is completed and exchanged with the old site, which is deleted.
    Whole,
    /// The site before the old one is made equal to the new one, and exchanged with the old one.
    Spare,
    /// Files are replaced one by one, where two folders cannot be exchanged in one step.
    InPlace,
}

/// Whether few files of a large site change.
#[derive(Debug, Clone, Copy)]
struct Few {
    is_few: bool,
}

impl Way {
    fn choose(places: &Places, few: Few) -> Self {
        match few.is_few {
            false => Self::Whole,
            true if swap::is_supported(&places.stage) => Self::Spare,
            true => Self::InPlace,
        }
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
        undo::recover(&places.target, &places.undo).map_err(fault)?;
        swap::recover(&places.target, &places.old).map_err(fault)?;
        let stage = Stage::make(&places).map_err(fault)?;
        Ok(Self {
            before: Manifest::read(&places.target).map_err(fault)?,
            site: Folder::open(&places.target).map_err(fault)?,
            listed: OnceLock::new(),
            places,
            shown: shown.to_owned(),
            taken: Mutex::default(),
            stage,
            _lock: lock,
        })
    }

    /// Whether the site of an earlier build is in the folder, every file of it as it was written.
    /// `site` is what [`Publication::commit`] gave for it.
    pub fn stands(&self, site: &str) -> bool {
        if !self.before.exists() || self.before.digest() != site {
            return false;
        }
        let files: Vec<(&str, Written)> = self.before.files().collect();
        let untouched =
            |(path, file): &(&str, Written)| self.is_untouched(path, *file).then_some(()).ok_or(());
        parallel::try_for_each(&files, untouched).is_ok()
    }

    /// Whether the new site has a file, as far as it was put or taken over by now.
    pub fn has(&self, path: &str) -> bool {
        self.taken.lock().has(path)
    }

    /// The bytes of a file that the new site takes over from the one before; none of one that was put.
    pub fn taken_over(&self, path: &str) -> Option<Vec<u8>> {
        let is_taken_over = self.taken.lock().is_taken_over(path);
        is_taken_over.then(|| fs::read(self.places.target.join(path)).ok())?
    }

    /// Puts the new site in the place of the old one; gives what became of it, and a digest by which
    /// [`Publication::stands`] knows it.
    ///
    /// # Errors
    ///
    /// If somebody else's files are in its way, or the file system refuses; the old site is whole then.
    pub fn commit(self) -> Result<(Published, String), PublishError> {
        self.commit_by(Way::choose, change::make)
    }

    /// As [`Publication::commit`], with the choice of the way, and with how a change in place is made.
    fn commit_by(
        self,
        choose: impl FnOnce(&Places, Few) -> Way,
        make: impl FnOnce(&Change<'_>, &Places) -> io::Result<()>,
    ) -> Result<(Published, String), PublishError> {
        let Places { target, stage, .. } = &self.places;
        let taken = self.taken.lock();
        let (after, mut staged) = taken.site();
        let after = self.with_checksums(after, &taken, &mut staged).map_err(|e| self.fault(e))?;
        let own = |path: &&str| *path != CHECKSUMS;
        let removed = self.before.missing_from(&after).filter(own).count();
        let written = staged.iter().filter(|path| own(path)).count();
        let changed = written + removed;
        let is_same = staged.is_empty() && self.before.missing_from(&after).next().is_none();
        let few = Few { is_few: change::pays(changed, self.before.paths().filter(own).count()) };
        let way = choose(&self.places, few);
        let foreign = self.foreign().map_err(|e| self.fault(e))?;
        let clashes = foreign.clashes(target, stage, &after);
        if !clashes.is_empty() {
            return Err(PublishError::Clashes { folder: self.shown.clone(), paths: clashes });
        }
        let published = Published {
            files: after.paths().filter(own).count(),
            bytes: after.files().filter(|(path, _)| own(path)).map(|(_, file)| file.size).sum(),
            written,
            removed,
            kept: foreign.counted(),
        };
        let done = (published, after.digest());
        if self.before.exists() && is_same {
            return Ok(done);
        }
        let new = NewSite { files: &after, staged: &staged, foreign: &foreign };
        let change = match way {
            Way::InPlace => Change::plan(target, &self.before, &new),
            _ => None,
        };
        let replaced = match (way, change) {
            (Way::Spare, _) if self.before.exists() => self.exchange_spare(&new),
            (_, Some(change)) => self.seal_stage(&after).and_then(|()| make(&change, &self.places)),
            (_, None) => self.exchange_stage(&new),
        };
        replaced.map(|()| done).map_err(|e| self.refusal(e))
    }

    /// Has the new site grow in the spare folder, which shares all other files with the old one.
    fn exchange_spare(&self, new: &NewSite<'_>) -> io::Result<()> {
        let renewed = spare::renew(&self.places, new)
            .and_then(|()| spare::seal(&self.places, new.files))
            .and_then(|()| exchange(&spare::site(&self.places), &self.places.target));
        if renewed.is_err() {
            // What is left of it may be what fills the disk.
            let _ = disk::remove_tree(&self.places.spare);
            return renewed;
        }
        let changed = new.staged.iter().copied().chain(self.before.missing_from(new.files));
        spare::forget(&self.places, changed);
        Ok(())
    }

    /// Exchanges the stage with the old site, which goes, and so does a site kept for the next one.
    fn exchange_stage(&self, new: &NewSite<'_>) -> io::Result<()> {
        let Places { stage, spare, .. } = &self.places;
        let has_spare = self.before.exists() && tree::is_folder(spare);
        if has_spare && swap::is_supported(stage) {
            // Its folders are there already, and one site is deleted instead of two.
            self.exchange_spare(new)?;
            let _ = disk::remove_tree(spare);
            return Ok(());
        }
        self.complete_stage(new)?;
        self.seal_stage(new.files)?;
        swap::replace(&self.places.stage, &self.places.target)?;
        // What cannot be deleted now is deleted by the next build that finds it in its way.
        let _ = disk::remove_tree(&self.places.spare);
        Ok(())
    }

    /// Writes the manifest, the last of all files: what is younger is not ours.
    fn seal_stage(&self, after: &Manifest) -> io::Result<()> {
        fs::write(self.places.stage.join(MANIFEST), after.text())
    }

    /// Adds what the new site shares with the old folder: files that did not change, files that are not ours.
    fn complete_stage(&self, new: &NewSite<'_>) -> io::Result<()> {
        let (Places { target, stage, .. }, foreign) = (&self.places, new.foreign);
        let unchanged = manifest::without(new.files.paths(), new.staged.iter().copied());
        let mut linked: Vec<&Path> = unchanged.map(Path::new).collect();
        linked.extend(foreign.files.iter().map(PathBuf::as_path));
        parallel::try_for_each(&linked, |path| tree::link(&target.join(path), &stage.join(path)))?;
        tree::copy_folders(&foreign.folders, target, stage)
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

    /// What is in the site's folder and not ours.
    fn foreign(&self) -> io::Result<Foreign> {
        let find = |site| Foreign::find(site, &self.before);
        self.site.as_ref().map_or(Ok(Foreign::default()), find)
    }

    fn is_untouched(&self, path: &str, file: Written) -> bool {
        self.site.as_ref().is_some_and(|site| self.before.is_untouched(site, path, file))
    }

    fn is_staged(&self, path: &str, file: Written) -> bool {
        self.before.get(path) != Some(file) || !self.is_untouched(path, file)
    }

    fn take(&self, path: &str, bytes: &[u8]) -> io::Result<Outcome> {
        let file = Written::of(bytes);
        let is_known = self.before.get(path) == Some(file) && self.listed(path).is_some();
        let checksum = (!is_known).then(|| Checksum::of(bytes));
        let is_staged = self.is_staged(path, file);
        self.taken.lock().take(path, (file, is_staged, checksum))
    }

    /// The checksum that the site before had for a path.
    fn listed(&self, path: &str) -> Option<Checksum> {
        let read = || checksums::read(&self.places.target, &self.before);
        self.listed.get_or_init(read).as_ref()?.get(path).copied()
    }

    /// Adds the list of checksums to a site, and stages it unless it is as it was.
    fn with_checksums(
        &self,
        after: Manifest,
        taken: &TakenFiles,
        staged: &mut Vec<&str>,
    ) -> io::Result<Manifest> {
        if after.len() == 0 {
            return Ok(after);
        }
        let checksum = |path: &str| match taken.checksum(path).or_else(|| self.listed(path)) {
            Some(checksum) => Ok(checksum),
            // The site before had no list, or somebody changed it.
            None => fs::read(self.places.target.join(path)).map(|bytes| Checksum::of(&bytes)),
        };
        let listed = after.paths().map(|path| Ok((path, checksum(path)?)));
        let text = write_checksums(listed.collect::<io::Result<Vec<_>>>()?.into_iter());
        let file = Written::of(text.as_bytes());
        if self.is_staged(CHECKSUMS, file) {
            self.stage.folder.write(CHECKSUMS, text.as_bytes())?;
            let place = staged.partition_point(|path| *path < CHECKSUMS);
            staged.insert(place, CHECKSUMS);
        }
        Ok(after.with(CHECKSUMS, file))
    }
}

impl Sink for Publication {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let write = || {
            check_site_path(path)
                .map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
            match self.take(path, bytes)? {
                Outcome::Stage { is_first } => {
                    if is_first {
                        self.stage.folder.make_folder_of(path);
                    }
                    self.stage.folder.write(path, bytes)
                }
                Outcome::Nothing => Ok(()),
            }
        };
        write().map_err(|source| FileError {
            action: "write",
            path: format!("{}/{path}", self.shown),
            source,
        })
    }

    fn keep(&self, path: &str) -> bool {
        let file = self.before.get(path).filter(|file| self.is_untouched(path, *file));
        file.is_some_and(|file| self.taken.lock().take(path, (file, false, None)).is_ok())
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
