//! What lies in `content/` now, as far as ingest must know it: which drafts are untouched, which files
//! of people stand for which place of a seed, which names have a record.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use super::super::ledger::{self, Ledger};
use super::overlap;
use crate::config::Config;
use crate::content::{self, Record, name};
use crate::diagnostic::{Report, SourceText};
use crate::edtf::Day;
use crate::files::Sources;
use crate::parallel;

/// What became of a file that ingest wrote.
pub(super) enum State {
    /// It is as it was written; on what day it was added.
    Untouched(Option<Day>),
    /// Somebody changed it.
    Edited,
    /// It is gone.
    Missing,
}

/// The files below `content/`.
pub(super) struct Present<'s> {
    sources: &'s dyn Sources,
    files: BTreeMap<String, File>,
    /// Files of people by the seed that they stand for: their lines, if they say so, and their paths.
    places: HashMap<String, Vec<(Option<Lines>, String)>>,
    /// The seeds of these files with the checksums that they name; empty if they name none.
    checksums: BTreeMap<String, String>,
    /// Keys of names that a record of a person has, by folder.
    names: Names,
    /// Paths of the records that nobody touched, and the names in them once they are asked for.
    drafted: Vec<String>,
    names_drafted: OnceLock<Names>,
}

/// Keys of names, by folder.
type Names = HashSet<(String, String)>;

/// First and last line in a seed.
type Lines = (usize, usize);

struct File {
    untouched: bool,
    added: Option<Day>,
}

/// What one file says, as far as it matters here.
struct Found {
    path: String,
    file: File,
    said: Said,
}

/// What the record in a file says.
#[derive(Default)]
struct Said {
    /// Seeds that it stands for, with the lines that it names.
    places: Vec<(String, Option<Lines>)>,
    /// Checksum of the seed.
    checksum: Option<String>,
    /// Keys of its names, by folder.
    names: Vec<(String, String)>,
}

impl<'s> Present<'s> {
    /// Reads `content/`; faults of front matter are another stage's to report.
    pub(super) fn read(sources: &'s dyn Sources, ledger: &Ledger, report: &Report) -> Self {
        let paths: Vec<String> =
            ["content/documents", "content/organizations", "content/people", "content/collections"]
                .iter()
                .flat_map(|folder| sources.list(folder, report))
                .filter(|path| path.ends_with(".md"))
                .collect();
        let found = parallel::map_taken(paths, |path| read_one(sources, ledger, path));
        let found: Vec<Found> = found.into_iter().flatten().collect();
        let mut present = Self {
            sources,
            files: BTreeMap::new(),
            places: HashMap::new(),
            checksums: BTreeMap::new(),
            names: Names::new(),
            drafted: Vec::new(),
            names_drafted: OnceLock::new(),
        };
        for one in found {
            for (number, (seed, lines)) in one.said.places.into_iter().enumerate() {
                let known = present.checksums.entry(seed.clone()).or_default();
                if let Some(checksum) = one.said.checksum.as_ref().filter(|_| number == 0) {
                    checksum.clone_into(known);
                }
                present.places.entry(seed).or_default().push((lines, one.path.clone()));
            }
            present.names.extend(one.said.names);
            if one.file.untouched && folder(&one.path) != DOCUMENTS {
                present.drafted.push(one.path.clone());
            }
            present.files.insert(one.path, one.file);
        }
        present
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub(super) fn state(&self, path: &str) -> State {
        match self.files.get(path) {
            None => State::Missing,
            Some(file) if file.untouched => State::Untouched(file.added),
            Some(_) => State::Edited,
        }
    }

    /// The file of a person that stands for these lines of a seed.
    pub(super) fn of_place(&self, seed: &str, lines: (usize, usize)) -> Option<&str> {
        let files = self.places.get(seed)?;
        files
            .iter()
            .find(|(own, _)| own.is_none_or(|own| overlap(own, lines) >= 500))
            .map(|(_, path)| path.as_str())
    }

    /// The seeds of people's files, each with the checksum that they name; empty if they name none.
    pub(super) fn seeds(&self) -> impl Iterator<Item = (&str, &str)> {
        self.checksums.iter().map(|(seed, checksum)| (seed.as_str(), checksum.as_str()))
    }

    /// The files of people that stand for a seed.
    pub(super) fn of_seed(&self, seed: &str) -> impl Iterator<Item = &str> {
        self.places.get(seed).into_iter().flatten().map(|(_, path)| path.as_str())
    }

    /// The checksum that a draft names of its seed.
    pub(super) fn checksum_in(&self, path: &str) -> Option<String> {
        let bytes = self.sources.read(path).ok()?;
        parse(path, &String::from_utf8_lossy(&bytes))?.checksum
    }

    /// Whether a record of a folder has a name with this key.
    pub(super) fn has_name(&self, folder: &str, key: &str) -> bool {
        let name = (folder.to_owned(), key.to_owned());
        self.names.contains(&name) || self.names_drafted().contains(&name)
    }

    /// Names in the records that nobody touched: asked for only where a name is new.
    fn names_drafted(&self) -> &Names {
        self.names_drafted.get_or_init(|| {
            let read = |path: &String| {
                let bytes = self.sources.read(path).ok()?;
                Some(parse(path, &String::from_utf8_lossy(&bytes))?.names)
            };
            parallel::map(&self.drafted, read).into_iter().flatten().flatten().collect()
        })
    }
}

const DOCUMENTS: &str = "content/documents";

/// `content/people` of `content/people/jane-doe.md`.
fn folder(path: &str) -> &str {
    path.match_indices('/').nth(1).map_or(path, |(end, _)| &path[..end])
}

fn read_one(sources: &dyn Sources, ledger: &Ledger, path: String) -> Option<Found> {
    let bytes = sources.read(&path).ok()?;
    let entry = ledger.get(&path);
    let untouched = entry.is_some_and(|e| e.hash == ledger::hash(&bytes));
    let text = String::from_utf8_lossy(&bytes);
    let plain = || text.replace("\r\n", "\n");
    let added = untouched.then(|| added(&plain())).flatten();
    let file = File { untouched, added };
    let known = untouched || folder(&path) == DOCUMENTS && entry.is_some();
    let said = if known { Said::default() } else { parse(&path, &text)? };
    Some(Found { path, file, said })
}

/// What the record in a file says; none if it cannot be read.
fn parse(path: &str, text: &str) -> Option<Said> {
    let parsed = content::parse(SourceText { path, text }, &Config::default(), &Report::new())?;
    Some(match parsed.record {
        Record::Document(document) => {
            let sha256 = document.source.as_ref().and_then(|source| source.sha256.as_deref());
            let checksum = sha256.map(|sha256| ledger::checksum(sha256).to_owned());
            let seed = document.source.and_then(|s| Some((s.seed?, s.lines)));
            // Scans that were not transcribed are seeds, too.
            let scans = document.files.into_iter().map(|file| (file, None));
            Said { places: seed.into_iter().chain(scans).collect(), checksum, names: Vec::new() }
        }
        Record::Organization(authority) | Record::Person(authority) => {
            let names =
                std::iter::once(authority.title).chain(authority.aliases).chain(authority.acronym);
            let names = names.map(|n| (folder(path).to_owned(), name::key(&n))).collect();
            Said { names, ..Said::default() }
        }
        Record::Page(_) | Record::Collection(_) | Record::Translation(_) => Said::default(),
    })
}

/// The day on which an untouched draft was added, read from its front matter.
fn added(text: &str) -> Option<Day> {
    let front = text.get(..text.find("\n+++\n")?)?;
    let value = front.lines().find_map(|l| l.strip_prefix("added = \"")?.strip_suffix('"'))?;
    value.parse::<crate::edtf::EdtfDate>().ok()?.certain_day()
}
