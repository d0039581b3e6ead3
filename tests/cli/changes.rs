//! The page that says what changed from one publication to the next.

use super::project::{LETTER, Project};

fn letter(lines: &str) -> String {
    LETTER.replace("kind =", &format!("{lines}\nkind ="))
}

#[test]
fn what_came_was_corrected_and_was_withdrawn_is_listed_by_day() {
    let correction = |day| {
        format!("[[corrections]]\ndate = \"{day}\"\nfield = \"date\"\nreason = \"It is of May.\"\n")
    };
    // Twice on one day, with another day between.
    let corrections = ["2026-03-09", "2026-02-20", "2026-03-09"].map(correction).concat();
    let corrected =
        letter("added = \"2026-01-05\"").replace("+++\n\nThe", &format!("{corrections}+++\n\nThe"));
    let project = Project::new()
        .file("content/documents/first.md", corrected)
        .file(
            "content/documents/second.md",
            letter("added = \"2026-01-05\"\nupdated = \"2026-03-09\""),
        )
        .file("content/documents/third.md", letter("added = \"2026-02-01\""))
        .file(
            "content/documents/gone.md",
            letter("withdrawn = { reason = \"Asked for.\", date = \"2026-02-01\" }"),
        );
    project.succeeds("build");
    let page = project.read("public/changes/index.html");
    let order = [
        "9 March 2026",
        "1 document corrected",
        "documents/first/",
        "1 document changed",
        "documents/second/",
        "1 February 2026",
        "1 document added",
        "documents/third/",
        "1 document withdrawn",
        "documents/gone/",
        "5 January 2026",
        "2 documents added",
    ];
    let main = &page[page.find("<main").unwrap()..];
    let places: Vec<Option<usize>> = order.iter().map(|part| main.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {main}");
    let feed = project.read("public/changes/atom.xml");
    assert!(feed.contains("<title>1 document corrected, 1 document changed</title>"), "{feed}");
    assert!(feed.contains("https://example.org/changes/#d-2026-03-09"), "{feed}");
    let feed: serde_json::Value =
        serde_json::from_str(&project.read("public/changes/feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/changes/feed.json");
    let newest = &feed["items"][0];
    assert_eq!(newest["title"], "1 document corrected, 1 document changed");
    assert_eq!(newest["url"], "https://example.org/changes/#d-2026-03-09");
    assert_eq!(newest["date_published"], "2026-03-09T00:00:00Z");
    assert!(page.contains("/changes/feed.json"), "{page}");
    assert!(project.read("public/data/index.html").contains("/changes/feed.json"));
    assert!(project.read("public/index.html").contains("href=\"/changes/\""));
}

#[test]
fn an_archive_of_one_day_has_no_changes() {
    let project = Project::new()
        .file("content/documents/first.md", letter("added = \"2026-01-05\""))
        .file("content/documents/second.md", letter("added = \"2026-01-05\""));
    project.succeeds("build");
    assert!(!project.path("public/changes").exists());
    assert!(!project.read("public/index.html").contains("/changes/"));
}

#[test]
fn a_whole_list_can_be_cited() {
    let project = Project::new()
        .file("content/documents/first.md", LETTER)
        .file("content/documents/second.md", LETTER.replace("Thomas Wardle", "Mary Holt"));
    project.succeeds("build");
    for folder in
        ["documents", "organizations/ashford-reading-society", "years/1921", "kinds/letter"]
    {
        let bib = project.read(&format!("public/{folder}/citations.bib"));
        assert_eq!(bib.matches("\n  title").count(), 2, "{folder}: {bib}");
        let ris = project.read(&format!("public/{folder}/citations.ris"));
        assert_eq!(ris.matches("TY  - ").count(), 2, "{folder}: {ris}");
        let csl: serde_json::Value =
            serde_json::from_str(&project.read(&format!("public/{folder}/citations.json")))
                .unwrap();
        assert_eq!(csl.as_array().map(Vec::len), Some(2), "{folder}: {csl}");
        let page = project.read(&format!("public/{folder}/index.html"));
        assert!(
            page.contains("Cite all 2") && page.contains(&format!("/{folder}/citations.ris")),
            "{page}"
        );
    }
    // A name of one letter has the files beside that.
    assert!(!project.path("public/people/mary-holt/citations.bib").exists());
    let config = project.read("config.toml");
    project.write("config.toml", format!("{config}\n[outputs]\nlist_citations = false\n"));
    project.succeeds("build");
    assert!(!project.path("public/documents/citations.bib").exists());
    assert!(!project.read("public/documents/index.html").contains("Cite all"));
}
