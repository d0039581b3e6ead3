//! What every page gets: `site`, `page`, and what their heads hold.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::html::Html;
use super::common::Link;

/// `site`: the same on every page.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// Language of the title, if it is not translated.
    pub title_lang: Option<String>,
    /// One sentence on what the archive is.
    pub description: Option<String>,
    /// Language of that sentence, if it is not translated.
    pub description_lang: Option<String>,
    /// Language of the interface, a BCP 47 tag.
    pub language: String,
    /// Direction of the interface: `ltr` or `rtl`.
    pub dir: &'static str,
    /// Name of the holding archive.
    pub archive: String,
    /// Who publishes the site.
    pub publisher: Option<String>,
    /// An e-mail address or a URL.
    pub contact: Option<Link>,
    /// URL of the home page.
    pub url: String,
    /// URL of the home page in the default language, below which all files are.
    pub root: String,
    /// Language of names, titles and texts of the archive's own, if it is not that of the interface.
    pub texts_lang: Option<String>,
    /// Path below which the site is served: empty, or `/archive`.
    pub base_path: String,
    /// The main navigation.
    pub navigation: Vec<NavigationItem>,
    /// Pages of the archive's own, for the foot of every page.
    pub pages: Vec<Link>,
    /// The archive's own taxonomies that documents have terms of.
    pub taxonomies: Vec<NavigationItem>,
    /// The logo that the settings name.
    pub logo: Option<LogoView>,
    /// URL of the search page.
    pub search: Option<String>,
    /// URL of the Atom feed.
    pub feed: Option<String>,
    /// URL of the same as JSON Feed.
    pub json_feed: Option<String>,
    /// URL of the description of the search, if there is one.
    pub opensearch: Option<String>,
    /// URL of the list of corrections, if there are any.
    pub corrections: Option<String>,
    /// URL of the list of what changed, if anything has since the first publication.
    pub changes: Option<String>,
    /// URL of the page of data files, if there are any.
    pub data: Option<String>,
    /// Number of documents.
    pub documents: usize,
    /// `[extra]` of config.toml.
    pub extra: Map<String, Value>,
}

/// A picture beside the site's title.
#[derive(Debug, Clone, Serialize)]
pub struct LogoView {
    /// Its URL.
    pub url: String,
    /// URL of the one for dark grounds, if there is another one.
    pub dark: Option<String>,
    /// Its width, if the file tells it.
    pub width: Option<u32>,
    /// Its height.
    pub height: Option<u32>,
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

/// The citations of all documents of a list.
#[derive(Debug, Clone, Serialize)]
pub struct CiteAllView {
    /// "Cite all 14".
    pub name: String,
    /// URL of the BibTeX file.
    pub bibtex: String,
    /// URL of the RIS file.
    pub ris: String,
    /// URL of the CSL-JSON file.
    pub csl: String,
}

/// A page in a language of the interface.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageLink {
    /// BCP 47 tag.
    pub tag: String,
    /// Name of the language in itself.
    pub name: String,
    /// Where it leads: the page in that language, or the first page.
    pub url: String,
    /// Full URL of the page as a version of this one; none if it is none.
    pub permanent_url: Option<String>,
    /// Whether it is the language of this page.
    pub current: bool,
    /// Whether it is the default language.
    pub main: bool,
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
    /// The languages in which it can be read, the default one first; none if the site has one only.
    pub languages: Vec<LanguageLink>,
    /// Files that cite all documents of a list; none if the page is no list.
    pub cite_all: Option<CiteAllView>,
    /// Ways up from here: the pages that this one is below.
    pub breadcrumbs: Vec<Link>,
    /// Whether search engines should leave it out.
    pub unlisted: bool,
    /// What tells machines what the page is, in its head: HTML that the program made, ready to be written.
    pub head: Html,
    /// schema.org description, JSON that is safe inside a `<script>`.
    pub json_ld: Option<Html>,
}
