//! Pairs: two common words side by side are a term of their own, ` human rights` with a space before it,
//! which keeps pairs out of the chunks of words.
//!
//! The positions of common words are large. With pairs, a phrase of two such words needs none of
//! them, and a longer one only those of the documents that hold its pairs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bits::{read_varint, varint};
use super::fold::is_ideographic;
use super::order::utf16_order;
use super::shard::{BODY, Shard};
use super::terms::ShardTerm;

use crate::parallel;

/// The first character of a pair, which no word holds and which is before all that words hold.
pub(super) const PAIR: char = ' ';
/// Bytes of postings, summed over shards, from which a word is common.
const COMMON: usize = 60 * 1024;
/// Parts of fewer bytes are not worth counting.
const COUNTED: usize = 256;

/// The same for the bigrams of ideographs, at least: each word of three characters is a phrase of two.
const COMMON_BIGRAM: usize = 4 * 1024;
/// There are about as many common bigrams at most, however large the archive is.
const BIGRAMS: usize = 1024;

/// The common words, whose positions take much to read, in the order of the index.
pub(super) fn common<'a>(shards: impl Iterator<Item = &'a Shard>) -> Vec<String> {
    let mut sizes = BTreeMap::<&str, usize>::new();
    let mut bigrams = BTreeMap::<&str, usize>::new();
    for terms in shards.map(|shard| &shard.terms) {
        for at in 0..terms.len() {
            let term = terms.term(at);
            let size = term.postings.len() + term.steps.len();
            if is_bigram(terms.text(at)) {
                *bigrams.entry(terms.text(at)).or_default() += size;
            } else if size >= COUNTED {
                *sizes.entry(terms.text(at)).or_default() += size;
            }
        }
    }
    // In steps, so that an added document seldom makes other words common, and with them all pairs.
    let share = (bigrams.values().sum::<usize>() / BIGRAMS).next_power_of_two();
    let bigrams = bigrams.into_iter().filter(|(_, size)| *size >= COMMON_BIGRAM.max(share));
    let common = sizes.into_iter().filter(|(_, size)| *size >= COMMON).chain(bigrams);
    let mut common: Vec<String> = common.map(|(text, _)| text.to_owned()).collect();
    common.sort_unstable_by(|a, b| utf16_order(a, b));
    common
}

/// Whether a term is two ideographs; all are, but for the last of a word.
fn is_bigram(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_ideographic)
        && characters.next().is_some_and(is_ideographic)
        && characters.next().is_none()
}

/// The pairs of common words in one shard, with their postings. There are many of them, so that they are packed.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pairs {
    /// Hash of the common words.
    common: [u8; blake3::OUT_LEN],
    /// For each common word, where the pairs end that begin with it.
    ends: Vec<u32>,
    /// The pairs in order, as variable-length integers: the number of the second word among the common ones, less
    /// that of the pair before; how many bytes follow; and so many, postings like those of a [`ShardTerm`].
    #[serde(with = "serde_bytes")]
    packed: Vec<u8>,
}

impl Pairs {
    /// The pairs of a shard.
    fn of(shard: &Shard, common: &[String], hash: blake3::Hash) -> Self {
        let words = common.iter().zip(0..);
        let words = words.filter_map(|(text, word)| Some((word, shard.terms.find(text)?)));
        let mut documents = vec![Vec::new(); shard.lengths.len()];
        for (word, at) in words {
            each_position(shard.terms.term(at), |document, position| {
                documents[(document - shard.first) as usize].push(Place { position, word });
            });
        }
        let mut found: Vec<u64> = Vec::new();
        let mut line = Line::default();
        for (document, places) in (0..).zip(documents) {
            line.each_pair(&places, |a, b, position| found.push(pack(a, b, document, position)));
        }
        found.sort_unstable();
        let mut pairs = Self { common: *hash.as_bytes(), ..Self::default() };
        let mut rest = found.as_slice();
        for word in 0..common.len() as u32 {
            let (here, after) = rest.split_at(rest.partition_point(|f| unpacked(*f).0.0 <= word));
            pairs.add(shard.first, here);
            pairs.ends.push(pairs.packed.len() as u32);
            rest = after;
        }
        pairs.packed.shrink_to_fit();
        pairs
    }

    /// Adds the occurrences of pairs with the same first word, as [`pack`] made them, sorted.
    fn add(&mut self, first: u32, found: &[u64]) {
        let (mut postings, mut previous) = (Vec::new(), 0);
        for places in found.chunk_by(|a, b| a >> PLACE_BITS == b >> PLACE_BITS) {
            let mut next = 0;
            postings.clear();
            for of_document in places.chunk_by(|a, b| a >> 1 == b >> 1) {
                let (_, document, in_title) = unpacked(of_document[0]);
                let document = first + document;
                varint(&mut postings, u64::from(document - next));
                varint(&mut postings, (of_document.len() as u64) << 1 | u64::from(in_title));
                next = document + 1;
            }
            let second = unpacked(places[0]).0.1;
            varint(&mut self.packed, u64::from(second - previous));
            varint(&mut self.packed, postings.len() as u64);
            self.packed.extend_from_slice(&postings);
            previous = second;
        }
    }

    /// The pairs that begin with a word: the second word of each, and its postings.
    fn beginning_with(&self, word: usize) -> impl Iterator<Item = (u32, &[u8])> {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut rest = &self.packed[start as usize..self.ends[word] as usize];
        let mut second = 0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            second += read_varint(&mut rest) as u32;
            let length = read_varint(&mut rest) as usize;
            let (postings, after) = rest.split_at(length);
            rest = after;
            Some((second, postings))
        })
    }
}

/// Gathers the pairs of each shard that does not have those of these common words; tells which had not.
pub(super) fn gather<'a>(
    shards: impl Iterator<Item = &'a mut Shard>,
    common: &[String],
) -> Vec<bool> {
    let hash = blake3::hash(common.join("\n").as_bytes());
    let gather = |shard: &mut Shard| {
        let is_new = shard.pairs.as_ref().is_none_or(|pairs| hash != pairs.common);
        if is_new {
            shard.pairs = Some(Pairs::of(shard, common, hash));
        }
        is_new
    };
    parallel::map_taken(shards.collect(), gather)
}

/// A pair of the whole index: its text, and its postings in each shard that has it.
pub(super) struct Pair<'a> {
    pub(super) text: String,
    pub(super) postings: Vec<&'a [u8]>,
}

/// All pairs that begin with some of the common words, in the order of the index.
pub(super) fn beginning_with<'a>(
    words: std::ops::Range<usize>,
    common: &[String],
    shards: &[&'a Pairs],
) -> Vec<Pair<'a>> {
    let of_word = |word: usize| {
        let mut parts: Vec<(u32, &'a [u8])> =
            shards.iter().flat_map(|pairs| pairs.beginning_with(word)).collect();
        // Those of a pair stay in the order of shards.
        parts.sort_by_key(|(second, _)| *second);
        let pair = |parts: &[(u32, &'a [u8])]| Pair {
            text: format!("{PAIR}{} {}", common[word], common[parts[0].0 as usize]),
            postings: parts.iter().map(|(_, postings)| *postings).collect(),
        };
        parts.chunk_by(|a, b| a.0 == b.0).map(pair).collect::<Vec<_>>()
    };
    let first = words.start;
    let of_words = parallel::map_numbers(words.len(), |n| of_word(first + n));
    of_words.into_iter().flatten().collect()
}

/// Bits of a word's number: two million common words would have more postings than memory holds.
const WORD_BITS: u32 = 21;
/// Bits of a document's place in its shard, and of one that tells the body from the title.
const PLACE_BITS: u32 = u64::BITS - 2 * WORD_BITS;

/// An occurrence of a pair as a number: they sort by pair, by document, and those in the title first.
fn pack(a: u32, b: u32, document: u32, position: u32) -> u64 {
    let pair = u64::from(a) << WORD_BITS | u64::from(b);
    pair << PLACE_BITS | u64::from(document) << 1 | u64::from(position >= BODY)
}

/// The pair, the document's place in its shard, and whether it is in the title.
fn unpacked(found: u64) -> ((u32, u32), u32, bool) {
    let pair = found >> PLACE_BITS;
    let document = (found & ((1 << PLACE_BITS) - 1)) as u32 >> 1;
    let word = |number: u64| (number & ((1 << WORD_BITS) - 1)) as u32;
    ((word(pair >> WORD_BITS), word(pair)), document, found & 1 == 0)
}

#[derive(Clone, Copy)]
struct Place {
    position: u32,
    word: u32,
}

/// The words of a document by position.
#[derive(Default)]
struct Line {
    /// The first word of each position, plus one; 0 for none.
    words: Vec<u32>,
    /// Further ones, which few positions have, sorted.
    others: Vec<(u32, u32)>,
}

impl Line {
    /// Calls `visit` with each word, each word of the next position, and the first one's position; positions of
    /// the same two words come in order.
    fn each_pair(&mut self, places: &[Place], mut visit: impl FnMut(u32, u32, u32)) {
        let end = places.iter().map(|place| place.position + 2).max().unwrap_or(0);
        self.words.clear();
        self.words.resize(end as usize, 0);
        self.others.clear();
        for &Place { position, word } in places {
            match &mut self.words[position as usize] {
                place @ 0 => *place = word + 1,
                _ => self.others.push((position, word)),
            }
        }
        self.others.sort_unstable();
        for &Place { position, word } in places {
            let next = position + 1;
            if let Some(other) = self.words[next as usize].checked_sub(1) {
                visit(word, other, position);
                let start = self.others.partition_point(|(at, _)| *at < next);
                let others = self.others[start..].iter().take_while(|(at, _)| *at == next);
                others.for_each(|(_, other)| visit(word, *other, position));
            }
        }
    }
}

fn each_position(term: ShardTerm<'_>, mut visit: impl FnMut(u32, u32)) {
    let (mut postings, mut steps) = (term.postings, term.steps);
    let mut next = 0;
    while !postings.is_empty() {
        let document = next + read_varint(&mut postings) as u32;
        let mut position = 0;
        for _ in 0..read_varint(&mut postings) >> 1 {
            position += read_varint(&mut steps) as u32;
            visit(document, position);
        }
        next = document + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::document::{Document, FacetValue, Tables};
    use crate::search::shard::analyse;

    #[test]
    fn pairs_are_common_words_side_by_side_in_one_paragraph() {
        let english = FacetValue { key: "en".into(), label: "English".into(), names: Vec::new() };
        let tables = Tables { languages: vec![english], ..Tables::default() };
        let document = |title: &str, text: &str| Document {
            title: title.into(),
            passages: text.split('/').map(str::to_owned).collect(),
            ..Document::default()
        };
        let documents =
            [document("", "of the rights of the/the of"), document("of the", "of rare the the")];
        let mut shards = [analyse(5, &documents, &tables)];
        let common = ["of", "the"].map(str::to_owned);
        gather(shards.iter_mut(), &common);
        let kept: Shard =
            postcard::from_bytes(&postcard::to_allocvec(&shards[0]).unwrap()).unwrap();
        assert_eq!(kept.pairs, shards[0].pairs);
        let found: Vec<_> = beginning_with(0..2, &common, &[kept.pairs.as_ref().unwrap()])
            .into_iter()
            .map(|pair| (pair.text, pair.postings[0].to_vec()))
            .collect();
        // The document's number less the one after the last; twice the count, and one in a title.
        assert_eq!(
            found,
            [
                (" of the".to_owned(), vec![5, 4, 0, 3]),
                (" the of".to_owned(), vec![5, 2]),
                (" the the".to_owned(), vec![6, 2]),
            ]
        );
    }
}
