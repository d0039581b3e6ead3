//! Pages that are one of a kind: home, the archive's own, open data, search.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::html::Html;
use super::super::listed::Listed;
use super::collection::BranchView;
use super::common::{Count, DateView, Link};
use super::drawing::Timeline;

/// `home`: the first page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The introduction, HTML.
    pub text: Html,
    /// Its language, if it is not that of the interface.
    pub lang: Option<String>,
    /// What the archive holds, in words: "34 documents", "58 organizations".
    pub counts: Vec<Link>,
    /// "All 34 documents": the words of the link to them.
    pub all_documents: String,
    /// "All 61 organizations": the words of the link to them.
    pub all_organizations: String,
    /// "All 25 people": the words of the link to them.
    pub all_people: String,
    /// The years of the documents: "2006–2018".
    pub years_text: Option<String>,
    /// A document worth reading first, chosen in `content/index.md`.
    pub featured: Option<Listed>,
    /// The highest units of the arrangement.
    pub collections: Vec<BranchView>,
    /// How many of those are not named there, in words, with a way to all of them.
    pub collections_more: Option<Link>,
    /// Documents per year.
    pub timeline: Option<Timeline>,
    /// Undated documents.
    pub undated: Option<Count>,
    /// Organizations with most documents.
    pub organizations: Vec<Count>,
    /// People with most documents.
    pub people: Vec<Count>,
    /// Kinds.
    pub kinds: Vec<Count>,
    /// Languages.
    pub languages: Vec<Count>,
    /// What came into the archive last.
    pub newest: Vec<Listed>,
}

/// `own`: a page of the archive's own.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPageView {
    /// The text, HTML.
    pub text: Html,
    /// Its language, if it is not translated into that of the interface.
    pub lang: Option<String>,
    /// Whether the text has notes.
    pub notes: bool,
    /// The headings of its parts, if there are three or more.
    pub contents: Vec<PartView>,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// A part of a page of the archive's own.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// The anchor of its heading.
    pub id: String,
    /// The words of its heading, HTML without elements.
    pub title: Html,
}

/// `withdrawn`: what is left of a document that is no longer shown.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawnView {
    /// Why it was withdrawn.
    pub reason: String,
    /// Since when, if that is recorded.
    pub date: Option<DateView>,
}

/// `removed`: a published URL that was given up.
#[derive(Debug, Clone, Serialize)]
pub struct RemovedView {
    /// Since when.
    pub date: Option<DateView>,
}

/// `search`: where the search page finds its index.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// URL of the index's manifest; empty if a server answers.
    pub manifest: String,
    /// URL of the script that reads it.
    pub worker: String,
    /// Where a search server answers instead of the index; then there is no manifest.
    pub endpoint: Option<String>,
    /// First year of the archive's documents, as an example of what can be typed.
    pub first_year: Option<String>,
    /// Last day of the archive's documents, in digits: `2018-06-06`.
    pub last_day: Option<String>,
    /// The month of that day; a month at random if all documents are undated.
    pub month: String,
    /// The archive's own taxonomies by their keys, as JSON; none if documents have no terms.
    pub own: Option<String>,
    /// The way from the page to the site's root: `../`.
    pub root: &'static str,
    /// What the paths of documents begin with in this language: nothing, or `ko/`.
    pub pages: String,
    /// What the index calls kinds and languages, in the words of this language, as JSON; none if it is the default one.
    pub labels: Option<String>,
    /// Dates in the words of this language, by their form, as JSON; none if it is the default one.
    pub dates: Option<String>,
    /// What the index calls a document without a title, with a place for its kind; none in the default language.
    pub untitled: Option<String>,
    /// How a name and the number of further ones are written, by plural category, as JSON.
    pub others: String,
    /// Ways to browse without scripts.
    pub browse: Vec<Link>,
}

/// `data`: the files that hold everything the site shows.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    /// The files below `data/`, the most used first.
    pub files: Vec<DataFileView>,
    /// What programs ask again and again: feed, sitemap.
    pub feeds: Vec<DataFileView>,
    /// Names of the files beside each document: "BibTeX", "Plain text".
    pub beside: Vec<String>,
    /// Rights of documents that have none of their own.
    pub rights: Option<Link>,
    /// Day of the latest change of a record.
    pub changed: Option<DateView>,
}

/// A file of open data.
#[derive(Debug, Clone, Serialize)]
pub struct DataFileView {
    /// Its name.
    pub name: String,
    /// Its URL.
    pub url: String,
    /// Its format: "CSV".
    pub format: String,
    /// Its size in words: "120 kB".
    pub size: Option<String>,
    /// What it holds.
    pub about: String,
}
