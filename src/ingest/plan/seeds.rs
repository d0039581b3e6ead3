//! The seeds of an archive: found, read in parallel, each alone; bad ones named and set aside.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::super::decode::Refusal;
use super::super::filename::{self, Habits, Pattern};
use super::super::furniture::{Edges, Own, Repeated, repeated_across};
use super::super::scans::{self, Scans};
use super::super::seed::{self, Around, Seed, Written};
use super::super::tables::{TableAccount, Tables};
use super::account::{self, AsideAccount, FormatAccount};
use super::aside::{self, Aside, Why};
use super::compare::Compared;
use crate::config::{Config, IngestSettings, SeedSettings};
use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::enclosed::{self, Opened};
use crate::files::Sources;
use crate::parallel;
use crate::scan::Scan;

/// Settings of ingest, compiled once.
pub(in crate::ingest) struct Rules {
    archive: Folder,
    /// Folders with settings of their own, by their path.
    folders: BTreeMap<String, Folder>,
}

/// What holds for the seeds of one folder.
struct Folder {
    config: Config,
    own: Own,
    names: Vec<Pattern>,
    ignore: Vec<Regex>,
    /// Seeds that are read, if not all are.
    read: Vec<Regex>,
    /// Page images and PDFs that are shown, and not read.
    attach: Vec<Regex>,
}

impl Rules {
    /// Compiles the settings; faults go to `report`.
    pub(in crate::ingest) fn new(config: &Config, report: &Report) -> Self {
        let folder = |(path, own): (&String, &IngestSettings)| {
            let config = Config { ingest: own.clone(), ..config.clone() };
            (path.clone(), Folder::new(config, report))
        };
        let folders = config.ingest.folders.iter().map(folder).collect();
        Self { archive: Folder::new(config.clone(), report), folders }
    }

    /// The rules for a seed.
    fn of(&self, path: &str) -> &Folder {
        let own = self.archive.config.ingest.for_seed(path);
        own.and_then(|(folder, _)| self.folders.get(folder)).unwrap_or(&self.archive)
    }

    /// The document of page images without a text.
    fn of_scans(&self, files: Vec<String>) -> Seed {
        let Folder { config, names, .. } = self.of(&files[0]);
        scans::seed(files, names, config)
    }

    /// Reads one seed as if it lay alone, in the encoding that its draft names.
    pub(in crate::ingest) fn read(
        &self,
        path: &str,
        bytes: &[u8],
        encoding: Option<&str>,
    ) -> Option<Seed> {
        let Folder { config, own, names, .. } = self.of(path);
        let habits = &Habits::default();
        let around = Around { across: &Repeated::new(), encoding: None };
        let encoding = encoding.or(config.ingest.encoding.as_deref());
        let starts = self.starts(path);
        let by = seed::SeedRules { config, own, names, habits, around, starts, encoding };
        seed::read(path, bytes, &by).ok()
    }

    /// What a person says of one seed.
    fn said_of(&self, path: &str) -> Option<&SeedSettings> {
        self.archive.config.ingest.seeds.get(path)
    }

    /// The lines at which a seed's documents begin, if a person has set them.
    fn starts(&self, path: &str) -> Option<&[usize]> {
        self.said_of(path)?.split.as_deref()
    }

    /// The settings for a seed.
    pub(in crate::ingest) fn config(&self, path: &str) -> &Config {
        &self.of(path).config
    }

    fn ignores(&self, path: &str) -> bool {
        let is_table = |path: &str| self.archive.config.ingest.tables.iter().any(|t| t == path);
        path.split('/').any(|part| part.starts_with('.'))
            || self.said_of(path).is_some_and(|said| said.ignore)
            || self.around(path).any(|(below, f)| {
                f.ignore.iter().any(|glob| glob.is_match(below))
                    || !f.read.is_empty()
                        && !f.read.iter().chain(&f.attach).any(|glob| glob.is_match(below))
                        && !is_table(path)
            })
    }

    /// Whether a page image or a PDF is shown only, whatever text it holds.
    fn attaches(&self, path: &str) -> bool {
        self.around(path).any(|(below, f)| f.attach.iter().any(|glob| glob.is_match(below)))
    }

    /// The archive and the folders with settings of their own in which a seed lies, each with its path there.
    fn around<'s>(&'s self, path: &'s str) -> impl Iterator<Item = (&'s str, &'s Folder)> {
        let folders = self.folders.iter();
        let around =
            folders.filter_map(|(at, folder)| Some((path.strip_prefix(at.as_str())?, folder)));
        std::iter::once((path, &self.archive)).chain(around)
    }
}

impl Folder {
    fn new(config: Config, report: &Report) -> Self {
        let settings = &config.ingest;
        let own = Own::new(&settings.furniture);
        for (pattern, reason) in &own.faults {
            let reason = reason.lines().last().unwrap_or_default().trim().to_owned();
            report.push(
                Diagnostic::error(
                    "config.toml",
                    format!("`{pattern}` in `ingest.furniture` is not a regular expression"),
                )
                .note(reason)
                .expected("a line's text, or a regular expression between slashes")
                .help("see https://docs.rs/regex for the syntax between the slashes"),
            );
        }
        let names = settings.filename.iter().filter_map(|set| pattern(set, report)).collect();
        let globs = |globs: &[String]| {
            globs.iter().filter_map(|glob| Regex::new(&glob_regex(glob)).ok()).collect()
        };
        let (ignore, read) = (globs(&settings.ignore), globs(&settings.read));
        Self { own, names, ignore, read, attach: globs(&settings.attach), config }
    }
}

fn pattern(setting: &str, report: &Report) -> Option<Pattern> {
    match Pattern::new(setting) {
        Ok(pattern) => Some(pattern),
        Err(field) => {
            report.push(
                Diagnostic::error(
                    "config.toml",
                    format!("`{{{field}}}` in `ingest.filename` is not a field"),
                )
                .expected(format!("one of {}", filename::fields()))
                .help("write `filename = [\"{date}-{organization}\"]`"),
            );
            None
        }
    }
}

/// `letters/**/*.bak` as a regular expression.
fn glob_regex(glob: &str) -> String {
    let escaped = regex::escape(glob)
        .replace(r"\*\*/", "(?:.*/)?")
        .replace(r"\*\*", ".*")
        .replace(r"\*", "[^/]*")
        .replace(r"\?", "[^/]");
    format!("^{escaped}$")
}

/// The settings, and the paths of all seeds below `seeds/`.
pub(super) fn listed(
    sources: &dyn Sources,
    config: &Config,
    report: &Report,
) -> (Rules, Vec<String>) {
    let rules = Rules::new(config, report);
    let paths = list(sources, &rules, report);
    (rules, paths)
}

/// All that was read.
pub(super) struct All {
    /// The seeds that could be read, sorted by path.
    pub(super) seeds: Vec<Compared>,
    pub(super) tables: Vec<TableAccount>,
    pub(super) formats: Vec<FormatAccount>,
    pub(super) aside: Vec<AsideAccount>,
}

/// Reads all seeds; each is left as `compare` leaves it.
pub(super) fn read_all(
    sources: &dyn Sources,
    config: &Config,
    report: &Report,
    (rules, paths): (Rules, &[String]),
    compare: impl Fn(Seed) -> Compared + Sync,
) -> All {
    unknown(sources, &config.ingest.seeds, report);
    let tables = Tables::read(sources, config, paths, report);
    let scans = Scans::find(sources, paths, &tables, &|path| rules.attaches(path));
    let is_text =
        |path: &&String| !tables.has(path) && !scans.has(path) && !scans.is_superseded(path);
    let texts: Vec<&String> = paths.iter().filter(is_text).collect();
    let completed = |seed| compare(tables.complete(scans.attach(seed)));
    let alone = Repeated::new();
    let habits = Habits::of(paths.iter().map(String::as_str));
    let read =
        |path: &str, around| read_one(sources, path, &rules, &habits, around).map(&completed);
    let by_itself = Around { across: &alone, encoding: None };
    let all: Vec<Result<Compared, Aside>> = parallel::map(&texts, |path| read(path, by_itself));
    let (mut seeds, mut asides) = (Vec::with_capacity(all.len()), Vec::new());
    for one in all {
        match one {
            Ok(seed) => seeds.push(seed),
            Err(Aside { path, why: Why::Refused(Refusal::Ends { named, last }) }) => {
                report.push(ends(&rules, &path, named, last));
            }
            // A back without writing: the image is there, and is shown.
            Err(Aside { path, why: Why::Refused(Refusal::Blank) }) if scans.shows(&path) => {}
            Err(aside) => asides.push(aside),
        }
    }
    let aside = account::asides(&asides);
    aside::warn(asides, report);
    aside::remark(seeds.iter().map(|seed| (seed.path.as_str(), seed.remarks.as_slice())), report);
    let across = across(seeds.iter().map(|s| (s.path.as_str(), &s.edges)));
    let encodings = encodings(seeds.iter().map(|s| (s.path.as_str(), &s.encoded)));
    // Only seeds that end in a line of others, or whose encoding is in doubt, are read again; they were readable
    // the first time.
    parallel::for_each_mut(&mut seeds, |_, seed| {
        let among = Among { across: &across, encodings: &encodings };
        if let Some(around) = among.of(&seed.path, &seed.edges, &seed.encoded, by_itself)
            && let Ok(again) = read(&seed.path, around)
        {
            *seed = again;
        }
    });
    let read: BTreeSet<&str> = seeds.iter().map(|seed| seed.path.as_str()).collect();
    let alone: Vec<Compared> =
        scans.alone(&read).into_iter().map(|files| completed(rules.of_scans(files))).collect();
    seeds.extend(alone);
    let read: Vec<String> = seeds.iter().map(|seed| seed.path.clone()).collect();
    seeds.extend(tables.rest().into_iter().map(compare));
    seeds.sort_by(|a, b| a.path.cmp(&b.path));
    let tables = tables.tell(read.iter().map(String::as_str), report);
    All { formats: account::formats(&seeds, &scans), seeds, tables, aside }
}

/// The groups of page images and PDFs below `seeds/` that have no text, each the pages of a document, with the path that
/// a file with their text would have, without an ending.
pub(in crate::ingest) fn untold(
    sources: &dyn Sources,
    config: &Config,
    report: &Report,
) -> Vec<(Vec<String>, String)> {
    let opened = Opened::new(sources);
    let sources: &dyn Sources = &opened;
    let rules = Rules::new(config, report);
    let paths = list(sources, &rules, report);
    let tables = Tables::read(sources, config, &paths, report);
    let scans = Scans::find(sources, &paths, &tables, &|path| rules.attaches(path));
    let named = |pages: &Vec<String>| {
        let (folder, stem) = scans::owner_of(pages);
        let path = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
        (pages.clone(), path)
    };
    // No file can be written beside one that lies in a mail.
    let is_loose =
        |pages: &&Vec<String>| pages.iter().all(|page| enclosed::mail_of(page).is_none());
    scans.untold().iter().filter(is_loose).map(named).collect()
}

/// Reads one seed as [`read_all`] does: what its folder's other seeds repeat is known.
pub(in crate::ingest) fn read_among(
    sources: &dyn Sources,
    path: &str,
    rules: &Rules,
    report: &Report,
) -> Option<Seed> {
    let alone = Repeated::new();
    let told = |aside: Aside| match aside.why {
        Why::Unreadable(said) => unreadable(sources, rules, path, said),
        Why::Refused(Refusal::Ends { named, last }) => ends(rules, path, named, last),
        _ => aside::fault(aside),
    };
    // Faults of the others are not asked for.
    let aside = Report::new();
    let others = list(sources, rules, &aside);
    let habits = Habits::of(others.iter().map(String::as_str));
    let by_itself = Around { across: &alone, encoding: None };
    let read = |around| {
        read_one(sources, path, rules, &habits, around).map_err(|a| report.push(told(a))).ok()
    };
    let seed = read(by_itself)?;
    let beside: Vec<&String> =
        others.iter().filter(|other| folder(other) == folder(path)).collect();
    let read_other = |other: &&String| read_one(sources, other, rules, &habits, by_itself).ok();
    let others: Vec<Seed> = parallel::map(&beside, read_other).into_iter().flatten().collect();
    let across = across(others.iter().map(|s| (s.path.as_str(), &s.edges)));
    let encodings = encodings(others.iter().map(|s| (s.path.as_str(), &s.written)));
    let among = Among { across: &across, encodings: &encodings };
    match among.of(path, &seed.edges, &seed.written, by_itself) {
        Some(around) => read(around),
        None => Some(seed),
    }
}

/// What the seeds of all folders have in common.
struct Among<'a> {
    across: &'a BTreeMap<String, Repeated>,
    encodings: &'a BTreeMap<String, String>,
}

impl<'a> Among<'a> {
    /// What its folder's other seeds say of one, if that may change how it is read.
    fn of(
        &self,
        path: &str,
        edges: &Edges,
        written: &Written,
        by_itself: Around<'a>,
    ) -> Option<Around<'a>> {
        let repeated = self.across.get(&group(path)).filter(|r| edges.may_lose(r));
        let encoding = self.encodings.get(folder(path)).filter(|_| written.in_doubt);
        let around = Around {
            across: repeated.unwrap_or(by_itself.across),
            encoding: encoding.map(String::as_str),
        };
        (repeated.is_some() || encoding.is_some()).then_some(around)
    }
}

/// How many seeds of a folder must be sure of one encoding before they say anything of the others.
const SURE: usize = 3;

/// The encoding of each folder, if nearly all seeds that are sure of theirs have the same.
fn encodings<'s>(seeds: impl Iterator<Item = (&'s str, &'s Written)>) -> BTreeMap<String, String> {
    let mut folders: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (path, written) in seeds.filter(|(_, written)| !written.in_doubt) {
        if let Some(encoding) = &written.encoding {
            *folders.entry(folder(path)).or_default().entry(encoding).or_default() += 1;
        }
    }
    let common = |counts: BTreeMap<&str, usize>| {
        let all: usize = counts.values().sum();
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|(_, count)| *count >= SURE && count * 10 >= all * 9).map(|(e, _)| e.to_owned())
    };
    let named = |(folder, counts): (&str, _)| Some((folder.to_owned(), common(counts)?));
    folders.into_iter().filter_map(named).collect()
}

/// Paths of all seeds below `seeds/`. What must not be read there is set aside like any other seed.
fn list(sources: &dyn Sources, rules: &Rules, report: &Report) -> Vec<String> {
    let found = Report::new();
    let paths = sources.list("seeds", &found);
    report.extend(found.sorted().into_iter().map(Diagnostic::as_warning));
    paths
        .iter()
        .filter_map(|path| path.strip_prefix("seeds/"))
        .filter(|path| !rules.ignores(path))
        .map(str::to_owned)
        .collect()
}

/// Names the seeds of which the settings speak though there are none.
fn unknown(sources: &dyn Sources, said: &BTreeMap<String, SeedSettings>, report: &Report) {
    if said.is_empty() {
        return;
    }
    let files = sources.list("seeds", &Report::new());
    let known: BTreeSet<&str> = files.iter().filter_map(|f| f.strip_prefix("seeds/")).collect();
    for (path, settings) in said.iter().filter(|(path, _)| !known.contains(path.as_str())) {
        let help = match nearest(path, known.iter().copied()) {
            Some(near) => format!("write `[ingest.seeds.\"{near}\"]`, if that is what you mean"),
            None => "correct the path, or remove the table".to_owned(),
        };
        let message = format!("there is no seed `{path}`, which `[ingest.seeds]` names");
        let fault = Diagnostic::warning("config.toml", message)
            .expected("the path of a file below `seeds/`");
        report.push(placed(fault, settings).help(help));
    }
}

/// A fault with its place in `config.toml`.
fn placed(fault: Diagnostic, said: &SeedSettings) -> Diagnostic {
    match &said.place {
        Some(place) => fault.at(place.clone()),
        None => fault,
    }
}

/// The folder of a seed, empty for one that lies in `seeds/` itself.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Seeds that may have the same surroundings: those of one folder and one format.
fn group(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let format = name.rsplit_once('.').map_or("", |(_, format)| format);
    format!("{}/.{format}", folder(path))
}

/// Lines that many seeds of one group repeat, by group.
fn across<'s>(seeds: impl Iterator<Item = (&'s str, &'s Edges)>) -> BTreeMap<String, Repeated> {
    let mut groups: BTreeMap<String, Vec<&Edges>> = BTreeMap::new();
    for (path, edges) in seeds {
        groups.entry(group(path)).or_default().push(edges);
    }
    let repeated = |edges: Vec<&Edges>| repeated_across(edges.into_iter());
    groups.into_iter().map(|(group, edges)| (group, repeated(edges))).collect()
}

/// Reads one seed, or says why it cannot be read.
fn read_one(
    sources: &dyn Sources,
    path: &str,
    rules: &Rules,
    habits: &Habits,
    around: Around<'_>,
) -> Result<Seed, Aside> {
    let aside = |why| Aside { path: path.to_owned(), why };
    if path.chars().any(char::is_control) {
        return Err(aside(Why::Name));
    }
    let bytes = sources
        .read(&format!("seeds/{path}"))
        .map_err(|error| aside(Why::Unreadable(error.to_string())))?;
    if is_scan(&bytes) || rules.attaches(path) && Scan::of(&bytes).is_some() {
        return Ok(rules.of_scans(vec![path.to_owned()]));
    }
    let Folder { config, own, names, .. } = rules.of(path);
    let starts = rules.starts(path);
    let encoding = config.ingest.encoding.as_deref();
    let by = seed::SeedRules { config, own, names, habits, around, starts, encoding };
    match seed::read(path, &bytes, &by) {
        // All of it is furniture: it must not vanish without a word.
        Ok(seed) if seed.drafts.is_empty() => Err(aside(Why::Refused(Refusal::Furniture))),
        Ok(seed) => Ok(seed),
        Err(refusal) => Err(aside(Why::Refused(refusal))),
    }
}

/// Whether a file shows pages of which nobody has written down what is on them.
fn is_scan(bytes: &[u8]) -> bool {
    match Scan::of(bytes) {
        Some(Scan::Pdf) => scans::has_no_text(bytes),
        scan => scan.is_some(),
    }
}

fn unreadable(sources: &dyn Sources, rules: &Rules, path: &str, said: String) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(format!("seeds/{path}"), said).expected("a file that can be read");
    let known = list(sources, rules, &Report::new());
    let same_name = || {
        let name = path.rsplit('/').next().unwrap_or(path);
        known.iter().find(|k| k.rsplit('/').next() == Some(name)).map(String::as_str)
    };
    let missing = !known.iter().any(|k| k == path);
    let begins = || {
        let begins = |k: &&String| k.starts_with(path) || k.contains(&format!("/{path}"));
        known.iter().find(begins).filter(|_| !path.is_empty()).map(String::as_str)
    };
    let near = begins().or_else(|| nearest(path, known.iter().map(String::as_str)));
    let near = near.or_else(same_name);
    match near.filter(|_| missing) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if missing => diagnostic.help("name a file below `seeds/`"),
        None => diagnostic
            .help("check its permissions, or name it in `ignore` below `[ingest]` in config.toml"),
    }
}

/// The settings begin a document behind the last line of a seed.
fn ends(rules: &Rules, path: &str, named: usize, last: usize) -> Diagnostic {
    let message = format!("`split` names line {named} of the seed `{path}`, which has {last}");
    let fault = Diagnostic::error("config.toml", message)
        .expected(format!("lines of the seed, from 1 to {last}"))
        .help("correct the line: editors show the numbers");
    match rules.said_of(path) {
        Some(said) => placed(fault, said),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_stay_in_their_folder_unless_doubled() {
        let matches =
            |glob: &str, path: &str| Regex::new(&glob_regex(glob)).unwrap().is_match(path);
        assert!(matches("*.bak", "a.bak") && !matches("*.bak", "x/a.bak"));
        assert!(matches("**/*.bak", "x/y/a.bak") && matches("**/*.bak", "a.bak"));
        assert!(matches("old/**", "old/a/b.txt"));
    }
}
