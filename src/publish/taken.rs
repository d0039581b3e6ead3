//! The files of a site that is to be, each path taken once whatever its case.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;

use super::manifest::Written;

/// Where a file of the new site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the site before, taken over unasked.
    Kept,
    /// In the site before, which has the same bytes.
    Unchanged,
    /// In the stage.
    Staged,
}

/// A file of the new site.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) path: String,
    pub(super) file: Written,
    pub(super) place: Place,
}

impl Taken {
    pub(super) fn is_staged(&self) -> bool {
        self.place == Place::Staged
    }
}

/// The files of the new site, by their paths in lower case.
#[derive(Debug, Default)]
pub(super) struct TakenFiles(BTreeMap<String, Taken>);

impl TakenFiles {
    /// Takes over a file of the site before, unless its path is taken.
    pub(super) fn keep(&mut self, path: &str, file: Written) {
        let kept = || Taken { path: path.to_owned(), file, place: Place::Kept };
        self.0.entry(path.to_lowercase()).or_insert_with(kept);
    }

    /// Takes a path for one file; says whether it had none yet. The same file may come twice, as
    /// files that are named after their contents do; one that was kept unasked gives way.
    ///
    /// # Errors
    ///
    /// If another file has the path, or one that differs from it in case only.
    pub(super) fn take(&mut self, path: &str, file: Written, place: Place) -> io::Result<bool> {
        match self.0.entry(path.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(Taken { path: path.to_owned(), file, place });
                Ok(true)
            }
            Entry::Occupied(mut other) if other.get().path == path => {
                let other = other.get_mut();
                if other.place == Place::Kept {
                    *other = Taken { path: path.to_owned(), file, place };
                    return Ok(true);
                }
                if other.file == file { Ok(false) } else { Err(is_taken(&other.path)) }
            }
            Entry::Occupied(other) => Err(is_taken(&other.get().path)),
        }
    }

    /// The file with a path in lower case.
    pub(super) fn get(&self, folded: &str) -> Option<&Taken> {
        self.0.get(folded)
    }

    /// All paths in lower case.
    pub(super) fn folded_paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Taken> {
        self.0.values()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

fn is_taken(path: &str) -> io::Error {
    io::Error::other(format!("the site already has `{path}`, and hosts may not tell the two apart"))
}
