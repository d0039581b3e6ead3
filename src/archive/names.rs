//! Which authority record a name leads to.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::card::AuthorityCard;
use super::{Authority, AuthorityId, AuthorityKind, name_slug};
use crate::content::{self, name};
use crate::diagnostic::{Diagnostic, Report};
use crate::parallel;

/// The authority records of one folder, found by any form of a name.
#[derive(Debug)]
pub(super) struct Index<'a> {
    kind: AuthorityKind,
    declared: Vec<&'a AuthorityCard>,
    /// Names that no record declares, as they were first met.
    named: Vec<&'a str>,
    by_key: FxHashMap<name::Digest, AuthorityId>,
    /// Acronyms; one that several records have leads to none of them.
    by_acronym: FxHashMap<name::Digest, Option<AuthorityId>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(kind: AuthorityKind) -> Self {
        Self {
            kind,
            declared: Vec::new(),
            named: Vec::new(),
            by_key: FxHashMap::default(),
            by_acronym: FxHashMap::default(),
        }
    }

    /// Adds a record; every form of its name leads to it. A form that leads to another record
    /// already is a fault that names both files.
    ///
    /// All records are declared before a name is resolved.
    pub(super) fn declare(&mut self, card: &'a AuthorityCard, report: &Report) {
        let id = self.next_id();
        if let Some(acronym) = card.acronym {
            self.by_acronym.entry(acronym).and_modify(|known| *known = None).or_insert(Some(id));
        }
        let record = &card.record;
        let forms = [&record.title].into_iter().chain(&record.aliases);
        for (form, key) in forms.zip(&card.keys) {
            let known = *self.by_key.entry(*key).or_insert(id);
            if known != id {
                let other = self.declared[known.index()];
                report.push(
                    Diagnostic::error(
                        card.path.clone(),
                        format!(
                            "`{form}` is a name of two records in `content/{}/`",
                            self.kind.folder()
                        ),
                    )
                    .note(format!("the other is {}, `{}`", other.path, other.record.title))
                    .expected("each form of a name in one authority record")
                    .help("remove it from one of them, or make them one record"),
                );
            }
        }
        self.declared.push(card);
    }

    /// The record that a name leads to, by its key; a new one, with `form` as its title, if there is none.
    pub(super) fn resolve(
        &mut self,
        key: name::Digest,
        form: impl FnOnce() -> &'a str,
    ) -> AuthorityId {
        let acronym = || self.by_acronym.get(&key).copied().flatten();
        if let Some(id) = self.by_key.get(&key).copied().or_else(acronym) {
            return id;
        }
        let id = self.next_id();
        self.by_key.insert(key, id);
        self.named.push(form());
        id
    }

    /// The record that a name leads to, by its key.
    pub(super) fn find(&self, key: name::Digest) -> Option<AuthorityId> {
        let acronym = || self.by_acronym.get(&key).copied().flatten();
        self.by_key.get(&key).copied().or_else(acronym)
    }

    /// The bodies that records name under a key, by the place of the record: wholes, or predecessors. A name that leads
    /// nowhere, or back to the record, is a fault.
    fn bodies(&self, key: Bound, report: &Report) -> Vec<(AuthorityId, AuthorityId)> {
        let mut bound: Vec<(AuthorityId, AuthorityId)> = Vec::new();
        for (id, card) in AuthorityId::all(self.kind).zip(&self.declared) {
            for name in key.names(&card.record) {
                match self.find(name::digest(name)) {
                    Some(other) if !leads_back(id, other, &bound) => bound.push((id, other)),
                    Some(_) => report.push(
                        Diagnostic::error(
                            card.path.clone(),
                            format!("`{}` is {} itself", card.record.title, key.said()),
                        )
                        .expected(key.expected())
                        .help(format!(
                            "correct `{}` here, or in the record that it names",
                            key.key()
                        )),
                    ),
                    None => report.push(
                        Diagnostic::error(card.path.clone(), format!("nobody is called `{name}`"))
                            .expected(
                                "a name of an organization that has a record, or that a document names",
                            )
                            .help(format!(
                                "write a record for it in `content/{}/`, or correct `{}`",
                                self.kind.folder(),
                                key.key()
                            )),
                    ),
                }
            }
        }
        bound
    }

    pub(super) fn into_authorities(self, report: &Report) -> Vec<Authority> {
        let wholes = self.bodies(Bound::PartOf, report);
        let predecessors = self.bodies(Bound::SuccessorOf, report);
        let declared = self.declared.iter().map(|card| Authority {
            path: Some(card.path.clone()),
            slug: card.slug.clone(),
            body: card.body.clone(),
            record: Arc::clone(&card.record),
            ..Authority::default()
        });
        let mut authorities: Vec<Authority> = declared.collect();
        let named = parallel::map(&self.named, |form| {
            let title = (*form).to_owned();
            let record = content::Authority { title, ..content::Authority::default() };
            Authority { slug: name_slug(form), record: Arc::new(record), ..Authority::default() }
        });
        authorities.extend(named);
        for (part, whole) in wholes {
            authorities[part.index()].part_of = Some(whole);
            authorities[whole.index()].parts.push(part);
        }
        for (later, earlier) in predecessors {
            authorities[later.index()].predecessors.push(earlier);
            authorities[earlier.index()].successors.push(later);
        }
        tell_apart(&mut authorities);
        authorities
    }

    fn next_id(&self) -> AuthorityId {
        let count = self.declared.len() + self.named.len();
        AuthorityId { kind: self.kind, place: u32::try_from(count).expect("fewer than 2^32 names") }
    }
}

/// How a record names other bodies.
#[derive(Debug, Clone, Copy)]
enum Bound {
    PartOf,
    SuccessorOf,
}

impl Bound {
    fn names(self, record: &content::Authority) -> &[String] {
        match self {
            Self::PartOf => record.part_of.as_slice(),
            Self::SuccessorOf => &record.successor_of,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::PartOf => "part_of",
            Self::SuccessorOf => "successor_of",
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::PartOf => "the name of a larger body",
            Self::SuccessorOf => "the name of an earlier body",
        }
    }

    fn said(self) -> &'static str {
        match self {
            Self::PartOf => "a part of",
            Self::SuccessorOf => "a successor of",
        }
    }
}

/// Whether a body, or one that it is bound to, is the one that names it.
fn leads_back(id: AuthorityId, other: AuthorityId, bound: &[(AuthorityId, AuthorityId)]) -> bool {
    let mut seen = vec![other];
    let mut at = 0;
    while let Some(body) = seen.get(at).copied() {
        if body == id {
            return true;
        }
        let next = bound.iter().filter(|(one, _)| *one == body).map(|(_, other)| *other);
        let new: Vec<AuthorityId> = next.filter(|other| !seen.contains(other)).collect();
        seen.extend(new);
        at += 1;
    }
    false
}

/// Numbers equal slugs of those that have no file: `name`, `name-2`, `name-3`.
fn tell_apart(authorities: &mut [Authority]) {
    let mut slugs: FxHashSet<String> = FxHashSet::default();
    slugs.reserve(authorities.len());
    let mut last_numbers: FxHashMap<String, usize> = FxHashMap::default();
    for authority in authorities {
        if slugs.insert(authority.slug.clone()) || authority.path.is_some() {
            continue;
        }
        let base = &authority.slug;
        let last = last_numbers.entry(base.clone()).or_insert(1);
        let numbered = loop {
            *last += 1;
            let slug = format!("{base}-{last}");
            if slugs.insert(slug.clone()) {
                break slug;
            }
        };
        authority.slug = numbered;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_one_slug_are_numbered_past_those_that_are_taken() {
        let authority = |path: Option<&str>, slug: &str| Authority {
            path: path.map(str::to_owned),
            slug: slug.to_owned(),
            ..Authority::default()
        };
        let mut all = vec![
            authority(Some("content/people/a-3.md"), "a-3"),
            authority(Some("content/people/b.md"), "a-3"),
            authority(None, "a"),
            authority(None, "a"),
            authority(None, "a"),
            authority(None, "a-2"),
        ];
        tell_apart(&mut all);
        let slugs: Vec<&str> = all.iter().map(|a| a.slug.as_str()).collect();
        assert_eq!(slugs, ["a-3", "a-3", "a", "a-2", "a-4", "a-2-2"]);
    }
}
