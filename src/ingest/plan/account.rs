//! How each file was read: for each format its seeds and documents, and why seeds were set aside.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::scans::Scans;
use super::aside::{self, Aside};
use super::compare::Compared;

/// The seeds of one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormatAccount {
    /// The format: `text`, `DOCX`, `PDF`, `JPEG without a text`, `table`.
    pub format: String,
    /// Seeds that were read; page images that belong to the text of another seed are counted as seeds of their own.
    pub seeds: usize,
    /// Documents that were found in them.
    pub documents: usize,
}

/// Seeds that were set aside for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsideAccount {
    /// The reason: `is a recording`.
    pub reason: String,
    /// How many there are.
    pub seeds: usize,
}

/// Counts the seeds that were read, by their formats.
pub(super) fn formats(seeds: &[Compared], scans: &Scans) -> Vec<FormatAccount> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for seed in seeds {
        let count = counts.entry(seed.reading.clone()).or_default();
        count.0 += 1;
        count.1 += seed.proposals.len();
    }
    for name in scans.shown_with_texts() {
        counts.entry(format!("{name} shown with a text")).or_default().0 += 1;
    }
    let account = |(format, (seeds, documents))| FormatAccount { format, seeds, documents };
    counts.into_iter().map(account).collect()
}

/// Counts the seeds that were set aside, by reason.
pub(super) fn asides(asides: &[Aside]) -> Vec<AsideAccount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for aside in asides {
        *counts.entry(aside::reason(&aside.why)).or_default() += 1;
    }
    let account =
        |(reason, seeds): (&str, usize)| AsideAccount { reason: reason.to_owned(), seeds };
    counts.into_iter().map(account).collect()
}
