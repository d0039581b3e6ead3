//! Removes and makes folders of any depth, without recursion and without following a link.
#![expect(clippy::disallowed_methods, reason = "removes and makes folders")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::parallel;

/// Deletes a folder with all that it holds, if there is one. Of a link, the link itself goes, never
/// what it leads to.
pub fn remove_tree(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(data) if !data.is_dir() => return fs::remove_file(path),
        Ok(_) => {}
    }
    match remove_all(path) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
            // A folder that nobody may write to was carried over with its mode.
            make_writable(path)?;
            remove_all(path)
        }
        result => result,
    }
}

/// Level by level: a folder 1,000 levels deep would overflow the stack of a worker.
fn remove_all(top: &Path) -> io::Result<()> {
    let mut levels = vec![vec![top.to_owned()]];
    while let Some(level) = levels.last().filter(|level| !level.is_empty()) {
        let inner: Vec<Vec<PathBuf>> =
            parallel::map(level, |f| remove_files(f)).into_iter().collect::<io::Result<_>>()?;
        levels.push(inner.into_iter().flatten().collect());
    }
    levels
        .iter()
        .rev()
        .try_for_each(|level| parallel::try_for_each(level, |folder| fs::remove_dir(folder)))
}

/// Deletes all but the folders in a folder, and gives these.
fn remove_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // The type of a link is that of a link, whatever it leads to.
        match entry.file_type()?.is_dir() {
            true => folders.push(entry.path()),
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(folders)
}

fn make_writable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700))?;
        }
    }
    let _ = folder;
    Ok(())
}

/// Makes a folder and those that it lies in, from the first that is missing.
pub fn make_folders(path: &Path) -> io::Result<()> {
    let mut missing = Vec::new();
    for folder in path.ancestors() {
        match fs::create_dir(folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => missing.push(folder),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => break,
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    missing.iter().rev().try_for_each(|folder| match fs::create_dir(folder) {
        // Another thread was faster.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_levels_are_made_and_removed_on_a_small_stack() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().join("top");
        let deep = top.join("y/".repeat(1000));
        let work = move || {
            make_folders(&deep).unwrap();
            fs::write(deep.join("file"), "x").unwrap();
            remove_tree(&top).unwrap();
            assert!(!top.exists());
            remove_tree(&top).unwrap();
        };
        std::thread::Builder::new().stack_size(128 << 10).spawn(work).unwrap().join().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_removed_and_not_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::create_dir(&victim).unwrap();
        fs::write(victim.join("precious"), "x").unwrap();
        let top = folder.path().join("top");
        fs::create_dir(&top).unwrap();
        for link in [top.join("inner"), folder.path().join("link")] {
            std::os::unix::fs::symlink(&victim, link).unwrap();
        }
        remove_tree(&top).unwrap();
        remove_tree(&folder.path().join("link")).unwrap();
        assert!(victim.join("precious").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
