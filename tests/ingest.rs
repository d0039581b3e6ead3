//! Invented seeds of many layouts and languages: each folder below `tests/ingest/` holds a `seed.*` (or
//! several), perhaps a `config.toml`, and the documents that ingest must draft from it.
//!
//! Hashes and the day of adding are left out of the comparison. `FONDS_BLESS=1` writes what ingest
//! drafts; read every line of it before it is committed.

#![allow(clippy::disallowed_methods, reason = "a test reads its own fixtures")]
#![allow(clippy::unwrap_used, reason = "a test says by a panic that it failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fonds::diagnostic::Report;
use fonds::edtf::Day;
use fonds::files::{MemoryFiles, Sink};
use fonds::ingest;

#[path = "ingest/founding.rs"]
mod founding;
#[path = "../fuzz/fuzz_targets/holds.rs"]
mod holds;
#[path = "ingest/lifecycle.rs"]
mod lifecycle;
#[path = "ingest/mutations.rs"]
mod mutations;
#[path = "../fuzz/fuzz_targets/parts.rs"]
mod parts;
#[path = "ingest/round_trip.rs"]
mod round_trip;

const TODAY: Day = Day { year: 2026, month: 1, day: 2 };

#[test]
fn every_invented_seed_gives_its_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let mut wrong = Vec::new();
    for case in folders(&folder) {
        let drafted = drafts(&case);
        if std::env::var_os("FONDS_BLESS").is_some() {
            bless(&case, &drafted);
        }
        let expected = expected(&case);
        if drafted != expected {
            wrong.push(differences(&case, &drafted, &expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `tests/ingest/dates/expected.tsv`: a seed a line, with its date, its place, and words of the doubt; `*` is
/// any place.
#[test]
fn heads_of_letters_give_date_and_place_or_a_doubt() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest/dates");
    let table = fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut wrong = Vec::new();
    for row in table.lines().skip(1) {
        let [seed, date, place, doubt] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four cells: {row}")
        };
        let files = MemoryFiles::new();
        files.put(&format!("seeds/{seed}"), &fs::read(folder.join(seed)).unwrap()).unwrap();
        let plan = ingest::plan(&files, &Default::default(), TODAY, &Report::new());
        let draft = plan.files.iter().find(|f| f.path.starts_with("content/documents/")).unwrap();
        let head: toml::Table = draft.text.split("+++").nth(1).unwrap().parse().unwrap();
        let field = |name: &str| head.get(name).and_then(|v| v.as_str()).unwrap_or_default();
        let reviews = head.get("review").and_then(|r| r.as_array()).into_iter().flatten();
        let of_date = reviews.filter(|r| r["field"].as_str() == Some("date"));
        let reasons: Vec<&str> = of_date.filter_map(|r| r["reason"].as_str()).collect();
        let doubted = if doubt.is_empty() {
            reasons.is_empty()
        } else {
            reasons.iter().any(|reason| reason.contains(doubt))
        };
        if field("date") != date || (place != "*" && field("place") != place) || !doubted {
            wrong.push(format!(
                "{row}\n  got {:?} {:?} {reasons:?}",
                field("date"),
                field("place")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(table.lines().count() > 30, "the cases are gone");
}

#[test]
fn what_fuzzing_asks_holds_of_its_corpus() {
    mutations::hold("ingest", 50, holds::holds);
}

#[test]
fn what_fuzzing_asks_of_other_parsers_holds_of_its_corpus() {
    mutations::hold("others", 20, parts::holds);
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir() && !p.ends_with("founding") && !p.ends_with("dates"))
        .collect();
    found.sort();
    found
}

/// Documents by file name, as ingest drafts them.
fn drafts(case: &Path) -> BTreeMap<String, String> {
    let files = MemoryFiles::new();
    let report = Report::new();
    for entry in fs::read_dir(case).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "config.toml" {
            files.put(&name, &fs::read(&path).unwrap()).unwrap();
        } else if path.is_file() && !name.ends_with(".expected.md") {
            files.put(&format!("seeds/{name}"), &fs::read(&path).unwrap()).unwrap();
        }
    }
    let config = match files.into_files() {
        all if all.contains_key("config.toml") => {
            let text = String::from_utf8(all["config.toml"].clone()).unwrap();
            let source = fonds::diagnostic::SourceText { path: "config.toml", text: &text };
            (fonds::config::parse(source, &report), all)
        }
        all => (fonds::config::Config::default(), all),
    };
    let (config, all) = config;
    let files = MemoryFiles::new();
    for (path, bytes) in all {
        files.put(&path, &bytes).unwrap();
    }
    let plan = ingest::plan(&files, &config, TODAY, &report);
    assert!(!report.has_errors(), "{}: {:?}", case.display(), report.sorted());
    plan.files
        .into_iter()
        .filter_map(|f| Some((f.path.strip_prefix("content/documents/")?.to_owned(), f.text)))
        .map(|(name, text)| (name, stable(&text)))
        .collect()
}

/// A draft without what every run or every byte changes.
fn stable(text: &str) -> String {
    text.lines()
        .filter(|l| !l.starts_with("sha256 = ") && !l.starts_with("added = "))
        .map(|l| format!("{l}\n"))
        .collect()
}

fn expected(case: &Path) -> BTreeMap<String, String> {
    fs::read_dir(case)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter_map(|p| {
            let name = p.file_name()?.to_str()?.strip_suffix(".expected.md")?.to_owned();
            Some((format!("{name}.md"), fs::read_to_string(&p).unwrap()))
        })
        .collect()
}

fn bless(case: &Path, drafted: &BTreeMap<String, String>) {
    for name in expected(case).keys() {
        fs::remove_file(case.join(name.replace(".md", ".expected.md"))).unwrap();
    }
    for (name, text) in drafted {
        fs::write(case.join(name.replace(".md", ".expected.md")), text).unwrap();
    }
}

fn differences(
    case: &Path,
    drafted: &BTreeMap<String, String>,
    expected: &BTreeMap<String, String>,
) -> String {
    let mut out = format!("== {}\n", case.file_name().unwrap().to_str().unwrap());
    for (name, text) in drafted {
        match expected.get(name) {
            None => out.push_str(&format!("+ {name}, not expected:\n{text}\n")),
            Some(wanted) if wanted != text => {
                for (got, want) in text.lines().zip(wanted.lines()).filter(|(a, b)| a != b) {
                    out.push_str(&format!("{name}:\n  got  {got}\n  want {want}\n"));
                }
                if text.lines().count() != wanted.lines().count() {
                    out.push_str(&format!("{name}: whole:\n{text}\n"));
                }
            }
            Some(_) => {}
        }
    }
    for name in expected.keys().filter(|n| !drafted.contains_key(*n)) {
        out.push_str(&format!("- {name} is missing\n"));
    }
    out
}
