//! What documents have to do with each other: parts of one seed, shared parties.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{Archive, AuthorityId, Document, DocumentId};

/// A party that appears in more documents than this says little, and would make relating quadratic.
const COMMON: usize = 400;

/// Lists for each document the others of its seed, in the seed's order.
pub(super) fn link_seeds(documents: &mut [Document]) {
    for mut parts in several_of_a_seed(documents) {
        let first_line =
            |id: &DocumentId| documents[id.0 as usize].record.source.as_ref().and_then(|s| s.lines);
        parts.sort_by_key(|id| (first_line(id), *id));
        for id in &parts {
            documents[id.0 as usize].same_seed =
                parts.iter().copied().filter(|other| other != id).collect();
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
    let mut parties: BTreeSet<(bool, AuthorityId)> = BTreeSet::new();
    for (_, link) in document.links.all() {
        parties.extend(link.organization.map(|o| (false, o)));
        parties.extend(link.person.map(|p| (true, p)));
    }
    let mut shares: Vec<(DocumentId, u64)> = Vec::new();
    let mut others: Vec<DocumentId> = Vec::new();
    for (is_person, party) in parties {
        let all = if is_person { &archive.people } else { &archive.organizations };
        let documents = &all[party.0 as usize].documents;
        if documents.len() > COMMON {
            continue;
        }
        let weight = 1_000_000 / documents.len() as u64;
        others.clear();
        others.extend(documents.iter().map(|(_, d)| *d));
        others.sort_unstable();
        others.dedup();
        let others = others.iter().filter(|d| **d != id && !document.same_seed.contains(d));
        shares.extend(others.map(|other| (*other, weight)));
    }
    shares.sort_unstable_by_key(|(other, _)| *other);
    let mut ranked: Vec<(DocumentId, u64)> = shares
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|shares| (shares[0].0, shares.iter().map(|(_, weight)| weight).sum()))
        .collect();
    // Made for every document of the site, so only those that are wanted are put in order.
    let rank = |(other, score): &(DocumentId, u64)| {
        (std::cmp::Reverse(*score), other.0.abs_diff(id.0), *other)
    };
    if ranked.len() > at_most {
        ranked.select_nth_unstable_by_key(at_most, rank);
        ranked.truncate(at_most);
    }
    ranked.sort_unstable_by_key(rank);
    ranked.into_iter().map(|(other, _)| other).collect()
}
