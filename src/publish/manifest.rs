//! What the program wrote into the site's folder: a list of paths with size and BLAKE3 hash, kept
//! there under a hidden name. It tells our files from those of others, and changed from unchanged.
#![expect(clippy::disallowed_methods, reason = "reads the list of what an earlier build wrote")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::Path;
use std::time::SystemTime;

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

/// The files of a site by path.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: BTreeMap<String, Written>,
    /// When it was written, the last of all files; none if it never was.
    time: Option<SystemTime>,
}

impl Manifest {
    /// The manifest of a site that is to be.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Written)>) -> Self {
        Self { files: files.map(|(path, file)| (path.to_owned(), file)).collect(), time: None }
    }

    /// Reads the manifest in a folder; a missing or damaged one means that nothing there is ours.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let files = text.strip_prefix(HEAD).and_then(parse).unwrap_or_default();
        let time = fs::metadata(&path)?.modified().ok().filter(|_| !files.is_empty());
        Ok(Self { files, time })
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = String::from(HEAD);
        for (path, file) in &self.files {
            let _ = writeln!(text, "{} {} {path}", file.hash, file.size);
        }
        text
    }

    /// Hash of what it says, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        blake3::hash(self.to_text().as_bytes()).to_hex().to_string()
    }

    /// All files by path.
    pub(super) fn files(&self) -> &BTreeMap<String, Written> {
        &self.files
    }

    /// Whether an earlier build wrote one.
    pub(super) fn exists(&self) -> bool {
        self.time.is_some()
    }

    pub(super) fn get(&self, path: &str) -> Option<Written> {
        self.files.get(path).copied()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The files that a later site does not have.
    pub(super) fn missing_from<'a>(&'a self, later: &Self) -> impl Iterator<Item = &'a str> {
        self.paths().filter(|path| !later.files.contains_key(*path))
    }

    /// Whether files lie in a folder, at any depth.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let mut from =
            self.files.range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded));
        from.next().is_some_and(|(file, _)| file.starts_with(&below))
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
    pub(super) fn is_untouched(&self, full_path: &Path, file: Written) -> bool {
        let Ok(data) = fs::symlink_metadata(full_path) else { return false };
        let Ok(changed) = data.modified() else { return false };
        data.is_file() && data.len() == file.size && self.time.is_some_and(|time| changed <= time)
    }
}

/// How many folders two files are both in.
fn shared_folders(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).filter(|(a, _)| *a == b'/').count()
}

fn parse(lines: &str) -> Option<BTreeMap<String, Written>> {
    lines
        .lines()
        .map(|line| {
            let (hash, rest) = line.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            super::check_site_path(path).ok()?;
            let file =
                Written { size: size.parse().ok()?, hash: blake3::Hash::from_hex(hash).ok()? };
            Some((path.to_owned(), file))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("a/index.html", Written::of(b"a")), ("b c.txt", Written::of(b""))];
        let manifest = Manifest::of(files.into_iter());
        fs::write(folder.path().join(MANIFEST), manifest.to_text()).unwrap();
        let read = Manifest::read(folder.path()).unwrap();
        assert!(read.exists());
        assert_eq!(read.files, manifest.files);
    }

    #[test]
    fn a_damaged_manifest_claims_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "fonds manifest 1\nx", "fonds manifest 2\n", "fonds manifest 1\n00 1 ../a"]
        {
            fs::write(folder.path().join(MANIFEST), text).unwrap();
            assert!(!Manifest::read(folder.path()).unwrap().exists(), "{text}");
        }
    }
}
