//! Raw texts → records: `seeds/` in, drafts of documents and authority records out.
//!
//! Deterministic rules, no network, no clock, no file system: [`plan`] reads through [`Sources`] and
//! says what would be written and why; [`write`] hands it to a [`Sink`] whose paths are from the
//! archive's root. Nothing here prints. A file that a person edited, renamed or deleted is never written.
//!
//! The steps of one seed, each a module: `decode` → `text` (numbered lines) → `furniture` → `split` →
//! `layout` and `interpret` (with `dates`, `names`, `parties`, `marks`, words of `lexicon`) → `notes`
//! and `body`. What `tables` say of it counts more. Then, over all seeds: `authorities`, `ledger`, `plan`.

mod authorities;
mod body;
mod dates;
mod decode;
mod explain;
mod filename;
mod furniture;
mod interpret;
mod language;
mod layout;
mod ledger;
mod lexicon;
mod markdown;
mod marks;
mod names;
mod notes;
mod parties;
mod people;
mod plan;
mod scans;
mod seed;
mod source;
mod split;
mod tables;
mod text;

#[cfg(test)]
#[path = "../tests/support/zip.rs"]
mod test_zip;

pub use explain::{ExplainedLine, Explanation, Fate, explain};
pub use furniture::Dropped;
pub use interpret::Read;
pub use plan::{Change, Doubt, Kept, Plan, PlannedFile, Reason, Vanished, plan};
pub use tables::TableAccount;

use crate::files::{FileError, Sources, Store};

/// Writes what was planned; `store` takes paths from the archive's root.
///
/// What the ledger will say is written beforehand, into a hidden file: if writing stops at any moment, the
/// next run knows which files it wrote, and does the rest.
///
/// # Errors
///
/// If the store cannot take a file.
pub fn write(plan: &Plan, store: &dyn Store) -> Result<(), FileError> {
    if let Some(ledger) = plan.files.iter().find(|f| f.change == Change::Ledger) {
        store.put(ledger::INTENT, ledger.text.as_bytes())?;
    }
    let new = plan.files.iter().filter(|f| f.change == Change::New);
    let new: Vec<_> = new.map(|f| (f.path.as_str(), f.text.as_bytes())).collect();
    store.create(&new)?;
    for file in plan.files.iter().filter(|f| f.change != Change::New) {
        store.put(&file.path, file.text.as_bytes())?;
    }
    if plan.files.is_empty() && !plan.resumes { Ok(()) } else { store.discard(ledger::INTENT) }
}

/// What ingest last wrote: a hash by the path of each file that it drafted.
#[derive(Debug, Default)]
pub struct Drafted(ledger::Ledger);

impl Drafted {
    /// Reads the ledger; an archive without one has no drafts.
    pub fn read(sources: &dyn Sources) -> Self {
        let bytes = sources.read(ledger::PATH).unwrap_or_default();
        Self(ledger::parse(&String::from_utf8_lossy(&bytes)))
    }

    /// Whether a file was drafted by ingest and corrected by a person since.
    pub fn is_corrected(&self, path: &str, bytes: &[u8]) -> bool {
        self.0.get(path).is_some_and(|entry| entry.hash != ledger::hash(bytes))
    }
}

/// The text of a seed (a path below `seeds/`) whose lines documents count; none if it is no text.
pub fn seed_text(path: &str, bytes: &[u8]) -> Option<String> {
    source::lines_of(path, bytes)
}
