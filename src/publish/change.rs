//! Changes a few files of a large site in place, where to make all of its folders anew costs far more.
//!
//! Before the first step, [`undo`] keeps all that the steps replace or remove. Then come new
//! folders, new files, replaced files, so that no page refers to what is not there yet; then
//! removals, emptied folders, and last the manifest. Each file is replaced by a rename: whoever
//! reads it has the old one or the new one, whole. A step that fails, and a run that is killed
//! between two, are undone: the former at once, the latter when a build next begins.
//!
//! Only file systems that cannot exchange two folders in one step (many of a network) need this, since it
//! differs from the exchange of whole folders: for the milliseconds that the steps take, a web
//! server that serves the folder sees files of both sites; and after a kill in that time, the folder
//! stays such a mixture until the program is run again.
#![expect(clippy::disallowed_methods, reason = "replaces files of the site")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::manifest::{MANIFEST, Manifest};
use super::places::Places;
use super::spare::NewSite;
use super::taken::folded;
use super::tree::{self, Foreign};
use super::undo;

/// Sites of fewer files are exchanged, which takes a few milliseconds.
const LARGE: usize = 500;

/// One file in so many may be put or removed in place, or in the site kept for the next one. A step costs about
/// what the exchange costs for each file of the site; a twentieth leaves a twentieth of that, keeps the time
/// short in which both sites are seen, and bounds what the kept site holds beside the files of the new one.
const SHARE: usize = 20;

/// A part of a change, by path below the site's folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Makes a folder.
    MakeFolder(&'a str),
    /// Puts a file of the stage in its place.
    Put(&'a str),
    /// Removes a file.
    Remove(&'a str),
    /// Removes a folder in which nothing is left.
    RemoveFolder(&'a str),
}

/// What makes the new site of the old one.
#[derive(Debug)]
pub(super) struct Change<'a> {
    pub(super) steps: Vec<Step<'a>>,
}

/// Whether so many files, put or removed, are few enough to be changed in place in a site of so many.
pub(super) fn pays(changed: usize, files_before: usize) -> bool {
    files_before >= LARGE && changed <= files_before / SHARE
}

impl<'a> Change<'a> {
    /// Plans a change. There is none where a file takes the place of a folder, or a folder that of a
    /// file, or a name changes its case only: in these the order of the steps would matter.
    pub(super) fn plan(target: &Path, before: &'a Manifest, new: &NewSite<'a>) -> Option<Self> {
        let NewSite { files: after, staged, foreign } = *new;
        let removed: Vec<&str> = before.missing_from(after).collect();
        if !before.exists() || changes_kinds(before, staged, &removed) {
            return None;
        }
        let there = |path: &&str| target.join(path).symlink_metadata().is_ok();
        let (replaced, new): (Vec<_>, Vec<_>) = staged.iter().copied().partition(there);
        let mut made: Vec<_> = tree::folders_of(staged.iter().copied()).into_iter().collect();
        made.retain(|path| !there(path));
        made.sort_unstable();
        let (removed, emptied) = leftovers(target, &removed, after, foreign);
        let steps = made.into_iter().map(Step::MakeFolder);
        let steps = steps.chain(new.into_iter().chain(replaced).map(Step::Put));
        let steps = steps.chain(removed.into_iter().map(Step::Remove));
        let steps = steps.chain(emptied.into_iter().map(Step::RemoveFolder));
        Some(Self { steps: steps.chain([Step::Put(MANIFEST)]).collect() })
    }
}

/// Makes a change. The manifest must be in the stage, younger than all other files there.
///
/// # Errors
///
/// If the file system refuses; the old site is whole then.
pub(super) fn make(change: &Change<'_>, places: &Places) -> io::Result<()> {
    let Places { target, stage, undo, .. } = places;
    let aside = stage.join(ASIDE);
    undo::keep(&change.steps, target, &aside, undo)?;
    let made = change.steps.iter().try_for_each(|step| step.take(target, stage));
    let made = made.and_then(|()| fs::rename(undo, &aside));
    if made.is_err() {
        // If this fails as well, the next build tries again before all else.
        let _ = undo::recover(target, undo);
    }
    made
}

/// What may be undone, in the stage, before the change begins and after it ended. No file of a site
/// has a name that begins so.
pub(super) const ASIDE: &str = ".fonds-manifest-undo";

impl Step<'_> {
    pub(super) fn take(&self, target: &Path, stage: &Path) -> io::Result<()> {
        match self {
            Self::MakeFolder(path) => fs::create_dir(target.join(path)),
            Self::Put(path) => fs::rename(stage.join(path), target.join(path)),
            Self::Remove(path) => tree::remove_file(&target.join(path)),
            Self::RemoveFolder(path) => tree::remove_empty(&target.join(path)),
        }
    }
}

/// Whether a file becomes a folder, a folder a file, or either another one on a host that does not
/// tell capital letters.
fn changes_kinds(before: &Manifest, staged: &[&str], removed: &[&str]) -> bool {
    let folders = tree::folders_of(staged.iter().copied());
    let new_folders = folders.iter().copied().filter(|path| !before.has_folder(path));
    let new_files = staged.iter().copied().filter(|path| before.get(path).is_none());
    let new: FxHashSet<_> = new_files.chain(new_folders).map(folded).collect();
    let is_new = |path: &str| new.contains(&folded(path));
    !new.is_empty() && (removed.iter().any(|path| is_new(path)) || before.folders().any(is_new))
}

/// The files to remove, and the folders in which nothing is left then, inner ones first.
fn leftovers<'a>(
    target: &Path,
    removed: &[&'a str],
    after: &Manifest,
    foreign: &Foreign,
) -> (Vec<&'a str>, Vec<&'a str>) {
    let held = foreign.parents();
    let others: FxHashSet<&Path> = foreign.files.iter().map(PathBuf::as_path).collect();
    // Through somebody else's symlink, files elsewhere would be removed.
    let is_ours = |path: &str| !Path::new(path).ancestors().any(|above| others.contains(above));
    let is_folder = |path: &&str| tree::is_folder(&target.join(path));
    let is_file =
        |path: &&str| target.join(path).symlink_metadata().is_ok_and(|data| !data.is_dir());
    let removed: Vec<&str> = removed.iter().copied().filter(|path| is_ours(path)).collect();
    let mut emptied: Vec<_> = tree::folders_of(removed.iter().copied()).into_iter().collect();
    emptied.retain(|path| !after.has_folder(path) && !held.contains(Path::new(path)));
    emptied.retain(is_folder);
    emptied.sort_unstable_by(|a, b| b.cmp(a));
    (removed.into_iter().filter(is_file).collect(), emptied)
}
