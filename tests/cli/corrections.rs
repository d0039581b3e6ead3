//! What was corrected, and when a record came and changed: on its page, in the list of corrections, in feeds.

use super::project::{LETTER, Project};

const CORRECTIONS: &str = "[[corrections]]
date = \"2026-01-31\"
field = \"date\"
reason = \"the year was read as 1912\"

[[corrections]]
date = \"2026-02-03\"
by = \"Edith Harland\"
reason = \"<lamp> was left out\"
+++
";

fn corrected() -> Project {
    let text = LETTER.replacen("+++\n\n", &format!("{CORRECTIONS}\n"), 1);
    Project::new()
        .file("content/documents/reading-room.md", text)
        .file("content/documents/other.md", LETTER.replace("Letter on", "Note on"))
}

#[test]
fn corrections_are_told_on_the_page_in_a_list_and_in_a_feed() {
    let project = corrected();
    project.succeeds("build");
    let page = project.read("public/documents/reading-room/index.html");
    for shown in [
        "3 February 2026",
        "Text: <bdi>&lt;lamp&gt; was left out",
        "by Edith Harland",
        "Date: <bdi>the year was",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let list = project.read("public/corrections/index.html");
    let places =
        ["2 corrections", "&lt;lamp&gt;", "the year was read as 1912"].map(|text| list.find(text));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{list}");
    assert!(list.contains("/documents/reading-room/#corrections"), "{list}");
    insta::assert_snapshot!(project.read("public/corrections/atom.xml"));
    for page in ["index.html", "documents/other/index.html"] {
        assert!(
            project.read(&format!("public/{page}")).contains("href=\"/corrections/\""),
            "{page}"
        );
    }
    // The last of them is the record's last change.
    assert!(project.read("public/sitemap.xml").contains("<lastmod>2026-02-03</lastmod>"));
    assert!(project.read("public/data/documents.csv").contains("2026-02-03"));
    project.succeeds("check");
}

#[test]
fn an_archive_without_corrections_has_no_list_of_them_and_its_name_is_free() {
    let own = "+++\ntitle = \"How to correct us\"\n+++\n\nWrite.\n";
    let project = Project::with_letter().file("content/pages/corrections.md", own);
    project.succeeds("build");
    assert!(project.read("public/corrections/index.html").contains("How to correct us"));
    assert!(!project.path("public/corrections/atom.xml").exists());
    let project = corrected().file("content/pages/corrections.md", own);
    let told = project.fails("build");
    assert!(told.contains("the site itself creates the page `/corrections/`"), "{told}");
}

#[test]
fn a_correction_without_a_day_or_a_reason_is_a_fault() {
    let wrong = "[[corrections]]\nfield = \"date\"\n\n[[corrections]]\ndate = \"2026\"\nreason = \"r\"\n+++\n\n";
    let project =
        Project::new().file("content/documents/a.md", LETTER.replacen("+++\n\n", wrong, 1));
    insta::assert_snapshot!(project.fails("check"));
}

#[test]
fn a_new_document_bears_the_day_on_which_it_was_added() {
    let project = Project::new();
    project.succeeds("new document Report");
    assert!(project.read("content/documents/report.md").contains("added = \"2023-11-14\"\n"));
    project.succeeds("build");
    let feed = project.read("public/atom.xml");
    assert!(feed.contains("<updated>2023-11-14T00:00:00Z</updated>"), "{feed}");
    for file in ["public/atom.xml", "public/data/oai.xml"] {
        assert!(!project.read(file).contains("1970-01-01"), "{file}");
    }
}

#[test]
fn a_document_is_dated_by_its_first_publication_and_by_that_of_a_change() {
    let project = Project::with_letter();
    let publish = |seconds: &str, arguments: &str| {
        let mut command = project.command(arguments);
        let run = project.finish(command.env("SOURCE_DATE_EPOCH", seconds).output().unwrap());
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        project.read("public/atom.xml")
    };
    let days = |feed: &str, published: &str, updated: &str| {
        assert!(feed.contains(&format!("<published>{published}T")), "{feed}");
        let updated = format!("<updated>{updated}T00:00:00Z</updated>");
        assert_eq!(feed.matches(&updated).count(), 2, "{feed}");
    };
    let first = publish("1700000000", "build --lock-urls");
    days(&first, "2023-11-14", "2023-11-14");
    // Another day is no change.
    assert_eq!(publish("1710000000", "build --lock-urls"), first);
    project.write("content/documents/reading-room.md", LETTER.replace("dry", "damp"));
    days(&publish("1710000000", "build"), "2023-11-14", "2023-11-14");
    let changed = publish("1720000000", "build --lock-urls");
    days(&changed, "2023-11-14", "2024-07-03");
    assert_eq!(publish("1730000000", "build"), changed);
    // What a person writes counts more.
    let own = LETTER
        .replace("+++\n\nThe", "added = \"2020-05-06\"\nupdated = \"2021-05-06\"\n+++\n\nThe");
    project.write("content/documents/reading-room.md", own);
    days(&publish("1730000000", "build --lock-urls"), "2020-05-06", "2021-05-06");
}
