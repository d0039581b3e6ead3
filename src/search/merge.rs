//! Merging: the words of all shards, and those of names, in the order of the index.

use rayon::prelude::*;

use super::analysis::tokens;
use super::facet::Ranked;
use super::inflections;
use super::order::{order_key, utf16_order};
use super::shard::Shard;
use super::terms::{ShardTerm, Terms};

/// Terms of names, sorted, with the numbers of the values so named.
pub(super) type Names = [(String, u32)];

/// All terms of the index but its pairs, in order.
pub(super) struct Dictionary<'a> {
    sources: Vec<Source<'a>>,
    /// Every part of every term, those of one term side by side.
    parts: Vec<Part>,
}

/// Where parts are from.
enum Source<'a> {
    Terms(&'a Terms),
    Organizations(&'a Names),
    People(&'a Names),
}

impl<'a> Source<'a> {
    fn len(&self) -> usize {
        match self {
            Self::Terms(terms) => terms.len(),
            Self::Organizations(names) | Self::People(names) => names.len(),
        }
    }

    fn text(&self, at: u32) -> &'a str {
        match self {
            Self::Terms(terms) => terms.text(at as usize),
            Self::Organizations(names) | Self::People(names) => &names[at as usize].0,
        }
    }
}

/// A term in one source. There are many of them, so that they are small.
struct Part {
    key: u64,
    source: u32,
    at: u32,
}

/// A term of the index.
pub(super) struct Term<'a> {
    dictionary: &'a Dictionary<'a>,
    parts: &'a [Part],
}

impl<'a> Dictionary<'a> {
    /// Gathers the terms of shards, and of the names of organizations and people.
    pub(super) fn of(shards: &'a [Shard], organizations: &'a Names, people: &'a Names) -> Self {
        let mut sources: Vec<Source<'_>> =
            shards.iter().map(|shard| Source::Terms(&shard.terms)).collect();
        sources.extend([Source::Organizations(organizations), Source::People(people)]);
        let mut parts = Vec::with_capacity(sources.iter().map(Source::len).sum());
        for (number, source) in (0..).zip(&sources) {
            let part = |at| Part { key: order_key(source.text(at)), source: number, at };
            parts.extend((0..source.len() as u32).map(part));
        }
        // A stable sort keeps the parts of a term in order, and is quick over parts that are sorted.
        let text = |part: &Part| sources[part.source as usize].text(part.at);
        parts.par_sort_by(|a, b| a.key.cmp(&b.key).then_with(|| utf16_order(text(a), text(b))));
        Self { sources, parts }
    }

    fn text(&self, part: &Part) -> &'a str {
        self.sources[part.source as usize].text(part.at)
    }

    /// The terms, in the order of UTF-16 units, which is that of strings in JavaScript.
    pub(super) fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        let is_same = |a: &Part, b: &Part| a.key == b.key && self.text(a) == self.text(b);
        self.parts.chunk_by(is_same).map(|parts| Term { dictionary: self, parts })
    }
}

impl<'a> Term<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.dictionary.text(&self.parts[0])
    }

    /// Its postings in each shard, in order.
    pub(super) fn postings(&self) -> impl Iterator<Item = ShardTerm<'a>> {
        let sources = &self.dictionary.sources;
        self.parts.iter().filter_map(|part| match sources[part.source as usize] {
            Source::Terms(terms) => Some(terms.term(part.at as usize)),
            Source::Organizations(_) | Source::People(_) => None,
        })
    }

    /// Numbers of the organizations one of whose names holds it.
    pub(super) fn organizations(&self) -> Vec<u32> {
        self.named(|source| match source {
            Source::Organizations(names) => Some(names),
            _ => None,
        })
    }

    /// Numbers of the people one of whose names holds it.
    pub(super) fn people(&self) -> Vec<u32> {
        self.named(|source| match source {
            Source::People(names) => Some(names),
            _ => None,
        })
    }

    fn named(&self, names: impl Fn(&Source<'a>) -> Option<&'a Names>) -> Vec<u32> {
        let number = |part: &Part| {
            let names = names(&self.dictionary.sources[part.source as usize])?;
            Some(names[part.at as usize].1)
        };
        self.parts.iter().filter_map(number).collect()
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

impl<'a> From<&Term<'a>> for inflections::Word<'a> {
    fn from(term: &Term<'a>) -> Self {
        let (text, stemmers) = (term.text(), term.stemmers());
        Self { text, stemmers, has_documents: term.postings().next().is_some() }
    }
}

/// Which terms stand in the names of a facet's values: `(term, number of the value)`, sorted, with
/// `PREFIX:key` for the value itself.
pub(super) fn name_terms(ranked: &Ranked<'_>, prefix: &str) -> Vec<(String, u32)> {
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
