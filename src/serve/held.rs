//! The archive's files as a site was made from them: texts of `content/` in memory, the others on the disk.
//!
//! A page is rendered when it is asked for, from a text that may have changed since, or that has a fault
//! now; the text as it was keeps the page what it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileError, Sources};

const CONTENT: &str = "content/";

/// The files of an archive at a moment; cheap to copy.
#[derive(Clone)]
pub(super) struct Held {
    /// The archive's folder.
    disk: Arc<dyn Sources + Send + Sync>,
    texts: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// What must not be read.
    left_out: Vec<Diagnostic>,
}

impl Held {
    /// Reads all texts.
    pub(super) fn read(disk: Arc<dyn Sources + Send + Sync>) -> Self {
        let mut held = Self { disk, texts: BTreeMap::new(), left_out: Vec::new() };
        held.walk(&BTreeSet::new());
        held
    }

    /// The archive's folder.
    pub(super) fn disk(&self) -> Arc<dyn Sources + Send + Sync> {
        Arc::clone(&self.disk)
    }

    /// Reads the texts that changed.
    pub(super) fn renew(&mut self, changed: &BTreeSet<String>) {
        let mut texts = changed.iter().filter(|path| path.starts_with(CONTENT)).peekable();
        if texts.peek().is_none() {
            return;
        }
        let read: Option<Vec<_>> = texts
            .map(|path| {
                let (known, _) = self.texts.get_key_value(path.as_str())?;
                Some((Arc::clone(known), self.disk.read(path).ok()?))
            })
            .collect();
        match read {
            Some(read) => self.texts.extend(read.into_iter().map(|(p, b)| (p, Arc::from(b)))),
            // What came or went may be no text at all: the disk knows.
            None => self.walk(changed),
        }
    }

    /// Lists the folder, and reads what is new or changed.
    fn walk(&mut self, changed: &BTreeSet<String>) {
        let report = Report::new();
        let paths = self.disk.list("content", &report);
        self.left_out = report.sorted();
        let read: Vec<_> = paths
            .into_par_iter()
            .filter_map(|path| match self.texts.get_key_value(path.as_str()) {
                Some((known, bytes)) if !changed.contains(&path) => {
                    Some((Arc::clone(known), Arc::clone(bytes)))
                }
                _ => Some((Arc::from(path.as_str()), Arc::from(self.disk.read(&path).ok()?))),
            })
            .collect();
        self.texts = read.into_iter().collect();
    }
}

impl Sources for Held {
    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        if folder != "content" {
            return self.disk.list(folder, report);
        }
        report.extend(self.left_out.iter().cloned());
        self.texts.keys().map(|path| path.to_string()).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if !path.starts_with(CONTENT) {
            return self.disk.read(path);
        }
        self.texts.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| FileError {
            action: "read",
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })
    }
}
