//! The schema.org descriptions of pages.

use serde_json::{Value, json};

use super::archive::{BASE, Site};
use super::readers::json_ld;

fn description(site: &Site, path: &str) -> Value {
    let text = json_ld(site.text(path));
    assert!(!text.contains("</"), "{text}");
    let value: Value = serde_json::from_str(text).unwrap();
    // The reader's maps are sorted, so that the same text means sorted keys.
    assert_eq!(text, value.to_string().replace("</", "<\\/"), "{path}");
    value
}

/// The one description of a type on a page that has several.
fn of_type<'a>(graph: &'a Value, kind: &str) -> &'a Value {
    let mut found = graph["@graph"].as_array().unwrap().iter().filter(|t| t["@type"] == kind);
    let one = found.next().unwrap_or_else(|| panic!("no {kind}"));
    assert!(found.next().is_none());
    one
}

#[test]
fn a_letter_is_a_message_between_people() {
    let site = Site::new();
    let letter = description(&site, "documents/letter/index.html");
    assert_eq!(letter["@context"], "https://schema.org");
    assert_eq!(letter["@type"], json!(["TextDigitalDocument", "ArchiveComponent", "Message"]));
    assert_eq!(letter["additionalType"], "http://purl.org/ontology/bibo/Letter");
    assert_eq!(letter["@id"], format!("{BASE}/documents/letter/"));
    assert_eq!(letter["genre"], "Letter");
    assert_eq!(letter["dateCreated"], "2008-11-19");
    assert_eq!(letter["inLanguage"], "en");
    let person = |slug: &str, name: &str| {
        let id = format!("{BASE}/people/{slug}/");
        json!([{ "@id": id, "@type": "Person", "name": name }])
    };
    assert_eq!(letter["author"], person("stephen-j-solarz", "Stephen J. Solarz"));
    assert_eq!(letter["recipient"], person("ban-ki-moon", "Ban Ki-moon"));
    assert_eq!(letter["identifier"], json!(["28-09713"]));
    assert_eq!(letter["isBasedOn"], "https://example.com/found?a=1&b=2");
    assert_eq!(letter["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(letter["isPartOf"]["@type"], "Collection");
    assert_eq!(letter["isPartOf"]["name"], "Letters </script> & Papers");
    assert_eq!(letter["holdingArchive"]["name"], "The Archive");
}

#[test]
fn signatories_are_contributors_in_a_role() {
    let site = Site::new();
    let joint = description(&site, "documents/joint/index.html");
    assert!(joint.get("author").is_none());
    let signed = joint["contributor"].as_array().unwrap();
    assert_eq!(signed.len(), 3);
    for role in signed {
        assert_eq!((&role["@type"], &role["roleName"]), (&json!("Role"), &json!("signatory")));
    }
    assert_eq!(signed[0]["contributor"]["@type"], "Organization");
    assert_eq!(signed[2]["contributor"]["name"], "Ban Ki-moon");
}

#[test]
fn a_date_in_doubt_is_temporal_and_a_missing_one_is_missing() {
    let site = Site::new();
    for (slug, date) in [("memorandum", "2009-11~"), ("statement", "[2018-03-04,2018-04-03]")] {
        let document = description(&site, &format!("documents/{slug}/index.html"));
        assert_eq!(document["temporal"], date);
        assert!(document.get("dateCreated").is_none());
        assert_eq!(document["@type"], json!(["TextDigitalDocument", "ArchiveComponent"]));
        assert!(document.get("recipient").is_none(), "only messages have recipients");
    }
    let report = description(&site, "documents/report/index.html");
    assert!(report.get("dateCreated").is_none() && report.get("temporal").is_none());
    assert_eq!(report["inLanguage"], "ko");
}

#[test]
fn the_home_page_tells_of_search_and_the_page_of_data_of_its_files() {
    let site = Site::new();
    let home = description(&site, "index.html");
    let web_site = of_type(&home, "WebSite");
    assert_eq!(web_site["url"], format!("{BASE}/"));
    assert_eq!(
        web_site["potentialAction"]["target"]["urlTemplate"],
        format!("{BASE}/search/?q={{search_term_string}}")
    );
    let page = description(&site, "data/index.html");
    let data = of_type(&page, "Dataset");
    assert_eq!(data["url"], format!("{BASE}/data/"));
    assert_eq!(data["license"], "https://creativecommons.org/licenses/by/4.0/");
    let files = data["distribution"].as_array().unwrap();
    assert_eq!(files.len(), 9);
    for file in files {
        let url = file["contentUrl"].as_str().unwrap();
        let path = url.strip_prefix(&format!("{BASE}/")).unwrap();
        assert!(site.paths().any(|p| p == path), "{path}");
    }
}

#[test]
fn lists_say_where_they_are() {
    let site = Site::new();
    let year = description(&site, "years/2014/index.html");
    let page = of_type(&year, "CollectionPage");
    assert_eq!(page["url"], format!("{BASE}/years/2014/"));
    let trail = of_type(&year, "BreadcrumbList")["itemListElement"].as_array().unwrap();
    let urls: Vec<&str> = trail.iter().map(|step| step["item"].as_str().unwrap()).collect();
    let expected = ["/", "/years/", "/years/2014/"].map(|path| format!("{BASE}{path}"));
    assert_eq!(urls, expected);
    let positions: Vec<&Value> = trail.iter().map(|step| &step["position"]).collect();
    assert_eq!(positions, [1, 2, 3]);
}

#[test]
fn people_are_known_by_their_numbers() {
    let site = Site::new();
    let page = description(&site, "people/stephen-j-solarz/index.html");
    let person = of_type(&page, "Person");
    assert_eq!(person["sameAs"], json!(["https://viaf.org/viaf/34502313"]));
    assert_eq!(person["familyName"], "Solarz");
    let page = description(&site, "organizations/amnesty-international/index.html");
    assert_eq!(of_type(&page, "Organization")["name"], "Amnesty International");
}
