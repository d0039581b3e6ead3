//! The least that an archival description must have (ISAD(G) 3.2.1, 3.2.4, 3.4.2; DACS single-level
//! minimum): who made it, where it comes from, under what conditions it may be used. Titles are demanded
//! by the reader, languages have a default, and "undated" is a date in DACS.
//!
//! One warning for each, however many documents lack it.

use crate::config::Config;
use crate::content::{Document, Entry, Record};
use crate::diagnostic::{Diagnostic, Report};

/// Files that a warning names.
const NAMED: usize = 3;

/// Reports which elements are missing, and of how many documents.
pub(super) fn check(entries: &[Entry], config: &Config, report: &Report) {
    let faulty = report.faulty_files();
    let documents: Vec<(&str, &Document)> = entries
        .iter()
        .filter_map(|entry| match &entry.record {
            Record::Document(document) if document.withdrawn.is_none() => {
                Some((entry.path.as_str(), &**document))
            }
            _ => None,
        })
        .filter(|(path, _)| !faulty.contains(*path))
        .collect();
    let lacking = |is_there: &dyn Fn(&Document) -> bool| -> Vec<&str> {
        documents.iter().filter(|(_, d)| !is_there(d)).map(|(path, _)| *path).collect()
    };
    let warnings = [
        warning(
            &lacking(&|d| !d.creators.is_empty() || !d.signatories.is_empty()),
            "no creator",
            "who wrote, issued or signed it",
            "write `creators = [{ person = \"…\", organization = \"…\" }]`",
        ),
        warning(
            &lacking(&|d| d.source.is_some()),
            "no source",
            "where the text comes from",
            "write `[source]` with `seed` or `url`",
        ),
        warning(
            &lacking(&|d| d.rights.is_some() || config.archive.rights.is_some()),
            "no rights statement",
            "a RightsStatements.org or licence URI, which says what readers may do",
            "write `rights = \"…\"`, or once for all documents under `[archive]` in config.toml",
        ),
    ];
    report.extend(warnings.into_iter().flatten());
}

fn warning(paths: &[&str], lack: &str, expected: &str, help: &str) -> Option<Diagnostic> {
    let first = paths.first()?;
    let subject = match paths.len() {
        1 => "the document has".to_owned(),
        count => format!("{} have", super::counted(count, "document")),
    };
    let mut warning = Diagnostic::warning(*first, format!("{subject} {lack}"));
    for path in paths.iter().take(NAMED).skip(1) {
        warning = warning.note(*path);
    }
    if paths.len() > NAMED {
        warning = warning.note(format!("and {} more", paths.len() - NAMED));
    }
    Some(warning.expected(expected).help(help))
}
