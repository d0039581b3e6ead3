//! People's files whose seed was moved: the new path is written where the old one is, and nothing else.

use std::collections::BTreeSet;

use super::super::ledger;
use super::moved::Moved;
use super::{Change, PlannedFile, Planner, Reason};
use crate::config::Config;
use crate::content::edit::Edit;
use crate::content::{self, Record};
use crate::diagnostic::{Diagnostic, Report, SourceText};

impl Planner<'_> {
    /// Plans to name the seeds that were moved in the files of people; what cannot be written is reported.
    pub(super) fn relocate(&mut self, listed: &BTreeSet<String>, report: &Report) {
        let edited = self.plan.kept.iter().filter(|kept| kept.reason == Reason::Edited);
        let edited = edited.filter(|kept| self.moved.before(&kept.seed).is_some());
        let mut paths: BTreeSet<String> = edited.map(|kept| kept.path.clone()).collect();
        let own = self.moved.all().flat_map(|(before, _)| self.present.of_seed(before));
        paths.extend(own.map(str::to_owned));
        for path in paths {
            let Ok(bytes) = self.sources.read(&path) else { continue };
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            match relocated(SourceText { path: &path, text }, self.moved, listed) {
                Ok(Some(new)) => self.plan.files.push(PlannedFile {
                    path,
                    text: new,
                    change: Change::Moved,
                    hash_before: ledger::hash(&bytes),
                }),
                Ok(None) => {}
                Err(fault) => report.push(*fault),
            }
        }
    }
}

/// A file with the new paths of its seed and its scans; none if it names no seed that was moved.
fn relocated(
    source: SourceText<'_>,
    moved: &Moved,
    listed: &BTreeSet<String>,
) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(parsed) = content::parse(source, &Config::default(), &Report::new()) else {
        return Ok(None);
    };
    let Record::Document(document) = parsed.record else { return Ok(None) };
    let seed = document.source.and_then(|source| source.seed);
    let now = |file: &str| {
        let own = seed.as_deref().unwrap_or(file);
        moved.beside(file, own, listed)
    };
    let names = seed.iter().chain(&document.files);
    let Some((old, new)) = names.filter_map(|name| Some((name, now(name)?))).next() else {
        return Ok(None);
    };
    let mut edit = Edit::open(source).map_err(|fault| {
        let message = format!("the seed `{old}` is now `{new}`");
        let warning = Diagnostic::warning(source.path, message).note(fault.message.clone());
        Box::new(warning.help("write the new path in this file"))
    })?;
    edit.replace_texts(&["source", "seed"], now);
    edit.replace_texts(&["files"], now);
    Ok(Some(edit.finish()).filter(|text| text != source.text))
}
