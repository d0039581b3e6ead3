//! Words that somebody took out of drafts: found, and answered in the document's file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Unsettled, read_text, saved_meanwhile};
use crate::archive::{Archive, DocumentId};
use crate::config::Config;
use crate::content::{self, edit::Edit};
use crate::diagnostic::{Report, SourceText};
use crate::enclosed::Opened;
use crate::files::{Sources, Store};
use crate::ingest::Drafted;
use crate::withheld::{Examiner, Part, Removed, SeedAndParts};

/// Words that are missing in texts, by the seed that has them (a path below `seeds/`); of all seeds, or of some.
pub fn removed(
    sources: &dyn Sources,
    config: &Config,
    archive: &Archive,
    some: Option<&BTreeSet<String>>,
) -> BTreeMap<String, Vec<Removed>> {
    let opened = Opened::new(sources);
    let sources: &dyn Sources = &opened;
    let drafted = Drafted::read(sources);
    let search = Search { sources, archive, examiner: &Examiner::new(config, &drafted) };
    let mut of_seeds: BTreeMap<&str, Vec<DocumentId>> = BTreeMap::new();
    for (document, number) in archive.documents.iter().zip(0..) {
        let source = document.record.source.as_ref();
        let seed = source.and_then(|source| source.seed.as_deref());
        if let Some(seed) = seed.filter(|seed| some.is_none_or(|some| some.contains(*seed))) {
            of_seeds.entry(seed).or_default().push(DocumentId(number));
        }
    }
    let mut removed = BTreeMap::new();
    for (seed, ids) in of_seeds {
        let of_seed = search.in_seed(seed, &ids);
        if !of_seed.is_empty() {
            removed.insert(seed.to_owned(), of_seed);
        }
    }
    removed
}

/// Looks for such words.
struct Search<'a> {
    sources: &'a dyn Sources,
    archive: &'a Archive,
    examiner: &'a Examiner<'a>,
}

impl Search<'_> {
    /// Those of a seed and its documents.
    fn in_seed(&self, seed: &str, ids: &[DocumentId]) -> Vec<Removed> {
        let Self { sources, archive, examiner } = *self;
        let text = |id: &DocumentId| {
            let bytes = sources.read(&archive.document(*id).path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let texts: Vec<String> = ids.iter().map(text).collect();
        let mut parts: Vec<Part<'_>> = ids
            .iter()
            .zip(&texts)
            .map(|(id, text)| {
                let document = archive.document(*id);
                Part {
                    path: &document.path,
                    text,
                    body: document.body.start,
                    record: &document.record,
                }
            })
            .collect();
        parts.sort_by_key(Part::first_line);
        let bytes = sources.read(&format!("seeds/{seed}")).unwrap_or_default();
        let known = archive.withheld_seeds.get(seed);
        examiner
            .examine(&SeedAndParts { seed, bytes: &bytes, parts: &parts, known }, sources)
            .removed
    }
}

/// What a person says of words that are missing.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// First and last line of the seed.
    pub lines: (usize, usize),
    /// Why readers must not see the lines; none if the words were corrected.
    pub withheld: Option<&'a str>,
}

/// Writes an answer into the document's file.
pub fn answer(
    files: &(impl Sources + Store),
    path: &str,
    answer: Answer<'_>,
    config: &Config,
) -> Result<(), Unsettled> {
    let text = read_text(files, path)?;
    let source = SourceText { path, text: &text };
    let mut edit = Edit::open(source).map_err(|fault| Unsettled::Faults(vec![*fault]))?;
    let lines = format!("[{}, {}]", answer.lines.0, answer.lines.1);
    match answer.withheld {
        Some(reason) => {
            let reason = content::edit::quoted(reason);
            edit.add_written_table("withheld", &[("lines", &lines), ("reason", &reason)]);
        }
        None => edit.add_written_table("corrected", &[("lines", &lines)]),
    }
    let answered = edit.finish();
    let report = Report::new();
    content::parse(SourceText { path, text: &answered }, config, &report);
    if report.has_errors() {
        return Err(Unsettled::Faults(report.sorted()));
    }
    let is_known = |now: &[u8]| now == text.as_bytes();
    match files.replace(path, answered.as_bytes(), &is_known).map_err(Unsettled::File)? {
        true => Ok(()),
        false => Err(Unsettled::Faults(vec![saved_meanwhile(path)])),
    }
}
