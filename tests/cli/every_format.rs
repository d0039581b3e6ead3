//! A folder of files of every format that is read, made by `tests/formats/make.py` with public tools: all of it is
//! ingested, built and checked; a text gives the same facts and the same words in whatever format it came.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

use super::project::{CONFIG, Project};

const LISTS: [&str; 7] =
    ["list.csv", "list.tsv", "list.xlsx", "list.ods", "ships.ris", "ships.bib", "ships.jsonl"];

/// A folder with the files of all formats.
fn archive() -> Project {
    let names: Vec<String> = LISTS.iter().map(|name| format!("\"tables/{name}\"")).collect();
    let settings = format!(
        "{CONFIG}[outputs]\nattachments = true\n[ingest]\ntables = [{}]\n",
        names.join(", ")
    );
    let project = Project::new().file("config.toml", settings);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/seeds");
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(&from).unwrap().to_str().unwrap();
            project.write(&format!("seeds/{inside}"), std::fs::read(&path).unwrap());
        }
    }
    project
}

/// The records and bodies of all drafts, by the seed or the first file that they name.
fn drafts(project: &Project) -> BTreeMap<String, (Table, String)> {
    let mut drafts = BTreeMap::new();
    for bytes in project.files("content/documents").into_values() {
        let text = String::from_utf8(bytes).unwrap();
        let (front, body) = text.strip_prefix("+++\n").unwrap().split_once("\n+++\n").unwrap();
        let record: Table = toml::from_str(front).unwrap();
        let seed = record.get("source").and_then(|source| source.get("seed")?.as_str());
        let file = || record["files"].as_array().unwrap()[0].as_str().unwrap();
        let lines =
            record.get("source").and_then(|source| source.get("lines")).map(Value::to_string);
        let seed = seed.map_or_else(|| file().to_owned(), str::to_owned);
        let is_list = LISTS.iter().any(|list| seed.ends_with(list));
        let key = if is_list { format!("{seed} {}", lines.unwrap()) } else { seed };
        assert!(drafts.insert(key.clone(), (record, body.to_owned())).is_none(), "{key} twice");
    }
    drafts
}

fn text_of<'t>(record: &'t Table, key: &str) -> &'t str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The names of a field's people.
fn people(record: &Table, keys: &[&str]) -> BTreeSet<String> {
    let parties = keys.iter().filter_map(|key| record.get(*key)?.as_array()).flatten();
    parties.filter_map(|party| Some(party.get("person")?.as_str()?.to_owned())).collect()
}

/// How many of the facts that an archivist reads in a text stand in a record.
fn right(record: &Table, gold: &Table) -> usize {
    let names = |key: &str| -> BTreeSet<String> {
        gold[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let same = ["date", "kind", "language"]
        .iter()
        .filter(|key| text_of(record, key) == text_of(gold, key));
    same.count()
        + usize::from(people(record, &["creators", "signatories"]) == names("creators"))
        + usize::from(people(record, &["recipients"]) == names("recipients"))
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// Words of a text that a draft does not have, in its body or its record.
fn missing(text: &str, (record, body): &(Table, String)) -> Vec<String> {
    let has = words(&format!("{body}\n{record}").replace('\\', ""));
    let wants = words(text);
    let lacks =
        |(word, count): &(&String, &usize)| has.get(*word).copied().unwrap_or_default() < **count;
    wants.iter().filter(lacks).map(|(word, _)| word.clone()).collect()
}

#[test]
fn every_format_gives_the_facts_and_the_words_of_the_text() {
    let project = archive();
    let gold: Table = toml::from_str(include_str!("../formats/texts.toml")).unwrap();
    let told = project.succeeds("ingest");
    assert!(told.contains("the seed is locked with a password"), "{told}");
    let drafts = drafts(&project);
    let (mut compared, mut all, mut lost) = (0, 0, Vec::new());
    for text in gold["text"].as_array().unwrap() {
        let gold = text.as_table().unwrap();
        let (name, text) = (text_of(gold, "name"), text_of(gold, "text"));
        let as_text = right(&drafts[&format!("txt/{name}.txt")].0, gold);
        for folder in ["docx", "odt", "rtf", "html", "eml", "typed", "print", "office", "encrypted"]
        {
            let seed =
                drafts.iter().find(|(seed, _)| seed.starts_with(&format!("{folder}/{name}.")));
            let Some((seed, draft)) = seed else { continue };
            compared += 1;
            let found = right(&draft.0, gold);
            // The head of a mail says that it is one, and of what day, so that a memorandum in it is a letter.
            let kind = usize::from(folder == "eml" && text_of(gold, "kind") == "memorandum");
            assert!(
                found + kind >= as_text,
                "{seed}: {found} of 5, as a text {as_text}\n{}",
                draft.0
            );
            all += words(text).values().sum::<usize>();
            lost.extend(missing(text, draft).into_iter().map(|word| format!("{seed}: {word}")));
        }
    }
    assert!(compared >= 49, "{compared}");
    assert!(lost.len() * 200 <= all, "{} of {all} words are lost: {lost:#?}", lost.len());
}

#[test]
fn every_format_is_built_and_checked() {
    let project = archive();
    let built = project.succeeds("build");
    assert!(built.contains("documents, "), "{built}");
    let checked = project.succeeds("check");
    assert!(checked.contains("no error in"), "{checked}");
    let drafts = drafts(&project);
    assert!(drafts.len() >= 75, "{}", drafts.len());
    let site = project.files("public");
    for (seed, (record, body)) in &drafts {
        assert!(!text_of(record, "title").is_empty(), "{seed}");
        let is_list = LISTS.iter().any(|list| seed.contains(list));
        let is_picture = record.get("source").is_none();
        assert!(is_list || is_picture || !body.trim().is_empty(), "{seed} has no text");
    }
    let originals = [
        "seeds/docx/coal.docx",
        "seeds/office/coal.pdf",
        "seeds/rtf/coal.rtf",
        "seeds/enclosed/papers.eml/a paper.docx",
    ];
    for original in originals {
        assert!(site.contains_key(original), "{original}: {:#?}", site.keys());
    }
    assert!(site.keys().any(|path| path.ends_with("/files/photo.png")));
    assert!(
        !site.keys().any(|path| path.ends_with(".eml") || path.contains("logo")),
        "{:#?}",
        site.keys()
    );
    let rich = &drafts["rich/report.pdf"].1;
    for mark in [
        "# The room",
        "## The books",
        "**dry at all seasons**",
        "*nobody has lived in it since the war*",
        "[the list of books](https://library.example.net/books)",
    ] {
        assert!(rich.contains(mark), "{mark}: {rich}");
    }
    for (seed, title) in [
        ("ships.ris", "The lost ledger"),
        ("ships.bib", "The second ledger"),
        ("ships.jsonl", "The third ledger"),
    ] {
        let found = drafts
            .iter()
            .any(|(key, (record, _))| key.contains(seed) && text_of(record, "title") == title);
        assert!(found, "{seed}: {:#?}", drafts.keys());
    }
    let stats = project.run("stats").stdout;
    let rows = [
        "      7          7  DOCX",
        "     20         20  PDF",
        "     10         10  e-mail",
        "      3          –  PNG shown with a text",
        "  seeds  set aside, since the seed\n      1  is a table\n      1  is locked with a password",
    ];
    for row in rows {
        assert!(stats.contains(row), "{row}\n{stats}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&project.run("stats --format json").stdout).unwrap();
    let docx = json["formats"].as_array().unwrap().iter().find(|f| f["format"] == "DOCX").unwrap();
    assert_eq!((docx["seeds"].as_u64(), docx["documents"].as_u64()), (Some(7), Some(7)));
    assert_eq!(json["aside"][1]["reason"], "is locked with a password");
}

#[test]
fn settings_say_what_is_read_and_what_is_shown() {
    let project = archive().file(
        "config.toml",
        format!(
            "{CONFIG}[ingest]\nread = [\"docx/**\", \"office/**\", \"txt/c*.txt\"]\n\
             [ingest.folders.\"office/\"]\nattach = [\"h*.pdf\"]\nread = [\"c*.pdf\"]\n"
        ),
    );
    project.succeeds("build");
    let drafts = drafts(&project);
    let seeds: Vec<&str> = drafts.keys().map(String::as_str).collect();
    assert_eq!(
        seeds,
        [
            "docx/brandt.docx",
            "docx/coal.docx",
            "docx/harland.docx",
            "docx/moreau.docx",
            "docx/ribera.docx",
            "docx/seodang.docx",
            "office/coal.pdf",
            "office/harland.pdf",
            "txt/coal.txt"
        ]
    );
    let (attached, body) = &drafts["office/harland.pdf"];
    assert!(attached.get("source").is_none() && body.trim().is_empty(), "{attached} {body}");
    let server = super::serve::Server::start(&project);
    server.shows("/_review/formats/", "<th scope=\"row\">PDF without a text</th><td>1</td>");
}
