//! All seeds, and what lies in `content/` → what is to be written, and an account of the rest.
//!
//! Three states are compared for each file: what ingest last wrote (the ledger), what the seed and the
//! rules say now, and what the file holds now.

mod account;
mod aside;
mod compare;
mod folders;
mod mails;
mod moved;
mod present;
mod relocate;
mod seeds;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::authorities::{self, Proposed};
use super::furniture::Dropped;
use super::ledger::{self, Entry, Ledger, Origin};
use super::left_out::{self, LeftOutLines};
use super::seed::NameForms;
use super::tables::TableAccount;
use crate::config::Config;
use crate::content::{self, Authority, Review};
use crate::diagnostic::Report;
use crate::edtf::Day;
use crate::enclosed::Opened;
use crate::files::Sources;
use crate::parallel;
use crate::slug;
pub use account::{AsideAccount, FormatAccount};
use compare::{Before, Compared, Proposal};
use folders::Folders;
use moved::Moved;
use present::{Present, State};
pub(super) use seeds::{Rules, read_among, untold};

/// What an ingest would do, and what it found.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
    /// Files to write, sorted by path, the ledger last; empty if all is as it should be.
    pub files: Vec<PlannedFile>,
    /// Files of people that ingest would have written otherwise, or not at all.
    pub kept: Vec<Kept>,
    /// Seeds that were moved or renamed, with their drafts.
    pub moved: Vec<MovedSeed>,
    /// Drafts whose seed, or whose place in it, is gone; they stay.
    pub vanished: Vec<Vanished>,
    /// Doubts in the drafts that ingest owns, by path.
    pub doubts: Vec<Doubt>,
    /// Tables whose rows describe documents.
    pub tables: Vec<TableAccount>,
    /// The seeds and documents of each format.
    pub formats: Vec<FormatAccount>,
    /// The seeds that were set aside, by reason.
    pub aside: Vec<AsideAccount>,
    /// Lines left out, by seed.
    pub dropped: BTreeMap<String, Vec<Dropped>>,
    /// Seeds that were read.
    pub seeds: usize,
    /// Documents found in them.
    pub documents: usize,
    /// Files that are as ingest would write them.
    pub unchanged: usize,
    /// Whether the run before was broken off.
    #[serde(skip)]
    pub(super) resumes: bool,
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
    /// Hash of the text that a draft has now; empty of a new file.
    #[serde(skip)]
    pub(super) hash_before: String,
}

/// Why a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// There was none.
    New,
    /// Nobody touched the draft; its seed or the rules changed.
    Updated,
    /// A person's file whose seed was moved: the seed's path is written in it, and nothing else.
    Moved,
    /// The ledger.
    Ledger,
}

impl Change {
    /// Whether there is a file that is replaced.
    pub(super) fn replaces(self) -> bool {
        matches!(self, Self::Updated | Self::Moved)
    }
}

/// A seed that was moved or renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedSeed {
    /// Path below `seeds/` that it had.
    pub from: String,
    /// Path that it has.
    pub to: String,
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
    let opened = Opened::new(sources);
    let sources: &dyn Sources = &opened;
    let (old, resumes) = ledger::read(sources);
    let present = Present::read(sources, &old, report);
    let (rules, listed) = seeds::listed(sources, config, report);
    let moved = Moved::find(sources, &listed, &old, &present);
    let mut free = Names::new(&old, &present);
    let paths = sources.list("seeds", &Report::new());
    let paths = paths.iter().filter_map(|path| path.strip_prefix("seeds/"));
    let folders = Folders::of(paths, (&old, &present, &moved), sources, config, &mut free);
    let before = Before::new(&old, &present, &moved, &folders);
    let seeds::All { seeds, tables, formats, aside } =
        seeds::read_all(sources, config, report, (rules, &listed), |seed| {
            before.compare(seed, today)
        });
    let listed: BTreeSet<String> = listed.into_iter().collect();
    let all = moved.all().map(|(from, to)| MovedSeed { from: from.to_owned(), to: to.to_owned() });
    let mut planner = Planner {
        sources,
        old: &old,
        entries: Vec::new(),
        present: &present,
        moved: &moved,
        checksums: checksums(&old),
        plan: Plan { resumes, tables, formats, aside, moved: all.collect(), ..Plan::default() },
        names: free,
    };
    let mut seeds: Vec<(Compared, Vec<Place>)> =
        seeds.into_iter().map(|seed| planner.placed(seed)).collect();
    mails::link(&mut seeds, &present, sources);
    let with_documents = seeds.iter().filter(|(seed, _)| !seed.proposals.is_empty());
    let units = folders.units(with_documents.map(|(seed, _)| seed.path.as_str()));
    planner.units(units);
    let (mut names, mut dropped) = (Vec::new(), BTreeMap::new());
    for (seed, places) in seeds {
        planner.plan.seeds += 1;
        planner.plan.documents += seed.proposals.len();
        let Compared { path, checksum, proposals, vanished, dropped: lines, left_out, .. } = seed;
        let checksum = planner.checksum(&path, checksum);
        let of = SeedNow { checksum, path: &path, left_out: &left_out };
        for (proposal, place) in proposals.into_iter().zip(places) {
            names.push(planner.document(&of, proposal, place));
        }
        let gone = |draft| Vanished { path: draft, seed: path.clone(), seed_gone: false };
        planner.plan.vanished.extend(vanished.into_iter().map(gone));
        if !lines.is_empty() {
            dropped.insert(path, lines);
        }
    }
    planner.vanished(&listed);
    planner.relocate(&listed, report);
    let (organizations, people) =
        rayon::join(|| authorities::organizations(&names), || authorities::people(&names));
    planner.authorities("organization", "content/organizations", organizations);
    planner.authorities("person", "content/people", people);
    let mut plan = planner.finish(sources);
    plan.dropped = dropped;
    plan
}

/// The checksums that a ledger has, by seed.
fn checksums(ledger: &Ledger) -> HashMap<&str, &str> {
    let mut checksums = HashMap::new();
    for entry in ledger.values() {
        if let Origin::Seed(seed, ..) = &entry.origin {
            checksums.insert(seed.as_str(), entry.checksum.as_str());
        }
    }
    checksums
}

/// The file of a draft.
enum Place {
    /// It was written before.
    Before(String),
    /// Somebody wrote one for this place of the seed.
    Own(String),
    /// There is none yet.
    New(String),
}

impl Place {
    fn path(&self) -> &str {
        let (Self::Before(path) | Self::Own(path) | Self::New(path)) = self;
        path
    }
}

/// Paths that are taken, and for each wish the next number to try.
struct Names {
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Names {
    fn new(old: &Ledger, present: &Present<'_>) -> Self {
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

/// A seed that was read: its path below `seeds/`, its checksum, and the lines of it that no draft has.
struct SeedNow<'a> {
    path: &'a str,
    checksum: String,
    left_out: &'a LeftOutLines,
}

struct Planner<'a> {
    sources: &'a dyn Sources,
    old: &'a Ledger,
    /// What the ledger will say of the files that are as ingest would write them.
    entries: Vec<(String, Entry)>,
    present: &'a Present<'a>,
    moved: &'a Moved,
    /// The checksums that the ledger has, by seed.
    checksums: HashMap<&'a str, &'a str>,
    plan: Plan,
    names: Names,
}

impl Planner<'_> {
    /// The file of a person that stands for these lines of a seed, wherever the seed was.
    fn own(&self, seed: &str, lines: (usize, usize)) -> Option<&str> {
        let before = || self.present.of_place(self.moved.before(seed)?, lines);
        self.present.of_place(seed, lines).or_else(before)
    }

    /// The checksum of a seed. Scans are large, and read for it once only.
    fn checksum(&self, seed: &str, known: String) -> String {
        if !known.is_empty() {
            return known;
        }
        let before = self.moved.before(seed).unwrap_or(seed);
        let recorded = self.checksums.get(before).filter(|checksum| !checksum.is_empty());
        let recorded = recorded.map(|checksum| (*checksum).to_owned());
        recorded.or_else(|| moved::checksum(self.sources, seed)).unwrap_or_default()
    }

    /// Finds the files of a seed's drafts.
    fn placed(&mut self, seed: Compared) -> (Compared, Vec<Place>) {
        let place = |proposal: &Proposal| match &proposal.before {
            Some(path) => Place::Before(path.clone()),
            None => match self.own(&seed.path, proposal.lines).map(str::to_owned) {
                Some(own) => Place::Own(own),
                None => Place::New(self.names.free("content/documents", &proposal.file_name)),
            },
        };
        let places = seed.proposals.iter().map(place).collect();
        (seed, places)
    }

    /// Decides on one draft, and keeps its names.
    fn document(&mut self, of: &SeedNow<'_>, proposal: Proposal, place: Place) -> NameForms {
        let Proposal { text, hash, lines: (first, last), review, names, .. } = proposal;
        let seed = of.path;
        let keep = |decided: &mut Self, path, reason, proposed| {
            decided.plan.kept.push(Kept { path, seed: seed.to_owned(), reason, proposed });
        };
        let origin = Origin::Seed(seed.to_owned(), first, last);
        let checksum = of.checksum.clone();
        let left_out = left_out::write(of.left_out, first..=last);
        let entry = Entry { hash, origin, checksum, left_out };
        let path = match place {
            Place::Own(own) => {
                keep(self, own, Reason::Own, text);
                return names;
            }
            Place::New(path) => {
                self.doubts(&path, review);
                self.put_new(path, text, entry);
                return names;
            }
            Place::Before(path) => path,
        };
        match self.present.state(&path) {
            State::Untouched(_) => {
                self.doubts(&path, review);
                self.follow(path, text, entry);
            }
            State::Edited => {
                self.stay(&path, of);
                keep(self, path, Reason::Edited, text);
            }
            State::Missing => {
                self.stay(&path, of);
                let moved = self.own(seed, (first, last)).map(str::to_owned);
                let reason = moved.map_or(Reason::Deleted, Reason::Renamed);
                keep(self, path, reason, text);
            }
        }
        names
    }

    /// What the ledger says of a person's file stays, but for the seed's path and checksum.
    fn stay(&mut self, path: &str, of: &SeedNow<'_>) {
        let Some(entry) = self.old.get(path) else { return };
        let Origin::Seed(_, first, last) = entry.origin else { return };
        let origin = Origin::Seed(of.path.to_owned(), first, last);
        let checksum = of.checksum.clone();
        let left_out = match entry.left_out.is_empty() {
            true => left_out::write(of.left_out, first..=last),
            false => entry.left_out.clone(),
        };
        let entry = Entry { hash: entry.hash.clone(), origin, checksum, left_out };
        self.entries.push((path.to_owned(), entry));
    }

    /// A draft that nobody touched gets the text of now.
    fn follow(&mut self, path: String, text: String, entry: Entry) {
        if self.old.get(&path).is_some_and(|e| e.hash == entry.hash) {
            self.entries.push((path, entry));
            self.plan.unchanged += 1;
        } else {
            let hash_before = self.old.get(&path).map(|e| e.hash.clone()).unwrap_or_default();
            self.entries.push((path.clone(), entry));
            let change = Change::Updated;
            self.plan.files.push(PlannedFile { path, text, change, hash_before });
        }
    }

    fn put_new(&mut self, path: String, text: String, entry: Entry) {
        self.entries.push((path.clone(), entry));
        let (change, hash_before) = (Change::New, String::new());
        self.plan.files.push(PlannedFile { path, text, change, hash_before });
    }

    fn doubts(&mut self, path: &str, review: Vec<Review>) {
        self.plan.doubts.extend(review.into_iter().map(|r| Doubt {
            path: path.to_owned(),
            field: r.field,
            reason: r.reason,
            line: r.line,
        }));
    }

    /// Drafts of seeds that are not listed any more.
    fn vanished(&mut self, listed: &BTreeSet<String>) {
        for (path, entry) in self.old {
            if let Origin::Seed(seed, ..) = &entry.origin
                && !listed.contains(seed)
                && self.moved.now(seed).is_none()
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
        let written = |record: Proposed| {
            let text = content::write(&record.authority, "");
            let slug = nonempty(slug::short_slug(&record.authority.title), kind);
            (record, ledger::hash(text.as_bytes()), text, slug)
        };
        for (Proposed { key, authority: Authority { review, .. } }, hash, text, slug) in
            parallel::map_taken(proposed, written)
        {
            let origin = Origin::Name(kind.to_owned(), key.clone());
            let entry = Entry { hash, origin, checksum: String::new(), left_out: String::new() };
            match before.get(key.as_str()) {
                Some(path) => match self.present.state(path) {
                    State::Untouched(_) => {
                        self.doubts(path, review);
                        self.follow((*path).to_owned(), text, entry);
                    }
                    State::Edited | State::Missing => {}
                },
                None if self.present.has_name(folder, &key) => {}
                None => {
                    let path = self.names.free(folder, &slug);
                    self.doubts(&path, review);
                    self.put_new(path, text, entry);
                }
            }
        }
    }

    /// Units of the arrangement for folders of seeds; a file that a person changed or removed stays so.
    fn units(&mut self, units: Vec<folders::Unit>) {
        for folders::Unit { folder, path, text } in units {
            let origin = Origin::Name(folders::KIND.to_owned(), folder);
            let hash = ledger::hash(text.as_bytes());
            let entry = Entry { hash, origin, checksum: String::new(), left_out: String::new() };
            match (self.old.contains_key(&path), self.present.state(&path)) {
                (true, State::Untouched(_)) => self.follow(path, text, entry),
                (true, State::Edited | State::Missing) => {}
                (false, _) => self.put_new(path, text, entry),
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
        let mut ledger = self.old.clone();
        // Sorted by themselves first: one by one each would be sought among all.
        ledger.append(&mut self.entries.into_iter().collect());
        let text = ledger::write(&ledger);
        let same = sources
            .read(ledger::PATH)
            .is_ok_and(|old| ledger::hash(&old) == ledger::hash(text.as_bytes()));
        if !same && !ledger.is_empty() {
            self.plan.files.push(PlannedFile {
                path: ledger::PATH.to_owned(),
                text,
                change: Change::Ledger,
                hash_before: String::new(),
            });
        }
        self.plan
    }
}

fn nonempty(slug: String, fallback: &str) -> String {
    if slug.is_empty() { fallback.to_owned() } else { slug }
}

/// How much two ranges of lines have in common, in thousandths of what they cover together.
pub(super) fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    let common = (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0));
    let whole = a.1.max(b.1) + 1 - a.0.min(b.0);
    common * 1000 / whole.max(1)
}
