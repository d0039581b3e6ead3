//! The content files as they were last read, so that a change costs the files that changed and not all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::archive::{Card, DocumentCard};
use crate::config::Config;
use crate::content::{self, Entry};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::files::{Shelf, Sources};
use crate::json_text;
use crate::parallel;

/// The front matter of all content files, in the order of their paths.
#[derive(Debug, Default)]
pub struct Contents {
    files: BTreeMap<String, Parsed>,
    /// What must not be read.
    left_out: Vec<Diagnostic>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Parsed {
    card: Option<Card>,
    #[serde(with = "json_text")]
    faults: Vec<Diagnostic>,
}

/// Files of which a shelf keeps the cards together.
const TOGETHER: usize = 1024;

/// The names of some of the cards on a shelf begin so.
const PART: &str = "cards-";

/// What a change of files affects.
#[derive(Debug)]
pub enum Affected {
    /// Nothing, or only texts.
    Nothing,
    /// Some documents, each with its card before and now, say something else of themselves, and are linked
    /// as they were.
    Documents(Vec<(Arc<DocumentCard>, Arc<DocumentCard>)>),
    /// Anything else.
    Links,
}

/// What a build before read, each file with its hash.
#[derive(Default)]
pub struct Known(BTreeMap<String, (Bytes, Parsed)>);

type Bytes = [u8; blake3::OUT_LEN];

impl Known {
    /// What is on a shelf; what is lost is read again.
    pub fn take(shelf: &Shelf<'_>) -> Self {
        let names: Vec<_> = shelf.names(PART).collect();
        let take = |name| shelf.take_value::<Vec<(String, (Bytes, Parsed))>>(name);
        let parts = parallel::map_taken(names, take);
        Self(parts.into_iter().flatten().flatten().collect())
    }

    /// Whether a file says of itself what it said before, whatever its text says.
    pub fn says_the_same(&self, path: &str, sources: &dyn Sources, config: &Config) -> bool {
        let before = self.0.get(path).map(|(_, parsed)| parsed);
        before == Some(&Parsed::read(path, sources, config))
    }

    /// Whether nothing in a file has changed that the drafts of other files depend on.
    pub fn leaves_drafts(&self, path: &str, sources: &dyn Sources, config: &Config) -> bool {
        let now = Parsed::read(path, sources, config);
        match (self.0.get(path), now.card) {
            (
                Some((_, Parsed { card: Some(Card::Document(old)), .. })),
                Some(Card::Document(new)),
            ) => {
                let (a, b) = (&old.record, &new.record);
                old.slug == new.slug && a.source == b.source && a.files == b.files
            }
            _ => false,
        }
    }
}

impl Contents {
    /// Reads all files below `content/`.
    pub fn read(sources: &dyn Sources, config: &Config) -> Self {
        Self::read_unknown(Known::default(), sources, config)
    }

    /// Reads all files below `content/` but those that are known.
    pub fn read_unknown(known: Known, sources: &dyn Sources, config: &Config) -> Self {
        let (paths, left_out) = list(sources);
        let mut known = known.0;
        let read = |path: String| {
            let parsed = known
                .remove(&path)
                .filter(|(hash, _)| sources.hash(&path).is_some_and(|now| now.as_bytes() == hash));
            (path, parsed.map(|(_, parsed)| parsed))
        };
        let files: Vec<(String, Option<Parsed>)> = paths.into_iter().map(read).collect();
        Self { files: completed(files, sources, config), left_out }
    }

    /// Keeps what was read for the next build.
    pub fn keep(&self, sources: &dyn Sources, shelf: &Shelf<'_>) {
        let files = self
            .files
            .iter()
            .filter_map(|(path, parsed)| Some((path, (*sources.hash(path)?.as_bytes(), parsed))));
        let files: Vec<_> = files.collect();
        let parts: Vec<_> = files.chunks(TOGETHER).enumerate().collect();
        parallel::for_each(&parts, |(number, files)| {
            shelf.keep_value(&format!("{PART}{number}"), files);
        });
    }

    /// Reads some files again, or for the first time, and forgets those that are gone.
    pub fn renew(
        &mut self,
        paths: &BTreeSet<String>,
        sources: &dyn Sources,
        config: &Config,
    ) -> Affected {
        let changed: Vec<&String> = paths.iter().filter(|path| is_content(path)).collect();
        if changed.iter().any(|path| !self.files.contains_key(*path)) {
            return self.renew_all(paths, sources, config);
        }
        let (mut documents, mut is_linked_otherwise) = (Vec::new(), false);
        for path in changed {
            let Ok(bytes) = sources.look_into(path) else {
                return self.renew_all(paths, sources, config);
            };
            let parsed = Parsed::of(path, &bytes, config);
            match (self.files.get(path), &parsed) {
                // The card that is linked stays the one that is known.
                (Some(old), new) if old == new => continue,
                (
                    Some(Parsed { card: Some(Card::Document(old)), faults }),
                    Parsed { card: Some(Card::Document(new)), faults: others },
                ) if faults == others && new.is_linked_like(old) => {
                    documents.push((Arc::clone(old), Arc::clone(new)));
                }
                _ => is_linked_otherwise = true,
            }
            self.files.insert(path.clone(), parsed);
        }
        match documents {
            _ if is_linked_otherwise => Affected::Links,
            none if none.is_empty() => Affected::Nothing,
            documents => Affected::Documents(documents),
        }
    }

    /// The same when files came or went.
    fn renew_all(
        &mut self,
        paths: &BTreeSet<String>,
        sources: &dyn Sources,
        config: &Config,
    ) -> Affected {
        let (there, left_out) = list(sources);
        let mut differs = self.left_out != left_out;
        self.left_out = left_out;
        let mut old = std::mem::take(&mut self.files);
        let kept: Vec<(String, Option<Parsed>)> = there
            .into_iter()
            .map(|path| {
                let known = old.remove(&path).filter(|_| !paths.contains(&path));
                (path, known)
            })
            .collect();
        // What is left is gone; what is not known is new, or may be.
        differs |= !old.is_empty() || kept.iter().any(|(_, known)| known.is_none());
        self.files = completed(kept, sources, config);
        if differs { Affected::Links } else { Affected::Nothing }
    }

    /// What could be read.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.files.values().filter_map(|file| file.card.as_ref())
    }

    /// The documents that could be read.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentCard> {
        self.cards().filter_map(as_document)
    }

    /// What is known of a file, if it could be read.
    pub fn card(&self, path: &str) -> Option<&Card> {
        self.files.get(path)?.card.as_ref()
    }

    /// The document of a file, if it is one and could be read.
    pub fn document(&self, path: &str) -> Option<&DocumentCard> {
        as_document(self.card(path)?)
    }

    /// Tells the faults of all files.
    pub fn tell(&self, report: &Report) {
        report.extend(self.left_out.iter().cloned());
        report.extend(self.files.values().flat_map(|file| file.faults.iter().cloned()));
    }
}

/// Files by path, those read that are not known.
fn completed(
    files: Vec<(String, Option<Parsed>)>,
    sources: &dyn Sources,
    config: &Config,
) -> BTreeMap<String, Parsed> {
    let read = |(path, known): (String, Option<Parsed>)| {
        let parsed = known.unwrap_or_else(|| Parsed::read(&path, sources, config));
        (path, parsed)
    };
    parallel::map_taken(files, read).into_iter().collect()
}

fn as_document(card: &Card) -> Option<&DocumentCard> {
    match card {
        Card::Document(card) => Some(card),
        _ => None,
    }
}

/// Whether a file, by its path, is one of content.
pub fn is_content(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md")
}

fn list(sources: &dyn Sources) -> (Vec<String>, Vec<Diagnostic>) {
    let report = Report::new();
    let mut paths = sources.list("content", &report);
    let is_passed_over = |path: &&String| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        !is_content(path) && matches!(ending.as_deref(), Some("md" | "markdown"))
    };
    report.extend(paths.iter().filter(is_passed_over).map(|path| {
        Diagnostic::error(path, "the file is not read, since its name does not end in `.md`")
            .expected("a name that ends in `.md`, in small letters")
            .help("rename it")
    }));
    let is_section = |path: &&String| path.rsplit('/').next() == Some("_index.md");
    report.extend(paths.iter().filter(is_section).map(|path| {
        Diagnostic::error(
            path,
            "`_index.md` describes a section, and the site makes its lists itself",
        )
        .expected("documents in `content/documents/`, and pages of your own in `content/pages/`")
        .help("move its text to `content/index.md` or to a page of your own, and remove it")
    }));
    paths.retain(|path| is_content(path) && !is_section(&path));
    (paths, report.sorted())
}

impl Parsed {
    fn read(path: &str, sources: &dyn Sources, config: &Config) -> Self {
        match sources.look_into(path) {
            Ok(bytes) => Self::of(path, &bytes, config),
            Err(error) => {
                Self { card: None, faults: vec![Diagnostic::error(path, error.to_string())] }
            }
        }
    }

    fn of(path: &str, bytes: &[u8], config: &Config) -> Self {
        let report = Report::new();
        let entry = parse(path, bytes, config, &report);
        Self { card: entry.map(Card::of), faults: report.sorted() }
    }
}

/// Reads every content file's front matter, in the order of their paths.
pub(super) fn load(sources: &dyn Sources, config: &Config, report: &Report) -> Vec<Entry> {
    let (paths, left_out) = list(sources);
    report.extend(left_out);
    let read = |path: &String| match sources.read(path) {
        Ok(bytes) => parse(path, &bytes, config, report),
        Err(error) => {
            report.push(Diagnostic::error(path.clone(), error.to_string()));
            None
        }
    };
    parallel::map(&paths, read).into_iter().flatten().collect()
}

fn parse(path: &str, bytes: &[u8], config: &Config, report: &Report) -> Option<Entry> {
    match std::str::from_utf8(bytes) {
        Ok(text) => content::parse(SourceText { path, text }, config, report),
        Err(error) => {
            report.push(not_utf8(path, &bytes[..error.valid_up_to()]));
            None
        }
    }
}

fn not_utf8(path: &str, valid: &[u8]) -> Diagnostic {
    let line = valid.iter().filter(|b| **b == b'\n').count() + 1;
    Diagnostic::error(path, format!("line {line} is not UTF-8"))
        .expected("a content file in UTF-8")
        .help("save the file as UTF-8 in your editor")
}
