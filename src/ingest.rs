//! Raw texts → records: `seeds/` in, drafts of documents and authority records out.
//!
//! Deterministic rules, no network, no clock, no file system: [`plan`] reads through [`Sources`] and
//! says what would be written and why; [`write`] hands it to a [`Sink`] whose paths are from the
//! archive's root. Nothing here prints. A file that a person edited, renamed or deleted is never written.
//!
//! The steps of one seed, each a module: `decode` → `text` (numbered lines) → `furniture` → `split` →
//! `layout` and `interpret` (with `dates`, `names`, `parties`, `marks`, words of `lexicon`) → `notes`
//! and `body`. What `tables` say of it counts more. Then, over all seeds: `authorities`, `ledger`, `plan`.

mod again;
mod authorities;
mod body;
mod columns;
mod dates;
mod decode;
mod evidence;
mod explain;
mod filename;
mod furniture;
mod interpret;
mod language;
mod layout;
mod ledger;
mod left_out;
mod lexicon;
mod markdown;
mod marks;
mod memo;
mod names;
mod notes;
mod pages;
mod parties;
mod people;
mod plan;
mod rules;
mod scans;
mod seed;
mod source;
mod split;
mod tables;
mod text;

#[cfg(test)]
#[path = "../tests/support/zip.rs"]
mod test_zip;

pub use again::{Again, Rereader, SeedLine, mail_lines};
pub use evidence::rival;
pub use explain::{ExplainedClaim, ExplainedDocument, ExplainedLine, Explanation, Fate, explain};
pub use furniture::Dropped;
pub use interpret::Read;
pub use language::leaning::Leaning;
pub use left_out::{LeftOut, LeftOutLines};
pub use pages::{PagePlace, Pages};
pub use plan::{
    AsideAccount, Change, Doubt, FormatAccount, Kept, MovedSeed, Plan, PlannedFile, Reason,
    Vanished, plan,
};
pub use seed::sha256_of_lines;
pub use source::{PageBoxes, WordBox};
pub use tables::TableAccount;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::config::Config;
use crate::diagnostic::Report;
use crate::edtf::Day;
use crate::files::{FileError, Sources, Store};

/// Writes what was planned; `store` takes paths from the archive's root. Gives the paths of files that somebody
/// saved since the plan was made: they stay as they are, and are theirs from now on.
///
/// What the ledger will say is written beforehand, into a hidden file: if writing stops at any moment, the
/// next run knows which files it wrote, and does the rest.
pub fn write(plan: &Plan, store: &dyn Store) -> Result<Vec<String>, FileError> {
    let ledger = plan.files.iter().find(|f| f.change == Change::Ledger);
    if let Some(ledger) = ledger {
        store.put(ledger::INTENT, ledger.text.as_bytes())?;
    }
    let new = plan.files.iter().filter(|f| f.change == Change::New);
    let new: Vec<_> = new.map(|f| (f.path.as_str(), f.text.as_bytes())).collect();
    let taken = store.create(&new)?;
    let mut saved = Vec::new();
    for file in plan.files.iter().filter(|f| f.change.replaces()) {
        let is_known = |now: &[u8]| ledger::hash(now) == file.hash_before;
        if !store.replace(&file.path, file.text.as_bytes(), &is_known)? {
            saved.push(file.path.clone());
        }
    }
    if let Some(ledger) = ledger {
        // What somebody put at the path of a new draft is no draft: the next run finds another path.
        store.put(&ledger.path, ledger::without(&ledger.text, &taken).as_bytes())?;
    }
    if !plan.files.is_empty() || plan.resumes {
        store.discard(ledger::INTENT)?;
    }
    saved.extend(taken);
    Ok(saved)
}

/// What the seeds of an archive are read as, and why some are set aside.
pub fn formats(sources: &dyn Sources, config: &Config) -> (Vec<FormatAccount>, Vec<AsideAccount>) {
    // Nothing of the plan is written, so that its day is no matter.
    let day = Day { year: 2000, month: 1, day: 1 };
    let Plan { formats, aside, .. } = plan(sources, config, day, &Report::new());
    (formats, aside)
}

/// What ingest last wrote: a hash by the path of each file that it drafted.
#[derive(Debug, Default)]
pub struct Drafted {
    ledger: ledger::Ledger,
    /// Paths of the drafts of each seed, once asked for.
    by_seed: OnceLock<BTreeMap<String, Vec<String>>>,
}

impl Drafted {
    /// Reads the ledger; an archive without one has no drafts.
    pub fn read(sources: &dyn Sources) -> Self {
        let bytes = sources.read(ledger::PATH).unwrap_or_default();
        let ledger = ledger::parse(&String::from_utf8_lossy(&bytes));
        Self { ledger, by_seed: OnceLock::new() }
    }

    /// The files that were drafted from a seed, by its path below `seeds/`.
    pub fn of_seed(&self, seed: &str) -> &[String] {
        let by_seed = self.by_seed.get_or_init(|| {
            let mut by_seed: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (path, entry) in &self.ledger {
                if let ledger::Origin::Seed(seed, ..) = &entry.origin {
                    by_seed.entry(seed.clone()).or_default().push(path.clone());
                }
            }
            by_seed
        });
        by_seed.get(seed).map_or(&[], Vec::as_slice)
    }

    /// The lines of its seed that a draft leaves out.
    pub fn left_out(&self, path: &str) -> LeftOutLines {
        self.ledger.get(path).map(|entry| left_out::read(&entry.left_out)).unwrap_or_default()
    }

    /// What tells the text that ingest wrote into a file from others.
    pub fn hash_of(&self, path: &str) -> Option<&str> {
        self.ledger.get(path).map(|entry| entry.hash.as_str())
    }

    /// Whether a file is as ingest wrote it.
    pub fn is_untouched(&self, path: &str, bytes: &[u8]) -> bool {
        self.ledger.get(path).is_some_and(|entry| entry.hash == ledger::hash(bytes))
    }

    /// Whether a file was drafted by ingest and corrected by a person since.
    pub fn is_corrected(&self, path: &str, bytes: &[u8]) -> bool {
        self.ledger.get(path).is_some_and(|entry| entry.hash != ledger::hash(bytes))
    }
}

/// The text of a seed (a path below `seeds/`) as ingest reads it, line for line, by the encoding that a draft names;
/// none if it is no text.
pub fn seed_text(path: &str, bytes: &[u8], encoding: Option<&str>) -> Option<String> {
    source::lines_of(path, bytes, decode::Known { encoding, ..decode::Known::default() })
}

/// Where the lines of a seed (a path below `seeds/`) are on its pages, of which `text` is what [`seed_text`] gives.
pub fn seed_pages(path: &str, bytes: &[u8], text: &str) -> Pages {
    if source::has_pages(path, bytes) { Pages::of(text) } else { Pages::default() }
}

/// The language of a text by its script and its words; none if they leave a doubt.
pub fn language_of(text: &str, languages: &[String]) -> Option<String> {
    let language::Guess { tag, doubtful, .. } = language::guess(text, languages, "");
    (!doubtful && !tag.is_empty()).then_some(tag)
}

/// The language of a long passage that is in another one than its text, if its words leave no doubt.
pub fn language_of_passage(passage: &str, own: &str) -> Option<&'static str> {
    language::of_passage(passage, own)
}

/// Pages of which nobody has written down what is on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// Page images and PDFs of one document: paths below `seeds/`, in their order.
    pub pages: Vec<String>,
    /// The path below `seeds/` of a file with their text, without its ending.
    pub stem: String,
}

/// The page images and PDFs of an archive that have no text, document by document.
pub fn untold(sources: &dyn Sources, config: &Config, report: &Report) -> Vec<Untold> {
    let untold = plan::untold(sources, config, report);
    untold.into_iter().map(|(pages, stem)| Untold { pages, stem }).collect()
}

/// Whether a seed's name ends as those of files do that tell what a program read from page images.
pub fn may_be_ocr(path: &str) -> bool {
    source::may_be_ocr(path)
}

/// Where the words of each page are, of a seed (a path below `seeds/`) that is a PDF or tells what a program read from page
/// images; none of any other.
pub fn word_boxes(path: &str, read: impl FnOnce() -> Vec<u8>) -> Vec<Option<PageBoxes>> {
    match path.rsplit_once('.') {
        Some((_, ending)) if ending.eq_ignore_ascii_case("pdf") => source::pdf_boxes(&read()),
        _ if source::may_be_ocr(path) => source::boxes(path, &read()),
        _ => Vec::new(),
    }
}

/// Whether the lines of a seed (a path below `seeds/`) are read from it, and cannot be taken out of it: an office
/// text, a PDF.
pub fn is_bound(path: &str, bytes: &[u8]) -> bool {
    source::is_bound(path, bytes)
}
