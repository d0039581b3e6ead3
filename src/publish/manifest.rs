//! What the program wrote into the site's folder: a list of paths with size and BLAKE3 hash, kept
//! there under a hidden name. It shows which files are ours, and which of them changed.
#![expect(clippy::disallowed_methods, reason = "reads the list of what an earlier build wrote")]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::SystemTime;

use super::folder::Folder;
use crate::parallel;
use crate::site_path::may_be_written;

/// Name of the manifest in the site's folder.
pub(super) const MANIFEST: &str = ".fonds-manifest";

const HEAD: &str = "fonds manifest 1\n";

/// Size and hash of a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) size: u64,
    hash: blake3::Hash,
}

impl Written {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, hash: blake3::hash(bytes) }
    }
}

/// The files of a site, sorted by path.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// What it says, a line for each file.
    text: String,
    lines: Vec<Line>,
    /// When it was written, the last of all files; none if it never was.
    time: Option<SystemTime>,
}

#[derive(Debug)]
struct Line {
    /// Where the path is in the text.
    path: Range<usize>,
    file: Written,
}

impl Manifest {
    /// The manifest of a site that is to be, of files sorted by path.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Written)>) -> Self {
        let (mut text, mut lines) = (String::from(HEAD), Vec::with_capacity(files.size_hint().0));
        for (path, file) in files {
            let _ = write!(text, "{} {} ", file.hash.to_hex(), file.size);
            let start = text.len();
            text.push_str(path);
            lines.push(Line { path: start..text.len(), file });
            text.push('\n');
        }
        Self { text, lines, time: None }
    }

    /// The same with one more file.
    pub(super) fn with(&self, path: &str, file: Written) -> Self {
        let before = self.lines.partition_point(|line| self.path(line) < path);
        let (first, last) = (self.files().take(before), self.files().skip(before));
        Self::of(first.chain([(path, file)]).chain(last))
    }

    /// Reads the manifest in a folder; a missing or damaged one means that nothing there is ours.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(MANIFEST);
        if !path.symlink_metadata().is_ok_and(|data| data.is_file()) {
            return Ok(Self::default());
        }
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let Some(lines) = parse(&text).filter(|lines| !lines.is_empty()) else {
            return Ok(Self::default());
        };
        let read = Self { text, lines, time: fs::metadata(&path)?.modified().ok() };
        Ok(if read.paths().is_sorted_by(|a, b| a < b) { read } else { Self::default() })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Hash of what it says, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        blake3::hash(self.text.as_bytes()).to_hex().to_string()
    }

    fn path(&self, line: &Line) -> &str {
        &self.text[line.path.clone()]
    }

    /// All files in their order.
    pub(super) fn files(&self) -> impl ExactSizeIterator<Item = (&str, Written)> {
        self.lines.iter().map(|line| (self.path(line), line.file))
    }

    /// Whether an earlier build wrote one.
    pub(super) fn exists(&self) -> bool {
        self.time.is_some()
    }

    pub(super) fn get(&self, path: &str) -> Option<Written> {
        self.position(path).map(|position| self.lines[position].file)
    }

    /// The place of a file among all.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        self.lines.binary_search_by(|line| self.path(line).cmp(path)).ok()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.lines.iter().map(|line| self.path(line))
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The files that a later site does not have.
    pub(super) fn missing_from<'a>(&'a self, later: &'a Self) -> impl Iterator<Item = &'a str> {
        without(self.paths(), later.paths())
    }

    /// Whether files lie in a folder, at any depth.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let first = self.lines.partition_point(|line| self.path(line) < below.as_str());
        self.lines.get(first).is_some_and(|line| self.path(line).starts_with(&below))
    }

    /// All folders that files lie in, at any height; some of them more than once.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        let mut last = "";
        self.paths().flat_map(move |path| {
            let shared = shared_folders(last, path);
            last = path;
            path.match_indices('/').map(move |(end, _)| &path[..end]).skip(shared)
        })
    }

    /// Whether a file of this site is as it was written: of that size, no younger than the manifest.
    pub(super) fn is_untouched(&self, site: &Folder, path: &str, file: Written) -> bool {
        site.file(path).is_some_and(|found| {
            found.size == file.size && self.time.is_some_and(|time| found.time <= time)
        })
    }
}

/// The paths of one sorted list that are not in another one, sorted as well.
pub(super) fn without<'a>(
    paths: impl Iterator<Item = &'a str>,
    others: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    let mut others = others.peekable();
    paths.filter(move |path| {
        while others.next_if(|other| other < path).is_some() {}
        others.peek() != Some(path)
    })
}

/// How many folders two files are both in.
fn shared_folders(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).filter(|(a, _)| *a == b'/').count()
}

fn parse(text: &str) -> Option<Vec<Line>> {
    let line = |line: &str| {
        let (hash, rest) = line.split_once(' ')?;
        let (size, path) = rest.split_once(' ')?;
        if !may_be_written(path) {
            return None;
        }
        let start = path.as_ptr().addr() - text.as_ptr().addr();
        let file = Written { size: size.parse().ok()?, hash: blake3::Hash::from_hex(hash).ok()? };
        Some(Line { path: start..start + path.len(), file })
    };
    let lines: Vec<&str> = text.strip_prefix(HEAD)?.lines().collect();
    parallel::map(&lines, |text| line(text)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("a/index.html", Written::of(b"a")), ("b c.txt", Written::of(b""))];
        let manifest = Manifest::of(files.into_iter());
        fs::write(folder.path().join(MANIFEST), manifest.text()).unwrap();
        let read = Manifest::read(folder.path()).unwrap();
        assert!(read.exists());
        assert!(read.files().eq(manifest.files()) && read.digest() == manifest.digest());
        assert_eq!(read.get("b c.txt"), Some(Written::of(b"")));
    }

    #[test]
    fn folders_are_found_by_their_files() {
        let files = ["a", "a b/x", "a/b/c/x", "a/b/y", "a/z", "b/x"];
        let manifest = Manifest::of(files.into_iter().map(|path| (path, Written::of(b""))));
        let folders: Vec<_> = manifest.folders().collect();
        assert_eq!(folders, ["a b", "a", "a/b", "a/b/c", "b"]);
        assert!(folders.iter().all(|folder| manifest.has_folder(folder)));
        assert!(["", "a ", "a/b/c/x", "c", "a/"].iter().all(|path| !manifest.has_folder(path)));
        let later = Manifest::of([("a", Written::of(b"")), ("b", Written::of(b""))].into_iter());
        assert_eq!(manifest.missing_from(&later).collect::<Vec<_>>(), files[1..]);
    }

    #[test]
    fn a_damaged_manifest_claims_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let line = |path: &str| format!("{} 1 {path}\n", Written::of(b"a").hash);
        for lines in ["", "x", "00 1 a", &line("../a"), &(line("b") + &line("a"))] {
            let text = format!("{HEAD}{lines}");
            fs::write(folder.path().join(MANIFEST), &text).unwrap();
            assert!(!Manifest::read(folder.path()).unwrap().exists(), "{text}");
        }
    }
}
