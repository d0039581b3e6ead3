//! Which document answers which: declared by a maintainer, or inferred from parties, dates and wording.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Archive, AuthorityId, Document, DocumentId, Link, Role};

use crate::parallel;

/// How far back an answered document may lie, in years.
const YEARS: i32 = 3;
/// How many earlier documents of a party are looked at; bounds the work per document.
const LOOKED_AT: usize = 100;

/// Words that open an answer, in lower case, by language: a reader's table, not a parser's.
const ANSWERS: [&str; 24] = [
    "your letter",
    "your letters",
    "your message",
    "your communication",
    "your inquiry",
    "your request of",
    "in reply to",
    "in response to your",
    "in answer to",
    "replying to",
    "responding to your",
    "votre lettre",
    "votre courrier",
    "en réponse à",
    "su carta",
    "su atenta carta",
    "en respuesta a",
    "ihr schreiben",
    "ihren brief",
    "ihr brief",
    "in beantwortung",
    "귀하의 서한",
    "귀 서한",
    "보내주신 서한",
];

/// Whether the first sentences of a text are those of an answer.
pub(super) fn opens_an_answer(excerpt: &str) -> bool {
    static OPENINGS: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(ANSWERS).expect("a short list of plain words"));
    OPENINGS.is_match(&excerpt.to_lowercase())
}

/// For each document the one that it answers, if that is known.
pub(super) fn answered(archive: &Archive) -> Vec<Option<DocumentId>> {
    parallel::map_numbers(archive.documents.len(), |number| {
        let id = DocumentId(u32::try_from(number).expect("fewer than 2^32 documents"));
        found(archive, id, &archive.documents[number])
    })
}

/// The latest earlier document whose issuer is addressed here and that addressed an issuer of this
/// one, if this one speaks of an answer or both bear the same symbol.
fn found(archive: &Archive, id: DocumentId, document: &Document) -> Option<DocumentId> {
    let latest = document.record.date.as_ref()?.latest()?;
    let speaks = document.opens_an_answer;
    if !speaks && document.record.references.is_empty() {
        return None;
    }
    let answers = |other: DocumentId| {
        let earlier = archive.document(other);
        let shares = earlier
            .record
            .references
            .iter()
            .any(|reference| document.record.references.contains(reference));
        (speaks || shares) && reversed(document, earlier)
    };
    let in_reach = |other: &DocumentId| {
        let date = archive.document(*other).record.date.as_ref().and_then(|d| d.earliest());
        date.is_some_and(|day| day < latest && latest.year - day.year <= YEARS)
    };
    let addressed = parties(&document.links.recipients);
    let mut candidates: Vec<DocumentId> = addressed
        .iter()
        .flat_map(|party| {
            // The list is newest first, so what comes after this document is older.
            let all = &archive.authority(*party).documents;
            let older = &all[all.partition_point(|(_, other)| *other <= id)..];
            older
                .iter()
                .filter(|(role, _)| matches!(role, Role::Creator | Role::Signatory))
                .map(|(_, other)| *other)
                .take(LOOKED_AT)
        })
        .filter(in_reach)
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    candidates.into_iter().find(|other| answers(*other))
}

/// Whether an issuer of `answer` was addressed by `letter`, and one of `letter` is by `answer`.
fn reversed(answer: &Document, letter: &Document) -> bool {
    let meet = |a: &[AuthorityId], b: &[AuthorityId]| a.iter().any(|p| b.contains(p));
    meet(&issuers(answer), &parties(&letter.links.recipients))
        && meet(&issuers(letter), &parties(&answer.links.recipients))
}

fn issuers(document: &Document) -> Vec<AuthorityId> {
    let mut all = parties(&document.links.creators);
    all.extend(parties(&document.links.signatories));
    all
}

/// The people and organizations of some links.
fn parties(links: &[Link]) -> Vec<AuthorityId> {
    links.iter().flat_map(|link| link.both()).collect()
}
