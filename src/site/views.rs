//! What templates see. Each page's template gets `site`, `page` and the view of its kind under the
//! name that its struct's documentation gives; a field that is `None` prints nothing.

use serde::Serialize;
use serde_json::{Map, Value};

/// `site`: the same on every page.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// One sentence on what the archive is.
    pub description: Option<String>,
    /// Language of the interface, a BCP 47 tag.
    pub language: String,
    /// Name of the holding archive.
    pub archive: String,
    /// Who publishes the site.
    pub publisher: Option<String>,
    /// An e-mail address or a URL.
    pub contact: Option<Link>,
    /// URL of the home page.
    pub url: String,
    /// Path below which the site is served: empty, or `/archive`.
    pub base_path: String,
    /// The main navigation.
    pub navigation: Vec<NavigationItem>,
    /// Pages of the archive's own, for the foot of every page.
    pub pages: Vec<Link>,
    /// URL of the search page.
    pub search: Option<String>,
    /// URL of the Atom feed.
    pub feed: Option<String>,
    /// URL of the page of data files, if there are any.
    pub data: Option<String>,
    /// Number of documents.
    pub documents: usize,
    /// `[extra]` of config.toml.
    pub extra: Map<String, Value>,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    /// Its name.
    pub name: String,
    /// Its URL.
    pub url: String,
    /// First part of the URLs below it, to tell where the reader is: `documents`.
    pub section: String,
}

/// `page`: what every page says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct PageInfo {
    /// Title.
    pub title: String,
    /// One or two sentences for search engines and previews.
    pub description: String,
    /// First part of its URL: `documents`; empty for the home page.
    pub section: String,
    /// Its URL.
    pub url: String,
    /// Its full URL, as it is cited; none if the settings have no `base_url`.
    pub permanent_url: Option<String>,
    /// Ways up from here: the pages that this one is below.
    pub breadcrumbs: Vec<Link>,
    /// Whether search engines should leave it out.
    pub unlisted: bool,
    /// What tells machines what the page is, in its head: HTML that the program made, ready to be written.
    pub head: String,
    /// schema.org description, JSON that is safe inside a `<script>`.
    pub json_ld: Option<String>,
}

/// A name that may lead somewhere.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: Option<String>,
}

/// A name with a number of documents.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// How many documents.
    pub count: usize,
    /// The number in words: "3 documents".
    pub count_text: String,
}

/// A date as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// In words: "about November 2009", or "undated".
    pub text: String,
    /// The EDTF expression.
    pub edtf: Option<String>,
    /// Value for `<time datetime>`, if HTML can express the date.
    pub datetime: Option<String>,
    /// Whether it is less than certain to its precision.
    pub doubtful: bool,
}

/// A person, an organization, or a person who acts for an organization.
#[derive(Debug, Clone, Serialize)]
pub struct PartyView {
    /// The person.
    pub person: Option<Link>,
    /// In what role.
    pub role: Option<String>,
    /// The organization.
    pub organization: Option<Link>,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentItem {
    /// Title.
    pub title: String,
    /// URL.
    pub url: String,
    /// Language of the title, if it is not that of the interface.
    pub lang: Option<String>,
    /// Date.
    pub date: DateView,
    /// What it is: "Open letter".
    pub kind: String,
    /// Who it is from, in words.
    pub from: Option<String>,
    /// Who it is to, in words.
    pub to: Option<String>,
    /// First sentences.
    pub description: Option<String>,
    /// Whether it is the document whose page this is.
    pub current: bool,
}

/// `document`: everything about one document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Title.
    pub title: String,
    /// Language of the text, a BCP 47 tag.
    pub lang: String,
    /// Whether that is another language than the interface's.
    pub foreign: bool,
    /// Direction of the text: `ltr` or `rtl`.
    pub dir: &'static str,
    /// Date.
    pub date: DateView,
    /// Links to the pages of the years that it may belong to: "all of 2014".
    pub years: Vec<Link>,
    /// What it is.
    pub kind: Link,
    /// Its language by name.
    pub language: Link,
    /// Where it was made.
    pub place: Option<String>,
    /// What it says that it is about.
    pub subject: Option<String>,
    /// Its own symbols.
    pub references: Vec<String>,
    /// Who wrote or issued it.
    pub creators: Vec<PartyView>,
    /// Who signed it.
    pub signatories: Vec<PartyView>,
    /// Whom it is addressed to.
    pub recipients: Vec<PartyView>,
    /// Who gets a copy.
    pub copied: Vec<PartyView>,
    /// What it is about.
    pub topics: Vec<Link>,
    /// The text, HTML; notes stand with the block that first refers to them.
    pub text: String,
    /// Whether the text has notes.
    pub notes: bool,
    /// All documents of its seed, in the seed's order, if it is not alone.
    pub parts: Vec<DocumentItem>,
    /// The document that it answers.
    pub answers: Option<DocumentItem>,
    /// The documents that answer it, oldest first.
    pub answered_by: Vec<DocumentItem>,
    /// The document before it in time.
    pub previous: Option<DocumentItem>,
    /// The document after it in time.
    pub next: Option<DocumentItem>,
    /// Documents that share parties with it.
    pub related: Vec<DocumentItem>,
    /// How to cite it.
    pub citation: CitationView,
    /// Where the text comes from.
    pub source: Option<SourceView>,
    /// Rights.
    pub rights: Option<Link>,
    /// Doubts that nobody has settled yet.
    pub reviews: Vec<ReviewView>,
    /// Whether a person corrected it since it was read from its source.
    pub corrected: bool,
    /// Day on which the record came into the archive.
    pub added: Option<DateView>,
    /// Day of the record's last change.
    pub updated: Option<DateView>,
    /// Where to suggest a correction.
    pub corrections: Option<String>,
    /// URL of the plain text.
    pub text_file: Option<String>,
    /// COinS: the `title` of a `Z3988` span.
    pub coins: String,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// A document's text as a page is made of it; its parts stand in [`DocumentView`].
#[derive(Debug, Clone)]
pub struct DocumentText {
    /// The body as HTML.
    pub html: String,
    /// Whether it has notes.
    pub notes: bool,
    /// Whether a person corrected the file since it was read from its source.
    pub corrected: bool,
}

/// How to cite a document.
#[derive(Debug, Clone, Serialize)]
pub struct CitationView {
    /// As a note in the style of the Chicago Manual. The styles are English, whatever the interface is.
    pub chicago: String,
    /// The same for the first numbered paragraph, if there is one.
    pub chicago_paragraph: Option<String>,
    /// As an entry of a bibliography in the style of the Chicago Manual.
    pub chicago_bibliography: String,
    /// As an entry of a reference list in the style of the APA.
    pub apa: String,
    /// As an entry of a list of works cited in the style of the MLA.
    pub mla: String,
    /// URL of the BibTeX file.
    pub bibtex: Option<String>,
    /// URL of the RIS file.
    pub ris: Option<String>,
    /// URL of the CSL-JSON file.
    pub csl: Option<String>,
}

/// Where a document's text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Name of the seed.
    pub seed: Option<String>,
    /// SHA-256 of the seed's bytes.
    pub sha256: Option<String>,
    /// First line in the seed.
    pub first_line: Option<usize>,
    /// Last line in the seed.
    pub last_line: Option<usize>,
    /// Where the text was found.
    pub url: Option<String>,
    /// URL of the page that shows the seed's lines.
    pub page: Option<String>,
}

/// A doubt about a field.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// Name of the field in words.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// The seed's line that tells of it.
    pub line: Option<usize>,
    /// URL of that line.
    pub url: Option<String>,
}

/// `source`: the lines of a seed that a document was read from.
#[derive(Debug, Clone, Serialize)]
pub struct SourcePageView {
    /// The document.
    pub document: DocumentItem,
    /// Path of the seed below `seeds/`.
    pub seed: String,
    /// SHA-256 of the seed's bytes.
    pub sha256: Option<String>,
    /// URL of the seed as it is.
    pub download: Option<String>,
    /// The lines as rows of a table, each with its number as a link to itself: HTML that the program made.
    pub rows: String,
    /// Whether the seed is still in the archive.
    pub present: bool,
    /// Whether the seed has changed since the document was drafted.
    pub changed: bool,
}

/// `authority`: an organization or a person.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorityView {
    /// Preferred name.
    pub name: String,
    /// Whether it is a person.
    pub person: bool,
    /// Other forms of the name.
    pub forms: Vec<String>,
    /// Acronym.
    pub acronym: Option<String>,
    /// Country of its seat.
    pub country: Option<String>,
    /// Dates of existence.
    pub dates: Option<DateView>,
    /// Its web site.
    pub website: Option<String>,
    /// Numbers in other authority files.
    pub identifiers: Vec<IdentifierView>,
    /// The record's text, HTML.
    pub text: String,
    /// Number of documents in words.
    pub count_text: String,
    /// Documents by role.
    pub roles: Vec<RoleView>,
    /// Documents per year.
    pub timeline: Option<Timeline>,
    /// Who appears as author or signatory of the same documents, most often first.
    pub cosigners: Vec<Count>,
    /// For an organization: people who act for it; for a person: organizations that it acts for.
    pub affiliations: Vec<Count>,
    /// URL of its feed.
    pub feed: Option<String>,
    /// `[extra]` of the record.
    pub extra: Map<String, Value>,
}

/// A number in another authority file.
#[derive(Debug, Clone, Serialize)]
pub struct IdentifierView {
    /// Name of the authority file.
    pub scheme: String,
    /// The number.
    pub value: String,
    /// Where the authority file shows it.
    pub url: Option<String>,
}

/// The documents in which somebody plays a role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// `creator`, `signatory`, `recipient` or `copied`.
    pub role: &'static str,
    /// The role in words.
    pub name: String,
    /// The documents, newest first.
    pub documents: Vec<DocumentItem>,
}

/// `list`: names, in the order of the alphabet, by first letter.
#[derive(Debug, Clone, Serialize)]
pub struct NameListView {
    /// How many names, in words.
    pub count_text: String,
    /// By first letter.
    pub letters: Vec<LetterView>,
    /// The organizations that documents join, as a picture; none for people.
    pub network: Option<Network>,
}

/// Organizations and the documents that join them, as a drawing in its own units.
#[derive(Debug, Clone, Serialize)]
pub struct Network {
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: usize,
    /// What it shows, in words.
    pub label: String,
    /// A line from each document to each organization that it names.
    pub lines: Vec<NetworkLine>,
    /// Organizations, most joined first, then documents.
    pub nodes: Vec<NetworkNode>,
}

/// A line of a network.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkLine {
    /// Where it begins, from the left.
    pub x1: usize,
    /// Where it begins, from the top.
    pub y1: usize,
    /// Where it ends, from the left.
    pub x2: usize,
    /// Where it ends, from the top.
    pub y2: usize,
}

/// A point of a network.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkNode {
    /// Name of the organization, or title of the document.
    pub name: String,
    /// Where it leads.
    pub url: Option<String>,
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// Radius.
    pub radius: usize,
    /// Whether it is a document.
    pub document: bool,
    /// How many lines it has.
    pub degree: usize,
    /// `start`, `middle` or `end`, if its name is written beside it.
    pub anchor: Option<&'static str>,
    /// Where its name stands, from the left.
    pub label_x: usize,
    /// Where its name stands, from the top.
    pub label_y: usize,
    /// The name as it is written there.
    pub short: String,
}

/// The names that begin with a letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// Id of its heading.
    pub id: String,
    /// The names.
    pub names: Vec<Count>,
}

/// `list`: documents, one page of them.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentListView {
    /// How many there are in all, in words.
    pub count_text: String,
    /// Those of this page.
    pub documents: Vec<DocumentItem>,
    /// The pages of the list, if there is more than one.
    pub pager: Option<Pager>,
}

/// The pages of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// Number of this page.
    pub current: usize,
    /// All pages: number and URL.
    pub pages: Vec<Link>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// `year`: the documents of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year in words, or "undated".
    pub name: String,
    /// How many documents, in words.
    pub count_text: String,
    /// By month; documents of no certain month last.
    pub months: Vec<MonthView>,
    /// Kinds of this year's documents.
    pub kinds: Vec<Count>,
    /// Organizations that wrote, signed or received most of them.
    pub organizations: Vec<Count>,
    /// The year before that has documents.
    pub previous: Option<Link>,
    /// The year after that has documents.
    pub next: Option<Link>,
}

/// The documents of a month.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// The month's name; none for documents of no certain month.
    pub name: Option<String>,
    /// Id of its heading.
    pub id: String,
    /// The documents, oldest first.
    pub documents: Vec<DocumentItem>,
}

/// `list`: choices of a facet, or years, with their counts.
#[derive(Debug, Clone, Serialize)]
pub struct CountListView {
    /// The choices.
    pub choices: Vec<Count>,
    /// Documents per year, on the page of years.
    pub timeline: Option<Timeline>,
}

/// Documents per year as bars, in units of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: usize,
    /// Height at which the bars stand.
    pub baseline: usize,
    /// What it shows, in words.
    pub label: String,
    /// The bars, oldest first.
    pub bars: Vec<Bar>,
}

/// A year, or several, in a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// The year, or the first and the last of several.
    pub name: String,
    /// The year and its number of documents, in words.
    pub label: String,
    /// Where it leads.
    pub url: Option<String>,
    /// How many documents.
    pub count: usize,
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// Middle, for its name.
    pub middle: usize,
    /// Whether its name is shown.
    pub named: bool,
}

/// `home`: the first page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The introduction, HTML.
    pub text: String,
    /// What the archive holds, in words: "34 documents", "58 organizations".
    pub counts: Vec<Link>,
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
    pub newest: Vec<DocumentItem>,
}

/// `own`: a page of the archive's own.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPageView {
    /// The text, HTML.
    pub text: String,
    /// Whether the text has notes.
    pub notes: bool,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
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
    /// Ways to browse without scripts.
    pub browse: Vec<Link>,
}
