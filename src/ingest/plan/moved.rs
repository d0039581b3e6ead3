//! Seeds that were moved or renamed: a path that is gone, and a new one with the same bytes.
//!
//! The checksum in the ledger tells; line ends do not count. Of equal seeds the one that kept its name is the one that
//! was moved. What has no checksum, such as the second page of a scan, goes where its folder went.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashSet;

use super::super::ledger::{self, Ledger, Origin};
use super::super::seed;
use super::present::Present;
use crate::files::Sources;
use crate::parallel;

/// Where seeds are now, and where they were.
#[derive(Default)]
pub(super) struct Moved {
    now: BTreeMap<String, String>,
    before: BTreeMap<String, String>,
}

impl Moved {
    /// Compares the seeds that are listed with those that drafts and people's files name.
    pub(super) fn find(
        sources: &dyn Sources,
        listed: &[String],
        old: &Ledger,
        present: &Present<'_>,
    ) -> Self {
        let all = listed;
        let listed: FxHashSet<&str> = all.iter().map(String::as_str).collect();
        let mut known: FxHashSet<&str> = FxHashSet::default();
        // Seeds that are gone, by their checksum; none if it is not known.
        let mut gone: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut lose = |checksum: &str, seed| {
            if !listed.contains(seed) {
                gone.entry(checksum.to_owned()).or_default().insert(seed);
            }
        };
        for (path, entry) in old {
            let Origin::Seed(seed, ..) = &entry.origin else { continue };
            known.insert(seed);
            match entry.checksum.as_str() {
                // Written before ledgers had checksums: the draft itself names one.
                "" if !listed.contains(seed.as_str()) => {
                    lose(&present.checksum_in(path).unwrap_or_default(), seed);
                }
                checksum => lose(checksum, seed),
            }
        }
        for (seed, checksum) in present.seeds() {
            lose(checksum, seed);
        }
        let mut moved = Self::default();
        if gone.is_empty() {
            return moved;
        }
        let candidates: Vec<&str> =
            all.iter().map(String::as_str).filter(|path| !known.contains(path)).collect();
        let unknown = gone.remove("").unwrap_or_default();
        let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let sums: Vec<(&str, Vec<String>)> =
            parallel::map(&candidates, |path| (*path, checksums(sources, path)));
        for (path, checksums) in sums {
            if let Some(sum) = checksums.into_iter().find(|sum| gone.contains_key(sum)) {
                found.entry(sum).or_default().push(path);
            }
        }
        for (checksum, paths) in found {
            moved.pair(&gone[&checksum], paths);
        }
        moved.follow_folders(&unknown, &candidates);
        moved
    }

    /// Where a seed was.
    pub(super) fn before(&self, now: &str) -> Option<&str> {
        self.before.get(now).map(String::as_str)
    }

    /// Where a seed is that was moved.
    pub(super) fn now(&self, before: &str) -> Option<&str> {
        self.now.get(before).map(String::as_str)
    }

    /// All of them, by where they were.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.now.iter().map(|(before, now)| (before.as_str(), now.as_str()))
    }

    /// The folder that a folder was, if all seeds that left that one are here now.
    pub(super) fn folder_before(&self, now: &str) -> Option<String> {
        let inside = |path: &str, folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let (was, at) = self.all().find(|(_, at)| inside(at, now))?;
        let before = was.strip_suffix(&at[now.len()..]).filter(|folder| !folder.is_empty())?;
        let all_here =
            self.all().filter(|(was, _)| inside(was, before)).all(|(_, at)| inside(at, now));
        all_here.then(|| before.to_owned())
    }

    /// Where a file is that belongs to a seed, such as a page image beside a text: where the seed went, under its
    /// own name or the seed's new one.
    pub(super) fn beside(
        &self,
        file: &str,
        seed: &str,
        listed: &BTreeSet<String>,
    ) -> Option<String> {
        if listed.contains(file) {
            return None;
        }
        if let Some(now) = self.now(file) {
            return Some(now.to_owned());
        }
        let now = self.now(seed)?;
        let (folder, name) = split(file);
        let ((seed_folder, seed_name), (new_folder, new_name)) = (split(seed), split(now));
        if folder != seed_folder {
            return None;
        }
        let renamed =
            name.strip_prefix(stem(seed_name)).map(|rest| stem(new_name).to_owned() + rest);
        let names = [Some(name.to_owned()), renamed];
        let paths = names.into_iter().flatten().map(|name| joined(new_folder, &name));
        paths.into_iter().find(|path| listed.contains(path))
    }

    fn add(&mut self, before: &str, now: &str) {
        self.now.insert(before.to_owned(), now.to_owned());
        self.before.insert(now.to_owned(), before.to_owned());
    }

    /// Pairs equal seeds: first those of one name, then the others in their order.
    fn pair(&mut self, gone: &BTreeSet<&str>, new: Vec<&str>) {
        let mut by_name: BTreeMap<&str, VecDeque<&str>> = BTreeMap::new();
        for path in &new {
            by_name.entry(split(path).1).or_default().push_back(path);
        }
        let mut left = Vec::new();
        for before in gone {
            match by_name.get_mut(split(before).1).and_then(VecDeque::pop_front) {
                Some(now) => self.add(before, now),
                None => left.push(*before),
            }
        }
        let rest: Vec<&str> = new.into_iter().filter(|path| self.before(path).is_none()).collect();
        for (before, now) in left.into_iter().zip(rest) {
            self.add(before, now);
        }
    }

    /// Finds files without a checksum in the folder to which the seeds beside them went.
    fn follow_folders(&mut self, unknown: &BTreeSet<&str>, candidates: &[&str]) {
        let mut folders: BTreeMap<String, String> = BTreeMap::new();
        for (before, now) in self.all() {
            folders.entry(split(before).0.to_owned()).or_insert_with(|| split(now).0.to_owned());
        }
        for file in unknown {
            let (folder, name) = split(file);
            let Some(new) = folders.get(folder) else { continue };
            let now = joined(new, name);
            if candidates.contains(&now.as_str()) && self.before(&now).is_none() {
                self.add(file, &now);
            }
        }
    }
}

/// The checksum of a seed as the ledger would have it.
pub(super) fn checksum(sources: &dyn Sources, path: &str) -> Option<String> {
    let bytes = sources.look_into(&format!("seeds/{path}")).ok()?;
    Some(ledger::checksum(&seed::sha256_with_plain_ends(&bytes)).to_owned())
}

/// The checksums by which a file may be known: drafts name the one of its very bytes.
fn checksums(sources: &dyn Sources, path: &str) -> Vec<String> {
    let Ok(bytes) = sources.look_into(&format!("seeds/{path}")) else { return Vec::new() };
    let both = [seed::sha256_with_plain_ends(&bytes), seed::sha256(&bytes)];
    both.iter().map(|sum| ledger::checksum(sum).to_owned()).collect()
}

/// The folder and the name of a path.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_keep_their_names_and_none_is_paired_twice() {
        let mut moved = Moved::default();
        moved.pair(&BTreeSet::from(["a/1.txt", "a/2.txt", "b/1.txt"]), vec!["c/2.txt", "c/9.txt"]);
        let all: Vec<(&str, &str)> = moved.all().collect();
        assert_eq!(all, [("a/1.txt", "c/9.txt"), ("a/2.txt", "c/2.txt")]);
    }

    #[test]
    fn what_has_no_checksum_goes_with_its_folder() {
        let mut moved = Moved::default();
        moved.add("a/1.txt", "Box 1/one.txt");
        moved.follow_folders(
            &BTreeSet::from(["a/2.jpg", "b/3.jpg"]),
            &["Box 1/2.jpg", "Box 1/3.jpg"],
        );
        assert_eq!((moved.now("a/2.jpg"), moved.now("b/3.jpg")), (Some("Box 1/2.jpg"), None));
        let listed = BTreeSet::from(["Box 1/one-2.jpg".to_owned(), "a/1-3.jpg".to_owned()]);
        let beside = |file: &str| moved.beside(file, "a/1.txt", &listed);
        assert_eq!(beside("a/1-2.jpg").as_deref(), Some("Box 1/one-2.jpg"));
        assert_eq!((beside("a/1-3.jpg"), beside("b/1-2.jpg")), (None, None));
    }
}
