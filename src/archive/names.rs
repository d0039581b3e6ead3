//! Which authority record a name leads to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Authority, AuthorityId, file_slug, name_slug};
use crate::content::{self, name};
use crate::diagnostic::{Diagnostic, Report};

/// The authority records of one folder, found by any form of a name.
#[derive(Debug)]
pub(super) struct Index {
    folder: &'static str,
    authorities: Vec<Authority>,
    by_key: BTreeMap<String, AuthorityId>,
    /// Acronyms; one that several records have leads to none of them.
    by_acronym: BTreeMap<String, Option<AuthorityId>>,
    slugs: BTreeSet<String>,
}

impl Index {
    pub(super) fn new(folder: &'static str) -> Self {
        Self {
            folder,
            authorities: Vec::new(),
            by_key: BTreeMap::new(),
            by_acronym: BTreeMap::new(),
            slugs: BTreeSet::new(),
        }
    }

    /// Adds a record; every form of its name leads to it. A form that leads to another record
    /// already is a fault that names both files.
    pub(super) fn declare(
        &mut self,
        record: content::Authority,
        path: String,
        body: Range<usize>,
        report: &Report,
    ) {
        let id = self.next_id();
        if let Some(acronym) = &record.acronym {
            self.by_acronym
                .entry(name::key(acronym))
                .and_modify(|known| *known = None)
                .or_insert(Some(id));
        }
        let forms = [&record.title].into_iter().chain(&record.aliases);
        let keys: Vec<(String, String)> =
            forms.map(|form| (name::key(form), form.clone())).collect();
        for (key, form) in keys {
            match self.by_key.get(&key) {
                Some(other) if *other != id => {
                    let other = &self.authorities[other.0 as usize];
                    report.push(
                        Diagnostic::error(
                            path.clone(),
                            format!(
                                "`{form}` is a name of two records in `content/{}/`",
                                self.folder
                            ),
                        )
                        .note(format!(
                            "the other is {}, `{}`",
                            other.path.as_deref().unwrap_or_default(),
                            other.record.title
                        ))
                        .expected("each form of a name in one authority record")
                        .help("remove it from one of them, or make them one record"),
                    );
                }
                Some(_) => {}
                None => {
                    self.by_key.insert(key, id);
                }
            }
        }
        let slug = record.slug.as_ref().map_or_else(|| file_slug(&path), |s| s.value.clone());
        self.slugs.insert(slug.clone());
        self.authorities.push(Authority {
            path: Some(path),
            slug,
            body,
            record,
            documents: Vec::new(),
        });
    }

    /// The record that a name leads to; a new one, with the name as its title, if there is none.
    pub(super) fn resolve(&mut self, form: &str) -> AuthorityId {
        let key = name::key(form);
        let acronym = || self.by_acronym.get(&key).copied().flatten();
        if let Some(id) = self.by_key.get(&key).copied().or_else(acronym) {
            return id;
        }
        let id = self.next_id();
        let base = name_slug(form);
        let slug = std::iter::once(base.clone())
            .chain((2..).map(|n| format!("{base}-{n}")))
            .find(|slug| !self.slugs.contains(slug))
            .expect("the numbers do not end");
        self.slugs.insert(slug.clone());
        self.by_key.insert(key, id);
        self.authorities.push(Authority {
            path: None,
            slug,
            body: 0..0,
            record: content::Authority { title: form.to_owned(), ..content::Authority::default() },
            documents: Vec::new(),
        });
        id
    }

    pub(super) fn into_authorities(self) -> Vec<Authority> {
        self.authorities
    }

    fn next_id(&self) -> AuthorityId {
        AuthorityId(u32::try_from(self.authorities.len()).expect("fewer than 2^32 names"))
    }
}
