//! A document as it is cited: as text in four styles, and as BibTeX, RIS and CSL-JSON.
//!
//! Organizations stay whole in all of them, and nobody's family name is guessed.

mod bibtex;
mod csl;
mod date;
mod ris;
mod styles;
mod supplied;

pub use csl::{CslItem, csl_file};

#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;
use std::borrow::Cow;

use serde::Serialize;

use super::SitePlan;
use crate::archive::{self, DocumentId};
use crate::content::Party;
use crate::content::name::{self, Parts};
use crate::edtf::EdtfDate;
use crate::files::{Key, key_of};

/// What a citation says of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Citation {
    /// Title.
    pub title: String,
    /// Whether the title only describes the document: "Letter from A to B".
    pub supplied: bool,
    /// Who is responsible for it: creators, else signatories.
    pub authors: Vec<Author>,
    /// Whom it is addressed to.
    pub recipients: Vec<Author>,
    /// Its date.
    pub date: Option<EdtfDate>,
    /// Language of the text.
    pub language: String,
    /// Zotero item type of its kind.
    pub zotero: String,
    /// RIS type of its kind.
    pub ris: String,
    /// Its kind in the words of the interface.
    pub kind: String,
    /// Its kind in English, as styles name it; none for kinds that say nothing.
    pub genre: Option<String>,
    /// Where it was made.
    pub place: Option<String>,
    /// Its first own symbol.
    pub number: Option<String>,
    /// Name of the archive.
    pub archive: String,
    /// Permanent URL; none if the settings do not say where the site will be.
    pub url: Option<String>,
    /// Slug, for keys.
    pub slug: String,
}

/// Somebody responsible for a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Author {
    /// A person, with the form under which catalogues sort it, if it is known.
    Person(String, Option<String>),
    /// An organization.
    Organization(String),
}

impl Author {
    /// The name as it is written.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(name, _) | Self::Organization(name) => name,
        }
    }

    /// A person's name as `Family, Given`, if an authority record says how it is sorted.
    ///
    /// Family names come first in some languages and last in some, so nothing is guessed.
    pub fn sorted(&self) -> Option<&str> {
        match self {
            Self::Person(_, sorted) => sorted.as_deref(),
            Self::Organization(_) => None,
        }
    }

    /// The name at the head of a list: inverted, but for names that put the family name first anyway, which
    /// have no comma there (CMOS 18, 8.15; MLA 9, 5.9).
    fn listed(&self) -> &str {
        let Some(sorted) = self.sorted() else { return self.name() };
        let turned = sorted.split_once(", ").is_none_or(|(family, given)| {
            let native = self.name().strip_prefix(family).and_then(|rest| rest.strip_prefix(' '));
            native != Some(given)
        });
        if turned { sorted } else { self.name() }
    }

    /// A person's name as `Family, Given`, with a comma whatever its script, as programs read it.
    pub fn inverted(&self) -> Option<Cow<'_, str>> {
        let sorted = self.sorted()?;
        if sorted.contains(", ") {
            return Some(Cow::Borrowed(sorted));
        }
        let Parts { family, given, .. } = self.parts()?;
        Some(Cow::Owned(format!("{family}, {given}")))
    }

    /// Family and given name, if they are known.
    fn parts(&self) -> Option<Parts<'_>> {
        name::parts(self.sorted()?)
    }
}

/// The citation of a document.
pub fn citation(plan: &SitePlan<'_>, id: DocumentId) -> Citation {
    let document = plan.archive.document(id);
    let record = &document.record;
    let kind = plan.config.kinds.get(&record.kind).or_else(|| plan.config.kinds.get("other"));
    let (zotero, ris) = kind.map_or(("document", "ELEC"), |k| (&k.zotero, &k.ris));
    Citation {
        title: plan.title(id),
        supplied: plan.shared.supplied.get(&id, || supplied(plan, document, zotero)),
        authors: responsible(plan, document),
        recipients: authors(plan, &record.recipients, &document.links.recipients),
        date: record.date.clone(),
        language: plan.language_of(&record.language).to_owned(),
        zotero: zotero.to_owned(),
        ris: ris.to_owned(),
        kind: plan.kind_name(&record.kind),
        genre: genre(&record.kind, kind.and_then(|k| k.name.as_deref())),
        place: record.place.clone(),
        number: record.references.first().cloned(),
        archive: plan.config.archive_name().to_owned(),
        url: plan.address(&super::Page::Document(id)),
        slug: document.slug.clone(),
    }
}

impl SitePlan<'_> {
    /// The key of a document's citation: whatever is made of citations with the same keys is the same.
    pub fn citation_key(&self, id: DocumentId) -> Key {
        self.shared.citations.get(&id, || key_of(&citation(self, id)))
    }
}

/// Who is responsible for a document: creators, else signatories.
pub fn responsible(plan: &SitePlan<'_>, document: &archive::Document) -> Vec<Author> {
    first_responsible(plan, document, usize::MAX)
}

/// The first of those who are responsible for a document, for what is written many times.
pub fn first_responsible(
    plan: &SitePlan<'_>,
    document: &archive::Document,
    at_most: usize,
) -> Vec<Author> {
    let (record, links) = (&document.record, &document.links);
    let creators = first_authors(plan, &record.creators, &links.creators, at_most);
    if creators.is_empty() {
        return first_authors(plan, &record.signatories, &links.signatories, at_most);
    }
    creators
}

/// Whether the title only describes the document, which is known by the names of its parties; other
/// kinds than letters, mails and memoranda have titles of their own.
fn supplied(plan: &SitePlan<'_>, document: &archive::Document, zotero: &str) -> bool {
    let (record, links) = (&document.record, &document.links);
    if record.title.trim().is_empty() {
        return true;
    }
    if !matches!(zotero, "letter" | "email" | "report") {
        return false;
    }
    let mut senders = forms(plan, &record.signatories, &links.signatories);
    senders.extend(forms(plan, &record.creators, &links.creators));
    let recipients = forms(plan, &record.recipients, &links.recipients);
    supplied::is_supplied(&record.title, &senders, &recipients)
}

/// Every form of the names of some parties: as written, preferred and other ones.
fn forms<'p>(
    plan: &'p SitePlan<'_>,
    parties: &'p [Party],
    links: &[archive::Link],
) -> Vec<&'p str> {
    let written = parties.iter().flat_map(|p| p.person.iter().chain(&p.organization));
    let mut forms: Vec<&str> = written.map(String::as_str).collect();
    for link in links {
        for id in link.person.into_iter().chain(link.organization) {
            let record = &plan.archive.authority(id).record;
            let others = record.aliases.iter().chain(&record.acronym);
            forms.extend(std::iter::once(&record.title).chain(others).map(String::as_str));
        }
    }
    forms
}

/// A kind as English styles name it: the archive's own name for it, else its key, which is English.
fn genre(key: &str, own: Option<&str>) -> Option<String> {
    if let Some(own) = own {
        return Some(own.to_owned());
    }
    let mut characters = key.chars();
    let first = characters.next().filter(|_| key != "other")?;
    Some(first.to_uppercase().chain(characters).collect::<String>().replace('-', " "))
}

/// Each person, or the organization where no person is named, once, by its preferred name.
pub(crate) fn authors(
    plan: &SitePlan<'_>,
    parties: &[Party],
    links: &[archive::Link],
) -> Vec<Author> {
    first_authors(plan, parties, links, usize::MAX)
}

fn first_authors(
    plan: &SitePlan<'_>,
    parties: &[Party],
    links: &[archive::Link],
    at_most: usize,
) -> Vec<Author> {
    let mut seen = FxHashSet::default();
    let author = |(party, link): (&Party, &archive::Link)| match (link.person, link.organization) {
        (Some(id), _) if party.person.is_some() => {
            let record = &plan.archive.authority(id).record;
            let person = || Author::Person(record.title.clone(), record.sort_name.clone());
            seen.insert(id).then(person)
        }
        (_, Some(id)) => {
            let record = &plan.archive.authority(id).record;
            seen.insert(id).then(|| Author::Organization(record.title.clone()))
        }
        _ => None,
    };
    parties.iter().zip(links).filter_map(author).take(at_most).collect()
}
