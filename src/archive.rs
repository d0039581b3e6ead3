//! Entries → [`Archive`]: documents in their order, each party linked to one organization or person,
//! and for each of those the documents in which it plays a role.
//!
//! It links names to authority records, and documents to those of the same seed, to their replies, to related ones, and to
//! the units of the arrangement in which they lie (`archive/collections.rs`; a unit of which all documents are hidden is
//! hidden with them). It knows metadata only: no body, no URL, no template. What one file says by itself is on its `Card`,
//! which is made in parallel and kept while the file stays as it is.
//!
//! Names that differ by case, quotes, a leading “The”, a bracketed acronym or a trailing country are one
//! (`content::name::key`). Near misses are reported by `check` and never merged.
//!
//! `archive::Audience` alone decides who sees drafts, embargoed and withdrawn documents. Of a document that is not shown
//! nothing but its slug goes on, and no file of the site holds its seed (`tests/cli/hidden.rs` looks into all of them).

mod audience;
mod card;
mod collections;
mod names;
mod related;
mod relations;
mod replies;
mod translations;
mod withheld;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, RangeFrom};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::content::{self, Entry};
use crate::diagnostic::{Diagnostic, Report};
use crate::edtf::Day;
use crate::parallel;
use crate::slug::{LONGEST, short_slug};

pub use audience::{Audience, Tombstone};
pub use card::{Card, DocumentCard, Filed};
pub use collections::{Collection, CollectionCard, CollectionId};
pub use relations::Relative;
pub use translations::{Text, TranslationCard};
pub use withheld::{OfPage, Withheld};

use audience::Fate;
use card::{Bearer, slug_of};
use names::Index;

/// Place of a document in [`Archive::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// What an authority record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorityKind {
    /// A corporate body.
    Organization,
    /// A person.
    Person,
}

impl AuthorityKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Organization, Self::Person];

    /// First part of the URLs of their pages, and the folder of their records below `content/`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Organization => "organizations",
            Self::Person => "people",
        }
    }
}

/// Place of a record in [`Archive::organizations`] or [`Archive::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityId {
    /// Which of the two.
    pub kind: AuthorityKind,
    /// The place in it.
    pub place: u32,
}

impl AuthorityId {
    /// The places of a list of records of one kind, in their order.
    pub fn all(kind: AuthorityKind) -> impl Iterator<Item = Self> {
        (0..).map(move |place| Self { kind, place })
    }

    /// The place, to look something up in a list of the same order.
    pub fn index(self) -> usize {
        self.place as usize
    }
}

/// All documents and authority records, linked.
#[derive(Debug, Default)]
pub struct Archive {
    /// Newest first: by latest day, earliest day, slug; the undated last.
    pub documents: Vec<Document>,
    /// In the order in which they were first declared or named.
    pub organizations: Arc<Vec<Authority>>,
    /// In the order in which they were first declared or named.
    pub people: Arc<Vec<Authority>>,
    /// The arrangement: each unit before its parts.
    pub collections: Arc<Vec<Collection>>,
    /// Pages of the archive's own.
    pub pages: Vec<Arc<Page>>,
    /// `content/index.md`.
    pub home: Option<Arc<Page>>,
    /// The document that the home page shows.
    pub featured: Option<DocumentId>,
    /// Withdrawn documents, by slug.
    pub tombstones: Vec<Tombstone>,
    /// What must not be shown of seeds, by their paths below `seeds/`.
    pub withheld_seeds: BTreeMap<String, Withheld>,
}

/// A document and what it is linked to; what it is by itself is on its card.
#[derive(Debug)]
pub struct Document {
    card: Arc<DocumentCard>,
    /// Parties by role, each as long as the list of the same name in the record.
    pub links: Arc<Links>,
    /// All documents of its seed, this one among them, in the seed's order; none if it is alone.
    pub same_seed: Arc<[DocumentId]>,
    /// The document that it answers.
    pub answers: Option<DocumentId>,
    /// The documents that answer it, oldest first.
    pub answered_by: Vec<DocumentId>,
    /// The documents to which it is bound otherwise, seen from it.
    pub relatives: Vec<Relative>,
    /// Where it lies.
    pub collection: Option<CollectionId>,
}

impl Deref for Document {
    type Target = DocumentCard;

    fn deref(&self) -> &DocumentCard {
        &self.card
    }
}

/// The linked parties of a document.
#[derive(Debug, Default)]
pub struct Links {
    /// Who wrote or issued it.
    pub creators: Vec<Link>,
    /// Who signed it.
    pub signatories: Vec<Link>,
    /// Whom it is addressed to.
    pub recipients: Vec<Link>,
    /// Who gets a copy.
    pub copied: Vec<Link>,
}

impl Links {
    /// Every link with its role, in the order creators, signatories, recipients, copied.
    pub fn all(&self) -> impl Iterator<Item = (Role, Link)> + '_ {
        let roles = [
            (Role::Creator, &self.creators),
            (Role::Signatory, &self.signatories),
            (Role::Recipient, &self.recipients),
            (Role::Copied, &self.copied),
        ];
        roles.into_iter().flat_map(|(role, links)| links.iter().map(move |link| (role, *link)))
    }
}

/// The authority records that a party's names lead to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Link {
    /// The person.
    pub person: Option<AuthorityId>,
    /// The organization.
    pub organization: Option<AuthorityId>,
}

impl Link {
    /// The organization and the person, as far as they are named.
    pub fn both(self) -> impl Iterator<Item = AuthorityId> {
        self.organization.into_iter().chain(self.person)
    }

    /// The person, or the organization where no person is named.
    pub fn first(self) -> Option<AuthorityId> {
        self.person.or(self.organization)
    }

    /// The person or the organization, as asked.
    pub fn of(self, kind: AuthorityKind) -> Option<AuthorityId> {
        match kind {
            AuthorityKind::Organization => self.organization,
            AuthorityKind::Person => self.person,
        }
    }
}

/// What an organization or a person has to do with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Wrote or issued it.
    Creator,
    /// Signed it.
    Signatory,
    /// Was addressed by it.
    Recipient,
    /// Got a copy.
    Copied,
}

/// An organization or a person, declared by a record or only named by documents.
#[derive(Debug, Clone, Default)]
pub struct Authority {
    /// Path of the record's file; none if documents only name it.
    pub path: Option<String>,
    /// Last part of its URL.
    pub slug: String,
    /// Where the record's text begins in its file, in bytes, if it has one.
    pub body: Option<RangeFrom<usize>>,
    /// The record; with a title only, if documents only name it.
    pub record: Arc<content::Authority>,
    /// Every document in which it plays a role, newest first.
    pub documents: Vec<(Role, DocumentId)>,
    /// The body that it is a part of.
    pub part_of: Option<AuthorityId>,
    /// The bodies that are parts of it.
    pub parts: Vec<AuthorityId>,
    /// The bodies that it took the place of.
    pub predecessors: Vec<AuthorityId>,
    /// The bodies that took its place.
    pub successors: Vec<AuthorityId>,
    /// Its record in other languages.
    pub translations: Vec<Arc<TranslationCard>>,
    /// The translation that is shown, in an archive in another language.
    pub translation: Option<Arc<TranslationCard>>,
}

/// A page of the archive's own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Path of the content file, from the root.
    pub path: String,
    /// Its URL's only part.
    pub slug: String,
    /// Where the body begins in the file, in bytes.
    pub body: RangeFrom<usize>,
    /// The front matter.
    pub record: content::Page,
}

/// Links all entries that an audience may see; faults that concern several of them go to `report`.
pub fn assemble(entries: Vec<Entry>, audience: &Audience, report: &Report) -> Archive {
    let cards = parallel::map_taken(entries, Card::of);
    link(&cards.iter().collect::<Vec<_>>(), audience, report)
}

/// Links all cards that an audience may see; faults that concern several of them go to `report`.
pub fn link(cards: &[&Card], audience: &Audience, report: &Report) -> Archive {
    let mut archive = Archive::default();
    let mut hidden = BTreeSet::new();
    let (mut organizations, mut people) =
        (Index::new(AuthorityKind::Organization), Index::new(AuthorityKind::Person));
    let mut documents: Vec<&Arc<DocumentCard>> = Vec::with_capacity(cards.len());
    let (mut units, mut unseen) = (Vec::new(), Vec::new());
    let mut translations = translations::Translations::new();
    let unseen_mails = withheld::unseen_mails(cards, audience);
    for card in cards {
        if let Card::Document(card) = card {
            withheld::withhold(&mut archive.withheld_seeds, &card.record);
            if let Some(today) = audience.today {
                report.extend(in_the_future(card, today));
            }
        }
        match card {
            Card::Document(card) => match audience.fate(&card.record) {
                Fate::Shown if !withheld::came_with(&unseen_mails, &card.record) => {
                    documents.push(card);
                }
                fate => {
                    withheld::hide(&mut archive.withheld_seeds, &card.record);
                    hidden.insert(card.slug.as_str());
                    unseen.push(&**card);
                    if fate == Fate::Withdrawn {
                        archive.tombstones.push(Tombstone::of(card));
                    }
                }
            },
            Card::Page(page) if audience.drafts || !page.record.draft => {
                if page.path == "content/index.md" {
                    archive.home = Some(Arc::clone(page));
                } else {
                    archive.pages.push(Arc::clone(page));
                }
            }
            Card::Page(_) => {}
            Card::Organization(card) => organizations.declare(card, report),
            Card::Person(card) => people.declare(card, report),
            Card::Collection(card) => units.push(card),
            Card::Translation(card) => {
                translations.entry(card.original.clone()).or_default().push(Arc::clone(card));
            }
        }
    }
    withheld::withhold_enclosed(&mut archive.withheld_seeds, &documents);
    newest_first(&mut documents);
    archive.tombstones.sort_by(|a, b| a.slug.cmp(&b.slug));
    archive.pages.sort_by(|a, b| {
        let key = |p: &Page| p.record.weight.unwrap_or(i64::MAX);
        key(a).cmp(&key(b)).then_with(|| a.slug.cmp(&b.slug))
    });
    archive.documents = link_parties(&documents, &mut organizations, &mut people);
    let names = (&organizations, &people);
    let collections = collections::arrange(&units, &unseen, &mut archive.documents, names, report);
    archive.collections = Arc::new(collections);
    let (mut organizations, mut people) =
        (organizations.into_authorities(report), people.into_authorities(report));
    list_roles(&archive.documents, &mut organizations, &mut people);
    archive.organizations = Arc::new(organizations);
    archive.people = Arc::new(people);
    translations::link(translations, &mut archive, cards, report);
    related::link_seeds(&mut archive.documents);
    link_replies(&mut archive, &hidden, report);
    relations::link(&mut archive.documents, &hidden, report);
    archive.featured = featured(&archive, &hidden, report);
    report_equal_slugs(&archive, report);
    archive
}

/// Years after today in which a document may be dated: the clock of a build that is made again is years behind.
pub const AHEAD: i32 = 100;

/// The fault of a document that is dated long after today: the year was mistyped.
fn in_the_future(card: &DocumentCard, today: Day) -> Option<Diagnostic> {
    let date = card.record.date.as_ref()?;
    let year = date.earliest()?.year;
    (year > today.year.saturating_add(AHEAD)).then(|| {
        Diagnostic::error(&card.path, format!("the date `{date}` is in the future"))
            .expected(format!("a year up to {}", today.year))
            .help("correct `date` in the front matter, or remove it if it is unknown")
    })
}

/// Sorts by time, latest first, then by slug, then by path.
fn newest_first(cards: &mut Vec<&Arc<DocumentCard>>) {
    // Beside their keys they are sorted without a look at each of them.
    let mut keyed: Vec<_> = cards.iter().zip(0_u32..).map(|(card, n)| (card.time, n)).collect();
    keyed.sort_unstable_by(|(a, m), (b, n)| {
        let slug = |n: u32| cards[n as usize].slug.as_str();
        b.cmp(a).then_with(|| slug(*m).cmp(slug(*n))).then_with(|| m.cmp(n))
    });
    *cards = keyed.into_iter().map(|(_, n)| cards[n as usize]).collect();
}

/// Resolves the names of all parties; those that no record declares are numbered as they are met.
fn link_parties<'a>(
    cards: &[&'a Arc<DocumentCard>],
    organizations: &mut Index<'a>,
    people: &mut Index<'a>,
) -> Vec<Document> {
    let mut ids: Vec<AuthorityId> = Vec::with_capacity(cards.len() * 3);
    for card in cards {
        for ((bearer, key), (_, form)) in card.keys.iter().zip(card::names_of(&card.record)) {
            let index = match bearer {
                Bearer::Person => &mut *people,
                Bearer::Organization => &mut *organizations,
            };
            ids.push(index.resolve(*key, || form));
        }
    }
    let mut rest = &ids[..];
    let own = cards.iter().map(|card| {
        let (own, others) = rest.split_at(card.keys.len());
        rest = others;
        (*card, own)
    });
    let own: Vec<_> = own.collect();
    let document = |(card, ids): (&Arc<DocumentCard>, &[AuthorityId])| Document {
        card: Arc::clone(card),
        links: Arc::new(Links::of(&card.record, ids)),
        same_seed: Arc::default(),
        answers: None,
        answered_by: Vec::new(),
        relatives: Vec::new(),
        collection: None,
    };
    parallel::map_taken(own, document)
}

impl Links {
    /// The links of a document's parties, given the numbers of all their names.
    fn of(record: &content::Document, ids: &[AuthorityId]) -> Self {
        let mut ids = ids.iter().copied();
        let mut role = |parties: &[content::Party]| {
            let link = |party: &content::Party| Link {
                person: party.person.as_ref().and_then(|_| ids.next()),
                organization: party.organization.as_ref().and_then(|_| ids.next()),
            };
            parties.iter().map(link).collect()
        };
        Self {
            creators: role(&record.creators),
            signatories: role(&record.signatories),
            recipients: role(&record.recipients),
            copied: role(&record.copied),
        }
    }
}

/// The slug that a file's name gives, or that of its folder, without cutting it.
pub(crate) fn file_slug(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    // As Zola and Hugo have it, a folder may stand for its `index.md`.
    let is_folder = name == "index.md" && path.matches('/').count() > 2;
    let name = parts.next().filter(|_| is_folder).unwrap_or(name);
    let slug = crate::slug::slugify(name.strip_suffix(".md").unwrap_or(name));
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

/// Gives each authority the documents in which it plays a role, each role of a document once.
fn list_roles(documents: &[Document], organizations: &mut [Authority], people: &mut [Authority]) {
    for (number, document) in documents.iter().enumerate() {
        let id = DocumentId(u32::try_from(number).expect("fewer than 2^32 documents"));
        for (role, link) in document.links.all() {
            for name in link.both() {
                let authority = match name.kind {
                    AuthorityKind::Organization => &mut organizations[name.index()],
                    AuthorityKind::Person => &mut people[name.index()],
                };
                let known = authority.documents.iter().rev().take_while(|(_, d)| *d == id);
                if !known.into_iter().any(|(r, _)| *r == role) {
                    authority.documents.push((role, id));
                }
            }
        }
    }
}

/// Links each document with the one that it answers: the one that its record declares, else the one
/// that is known by other signs.
///
/// A document that is not shown can be answered, but there is nothing to link.
fn link_replies(archive: &mut Archive, hidden: &BTreeSet<&str>, report: &Report) {
    let mut answers = replies::answered(archive);
    let slugs: OnceCell<FxHashMap<&str, u32>> = OnceCell::new();
    let all_slugs = || archive.documents.iter().map(|d| d.slug.as_str()).zip(0..).collect();
    for (document, answer) in archive.documents.iter().zip(&mut answers) {
        let Some(declared) = &document.record.in_reply_to else { continue };
        let slugs = slugs.get_or_init(all_slugs);
        *answer = slugs.get(declared.value.as_str()).copied().map(DocumentId);
        let is_known = declared.value.is_empty() || hidden.contains(declared.value.as_str());
        if answer.is_none() && !is_known {
            report.push(
                Diagnostic::error(
                    document.path.clone(),
                    format!("there is no document `{}` to reply to", declared.value),
                )
                .expected("the slug of a document: the last part of its URL")
                .help("correct `in_reply_to`; an empty text means that the document answers none"),
            );
        }
    }
    for (number, answer) in answers.into_iter().enumerate().rev() {
        let id = DocumentId(u32::try_from(number).expect("fewer than 2^32 documents"));
        if let Some(answered) = answer {
            archive.documents[number].answers = Some(answered);
            archive.documents[answered.0 as usize].answered_by.push(id);
        }
    }
}

/// The document that `content/index.md` names; one that is not shown is left out without a word.
fn featured(archive: &Archive, hidden: &BTreeSet<&str>, report: &Report) -> Option<DocumentId> {
    let home = archive.home.as_ref()?;
    let slug = home.record.featured.as_ref()?.value.as_str();
    let found = archive.documents.iter().zip((0..).map(DocumentId)).find(|(d, _)| d.slug == slug);
    if found.is_none() && !hidden.contains(slug) {
        report.push(
            Diagnostic::error(&home.path, format!("there is no document `{slug}` to show first"))
                .expected("the slug of a document: the last part of its URL")
                .help("correct the key `featured`, or remove it"),
        );
    }
    found.map(|(_, id)| id)
}

fn report_equal_slugs(archive: &Archive, report: &Report) {
    let documents = archive.documents.iter().map(|d| (d.slug.as_str(), Some(d.path.as_str())));
    let tombstones = archive.tombstones.iter().map(|t| (t.slug.as_str(), Some(t.path.as_str())));
    equal_slugs("documents", documents.chain(tombstones), report);
    for (folder, authorities) in
        [("organizations", &archive.organizations), ("people", &archive.people)]
    {
        let slugs = authorities.iter().map(|a| (a.slug.as_str(), a.path.as_deref()));
        equal_slugs(folder, slugs, report);
    }
    let pages = archive.pages.iter().map(|p| (p.slug.as_str(), Some(p.path.as_str())));
    equal_slugs("pages", pages, report);
    let units = archive.collections.iter().map(|c| (c.card.slug.as_str(), Some(&*c.card.path)));
    equal_slugs("collections", units, report);
    let documents = archive.documents.iter().map(|d| (&d.slug, Some(&d.path)));
    let pages = archive.pages.iter().map(|p| (&p.slug, Some(&p.path)));
    let units = archive.collections.iter().map(|c| (&c.card.slug, Some(&c.card.path)));
    let records = archive.organizations.iter().chain(archive.people.iter());
    let records = records.map(|a| (&a.slug, a.path.as_ref()));
    for (slug, path) in documents.chain(pages).chain(units).chain(records) {
        if let (Some(path), true) = (path, slug.len() > LONGEST) {
            report.push(long_slug(path, slug));
        }
    }
    for page in &archive.pages {
        let corrections = page.slug == "corrections" && archive.has_corrections();
        if corrections || crate::config::RESERVED.contains(&page.slug.as_str()) {
            report.push(
                Diagnostic::error(
                    page.path.clone(),
                    format!("the site itself creates the page `/{}/`", page.slug),
                )
                .expected("a name that the site does not use itself")
                .help("rename the file, or give it a `slug`"),
            );
        }
    }
}

/// The fault of a file whose name, written in plain letters, is too long for a path.
fn long_slug(path: &str, slug: &str) -> Diagnostic {
    let letters = slug.len();
    Diagnostic::error(path, format!("the name of the file gives an address of {letters} letters"))
        .expected(format!("at most {LONGEST} letters, since hosts limit paths"))
        .help(format!("rename the file, or write `slug = \"{}\"` in it", short_slug(slug)))
}

fn equal_slugs<'a>(
    folder: &str,
    slugs: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    report: &Report,
) {
    let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
    seen.reserve(slugs.size_hint().0);
    for (slug, path) in slugs {
        let Some(path) = path else { continue };
        match seen.get(slug) {
            None => {
                seen.insert(slug, path);
            }
            Some(other) => report.push(
                Diagnostic::error(path, format!("two files have the URL `/{folder}/{slug}/`"))
                    .note(format!("the other is {other}"))
                    .expected("one file for each URL")
                    .help(format!("write `slug = \"{slug}-2\"` in one of them, or rename it")),
            ),
        }
    }
}

/// The slug of an authority that has no file: made from its name.
fn name_slug(name: &str) -> String {
    let slug = short_slug(name);
    if slug.is_empty() { "unnamed".to_owned() } else { slug }
}

impl Archive {
    /// Whether any document has a correction that readers see.
    pub fn has_corrections(&self) -> bool {
        self.documents.iter().any(|document| !document.record.corrections.is_empty())
    }

    /// The same with other cards of some documents, which must be linked like those before them.
    pub fn with_cards(&self, cards: &[(Arc<DocumentCard>, Arc<DocumentCard>)]) -> Self {
        let new: FxHashMap<*const DocumentCard, &Arc<DocumentCard>> =
            cards.iter().map(|(old, new)| (Arc::as_ptr(old), new)).collect();
        let described = |document: &Document| Document {
            card: Arc::clone(new.get(&Arc::as_ptr(&document.card)).unwrap_or(&&document.card)),
            links: Arc::clone(&document.links),
            same_seed: Arc::clone(&document.same_seed),
            answers: document.answers,
            answered_by: document.answered_by.clone(),
            relatives: document.relatives.clone(),
            collection: document.collection,
        };
        Self {
            documents: self.documents.iter().map(described).collect(),
            organizations: Arc::clone(&self.organizations),
            people: Arc::clone(&self.people),
            collections: Arc::clone(&self.collections),
            pages: self.pages.clone(),
            home: self.home.clone(),
            featured: self.featured,
            tombstones: self.tombstones.clone(),
            withheld_seeds: self.withheld_seeds.clone(),
        }
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// All records of one kind.
    pub fn authorities(&self, kind: AuthorityKind) -> &[Authority] {
        match kind {
            AuthorityKind::Organization => &self.organizations,
            AuthorityKind::Person => &self.people,
        }
    }

    /// An organization or a person.
    pub fn authority(&self, id: AuthorityId) -> &Authority {
        &self.authorities(id.kind)[id.index()]
    }

    /// The documents most closely related to one by the parties that they share, best first.
    pub fn related(&self, id: DocumentId, at_most: usize) -> Vec<DocumentId> {
        related::by_parties(self, id, at_most)
    }
}
