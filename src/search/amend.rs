//! The terms of a shard with some of its documents as they are now.

use std::cmp::Ordering;

use super::bits::read_varint;
use super::order::utf16_order;
use super::terms::{ShardTerm, TermBuilder, Terms};

/// A posting of a term.
pub(super) struct Posting<'a> {
    pub(super) document: u32,
    /// Twice the number of positions, and one if any is in the title.
    pub(super) head: u64,
    /// The positions as [`ShardTerm::steps`] has them.
    pub(super) steps: &'a [u8],
}

impl<'a> ShardTerm<'a> {
    /// Its postings, one by one.
    fn postings(&self) -> impl Iterator<Item = Posting<'a>> + use<'a> {
        let (mut postings, mut steps, mut next) = (self.postings, self.steps, 0);
        std::iter::from_fn(move || {
            if postings.is_empty() {
                return None;
            }
            let document = next + read_varint(&mut postings) as u32;
            let head = read_varint(&mut postings);
            next = document + 1;
            let mut rest = steps;
            for _ in 0..head >> 1 {
                read_varint(&mut rest);
            }
            let own = &steps[..steps.len() - rest.len()];
            steps = rest;
            Some(Posting { document, head, steps: own })
        })
    }

    /// Whether some documents, sorted, are among those that hold it.
    fn is_in_any(&self, documents: &[u32]) -> bool {
        let (mut postings, mut next) = (self.postings, 0);
        while !documents.is_empty() && !postings.is_empty() {
            let document = next + read_varint(&mut postings) as u32;
            read_varint(&mut postings);
            if documents.binary_search(&document).is_ok() {
                return true;
            }
            next = document + 1;
        }
        false
    }
}

/// A term of a document that is to be said anew: its text and the document's number.
type New<'a> = (&'a str, u32, ShardTerm<'a>);

impl Terms {
    /// The terms with those of some documents, by number and in order, as they are now. The bit of the stemming
    /// algorithm of each document is given by its number.
    pub(super) fn with(&self, documents: &[(u32, Self)], stemmer: impl Fn(u32) -> u32) -> Self {
        let mut new: Vec<New<'_>> = Vec::new();
        for (number, terms) in documents {
            new.extend((0..terms.len()).map(|at| (terms.text(at), *number, terms.term(at))));
        }
        new.sort_by(|a, b| utf16_order(a.0, b.0));
        let numbers: Vec<u32> = documents.iter().map(|(number, _)| *number).collect();
        let joined = |old: Option<ShardTerm<'_>>, new: &[New<'_>]| {
            let mut postings: Vec<Posting<'_>> = old.iter().flat_map(ShardTerm::postings).collect();
            postings.retain(|posting| numbers.binary_search(&posting.document).is_err());
            postings.extend(new.iter().flat_map(|(_, _, term)| term.postings()));
            postings.sort_by_key(|posting| posting.document);
            let mut term = TermBuilder::default();
            for posting in &postings {
                // Terms without positions are no words.
                let is_word = posting.head >> 1 > 0;
                term.add_posting(posting, if is_word { stemmer(posting.document) } else { 0 });
            }
            term
        };
        let mut all = Self::default();
        let mut new = new.chunk_by(|a, b| a.0 == b.0).peekable();
        for at in 0..self.len() {
            let (text, old) = (self.text(at), self.term(at));
            while let Some(before) = new.next_if(|new| utf16_order(new[0].0, text).is_lt()) {
                all.push(before[0].0, joined(None, before).term());
            }
            let here = new.next_if(|new| new[0].0 == text);
            if here.is_none() && !old.is_in_any(&numbers) {
                all.push(text, old);
                continue;
            }
            let term = joined(Some(old), here.unwrap_or_default());
            if term.term().count > 0 {
                all.push(text, term.term());
            }
        }
        new.for_each(|after| all.push(after[0].0, joined(None, after).term()));
        all
    }

    /// The terms that differ from others in their postings or positions, or that one of some documents holds.
    pub(super) fn differences(&self, others: &Self, documents: &[u32]) -> Vec<String> {
        let mut differences = Vec::new();
        let (mut here, mut there) = (0, 0);
        while here < self.len() || there < others.len() {
            let order = match (here < self.len(), there < others.len()) {
                (true, true) => utf16_order(self.text(here), others.text(there)),
                (true, false) => Ordering::Less,
                _ => Ordering::Greater,
            };
            let is_same = order.is_eq() && {
                let (a, b) = (self.term(here), others.term(there));
                (a.postings, a.steps) == (b.postings, b.steps) && !a.is_in_any(documents)
            };
            if !is_same {
                let text = if order.is_gt() { others.text(there) } else { self.text(here) };
                differences.push(text.to_owned());
            }
            here += usize::from(order.is_le());
            there += usize::from(order.is_ge());
        }
        differences
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::search::terms::Builder;

    /// The terms of documents from a number on, one language each.
    fn terms(first: u32, texts: &[String]) -> Terms {
        let mut builder = Builder::new(first);
        for (number, text) in (first..).zip(texts) {
            let end = builder.title(text.get(..3).unwrap_or_default());
            builder.text(text, end + 64);
            let others = text.chars().filter(|c| *c == 'r').map(|c| format!("ref:{c}"));
            builder.end_document(others, 1 << (number % 2));
        }
        builder.finish()
    }

    fn all(terms: &Terms) -> impl std::fmt::Debug + PartialEq + use<> {
        let term = |at| {
            let ShardTerm { count, stemmers, postings, steps } = terms.term(at);
            (terms.text(at).to_owned(), count, stemmers, postings.to_vec(), steps.to_vec())
        };
        (0..terms.len()).map(term).collect::<Vec<_>>()
    }

    proptest! {
        #[test]
        fn terms_with_other_documents_are_those_of_all_as_they_are(
            before in vec("([a-frs]{1,2} ){0,6}", 1..8),
            after in vec(proptest::option::of("([a-frs]{1,2} ){0,6}"), 8),
        ) {
            let now: Vec<String> = before
                .iter()
                .zip(&after)
                .map(|(before, after)| after.as_ref().unwrap_or(before).clone())
                .collect();
            let changed = (7_u32..).zip(&now).zip(&after).filter(|(_, after)| after.is_some());
            let changed: Vec<(u32, Terms)> = changed
                .map(|((number, text), _)| (number, terms(number, std::slice::from_ref(text))))
                .collect();
            let amended = terms(7, &before).with(&changed, |number| 1 << (number % 2));
            prop_assert_eq!(all(&amended), all(&terms(7, &now)));
        }
    }

    fn three(texts: [&str; 3]) -> Terms {
        terms(7, &texts.map(str::to_owned))
    }

    #[test]
    fn terms_differ_by_their_postings_or_by_documents_of_others() {
        let before = three(["a b", "c d", "e a"]);
        assert!(before.differences(&before, &[]).is_empty());
        assert_eq!(before.differences(&before, &[7]), ["a", "b"]);
        // `d` is where it was; all that is told of `c` and `x` is new.
        let after = three(["a b", "x d", "e a"]);
        assert_eq!(after.differences(&before, &[]), ["c", "x"]);
        assert_eq!(before.differences(&after, &[8]), ["c", "d", "x"]);
        assert_eq!(before.differences(&three(["a b", "c d", "e a a"]), &[]), ["a"]);
    }
}
