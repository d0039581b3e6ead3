//! Exchanges two folders in one step, or in two where the system cannot.
#![expect(clippy::disallowed_methods, reason = "renames the site's folder")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::MANIFEST;
use crate::disk::{exchange, remove_tree};

/// Puts `stage` in the place of `target`; what was there is deleted afterwards.
pub(super) fn replace(stage: &Path, target: &Path) -> io::Result<()> {
    if target.symlink_metadata().is_err() {
        return fs::rename(stage, target);
    }
    match exchange(stage, target) {
        Ok(()) => {}
        Err(e) if is_unsupported(&e) => two_renames(stage, target, &old_name(stage))?,
        Err(error) => return Err(error),
    }
    // The new site is in place: what cannot be deleted now, the next build deletes.
    let _ = remove_tree(stage);
    Ok(())
}

/// Brings back the old site of a run that was killed between two renames, and clears away the rest.
pub(super) fn recover(target: &Path, old: &Path) -> io::Result<()> {
    if super::tree::is_folder(old) && target.symlink_metadata().is_err() {
        return fs::rename(old, target);
    }
    remove_tree(old)
}

/// Whether the file system exchanges two folders in one step: tried with two empty ones in the stage.
pub(super) fn is_supported(stage: &Path) -> bool {
    let [a, b] = ["a", "b"].map(|name| stage.join(format!("{MANIFEST}-{name}")));
    let made = fs::create_dir(&a).and_then(|()| fs::create_dir(&b));
    let is_supported = made.and_then(|()| exchange(&a, &b)).is_ok();
    [a, b].iter().all(|folder| fs::remove_dir(folder).is_ok()) && is_supported
}

/// Whether the file system does not know the exchange of two names.
fn is_unsupported(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, Unsupported};
    matches!(error.kind(), CrossesDevices | InvalidInput | Unsupported)
}

/// The fallback: for a moment there is no site, and [`recover`] mends that after a kill.
fn two_renames(stage: &Path, target: &Path, old: &Path) -> io::Result<()> {
    fs::rename(target, old)?;
    if let Err(error) = fs::rename(stage, target) {
        fs::rename(old, target)?;
        return Err(error);
    }
    fs::rename(old, stage)
}

fn old_name(stage: &Path) -> PathBuf {
    let name = stage.file_name().unwrap_or_default().to_string_lossy();
    stage.with_file_name(name.replace(".fonds-stage", ".fonds-old"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_renames_do_what_the_exchange_does() {
        let folder = tempfile::tempdir().unwrap();
        let [stage, target, old] =
            [".p.fonds-stage", "p", ".p.fonds-old"].map(|n| folder.path().join(n));
        fs::create_dir(&stage).unwrap();
        fs::create_dir(&target).unwrap();
        fs::write(stage.join("new"), "").unwrap();
        fs::write(target.join("old"), "").unwrap();
        assert_eq!(old_name(&stage), old);
        two_renames(&stage, &target, &old).unwrap();
        assert!(target.join("new").exists() && stage.join("old").exists() && !old.exists());
    }

    #[test]
    fn a_site_that_a_kill_left_aside_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let [target, old] = ["p", ".p.fonds-old"].map(|n| folder.path().join(n));
        fs::create_dir(&old).unwrap();
        recover(&target, &old).unwrap();
        assert!(target.exists() && !old.exists());
        fs::create_dir(&old).unwrap();
        recover(&target, &old).unwrap();
        assert!(target.exists() && !old.exists());
    }
}
