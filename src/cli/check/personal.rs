//! Personal data in what would be published: in the files of documents, and in the seeds as readers may
//! download them. One warning for each piece of data, however often it comes back.

use std::collections::BTreeMap;

use parking_lot::Mutex;

use crate::cli::words::visible;
use crate::config::Config;
use crate::content::{Entry, Record};
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::disk::Disk;
use crate::files::{FileError, Sink, Sources};
use crate::parallel;
use crate::withheld::personal::{self, Kind};

/// Places that a warning names besides the first.
const NAMED: usize = 2;

/// Hands files on, and looks into those that are seeds.
pub(super) struct Watch<'a> {
    sink: &'a dyn Sink,
    found: Mutex<Pieces>,
}

/// Pieces of data by what they are, each with its places.
type Pieces = BTreeMap<(Kind, String), Vec<Place>>;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    path: String,
    position: Position,
    text: String,
}

impl<'a> Watch<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, found: Mutex::default() }
    }

    /// Reports what was found in the seeds and what the documents hold.
    pub(super) fn check(self, disk: &Disk, entries: &[Entry], config: &Config, report: &Report) {
        let in_seeds = self.found.into_inner();
        let published = |entry: &&Entry| match &entry.record {
            Record::Document(document) => !document.draft && document.withdrawn.is_none(),
            Record::Organization(_)
            | Record::Person(_)
            | Record::Collection(_)
            | Record::Translation(_) => true,
            Record::Page(page) => !page.draft,
        };
        let entries: Vec<&Entry> = entries.iter().filter(published).collect();
        let of_entry = |entry: &&Entry| {
            let bytes = disk.read(&entry.path).unwrap_or_default();
            pieces(&entry.path, &String::from_utf8_lossy(&bytes))
        };
        let mut all = Pieces::new();
        let of_entries = parallel::map(&entries, of_entry);
        for (key, place) in of_entries.into_iter().flatten() {
            all.entry(key).or_default().push(place);
        }
        for (key, mut places) in in_seeds {
            places.iter_mut().for_each(|place| place.path = seed_of(&place.path, disk));
            places.sort();
            all.entry(key).or_default().extend(places);
        }
        for ((kind, _), places) in &all {
            let Some(first) = places.first() else { continue };
            if !personal::is_accepted(*kind, &first.text, &config.check.accepted) {
                report.push(warning(*kind, first, &places[1..]));
            }
        }
    }
}

impl Sink for Watch<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if path.starts_with("seeds/")
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            let found = pieces(path, text);
            let mut all = self.found.lock();
            for (key, place) in found {
                all.entry(key).or_default().push(place);
            }
        }
        self.sink.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        self.sink.keep(path)
    }
}

/// The seed that a file of the site is: whatever it is, it is published under a name that ends in `.txt`.
fn seed_of(path: &str, disk: &Disk) -> String {
    match path.strip_suffix(".txt") {
        Some(short) if disk.read(path).is_err() => short.to_owned(),
        _ => path.to_owned(),
    }
}

fn pieces(path: &str, text: &str) -> Vec<((Kind, String), Place)> {
    let found = personal::find(text).into_iter().map(|found| {
        let written = &text[found.range.clone()];
        let place = Place {
            path: path.to_owned(),
            position: Position::of(text, found.range.clone()),
            text: written.to_owned(),
        };
        ((found.kind, personal::key(found.kind, written)), place)
    });
    found.collect()
}

fn warning(kind: Kind, place: &Place, others: &[Place]) -> Diagnostic {
    let text = visible(&place.text);
    let message = format!("`{text}` looks like {}", kind.name());
    let mut warning = Diagnostic::warning(place.path.clone(), message).at(place.position.clone());
    for other in others.iter().take(NAMED) {
        warning = warning.note(format!("also in {}, line {}", other.path, other.position.line));
    }
    if others.len() > NAMED {
        warning = warning.note(format!("and in {} more places", others.len() - NAMED));
    }
    let quoted = crate::content::edit::quoted(&place.text);
    warning.expected("no data that should not be public").help(format!(
        "put `[withheld: personal data]` in its place; if it may be published, add it to `accepted` below `[check]` in config.toml: {quoted}"
    ))
}
