//! The files of a site that is to be, each path taken once whatever its case.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, Hasher};
use std::io;

use rayon::prelude::*;
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
    kept: Kept,
    /// Hashes of the folders of staged files.
    folders: FxHashSet<u64>,
}

/// Files of the site before that were taken over unasked.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Whether each of its files was; empty if none was.
    is_kept: Vec<bool>,
    /// Hashes of their paths in whatever case.
    hashes: FxHashSet<u64>,
}

impl Kept {
    /// Those whose paths `keeps` says yes to.
    pub(super) fn of(before: &Manifest, keeps: &(dyn Fn(&str) -> bool + Sync)) -> Self {
        let asked = before.par_files().map(|(path, _)| keeps(path).then(|| hash(path)));
        let asked: Vec<Option<u64>> = asked.collect();
        let is_kept = asked.iter().map(Option::is_some).collect();
        Self { is_kept, hashes: asked.into_iter().flatten().collect() }
    }

    /// A kept file whose path differs from this one in case only.
    fn clash<'a>(&self, path: &str, before: &'a Manifest) -> Option<&'a str> {
        if !self.hashes.contains(&hash(path)) {
            return None;
        }
        let kept = before.paths().zip(&self.is_kept).filter(|(_, is_kept)| **is_kept);
        kept.map(|(kept, _)| kept).find(|kept| folded(kept) == folded(path))
    }
}

fn hash(path: &str) -> u64 {
    FxBuildHasher.hash_one(AnyCase(Cow::Borrowed(path)))
}

impl TakenFiles {
    /// Takes over files of the site before.
    pub(super) fn keep(&mut self, kept: Kept) {
        self.kept = kept;
    }

    /// Whether the new site has a file of exactly this path, as far as it was put by now.
    pub(super) fn has(&self, path: &str, before: &Manifest) -> bool {
        let put = self.put.get_key_value(&AnyCase(Cow::Borrowed(path)));
        match put {
            Some((AnyCase(own), _)) => own == path,
            None => self.kept.hashes.contains(&hash(path)) && before.get(path).is_some(),
        }
    }

    /// Takes a path for one file. The same file may come twice, as files that are named after their
    /// contents do; one that was kept unasked gives way.
    ///
    /// # Errors
    ///
    /// If another file has the path, or one that differs from it in case only.
    pub(super) fn take(
        &mut self,
        path: &str,
        (file, is_staged, checksum): Given,
        before: &Manifest,
    ) -> io::Result<Outcome> {
        match self.put.entry(AnyCase(Cow::Owned(path.to_owned()))) {
            Entry::Occupied(other) if other.key().0 == path && other.get().file == file => {
                return Ok(Outcome::Nothing);
            }
            Entry::Occupied(other) => return Err(is_taken(&other.key().0)),
            Entry::Vacant(free) => {
                let kept = before.position(path).and_then(|n| self.kept.is_kept.get_mut(n));
                if let Some(is_kept) = kept.filter(|is_kept| **is_kept) {
                    *is_kept = false;
                } else if let Some(other) = self.kept.clash(path, before) {
                    return Err(is_taken(other));
                }
                free.insert(Put { file, is_staged, checksum });
            }
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
    pub(super) fn site(&self, before: &Manifest) -> (Manifest, Vec<&str>) {
        let mut put: Vec<(&str, Put)> = Vec::with_capacity(self.put.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (path, file) in &self.put {
            put.push((&path.0, *file));
        }
        put.par_sort_unstable_by_key(|(path, _)| *path);
        let staged = put.iter().filter(|(_, put)| put.is_staged).map(|(path, _)| *path).collect();
        let kept = before.files().zip(&self.kept.is_kept).filter(|(_, is_kept)| **is_kept);
        let kept = kept.map(|(file, _)| file);
        (Manifest::of(merged(kept, put.iter().map(|(path, put)| (*path, put.file)))), staged)
    }
}

/// Files of two sites, both sorted by path, in one.
fn merged<'a>(
    a: impl Iterator<Item = (&'a str, Written)>,
    b: impl Iterator<Item = (&'a str, Written)>,
) -> impl Iterator<Item = (&'a str, Written)> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some((first, _)), Some((second, _))) if first > second => b.next(),
        (Some(_), _) => a.next(),
        (None, _) => b.next(),
    })
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
            assert_eq!(hash(a), hash(b), "{a}");
        }
        assert_ne!(AnyCase("a".into()), AnyCase("b".into()));
    }

    #[test]
    fn a_kept_file_gives_way_to_its_own_path_only() {
        let [old, new] = [Written::of(b"old"), Written::of(b"new")];
        let before = Manifest::of([("a", old), ("b/C", old), ("d", old)].into_iter());
        let mut taken = TakenFiles::default();
        taken.keep(Kept::of(&before, &|path| path != "d"));
        assert!(taken.take("b/c", (new, true, None), &before).is_err());
        assert!(taken.take("D", (new, true, None), &before).is_ok());
        let outcome = taken.take("b/C", (new, true, None), &before).unwrap();
        assert_eq!(outcome, Outcome::Stage { is_first: true });
        assert_eq!(taken.take("b/C", (new, true, None), &before).unwrap(), Outcome::Nothing);
        assert!(taken.take("b/c", (new, true, None), &before).is_err());
        let (site, staged) = taken.site(&before);
        assert_eq!(site.files().collect::<Vec<_>>(), [("D", new), ("a", old), ("b/C", new)]);
        assert_eq!(staged, ["D", "b/C"]);
    }
}
