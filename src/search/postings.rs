//! The postings of one term, merged from all shards and coded for the index.

use super::bits::{BitWriter, read_varint, rice_parameter};
use super::shard::{Shard, ShardTerm};

/// Bits of a quantised impact.
const LEVEL_BITS: u32 = 4;
/// Bytes of positions after which a new segment starts.
const SEGMENT: usize = 24 * 1024;

/// Facts of the whole collection that impacts depend on.
pub(super) struct Collection {
    pub(super) documents: u32,
    /// Positions of an average document, at least 1.
    average: u64,
    lengths: Vec<u32>,
}

impl Collection {
    pub(super) fn of(shards: &[Shard]) -> Self {
        let lengths: Vec<u32> = shards.iter().flat_map(|s| &s.lengths).copied().collect();
        let sum: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let average = (sum / (lengths.len() as u64).max(1)).max(1);
        Self { documents: lengths.len() as u32, average, lengths }
    }

    /// The part of BM25 that depends on the document, `tf / (tf + K)`, in sixteenths.
    ///
    /// `K` is `k1 (1 - b + b · length / average)` with `k1` = 1.2 and `b` = 0.75. The title counts
    /// threefold, a name of a party twice. Integers, so that every machine finds the same.
    fn level(&self, document: u32, frequency: u64) -> u32 {
        let length = u64::from(self.lengths[document as usize]);
        let k = 300 + 900 * length / self.average;
        (16_000 * frequency / (1_000 * frequency + k)) as u32
    }
}

/// A term's postings, coded.
#[derive(Debug, Default)]
pub(super) struct Coded {
    /// Number of documents.
    pub(super) count: u32,
    /// Number of documents with the term in their title.
    pub(super) title_count: u32,
    /// Bits of the documents with their impacts, then of the documents by title.
    pub(super) lists: BitWriter,
    /// Stretches of positions: the first posting that each covers, and its bytes.
    pub(super) positions: Vec<(u32, Vec<u8>)>,
}

/// Codes a term, given its parts in order of their shards.
pub(super) fn code(parts: &[ShardTerm<'_>], collection: &Collection) -> Coded {
    let merged = decode(parts);
    let parameter = rice_parameter(collection.documents, merged.postings.len() as u32);
    let mut coded = Coded { count: merged.postings.len() as u32, ..Coded::default() };
    let mut next = 0;
    for posting in &merged.postings {
        coded.lists.rice(posting.document - next, parameter);
        let level = collection.level(posting.document, posting.weight);
        coded.lists.bits(level, LEVEL_BITS);
        next = posting.document + 1;
    }
    let title = merged.postings.iter().filter(|posting| posting.in_title);
    let title: Vec<u32> = title.map(|posting| posting.document).collect();
    coded.title_count = title.len() as u32;
    coded.lists.list(&title, collection.documents);
    coded.positions = segments(&merged);
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
    in_title: bool,
    weight: u64,
    /// Where its steps end.
    steps_end: usize,
}

fn decode(parts: &[ShardTerm<'_>]) -> Merged {
    let mut merged = Merged::default();
    for part in parts {
        let mut bytes = part.postings;
        let mut next = 0;
        for _ in 0..part.count {
            let document = next + read_varint(&mut bytes) as u32;
            let title = read_varint(&mut bytes);
            let names = read_varint(&mut bytes);
            let all = read_varint(&mut bytes);
            merged.steps.extend((0..all).map(|_| read_varint(&mut bytes) as u32));
            merged.postings.push(Posting {
                document,
                in_title: title > 0,
                weight: all + 2 * title + names,
                steps_end: merged.steps.len(),
            });
            next = document + 1;
        }
    }
    merged
}

/// Positions of consecutive postings, cut where they grow beyond [`SEGMENT`].
fn segments(merged: &Merged) -> Vec<(u32, Vec<u8>)> {
    let parameter = position_parameter(&merged.steps);
    let mut segments = Vec::new();
    let mut bits = BitWriter::default();
    let (mut first, mut start) = (0, 0);
    for (at, posting) in merged.postings.iter().enumerate() {
        let Some((position, steps)) = merged.steps[start..posting.steps_end].split_first() else {
            continue;
        };
        start = posting.steps_end;
        if bits.is_empty() {
            bits.bits(parameter, 5);
        }
        bits.gamma(steps.len() as u32 + 1);
        bits.rice(*position, parameter);
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

/// The Rice parameter near the best for a term's positions: that of their mean step.
fn position_parameter(steps: &[u32]) -> u32 {
    let sum: u64 = steps.iter().map(|&step| u64::from(step)).sum();
    (sum * 2 / (steps.len() as u64 * 3).max(1)).checked_ilog2().unwrap_or(0)
}
