//! Drafts, embargoed and withdrawn documents: nothing of them is in any file of the site.

use std::collections::BTreeMap;

use super::project::{LETTER, Project};

/// A word that stands in every field of a document that is not shown.
const SECRET: &str = "quokkazimt";

/// A document that has the secret in all of its fields, with some lines of front matter more.
fn secret_document(front: &str, lines: &str, tables: &str) -> String {
    format!(
        "+++
title = \"Letter of the {SECRET}\"
date = \"1931-05-07\"
kind = \"letter\"
language = \"en\"
place = \"{SECRET} Hill\"
subject = \"The {SECRET}\"
references = [\"{SECRET} 7\"]
creators = [{{ person = \"Anna {SECRET}\", role = \"{SECRET} keeper\", organization = \"{SECRET} Society\" }}]
signatories = [{{ person = \"Anna {SECRET}\" }}]
recipients = [{{ organization = \"Friends of the {SECRET}\" }}, {{ person = \"Edith Harland\" }}]
copied = [{{ organization = \"Bureau of {SECRET}\" }}]
topics = [\"{SECRET}\"]
description = \"On the {SECRET}.\"
rights = \"https://rights.example/{SECRET}\"
added = \"2026-01-01\"
{front}

[source]
seed = \"{SECRET}-seed.txt\"
lines = {lines}
url = \"https://rights.example/{SECRET}\"

[[review]]
field = \"date\"
reason = \"the {SECRET} is doubtful\"
line = 1

[extra]
note = \"{SECRET}\"
{tables}+++

The {SECRET} is shy.[^1]

[^1]: See the {SECRET}.
"
    )
}

/// An archive with a letter and a seed of two documents, of which the second is not shown.
fn archive() -> Project {
    let shared = "[source]\nseed = \"shared.txt\"\nlines = [1, 3]\n+++\n\n";
    Project::new()
        .file("content/documents/reading-room.md", LETTER.replacen("+++\n\n", shared, 1))
        .file("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nLetters.\n")
}

fn with_hidden(front: &str, tables: &str) -> Project {
    let record = |name: &str| {
        format!("+++\ntitle = \"{name}\"\naliases = [\"{name} Ltd\"]\n+++\n\nThe {SECRET}.\n")
    };
    let part =
        secret_document(front, "[5, 9]", tables).replace(&format!("{SECRET}-seed"), "shared");
    archive()
        .file("content/documents/hidden.md", secret_document(front, "[1, 2]", tables))
        .file("content/documents/part.md", part)
        .file("content/organizations/one.md", record(&format!("{SECRET} Society")))
        .file("content/people/two.md", record(&format!("Anna {SECRET}")))
        .file(&format!("seeds/{SECRET}-seed.txt"), format!("The {SECRET}\nis shy\n"))
        .file("seeds/shared.txt", format!("The room\n\nis dry\n\nThe {SECRET}\nis shy\n"))
}

/// The files in whose name or text the secret stands, whatever its case.
fn leaks(site: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    let has = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains(SECRET)
    };
    site.iter().filter(|(path, bytes)| has(path.as_bytes()) || has(bytes)).map(|(p, _)| p).collect()
}

fn built(project: &Project, arguments: &str) -> BTreeMap<String, Vec<u8>> {
    project.succeeds(&format!("build --no-ingest {arguments}"));
    project.files("public")
}

const NOTHING: [&String; 0] = [];

#[test]
fn nothing_of_a_hidden_document_is_in_any_file_of_the_site() {
    for (front, tables) in [
        ("draft = true", ""),
        ("embargo_until = \"2023-11-15\"", ""),
        ("withdrawn = \"at the request of the author\"", ""),
        ("", "\n[withdrawn]\nreason = \"at the request of the author\"\ndate = \"2023-10-01\"\n"),
        ("publishDate = 2023-11-15T08:00:00Z", ""),
    ] {
        let project = with_hidden(front, tables);
        let site = built(&project, "");
        assert_eq!(leaks(&site), NOTHING, "{front}{tables}");
        assert!(site.contains_key("documents/reading-room/source/index.html"));
        assert!(!site.contains_key("seeds/shared.txt"), "a seed with a hidden part is not shown");
    }
}

#[test]
fn the_test_would_find_what_is_shown() {
    let site = built(&with_hidden("", ""), "");
    let found = leaks(&site);
    for path in [
        "documents/hidden/index.html",
        "documents/hidden/citation.bib",
        "documents/hidden/source/index.html",
        "data/documents.csv",
        "data/oai.xml",
        "data/cmif.xml",
        "atom.xml",
        "index.html",
        "seeds/shared.txt",
    ] {
        assert!(found.contains(&&path.to_owned()), "{path} in {found:?}");
    }
}

#[test]
fn a_site_with_a_draft_is_that_without_it() {
    let without = built(&archive(), "");
    for front in ["draft = true", "embargo_until = 2030-01-01"] {
        let project =
            archive().file("content/documents/hidden.md", secret_document(front, "[1, 2]", ""));
        assert!(built(&project, "") == without, "{front}");
    }
}

#[test]
fn an_embargo_ends_on_its_day() {
    let project = archive().file(
        "content/documents/later.md",
        LETTER.replace("kind =", "embargo_until = \"2023-11-15\"\nkind ="),
    );
    let builds = |seconds: &str| {
        let mut command = project.command("build");
        project.finish(command.env("SOURCE_DATE_EPOCH", seconds).output().unwrap());
        project.path("public/documents/later/index.html").exists()
    };
    // 2023-11-14 and 2023-11-15 in UTC.
    assert!(!builds("1700006399"));
    assert!(builds("1700006400"));
    assert!(!builds("1700000000"));
    project.succeeds("build --drafts");
    assert!(project.path("public/documents/later/index.html").exists(), "a preview shows it");
}

#[test]
fn a_withdrawn_document_leaves_a_tombstone() {
    let front = "slug = \"shy\"\naliases = [\"/old/shy/\"]";
    let table =
        "\n[withdrawn]\nreason = \"at the request of <b>the author</b>\"\ndate = \"2023-10-01\"\n";
    let project = with_hidden("draft = true", "")
        .file("content/documents/gone.md", secret_document(front, "[1, 2]", table));
    let site = built(&project, "");
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    let page = text("documents/shy/index.html");
    assert!(page.contains("Withdrawn document") && page.contains("content=noindex"), "{page}");
    assert!(page.contains("at the request of &lt;b&gt;the author"), "{page}");
    assert!(page.contains("1 October 2023"), "{page}");
    assert!(text("old/shy/index.html").contains("url=/documents/shy/"));
    let others = ["sitemap.xml", "index.html", "documents/index.html", "data/oai.xml", "atom.xml"];
    assert!(others.iter().all(|path| !text(path).contains("/shy/")), "lists leave it out");
    assert!(text("data/documents.csv").contains("shy,https://example.org/documents/shy/,,,"));
    let marked =
        text("data/documents.jsonl").lines().filter(|l| l.contains("\"withdrawn\":")).count();
    assert_eq!(marked, 1);
    assert!(
        !site.keys().any(|path| path.starts_with("documents/shy/") && path.len() > 25),
        "no files beside it"
    );
    project.succeeds("check");
}

#[test]
fn a_faulty_document_is_held_back_when_the_rest_is_built() {
    for front in ["draft = \"yes\"", "embargo_until = \"soon\"", "withdrawn = 1", "drafft = true"] {
        let project =
            archive().file("content/documents/hidden.md", secret_document(front, "[1, 2]", ""));
        project.fails("build --no-ingest --keep-going");
        assert_eq!(leaks(&project.files("public")), NOTHING, "{front}");
    }
}

#[test]
fn an_answer_to_a_hidden_document_is_no_fault() {
    let project = archive()
        .file("content/documents/hidden.md", LETTER.replace("kind =", "draft = true\nkind ="))
        .file(
            "content/documents/answer.md",
            LETTER.replace("kind =", "in_reply_to = \"hidden\"\nkind ="),
        );
    project.succeeds("build");
}

#[test]
fn what_is_no_day_and_no_reason_is_told() {
    let project = |line: &str| {
        Project::new()
            .file("content/documents/a.md", LETTER.replace("kind =", &format!("{line}\nkind =")))
    };
    insta::assert_snapshot!(project("embargo_until = \"2030-01\"").fails("build"));
    insta::assert_snapshot!(project("withdrawn = \" \"").fails("build"));
    insta::assert_snapshot!(project("withdrawn = { date = \"2030-01-01\" }").fails("build"));
    insta::assert_snapshot!(project("withdrawn = true").fails("build"));
}
