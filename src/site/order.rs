//! Documents by year and by facet, names in the order of the alphabet: the lists that pages are made from.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::taxonomies::{short_name, term_key, with_those_above};
use super::words::Words;
use super::{Choice, Facet, SitePlan};
use crate::archive::{Archive, AuthorityId, AuthorityKind, DocumentId};
use crate::parallel;
use crate::slug::heading_slug;

/// Documents by year and by facet.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) years: BTreeMap<i32, Vec<DocumentId>>,
    pub(super) undated: Vec<DocumentId>,
    pub(super) facets: BTreeMap<Facet, BTreeMap<String, Choice>>,
}

impl Lists {
    pub(super) fn of(plan: &SitePlan<'_>) -> Self {
        let mut years: BTreeMap<i32, Vec<DocumentId>> = BTreeMap::new();
        let mut undated = Vec::new();
        let (mut kinds, mut languages, mut topics) =
            (Choices::default(), Choices::default(), Choices::default());
        let taxonomies = &plan.config.taxonomies;
        let mut own: Vec<Choices<'_>> = taxonomies.iter().map(|_| Choices::default()).collect();
        for id in plan.document_ids() {
            let record = &plan.archive.document(id).record;
            let possible = record.date.as_ref().map(|d| d.years()).unwrap_or_default();
            if possible.is_empty() {
                undated.push(id);
            }
            for year in possible {
                years.entry(year).or_default().push(id);
            }
            kinds.choose(&record.kind, id, heading_slug, |kind| plan.kind_plural(kind));
            let tag = plan.language_of(&record.language);
            languages.choose(tag, id, heading_slug, |tag| plan.language_name(tag));
            for topic in &record.topics {
                topics.choose(topic, id, heading_slug, str::to_owned);
            }
            for (taxonomy, choices) in taxonomies.iter().zip(&mut own) {
                for term in record.taxonomies.get(&taxonomy.key).into_iter().flatten() {
                    for term in with_those_above(term) {
                        choices.choose(term, id, term_key, |term| short_name(term).to_owned());
                    }
                }
            }
        }
        let own = (0..).map(Facet::Own).zip(own);
        let facets = [(Facet::Kind, kinds), (Facet::Language, languages), (Facet::Topic, topics)];
        let facets =
            facets.into_iter().chain(own).map(|(facet, choices)| (facet, choices.by_slug()));
        Self { years, undated, facets: facets.collect() }
    }
}

/// The titles that several documents have; documents without a title are alike, too.
pub(super) fn alike(archive: &Archive) -> FxHashSet<&str> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let titles = archive.documents.iter().map(|document| document.record.title.trim());
    titles.filter(|title| !seen.insert(title)).collect()
}

/// The choices of a facet while documents are sorted into them.
#[derive(Default)]
struct Choices<'a> {
    /// The place of the choice of each value as it is written: few differ, and thousands are asked for.
    places: FxHashMap<&'a str, usize>,
    by_slug: BTreeMap<String, usize>,
    all: Vec<Choice>,
}

impl<'a> Choices<'a> {
    fn choose(
        &mut self,
        value: &'a str,
        id: DocumentId,
        slug: fn(&str) -> String,
        name: impl FnOnce(&str) -> String,
    ) {
        let place = match self.places.get(value) {
            Some(place) => *place,
            None => {
                let place = *self.by_slug.entry(slug(value)).or_insert_with(|| {
                    self.all.push(Choice { name: name(value), documents: Vec::new() });
                    self.all.len() - 1
                });
                self.places.insert(value, place);
                place
            }
        };
        let documents = &mut self.all[place].documents;
        if documents.last() != Some(&id) {
            documents.push(id);
        }
    }

    fn by_slug(mut self) -> BTreeMap<String, Choice> {
        let none = || Choice { name: String::new(), documents: Vec::new() };
        let mut take = |place: usize| std::mem::replace(&mut self.all[place], none());
        self.by_slug.into_iter().map(|(slug, place)| (slug, take(place))).collect()
    }
}

/// The names that have a document, in the order of the alphabet.
#[derive(Default)]
pub(super) struct Names {
    pub(super) ids: Vec<AuthorityId>,
    /// The place of each name in that order, by its number; to sort many lists by name.
    pub(super) ranks: Vec<u32>,
}

impl Names {
    pub(super) fn of(archive: &Archive, kind: AuthorityKind, words: &Words) -> Self {
        let authorities = archive.authorities(kind);
        let named: Vec<_> = authorities
            .iter()
            .enumerate()
            .filter(|(_, authority)| !authority.documents.is_empty())
            .collect();
        let mut keyed = parallel::map(&named, |(number, authority)| {
            let record = &authority.record;
            let name = record.sort_name.as_ref().unwrap_or(&record.title);
            let place = u32::try_from(*number).expect("fewer than 2^32 names");
            (words.sort_key(name), name.as_str(), AuthorityId { kind, place })
        });
        keyed.sort_unstable();
        let ids: Vec<AuthorityId> = keyed.into_iter().map(|(.., id)| id).collect();
        let mut ranks = vec![u32::MAX; authorities.len()];
        for (rank, id) in (0..).zip(&ids) {
            ranks[id.index()] = rank;
        }
        Self { ids, ranks }
    }
}
