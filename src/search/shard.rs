//! A run of documents analysed: postings by term, rows of the document table, facet values.

use serde::{Deserialize, Serialize};

use super::document::{Document, Tables};
use super::facet::{Facet, values};
use super::fold::fold;
use super::pairs::Pairs;
use super::stem::stemmer_bit;
use super::table::row;
use super::terms::{Builder, Terms};
use crate::edtf::{Day, EdtfDate};

/// Documents of one shard. The number is fixed, so that shards do not depend on the machine.
pub const SHARD_DOCUMENTS: usize = 1024;

/// Where the body starts: positions before it belong to the title.
pub(super) const BODY: u32 = 64;

/// Documents of consecutive numbers, reduced to what the index needs. It holds no text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shard {
    /// Number of the first document.
    pub(super) first: u32,
    /// Number of positions of each document.
    pub(super) lengths: Vec<u32>,
    /// The bit of the stemming algorithm of each document. This and the next three are not kept: they are made anew.
    #[serde(skip)]
    stemmers: Vec<u32>,
    /// Row of each document in the document table.
    #[serde(skip)]
    pub(super) rows: Vec<String>,
    /// The date of each dated document.
    #[serde(skip)]
    pub(super) days: Vec<Option<Days>>,
    /// For each facet the pairs of document number and value, in order.
    #[serde(skip)]
    pub(super) facets: Vec<Vec<(u32, i32)>>,
    /// Terms in order.
    pub(super) terms: Terms,
    /// Pairs of common words, once it is known which these are.
    pub(super) pairs: Option<Pairs>,
}

impl Shard {
    /// The shard of documents whose numbers begin at `first`, most of which have a place in this one: what they say is
    /// taken over from there, and only the rest is read. Its pairs are yet to be gathered, unless all are the same.
    pub(super) fn renewed(
        self,
        first: u32,
        documents: &[Document],
        places: &[Option<usize>],
        tables: &Tables,
    ) -> Self {
        let mut shard = Self::described(first, documents, tables);
        if self.is_of(first, places) {
            let Self { lengths, terms, pairs, .. } = self;
            return Self { lengths, terms, pairs, ..shard };
        }
        let mut numbers = vec![None; self.lengths.len()];
        let mut new = Vec::new();
        for ((number, document), place) in (first..).zip(documents).zip(places) {
            match place {
                Some(place) => {
                    numbers[*place] = Some(number);
                    shard.lengths.push(self.lengths[*place]);
                }
                None => {
                    let mut builder = Builder::new(number);
                    shard.lengths.push(read(document, tables, &mut builder));
                    new.push((number, builder.finish()));
                }
            }
        }
        let stemmers = |number: u32| shard.stemmers[(number - first) as usize];
        let number = |before: u32| numbers[(before - self.first) as usize];
        shard.terms = self.terms.renewed(number, &new, stemmers);
        shard
    }

    /// Whether documents with these places in this shard are all that it holds, in the same order.
    pub(super) fn is_of(&self, first: u32, places: &[Option<usize>]) -> bool {
        self.first == first
            && self.lengths.len() == places.len()
            && places.iter().enumerate().all(|(at, place)| *place == Some(at))
    }

    /// What the index has of documents besides their words.
    fn described(first: u32, documents: &[Document], tables: &Tables) -> Self {
        let facets = Facet::all(tables).into_iter().map(|facet| {
            let of = |(number, document): (u32, &Document)| {
                values(document, facet).into_iter().map(move |value| (number, value))
            };
            (first..).zip(documents).flat_map(of).collect()
        });
        Self {
            first,
            lengths: Vec::with_capacity(documents.len()),
            rows: documents.iter().map(|document| row(document, tables)).collect(),
            stemmers: documents.iter().map(|document| stemmer(document, tables)).collect(),
            days: documents.iter().map(|document| document.date.as_ref().map(Days::of)).collect(),
            facets: facets.collect(),
            terms: Terms::default(),
            pairs: None,
        }
    }
}

/// Analyses documents whose numbers start at `first`; give it [`SHARD_DOCUMENTS`] at a time, in order
/// of number, except for the last.
pub fn analyse(first: u32, documents: &[Document], tables: &Tables) -> Shard {
    let mut builder = Builder::new(first);
    let mut shard = Shard::described(first, documents, tables);
    shard.lengths.extend(documents.iter().map(|document| read(document, tables, &mut builder)));
    shard.terms = builder.finish();
    shard
}

/// A date as the index has it, in days from 1 January 1970.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// First and last possible day.
    pub(super) earliest: Option<i64>,
    pub(super) latest: Option<i64>,
    /// Whether it is neither approximate nor uncertain.
    pub(super) is_sure: bool,
}

impl Days {
    pub(super) fn of(date: &EdtfDate) -> Self {
        Self {
            earliest: date.earliest().map(Day::since_1970),
            latest: date.latest().map(Day::since_1970),
            is_sure: !date.as_str().contains(['~', '?', '%']),
        }
    }
}

fn stemmer(document: &Document, tables: &Tables) -> u32 {
    stemmer_bit(&tables.languages[document.language as usize].key)
}

/// Hands the texts of a document to the builder; gives the number of its positions.
fn read(document: &Document, tables: &Tables, builder: &mut Builder) -> u32 {
    let title_end = builder.title(&document.title);
    let mut at = BODY.max(title_end + 1);
    let padding = at - title_end;
    for passage in &document.passages {
        at = builder.text(passage, at) + 1;
    }
    for name in names(document, tables) {
        at = builder.text(name, at) + 1;
    }
    // The field `ref:` is a term without positions for the symbol and each of its tails.
    let references = document.references.iter().flat_map(|reference| reference_terms(reference));
    builder.end_document(references, stemmer(document, tables));
    at - padding
}

/// The terms of a reference: it and each of its tails.
pub(super) fn reference_terms(reference: &str) -> Vec<String> {
    let folded = fold(reference.trim());
    let starts = folded.match_indices([' ', '-', '/', '.', '_']).map(|(i, mark)| i + mark.len());
    std::iter::once(0).chain(starts).map(|start| format!("ref:{}", &folded[start..])).collect()
}

/// Every name of the organizations and people of a document, its terms in the archive's own facets, and its own fields.
pub(super) fn names<'a>(
    document: &'a Document,
    tables: &'a Tables,
) -> impl Iterator<Item = &'a str> {
    let organizations = document.organizations.iter().map(|&i| &tables.organizations[i as usize]);
    let people = document.people.iter().map(|&i| &tables.people[i as usize]);
    let own = tables.own.iter().zip(&document.own);
    let own = own.flat_map(|(facet, places)| places.iter().map(|&i| &facet.values[i as usize]));
    let values = organizations.chain(people).chain(own);
    let names = values.flat_map(|value| {
        std::iter::once(value.label.as_str()).chain(value.names.iter().map(String::as_str))
    });
    names.chain(document.extra.iter().map(String::as_str))
}
