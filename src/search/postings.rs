//! The postings of one term, merged from all shards and coded for the index.

use super::bits::{BitWriter, read_varint};
use super::lengths::Lengths;
use super::shard::{BODY, Shard, ShardTerm};

/// Bytes of positions after which a new segment starts.
const SEGMENT: usize = 48 * 1024;

/// Facts of the whole collection that codes depend on.
pub(super) struct Collection {
    pub(super) documents: u32,
    pub(super) lengths: Lengths,
}

impl Collection {
    pub(super) fn of(shards: &[Shard]) -> Self {
        let lengths = Lengths::of(shards.iter().flat_map(|shard| &shard.lengths));
        Self { documents: lengths.len() as u32, lengths }
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

/// Codes a term, given its parts in order of their shards.
pub(super) fn code<'a>(
    parts: impl Iterator<Item = ShardTerm<'a>>,
    collection: &Collection,
) -> Coded {
    let merged = decode(parts);
    let postings = &merged.postings;
    let mut coded = Coded { count: postings.len() as u32, ..Coded::default() };
    let documents: Vec<u32> = postings.iter().map(|posting| posting.document).collect();
    coded.lists.list(&documents, collection.documents);
    // Sums of frequencies are as sorted as documents are; that of all is written beside the list.
    let sums: Vec<u32> = postings
        .iter()
        .scan(0, |sum, posting| {
            *sum += posting.frequency;
            Some(*sum - 1)
        })
        .collect();
    if let Some((last, before)) = sums.split_last() {
        coded.occurrences = last + 1;
        coded.lists.list(before, *last);
    }
    let titles = (0..).zip(postings).filter(|(_, posting)| posting.in_title);
    let titles: Vec<u32> = titles.map(|(number, _)| number).collect();
    coded.title_count = titles.len() as u32;
    coded.lists.list(&titles, coded.count);
    coded.positions = segments(&merged, &collection.lengths);
    coded
}

#[derive(Default)]
struct Merged {
    postings: Vec<Posting>,
    /// Differences of positions, of all postings; the first of a posting is a position, later
    /// ones are at least 1.
    steps: Vec<u32>,
}

struct Posting {
    document: u32,
    /// How many positions it has; 1 for a term that has none.
    frequency: u32,
    in_title: bool,
    /// Where its steps end.
    steps_end: usize,
}

fn decode<'a>(parts: impl Iterator<Item = ShardTerm<'a>>) -> Merged {
    let mut merged = Merged::default();
    for part in parts {
        let mut bytes = part.postings;
        let mut next = 0;
        for _ in 0..part.count {
            let document = next + read_varint(&mut bytes) as u32;
            let head = read_varint(&mut bytes);
            let (count, in_title) = (head >> 1, head & 1 > 0);
            let steps = if part.has_positions { count } else { 0 };
            merged.steps.extend((0..steps).map(|_| read_varint(&mut bytes) as u32));
            merged.postings.push(Posting {
                document,
                frequency: count.max(1) as u32,
                in_title,
                steps_end: merged.steps.len(),
            });
            next = document + 1;
        }
    }
    merged
}

/// Positions of consecutive postings, cut where they grow beyond [`SEGMENT`].
fn segments(merged: &Merged, lengths: &Lengths) -> Vec<(u32, Vec<u8>)> {
    let mut segments = Vec::new();
    let mut bits = BitWriter::default();
    let mut positions = Vec::new();
    let (mut first, mut start) = (0, 0);
    for (at, posting) in merged.postings.iter().enumerate() {
        let steps = &merged.steps[start..posting.steps_end];
        if steps.is_empty() {
            continue;
        }
        start = posting.steps_end;
        // Most words are not in the title: their positions need not leave room for it.
        let room = if posting.in_title { BODY } else { 0 };
        positions.clear();
        positions.extend(steps.iter().scan(0, |position, step| {
            *position += step;
            Some(*position + room - BODY)
        }));
        bits.list(&positions, lengths.limit(posting.document) + room);
        if bits.len() >= SEGMENT {
            segments.push((first, std::mem::take(&mut bits).finish()));
            first = at as u32 + 1;
        }
    }
    if !bits.is_empty() {
        segments.push((first, bits.finish()));
    }
    segments
}
