//! What a page has for machines in its head and body: `citation_*` and Dublin Core tags, COinS, typed
//! links, schema.org.
//!
//! Source: the readers' own code (Zotero's Embedded Metadata and COinS translators), Signposting.

mod json_ld;
mod tree;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pulldown_cmark_escape::escape_html;
use rustc_hash::FxHashSet;

use super::citation::{Author, Citation};
use super::{Page, SitePlan};
use crate::archive::{AuthorityKind, DocumentId, Relative};
use crate::config::Config;
use crate::content::Relation;
use crate::diagnostic::Diagnostic;
use crate::edtf::EdtfDate;

pub use json_ld::{document_json_ld, page_json_ld};
pub use tree::tree_json_ld;

impl SitePlan<'_> {
    /// Whether the settings say where the site will be served from. Without it nothing is written that
    /// needs a full URL: no feed, no sitemap, no address in a citation.
    pub fn has_address(&self) -> bool {
        !self.config.base_url.is_empty()
    }

    /// Whether the site has Atom feeds, which are nothing without full URLs.
    pub fn has_feeds(&self) -> bool {
        self.config.outputs.feeds && self.has_address()
    }

    /// Whether a page has a feed of its own, as those of organizations have.
    pub fn has_feed(&self, page: &Page) -> bool {
        let is_organization =
            matches!(page, Page::Authority(id) if id.kind == AuthorityKind::Organization);
        is_organization && self.has_feeds() && self.config.outputs.organization_feeds
    }

    /// The full URL of a page, as it is cited; none without `base_url`.
    pub fn address(&self, page: &Page) -> Option<String> {
        self.has_address().then(|| self.permanent_url(page))
    }
}

impl SitePlan<'_> {
    /// The documents that have the same text in other languages.
    fn translations_of(&self, id: DocumentId) -> impl Iterator<Item = &Relative> {
        let relatives = self.archive.document(id).relatives.iter();
        relatives.filter(|relative| relative.relation == Relation::Translation)
    }

    /// Whether the text of a document is there in another language.
    pub(super) fn has_translations(&self, id: DocumentId) -> bool {
        self.translations_of(id).next().is_some()
    }
}

/// What to report once of an archive that does not say where it will be served from.
pub fn missing_address(config: &Config) -> Option<Diagnostic> {
    config.base_url.is_empty().then(|| {
        Diagnostic::warning("config.toml", "`base_url` is not set, so the address of the site is unknown")
            .note("without it, citations have no address, and there are no feeds, sitemap, CMIF and OAI files")
            .expected("`base_url`, the address of the published site")
            .help("write `base_url = \"https://example.org/archive\"`, or build with `--base-url URL`")
    })
}

/// How a document is published.
pub struct Published<'p> {
    /// Who publishes it.
    pub publisher: &'p str,
    /// What readers may do with it.
    pub rights: Option<&'p str>,
    /// Full URL of its PDF.
    pub pdf: Option<&'p str>,
    /// Full URL of an image of its first page.
    pub image: Option<&'p str>,
}

/// What the head of a document page has for machines: `<meta>` elements, then typed links.
pub fn head(
    plan: &SitePlan<'_>,
    id: DocumentId,
    citation: &Citation,
    published: &Published<'_>,
) -> String {
    let mut html = String::with_capacity(4096);
    meta(&mut html, citation, published);
    links(&mut html, plan, id, published.rights);
    html
}

/// Appends an attribute, its value escaped.
fn attribute(html: &mut String, start: &str, value: &str) {
    html.push_str(start);
    // Never fails: a `String` takes everything.
    let _ = escape_html(&mut *html, value);
    html.push('"');
}

/// The `<meta>` elements of a document page.
fn meta(html: &mut String, citation: &Citation, published: &Published<'_>) {
    let Published { publisher, rights, pdf, image } = *published;
    let mut add = |kind: &str, name: &str, content: &str| {
        if !content.is_empty() {
            for part in ["<meta ", kind, "=\"", name, "\""] {
                html.push_str(part);
            }
            attribute(html, " content=\"", content);
            html.push('>');
        }
    };
    let url = citation.url.as_deref().unwrap_or_default();
    add("name", "citation_title", &citation.title);
    for author in &citation.authors {
        if let Author::Person(name, _) = author {
            add("name", "citation_author", &author.inverted().unwrap_or(name.into()));
        }
    }
    let date = citation.date.as_ref().and_then(slashed).unwrap_or_default();
    add("name", "citation_publication_date", &date);
    add("name", "citation_language", &citation.language);
    add("name", "citation_publisher", publisher);
    add("name", "citation_public_url", url);
    add("name", "citation_pdf_url", pdf.unwrap_or_default());
    if citation.zotero == "report" {
        add("name", "citation_technical_report_institution", citation.institution());
    }
    add("name", "DC.type", &citation.zotero);
    add("name", "DC.title", &citation.title);
    for author in &citation.authors {
        add("name", "DC.creator", author.sorted().unwrap_or(author.name()));
    }
    add("name", "DC.date", citation.date.as_ref().map(EdtfDate::as_str).unwrap_or_default());
    add("name", "DC.language", &citation.language);
    add("name", "DC.publisher", publisher);
    add("name", "DC.rights", rights.unwrap_or_default());
    add("name", "DC.identifier", url);
    add("name", "DCTERMS.isPartOf", &citation.archive);
    add("property", "og:type", "article");
    add("property", "og:title", &citation.title);
    add("property", "og:url", url);
    add("property", "og:site_name", &citation.archive);
    add("property", "og:image", image.unwrap_or_default());
}

/// `2018/03/02`, `2018/03` or `2018`: the part of a date that is stated.
fn slashed(date: &EdtfDate) -> Option<String> {
    let (year, month, day) = date.stated()?;
    let mut text = format!("{year:04}");
    for part in [month, day].into_iter().flatten() {
        text.push_str(&format!("/{part:02}"));
    }
    Some(text)
}

/// COinS: a `ContextObject` of the Dublin Core format, which keeps organizations whole.
///
/// Zotero takes names in `rft.au` apart and keeps those in `rft.aucorp` whole, inserting each before
/// the one before it. A person of whom nobody knows the family name is therefore there too.
pub fn coins(citation: &Citation, rights: Option<&str>) -> String {
    let mut pairs: Vec<(&str, &str)> = vec![
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/zotero.org:2"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", &citation.zotero),
        ("rft.title", &citation.title),
    ];
    let whole = citation.authors.iter().rev().filter(|a| a.inverted().is_none());
    pairs.extend(whole.map(|a| ("rft.aucorp", a.name())));
    let people: Vec<_> = citation.authors.iter().filter_map(Author::inverted).collect();
    pairs.extend(people.iter().map(|name| ("rft.au", &**name)));
    if let Some(date) = &citation.date {
        pairs.push(("rft.date", date.as_str()));
    }
    pairs.push(("rft.language", &citation.language));
    pairs.push(("rft.source", &citation.archive));
    pairs.extend(rights.map(|r| ("rft.rights", r)));
    pairs.extend(citation.url.as_deref().map(|url| ("rft.identifier", url)));
    let mut coins = String::with_capacity(1024);
    for (key, value) in pairs {
        if !coins.is_empty() {
            coins.push('&');
        }
        coins.push_str(key);
        coins.push('=');
        coins.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
    }
    coins
}

/// The `<link>` elements of a document page: citation files, and typed links (Signposting).
fn links(html: &mut String, plan: &SitePlan<'_>, id: DocumentId, rights: Option<&str>) {
    let own = plan.folder_url(&Page::Document(id));
    let mut link = |rel: &str, href: &str, media_type: Option<&str>| {
        for part in ["<link rel=\"", rel, "\""] {
            html.push_str(part);
        }
        attribute(html, " href=\"", href);
        for part in media_type.into_iter().flat_map(|kind| [" type=\"", kind, "\""]) {
            html.push_str(part);
        }
        html.push('>');
    };
    let file = |name: &str| [&own, name].concat();
    if let Some(url) = plan.address(&Page::Document(id)) {
        link("cite-as", &url, None);
    }
    if plan.config.outputs.citations {
        for (name, media_type) in [
            ("citation.ris", "application/x-research-info-systems"),
            ("citation.bib", "application/x-bibtex"),
            ("citation.json", "application/vnd.citationstyles.csl+json"),
        ] {
            let file = file(name);
            link("alternate", &file, Some(media_type));
            link("describedby", &file, Some(media_type));
        }
    }
    if plan.config.outputs.text {
        link("item", &file("text.txt"), Some("text/plain"));
    }
    let document = plan.archive.document(id);
    let collection = document.collection.map_or(Page::Documents(1), Page::Collection);
    link("collection", &plan.url(&collection), Some("text/html"));
    link("type", "https://schema.org/TextDigitalDocument", None);
    if let Some(uri) = rights.filter(|r| is_uri(r)) {
        link("license", uri, None);
    }
    for page in author_pages(plan, id) {
        link("author", &plan.url(&page), None);
    }
    translations(html, plan, id);
}

/// The same text in other languages: a link to each, and to the document itself, as search engines ask.
fn translations(html: &mut String, plan: &SitePlan<'_>, id: DocumentId) {
    let mut others = plan.translations_of(id);
    let Some(first) = others.next().filter(|_| plan.has_address()) else { return };
    let all = [id, first.document].into_iter().chain(others.map(|relative| relative.document));
    for id in all {
        let language = &plan.archive.document(id).record.language;
        attribute(html, "<link rel=\"alternate\" hreflang=\"", plan.language_of(language));
        attribute(html, " href=\"", &plan.permanent_url(&Page::Document(id)));
        html.push('>');
    }
}

/// Whether a statement of rights is a URI, as it should be, or only words.
fn is_uri(rights: &str) -> bool {
    rights.starts_with("https://") || rights.starts_with("http://")
}

/// The pages of those who are responsible for a document, each once.
fn author_pages(plan: &SitePlan<'_>, id: DocumentId) -> Vec<Page> {
    let parties = &plan.archive.document(id).links;
    let responsible =
        if parties.creators.is_empty() { &parties.signatories } else { &parties.creators };
    let mut seen = FxHashSet::default();
    let names = responsible.iter().filter_map(|link| link.first());
    names.filter(|id| seen.insert(*id)).map(Page::Authority).collect()
}
