//! What a build read, so that the next one can tell whether anything has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use blake3::Hash;
use parking_lot::Mutex;
use rayon::prelude::*;

use crate::diagnostic::Report;
use crate::files::{Cache, FileError, Sources};

/// Reads for a build, and remembers what it was given.
pub struct Recorder<'a> {
    sources: &'a dyn Sources,
    reads: Mutex<Reads>,
    /// Whether something cannot be remembered: it changed while the build went on, or has no plain name.
    unsure: AtomicBool,
}

impl<'a> Recorder<'a> {
    /// Nothing is read yet.
    pub fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, reads: Mutex::default(), unsure: AtomicBool::new(false) }
    }

    /// What was read; none if a later build could not tell whether it is the same.
    pub fn take(&self) -> Option<Reads> {
        let mut reads = self.reads.lock();
        let reads = std::mem::take(&mut *reads);
        (!self.unsure.load(Ordering::Relaxed)).then_some(reads)
    }

    /// The same recorder for a reader of whom only a folder matters.
    pub fn only(&self, folder: &'static str) -> Within<'_> {
        Within { recorder: self, folder }
    }

    fn remember(&self, note: impl FnOnce(&mut Reads) -> bool) {
        if !note(&mut self.reads.lock()) {
            self.unsure.store(true, Ordering::Relaxed);
        }
    }
}

impl Sources for Recorder<'_> {
    /// Not remembered: what is kept there follows from what was read.
    fn cache(&self) -> Option<&dyn Cache> {
        self.sources.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        let own = Report::new();
        let paths = self.sources.list(folder, &own);
        let hash = hash_of_list(&paths);
        // What cannot be listed must be told each time.
        let faults = own.sorted();
        self.remember(|reads| {
            faults.is_empty()
                && is_plain(folder)
                && *reads.lists.entry(folder.to_owned()).or_insert(hash) == hash
        });
        report.extend(faults);
        paths
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let read = self.sources.read(path);
        let hash = read.as_ref().ok().map(|bytes| blake3::hash(bytes));
        self.remember(|reads| {
            is_plain(path) && *reads.files.entry(path.to_owned()).or_insert(hash) == hash
        });
        read
    }

    /// The whole file is remembered, piece by piece, when its first part is read.
    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let is_known = |reads: &mut Reads| reads.files.contains_key(path);
        if !is_known(&mut self.reads.lock()) {
            let hash = hash_of_file(self.sources, path);
            self.remember(|reads| {
                is_plain(path) && *reads.files.entry(path.to_owned()).or_insert(hash) == hash
            });
        }
        self.sources.part(path, from, length)
    }

    /// Not remembered: a picture whose contents matter is read again where it is published.
    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        self.sources.beginning(path, length)
    }
}

/// The last line, without which the others are not all.
const END: &str = "end\n";

/// Reads for somebody else, and has what lies in one folder remembered.
pub struct Within<'a> {
    recorder: &'a Recorder<'a>,
    folder: &'static str,
}

impl Within<'_> {
    fn sources(&self, path: &str) -> &dyn Sources {
        let inside = path
            .strip_prefix(self.folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if inside { self.recorder } else { self.recorder.sources }
    }
}

impl Sources for Within<'_> {
    fn cache(&self) -> Option<&dyn Cache> {
        self.recorder.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        self.sources(folder).list(folder, report)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.sources(path).read(path)
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        self.sources(path).beginning(path, length)
    }

    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        self.sources(path).part(path, from, length)
    }
}

/// How much of a file is read at once to hash it.
const PIECE: usize = 16 << 20;

/// The hash of a file; none if it cannot be read.
fn hash_of_file(sources: &dyn Sources, path: &str) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut at = 0;
    loop {
        let piece = sources.part(path, at, PIECE).ok()?;
        hasher.update(&piece);
        at += piece.len() as u64;
        if piece.len() < PIECE {
            return Some(hasher.finalize());
        }
    }
}

/// Whether a name can stand in a line.
fn is_plain(path: &str) -> bool {
    !path.contains('\n')
}

fn hash_of_list(paths: &[String]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        hasher.update(path.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize()
}

/// The folders that were listed and the files that were read, each with a BLAKE3 hash of what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    lists: BTreeMap<String, Hash>,
    /// None for a file that could not be read.
    files: BTreeMap<String, Option<Hash>>,
}

impl Reads {
    /// The files that were read, or could not be.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that are others now; none if more than what some files hold is not as it was.
    pub fn changed(&self, sources: &dyn Sources) -> Option<BTreeSet<String>> {
        let is_listed = |(folder, hash): (&String, &Hash)| {
            let report = Report::new();
            hash_of_list(&sources.list(folder, &report)) == *hash && report.sorted().is_empty()
        };
        if !self.lists.iter().all(is_listed) {
            return None;
        }
        let others = self.files.par_iter().filter_map(|(path, hash)| {
            let found = hash_of_file(sources, path);
            (found != *hash).then(|| (path.clone(), found.is_some() && hash.is_some()))
        });
        let others: Vec<(String, bool)> = others.collect();
        others.into_iter().map(|(path, is_there)| is_there.then_some(path)).collect()
    }

    /// These reads with those of a later build, which read some of the files again; none if others than the
    /// given ones changed in between.
    pub fn renewed(mut self, later: Self, changed: &BTreeSet<String>) -> Option<Self> {
        let same_lists = later.lists.iter().all(|(path, hash)| self.lists.get(path) == Some(hash));
        let is_known = |(path, hash): (&String, &Option<Hash>)| {
            changed.contains(path) || self.files.get(path) == Some(hash)
        };
        let is_good = same_lists && later.files.iter().all(is_known);
        is_good.then(|| {
            self.files.extend(later.files);
            self
        })
    }

    /// One line for each: what it is, its hash, its path.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(128 * (self.lists.len() + self.files.len()));
        for (path, hash) in &self.lists {
            let _ = writeln!(text, "list {hash} {path}");
        }
        for (path, hash) in &self.files {
            let _ = match hash {
                Some(hash) => writeln!(text, "file {hash} {path}"),
                None => writeln!(text, "none - {path}"),
            };
        }
        text.push_str(END);
        text
    }

    /// Reads what [`Reads::to_text`] wrote; none if it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reads = Self::default();
        for line in text.strip_suffix(END)?.lines() {
            let (what, rest) = line.split_once(' ')?;
            let (hash, path) = rest.split_once(' ')?;
            let path = path.to_owned();
            match what {
                "list" => drop(reads.lists.insert(path, Hash::from_hex(hash).ok()?)),
                "file" => drop(reads.files.insert(path, Some(Hash::from_hex(hash).ok()?))),
                "none" => drop(reads.files.insert(path, None)),
                _ => return None,
            }
        }
        Some(reads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{MemoryFiles, Sink};

    fn archive() -> MemoryFiles {
        let files = MemoryFiles::new();
        for path in ["content/a.md", "content/b.md"] {
            files.put(path, path.as_bytes()).unwrap();
        }
        files
    }

    fn read_all(sources: &dyn Sources) -> Option<Reads> {
        let recorder = Recorder::new(sources);
        for path in recorder.list("content", &Report::new()) {
            recorder.read(&path).unwrap();
        }
        assert!(recorder.read("config.toml").is_err());
        recorder.take()
    }

    #[test]
    fn what_was_read_is_told_from_what_changed() {
        let files = archive();
        let reads = read_all(&files).unwrap();
        assert_eq!(reads.changed(&files), Some(BTreeSet::new()));
        assert_eq!(Reads::parse(&reads.to_text()), Some(reads.clone()));
        let other = Some(BTreeSet::from(["content/a.md".to_owned()]));
        let changes = [
            ("content/a.md", "other", other),
            ("content/c.md", "new", None),
            ("config.toml", "", None),
        ];
        for (path, bytes, changed) in changes {
            let files = archive();
            files.put(path, bytes.as_bytes()).unwrap();
            assert_eq!(reads.changed(&files), changed, "{path}");
        }
    }

    #[test]
    fn what_changes_while_it_is_read_is_not_remembered() {
        let files = archive();
        let recorder = Recorder::new(&files);
        recorder.read("content/a.md").unwrap();
        files.put("content/a.md", b"other").unwrap();
        recorder.read("content/a.md").unwrap();
        assert_eq!(recorder.take(), None);
    }

    #[test]
    fn reads_are_renewed_by_those_of_the_changed_files_alone() {
        let files = archive();
        let reads = read_all(&files).unwrap();
        let changed = BTreeSet::from(["content/a.md".to_owned()]);
        files.put("content/a.md", b"other").unwrap();
        let later = read_all(&files).unwrap();
        assert_eq!(reads.clone().renewed(later.clone(), &changed), Some(later));
        files.put("content/b.md", b"meanwhile").unwrap();
        assert_eq!(reads.renewed(read_all(&files).unwrap(), &changed), None);
    }

    #[test]
    fn a_damaged_record_is_none() {
        assert_eq!(Reads::parse("none - a\n"), None);
        for text in ["file\n", "file 00 a\n", "list x a\n", "folder - a\n"] {
            assert_eq!(Reads::parse(&format!("{text}{END}")), None, "{text}");
        }
    }
}
