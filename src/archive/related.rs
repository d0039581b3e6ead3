//! What documents have to do with each other: parts of one seed, shared parties.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::binary_heap::{BinaryHeap, PeekMut};
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Archive, AuthorityId, Document, DocumentId, Role};

/// A party that appears in more documents than this says little, and would make relating quadratic.
const COMMON: usize = 400;

/// Lists for each document those of its seed, in the seed's order: one list for all of them.
pub(super) fn link_seeds(documents: &mut [Document]) {
    for mut parts in several_of_a_seed(documents) {
        let first_line =
            |id: &DocumentId| documents[id.0 as usize].record.source.as_ref().and_then(|s| s.lines);
        parts.sort_by_key(|id| (first_line(id), *id));
        let parts: Arc<[DocumentId]> = parts.into();
        for id in parts.iter() {
            documents[id.0 as usize].same_seed = Arc::clone(&parts);
        }
    }
}

/// The documents of each seed that holds several.
fn several_of_a_seed(documents: &[Document]) -> Vec<Vec<DocumentId>> {
    // Most seeds hold one document: no list is made for them.
    let mut seeds: FxHashMap<&str, (DocumentId, Option<usize>)> = FxHashMap::default();
    let mut several: Vec<Vec<DocumentId>> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let Some(seed) = document.record.source.as_ref().and_then(|s| s.seed.as_deref()) else {
            continue;
        };
        let id = DocumentId(u32::try_from(number).expect("fewer than 2^32 documents"));
        match seeds.entry(seed) {
            Entry::Vacant(vacant) => {
                vacant.insert((id, None));
            }
            Entry::Occupied(mut known) => {
                let (first, list) = *known.get();
                let list = list.unwrap_or_else(|| {
                    several.push(vec![first]);
                    several.len() - 1
                });
                known.insert((first, Some(list)));
                several[list].push(id);
            }
        }
    }
    several
}

/// The documents that share most parties with one, a rare party weighing more than a common one.
pub(super) fn by_parties(archive: &Archive, id: DocumentId, at_most: usize) -> Vec<DocumentId> {
    let document = archive.document(id);
    let parties: BTreeSet<AuthorityId> =
        document.links.all().flat_map(|(_, link)| link.both()).collect();
    // The documents of each party, in their order, and the weight of each.
    let mut lists: Vec<Weighed<'_>> = Vec::new();
    for party in parties {
        let documents = &archive.authority(party).documents;
        if documents.len() <= COMMON {
            lists.push((documents, 1_000_000 / documents.len() as u64));
        }
    }
    let own = |document: &Document| document.same_seed.as_ptr();
    let is_of_seed = |other: DocumentId| {
        !document.same_seed.is_empty() && own(archive.document(other)) == own(document)
    };
    let rank = |other: DocumentId, score: u64| (Reverse(score), other.0.abs_diff(id.0), other);
    let mut best = Vec::with_capacity(at_most + 1);
    each_score(&mut lists, |other, score| {
        if other == id || is_of_seed(other) {
            return;
        }
        let rank = rank(other, score);
        if best.len() < at_most || best.last().is_some_and(|last| rank < *last) {
            best.insert(best.partition_point(|better| *better < rank), rank);
            best.truncate(at_most);
        }
    });
    best.into_iter().map(|(.., other)| other).collect()
}

/// The documents of a party, and what each of them counts.
type Weighed<'a> = (&'a [(Role, DocumentId)], u64);

/// Gives each document of some lists, which are in the order of the documents, with the sum of the weights of
/// those that it is in. Made for every document of the site, and so without a table.
fn each_score(lists: &mut [Weighed<'_>], mut take: impl FnMut(DocumentId, u64)) {
    let first = |(number, (list, _)): (usize, &Weighed<'_>)| {
        list.first().map(|(_, document)| Reverse((*document, number)))
    };
    let mut heads: BinaryHeap<_> = lists.iter().enumerate().filter_map(first).collect();
    while let Some(Reverse((document, _))) = heads.peek().copied() {
        let mut score = 0;
        while let Some(mut head) = heads.peek_mut().filter(|head| head.0.0 == document) {
            let (list, weight) = &mut lists[head.0.1];
            score += *weight;
            // One that plays several roles in a document has it several times.
            let same = list.iter().take_while(|(_, other)| *other == document).count();
            *list = &list[same..];
            match list.first() {
                Some((_, next)) => head.0.0 = *next,
                None => drop(PeekMut::pop(head)),
            }
        }
        take(document, score);
    }
}
