//! The postings of one term, merged from all shards and coded for the index.

use super::bits::{BitWriter, read_varint, rice_parameter};
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
    /// Number of documents with the term in their title.
    pub(super) title_count: u32,
    /// Bits of the documents with their frequencies, then of the documents by title.
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
    let parameter = rice_parameter(collection.documents, merged.postings.len() as u32);
    let mut coded = Coded { count: merged.postings.len() as u32, ..Coded::default() };
    let mut next = 0;
    for posting in &merged.postings {
        coded.lists.rice(posting.document - next, parameter);
        coded.lists.gamma(posting.frequency);
        next = posting.document + 1;
    }
    let title = merged.postings.iter().filter(|posting| posting.in_title);
    let title: Vec<u32> = title.map(|posting| posting.document).collect();
    coded.title_count = title.len() as u32;
    coded.lists.list(&title, collection.documents);
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
    let (mut first, mut start) = (0, 0);
    for (at, posting) in merged.postings.iter().enumerate() {
        let Some((position, steps)) = merged.steps[start..posting.steps_end].split_first() else {
            continue;
        };
        start = posting.steps_end;
        let parameter = lengths.position_parameter(posting.document, posting.frequency);
        // Most words are not in the title: their positions need not leave room for it.
        bits.rice(if posting.in_title { *position } else { position - BODY }, parameter);
        steps.iter().for_each(|step| bits.rice(step - 1, parameter));
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
