//! A finished site, and how it differs from what a target holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::TargetError;
use crate::files::FileError;
use crate::publish::{Checksum, Checksums, VerifyError, parse_checksums};
use crate::site_path::{CHECKSUMS, is_immutable, may_be_written};

/// The folder of a site that a build has finished.
#[derive(Debug)]
pub struct FinishedSite {
    folder: PathBuf,
    shown: String,
    /// All files but the list itself.
    checksums: Checksums,
    /// The list as it is written.
    list: Vec<u8>,
}

impl FinishedSite {
    /// Opens the folder of a site, which users know as `shown`.
    ///
    /// # Errors
    ///
    /// If it has no list of checksums, or one that is damaged.
    pub fn open(folder: &Path, shown: &str) -> Result<Self, VerifyError> {
        let name = format!("{shown}/{CHECKSUMS}");
        let list = fs::read(folder.join(CHECKSUMS)).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => VerifyError::NoList(shown.to_owned()),
            _ => FileError { action: "read", path: name.clone(), source }.into(),
        })?;
        let checksums = parse_checksums(&String::from_utf8_lossy(&list))
            .map_err(|line| VerifyError::BadList { list: name, line })?;
        Ok(Self { folder: folder.to_owned(), shown: shown.to_owned(), checksums, list })
    }

    /// All files but the list of checksums, by path.
    pub fn checksums(&self) -> &Checksums {
        &self.checksums
    }

    /// The list of checksums, as it is published.
    pub fn list(&self) -> &[u8] {
        &self.list
    }

    /// Where a file is.
    pub fn path_of(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The bytes of a file, if they are those that the build wrote.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or somebody changed it.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, TargetError> {
        let shown = format!("{}/{path}", self.shown);
        let bytes = fs::read(self.path_of(path)).map_err(|source| FileError {
            action: "read",
            path: shown.clone(),
            source,
        })?;
        match self.checksums.get(path) {
            Some(sum) if *sum == Checksum::of(&bytes) => Ok(bytes),
            _ => Err(TargetError::Altered(shown)),
        }
    }

    /// Makes sure of files that another program will read.
    ///
    /// # Errors
    ///
    /// As for [`FinishedSite::read`].
    pub fn verify<'a>(&self, mut paths: impl Iterator<Item = &'a str>) -> Result<(), TargetError> {
        paths.try_for_each(|path| self.read(path).map(drop))
    }

    fn size(&self, path: &str) -> u64 {
        fs::metadata(self.path_of(path)).map_or(0, |data| data.len())
    }
}

/// A file that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Whether the target has none at its path.
    pub is_new: bool,
    /// Its size in bytes.
    pub size: u64,
}

/// What a target needs to hold a site.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Files that are new or changed, by path; the list of checksums is not among them.
    pub sent: BTreeMap<String, Sent>,
    /// Files of the site before that this one does not have.
    pub removed: Vec<String>,
    /// Files that are as they were.
    pub kept: usize,
}

impl Change {
    /// The change from what a target holds to a site.
    pub fn between(held: Option<&Checksums>, site: &FinishedSite) -> Self {
        let mut change = Self::default();
        for (path, sum) in &site.checksums {
            let before = held.and_then(|held| held.get(path));
            if before == Some(sum) {
                change.kept += 1;
            } else {
                let sent = Sent { is_new: before.is_none(), size: site.size(path) };
                change.sent.insert(path.clone(), sent);
            }
        }
        // A list that somebody else wrote must not have other files removed.
        let is_gone = |path: &&String| {
            !site.checksums.contains_key(*path) && may_be_written(path) && *path != CHECKSUMS
        };
        change.removed =
            held.into_iter().flat_map(Checksums::keys).filter(is_gone).cloned().collect();
        change
    }

    /// Whether the target holds the site.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty() && self.removed.is_empty()
    }

    /// The size of all files that are sent.
    pub fn bytes(&self) -> u64 {
        self.sent.values().map(|sent| sent.size).sum()
    }

    /// What is sent, in the order in which no file refers to one that is not there yet: files that are never changed, what
    /// else pages need, then pages, feeds and the like.
    pub fn parts(&self) -> [Vec<&str>; 3] {
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        for path in self.sent.keys() {
            let part = if is_page(path) { 2 } else { usize::from(!is_immutable(path)) };
            parts[part].push(path.as_str());
        }
        parts
    }
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml") || path == "_redirects"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        let mut text = String::new();
        fs::create_dir(folder.path().join("assets")).unwrap();
        for path in ["assets/a.css", "b.html", "c.html"] {
            fs::write(folder.path().join(path), path).unwrap();
            text += &format!("{}  {path}\n", Checksum::of(path.as_bytes()));
        }
        fs::write(folder.path().join(CHECKSUMS), &text).unwrap();
        let site = FinishedSite::open(folder.path(), "public").unwrap();
        assert_eq!(Change::between(None, &site).sent.len(), 3);
        assert!(Change::between(Some(site.checksums()), &site).is_empty());
        let other = Checksum::of(b"other");
        let held = [("b.html", other), ("c.html", Checksum::of(b"c.html")), ("d/e.html", other)];
        let held = held.into_iter().map(|(path, sum)| (path.to_owned(), sum)).collect();
        let change = Change::between(Some(&held), &site);
        assert_eq!(change.parts(), [vec!["assets/a.css"], vec![], vec!["b.html"]]);
        assert_eq!(
            (change.removed.as_slice(), change.kept, change.bytes()),
            (&["d/e.html".to_owned()][..], 1, 18)
        );
        assert!(change.sent["assets/a.css"].is_new && !change.sent["b.html"].is_new);
        fs::write(folder.path().join("b.html"), "c.html").unwrap();
        assert!(matches!(site.read("b.html"), Err(TargetError::Altered(_))));
        assert!(site.verify(["assets/a.css"].into_iter()).is_ok());
    }
}
