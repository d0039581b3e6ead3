//! What lies outside of the archive: the folder of a new one, the one that a site goes to, the program itself.
#![expect(clippy::disallowed_methods, reason = "makes and finds folders, reads the program")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::file_error;
use crate::files::FileError;

/// Makes a folder, and those that it lies in.
///
/// # Errors
///
/// If it cannot be made.
pub fn create_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|e| file_error("make", &path.display().to_string(), e))
}

/// Whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The nearest archive above a folder that is none itself: a folder with `config.toml` beside `content/` or `seeds/`.
///
/// One that belongs to another user is not taken: its settings would decide what is written, and where.
pub fn archive_above(folder: &Path) -> Option<PathBuf> {
    if folder.join("config.toml").symlink_metadata().is_ok() {
        return None;
    }
    let real = fs::canonicalize(folder).ok()?;
    let is_archive = |above: &&Path| {
        above.join("config.toml").is_file()
            && (is_folder(&above.join("content")) || is_folder(&above.join("seeds")))
    };
    let found = real.ancestors().skip(1).find(is_archive)?;
    have_one_owner(&real, found).then(|| found.to_owned())
}

#[cfg(unix)]
fn have_one_owner(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &Path| fs::metadata(path).ok().map(|data| data.uid());
    owner(a).is_some() && owner(a) == owner(b)
}

#[cfg(not(unix))]
fn have_one_owner(_: &Path, _: &Path) -> bool {
    true
}

/// An absolute path whose folders are no symlinks, of something that need not exist yet.
///
/// # Errors
///
/// If a folder on the way cannot be read.
pub fn resolve(path: &Path) -> Result<PathBuf, FileError> {
    let fault = |source| file_error("find", &path.display().to_string(), source);
    let absolute = std::path::absolute(path).map_err(fault)?;
    let (Some(mut existing), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return fs::canonicalize(&absolute).map_err(fault);
    };
    let mut missing = vec![name];
    while existing.symlink_metadata().is_err() {
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            return Err(fault(io::ErrorKind::NotFound.into()));
        };
        missing.push(name);
        existing = parent;
    }
    let mut real = fs::canonicalize(existing).map_err(fault)?;
    real.extend(missing.into_iter().rev());
    Ok(real)
}

/// BLAKE3 hash of the program that runs: another one may make another site of the same archive.
pub fn program_hash() -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe()?)?)?;
    Ok(hasher.finalize())
}
