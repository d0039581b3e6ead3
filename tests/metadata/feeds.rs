//! Atom, sitemap, OpenSearch, and what is left out when nobody knows the site's address.

use fonds::config::Config;
use fonds::site::metadata::missing_address;
use roxmltree::{Document, Node};

use super::archive::{BASE, Site};
use super::readers::{json_ld, links};

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn children<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|n| n.has_tag_name((ATOM, name))).collect()
}

fn text<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    let found = children(node, name);
    assert_eq!(found.len(), 1, "one {name}");
    found[0].text().unwrap()
}

/// RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must have.
#[test]
fn feeds_are_valid_and_tell_record_dates() {
    let site = Site::new();
    for path in ["atom.xml", "organizations/amnesty-international/atom.xml"] {
        let xml = Document::parse(site.text(path)).unwrap();
        let feed = xml.root_element();
        assert!(feed.has_tag_name((ATOM, "feed")));
        assert!(text(feed, "id").starts_with("tag:example.org,"));
        assert!(!text(feed, "title").is_empty());
        assert!(!children(feed, "author").is_empty());
        let own = children(feed, "link").into_iter().find(|l| l.attribute("rel") == Some("self"));
        assert_eq!(own.unwrap().attribute("href"), Some(format!("{BASE}/{path}").as_str()));
        let mut ids: Vec<&str> = vec![text(feed, "id")];
        for entry in children(feed, "entry") {
            ids.push(text(entry, "id"));
            assert!(text(entry, "updated").ends_with("T00:00:00Z"));
            assert!(!text(entry, "title").is_empty());
            for author in children(entry, "author") {
                text(author, "name");
            }
        }
        assert!(ids.len() > 1 && ids.iter().all(|id| id.starts_with("tag:")));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), children(feed, "entry").len() + 1);
    }
}

#[test]
fn ids_survive_a_move_where_the_settings_say_who_mints_them() {
    let ids = |host: &str| {
        let site = Site::with(|text| {
            let moved = text.replace("https://example.org/archive/", host);
            moved.replace("[archive]", "[archive]\ntag_authority = \"papers.example,2024-01\"")
        });
        let xml = Document::parse(site.text("atom.xml")).unwrap();
        let mut ids: Vec<String> = children(xml.root_element(), "entry")
            .into_iter()
            .map(|entry| text(entry, "id").to_owned())
            .collect();
        ids.push(text(xml.root_element(), "id").to_owned());
        let oai = site.text("data/oai.xml").to_owned();
        (ids, oai)
    };
    let (before, records) = ids("https://example.org/archive/");
    let (after, _) = ids("https://letters.example.net/");
    assert_eq!(before, after);
    assert!(before.iter().all(|id| id.starts_with("tag:papers.example,2024-01:")), "{before:?}");
    assert!(records.contains("<oai:identifier>oai:papers.example:documents/letter<"), "{records}");
}

#[test]
fn an_entry_is_dated_by_its_record_not_by_the_document() {
    let site = Site::new();
    let xml = Document::parse(site.text("atom.xml")).unwrap();
    let entries = children(xml.root_element(), "entry");
    let letter = entries.iter().find(|e| text(**e, "title").starts_with("Letter from")).unwrap();
    assert_eq!(text(*letter, "updated"), "2026-03-04T00:00:00Z");
    assert_eq!(text(*letter, "published"), "2026-01-02T00:00:00Z");
    assert_eq!(text(*letter, "id"), "tag:example.org,2026:seeds/letters.txt#L1-L3");
    let joint = entries.iter().find(|e| text(**e, "title").starts_with("Open letter")).unwrap();
    assert_eq!(children(*joint, "author").len(), 3);
}

#[test]
fn the_sitemap_lists_pages_with_the_days_of_their_records() {
    let site = Site::new();
    let xml = Document::parse(site.text("sitemap.xml")).unwrap();
    let mut found = None;
    for url in xml.root_element().children().filter(Node::is_element) {
        let part = |name| {
            let child = url.children().find(|n| n.tag_name().name() == name)?;
            child.text()
        };
        let address = part("loc").unwrap();
        let path = address.strip_prefix(&format!("{BASE}/")).unwrap();
        assert!(site.paths().any(|p| p == format!("{path}index.html")), "{address}");
        if path == "documents/letter/" {
            found = part("lastmod");
        }
    }
    assert_eq!(found, Some("2026-03-04"));
}

#[test]
fn browsers_find_feed_and_search() {
    let site = Site::new();
    let links = links(site.text("organizations/amnesty-international/index.html"));
    for url in ["/archive/atom.xml", "/archive/organizations/amnesty-international/atom.xml"] {
        assert!(links.contains(&("alternate".to_owned(), url.to_owned())), "{url}");
    }
    assert!(links.contains(&("search".to_owned(), "/archive/opensearch.xml".to_owned())));
    let xml = Document::parse(site.text("opensearch.xml")).unwrap();
    let templates: Vec<_> = xml.descendants().filter_map(|n| n.attribute("template")).collect();
    let search = format!("{BASE}/search/?q={{searchTerms}}");
    assert_eq!(templates, [search, format!("{BASE}/opensearch.xml")]);
}

/// Relative addresses in a feed or a citation lead nowhere, so there are none.
#[test]
fn without_an_address_nothing_is_written_that_needs_one() {
    let site = Site::with(|text| text.replace("base_url", "# base_url"));
    let gone = ["atom.xml", "sitemap.xml", "opensearch.xml", "cmif.xml", "oai.xml"];
    for path in site.paths() {
        assert!(!gone.iter().any(|name| path.ends_with(name)), "{path}");
    }
    assert!(!site.text("robots.txt").contains("Sitemap"));
    let html = site.text("documents/letter/index.html");
    for rel in ["canonical", "cite-as", "search"] {
        assert!(!links(html).iter().any(|(r, _)| r == rel), "{rel}");
    }
    for (_, url) in links(html) {
        let path = url.trim_start_matches('/');
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        assert!(path.contains("://") || site.paths().any(|p| p == file), "{url}");
    }
    assert!(!site.text("documents/letter/citation.ris").contains("UR  - "));
    assert!(!site.text("documents/letter/citation.bib").contains("url ="));
    assert!(!site.text("documents/letter/citation.json").contains("URL"));
    assert!(!json_ld(site.text("index.html")).contains("oai.xml"));
    assert!(!site.text("data/datapackage.json").contains("homepage"));
}

#[test]
fn a_missing_address_is_told_once() {
    let mut config = Config::default();
    assert!(missing_address(&config).unwrap().message.contains("base_url"));
    config.base_url = BASE.to_owned();
    assert_eq!(missing_address(&config), None);
}

/// JSON Feed 1.1, "Top-level" and "Items": what must be there, and of what kind each value is.
#[test]
fn the_json_feed_is_valid() {
    let site = Site::new();
    let feed: serde_json::Value = serde_json::from_str(site.text("feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let is_url =
        |value: &serde_json::Value| value.as_str().is_some_and(|url| url.starts_with(BASE));
    assert!(feed["title"].as_str().is_some_and(|title| !title.is_empty()));
    assert!(is_url(&feed["home_page_url"]) && is_url(&feed["feed_url"]), "{feed}");
    assert!(
        feed["authors"].as_array().is_some_and(|all| all.iter().all(|a| a["name"].is_string()))
    );
    let items = feed["items"].as_array().unwrap();
    let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    for item in items {
        assert!(is_url(&item["url"]), "{item}");
        assert!(item["content_text"].is_string() || item["content_html"].is_string(), "{item}");
        for date in ["date_published", "date_modified"] {
            let date = item[date].as_str();
            assert!(date.is_none_or(|d| d.len() == 20 && d.ends_with("T00:00:00Z")), "{item}");
        }
        assert!(item["tags"].as_array().is_none_or(|tags| tags.iter().all(|tag| tag.is_string())));
        let authors = item.get("authors").map(|all| all.as_array().unwrap());
        assert!(authors.is_none_or(|all| all.iter().all(|author| author["name"].is_string())));
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(all > 1 && ids.len() == all);
}
