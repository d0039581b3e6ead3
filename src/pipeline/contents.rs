//! The content files as they were last read, so that a change costs the files that changed and not all.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::Config;
use crate::content::{self, Entry};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::files::Sources;

/// The front matter of all content files, in the order of their paths.
#[derive(Debug, Default)]
pub struct Contents {
    files: BTreeMap<String, Parsed>,
    /// What must not be read.
    left_out: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Parsed {
    entry: Option<Entry>,
    faults: Vec<Diagnostic>,
}

impl Contents {
    /// Reads all files below `content/`.
    pub fn read(sources: &dyn Sources, config: &Config) -> Self {
        let mut contents = Self::default();
        let paths = contents.list(sources);
        contents.files = parsed(&paths, sources, config).collect();
        contents
    }

    /// Reads some files again, or for the first time, and forgets those that are gone.
    pub fn renew(&mut self, paths: &BTreeSet<String>, sources: &dyn Sources, config: &Config) {
        let there: BTreeSet<String> = self.list(sources).into_iter().collect();
        self.files.retain(|path, _| there.contains(path));
        let wanted: Vec<String> = there
            .into_iter()
            .filter(|path| paths.contains(path) || !self.files.contains_key(path))
            .collect();
        let read: Vec<_> = parsed(&wanted, sources, config).collect();
        self.files.extend(read);
    }

    /// What could be read.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.files.values().filter_map(|file| file.entry.as_ref())
    }

    /// A file, if it could be read.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)?.entry.as_ref()
    }

    /// Tells the faults of all files.
    pub fn tell(&self, report: &Report) {
        report.extend(self.left_out.iter().cloned());
        report.extend(self.files.values().flat_map(|file| file.faults.iter().cloned()));
    }

    /// What could be read, when nothing else is wanted any more.
    pub fn into_entries(self) -> Vec<Entry> {
        self.files.into_values().filter_map(|file| file.entry).collect()
    }

    fn list(&mut self, sources: &dyn Sources) -> Vec<String> {
        let report = Report::new();
        let mut paths = sources.list("content", &report);
        paths.retain(|path| path.ends_with(".md"));
        self.left_out = report.sorted();
        paths
    }
}

fn parsed(
    paths: &[String],
    sources: &dyn Sources,
    config: &Config,
) -> impl Iterator<Item = (String, Parsed)> {
    let read = |path: &String| {
        let report = Report::new();
        let entry = parse(path, sources, config, &report);
        (path.clone(), Parsed { entry, faults: report.sorted() })
    };
    paths.par_iter().map(read).collect::<Vec<_>>().into_iter()
}

fn parse(path: &str, sources: &dyn Sources, config: &Config, report: &Report) -> Option<Entry> {
    match sources.read(path).map(String::from_utf8) {
        Ok(Ok(text)) => content::parse(SourceText { path, text: &text }, config, report),
        Ok(Err(error)) => {
            report.push(not_utf8(path, &error));
            None
        }
        Err(error) => {
            report.push(Diagnostic::error(path, error.to_string()));
            None
        }
    }
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = valid.iter().filter(|b| **b == b'\n').count() + 1;
    Diagnostic::error(path, format!("line {line} is not UTF-8"))
        .expected("a content file in UTF-8")
        .help("save the file as UTF-8 in your editor")
}
