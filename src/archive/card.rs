//! Content file → [`Card`]: what linking takes from one file alone, made once for each file and in
//! parallel, and kept while the file stays as it is.

use std::ops::RangeFrom;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::collections::CollectionCard;
use super::translations::TranslationCard;
use super::{Page, file_slug, replies};
use crate::content::{self, Entry, Party, Record, name};
use crate::edtf::{Day, EdtfDate};

/// A content file as it is filed, not linked to any other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Card {
    /// A document.
    Document(Arc<DocumentCard>),
    /// The authority record of a corporate body.
    Organization(Arc<AuthorityCard>),
    /// The authority record of a person.
    Person(Arc<AuthorityCard>),
    /// A unit of the arrangement.
    Collection(Arc<CollectionCard>),
    /// A page of the archive's own.
    Page(Arc<Page>),
    /// The record of a name or of a unit in another language.
    Translation(Arc<TranslationCard>),
}

/// What is known of a document by itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentCard {
    /// Path of the content file, from the root.
    pub path: String,
    /// Last part of its URL.
    pub slug: String,
    /// Where the body begins in the file, in bytes.
    pub body: RangeFrom<usize>,
    /// The first sentences of the body, without marks.
    pub excerpt: Option<String>,
    /// The front matter.
    pub record: content::Document,
    /// Its place in time.
    pub(super) time: Time,
    /// The keys of all names of its parties, in the order in which [`names_of`] gives them.
    pub(super) keys: Box<[(Bearer, name::Digest)]>,
    /// Whether its first words are those of an answer.
    pub(super) opens_an_answer: bool,
}

/// What is known of an organization or a person by its record.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorityCard {
    /// Path of the content file, from the root.
    pub(super) path: String,
    /// Last part of its URL.
    pub(super) slug: String,
    /// Where the record's text begins in its file, in bytes; most have none.
    pub(super) body: Option<RangeFrom<usize>>,
    /// The front matter.
    pub(super) record: Arc<content::Authority>,
    /// The key of the acronym.
    pub(super) acronym: Option<name::Digest>,
    /// The keys of the title and of the other forms of the name.
    pub(super) keys: Box<[name::Digest]>,
}

impl Card {
    /// The card of a content file.
    pub fn of(entry: Entry) -> Self {
        let Entry { path, record, body, excerpt } = entry;
        let text = (!body.is_empty()).then_some(body.start..);
        let body = body.start..;
        match record {
            Record::Document(record) => {
                Self::Document(Arc::new(DocumentCard::of(path, body, excerpt, *record)))
            }
            Record::Organization(record) => {
                Self::Organization(Arc::new(AuthorityCard::of(path, text, *record)))
            }
            Record::Person(record) => {
                Self::Person(Arc::new(AuthorityCard::of(path, text, *record)))
            }
            Record::Collection(record) => {
                Self::Collection(Arc::new(CollectionCard::of(path, text, *record)))
            }
            Record::Page(record) => {
                let slug = slug_of(record.slug.as_ref().map(|s| s.value.as_str()), &path);
                Self::Page(Arc::new(Page { path, slug, body, record: *record }))
            }
            Record::Translation(translated) => {
                let content::Translated { original, tag, record } = *translated;
                Self::Translation(Arc::new(TranslationCard {
                    path,
                    original,
                    tag,
                    body: text,
                    record,
                }))
            }
        }
    }
}

impl AuthorityCard {
    /// The path of the file and its front matter.
    pub fn described(&self) -> (&str, &content::Authority) {
        (&self.path, &self.record)
    }
}

impl DocumentCard {
    fn of(
        path: String,
        body: RangeFrom<usize>,
        excerpt: Option<String>,
        record: content::Document,
    ) -> Self {
        Self {
            slug: slug_of(record.slug.as_ref().map(|s| s.value.as_str()), &path),
            path,
            body,
            time: Time::of(record.date.as_ref()),
            keys: names_of(&record).map(|(bearer, name)| (bearer, name::digest(name))).collect(),
            opens_an_answer: excerpt.as_deref().is_some_and(replies::opens_an_answer),
            excerpt,
            record,
        }
    }
}

/// Under which year lists file a document: the first in which it can have been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// A year.
    Year(i32),
    /// No year: any before a certain one.
    Uncertain,
    /// No year: the document is undated.
    Undated,
}

impl DocumentCard {
    /// Under which year lists file it. Documents in their order are in the order of these.
    pub fn filed(&self) -> Filed {
        self.time.filed()
    }
}

impl DocumentCard {
    /// Whether all that is linked of another card of the same file is linked of this one too: they differ
    /// only in what the document says of itself.
    pub fn is_linked_like(&self, other: &Self) -> bool {
        let (a, b) = (&self.record, &other.record);
        let reply =
            |record: &content::Document| record.in_reply_to.as_ref().map(|r| r.value.clone());
        // Whatever is named by a slug, but for what it answers.
        let slugs = |record: &'_ content::Document| {
            let collection = record.collection.iter().map(|slug| (None, slug.value.clone()));
            let others = record.relations.iter();
            let others = others.map(|(relation, slug)| (Some(*relation), slug.value.clone()));
            collection.chain(others).collect::<Vec<_>>().into_iter()
        };
        self.slug == other.slug
            && self.time == other.time
            && self.opens_an_answer == other.opens_an_answer
            && (a.draft, a.embargo_until) == (b.draft, b.embargo_until)
            && (&a.withdrawn, &b.withdrawn) == (&None, &None)
            // A name that no record declares is known by the form that is met first.
            && (&a.creators, &a.signatories) == (&b.creators, &b.signatories)
            && (&a.recipients, &a.copied) == (&b.recipients, &b.copied)
            && (&a.reference, &a.references) == (&b.reference, &b.references)
            && a.source == b.source
            && a.withheld == b.withheld
            && a.files == b.files
            && reply(a) == reply(b)
            && slugs(a).eq(slugs(b))
    }
}

impl AuthorityCard {
    fn of(path: String, body: Option<RangeFrom<usize>>, record: content::Authority) -> Self {
        let forms = [&record.title].into_iter().chain(&record.aliases);
        Self {
            slug: slug_of(record.slug.as_ref().map(|s| s.value.as_str()), &path),
            path,
            body,
            acronym: record.acronym.as_deref().map(name::digest),
            keys: forms.map(|form| name::digest(form)).collect(),
            record: Arc::new(record),
        }
    }
}

/// Whether a name is a person's or an organization's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Bearer {
    Person,
    Organization,
}

/// Every name of a document's parties: role by role, party by party, the person before the organization.
pub(super) fn names_of(record: &content::Document) -> impl Iterator<Item = (Bearer, &str)> {
    let roles = [&record.creators, &record.signatories, &record.recipients, &record.copied];
    roles.into_iter().flatten().flat_map(|party: &Party| {
        let person = party.person.as_deref().map(|name| (Bearer::Person, name));
        let organization = party.organization.as_deref().map(|name| (Bearer::Organization, name));
        person.into_iter().chain(organization)
    })
}

/// A document's place in time: the undated first, then by the earliest day, then by the latest.
///
/// An open start is earlier than any day, an open end later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Time {
    earliest: i64,
    latest: i64,
}

impl Time {
    fn filed(self) -> Filed {
        match self.earliest {
            i64::MIN => Filed::Undated,
            OPEN => Filed::Uncertain,
            day => i32::try_from(day.div_euclid(16 * 32)).map_or(Filed::Uncertain, Filed::Year),
        }
    }

    fn of(date: Option<&EdtfDate>) -> Self {
        // More than a month has days, more than a year has months.
        let number = |d: Day| (i64::from(d.year) * 16 + i64::from(d.month)) * 32 + i64::from(d.day);
        let Some(date) = date else { return Self { earliest: i64::MIN, latest: i64::MIN } };
        Self {
            earliest: date.earliest().map_or(OPEN, number),
            latest: date.latest().map_or(i64::MAX, number),
        }
    }
}

/// The start of a span that is open to the past.
const OPEN: i64 = i64::MIN + 1;

pub(super) fn slug_of(declared: Option<&str>, path: &str) -> String {
    declared.map_or_else(|| file_slug(path), str::to_owned)
}
