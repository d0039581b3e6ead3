//! What changed from one publication to the next, by day: documents that came, that say something else of themselves
//! or in their text, that were corrected, that were withdrawn. It is known from the records, and from the lock of what
//! was published.

use std::collections::BTreeMap;

use super::views::{ChangeListView, DayView, WhatChangedView};
use super::words::Words;
use super::{Page, SitePlan};
use crate::archive::DocumentId;
use crate::edtf::{Day, EdtfDate};

/// Documents that are named of each kind of change on a day.
const NAMED: usize = 50;

/// What changed on a day. A document that came or was corrected on it is not named as changed besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents that came.
    pub added: Vec<DocumentId>,
    /// Documents of which a correction was recorded.
    pub corrected: Vec<DocumentId>,
    /// Documents whose record or text changed otherwise.
    pub updated: Vec<DocumentId>,
    /// Documents that were withdrawn, by their places among the tombstones.
    pub withdrawn: Vec<usize>,
}

impl Changes {
    /// "3 documents added, 1 correction": what happened, in words.
    pub fn summary(&self, words: &Words) -> String {
        let counts = [
            ("changes-added", self.added.len()),
            ("changes-corrected", self.corrected.len()),
            ("changes-updated", self.updated.len()),
            ("changes-withdrawn", self.withdrawn.len()),
        ];
        let counts = counts.iter().filter(|(_, n)| *n > 0);
        counts.map(|(key, n)| words.count(key, *n)).collect::<Vec<_>>().join(", ")
    }
}

/// A day as a record has it.
fn day(date: Option<&EdtfDate>) -> Option<Day> {
    date.and_then(EdtfDate::certain_day)
}

impl SitePlan<'_> {
    /// The changes by day, newest first. None if all is of one day: then nothing has changed since.
    pub(super) fn find_changes(&self) -> Vec<(Day, Changes)> {
        let mut days: BTreeMap<Day, Changes> = BTreeMap::new();
        for id in self.document_ids() {
            let document = self.archive.document(id);
            let added = day(self.added(document));
            let corrections = document.record.corrections.iter();
            let mut told: Vec<Day> =
                corrections.filter_map(|correction| day(correction.date.as_ref())).collect();
            // A day on which two things were corrected is one.
            told.sort_unstable();
            told.dedup();
            for corrected in &told {
                days.entry(*corrected).or_default().corrected.push(id);
            }
            if let Some(added) = added {
                days.entry(added).or_default().added.push(id);
                told.push(added);
            }
            let updated = day(self.updated(document)).filter(|day| !told.contains(day));
            if let Some(updated) = updated {
                days.entry(updated).or_default().updated.push(id);
            }
        }
        for (number, tombstone) in self.archive.tombstones.iter().enumerate() {
            if let Some(withdrawn) = day(tombstone.withdrawn.date.as_ref()) {
                days.entry(withdrawn).or_default().withdrawn.push(number);
            }
        }
        // A page of the archive's own at that address stays what it is.
        let is_taken = self.own_pages.all.iter().any(|page| page.original.slug == "changes");
        if days.len() < 2 || is_taken {
            return Vec::new();
        }
        days.into_iter().rev().collect()
    }

    /// `list`: one page of the days on which something changed.
    pub fn changes_view(&self, number: usize) -> ChangeListView {
        ChangeListView {
            days: self.part(&self.changes, number).iter().map(|d| self.day_view(d)).collect(),
            feed: self.has_feeds().then(|| self.url_of("changes/atom.xml")),
            json_feed: self.has_feeds().then(|| self.url_of("changes/feed.json")),
            pager: self.pager(self.changes.len(), number, Page::Changes),
        }
    }

    fn day_view(&self, (day, changes): &(Day, Changes)) -> DayView {
        let date = day.to_string().parse::<EdtfDate>().ok();
        let what = |key: &str, ids: &[DocumentId]| {
            (!ids.is_empty()).then(|| WhatChangedView {
                name: self.words.count(key, ids.len()),
                documents: self.items(&ids[..ids.len().min(NAMED)]),
                notes: Vec::new(),
                more: self.unnamed(ids.len()),
            })
        };
        let withdrawn = (!changes.withdrawn.is_empty()).then(|| WhatChangedView {
            name: self.words.count("changes-withdrawn", changes.withdrawn.len()),
            documents: Vec::new(),
            notes: changes.withdrawn.iter().take(NAMED).map(|n| self.tombstone_link(*n)).collect(),
            more: self.unnamed(changes.withdrawn.len()),
        });
        let all = [
            what("changes-added", &changes.added),
            what("changes-corrected", &changes.corrected),
            what("changes-updated", &changes.updated),
            withdrawn,
        ];
        DayView {
            date: self.date_view(date.as_ref()),
            id: format!("d-{day}"),
            changes: all.into_iter().flatten().collect(),
        }
    }

    fn tombstone_link(&self, number: usize) -> super::views::Link {
        let page = Page::Withdrawn(number);
        super::views::Link { name: self.page_title(&page), url: Some(self.url(&page)) }
    }

    /// How many documents are not named, in words.
    fn unnamed(&self, all: usize) -> Option<String> {
        let others = all.saturating_sub(NAMED);
        (others > 0).then(|| self.words.count("list-more", others))
    }
}
