//! The terms of a shard with their postings: gathered document by document, then packed in order.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::amend::Posting;
use super::analysis::tokens;
use super::bits::varint;
use super::order::{order_key, utf16_order};
use super::spelling::spellings;

/// Terms of a shard, sorted, with their postings, packed into few buffers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Terms {
    entries: Vec<TermEntry>,
    texts: String,
    #[serde(with = "serde_bytes")]
    postings: Vec<u8>,
    #[serde(with = "serde_bytes")]
    steps: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct TermEntry {
    text_end: u32,
    postings_end: u32,
    steps_end: u32,
    count: u32,
    stemmers: u32,
}

/// A term of a shard.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShardTerm<'a> {
    /// Number of postings.
    pub(super) count: u32,
    /// One bit for each stemming algorithm of the documents that hold the term.
    pub(super) stemmers: u32,
    /// For each posting, as variable-length integers: the document's number less the one after the last; twice
    /// the number of positions, and one if any is in the title.
    pub(super) postings: &'a [u8],
    /// The positions of all postings as variable-length integers: for each posting the first one, then
    /// differences. Empty for a term without positions.
    pub(super) steps: &'a [u8],
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn before(&self, at: usize) -> TermEntry {
        at.checked_sub(1).map_or_else(TermEntry::default, |before| self.entries[before])
    }

    pub(super) fn text(&self, at: usize) -> &str {
        &self.texts[self.before(at).text_end as usize..self.entries[at].text_end as usize]
    }

    pub(super) fn term(&self, at: usize) -> ShardTerm<'_> {
        let (before, entry) = (self.before(at), self.entries[at]);
        ShardTerm {
            count: entry.count,
            stemmers: entry.stemmers,
            postings: &self.postings[before.postings_end as usize..entry.postings_end as usize],
            steps: &self.steps[before.steps_end as usize..entry.steps_end as usize],
        }
    }

    /// Adds a term, which must come after all that were added.
    pub(super) fn push(&mut self, text: &str, term: ShardTerm<'_>) {
        self.texts.push_str(text);
        self.postings.extend_from_slice(term.postings);
        self.steps.extend_from_slice(term.steps);
        self.entries.push(TermEntry {
            text_end: self.texts.len() as u32,
            postings_end: self.postings.len() as u32,
            steps_end: self.steps.len() as u32,
            count: term.count,
            stemmers: term.stemmers,
        });
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

/// Gathers the terms of consecutive documents.
pub(super) struct Builder {
    words: Words,
    terms: Vec<TermBuilder>,
    /// Number of the document at hand.
    document: u32,
    /// Terms of the document at hand, in the order in which they were met.
    met: Vec<u32>,
}

/// The postings of a term so far. Those of the document at hand are open: its number of positions is not
/// written yet.
#[derive(Default)]
pub(super) struct TermBuilder {
    postings: Vec<u8>,
    steps: Vec<u8>,
    count: u32,
    after_last: u32,
    stemmers: u32,
    /// Positions of the open posting, the last of them, and whether the first is in the title.
    positions: u32,
    position: u32,
    in_title: bool,
}

impl Builder {
    pub(super) fn new(first: u32) -> Self {
        Self { words: Words::default(), terms: Vec::new(), document: first, met: Vec::new() }
    }

    /// Reads the title, which comes first; gives its number of positions.
    pub(super) fn title(&mut self, text: &str) -> u32 {
        self.read(text, 0, true)
    }

    /// Reads a text whose first position is `start`; gives the position after its last.
    pub(super) fn text(&mut self, text: &str, start: u32) -> u32 {
        self.read(text, start, false)
    }

    fn read(&mut self, text: &str, start: u32, in_title: bool) -> u32 {
        spellings(text, &mut |term| self.mention(term));
        let Self { words, terms, met, .. } = self;
        let length = tokens(text, &mut |token, position| {
            let id = words.id(token);
            if id as usize == terms.len() {
                terms.push(TermBuilder::default());
            }
            let term = &mut terms[id as usize];
            if term.positions == 0 {
                met.push(id);
                term.in_title = in_title;
            }
            term.add(start + position);
        });
        start + length
    }

    /// Adds a term without positions to the document at hand.
    pub(super) fn mention(&mut self, text: &str) {
        let id = self.words.id(text) as usize;
        if id == self.terms.len() {
            self.terms.push(TermBuilder::default());
        }
        let term = &mut self.terms[id];
        if term.after_last <= self.document {
            term.posting(self.document, 0);
        }
    }

    /// Ends the document at hand, given its terms without positions and the bit of its stemming algorithm.
    pub(super) fn end_document(&mut self, others: impl Iterator<Item = String>, stemmers: u32) {
        for id in self.met.drain(..) {
            let term = &mut self.terms[id as usize];
            term.stemmers |= stemmers;
            let head = u64::from(term.positions) << 1 | u64::from(term.in_title);
            term.posting(self.document, head);
            (term.positions, term.position) = (0, 0);
        }
        others.for_each(|text| self.mention(&text));
        self.document += 1;
    }

    /// The terms in their order.
    pub(super) fn finish(self) -> Terms {
        let Self { words, terms: built, .. } = self;
        let mut order: Vec<(u64, &str, u32)> = (0..built.len() as u32)
            .map(|id| {
                let text = words.text(id);
                (order_key(text), text, id)
            })
            .collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| utf16_order(a.1, b.1)));
        let sum = |size: fn(&TermBuilder) -> usize| built.iter().map(size).sum();
        let mut terms = Terms {
            entries: Vec::with_capacity(built.len()),
            texts: String::with_capacity(words.texts.len()),
            postings: Vec::with_capacity(sum(|term| term.postings.len())),
            steps: Vec::with_capacity(sum(|term| term.steps.len())),
        };
        for (_, text, id) in order {
            terms.push(text, built[id as usize].term());
        }
        terms
    }
}

impl TermBuilder {
    /// The term so far.
    pub(super) fn term(&self) -> ShardTerm<'_> {
        let Self { count, stemmers, postings, steps, .. } = self;
        ShardTerm { count: *count, stemmers: *stemmers, postings, steps }
    }

    /// Adds a position, which is not before those added.
    fn add(&mut self, position: u32) {
        if self.positions > 0 && position == self.position {
            return;
        }
        varint(&mut self.steps, u64::from(position - self.position));
        self.position = position;
        self.positions += 1;
    }

    /// Adds a posting, given its steps and the bit of the stemming algorithm of its document.
    pub(super) fn add_posting(&mut self, posting: &Posting<'_>, stemmer: u32) {
        self.stemmers |= stemmer;
        self.steps.extend_from_slice(posting.steps);
        self.posting(posting.document, posting.head);
    }

    fn posting(&mut self, document: u32, head: u64) {
        varint(&mut self.postings, u64::from(document - self.after_last));
        varint(&mut self.postings, head);
        self.after_last = document + 1;
        self.count += 1;
    }
}

/// Texts by number, each once.
#[derive(Default)]
struct Words {
    /// Most words fit a number, which is quicker to look up than a text.
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    texts: String,
    ends: Vec<u32>,
}

impl Words {
    /// The number of a text; that of a new one is the next.
    fn id(&mut self, text: &str) -> u32 {
        let next = self.ends.len() as u32;
        let id = match short_key(text) {
            Some(key) => *self.short.entry(key).or_insert(next),
            None => match self.long.get(text) {
                Some(&id) => id,
                None => *self.long.entry(text.into()).or_insert(next),
            },
        };
        if id == next {
            self.texts.push_str(text);
            self.ends.push(self.texts.len() as u32);
        }
        id
    }

    fn text(&self, id: u32) -> &str {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.texts[start as usize..self.ends[id as usize] as usize]
    }
}

/// A text of at most 16 bytes as a number; no term holds a zero byte.
fn short_key(text: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_sorted_and_keep_their_postings() {
        let mut builder = Builder::new(7);
        builder.title("b B. c");
        builder.text("b a b incomprehensibilities", 64);
        builder.end_document(std::iter::empty(), 1);
        builder.text("incomprehensibilities", 64);
        builder.end_document(["ref:1".to_owned(), "ref:1".to_owned()].into_iter(), 2);
        let terms = builder.finish();
        let found: Vec<_> = (0..terms.len())
            .map(|at| {
                let ShardTerm { stemmers, postings, steps, .. } = terms.term(at);
                (terms.text(at), stemmers, postings.to_vec(), steps.to_vec())
            })
            .collect();
        let long = "incomprehensibilities";
        assert_eq!(
            found,
            [
                ("a", 1, vec![7, 2], vec![65]),
                ("b", 1, vec![7, 9], vec![0, 1, 63, 2]),
                ("c", 1, vec![7, 3], vec![2]),
                (long, 3, vec![7, 2, 0, 2], vec![67, 64]),
                ("ref:1", 0, vec![8, 0], vec![]),
            ]
        );
        assert_eq!(terms.find(long), Some(3));
        assert_eq!(terms.find("ref:"), None);
    }
}
