//! Documents that name each other: translations, versions, parts, those that take another's place.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Document, DocumentId};
use crate::content::Relation;
use crate::diagnostic::{Diagnostic, Report, nearest};

/// A document to which another one is bound, as it is seen from that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relative {
    /// How they are bound.
    pub relation: Relation,
    /// Whether it is the one that was named: the original of a translation, the whole of a part. Else it named the
    /// other one, or both name the same original.
    pub named: bool,
    /// The document.
    pub document: DocumentId,
}

/// Tells each document of those that it names and of those that name it. A document that is not shown can be named,
/// but there is nothing to link.
pub(super) fn link(documents: &mut [Document], hidden: &BTreeSet<&str>, report: &Report) {
    if documents.iter().all(|document| document.record.relations.is_empty()) {
        return;
    }
    let slugs: FxHashMap<&str, DocumentId> =
        documents.iter().map(|d| d.slug.as_str()).zip((0..).map(DocumentId)).collect();
    let mut pairs: Vec<(DocumentId, Relation, DocumentId)> = Vec::new();
    for (id, document) in (0..).map(DocumentId).zip(&*documents) {
        for (relation, slug) in &document.record.relations {
            let found = slugs.get(slug.value.as_str()).copied();
            match found.filter(|other| *other != id) {
                Some(other) => pairs.push((id, *relation, other)),
                None if hidden.contains(slug.value.as_str()) => {}
                None => report.push(unknown(document, *relation, &slug.value, &slugs)),
            }
        }
    }
    let mut translations: FxHashMap<DocumentId, Vec<DocumentId>> = FxHashMap::default();
    for (id, _, original) in pairs.iter().filter(|(_, r, _)| *r == Relation::Translation) {
        translations.entry(*original).or_default().push(*id);
    }
    let mut relatives: Vec<(DocumentId, Relative)> = Vec::new();
    for (id, relation, other) in pairs {
        relatives.push((id, Relative { relation, named: true, document: other }));
        relatives.push((other, Relative { relation, named: false, document: id }));
        if relation == Relation::Translation {
            let beside = translations.get(&other).into_iter().flatten().filter(|b| **b != id);
            relatives.extend(
                beside.map(|beside| (id, Relative { relation, named: false, document: *beside })),
            );
        }
    }
    relatives.sort_unstable_by_key(|(id, r)| (*id, r.relation, !r.named, r.document));
    relatives.dedup();
    for (id, relative) in relatives {
        documents[id.0 as usize].relatives.push(relative);
    }
}

fn unknown(
    document: &Document,
    relation: Relation,
    slug: &str,
    slugs: &FxHashMap<&str, DocumentId>,
) -> Diagnostic {
    let key = relation.key();
    // In an order of their own, so that the same one is offered each time.
    let known: BTreeSet<&str> = slugs.keys().copied().filter(|s| *s != document.slug).collect();
    let help = match nearest(slug, known) {
        Some(near) => format!("write `{key} = \"{near}\"`"),
        None => format!("correct the key `{key}`, or remove it"),
    };
    Diagnostic::error(document.path.clone(), format!("there is no other document `{slug}`"))
        .expected("the slug of another document: the last part of its URL")
        .help(help)
}
