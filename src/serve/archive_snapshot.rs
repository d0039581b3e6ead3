//! The archive's files as a site was made from them: texts of `content/` in memory, everything else on the disk.
//!
//! A page is rendered when it is asked for, from a text that may have changed since, or that has a fault
//! now; the text as it was keeps the page what it was.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::sync::Arc;

use super::folder::Folder;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{Cache, FileError, Sources};
use crate::parallel;

const CONTENT: &str = "content/";
/// So many changes are kept beside all texts before they are put among them.
const BESIDE: usize = 500;

type Texts = BTreeMap<Arc<str>, Arc<[u8]>>;

/// The files of an archive at a moment; cheap to copy.
#[derive(Clone)]
pub(super) struct ArchiveSnapshot {
    folder: Arc<Folder>,
    /// All texts, as they were at some time.
    texts: Arc<Texts>,
    /// Those that changed since; none for those that are gone.
    since: BTreeMap<Arc<str>, Option<Arc<[u8]>>>,
    /// What must not be read.
    left_out: Arc<Vec<Diagnostic>>,
}

impl ArchiveSnapshot {
    /// Reads all texts.
    pub(super) fn read(folder: Arc<Folder>) -> Self {
        let (texts, since) = (Arc::default(), BTreeMap::new());
        let mut snapshot = Self { folder, texts, since, left_out: Arc::default() };
        snapshot.walk(&BTreeSet::new());
        snapshot
    }

    /// The archive's folder.
    pub(super) fn folder(&self) -> Arc<Folder> {
        Arc::clone(&self.folder)
    }

    /// Reads the texts that changed.
    pub(super) fn renew(&mut self, changed: &BTreeSet<String>) {
        let texts: Vec<&String> = changed.iter().filter(|p| p.starts_with(CONTENT)).collect();
        if texts.is_empty() {
            return;
        }
        let all = texts.iter().map(|path| self.renewed(path)).collect::<Option<Vec<_>>>();
        match all.filter(|_| self.left_out.is_empty()) {
            Some(renewed) => self.since.extend(renewed.into_iter().flatten()),
            // What came or went may be no text at all: the disk knows.
            None => return self.walk(changed),
        }
        if self.since.len() > BESIDE {
            let mut texts = Texts::clone(&self.texts);
            for (path, bytes) in std::mem::take(&mut self.since) {
                match bytes {
                    Some(bytes) => texts.insert(path, bytes),
                    None => texts.remove(&path),
                };
            }
            self.texts = Arc::new(texts);
        }
    }

    /// What became of a file that is or was a text, if that can be known without looking at other files.
    #[allow(clippy::type_complexity, reason = "a change as it is kept; none if there is none")]
    fn renewed(&self, path: &str) -> Option<Option<(Arc<str>, Option<Arc<[u8]>>)>> {
        // A name that is not Unicode differs here from the one on the disk.
        if path.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        let is_known = self.bytes(path).is_some();
        match self.folder.read(path) {
            Ok(bytes) if is_known || self.folder.is_plain(path) => {
                Some(Some((Arc::from(path), Some(Arc::from(bytes)))))
            }
            Err(error) if error.source.kind() == ErrorKind::NotFound => {
                Some(is_known.then(|| (Arc::from(path), None)))
            }
            _ => None,
        }
    }

    /// Lists the folder, and reads what is new or changed.
    fn walk(&mut self, changed: &BTreeSet<String>) {
        let report = Report::new();
        let disk = self.folder.open(&report);
        let paths = disk.as_ref().map(|disk| disk.list("content", &report)).unwrap_or_default();
        self.left_out = Arc::new(report.sorted());
        let read: Vec<Option<_>> = parallel::map_taken(paths, |path| match self.bytes(&path) {
            Some(bytes) if !changed.contains(&path) => Some((Arc::from(path), Arc::clone(bytes))),
            _ => {
                let bytes = disk.as_ref()?.read(&path).ok()?;
                Some((Arc::from(path), Arc::from(bytes)))
            }
        });
        self.texts = Arc::new(read.into_iter().flatten().collect());
        self.since.clear();
    }

    fn bytes(&self, path: &str) -> Option<&Arc<[u8]>> {
        match self.since.get(path) {
            Some(bytes) => bytes.as_ref(),
            None => self.texts.get(path),
        }
    }
}

impl Sources for ArchiveSnapshot {
    fn cache(&self) -> Option<&dyn Cache> {
        self.folder.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        if folder != "content" {
            return self.folder.list(folder, report);
        }
        report.extend(self.left_out.iter().cloned());
        let new = self.since.keys().filter(|path| !self.texts.contains_key(*path));
        let mut paths: Vec<String> = self
            .texts
            .keys()
            .chain(new)
            .filter(|path| self.bytes(path).is_some())
            .map(|path| path.to_string())
            .collect();
        paths.sort_unstable();
        paths
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if !path.starts_with(CONTENT) {
            return self.folder.read(path);
        }
        self.look_into(path).map(Cow::into_owned)
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        let mut bytes = match self.bytes(path).filter(|_| path.starts_with(CONTENT)) {
            Some(bytes) => bytes.to_vec(),
            None => return self.folder.beginning(path, length),
        };
        bytes.truncate(length);
        Ok(bytes)
    }

    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        self.folder.part(path, from, length)
    }

    fn look_into(&self, path: &str) -> Result<Cow<'_, [u8]>, FileError> {
        if !path.starts_with(CONTENT) {
            return self.folder.read(path).map(Cow::Owned);
        }
        self.bytes(path).map(|bytes| Cow::Borrowed(&**bytes)).ok_or_else(|| FileError {
            action: "read",
            path: path.to_owned(),
            source: ErrorKind::NotFound.into(),
        })
    }
}
