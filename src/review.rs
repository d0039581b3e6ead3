//! Open doubts of documents and of the records of names, worst first, each with the seed's line that tells of it; and what becomes of
//! a file when a person settles one.
//!
//! Pure but for [`settle`], which `fonds review` and the preview server write with. [`near_names`] finds the
//! names that may be one.

mod alike;
mod correct;
mod merger;
mod names;
mod removed;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::config::Config;
use crate::content::edit::Edit;
use crate::content::{self, Authority, Document, Entry, Record, Review};
use crate::diagnostic::{Diagnostic, Position, Report, SourceText, nearest};
use crate::enclosed::Opened;
use crate::fields::{Key, Shape};
use crate::files::{FileError, Sources, Store};
use crate::ingest::{self, PagePlace, Pages};

pub use alike::{Alike, Sketches, alike};
pub use correct::{Corrected, Value, correct, corrected, seen};
pub use merger::{Change, Merger};
pub use names::{NearNames, near_names};
pub use removed::{Answer, answer, removed};

/// Fields in the order in which a wrong value misleads: when it was written, who speaks, to whom, and
/// what it is called, before how it is filed. Others come last.
const WORST_FIRST: [&str; 12] = [
    "date",
    "creators",
    "signatories",
    "recipients",
    "title",
    "kind",
    "language",
    "copied",
    "place",
    "subject",
    "references",
    "sort_name",
];

/// A doubt that nobody has settled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// The file, from the archive's root.
    pub path: String,
    /// Line of its `[[review]]` in that file, counted from 1.
    pub line: usize,
    /// The doubtful field.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// The line of the seed that raised it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// A line of a seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Path from the archive's root.
    pub seed: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Where it is on the pages of the seed, if it has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PagePlace>,
    /// Its text, if the seed is there and has the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A content file that may have doubts.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// Path from the archive's root.
    pub path: &'a str,
    /// Its doubts, in the order of the file.
    pub reviews: &'a [Review],
    /// The seed that their lines are of.
    pub seed: Option<&'a str>,
    /// Name of that seed's encoding, if it is not UTF-8.
    pub encoding: Option<&'a str>,
}

impl<'a> Reviewed<'a> {
    /// That of a document.
    pub fn document(path: &'a str, document: &'a Document) -> Self {
        let seed = document.source.as_ref().and_then(|source| source.seed.as_deref());
        let encoding = document.source.as_ref().and_then(|source| source.encoding.as_deref());
        Self { path, reviews: &document.review, seed, encoding }
    }

    /// That of the record of an organization or a person.
    pub fn authority(path: &'a str, record: &'a Authority) -> Self {
        Self { path, reviews: &record.review, seed: None, encoding: None }
    }

    /// That of any content file; pages of the archive's own have no doubts.
    pub fn entry(entry: &'a Entry) -> Option<Self> {
        match &entry.record {
            Record::Document(document) => Some(Self::document(&entry.path, document)),
            Record::Organization(record) | Record::Person(record) => {
                Some(Self::authority(&entry.path, record))
            }
            Record::Page(_) | Record::Collection(_) | Record::Translation(_) => None,
        }
    }
}

/// The open doubts of some files, worst first; equal ones by file and line.
pub fn doubts<'a>(
    sources: &dyn Sources,
    files: impl IntoIterator<Item = Reviewed<'a>>,
) -> Vec<Doubt> {
    let opened = Opened::new(sources);
    let sources: &dyn Sources = &opened;
    let mut seeds = BTreeMap::new();
    let mut doubts = Vec::new();
    for Reviewed { path, reviews, seed, encoding } in files {
        if reviews.is_empty() {
            continue;
        }
        let lines = lines_of_reviews(sources, path);
        for (number, review) in reviews.iter().enumerate() {
            doubts.push(Doubt {
                path: path.to_owned(),
                line: lines.get(number).copied().unwrap_or(1),
                field: review.field.clone(),
                reason: review.reason.clone(),
                evidence: evidence(sources, (seed, encoding), review, &mut seeds),
            });
        }
    }
    sort(&mut doubts);
    doubts
}

/// Puts the worst doubts first.
pub fn sort(doubts: &mut [Doubt]) {
    doubts.sort_by(|a, b| {
        let key = |d: &Doubt| (rank(&d.field), d.field.clone(), d.path.clone(), d.line);
        key(a).cmp(&key(b))
    });
}

/// Place of a field in the order of doubts, the worst first.
fn rank(field: &str) -> usize {
    WORST_FIRST.iter().position(|known| *known == field).unwrap_or(WORST_FIRST.len())
}

fn lines_of_reviews(sources: &dyn Sources, path: &str) -> Vec<usize> {
    let bytes = sources.read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let places = content::review_places(SourceText { path, text: &text });
    places.into_iter().map(|place| Position::of(&text, place).line).collect()
}

fn evidence(
    sources: &dyn Sources,
    (seed, encoding): (Option<&str>, Option<&str>),
    review: &Review,
    seeds: &mut BTreeMap<String, Option<(String, Pages)>>,
) -> Option<Evidence> {
    let (seed, line) = (format!("seeds/{}", seed?), review.line?);
    let read = || {
        let bytes = sources.read(&seed).ok()?;
        let text = ingest::seed_text(&seed, &bytes, encoding)?;
        let pages = ingest::seed_pages(&seed, &bytes, &text);
        Some((text, pages))
    };
    let known = seeds.entry(seed.clone()).or_insert_with(read).as_ref();
    let text = known.and_then(|(text, _)| text.split('\n').nth(line.checked_sub(1)?));
    let text = text.map(|text| text.trim().to_owned());
    let place = known.and_then(|(_, pages)| pages.place(line)).filter(|_| text.is_some());
    Some(Evidence { text, seed, line, place })
}

/// What a person decides on a doubt.
#[derive(Debug, Clone, Default)]
pub struct Decision<'a> {
    /// The doubtful field.
    pub field: &'a str,
    /// The line of the seed that raised it, to choose one of several doubts of the field.
    pub line: Option<usize>,
    /// Whether all doubts of the field are settled.
    pub all: bool,
    /// What the field is from now on: a text, or TOML for a list.
    pub value: Option<&'a str>,
}

/// Why a doubt could not be settled.
#[derive(Debug)]
pub enum Unsettled {
    /// The file cannot be read or written.
    File(FileError),
    /// The file, or what was decided, has faults.
    Faults(Vec<Diagnostic>),
}

impl Unsettled {
    /// The message for the person who wanted to change a file.
    pub fn faults(self, path: &str) -> Vec<Diagnostic> {
        match self {
            Self::File(error) => vec![Diagnostic::error(path, error.to_string())],
            Self::Faults(faults) => faults,
        }
    }
}

/// Settles a doubt in the document's file, as [`accept`] says; gives how many doubts were settled.
///
/// # Errors
///
/// If the file cannot be read or written, or if `accept` refuses the decision.
pub fn settle(
    files: &(impl Sources + Store),
    path: &str,
    decision: &Decision<'_>,
    config: &Config,
) -> Result<usize, Unsettled> {
    let text = read_text(files, path)?;
    let source = SourceText { path, text: &text };
    let (settled_text, settled) = accept(source, decision, config).map_err(Unsettled::Faults)?;
    replace(files, source, &settled_text)?;
    Ok(settled)
}

/// Writes a file that was read, unless it was saved meanwhile.
fn replace(files: &impl Store, source: SourceText<'_>, text: &str) -> Result<(), Unsettled> {
    let is_known = |now: &[u8]| now == source.text.as_bytes();
    match files.replace(source.path, text.as_bytes(), &is_known).map_err(Unsettled::File)? {
        true => Ok(()),
        false => Err(Unsettled::Faults(vec![saved_meanwhile(source.path)])),
    }
}

/// The message for a file that somebody saved while it was about to be changed.
pub fn saved_meanwhile(path: &str) -> Diagnostic {
    Diagnostic::error(path, "the file was saved by somebody else at the same moment")
        .note("the saved version was kept")
        .help("check it, then try again")
}

/// The text of a file that is to be changed.
fn read_text(files: &impl Sources, path: &str) -> Result<String, Unsettled> {
    let bytes = files.read(path).map_err(Unsettled::File)?;
    String::from_utf8(bytes).map_err(|_| {
        Unsettled::Faults(vec![
            Diagnostic::error(path, "the file is not UTF-8")
                .expected("a content file in UTF-8")
                .help("save the file as UTF-8 in your editor"),
        ])
    })
}

/// The text of a document's file once a doubt is settled: its `[[review]]` is gone, the field has the
/// value that was given, if one was; nothing else is changed. With it, how many doubts were settled.
///
/// # Errors
///
/// If the file cannot be read, has no such doubt or several, or if the value is none for the field.
pub fn accept(
    source: SourceText<'_>,
    decision: &Decision<'_>,
    config: &Config,
) -> Result<(String, usize), Vec<Diagnostic>> {
    let one = |diagnostic: Box<Diagnostic>| vec![*diagnostic];
    let before = Report::new();
    let Some(entry) = content::parse(source, config, &before) else { return Err(before.sorted()) };
    let Some(Reviewed { reviews, .. }) = Reviewed::entry(&entry) else {
        return Err(vec![no_doubts(source.path)]);
    };
    let settled = chosen(source, reviews, decision).map_err(one)?;
    let mut edit = Edit::open(source).map_err(one)?;
    edit.remove_tables("review", &settled);
    if let Some(value) = decision.value {
        let value = value_of(source, decision.field, value).map_err(one)?;
        edit.set(decision.field, &value, &keys_before(source.path, decision.field));
    }
    let text = edit.finish();
    checked(source.path, &text, config, &before)?;
    Ok((text, settled.len()))
}

/// Refuses a file's new text for faults that it did not have; those that it had are no reason not to write it.
fn checked(
    path: &str,
    text: &str,
    config: &Config,
    before: &Report,
) -> Result<(), Vec<Diagnostic>> {
    let (before, after) = (before.sorted(), Report::new());
    content::parse(SourceText { path, text }, config, &after);
    let is_new = |fault: &Diagnostic| before.iter().all(|old| old.message != fault.message);
    let new: Vec<Diagnostic> = after.sorted().into_iter().filter(is_new).collect();
    if new.is_empty() { Ok(()) } else { Err(new) }
}

/// What is said of a file that is of no kind that has doubts.
pub fn no_doubts(path: &str) -> Diagnostic {
    Diagnostic::error(path, "only documents and records of names have doubts")
        .expected(
            "a file below `content/documents/`, `content/organizations/` or `content/people/`",
        )
        .help("`fonds review` lists the files that have doubts")
}

/// Whether a file may have doubts, by its path.
pub fn may_have_doubts(path: &str) -> bool {
    let mut folders =
        ["content/documents/", "content/organizations/", "content/people/"].into_iter();
    path.ends_with(".md") && folders.any(|folder| path.starts_with(folder))
}

/// The keys of a file, by its path.
fn keys(path: &str) -> Vec<Key> {
    if path.starts_with("content/documents/") {
        content::document_keys()
    } else {
        content::authority_keys()
    }
}

/// The places of the doubts that a decision is about.
fn chosen(
    source: SourceText<'_>,
    reviews: &[Review],
    decision: &Decision<'_>,
) -> Result<Vec<usize>, Box<Diagnostic>> {
    let field = decision.field;
    let of_field: Vec<(usize, &Review)> =
        reviews.iter().enumerate().filter(|(_, review)| review.field == field).collect();
    let chosen: Vec<usize> = of_field
        .iter()
        .filter(|(_, review)| decision.line.is_none() || review.line == decision.line)
        .map(|(number, _)| *number)
        .collect();
    let lines = || {
        let lines: Vec<String> =
            of_field.iter().filter_map(|(_, r)| r.line).map(|line| line.to_string()).collect();
        lines.join(", ")
    };
    if chosen.len() == 1 || !chosen.is_empty() && (decision.all || decision.value.is_some()) {
        return Ok(chosen);
    }
    let diagnostic = if of_field.is_empty() {
        no_doubt(source.path, field, reviews)
    } else if let (Some(line), true) = (decision.line, chosen.is_empty()) {
        Diagnostic::error(source.path, format!("no doubt about `{field}` names line {line}"))
            .expected(format!("one of the lines {}", lines()))
            .help("leave out `--line`, or choose another line")
    } else {
        let count = chosen.len();
        Diagnostic::error(source.path, format!("there are {count} doubts about `{field}`"))
            .note(format!("they name the lines {}", lines()))
            .expected("the one that is settled")
            .help("add `--line NUMBER` for one, or `--all` for all of them")
    };
    Err(Box::new(diagnostic))
}

fn no_doubt(path: &str, field: &str, reviews: &[Review]) -> Diagnostic {
    let mut fields: Vec<&str> = reviews.iter().map(|review| review.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    let diagnostic = Diagnostic::error(path, format!("no doubt about `{field}` is open"));
    if fields.is_empty() {
        return diagnostic
            .expected("a file with a `[[review]]`")
            .help("all doubts of this file are settled; `fonds review` lists the others");
    }
    let help = match nearest(field, fields.iter().copied()) {
        Some(near) => format!("write `{near}`, if that is what you mean"),
        None => "name one of these fields".to_owned(),
    };
    diagnostic.expected(format!("a field in doubt: {}", fields.join(", "))).help(help)
}

/// A value that was given in words, as TOML.
fn value_of(source: SourceText<'_>, field: &str, value: &str) -> Result<String, Box<Diagnostic>> {
    let keys = keys(source.path);
    let shape = keys.iter().find(|key| key.name == field).map(|key| &key.shape);
    let is_list = value.trim_start().starts_with('[') && as_toml(value).is_some();
    match shape {
        Some(Shape::Text | Shape::Date) => Ok(content::edit::quoted(value)),
        Some(Shape::Truth | Shape::Integer) => Ok(value.trim().to_owned()),
        Some(Shape::Texts) if is_list => Ok(value.trim().to_owned()),
        Some(Shape::Texts) => Ok(format!("[{}]", content::edit::quoted(value))),
        Some(Shape::Tables(_)) if is_list => Ok(value.trim().to_owned()),
        _ => Err(Box::new(
            Diagnostic::error(source.path, format!("`{value}` is not a value of `{field}`"))
                .expected("a list of tables, as in the file")
                .help("such as `[{ person = \"…\", organization = \"…\" }]`, or edit the file"),
        )),
    }
}

/// Whether a key of a file, by its path, has one text or one date.
pub fn is_text(path: &str, field: &str) -> bool {
    let keys = keys(path);
    let shape = keys.iter().find(|key| key.name == field).map(|key| &key.shape);
    matches!(shape, Some(Shape::Text | Shape::Date))
}

fn as_toml(value: &str) -> Option<Range<usize>> {
    toml::de::DeValue::parse(value.trim()).ok().map(|value| value.span())
}

/// The keys that stand before one in a drafted file.
fn keys_before(path: &str, field: &str) -> Vec<&'static str> {
    let keys = keys(path).into_iter().map(|key| key.name);
    keys.take_while(|key| *key != field).collect()
}

/// The file that a user means by its path, its name, or the name without its ending.
///
/// # Errors
///
/// Names the nearest file there is.
pub fn find<'a>(name: &str, paths: &[&'a str]) -> Result<&'a str, Box<Diagnostic>> {
    let name = name.strip_prefix("./").unwrap_or(name);
    let short = |path: &'a str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.strip_suffix(".md").unwrap_or(file)
    };
    let wanted = name.strip_suffix(".md").unwrap_or(name);
    let exact = paths.iter().find(|path| path.strip_suffix(".md").unwrap_or(path) == wanted);
    let mut by_name = paths.iter().filter(|path| short(path) == wanted);
    match (exact, by_name.next(), by_name.next()) {
        (Some(path), ..) | (None, Some(path), None) => Ok(path),
        (None, Some(one), Some(other)) => Err(Box::new(
            Diagnostic::error("", format!("two files are named `{name}`"))
                .note(format!("{one} and {other}"))
                .help("give the whole path, from the archive's folder"),
        )),
        (None, None, _) => {
            let last = wanted.rsplit('/').next().unwrap_or(wanted);
            let names: Vec<&str> = paths.iter().map(|path| short(path)).collect();
            let near = nearest(last, names.iter().copied());
            let help = match near.and_then(|near| names.iter().position(|name| *name == near)) {
                Some(number) => format!("write `{}`, if that is what you mean", paths[number]),
                None => "`fonds review` lists the files that have doubts".to_owned(),
            };
            Err(Box::new(
                Diagnostic::error("", format!("there is no document `{name}`"))
                    .expected("the path of a file below `content/documents/`, or its name")
                    .help(help),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{MemoryFiles, Sink};

    const TEXT: &str = "+++\r\ntitle = \"A\" # mine\r\n\r\n[[review]]\r\nfield = \"date\"\r\nreason = \"no year\"\r\nline = 3\r\n\r\n[[review]]\r\nfield = \"date\"\r\nreason = \"no day\"\r\nline = 4\r\n+++\r\n\r\nText\r\n";

    fn accepted(decision: &Decision<'_>) -> Result<String, String> {
        let source = SourceText { path: "content/documents/a.md", text: TEXT };
        accept(source, decision, &Config::default())
            .map(|(text, _)| text)
            .map_err(|faults| faults[0].message.clone())
    }

    #[test]
    fn one_doubt_of_several_is_chosen_by_its_line() {
        let field = "date";
        let one = accepted(&Decision { field, line: Some(3), ..Decision::default() }).unwrap();
        assert_eq!(
            one,
            TEXT.replacen(
                "[[review]]\r\nfield = \"date\"\r\nreason = \"no year\"\r\nline = 3\r\n\r\n",
                "",
                1
            )
        );
        let several = accepted(&Decision { field, ..Decision::default() }).unwrap_err();
        assert_eq!(several, "there are 2 doubts about `date`");
        let all = "+++\r\ntitle = \"A\" # mine\r\n+++\r\n\r\nText\r\n";
        assert_eq!(accepted(&Decision { field, all: true, ..Decision::default() }).unwrap(), all);
    }

    /// Files of which one is saved between the reading and the writing.
    struct SavedMeanwhile(MemoryFiles);

    impl Sources for SavedMeanwhile {
        fn list(&self, folder: &str, report: &Report) -> Vec<String> {
            self.0.list(folder, report)
        }

        fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
            let bytes = self.0.read(path)?;
            self.0.put(path, b"mine")?;
            Ok(bytes)
        }
    }

    impl Sink for SavedMeanwhile {
        fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
            self.0.put(path, bytes)
        }
    }

    impl Store for SavedMeanwhile {
        fn create(&self, files: &[(&str, &[u8])]) -> Result<Vec<String>, FileError> {
            self.0.create(files)
        }

        fn replace(
            &self,
            path: &str,
            bytes: &[u8],
            is_known: &dyn Fn(&[u8]) -> bool,
        ) -> Result<bool, FileError> {
            self.0.replace(path, bytes, is_known)
        }

        fn discard(&self, path: &str) -> Result<(), FileError> {
            self.0.discard(path)
        }
    }

    #[test]
    fn a_file_that_is_saved_meanwhile_is_not_written_over() {
        let files = SavedMeanwhile(MemoryFiles::new());
        files.put("content/documents/a.md", TEXT.as_bytes()).unwrap();
        let decision = Decision { field: "date", all: true, ..Decision::default() };
        let settled = settle(&files, "content/documents/a.md", &decision, &Config::default());
        let Err(Unsettled::Faults(faults)) = settled else { panic!("written over") };
        assert_eq!(faults[0].message, "the file was saved by somebody else at the same moment");
        assert_eq!(files.0.read("content/documents/a.md").unwrap(), b"mine");
    }

    #[test]
    fn a_value_settles_the_field() {
        let decision = Decision { field: "date", value: Some("1921~"), ..Decision::default() };
        let text = "+++\r\ntitle = \"A\" # mine\r\ndate = \"1921~\"\r\n+++\r\n\r\nText\r\n";
        assert_eq!(accepted(&decision).unwrap(), text);
        let wrong = Decision { value: Some("March"), ..decision };
        assert_eq!(accepted(&wrong).unwrap_err(), "`March` is not an EDTF date");
    }

    #[test]
    fn files_are_found_by_any_of_their_names() {
        let paths = ["content/documents/a/letter.md", "content/documents/b.md"];
        for name in ["content/documents/a/letter.md", "./content/documents/a/letter", "letter.md"] {
            assert_eq!(find(name, &paths).unwrap(), paths[0], "{name}");
        }
        let help = find("leter", &paths).unwrap_err().help.unwrap();
        assert_eq!(help, "write `content/documents/a/letter.md`, if that is what you mean");
    }
}
