//! A run of documents analysed: postings by term, rows of the document table, facet values.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::analysis::tokens;
use super::bits::varint;
use super::document::{Document, Tables};
use super::facet::{FACETS, Facet, values};
use super::fold::fold;
use super::mates::stemmer_bit;
use super::merge::utf16_order;
use super::table::row;
use crate::edtf::Day;

/// Documents of one shard. The number is fixed, so that shards do not depend on the machine.
pub const SHARD_DOCUMENTS: usize = 1024;

/// Where the body starts: positions before it belong to the title.
pub(super) const BODY: u32 = 64;

/// Documents of consecutive numbers, reduced to what the index needs. It holds no text.
#[derive(Debug)]
pub struct Shard {
    /// Number of the first document.
    pub(super) first: u32,
    /// Number of positions of each document.
    pub(super) lengths: Vec<u32>,
    /// Row of each document in the document table.
    pub(super) rows: Vec<String>,
    /// First and last possible day of each dated document.
    pub(super) days: Vec<Option<(Option<Day>, Option<Day>)>>,
    /// For each facet the pairs of document number and value, in order.
    pub(super) facets: [Vec<(u32, i32)>; FACETS],
    /// Terms in order.
    pub(super) terms: Terms,
}

/// Terms of a shard, sorted, with their postings, packed into two buffers.
#[derive(Debug, Default)]
pub(super) struct Terms {
    entries: Vec<TermEntry>,
    texts: String,
    postings: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct TermEntry {
    text_end: u32,
    postings_end: u32,
    count: u32,
    stemmers: u32,
}

/// A term of a shard. Each posting is, as variable-length integers: the document's number less the one
/// after the last; twice the number of positions, and one if any is in the title; their differences.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShardTerm<'a> {
    /// Number of postings.
    pub(super) count: u32,
    /// One bit for each stemming algorithm of the documents that hold the term.
    pub(super) stemmers: u32,
    pub(super) postings: &'a [u8],
    /// Whether the positions follow their number.
    pub(super) has_positions: bool,
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.entries[before].text_end);
        &self.texts[start as usize..self.entries[at].text_end as usize]
    }

    pub(super) fn term(&self, at: usize) -> ShardTerm<'_> {
        let TermEntry { postings_end, count, stemmers, .. } = self.entries[at];
        let start = at.checked_sub(1).map_or(0, |before| self.entries[before].postings_end);
        let postings = &self.postings[start as usize..postings_end as usize];
        ShardTerm { count, stemmers, postings, has_positions: true }
    }

    /// Adds a term, which must come after all others.
    pub(super) fn push(&mut self, text: &str, postings: &[u8], count: u32, stemmers: u32) {
        self.texts.push_str(text);
        self.postings.extend_from_slice(postings);
        let (text_end, postings_end) = (self.texts.len() as u32, self.postings.len() as u32);
        self.entries.push(TermEntry { text_end, postings_end, count, stemmers });
    }

    /// Where a term is.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match utf16_order(self.text(middle), text) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Analyses documents whose numbers start at `first`; give it [`SHARD_DOCUMENTS`] at a time, in order
/// of number, except for the last.
pub fn analyse(first: u32, documents: &[Document], tables: &Tables) -> Shard {
    let mut builder = Builder { next: first, ..Builder::default() };
    let mut shard = Shard {
        first,
        lengths: Vec::with_capacity(documents.len()),
        rows: documents.iter().map(|document| row(document, tables)).collect(),
        days: documents
            .iter()
            .map(|d| d.date.as_ref().map(|date| (date.earliest(), date.latest())))
            .collect(),
        facets: Default::default(),
        terms: Terms::default(),
    };
    for document in documents {
        for facet in Facet::ALL {
            let values = values(document, facet);
            shard.facets[facet as usize].extend(values.into_iter().map(|v| (builder.next, v)));
        }
        shard.lengths.push(builder.document(document, tables));
    }
    shard.terms = builder.finish();
    shard
}

#[derive(Default)]
struct Builder {
    ids: FxHashMap<Box<str>, u32>,
    terms: Vec<TermBuilder>,
    next: u32,
    /// Term, in the high half, and position of each token of the document at hand.
    occurrences: Vec<u64>,
}

#[derive(Default)]
struct TermBuilder {
    postings: Vec<u8>,
    count: u32,
    after_last: u32,
    stemmers: u32,
}

impl Builder {
    fn document(&mut self, document: &Document, tables: &Tables) -> u32 {
        let title_end = self.text(&document.title, 0);
        let mut at = BODY.max(title_end + 1);
        let padding = at - title_end;
        for passage in &document.passages {
            at = self.text(passage, at) + 1;
        }
        for name in names(document, tables) {
            at = self.text(name, at) + 1;
        }
        let language = &tables.languages[document.language as usize].key;
        self.flush(title_end, stemmer_bit(language));
        for reference in &document.references {
            self.reference(reference);
        }
        self.next += 1;
        at - padding
    }

    fn text(&mut self, text: &str, start: u32) -> u32 {
        let mut found = std::mem::take(&mut self.occurrences);
        let length = tokens(text, &mut |token, position| {
            found.push(u64::from(self.id(token)) << 32 | u64::from(start + position));
        });
        self.occurrences = found;
        start + length
    }

    fn id(&mut self, token: &str) -> u32 {
        if let Some(&id) = self.ids.get(token) {
            return id;
        }
        let id = self.terms.len() as u32;
        self.ids.insert(token.into(), id);
        self.terms.push(TermBuilder::default());
        id
    }

    fn flush(&mut self, title_end: u32, stemmers: u32) {
        self.occurrences.sort_unstable();
        self.occurrences.dedup();
        for group in self.occurrences.chunk_by(|a, b| a >> 32 == b >> 32) {
            let term = &mut self.terms[(group[0] >> 32) as usize];
            term.stemmers |= stemmers;
            term.posting(self.next);
            let in_title = u64::from((group[0] as u32) < title_end);
            varint(&mut term.postings, (group.len() as u64) << 1 | in_title);
            let mut previous = 0;
            for position in group.iter().map(|&occurrence| occurrence as u32) {
                varint(&mut term.postings, u64::from(position - previous));
                previous = position;
            }
        }
        self.occurrences.clear();
    }

    /// The field `ref:` is a term without positions for the symbol and each of its tails.
    fn reference(&mut self, reference: &str) {
        for text in reference_terms(reference) {
            let id = self.id(&text);
            let term = &mut self.terms[id as usize];
            if term.after_last <= self.next {
                term.posting(self.next);
                term.postings.push(0);
            }
        }
    }

    fn finish(self) -> Terms {
        let mut order: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        order.sort_unstable_by(|a, b| utf16_order(&a.0, &b.0));
        let mut terms = Terms::default();
        for (text, id) in order {
            let term = &self.terms[id as usize];
            terms.push(&text, &term.postings, term.count, term.stemmers);
        }
        terms
    }
}

impl TermBuilder {
    fn posting(&mut self, document: u32) {
        varint(&mut self.postings, u64::from(document - self.after_last));
        self.after_last = document + 1;
        self.count += 1;
    }
}

/// The terms of a reference: it and each of its tails.
pub(super) fn reference_terms(reference: &str) -> Vec<String> {
    let folded = fold(reference.trim());
    let starts = folded.match_indices([' ', '-', '/', '.', '_']).map(|(i, mark)| i + mark.len());
    std::iter::once(0).chain(starts).map(|start| format!("ref:{}", &folded[start..])).collect()
}

/// Every name of the organizations and people of a document.
pub(super) fn names<'a>(
    document: &'a Document,
    tables: &'a Tables,
) -> impl Iterator<Item = &'a str> {
    let organizations = document.organizations.iter().map(|&i| &tables.organizations[i as usize]);
    let people = document.people.iter().map(|&i| &tables.people[i as usize]);
    organizations.chain(people).flat_map(|value| {
        std::iter::once(value.label.as_str()).chain(value.names.iter().map(String::as_str))
    })
}
