//! Pairs: two common words side by side are a term of their own, ` human rights` with a space before it,
//! which keeps pairs out of the chunks of words.
//!
//! The positions of common words are large. With pairs, a phrase of two such words needs none of
//! them, and a longer one only those of the documents that hold its pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::bits::{read_varint, varint};
use super::shard::{BODY, Shard, Terms};

/// Bytes of postings, summed over shards, from which a word is common.
const COMMON: usize = 60 * 1024;
/// Parts of fewer bytes are not worth counting.
const COUNTED: usize = 256;

/// The common words of an archive.
pub(super) fn common(shards: &[Shard]) -> BTreeSet<&str> {
    let mut sizes = BTreeMap::<&str, usize>::new();
    for terms in shards.iter().map(|shard| &shard.terms) {
        for at in 0..terms.len() {
            let size = terms.term(at).postings.len();
            if size >= COUNTED {
                *sizes.entry(terms.text(at)).or_default() += size;
            }
        }
    }
    sizes.into_iter().filter(|(_, size)| *size >= COMMON).map(|(text, _)| text).collect()
}

/// For each shard the pairs of common words, as terms whose postings have no positions.
pub(super) fn pairs(shards: &[Shard], common: &BTreeSet<&str>) -> Vec<Terms> {
    shards.par_iter().map(|shard| of_shard(shard, common)).collect()
}

fn of_shard(shard: &Shard, common: &BTreeSet<&str>) -> Terms {
    let words: Vec<(&str, usize)> =
        common.iter().filter_map(|text| Some((*text, shard.terms.find(text)?))).collect();
    let mut documents = vec![Vec::new(); shard.lengths.len()];
    for (word, (_, at)) in words.iter().enumerate() {
        each_posting(shard.terms.term(*at).postings, |document, positions| {
            let places = &mut documents[(document - shard.first) as usize];
            places.extend(positions.iter().map(|&position| (position, word as u32)));
        });
    }
    let mut found = HashMap::<(u32, u32), Vec<Posting>>::new();
    for (document, places) in (shard.first..).zip(&mut documents) {
        places.sort_unstable();
        for (i, &(position, word)) in places.iter().enumerate() {
            let next = places[i..].iter().take_while(|(other, _)| *other <= position + 1);
            for (_, other) in next.filter(|(other, _)| *other == position + 1) {
                count(found.entry((word, *other)).or_default(), document, position);
            }
        }
    }
    let mut found: Vec<_> = found
        .into_iter()
        .map(|((a, b), list)| (format!(" {} {}", words[a as usize].0, words[b as usize].0), list))
        .collect();
    found.sort_unstable_by(|a, b| super::merge::utf16_order(&a.0, &b.0));
    let mut terms = Terms::default();
    for (text, postings) in found {
        terms.push(&text, &encode(&postings), postings.len() as u32, 0);
    }
    terms
}

struct Posting {
    document: u32,
    count: u64,
    in_title: bool,
}

fn count(postings: &mut Vec<Posting>, document: u32, position: u32) {
    match postings.last_mut() {
        Some(last) if last.document == document => last.count += 1,
        _ => postings.push(Posting { document, count: 1, in_title: position < BODY }),
    }
}

/// As the postings of a shard, without positions.
fn encode(postings: &[Posting]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut next = 0;
    for posting in postings {
        varint(&mut bytes, u64::from(posting.document - next));
        varint(&mut bytes, posting.count << 1 | u64::from(posting.in_title));
        next = posting.document + 1;
    }
    bytes
}

fn each_posting(mut bytes: &[u8], mut visit: impl FnMut(u32, &[u32])) {
    let mut next = 0;
    let mut positions = Vec::new();
    while !bytes.is_empty() {
        let document = next + read_varint(&mut bytes) as u32;
        let count = read_varint(&mut bytes) >> 1;
        positions.clear();
        let mut position = 0;
        for _ in 0..count {
            position += read_varint(&mut bytes) as u32;
            positions.push(position);
        }
        visit(document, &positions);
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
            url: String::new(),
            title: title.into(),
            date: None,
            date_words: String::new(),
            creators: Vec::new(),
            recipients: Vec::new(),
            references: Vec::new(),
            kind: None,
            language: 0,
            organizations: Vec::new(),
            people: Vec::new(),
            topics: Vec::new(),
            passages: text.split('/').map(str::to_owned).collect(),
        };
        let documents =
            [document("", "of the rights of the/the of"), document("of the", "of rare the the")];
        let shards = [analyse(5, &documents, &tables)];
        let pairs = &pairs(&shards, &BTreeSet::from(["of", "the"]))[0];
        let found: Vec<_> =
            (0..pairs.len()).map(|at| (pairs.text(at), pairs.term(at).postings.to_vec())).collect();
        // The document's number less the one after the last; twice the count, and one in a title.
        assert_eq!(
            found,
            [(" of the", vec![5, 4, 0, 3]), (" the of", vec![5, 2]), (" the the", vec![6, 2])]
        );
    }
}
