//! Front matter as editors and other generators have it: schemas, Zola, Hugo, YAML.

use serde_json::{Value, json};

use super::project::{CONFIG, Project};

fn schema(project: &Project, what: &str) -> Value {
    let run = project.run(&format!("schema {what}"));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn schemas_are_data_and_know_the_archives_own_kinds() {
    let project = Project::empty();
    for what in ["document", "organization", "person", "page", "config", "theme"] {
        let schema = schema(&project, what);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert_eq!(schema["additionalProperties"], false, "{what}");
        assert!(schema["properties"]["title"].is_object() || what == "theme", "{what}");
    }
    project.write("config.toml", format!("{CONFIG}\n[kinds.decree]\nname = \"Decree\"\n"));
    let document = schema(&project, "document");
    let kinds = document["properties"]["kind"]["enum"].as_array().unwrap().clone();
    assert!(kinds.contains(&json!("decree")) && kinds.contains(&json!("letter")));
    // What is one of some names is known by these in the schema, too.
    let host = &schema(&project, "config")["properties"]["check"]["properties"]["host"];
    assert!(host["enum"].as_array().unwrap().contains(&json!("netlify")), "{host}");
    let level = &schema(&project, "collection")["properties"]["level"];
    assert_eq!((&level["enum"][0], &level["type"]), (&json!("fonds"), &json!("string")));
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&document["properties"]["aliases"]).unwrap()
    );
    assert_eq!(project.run("schema").stdout, project.run("schema document").stdout);
    insta::assert_snapshot!(project.refuses("schema documents"));
}

/// What the data of a site say of its one document.
fn record(text: &str) -> Value {
    let project = Project::new().file("content/documents/a.md", text);
    let told = project.succeeds("build");
    assert!(!told.contains("warning"), "{told}");
    serde_json::from_str(&project.read("public/data/documents.jsonl")).unwrap()
}

const ZOLA: &str = "+++
title = \"Letter on the Reading Room\"
date = 1921-03-14
updated = 2024-02-01T08:00:00Z
weight = 3
authors = [\"Thomas Wardle\"]
path = \"letters/room\"
in_search_index = true

[taxonomies]
tags = [\"Reading rooms\"]
categories = [\"Letters\"]
series = [\"Wardle\"]

[extra]
toc = true
+++

The room is dry.
";

#[test]
fn front_matter_of_zola_is_read() {
    let record = record(ZOLA);
    for (key, value) in [
        ("date", json!("1921-03-14")),
        ("updated", json!("2024-02-01")),
        ("topics", json!(["Letters", "Reading rooms"])),
        ("creators", json!([{ "person": "Thomas Wardle" }])),
    ] {
        assert_eq!(record[key], value, "{key}");
    }
    let project = Project::new().file("content/documents/a.md", ZOLA);
    project.succeeds("build");
    assert!(project.read("public/letters/room/index.html").contains("url=/documents/a/"));
}

const HUGO: &str = "---
title: \"Letter on the Reading Room\"
date: 1921-03-14T16:03:12-07:00
lastmod: 2024-02-01
draft: false
author: Thomas Wardle
tags: [Reading rooms]
categories:
  - Letters
summary: The room is dry # as they say
url: /letters/room.html
menu: main
params:
  box: 12
kind: letter
recipients:
  - person: Edith Harland
    role: Secretary
source:
  seed: a.txt
  lines: [1, 3]
---

The room is dry.
";

#[test]
fn front_matter_of_hugo_is_read_from_yaml() {
    let record = record(HUGO);
    for (key, value) in [
        ("title", json!("Letter on the Reading Room")),
        ("date", json!("1921-03-14")),
        ("updated", json!("2024-02-01")),
        ("topics", json!(["Reading rooms", "Letters"])),
        ("creators", json!([{ "person": "Thomas Wardle" }])),
        ("recipients", json!([{ "person": "Edith Harland", "role": "Secretary" }])),
        ("description", json!("The room is dry")),
        ("lines", json!("1-3")),
    ] {
        assert_eq!(record[key], value, "{key}");
    }
}

#[test]
fn the_archives_own_keys_come_before_foreign_ones() {
    let own = "creators = [{ person = \"Edith Harland\" }]\ntopics = [\"Rooms\"]\ndescription = \"Own.\"\n";
    let text = format!(
        "+++\ntitle = \"A\"\n{own}author = \"T. Wardle\"\nsummary = \"Other.\"\ntags = [\"Rooms\", \"More\"]\n+++\n"
    );
    let record = record(&text);
    assert_eq!(record["creators"], json!([{ "person": "Edith Harland" }]));
    assert_eq!(
        (&record["description"], &record["topics"]),
        (&json!("Own."), &json!(["Rooms", "More"]))
    );
}

#[test]
fn a_folder_may_stand_for_its_index() {
    let project = Project::new().file("content/documents/reading-room/index.md", ZOLA).file(
        "content/documents/1922/lamps/index.md",
        ZOLA.replace("letters/room", "letters/lamps"),
    );
    project.succeeds("build");
    for slug in ["reading-room", "lamps"] {
        assert!(project.path(&format!("public/documents/{slug}/index.html")).exists(), "{slug}");
    }
}

#[test]
fn pages_have_old_addresses_too() {
    let page = "+++\ntitle = \"About\"\ndate = 2020-01-01\naliases = [\"/info/\"]\npath = \"info.html\"\n+++\n\nText\n";
    let project = Project::new().file("content/pages/about.md", page);
    project.succeeds("build");
    for old in ["info/index.html", "info.html"] {
        assert!(project.read(&format!("public/{old}")).contains("url=/about/"), "{old}");
    }
}

#[test]
fn keys_that_would_show_or_hide_a_page_are_not_passed_over() {
    let keys =
        "expiryDate = 2020-01-01\nrender = false\nheadless = true\n[build]\nlist = \"never\"\n";
    let text = format!("+++\ntitle = \"A\"\n{keys}+++\n");
    let project = Project::new()
        .file("content/documents/a.md", &text)
        .file("content/pages/a.md", "+++\ntitle = \"A\"\nrender = false\n+++\n");
    insta::assert_snapshot!(project.fails("build"));
}
