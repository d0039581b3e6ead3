//! `fonds check`: links, anchors, reviews, and the forms in which it tells.

use super::project::{LETTER, Project};

/// A page with two dead links and two good ones.
const LINKS: &str = "+++
title = \"Links\"
+++

See [nothing](/documents/nothing/), [no paragraph](/documents/reading-room/#p99),
[a letter](/documents/reading-room/) and [elsewhere](https://example.com/).
";

fn with_links() -> Project {
    Project::with_letter().file("content/pages/links.md", LINKS)
}

#[test]
fn an_archive_without_faults() {
    let project = Project::with_letter();
    let told = project.succeeds("check");
    assert!(told.starts_with("no error in 1 document, "), "{told}");
    assert_eq!(project.names(), ["config.toml", "content"], "check writes nothing");
}

#[test]
fn a_site_below_a_path_has_no_dead_link_either() {
    Project::with_letter().succeeds("check --base-url https://example.org/archive");
}

#[test]
fn dead_links_are_told_with_their_place() {
    insta::assert_snapshot!(with_links().fails("check"));
}

#[test]
fn open_reviews_are_warnings() {
    let review = "[source]\nseed = \"a.txt\"\n\n[[review]]\nfield = \"date\"\nreason = \"no year\"\nline = 3\n+++\n\n";
    let text = LETTER.replacen("+++\n\n", review, 1);
    let project = Project::new()
        .file("content/documents/a.md", text)
        .file("seeds/a.txt", "Ashford\n\n14 March\n");
    let told = project.succeeds("check --base-url https://example.org");
    insta::assert_snapshot!(told.split("no error in").next().unwrap());
}

#[test]
fn machines_get_json() {
    let run = with_links().run("check --format json");
    assert_eq!(run.status, Some(1));
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let first = &told.as_array().unwrap()[0];
    assert_eq!(first["severity"], "error");
    assert_eq!(
        (&first["path"], &first["position"]["line"]),
        (&"content/pages/links.md".into(), &5.into())
    );
    assert_eq!(Project::with_letter().run("check --format json").stdout, "[]\n");
}

#[test]
fn github_gets_workflow_commands() {
    insta::assert_snapshot!(with_links().run("check --format github").stdout);
}
