//! `fonds stats`: what the archive holds, counted, on stdout.

use std::collections::BTreeMap;

use super::inputs::open_disk;
use super::words::counted;
use super::{Failure, Global, Terminal};
use crate::config::Config;
use crate::content::{Document, Record};
use crate::diagnostic::Report;
use crate::edtf::EdtfDate;
use crate::pipeline;

pub(super) fn run(global: &Global, terminal: &Terminal) -> Result<(), Failure> {
    let disk = open_disk(global)?;
    let report = Report::new();
    let config = pipeline::load_config(&disk, &report);
    let entries = pipeline::load_content(&disk, &config, &report);
    let records: Vec<Record> = entries.into_iter().map(|entry| entry.record).collect();
    terminal.data(text(&records, &config).trim_end());
    terminal.faults(&report.sorted(), "these files are counted only as far as they can be read");
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

fn text(records: &[Record], config: &Config) -> String {
    let documents: Vec<&Document> = records
        .iter()
        .filter_map(|r| if let Record::Document(d) = r { Some(&**d) } else { None })
        .collect();
    let count = |wanted: fn(&Record) -> bool| records.iter().filter(|r| wanted(r)).count();
    let language = |d: &Document| match d.language.as_str() {
        "" => config.default_language.clone(),
        tag => tag.to_owned(),
    };
    let year = |d: &Document| {
        let day = d.date.as_ref().and_then(EdtfDate::earliest);
        day.map_or_else(|| "undated".to_owned(), |day| format!("{:04}", day.year))
    };
    let lines = [
        counted(documents.len(), "document"),
        counted(count(|r| matches!(r, Record::Organization(_))), "organization record"),
        counted(count(|r| matches!(r, Record::Person(_))), "person record"),
        counted(count(|r| matches!(r, Record::Page(_))), "page"),
        counted(documents.iter().filter(|d| d.draft).count(), "draft"),
        counted(documents.iter().map(|d| d.review.len()).sum(), "open review"),
    ];
    let tables = [
        table("by year", documents.iter().map(|d| year(d))),
        table("by kind", documents.iter().map(|d| d.kind.clone())),
        table("by language", documents.iter().map(|d| language(d))),
    ];
    format!("{}\n{}", lines.join("\n"), tables.concat())
}

/// A heading and, below it, how often each value occurs.
fn table(heading: &str, values: impl Iterator<Item = String>) -> String {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0_usize) += 1;
    }
    let lines: Vec<String> = counts.iter().map(|(value, n)| format!("{n:>6}  {value}\n")).collect();
    if lines.is_empty() { String::new() } else { format!("\n{heading}\n{}", lines.concat()) }
}
