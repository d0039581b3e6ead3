//! The head of a document page, and the COinS in its body, as Zotero and search engines read them.

use super::archive::{BASE, COMMITTEE, FIRM, Site};
use super::readers::{all, attribute, coins, links, metas, tags};

fn page(site: &Site, slug: &str) -> String {
    site.text(&format!("documents/{slug}/index.html")).to_owned()
}

pub(super) fn context_object(html: &str) -> Vec<(String, String)> {
    let tags = tags(html);
    let spans: Vec<_> =
        tags.iter().filter(|(_, a)| attribute(a, "class") == Some("Z3988")).collect();
    assert_eq!(spans.len(), 1);
    coins(attribute(&spans[0].1, "title").unwrap())
}

#[test]
fn a_letter_is_tagged_for_readers_of_citations() {
    let site = Site::new();
    let metas = metas(&page(&site, "letter"));
    let url = format!("{BASE}/documents/letter/");
    let expected = [
        ("citation_title", "Letter from Stephen J. Solarz to Ban Ki-moon"),
        ("citation_author", "Solarz, Stephen J."),
        ("citation_publication_date", "2008/11/19"),
        ("citation_language", "en"),
        ("citation_publisher", "The Publisher"),
        ("citation_public_url", &url),
        ("DC.type", "letter"),
        ("DC.title", "Letter from Stephen J. Solarz to Ban Ki-moon"),
        ("DC.creator", "Solarz, Stephen J."),
        ("DC.date", "2008-11-19"),
        ("DC.language", "en"),
        ("DC.publisher", "The Publisher"),
        ("DC.rights", "https://creativecommons.org/licenses/by/4.0/"),
        ("DC.identifier", &url),
        ("DCTERMS.isPartOf", "The Archive"),
        ("og:type", "article"),
    ];
    for (name, content) in expected {
        assert_eq!(all(&metas, name), [content], "{name}");
    }
    assert!(all(&metas, "citation_technical_report_institution").is_empty());
}

/// Zotero would take an organization in `citation_author` apart.
#[test]
fn only_people_are_citation_authors() {
    let site = Site::new();
    let joint = metas(&page(&site, "joint"));
    assert_eq!(all(&joint, "citation_author"), ["Ban Ki-moon"]);
    assert_eq!(all(&joint, "DC.creator"), [FIRM, COMMITTEE, "Ban Ki-moon"]);
    assert_eq!(all(&joint, "citation_publication_date"), ["2014/11"]);
}

#[test]
fn reports_and_memoranda_name_their_institution() {
    let site = Site::new();
    for (slug, name) in [("memorandum", "Amnesty International"), ("report", COMMITTEE)] {
        let metas = metas(&page(&site, slug));
        assert_eq!(all(&metas, "citation_technical_report_institution"), [name]);
        assert_eq!(all(&metas, "DC.type"), ["report"]);
        assert_eq!(all(&metas, "og:type"), ["article"]);
    }
    assert!(all(&metas(&page(&site, "report")), "citation_publication_date").is_empty());
    let statement = metas(&page(&site, "statement"));
    assert_eq!(all(&statement, "DC.date"), ["[2018-03-04,2018-04-03]"]);
    assert!(all(&statement, "citation_publication_date").is_empty());
}

/// Zotero inserts each name before the one before it, and keeps names in `rft.aucorp` whole.
#[test]
fn coins_keep_organizations_whole_and_in_reverse_order() {
    let site = Site::new();
    let joint = context_object(&page(&site, "joint"));
    assert_eq!(all(&joint, "rft.aucorp"), ["Ban Ki-moon", COMMITTEE, FIRM]);
    assert_eq!(all(&joint, "rft_val_fmt"), ["info:ofi/fmt:kev:mtx:dc"]);
    assert_eq!(all(&joint, "rft.type"), ["letter"]);
    assert_eq!(all(&joint, "rft.title"), ["Open letter: “Real” or Illusory?"]);
    assert_eq!(all(&joint, "rft.date"), ["2014-11"]);
    assert_eq!(all(&joint, "rft.identifier"), [format!("{BASE}/documents/joint/")]);
    let letter = context_object(&page(&site, "letter"));
    assert_eq!(all(&letter, "rft.au"), ["Solarz, Stephen J."]);
    assert!(all(&letter, "rft.aucorp").is_empty());
}

#[test]
fn typed_links_lead_to_everything_about_the_document() {
    let site = Site::new();
    let links = links(&page(&site, "letter"));
    let permanent = format!("{BASE}/documents/letter/");
    assert_eq!(all(&links, "canonical"), [permanent.as_str()]);
    assert_eq!(all(&links, "cite-as"), [permanent.as_str()]);
    assert_eq!(all(&links, "author"), ["/archive/people/stephen-j-solarz/"]);
    assert_eq!(all(&links, "collection"), ["/archive/documents/"]);
    assert_eq!(all(&links, "item"), ["/archive/documents/letter/text.txt"]);
    assert_eq!(all(&links, "license"), ["https://creativecommons.org/licenses/by/4.0/"]);
    for file in ["citation.ris", "citation.bib", "citation.json"] {
        let url = format!("/archive/documents/letter/{file}");
        assert!(all(&links, "describedby").contains(&url.as_str()), "{file}");
        assert!(all(&links, "alternate").contains(&url.as_str()), "{file}");
    }
    let memorandum = self::links(&page(&site, "memorandum"));
    assert_eq!(all(&memorandum, "license"), ["http://rightsstatements.org/vocab/InC/1.0/"]);
}

#[test]
fn every_style_of_citation_stands_on_the_page() {
    let site = Site::new();
    let html = page(&site, "letter");
    for text in [
        "Stephen J. Solarz to Ban Ki-moon, November 19, 2008, The Archive",
        "Solarz, Stephen J. Letter from Stephen J. Solarz to Ban Ki-moon. November 19, 2008.",
        "Solarz, S. J. (2008, November 19). [Letter from Stephen J. Solarz to Ban Ki-moon].",
        "The Archive, 19 Nov. 2008",
        "para. 1, The Archive",
    ] {
        assert!(html.contains(text), "{text}");
    }
}
