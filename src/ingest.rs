//! Raw texts → records: `seeds/` in, drafts of documents and authority records out.
//!
//! Deterministic rules, no network, no clock, no file system: [`plan`] reads through [`Sources`] and
//! says what would be written and why; [`write`] hands it to a [`Sink`] whose paths are from the
//! archive's root. Nothing here prints. A file that a person edited, renamed or deleted is never written.
//!
//! The steps of one seed, each a module: `decode` → `text` (numbered lines) → `furniture` → `split` →
//! `layout` and `interpret` (with `dates`, `names`, `parties`, `marks`, words of `lexicon`) → `notes`
//! and `body`. Then, over all seeds: `authorities`, `ledger`, `plan`.

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
mod seed;
mod source;
mod split;
mod text;

pub use explain::{ExplainedLine, Explanation, Fate, explain};
pub use furniture::Dropped;
pub use interpret::Read;
pub use plan::{Change, Doubt, Kept, Plan, PlannedFile, Reason, Vanished, plan};

use crate::files::{FileError, Sink, Sources};

/// Writes what was planned; `sink` takes paths from the archive's root.
///
/// The ledger comes last: if writing stops before it, the next run does the rest.
///
/// # Errors
///
/// If the sink cannot take a file.
pub fn write(plan: &Plan, sink: &dyn Sink) -> Result<(), FileError> {
    for file in &plan.files {
        sink.put(&file.path, file.text.as_bytes())?;
    }
    Ok(())
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

/// The text of a seed as ingest reads it, line for line; none if it is no text.
pub fn seed_text(bytes: &[u8]) -> Option<String> {
    decode::decode(bytes).ok()
}
