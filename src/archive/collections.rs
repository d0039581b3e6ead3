//! The arrangement: units of description in their tree, each with its documents.

use std::collections::BTreeMap;
use std::ops::RangeFrom;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::names::Index;
use super::translations::TranslationCard;
use super::{Document, DocumentCard, DocumentId, Link, slug_of};
use crate::content::{self, name};
use crate::diagnostic::{Diagnostic, Report, nearest};

/// Place of a unit in [`super::Archive::collections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectionId(pub u32);

/// What is known of a unit of the arrangement by itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CollectionCard {
    /// Path of the content file, from the root.
    pub path: String,
    /// Last part of its URL.
    pub slug: String,
    /// Where the body begins in the file, in bytes; none if there is none.
    pub body: Option<RangeFrom<usize>>,
    /// The front matter.
    pub record: content::Collection,
}

impl CollectionCard {
    pub(super) fn of(
        entry_path: String,
        body: Option<RangeFrom<usize>>,
        record: content::Collection,
    ) -> Self {
        let slug = slug_of(record.slug.as_ref().map(|s| s.value.as_str()), &entry_path);
        Self { path: entry_path, slug, body, record }
    }
}

/// A unit of the arrangement and what belongs to it.
#[derive(Debug, Clone)]
pub struct Collection {
    /// What it is by itself.
    pub card: Arc<CollectionCard>,
    /// The unit that it is a part of.
    pub parent: Option<CollectionId>,
    /// Its parts, in their order.
    pub children: Vec<CollectionId>,
    /// How many units stand above it.
    pub depth: usize,
    /// The documents that lie in it itself: in the order of their reference codes if each has one, else newest first.
    pub documents: Vec<DocumentId>,
    /// Whether they are in the order of their reference codes.
    pub by_reference: bool,
    /// The documents that lie in it or in a part of it, newest first.
    pub all_documents: Vec<DocumentId>,
    /// Its creators, each as long as the list of the record.
    pub creators: Vec<Link>,
    /// Its record in other languages.
    pub translations: Vec<Arc<TranslationCard>>,
    /// The translation that is shown, in an archive in another language.
    pub translation: Option<Arc<TranslationCard>>,
}

/// Arranges the units: each before its parts, units beside each other by weight, reference and title. A unit of
/// which all documents are hidden is left out, as they are.
///
/// Each document learns its unit; an unknown slug is a fault.
pub(super) fn arrange(
    cards: &[&Arc<CollectionCard>],
    hidden: &[&DocumentCard],
    documents: &mut [Document],
    (organizations, people): (&Index<'_>, &Index<'_>),
    report: &Report,
) -> Vec<Collection> {
    let slugs: BTreeMap<&str, usize> =
        cards.iter().enumerate().rev().map(|(place, card)| (card.slug.as_str(), place)).collect();
    let places = documents
        .iter()
        .map(|document| place_of(document, &slugs, report))
        .collect::<Vec<Option<usize>>>();
    if cards.is_empty() {
        return Vec::new();
    }
    let parents = parents(cards, &slugs, report);
    let shown = shown(&parents, &places, hidden, &slugs);
    let order = in_order(cards, &parents, &shown);
    let mut ids: Vec<Option<CollectionId>> = vec![None; cards.len()];
    for (id, place) in (0..).zip(&order) {
        ids[*place] = Some(CollectionId(id));
    }
    let link = |party: &content::Party| Link {
        person: party.person.as_ref().and_then(|p| people.find(name::digest(p))),
        organization: party.organization.as_ref().and_then(|o| organizations.find(name::digest(o))),
    };
    let unit = |place: &usize| Collection {
        card: Arc::clone(cards[*place]),
        parent: parents[*place].and_then(|parent| ids[parent]),
        children: Vec::new(),
        depth: 0,
        documents: Vec::new(),
        by_reference: false,
        all_documents: Vec::new(),
        creators: cards[*place].record.creators.iter().map(link).collect(),
        translations: Vec::new(),
        translation: None,
    };
    let mut units: Vec<Collection> = order.iter().map(unit).collect();
    place_parts(&mut units);
    for (document, place) in documents.iter_mut().zip(places) {
        document.collection = place.and_then(|place| ids[place]);
    }
    place_documents(&mut units, documents);
    units
}

/// Gives each unit its parts and its depth; those above it come before it.
fn place_parts(units: &mut [Collection]) {
    for (own, place) in (0..).map(CollectionId).zip(0..units.len()) {
        if let Some(CollectionId(parent)) = units[place].parent {
            units[place].depth = units[parent as usize].depth + 1;
            units[parent as usize].children.push(own);
        }
    }
}

/// Gives each unit its documents, in their order.
fn place_documents(units: &mut [Collection], documents: &[Document]) {
    for (id, document) in (0..).map(DocumentId).zip(documents) {
        let Some(own) = document.collection else { continue };
        units[own.0 as usize].documents.push(id);
        let mut above = Some(own);
        while let Some(unit) = above.map(|id| &mut units[id.0 as usize]) {
            unit.all_documents.push(id);
            above = unit.parent;
        }
    }
    for unit in units {
        let reference = |id: &DocumentId| documents[id.0 as usize].record.reference.as_deref();
        unit.by_reference = unit.documents.iter().all(|id| reference(id).is_some());
        if unit.by_reference {
            unit.documents.sort_by_cached_key(|id| reference(id).map(natural));
        }
    }
}

/// The unit that a document's record names.
fn place_of(card: &DocumentCard, slugs: &BTreeMap<&str, usize>, report: &Report) -> Option<usize> {
    let slug = card.record.collection.as_ref()?;
    let place = slugs.get(slug.value.as_str()).copied();
    if place.is_none() {
        report.push(unknown(&card.path, "collection", &slug.value, slugs));
    }
    place
}

/// The unit that each is a part of; one that would be a part of itself is a part of none.
fn parents(
    cards: &[&Arc<CollectionCard>],
    slugs: &BTreeMap<&str, usize>,
    report: &Report,
) -> Vec<Option<usize>> {
    let parent = |card: &&Arc<CollectionCard>| {
        let slug = card.record.part_of.as_ref()?;
        let place = slugs.get(slug.value.as_str()).copied();
        if place.is_none() {
            report.push(unknown(&card.path, "part_of", &slug.value, slugs));
        }
        place
    };
    let mut parents: Vec<Option<usize>> = cards.iter().map(parent).collect();
    for place in 0..cards.len() {
        let mut seen = FxHashSet::default();
        let mut at = Some(place);
        while let Some(above) = at.filter(|above| seen.insert(*above)) {
            at = parents[above];
        }
        if at == Some(place) {
            parents[place] = None;
            let slug = &cards[place].slug;
            report.push(
                Diagnostic::error(&cards[place].path, format!("`{slug}` is a part of itself"))
                    .expected(
                        "units that are parts of larger ones, up to one that is a part of none",
                    )
                    .help("correct `part_of` here, or in one of the units above it"),
            );
        }
    }
    parents
}

/// Which units readers see: those that hold a shown document, or no document at all.
fn shown(
    parents: &[Option<usize>],
    places: &[Option<usize>],
    hidden: &[&DocumentCard],
    slugs: &BTreeMap<&str, usize>,
) -> Vec<bool> {
    let mark = |marks: &mut Vec<bool>, place: usize| {
        let mut at = Some(place);
        while let Some(above) = at.filter(|above| !marks[*above]) {
            marks[above] = true;
            at = parents[above];
        }
    };
    let (mut holds, mut hides) = (vec![false; parents.len()], vec![false; parents.len()]);
    for place in places.iter().flatten() {
        mark(&mut holds, *place);
    }
    for card in hidden {
        let slug = card.record.collection.as_ref().map(|slug| slug.value.as_str());
        if let Some(place) = slug.and_then(|slug| slugs.get(slug)) {
            mark(&mut hides, *place);
        }
    }
    let empty: Vec<usize> = (0..parents.len()).filter(|at| !holds[*at] && !hides[*at]).collect();
    for place in empty {
        // An empty unit is described on purpose, and so are those above it.
        mark(&mut holds, place);
    }
    holds
}

/// The places of the shown units, each before its parts.
fn in_order(
    cards: &[&Arc<CollectionCard>],
    parents: &[Option<usize>],
    shown: &[bool],
) -> Vec<usize> {
    let mut parts: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (place, parent) in parents.iter().enumerate().filter(|(place, _)| shown[*place]) {
        parts.entry(*parent).or_default().push(place);
    }
    let key = |place: &usize| {
        let card = cards[*place];
        let record = &card.record;
        let reference = record.reference.as_deref().map(natural);
        let title = natural(&record.title);
        (record.weight.unwrap_or(i64::MAX), reference.is_none(), reference, title, &card.path)
    };
    for list in parts.values_mut() {
        list.sort_by(|a, b| key(a).cmp(&key(b)));
    }
    let mut order = Vec::new();
    let mut open = parts.remove(&None).unwrap_or_default();
    open.reverse();
    while let Some(place) = open.pop() {
        order.push(place);
        open.extend(parts.remove(&Some(place)).unwrap_or_default().into_iter().rev());
    }
    order
}

/// A text cut into words and numbers, so that `Box 10` follows `Box 9`.
fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let (mut word, mut number) = (String::new(), None::<u64>);
    for c in text.chars() {
        match (c.to_digit(10), number) {
            (Some(digit), known) => {
                number = Some(known.unwrap_or(0).saturating_mul(10).saturating_add(digit.into()));
            }
            (None, Some(known)) => {
                parts.push((std::mem::take(&mut word), known));
                number = None;
                word.extend(c.to_lowercase());
            }
            (None, None) => word.extend(c.to_lowercase()),
        }
    }
    parts.push((word, number.unwrap_or(0)));
    parts
}

fn unknown(path: &str, key: &str, slug: &str, slugs: &BTreeMap<&str, usize>) -> Diagnostic {
    let help = match nearest(slug, slugs.keys().copied()) {
        Some(near) => format!("write `{key} = \"{near}\"`"),
        None => format!("write `content/collections/{slug}.md`, or remove the key `{key}`"),
    };
    Diagnostic::error(path, format!("there is no collection `{slug}`"))
        .expected("the slug of a file in `content/collections/`: its name without `.md`")
        .help(help)
}

impl super::Archive {
    /// A unit of the arrangement.
    pub fn collection(&self, id: CollectionId) -> &Collection {
        &self.collections[id.0 as usize]
    }

    /// The units above one, the highest first.
    pub fn above(&self, id: CollectionId) -> Vec<CollectionId> {
        let mut above: Vec<CollectionId> =
            std::iter::successors(self.collection(id).parent, |id| self.collection(*id).parent)
                .collect();
        above.reverse();
        above
    }
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn the_tenth_box_follows_the_ninth() {
        let mut names = ["Box 10", "box 9", "Box 9a", "AS/2/1", "AS/10"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["AS/2/1", "AS/10", "box 9", "Box 9a", "Box 10"]);
    }
}
