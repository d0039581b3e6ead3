//! All seeds, and what lies in `content/` → what is to be written, and an account of the rest.
//!
//! Three states are compared for each file: what ingest last wrote (the ledger), what the seed and the
//! rules say now, and what the file holds now.

mod present;
mod seeds;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::authorities::{self, Proposed};
use super::furniture::Dropped;
use super::ledger::{self, Entry, Ledger, Origin};
use super::seed::{Draft, Seed};
use crate::config::Config;
use crate::content::{write_authority, write_document};
use crate::diagnostic::Report;
use crate::edtf::Day;
use crate::files::Sources;
use crate::slug;
use present::{Present, State};
pub(super) use seeds::{Rules, read_among};

/// What an ingest would do, and what it found.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
    /// Files to write, sorted by path, the ledger last; empty if all is as it should be.
    pub files: Vec<PlannedFile>,
    /// Files of people that ingest would have written otherwise, or not at all.
    pub kept: Vec<Kept>,
    /// Drafts whose seed, or whose place in it, is gone; they stay.
    pub vanished: Vec<Vanished>,
    /// Doubts in the drafts that ingest owns, by path.
    pub doubts: Vec<Doubt>,
    /// Lines left out, by seed.
    pub dropped: BTreeMap<String, Vec<Dropped>>,
    /// Seeds that were read.
    pub seeds: usize,
    /// Documents found in them.
    pub documents: usize,
    /// Files that are as ingest would write them.
    pub unchanged: usize,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// Path from the archive's root.
    pub path: String,
    /// The whole text.
    #[serde(skip)]
    pub text: String,
    /// Why it is written.
    pub change: Change,
}

/// Why a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// There was none.
    New,
    /// Nobody touched the draft; its seed or the rules changed.
    Updated,
    /// The ledger.
    Ledger,
}

/// A file that ingest leaves to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Path of the file, or of the draft that is gone.
    pub path: String,
    /// Path of the seed below `seeds/`; empty for authority records.
    pub seed: String,
    /// Why it is left alone.
    pub reason: Reason,
    /// What ingest would write, for `--diff`.
    #[serde(skip)]
    pub proposed: String,
}

/// Why a file is left to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Somebody changed it.
    Edited,
    /// Somebody moved it; where it is now.
    Renamed(String),
    /// Somebody removed it.
    Deleted,
    /// Somebody wrote it for this place of the seed.
    Own,
}

/// A draft that no seed calls for any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vanished {
    /// Path of the draft.
    pub path: String,
    /// Path of the seed below `seeds/`.
    pub seed: String,
    /// Whether the whole seed is gone.
    pub seed_gone: bool,
}

/// An open review entry of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Path of the draft.
    pub path: String,
    /// Name of the field.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// Line of the seed that shows it.
    pub line: Option<usize>,
}

impl Plan {
    /// How many files are written for a reason.
    pub fn count(&self, change: Change) -> usize {
        self.files.iter().filter(|f| f.change == change).count()
    }
}

/// Reads all seeds and compares them with `content/`; `today` is recorded as the day a new draft was added.
///
/// Seeds that cannot be read are named in `report`; the others go on.
pub fn plan(sources: &dyn Sources, config: &Config, today: Day, report: &Report) -> Plan {
    let (seeds, listed) = seeds::read_all(sources, config, report);
    let old = sources
        .read(ledger::PATH)
        .map(|bytes| ledger::parse(&String::from_utf8_lossy(&bytes)))
        .unwrap_or_default();
    let present = Present::read(sources, &old, report);
    let mut planner = Planner {
        old: &old,
        ledger: old.clone(),
        present: &present,
        today,
        plan: Plan::default(),
        names: Names::new(&old, &present),
    };
    planner.documents(&seeds);
    planner.vanished(&listed);
    planner.authorities(
        "organization",
        "content/organizations",
        authorities::organizations(seeds.iter().flat_map(|s| &s.drafts)),
    );
    planner.authorities(
        "person",
        "content/people",
        authorities::people(seeds.iter().flat_map(|s| &s.drafts)),
    );
    let mut plan = planner.finish(sources);
    plan.seeds = seeds.len();
    plan.documents = seeds.iter().map(|s| s.drafts.len()).sum();
    plan.dropped =
        seeds.into_iter().filter(|s| !s.dropped.is_empty()).map(|s| (s.path, s.dropped)).collect();
    plan
}

/// Paths that are taken, and for each wish the next number to try.
struct Names {
    taken: BTreeSet<String>,
    next: HashMap<String, usize>,
}

impl Names {
    fn new(old: &Ledger, present: &Present) -> Self {
        Self { taken: old.keys().chain(present.paths()).cloned().collect(), next: HashMap::new() }
    }

    /// A free path for a name: `folder/name.md`, else `folder/name-2.md` and so on.
    fn free(&mut self, folder: &str, name: &str) -> String {
        let wish = format!("{folder}/{name}");
        loop {
            let n = self.next.entry(wish.clone()).or_insert(0);
            *n += 1;
            let path = if *n == 1 { format!("{wish}.md") } else { format!("{wish}-{n}.md") };
            if self.taken.insert(path.clone()) {
                return path;
            }
        }
    }
}

struct Planner<'a> {
    old: &'a Ledger,
    ledger: Ledger,
    present: &'a Present,
    today: Day,
    plan: Plan,
    names: Names,
}

impl Planner<'_> {
    /// Matches drafts with what was written before, seed by seed.
    fn documents(&mut self, seeds: &[Seed]) {
        let mut by_seed: HashMap<&str, Vec<(&str, usize, usize)>> = HashMap::new();
        for (path, entry) in self.old {
            if let Origin::Seed(seed, first, last) = &entry.origin {
                by_seed.entry(seed).or_default().push((path, *first, *last));
            }
        }
        let texts: Vec<Vec<String>> = seeds
            .par_iter()
            .map(|s| s.drafts.iter().map(|d| self.text_of(d, self.today)).collect())
            .collect();
        for (seed, texts) in seeds.iter().zip(texts) {
            let before = by_seed.remove(seed.path.as_str()).unwrap_or_default();
            let matched = matches(&seed.drafts, &before);
            for ((draft, text), place) in seed.drafts.iter().zip(texts).zip(&matched) {
                self.document(seed, draft, text, place.map(|k| before[k].0));
            }
            for (k, (path, ..)) in before.iter().enumerate() {
                if !matched.contains(&Some(k)) {
                    self.plan.vanished.push(Vanished {
                        path: (*path).to_owned(),
                        seed: seed.path.clone(),
                        seed_gone: false,
                    });
                }
            }
        }
    }

    fn text_of(&self, draft: &Draft, added: Day) -> String {
        let mut document = draft.document.clone();
        document.added = added.to_string().parse().ok();
        write_document(&document, &draft.body)
    }

    /// Decides on one draft; `before` is the path that it was written to.
    fn document(&mut self, seed: &Seed, draft: &Draft, text: String, before: Option<&str>) {
        let (first, last) = draft.lines;
        let origin = Origin::Seed(seed.path.clone(), first, last);
        let Some(path) = before else {
            if let Some(own) = self.present.of_place(&seed.path, draft.lines) {
                let kept = Kept {
                    path: own.to_owned(),
                    seed: seed.path.clone(),
                    reason: Reason::Own,
                    proposed: text,
                };
                self.plan.kept.push(kept);
                return;
            }
            let path = self.names.free("content/documents", &file_name(draft));
            self.doubts(&path, draft);
            self.put(path, text, origin, Change::New);
            return;
        };
        let path = path.to_owned();
        match self.present.state(&path) {
            State::Untouched(added) => {
                let text = if added == Some(self.today) {
                    text
                } else {
                    self.text_of(draft, added.unwrap_or(self.today))
                };
                self.doubts(&path, draft);
                self.follow(path, text, origin);
            }
            State::Edited => self.keep(path, &seed.path, Reason::Edited, text),
            State::Missing => {
                let moved = self.present.of_place(&seed.path, draft.lines).map(str::to_owned);
                let reason = moved.map_or(Reason::Deleted, Reason::Renamed);
                self.keep(path, &seed.path, reason, text);
            }
        }
    }

    fn keep(&mut self, path: String, seed: &str, reason: Reason, proposed: String) {
        self.plan.kept.push(Kept { path, seed: seed.to_owned(), reason, proposed });
    }

    /// A draft that nobody touched gets the text of now.
    fn follow(&mut self, path: String, text: String, origin: Origin) {
        let hash = ledger::hash(text.as_bytes());
        if self.old.get(&path).is_some_and(|e| e.hash == hash) {
            self.ledger.insert(path, Entry { hash, origin });
            self.plan.unchanged += 1;
        } else {
            self.put(path, text, origin, Change::Updated);
        }
    }

    fn put(&mut self, path: String, text: String, origin: Origin, change: Change) {
        self.ledger.insert(path.clone(), Entry { hash: ledger::hash(text.as_bytes()), origin });
        self.plan.files.push(PlannedFile { path, text, change });
    }

    fn doubts(&mut self, path: &str, draft: &Draft) {
        self.plan.doubts.extend(draft.document.review.iter().map(|r| Doubt {
            path: path.to_owned(),
            field: r.field.clone(),
            reason: r.reason.clone(),
            line: r.line,
        }));
    }

    /// Drafts of seeds that are not listed any more.
    fn vanished(&mut self, listed: &BTreeSet<String>) {
        for (path, entry) in self.old {
            if let Origin::Seed(seed, ..) = &entry.origin
                && !listed.contains(seed)
            {
                self.plan.vanished.push(Vanished {
                    path: path.clone(),
                    seed: seed.clone(),
                    seed_gone: true,
                });
            }
        }
    }

    /// Records for names that no record of a person has yet.
    fn authorities(&mut self, kind: &str, folder: &str, proposed: Vec<Proposed>) {
        let mut before: HashMap<&str, &str> = HashMap::new();
        for (path, entry) in self.old {
            if let Origin::Name(of, key) = &entry.origin
                && of == kind
            {
                before.insert(key, path);
            }
        }
        for record in proposed {
            let text = write_authority(&record.authority, "");
            let origin = Origin::Name(kind.to_owned(), record.key.clone());
            match before.get(record.key.as_str()) {
                Some(path) => match self.present.state(path) {
                    State::Untouched(_) => self.follow((*path).to_owned(), text, origin),
                    State::Edited | State::Missing => {}
                },
                None if self.present.has_name(folder, &record.key) => {}
                None => {
                    let name = nonempty(slug::short_slug(&record.authority.title), kind);
                    let path = self.names.free(folder, &name);
                    self.put(path, text, origin, Change::New);
                }
            }
        }
    }

    fn finish(mut self, sources: &dyn Sources) -> Plan {
        self.plan.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.plan
            .doubts
            .sort_by(|a, b| (&a.path, &a.field, a.line).cmp(&(&b.path, &b.field, b.line)));
        self.plan.kept.sort_by(|a, b| a.path.cmp(&b.path));
        self.plan.vanished.sort_by(|a, b| a.path.cmp(&b.path));
        let text = ledger::write(&self.ledger);
        let same = sources.read(ledger::PATH).is_ok_and(|old| old == text.as_bytes());
        if !same && !self.ledger.is_empty() {
            self.plan.files.push(PlannedFile {
                path: ledger::PATH.to_owned(),
                text,
                change: Change::Ledger,
            });
        }
        self.plan
    }
}

fn nonempty(slug: String, fallback: &str) -> String {
    if slug.is_empty() { fallback.to_owned() } else { slug }
}

/// `2008-11-19-letter-from-ban-ki-moon-to-stephen-j-solarz`; undated documents have no date in front.
fn file_name(draft: &Draft) -> String {
    let title = nonempty(slug::short_slug(&draft.document.title), "document");
    let date = draft.document.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let plain: String = date
        .trim_start_matches('[')
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    if plain.is_empty() { title } else { format!("{}-{title}", plain.trim_end_matches('-')) }
}

/// For each draft the earlier one that stood in the same lines, or else in the same order.
fn matches(drafts: &[Draft], before: &[(&str, usize, usize)]) -> Vec<Option<usize>> {
    let mut before_by_line: Vec<usize> = (0..before.len()).collect();
    before_by_line.sort_by_key(|&k| before[k].1);
    let mut used = vec![false; before.len()];
    let mut from = 0;
    let mut found: Vec<Option<usize>> = drafts
        .iter()
        .map(|draft| {
            let (first, last) = draft.lines;
            while from < before_by_line.len() && before[before_by_line[from]].2 < first {
                from += 1;
            }
            let best = before_by_line[from..]
                .iter()
                .take_while(|&&k| before[k].1 <= last)
                .filter(|&&k| !used[k])
                .max_by_key(|&&k| overlap(draft.lines, (before[k].1, before[k].2)))
                .copied()
                .filter(|&k| overlap(draft.lines, (before[k].1, before[k].2)) >= 500)?;
            used[best] = true;
            Some(best)
        })
        .collect();
    // A seed that grew at its top moves every line; the order of its documents stays.
    if drafts.len() == before.len() {
        for (place, &k) in found.iter_mut().zip(&before_by_line) {
            if place.is_none() && !used[k] {
                *place = Some(k);
                used[k] = true;
            }
        }
    }
    found
}

/// How much two ranges of lines have in common, in thousandths of what they cover together.
pub(super) fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    let common = (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0));
    let whole = a.1.max(b.1) + 1 - a.0.min(b.0);
    common * 1000 / whole.max(1)
}
