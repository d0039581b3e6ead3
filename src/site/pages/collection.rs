//! The arrangement: a unit of it, and the tree of all of them.

use super::super::describe::named;
use super::super::html::Html;
use super::super::views::{BranchView, CollectionListView, CollectionView, Link, PartyView};
use super::super::{Page, SitePlan};
use super::filed::Divided;
use super::list::further;
use crate::archive::{AuthorityId, Collection, CollectionId, DocumentId, Filed};
use crate::content::Level;

/// A tree of more units is shown two levels deep: each unit's own page shows what is below.
const TREE: usize = 400;

impl SitePlan<'_> {
    /// `collection`: a unit of the arrangement with one page of its documents; `text` is its record's body as HTML.
    pub fn collection_view(&self, id: CollectionId, text: String, number: usize) -> CollectionView {
        let unit = self.archive.collection(id);
        let record = &unit.card.record;
        let page = |n| further(Page::Collection(id), n);
        let divided = match unit.by_reference {
            true => Divided::not(),
            false => self.divided(&unit.documents, &page),
        };
        let (previous, next) = self.beside(id);
        let slug = unit.card.slug.as_str();
        CollectionView {
            title: record.title.clone(),
            level: self.level_name(record.level),
            reference: record.reference.clone(),
            dates: record.dates.as_ref().map(|dates| self.date_view(Some(dates))),
            years_text: self.span(&unit.all_documents),
            extent: record.extent.clone(),
            creators: self.creators_of(unit),
            history: paragraphs(record.history.as_deref()),
            scope: paragraphs(record.scope.as_deref()),
            conditions: paragraphs(record.conditions.as_deref()),
            text: Html(text),
            count_text: self.words.count("documents", unit.all_documents.len()),
            parts: if number == 1 { self.branches(&unit.children) } else { Vec::new() },
            groups: match unit.documents.is_empty() {
                true => Vec::new(),
                false => self.groups(self.part(&unit.documents, number), &divided),
            },
            years: divided.jumps(),
            pager: self.pager(unit.documents.len(), number, page),
            narrow: self
                .search_with(&[("collection", slug)])
                .filter(|_| unit.all_documents.len() > 1),
            previous,
            next,
            ead: self.has_tree_file(id).then(|| self.folder_url(&Page::Collection(id)) + "ead.xml"),
            linked_data: self.tree_url().filter(|_| unit.parent.is_none()),
            langs: self.text_languages(unit.translation.as_deref()),
            extra: record.extra.clone(),
        }
    }

    /// Whether the arrangement below a unit is in a file of its own: a fonds or a collection has one.
    pub fn has_tree_file(&self, id: CollectionId) -> bool {
        self.archive.collection(id).parent.is_none() && self.config.outputs.data
    }

    /// `list`: the whole arrangement.
    pub fn collections_view(&self) -> CollectionListView {
        let all = self.collection_ids();
        let top: Vec<CollectionId> =
            all.filter(|id| self.archive.collection(*id).parent.is_none()).collect();
        let elsewhere = self.archive.documents.iter().filter(|d| d.collection.is_none()).count();
        let link = || Link {
            name: self.words.count("collections-elsewhere", elsewhere),
            url: Some(self.url(&Page::Documents(1))),
        };
        CollectionListView {
            count_text: self.words.count("collections", self.archive.collections.len()),
            branches: self.branches(&top),
            elsewhere: (elsewhere > 0).then(link),
            linked_data: self.tree_url(),
        }
    }

    /// Whether there is a file of the arrangement as linked data, which needs full addresses.
    pub fn has_tree(&self) -> bool {
        self.config.outputs.data && self.has_address() && !self.archive.collections.is_empty()
    }

    fn tree_url(&self) -> Option<String> {
        self.has_tree().then(|| self.url_of("data/collections.jsonld"))
    }

    /// Every unit, each before its parts.
    pub fn collection_ids(&self) -> impl Iterator<Item = CollectionId> + use<> {
        let count = u32::try_from(self.archive.collections.len()).expect("fewer than 2^32 units");
        (0..count).map(CollectionId)
    }

    /// A unit by its title, with its reference code, linked.
    pub(super) fn collection_link(&self, id: CollectionId) -> Link {
        let title = self.archive.collection(id).card.record.title.clone();
        Link { name: title, url: Some(self.url(&Page::Collection(id))) }
    }

    /// The name of a level in the words of the interface.
    fn level_name(&self, level: Level) -> String {
        self.words.get(match level {
            Level::Fonds => "level-fonds",
            Level::Collection => "level-collection",
            Level::Subfonds => "level-subfonds",
            Level::Series => "level-series",
            Level::Subseries => "level-subseries",
            Level::File => "level-file",
        })
    }

    /// Units with their parts, all of them or two levels.
    pub(super) fn branches(&self, ids: &[CollectionId]) -> Vec<BranchView> {
        let depth = if self.archive.collections.len() > TREE { 2 } else { usize::MAX };
        self.branches_down(ids, depth)
    }

    fn branches_down(&self, ids: &[CollectionId], depth: usize) -> Vec<BranchView> {
        let branch = |id: &CollectionId| {
            let unit = self.archive.collection(*id);
            let record = &unit.card.record;
            let dates = record.dates.as_ref().map(|dates| self.words.date(dates));
            BranchView {
                title: record.title.clone(),
                url: self.url(&Page::Collection(*id)),
                level: self.level_name(record.level),
                reference: record.reference.clone(),
                dates: dates.or_else(|| self.span(&unit.all_documents)),
                extent: record.extent.clone(),
                description: record.description.clone(),
                langs: self.text_languages(unit.translation.as_deref()),
                count_text: self.words.count("documents", unit.all_documents.len()),
                parts: match depth {
                    0 | 1 => Vec::new(),
                    _ => self.branches_down(&unit.children, depth - 1),
                },
            }
        };
        ids.iter().map(branch).collect()
    }

    /// The years of some documents in words: "1998–2003".
    pub(in super::super) fn span(&self, ids: &[DocumentId]) -> Option<String> {
        let years = ids.iter().filter_map(|id| match self.archive.document(*id).filed() {
            Filed::Year(year) => Some(year),
            Filed::Uncertain | Filed::Undated => None,
        });
        // They are in the order of their years, newest first.
        let (mut years, mut first) = (years, None);
        let last = years.next()?;
        for year in years {
            first = Some(year);
        }
        let first = self.words.year(first.unwrap_or(last));
        let last = self.words.year(last);
        if first == last {
            return Some(last);
        }
        Some(self.words.with("date-years", &[("from", &first), ("to", &last)]))
    }

    /// The units before and after one among those beside it.
    fn beside(&self, id: CollectionId) -> (Option<Link>, Option<Link>) {
        let Some(parent) = self.archive.collection(id).parent else { return (None, None) };
        let all = &self.archive.collection(parent).children;
        let Some(own) = all.iter().position(|other| *other == id) else { return (None, None) };
        let link = |id: &CollectionId| self.collection_link(*id);
        (own.checked_sub(1).and_then(|at| all.get(at)).map(link), all.get(own + 1).map(link))
    }

    /// Creators by the names of the record, linked to pages that there are.
    fn creators_of(&self, unit: &Collection) -> Vec<PartyView> {
        let parties = unit.card.record.creators.iter().zip(&unit.creators);
        let linked = |id: AuthorityId| self.has_page(id).then(|| self.name_link(id));
        let view = |(party, link): (&crate::content::Party, &crate::archive::Link)| PartyView {
            person: named(party.person.as_ref(), link.person.and_then(linked)),
            role: party.role.clone(),
            organization: named(party.organization.as_ref(), link.organization.and_then(linked)),
        };
        parties.map(view).collect()
    }

    /// Whether somebody has a page: who is named by no shown document has none.
    pub fn has_page(&self, id: AuthorityId) -> bool {
        !self.archive.authority(id).documents.is_empty()
    }
}

/// The paragraphs of a text of front matter, which blank lines set apart.
fn paragraphs(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let last = paragraphs.last_mut().expect("there is always one");
        match line.trim() {
            "" if last.is_empty() => {}
            "" => paragraphs.push(String::new()),
            line => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
