//! Archive → [`SitePlan`]: every page of the site with its URL, and the views that its template sees.
//!
//! Views (`src/site/views/`) are documented structs, made one page at a time; they are the whole of what templates can use.
//! Views that many pages show alike are `Shared`. URLs are made in `site/urls.rs` and nowhere else, always with the base
//! path. `site::lock` knows every URL that was published (`content/urls.lock`) and finds where it leads today; a build only
//! reads it, `cli/urls.rs` writes it. `words` holds the strings of the interface and what follows the rules of its
//! language: dates, plurals, order of names. `citation` and `metadata` say what a document is to other programs.

pub mod changes;
pub mod chart;
pub mod citation;
pub mod cited;
pub mod direction;
pub mod html;
pub mod listed;
pub mod lock;
pub mod metadata;
mod network;
pub mod shared;
pub mod views;
pub mod words;

mod describe;
mod languages;
mod order;
mod pages;
mod place;
mod redirects;
mod seed;
mod seed_paths;
pub mod taxonomies;
mod urls;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::anchors;
use crate::archive::{Archive, AuthorityId, AuthorityKind, CollectionId, Document, DocumentId};
use crate::config::{Config, Language};
use crate::edtf::{Day, EdtfDate};
use crate::enclosed;

pub use languages::LanguagePaths;
pub use lock::Lock;
pub use pages::DataFile;
pub use redirects::{BESIDE_PAGES, Redirect, Removed};
pub use seed::{SeedRead, SeedRow};

pub(crate) use describe::identifier_url;

use order::{Lists, Names};
use place::Slugs;
use redirects::OldUrls;
use shared::SharedViews;
use words::Words;

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// `/`
    Home,
    /// `/documents/`, and `/documents/page/2/` on.
    Documents(usize),
    /// `/documents/order/oldest/`: the same in the other order, with the number of the page.
    Oldest(usize),
    /// `/documents/SLUG/`
    Document(DocumentId),
    /// `/documents/SLUG/source/`
    Source(DocumentId),
    /// `/documents/SLUG/` of a withdrawn document, by its place in [`Archive::tombstones`].
    Withdrawn(usize),
    /// `/organizations/`, `/people/`
    Names(AuthorityKind),
    /// `/organizations/SLUG/`, `/people/SLUG/`
    Authority(AuthorityId),
    /// `/years/`
    Years,
    /// `/years/2014/`
    Year(i32),
    /// `/years/undated/`
    Undated,
    /// The second page on of the list of a year, of the undated, of an organization, a person or a collection:
    /// `/years/2014/page/2/`.
    Further(Box<Page>, usize),
    /// `/kinds/`, `/languages/`, `/topics/`
    Facets(Facet),
    /// `/kinds/KEY/` and the like, with the number of the page of its list.
    Choice(Facet, String, usize),
    /// `/collections/`: the tree of the arrangement.
    Collections,
    /// `/collections/SLUG/`
    Collection(CollectionId),
    /// `/search/`
    Search,
    /// `/data/`: the files of open data.
    Data,
    /// `/corrections/`, and `/corrections/page/2/` on.
    Corrections(usize),
    /// `/changes/`, and `/changes/page/2/` on: what changed from one publication to the next.
    Changes(usize),
    /// `/SLUG/`: a page of the archive's own, by its place among those of the plan.
    Own(usize),
    /// `/404.html`
    NotFound,
}

/// A property by which documents are browsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What they are.
    Kind,
    /// What language they are in.
    Language,
    /// What they are about.
    Topic,
    /// A taxonomy of the archive's own, by its place in the settings.
    Own(usize),
}

impl Facet {
    /// Its name in the addresses of searches.
    pub fn parameter(self, config: &Config) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Topic => "topic",
            Self::Own(place) => &config.taxonomies[place].key,
        }
    }

    /// First part of its URLs.
    pub fn path(self, config: &Config) -> &str {
        match self {
            Self::Kind => "kinds",
            Self::Language => "languages",
            Self::Topic => "topics",
            Self::Own(place) => &config.taxonomies[place].key,
        }
    }
}

impl Facet {
    /// Whether an archive without a choice of it has no page of it either.
    pub fn may_be_absent(self) -> bool {
        matches!(self, Self::Topic | Self::Own(_))
    }
}

/// The documents of one choice of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name as shown.
    pub name: String,
    /// Its documents, newest first.
    pub documents: Vec<DocumentId>,
}

/// Every page of the site, and the lists that they are made from.
pub struct SitePlan<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// The settings.
    pub config: &'a Config,
    /// The language of the interface; none if it is the default one.
    pub language: Option<&'a Language>,
    /// The words of the interface.
    pub words: &'a Arc<Words>,
    /// What the default language calls a document without a title; none if it is the language of the interface.
    pub default_untitled: Option<String>,
    /// Pages of the archive's own, in this language as far as they are translated.
    pub own_pages: languages::OwnPages<'a>,
    /// What was published before.
    published: &'a anchors::Lock,
    /// All pages, in the order in which they are made.
    pub pages: Vec<Page>,
    /// Documents by every year to which they may belong, newest first.
    pub years: BTreeMap<i32, Vec<DocumentId>>,
    /// Documents that belong to no year.
    pub undated: Vec<DocumentId>,
    /// Documents by facet and choice; the choice is the last part of its URL.
    pub facets: BTreeMap<Facet, BTreeMap<String, Choice>>,
    /// Organizations that have a document, in the order of their names.
    pub organizations: Vec<AuthorityId>,
    /// People who have a document, in the order of their names.
    pub people: Vec<AuthorityId>,
    /// What was corrected, newest first: the document, and the place among its corrections.
    pub corrections: Vec<(DocumentId, usize)>,
    /// What changed, by day, newest first; none if nothing has since the first publication.
    pub changes: Vec<(Day, changes::Changes)>,
    /// The place of each organization in the order of names, by its number; to sort many lists by name.
    organization_ranks: Vec<u32>,
    /// The place of each person in the order of names.
    people_ranks: Vec<u32>,
    /// Titles that several documents have.
    alike: FxHashSet<&'a str>,
    /// Each document as lists show it, once it was asked for: most stand in many lists.
    items: Vec<OnceLock<listed::Listed>>,
    /// Writes a document in a list as the theme shows it.
    entry: OnceLock<listed::Entry>,
    /// Small numbers of documents, as they are written and in words.
    counts: [OnceLock<(String, String)>; 64],
    /// Views that many pages show alike.
    shared: SharedViews,
    /// The page of each content file, once one is asked for.
    pages_of_contents: OnceLock<FxHashMap<String, Page>>,
    /// Where to look for the page of a path.
    slugs: Slugs<'a>,
    /// Every URL that was ever published.
    lock: &'a Lock,
    /// Where old URLs lead, once one is asked for.
    old_urls: OnceLock<OldUrls>,
    /// Seeds whose plain paths hosts may not tell apart, once one is asked for.
    clashing_seeds: OnceLock<BTreeSet<String>>,
    /// Path below which the site is served: empty, or `/archive`.
    pub(crate) base_path: &'a str,
}

/// A language of the interface with its words.
#[derive(Clone, Copy)]
pub struct Interface<'a> {
    /// The language; none is the default one.
    pub language: Option<&'a Language>,
    /// Its words.
    pub words: &'a Arc<Words>,
}

/// What was published before.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// The anchors of all documents.
    pub anchors: &'a anchors::Lock,
    /// Every URL.
    pub urls: &'a Lock,
}

/// Plans every page of the site in a language of the interface.
pub fn plan<'a>(
    archive: &'a Archive,
    config: &'a Config,
    Interface { language, words }: Interface<'a>,
    Before { anchors: published, urls: lock }: Before<'a>,
) -> SitePlan<'a> {
    let mut plan = SitePlan {
        published,
        archive,
        config,
        language,
        words,
        default_untitled: None,
        own_pages: languages::OwnPages::of(archive, config, language),
        pages: Vec::new(),
        years: BTreeMap::new(),
        undated: Vec::new(),
        facets: BTreeMap::new(),
        organizations: Vec::new(),
        people: Vec::new(),
        corrections: corrections(archive),
        changes: Vec::new(),
        organization_ranks: Vec::new(),
        people_ranks: Vec::new(),
        alike: order::alike(archive),
        items: archive.documents.iter().map(|_| OnceLock::new()).collect(),
        entry: OnceLock::new(),
        counts: [const { OnceLock::new() }; 64],
        shared: SharedViews::default(),
        pages_of_contents: OnceLock::new(),
        slugs: Slugs::default(),
        lock,
        old_urls: OnceLock::new(),
        clashing_seeds: OnceLock::new(),
        base_path: config.base_path(),
    };
    let names = || AuthorityKind::ALL.map(|kind| Names::of(archive, kind, words));
    let (lists, ([organizations, people], slugs)) =
        rayon::join(|| Lists::of(&plan), || rayon::join(names, || Slugs::of(archive)));
    plan.slugs = slugs;
    (plan.years, plan.undated, plan.facets) = (lists.years, lists.undated, lists.facets);
    (plan.organizations, plan.organization_ranks) = (organizations.ids, organizations.ranks);
    (plan.people, plan.people_ranks) = (people.ids, people.ranks);
    plan.changes = plan.find_changes();
    plan.list_pages();
    plan
}

/// Every correction of a document that is shown, newest first; those of one day in the order of the documents.
fn corrections(archive: &Archive) -> Vec<(DocumentId, usize)> {
    let mut all: Vec<(DocumentId, usize)> = Vec::new();
    for (id, document) in (0..).map(DocumentId).zip(&archive.documents) {
        all.extend((0..document.record.corrections.len()).map(|place| (id, place)));
    }
    let day = |(id, place): &(DocumentId, usize)| {
        let correction = &archive.document(*id).record.corrections[*place];
        correction.date.as_ref().and_then(EdtfDate::certain_day)
    };
    all.sort_by_key(|at| (std::cmp::Reverse(day(at)), at.0, std::cmp::Reverse(at.1)));
    all
}

impl SitePlan<'_> {
    /// The names of one kind that have a document, in the order of their names.
    pub fn names(&self, kind: AuthorityKind) -> &[AuthorityId] {
        match kind {
            AuthorityKind::Organization => &self.organizations,
            AuthorityKind::Person => &self.people,
        }
    }

    /// The day on which a record came into the archive: the one that it names, or that of its first publication.
    pub fn added<'b>(&'b self, document: &'b Document) -> Option<&'b EdtfDate> {
        let published = || self.published.line(&document.path)?.added.as_ref();
        document.record.added.as_ref().or_else(published)
    }

    /// The day of a record's last change: the one that it names, or the one on which a change was published; or that
    /// of a later correction.
    pub fn updated<'b>(&'b self, document: &'b Document) -> Option<&'b EdtfDate> {
        let record = &document.record;
        let corrected = record.corrections.iter().filter_map(|correction| correction.date.as_ref());
        let published = || self.published.line(&document.path)?.updated.as_ref();
        corrected.chain(record.updated.as_ref().or_else(published)).max_by_key(|date| date.latest())
    }

    /// Has each document written once as lists show it, for all of them. Call it before a page is made.
    pub fn write_entries(&self, entry: listed::Entry) {
        let _ = self.entry.set(entry);
    }

    fn list_pages(&mut self) {
        let mut pages = vec![Page::Home];
        let count = |n: usize| self.pages_of(n);
        let documents = self.archive.documents.len();
        pages.extend((1..=count(documents)).map(Page::Documents));
        if documents > 1 {
            pages.extend((1..=count(documents)).map(Page::Oldest));
        }
        for id in self.document_ids() {
            pages.push(Page::Document(id));
            if self.has_source_page(id) {
                pages.push(Page::Source(id));
            }
        }
        pages.extend((0..self.archive.tombstones.len()).map(Page::Withdrawn));
        let all = |page: Page, n: usize| {
            let further = (2..=count(n)).map(|n| Page::Further(Box::new(page.clone()), n));
            std::iter::once(page.clone()).chain(further).collect::<Vec<Page>>()
        };
        for kind in AuthorityKind::ALL {
            pages.push(Page::Names(kind));
            for id in self.names(kind) {
                let roles = &self.archive.authority(*id).documents;
                pages.extend(all(Page::Authority(*id), roles.len()));
            }
        }
        pages.push(Page::Years);
        for (year, ids) in &self.years {
            pages.extend(all(Page::Year(*year), ids.len()));
        }
        if !self.undated.is_empty() {
            pages.extend(all(Page::Undated, self.undated.len()));
        }
        for (facet, choices) in &self.facets {
            if facet.may_be_absent() && choices.is_empty() {
                continue;
            }
            pages.push(Page::Facets(*facet));
            for (key, choice) in choices {
                pages.extend(
                    (1..=count(choice.documents.len()))
                        .map(|n| Page::Choice(*facet, key.clone(), n)),
                );
            }
        }
        if !self.archive.collections.is_empty() {
            pages.push(Page::Collections);
        }
        for id in self.collection_ids() {
            pages.extend(all(Page::Collection(id), self.archive.collection(id).documents.len()));
        }
        if self.config.search.enabled {
            pages.push(Page::Search);
        }
        if self.config.outputs.data {
            pages.push(Page::Data);
        }
        if !self.corrections.is_empty() {
            pages.extend((1..=count(self.corrections.len())).map(Page::Corrections));
        }
        if !self.changes.is_empty() {
            pages.extend((1..=count(self.changes.len())).map(Page::Changes));
        }
        pages.extend((0..self.own_pages.all.len()).map(Page::Own));
        pages.push(Page::NotFound);
        if let Some(language) = self.language {
            pages.retain(|page| languages::is_in(language, page));
        }
        self.pages = pages;
    }

    /// How many pages a list of some length takes.
    fn pages_of(&self, length: usize) -> usize {
        length.div_ceil(self.config.paginate_by).max(1)
    }

    /// All documents, newest first.
    pub fn document_ids(&self) -> impl Iterator<Item = DocumentId> + use<> {
        let count = u32::try_from(self.archive.documents.len()).expect("fewer than 2^32 documents");
        (0..count).map(DocumentId)
    }

    /// Whether a document has a page that shows its seed.
    pub fn has_source_page(&self, id: DocumentId) -> bool {
        let Some(source) = self.archive.document(id).record.source.as_ref() else { return false };
        let Some(seed) = source.seed.as_deref() else { return false };
        let withheld = self.archive.withheld_seeds.get(seed);
        // Which lines of a seed that holds something else may be shown must be known.
        let is_known = source.lines.is_some() || withheld.is_none_or(|w| w.hidden.is_empty());
        self.shows_seed(seed) && source.public != Some(false) && is_known
    }

    /// Whether a seed is a table, of which nothing is published but what its columns say of documents.
    fn is_table(&self, seed: &str) -> bool {
        self.config.ingest.tables.iter().any(|table| table == seed)
    }

    /// Whether a seed (a path below `seeds/`) may be downloaded, as far as the settings and the records say.
    pub fn has_download(&self, seed: &str) -> bool {
        let withheld = self.archive.withheld_seeds.get(seed);
        // What came with an e-mail is a part of it as it was received.
        let is_raw = enclosed::mail_of(seed).is_some() && !self.config.outputs.attachments;
        let is_whole = withheld.is_none_or(|withheld| withheld.hidden.is_empty());
        self.shows_seed(seed) && is_whole && !is_raw
    }

    fn shows_seed(&self, seed: &str) -> bool {
        let settings = self.config;
        settings.outputs.source
            && settings.ingest.shows_source(seed)
            && !self.is_table(seed)
            && self.why_withheld(seed).is_none()
    }

    /// Why nothing of a seed is shown, not even its name.
    pub fn why_withheld(&self, seed: &str) -> Option<&str> {
        self.archive.withheld_seeds.get(seed)?.whole.as_deref()
    }

    /// The seed of a document, if readers may know of it.
    pub fn seed_of<'b>(&self, record: &'b crate::content::Document) -> Option<&'b str> {
        let seed = record.source.as_ref()?.seed.as_deref()?;
        self.why_withheld(seed).is_none().then_some(seed)
    }

    /// Those of a document's own fields that readers may have, in the order of the settings.
    pub fn public_extra<'b>(
        &'b self,
        record: &'b crate::content::Document,
    ) -> impl Iterator<Item = (&'b str, &'b serde_json::Value)> {
        let keys = self.config.outputs.extra.iter();
        keys.filter_map(|key| Some((key.as_str(), record.extra.get(key)?)))
    }

    /// The language of a document: its own, or the archive's.
    pub fn language_of<'b>(&'b self, language: &'b str) -> &'b str {
        if language.is_empty() { &self.config.default_language } else { language }
    }
}
