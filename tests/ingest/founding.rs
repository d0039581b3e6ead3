//! The archive's own seeds: every document, its place, date, parties, notes and open doubts, as
//! `tests/ingest/founding/expected.toml` has them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fonds::config::Config;
use fonds::content::{self, Document, Party, Record};
use fonds::diagnostic::{Report, SourceText};
use fonds::edtf::Day;
use fonds::files::{MemoryFiles, Sink};
use fonds::ingest;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Expected {
    document: Vec<Row>,
}

/// What matters of a document.
#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Row {
    seed: String,
    lines: (usize, usize),
    title: String,
    date: String,
    kind: String,
    language: String,
    from: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    cc: Vec<String>,
    #[serde(default)]
    notes: usize,
    #[serde(default)]
    doubts: BTreeSet<String>,
}

#[test]
fn the_founding_seeds_are_read_as_an_archivist_reads_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = MemoryFiles::new();
    for entry in fs::read_dir(root.join("seeds")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.put(&format!("seeds/{name}"), &fs::read(&path).unwrap()).unwrap();
    }
    let report = Report::new();
    let today = Day { year: 2026, month: 1, day: 2 };
    let plan = ingest::plan(&files, &Config::default(), today, &report);
    assert!(!report.has_errors(), "{:?}", report.sorted());
    assert_eq!(unsorted(&plan.files), ["Ja Song Nam", "Tae Song Han"]);
    let mut rows: Vec<Row> =
        plan.files.iter().filter_map(|file| row(&file.path, &file.text)).collect();
    rows.sort();
    let expected = fs::read_to_string(root.join("tests/ingest/founding/expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&expected).unwrap();
    for (got, want) in rows.iter().zip(&expected.document) {
        assert_eq!(got, want);
    }
    assert_eq!(rows.len(), expected.document.len());
}

/// The people whose records do not say how they are sorted: each is in doubt.
fn unsorted(files: &[ingest::PlannedFile]) -> Vec<String> {
    let parse = |file: &ingest::PlannedFile| {
        let source = SourceText { path: &file.path, text: &file.text };
        content::parse(source, &Config::default(), &Report::new())
    };
    let people = files.iter().filter_map(parse).filter_map(|entry| match entry.record {
        Record::Person(record) => Some(*record),
        _ => None,
    });
    let in_doubt = |record: &content::Authority| {
        assert_eq!(
            record.sort_name.is_none(),
            record.review.iter().any(|r| r.field == "sort_name")
        );
        record.sort_name.is_none()
    };
    people.filter(in_doubt).map(|record| record.title).collect()
}

fn row(path: &str, text: &str) -> Option<Row> {
    let source = SourceText { path, text };
    let entry = content::parse(source, &Config::default(), &Report::new())?;
    let Record::Document(document) = entry.record else { return None };
    let body = &text[entry.body];
    let Document { title, date, kind, language, source, review, .. } = *document.clone();
    let source = source.unwrap();
    Some(Row {
        seed: source.seed.unwrap(),
        lines: source.lines.unwrap(),
        title,
        date: date.map_or_else(String::new, |d| d.to_string()),
        kind,
        language,
        from: names(document.creators.iter().chain(&document.signatories)),
        to: names(document.recipients.iter()),
        cc: names(document.copied.iter()),
        notes: body.lines().filter(|l| l.starts_with("[^")).count(),
        doubts: review.into_iter().map(|r| r.field).collect(),
    })
}

fn names<'a>(parties: impl Iterator<Item = &'a Party>) -> Vec<String> {
    parties.filter_map(|p| p.person.clone().or_else(|| p.organization.clone())).collect()
}
