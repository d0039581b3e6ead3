//! Seeds become drafts, drafts belong to people.

use super::project::{Project, link};

const SEED: &str = "Ashford Reading Society
12 Mill Lane
Ashford

14 March 1921

Miss Edith Harland
Secretary, County Library Committee

Dear Miss Harland,

The room above the bakery is dry and can be heated.

Yours sincerely,

Thomas Wardle
Chairman, Ashford Reading Society
";

fn with_seed() -> Project {
    Project::new().file("seeds/letter.txt", SEED)
}

/// The one document that was drafted.
fn draft(project: &Project) -> String {
    let files = project.files("content/documents");
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    format!("content/documents/{}", files.into_keys().next().unwrap())
}

#[test]
fn a_seed_becomes_a_draft_and_a_second_run_changes_nothing() {
    let project = with_seed();
    project.succeeds("ingest");
    insta::assert_snapshot!(project.read(&draft(&project)));
    let before = project.files("content");
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    project.succeeds("build");
    assert_eq!(project.files("content"), before);
    assert_eq!(project.read("seeds/letter.txt"), SEED);
}

#[test]
fn a_build_drafts_first_unless_told_not_to() {
    let project = with_seed();
    let told = project.succeeds("build --no-ingest");
    assert!(told.starts_with("0 documents, "), "{told}");
    assert!(!project.path("content").exists());
    assert!(project.succeeds("build").contains("\n1 document, "));
}

#[test]
fn a_draft_that_nobody_touched_follows_its_seed() {
    let project = with_seed();
    project.succeeds("ingest");
    project.write("seeds/letter.txt", SEED.replace("is dry", "is damp"));
    project.succeeds("ingest");
    assert!(project.read(&draft(&project)).contains("the bakery is damp"));
}

#[test]
fn an_edited_draft_is_never_written() {
    let project = with_seed();
    project.succeeds("ingest");
    let path = draft(&project);
    let edited = project.read(&path).replace("is dry", "was dry");
    project.write(&path, &edited);
    project.write("seeds/letter.txt", SEED.replace("heated", "lit"));
    project.succeeds("build");
    assert_eq!(project.read(&path), edited);
    let run = project.run("ingest --diff");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    assert_eq!(project.read(&path), edited);
}

#[test]
fn a_deleted_draft_does_not_come_back() {
    let project = with_seed();
    project.succeeds("ingest");
    std::fs::remove_file(project.path(&draft(&project))).unwrap();
    project.succeeds("build");
    assert!(project.files("content/documents").is_empty());
}

#[test]
fn a_seed_can_be_explained() {
    let project = with_seed();
    let run = project.run("ingest --explain letter.txt");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    assert!(!project.path("content").exists());
    insta::assert_snapshot!(project.fails("ingest --explain lettre.txt"));
}

#[test]
fn a_seed_that_cannot_be_read_keeps_no_other_from_its_draft() {
    let project = with_seed();
    link("/etc/hostname", &project.path("seeds/outside.txt"));
    insta::assert_snapshot!(project.succeeds("ingest"));
    assert!(project.path(&draft(&project)).exists());
    let told = project.succeeds("build");
    assert!(told.contains("1 document, "), "{told}");
}
