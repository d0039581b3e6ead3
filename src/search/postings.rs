//! The postings of one term, merged from all shards and coded for the index.

use super::bits::{BitWriter, read_varint};
use super::lengths::Lengths;
use super::shard::{BODY, Shard};
use super::sizes::Sizes;

/// Facts of the whole collection that codes depend on.
pub(super) struct Collection {
    pub(super) documents: u32,
    pub(super) lengths: Lengths,
    pub(super) sizes: Sizes,
}

impl Collection {
    pub(super) fn of(shards: &[Shard]) -> Self {
        let lengths = Lengths::of(shards.iter().flat_map(|shard| &shard.lengths));
        let documents = lengths.len() as u32;
        Self { documents, lengths, sizes: Sizes::of(documents) }
    }
}

/// A term's postings, coded.
#[derive(Debug, Default)]
pub(super) struct Coded {
    /// Number of documents.
    pub(super) count: u32,
    /// Sum of its frequencies.
    pub(super) occurrences: u32,
    /// Number of documents with the term in their title.
    pub(super) title_count: u32,
    /// Bits of the documents, of the sums of frequencies, of the postings with the term in the title.
    pub(super) lists: BitWriter,
    /// Stretches of positions: the first posting that each covers, and its bytes.
    pub(super) positions: Vec<(u32, Vec<u8>)>,
}

/// Lists that the coding of one term after another needs.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    documents: Vec<u32>,
    sums: Vec<u32>,
    titles: Vec<u32>,
    positions: Vec<u32>,
}

/// Codes a term, given its postings and their positions in each shard that has it, in order; see
/// [`ShardTerm`](super::terms::ShardTerm).
pub(super) fn code<'a>(
    parts: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    collection: &Collection,
    scratch: &mut Scratch,
) -> Coded {
    let Scratch { documents, sums, titles, positions } = scratch;
    for list in [&mut *documents, sums, titles] {
        list.clear();
    }
    let mut stretches = Stretches::new(collection.sizes.stretch);
    let mut sum = 0;
    for (mut postings, mut steps) in parts {
        let has_positions = !steps.is_empty();
        let mut next = 0;
        while !postings.is_empty() {
            let document = next + read_varint(&mut postings) as u32;
            let head = read_varint(&mut postings);
            let (count, in_title) = ((head >> 1) as u32, head & 1 > 0);
            let number = documents.len() as u32;
            documents.push(document);
            // A term without positions is held once.
            sum += count.max(1);
            // Sums of frequencies are as sorted as documents are; that of all is written beside the list.
            sums.push(sum - 1);
            if in_title {
                titles.push(number);
            }
            if has_positions {
                // Most words are not in the title: their positions need not leave room for it.
                let room = if in_title { BODY } else { 0 };
                let mut position = 0;
                positions.clear();
                positions.extend((0..count).map(|_| {
                    position += read_varint(&mut steps) as u32;
                    position + room - BODY
                }));
                stretches.add(number, positions, collection.lengths.limit(document) + room);
            }
            next = document + 1;
        }
    }
    let mut coded = Coded {
        count: documents.len() as u32,
        occurrences: sum,
        title_count: titles.len() as u32,
        positions: stretches.finish(),
        ..Coded::default()
    };
    coded.lists.list(documents, collection.documents);
    if let Some((last, before)) = sums.split_last() {
        coded.lists.list(before, *last);
    }
    coded.lists.list(titles, coded.count);
    coded
}

/// Positions of consecutive postings, cut where they grow beyond a size.
struct Stretches {
    size: usize,
    done: Vec<(u32, Vec<u8>)>,
    first: u32,
    bits: BitWriter,
}

impl Stretches {
    fn new(size: usize) -> Self {
        Self { size, done: Vec::new(), first: 0, bits: BitWriter::default() }
    }

    fn add(&mut self, posting: u32, positions: &[u32], limit: u32) {
        self.bits.list(positions, limit);
        if self.bits.len() >= self.size {
            self.done.push((self.first, std::mem::take(&mut self.bits).finish()));
            self.first = posting + 1;
        }
    }

    fn finish(mut self) -> Vec<(u32, Vec<u8>)> {
        if !self.bits.is_empty() {
            self.done.push((self.first, self.bits.finish()));
        }
        self.done
    }
}
