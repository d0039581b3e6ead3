//! The files of a site that is to be, each path taken once whatever its case.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, Hasher};
use std::io;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::checksums::Checksum;
use super::manifest::{Manifest, Written};

/// A path that equals those which differ from it in case only: hosts may not tell them apart.
#[derive(Debug)]
struct AnyCase<'a>(Cow<'a, str>);

impl Hash for AnyCase<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        folded(&self.0).hash(state);
    }
}

impl PartialEq for AnyCase<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || folded(&self.0) == folded(&other.0)
    }
}

impl Eq for AnyCase<'_> {}

/// A path in lower case, which most are in.
pub(super) fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.to_lowercase())
}

/// A file of the new site that was put.
#[derive(Debug, Clone, Copy)]
struct Put {
    file: Written,
    /// Whether it is in the stage; else the one in the site before is the same.
    is_staged: bool,
    /// None if the site before knows it.
    checksum: Option<Checksum>,
}

/// A file that is put: what it is, whether it goes into the stage, its checksum unless the site before knows it.
pub(super) type Given = (Written, bool, Option<Checksum>);

/// What becomes of a file that is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The site before has it, or it was put already.
    Nothing,
    /// It is to be staged.
    Stage {
        /// Whether it is probably the first in its folder.
        is_first: bool,
    },
}

/// The files of the new site.
#[derive(Debug, Default)]
pub(super) struct TakenFiles {
    put: FxHashMap<AnyCase<'static>, Put>,
    /// Hashes of the folders of staged files.
    folders: FxHashSet<u64>,
}

impl TakenFiles {
    /// Whether the new site has a file of exactly this path, as far as it was put by now.
    pub(super) fn has(&self, path: &str) -> bool {
        let put = self.put.get_key_value(&AnyCase(Cow::Borrowed(path)));
        put.is_some_and(|(AnyCase(own), _)| own == path)
    }

    /// Whether it has one that is the same in the site before.
    pub(super) fn is_taken_over(&self, path: &str) -> bool {
        self.has(path) && self.put.get(&AnyCase(Cow::Borrowed(path))).is_some_and(|p| !p.is_staged)
    }

    /// Takes a path for one file. The same file may come twice, as files that are named after their
    /// contents do.
    ///
    /// # Errors
    ///
    /// If another file has the path, or one that differs from it in case only.
    pub(super) fn take(
        &mut self,
        path: &str,
        (file, is_staged, checksum): Given,
    ) -> io::Result<Outcome> {
        match self.put.entry(AnyCase(Cow::Owned(path.to_owned()))) {
            Entry::Occupied(other) if other.key().0 == path && other.get().file == file => {
                return Ok(Outcome::Nothing);
            }
            Entry::Occupied(other) => return Err(is_taken(&other.key().0)),
            Entry::Vacant(free) => drop(free.insert(Put { file, is_staged, checksum })),
        }
        if !is_staged {
            return Ok(Outcome::Nothing);
        }
        // Two folders of one hash cost a second look, and nothing else.
        let folder = path.rsplit_once('/').map(|(folder, _)| FxBuildHasher.hash_one(folder));
        let is_first = folder.is_some_and(|folder| self.folders.insert(folder));
        Ok(Outcome::Stage { is_first })
    }

    /// The checksum of a file that was put, unless the site before knows it.
    pub(super) fn checksum(&self, path: &str) -> Option<Checksum> {
        self.put.get(&AnyCase(Cow::Borrowed(path)))?.checksum
    }

    /// The manifest of the new site, and the paths of staged files, sorted.
    pub(super) fn site(&self) -> (Manifest, Vec<&str>) {
        let mut put: Vec<(&str, Put)> = Vec::with_capacity(self.put.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (path, file) in &self.put {
            put.push((&path.0, *file));
        }
        put.sort_unstable_by_key(|(path, _)| *path);
        let staged = put.iter().filter(|(_, put)| put.is_staged).map(|(path, _)| *path).collect();
        (Manifest::of(put.iter().map(|(path, put)| (*path, put.file))), staged)
    }
}

fn is_taken(path: &str) -> io::Error {
    let why = format!("the site already has `{path}`, and hosts may not tell the two apart");
    io::Error::new(io::ErrorKind::InvalidFilename, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_as_in_all_languages() {
        for (a, b) in [("a/B", "A/b"), ("ÜBER", "über"), ("\u{212a}ey", "key"), ("ΟΔΟΣ", "οδος")]
        {
            assert_eq!(AnyCase(a.into()), AnyCase(b.into()));
        }
        assert_ne!(AnyCase("a".into()), AnyCase("b".into()));
    }
}
