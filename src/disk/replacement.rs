//! Replaces or removes a file that somebody else may be saving at the same moment.
#![expect(clippy::disallowed_methods, reason = "replaces and removes files")]

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::new_file_beside;

/// Replaces a file if its bytes are known; says whether it did.
///
/// To compare and then to rename leaves a moment in which a save would be lost. So the two files are
/// exchanged, and what was there is looked at afterwards: if it is not known, it goes back.
pub(super) fn replace(
    place: &Path,
    bytes: &[u8],
    is_known: &dyn Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    if !is_known_at(place, is_known)? {
        return Ok(false);
    }
    let mut file = new_file_beside(place.parent().unwrap_or(place))?;
    file.write_all(bytes)?;
    let file = file.into_temp_path();
    match exchange(&file, place) {
        Ok(()) => {}
        // The person has removed it meanwhile.
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        // A file system that cannot exchange two files: the moment is as short as it can be.
        Err(_) => {
            return match is_known_at(place, is_known)? {
                true => file.persist(place).map(|()| true).map_err(|error| error.error),
                false => Ok(false),
            };
        }
    }
    if is_known_at(&file, is_known)? {
        return Ok(true);
    }
    exchange(&file, place)?;
    if !is_known_at(&file, &|now| now == bytes)? {
        // Saved once more in between: the later save belongs there.
        exchange(&file, place)?;
    }
    Ok(false)
}

/// Removes a file if its bytes are known; says whether it did.
pub(super) fn remove(place: &Path, is_known: &dyn Fn(&[u8]) -> bool) -> io::Result<bool> {
    if !is_known_at(place, is_known)? {
        return Ok(false);
    }
    let aside = new_file_beside(place.parent().unwrap_or(place))?.into_temp_path();
    fs::rename(place, &aside)?;
    if is_known_at(&aside, is_known)? {
        return Ok(true);
    }
    match aside.persist_noclobber(place) {
        // Saved once more in between: the later save stays.
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        done => done.map(|()| false).map_err(|failed| failed.error),
    }
}

fn is_known_at(place: &Path, is_known: &dyn Fn(&[u8]) -> bool) -> io::Result<bool> {
    if !place.symlink_metadata().is_ok_and(|data| data.is_file() || data.is_symlink()) {
        return Ok(false);
    }
    match fs::read(place) {
        Ok(bytes) => Ok(is_known(&bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Exchanges two files or folders in one step.
///
/// # Errors
///
/// If the file system cannot, or refuses; nothing was changed then.
#[cfg(exchanges_names)]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Exchanges two files or folders in one step: this system cannot.
///
/// # Errors
///
/// Always.
#[cfg(not(exchanges_names))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Saves at the moment at which a file is looked at for the given time, after the look.
    fn saved_after(look: usize) -> (bool, String, usize) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.md");
        fs::write(&place, "draft").unwrap();
        let looks = Cell::new(0);
        let is_known = |now: &[u8]| {
            looks.set(looks.get() + 1);
            let known = now == b"draft";
            if looks.get() == look {
                let saved = folder.path().join("saved");
                fs::write(&saved, "mine").unwrap();
                fs::rename(saved, &place).unwrap();
            }
            known
        };
        let done = replace(&place, b"new draft", &is_known).unwrap();
        let names = fs::read_dir(folder.path()).unwrap().count();
        (done, fs::read_to_string(&place).unwrap(), names)
    }

    #[test]
    fn a_save_at_any_moment_is_kept() {
        assert_eq!(saved_after(0), (true, "new draft".to_owned(), 1));
        // Between the first look and the exchange, and after the exchange.
        assert_eq!(saved_after(1), (false, "mine".to_owned(), 1));
        assert_eq!(saved_after(2), (true, "mine".to_owned(), 1));
    }

    #[test]
    fn only_what_is_known_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.md");
        fs::write(&place, "mine").unwrap();
        assert!(!remove(&place, &|now| now == b"draft").unwrap());
        let looks = Cell::new(0);
        let changes = |_: &[u8]| {
            looks.set(looks.get() + 1);
            looks.get() == 1
        };
        assert!(!remove(&place, &changes).unwrap());
        assert_eq!(fs::read_to_string(&place).unwrap(), "mine");
        assert!(remove(&place, &|now| now == b"mine").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
