//! The terms of a shard with some of its documents as they are now.

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

    /// The documents that hold it.
    fn documents(&self) -> impl Iterator<Item = u32> + use<'a> {
        let (mut postings, mut next) = (self.postings, 0);
        std::iter::from_fn(move || {
            if postings.is_empty() {
                return None;
            }
            let document = next + read_varint(&mut postings) as u32;
            read_varint(&mut postings);
            next = document + 1;
            Some(document)
        })
    }
}

/// A term of a new document: its text and the document's number.
type New<'a> = (&'a str, u32, ShardTerm<'a>);

impl Terms {
    /// The terms of documents under the numbers that they have now, without those of documents that have none, and with
    /// those of some new documents, by number and in order. The bit of the stemming algorithm of each is given by its
    /// number.
    pub(super) fn renewed(
        &self,
        number: impl Fn(u32) -> Option<u32>,
        documents: &[(u32, Self)],
        stemmer: impl Fn(u32) -> u32,
    ) -> Self {
        let mut new: Vec<New<'_>> = Vec::new();
        for (number, terms) in documents {
            new.extend((0..terms.len()).map(|at| (terms.text(at), *number, terms.term(at))));
        }
        new.sort_by(|a, b| utf16_order(a.0, b.0));
        let joined = |old: Option<ShardTerm<'_>>, new: &[New<'_>]| {
            let old = old.iter().flat_map(ShardTerm::postings);
            let renumbered = old.filter_map(|posting| {
                number(posting.document).map(|document| Posting { document, ..posting })
            });
            let mut postings: Vec<Posting<'_>> = renumbered.collect();
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
            if here.is_none() && old.documents().all(|document| number(document) == Some(document))
            {
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
        fn renewed_terms_are_those_of_all_documents_as_they_are(
            before in vec("([a-frs]{1,2} ){0,6}", 1..8),
            after in vec((0..12_usize, "([a-frs]{1,2} ){0,6}"), 1..8),
        ) {
            // Each document now is one of those before, or a new one.
            let mut places: Vec<Option<usize>> = Vec::new();
            for (place, _) in &after {
                let is_free = *place < before.len() && !places.contains(&Some(*place));
                places.push(is_free.then_some(*place));
            }
            let text = |(place, (_, new)): (&Option<usize>, &(usize, String))| {
                place.map_or_else(|| new.clone(), |place| before[place].clone())
            };
            let now: Vec<String> = places.iter().zip(&after).map(text).collect();
            let first = 9;
            let number = |old: u32| {
                let place = places.iter().position(|place| *place == Some((old - 7) as usize));
                place.map(|place| first + place as u32)
            };
            let new = (first..).zip(&now).zip(&places).filter(|(_, place)| place.is_none());
            let new: Vec<(u32, Terms)> = new
                .map(|((number, text), _)| (number, terms(number, std::slice::from_ref(text))))
                .collect();
            let renewed = terms(7, &before).renewed(number, &new, |number| 1 << (number % 2));
            prop_assert_eq!(all(&renewed), all(&terms(first, &now)));
        }
    }
}
