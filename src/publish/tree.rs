//! Folders of files: write, link, delete, and find what is not ours.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use super::Taken;
use super::manifest::{MANIFEST, Manifest};

/// What the program did not write, by path below the site's folder.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    pub(super) files: Vec<PathBuf>,
    /// Outer ones first.
    pub(super) folders: Vec<PathBuf>,
}

/// Finds what the program did not write in a folder, if there is one.
pub(super) fn foreign(folder: &Path, ours: &Manifest) -> io::Result<Foreign> {
    let mut found = Foreign::default();
    if !folder.exists() {
        return Ok(found);
    }
    let paths: FxHashSet<&Path> = ours.paths().map(Path::new).collect();
    let folders = folders_of(ours.paths().map(Path::new));
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if entry.file_type().is_dir() {
            if !folders.contains(path) {
                found.folders.push(path.to_owned());
            }
        } else if !paths.contains(path) && path != Path::new(MANIFEST) {
            found.files.push(path.to_owned());
        }
    }
    Ok(found)
}

impl Foreign {
    /// Paths at which these files and the site's own cannot both be. Equal bytes are no clash.
    pub(super) fn clashes(
        &self,
        target: &Path,
        stage: &Path,
        taken: &BTreeMap<String, Taken>,
    ) -> Vec<String> {
        if self.files.is_empty() && self.folders.is_empty() {
            return Vec::new();
        }
        let site_folders = folders_of(taken.keys().map(Path::new));
        let folded = |path: &Path| path.to_string_lossy().to_lowercase();
        let files = self.files.iter().filter(|path| {
            let key = folded(path);
            site_folders.contains(Path::new(&key))
                || taken.get(&key).is_some_and(|site| {
                    !is_equal(&target.join(path), &stage.join(&site.path))
                        || Path::new(&site.path) != path.as_path()
                })
        });
        let folders = self.folders.iter().filter(|path| taken.contains_key(&folded(path)));
        files.chain(folders).map(|path| path.to_string_lossy().into_owned()).collect()
    }
}

/// All folders that files lie in, at any height.
fn folders_of<'a>(files: impl Iterator<Item = &'a Path>) -> FxHashSet<&'a Path> {
    let mut folders = FxHashSet::default();
    for file in files {
        for folder in file.ancestors().skip(1) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

fn is_equal(a: &Path, b: &Path) -> bool {
    let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_file());
    is_file(a) && is_file(b) && matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
}

/// Writes a file into a folder that is made if need be.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    with_parent(path, || File::create_new(path))?.write_all(bytes)
}

/// Gives a file a second name; copies it where that cannot be. A symlink stays one.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    match with_parent(to, || fs::hard_link(from, to)) {
        // A file of others with the bytes of one of ours is already there.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(e),
        Err(_) => fs::copy(from, to).map(|_| ()),
        Ok(()) => Ok(()),
    }
}

/// Does something with a file, and once more with its folder made if there is none.
fn with_parent<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match act() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            act()
        }
        result => result,
    }
}

/// Makes folders as they are elsewhere, with their modes.
pub(super) fn copy_folders(folders: &[PathBuf], from: &Path, to: &Path) -> io::Result<()> {
    for folder in folders {
        fs::create_dir_all(to.join(folder))?;
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

/// Deletes a folder with all that it holds, if there is one.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match remove_all(folder) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
            // A folder of others that nobody may write to was carried over as such.
            make_writable(folder)?;
            remove_all(folder)
        }
        result => result,
    }
}

fn remove_all(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    entries.into_par_iter().try_for_each(|entry| {
        let path = entry.path();
        if entry.file_type()?.is_dir() { remove_all(&path) } else { fs::remove_file(path) }
    })?;
    fs::remove_dir(folder)
}

fn make_writable(folder: &Path) -> io::Result<()> {
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700))?;
            }
        }
    }
    Ok(())
}
