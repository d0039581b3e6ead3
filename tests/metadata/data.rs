//! The open data below `data/`.

use roxmltree::{Document, Node};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::archive::{BASE, COMMITTEE, FIRM, Site};
use super::readers::{all, csv, csv_row};

#[test]
fn the_table_of_documents_gives_back_the_records() {
    let site = Site::new();
    let text = site.text("data/documents.csv");
    assert_eq!(csv(text).len(), 6);
    let letter = csv_row(text, "letter");
    let expected = [
        ("url", "https://example.org/archive/documents/letter/"),
        ("title", "Letter from Stephen J. Solarz to Ban Ki-moon"),
        ("date", "2008-11-19"),
        ("earliest", "2008-11-19"),
        ("references", "28-09713"),
        ("creators", "Stephen J. Solarz, Co-Chair, Amnesty International"),
        ("lines", "1-3"),
        ("source", "https://example.com/found?a=1&b=2"),
        ("updated", "2026-03-04"),
    ];
    for (column, value) in expected {
        assert_eq!(all(&letter, column), [value], "{column}");
    }
    let joint = csv_row(text, "joint");
    let names = format!("{FIRM}; {COMMITTEE}; Ban Ki-moon, Amnesty International");
    assert_eq!(all(&joint, "signatories"), [names]);
    assert_eq!(all(&csv_row(text, "statement"), "latest"), ["2018-04-03"]);
}

#[test]
fn json_lines_say_the_same_as_the_table() {
    let site = Site::new();
    let table = site.text("data/documents.csv");
    let lines: Vec<Value> = site
        .text("data/documents.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 5);
    for line in &lines {
        let row = csv_row(table, line["slug"].as_str().unwrap());
        for (column, cell) in &row {
            match line.get(column) {
                Some(Value::String(text)) => assert_eq!(text, cell, "{column}"),
                Some(Value::Array(items)) => assert!(!items.is_empty() && !cell.is_empty()),
                other => assert!(other.is_none() && cell.is_empty(), "{column}: {other:?}"),
            }
        }
    }
}

#[test]
fn signatures_are_the_edges_of_a_network() {
    let site = Site::new();
    let rows = csv(site.text("data/signatures.csv"));
    assert_eq!(rows[0][..3], ["document", "date", "relation"]);
    let joint: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == "joint").collect();
    assert_eq!(joint.len(), 3);
    assert_eq!(joint[0][1..3], ["2014-11", "signatory"]);
    assert_eq!(joint[0][7], FIRM);
    assert_eq!(joint[2][3..5], ["ban-ki-moon", "Ban Ki-moon"]);
    let slugs: Vec<String> =
        csv(site.text("data/organizations.csv")).into_iter().map(|row| row[0].clone()).collect();
    for row in &rows[1..] {
        assert!(row[6].is_empty() || slugs.contains(&row[6]), "{row:?}");
    }
    let letter = rows.iter().find(|row| row[0] == "letter").unwrap();
    assert_eq!(letter[2..6], ["creator", "stephen-j-solarz", "Stephen J. Solarz", "Co-Chair"]);
}

#[test]
fn the_data_package_describes_every_file_as_it_is() {
    let site = Site::new();
    let package: Value = serde_json::from_str(site.text("data/datapackage.json")).unwrap();
    assert_eq!(package["homepage"], format!("{BASE}/"));
    assert_eq!(package["licenses"][0]["path"], "https://creativecommons.org/licenses/by/4.0/");
    let resources = package["resources"].as_array().unwrap();
    let mut described: Vec<String> = vec!["data/datapackage.json".to_owned()];
    for resource in resources {
        let path = format!("data/{}", resource["path"].as_str().unwrap());
        let text = site.text(&path);
        assert_eq!(resource["bytes"], text.len());
        let hash: String = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        if let Some(fields) = resource["schema"]["fields"].as_array() {
            let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
            assert_eq!(csv(text)[0], names, "{path}");
        }
        described.push(path);
    }
    described.sort();
    let files: Vec<&str> =
        site.paths().filter(|p| p.starts_with("data/") && !p.ends_with(".html")).collect();
    assert_eq!(files, described);
}

#[test]
fn data_can_be_switched_off() {
    let site = Site::with(|text| format!("{text}\n[outputs]\ndata = false\ncitations = false\n"));
    assert!(!site.paths().any(|p| p.starts_with("data/") || p.contains("citation.")));
}

fn named<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|n| n.tag_name().name() == name).collect()
}

#[test]
fn correspondence_is_told_in_cmif() {
    let site = Site::new();
    let xml = Document::parse(site.text("data/cmif.xml")).unwrap();
    assert!(xml.root_element().has_tag_name(("http://www.tei-c.org/ns/1.0", "TEI")));
    let letters = named(xml.root_element(), "correspDesc");
    let keys: Vec<_> = letters.iter().filter_map(|l| l.attribute("key")).collect();
    assert_eq!(keys, ["joint", "letter"]);
    let letter = letters[1];
    assert_eq!(letter.attribute("ref"), Some(format!("{BASE}/documents/letter/").as_str()));
    let [sent, received] = named(letter, "correspAction")[..] else { panic!("two actions") };
    assert_eq!(
        (sent.attribute("type"), received.attribute("type")),
        (Some("sent"), Some("received"))
    );
    let sender = named(sent, "persName")[0];
    assert_eq!(sender.text(), Some("Stephen J. Solarz"));
    assert_eq!(sender.attribute("ref"), Some("https://viaf.org/viaf/34502313"));
    assert_eq!(named(sent, "orgName")[0].text(), Some("Amnesty International"));
    assert_eq!(named(sent, "placeName")[0].text(), Some("New York"));
    assert_eq!(named(sent, "date")[0].attribute("when"), Some("2008-11-19"));
    assert_eq!(named(received, "persName")[0].text(), Some("Ban Ki-moon"));
    let names: Vec<_> = named(letters[0], "orgName").iter().filter_map(Node::text).collect();
    assert_eq!(names, [FIRM, COMMITTEE, "Amnesty International", "UN Member States"]);
    let source = letters[0].attribute("source").unwrap().trim_start_matches('#');
    assert!(named(xml.root_element(), "bibl")[0].attributes().any(|a| a.value() == source));
}

#[test]
fn harvesters_get_records_with_the_days_of_the_records() {
    let site = Site::new();
    let xml = Document::parse(site.text("data/oai.xml")).unwrap();
    let root = xml.root_element();
    let space = "http://www.openarchives.org/OAI/2.0/static-repository";
    assert!(root.has_tag_name((space, "Repository")));
    let parts: Vec<&str> =
        root.children().filter(Node::is_element).map(|n| n.tag_name().name()).collect();
    assert_eq!(parts, ["Identify", "ListMetadataFormats", "ListRecords"]);
    let one = |name: &str| named(root, name)[0].text().unwrap();
    assert_eq!(one("adminEmail"), "keeper@example.org");
    assert_eq!(one("earliestDatestamp"), "2026-01-05");
    let records = named(root, "record");
    assert_eq!(records.len(), 5);
    let letter = records
        .iter()
        .find(|r| named(**r, "identifier")[0].text() == Some("oai:example.org:documents/letter"));
    let letter = *letter.unwrap();
    let values = |name: &str| -> Vec<&str> {
        let all = named(letter, name).into_iter();
        let dc = "http://purl.org/dc/elements/1.1/";
        all.filter(|n| n.tag_name().namespace() == Some(dc)).filter_map(|n| n.text()).collect()
    };
    assert_eq!(named(letter, "datestamp")[0].text(), Some("2026-03-04"));
    assert_eq!(values("title"), ["Letter from Stephen J. Solarz to Ban Ki-moon"]);
    assert_eq!(values("creator"), ["Solarz, Stephen J."]);
    assert_eq!(values("date"), ["2008-11-19"]);
    assert_eq!(values("type"), ["Text", "Letter"]);
    assert_eq!(values("identifier"), [&format!("{BASE}/documents/letter/"), "28-09713"]);
    assert_eq!(values("rights"), ["https://creativecommons.org/licenses/by/4.0/"]);
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let (a, b) = (Site::new(), Site::new());
    for path in a.paths() {
        if path.ends_with(".html") || path.contains("data/") || path.contains("citation.") {
            assert_eq!(a.text(path), b.text(path), "{path}");
        }
    }
}
