//! What a build read, so that the next one knows whether anything has changed since.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use blake3::Hash;
use parking_lot::Mutex;

use crate::diagnostic::Report;
use crate::files::{Cache, FileError, Sources};
use crate::parallel;

/// Reads for a build, and remembers what it was given.
pub struct Recorder<'a> {
    sources: &'a dyn Sources,
    reads: Mutex<Reads>,
    /// What will be found, if the files stay as they are; some of it need not be read again.
    known: OnceLock<Reads>,
    /// Whether something cannot be remembered: it changed while the build went on, or has no plain name.
    unsure: AtomicBool,
}

impl<'a> Recorder<'a> {
    /// Nothing is read yet.
    pub fn new(sources: &'a dyn Sources) -> Self {
        let (reads, unsure) = (Mutex::default(), AtomicBool::new(false));
        Self { sources, reads, known: OnceLock::new(), unsure }
    }

    /// Takes what a look at the files has found. What is not read again is remembered, too; what is read again must be
    /// the same.
    pub fn expect(&self, known: Reads) {
        let is_new = self.known.set(known).is_ok();
        debug_assert!(is_new, "files were looked at once");
    }

    /// What was read, or known; none if a later build could not know whether it is the same.
    pub fn take(&self) -> Option<Reads> {
        let mut reads = self.known.get().cloned().unwrap_or_default();
        let read = std::mem::take(&mut *self.reads.lock());
        let is_same = read
            .lists
            .iter()
            .all(|(path, hash)| reads.lists.get(path).is_none_or(|known| known == hash))
            && read
                .files
                .iter()
                .all(|(path, hash)| reads.files.get(path).is_none_or(|known| known == hash));
        reads.lists.extend(read.lists);
        reads.files.extend(read.files);
        (is_same && !self.unsure.load(Ordering::Relaxed)).then_some(reads)
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
    fn hash(&self, path: &str) -> Option<Hash> {
        let known = self.known.get().and_then(|known| known.files.get(path).copied());
        known.or_else(|| self.reads.lock().files.get(path).copied())?
    }

    /// Not remembered: what is kept there follows from what was read.
    fn cache(&self) -> Option<&dyn Cache> {
        self.sources.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        let own = Report::new();
        let paths = self.sources.list(folder, &own);
        let hash = hash_of_list(&paths);
        // What cannot be listed must be reported each time.
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

/// The last line; without it, lines are missing.
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

/// Whether a name fits in a line.
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
    /// The same folders and files as they are now, without files that are gone; none if there is something to report.
    pub fn now(&self, sources: &dyn Sources) -> Option<Self> {
        let report = Report::new();
        let list = |folder: &String| (folder.clone(), hash_of_list(&sources.list(folder, &report)));
        let lists = self.lists.keys().map(list).collect();
        let file = |(path, before): (&String, &_)| {
            let now = hash_of_file(sources, path);
            (now.is_some() || Option::is_none(before)).then(|| (path.clone(), now))
        };
        let files = parallel::map_taken(self.files.iter().collect(), file);
        let files = files.into_iter().flatten().collect();
        report.sorted().is_empty().then_some(Self { lists, files })
    }

    /// Those whose paths are wanted.
    pub fn only(&self, wanted: impl Fn(&str) -> bool) -> Self {
        let lists = self.lists.iter().filter(|(path, _)| wanted(path));
        let files = self.files.iter().filter(|(path, _)| wanted(path));
        Self {
            lists: lists.map(|(path, hash)| (path.clone(), *hash)).collect(),
            files: files.map(|(path, hash)| (path.clone(), *hash)).collect(),
        }
    }

    /// The files that are not as they are in other reads, or only in one of the two.
    pub fn differing<'r>(&'r self, others: &'r Self) -> impl Iterator<Item = &'r str> {
        let lacking = others.files.keys().filter(|path| !self.files.contains_key(*path));
        let own = self.files.iter().filter(|(path, hash)| others.files.get(*path) != Some(*hash));
        own.map(|(path, _)| path).chain(lacking).map(String::as_str)
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
    use crate::files::{MemoryFiles, Sink, Store};

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
    fn what_changed_is_found() {
        let reads = read_all(&archive()).unwrap();
        assert_eq!(reads.now(&archive()), Some(reads.clone()));
        assert_eq!(Reads::parse(&reads.to_text()), Some(reads.clone()));
        for (path, differing) in [
            ("content/a.md", vec!["content/a.md"]),
            ("config.toml", vec!["config.toml"]),
            // It is in the list of its folder.
            ("content/c.md", vec![]),
        ] {
            let files = archive();
            files.put(path, b"other").unwrap();
            let now = reads.now(&files).unwrap();
            assert_ne!(now, reads, "{path}");
            assert_eq!(now.differing(&reads).collect::<Vec<_>>(), differing);
        }
        let files = archive();
        files.discard("content/b.md").unwrap();
        let now = reads.now(&files).unwrap();
        assert_eq!(now.differing(&reads).collect::<Vec<_>>(), ["content/b.md"]);
        assert_eq!(now.only(|path| path == "content/b.md"), Reads::default());
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
    fn what_is_known_is_remembered_unless_it_is_read_otherwise() {
        let files = archive();
        let known = read_all(&files).unwrap();
        for (read, is_sure) in [(false, true), (true, false)] {
            let recorder = Recorder::new(&files);
            recorder.expect(known.clone());
            assert_eq!(recorder.hash("content/a.md"), Some(blake3::hash(b"content/a.md")));
            files.put("content/a.md", b"meanwhile").unwrap();
            if read {
                recorder.read("content/a.md").unwrap();
            }
            assert_eq!(recorder.take(), is_sure.then(|| known.clone()));
        }
    }

    #[test]
    fn a_damaged_record_is_none() {
        assert_eq!(Reads::parse("none - a\n"), None);
        for text in ["file\n", "file 00 a\n", "list x a\n", "folder - a\n"] {
            assert_eq!(Reads::parse(&format!("{text}{END}")), None, "{text}");
        }
    }
}
