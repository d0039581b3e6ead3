//! Two records of one organization or person become one; documents stay as they are, since their names lead to it
//! through its aliases.

use super::{Unsettled, saved_meanwhile};
use crate::archive::{self, Authority};
use crate::config::Config;
use crate::content::merge::{self, Merged, Union};
use crate::content::{self, Entry};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::disk::Disk;
use crate::files::{Sources, Store};

/// What a merger changes.
pub struct Change {
    /// The file of the record that stays.
    pub path: String,
    /// The record that stays, with what it takes over.
    pub union: Union,
    /// The bytes of that file, if there is one.
    before: Option<Vec<u8>>,
    /// The file of the record that goes, if it has one, and its bytes.
    deleted: Option<(String, Vec<u8>)>,
}

impl Change {
    /// The file of the record that goes, if it has one.
    pub fn deleted(&self) -> Option<&str> {
        self.deleted.as_ref().map(|(path, _)| path.as_str())
    }
}

/// Merges records of one folder.
pub struct Merger<'a> {
    /// The archive's files.
    pub disk: &'a Disk,
    /// Its settings.
    pub config: &'a Config,
    /// The folder of both records, below `content/`.
    pub folder: &'static str,
}

impl Merger<'_> {
    /// Makes the record of `from` a part of that of `into`; nothing is written.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or cannot be changed.
    pub fn merge(&self, from: &Authority, into: &Authority) -> Result<Change, Unsettled> {
        let path = into.path.clone();
        let path = path.unwrap_or_else(|| format!("content/{}/{}.md", self.folder, into.slug));
        let read = |path: &String| self.disk.read(path).map_err(Unsettled::File);
        let before = into.path.as_ref().map(read).transpose()?;
        let gone = from.path.as_ref().map(read).transpose()?;
        let text = before.as_deref().map(String::from_utf8_lossy);
        let source = text.as_deref().map(|text| SourceText { path: &path, text });
        let body = match (&gone, &from.body) {
            (Some(bytes), Some(body)) => {
                let text = String::from_utf8_lossy(bytes);
                text.get(body.clone()).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        };
        let goes = Merged { record: &from.record, slug: &from.slug, body: &body };
        let union = merge::merge(source, &into.record, &goes)
            .map_err(|fault| Unsettled::Faults(vec![*fault]))?;
        Ok(Change { path, union, before, deleted: from.path.clone().zip(gone) })
    }

    /// Refuses a change after which a name would lead to two records.
    ///
    /// # Errors
    ///
    /// The faults that the archive would have, besides those `before`.
    pub fn check(
        &self,
        change: &Change,
        mut entries: Vec<Entry>,
        before: &Report,
    ) -> Result<(), Vec<Diagnostic>> {
        let after = Report::new();
        let source = SourceText { path: &change.path, text: &change.union.text };
        let merged = content::parse(source, self.config, &after);
        entries.retain(|entry| {
            entry.path != change.path && change.deleted() != Some(entry.path.as_str())
        });
        entries.extend(merged);
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        archive::assemble(entries, &archive::Audience::everyone(), &after);
        let old = before.sorted();
        let new: Vec<Diagnostic> = after
            .sorted()
            .into_iter()
            .filter(|fault| old.iter().all(|known| known.message != fault.message))
            .collect();
        if new.is_empty() { Ok(()) } else { Err(new) }
    }

    /// Writes a change, unless somebody saved one of its files since it was read.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or was saved meanwhile.
    pub fn write(&self, change: &Change) -> Result<(), Unsettled> {
        let text = change.union.text.as_bytes();
        let meanwhile = |path: &str| Unsettled::Faults(vec![saved_meanwhile(path)]);
        let written = match &change.before {
            Some(before) => self.disk.replace(&change.path, text, &|now| now == before),
            None => self.disk.write_new(&change.path, text),
        };
        if !written.map_err(Unsettled::File)? {
            return Err(meanwhile(&change.path));
        }
        let Some((path, before)) = &change.deleted else { return Ok(()) };
        let removed = self.disk.remove_known(path, &|now| now == before);
        if removed.map_err(Unsettled::File)? { Ok(()) } else { Err(meanwhile(path)) }
    }
}
