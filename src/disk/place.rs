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
///
/// # Errors
///
/// If it cannot be read.
pub fn program_hash() -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe()?)?)?;
    Ok(hasher.finalize())
}
