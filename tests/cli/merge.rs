//! `fonds merge`: two records become one, and the documents stay as they are.

use super::project::{LETTER, Project};

const RECORD: &str = "+++
title = \"Ashford Reading Society\" # as on its letterhead
# the seat was moved in 1930
country = \"United Kingdom\"
+++

Founded in 1889.
";

const OTHER: &str = "+++
title = \"Ashford Readers' Society\"
aliases = [\"The Readers\"]
acronym = \"ARS\"
country = \"England\"

[[identifiers]]
scheme = \"ISNI\"
value = \"0000 0001 2345 6789\"
+++

Dissolved in 1951.
";

const INTO: &str = "content/organizations/ashford-reading-society.md";
const FROM: &str = "content/organizations/readers.md";

fn with_records() -> Project {
    Project::with_letter()
        .file(INTO, RECORD)
        .file(FROM, OTHER)
        .file("content/documents/b.md", LETTER.replace("Reading Society", "Readers' Society"))
}

fn merge(project: &Project, names: &[&str]) -> super::project::Run {
    project.finish(project.command("merge").args(names).output().unwrap())
}

#[test]
fn the_record_that_stays_takes_everything_and_the_old_url_leads_to_it() {
    let project = with_records();
    let documents = project.files("content/documents");
    let run = merge(&project, &["Ashford Readers' Society", "ashford reading society"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    insta::assert_snapshot!(format!("{}---\n{}", run.stderr, project.read(INTO)));
    assert!(!project.path(FROM).exists());
    assert_eq!(project.files("content/documents"), documents, "documents are not touched");
    project.succeeds("build");
    let page = project.read("public/organizations/ashford-reading-society/index.html");
    assert!(page.contains("/documents/b/") && page.contains("/documents/reading-room/"));
    let old = project.read("public/organizations/readers/index.html");
    assert!(old.contains("url=/organizations/ashford-reading-society/"), "{old}");
    project.succeeds("check");
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let project = with_records();
    let before = project.files("content");
    let run = merge(&project, &["--dry-run", FROM, "ashford-reading-society"]);
    insta::assert_snapshot!(run.stdout);
    assert_eq!(project.files("content"), before);
}

#[test]
fn names_without_a_record_get_one() {
    let project = Project::with_letter().file(
        "content/documents/b.md",
        LETTER
            .replace("Ashford Reading", "Ashforth Reading")
            .replace("Edith Harland", "E. Harland"),
    );
    assert_eq!(
        merge(&project, &["Ashforth Reading Society", "Ashford Reading Society"]).status,
        Some(0)
    );
    assert_eq!(
        project.read(INTO),
        "+++\ntitle = \"Ashford Reading Society\"\naliases = [\"Ashforth Reading Society\"]\nmerged = [\"ashforth-reading-society\"]\n+++\n"
    );
    assert_eq!(merge(&project, &["E. Harland", "Edith Harland"]).status, Some(0));
    assert!(project.path("content/people/edith-harland.md").exists());
    let told = project.succeeds("build");
    assert!(told.starts_with("2 documents, 1 organization, 2 people, "), "{told}");
}

#[test]
fn drafted_records_are_not_drafted_again() {
    let project = Project::new();
    for (n, name) in ["Ashford Reading Society", "Ashforth Reading Society"].iter().enumerate() {
        let seed = format!(
            "{name}\n12 Mill Lane\n\n1{n} March 1921\n\nMiss Edith Harland\n\nDear Miss Harland,\n\nThe room is dry.\n\nYours sincerely,\n\nThomas Wardle\nChairman, {name}\n"
        );
        project.write(&format!("seeds/{n}.txt"), seed);
    }
    project.succeeds("ingest");
    let run = merge(&project, &["Ashforth Reading Society", "Ashford Reading Society"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let before = project.files("content");
    project.succeeds("ingest");
    assert_eq!(project.files("content"), before);
}

#[test]
fn check_prints_the_command() {
    let project = with_records()
        .file("content/documents/b.md", LETTER.replace("Ashford Reading", "Ashforth Reading"));
    let told = project.run("check").stderr;
    let line = told.lines().find(|line| line.contains("fonds merge")).unwrap();
    let command = line.split("fonds merge ").nth(1).unwrap().split("; if not").next().unwrap();
    let names: Vec<&str> = command.split('\'').filter(|part| !part.trim().is_empty()).collect();
    assert_eq!(names, ["Ashforth Reading Society", "Ashford Reading Society"]);
    assert_eq!(merge(&project, &names).status, Some(0));
    assert!(!project.run("check").stderr.contains("fonds merge"));
}

#[test]
fn what_cannot_be_merged_is_told() {
    let project = with_records();
    let refused = |names: &[&str]| {
        let run = merge(&project, names);
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        run.stderr
    };
    insta::assert_snapshot!(refused(&["Ashford Raeding Society", "The Readers"]));
    insta::assert_snapshot!(refused(&["The Readers", "ARS"]));
    insta::assert_snapshot!(refused(&["The Readers", "Thomas Wardle"]));
    project.write("content/people/readers.md", "+++\ntitle = \"The Readers\"\n+++\n");
    project.write("content/people/ars.md", "+++\ntitle = \"Ashford Reading Society\"\n+++\n");
    insta::assert_snapshot!(refused(&["The Readers", "Ashford Reading Society"]));
    assert_eq!(project.read(INTO), RECORD);
}
