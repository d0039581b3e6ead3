//! What machines find by themselves: Atom feeds, sitemap, robots.txt, OpenSearch, host files.

use serde_json::{Value, json};

use crate::archive::DocumentId;
use crate::config::Config;
use crate::edtf::{Day, EdtfDate};
use crate::site::changes::Changes;
use crate::site::citation;
use crate::site::{Page, Redirect, SitePlan};
use crate::site_path::IMMUTABLE;

use super::xml::Xml;

/// Entries of a feed.
const ENTRIES: usize = 50;
/// Authors of an entry: each organization of an open letter with thousands of signatories has a feed, which would
/// name all other versions.
const AUTHORS: usize = 25;
/// Lines of a list of redirects.
const REDIRECTS: usize = 2000;
/// URLs of one sitemap; the protocol allows 50,000.
const SITEMAP_URLS: usize = 45_000;

/// The Atom feed of the newest additions, or of the documents of an organization or of a term.
pub(super) fn atom(plan: &SitePlan<'_>, page: &Page) -> Vec<u8> {
    let (title, ids) = match page {
        Page::Authority(id) => {
            let authority = plan.archive.authority(*id);
            let mut ids = plan.documents_of(&authority.documents);
            ids.sort_by_key(|id| (std::cmp::Reverse(record_day(plan, *id)), *id));
            ids.truncate(ENTRIES);
            let title = format!("{} – {}", authority.record.title, plan.config.title);
            (title, ids)
        }
        Page::Choice(facet, key, _) => {
            let mut ids = plan.facets[facet][key].documents.clone();
            ids.sort_by_key(|id| (std::cmp::Reverse(record_day(plan, *id)), *id));
            ids.truncate(ENTRIES);
            (format!("{} – {}", plan.page_title(page), plan.config.title), ids)
        }
        _ => (plan.config.title.clone(), plan.newest(ENTRIES)),
    };
    let path = plan.path(page);
    let path = plan.path_in_language(&path);
    let own = plan.permanent_url_of(&format!("{path}atom.xml"));
    let updated = ids.iter().filter_map(|id| record_day(plan, *id)).max();
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", plan.words.language())];
    xml.element("feed", &namespace, |xml| {
        xml.text("id", &tag_uri(plan.config, &ids_of(&path, "feed"), None));
        xml.text("title", &title);
        xml.text("updated", &timestamp(updated));
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        let html = plan.full_url(page);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &html)]);
        xml.element("author", &[], |xml| xml.text("name", plan.config.archive_name()));
        for id in ids {
            xml.element("entry", &[], |xml| entry(plan, id, xml));
        }
    });
    xml.finish()
}

/// The same as a JSON Feed, of the newest additions.
///
/// Source: JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>.
pub(super) fn json(plan: &SitePlan<'_>) -> Vec<u8> {
    let item = |id: DocumentId| {
        let document = plan.archive.document(id);
        let item = plan.item(id);
        let language = plan.language_of(&document.record.language);
        let authors = citation::first_responsible(plan, document, AUTHORS);
        let authors: Vec<Value> =
            authors.iter().map(|author| json!({ "name": author.name() })).collect();
        let mut entry = json!({
            "id": entry_id(plan, id),
            "url": plan.full_url(&Page::Document(id)),
            "title": item.title,
            "content_text": item.description.unwrap_or_default(),
            "date_modified": timestamp(record_day(plan, id)),
            "tags": [item.kind],
            "language": language,
        });
        if !authors.is_empty() {
            entry["authors"] = authors.into();
        }
        if let Some(added) = plan.added(document) {
            entry["date_published"] = timestamp(added.earliest().map(|d| d.to_string())).into();
        }
        entry
    };
    let items: Vec<Value> = plan.newest(ENTRIES).into_iter().map(item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": plan.config.title,
        "home_page_url": plan.full_url(&Page::Home),
        "feed_url": plan.permanent_url_of(&plan.path_in_language("feed.json")),
        "language": plan.words.language(),
        "authors": [{ "name": plan.config.archive_name() }],
        "items": items,
    });
    if let Some(description) = &plan.config.description {
        feed["description"] = description.as_str().into();
    }
    let mut bytes = serde_json::to_vec(&feed).expect("text in memory is JSON");
    bytes.push(b'\n');
    bytes
}

/// The Atom feed of what was corrected.
pub(super) fn corrections(plan: &SitePlan<'_>) -> Vec<u8> {
    let page = Page::Corrections(1);
    let path = plan.path(&page);
    let newest = &plan.corrections[..plan.corrections.len().min(ENTRIES)];
    let correction = |(id, place): &(DocumentId, usize)| {
        (plan.archive.document(*id), &plan.archive.document(*id).record.corrections[*place])
    };
    let day = |date: Option<&EdtfDate>| {
        timestamp(date.and_then(EdtfDate::earliest).map(|d| d.to_string()))
    };
    let own = plan.permanent_url_of(&format!("{path}atom.xml"));
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", plan.words.language())];
    xml.element("feed", &namespace, |xml| {
        xml.text("id", &tag_uri(plan.config, path.trim_end_matches('/'), None));
        let title = plan.words.get("corrections");
        xml.text("title", &format!("{title} – {}", plan.config.title));
        let latest = newest.first().and_then(|at| correction(at).1.date.as_ref());
        xml.text("updated", &day(latest));
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        let html = plan.permanent_url(&page);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &html)]);
        xml.element("author", &[], |xml| xml.text("name", plan.config.archive_name()));
        for at in newest {
            let (document, correction) = correction(at);
            xml.element("entry", &[], |xml| {
                // Corrections are added at the end of the list in the record.
                let key = format!("documents/{}#correction-{}", document.slug, at.1 + 1);
                xml.text("id", &tag_uri(plan.config, &key, plan.added(document)));
                let language = plan.language_of(&document.record.language);
                xml.text_with("title", &[("xml:lang", language)], &plan.item(at.0).title);
                xml.text("updated", &day(correction.date.as_ref()));
                let url = format!("{}#corrections", plan.permanent_url(&Page::Document(at.0)));
                xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
                if let Some(by) = &correction.by {
                    xml.element("author", &[], |xml| xml.text("name", by));
                }
                let field = plan.field_name(&correction.field);
                xml.text("summary", &format!("{field}: {}", correction.reason));
            });
        }
    });
    xml.finish()
}

/// The Atom feed of what changed, an entry a day.
pub(super) fn changes(plan: &SitePlan<'_>) -> Vec<u8> {
    let page = Page::Changes(1);
    let path = plan.path(&page);
    let newest = &plan.changes[..plan.changes.len().min(ENTRIES)];
    let own = plan.permanent_url_of(&format!("{path}atom.xml"));
    let html = plan.permanent_url(&page);
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", plan.words.language())];
    xml.element("feed", &namespace, |xml| {
        xml.text("id", &tag_uri(plan.config, path.trim_end_matches('/'), None));
        xml.text("title", &format!("{} – {}", plan.words.get("changes"), plan.config.title));
        let latest = newest.first().map(|(day, _)| day.to_string());
        xml.text("updated", &timestamp(latest));
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &html)]);
        xml.element("author", &[], |xml| xml.text("name", plan.config.archive_name()));
        for (day, changes) in newest {
            xml.element("entry", &[], |xml| {
                let key = format!("{path}{day}");
                xml.text("id", &tag_uri(plan.config, &key, None));
                xml.text("title", &changes.summary(plan.words));
                xml.text("updated", &timestamp(Some(day.to_string())));
                let url = format!("{html}#d-{day}");
                xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
                xml.text("summary", &changed_titles(plan, changes));
            });
        }
    });
    xml.finish()
}

/// The same as a JSON Feed.
pub(super) fn changes_json(plan: &SitePlan<'_>) -> Vec<u8> {
    let page = Page::Changes(1);
    let path = plan.path(&page);
    let html = plan.permanent_url(&page);
    let newest = &plan.changes[..plan.changes.len().min(ENTRIES)];
    let item = |(day, changes): &(Day, Changes)| {
        json!({
            "id": tag_uri(plan.config, &format!("{path}{day}"), None),
            "url": format!("{html}#d-{day}"),
            "title": changes.summary(plan.words),
            "content_text": changed_titles(plan, changes),
            "date_published": timestamp(Some(day.to_string())),
        })
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("{} – {}", plan.words.get("changes"), plan.config.title),
        "home_page_url": html,
        "feed_url": plan.permanent_url_of(&format!("{path}feed.json")),
        "language": plan.words.language(),
        "authors": [{ "name": plan.config.archive_name() }],
        "items": newest.iter().map(item).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec(&feed).expect("text in memory is JSON");
    bytes.push(b'\n');
    bytes
}

/// The titles of what changed on a day.
fn changed_titles(plan: &SitePlan<'_>, changes: &Changes) -> String {
    let ids = changes.added.iter().chain(&changes.corrected).chain(&changes.updated);
    ids.take(AUTHORS).map(|id| plan.title(*id)).collect::<Vec<_>>().join("; ")
}

fn ids_of(path: &str, otherwise: &str) -> String {
    let path = path.trim_end_matches('/');
    if path.is_empty() { otherwise.to_owned() } else { path.to_owned() }
}

fn entry(plan: &SitePlan<'_>, id: DocumentId, xml: &mut Xml) {
    let document = plan.archive.document(id);
    let item = plan.item(id);
    let record = &document.record;
    xml.text("id", &entry_id(plan, id));
    let language = plan.language_of(&record.language);
    xml.text_with("title", &[("xml:lang", language)], &item.title);
    xml.text("updated", &timestamp(record_day(plan, id)));
    if let Some(added) = plan.added(document) {
        xml.text("published", &timestamp(added.earliest().map(|d| d.to_string())));
    }
    let url = plan.full_url(&Page::Document(id));
    let page =
        [("rel", "alternate"), ("type", "text/html"), ("hreflang", language), ("href", &url)];
    xml.empty("link", &page);
    for author in citation::first_responsible(plan, document, AUTHORS) {
        xml.element("author", &[], |xml| xml.text("name", author.name()));
    }
    xml.empty("category", &[("term", &record.kind), ("label", &item.kind)]);
    let summary = item.description.unwrap_or_default();
    xml.text("summary", &format!("{} · {} · {summary}", item.kind, item.date.text));
}

/// The id of a document in feeds. It outlives a change of the slug: it names the seed's lines, if there are any.
fn entry_id(plan: &SitePlan<'_>, id: DocumentId) -> String {
    let document = plan.archive.document(id);
    let record = &document.record;
    let source = record.source.as_ref();
    let key = match (plan.seed_of(record), source.and_then(|s| s.lines)) {
        (Some(seed), Some((first, last))) => format!("seeds/{seed}#L{first}-L{last}"),
        _ => format!("documents/{}", document.slug),
    };
    tag_uri(plan.config, &key, plan.added(document))
}

/// The record's own day: of its last change, or of its coming.
pub(super) fn record_day(plan: &SitePlan<'_>, id: DocumentId) -> Option<String> {
    let document = plan.archive.document(id);
    let day = plan.updated(document).or_else(|| plan.added(document)).and_then(EdtfDate::earliest);
    day.map(|d| d.to_string())
}

fn timestamp(day: Option<String>) -> String {
    format!("{}T00:00:00Z", day.unwrap_or_else(|| "1970-01-01".to_owned()))
}

/// A year in which the host of an archive without dates was probably its own. Ids rest on it, so it never changes.
const YEAR: i32 = 2026;

/// A `tag:` URI (RFC 4151): who mints it and since when, and a name in the archive. Without a setting that
/// is the host, and the year in which the record was added.
fn tag_uri(config: &Config, name: &str, added: Option<&EdtfDate>) -> String {
    let name = percent_encoding::utf8_percent_encode(name, TAG_CHARACTERS);
    if let Some(authority) = &config.archive.tag_authority {
        return format!("tag:{authority}:{name}");
    }
    let year = added.and_then(EdtfDate::earliest).map_or(YEAR, |d| d.year);
    format!("tag:{},{year}:{name}", host(config))
}

/// The name under which records are harvested: that of the ids' authority, else the host.
pub(super) fn namespace(config: &Config) -> &str {
    let named = config.archive.tag_authority.as_deref().and_then(|a| a.split(',').next());
    named.and_then(|name| name.rsplit('@').next()).unwrap_or_else(|| host(config))
}

/// The host that the site is served from.
pub(super) fn host(config: &Config) -> &str {
    let rest = config.base_url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().filter(|h| !h.is_empty()).unwrap_or("localhost")
}

const TAG_CHARACTERS: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'/')
    .remove(b'#');

/// `sitemap.xml`; for very large sites an index of several.
pub(super) fn sitemaps(plan: &SitePlan<'_>) -> Vec<(String, Vec<u8>)> {
    let listed: Vec<&Page> = plan
        .pages
        .iter()
        .filter(|p| {
            !matches!(
                p,
                Page::NotFound
                    | Page::Source(_)
                    | Page::Search
                    | Page::Withdrawn(_)
                    | Page::Oldest(_)
            )
        })
        .collect();
    let mut listed: Vec<(String, &Page)> =
        listed.into_iter().map(|page| (plan.permanent_url(page), page)).collect();
    let main: Vec<&Page> = listed.iter().map(|(_, page)| *page).collect();
    for language in &plan.config.languages {
        let urls = main.iter().filter_map(|page| Some((plan.version_in(language, page)?, *page)));
        listed.extend(urls.collect::<Vec<_>>());
    }
    let parts: Vec<&[(String, &Page)]> = listed.chunks(SITEMAP_URLS).collect();
    if let [only] = parts[..] {
        return vec![("sitemap.xml".to_owned(), sitemap(plan, only))];
    }
    let mut files: Vec<(String, Vec<u8>)> = parts
        .iter()
        .enumerate()
        .map(|(n, part)| (format!("sitemap-{}.xml", n + 1), sitemap(plan, part)))
        .collect();
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
    xml.element("sitemapindex", &namespace, |xml| {
        for (name, _) in &files {
            let url = plan.permanent_url_of(name);
            xml.element("sitemap", &[], |xml| xml.text("loc", &url));
        }
    });
    files.push(("sitemap.xml".to_owned(), xml.finish()));
    files
}

/// Pages with their URLs; each version of a page in another language names all versions, as search engines ask.
fn sitemap(plan: &SitePlan<'_>, pages: &[(String, &Page)]) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespace = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    let mut namespaces = vec![namespace];
    if !plan.config.languages.is_empty() {
        namespaces.push(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    xml.element("urlset", &namespaces, |xml| {
        for (url, page) in pages {
            xml.element("url", &[], |xml| {
                xml.text("loc", url);
                for (tag, url) in plan.alternates(page) {
                    let link = [("rel", "alternate"), ("hreflang", &tag), ("href", &url)];
                    xml.empty("xhtml:link", &link);
                }
                if let Page::Document(id) = *page
                    && let Some(day) = record_day(plan, *id)
                {
                    xml.text("lastmod", &day);
                }
            });
        }
    });
    xml.finish()
}

/// `opensearch.xml`: how a browser searches the archive from its address bar.
pub(super) fn opensearch(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespace = [("xmlns", "http://a9.com/-/spec/opensearch/1.1/")];
    xml.element("OpenSearchDescription", &namespace, |xml| {
        let short: String = plan.config.title.chars().take(16).collect();
        xml.text("ShortName", short.trim());
        let description = plan.config.description.as_deref().unwrap_or(&plan.config.title);
        xml.text("Description", &description.chars().take(1024).collect::<String>());
        xml.text("InputEncoding", "UTF-8");
        let template = format!("{}?q={{searchTerms}}", plan.full_url(&Page::Search));
        xml.empty("Url", &[("type", "text/html"), ("template", &template)]);
        let own = plan.permanent_url_of(&plan.path_in_language("opensearch.xml"));
        let media_type = "application/opensearchdescription+xml";
        xml.empty("Url", &[("type", media_type), ("rel", "self"), ("template", &own)]);
    });
    xml.finish()
}

/// Files for hosts: robots, headers where a host reads them, and a mark that Jekyll is not wanted.
pub(super) fn host_files(plan: &SitePlan<'_>) -> Vec<(String, Vec<u8>)> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if !plan.config.base_url.is_empty() {
        robots.push_str(&format!("Sitemap: {}\n", plan.permanent_url_of("sitemap.xml")));
    }
    vec![
        ("robots.txt".to_owned(), robots.into_bytes()),
        ("_headers".to_owned(), headers(plan).into_bytes()),
        (".nojekyll".to_owned(), Vec::new()),
    ]
}

/// Texts beside the pages, which many hosts send without an encoding or as something else.
const TEXTS: [(&str, &str); 5] = [
    ("txt", "text/plain"),
    ("bib", "application/x-bibtex"),
    ("ris", "application/x-research-info-systems"),
    ("csv", "text/csv"),
    ("jsonl", "application/jsonl"),
];

/// `_headers`, which Netlify and Cloudflare Pages read: the policy of all pages, how long files may be kept whose names
/// change with their contents, the encoding of texts, and where machines find the archive as a whole.
fn headers(plan: &SitePlan<'_>) -> String {
    let base = plan.config.base_path();
    let kept = "  Cache-Control: public, max-age=31536000, immutable\n";
    let mut text = format!(
        "{base}/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n"
    );
    for folder in IMMUTABLE {
        text.push_str(&format!("{base}/{folder}*\n{kept}"));
    }
    for (end, media_type) in TEXTS {
        text.push_str(&format!("{base}/*.{end}\n  Content-Type: {media_type}; charset=utf-8\n"));
    }
    let feed = plan.has_feeds().then_some(("atom.xml", "alternate", "application/atom+xml"));
    let data = plan.config.outputs.data.then_some((
        "data/datapackage.json",
        "describedby",
        "application/json",
    ));
    let links: Vec<String> = [feed, data]
        .into_iter()
        .flatten()
        .map(|(path, relation, media_type)| {
            format!("  Link: <{}>; rel=\"{relation}\"; type=\"{media_type}\"\n", plan.url_of(path))
        })
        .collect();
    if !links.is_empty() {
        text.push_str(&format!("{base}/\n{}", links.concat()));
    }
    text
}

/// `_redirects`, which Netlify and Cloudflare Pages read: an old URL, the one of today, and the status.
///
/// Cloudflare Pages takes no more than 2,000 lines, and neither takes `*` or `:` as they are; the pages at
/// the old URLs lead on where a host does not.
pub(super) fn redirects(plan: &SitePlan<'_>, redirects: &[Redirect]) -> String {
    let line = |redirect: &Redirect| {
        let path = redirect.file.strip_suffix("index.html").unwrap_or(&redirect.file);
        let old =
            plan.url_of(&percent_encoding::utf8_percent_encode(path, TAG_CHARACTERS).to_string());
        format!("{old} {} 301\n", redirect.url)
    };
    redirects.iter().take(REDIRECTS).map(line).collect()
}

/// What pages may load: what the site itself serves.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
