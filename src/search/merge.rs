//! Merging: the terms of all shards, and those of names, in the order of the index.

use std::cmp::Ordering;

use super::analysis::tokens;
use super::facet::Ranked;
use super::shard::{Shard, ShardTerm};

/// A term of the index before its postings are coded.
#[derive(Debug)]
pub(super) struct Term<'a> {
    pub(super) text: &'a str,
    pub(super) parts: Vec<ShardTerm<'a>>,
    /// Numbers of the organizations one of whose names holds it.
    pub(super) organizations: Vec<u32>,
    /// Numbers of the people one of whose names holds it.
    pub(super) people: Vec<u32>,
}

impl Term<'_> {
    /// The stemming algorithms of the documents that hold the term, as bits.
    pub(super) fn stemmers(&self) -> u32 {
        self.parts.iter().fold(0, |bits, part| bits | part.stemmers)
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
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// All terms in the order of UTF-16 units, which is that of strings in JavaScript.
pub(super) fn terms<'a>(
    shards: &'a [Shard],
    organizations: &'a [(String, u32)],
    people: &'a [(String, u32)],
) -> Vec<Term<'a>> {
    let mut sources = Vec::new();
    for shard in shards {
        let terms = (0..shard.terms.len()).map(|at| shard.terms.term(at));
        sources.extend(terms.map(|term| (term.text, Source::Shard(term))));
    }
    sources.extend(organizations.iter().map(|(t, n)| (t.as_str(), Source::Organization(*n))));
    sources.extend(people.iter().map(|(t, n)| (t.as_str(), Source::Person(*n))));
    // A stable sort keeps the parts of a term in the order of their shards.
    sources.sort_by(|a, b| utf16_order(a.0, b.0));
    sources.chunk_by(|a, b| a.0 == b.0).map(gather).collect()
}

enum Source<'a> {
    Shard(ShardTerm<'a>),
    Organization(u32),
    Person(u32),
}

fn gather<'a>(group: &[(&'a str, Source<'a>)]) -> Term<'a> {
    let mut term =
        Term { text: group[0].0, parts: Vec::new(), organizations: Vec::new(), people: Vec::new() };
    for (_, source) in group {
        match source {
            Source::Shard(part) => term.parts.push(*part),
            Source::Organization(number) => term.organizations.push(*number),
            Source::Person(number) => term.people.push(*number),
        }
    }
    term
}

/// Orders as JavaScript does. It differs from the order of UTF-8 bytes only where characters beyond
/// the basic plane meet those from U+E000 on.
fn utf16_order(a: &str, b: &str) -> Ordering {
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
