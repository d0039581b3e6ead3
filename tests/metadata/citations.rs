//! The citation files of documents.

use biblatex::{Bibliography, ChunksExt, Entry, Person};

use super::archive::{BASE, COMMITTEE, FIRM, Site};
use super::readers::{all, ris};

fn entry(site: &Site, slug: &str) -> Entry {
    let text = site.text(&format!("documents/{slug}/citation.bib"));
    let bibliography = Bibliography::parse(text).unwrap();
    assert_eq!(bibliography.len(), 1);
    bibliography.get(slug).unwrap().clone()
}

fn names(people: Vec<Person>) -> Vec<(String, String)> {
    people.into_iter().map(|p| (p.name, p.given_name)).collect()
}

fn whole(name: &str) -> (String, String) {
    (name.to_owned(), String::new())
}

#[test]
fn bibtex_gives_back_the_letter() {
    let site = Site::new();
    let letter = entry(&site, "letter");
    assert_eq!(letter.entry_type, biblatex::EntryType::Misc);
    let solarz = ("Solarz".to_owned(), "Stephen J.".to_owned());
    assert_eq!(names(letter.author().unwrap()), [solarz]);
    assert_eq!(
        letter.title().unwrap().format_verbatim(),
        "Letter from Stephen J. Solarz to Ban Ki-moon"
    );
    assert_eq!(letter.url().unwrap(), format!("{BASE}/documents/letter/"));
    assert_eq!(letter.get("date").unwrap().format_verbatim(), "2008-11-19");
    assert_eq!(letter.get("langid").unwrap().format_verbatim(), "en");
    assert_eq!(letter.get("howpublished").unwrap().format_verbatim(), "Letter");
}

#[test]
fn bibtex_keeps_organizations_whole() {
    let site = Site::new();
    let joint = entry(&site, "joint");
    let authors = [whole(FIRM), whole(COMMITTEE), whole("Ban Ki-moon")];
    assert_eq!(names(joint.author().unwrap()), authors);
    assert_eq!(joint.title().unwrap().format_verbatim(), "Open letter: “Real” or Illusory?");
}

#[test]
fn bibtex_of_a_memorandum_is_a_report_of_its_issuer() {
    let site = Site::new();
    let text = site.text("documents/memorandum/citation.bib");
    assert!(text.starts_with("@techreport{memorandum,\n"), "{text}");
    let memorandum = entry(&site, "memorandum");
    let field = |name: &str| memorandum.get(name).unwrap().format_verbatim();
    assert_eq!(field("institution"), "Amnesty International");
    assert_eq!(field("number"), "A/HRC/25/63");
    assert_eq!(field("type"), "Memorandum");
    assert_eq!((field("year").as_str(), field("date").as_str()), ("2009", "2009-11~"));
    assert!(text.contains("\n  month = nov,\n"), "{text}");
}

#[test]
fn bibtex_leaves_out_dates_that_it_cannot_tell() {
    let site = Site::new();
    for slug in ["report", "statement"] {
        let text = site.text(&format!("documents/{slug}/citation.bib"));
        for key in ["year", "month", "date"] {
            assert!(!text.contains(&format!("\n  {key} = ")), "{text}");
        }
    }
}

#[test]
fn ris_gives_back_the_letter() {
    let site = Site::new();
    let letter = ris(site.text("documents/letter/citation.ris"));
    assert_eq!(letter[0], ("TY", "PCOMM"));
    assert_eq!(all(&letter, "TI"), ["Letter from Stephen J. Solarz to Ban Ki-moon"]);
    assert_eq!(all(&letter, "AU"), ["Solarz, Stephen J."]);
    assert_eq!(all(&letter, "A2"), ["Ban Ki-moon"]);
    assert_eq!(all(&letter, "PY"), ["2008"]);
    assert_eq!(all(&letter, "DA"), ["2008/11/19/"]);
    assert_eq!(all(&letter, "M3"), ["Letter"]);
    assert_eq!(all(&letter, "AN"), ["28-09713"]);
    assert_eq!(all(&letter, "DB"), ["The Archive"]);
    assert_eq!(all(&letter, "LA"), ["en"]);
    assert_eq!(all(&letter, "UR"), [format!("{BASE}/documents/letter/")]);
}

/// A name with a comma would be taken for a person's.
#[test]
fn ris_drops_the_commas_of_organizations() {
    let site = Site::new();
    let joint = ris(site.text("documents/joint/citation.ris"));
    assert_eq!(all(&joint, "AU"), [&FIRM.replace(',', ""), COMMITTEE, "Ban Ki-moon"]);
}

#[test]
fn ris_types_follow_the_kind_and_are_never_generic() {
    let site = Site::new();
    for (slug, kind) in [
        ("letter", "PCOMM"),
        ("joint", "PCOMM"),
        ("memorandum", "RPRT"),
        ("report", "RPRT"),
        ("statement", "ELEC"),
    ] {
        let record = ris(site.text(&format!("documents/{slug}/citation.ris")));
        assert_eq!(record[0], ("TY", kind), "{slug}");
    }
    let memorandum = ris(site.text("documents/memorandum/citation.ris"));
    assert_eq!(all(&memorandum, "DA"), ["2009/11//circa"]);
    assert_eq!(all(&memorandum, "SN"), ["A/HRC/25/63"]);
    assert_eq!(all(&memorandum, "PB"), ["Amnesty International"]);
    let statement = ris(site.text("documents/statement/citation.ris"));
    assert!(all(&statement, "PY").is_empty());
    assert_eq!(all(&statement, "N1"), ["Date: March 4 or April 3, 2018"]);
    let report = ris(site.text("documents/report/citation.ris"));
    assert!(all(&report, "DA").is_empty() && all(&report, "N1").is_empty());
}

#[test]
fn csl_gives_back_the_records() {
    let site = Site::new();
    let item = |slug: &str| {
        let text = site.text(&format!("documents/{slug}/citation.json"));
        let items: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(items.as_array().unwrap().len(), 1);
        items[0].clone()
    };
    let letter = item("letter");
    assert_eq!(letter["type"], "personal_communication");
    let solarz = serde_json::json!([{ "family": "Solarz", "given": "Stephen J." }]);
    assert_eq!(letter["author"], solarz);
    assert_eq!(letter["recipient"], serde_json::json!([{ "literal": "Ban Ki-moon" }]));
    assert_eq!(letter["issued"], serde_json::json!({ "date-parts": [[2008, 11, 19]] }));
    assert_eq!(letter["URL"], format!("{BASE}/documents/letter/"));
    let names = serde_json::json!([
        { "literal": FIRM }, { "literal": COMMITTEE }, { "literal": "Ban Ki-moon" },
    ]);
    assert_eq!(item("joint")["author"], names);
    let about = serde_json::json!({ "date-parts": [[2009, 11]], "circa": true });
    assert_eq!(item("memorandum")["issued"], about);
    assert!(item("report").get("issued").is_none());
    assert!(item("statement")["issued"]["literal"].is_string());
}
