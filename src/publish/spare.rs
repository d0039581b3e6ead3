//! A second folder of a large site, beside it, that the next site grows in: a few changed files then
//! cost as much as they are, and the exchange of the two folders is one step.
//!
//! To make all folders of a large site anew and to delete the old ones costs seconds. So the old
//! site is kept after the exchange. It shares all files that did not change with the new one (hard
//! links), and what changed is deleted from it, so that it takes little room and holds nothing that was taken
//! out of the site. The next build makes it equal to the new site: a file in it
//! that is not the very file of the site is not believed, whatever its name, size or time. Hence
//! it does no harm if a run is killed in the middle, or if somebody else put the folder there.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::folder::Folder;
use super::manifest::{self, MANIFEST, Manifest};
use super::places::Places;
use super::tree::{self, Foreign};
use crate::disk::{make_folders, remove_tree};
use crate::parallel;

/// The folder inside the spare one that the site grows in.
const SITE: &str = "site";

/// What the new site consists of.
pub(super) struct NewSite<'a> {
    pub(super) files: &'a Manifest,
    /// Those of the files that are in the stage; the other ones are in the old site.
    pub(super) staged: &'a [&'a str],
    pub(super) foreign: &'a Foreign,
}

/// Where the spare folder's site is.
pub(super) fn site(places: &Places) -> PathBuf {
    places.spare.join(SITE)
}

/// Makes the spare folder equal to the new site; the manifest is left to the caller, who writes it last.
///
/// # Errors
///
/// If the file system refuses; the old site is as it was.
pub(super) fn renew(places: &Places, new: &NewSite<'_>) -> io::Result<()> {
    let Places { target, stage, spare, .. } = places;
    if !tree::is_folder(spare) {
        remove_tree(spare)?;
        fs::create_dir(spare)?;
    }
    let ignore = spare.join(".gitignore");
    if !ignore.symlink_metadata().is_ok_and(|data| data.is_file()) {
        remove_tree(&ignore)?;
        fs::write(ignore, "*\n")?;
    }
    let spare = &spare.join(SITE);
    if !tree::is_folder(spare) {
        remove_tree(spare)?;
        fs::create_dir(spare)?;
    }
    let shared = manifest::without(new.files.paths(), new.staged.iter().copied());
    let mut shared: Vec<&Path> = shared.map(Path::new).collect();
    shared.extend(new.foreign.files.iter().map(PathBuf::as_path));
    let mut folders: FxHashSet<&Path> = new.files.folders().map(Path::new).collect();
    folders.extend(new.foreign.folders.iter().map(PathBuf::as_path));
    folders.extend(new.foreign.parents());
    let kept = clear(spare, target, &shared, &folders)?;
    shared.retain(|path| !kept.contains(*path));
    parallel::try_for_each(&shared, |path| tree::link(&target.join(path), &spare.join(path)))?;
    parallel::try_for_each(new.staged, |path| tree::rename(&stage.join(path), &spare.join(path)))?;
    tree::copy_folders(&new.foreign.folders, target, spare)
}

/// Deletes all in the spare folder but the files that it shares with the site and folders that the new
/// site has; gives the paths of these files.
fn clear(
    spare: &Path,
    target: &Path,
    shared: &[&Path],
    folders: &FxHashSet<&Path>,
) -> io::Result<FxHashSet<PathBuf>> {
    let (Some(old), Some(site)) = (Folder::open(spare)?, Folder::open(target)?) else {
        return Ok(FxHashSet::default());
    };
    let shared: FxHashSet<&Path> = shared.iter().copied().collect();
    let is_kept = |path: &Path| {
        shared.contains(path) && {
            let here = old.identity(path);
            here.is_some() && here == site.identity(path)
        }
    };
    let mut kept = FxHashSet::default();
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() {
        let looked = parallel::map(&level, |folder| {
            let (mut inner, mut files) = (Vec::new(), Vec::new());
            for entry in old.entries(folder)? {
                let path = tree::joined(folder, &entry.name);
                match entry.is_folder {
                    true if folders.contains(&*path) => inner.push(path),
                    false if is_kept(&path) => files.push(path),
                    _ => remove_tree(&spare.join(path))?,
                }
            }
            Ok((inner, files))
        });
        let looked: Vec<(Vec<PathBuf>, Vec<PathBuf>)> =
            looked.into_iter().collect::<io::Result<_>>()?;
        level.clear();
        for (inner, files) in looked {
            level.extend(inner);
            kept.extend(files);
        }
    }
    Ok(kept)
}

/// Deletes what the old site, which is in the spare folder now, does not share with the new one. What cannot be
/// deleted does no harm.
pub(super) fn forget<'a>(places: &Places, changed: impl Iterator<Item = &'a str>) {
    let old = places.spare.join(SITE);
    for path in changed.chain([MANIFEST]) {
        if !tree::leads_elsewhere(&old, path) {
            let _ = fs::remove_file(old.join(path));
        }
    }
}

/// Writes the manifest of the new site into the spare folder: what is younger is not ours.
pub(super) fn seal(places: &Places, manifest: &Manifest) -> io::Result<()> {
    let path = places.spare.join(SITE).join(MANIFEST);
    make_folders(path.parent().unwrap_or(&places.spare))?;
    fs::write(path, manifest.text())
}
