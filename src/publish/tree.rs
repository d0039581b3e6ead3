//! Folders of files: write, link, delete, and find what is not ours.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::folder::Folder;
use super::manifest::{MANIFEST, Manifest};
use super::taken::folded;
use crate::disk::make_folders;
use crate::parallel;

/// By this file of its own, a site's folder is in a repository and its content is not.
pub(super) const IGNORE: &str = ".gitignore";

/// What the program did not write, by path below the site's folder.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    pub(super) files: Vec<PathBuf>,
    /// Outer ones first.
    pub(super) folders: Vec<PathBuf>,
}

impl Foreign {
    /// Finds what the program did not write in a folder.
    pub(super) fn find(site: &Folder, ours: &Manifest) -> io::Result<Self> {
        let (files, folders) = (ours.paths().collect(), ours.folders().collect());
        let ours = Ours { site, files, folders };
        let mut found = ours.others()?;
        found.files.sort_unstable();
        found.folders.sort_unstable();
        Ok(found)
    }

    /// How many files are reported to users: without the one that keeps the rest out of a repository.
    pub(super) fn counted(&self) -> usize {
        self.files.iter().filter(|path| path.as_path() != Path::new(IGNORE)).count()
    }

    fn and(mut self, mut other: Self) -> Self {
        self.files.append(&mut other.files);
        self.folders.append(&mut other.folders);
        self
    }

    /// All folders that hold something that is not ours, at any depth.
    pub(super) fn parents(&self) -> FxHashSet<&Path> {
        let mut parents = FxHashSet::default();
        for path in self.files.iter().chain(&self.folders) {
            for folder in path.ancestors().skip(1) {
                if !parents.insert(folder) {
                    break;
                }
            }
        }
        parents
    }

    /// Paths at which these files and those of the site that is to be cannot both be. Equal bytes are
    /// no clash.
    pub(super) fn clashes(&self, target: &Path, stage: &Path, site: &Manifest) -> Vec<String> {
        if self.files.is_empty() && self.folders.is_empty() {
            return Vec::new();
        }
        let lower = |path: &PathBuf| path.to_string_lossy().to_lowercase();
        let all: FxHashSet<String> = self.files.iter().chain(&self.folders).map(lower).collect();
        let is_here = |path: &&str| all.contains(&*folded(path));
        let files: FxHashMap<_, _> =
            site.paths().filter(is_here).map(|path| (folded(path), path)).collect();
        let folders: FxHashSet<_> = site.folders().filter(is_here).map(folded).collect();
        let is_in_the_way = |path: &&PathBuf| {
            let key = lower(path);
            folders.contains(&*key)
                || files.get(&*key).is_some_and(|ours| {
                    Path::new(ours) != path.as_path()
                        || !is_equal(&target.join(path), &stage.join(ours))
                })
        };
        let is_file = |path: &&PathBuf| files.contains_key(&*lower(path));
        let of_files = self.files.iter().filter(is_in_the_way);
        let of_folders = self.folders.iter().filter(is_file);
        of_files.chain(of_folders).map(|path| path.to_string_lossy().into_owned()).collect()
    }
}

/// What the program wrote, by path.
struct Ours<'a> {
    site: &'a Folder,
    files: FxHashSet<&'a str>,
    folders: FxHashSet<&'a str>,
}

impl Ours<'_> {
    /// What is not ours, at any depth, level by level: somebody else's folder may be 1,000 levels deep.
    fn others(&self) -> io::Result<Foreign> {
        let mut all = Foreign::default();
        let mut level = vec![PathBuf::new()];
        while !level.is_empty() {
            let looked = parallel::map(&level, |folder| self.others_in(folder));
            let looked = looked.into_iter().collect::<io::Result<Vec<_>>>()?;
            level.clear();
            for (found, inner) in looked {
                all = all.and(found);
                level.extend(inner);
            }
        }
        Ok(all)
    }

    /// What is not ours in one folder, and the folders in it to look into.
    fn others_in(&self, folder: &Path) -> io::Result<(Foreign, Vec<PathBuf>)> {
        let mut found = Foreign::default();
        let mut inner = Vec::new();
        for entry in self.site.entries(folder)? {
            let path = joined(folder, &entry.name);
            let known = if entry.is_folder { &self.folders } else { &self.files };
            let is_ours = path.to_str().is_some_and(|path| known.contains(path));
            match (entry.is_folder, is_ours) {
                (true, true) => inner.push(path),
                (true, false) => {
                    found.folders.push(path.clone());
                    inner.push(path);
                }
                (false, false) if path != Path::new(MANIFEST) => found.files.push(path),
                (false, _) => {}
            }
        }
        Ok((found, inner))
    }
}

/// A path with `/` between its parts on all systems, as those of the site are.
pub(super) fn joined(folder: &Path, name: &OsStr) -> PathBuf {
    let mut path = OsString::with_capacity(folder.as_os_str().len() + 1 + name.len());
    if !folder.as_os_str().is_empty() {
        path.push(folder);
        path.push("/");
    }
    path.push(name);
    path.into()
}

/// All folders that files lie in, at any height.
pub(super) fn folders_of<'a>(files: impl Iterator<Item = &'a str>) -> FxHashSet<&'a str> {
    let mut folders = FxHashSet::default();
    for file in files {
        let mut path = file;
        while let Some((folder, _)) = path.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    folders
}

/// Whether a folder, and no symlink to one, has a path.
pub(super) fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_dir())
}

/// Whether a link is on the way to a path below a folder.
pub(super) fn leads_elsewhere(folder: &Path, path: &str) -> bool {
    path.match_indices('/').any(|(end, _)| folder.join(&path[..end]).is_symlink())
}

fn is_equal(a: &Path, b: &Path) -> bool {
    let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_file());
    is_file(a) && is_file(b) && matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
}

/// Gives a file a second name; copies it where that cannot be. A symlink stays one.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    match with_parent(to, || fs::hard_link(from, to)) {
        // Somebody else's file with the bytes of ours is already there.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && !is_folder(to) => Ok(()),
        Err(e) if may_be_copied(e.kind()) => with_parent(to, || fs::copy(from, to).map(|_| ())),
        linked => linked,
    }
}

/// Whether a file that cannot have a second name may be copied. Not on a full disk: that is what must be reported.
fn may_be_copied(why: io::ErrorKind) -> bool {
    use io::ErrorKind::{AlreadyExists, NotFound, QuotaExceeded, StorageFull};
    !matches!(why, NotFound | AlreadyExists | StorageFull | QuotaExceeded)
}

/// Renames a file into a folder that is made if need be.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    with_parent(to, || fs::rename(from, to))
}

/// Does something with a file, and once more with its folder made if there is none.
fn with_parent<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match act() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), make_folders)?;
            act()
        }
        result => result,
    }
}

/// Makes folders as they are elsewhere, with their modes.
pub(super) fn copy_folders(folders: &[PathBuf], from: &Path, to: &Path) -> io::Result<()> {
    for folder in folders {
        make_folders(&to.join(folder))?;
    }
    for folder in folders.iter().rev() {
        fs::set_permissions(to.join(folder), fs::metadata(from.join(folder))?.permissions())?;
    }
    Ok(())
}

/// Deletes a file, if there is one.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Deletes a folder, if there is one and nothing is in it.
pub(super) fn remove_empty(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound};
    match fs::remove_dir(folder) {
        Err(e) if matches!(e.kind(), DirectoryNotEmpty | NotADirectory | NotFound) => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_and_not_tried_again_with_a_copy() {
        use io::ErrorKind::{CrossesDevices, PermissionDenied, QuotaExceeded, StorageFull};
        for why in [StorageFull, QuotaExceeded] {
            assert!(!may_be_copied(why), "{why}");
        }
        for why in [CrossesDevices, PermissionDenied, io::ErrorKind::TooManyLinks] {
            assert!(may_be_copied(why), "{why}");
        }
    }
}
