//! What of each seed must not be shown: lines of documents that are not shown, and what documents withhold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::audience::Fate;
use super::{Audience, Card, DocumentCard};
use crate::content;
use crate::enclosed;

/// What of a seed must not be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Lines of documents that are not shown, not even as a gap.
    pub hidden: Vec<RangeInclusive<usize>>,
    /// Lines that a document withholds, with the reason.
    pub lines: Vec<(RangeInclusive<usize>, String)>,
    /// Why nothing of the seed is shown.
    pub whole: Option<String>,
    /// Of a page image: the pages of which something is withheld.
    pub pages: Vec<OfPage>,
}

/// What is withheld of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPage {
    /// The page of the file, counted from 1.
    pub page: usize,
    /// The part of it: left, top, width, height in pixels; none if nothing of it is shown.
    pub region: Option<[i64; 4]>,
    /// Why.
    pub reason: String,
}

impl Withheld {
    /// Whether readers see that something is not shown.
    pub fn is_told(&self) -> bool {
        !self.lines.is_empty() || self.whole.is_some() || !self.pages.is_empty()
    }
}

/// Every seed of which something must not be shown, by its path below `seeds/`.
pub(super) type Seeds = BTreeMap<String, Withheld>;

/// Keeps back the lines of a document that is not shown.
pub(super) fn hide(seeds: &mut Seeds, record: &content::Document) {
    for file in &record.files {
        seeds.entry(file.clone()).or_default().hidden.push(1..=usize::MAX);
    }
    let Some((source, seed)) = seed_of(record) else { return };
    hide_lines(seeds, source, seed);
}

fn hide_lines(seeds: &mut Seeds, source: &content::Source, seed: &str) {
    let (first, last) = source.lines.unwrap_or((1, usize::MAX));
    seeds.entry(seed.to_owned()).or_default().hidden.push(first..=last);
}

/// Keeps back what a document withholds of its seed, whether it is shown or not.
pub(super) fn withhold(seeds: &mut Seeds, record: &content::Document) {
    let files = &record.files;
    for entry in &record.withheld {
        match entry.file_of(files) {
            Some(file) => withhold_of(seeds.entry(file.to_owned()).or_default(), entry),
            // Which part of a page image shows what is withheld is not known, so that all of them are kept back.
            None => files.iter().for_each(|file| {
                let known = seeds.entry(file.clone()).or_default();
                known.whole.get_or_insert_with(|| entry.reason.clone());
            }),
        }
    }
    let Some((source, seed)) = seed_of(record) else { return };
    if source.public == Some(false) {
        hide_lines(seeds, source, seed);
    }
    for entry in &record.withheld {
        if entry.file_of(files) == Some(seed) {
            continue;
        }
        let known = seeds.entry(seed.to_owned()).or_default();
        match entry.lines {
            Some((first, last)) => known.lines.push((first..=last, entry.reason.clone())),
            None => drop(known.whole.get_or_insert_with(|| entry.reason.clone())),
        }
    }
}

/// The seeds of e-mails that are not shown: nothing that came with them is.
pub(super) fn unseen_mails<'a>(cards: &[&'a Card], audience: &Audience) -> BTreeSet<&'a str> {
    let seed = |card: &&'a Card| match card {
        Card::Document(card) if audience.fate(&card.record) != Fate::Shown => {
            seed_of(&card.record).map(|(_, seed)| seed)
        }
        _ => None,
    };
    cards.iter().filter_map(seed).collect()
}

/// Whether a document came with one of these e-mails.
pub(super) fn came_with(mails: &BTreeSet<&str>, record: &content::Document) -> bool {
    let seed = seed_of(record).filter(|_| !mails.is_empty());
    seed.is_some_and(|(_, seed)| enclosed::mails_around(seed).any(|mail| mails.contains(mail)))
}

/// Keeps back the files that came with e-mails of which something is withheld: what of it they hold is not known.
pub(super) fn withhold_enclosed(seeds: &mut Seeds, documents: &[&Arc<DocumentCard>]) {
    let reason = |known: &Withheld| {
        let lines = known.lines.first().map(|(_, reason)| reason);
        let pages = known.pages.first().map(|page| &page.reason);
        known.whole.as_ref().or(lines).or(pages).cloned()
    };
    let of_mail = |card: &&Arc<DocumentCard>| {
        let (_, seed) = seed_of(&card.record)?;
        let why = enclosed::mails_around(seed).find_map(|mail| reason(seeds.get(mail)?))?;
        Some((seed.to_owned(), why))
    };
    let kept: Vec<(String, String)> = match seeds.is_empty() {
        true => Vec::new(),
        false => documents.iter().filter_map(of_mail).collect(),
    };
    for (seed, why) in kept {
        seeds.entry(seed).or_default().whole.get_or_insert(why);
    }
}

/// Keeps back a page of a file, or all of it.
fn withhold_of(known: &mut Withheld, entry: &content::Withheld) {
    let reason = entry.reason.clone();
    match (entry.page, entry.region) {
        (None, None) => drop(known.whole.get_or_insert(reason)),
        (page, region) => known.pages.push(OfPage { page: page.unwrap_or(1), region, reason }),
    }
}

fn seed_of(record: &content::Document) -> Option<(&content::Source, &str)> {
    let source = record.source.as_ref()?;
    Some((source, source.seed.as_deref()?))
}
