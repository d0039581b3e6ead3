//! Pairs: two common words side by side are a term of their own, ` human rights` with a space before it,
//! which keeps pairs out of the chunks of words.
//!
//! The positions of common words are large. With pairs, a phrase of two such words needs none of
//! them, and a longer one only those of the documents that hold its pairs.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::bits::{read_varint, varint};
use super::order::utf16_order;
use super::shard::{BODY, Shard};
use super::terms::{ShardTerm, Terms};

/// The first character of a pair, which no word holds.
pub(super) const PAIR: char = ' ';
/// Bytes of postings, summed over shards, from which a word is common.
const COMMON: usize = 60 * 1024;
/// Parts of fewer bytes are not worth counting.
const COUNTED: usize = 256;

/// The common words of an archive.
pub(super) fn common(shards: &[Shard]) -> BTreeSet<&str> {
    let mut sizes = BTreeMap::<&str, usize>::new();
    for terms in shards.iter().map(|shard| &shard.terms) {
        for at in 0..terms.len() {
            let term = terms.term(at);
            let size = term.postings.len() + term.steps.len();
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
    for (word, (_, at)) in (0..).zip(&words) {
        each_position(shard.terms.term(*at), |document, position| {
            documents[(document - shard.first) as usize].push(Place { position, word });
        });
    }
    let mut found = FxHashMap::<(u32, u32), Postings>::default();
    let mut line = Line::default();
    for (document, places) in (shard.first..).zip(documents) {
        line.each_pair(&places, |a, b, position| {
            found.entry((a, b)).or_default().count(document, position);
        });
    }
    let mut found: Vec<(String, Postings)> = found
        .into_iter()
        .map(|((a, b), list)| {
            (format!("{PAIR}{} {}", words[a as usize].0, words[b as usize].0), list)
        })
        .collect();
    found.sort_unstable_by(|a, b| utf16_order(&a.0, &b.0));
    let mut terms = Terms::default();
    for (text, mut postings) in found {
        postings.close();
        let Postings { bytes, count, .. } = postings;
        terms.push(&text, ShardTerm { count, stemmers: 0, postings: &bytes, steps: &[] });
    }
    terms
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

/// The postings of a pair as those of a shard, without positions; the last one is open.
#[derive(Default)]
struct Postings {
    bytes: Vec<u8>,
    count: u32,
    next: u32,
    last: Option<Posting>,
}

#[derive(Clone, Copy)]
struct Posting {
    document: u32,
    count: u64,
    in_title: bool,
}

impl Postings {
    fn count(&mut self, document: u32, position: u32) {
        match &mut self.last {
            Some(last) if last.document == document => last.count += 1,
            _ => {
                self.close();
                self.last = Some(Posting { document, count: 1, in_title: position < BODY });
            }
        }
    }

    fn close(&mut self) {
        if let Some(Posting { document, count, in_title }) = self.last.take() {
            varint(&mut self.bytes, u64::from(document - self.next));
            varint(&mut self.bytes, count << 1 | u64::from(in_title));
            self.next = document + 1;
            self.count += 1;
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
