//! Merging: the terms of all shards, and those of names, in the order of the index.

use std::cmp::Ordering;

use super::analysis::tokens;
use super::facet::Ranked;
use super::shard::{Shard, ShardTerm, Terms};

/// All terms of the index, in its order.
pub(super) struct Dictionary<'a> {
    shards: &'a [Shard],
    pairs: &'a [Terms],
    names: [&'a [(String, u32)]; 2],
    /// Every part of every term, those of one term side by side.
    parts: Vec<Part<'a>>,
}

/// Where a part is from.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Shard(u32),
    Pairs(u32),
    Organization,
    Person,
}

/// A term in one shard, or in a name.
struct Part<'a> {
    text: &'a str,
    source: Source,
    at: u32,
}

/// A term of the index.
pub(super) struct Term<'a> {
    dictionary: &'a Dictionary<'a>,
    parts: &'a [Part<'a>],
}

impl<'a> Dictionary<'a> {
    /// Gathers the terms of shards, of their pairs, and of the names of organizations and people.
    pub(super) fn of(
        shards: &'a [Shard],
        pairs: &'a [Terms],
        names: [&'a [(String, u32)]; 2],
    ) -> Self {
        let terms = shards.iter().map(|shard| &shard.terms).chain(pairs);
        let count: usize = terms.map(Terms::len).chain(names.map(<[_]>::len)).sum();
        let mut parts = Vec::with_capacity(count);
        for (number, shard) in (0..).zip(shards) {
            add(&mut parts, Source::Shard(number), &shard.terms);
        }
        for (number, pairs) in (0..).zip(pairs) {
            add(&mut parts, Source::Pairs(number), pairs);
        }
        for (source, names) in [Source::Organization, Source::Person].into_iter().zip(names) {
            parts.extend((0..).zip(names).map(|(at, (text, _))| Part { text, source, at }));
        }
        // A stable sort keeps the parts of a term in order, and is quick over parts that are sorted.
        parts.sort_by(|a, b| utf16_order(a.text, b.text));
        Self { shards, pairs, names, parts }
    }

    /// The terms, in the order of UTF-16 units, which is that of strings in JavaScript.
    pub(super) fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        let terms = self.parts.chunk_by(|a, b| a.text == b.text);
        terms.map(|parts| Term { dictionary: self, parts })
    }
}

fn add<'a>(parts: &mut Vec<Part<'a>>, source: Source, terms: &'a Terms) {
    let all = 0..terms.len() as u32;
    parts.extend(all.map(|at| Part { text: terms.text(at as usize), source, at }));
}

impl<'a> Term<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.parts[0].text
    }

    /// Its postings in each shard, in order.
    pub(super) fn postings(&self) -> impl Iterator<Item = ShardTerm<'a>> {
        let Dictionary { shards, pairs, .. } = self.dictionary;
        self.parts.iter().filter_map(|part| match part.source {
            Source::Shard(shard) => Some(shards[shard as usize].terms.term(part.at as usize)),
            Source::Pairs(shard) => Some(ShardTerm {
                has_positions: false,
                ..pairs[shard as usize].term(part.at as usize)
            }),
            Source::Organization | Source::Person => None,
        })
    }

    /// Numbers of the organizations one of whose names holds it.
    pub(super) fn organizations(&self) -> Vec<u32> {
        self.named(0, Source::Organization)
    }

    /// Numbers of the people one of whose names holds it.
    pub(super) fn people(&self) -> Vec<u32> {
        self.named(1, Source::Person)
    }

    fn named(&self, table: usize, source: Source) -> Vec<u32> {
        let parts = self.parts.iter().filter(|part| part.source == source);
        parts.map(|part| self.dictionary.names[table][part.at as usize].1).collect()
    }

    /// The stemming algorithms of the documents that hold the term, as bits.
    pub(super) fn stemmers(&self) -> u32 {
        self.postings().fold(0, |bits, part| bits | part.stemmers)
    }

    /// How many documents hold it.
    pub(super) fn count(&self) -> u32 {
        self.postings().map(|part| part.count).sum()
    }
}

/// Which terms stand in the names of a facet's values: `(term, number of the value)`, sorted, with
/// `PREFIX:key` for the value itself.
pub(super) fn name_terms(ranked: &Ranked, prefix: &str) -> Vec<(String, u32)> {
    let mut terms = Vec::new();
    for (number, ranked) in ranked.values().iter().enumerate() {
        let number = number as u32;
        terms.push((format!("{prefix}:{}", ranked.value.key), number));
        for name in std::iter::once(&ranked.value.label).chain(&ranked.value.names) {
            tokens(name, &mut |token, _| terms.push((token.to_owned(), number)));
        }
    }
    terms.sort_unstable_by(|a, b| utf16_order(&a.0, &b.0).then(a.1.cmp(&b.1)));
    terms.dedup();
    terms
}

/// Orders as JavaScript does. It differs from the order of UTF-8 bytes only where characters beyond
/// the basic plane meet those from U+E000 on.
pub(super) fn utf16_order(a: &str, b: &str) -> Ordering {
    let rank = |byte: u8| if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte };
    let differ = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    differ.map_or(a.len().cmp(&b.len()), |(a, b)| rank(a).cmp(&rank(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn terms_are_ordered_as_javascript_orders_them(a in "\\PC{0,4}", b in "\\PC{0,4}") {
            assert_eq!(utf16_order(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
        }
    }
}
